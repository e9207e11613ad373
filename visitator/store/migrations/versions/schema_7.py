"""How many rows stand in each place of the list, kept by the table of the rows itself."""

import sqlalchemy as sa
from alembic import op

revision = "7"
down_revision = "6"

_PLACE = ("owner", "bucket", "due_at")
_COLUMNS = ", ".join(_PLACE)


def upgrade() -> None:
    """Make the tables and what keeps them, and count what is there."""
    for table in ("pathway_a", "pathway_b"):
        tally = f"{table}_tally"
        op.create_table(
            tally,
            sa.Column("owner", sa.Text, primary_key=True),
            sa.Column("bucket", sa.Integer, primary_key=True),
            sa.Column("due_at", sa.Integer, primary_key=True),
            sa.Column("number", sa.Integer, nullable=False),
        )
        op.execute(
            f"INSERT INTO {tally} SELECT {_COLUMNS}, count(*) FROM {table} WHERE user = ''"
            f" GROUP BY {_COLUMNS}"
        )
        _triggers(table, tally)


def _triggers(table: str, tally: str) -> None:
    old, new = ([f"{row}.{column}" for column in _PLACE] for row in ("old", "new"))
    here = " AND ".join(f"{column} = {value}" for column, value in zip(_PLACE, old, strict=True))
    comes = (
        f"INSERT INTO {tally} VALUES ({', '.join(new)}, 1)"
        " ON CONFLICT DO UPDATE SET number = number + 1;"
    )
    goes = (
        f"UPDATE {tally} SET number = number - 1 WHERE {here};"
        f" DELETE FROM {tally} WHERE {here} AND number = 0;"
    )
    moved = f"new.user = '' AND ({', '.join(old)}) <> ({', '.join(new)})"
    for name, when, whose, does in (
        ("comes", "INSERT", "new.user = ''", comes),
        ("goes", "DELETE", "old.user = ''", goes),
        ("moves", f"UPDATE OF {_COLUMNS}", moved, goes + comes),
    ):
        op.execute(
            f"CREATE TRIGGER {table}_{name} AFTER {when} ON {table} WHEN {whose} BEGIN {does} END"
        )
