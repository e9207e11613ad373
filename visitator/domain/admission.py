"""The admission side of a pathway (indlæggelse): what was brought along, and the admission report.

Folded from the same journal as everything else (requirements §3; rules A and B). Ticks and reports
count in the gateway's order; what notifications say counts by their own dates, in whatever order
they come.
"""

import datetime as dt
from collections.abc import Iterator, Sequence

import msgspec

from visitator.domain.agreement import Agreement, Fact, Status
from visitator.domain.calendar import CalendarRangeError
from visitator.domain.deadlines import Due, HoursAfter, to_copenhagen
from visitator.domain.entries import (
    AdmissionEntered,
    AdmissionReportNotNeeded,
    AdmissionReportSent,
    ChecklistTicked,
    Entry,
    EntryId,
    FollowUpAssigned,
    FollowUpClosed,
    LeaveNoted,
    MessageReceived,
    PartState,
    PresentAtAdmission,
)
from visitator.domain.messages import AdmissionNotification, DischargeNotification
from visitator.domain.moment import Moment
from visitator.domain.pathway import Pathway, ReportSent
from visitator.domain.terms import ReportState, Stay, Transit

IN_HOSPITAL = frozenset(
    {
        Stay.ADMITTED,
        Stay.TREATMENT_ENDED,
        Stay.TREATMENT_RESUMED,
        Stay.REPORT_RECEIVED,
        Stay.MOVED,
    }
)
"""Where the citizen is in a hospital; one who was moved is in another or another ward."""


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """Who said something, and when."""

    entry_id: EntryId
    author: str
    at: dt.datetime
    """By the author's clock: for people to read."""
    is_pending: bool


class PartTick(msgspec.Struct, frozen=True, kw_only=True):
    """What holds of one part of the checklist."""

    part: str
    state: PartState | None
    note: str
    said: Said


class FollowUp(msgspec.Struct, frozen=True, kw_only=True):
    """A part that was missing (opfølgning): somebody owns it until it is closed."""

    part: str
    note: str
    opened: Said
    owner: str | None = None
    closed: Said | None = None
    text: str = ""
    """How it ended, such as "Høreapparat eftersendt"; empty when the part was brought after all."""

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self.closed is None


class Present(msgspec.Struct, frozen=True, kw_only=True):
    """Whether a municipal employee was in the home, and who."""

    was_present: bool
    who: str
    said: Said


