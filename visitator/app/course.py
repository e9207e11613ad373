"""What was said in a pathway, both ways, and how far what was sent has come."""

import datetime as dt
from collections.abc import Mapping, Sequence

import msgspec

from visitator.app.labelled import one_below_the_other, text_of
from visitator.app.views import Letter, Lost, Sent
from visitator.app.views import Transit as Shown
from visitator.domain.admission import REPORT_SUBJECT, report_text
from visitator.domain.agreement import Agreement
from visitator.domain.deadlines import COPENHAGEN
from visitator.domain.entries import (
    AdmissionReportSent,
    CorrespondenceSent,
    Entry,
    EntryId,
    Lapsed,
    MessageReceived,
    NoteAdded,
    NoteExported,
    PhoneCall,
    ReplySent,
    TreatmentResumed,
)
from visitator.domain.letters import category_label, purpose_label
from visitator.domain.messages import KIND_LABELS, AnyMessage, Attachment, Correspondence
from visitator.domain.party import Organisation
from visitator.domain.pathway import Dispatch, LetterSent, Pathway, Reply, ReportSent
from visitator.domain.terms import Transit
from visitator.domain.titles import TITLES, entry_title
from visitator.domain.wire import RejectReason
from visitator.store.values import OutboxItem, OutboxState

CAN_BE_UNDONE = "Kan fortrydes"
"""How something stands that waits for its undo window to end."""
NOT_DELIVERED = "Ikke leveret"
"""How something stands that never reached the hospital, and has been seen to since."""

_TRANSITS = {
    Transit.OUTBOX: Shown.OUTBOX,
    Transit.AT_GATEWAY: Shown.AT_GATEWAY,
    Transit.HANDED_OVER: Shown.HANDED_OVER,
    Transit.RECEIVED: Shown.RECEIVED,
    Transit.ATTENTION: Shown.ATTENTION,
}

_IN_OUTBOX = {
    OutboxState.QUEUED: Shown.OUTBOX,
    OutboxState.SENT: Shown.OUTBOX,
    OutboxState.ACKED: Shown.AT_GATEWAY,
    OutboxState.HELD: Shown.ATTENTION,
    OutboxState.ATTENTION: Shown.ATTENTION,
}

_TOO_LATE = {RejectReason.ALREADY_ANSWERED, RejectReason.SUPERSEDED, RejectReason.CONFLICT}


def local(instant: dt.datetime) -> dt.datetime:
    """An instant in Danish time."""
    return instant.astimezone(COPENHAGEN)


def ward_of(sender: Organisation) -> str:
    """A sender by the shortest name it gives."""
    return sender.unit or sender.department or sender.organisation or ""


def sent_item(item: OutboxItem, now: dt.datetime) -> Sent:
    """How something fares that the journal does not hold yet.

    Args:
        item: of the outbox.
        now: aware instant; it only tells whether the undo window is open.
    """
    until = item.not_before
    is_untouched = item.state is OutboxState.QUEUED and item.attempts == 0
    can_be_undone = is_untouched and until is not None and now < until
    return Sent(
        entry_id=item.entry.id,
        transit=Shown.UNDO if can_be_undone else _IN_OUTBOX[item.state],
        label=CAN_BE_UNDONE if can_be_undone else item.state.label,
        until=local(until) if until is not None and can_be_undone else None,
        at=local(item.entry.occurred_at),
        counts=item.state is not OutboxState.ATTENTION,
    )


def sent_of(dispatch: Dispatch, item: OutboxItem | None, now: dt.datetime) -> Sent:
    """How something that was sent fares.

    Args:
        dispatch: as the fold has it.
        item: the same in the outbox, while it is there.
        now: aware instant.
    """
    if item is not None:
        return sent_item(item, now)
    return Sent(
        entry_id=dispatch.entry.id,
        transit=_TRANSITS[dispatch.transit],
        label=dispatch.transit.label,
        at=_reached_at(dispatch),
        problem=_problem(dispatch),
        counts=not isinstance(dispatch, Reply) or dispatch.counts,
    )


def _reached_at(dispatch: Dispatch) -> dt.datetime:
    """When it came as far as it has, where that is known; else when it was written."""
    if dispatch.delivery is not None and dispatch.failure is None:
        return local(dispatch.delivery.received_at)
    return local(dispatch.handed_over_at or dispatch.entry.occurred_at)


def _problem(dispatch: Dispatch) -> str:
    """The hospital's own words, or the gateway's, when it did not arrive."""
    if dispatch.failure is not None:
        return dispatch.failure.reason
    delivery = dispatch.delivery
    if delivery is None or dispatch.transit is not Transit.ATTENTION:
        return ""
    return delivery.refuse_text or delivery.refuse_code or ""


