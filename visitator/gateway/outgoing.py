"""What goes to the hospitals: letters made once, kept as bytes, sent until they are answered for.

A reply, or a letter of the municipality's own, becomes an XDIS91 in the transaction that accepts
it, so that a crash can only lead to the same bytes with the same identifiers again (architecture
§4.7). A sender expects a receipt within 120 minutes and then sends the letter again, at most three
times (standard §6.2).
"""

import datetime as dt
import enum
import re
from collections.abc import Callable
from typing import Any, NamedTuple, TypeAlias

import msgspec
from sqlalchemy import (
    Column,
    Connection,
    Index,
    Integer,
    LargeBinary,
    Row,
    String,
    Table,
    func,
    insert,
    select,
    update,
)

from visitator.domain.admission import IN_HOSPITAL, REPORT_SUBJECT, report_text
from visitator.domain.agreement import Agreement
from visitator.domain.deadlines import to_copenhagen
from visitator.domain.entries import (
    AdmissionReportSent,
    CorrespondenceSent,
    DeliveryFailed,
    Entry,
    KnownBody,
    ReplyHandedOver,
    ReplySent,
)
from visitator.domain.letters import addressee, category_label, purpose_label
from visitator.domain.messages import KIND_LABELS, CarePlan, Correspondence, Message
from visitator.domain.pathway import Pathway
from visitator.domain.reply import Signature, reply_to
from visitator.gateway import journal
from visitator.gateway.database import Database, UtcDateTime, metadata
from visitator.identifiers import new_entry_id
from visitator.medcom.errors import WriteError, WriteReason
from visitator.medcom.writing import Written, write_correspondence

GATEWAY = "gateway"
"""Author and device of the entries the gateway writes itself."""

RESEND_AFTER = dt.timedelta(minutes=120)
RESENDS = 3
TRY_AGAIN_AFTER = dt.timedelta(minutes=1)
"""When a letter that could not be handed over, or whose fate a crash left open, is tried again."""
_NEVER_PUT_OFF = 2 * RESEND_AFTER
"""Nothing waits as long as this, however a clock is corrected: the clock that said so was ahead."""

NO_RECEIPT = (
    f"Sygehuset har ikke kvitteret, og meddelelsen er sendt igen {RESENDS} gange. "
    "Kontakt sygehuset på anden vis."
)
IDENTIFIER_USED = (
    "Meddelelsens brevnummer er brugt før, så sygehuset ville se bort fra den. Send den igen."
)

_FILE_SAFE = re.compile(r"[A-Z0-9]{1,14}")

_Sent: TypeAlias = ReplySent | CorrespondenceSent | AdmissionReportSent
"""What goes to a hospital as a message."""

SignatureOf: TypeAlias = Callable[[str], Signature]
"""Who signs (underskrift) for an author."""


class State(enum.Enum):
    """Where an outgoing letter stands."""

    WAITING = "waiting"
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"


