"""The outbox (udbakke): what users did that the journal does not hold yet.

Every function is part of the transaction of its connection. What a user did is here, in the
journal, or was taken back by that user (sync I1).
"""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Any, Literal

import msgspec
from sqlalchemy import Connection, Row, bindparam, delete, func, insert, select, update

from visitator.domain.entries import (
    Entry,
    EntryError,
    EntryId,
    ReplySent,
    decode_kept,
    encode_entry,
)
from visitator.domain.wire import PushResult, PushStatus
from visitator.store.errors import NoSuchItem, TooLateToUndo
from visitator.store.tables import JournalSet, is_listed, listed, outbox
from visitator.store.values import OutboxItem, OutboxState

UNKNOWN_RESULT = "unknown_result"
"""The reason for attention when the gateway's answer is a word this program does not know."""

_STATES = {state.value: state for state in OutboxState}
_REPLY = str(ReplySent.__struct_config__.tag)
_TO_SEND = (OutboxState.QUEUED.value, OutboxState.SENT.value)
_FOLDED = (*_TO_SEND, OutboxState.ACKED.value, OutboxState.HELD.value)
"""A refused entry does not count; everything else its user sees as done (sync I7)."""


def add(connection: Connection, entry: Entry, not_before: dt.datetime | None) -> None:
    """Put an entry last; a reply waits while an earlier one in its pathway needs a decision."""
    held = entry.kind == _REPLY and _has_refused_reply(connection, entry.author, entry.pathway_id)
    connection.execute(
        insert(outbox).values(
            id=entry.id,
            user=entry.author,
            pathway_id=entry.pathway_id,
            kind=entry.kind,
            data=encode_entry(entry),
            state=(OutboxState.HELD if held else OutboxState.QUEUED).value,
            attempts=0,
            window_from=_text(entry.occurred_at),
            not_before=_text(not_before),
        )
    )


def put_back(connection: Connection, entries: Sequence[tuple[str, Entry]]) -> None:
    """Entries (with their user) that a restored gateway lost, before all that are there."""
    # What was put back before may stand at nought and below.
    first = connection.scalar(select(func.coalesce(func.min(outbox.c.n), 1))) or 0
    rows = [
        {
            "n": first - len(entries) + place,
            "id": entry.id,
            "user": user,
            "pathway_id": entry.pathway_id,
            "kind": entry.kind,
            "data": encode_entry(msgspec.structs.replace(entry, seq=None)),
            "state": OutboxState.SENT.value,
            "attempts": 1,
        }
        for place, (user, entry) in enumerate(entries)
    ]
    if rows:
        connection.execute(insert(outbox), rows)


def items(
    connection: Connection, user: str, pathway_id: str | None = None
) -> tuple[OutboxItem, ...]:
    """The user's, in the order they were made; of one pathway, or of all."""
    query = _ITEMS if pathway_id is None else _ITEMS_OF
    found = connection.execute(query, {"whose": user, "wanted": pathway_id})
    return tuple(_item(row) for row in found)


def pending(
    connection: Connection, pathway_ids: Iterable[str] | None = None, user: str | None = None
) -> dict[tuple[str, str], list[Entry]]:
    """Per (user, pathway) the entries that count in its fold, in order; None is all."""
    if pathway_ids is None:
        query, named = _PENDING, {}
    else:
        query, named = _PENDING_IN, listed(pathway_ids)
    if user is not None:
        query = query.where(outbox.c.user == user)
    found: dict[tuple[str, str], list[Entry]] = {}
    for whose, pathway_id, data in connection.execute(query, named):
        found.setdefault((whose, pathway_id), []).append(decode_kept(data))
    return found


_ITEMS = select(outbox).where(outbox.c.user == bindparam("whose")).order_by(outbox.c.n)
_ITEMS_OF = _ITEMS.where(outbox.c.pathway_id == bindparam("wanted"))
_PENDING = (
    select(outbox.c.user, outbox.c.pathway_id, outbox.c.data)
    .where(outbox.c.state.in_(_FOLDED))
    .order_by(outbox.c.n)
)
_PENDING_IN = _PENDING.where(is_listed(outbox.c.pathway_id))


def take_batch(
    connection: Connection,
    user: str,
    now: dt.datetime,
    limit: int,
    *,
    room: int | None = None,
    but_not: Collection[str] = (),
) -> tuple[OutboxItem, ...]:
    """The next to send, in order, marked as sent before they leave.

    Within a pathway nothing goes before what was done earlier (sync I6).

    Args:
        connection: of this transaction.
        user: whose.
        now: it ends undo windows.
        limit: how many at most.
        room: how many bytes at most, and one between each two; the first goes in any case.
        but_not: the pathways to leave alone.
    """
    query = (
        select(outbox)
        .where(outbox.c.user == user, outbox.c.state.in_(_TO_SEND))
        .order_by(outbox.c.n)
    )
    sendable = _sendable(connection.execute(query), now, but_not)
    batch = list(_within(sendable, limit, room))
    if batch:
        connection.execute(
            update(outbox)
            .where(outbox.c.id.in_([row.id for row in batch]))
            .values(state=OutboxState.SENT.value, attempts=outbox.c.attempts + 1)
        )
    return tuple(
        msgspec.structs.replace(_item(row), state=OutboxState.SENT, attempts=row.attempts + 1)
        for row in batch
    )


