"""How far a bootstrap reached, for comparing with the gateway; and fewer merges of the index."""

import sqlalchemy as sa
from alembic import op

revision = "2"
down_revision = "1"


def upgrade() -> None:
    """Add the column, and let the search index gather more pages before it merges them."""
    column = sa.Column("bootstrap_through", sa.Integer, nullable=False, server_default="0")
    op.add_column("sync_state", column)
    # What an older program has read may come from a bootstrap, up to where it reaches.
    op.execute("UPDATE sync_state SET bootstrap_through = cursor")
    # Twice FTS5's own: it writes a fifth less, and a search takes as long.
    for table in ("search_a", "search_b"):
        op.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('automerge', 8)")
