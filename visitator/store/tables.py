"""The tables of the local database.

The outbox and the drafts hold what exists nowhere else; nothing refers to them and nothing is
deleted along with something else (sync I9). The journal and what is computed from it exist twice,
as sets ``a`` and ``b``: one is shown, and a history that is read anew goes into the other.
"""

import json
from collections.abc import Iterable
from typing import Literal

import msgspec
from sqlalchemy import (
    CheckConstraint,
    Column,
    ColumnElement,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    bindparam,
    func,
    select,
)

SetName = Literal["a", "b"]

metadata = MetaData()

INBOX_ORDER = ("bucket", "due_at", "since", "pathway_id")
"""By `Bucket`, in it by deadline; without one, by how long it has waited."""

RANKED_ORDER = ("place", "due_at", "since", "pathway_id")
"""Of the other lists: by the group of their rows, in it by deadline, then by `since`."""


class JournalSet(msgspec.Struct, frozen=True, kw_only=True):
    """One journal with what is computed from it."""

    name: SetName
    journal: Table
    """Accepted entries as they came. `user`: whose outbox an entry came from, on this
    workstation; it can be pushed again to a gateway that was restored without it."""
    pathway: Table
    """One row per pathway (`user` is empty), and one more per user for whom pending entries make
    it another. The header is JSON; the other columns are what one sorts and filters by."""
    tally: Table
    """How many rows that everybody sees stand in each place. Triggers on `pathway` keep it, so that
    the list is counted without reading it."""
    admission: Table
    """As `pathway`, of every pathway with an admission (indlæggelse), for the list of them."""
    rehabilitation: Table
    """The same of every pathway with a rehabilitation plan (genoptræningsplan). `linked`: the other
    pathway whose stay its deadline counts from; empty for none."""
    search: str
    """The name of the FTS5 table; its rowid is the seq of the entry."""


def _journal_set(name: SetName) -> JournalSet:
    journal = Table(
        f"journal_{name}",
        metadata,
        Column("seq", Integer, primary_key=True, autoincrement=False),
        Column("id", Text, nullable=False),
        Column("pathway_id", Text, nullable=False),
        Column("user", Text),
        Column("data", LargeBinary, nullable=False),
        UniqueConstraint("id"),
        Index(f"journal_{name}_pathway", "pathway_id"),
    )
    pathway = Table(
        f"pathway_{name}",
        metadata,
        Column("pathway_id", Text, primary_key=True),
        Column("user", Text, primary_key=True),
        Column("bucket", Integer, nullable=False),
        Column("due_at", Integer, nullable=False),
        Column("since", Integer, nullable=False),
        Column("owner", Text, nullable=False),
        Column("stay", Text, nullable=False),
        Column("last_seq", Integer, nullable=False),
        Column("initials", Text, nullable=False),
        Column("header", LargeBinary, nullable=False),
        Index(f"pathway_{name}_all", "user", *INBOX_ORDER, "owner"),
        Index(f"pathway_{name}_owner", "user", "owner", *INBOX_ORDER),
        Index(f"pathway_{name}_stay", "user", "stay", *INBOX_ORDER),
        Index(f"pathway_{name}_newest", "user", "last_seq", "initials"),
    )
    tally = Table(
        f"pathway_{name}_tally",
        metadata,
        Column("owner", Text, primary_key=True),
        Column("bucket", Integer, primary_key=True, autoincrement=False),
        Column("due_at", Integer, primary_key=True, autoincrement=False),
        Column("number", Integer, nullable=False),
    )
    admission = Table(
        f"admission_{name}",
        metadata,
        Column("pathway_id", Text, primary_key=True),
        Column("user", Text, primary_key=True),
        Column("place", Integer, nullable=False),
        Column("due_at", Integer, nullable=False),
        Column("since", Integer, nullable=False),
        Column("header", LargeBinary, nullable=False),
        Index(f"admission_{name}_all", "user", *RANKED_ORDER),
    )
    rehabilitation = Table(
        f"rehabilitation_{name}",
        metadata,
        Column("pathway_id", Text, primary_key=True),
        Column("user", Text, primary_key=True),
        Column("place", Integer, nullable=False),
        Column("due_at", Integer, nullable=False),
        Column("since", Integer, nullable=False),
        Column("state", Text, nullable=False),
        Column("level", Text, nullable=False),
        Column("linked", Text, nullable=False),
        Column("header", LargeBinary, nullable=False),
        Index(f"rehabilitation_{name}_all", "user", *RANKED_ORDER),
        Index(f"rehabilitation_{name}_state", "user", "state", *RANKED_ORDER),
        Index(f"rehabilitation_{name}_level", "user", "level", *RANKED_ORDER),
        Index(f"rehabilitation_{name}_linked", "linked"),
    )
    return JournalSet(
        name=name,
        journal=journal,
        pathway=pathway,
        tally=tally,
        admission=admission,
        rehabilitation=rehabilitation,
        search=f"search_{name}",
    )


