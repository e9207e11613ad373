"""The journal as this workstation has it: pages of accepted entries, and how far they reach.

Every function is part of the transaction of its connection.
"""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

import msgspec
from sqlalchemy import Connection, Text, cast, delete, distinct, func, select, update

from visitator.domain.entries import Entry, EntryId, decode_kept
from visitator.domain.wire import checksum
from visitator.store import outbox, search, tables
from visitator.store.errors import EpochUnknown
from visitator.store.projections import Projector
from visitator.store.tables import (
    SETS,
    JournalSet,
    SetName,
    insert_sql,
    is_listed,
    listed,
    sync_state,
)
from visitator.store.values import Changes, LocalDigest, Reread, SyncState

Projectors: TypeAlias = Mapping[SetName, Projector]
"""Each set has its own, for each remembers entries."""

_MANY = 50
_MUCH = 0.2
"""Of the pathways; more may be a journal that was lost, and not what a bootstrap leaves out."""


class Received(msgspec.Struct, frozen=True):
    """An accepted entry, and the bytes it came as: they hold what this program cannot read."""

    entry: Entry
    data: bytes


def read_page(entries: Sequence[bytes | msgspec.Raw], cursor: int) -> list[Received]:
    """Read the entries of a page, before anything of it is stored.

    One whose body cannot be read is kept all the same, for a later program that can (sync I14).

    Raises:
        EntryError: one is not an entry.
        ValueError: they are not in the order of their seq, or reach beyond the cursor.
    """
    received = [Received(decode_kept(data), data) for data in map(bytes, entries)]
    seqs = [each.entry.seq or 0 for each in received]
    if seqs != sorted(set(seqs)) or (seqs and not 0 < seqs[0] <= seqs[-1] <= cursor):
        raise ValueError("the entries of a page are in order of seq, up to its cursor")
    return received


def shown(connection: Connection) -> JournalSet:
    """The journal that is shown."""
    return SETS[connection.scalars(select(sync_state.c.shown)).one()]


def state(connection: Connection) -> SyncState:
    """How far the journal reaches."""
    row = connection.execute(select(sync_state)).one()
    rereads = row.reread_epoch is not None
    return SyncState(
        epoch=row.epoch,
        cursor=row.cursor,
        reread=Reread(epoch=row.reread_epoch, cursor=row.reread_cursor, through=row.reread_through)
        if rereads
        else None,
        last_ok=dt.datetime.fromisoformat(row.last_ok) if row.last_ok else None,
        server_skew=None if row.server_skew is None else dt.timedelta(milliseconds=row.server_skew),
    )


def acted_on(
    connection: Connection,
    journal_set: JournalSet,
    kinds: Collection[str],
    since: dt.datetime,
    until: dt.datetime,
) -> list[str]:
    """The pathways with an accepted entry of one of these kinds from `since` to before `until`."""
    table, text = journal_set.journal, cast(journal_set.journal.c.data, Text)
    kind = func.json_extract(text, "$.body.kind")
    at = func.unixepoch(func.json_extract(text, "$.occurred_at"))
    wanted = (kind.in_(kinds), at >= since.timestamp(), at < until.timestamp())
    found = select(table.c.pathway_id).where(*wanted).group_by(table.c.pathway_id)
    return list(connection.scalars(found.order_by(func.max(table.c.seq))))


def digest(connection: Connection) -> LocalDigest | None:
    """The count and checksum of what is shown; None before the first page.

    It begins where a bootstrap ended: which pathways that left out, nobody could tell later.
    """
    now = connection.execute(select(sync_state)).one()
    if now.epoch is None:
        return None
    after, through = now.bootstrap_through, now.cursor
    journal = shown(connection).journal.c
    stretch = select(journal.data).where(journal.seq > after, journal.seq <= through)
    in_chunks = stretch.order_by(journal.seq).execution_options(yield_per=_CHUNK)
    count, total = checksum(connection.scalars(in_chunks))
    return LocalDigest(epoch=now.epoch, after=after, through=through, count=count, checksum=total)


