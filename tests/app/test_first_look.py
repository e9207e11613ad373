"""The list before the desk is open: what the desk will show, or nothing where it would not."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.store.towns import USERS, open_town, towns
from tests.store.workstation import (
    AGREEMENT,
    KEY,
    NOW,
    Gateway,
    letter,
    note,
    open_store,
    plan,
    reply,
)
from visitator import sqlcipher
from visitator.app.first_look import FirstLook, first_look
from visitator.app.inbox import Inboxes
from visitator.app.views import Box, KnownError
from visitator.domain.entries import Entry, PlanState
from visitator.domain.terms import Role
from visitator.resources import load_agreement
from visitator.store import Person, Store
from visitator.store.place import set_aside

PEOPLE = (Person(user="AHN", name="Anne Holm"), Person(user="BKR", name="Bente Krog"))
_EXAMPLES = max(15, settings().max_examples // 6)
"""Each is a municipality in a file of its own."""


def look_at(path: Path, *, user: str = "AHN", key: bytes = KEY) -> FirstLook | None:
    return first_look(path, key, AGREEMENT, user=user, clock=lambda: NOW)


def everything(lists: FirstLook | Inboxes) -> list[object]:
    """All there is to see, under every filter."""
    seen: list[object] = []
    for box in Box:
        rows = lists.rows(box, 0, 1_000)
        places = [lists.position(box, each.pathway_id) for each in rows]
        seen.append((lists.inbox(box), rows, places))
    return seen


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database with a plan in it and an answer to another, closed."""
    path = tmp_path / "store" / "visitator.db"
    with open_store(path) as store:
        gateway = Gateway()
        gateway.accept(letter(plan()))
        (came,) = gateway.accept(letter(plan("BREV2"), pathway="P2"))
        gateway.page_to(store)
        store.append(reply(PlanState(plan=came.id), pathway="P2"))
        store.set_people(PEOPLE)
    return path


@settings(max_examples=_EXAMPLES)
@given(entries=towns(), user=st.sampled_from([*USERS, "CDI"]))
def test_it_is_the_list_the_desk_shows(
    tmp_path_factory: pytest.TempPathFactory, entries: list[Entry], user: str
) -> None:
    path = tmp_path_factory.mktemp("town") / "visitator.db"
    with open_town(path, entries) as store:
        store.set_people(PEOPLE)
    look = look_at(path, user=user)
    assert look is not None
    seen = everything(look)
    look.close()
    names = {each.user: each.name for each in PEOPLE}
    with open_store(path) as store:
        assert seen == everything(Inboxes(store, user, AGREEMENT, lambda: NOW, names))


def test_the_store_is_opened_and_written_to_while_it_is_looked_at(path: Path) -> None:
    look = look_at(path)
    assert look is not None
    assert [each.pathway_id for each in look.rows(Box.INBOX, 0, 10)] == ["P1"]
    with open_store(path) as store:
        (came,) = (item for item in store.outbox("AHN") if item.entry.pathway_id == "P2")
        store.cancel(came.entry.id)
        assert {each.pathway_id for each in look.rows(Box.INBOX, 0, 10)} == {"P1", "P2"}
    look.close()


def test_what_a_program_that_was_killed_had_kept_is_seen(path: Path, tmp_path: Path) -> None:
    """Its last entries are in the log beside the file."""
    left = tmp_path / "left" / "visitator.db"
    left.parent.mkdir()
    with open_store(path) as store:
        store.append(note(pathway="P1"))
        for end in ("", "-wal"):
            shutil.copyfile(f"{path}{end}", f"{left}{end}")
    look = look_at(left)
    assert look is not None
    assert look.inbox(Box.INBOX).outbox == 2
    look.close()


def _newer(path: Path) -> None:
    raw = sqlcipher.connect(path, KEY)
    raw.execute("PRAGMA user_version = 999")
    raw.close()


def _other_agreement(path: Path) -> None:
    Store.open(path, KEY, load_agreement("region-midtjylland-2021-04")).close()


def _care_staff(path: Path) -> None:
    with open_store(path) as store:
        role = Role.CARE_STAFF.value
        store.set_people([Person(user="AHN", name="Anne Holm", role=role)])


def _other_file(path: Path) -> None:
    path.write_bytes(b"Kladde til en huskeliste\n" * 1_000)


def _damaged(path: Path) -> None:
    data = bytearray(path.read_bytes())
    for page in range(2, len(data) // 4096):
        data[page * 4096 + 99] ^= 0xFF
    path.write_bytes(data)


@pytest.mark.parametrize(
    "happens", [_newer, _other_agreement, _care_staff, _other_file, _damaged, Path.unlink]
)
def test_where_opening_has_something_to_say_or_to_do_there_is_nothing_to_see(
    path: Path, happens: Callable[[Path], None]
) -> None:
    happens(path)
    before = path.read_bytes() if path.exists() else b""
    assert look_at(path) is None
    assert (path.read_bytes() if path.exists() else b"") == before
    if path.exists():
        # Nobody holds it: it can be put aside.
        set_aside(path, NOW)


def test_nothing_is_seen_with_another_key(path: Path) -> None:
    assert look_at(path, key=bytes(32)) is None


def test_nothing_is_seen_of_a_file_that_is_open(path: Path) -> None:
    with open_store(path):
        assert look_at(path) is None
    look = look_at(path)
    assert look is not None
    look.close()


def test_a_fault_of_the_file_is_a_sentence(path: Path) -> None:
    look = look_at(path)
    assert look is not None
    _damaged(path)
    with pytest.raises(KnownError, match="beskadiget"):
        everything(look)
    look.close()
