"""The journal of record: entries in the order the gateway accepted them, never edited.

What is stored are the bytes an entry came in, so that fields this program does not know are handed
on (sync I14); its sequence number is put in when it is read.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Index,
    Integer,
    LargeBinary,
    Row,
    Select,
    String,
    Table,
    and_,
    func,
    insert,
    not_,
    select,
    update,
)

from visitator.domain.entries import (
    Closed,
    Entry,
    EntryId,
    Lapsed,
    MessageReceived,
    decode_kept,
    encode_entry,
    with_seq,
)
from visitator.domain.pathway import fold
from visitator.domain.terms import Stay
from visitator.gateway.database import UtcDateTime, epoch_of, head_of, metadata, next_seq

RETENTION = dt.timedelta(days=365)
"""How long a closed pathway is still handed to a new workstation."""

MAX_PAGE_BYTES = 4 * 1024 * 1024
"""A page ends early rather than hold more than this; one entry always fits."""

journal = Table(
    "journal",
    metadata,
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("id", String(64), nullable=False, unique=True),
    Column("pathway_id", String(64), nullable=False),
    Column("data", LargeBinary, nullable=False),
    Column("size", Integer, nullable=False),
    Index("journal_by_pathway", "pathway_id", "seq"),
)

pathway_state = Table(
    "pathway_state",
    metadata,
    Column("pathway_id", String(64), primary_key=True),
    Column("last_seq", BigInteger, nullable=False),
    Column("last_at", UtcDateTime, nullable=False),
    Column("is_closed", Boolean, nullable=False),
)
"""What a bootstrap asks of a pathway: whether there is nothing more to do, and since when."""

_MAY_CLOSE = (Closed, Lapsed, MessageReceived)
_OVER = {Stay.CLOSED, Stay.LAPSED}

_CHUNK = 500

Visible = Callable[[Entry], bool]
"""Whether somebody may see an entry."""


class PageOfEntries(msgspec.Struct, frozen=True, kw_only=True):
    """Entries after a cursor, as JSON with their sequence numbers."""

    epoch: str
    entries: tuple[bytes, ...]
    cursor: int
    """Everything up to here has been looked at."""
    more: bool
    head: int


def append(
    connection: Connection, entry: Entry, now: dt.datetime, *, data: bytes | None = None
) -> Entry:
    """Write an entry with the next sequence number, in a transaction of `Database.write`.

    Those who wait for the journal are woken when it is committed.

    Args:
        connection: of `Database.write`.
        entry: a pending entry whose id the journal does not hold.
        now: an aware instant by the gateway's clock.
        data: the entry as it came, when somebody else wrote it.

    Returns:
        The entry with its number.
    """
    if not entry.is_pending:
        raise ValueError("only the journal gives out sequence numbers")
    stored = encode_entry(entry) if data is None else data
    seq = next_seq(connection)
    connection.execute(
        insert(journal).values(
            seq=seq, id=entry.id, pathway_id=entry.pathway_id, data=stored, size=len(stored)
        )
    )
    _note_pathway(connection, entry, seq, now)
    return msgspec.structs.replace(entry, seq=seq)


def _note_pathway(connection: Connection, entry: Entry, seq: int, now: dt.datetime) -> None:
    mine = pathway_state.c.pathway_id == entry.pathway_id
    was_closed = connection.scalars(select(pathway_state.c.is_closed).where(mine)).first()
    is_closed = bool(was_closed)
    if was_closed or isinstance(entry.body, _MAY_CLOSE):
        is_closed = fold(entries_of(connection, entry.pathway_id)).stay in _OVER
    values = {"last_seq": seq, "last_at": now, "is_closed": is_closed}
    if was_closed is None:
        new = insert(pathway_state).values(pathway_id=entry.pathway_id, **values)
        connection.execute(new)
    else:
        connection.execute(update(pathway_state).where(mine).values(**values))


def has_pathway(connection: Connection, pathway_id: str) -> bool:
    """Whether anything is known of a pathway."""
    query = select(pathway_state.c.last_seq).where(pathway_state.c.pathway_id == pathway_id)
    return connection.execute(query).first() is not None


def entry_by_id(connection: Connection, entry_id: EntryId) -> Entry | None:
    """The entry with this id, or None."""
    row = connection.execute(
        select(journal.c.seq, journal.c.data).where(journal.c.id == entry_id)
    ).first()
    return decode_kept(with_seq(row.data, row.seq)) if row is not None else None


def entries_of(connection: Connection, pathway_id: str) -> list[Entry]:
    """The accepted entries of a pathway, in order; empty when there is no such pathway."""
    rows = connection.execute(
        select(journal.c.seq, journal.c.data)
        .where(journal.c.pathway_id == pathway_id)
        .order_by(journal.c.seq)
    )
    return [decode_kept(with_seq(row.data, row.seq)) for row in rows]


def page(
    connection: Connection, *, after: int, limit: int, visible: Visible | None = None
) -> PageOfEntries:
    """What came after a cursor, in order.

    Args:
        connection: of `Database.read` or `Database.write`.
        after: the last sequence number already read.
        limit: how many entries to look at, at most.
        visible: which of them to hand out; all without it.
    """
    head = head_of(connection)
    wanted = select(journal).where(journal.c.seq > after)
    rows = _within_bytes(connection, wanted, limit)
    cursor = rows[-1].seq if rows else after
    return _page(connection, rows, cursor=cursor, through=head, visible=visible)


def bootstrap_page(
    connection: Connection,
    *,
    after: int,
    limit: int,
    through: int | None,
    now: dt.datetime,
    visible: Visible | None = None,
) -> PageOfEntries:
    """What a new workstation needs: open pathways whole, and those closed less than `RETENTION`.

    Args:
        connection: of `Database.read`.
        after: the last sequence number already read; 0 at first.
        limit: how many entries to hand out, at most.
        through: the head at the first page; None there.
        now: an aware instant by the gateway's clock.
        visible: which entries to hand out; all without it.

    Returns:
        A page whose `head` is `through`; the last one has it for its cursor as well.
    """
    head = head_of(connection)
    through = head if through is None else min(through, head)
    long_closed = and_(pathway_state.c.is_closed, pathway_state.c.last_at < now - RETENTION)
    wanted = (
        select(journal)
        .join(pathway_state, pathway_state.c.pathway_id == journal.c.pathway_id)
        .where(journal.c.seq > after, journal.c.seq <= through, not_(long_closed))
    )
    rows = _within_bytes(connection, wanted, limit)
    cursor = rows[-1].seq if rows else through
    return _page(connection, rows, cursor=cursor, through=through, visible=visible)


def stretch(
    connection: Connection, *, after: int, through: int, visible: Visible | None = None
) -> Iterator[bytes]:
    """The entries with `after` < seq <= `through`, as pages hand them out; few at a time in memory.

    Args:
        connection: of `Database.read`, open until the last was taken.
        after: the last sequence number before the first.
        through: the last sequence number.
        visible: which of them to hand out; all without it.
    """
    wanted = (
        select(journal.c.seq, journal.c.data)
        .where(journal.c.seq > after, journal.c.seq <= through)
        .order_by(journal.c.seq)
        .execution_options(yield_per=_CHUNK)
    )
    return _served(connection.execute(wanted), visible)


def _within_bytes(
    connection: Connection, wanted: Select[tuple[object, ...]], limit: int
) -> list[Row[tuple[object, ...]]]:
    """The first rows of `wanted`, as many as a page may hold."""
    first = wanted.order_by(journal.c.seq).limit(limit).subquery()
    total = func.sum(first.c.size).over(order_by=first.c.seq).label("total")
    counted = select(first, total).subquery()
    fitting = (
        select(counted.c.seq, counted.c.data)
        .where(counted.c.total - counted.c.size < MAX_PAGE_BYTES)
        .order_by(counted.c.seq)
    )
    return list(connection.execute(fitting))


def _page(
    connection: Connection,
    rows: list[Row[tuple[object, ...]]],
    *,
    cursor: int,
    through: int,
    visible: Visible | None,
) -> PageOfEntries:
    return PageOfEntries(
        epoch=epoch_of(connection),
        entries=tuple(_served(rows, visible)),
        cursor=cursor,
        more=cursor < through,
        head=through,
    )


def _served(rows: Iterable[Row[Any]], visible: Visible | None) -> Iterator[bytes]:
    """The bytes of each entry that may be seen, with its sequence number."""
    for row in rows:
        data = with_seq(row.data, row.seq)
        if visible is None or visible(decode_kept(data)):
            yield data
