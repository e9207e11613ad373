"""A store to test: made quickly, and filled with the entries of a small municipality."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec

from visitator.domain.citizen import Citizen
from visitator.domain.entries import (
    AnswerCategory,
    AnyBody,
    Entry,
    MessageReceived,
    NoteAdded,
    PlanState,
    ReplySent,
    encode_entry,
)
from visitator.domain.messages import AnyMessage, CarePlan
from visitator.domain.party import Organisation
from visitator.domain.wire import PushResult
from visitator.identifiers import new_entry_id
from visitator.resources import load_agreement
from visitator.store import Changes, Store

KEY = bytes(range(32))
AGREEMENT = load_agreement("region-sjaelland-2025-11")
NOW = dt.datetime(2026, 2, 2, 8, 0, tzinfo=dt.UTC)
EPOCH = "first"

NANCY = Citizen(cpr="2512489996", given_name="Nancy Ann", surname="Berggren")
WARD = Organisation(gln="5790001348120", organisation="Prøvesygehuset", department="Ortopædkir.")


@cache
def _new_file() -> bytes:
    """A new store's file; to copy it is faster than to make one."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "visitator.db"
        Store.open(path, KEY, AGREEMENT).close()
        return path.read_bytes()


def open_store(path: Path) -> Store:
    """The store at `path`, a new one when there is none."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_new_file())
    return Store.open(path, KEY, AGREEMENT)


def entry(body: AnyBody, *, pathway: str = "P1", author: str = "AHN", minute: int = 0) -> Entry:
    """A pending entry of a user."""
    at = NOW + dt.timedelta(minutes=minute)
    return Entry(
        id=new_entry_id(at),
        pathway_id=pathway,
        author=author,
        device="PC1",
        occurred_at=at,
        body=body,
    )


def note(text: str = "Ringet til datteren", **who: Any) -> Entry:
    return entry(NoteAdded(text=text), **who)


def reply(to: PlanState, comment: str = "", **who: Any) -> Entry:
    return entry(ReplySent(category=AnswerCategory.OK, answers=to, comment=comment), **who)


def letter(message: AnyMessage, *, received_at: dt.datetime = NOW, **who: Any) -> Entry:
    body = MessageReceived(message=message, received_at=received_at, raw_id="raw")
    return entry(body, author="gateway", **who)


def plan(letter_id: str = "BREV1", citizen: Citizen | None = NANCY, **fields: Any) -> CarePlan:
    """A plan; the later its number, the newer its letter."""
    date = dt.datetime(2026, 2, 2) + dt.timedelta(hours=int(letter_id.removeprefix("BREV")))
    head = {"letter_id": letter_id, "citizen": citizen, "sender": WARD, "authorised_at": date}
    return CarePlan(**(head | fields))


class Gateway:
    """What a gateway has accepted; it takes everything."""

    def __init__(self, epoch: str = EPOCH) -> None:
        self.epoch = epoch
        self.journal: list[Entry] = []

    def accept(self, *entries: Entry) -> list[Entry]:
        """Give the entries their seq."""
        taken = [
            msgspec.structs.replace(each, seq=len(self.journal) + place)
            for place, each in enumerate(entries, 1)
        ]
        self.journal += taken
        return taken

    def page_to(self, store: Store, *, limit: int = 500) -> Changes:
        """Hand the store the next page."""
        state = store.sync_state()
        reread = state.reread if state.reread and state.reread.epoch == self.epoch else None
        cursor = reread.cursor if reread else state.cursor
        page = self.journal[cursor : cursor + limit]
        return store.apply_page(
            [encode_entry(each) for each in page], cursor + len(page), self.epoch
        )


def accepted(entry: Entry, seq: int) -> PushResult:
    return PushResult(id=entry.id, status="accepted", seq=seq, server_time=NOW)


def rejected(
    entry: Entry, reason: str | None = "already_answered", winner: Entry | None = None
) -> PushResult:
    raw = msgspec.Raw(encode_entry(winner)) if winner else msgspec.UNSET
    return PushResult(
        id=entry.id, status="rejected", reason=reason, winner_json=raw, server_time=NOW
    )