def mark_unsent(connection: Connection, entry_ids: Sequence[EntryId]) -> frozenset[str]:
    """Let what was taken for the first time be unsent again; returns the pathways of that."""
    put = connection.scalars(
        update(outbox)
        .where(outbox.c.id.in_(entry_ids), outbox.c.attempts == 1)
        .where(outbox.c.state == OutboxState.SENT.value)
        .values(state=OutboxState.QUEUED.value, attempts=0)
        .returning(outbox.c.pathway_id)
    )
    return frozenset(put)


def _sendable(
    rows: Iterable[Row[Any]], now: dt.datetime, but_not: Collection[str]
) -> Iterator[Row[Any]]:
    waiting = set(but_not)
    for row in rows:
        if row.pathway_id in waiting:
            continue
        if not _window_has_ended(row, now):
            waiting.add(row.pathway_id)
            continue
        yield row


def _within(rows: Iterable[Row[Any]], limit: int, room: int | None) -> Iterator[Row[Any]]:
    """As many as there is room for; the first in any case."""
    taken = 0
    for count, row in enumerate(rows):
        taken += len(row.data) + 1
        if count >= limit or (room is not None and taken > room and count > 0):
            return
        yield row


def _window_has_ended(row: Row[Any], now: dt.datetime) -> bool:
    """A clock that was put back ends the window: a reply must not wait for hours (sync I11)."""
    begin, end = _instant(row.window_from), _instant(row.not_before)
    return end is None or now >= end or (begin is not None and now < begin)


def next_due(connection: Connection, user: str, after: dt.datetime) -> dt.datetime | None:
    """The first end of an undo window later than `after`, of what was never sent; None for none."""
    ends = connection.scalars(
        select(outbox.c.not_before).where(
            outbox.c.user == user,
            outbox.c.state == OutboxState.QUEUED.value,
            outbox.c.not_before.is_not(None),
        )
    )
    later = (end for each in ends if (end := _instant(each)) is not None and end > after)
    return min(later, default=None)


def set_window(
    connection: Connection, user: str, opened: dt.datetime, not_before: dt.datetime | None
) -> None:
    """Give everything of the user that was never sent the same undo window, or none."""
    connection.execute(
        update(outbox)
        .where(outbox.c.user == user, outbox.c.attempts == 0)
        .where(outbox.c.state == OutboxState.QUEUED.value, outbox.c.not_before.is_not(None))
        .values(window_from=_text(opened), not_before=_text(not_before))
    )


def take_result(connection: Connection, result: PushResult, shown: JournalSet) -> str | None:
    """Write down the gateway's answer about one entry; returns its pathway when it is here."""
    row = connection.execute(select(outbox).where(outbox.c.id == result.id)).one_or_none()
    if row is None or row.state == OutboxState.ATTENTION.value:
        return None
    if result.status in {PushStatus.ACCEPTED, PushStatus.DUPLICATE} and result.seq is not None:
        _accepted(connection, result.id, result.seq, shown)
    elif result.status == PushStatus.RETRY:
        return None
    else:
        rejected = result.status == PushStatus.REJECTED
        _refused(connection, row, result, (rejected and result.reason) or UNKNOWN_RESULT)
    return str(row.pathway_id)


def _accepted(connection: Connection, entry_id: EntryId, seq: int, shown: JournalSet) -> None:
    here = shown.journal.c
    if connection.scalar(select(here.seq).where(here.id == entry_id)) is None:
        change = update(outbox).values(state=OutboxState.ACKED.value, ack_seq=seq)
        connection.execute(change.where(outbox.c.id == entry_id))
    else:
        connection.execute(delete(outbox).where(outbox.c.id == entry_id))


def _refused(connection: Connection, row: Row[Any], result: PushResult, reason: str) -> None:
    connection.execute(
        update(outbox)
        .where(outbox.c.id == row.id)
        .values(
            state=OutboxState.ATTENTION.value,
            reason=reason,
            winner=bytes(result.winner) if result.winner is not None else None,
            ack_seq=None,
        )
    )
    if row.kind == _REPLY:
        connection.execute(
            update(outbox)
            .where(outbox.c.user == row.user, outbox.c.pathway_id == row.pathway_id)
            .where(outbox.c.kind == _REPLY, outbox.c.n > row.n, outbox.c.state.in_(_TO_SEND))
            .values(state=OutboxState.HELD.value)
        )


