"""Drafts (kladder): what a user has typed and not sent. They never leave the workstation."""

import datetime as dt

from sqlalchemy import Connection, bindparam, delete, insert, select

from visitator.store.tables import drafts
from visitator.store.values import Draft

# Made once, for it is asked at every key: to make it takes longer than to run it.
_OF = select(drafts).where(drafts.c.user == bindparam("whose")).order_by(drafts.c.updated_at.desc())


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
    return tuple(
        Draft(
            user=row.user,
            pathway_id=row.pathway_id,
            kind=row.kind,
            data=row.data,
            updated_at=dt.datetime.fromisoformat(row.updated_at),
        )
        for row in connection.execute(_OF, {"whose": user})
    )
