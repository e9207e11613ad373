"""Drafts (kladder): what a user has typed and not sent. They never leave the workstation."""

import datetime as dt

from sqlalchemy import Connection, delete, insert, select

from visitator.store.tables import drafts
from visitator.store.values import Draft


def save(connection: Connection, draft: Draft) -> None:
    """Keep a draft in place of the one before."""
    connection.execute(
        insert(drafts)
        .prefix_with("OR REPLACE")
        .values(
            user=draft.user,
            pathway_id=draft.pathway_id,
            kind=draft.kind,
            data=draft.data,
            updated_at=draft.updated_at.astimezone(dt.UTC).isoformat(),
        )
    )


def drop(connection: Connection, user: str, pathway_id: str, kind: str) -> bool:
    """Forget a draft; says whether there was one."""
    mine = drafts.c.user == user, drafts.c.pathway_id == pathway_id, drafts.c.kind == kind
    return connection.execute(delete(drafts).where(*mine)).rowcount > 0


def of(connection: Connection, user: str) -> tuple[Draft, ...]:
    """The drafts of one user, the last one typed first."""
    query = select(drafts).where(drafts.c.user == user).order_by(drafts.c.updated_at.desc())
    return tuple(
        Draft(
            user=row.user,
            pathway_id=row.pathway_id,
            kind=row.kind,
            data=row.data,
            updated_at=dt.datetime.fromisoformat(row.updated_at),
        )
        for row in connection.execute(query)
    )
