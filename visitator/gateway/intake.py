"""What comes in: kept as bytes first, then read, matched and entered in the journal.

Bytes and entry are two transactions, so that a message that cannot be read, or a crash while it is,
costs nothing: `resume` goes on where it stopped. Duplicates follow standard §6.1: the same letter
is never entered twice, and is acknowledged the way it was the first time.
"""

import datetime as dt
import enum
import hashlib
import logging
from typing import Any

import msgspec
from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Index,
    Integer,
    LargeBinary,
    Row,
    String,
    Table,
    Text,
    insert,
    not_,
    select,
    update,
)
from sqlalchemy.exc import OperationalError

from visitator.domain.entries import EntryId, MessageReceived
from visitator.domain.messages import AnyMessage, Message, Receipt, UnknownMessage, kind_of
from visitator.gateway import matching, outgoing, receipts
from visitator.gateway.database import Database, UtcDateTime, metadata
from visitator.gateway.receipts import Refusal
from visitator.identifiers import new_entry_id
from visitator.medcom.errors import MessageError, RefuseCode
from visitator.medcom.reader import Delivery, read

ATTEMPTS = 3
"""How often a message the program fails on is tried before it is set aside."""

_logger = logging.getLogger(__name__)

raw_messages = Table(
    "raw_messages",
    metadata,
    Column("raw_id", String(64), primary_key=True),
    Column("digest", String(64), nullable=False, unique=True),
    Column("data", LargeBinary, nullable=False),
    Column("transport", String(64), nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
    Column("last_at", UtcDateTime, nullable=False),
    Column("times", Integer, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("is_taken_up", Boolean, nullable=False),
    Index("raw_messages_waiting", "is_taken_up", "received_at"),
    Index("raw_messages_last", "transport", "last_at"),
)
"""Every delivery as it came; the same bytes once, with how often and when last.

The indexes hold all that the account of the health asks for: to read a row is to read its letter.
"""

letters = Table(
    "letters",
    metadata,
    Column("raw_id", String(64), primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(64), nullable=False),
    Column("letter_key", String(64)),
    Column("envelope_key", String(64)),
    Column("is_new", Boolean, nullable=False),
    Column("pathway_id", String(64), nullable=False),
    Column("entry_id", String(64), nullable=False),
    Column("receipt_id", String(14)),
    Index("letters_by_letter", "letter_key"),
    Index("letters_by_envelope", "envelope_key"),
)
"""What a delivery held and where it is in the journal; a duplicate points at the first one."""

quarantined = Table(
    "quarantined",
    metadata,
    Column("raw_id", String(64), primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("reason", String(64), nullable=False),
    Column("text", Text, nullable=False),
)
"""What could not be taken in (karantæne)."""

answers = Table(
    "answers",
    metadata,
    Column("raw_id", String(64), primary_key=True),
    Column("receipt_id", String(14), primary_key=True),
)
"""The receipts a delivery was answered with."""


class SetAside(enum.Enum):
    """Why a letter that could be read is put in quarantine all the same."""

    ENVELOPE_REUSED = "kuvert_genbrugt", "Kuvertnummeret er brugt før til et andet brev."
    LETTER_REUSED = "brevnummer_genbrugt", "Brevnummeret er brugt før, og indholdet var et andet."
    PROGRAM_ERROR = (
        "programfejl",
        "Programmet kan ikke behandle meddelelsen. Den er gemt, som den kom; meld fejlen.",
    )

    def __init__(self, code: str, text: str) -> None:
        self.code = code
        self.text = text


class Entered(msgspec.Struct, frozen=True, kw_only=True):
    """A letter in the journal; of a duplicate, where the first one is."""

    kind: str
    """As `domain.messages.kind_of` names it."""
    pathway_id: str
    entry_id: EntryId


class Refused(msgspec.Struct, frozen=True, kw_only=True):
    """Something that was put in quarantine."""

    reason: str
    """A stable code."""
    text: str
    """Danish, without personal data."""


class Received(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one delivery.

    A receipt that belongs to no reply of ours is neither an entry nor a problem.
    """

    raw_id: str
    entries: tuple[Entered, ...] = ()
    problems: tuple[Refused, ...] = ()


def receive(database: Database, data: bytes, *, transport: str, now: dt.datetime) -> Received:
    """Take in one file or transmission.

    The same bytes again change nothing and are acknowledged again.

    Args:
        database: the gateway's.
        data: the bytes as they came, untouched.
        transport: which transport brought them.
        now: aware instant by the gateway's clock: where the municipality's deadlines start.

    Raises:
        sqlalchemy.exc.OperationalError: the database cannot be written. When the bytes were
            already kept, `resume` takes them up; else the caller still has them.
    """
    return _take_up(database, _keep(database, data, transport, now), now)


def resume(database: Database, now: dt.datetime) -> None:
    """Take up what was kept and not read because of a crash or an error, in the order it came.

    Raises:
        sqlalchemy.exc.OperationalError: the database cannot be written.
    """
    query = (
        select(raw_messages.c.raw_id)
        .where(not_(raw_messages.c.is_taken_up))
        .order_by(raw_messages.c.received_at, raw_messages.c.raw_id)
    )
    with database.read() as connection:
        waiting = list(connection.scalars(query))
    for raw_id in waiting:
        try:
            _take_up(database, raw_id, now)
        except OperationalError:
            raise
        except Exception as error:
            log_failure(error)


def log_failure(error: Exception) -> None:
    """Log that the program failed on a message; the error's own words may quote it."""
    _logger.error("a message could not be taken up: %s", type(error).__name__)


def _keep(database: Database, data: bytes, transport: str, now: dt.datetime) -> str:
    """Commit the bytes; of bytes that are known, note that they came again and answer again."""
    digest = hashlib.sha256(data).hexdigest()
    with database.write() as connection:
        known = connection.execute(
            select(raw_messages.c.raw_id).where(raw_messages.c.digest == digest)
        ).first()
        if known is not None:
            _came_again(connection, known.raw_id, now)
            raw_id: str = known.raw_id
            return raw_id
        raw_id = new_entry_id(now)
        connection.execute(
            insert(raw_messages).values(
                raw_id=raw_id,
                digest=digest,
                data=data,
                transport=transport,
                received_at=now,
                last_at=now,
                times=1,
                attempts=0,
                is_taken_up=False,
            )
        )
        return raw_id


def _came_again(connection: Connection, raw_id: str, now: dt.datetime) -> None:
    _update_raw(connection, raw_id, times=raw_messages.c.times + 1, last_at=now)
    mine = select(answers.c.receipt_id).where(answers.c.raw_id == raw_id)
    for receipt_id in list(connection.scalars(mine)):
        outgoing.send_again(connection, receipt_id, now)


def _take_up(database: Database, raw_id: str, now: dt.datetime) -> Received:
    """Read a kept message and enter it, unless somebody already has."""
    try:
        with database.read() as connection:
            raw = connection.execute(
                select(raw_messages).where(raw_messages.c.raw_id == raw_id)
            ).one()
        delivery = None if raw.is_taken_up else _read(raw.data)
        with database.write() as connection:
            if delivery is not None and not _is_taken_up(connection, raw_id):
                _TakingUp(connection, raw, now).take(delivery)
                _update_raw(connection, raw_id, is_taken_up=True)
            return _received(connection, raw_id)
    except OperationalError:
        raise
    except Exception:
        _count_failure(database, raw_id)
        raise


def _read(data: bytes) -> Delivery:
    try:
        return read(data)
    except MessageError as error:
        return Delivery(messages=(), problems=error.problems)


def _is_taken_up(connection: Connection, raw_id: str) -> bool:
    query = select(raw_messages.c.is_taken_up).where(raw_messages.c.raw_id == raw_id)
    return bool(connection.scalars(query).one())


def _count_failure(database: Database, raw_id: str) -> None:
    """The program itself failed: after some attempts the message must not stand in the way."""
    with database.write() as connection:
        _update_raw(connection, raw_id, attempts=raw_messages.c.attempts + 1)
        mine = raw_messages.c.raw_id == raw_id
        if connection.scalars(select(raw_messages.c.attempts).where(mine)).one() >= ATTEMPTS:
            reason = SetAside.PROGRAM_ERROR
            _quarantine(connection, raw_id, 0, reason.code, reason.text)
            _update_raw(connection, raw_id, is_taken_up=True)


def _received(connection: Connection, raw_id: str) -> Received:
    entered = connection.execute(
        select(letters).where(letters.c.raw_id == raw_id).order_by(letters.c.place)
    )
    refused = connection.execute(
        select(quarantined).where(quarantined.c.raw_id == raw_id).order_by(quarantined.c.place)
    )
    return Received(
        raw_id=raw_id,
        entries=tuple(
            Entered(kind=row.kind, pathway_id=row.pathway_id, entry_id=row.entry_id)
            for row in entered
        ),
        problems=tuple(Refused(reason=row.reason, text=row.text) for row in refused),
    )


class _TakingUp:
    """Enters what one delivery holds, in one transaction."""

    def __init__(self, connection: Connection, raw: Row[Any], now: dt.datetime) -> None:
        self._connection = connection
        self._raw = raw
        self._now = now
        self._place = 0

    def take(self, delivery: Delivery) -> None:
        for message in delivery.messages:
            self._message(message)
        for problem in delivery.problems:
            text = f"{problem.reason.text} ({problem.detail})" if problem.detail else None
            self._set_aside(problem.reason.code, text or problem.reason.text)
        self._refuse_unread(delivery)

    def _refuse_unread(self, delivery: Delivery) -> None:
        """Refuse what could not be read; a receipt names a letter by its number alone."""
        answered = {message.letter_id for message in delivery.messages}
        for problem in delivery.problems:
            refusal = Refusal(code=problem.refuse_code, text=problem.reason.text)
            for letter in problem.letters:
                if letter.letter_id not in answered:
                    self._send_refusal(letter, refusal)
                    answered.add(letter.letter_id)

    def _message(self, message: AnyMessage) -> None:
        known = self._known(message)
        if known is not None and self._says_the_same(known, message):
            self._again(known, message)
        elif known is not None:
            self._refuse(message, SetAside.LETTER_REUSED)
        elif isinstance(message, Receipt):
            self._receipt(message)
        elif self._envelope_is_used(message):
            self._refuse(message, SetAside.ENVELOPE_REUSED)
        else:
            self._new(message)

    def _known(self, message: AnyMessage) -> Row[Any] | None:
        """The same letter as it was first entered."""
        key = _letter_key(message)
        if key is None:
            return None
        query = select(letters).where(letters.c.letter_key == key, letters.c.is_new)
        return self._connection.execute(query).first()

    def _says_the_same(self, known: Row[Any], message: AnyMessage) -> bool:
        """Whether the first one had this content; both are read by today's program."""
        query = select(raw_messages.c.data).where(raw_messages.c.raw_id == known.raw_id)
        first = _read(self._connection.scalars(query).one()).messages
        return any(_content(each) == _content(message) for each in first)

    def _envelope_is_used(self, message: AnyMessage) -> bool:
        """Whether another delivery had this envelope number, with other letters."""
        key = _envelope_key(message)
        if key is None:
            return False
        query = select(letters.c.raw_id).where(
            letters.c.envelope_key == key,
            letters.c.raw_id != self._raw.raw_id,
        )
        return self._connection.execute(query).first() is not None

    def _new(self, message: AnyMessage) -> None:
        pathway_id = matching.pathway_for(self._connection, message, self._now)
        receipt_id = receipts.acknowledge(self._connection, message, self._now)
        body = self._body(message, receipted_at=self._now if receipt_id else None)
        entry = outgoing.append_by_gateway(self._connection, pathway_id, body, self._now)
        self._note_letter(message, pathway_id, entry.id, receipt_id, is_new=True)

    def _again(self, known: Row[Any], message: AnyMessage) -> None:
        """Acknowledge as the first time; a receipt is never acknowledged."""
        receipt_id = known.receipt_id
        if receipt_id is not None:
            outgoing.send_again(self._connection, receipt_id, self._now)
        elif not isinstance(message, Receipt):
            receipt_id = receipts.acknowledge(self._connection, message, self._now)
        self._note_letter(message, known.pathway_id, known.entry_id, receipt_id, is_new=False)

    def _receipt(self, message: Receipt) -> None:
        body = self._body(message)
        entries = receipts.settle(self._connection, body, message, self._now)
        for entry in entries:
            self._note_letter(message, entry.pathway_id, entry.id, None, is_new=True)
        if not entries:
            receipts.note_unmatched(
                self._connection,
                message,
                raw_id=self._raw.raw_id,
                place=self._next_place(),
                received_at=self._raw.received_at,
            )

    def _body(
        self, message: AnyMessage, receipted_at: dt.datetime | None = None
    ) -> MessageReceived:
        return MessageReceived(
            message=message,
            received_at=self._raw.received_at,
            raw_id=self._raw.raw_id,
            receipted_at=receipted_at,
        )

    def _refuse(self, message: AnyMessage, why: SetAside) -> None:
        self._set_aside(why.code, why.text)
        self._send_refusal(message, Refusal(code=RefuseCode.UNSPECIFIED, text=why.text))

    def _send_refusal(self, letter: Message, refusal: Refusal) -> None:
        self._note_answer(receipts.refuse(self._connection, letter, refusal, self._now))

    def _set_aside(self, code: str, text: str) -> None:
        _quarantine(self._connection, self._raw.raw_id, self._next_place(), code, text)

    def _note_letter(
        self,
        message: AnyMessage,
        pathway_id: str,
        entry_id: EntryId,
        receipt_id: str | None,
        *,
        is_new: bool,
    ) -> None:
        self._connection.execute(
            insert(letters).values(
                raw_id=self._raw.raw_id,
                place=self._next_place(),
                kind=kind_of(message),
                letter_key=_letter_key(message),
                envelope_key=None if isinstance(message, Receipt) else _envelope_key(message),
                is_new=is_new,
                pathway_id=pathway_id,
                entry_id=entry_id,
                receipt_id=receipt_id,
            )
        )
        self._note_answer(receipt_id)

    def _note_answer(self, receipt_id: str | None) -> None:
        if receipt_id is None:
            return
        answer = {"raw_id": self._raw.raw_id, "receipt_id": receipt_id}
        if self._connection.execute(select(answers).filter_by(**answer)).first() is None:
            self._connection.execute(insert(answers).values(**answer))

    def _next_place(self) -> int:
        self._place += 1
        return self._place


def _quarantine(connection: Connection, raw_id: str, place: int, code: str, text: str) -> None:
    connection.execute(
        insert(quarantined).values(raw_id=raw_id, place=place, reason=code, text=text)
    )


def _update_raw(connection: Connection, raw_id: str, **values: object) -> None:
    connection.execute(update(raw_messages).where(raw_messages.c.raw_id == raw_id).values(**values))


# --- what makes two letters the same ------------------------------------------------------------


def _letter_key(message: AnyMessage) -> str | None:
    """Sender, letter number, kind and letter date; None when it cannot be told (standard §6.1).

    It is what the fold goes by: a sender who uses a number twice is no reason to hide a plan.
    """
    gln, letter_id = (message.sender.gln or "").strip(), (message.letter_id or "").strip()
    if not gln or not letter_id:
        return None
    date = message.authorised_at.isoformat() if message.authorised_at else ""
    return _digest(kind_of(message), gln, letter_id, date)


def _envelope_key(message: AnyMessage) -> str | None:
    """Sender and envelope number; None when either is missing."""
    gln, envelope_id = (message.sender.gln or "").strip(), (message.envelope_id or "").strip()
    return _digest(gln, envelope_id) if gln and envelope_id else None


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _content(message: AnyMessage) -> AnyMessage:
    """The letter without its wrappers: what must be the same in a copy of it."""
    bare: dict[str, Any] = {
        "envelope_id": None,
        "sent_at": None,
        "wants_receipt": None,
        "transport": None,
        "notices": (),
    }
    if not isinstance(message, UnknownMessage):
        # What the wrappers said is in here, too; an unknown letter has all its content here.
        bare["extra"] = ()
    return msgspec.structs.replace(message, **bare)
