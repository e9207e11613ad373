"""What is done on the screen of admissions, one entry at a time."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

import msgspec

from visitator.app.admissions import Admissions, why_not_sent
from visitator.app.views import KnownError, Point
from visitator.app.workstation import Workstation
from visitator.domain.admission import Admission, admission, report_text
from visitator.domain.agreement import Agreement
from visitator.domain.checklist import Checklist
from visitator.domain.citizen import Citizen, citizen_notices, compact_number
from visitator.domain.entries import (
    AdmissionEntered,
    AdmissionReportNotNeeded,
    AdmissionReportSent,
    ChecklistExported,
    ChecklistTicked,
    Confirmation,
    EntryId,
    FollowUpAssigned,
    FollowUpClosed,
    LeaveNoted,
    NoteWay,
    PartState,
    PresentAtAdmission,
    ReportText,
    Tick,
)
from visitator.domain.moment import Moment
from visitator.domain.pathway import Pathway
from visitator.domain.reply import Signature
from visitator.identifiers import new_entry_id

_NO_PATHWAY = "Indlæggelsen findes ikke længere på denne computer. Intet er gemt."
_NO_CITIZEN = "Skriv borgerens CPR-nummer eller navn. Intet er gemt."
_NO_NAME = "Skriv borgerens efternavn. Intet er gemt."
_WRONG_NUMBER = "{} Intet er gemt."
_NO_TEXT = "Skriv noget, før rapporten sendes. Intet er sendt."
_MUST = (
    "En kommunal medarbejder var til stede, så {} skal udfyldes. Intet er sendt; teksten står,"
    " som du skrev den."
)
_NEEDED = (
    "En kommunal medarbejder var til stede ved indlæggelsen, så rapporten skal udfyldes og sendes."
    " Intet er gemt."
)
_NO_REASON = "Skriv, hvorfor der ikke er noget at supplere. Intet er gemt."


class AdmissionCommands:
    """What one user does; every method raises a `StoreError` when it could not be kept.

    Args:
        workstation: writes the entries.
        admissions: of this user.
        agreement: the profile that prescribes the texts of the report.
        checklist: of that profile; None where it has none.
        clock: the present instant, aware.
        signature: how this user signs now.
    """

    def __init__(
        self,
        workstation: Workstation,
        *,
        admissions: Admissions,
        agreement: Agreement,
        checklist: Checklist | None,
        clock: Callable[[], dt.datetime],
        signature: Callable[[], Signature | None],
    ) -> None:
        self._workstation = workstation
        self._admissions = admissions
        self._agreement = agreement
        self._checklist = checklist
        self._clock = clock
        self._signature = signature

    def enter(self, cpr: str, given_name: str, surname: str, admitted: Point, ward: str) -> str:
        """Enter a citizen whose notification is missing; returns the pathway.

        That is the one there is when the citizen is known to be in hospital; nothing is written
        then.

        Raises:
            KnownError: there is neither number nor name, or the number cannot be one.
        """
        citizen = _citizen(cpr, given_name, surname)
        known = self._admissions.open_of(citizen.key) if citizen.key else None
        if known is not None:
            return known
        pathway_id = new_entry_id(self._clock())
        moment = Moment(admitted.date, admitted.time)
        body = AdmissionEntered(citizen=citizen, admitted=moment, ward=ward.strip())
        self._workstation.write(pathway_id, body)
        return pathway_id

    def name_citizen(self, pathway_id: str, given_name: str, surname: str) -> None:
        """Say the name of a citizen of whom only the number has come.

        Raises:
            KnownError: there is no name, or no such admission.
        """
        if not surname.strip():
            raise KnownError(_NO_NAME)
        pathway, found = self._find(pathway_id)
        known = pathway.citizen or Citizen()
        named = Citizen(
            cpr=known.cpr,
            replacement_cpr=known.replacement_cpr,
            given_name=given_name.strip() or None,
            surname=surname.strip(),
        )
        admitted = found.admitted or Moment(self._clock().date())
        self._workstation.write(pathway_id, AdmissionEntered(citizen=named, admitted=admitted))

    def tick(self, pathway_id: str, part: str, state: str | None, note: str) -> None:
        """Say of a part whether it was brought; None takes it back."""
        said = msgspec.convert(state, PartState) if state else None
        tick = Tick(part=part, state=said, note=note.strip())
        self._workstation.write(pathway_id, ChecklistTicked(ticks=(tick,)))

    def all_brought(self, pathway_id: str) -> None:
        """Everything nobody has said anything of was brought (alt medbragt)."""
        _, found = self._find(pathway_id)
        parts = self._checklist.parts if self._checklist else ()
        rest = [each.code for each in parts if each.code not in found.parts]
        if rest:
            ticks = tuple(Tick(part=code, state=PartState.BROUGHT) for code in rest)
            self._workstation.write(pathway_id, ChecklistTicked(ticks=ticks))

    def present(self, pathway_id: str, *, was_present: bool, who: str) -> None:
        """Say whether a municipal employee was in the home, and who."""
        body = PresentAtAdmission(was_present=was_present, who=who.strip())
        self._workstation.write(pathway_id, body)

    def assign_follow_up(self, pathway_id: str, part: str, owner: str | None) -> None:
        """Give a missing part to somebody, or to nobody."""
        self._workstation.write(pathway_id, FollowUpAssigned(part=part, owner=owner))

    def close_follow_up(self, pathway_id: str, part: str, text: str) -> None:
        """A missing part needs nothing more."""
        self._workstation.write(pathway_id, FollowUpClosed(part=part, text=text.strip()))

    def send_report(
        self,
        pathway_id: str,
        texts: Mapping[str, str],
        confirmed: str | None,
        supplement: str,
        *,
        elsewhere: bool,
    ) -> EntryId:
        """Supplement the admission report; it can be undone for ten seconds.

        Args:
            pathway_id: whose.
            texts: what was written under each code of the agreement.
            confirmed: a `Confirmation`'s code.
            supplement: what else there is.
            elsewhere: it was sent from the care record system; only that is written down.

        Raises:
            KnownError: a prescribed text is missing, nothing is said, or it cannot be sent.
        """
        pathway, found = self._find(pathway_id)
        report = self._report(texts, confirmed, supplement)
        self._require_whole(report, found)
        if elsewhere:
            return self._workstation.report_sent_elsewhere(pathway_id, report).id
        if why_not := why_not_sent(pathway, found):
            raise KnownError(why_not)
        return self._workstation.send_report(
            pathway_id, report, answers=found.notification, signature=self._signature()
        ).id

    def report_text(self, texts: Mapping[str, str], confirmed: str | None, supplement: str) -> str:
        """The report as it would be sent, to be copied into the care record system."""
        return report_text(self._report(texts, confirmed, supplement), self._agreement)

    def not_needed(self, pathway_id: str, reason: str) -> None:
        """There is nothing to supplement.

        Raises:
            KnownError: no reason is given, or an employee was present (R3.7).
        """
        if not reason.strip():
            raise KnownError(_NO_REASON)
        _, found = self._find(pathway_id)
        if found.must_report and self._agreement.admission_report.mandatory_texts:
            raise KnownError(_NEEDED)
        self._workstation.write(pathway_id, AdmissionReportNotNeeded(reason=reason.strip()))

    def note_leave(self, pathway_id: str, at: Point, *, is_on_leave: bool) -> None:
        """The citizen is on leave, or back."""
        body = LeaveNoted(is_on_leave=is_on_leave, at=Moment(at.date, at.time))
        self._workstation.write(pathway_id, body)

    def exported(self, pathway_ids: Sequence[str], way: NoteWay) -> None:
        """Write down that a checklist with these citizens on it has left the program."""
        for pathway_id in pathway_ids:
            self._workstation.write(pathway_id, ChecklistExported(way=way))

    def _find(self, pathway_id: str) -> tuple[Pathway, Admission]:
        pathway = self._workstation.pathway(pathway_id)
        found = admission(pathway) if pathway is not None else None
        if pathway is None or found is None:
            raise KnownError(_NO_PATHWAY)
        return pathway, found

    def _report(
        self, texts: Mapping[str, str], confirmed: str | None, supplement: str
    ) -> AdmissionReportSent:
        prescribed = self._agreement.admission_report.mandatory_texts
        return AdmissionReportSent(
            texts=tuple(
                ReportText(code=each.code, text=texts[each.code].strip())
                for each in prescribed
                if texts.get(each.code, "").strip()
            ),
            confirmed=msgspec.convert(confirmed, Confirmation) if confirmed else None,
            supplement=supplement.strip(),
        )

    def _require_whole(self, report: AdmissionReportSent, found: Admission) -> None:
        """R3.7: both texts where an employee was present; something in any case."""
        written = {each.code for each in report.texts}
        prescribed = self._agreement.admission_report.mandatory_texts
        missing = [each.label for each in prescribed if each.code not in written]
        if found.must_report and missing:
            raise KnownError(_MUST.format(" og ".join(f"'{label}'" for label in missing)))
        if not (report.texts or report.supplement):
            raise KnownError(_NO_TEXT)


def _citizen(cpr: str, given_name: str, surname: str) -> Citizen:
    """What was typed, as a citizen.

    Raises:
        KnownError: there is neither number nor name, or the number cannot be one.
    """
    number = compact_number(cpr)
    citizen = Citizen(
        cpr=number if number.isdigit() else None,
        replacement_cpr=number if number and not number.isdigit() else None,
        given_name=given_name.strip() or None,
        surname=surname.strip() or None,
    )
    if not (number or citizen.name):
        raise KnownError(_NO_CITIZEN)
    for notice in citizen_notices(citizen) if number else ():
        raise KnownError(_WRONG_NUMBER.format(notice.text))
    return citizen
