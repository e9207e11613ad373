"""The inbox as a list: how many rows there are of each sort, and any page of them.

A user sees their own row of a pathway where they have pending work in it, else the one everybody
sees. Every function only reads, in plain SQL on a connection of `visitator.sqlcipher`: the first
look at a file (`store.glance`) reads the same before SQLAlchemy is loaded.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple, TypeAlias

import msgspec

from visitator.sqlcipher import Raw
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
_OPENED = "opened"
"""The kind of `entries.Opened`: written down for the audit; nobody waits for it."""

_KEY = "bucket, due_at, since, pathway_id"
"""The columns of `tables.INBOX_ORDER`."""
_ROW = f"{_KEY}, owner, header"

_header_decoder = msgspec.json.Decoder(Header)

_Place: TypeAlias = tuple[int, int, Whose]
"""Bucket, `due_at`, and whose as one user sees it."""


def table_of(connection: Raw) -> str:
    """The table of the rows of the journal that is shown."""
    return f"pathway_{_one(connection, 'SELECT shown FROM sync_state')}"


def count(connection: Raw, table: str, user: str) -> Listing:
    """How many rows there are in each place of the order, and how the user's outbox stands."""
    query = f"SELECT owner, bucket, due_at, number FROM {table}_tally"
    sums: Counter[_Place] = Counter()
    for owner, bucket, due_at, number in connection.execute(query):
        sums[bucket, due_at, _whose(owner, user)] += number
    own = _own(connection, table, user)
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


def _outbox(connection: Raw, user: str) -> tuple[int, int]:
    """How many of the user's entries wait for a decision, and how many to be sent."""
    query = "SELECT state, count(*) FROM outbox WHERE user = ? AND kind <> ? GROUP BY state"
    states: dict[str, int] = dict(connection.execute(query, (user, _OPENED)))
    decide, unsent = (sum(states.get(s, 0) for s in which) for which in (_TO_DECIDE, _UNSENT))
    return decide, unsent


def rows(
    connection: Raw,
    table: str,
    user: str,
    wanted: Selection,
    offset: int,
    limit: int,
) -> tuple[Header, ...]:
    """Rows of a list from place `offset`, by `tables.INBOX_ORDER`.

    Only an index is counted through. A row of the user's own can move others by one place, so
    that many more are read on both sides.
    """
    own = _own(connection, table, user).within(wanted, user)
    first = max(0, offset - own.size)
    where, values = _wanted(wanted, user)
    many = offset - first + limit + own.size
    chosen = (
        f"SELECT {_ROW} FROM {table} WHERE {where} AND bucket <= ? ORDER BY {_KEY} LIMIT ? OFFSET ?"
    )
    values = *values, wanted.last.value, many, first
    found = [_row(each) for each in connection.execute(chosen, values)]
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
    connection: Raw,
    table: str,
    user: str,
    wanted: Selection,
    pathway_id: str,
) -> int | None:
    """The place of a pathway in a list; None when it is not in it."""
    found = _seen(connection, table, user, pathway_id)
    if found is None or not found.is_in(wanted, user):
        return None
    where, values = _wanted(wanted, user)
    # Up to its key and no other bound: SQLite would take that one, and read the list to its end.
    before = f"SELECT count(*) FROM {table} WHERE {where} AND ({_KEY}) < (?, ?, ?, ?)"
    shared: int = _one(connection, before, *values, *found.key)
    return shared + _own(connection, table, user).within(wanted, user).moved(found.key)


def row(
    connection: Raw,
    table: str,
    user: str,
    pathway_id: str,
) -> Header | None:
    """The row of one pathway; None without any entries."""
    found = _seen(connection, table, user, pathway_id)
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


def _own(connection: Raw, table: str, user: str) -> _Own:
    own = _Own([], [])
    if user == SHARED:
        return own
    # All of the pathways, then who sees which row: asked for the user, too, SQLite would rather go
    # through every row that everybody sees.
    query = (
        f"SELECT user, {_ROW} FROM {table} WHERE pathway_id IN"
        f" (SELECT pathway_id FROM {table} WHERE user = ?)"
    )
    for whose, *found in connection.execute(query, (user,)):
        if whose == user:
            own.seen.append(_row(found))
        elif whose == SHARED:
            own.hidden.append(_row(found))
    return own


def _seen(connection: Raw, table: str, user: str, pathway_id: str) -> _Row | None:
    """The row the user sees of a pathway; their own sorts after the one without a user."""
    query = (
        f"SELECT {_ROW} FROM {table} WHERE pathway_id = ? AND user IN (?, ?)"
        " ORDER BY user DESC LIMIT 1"
    )
    found = connection.execute(query, (pathway_id, SHARED, user)).fetchone()
    return _row(found) if found is not None else None


def _row(columns: Sequence[Any]) -> _Row:
    *key, owner, header = columns
    return _Row(tuple(key), owner, header)


def _wanted(wanted: Selection, user: str) -> tuple[str, tuple[str | int, ...]]:
    """The condition for the rows everybody sees from the first of a list on, and its values."""
    condition = "user = ? AND bucket >= ?"
    values = SHARED, wanted.first.value
    match wanted.whose:
        case Whose.MINE:
            return f"{condition} AND owner = ?", (*values, user)
        case Whose.NOBODYS:
            return f"{condition} AND owner = ?", (*values, NOBODY)
        case Whose.COLLEAGUES:
            return f"{condition} AND owner NOT IN (?, ?)", (*values, user, NOBODY)
        case Whose.ANYBODYS:
            return condition, values


def _one(connection: Raw, query: str, *values: str | int) -> Any:  # noqa: ANN401
    """The one value of a query for one."""
    return connection.execute(query, values).fetchone()[0]
