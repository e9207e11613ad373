"""The inbox as a list: how many rows there are of each sort, and any page of them.

A user sees their own row of a pathway where they have pending work in it, else the one everybody
sees. Every function only reads.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple, TypeAlias

import msgspec
from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Table,
    func,
    select,
    tuple_,
)

from visitator.domain.entries import Opened
from visitator.store.tables import INBOX_ORDER, JournalSet, outbox
from visitator.store.values import (
    NOBODY,
    SHARED,
    Bucket,
    Header,
    Listing,
    OutboxState,
    Selection,
    Tally,
    Whose,
)

_UNSENT = (OutboxState.QUEUED.value, OutboxState.SENT.value)
_TO_DECIDE = (OutboxState.ATTENTION.value, OutboxState.HELD.value)
_OPENED = str(Opened.__struct_config__.tag)
"""Written down for the audit; nobody waits for it."""

_COUNTED = "visitator counted"
"""Under this a connection keeps what it counted last."""

_header_decoder = msgspec.json.Decoder(Header)

_Place: TypeAlias = tuple[int, int, Whose]
"""Bucket, `due_at`, and whose as one user sees it."""


def count(connection: Connection, journal_set: JournalSet, user: str) -> Listing:
    """How many rows there are in each place of the order, and how the user's outbox stands.

    Counted anew only when the file has changed since this connection last counted. That is
    SQLite's own word (``data_version``); it leaves out what the connection wrote itself, so it has
    to be one that only reads.
    """
    version = connection.exec_driver_sql("PRAGMA data_version").scalar_one()
    counted = version, journal_set.name, user
    kept: tuple[object, Listing] | None = connection.info.get(_COUNTED)
    if kept is None or kept[0] != counted:
        kept = connection.info[_COUNTED] = counted, _count(connection, journal_set, user)
    return kept[1]


def _count(connection: Connection, journal_set: JournalSet, user: str) -> Listing:
    table = journal_set.pathway.c
    place = table.owner, table.bucket, table.due_at
    # Grouped in the order of an index, so that the index is all that is read.
    query = select(*place, func.count()).where(table.user == SHARED).group_by(*place)
    sums: Counter[_Place] = Counter()
    for owner, bucket, due_at, number in connection.execute(query).all():
        sums[bucket, due_at, _whose(owner, user)] += number
    own = _own(connection, journal_set.pathway, user)
    sums.subtract(row.place(user) for row in own.hidden)
    sums.update(row.place(user) for row in own.seen)
    tallies = [
        Tally(Bucket(bucket), due_at, whose, number)
        for (bucket, due_at, whose), number in sums.items()
        if number
    ]
    tallies.sort(key=lambda tally: (tally.bucket, tally.due_at))
    attention, unsent = _outbox(connection, user)
    return Listing(tallies=tuple(tallies), attention=attention, unsent=unsent)


def _whose(owner: str, user: str) -> Whose:
    if owner == NOBODY:
        return Whose.NOBODYS
    return Whose.MINE if owner == user else Whose.COLLEAGUES


def _outbox(connection: Connection, user: str) -> tuple[int, int]:
    """How many of the user's entries wait for a decision, and how many to be sent."""
    mine = outbox.c.user == user, outbox.c.kind != _OPENED
    query = select(outbox.c.state, func.count()).where(*mine).group_by(outbox.c.state)
    states = {row.state: int(row[1]) for row in connection.execute(query)}
    decide, unsent = (sum(states.get(s, 0) for s in which) for which in (_TO_DECIDE, _UNSENT))
    return decide, unsent


def rows(
    connection: Connection,
    journal_set: JournalSet,
    user: str,
    wanted: Selection,
    offset: int,
    limit: int,
) -> tuple[Header, ...]:
    """Rows of a list from place `offset`, by `tables.INBOX_ORDER`.

    Only an index is counted through. A row of the user's own can move others by one place, so
    that many more are read on both sides.
    """
    table = journal_set.pathway
    own = _own(connection, table, user).within(wanted, user)
    first = max(0, offset - own.size)
    chosen = select(*_columns(table)).where(*_wanted(table, wanted, user), table.c.user == SHARED)
    chosen = chosen.order_by(*_key(table)).offset(first)
    many = offset - first + limit + own.size
    found = [_row(each) for each in connection.execute(chosen.limit(many))]
    if first and not found:
        return ()
    begin = found[0].key if first else ()
    hidden = {row.key for row in own.hidden}
    seen = [row for row in found if row.key not in hidden]
    seen += [row for row in own.seen if row.key >= begin]
    seen.sort(key=lambda row: row.key)
    skipped = offset - first - own.moved(begin)
    return tuple(_header_decoder.decode(row.header) for row in seen[skipped : skipped + limit])


