"""What is done on the screen of rehabilitation, one entry at a time."""

import datetime as dt
from collections.abc import Callable

import msgspec

from visitator.app.course import local
from visitator.app.rehabilitation_steps import StepDraft, made
from visitator.app.rehabilitations import Rehabilitations
from visitator.app.views import KnownError
from visitator.app.workstation import Workstation
from visitator.domain.entries import (
    EntryId,
    MunicipalLevel,
    RehabilitationDate,
    RehabilitationDateSet,
    RehabilitationLevelSet,
    RehabilitationLinked,
    RehabilitationStepWithdrawn,
)
from visitator.domain.rehabilitation import QUESTION_SUBJECT, Rehabilitation
from visitator.domain.reply import Signature

_NO_COURSE = "Genoptræningsplanen findes ikke længere på denne computer. Intet er gemt."
_NO_STEP = "Trinnet findes ikke eller er allerede fortrudt. Intet er gemt."
_NO_TEXT = "Skriv spørgsmålet, før det sendes. Intet er sendt."
_NOT_GENERAL = (
    "Sygehuset har valgt en specialiseret plan, så kommunen fastsætter ikke niveauet."
    " Intet er gemt."
)


class RehabilitationCommands:
    """What one user does; every method raises a `StoreError` when it could not be kept.

    Args:
        workstation: writes the entries.
        courses: of this user.
        clock: the present instant, aware.
        signature: how this user signs now.
    """

    def __init__(
        self,
        workstation: Workstation,
        *,
        courses: Rehabilitations,
        clock: Callable[[], dt.datetime],
        signature: Callable[[], Signature | None],
    ) -> None:
        self._workstation = workstation
        self._courses = courses
        self._clock = clock
        self._signature = signature

    def take(self, pathway_id: str, draft: StepDraft) -> EntryId:
        """Take a step.

        Raises:
            KnownError: there is no such course, or something the step asks for is missing.
        """
        self._find(pathway_id)
        body = made(draft, local(self._clock()).date())
        return self._workstation.write(pathway_id, body).id

    def withdraw(self, pathway_id: str, step: EntryId) -> None:
        """Take a step back.

        Raises:
            KnownError: there is no such step.
        """
        course = self._find(pathway_id)
        standing = {each.said.entry_id for each in course.steps if not each.is_withdrawn}
        if step not in standing:
            raise KnownError(_NO_STEP)
        self._workstation.write(pathway_id, RehabilitationStepWithdrawn(step=step))

    def set_date(self, pathway_id: str, code: str, date: dt.date | None, note: str) -> None:
        """Say a date of the plan, or take it back with None.

        Raises:
            KnownError: there is no such course.
        """
        self._find(pathway_id)
        kind = msgspec.convert(code, RehabilitationDate)
        body = RehabilitationDateSet(kind_of_date=kind, date=date, note=note.strip())
        self._workstation.write(pathway_id, body)

    def set_level(self, pathway_id: str, code: str) -> None:
        """Set basal or avanceret; an empty code takes it back.

        Raises:
            KnownError: there is no such course, or its level is the hospital's to set.
        """
        course = self._find(pathway_id)
        if not course.may_be_triaged:
            raise KnownError(_NOT_GENERAL)
        level = msgspec.convert(code, MunicipalLevel) if code else None
        self._workstation.write(pathway_id, RehabilitationLevelSet(level=level))

    def link(self, pathway_id: str, admission: str | None) -> None:
        """Link the plan to an admission of the citizen, or to none.

        Raises:
            KnownError: there is no such course.
        """
        self._find(pathway_id)
        self._workstation.write(pathway_id, RehabilitationLinked(admission=admission))

    def ask(self, pathway_id: str, text: str) -> EntryId:
        """Ask the hospital about the plan; it can be undone for ten seconds.

        Raises:
            KnownError: there is no such course, or nothing is asked.
        """
        course = self._find(pathway_id)
        if not text.strip():
            raise KnownError(_NO_TEXT)
        return self._workstation.send_letter(
            pathway_id,
            QUESTION_SUBJECT,
            text.strip(),
            answers=course.plan.entry_id,
            signature=self._signature(),
        ).id

    def _find(self, pathway_id: str) -> Rehabilitation:
        found = self._courses.find(pathway_id)
        if found is None:
            raise KnownError(_NO_COURSE)
        return found[1]