outgoing = Table(
    "outgoing",
    metadata,
    Column("letter_id", String(14), primary_key=True),
    Column("envelope_id", String(14), nullable=False),
    Column("sender_gln", String(35), nullable=False),
    Column("data", LargeBinary, nullable=False),
    Column("state", String(16), nullable=False),
    Column("sent", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("next_at", UtcDateTime),
    Column("sent_at", UtcDateTime),
    Column("pathway_id", String(64)),
    Column("reply_id", String(64)),
    Index("outgoing_due", "next_at"),
    Index("outgoing_by_envelope", "envelope_id"),
    Index("outgoing_by_state", "state", "reply_id"),
    Index("outgoing_by_sent", "sent_at"),
)
"""Letters as bytes. ``next_at`` is when something is to be done; a receipt belongs to no reply."""


def signed_by_name(author: str) -> Signature:
    """The author's name as the whole signature."""
    return Signature(name=author)


def append_by_gateway(
    connection: Connection, pathway_id: str, body: KnownBody, now: dt.datetime
) -> Entry:
    """An entry of the gateway's own in the journal; returns it with its number."""
    entry = Entry(
        id=new_entry_id(now),
        pathway_id=pathway_id,
        author=GATEWAY,
        device=GATEWAY,
        occurred_at=now,
        body=body,
    )
    return journal.append(connection, entry, now)


# --- letters on their way -----------------------------------------------------------------------


def queue_letter(
    connection: Connection,
    entry: Entry,
    pathway: Pathway,
    agreement: Agreement,
    now: dt.datetime,
    signature_of: SignatureOf = signed_by_name,
) -> None:
    """Make the XDIS91 of an accepted reply or letter, in the transaction that accepts it.

    One that cannot be written gets a `DeliveryFailed` after it at once.

    Args:
        connection: of `Database.write`.
        entry: the `ReplySent`, `CorrespondenceSent` or `AdmissionReportSent` entry, already in
            the journal.
        pathway: the folded pathway with the plan it answers, or the ward it is written to.
        agreement: the profile that names the subject, the categories and the purposes.
        now: aware instant by the gateway's clock.
        signature_of: who signs for an author who has not signed.

    Raises:
        ValueError: nothing that goes out, or the pathway does not hold what it answers.
    """
    sent = entry.body
    if not isinstance(sent, _Sent):
        raise ValueError(f"only a reply or a letter goes to the hospital, not a {entry.kind}")
    answered = _answered(sent, pathway)
    if answered is None:
        raise ValueError("the pathway does not hold what is answered")
    is_signed = sent.signature is not None and sent.signature.name.strip()
    signature = sent.signature if sent.signature and is_signed else signature_of(entry.author)
    try:
        written = _written(
            sent, _Around(answered, pathway, agreement, _dated(entry, now), signature)
        )
    except WriteError as error:
        reason = f"Meddelelsen kan ikke sendes: {error.reason.text}"
        _say_failed(connection, entry.pathway_id, entry.id, reason, now)
        return
    if _find(connection, sent.letter_id) is not None:
        _say_failed(connection, entry.pathway_id, entry.id, IDENTIFIER_USED, now)
        return
    _queue(connection, written, now, pathway_id=entry.pathway_id, reply_id=entry.id)


def _dated(entry: Entry, now: dt.datetime) -> dt.datetime:
    """The date of the letter: when it was written, so that a restored gateway makes the same bytes.

    Other bytes under the same letter number would be refused by the hospital (standard §6.1). The
    clock of a workstation may say so (sync I11), for nobody orders, identifies or decides by this
    date; one that is ahead dates nothing later than the gateway's own.
    """
    return min(now, entry.occurred_at)


def _answered(sent: _Sent, pathway: Pathway) -> Message | None:
    """The letter whose sender it goes to."""
    if isinstance(sent, CorrespondenceSent | AdmissionReportSent):
        found = addressee(pathway, sent.answers)
        if found is not None and not (found.citizen and found.citizen.name):
            # A notification has the citizen's number only (standard §4.1).
            return msgspec.structs.replace(found, citizen=pathway.citizen)
        return found
    plans = (each.message for each in pathway.plans if each.entry_id == sent.answers.plan)
    return next(plans, None)


def queue_receipt(connection: Connection, written: Written, now: dt.datetime) -> None:
    """A technical receipt of ours; it is handed over once and nobody answers it."""
    _queue(connection, written, now)


def send_again(connection: Connection, letter_id: str, now: dt.datetime) -> None:
    """Hand the same receipt over once more, unchanged (standard §6.1)."""
    _update(connection, letter_id, state=State.WAITING.value, next_at=now)


class _Around(NamedTuple):
    """What a message is made of beside what its author wrote."""

    answered: Message
    pathway: Pathway
    agreement: Agreement
    dated: dt.datetime
    signature: Signature


def _written(sent: _Sent, around: _Around) -> Written:
    """The message as bytes.

    Raises:
        WriteError: it cannot be written.
    """
    agreement = around.agreement
    match sent:
        case AdmissionReportSent():
            return _written_report(sent, around)
        case ReplySent(category=category, comment=text):
            label, subject = category_label(category, agreement), _reply_subject(agreement)
            letter = _letter(sent, around, label, text, subject)
        case CorrespondenceSent(subject=subject, text=text):
            letter = _letter(sent, around, _purpose(sent, agreement), text, subject)
    return write_correspondence(letter)


def _written_report(report: AdmissionReportSent, around: _Around) -> Written:
    """An admission report: a correspondence whose subject says so.

    It ought to be an XDIS16, whose schema is not public (standard §0.2); when it is, this is the
    one place where it is written.

    Raises:
        WriteError: it cannot be written.
    """
    text = report_text(report, around.agreement)
    return write_correspondence(_letter(report, around, None, text, REPORT_SUBJECT))


def _letter(
    sent: _Sent, around: _Around, first_line: str | None, text: str, subject: str
) -> Correspondence:
    """The correspondence, with a letter number that may also be the name of a file.

    Raises:
        WriteError: an identifier is missing or cannot be one of ours.
    """
    identifiers = (sent.letter_id or "", sent.envelope_id or "")
    if not all(_FILE_SAFE.fullmatch(each) for each in identifiers):
        raise WriteError(WriteReason.IDENTIFIER)
    return reply_to(
        around.answered,
        category_label=first_line,
        text=text,
        subject=subject,
        signature=around.signature,
        is_admitted=around.pathway.stay in IN_HOSPITAL,
        letter_id=identifiers[0],
        envelope_id=identifiers[1],
        at=to_copenhagen(around.dated).replace(tzinfo=None),
    )


def _purpose(sent: CorrespondenceSent, agreement: Agreement) -> str | None:
    """The purpose in the agreement's own words (R8.2); a code it does not have as it stands."""
    if sent.purpose is None:
        return None
    return f"Formål: {purpose_label(sent.purpose, agreement)}"


def _reply_subject(agreement: Agreement) -> str:
    return agreement.correspondence.reply_subject or KIND_LABELS[CarePlan]


def _queue(
    connection: Connection,
    written: Written,
    now: dt.datetime,
    *,
    pathway_id: str | None = None,
    reply_id: str | None = None,
) -> None:
    message = written.message
    connection.execute(
        insert(outgoing).values(
            letter_id=message.letter_id,
            envelope_id=message.envelope_id,
            sender_gln=message.sender.gln,
            data=written.data,
            state=State.WAITING.value,
            sent=0,
            created_at=now,
            next_at=now,
            pathway_id=pathway_id,
            reply_id=reply_id,
        )
    )


# --- handing over -------------------------------------------------------------------------------


def due(database: Database, now: dt.datetime) -> list[str]:
    """The letter numbers something is to be done about at `now`, the oldest letter first."""
    query = (
        select(outgoing.c.letter_id)
        .where((outgoing.c.next_at <= now) | (outgoing.c.next_at > now + _NEVER_PUT_OFF))
        .order_by(outgoing.c.created_at, outgoing.c.letter_id)
    )
    with database.read() as connection:
        return list(connection.scalars(query))


def claim(database: Database, letter_id: str, now: dt.datetime) -> bytes | None:
    """Take on the hand-over of a letter that is due; nobody else does for a minute.

    A reply that was sent the last time without being answered for fails instead.

    Returns:
        The letter's bytes, or None when there is nothing to hand over.
    """
    with database.write() as connection:
        row = _find(connection, letter_id)
        if row is None or row.next_at is None or now < row.next_at <= now + _NEVER_PUT_OFF:
            return None
        if row.reply_id is not None and row.sent > RESENDS:
            failed(connection, row, NO_RECEIPT, now)
            return None
        _update(connection, letter_id, next_at=now + TRY_AGAIN_AFTER)
        data: bytes = row.data
        return data


def handed_over(database: Database, letter_id: str, now: dt.datetime) -> None:
    """Note that the letter lies in the hospital's folder; the first time in the pathway, too."""
    with database.write() as connection:
        row = _find(connection, letter_id)
        if row is None:
            return
        changes: dict[str, Any] = {"sent": row.sent + 1, "sent_at": now}
        if row.state in {State.WAITING.value, State.SENT.value}:
            # The receipt of a reply may have come before this line is reached.
            changes["state"] = State.SENT.value
            changes["next_at"] = now + RESEND_AFTER if row.reply_id is not None else None
        _update(connection, letter_id, **changes)
        _say_handed_over(connection, row, now)


# --- what the receiver said ---------------------------------------------------------------------


def replies(
    connection: Connection, *, sender_gln: str, envelope_id: str, letter_ids: set[str]
) -> list[Row[Any]]:
    """The replies a receipt names; an empty number is one it does not give (standard §6.2).

    A receipt that names no letter is about everything in its envelope.
    """
    if not letter_ids and not envelope_id:
        return []
    query = select(outgoing).where(outgoing.c.reply_id.is_not(None))
    if letter_ids:
        query = query.where(outgoing.c.letter_id.in_(letter_ids))
    if envelope_id:
        query = query.where(outgoing.c.envelope_id == envelope_id)
    if sender_gln:
        query = query.where(outgoing.c.sender_gln == sender_gln)
    return list(connection.execute(query.order_by(outgoing.c.letter_id)))


def arrived(connection: Connection, row: Row[Any], now: dt.datetime) -> None:
    """A receipt names the reply, so it was handed over, also when a crash left that open."""
    if row.sent == 0:
        _update(connection, row.letter_id, sent=1, sent_at=now)
        _say_handed_over(connection, row, now)


def delivered(connection: Connection, row: Row[Any]) -> None:
    """The receiver's system has the reply: it is not sent again."""
    _update(connection, row.letter_id, state=State.DELIVERED.value, next_at=None)


def failed(connection: Connection, row: Row[Any], reason: str, now: dt.datetime) -> None:
    """Give a reply up and say so in its pathway, once; `reason` is Danish, for the screen."""
    if row.state == State.FAILED.value:
        return
    _update(connection, row.letter_id, state=State.FAILED.value, next_at=None)
    _say_failed(connection, row.pathway_id, row.reply_id, reason, now)


def _say_handed_over(connection: Connection, row: Row[Any], now: dt.datetime) -> None:
    """Say in the pathway that the reply is sent, the first time; `row` is from before."""
    if row.reply_id is not None and row.sent == 0:
        append_by_gateway(connection, row.pathway_id, ReplyHandedOver(reply=row.reply_id), now)


def _say_failed(
    connection: Connection, pathway_id: str, reply_id: str, reason: str, now: dt.datetime
) -> None:
    append_by_gateway(connection, pathway_id, DeliveryFailed(reply=reply_id, reason=reason), now)


# --- for the service ----------------------------------------------------------------------------


class Queue(msgspec.Struct, frozen=True, kw_only=True):
    """How much is on its way out."""

    waiting: int
    """Letters that have not been handed over."""
    unanswered: int
    """Replies handed over that nobody has answered for."""
    last_sent_at: dt.datetime | None


def queue(connection: Connection) -> Queue:
    """The state of what goes out."""
    is_waiting = outgoing.c.state == State.WAITING.value
    is_unanswered = (outgoing.c.state == State.SENT.value) & outgoing.c.reply_id.is_not(None)
    return Queue(
        waiting=connection.scalar(select(func.count()).where(is_waiting)) or 0,
        unanswered=connection.scalar(select(func.count()).where(is_unanswered)) or 0,
        last_sent_at=connection.scalar(select(func.max(outgoing.c.sent_at))),
    )


def _find(connection: Connection, letter_id: str | None) -> Row[Any] | None:
    return connection.execute(select(outgoing).where(outgoing.c.letter_id == letter_id)).first()


def _update(connection: Connection, letter_id: str, **values: object) -> None:
    connection.execute(update(outgoing).where(outgoing.c.letter_id == letter_id).values(**values))
