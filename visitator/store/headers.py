"""The row of a pathway in the inbox: what its fold says, and what one agreement makes of it."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from visitator.domain.agreement import Agreement
from visitator.domain.calendar import CalendarRangeError
from visitator.domain.citizen import Citizen
from visitator.domain.deadlines import Due
from visitator.domain.duties import Agenda, Duty, agenda, start_duty
from visitator.domain.entries import (
    AdmissionEntered,
    AnyBody,
    ConferenceMinutesReceived,
    Entry,
    EntryId,
    MessageReceived,
    Opened,
)
from visitator.domain.messages import (
    AdmissionNotification,
    AnyMessage,
    CarePlan,
    Correspondence,
    DischargeConference,
    DischargeNotification,
    Receipt,
    RehabilitationPlan,
)
from visitator.domain.moment import Instant
from visitator.domain.pathway import Pathway
from visitator.domain.rehabilitation import Rehabilitation, start_due
from visitator.domain.terms import ReplyState, Stay
from visitator.store.snippets import beginning
from visitator.store.values import Bucket, Header, Matter

_BUCKETS = {
    None: Bucket.OTHER,
    ReplyState.AWAITING_HOSPITAL: Bucket.AWAITING,
    ReplyState.ANSWER_RECEIVED: Bucket.NEW_ANSWER,
    ReplyState.COORDINATION: Bucket.COORDINATION,
    ReplyState.CONFERENCE_AGREED: Bucket.COORDINATION,
    ReplyState.MINUTES_RECEIVED: Bucket.NEW_ANSWER,
    ReplyState.AGREEMENT: Bucket.AGREED,
    ReplyState.ANSWERED_OK: Bucket.ANSWERED,
}
"""The states in which a bucket follows from nothing else."""

_OVER = frozenset({Stay.CLOSED, Stay.LAPSED})


class _Letter(NamedTuple):
    """A message that came, and the entry that brought it."""

    entry_id: EntryId
    message: AnyMessage
    received_at: Instant


class Headers:
    """Makes headers under one agreement. It remembers what each letter asks for."""

    def __init__(self, agreement: Agreement) -> None:
        self._agreement = agreement
        self._agendas: dict[EntryId, Agenda] = {}

    def forget(self, entry_ids: Sequence[EntryId] | None = None) -> None:
        """These letters are not needed for a while; without any, all of them."""
        for entry_id in list(self._agendas) if entry_ids is None else entry_ids:
            self._agendas.pop(entry_id, None)

    def of(
        self,
        pathway_id: str,
        pathway: Pathway,
        accepted: Sequence[Entry],
        pending: Sequence[Entry],
        course: Rehabilitation | None,
    ) -> Header:
        """The row of a pathway that is the fold of these entries, with its rehabilitation side."""
        plan = pathway.current_plan
        planned = _Letter(plan.entry_id, plan.message, plan.received_at) if plan else None
        plan_agenda = self._agenda(planned) if planned else Agenda()
        notices = {notice.code for notice in plan_agenda.notices}
        unanswered = pathway.needs_answer and pathway.answered_at is None
        duty = next(iter(plan_agenda.duties), None) if unanswered else None
        bucket = _bucket(pathway, has_deadline=duty is not None and duty.due is not None)
        about = _about(pathway, bucket) or planned
        training = course if isinstance(about and about.message, RehabilitationPlan) else None
        duty = self._start(training, bucket) or duty
        ours = duty if duty is not None and duty.actor == "municipality" else None
        if training is not None and bucket is Bucket.NEW_ANSWER and ours is not None:
            bucket = Bucket.TO_START
        return Header(
            pathway_id=pathway_id,
            bucket=bucket,
            matter=_matter(about),
            citizen=_names(pathway.citizen),
            ward=_ward(about, planned),
            reply_state=pathway.reply_state,
            needs_answer=pathway.needs_answer,
            received_at=about.received_at if about else None,
            deadline_status=ours.status if ours else None,
            due=ours.due if ours else None,
            effective=ours.effective if ours else None,
            hospital_due=self._hospital_due(pathway, bucket, duty),
            awaiting_hospital_since=pathway.awaiting_hospital_since,
            planned_discharge=plan.message.planned_discharge if plan else None,
            level=training.level if training else None,
            discharge=training.discharge if training else None,
            discharge_source=training.discharge_source if training else None,
            snippet=_snippet(about),
            has_new_letter=pathway.unhandled_letter is not None,
            wants_conference=plan is not None and _wants_conference(plan.message),
            is_weekend_discharge="udskrivning_weekend" in notices,
            is_late_plan="plan_sen" in notices,
            is_unknown_citizen=is_first_heard_of(pathway),
            versions=len(pathway.plans),
            stay=pathway.stay,
            owner=pathway.owner,
            agreement_superseded=pathway.agreement_superseded,
            discharged_without_agreement=pathway.discharged_without_agreement,
            # That somebody looked at it is nothing they wait for.
            pending=sum(not isinstance(each.body, Opened) for each in pending),
            last_seq=accepted[-1].seq or 0 if accepted else 0,
        )

    def _agenda(self, letter: _Letter) -> Agenda:
        """What a letter asks for; nothing when it came in a year no calendar knows."""
        if letter.entry_id not in self._agendas:
            try:
                found = agenda(letter.message, letter.received_at, self._agreement)
            except CalendarRangeError:
                found = Agenda()
            self._agendas[letter.entry_id] = found
        return self._agendas[letter.entry_id]

    def _start(self, training: Rehabilitation | None, bucket: Bucket) -> Duty | None:
        """To start the rehabilitation a row is about (rules L and M)."""
        if bucket is Bucket.CLOSED or training is None or not training.is_to_start:
            return None
        return start_duty(start_due(training, self._agreement))

    def _hospital_due(self, pathway: Pathway, bucket: Bucket, duty: Duty | None) -> Due | None:
        """Rule E, from when the question was asked; rule M, where the hospital starts."""
        asked = pathway.awaiting_hospital_since
        rule = self._agreement.hospital_answer.deadline
        if bucket is Bucket.AWAITING and asked is not None and rule is not None:
            try:
                return rule.due(asked, self._agreement.calendar)
            except CalendarRangeError:
                return None
        return duty.due if duty is not None and duty.actor == "hospital" else None


def _bucket(pathway: Pathway, *, has_deadline: bool) -> Bucket:
    has_letter = pathway.unhandled_letter is not None
    if pathway.stay in _OVER:
        return Bucket.NEW_ANSWER if has_letter else Bucket.CLOSED
    if pathway.is_undelivered or pathway.undelivered_letter is not None:
        return Bucket.UNDELIVERED
    if pathway.reply_state in _BUCKETS:
        return Bucket.NEW_ANSWER if has_letter else _BUCKETS[pathway.reply_state]
    if pathway.answered_at is not None:
        return Bucket.NEW_ANSWER
    return Bucket.TO_ANSWER if has_deadline else Bucket.WITHOUT_DEADLINE


def _about(pathway: Pathway, bucket: Bucket) -> _Letter | None:
    """The letter a row is about; None where it is the plan, or nothing has come.

    That is the hospital's new letter, unless it answered by telephone. Without a plan it is a
    rehabilitation plan, which has a deadline, else what came last.
    """
    if bucket is Bucket.NEW_ANSWER:
        return _new_answer(pathway)
    if pathway.current_plan is not None:
        return None
    letters = list(_letters(pathway))
    plans = [letter for letter in letters if isinstance(letter.message, RehabilitationPlan)]
    return next(reversed(plans or letters), None)


def _new_answer(pathway: Pathway) -> _Letter | None:
    """The letter to see to, else the one the state speaks of, or that holds the minutes."""
    seen = pathway.unhandled_letter or (pathway.to_answer.seen if pathway.to_answer else None)
    body = _body(pathway, seen)
    if isinstance(body, ConferenceMinutesReceived):
        seen = body.letter
        body = _body(pathway, seen)
    if seen is None or not isinstance(body, MessageReceived):
        return None
    return _Letter(seen, body.message, body.received_at)


def _body(pathway: Pathway, entry_id: EntryId | None) -> AnyBody | None:
    """Of an entry of the timeline; what a row is about stands near its end."""
    return next((each.body for each in reversed(pathway.timeline) if each.id == entry_id), None)


def _letters(pathway: Pathway) -> Iterator[_Letter]:
    """What hospitals wrote, in order; a technical receipt is no letter."""
    for entry in pathway.timeline:
        body = entry.body
        if isinstance(body, MessageReceived) and not isinstance(body.message, Receipt):
            yield _Letter(entry.id, body.message, body.received_at)


def is_first_heard_of(pathway: Pathway) -> bool:
    """Whether the plan is the first the municipality hears of this citizen (R4.1).

    The first letter of the pathway is a plan, and no admission notification (indlæggelsesadvis)
    has come, not even after it: letters overtake each other; nor has anybody entered the admission
    by hand. Whether the citizen is in the care record, or was in hospital before, is not known here
    and is not guessed.
    """
    first = next(_letters(pathway), None)
    if first is None or not isinstance(first.message, CarePlan):
        return False
    return not any(_says_admitted(entry.body) for entry in pathway.timeline)


def _says_admitted(body: AnyBody) -> bool:
    if isinstance(body, MessageReceived):
        return isinstance(body.message, AdmissionNotification)
    return isinstance(body, AdmissionEntered)


def _matter(about: _Letter | None) -> Matter:
    match about.message if about else None:
        case CarePlan():
            return Matter.PLAN
        case RehabilitationPlan():
            return Matter.REHABILITATION
        case Correspondence():
            return Matter.CORRESPONDENCE
        case AdmissionNotification() | DischargeNotification():
            return Matter.NOTIFICATION
        case _:
            return Matter.MESSAGE


def _snippet(about: _Letter | None) -> str:
    if about is None or not isinstance(about.message, Correspondence):
        return ""
    return beginning(about.message.text) or beginning(about.message.subject or "")


def _wants_conference(plan: CarePlan) -> bool:
    """Whether the hospital proposes or announces one; an empty element says nothing."""
    return plan.conference not in {None, DischargeConference()}


def _ward(about: _Letter | None, planned: _Letter | None) -> str:
    senders = (letter.message.sender.name for letter in (about, planned) if letter is not None)
    return next((name for name in senders if name), "")


def _names(citizen: Citizen | None) -> Citizen | None:
    if citizen is None:
        return None
    return Citizen(
        cpr=citizen.cpr,
        replacement_cpr=citizen.replacement_cpr,
        given_name=citizen.given_name,
        surname=citizen.surname,
    )
