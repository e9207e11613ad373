"""The first schema."""

import sqlalchemy as sa
from alembic import op

revision = "1"
down_revision = None

_ORDER = ("handled", "due_at", "since", "pathway_id")


def upgrade() -> None:
    """Make every table."""
    for name in ("a", "b"):
        _journal(name)
        _pathway(name)
        op.execute(
            f"CREATE VIRTUAL TABLE search_{name} USING fts5(name, cpr, ward, text, content='',"
            " columnsize=0, prefix='2 3', tokenize='unicode61 remove_diacritics 2')"
        )
    _outbox()
    _drafts()
    _sync_state()


def _journal(name: str) -> None:
    op.create_table(
        f"journal_{name}",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("pathway_id", sa.Text, nullable=False),
        sa.Column("user", sa.Text),
        sa.Column("data", sa.LargeBinary, nullable=False),
        sa.UniqueConstraint("id"),
    )
    op.create_index(f"journal_{name}_pathway", f"journal_{name}", ["pathway_id"])


def _pathway(name: str) -> None:
    table = f"pathway_{name}"
    op.create_table(
        table,
        sa.Column("pathway_id", sa.Text, primary_key=True),
        sa.Column("user", sa.Text, primary_key=True),
        sa.Column("handled", sa.Integer, nullable=False),
        sa.Column("due_at", sa.Integer, nullable=False),
        sa.Column("since", sa.Integer, nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("stay", sa.Text, nullable=False),
        sa.Column("last_seq", sa.Integer, nullable=False),
        sa.Column("initials", sa.Text, nullable=False),
        sa.Column("header", sa.LargeBinary, nullable=False),
    )
    op.create_index(f"{table}_all", table, ["user", *_ORDER])
    op.create_index(f"{table}_owner", table, ["user", "owner", *_ORDER])
    op.create_index(f"{table}_stay", table, ["user", "stay", *_ORDER])
    op.create_index(f"{table}_newest", table, ["user", "last_seq", "initials"])


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("n", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("user", sa.Text, nullable=False),
        sa.Column("pathway_id", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("data", sa.LargeBinary, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("ack_seq", sa.Integer),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("window_from", sa.Text),
        sa.Column("not_before", sa.Text),
        sa.Column("reason", sa.Text),
        sa.Column("winner", sa.LargeBinary),
        sa.UniqueConstraint("id"),
        sa.CheckConstraint(
            "state IN ('queued', 'sent', 'acked', 'held', 'attention')", name="outbox_state"
        ),
        sa.CheckConstraint("(state = 'acked') = (ack_seq IS NOT NULL)", name="outbox_acked"),
        sa.CheckConstraint("state <> 'attention' OR reason IS NOT NULL", name="outbox_attention"),
        sqlite_autoincrement=True,
    )
    op.create_index("outbox_pathway", "outbox", ["pathway_id"])
    op.execute(
        "CREATE TRIGGER outbox_sent_unchanged"
        " BEFORE UPDATE OF n, id, user, pathway_id, kind, data ON outbox WHEN OLD.attempts > 0"
        " BEGIN SELECT RAISE(ABORT, 'an entry that was sent never changes'); END"
    )


def _drafts() -> None:
    op.create_table(
        "drafts",
        sa.Column("user", sa.Text, primary_key=True),
        sa.Column("pathway_id", sa.Text, primary_key=True),
        sa.Column("kind", sa.Text, primary_key=True),
        sa.Column("data", sa.LargeBinary, nullable=False),
        sa.Column("updated_at", sa.Text, nullable=False),
    )


def _sync_state() -> None:
    op.create_table(
        "sync_state",
        sa.Column("only", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("shown", sa.Text, nullable=False),
        sa.Column("epoch", sa.Text),
        sa.Column("cursor", sa.Integer, nullable=False),
        sa.Column("reread_epoch", sa.Text),
        sa.Column("reread_cursor", sa.Integer, nullable=False),
        sa.Column("reread_through", sa.Integer),
        sa.Column("last_ok", sa.Text),
        sa.Column("server_skew", sa.Integer),
        sa.Column("projected_with", sa.Text),
        sa.CheckConstraint("only = 1", name="sync_state_one_row"),
        sa.CheckConstraint("shown IN ('a', 'b')", name="sync_state_shown"),
    )
    op.execute("INSERT INTO sync_state (only, shown, cursor, reread_cursor) VALUES (1, 'a', 0, 0)")
