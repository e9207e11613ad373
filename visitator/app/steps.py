"""The steps of a pathway (forløb): what happened, where it stands, and what is ahead."""

import datetime as dt
import enum
from collections.abc import Iterator

from visitator.app.course import Course, local, ward_of
from visitator.app.labelled import point_of
from visitator.app.views import Point, Step, StepState
from visitator.domain.agreement import Agreement
from visitator.domain.calendar import CalendarRangeError
from visitator.domain.deadlines import Due
from visitator.domain.entries import (
    AdmissionReportSent,
    AnyBody,
    Closed,
    ConferenceAgreed,
    ConferenceMinutesReceived,
    Entry,
    EntryId,
    Lapsed,
    LapseReason,
    MessageReceived,
    PhoneCall,
    ReplySent,
    TreatmentResumed,
    UnknownBody,
)
from visitator.domain.letters import category_label
from visitator.domain.messages import (
    KIND_LABELS,
    AdmissionNotification,
    AnyMessage,
    CarePlan,
    Correspondence,
    DischargeNotification,
    DischargeReport,
    EndedTreatment,
    RehabilitationPlan,
    UnknownMessage,
)
from visitator.domain.moment import Moment
from visitator.domain.pathway import Folding, Reply
from visitator.domain.terms import ReplyState, Stay


class Word(enum.StrEnum):
    """The words of steps that neither a field nor the agreement has."""

    TREATMENT_ENDED = "Færdigbehandlet"
    ADMISSION_REPORT = "Indlæggelsesrapport"
    ANSWER = "Svar fra sygehuset"
    CONFERENCE = "Planlægningskonference"
    UNKNOWN = "Hændelse, som denne version ikke kan vise"
    BY_NOTIFICATION = "advis"
    BY_TELEPHONE = "telefonisk"
    CANCELLED = "annulleret"
    EXPECTED = "forventet"
    AGREED = "aftalt"
    DEADLINE = "svarfrist"
    AWAITS_REPLY = "afventer svar"
    AWAITS_HOSPITAL = "afventer sygehuset"
    WITHOUT_AGREEMENT = "uden aftale"


_ADMISSION_REPORT = "ReportOfAdmission"
"""The root of an XDIS16, which the program does not read further (standard §4.2)."""

_UNDER_TREATMENT = {Stay.UNKNOWN, Stay.ADMITTED, Stay.TREATMENT_RESUMED}
_IN_HOSPITAL = {*_UNDER_TREATMENT, Stay.TREATMENT_ENDED, Stay.REPORT_RECEIVED}
_OVER = {Stay.LAPSED, Stay.CLOSED}

_Named = tuple[str, str, Moment | None]
"""Title, detail and day of a step."""


def hospital_deadline(asked_at: dt.datetime, agreement: Agreement) -> Due | None:
    """When the hospital must have answered (rule E); None when the agreement does not say."""
    rule = agreement.hospital_answer.deadline
    try:
        return rule.due(asked_at, agreement.calendar) if rule else None
    except CalendarRangeError:
        return None


def steps(course: Course) -> tuple[Step, ...]:
    """The dots of the pathway column, in order. Who has looked or taken it on is no step."""
    return tuple(_Steps(course).all())