class Course:
    """What was said in one pathway.

    Args:
        pathway: the fold.
        agreement: the profile in force.
        now: aware instant.
        names: user id -> the person's name.
        outbox: what the user did in this pathway that the journal does not hold yet.
    """

    def __init__(
        self,
        pathway: Pathway,
        *,
        agreement: Agreement,
        now: dt.datetime,
        names: Mapping[str, str],
        outbox: Sequence[OutboxItem] = (),
    ) -> None:
        self.pathway = pathway
        self.agreement = agreement
        self.now = local(now)
        self._names = names
        self._outbox = outbox
        self._items = {item.entry.id: item for item in outbox}
        dispatches: tuple[Reply | LetterSent | ReportSent, ...] = (
            *pathway.replies,
            *pathway.letters_sent,
            *pathway.reports_sent,
        )
        self._dispatches = {each.entry.id: each for each in dispatches}

    def name(self, user: str) -> str:
        """A person's name; the user id of one who is not known here."""
        return self._names.get(user, user)

    def sent(self, entry: Entry) -> Sent | None:
        """How far something has come; None of what is not sent, or has long been kept."""
        dispatch, item = self._dispatches.get(entry.id), self._items.get(entry.id)
        if dispatch is not None:
            sent = sent_of(dispatch, item, self.now)
            failed = item is None and sent.transit is Shown.ATTENTION
            return self._failed(sent) if failed else sent
        return sent_item(item, self.now) if item is not None else None

    def _failed(self, sent: Sent) -> Sent:
        """What was not delivered, and whether somebody still has to act (Kræver handling)."""
        asks, letter = self.pathway.undelivered, self.pathway.undelivered_letter
        if asks is not None and asks.entry.id == sent.entry_id:
            return msgspec.structs.replace(sent, can_repeat=True)
        if letter is not None and letter.entry.id == sent.entry_id:
            # Its turn comes after the answer's.
            return sent
        return msgspec.structs.replace(sent, transit=Shown.NOT_DELIVERED, label=NOT_DELIVERED)

    def last_reply(self) -> Reply | None:
        """The reply that counts as the answer to the current plan, the last of them."""
        plan = self.pathway.current_plan
        counting = (
            reply
            for reply in reversed(self.pathway.replies)
            if plan and reply.counts and reply.sent.answers.plan == plan.entry_id
        )
        return next(counting, None)

    def thread(self) -> tuple[Letter, ...]:
        """Letters, replies, calls and notes in order, then what the gateway has refused."""
        timeline = self.pathway.timeline
        folded = {entry.id for entry in timeline}
        refused = (item.entry for item in self._outbox if item.entry.id not in folded)
        letters = (self._letter(entry) for entry in (*timeline, *refused))
        return tuple(letter for letter in letters if letter is not None)

    def _letter(self, entry: Entry) -> Letter | None:
        if isinstance(entry.body, MessageReceived):
            return _received(entry.body, entry.id)
        kind, title, text = self._written(entry)
        if not kind:
            return None
        body = entry.body
        return Letter(
            entry_id=entry.id,
            kind=kind,
            ours=True,
            who=self.name(entry.author),
            at=local(body.at if isinstance(body, PhoneCall) else entry.occurred_at),
            title=title,
            text=text_of(text),
            sent=self.sent(entry),
            purpose=purpose_label(body.purpose, self.agreement)
            if isinstance(body, CorrespondenceSent)
            else "",
        )

    def _written(self, entry: Entry) -> tuple[str, str, str]:
        """Kind, title and text of what somebody here wrote; empty when nothing was."""
        match entry.body:
            case ReplySent(category=category, comment=comment):
                said = "reply", category_label(category, self.agreement), comment
            case CorrespondenceSent(subject=subject, text=text):
                said = "letter", subject, text
            case AdmissionReportSent() as report:
                said = "letter", REPORT_SUBJECT, report_text(report, self.agreement)
            case PhoneCall(whom=whom, text=text):
                said = "call", whom, text
            case NoteAdded(text=text):
                said = "note", TITLES[NoteAdded], text
            case NoteExported(note=note, way=way, purpose=purpose):
                said = "note", f"{TITLES[NoteExported]}: {note.label}: {way.label}", purpose
            case TreatmentResumed(text=text) | Lapsed(text=text) if text:
                said = "note", entry_title(entry), text
            case _:
                said = "", "", ""
        return said

    def lost(self) -> Lost | None:
        """The last of this user's doings that came too late, and what stands instead."""
        for item in reversed(self._outbox):
            if item.state is OutboxState.ATTENTION and item.reason in _TOO_LATE:
                return self._lost_to(item.winner, item)
        return None

    def _lost_to(self, winner: Entry | None, item: OutboxItem) -> Lost:
        who, at, what = "", None, ""
        if winner is not None:
            who, at, what = self.name(winner.author), winner.occurred_at, entry_title(winner)
            if isinstance(winner.body, ReplySent):
                what = category_label(winner.body.category, self.agreement)
            elif isinstance(winner.body, MessageReceived):
                message: AnyMessage = winner.body.message
                who, what = message.sender.name, KIND_LABELS[type(message)]
                at = winner.body.received_at
        return Lost(
            entry_id=item.entry.id,
            who=who,
            at=local(at) if at else None,
            what=what,
            reason=item.reason or "",
        )


def _received(body: MessageReceived, entry_id: EntryId) -> Letter | None:
    """A letter from a hospital, or a file that came beside one; None of what is no letter."""
    match body.message:
        case Correspondence() as message:
            title = message.subject or KIND_LABELS[Correspondence]
            text = one_below_the_other(map(text_of, message.texts))
            files = [(each.description, each.url) for each in message.references]
        case Attachment() as message:
            title, text = KIND_LABELS[Attachment], text_of(message.contents)
            files = [(each.object_id, each.extension) for each in message.objects]
        case _:
            return None
    return Letter(
        entry_id=entry_id,
        kind="letter",
        ours=False,
        who=ward_of(body.message.sender),
        at=local(body.received_at),
        title=title,
        text=text,
        raw_id=body.raw_id,
        attachments=tuple(" · ".join(part for part in file if part) for file in files),
    )
