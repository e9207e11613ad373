"""The pathway (forløb): one hospital stay of one citizen, folded from its journal entries.

Requirements §12 is the state machine; architecture §4 says which of two replies counts. Nothing
here looks at a clock or at the order of anybody's clock but the letter dates hospitals write.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import TypeAlias, TypeVar

import msgspec

from visitator.domain.citizen import Citizen
from visitator.domain.deadlines import to_copenhagen
from visitator.domain.entries import (
    AdmissionEntered,
    AdmissionReportSent,
    AnswerCategory,
    AnyBody,
    Assigned,
    Closed,
    ConferenceAgreed,
    ConferenceForm,
    ConferenceMinutesReceived,
    CorrespondenceSent,
    DeliveryFailed,
    Entry,
    EntryId,
    Lapsed,
    LapseReason,
    LetterHandled,
    MessageReceived,
    Opened,
    PhoneCall,
    PlanState,
    RehabilitationStep,
    ReplyHandedOver,
    ReplySent,
    TreatmentResumed,
)
from visitator.domain.messages import (
    AnyMessage,
    CarePlan,
    Correspondence,
    Receipt,
    ReceiptOutcome,
    RehabilitationPlan,
)
from visitator.domain.moment import Moment
from visitator.domain.stay import STAY_MESSAGES, StayFolding
from visitator.domain.terms import ReplyState, Stay, Transit

_FINAL = {ReplyState.ANSWERED_OK, ReplyState.AGREEMENT}
_COORDINATING = {
    ReplyState.COORDINATION,
    ReplyState.CONFERENCE_AGREED,
    ReplyState.MINUTES_RECEIVED,
}
_QUESTIONING = {ReplyState.AWAITING_HOSPITAL, ReplyState.ANSWER_RECEIVED}
_TO_WORK_ON = {ReplyState.RECEIVED, ReplyState.ANSWER_RECEIVED}


class PlanVersion(msgspec.Struct, frozen=True, kw_only=True):
    """One version of the plejeforløbsplan, as the hospital sent it."""

    entry_id: EntryId
    """The entry that brought it; what a reply names."""
    message: CarePlan
    received_at: dt.datetime
    state: ReplyState
    """``SUPERSEDED`` for every version but the current one."""
    receipted_at: dt.datetime | None = None
    """When it was acknowledged technically, which accepts nothing (rule F); None: it was not."""


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """What the latest technical receipt says about a reply (teknisk kvittering, standard §6.2)."""

    outcome: ReceiptOutcome
    received_at: dt.datetime
    refuse_code: str | None = None
    refuse_text: str = ""
    """The receiver's own words, when it was refused."""


class Dispatch(msgspec.Struct, frozen=True, kw_only=True):
    """Something the municipality sent, and what became of it."""

    entry: Entry
    handed_over_at: dt.datetime | None = None
    """When the gateway first gave it to the hospital's transport."""
    delivery: Delivery | None = None
    """None: no receipt has come."""
    failure: DeliveryFailed | None = None
    """The gateway has given up; None also when a receipt came after that."""

    @property
    def transit(self) -> Transit:
        """How far it has come; a refusal and a failure need somebody to act."""
        if self.failure is not None:
            return Transit.ATTENTION
        if self.delivery is not None:
            is_received = self.delivery.outcome is ReceiptOutcome.POSITIVE
            return Transit.RECEIVED if is_received else Transit.ATTENTION
        if self.handed_over_at is not None:
            return Transit.HANDED_OVER
        return Transit.OUTBOX if self.entry.is_pending else Transit.AT_GATEWAY


class Reply(Dispatch, frozen=True, kw_only=True):
    """A reply and what became of it."""

    sent: ReplySent
    counts: bool
    """False: another reply came first, or its plan version was superseded. It is only shown."""


class LetterSent(Dispatch, frozen=True, kw_only=True):
    """A letter of the municipality's own, and what became of it."""

    sent: CorrespondenceSent


class ReportSent(Dispatch, frozen=True, kw_only=True):
    """An admission report, and what became of it."""

    sent: AdmissionReportSent


class Conference(msgspec.Struct, frozen=True, kw_only=True):
    """The planning conference last agreed (planlægningskonference), and its minutes."""

    form: ConferenceForm | None = None
    at: Moment | None = None
    minutes: EntryId | None = None
    """The entry that brought the correspondence with the minutes."""


