"""A list of pathways beside the inbox: one row of each, in an order that an index has.

As in the inbox, a user sees their own row of a pathway where they have pending work in it, else
the one everybody sees. Its table has ``pathway_id``, ``user``, ``place``, ``due_at``, ``since`` and
``header``, and may have more columns to choose by.
"""

import functools
from collections.abc import Sequence
from typing import Any, TypeAlias

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    Delete,
    Table,
    delete,
    func,
    select,
    tuple_,
    union_all,
)

from visitator.store.tables import RANKED_ORDER, is_listed, listed, replace_sql
from visitator.store.values import SHARED

Key: TypeAlias = tuple[int, int, int, str]
"""The columns of `tables.RANKED_ORDER`."""


def write(
    connection: Connection,
    table: Table,
    pathway_ids: frozenset[str],
    rows: Sequence[tuple[str | int | bytes, ...]],
) -> None:
    """Exchange the rows of these pathways; each has the columns of the table, in order."""
    connection.execute(_of_pathways(table), listed(pathway_ids))
    if rows:
        connection.exec_driver_sql(replace_sql(table), list(rows))


# A statement of every page is made once: to make it takes longer than to run it.
@functools.cache
def _of_pathways(table: Table) -> Delete:
    return delete(table).where(is_listed(table.c.pathway_id))


def counts(
    connection: Connection, table: Table, user: str, *wanted: ColumnElement[bool]
) -> dict[int, int]:
    """How many rows there are of each place that has any, as the user sees them."""
    seen = _seen(table, user, *wanted).subquery()
    query = select(seen.c.place, func.count()).group_by(seen.c.place)
    return {row.place: row[1] for row in connection.execute(query)}


def rows(
    connection: Connection,
    table: Table,
    user: str,
    offset: int,
    limit: int,
    *wanted: ColumnElement[bool],
) -> list[bytes]:
    """The headers from place `offset` of the order."""
    seen = _seen(table, user, *wanted)
    order = [seen.selected_columns[name] for name in RANKED_ORDER]
    page = seen.order_by(*order).offset(offset).limit(limit)
    return [row.header for row in connection.execute(page)]


def position(
    connection: Connection, table: Table, user: str, key: Key, *wanted: ColumnElement[bool]
) -> int:
    """How many rows stand before `key`."""
    before = tuple_(*(table.c[name] for name in RANKED_ORDER)) < key
    seen = _seen(table, user, before, *wanted).subquery()
    return connection.scalars(select(func.count()).select_from(seen)).one()


def row(
    connection: Connection,
    table: Table,
    user: str,
    pathway_id: str,
    *wanted: ColumnElement[bool],
) -> bytes | None:
    """The header of one pathway; None when it is not in the list."""
    seen = _seen(table, user, table.c.pathway_id == pathway_id, *wanted)
    found = connection.execute(seen).one_or_none()
    return found.header if found is not None else None


def _seen(table: Table, user: str, *wanted: ColumnElement[bool]) -> CompoundSelect[Any]:
    """The rows one user sees: each half comes in order out of the index, and is merged."""
    own = table.alias("own")
    has_own = select(own.c.user).where(own.c.pathway_id == table.c.pathway_id, own.c.user == user)
    columns = [table.c[name] for name in (*RANKED_ORDER, "header")]
    shared = select(*columns).where(table.c.user == SHARED, ~has_own.exists(), *wanted)
    mine = select(*columns).where(table.c.user == user, table.c.user > SHARED, *wanted)
    return union_all(shared, mine)
