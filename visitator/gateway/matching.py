"""Which pathway (forløb) a letter belongs to: citizen and episode, never a name (standard §9.4).

A letter about a citizen is never put in another citizen's pathway, and two episodes of one citizen
are two pathways. A discharge closes nothing: letters about the stay still come after it.
"""

import datetime as dt
import hashlib

from sqlalchemy import Column, Connection, Index, String, Table, insert, not_, select

from visitator.domain.citizen import Citizen
from visitator.domain.messages import Message, RehabilitationPlan
from visitator.domain.pathway import fold
from visitator.domain.rehabilitation import has_dates_of
from visitator.gateway.database import metadata
from visitator.gateway.journal import entries_of, pathway_state
from visitator.identifiers import new_entry_id

_LONGEST_KEY = 64

BY_HAND = "-entered-by-hand-"
"""The episode of a citizen whose admission somebody entered; no episode key has a hyphen."""

pathway_keys = Table(
    "pathway_keys",
    metadata,
    Column("pathway_id", String(64), primary_key=True),
    Column("citizen_key", String(_LONGEST_KEY), primary_key=True),
    Column("episode_key", String(_LONGEST_KEY), primary_key=True),
    Index("pathway_keys_by_citizen", "citizen_key", "episode_key"),
)
"""What the letters of a pathway called its citizen and its episode; empty for what they left out.

A pathway has several rows when a citizen is known by a replacement number and by a real one.
"""


def pathway_for(connection: Connection, message: Message, now: dt.datetime) -> str:
    """The pathway a letter belongs to, a new one when there is none; it is remembered for both.

    Args:
        connection: of `Database.write`.
        message: a letter from a hospital, not a receipt.
        now: aware instant by the gateway's clock.
    """
    citizens, episode = _citizen_keys(message.citizen), _bounded(message.episode_key or "")
    found = _find(connection, citizens, episode)
    if isinstance(message, RehabilitationPlan) and not episode:
        found = _of_the_stay(connection, citizens, message) or found
    found = found or new_entry_id(now)
    for citizen in citizens or [""]:
        _remember(connection, found, citizen, episode)
    return found


def _citizen_keys(citizen: Citizen | None) -> list[str]:
    """The citizen's numbers for comparison, the real one first; empty when none is known."""
    if citizen is None:
        return []
    replacement = Citizen(replacement_cpr=citizen.replacement_cpr).key
    return list(dict.fromkeys(_bounded(key) for key in (citizen.key, replacement) if key))


def _bounded(key: str) -> str:
    """The key, or its digest when a sender wrote more than any identifier holds."""
    return key if len(key) <= _LONGEST_KEY else hashlib.sha256(key.encode()).hexdigest()


def _find(connection: Connection, citizens: list[str], episode: str) -> str | None:
    if episode:
        known = _of_episode(connection, citizens or [""], episode)
        return known or _entered_by_hand(connection, citizens)
    return _only_open(connection, citizens) if citizens else None


def _of_episode(connection: Connection, citizens: list[str], episode: str) -> str | None:
    """The first pathway of these numbers with this episode; without a number, only its like."""
    query = (
        select(pathway_keys.c.pathway_id)
        .where(pathway_keys.c.citizen_key.in_(citizens), pathway_keys.c.episode_key == episode)
        .order_by(pathway_keys.c.pathway_id)
    )
    return connection.scalars(query).first()


def _entered_by_hand(connection: Connection, citizens: list[str]) -> str | None:
    """The first open pathway somebody began for these numbers that has no episode yet.

    The letter is about that stay: whoever entered it did so because the notification was missing.
    """
    other = pathway_keys.alias()
    named = (BY_HAND, "")
    has_episode = select(other.c.pathway_id).where(
        other.c.pathway_id == pathway_keys.c.pathway_id, other.c.episode_key.not_in(named)
    )
    query = (
        select(pathway_keys.c.pathway_id)
        .join(pathway_state, pathway_state.c.pathway_id == pathway_keys.c.pathway_id)
        .where(
            pathway_keys.c.citizen_key.in_(citizens),
            pathway_keys.c.episode_key == BY_HAND,
            not_(pathway_state.c.is_closed),
            ~has_episode.exists(),
        )
        .order_by(pathway_keys.c.pathway_id)
    )
    return connection.scalars(query).first()


def remember_entered(connection: Connection, pathway_id: str, citizen: Citizen) -> None:
    """Let the letters about a citizen whose admission was entered by hand find its pathway.

    Without a number nothing can: a name matches no letter (standard §9.4).
    """
    for number in _citizen_keys(citizen):
        _remember(connection, pathway_id, number, BY_HAND)


def _only_open(connection: Connection, citizens: list[str]) -> str | None:
    """The citizen's pathway that is neither closed nor lapsed, when there is exactly one."""
    query = (
        select(pathway_keys.c.pathway_id)
        .join(pathway_state, pathway_state.c.pathway_id == pathway_keys.c.pathway_id)
        .where(pathway_keys.c.citizen_key.in_(citizens), not_(pathway_state.c.is_closed))
        .distinct()
    )
    found = list(connection.scalars(query))
    return found[0] if len(found) == 1 else None


def _of_the_stay(
    connection: Connection, citizens: list[str], plan: RehabilitationPlan
) -> str | None:
    """The one pathway of the citizen whose stay has the dates of the plan's hospital contact.

    A plan often comes after the stay is over, and so also belongs to a pathway that is closed.
    """
    known = select(pathway_keys.c.pathway_id).where(pathway_keys.c.citizen_key.in_(citizens))
    fits = [
        each
        for each in connection.scalars(known.distinct())
        if has_dates_of(fold(entries_of(connection, each)), plan)
    ]
    return fits[0] if len(fits) == 1 else None


def _remember(connection: Connection, pathway_id: str, citizen: str, episode: str) -> None:
    keys = {"pathway_id": pathway_id, "citizen_key": citizen, "episode_key": episode}
    known = select(pathway_keys).filter_by(**keys)
    if connection.execute(known).first() is None:
        connection.execute(insert(pathway_keys).values(**keys))
