"""Admissions as the screen is handed them: the list with its deadlines, and one in full."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from visitator.app.admission_views import (
    AdmissionFlag,
    AdmissionGroupKind,
    AdmissionList,
    AdmissionRow,
    AdmissionView,
    ChecklistView,
    FollowUpView,
    Happened,
    ItemView,
    PartView,
    ReportView,
    SentReport,
    Spoken,
    TickView,
)
from visitator.app.course import Course, local, ward_of
from visitator.app.labelled import point_of
from visitator.app.pathways import citizen_view
from visitator.app.views import Deadline, KnownError, Option
from visitator.domain.admission import (
    OPEN,
    REPORT_SUBJECT,
    Admission,
    FollowUp,
    PartTick,
    Said,
    admission,
    report_due,
    report_text,
    ticks_of,
)
from visitator.domain.agreement import Agreement
from visitator.domain.checklist import Checklist, ChecklistPart
from visitator.domain.citizen import Citizen, compact_number, mask_cpr
from visitator.domain.deadlines import COPENHAGEN
from visitator.domain.entries import (
    Confirmation,
    MessageReceived,
    NoteKind,
    PartState,
    ReportChannel,
)
from visitator.domain.letters import addressee
from visitator.domain.messages import KIND_LABELS, AdmissionNotification, DischargeNotification
from visitator.domain.moment import Moment
from visitator.domain.pathway import Pathway, ReportSent
from visitator.domain.terms import LabelledEnum, ReportState, Stay
from visitator.export.saving import save_checklist
from visitator.resources import resource_folder
from visitator.store import NO_DEADLINE, AdmissionGroup, AdmissionHeader, OutboxItem, Store

if TYPE_CHECKING:
    from visitator.export.checklist import Patient

_KINDS = {
    AdmissionGroup.REPORT_DUE: AdmissionGroupKind.REPORT_DUE,
    AdmissionGroup.ADMITTED: AdmissionGroupKind.ADMITTED,
    AdmissionGroup.ENDED: AdmissionGroupKind.ENDED,
}
NO_HOSPITAL = (
    "Intet sygehus har skrevet om borgeren, så rapporten kan ikke sendes herfra. Kopiér teksten,"
    " og send den fra omsorgssystemet."
)
NO_NAME = (
    "Advis har kun borgerens CPR-nummer, og en korrespondancemeddelelse skal have navnet."
    " Skriv borgerens navn først."
)
_NO_CHECKLIST = "Aftalen har ingen tjekliste."
_NO_ADMISSION = (
    "Forløbet findes ikke længere på denne computer. Tjeklisten er ikke gemt. Prøv igen."
)
_MANY = 1_000


class Admissions:
    """The admissions of one user.

    Args:
        store: what is read; every method is a read or two of it.
        user: whose pending work is part of what is shown.
        agreement: the profile the rows were made with.
        checklist: of that agreement; None where it has none.
        clock: the present instant, aware.
        names: the name of each user that is known.
        is_owner_told: whether the user is told who has a pathway, as far as is known now.
    """

    def __init__(
        self,
        store: Store,
        user: str,
        agreement: Agreement,
        checklist: Checklist | None,
        clock: Callable[[], dt.datetime],
        names: Mapping[str, str],
        is_owner_told: Callable[[], bool],
    ) -> None:
        self._store = store
        self._user = user
        self._agreement = agreement
        self._checklist = checklist
        self._clock = clock
        self._names = names
        self._is_owner_told = is_owner_told

    def overview(self, *, with_ended: bool) -> AdmissionList:
        """The groups, how many there are in each, and the deadlines of those to report."""
        counts = self._store.admission_counts(self._user, _through(with_ended), self._clock())
        due = counts[AdmissionGroup.REPORT_DUE]
        return AdmissionList(
            counts={kind: counts[group].number for group, kind in _KINDS.items()},
            first_due=_instant(due.first_due),
            next_due=_instant(due.next_due),
        )

    def reports_due_at(self, due: dt.datetime) -> int:
        """How many reports have that deadline."""
        wanted = int(due.timestamp())
        found = self._store.admission_rows(self._user, AdmissionGroup.REPORT_DUE, 0, _MANY)
        return sum(each.due_at == wanted for each in found)

    def rows(self, offset: int, limit: int, *, with_ended: bool) -> tuple[AdmissionRow, ...]:
        """Rows from place `offset`, counted through the groups."""
        found = self._store.admission_rows(self._user, _through(with_ended), offset, limit)
        return tuple(self._row(header) for header in found)

    def position(self, pathway_id: str, *, with_ended: bool) -> int | None:
        """The place of an admission among the rows; None when it is not one of them."""
        return self._store.admission_position(self._user, _through(with_ended), pathway_id)

    def row(self, pathway_id: str) -> AdmissionRow | None:
        """One row; None when nobody was admitted in that pathway."""
        header = self._store.admission_row(self._user, pathway_id)
        return self._row(header) if header is not None else None

    def open_of(self, number: str) -> str | None:
        """The pathway of a citizen who is in hospital as far as is known here."""
        now = self._store.admission_rows(self._user, AdmissionGroup.ADMITTED, 0, _MANY)
        found = (each for each in now if each.citizen and each.citizen.key == number)
        return next((each.pathway_id for each in found), None)

    def view(self, pathway_id: str) -> AdmissionView | None:
        """Everything about one admission; None when nobody was admitted in that pathway."""
        pathway = self._store.pathway(pathway_id, self._user)
        row = self.row(pathway_id)
        found = admission(pathway) if pathway is not None else None
        if pathway is None or row is None or found is None:
            return None
        items = self._store.outbox(self._user)
        return _View(
            pathway,
            found,
            row,
            agreement=self._agreement,
            checklist=self._checklist,
            now=self._clock(),
            names=self._names,
            outbox=tuple(each for each in items if each.entry.pathway_id == pathway_id),
        ).whole()

    def blank(self) -> ChecklistView | None:
        """The checklist with nothing said of anything; None where the agreement has none."""
        return checklist_view(self._checklist, _untouched) if self._checklist else None

    def save_word(
        self,
        pathway_ids: Sequence[str],
        file: Path,
        *,
        is_filled: bool,
        is_round: bool,
        replace: bool,
    ) -> None:
        """Save the checklist of these admissions as a Word file; of nobody, an empty one.

        Raises:
            KnownError: there is no checklist, or one of them is not here any more.
            ExportError: it could not be written or saved; nothing has happened.
            StoreError: an admission could not be read.
        """
        from visitator.export.checklist import checklist_document
        from visitator.export.word import load_template

        if self._checklist is None:
            raise KnownError(_NO_CHECKLIST)
        patients = [self._patient(each) for each in pathway_ids]
        document = checklist_document(
            self._checklist,
            patients,
            load_template(NoteKind.ADMISSION, [resource_folder("templates")]),
            names=self._names,
            printed=self._clock(),
            is_filled=is_filled,
            is_round=is_round,
        )
        self._save(document, patients, file, replace=replace)

    def save_pdf(
        self, pathway_ids: Sequence[str], file: Path, data: bytes, *, replace: bool
    ) -> None:
        """Save the checklist of these admissions, as the screen has drawn it.

        Raises:
            KnownError: one of them is not here any more.
            ExportError: it could not be saved; nothing has happened.
            StoreError: an admission could not be read.
        """
        self._save(data, [self._patient(each) for each in pathway_ids], file, replace=replace)

    def _save(
        self, data: bytes, patients: "Sequence[Patient]", file: Path, *, replace: bool
    ) -> None:
        personal = [said for each in patients for said in _personal(each.citizen)]
        save_checklist(data, file, personal, replace=replace)

    def _patient(self, pathway_id: str) -> "Patient":
        from visitator.export.checklist import Patient

        pathway = self._store.pathway(pathway_id, self._user)
        found = admission(pathway) if pathway is not None else None
        if pathway is None or found is None:
            raise KnownError(_NO_ADMISSION)
        return Patient(citizen=pathway.citizen or Citizen(), admission=found)

    def _row(self, header: AdmissionHeader) -> AdmissionRow:
        return row_of(
            header,
            agreement=self._agreement,
            checklist=self._checklist,
            names=self._names,
            now=self._clock(),
            is_owner_told=self._is_owner_told(),
        )


def _personal(citizen: Citizen) -> tuple[str, ...]:
    """What no file name may hold."""
    said = (citizen.cpr, citizen.replacement_cpr, citizen.given_name, citizen.surname)
    return tuple(each for each in said if each)


def _instant(due_at: int) -> dt.datetime | None:
    return dt.datetime.fromtimestamp(due_at, COPENHAGEN) if due_at != NO_DEADLINE else None


def _through(with_ended: bool) -> AdmissionGroup:
    return AdmissionGroup.ENDED if with_ended else AdmissionGroup.ADMITTED


# --- a row ----------------------------------------------------------------------------------------


def row_of(
    header: AdmissionHeader,
    *,
    agreement: Agreement,
    checklist: Checklist | None,
    names: Mapping[str, str],
    now: dt.datetime,
    is_owner_told: bool,
) -> AdmissionRow:
    """An admission as one row.

    Args:
        header: what the store says of it.
        agreement: the profile it was made with.
        checklist: of that profile.
        names: the name of each user that is known.
        now: aware instant; for the day count and what is passed.
        is_owner_told: whether who has the pathway is known here.
    """
    citizen = header.citizen or Citizen()
    codes = {part.code for part in checklist.parts} if checklist else set()
    deadline = _deadline(header, agreement)
    return AdmissionRow(
        pathway_id=header.pathway_id,
        group=_KINDS[header.group],
        name=citizen.name,
        cpr_masked=mask_cpr(citizen.key) if citizen.key else "",
        ward=header.ward,
        admitted=point_of(header.admitted),
        day=_day(header, local(now).date()),
        deadline=deadline,
        is_overdue=deadline is not None and header.due is not None and header.due.is_passed(now),
        report=header.report.label,
        done=len(codes & set(header.ticked)),
        total=len(codes),
        missing=len(header.missing),
        state=_state(header),
        version=header.versions,
        owner=header.owner,
        owner_name=names.get(header.owner or "", ""),
        is_owner_told=is_owner_told,
        flags=frozenset(flag for flag, holds in _flags(header, local(now)) if holds),
    )


def _day(header: AdmissionHeader, today: dt.date) -> int | None:
    if header.group is AdmissionGroup.ENDED or header.admitted is None:
        return None
    days = (today - header.admitted.date).days + 1
    return days if days > 0 else None


def _deadline(header: AdmissionHeader, agreement: Agreement) -> Deadline | None:
    """Of the report, while it is to be sent."""
    if header.group is not AdmissionGroup.REPORT_DUE:
        return None
    return Deadline(
        status=header.deadline_status,
        due=header.due.local if header.due else None,
        is_whole_day=header.due is not None and header.due.whole_day,
        text=agreement.admission_report.update.text,
    )


def _state(header: AdmissionHeader) -> str:
    if header.group is not AdmissionGroup.ENDED and header.reply_state is not None:
        return header.reply_state.label
    return header.stay.label


def _flags(header: AdmissionHeader, now: dt.datetime) -> Iterator[tuple[AdmissionFlag, bool]]:
    """Each flag, and whether it holds."""
    citizen = header.citizen or Citizen()
    is_due = header.group is AdmissionGroup.REPORT_DUE
    yield AdmissionFlag.NIGHT, is_due and header.is_night
    yield AdmissionFlag.MUST_REPORT, header.report is ReportState.MUST
    yield AdmissionFlag.LEAVE, header.is_on_leave
    yield AdmissionFlag.READMISSION, header.is_readmission
    yield AdmissionFlag.CORRECTED, header.is_corrected
    yield AdmissionFlag.CANCELLED, header.is_cancelled
    yield AdmissionFlag.DEAD, header.is_dead
    yield AdmissionFlag.MOVED, header.stay is Stay.MOVED
    yield AdmissionFlag.TREATMENT_ENDED, header.stay is Stay.TREATMENT_ENDED
    yield AdmissionFlag.BY_HAND, header.is_by_hand
    is_replacement = citizen.key is not None and citizen.key != compact_number(citizen.cpr)
    yield AdmissionFlag.REPLACEMENT_CPR, is_replacement
    yield AdmissionFlag.UNKNOWN_CITIZEN, not citizen.name or citizen.key is None
    yield AdmissionFlag.UNKNOWN_WARD, not header.ward.strip()
    yield AdmissionFlag.NO_EPISODE, not header.has_episode
    yield AdmissionFlag.FUTURE, _is_ahead(header.admitted, now)
    yield AdmissionFlag.UNDELIVERED, header.is_undelivered
    yield AdmissionFlag.PENDING, header.pending > 0


def _is_ahead(admitted: Moment | None, now: dt.datetime) -> bool:
    if admitted is None:
        return False
    at = dt.datetime.combine(admitted.date, admitted.time or dt.time.min)
    return at > now.replace(tzinfo=None)


# --- one in full ----------------------------------------------------------------------------------


class _View:
    def __init__(
        self,
        pathway: Pathway,
        found: Admission,
        row: AdmissionRow,
        *,
        agreement: Agreement,
        checklist: Checklist | None,
        now: dt.datetime,
        names: Mapping[str, str],
        outbox: tuple[OutboxItem, ...],
    ) -> None:
        self._pathway = pathway
        self._found = found
        self._row = row
        self._agreement = agreement
        self._checklist = checklist
        self._now = now
        self._course = Course(pathway, agreement=agreement, now=now, names=names, outbox=outbox)

    def whole(self) -> AdmissionView:
        found = self._found
        present = found.present
        return AdmissionView(
            row=self._row,
            citizen=citizen_view(self._pathway, self._now),
            checklist=checklist_view(self._checklist, self._part) if self._checklist else None,
            was_present=present.was_present if present else None,
            present=present.who if present else "",
            present_said=self._spoken(present.said) if present else None,
            follow_ups=tuple(self._follow_up(each) for each in found.follow_ups),
            report=self._report(),
            leave=point_of(found.leave),
            history=tuple(_history(self._pathway)),
        )

    def _part(self, part: ChecklistPart) -> PartView:
        holds = self._found.parts.get(part.code)
        said = [self._tick(each) for each in ticks_of(self._pathway, part.code)]
        return PartView(
            code=part.code,
            label=part.label,
            always=part.always,
            tick=self._tick(holds) if holds else None,
            earlier=tuple(said[:-1] if holds else said),
        )

    def _tick(self, tick: PartTick) -> TickView:
        state = tick.state.value if tick.state else ""
        return TickView(state=state, note=tick.note, said=self._spoken(tick.said))

    def _follow_up(self, each: FollowUp) -> FollowUpView:
        labels = (
            {part.code: part.label for part in self._checklist.parts} if self._checklist else {}
        )
        return FollowUpView(
            part=each.part,
            label=labels.get(each.part, each.part),
            note=each.note,
            opened=self._spoken(each.opened),
            owner=each.owner,
            owner_name=self._course.name(each.owner) if each.owner else "",
            is_open=each.is_open,
            closed=self._spoken(each.closed) if each.closed else None,
            text=each.text,
        )

    def _report(self) -> ReportView:
        found, row, terms = self._found, self._row, self._agreement.admission_report
        letter = addressee(self._pathway, found.notification)
        state = report_due(found, self._agreement).state
        return ReportView(
            state=row.report,
            is_open=state in OPEN and found.is_in_hospital,
            must=state is ReportState.MUST,
            deadline=row.deadline,
            is_overdue=row.is_overdue,
            texts=tuple(Option(code=e.code, label=e.label) for e in terms.mandatory_texts),
            confirmations=_options(Confirmation),
            subject=REPORT_SUBJECT,
            to=ward_of(letter.sender) if letter else "",
            why_not=why_not_sent(self._pathway, found),
            sent=tuple(self._sent(each) for each in found.reports),
            not_needed=found.not_needed.reason if found.not_needed else "",
            not_needed_by=self._spoken(found.not_needed.said) if found.not_needed else None,
        )

    def _sent(self, report: ReportSent) -> SentReport:
        entry = report.entry
        is_only_noted = report.sent.channel is not ReportChannel.LETTER and not entry.is_pending
        return SentReport(
            text=report_text(report.sent, self._agreement),
            channel=report.sent.channel.label,
            said=Spoken(
                who=self._course.name(entry.author),
                at=local(entry.occurred_at),
                is_pending=entry.is_pending,
            ),
            sent=None if is_only_noted else self._course.sent(entry),
        )

    def _spoken(self, said: Said) -> Spoken:
        return Spoken(
            who=self._course.name(said.author), at=local(said.at), is_pending=said.is_pending
        )


def checklist_view(
    checklist: Checklist, part_of: Callable[[ChecklistPart], PartView]
) -> ChecklistView:
    """The list as the screen is handed it; `part_of` says what holds of a part."""
    return ChecklistView(
        title=checklist.title,
        scope=checklist.scope,
        source=checklist.source,
        items=tuple(
            ItemView(label=item.label, parts=tuple(part_of(part) for part in item.parts))
            for item in checklist.items
        ),
        states=_options(PartState),
    )


def _untouched(part: ChecklistPart) -> PartView:
    return PartView(code=part.code, label=part.label, always=part.always)


def why_not_sent(pathway: Pathway, found: Admission) -> str:
    """Why a report cannot be sent from here, in Danish; empty when it can."""
    if addressee(pathway, found.notification) is None:
        return NO_HOSPITAL
    named = pathway.citizen is not None and (pathway.citizen.surname or "").strip()
    return "" if named else NO_NAME


def _options(kind: type[LabelledEnum]) -> tuple[Option, ...]:
    return tuple(Option(code=each.value, label=each.label) for each in kind)


def _history(pathway: Pathway) -> Iterator[Happened]:
    for entry in pathway.timeline:
        body = entry.body
        if not isinstance(body, MessageReceived):
            continue
        message = body.message
        match message:
            case AdmissionNotification(admitted=moment):
                pass
            case DischargeNotification(discharged=moment):
                pass
            case _:
                continue
        yield Happened(
            what=KIND_LABELS[type(message)],
            status=message.status_code or "",
            moment=point_of(moment),
            received=local(body.received_at),
            raw_id=body.raw_id,
        )
