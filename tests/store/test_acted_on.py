"""In which pathways somebody did something in a stretch of time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from tests.store.workstation import EPOCH, NOW, entry, note, open_store
from visitator.domain.entries import Entry, PhoneCall, encode_entry
from visitator.store import Store

KINDS = {"phone_call"}
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "visitator.db") as store:
        yield store


def call(pathway: str, **by: float) -> Entry:
    made = entry(PhoneCall(whom="M2", at=NOW, text="Aftalt."), pathway=pathway)
    return msgspec.structs.replace(made, occurred_at=NOW + dt.timedelta(**by))


def accepted(store: Store, *entries: Entry) -> None:
    page = [
        encode_entry(msgspec.structs.replace(each, seq=seq)) for seq, each in enumerate(entries, 1)
    ]
    store.apply_page(page, len(page), EPOCH)


def test_only_the_wanted_kinds_within_the_stretch_count(store: Store) -> None:
    accepted(
        store,
        call("før", microseconds=-1),
        call("første"),
        call("sidste", minutes=59, seconds=59, microseconds=999_000),
        call("efter", hours=1),
        note(pathway="notat"),
        call("første", minutes=30),
    )
    assert store.acted_on(KINDS, NOW, NOW + HOUR, "AHN") == ("sidste", "første")


def test_the_own_pending_ones_count_and_no_others(store: Store) -> None:
    store.append(call("min"))
    store.append(msgspec.structs.replace(call("andens"), author="BEB"))
    assert store.acted_on(KINDS, NOW, NOW + HOUR, "AHN") == ("min",)
    assert store.acted_on(KINDS, NOW, NOW + HOUR, "BEB") == ("andens",)