class _Steps:
    def __init__(self, course: Course) -> None:
        self._course = course
        self._pathway = course.pathway
        self._answers = frozenset(self._hospital_answers())
        self._numbers = {
            plan.entry_id: number for number, plan in enumerate(self._pathway.plans, start=1)
        }
        self._replies = {reply.entry.id: reply for reply in self._pathway.replies}

    def all(self) -> Iterator[Step]:
        yield from self._admitted()
        for entry in self._pathway.timeline:
            step = self._happened(entry)
            if step is not None:
                yield step
        if self._pathway.stay not in _OVER:
            yield from self._awaited()
            yield from self._ahead()

    # --- what happened ------------------------------------------------------------------------

    def _hospital_answers(self) -> Iterator[EntryId]:
        """The letters and calls that answered the municipality, as the fold saw it."""
        folding = Folding()
        for entry in self._pathway.timeline:
            folding.add(entry)
            if _may_answer(entry.body):
                state = folding.pathway().to_answer
                if state is not None and state.seen == entry.id:
                    yield entry.id

    def _admitted(self) -> Iterator[Step]:
        """The admission, with the notification of it when there is one."""
        if self._pathway.admitted is None:
            return
        told = [each.id for each in self._pathway.timeline if _is_admission(each.body)]
        yield Step(
            title=Stay.ADMITTED.label,
            state=StepState.DONE,
            day=point_of(self._pathway.admitted),
            detail=Word.BY_NOTIFICATION.value if told else "",
            entry_id=told[-1] if told else "",
        )

    def _happened(self, entry: Entry) -> Step | None:
        body = entry.body
        if isinstance(body, MessageReceived):
            return self._message(body, entry)
        if isinstance(body, ReplySent):
            return self._reply(self._replies[entry.id])
        if isinstance(body, PhoneCall):
            named: _Named | None = None
            if entry.id in self._answers:
                named = Word.ANSWER, Word.BY_TELEPHONE, None
        else:
            named = _deed(body)
        who = self._course.name(entry.author)
        return self._step(entry, named, local(entry.occurred_at), who) if named else None

    def _message(self, body: MessageReceived, entry: Entry) -> Step | None:
        message = body.message
        named: _Named | None = None
        if message.is_cancelled:
            named = KIND_LABELS[type(message)], Word.CANCELLED, None
        elif isinstance(message, Correspondence):
            if entry.id in self._answers:
                named = Word.ANSWER, "", None
        elif isinstance(message, DischargeNotification):
            named = self._discharge(message)
        else:
            named = _notified(message)
        who = ward_of(message.sender)
        return self._step(entry, named, local(body.received_at), who) if named else None

    def _discharge(self, message: DischargeNotification) -> _Named:
        if message.says_dead:
            return LapseReason.DEATH.label, "", message.discharged
        if message.says_moved:
            return Stay.MOVED.label, "", message.discharged
        is_the_one = message.discharged == self._pathway.discharged
        is_without = is_the_one and self._pathway.discharged_without_agreement
        detail = Word.WITHOUT_AGREEMENT if is_without else ""
        return Stay.DISCHARGED.label, detail, message.discharged

    def _step(self, entry: Entry, named: _Named, at: dt.datetime, who: str) -> Step:
        """Something that happened; the last thing said about a plan that waits is now.

        Where it is known on which day something happened, it does not matter when that was told.
        """
        title, detail, day = named
        waits = entry.id == self._waits_at
        return Step(
            title=str(title),
            state=StepState.NOW if waits else StepState.DONE,
            number=self._numbers.get(entry.id, 0),
            at=None if day else at,
            day=point_of(day),
            who=who,
            detail=Word.AWAITS_REPLY.value if waits else str(detail),
            entry_id=entry.id,
        )

    @property
    def _waits_at(self) -> EntryId | None:
        """The last thing said about the current plan, when it is the municipality's turn."""
        state = self._pathway.to_answer
        if not self._pathway.needs_answer or state is None:
            return None
        return state.seen or state.plan

    def _reply(self, reply: Reply) -> Step | None:
        """What the municipality said; a reply that came too late is in the thread only."""
        if not reply.counts:
            return None
        sent = self._course.sent(reply.entry)
        return Step(
            title=category_label(reply.sent.category, self._course.agreement),
            state=StepState.OURS,
            at=local(reply.entry.occurred_at),
            who=self._course.name(reply.entry.author),
            detail=sent.label if sent else "",
            entry_id=reply.entry.id,
        )

    # --- what is ahead ------------------------------------------------------------------------

    def _awaited(self) -> Iterator[Step]:
        """What the hospital has to do now."""
        asked_at = self._pathway.awaiting_hospital_since
        if asked_at is not None:
            due = hospital_deadline(asked_at, self._course.agreement)
            detail = Word.DEADLINE if due else Word.AWAITS_HOSPITAL
            yield _step_to_come(Word.ANSWER, detail, _point(due), StepState.NOW)
        is_wished = self._pathway.reply_state is ReplyState.COORDINATION
        if is_wished and not self._pathway.is_undelivered:
            yield _step_to_come(Word.CONFERENCE, Word.AWAITS_HOSPITAL, None, StepState.NOW)

    def _ahead(self) -> Iterator[Step]:
        """The dates of the plan and of the conference that lie before the citizen."""
        conference = self._pathway.conference
        if conference is not None and conference.at is not None and self._is_ahead(conference.at):
            form = conference.form.label if conference.form else ""
            yield _step_to_come(Word.CONFERENCE, form, point_of(conference.at))
        plan = self._pathway.current_plan
        if plan is None:
            return
        expected, agreed = plan.message.expected_end_of_treatment, plan.message.agreed_discharge
        if expected and self._pathway.stay in _UNDER_TREATMENT:
            yield _step_to_come(Word.TREATMENT_ENDED, Word.EXPECTED, point_of(expected))
        if self._pathway.stay in _IN_HOSPITAL:
            detail = Word.AGREED if agreed else ""
            yield _step_to_come(Stay.DISCHARGED.label, detail, point_of(agreed))

    def _is_ahead(self, moment: Moment) -> bool:
        latest = dt.datetime.combine(moment.date, moment.time or dt.time.max)
        return latest.replace(tzinfo=None) > self._course.now.replace(tzinfo=None)