class Pathway(msgspec.Struct, frozen=True, kw_only=True):
    """What the entries of one pathway add up to."""

    citizen: Citizen | None
    """As the current plan describes them, else as the last message that names them, else as
    somebody entered them by hand."""
    episode_key: str | None
    plans: tuple[PlanVersion, ...]
    """Oldest first; the last one is current."""
    reply_state: ReplyState | None
    """Of the current plan; None while there is none."""
    to_answer: PlanState | None
    """What a reply written now has to name in order to count; None while there is no plan."""
    needs_answer: bool
    """The current plan is not finally answered: not yet, or a question or a wish is open."""
    is_undelivered: bool
    """The answer that stands did not reach the hospital: it agrees and asks nothing until it does,
    and somebody has to act (Kræver handling)."""
    awaiting_hospital_since: dt.datetime | None
    """When the question was asked that the hospital has not answered; its deadline starts here."""
    answered_at: dt.datetime | None
    """When the current plan got its first reply that counts: what the deadline measures."""
    agreement_superseded: bool
    """An agreement was in force, a new version came, and there is no new agreement yet (R4.4)."""
    replies: tuple[Reply, ...]
    letters_sent: tuple[LetterSent, ...]
    """The municipality's own letters, in order; they change nothing about the answer."""
    reports_sent: tuple[ReportSent, ...]
    """The admission reports, in order (indlæggelsesrapport)."""
    conference: Conference | None
    stay: Stay
    admitted: Moment | None
    discharged: Moment | None
    discharged_without_agreement: bool
    """Udskrevet uden aftale (R7.3): no agreement was in force when the discharge was notified."""
    lapsed: LapseReason | None
    owner: str | None
    unhandled_letter: EntryId | None
    """The hospital's last letter, while nobody has answered, telephoned or seen to it since.

    A rehabilitation plan is one, too, until somebody takes a step in it.
    """
    has_rehabilitation_plan: bool
    """A rehabilitation plan (genoptræningsplan) has come."""
    thread: tuple[Entry, ...]
    """Replies and correspondence, both ways, in order."""
    timeline: tuple[Entry, ...]
    """Everything that happened, in order, each letter once."""

    @property
    def current_plan(self) -> PlanVersion | None:
        """The plan version that holds."""
        return self.plans[-1] if self.plans else None

    @property
    def agreement(self) -> bool:
        """Whether the current plan is the agreed discharge (aftale om udskrivelse, rule G)."""
        return self.reply_state is ReplyState.AGREEMENT and not self.is_undelivered

    @property
    def undelivered_letter(self) -> LetterSent | ReportSent | None:
        """The last own letter, when it did not reach the hospital and nobody has called since.

        An admission report is one, too. Somebody has to act (Kræver handling): write again or call.
        """
        ends: list[LetterSent | ReportSent] = [*self.letters_sent[-1:], *self.reports_sent[-1:]]
        if len(ends) > 1:
            ends.sort(key=lambda sent: self.timeline.index(sent.entry))
        last = ends[-1] if ends else None
        if last is None or last.transit is not Transit.ATTENTION:
            return None
        since = self.timeline[self.timeline.index(last.entry) :]
        return None if any(isinstance(each.body, PhoneCall) for each in since) else last

    @property
    def undelivered(self) -> Dispatch | None:
        """What did not reach the hospital: the answer that stands; when it did, the last letter."""
        if self.is_undelivered and self.to_answer is not None:
            seen = self.to_answer.seen
            return next(reply for reply in self.replies if reply.entry.id == seen)
        return self.undelivered_letter


def fold(entries: Iterable[Entry]) -> Pathway:
    """The state of a pathway from its entries, accepted and pending, in any order.

    Accepted entries count in the gateway's order; pending ones come after them as given. The same
    entry, and the same letter, counts once. Any sequence of entries gives a pathway.
    """
    folding = Folding()
    for entry in _in_order(entries):
        folding.add(entry)
    return folding.pathway()