def apply_page(
    connection: Connection, projectors: Projectors, page: list[Received], cursor: int, epoch: str
) -> Changes:
    """Take in a page of the history that is shown, or of the one that is read anew.

    Raises:
        EpochUnknown: it is of neither.
    """
    now = state(connection)
    if now.reread is not None and now.reread.epoch == epoch:
        hidden = _hidden(connection)
        users = _whose(connection, page) | outbox.whose(connection)
        projector = projectors[hidden.name]
        touched = _append(connection, projector, hidden, page, now.reread.cursor, users)
        projector.refresh(connection, hidden, touched)
        reached = max(cursor, now.reread.cursor)
        connection.execute(update(sync_state).values(reread_cursor=reached))
        return Changes()
    if now.epoch not in {None, epoch}:
        raise EpochUnknown
    if now.epoch is None:
        # What was acknowledged before the first page may have been so by another history.
        outbox.forget_acks(connection)
    journal_set = shown(connection)
    projector = projectors[journal_set.name]
    users = outbox.whose(connection)
    touched = _append(connection, projector, journal_set, page, now.cursor, users)
    reached = max(cursor, now.cursor)
    connection.execute(update(sync_state).values(cursor=reached, epoch=epoch))
    sent = outbox.drop_covered(connection, reached, journal_set) if users else set()
    changed = projector.refresh(connection, journal_set, touched | sent)
    return Changes(pathways=changed, outbox=bool(sent))


def _append(
    connection: Connection,
    projector: Projector,
    journal_set: JournalSet,
    page: list[Received],
    cursor: int,
    users: Mapping[EntryId, str],
) -> frozenset[str]:
    """Append what lies after the cursor: what lies before it came with an earlier page.

    `users`: whose an entry is, when it was written at this workstation.
    """
    new = [each for each in page if (each.entry.seq or 0) > cursor]
    if not new:
        return frozenset()
    touched = projector.add(connection, journal_set, (each.entry for each in new))
    rows = [
        (e.entry.seq, e.entry.id, e.entry.pathway_id, users.get(e.entry.id), e.data) for e in new
    ]
    connection.exec_driver_sql(insert_sql(journal_set.journal), rows)
    _index(connection, journal_set, (each.entry for each in new))
    return touched


def _whose(connection: Connection, page: list[Received]) -> dict[EntryId, str]:
    """Whose the entries of a page are, as far as the history that is shown knows."""
    known = shown(connection).journal.c
    query = select(known.id, known.user).where(is_listed(known.id), known.user.is_not(None))
    rows = connection.execute(query, listed(each.entry.id for each in page))
    return {row.id: row.user for row in rows}


def _hidden(connection: Connection) -> JournalSet:
    other: SetName = "b" if shown(connection).name == "a" else "a"
    return SETS[other]


def _index(connection: Connection, journal_set: JournalSet, entries: Iterable[Entry]) -> None:
    documents = [found for entry in entries if (found := search.document(entry)) is not None]
    if documents:
        connection.exec_driver_sql(search.insert_statement(journal_set), documents)


def begin_reread(
    connection: Connection, projectors: Projectors, epoch: str, through: int | None
) -> Changes:
    """Begin to read a history from its start, beside the one that is shown, of whatever epoch.

    A reading of the same epoch that is under way goes on. What was acknowledged is asked for
    again: a restored gateway may not have it.
    """
    now = state(connection)
    if now.reread is not None and now.reread.epoch == epoch:
        return Changes()
    hidden = _hidden(connection)
    _clear(connection, hidden)
    projectors[hidden.name].forget()
    connection.execute(
        update(sync_state).values(reread_epoch=epoch, reread_cursor=0, reread_through=through)
    )
    asked_again = outbox.forget_acks(connection)
    return Changes(pathways=frozenset(asked_again), outbox=bool(asked_again))


def missing_much(connection: Connection) -> bool:
    """Whether what was read anew lacks so much of what is shown that this is to be kept (sync I10).

    It is when more than a fifth of the pathways are missing, and they are fifty or all.
    """
    was, now = shown(connection).journal.c, _hidden(connection).journal.c
    count = select(func.count(distinct(was.pathway_id)))
    known = connection.scalars(count).one()
    gone = connection.scalars(count.where(was.pathway_id.not_in(select(now.pathway_id)))).one()
    return bool(gone > _MUCH * known and (gone >= _MANY or gone == known))


