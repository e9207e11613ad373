"""One round of the mail (posten): take in, send, send again; and what a technician looks at.

A round never waits for anything: it does what can be done at one instant and says what could not.
"""

import datetime as dt
from collections.abc import Sequence

import msgspec
from sqlalchemy import Connection, func, not_, select
from sqlalchemy.exc import OperationalError

from visitator.gateway import intake, outgoing, receipts
from visitator.gateway.database import Database
from visitator.gateway.intake import quarantined, raw_messages
from visitator.gateway.transports import (
    Incoming,
    Transport,
    TransportError,
    Trouble,
    TroubleReason,
)

unmatched_receipts = receipts.unmatched_receipts
"""The receipts that belong to no reply of ours (teknisk liste)."""


class Quarantined(msgspec.Struct, frozen=True, kw_only=True):
    """A message, or a letter in one, that was not taken in (karantæne)."""

    raw_id: str
    received_at: dt.datetime
    transport: str
    reason: str
    """A stable code."""
    text: str
    """Danish, without personal data."""


class Status(msgspec.Struct, frozen=True, kw_only=True):
    """How the mail is doing, for the account of the gateway's health."""

    waiting_to_be_read: int
    quarantined: int
    out: outgoing.Queue
    last_in: dict[str, dt.datetime]
    """Per transport, when it last brought something."""


class Round(msgspec.Struct, frozen=True, kw_only=True):
    """What one round did."""

    received: int = 0
    refused: int = 0
    """Of those received, how many have something in quarantine."""
    sent: int = 0
    troubles: tuple[Trouble, ...] = ()


def quarantine(connection: Connection) -> list[Quarantined]:
    """Everything in quarantine, the newest first."""
    rows = connection.execute(
        select(quarantined, raw_messages.c.received_at, raw_messages.c.transport)
        .join(raw_messages, raw_messages.c.raw_id == quarantined.c.raw_id)
        .order_by(raw_messages.c.received_at.desc(), quarantined.c.raw_id, quarantined.c.place)
    )
    return [
        Quarantined(
            raw_id=row.raw_id,
            received_at=row.received_at,
            transport=row.transport,
            reason=row.reason,
            text=row.text,
        )
        for row in rows
    ]


def raw(connection: Connection, raw_id: str) -> bytes | None:
    """The bytes of a message as they came, or None when there is no such message."""
    query = select(raw_messages.c.data).where(raw_messages.c.raw_id == raw_id)
    return connection.scalars(query).first()


def status(connection: Connection) -> Status:
    """How the mail is doing."""
    waiting = select(func.count()).where(not_(raw_messages.c.is_taken_up))
    last = select(
        raw_messages.c.transport, func.max(raw_messages.c.last_at).label("last_at")
    ).group_by(raw_messages.c.transport)
    return Status(
        waiting_to_be_read=connection.scalar(waiting) or 0,
        quarantined=connection.scalar(select(func.count()).select_from(quarantined)) or 0,
        out=outgoing.queue(connection),
        last_in={row.transport: row.last_at for row in connection.execute(last)},
    )


def tick(
    database: Database,
    transports: Sequence[Transport],
    now: dt.datetime,
    *,
    letters: int | None = None,
) -> Round:
    """One round: take up what was left, read every transport, send what is due.

    Letters go out by the first transport.

    Args:
        database: the gateway's.
        transports: where letters come from and go to.
        now: aware instant by the gateway's clock.
        letters: how many to hand over at most; None for all that are due.
    """
    round_ = _Round(database, now)
    try:
        intake.resume(database, now)
        for transport in transports:
            round_.take_in(transport)
        if transports:
            round_.send(transports[0], letters)
    except OperationalError:
        round_.troubles.append(Trouble(transport="", reason=TroubleReason.DATABASE))
    return round_.done()


class _Round:
    def __init__(self, database: Database, now: dt.datetime) -> None:
        self._database = database
        self._now = now
        self.received = self.refused = self.sent = 0
        self.troubles: list[Trouble] = []

    def take_in(self, transport: Transport) -> None:
        for found in transport.receive(self._now):
            trouble = found if isinstance(found, Trouble) else self._take(transport, found)
            if trouble is not None:
                self.troubles.append(trouble)

    def _take(self, transport: Transport, incoming: Incoming) -> Trouble | None:
        try:
            received = intake.receive(
                self._database, incoming.data, transport=transport.name, now=self._now
            )
        except OperationalError:
            raise
        except Exception as error:
            intake.log_failure(error)
            return Trouble(transport=transport.name, reason=TroubleReason.PROGRAM)
        self.received += 1
        self.refused += bool(received.problems)
        return transport.settle(
            incoming, raw_id=received.raw_id, is_refused=bool(received.problems)
        )

    def send(self, transport: Transport, letters: int | None) -> None:
        """Hand over what is due; after a failure the rest waits for the next round."""
        for letter_id in outgoing.due(self._database, self._now)[:letters]:
            data = outgoing.claim(self._database, letter_id, self._now)
            if data is None:
                continue
            try:
                transport.send(letter_id, data)
            except TransportError as error:
                self.troubles.append(Trouble(transport=transport.name, reason=error.reason))
                return
            outgoing.handed_over(self._database, letter_id, self._now)
            self.sent += 1

    def done(self) -> Round:
        return Round(
            received=self.received,
            refused=self.refused,
            sent=self.sent,
            troubles=tuple(self.troubles),
        )
