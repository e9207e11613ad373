"""Hypothesis builders: the pathways of a municipality, with what its users have not sent yet."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

import msgspec
from hypothesis import strategies as st

from tests.domain.strategies import histories
from tests.store.workstation import EPOCH, open_store
from visitator.domain.entries import (
    Entry,
    MessageReceived,
    UnknownBody,
    decode_entry,
    encode_entry,
)
from visitator.domain.roles import MAY_WRITE
from visitator.domain.terms import Role
from visitator.store import (
    NO_DEADLINE,
    AdmissionHeader,
    GroupCount,
    RehabilitationHeader,
    Store,
)

USERS = ("AHN", "BKR")
"""The authors of what is pending; in `histories` they are the owners, too."""
_WRITTEN = {*MAY_WRITE[Role.VISITATOR], UnknownBody}


@st.composite
def towns(draw: st.DrawFn) -> list[Entry]:
    """A journal of some pathways that began on different days, then what is pending.

    Pending is only what a person can write: no desk has a letter the gateway has not.
    """
    accepted: list[Entry] = []
    pending: list[Entry] = []
    for number, history in enumerate(draw(st.lists(histories(), min_size=1, max_size=5))):
        days = draw(st.integers(0, 4))
        for entry in history:
            if entry.is_pending and type(entry.body) not in _WRITTEN:
                continue
            moved = _moved(_of_pathway(entry, number), dt.timedelta(days=days))
            (pending if entry.is_pending else accepted).append(moved)
    numbered = [msgspec.structs.replace(e, seq=n) for n, e in enumerate(accepted, 1)]
    return [*numbered, *pending]


def _of_pathway(entry: Entry, number: int) -> Entry:
    """The same in another pathway: what it names has that pathway's names."""
    data = re.sub(rb'"E(\d\d)"', rb'"P%dE\1"' % number, encode_entry(entry))
    return msgspec.structs.replace(decode_entry(data), pathway_id=f"P{number}")


def _moved(entry: Entry, later: dt.timedelta) -> Entry:
    if not isinstance(entry.body, MessageReceived):
        return entry
    body = msgspec.structs.replace(entry.body, received_at=entry.body.received_at + later)
    return msgspec.structs.replace(entry, body=body)


def open_town(path: Path, entries: list[Entry]) -> Store:
    """A new store that has read the accepted entries and holds the pending ones."""
    store = open_store(path)
    accepted = [encode_entry(each) for each in entries if not each.is_pending]
    store.apply_page(accepted, len(accepted), EPOCH)
    for each in entries:
        if each.is_pending:
            store.append(each)
    return store


Listed: TypeAlias = AdmissionHeader | RehabilitationHeader


def counted(headers: Sequence[Listed], now: dt.datetime) -> GroupCount:
    """What is to be counted of these rows, from nothing but themselves."""
    dated = [each for each in headers if each.due_at != NO_DEADLINE and each.due]
    ahead = [each for each in dated if each.due and not each.due.is_passed(now)]
    return GroupCount(
        number=len(headers),
        overdue=len(dated) - len(ahead),
        first_due=min((each.due_at for each in dated), default=NO_DEADLINE),
        next_due=min((each.due_at for each in ahead), default=NO_DEADLINE),
    )


def moments(headers: Sequence[Listed]) -> st.SearchStrategy[dt.datetime]:
    """Any second of these weeks; often the one in which a deadline ends, or the next."""
    edges = [
        dt.datetime.fromtimestamp(each.due_at + later, dt.UTC)
        for each in headers
        for later in (0, 1)
        if each.due_at != NO_DEADLINE
    ]
    weeks = st.datetimes(
        dt.datetime(2026, 1, 26), dt.datetime(2026, 2, 23), timezones=st.just(dt.UTC)
    ).map(lambda at: at.replace(microsecond=0))
    return weeks | st.sampled_from(edges) if edges else weeks
