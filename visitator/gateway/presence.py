"""Who has which pathway before them: advice to colleagues, forgotten after two minutes.

It is no entry of the journal and wakes nobody. The table is shared by every gateway process.
"""

import datetime as dt

import msgspec
from sqlalchemy import Boolean, Column, Connection, Index, String, Table, delete, insert, select

from visitator.gateway.database import UtcDateTime, metadata
from visitator.gateway.users import Session, users

LASTS = dt.timedelta(minutes=2)
"""How long a word about somebody holds when they do not say it again."""

presence = Table(
    "presence",
    metadata,
    Column("user", String(64), primary_key=True),
    Column("device", String(64), primary_key=True),
    Column("pathway_id", String(64), nullable=False),
    Column("composing", Boolean, nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Column("said_at", UtcDateTime, nullable=False),
    Index("presence_by_pathway", "pathway_id"),
)


class Present(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who has a pathway before them, on whichever device."""

    user: str
    name: str
    composing: bool
    since: dt.datetime
    """When they came to it: an aware instant."""


def say(
    connection: Connection,
    session: Session,
    pathway_id: str | None,
    now: dt.datetime,
    *,
    composing: bool,
) -> list[Present]:
    """Note what somebody has before them on this device, and see who else has it.

    Args:
        connection: of `Database.write`.
        session: who says it, and on which device.
        pathway_id: None when they have none before them.
        now: aware instant by the gateway's clock.
        composing: whether they are writing.

    Returns:
        The others, whoever came first at the head; nobody when `pathway_id` is None.
    """
    connection.execute(delete(presence).where(presence.c.said_at < now - LASTS))
    this = (presence.c.user == session.user) & (presence.c.device == session.device)
    before = connection.execute(select(presence).where(this)).first()
    connection.execute(delete(presence).where(this))
    if pathway_id is None:
        return []
    stayed = before is not None and before.pathway_id == pathway_id
    connection.execute(
        insert(presence).values(
            user=session.user,
            device=session.device,
            pathway_id=pathway_id,
            composing=composing,
            since=before.since if before is not None and stayed else now,
            said_at=now,
        )
    )
    return _others(connection, session.user, pathway_id)


def _others(connection: Connection, user: str, pathway_id: str) -> list[Present]:
    """Everybody else once; on several devices they came with the first, and write on any."""
    query = (
        select(presence.c.user, users.c.name, presence.c.composing, presence.c.since)
        .join(users, users.c.user == presence.c.user)
        .where(presence.c.pathway_id == pathway_id, presence.c.user != user)
        .order_by(presence.c.since, presence.c.user)
    )
    found: dict[str, Present] = {}
    for row in connection.execute(query):
        first = found.get(row.user)
        found[row.user] = Present(
            user=row.user,
            name=row.name,
            composing=row.composing or (first is not None and first.composing),
            since=first.since if first is not None else row.since,
        )
    return list(found.values())