def cancel(connection: Connection, entry_id: EntryId) -> str:
    """Take back what was never sent; returns its pathway.

    Raises:
        TooLateToUndo: it was sent, or is no longer here.
    """
    row = connection.execute(
        delete(outbox)
        .where(outbox.c.id == entry_id, outbox.c.attempts == 0)
        .where(outbox.c.state.in_([OutboxState.QUEUED.value, OutboxState.HELD.value]))
        .returning(outbox.c.pathway_id)
    ).one_or_none()
    if row is None:
        raise TooLateToUndo
    return str(row.pathway_id)


def resolve(
    connection: Connection, entry_id: EntryId, decision: Literal["discard", "retry"]
) -> str:
    """Do what the user decided about an entry that needs attention; returns its pathway.

    Raises:
        NoSuchItem: there is no such entry, or it needs no decision.
    """
    at = outbox.c.id == entry_id, outbox.c.state == OutboxState.ATTENTION.value
    row = connection.execute(select(outbox).where(*at)).one_or_none()
    if row is None:
        raise NoSuchItem
    if decision == "discard":
        connection.execute(delete(outbox).where(*at))
    else:
        again = {"state": OutboxState.SENT.value, "reason": None, "winner": None}
        connection.execute(update(outbox).where(*at).values(again))
    _release_unless_refused(connection, row.user, row.pathway_id)
    return str(row.pathway_id)


def _release_unless_refused(connection: Connection, user: str, pathway_id: str) -> None:
    """Let the replies go that waited, when there is none left that they wait for."""
    if _has_refused_reply(connection, user, pathway_id):
        return
    mine = outbox.c.user == user, outbox.c.pathway_id == pathway_id
    for state, sent in ((OutboxState.QUEUED, False), (OutboxState.SENT, True)):
        connection.execute(
            update(outbox)
            .where(*mine, outbox.c.state == OutboxState.HELD.value)
            .where((outbox.c.attempts > 0) == sent)
            .values(state=state.value)
        )


def _has_refused_reply(connection: Connection, user: str, pathway_id: str) -> bool:
    refused = select(outbox.c.n).where(
        outbox.c.user == user,
        outbox.c.pathway_id == pathway_id,
        outbox.c.kind == _REPLY,
        outbox.c.state == OutboxState.ATTENTION.value,
    )
    return connection.execute(refused.limit(1)).one_or_none() is not None


def forget_acks(connection: Connection) -> set[str]:
    """The seqs of another history mean nothing: ask the gateway again; returns the pathways."""
    acked = outbox.c.state == OutboxState.ACKED.value
    pathways = set(connection.scalars(select(outbox.c.pathway_id).where(acked)))
    again = {"state": OutboxState.SENT.value, "ack_seq": None}
    connection.execute(update(outbox).where(acked).values(again))
    return pathways


def drop_covered(connection: Connection, cursor: int, shown: JournalSet) -> set[str]:
    """Drop what the journal up to `cursor` holds (sync I7); returns the pathways.

    A refused reply that it holds after all keeps no later one waiting.
    """
    in_journal = select(shown.journal.c.seq).where(shown.journal.c.id == outbox.c.id).exists()
    covered = in_journal | (outbox.c.ack_seq <= cursor)
    gone = connection.execute(
        delete(outbox).where(covered).returning(outbox.c.user, outbox.c.pathway_id, outbox.c.state)
    ).all()
    for user, pathway_id, state in gone:
        if state == OutboxState.ATTENTION.value:
            _release_unless_refused(connection, user, pathway_id)
    return {row.pathway_id for row in gone}


def whose(connection: Connection) -> dict[EntryId, str]:
    """Per entry of the outbox, its user."""
    return {row.id: row.user for row in connection.execute(_WHOSE)}


_WHOSE = select(outbox.c.id, outbox.c.user)


def _item(row: Row[Any]) -> OutboxItem:
    return OutboxItem(
        entry=decode_kept(row.data),
        data=row.data,
        user=row.user,
        state=_STATES[row.state],
        attempts=row.attempts,
        not_before=_instant(row.not_before),
        reason=row.reason,
        winner=_winner(row.winner),
    )


def _winner(data: bytes | None) -> Entry | None:
    """The entry a gateway named; None also for what is none, which must not hide the outbox."""
    if data is None:
        return None
    with suppress(EntryError):
        return decode_kept(data)
    return None


def _text(instant: dt.datetime | None) -> str | None:
    return instant.astimezone(dt.UTC).isoformat() if instant is not None else None


def _instant(text: str | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(text) if text is not None else None