def _step_to_come(
    title: str, detail: str, day: Point | None, state: StepState = StepState.AHEAD
) -> Step:
    return Step(title=str(title), state=state, day=day, detail=str(detail))


def _point(due: Due | None) -> Point | None:
    if due is None:
        return None
    return Point(date=due.local.date(), time=None if due.whole_day else due.local.time())


def _may_answer(body: AnyBody) -> bool:
    if isinstance(body, MessageReceived):
        return isinstance(body.message, Correspondence)
    return isinstance(body, PhoneCall) and body.clears


def _is_admission(body: AnyBody) -> bool:
    message = body.message if isinstance(body, MessageReceived) else None
    return isinstance(message, AdmissionNotification) and not message.is_cancelled


def _deed(body: AnyBody) -> _Named | None:
    """What somebody noted about the pathway."""
    named: _Named | None = None
    match body:
        case AdmissionReportSent():
            named = Word.ADMISSION_REPORT, "", None
        case ConferenceAgreed(form=form, at=at):
            named = ReplyState.CONFERENCE_AGREED.label, form.label, at
        case ConferenceMinutesReceived():
            named = ReplyState.MINUTES_RECEIVED.label, "", None
        case TreatmentResumed(at=at):
            named = Stay.TREATMENT_RESUMED.label, "", at
        case Lapsed(reason=reason):
            named = Stay.LAPSED.label, reason.label, None
        case Closed():
            named = Stay.CLOSED.label, "", None
        case UnknownBody(kind=kind):
            named = Word.UNKNOWN, kind, None
    return named


def _notified(message: AnyMessage) -> _Named | None:
    """What a message says has happened; the admission has its own step."""
    named: _Named | None = None
    match message:
        case CarePlan() | RehabilitationPlan():
            named = KIND_LABELS[type(message)], "", None
        case AdmissionNotification() if message.says_dead:
            named = LapseReason.DEATH.label, "", None
        case EndedTreatment(end_of_treatment=day):
            named = Word.TREATMENT_ENDED, "", day
        case DischargeReport():
            named = Stay.REPORT_RECEIVED.label, "", None
        case UnknownMessage(root=root):
            is_report = root == _ADMISSION_REPORT
            named = (Word.ADMISSION_REPORT, "", None) if is_report else (_UNKNOWN, root, None)
    return named


_UNKNOWN = KIND_LABELS[UnknownMessage]
