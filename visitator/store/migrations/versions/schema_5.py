"""The list of admissions; its rows are computed, so its tables are simply new."""

import sqlalchemy as sa
from alembic import op

revision = "5"
down_revision = "4"

_ORDER = ("place", "due_at", "since", "pathway_id")


def upgrade() -> None:
    """Make the tables, empty; the store fills them when it is opened."""
    for table in ("admission_a", "admission_b"):
        op.create_table(
            table,
            sa.Column("pathway_id", sa.Text, primary_key=True),
            sa.Column("user", sa.Text, primary_key=True),
            sa.Column("place", sa.Integer, nullable=False),
            sa.Column("due_at", sa.Integer, nullable=False),
            sa.Column("since", sa.Integer, nullable=False),
            sa.Column("header", sa.LargeBinary, nullable=False),
        )
        op.create_index(f"{table}_all", table, ["user", *_ORDER])
    op.execute("UPDATE sync_state SET projected_with = NULL")