SETS: dict[SetName, JournalSet] = {"a": _journal_set("a"), "b": _journal_set("b")}

SEARCH_COLUMNS = ("name", "cpr", "ward", "text")

outbox = Table(
    "outbox",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("id", Text, nullable=False),
    Column("user", Text, nullable=False),
    Column("pathway_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("data", LargeBinary, nullable=False),
    Column("state", Text, nullable=False),
    Column("ack_seq", Integer),
    Column("attempts", Integer, nullable=False),
    Column("window_from", Text),
    Column("not_before", Text),
    Column("reason", Text),
    Column("winner", LargeBinary),
    UniqueConstraint("id"),
    CheckConstraint(
        "state IN ('queued', 'sent', 'acked', 'held', 'attention')", name="outbox_state"
    ),
    CheckConstraint("(state = 'acked') = (ack_seq IS NOT NULL)", name="outbox_acked"),
    CheckConstraint("state <> 'attention' OR reason IS NOT NULL", name="outbox_attention"),
    Index("outbox_pathway", "pathway_id"),
    sqlite_autoincrement=True,
)
"""What users did that the journal does not hold yet, in the order they did it (`n`)."""

drafts = Table(
    "drafts",
    metadata,
    Column("user", Text, primary_key=True),
    Column("pathway_id", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("data", LargeBinary, nullable=False),
    Column("updated_at", Text, nullable=False),
)

people = Table(
    "people",
    metadata,
    Column("user", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("role", Text, nullable=False),
)
"""Who works here, as the gateway last said."""

sync_state = Table(
    "sync_state",
    metadata,
    Column("only", Integer, primary_key=True, autoincrement=False),
    Column("shown", Text, nullable=False),
    Column("epoch", Text),
    Column("cursor", Integer, nullable=False),
    Column("reread_epoch", Text),
    Column("reread_cursor", Integer, nullable=False),
    Column("reread_through", Integer),
    Column("bootstrap_through", Integer, nullable=False, server_default="0"),
    Column("last_ok", Text),
    Column("server_skew", Integer),
    Column("projected_with", Text),
    CheckConstraint("only = 1", name="sync_state_one_row"),
    CheckConstraint("shown IN ('a', 'b')", name="sync_state_shown"),
)
"""One row. `projected_with` names the program and the agreement the projections were made with.

Up to `bootstrap_through` what is shown was read by a bootstrap, which leaves out what was closed
long ago; after it, nothing is left out.
"""


_LISTED = "listed"


def is_listed(column: Column[str]) -> ColumnElement[bool]:
    """Whether a column is one of the values of `listed`: an expanded list takes longer."""
    values = func.json_each(bindparam(_LISTED)).table_valued("value")
    return column.in_(select(values.c.value))


def listed(values: Iterable[str]) -> dict[str, str]:
    """The parameter of a statement with `is_listed`."""
    return {_LISTED: json.dumps(list(values))}


def insert_sql(table: Table) -> str:
    """An insert with a ``?`` per column, in order: for many rows, where Core's own takes longer."""
    columns = ", ".join(column.name for column in table.columns)
    return f"INSERT INTO {table.name} ({columns}) VALUES ({', '.join('?' * len(table.columns))})"  # noqa: S608


def replace_sql(table: Table) -> str:
    """The same, in place of the row with the same primary key where there is one."""
    key = ", ".join(column.name for column in table.primary_key)
    rest = (column.name for column in table.columns if not column.primary_key)
    changes = ", ".join(f"{name} = excluded.{name}" for name in rest)
    return f"{insert_sql(table)} ON CONFLICT ({key}) DO UPDATE SET {changes}"
