"""The bucket a pathway stands in; the rows are made again, so their tables are simply new."""

import sqlalchemy as sa
from alembic import op

revision = "4"
down_revision = "3"

_ORDER = ("bucket", "due_at", "since", "pathway_id")


def upgrade() -> None:
    """Make the tables of the rows anew, empty; the store fills them when it is opened."""
    for table in ("pathway_a", "pathway_b"):
        op.drop_table(table)
        _pathway(table)
    op.execute("UPDATE sync_state SET projected_with = NULL")


def _pathway(table: str) -> None:
    op.create_table(
        table,
        sa.Column("pathway_id", sa.Text, primary_key=True),
        sa.Column("user", sa.Text, primary_key=True),
        sa.Column("bucket", sa.Integer, nullable=False),
        sa.Column("due_at", sa.Integer, nullable=False),
        sa.Column("since", sa.Integer, nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("stay", sa.Text, nullable=False),
        sa.Column("last_seq", sa.Integer, nullable=False),
        sa.Column("initials", sa.Text, nullable=False),
        sa.Column("header", sa.LargeBinary, nullable=False),
    )
    op.create_index(f"{table}_all", table, ["user", *_ORDER, "owner"])
    op.create_index(f"{table}_owner", table, ["user", "owner", *_ORDER])
    op.create_index(f"{table}_stay", table, ["user", "stay", *_ORDER])
    op.create_index(f"{table}_newest", table, ["user", "last_seq", "initials"])
