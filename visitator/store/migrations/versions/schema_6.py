"""The list of rehabilitation courses; its rows are computed, so its tables are simply new."""

import sqlalchemy as sa
from alembic import op

revision = "6"
down_revision = "5"

_ORDER = ("place", "due_at", "since", "pathway_id")


def upgrade() -> None:
    """Make the tables, empty; the store fills them when it is opened."""
    for table in ("rehabilitation_a", "rehabilitation_b"):
        op.create_table(
            table,
            sa.Column("pathway_id", sa.Text, primary_key=True),
            sa.Column("user", sa.Text, primary_key=True),
            sa.Column("place", sa.Integer, nullable=False),
            sa.Column("due_at", sa.Integer, nullable=False),
            sa.Column("since", sa.Integer, nullable=False),
            sa.Column("state", sa.Text, nullable=False),
            sa.Column("level", sa.Text, nullable=False),
            sa.Column("linked", sa.Text, nullable=False),
            sa.Column("header", sa.LargeBinary, nullable=False),
        )
        op.create_index(f"{table}_all", table, ["user", *_ORDER])
        op.create_index(f"{table}_state", table, ["user", "state", *_ORDER])
        op.create_index(f"{table}_level", table, ["user", "level", *_ORDER])
        op.create_index(f"{table}_linked", table, ["linked"])
    op.execute("UPDATE sync_state SET projected_with = NULL")