def position(
    connection: Connection, journal_set: JournalSet, user: str, wanted: Selection, pathway_id: str
) -> int | None:
    """The place of a pathway in a list; None when it is not in it."""
    table = journal_set.pathway
    found = _seen(connection, table, user, pathway_id)
    if found is None or not found.is_in(wanted, user):
        return None
    before = select(func.count()).where(
        *_wanted(table, wanted, user), table.c.user == SHARED, tuple_(*_key(table)) < found.key
    )
    shared = connection.scalars(before).one()
    return int(shared) + _own(connection, table, user).within(wanted, user).moved(found.key)


def row(
    connection: Connection, journal_set: JournalSet, user: str, pathway_id: str
) -> Header | None:
    """The row of one pathway; None without any entries."""
    found = _seen(connection, journal_set.pathway, user, pathway_id)
    return _header_decoder.decode(found.header) if found is not None else None


class _Row(NamedTuple):
    """A row of the table, as far as a list needs it."""

    key: tuple[Any, ...]
    """The columns of `tables.INBOX_ORDER`."""
    owner: str
    header: bytes

    def place(self, user: str) -> _Place:
        bucket, due_at, _, _ = self.key
        return bucket, due_at, _whose(self.owner, user)

    def is_in(self, wanted: Selection, user: str) -> bool:
        whose = wanted.whose in {Whose.ANYBODYS, _whose(self.owner, user)}
        return whose and wanted.first <= self.key[0] <= wanted.last


class _Own(NamedTuple):
    """The rows of the user's own, and those they stand for: few, for what waits to be sent."""

    seen: list[_Row]
    hidden: list[_Row]

    def within(self, wanted: Selection, user: str) -> "_Own":
        """Those of a list."""
        return _Own(*([row for row in rows if row.is_in(wanted, user)] for rows in self))

    @property
    def size(self) -> int:
        """By how many places they can move another row at most."""
        return max(len(self.seen), len(self.hidden))

    def moved(self, place: tuple[Any, ...]) -> int:
        """By how many places they move a row that stands at `place`."""
        return sum(row.key < place for row in self.seen) - sum(
            row.key < place for row in self.hidden
        )


def _own(connection: Connection, table: Table, user: str) -> _Own:
    own = _Own([], [])
    where = select(table.c.pathway_id).where(table.c.user == user, table.c.user > SHARED)
    pathway_ids = connection.scalars(where).all()
    if not pathway_ids:
        return own
    # Asked for the user, too, SQLite would rather go through every row that everybody sees.
    query = select(table.c.user, *_columns(table)).where(table.c.pathway_id.in_(pathway_ids))
    for whose, *found in connection.execute(query):
        if whose == user:
            own.seen.append(_row(found))
        elif whose == SHARED:
            own.hidden.append(_row(found))
    return own


def _seen(connection: Connection, table: Table, user: str, pathway_id: str) -> _Row | None:
    """The row the user sees of a pathway; their own sorts after the one without a user."""
    query = select(*_columns(table)).where(
        table.c.pathway_id == pathway_id, table.c.user.in_([SHARED, user])
    )
    found = connection.execute(query.order_by(table.c.user.desc()).limit(1)).one_or_none()
    return _row(found) if found is not None else None


def _columns(table: Table) -> list[Column[Any]]:
    return [*_key(table), table.c.owner, table.c.header]


def _row(columns: Sequence[Any]) -> _Row:
    *key, owner, header = columns
    return _Row(tuple(key), owner, header)


def _key(table: Table) -> list[Column[Any]]:
    return [table.c[name] for name in INBOX_ORDER]


def _wanted(table: Table, wanted: Selection, user: str) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [
        table.c.bucket.between(wanted.first.value, wanted.last.value)
    ]
    match wanted.whose:
        case Whose.MINE:
            conditions.append(table.c.owner == user)
        case Whose.NOBODYS:
            conditions.append(table.c.owner == NOBODY)
        case Whose.COLLEAGUES:
            conditions.append(table.c.owner.not_in([user, NOBODY]))
        case Whose.ANYBODYS:
            pass
    return conditions