def _in_order(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Each entry once; the accepted copy goes before a pending one."""
    once: dict[EntryId, Entry] = {}
    for entry in sorted(entries, key=lambda e: (e.seq is None, e.seq or 0)):
        once.setdefault(entry.id, entry)
    return iter(once.values())


_LetterKey: TypeAlias = tuple[type[AnyMessage], str, str, dt.datetime | None]


def _letter_key(message: AnyMessage) -> _LetterKey | None:
    """What makes two messages the same letter; None when it cannot be told (standard §6.1).

    A sender never uses a letter number twice. One who does all the same is no reason to hide a
    plan, so the kind and the date of the letter must agree, too.
    """
    gln = (message.sender.gln or "").strip()
    letter = (message.letter_id or "").strip()
    return (type(message), gln, letter, message.authorised_at) if gln and letter else None


def _letter_date(received: MessageReceived) -> dt.datetime:
    """The date of the letter in Danish civil time; without one, when it came."""
    date = received.message.authorised_at or to_copenhagen(received.received_at)
    return date.replace(tzinfo=None)


class Folding:
    """A fold that can go on: it takes entries one by one, in order and each once.

    The plan and the stay have their own.
    """

    def __init__(self) -> None:
        self.letters: set[_LetterKey] = set()
        self.timeline: list[Entry] = []
        self.thread: list[Entry] = []
        self.messages: list[AnyMessage] = []
        self.underway = _Underway()
        self.answering = _Answering()
        self.letters_sent: list[LetterSent] = []
        self.reports_sent: list[ReportSent] = []
        self.entered: AdmissionEntered | None = None
        self.told_by_telephone: set[EntryId] = set()
        self.unhandled_letter: EntryId | None = None
        self.rehabilitation_plans: set[EntryId] = set()
        self.stay = StayFolding()
        self.conference: Conference | None = None
        self.owner: str | None = None
        self.lapsed: LapseReason | None = None
        self.closed = False

    def add(self, entry: Entry) -> None:
        """Take the next entry; a letter that came before counts only once."""
        body = entry.body
        if isinstance(body, MessageReceived):
            key = _letter_key(body.message)
            if key in self.letters:
                return
            if key is not None:
                self.letters.add(key)
        self.timeline.append(entry)
        if _is_said(body):
            self.thread.append(entry)
        self._apply(body, entry)

    def _apply(self, body: AnyBody, entry: Entry) -> None:
        """What municipality and hospital say to each other, and what became of it on its way."""
        match body:
            case MessageReceived():
                self._message_received(body, entry)
            case ReplySent():
                if self.answering.reply(body, entry):
                    self._replied()
            case CorrespondenceSent() | AdmissionReportSent():
                self._letter_sent(body, entry)
            case PhoneCall():
                self._phone_call(body, entry)
            case ConferenceAgreed():
                self._conference_agreed(body)
            case ConferenceMinutesReceived():
                self._minutes_received(body, entry)
            case ReplyHandedOver():
                self.underway.handed_over.setdefault(body.reply, entry.occurred_at)
            case DeliveryFailed():
                self.underway.failures[body.reply] = (len(self.timeline), body)
            case _:
                self._apply_decision(body, entry)

    def _apply_decision(self, body: AnyBody, entry: Entry) -> None:
        """What the municipality does by itself; all other kinds only stand on the timeline."""
        match body:
            case Assigned():
                self._assigned(body)
            case Opened():
                self._opened(entry)
            case AdmissionEntered():
                self.entered = body
                self.stay.entered = body.admitted
            case TreatmentResumed():
                self.stay.resumed = True
            case Lapsed():
                self.lapsed = body.reason
            case Closed():
                self.closed = True
                self.unhandled_letter = None
            case LetterHandled():
                self._letter_handled(body.letter)
            case RehabilitationStep():
                self._rehabilitation_step()

    def _letter_sent(self, body: CorrespondenceSent | AdmissionReportSent, entry: Entry) -> None:
        if isinstance(body, AdmissionReportSent):
            # A report is due whatever the hospital writes, so it sees to no letter.
            self.reports_sent.append(ReportSent(entry=entry, sent=body))
        else:
            self.letters_sent.append(LetterSent(entry=entry, sent=body))
            self.unhandled_letter = None

    def _letter_handled(self, letter: EntryId) -> None:
        """Only of the last letter: one that came meanwhile has not been seen to."""
        if letter == self.unhandled_letter:
            self.unhandled_letter = None

    def _replied(self) -> None:
        """The answer to a plan answers what was written about it, and no rehabilitation plan."""
        if self.unhandled_letter not in self.rehabilitation_plans:
            self.unhandled_letter = None

    def _rehabilitation_step(self) -> None:
        """Whoever takes a step has seen the plan; another letter stands."""
        if self.unhandled_letter in self.rehabilitation_plans:
            self.unhandled_letter = None

    def _message_received(self, body: MessageReceived, entry: Entry) -> None:
        message = body.message
        if isinstance(message, Receipt):
            self.underway.receipts.append((len(self.timeline), body))
            return
        self.messages.append(message)
        if isinstance(message, CarePlan):
            self._plan_received(message, body, entry)
        elif isinstance(message, Correspondence):
            self.unhandled_letter = entry.id
            if _is_from_the_sender_of(self.answering.current, message):
                self.answering.hospital_answered(entry)
        elif isinstance(message, RehabilitationPlan):
            # It may come when all else is answered, and long after the discharge.
            self.unhandled_letter = entry.id
            self.rehabilitation_plans.add(entry.id)
        elif isinstance(message, STAY_MESSAGES):
            self.stay.receive(message, _letter_date(body), agreed=self._is_agreed())

    def _plan_received(self, message: CarePlan, body: MessageReceived, entry: Entry) -> None:
        if self.answering.plan_received(message, body, entry, agreed=self._is_agreed()):
            # Somebody has to see it, whatever was decided before it came.
            self.lapsed = None
            self.closed = False

    def _assigned(self, body: Assigned) -> None:
        if body.previous == self.owner:
            self.owner = body.owner
            self.answering.in_hand = body.owner is not None

    def _opened(self, entry: Entry) -> None:
        if self.owner is not None and entry.author == self.owner:
            self.answering.in_hand = True

    def _phone_call(self, body: PhoneCall, entry: Entry) -> None:
        self.unhandled_letter = None
        if body.clears:
            if self._is_undelivered() and self.answering.seen is not None:
                self.told_by_telephone.add(self.answering.seen)
            self.answering.hospital_answered(entry)

    def _conference_agreed(self, body: ConferenceAgreed) -> None:
        self.conference = Conference(form=body.form, at=body.at)
        self.answering.conference_agreed()

    def _minutes_received(self, body: ConferenceMinutesReceived, entry: Entry) -> None:
        self.conference = msgspec.structs.replace(
            self.conference or Conference(), minutes=body.letter
        )
        self.answering.minutes_received(entry)
        self._letter_handled(body.letter)

    def _is_agreed(self) -> bool:
        return self.answering.is_agreed and not self._is_undelivered()

    def _is_undelivered(self) -> bool:
        """Whether the reply that stands was refused by the hospital's system, or given up.

        Not when somebody called instead.
        """
        if self.answering.seen in self.told_by_telephone:
            return False
        standing = (r for r in self.answering.replies if r.entry.id == self.answering.seen)
        return any(self.underway.told(r).transit is Transit.ATTENTION for r in standing)

    def pathway(self) -> Pathway:
        """What the entries so far add up to; more may follow."""
        answering, stay = self.answering, self.stay
        undelivered = self._is_undelivered()
        lapsed = LapseReason.DEATH if stay.is_dead else self.lapsed
        plans = answering.plans(lapsed=lapsed is not None)
        state = plans[-1].state if plans else None
        awaits = state is ReplyState.AWAITING_HOSPITAL and not undelivered
        is_answered = state in _FINAL and not undelivered
        is_over = state in {None, ReplyState.LAPSED} or self.closed
        return Pathway(
            citizen=self._citizen(),
            episode_key=self._episode_key(),
            plans=plans,
            reply_state=state,
            to_answer=answering.to_answer,
            needs_answer=not is_over and not is_answered,
            is_undelivered=undelivered and not is_over,
            awaiting_hospital_since=answering.question_asked_at if awaits else None,
            answered_at=answering.answered_at,
            agreement_superseded=answering.agreement_superseded,
            replies=tuple(self.underway.told(reply) for reply in answering.replies),
            letters_sent=tuple(self.underway.told(letter) for letter in self.letters_sent),
            reports_sent=tuple(self.underway.told(report) for report in self.reports_sent),
            conference=self.conference,
            stay=self._stay_state(lapsed=lapsed is not None),
            admitted=stay.admitted(answering.current),
            discharged=stay.discharged,
            discharged_without_agreement=stay.is_discharged_without_agreement,
            lapsed=lapsed,
            owner=self.owner,
            unhandled_letter=self.unhandled_letter,
            has_rehabilitation_plan=bool(self.rehabilitation_plans),
            thread=tuple(self.thread),
            timeline=tuple(self.timeline),
        )

    def _stay_state(self, *, lapsed: bool) -> Stay:
        if self.closed:
            return Stay.CLOSED
        return Stay.LAPSED if lapsed else self.stay.state(self.answering.current)

    def _latest_messages(self) -> Iterator[AnyMessage]:
        """The current plan, then the others with the last that came first."""
        if self.answering.current is not None:
            yield self.answering.current
        yield from reversed(self.messages)

    def _citizen(self) -> Citizen | None:
        nameless = None
        for message in self._latest_messages():
            if message.citizen is not None and message.citizen.name:
                return message.citizen
            nameless = nameless or message.citizen
        if self.entered is None or (nameless is not None and not self.entered.citizen.name):
            return nameless
        if nameless is None or nameless.key is None:
            return self.entered.citizen
        # A notification has the citizen's number only (standard §4.1).
        named = self.entered.citizen
        return msgspec.structs.replace(nameless, given_name=named.given_name, surname=named.surname)

    def _episode_key(self) -> str | None:
        return next((m.episode_key for m in self._latest_messages() if m.episode_key), None)


_Sent = TypeVar("_Sent", Reply, LetterSent, ReportSent)


class _Underway:
    """What was heard of what was sent; each with its place on the timeline."""

    def __init__(self) -> None:
        self.receipts: list[tuple[int, MessageReceived]] = []
        self.handed_over: dict[EntryId, dt.datetime] = {}
        self.failures: dict[EntryId, tuple[int, DeliveryFailed]] = {}

    def told(self, dispatch: _Sent) -> _Sent:
        """The same with what became of it; of receipt and failure the last one holds."""
        about = [
            (place, found)
            for place, each in self.receipts
            if (found := _delivery(each, dispatch.sent))
        ]
        received, delivery = about[-1] if about else (0, None)
        failed, failure = self.failures.get(dispatch.entry.id, (0, None))
        return msgspec.structs.replace(
            dispatch,
            handed_over_at=self.handed_over.get(dispatch.entry.id),
            delivery=delivery,
            failure=failure if failed > received else None,
        )


def _is_from_the_sender_of(plan: CarePlan | None, letter: Correspondence) -> bool:
    """Whether a letter can be the answer to a question about `plan`: a doctor's letter is none."""
    if plan is None or not plan.sender.gln or not letter.sender.gln:
        return True
    return plan.sender.gln.strip() == letter.sender.gln.strip()


def _is_said(body: AnyBody) -> bool:
    if isinstance(body, MessageReceived):
        return isinstance(body.message, Correspondence)
    return isinstance(body, ReplySent | CorrespondenceSent | AdmissionReportSent)


def _delivery(
    received: MessageReceived, sent: ReplySent | CorrespondenceSent | AdmissionReportSent
) -> Delivery | None:
    """What a receipt says about it; None when it is about something else (standard §6.2).

    It has to name the letter, or the envelope when it names no letter; neither may disagree.
    """
    receipt = received.message
    if not isinstance(receipt, Receipt):
        return None
    envelope, letters = receipt.original_envelope_id, receipt.original_letters
    if envelope and sent.envelope_id and envelope != sent.envelope_id:
        return None
    about = [
        letter for letter in letters if letter.letter_id and letter.letter_id == sent.letter_id
    ]
    by_envelope = envelope is not None and envelope == sent.envelope_id
    if not about and (not by_envelope or (letters and sent.letter_id)):
        return None
    refused = [(letter.refuse_code, letter.refuse_text) for letter in about]
    codes = [code for code, _ in (*refused, (receipt.refuse_code, None)) if code]
    texts = [text for _, text in (*refused, (None, receipt.refuse_text)) if text]
    return Delivery(
        outcome=receipt.outcome,
        received_at=received.received_at,
        refuse_code=codes[0] if codes else None,
        refuse_text=texts[0].text if texts else "",
    )


class _Answering:
    """The versions of the plan and what was said about the current one."""

    def __init__(self) -> None:
        self.versions: list[tuple[dt.datetime, PlanVersion]] = []
        self.replies: list[Reply] = []
        self.base = ReplyState.RECEIVED
        self.in_hand = False
        self.seen: EntryId | None = None
        self.question_asked_at: dt.datetime | None = None
        self.answered_at: dt.datetime | None = None
        self.agreement_superseded = False

    @property
    def current(self) -> CarePlan | None:
        return self.versions[-1][1].message if self.versions else None

    @property
    def is_agreed(self) -> bool:
        return self.base is ReplyState.AGREEMENT

    @property
    def to_answer(self) -> PlanState | None:
        """The current plan and the last that was said about it."""
        if not self.versions:
            return None
        return PlanState(plan=self.versions[-1][1].entry_id, seen=self.seen)

    def plan_received(
        self, message: CarePlan, body: MessageReceived, entry: Entry, *, agreed: bool
    ) -> bool:
        """Take a version; True when it is the current one. The newest letter date is (R4.4)."""
        version = PlanVersion(
            entry_id=entry.id,
            message=message,
            received_at=body.received_at,
            state=ReplyState.SUPERSEDED,
            receipted_at=body.receipted_at,
        )
        self.versions.append((_letter_date(body), version))
        self.versions.sort(key=lambda each: (each[0], each[1].received_at))
        if self.versions[-1][1] is not version:
            return False
        self.agreement_superseded |= agreed
        self._turn_to(ReplyState.RECEIVED, None)
        self.answered_at = None
        return True

    def reply(self, body: ReplySent, entry: Entry) -> bool:
        """Whether it counts: the first reply to a state does (architecture §4.4)."""
        counts = body.answers == self.to_answer
        self.replies.append(Reply(entry=entry, sent=body, counts=counts))
        if not counts:
            return False
        asked_at = self.question_asked_at
        self._turn_to(_answered(body), entry.id)
        if self.answered_at is None:
            self.answered_at = entry.occurred_at
        if self.base is ReplyState.AWAITING_HOSPITAL:
            self.question_asked_at = asked_at or entry.occurred_at
        if self.is_agreed:
            self.agreement_superseded = False
        return True

    def hospital_answered(self, entry: Entry) -> None:
        """A letter or a call after a question; without one it is only shown."""
        if self.base in _QUESTIONING:
            self._turn_to(ReplyState.ANSWER_RECEIVED, entry.id)

    def conference_agreed(self) -> None:
        if self.base in _COORDINATING:
            self._turn_to(ReplyState.CONFERENCE_AGREED, self.seen)

    def minutes_received(self, entry: Entry) -> None:
        """The minutes are the hospital's answer; an agreement still takes a person (R6.6)."""
        if self.base in _COORDINATING:
            self._turn_to(ReplyState.MINUTES_RECEIVED, entry.id)

    def _turn_to(self, state: ReplyState, seen: EntryId | None) -> None:
        self.base = state
        self.seen = seen
        self.in_hand = False
        self.question_asked_at = None

    def plans(self, *, lapsed: bool) -> tuple[PlanVersion, ...]:
        versions = [version for _, version in self.versions]
        if versions:
            versions[-1] = msgspec.structs.replace(versions[-1], state=self._state(lapsed=lapsed))
        return tuple(versions)

    def _state(self, *, lapsed: bool) -> ReplyState:
        if lapsed:
            return ReplyState.LAPSED
        if self.in_hand and self.base in _TO_WORK_ON:
            return ReplyState.IN_PROGRESS
        return self.base


def _answered(body: ReplySent) -> ReplyState:
    match body.category:
        case AnswerCategory.OK:
            return ReplyState.ANSWERED_OK if body.has_comment else ReplyState.AGREEMENT
        case AnswerCategory.QUESTION:
            return ReplyState.AWAITING_HOSPITAL
        case AnswerCategory.COORDINATION:
            return ReplyState.COORDINATION