def finish_reread(connection: Connection, projectors: Projectors) -> Changes:
    """Show the history that was read anew; the outbox stays (sync I5).

    What users of this workstation had sent and the gateway no longer has goes back to the outbox.

    Raises:
        EpochUnknown: nothing is being read anew.
    """
    now = state(connection)
    if now.reread is None:
        raise EpochUnknown
    old, new = shown(connection), _hidden(connection)
    connection.execute(
        update(sync_state).values(
            shown=new.name,
            epoch=now.reread.epoch,
            cursor=now.reread.cursor,
            bootstrap_through=now.reread.through or 0,
            reread_epoch=None,
            reread_cursor=0,
            reread_through=None,
        )
    )
    outbox.put_back(connection, _lost(connection, old, new))
    outbox.drop_covered(connection, now.reread.cursor, new)
    projectors[new.name].refresh_own(connection, new)
    _clear(connection, old)
    projectors[old.name].forget()
    return Changes(outbox=True, everything=True)


def _lost(connection: Connection, old: JournalSet, new: JournalSet) -> list[tuple[str, Entry]]:
    """Entries of this workstation's users that are neither in the new history nor pending.

    A history that holds nothing in common may be a journal restored from its first day, so that
    what another gateway was never meant to get is put back as well: nothing is lost goes first.
    """
    was = old.journal.c
    query = (
        select(was.user, was.data)
        .where(was.user.is_not(None))
        .where(was.id.not_in(select(new.journal.c.id)))
        .where(was.id.not_in(select(tables.outbox.c.id)))
        .order_by(was.seq)
    )
    return [(user, decode_kept(data)) for user, data in connection.execute(query)]


def _clear(connection: Connection, journal_set: JournalSet) -> None:
    connection.execute(delete(journal_set.journal))
    connection.execute(delete(journal_set.pathway))
    connection.execute(delete(journal_set.admission))
    connection.execute(delete(journal_set.rehabilitation))
    _clear_index(connection, journal_set)


def _clear_index(connection: Connection, journal_set: JournalSet) -> None:
    table = journal_set.search
    connection.exec_driver_sql(f"INSERT INTO {table} ({table}) VALUES ('delete-all')")  # noqa: S608


def rebuild(
    connection: Connection,
    projectors: Projectors,
    projected_with: str,
    progress: Callable[[float], None],
) -> Changes:
    """Make everything that is computed anew from the journals and the outbox.

    `progress` is told how much is done, from 0 to 1; not where there is nothing to do.
    """
    sizes = {name: _size(connection, journal_set) for name, journal_set in SETS.items()}
    # Rows and index take about as long as each other.
    whole, before = 2 * sum(sizes.values()) or 1, 0
    for name, journal_set in SETS.items():
        _clear_index(connection, journal_set)
        rows = projectors[name].rebuild(connection, journal_set)
        for steps in (rows, _index_all(connection, journal_set)):
            for part in steps:
                progress((before + part * sizes[name]) / whole)
            before += sizes[name]
    connection.execute(update(sync_state).values(projected_with=projected_with))
    return Changes(everything=True)


def _size(connection: Connection, journal_set: JournalSet) -> int:
    return connection.scalars(select(func.count()).select_from(journal_set.journal)).one()


def _index_all(connection: Connection, journal_set: JournalSet) -> Iterator[float]:
    """Index the journal, step by step; yields how much is done, from 0 to 1."""
    journal = journal_set.journal.c
    query = select(journal.seq, journal.data).order_by(journal.seq).limit(_CHUNK)
    size, done, last = _size(connection, journal_set), 0, 0
    while found := connection.execute(query.where(journal.seq > last)).all():
        _index(connection, journal_set, (decode_kept(data) for _, data in found))
        last, done = found[-1].seq, done + len(found)
        yield done / size


_CHUNK = 500


def is_projected_with(connection: Connection, projected_with: str) -> bool:
    """Whether the rows were computed by this program and with this agreement."""
    return bool(connection.scalars(select(sync_state.c.projected_with)).one() == projected_with)


def note_success(connection: Connection, at: dt.datetime, server_skew: dt.timedelta | None) -> None:
    """Write down that all was well at `at`, and how the clocks differ; None keeps the last."""
    change: dict[str, object] = {"last_ok": at.astimezone(dt.UTC).isoformat()}
    if server_skew is not None:
        change["server_skew"] = round(server_skew / dt.timedelta(milliseconds=1))
    connection.execute(update(sync_state).values(change))