class NotNeeded(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody found that there is nothing to supplement."""

    reason: str
    said: Said


class Admission(msgspec.Struct, frozen=True, kw_only=True):
    """What the journal says about the stay a citizen was admitted to last."""

    stay: Stay
    admitted: Moment | None
    ward: str
    """Hospital and ward, as the notification or the one who entered it says; empty when unknown."""
    notification: EntryId | None
    """The entry of the notification that holds; None when there is none (uden advis)."""
    notified_at: dt.datetime | None
    """When the first notification of this admission was received: rules A and B count from it."""
    is_corrected: bool
    """A later notification of the same admission (rettetbrev) holds."""
    is_cancelled: bool
    """The notification was taken back (annulleretbrev)."""
    has_episode: bool
    """The notification names its episode."""
    is_by_hand: bool
    """Somebody entered it; no notification has come."""
    is_readmission: bool
    """The citizen was discharged in this pathway before (genindlagt)."""
    is_on_leave: bool
    leave: Moment | None
    """Since when, or since when no more."""
    present: Present | None
    parts: dict[str, PartTick]
    """By code; a part nobody said anything of, or whose tick was taken back, is not in it."""
    follow_ups: tuple[FollowUp, ...]
    reports: tuple[ReportSent, ...]
    not_needed: NotNeeded | None

    @property
    def is_in_hospital(self) -> bool:
        """Whether the citizen is in hospital as far as is known (indlagt nu)."""
        return self.stay in IN_HOSPITAL

    @property
    def must_report(self) -> bool:
        """Whether the report is no longer a matter of need: an employee was there (R3.7)."""
        return self.present is not None and self.present.was_present

    def day(self, today: dt.date) -> int | None:
        """The number of the day in hospital (dag): the day of admission is day 1.

        None when the citizen is not in hospital, or the admission is not known or ahead.
        """
        if not self.is_in_hospital or self.admitted is None or self.admitted.date > today:
            return None
        return (today - self.admitted.date).days + 1


def admission(pathway: Pathway) -> Admission | None:
    """The admission side of a folded pathway; None when nothing says that anybody was admitted."""
    notices = _notices(pathway.timeline)
    entered = [each for each in pathway.timeline if isinstance(each.body, AdmissionEntered)]
    if not notices and not entered and pathway.admitted is None:
        return None
    chain = _chain(notices)
    current = chain[-1] if chain else None
    earlier = _end_of_earlier_stay(chain, notices)
    entries = pathway.timeline[earlier:] if earlier else pathway.timeline
    said = _Said(entries)
    return Admission(
        stay=pathway.stay,
        admitted=pathway.admitted or (current.message.admitted if current else None),
        ward=_ward(pathway, current, entered),
        notification=current.entry_id if current else None,
        notified_at=min((each.received_at for each in chain), default=None),
        is_corrected=len(chain) > 1 and not chain[-1].message.is_cancelled,
        is_cancelled=pathway.stay is Stay.ADMISSION_CANCELLED,
        has_episode=current is not None and current.message.episode_key is not None,
        is_by_hand=bool(entered) and current is None,
        is_readmission=earlier is not None,
        is_on_leave=said.leave is not None and said.leave.is_on_leave and _is_in(pathway),
        leave=said.leave.at if said.leave else None,
        present=said.present,
        parts=said.parts,
        follow_ups=tuple(said.follow_ups),
        reports=_reports(pathway, entries),
        not_needed=said.not_needed,
    )


def _is_in(pathway: Pathway) -> bool:
    return pathway.stay in IN_HOSPITAL


def _reports(pathway: Pathway, entries: Sequence[Entry]) -> tuple[ReportSent, ...]:
    """Those of this stay."""
    if not pathway.reports_sent or entries is pathway.timeline:
        return pathway.reports_sent
    own = {each.id for each in entries}
    return tuple(each for each in pathway.reports_sent if each.entry.id in own)


# --- what the notifications say -----------------------------------------------------------------


class _Notice(msgspec.Struct, frozen=True, kw_only=True):
    """One notification, with its place on the timeline."""

    place: int
    entry_id: EntryId
    date: dt.datetime
    """Of the letter, in Danish civil time; without one, when it came."""
    received_at: dt.datetime
    message: AdmissionNotification | DischargeNotification


class _Admitted(_Notice, frozen=True, kw_only=True):
    message: AdmissionNotification


_NOTIFICATIONS = (AdmissionNotification, DischargeNotification)


def _notices(timeline: Sequence[Entry]) -> list[_Notice]:
    """Admissions and discharges by the date of the letter, then as they came."""
    found = []
    for place, entry in enumerate(timeline):
        body = entry.body
        if not isinstance(body, MessageReceived):
            continue
        message = body.message
        if not isinstance(message, _NOTIFICATIONS):
            continue
        date = message.authorised_at or to_copenhagen(body.received_at)
        kind = _Admitted if isinstance(message, AdmissionNotification) else _Notice
        found.append(
            kind(
                place=place,
                entry_id=entry.id,
                date=date.replace(tzinfo=None),
                received_at=body.received_at,
                message=message,  # type: ignore[arg-type]
            )
        )
    return sorted(found, key=lambda each: each.date)


def _chain(notices: Sequence[_Notice]) -> list[_Admitted]:
    """The notifications of the last admission: the first one, and those that correct it.

    A new one after a cancellation, or after the citizen was discharged, begins another admission.
    """
    chains: dict[str | None, list[_Admitted]] = {}
    discharged: set[str | None] = set()
    for each in notices:
        key = each.message.episode_key
        if isinstance(each, _Admitted):
            chain = chains.get(key, [])
            is_over = bool(chain) and (key in discharged or chain[-1].message.is_cancelled)
            is_new = is_over and not each.message.is_cancelled
            chains[key] = [each] if is_new else [*chain, each]
            discharged.discard(key)
        elif each.message.is_cancelled:
            discharged.discard(key)
        else:
            discharged.add(key)
    in_force = [each for each in chains.values() if not each[-1].message.is_cancelled]
    return max(in_force or chains.values(), key=lambda chain: _happened(chain[-1]), default=[])


def _happened(notice: _Admitted) -> dt.datetime:
    admitted = notice.message.admitted
    if admitted is None:
        return notice.date
    return dt.datetime.combine(admitted.date, admitted.time or dt.time.min).replace(tzinfo=None)


def _end_of_earlier_stay(chain: Sequence[_Admitted], notices: Sequence[_Notice]) -> int | None:
    """Where on the timeline another stay before this one ends; None when this is the first.

    What was brought along and reported before that is the other stay's. Whichever came first, the
    discharge or the new notification, divides them: they may overtake each other.
    """
    if not chain:
        return None
    said = {
        each.message.episode_key: each
        for each in notices
        if isinstance(each.message, DischargeNotification) and each.date <= chain[0].date
    }
    ended = [each for each in said.values() if _sends_home(each)]
    last = max(ended, key=lambda each: each.date, default=None)
    if last is None or not _was_admitted_before(last, notices):
        return None
    return min(last.place, *(each.place for each in chain))


def _sends_home(notice: _Notice) -> bool:
    return isinstance(notice.message, DischargeNotification) and notice.message.sends_home


def _was_admitted_before(ended: _Notice, notices: Sequence[_Notice]) -> bool:
    """Whether a notification of an earlier stay stands before that discharge."""
    return any(
        isinstance(each, _Admitted) and each.date <= ended.date and not each.message.is_cancelled
        for each in notices
    )


def _ward(pathway: Pathway, current: _Admitted | None, entered: Sequence[Entry]) -> str:
    """By the notification, else as entered, else by the plan."""
    names = [current.message.sender.name] if current else []
    names += [
        each.body.ward for each in reversed(entered) if isinstance(each.body, AdmissionEntered)
    ]
    if pathway.current_plan is not None:
        names.append(pathway.current_plan.message.sender.name)
    return next((name for name in names if name.strip()), "")


# --- what the municipality says -----------------------------------------------------------------


class _Said:
    """What people here said about one stay, in order; the last word of each kind holds."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.parts: dict[str, PartTick] = {}
        self.follow_ups: list[FollowUp] = []
        self.present: Present | None = None
        self.not_needed: NotNeeded | None = None
        self.leave: LeaveNoted | None = None
        for entry in entries:
            self._add(entry)

    def _add(self, entry: Entry) -> None:
        match entry.body:
            case ChecklistTicked(ticks=ticks):
                said = said_in(entry)
                for tick in ticks:
                    self._tick(
                        PartTick(part=tick.part, state=tick.state, note=tick.note, said=said)
                    )
            case PresentAtAdmission(was_present=was_present, who=who):
                self.present = Present(was_present=was_present, who=who, said=said_in(entry))
            case FollowUpAssigned(part=part, owner=owner):
                self._change(part, owner=owner)
            case FollowUpClosed(part=part, text=text):
                self._change(part, closed=said_in(entry), text=text)
            case AdmissionReportNotNeeded(reason=reason):
                self.not_needed = NotNeeded(reason=reason, said=said_in(entry))
            case LeaveNoted() as leave:
                self.leave = leave

    def _tick(self, tick: PartTick) -> None:
        if tick.state is None:
            self.parts.pop(tick.part, None)
        else:
            self.parts[tick.part] = tick
        if tick.state is not PartState.MISSING:
            self._change(tick.part, closed=tick.said)
        elif self._open(tick.part) is None:
            self.follow_ups.append(FollowUp(part=tick.part, note=tick.note, opened=tick.said))
        else:
            self._change(tick.part, note=tick.note)

    def _open(self, part: str) -> int | None:
        places = (
            place
            for place, each in enumerate(self.follow_ups)
            if each.part == part and each.is_open
        )
        return next(places, None)

    def _change(self, part: str, **changes: object) -> None:
        """Only what is open can be taken on or closed."""
        place = self._open(part)
        if place is not None:
            self.follow_ups[place] = msgspec.structs.replace(self.follow_ups[place], **changes)


def said_in(entry: Entry) -> Said:
    """Who wrote an entry, and when."""
    return Said(
        entry_id=entry.id, author=entry.author, at=entry.occurred_at, is_pending=entry.is_pending
    )


def ticks_of(pathway: Pathway, part: str) -> Iterator[PartTick]:
    """Everything that was ever said of a part, in order: nothing is lost when several tick it."""
    for entry in pathway.timeline:
        if isinstance(entry.body, ChecklistTicked):
            for tick in entry.body.ticks:
                if tick.part == part:
                    yield PartTick(part=part, state=tick.state, note=tick.note, said=said_in(entry))


# --- the deadline -------------------------------------------------------------------------------


OPEN = frozenset({ReportState.DUE, ReportState.MUST})
"""Somebody has to do something, or say that there is nothing to do."""


class ReportDue(msgspec.Struct, frozen=True, kw_only=True):
    """Where the report stands under one agreement, and by when it is to be sent."""

    state: ReportState
    status: Status
    """``fixed``: there is a deadline. ``none``: the agreement sets none. ``unknown``: not known."""
    due: Due | None
    is_night: bool = False
    """The night rule applies (rule B)."""
    text: str = ""
    """The rule in the agreement's words, or why there is no deadline."""


NO_NOTIFICATION = "Der er ikke modtaget indlæggelsesadvis, som fristen regnes fra."


def report_due(admission: Admission, agreement: Agreement) -> ReportDue:
    """Rules A and B: the deadline, and whether the report was sent by it.

    Args:
        admission: of a pathway.
        agreement: the profile with the hours and the night shift.
    """
    rule = agreement.admission_report.update
    due = _deadline(admission, agreement)
    status: Status = "unknown" if rule.status == "fixed" and due is None else rule.status
    return ReportDue(
        state=_report_state(admission, due, agreement),
        status=status,
        due=due,
        is_night=due is not None and _is_night(admission, agreement),
        text=_rule_text(admission, rule, due),
    )


def _deadline(admission: Admission, agreement: Agreement) -> Due | None:
    rule = agreement.admission_report.update.deadline
    if rule is None or admission.notified_at is None:
        return None
    try:
        return rule.due(admission.notified_at, agreement.calendar)
    except CalendarRangeError:
        return None


def _is_night(admission: Admission, agreement: Agreement) -> bool:
    rule = agreement.admission_report.update.deadline
    if not isinstance(rule, HoursAfter) or rule.night is None or admission.notified_at is None:
        return False
    return rule.night.ends_on(to_copenhagen(admission.notified_at)) is not None


def _rule_text(admission: Admission, rule: Fact, due: Due | None) -> str:
    if rule.status == "fixed" and due is None and admission.notified_at is None:
        return f"{NO_NOTIFICATION} {rule.text}"
    return rule.text


def _report_state(admission: Admission, due: Due | None, agreement: Agreement) -> ReportState:
    """The first report is the one the deadline measures; a later one only adds to it.

    One that did not reach the hospital is none.
    """
    sent = [each for each in admission.reports if each.transit is not Transit.ATTENTION]
    if sent and due is None:
        return ReportState.SENT
    if sent and due is not None:
        is_late = due.is_passed(sent[0].entry.occurred_at)
        return ReportState.LATE if is_late else ReportState.IN_TIME
    prescribes = bool(agreement.admission_report.mandatory_texts)
    if admission.must_report and prescribes and admission.is_in_hospital:
        return ReportState.MUST
    if admission.not_needed is not None:
        return ReportState.NOT_NEEDED
    return ReportState.DUE if admission.is_in_hospital else ReportState.NO_LONGER


# --- the report itself --------------------------------------------------------------------------

REPORT_SUBJECT = "Opdateret indlæggelsesrapport"
"""The subject (emne) that says what the correspondence is; the agreement names the report so."""
CONFIRMED = "Bekræftet af patienten"


def report_text(report: AdmissionReportSent, agreement: Agreement) -> str:
    """The report as plain text: each prescribed text under its label, what else there is last.

    The schema of XDIS16 is not public, so this is what a correspondence carries (standard §0.2),
    and what can be copied into the care record system.
    """
    labels = {each.code: each.label for each in agreement.admission_report.mandatory_texts}
    parts = [
        f"{labels.get(each.code, each.code)}:\n{each.text.strip()}"
        for each in report.texts
        if each.text.strip()
    ]
    if report.supplement.strip():
        parts.append(f"Supplerende oplysninger:\n{report.supplement.strip()}")
    if report.confirmed is not None:
        parts.append(f"{CONFIRMED}: {report.confirmed.label.lower()}")
    return "\n\n".join(parts)
