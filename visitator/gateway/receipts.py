"""Technical receipts (tekniske kvitteringer), both ways (standard §6.2).

We acknowledge a letter only when its envelope asks for it, refuse one whenever it cannot be taken,
and never answer a receipt. A receipt we get belongs to the reply it names; one that names none of
ours goes to a list for technicians, not to the visitator.
"""

import datetime as dt
from typing import Any

import msgspec
from sqlalchemy import Column, Connection, Integer, Row, String, Table, Text, insert, select

from visitator.domain.deadlines import to_copenhagen
from visitator.domain.entries import Entry, MessageReceived
from visitator.domain.messages import (
    Message,
    Receipt,
    ReceiptLetter,
    ReceiptOutcome,
    UnknownMessage,
)
from visitator.domain.text import RichText
from visitator.gateway import outgoing
from visitator.gateway.database import UtcDateTime, metadata
from visitator.identifiers import new_letter_id
from visitator.medcom.errors import RefuseCode, WriteError
from visitator.medcom.writing import receipt_for, write_receipt

_RECEIPT_ROOTS = frozenset({"PositiveReceipt", "NegativeReceipt", "NegativeVansReceipt"})
"""What a receipt is called in XML when it could not be read."""

NO_REASON = "Sygehusets system har afvist svaret uden at sige hvorfor."

unmatched = Table(
    "unmatched_receipts",
    metadata,
    Column("raw_id", String(64), primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("received_at", UtcDateTime, nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("original_envelope_id", Text, nullable=False),
    Column("original_letter_ids", Text, nullable=False),
    Column("refusal", Text, nullable=False),
)


class Refusal(msgspec.Struct, frozen=True, kw_only=True):
    """Why a letter is refused: the code of XCTL02 and a Danish sentence for the sender."""

    code: RefuseCode
    text: str


class Unmatched(msgspec.Struct, frozen=True, kw_only=True):
    """A receipt that names no reply of ours (teknisk liste)."""

    raw_id: str
    received_at: dt.datetime
    outcome: ReceiptOutcome
    original_envelope_id: str
    """Empty when it names none."""
    original_letter_ids: tuple[str, ...]
    refusal: str
    """The sender's own words; empty for none."""


# --- receipts we send ---------------------------------------------------------------------------


def acknowledge(connection: Connection, message: Message, now: dt.datetime) -> str | None:
    """Queue the positive receipt a letter asks for.

    Returns:
        The receipt's own letter number, or None when none is asked for or none can be written.
    """
    return _answer(connection, message, None, now) if message.wants_receipt else None


def refuse(
    connection: Connection, letter: Message, refusal: Refusal, now: dt.datetime
) -> str | None:
    """Queue the negative receipt of a letter, when it says enough to be named.

    Returns:
        The receipt's own letter number, or None when the original cannot be named or is a receipt.
    """
    return None if _is_receipt(letter) else _answer(connection, letter, refusal, now)


def _is_receipt(letter: Message) -> bool:
    unread = letter.root if isinstance(letter, UnknownMessage) else ""
    return isinstance(letter, Receipt) or unread in _RECEIPT_ROOTS


def _answer(
    connection: Connection, letter: Message, refusal: Refusal | None, now: dt.datetime
) -> str | None:
    receipt = receipt_for(
        letter,
        letter_id=new_letter_id(),
        envelope_id=new_letter_id(),
        sent_at=to_copenhagen(now).replace(tzinfo=None),
    )
    try:
        written = write_receipt(_refusing(receipt, refusal) if refusal else receipt)
    except WriteError:
        return None
    outgoing.queue_receipt(connection, written, now)
    return written.message.letter_id


def _refusing(receipt: Receipt, refusal: Refusal) -> Receipt:
    letters = tuple(
        msgspec.structs.replace(
            each, refuse_code=refusal.code.value, refuse_text=RichText(refusal.text)
        )
        for each in receipt.original_letters
    )
    return msgspec.structs.replace(
        receipt, outcome=ReceiptOutcome.NEGATIVE, original_letters=letters
    )


# --- receipts we get ----------------------------------------------------------------------------


def settle(
    connection: Connection, received: MessageReceived, receipt: Receipt, now: dt.datetime
) -> list[Entry]:
    """Put a receipt in the pathways of the replies it names, and act on what it says.

    A refused reply gets a `DeliveryFailed` with the receiver's own words. What comes late, or says
    otherwise than an earlier one, is kept as well; the last one holds.

    Returns:
        The entries that hold the receipt; none when it names no reply of ours.
    """
    entries: dict[str, Entry] = {}
    for row in _named(connection, receipt):
        outgoing.arrived(connection, row, now)
        if row.pathway_id not in entries:
            entries[row.pathway_id] = outgoing.append_by_gateway(
                connection, row.pathway_id, received, now
            )
        if receipt.outcome is ReceiptOutcome.POSITIVE:
            outgoing.delivered(connection, row)
        else:
            outgoing.failed(connection, row, _reason(receipt, row.letter_id), now)
    return list(entries.values())


def _named(connection: Connection, receipt: Receipt) -> list[Row[Any]]:
    return outgoing.replies(
        connection,
        sender_gln=_trimmed(receipt.original_sender_gln),
        envelope_id=_trimmed(receipt.original_envelope_id),
        letter_ids=set(_letter_ids(receipt)),
    )


def _letter_ids(receipt: Receipt) -> list[str]:
    named = (_trimmed(letter.letter_id) for letter in receipt.original_letters)
    return [each for each in named if each]


def _reason(receipt: Receipt, letter_id: str) -> str:
    """The refusal verbatim: the letter's own text, else that of the whole, else the code."""
    about = [each for each in receipt.original_letters if _trimmed(each.letter_id) == letter_id]
    whole = ReceiptLetter(refuse_code=receipt.refuse_code, refuse_text=receipt.refuse_text)
    said = [each.refuse_text.text for each in (*about, whole) if each.refuse_text]
    codes = [each.refuse_code for each in (*about, whole) if each.refuse_code]
    return next((text for text in (*said, *codes) if text.strip()), NO_REASON)


def _trimmed(value: str | None) -> str:
    return (value or "").strip()


# --- the technical list -------------------------------------------------------------------------


def note_unmatched(
    connection: Connection, receipt: Receipt, *, raw_id: str, place: int, received_at: dt.datetime
) -> None:
    """Keep a receipt that names no reply of ours for a technician."""
    connection.execute(
        insert(unmatched).values(
            raw_id=raw_id,
            place=place,
            received_at=received_at,
            outcome=receipt.outcome.value,
            original_envelope_id=_trimmed(receipt.original_envelope_id),
            original_letter_ids="\n".join(_letter_ids(receipt)),
            refusal=receipt.refuse_text.text if receipt.refuse_text else "",
        )
    )


def unmatched_receipts(connection: Connection) -> list[Unmatched]:
    """The technical list, the newest first."""
    rows = connection.execute(
        select(unmatched).order_by(unmatched.c.received_at.desc(), unmatched.c.raw_id)
    )
    return [
        Unmatched(
            raw_id=row.raw_id,
            received_at=row.received_at,
            outcome=ReceiptOutcome(row.outcome),
            original_envelope_id=row.original_envelope_id,
            original_letter_ids=tuple(row.original_letter_ids.split()),
            refusal=row.refusal,
        )
        for row in rows
    ]
