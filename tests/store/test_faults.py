"""What can go wrong with the file: a named case, a Danish text, and the data untouched."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.store.workstation import AGREEMENT, KEY, NOW, Gateway, letter, note, open_store, plan
from visitator import sqlcipher
from visitator.domain.text import RichText
from visitator.store import Draft, Store, errors
from visitator.store.errors import (
    Busy,
    Damaged,
    DiskFault,
    DiskFull,
    SchemaTooNew,
    StoreError,
    WrongKey,
)


@pytest.fixture
def filled(path: Path) -> Path:
    """A database with something in it, closed."""
    with open_store(path) as store:
        gateway = Gateway()
        gateway.accept(*(letter(plan(), pathway=f"P{n}") for n in range(50)))
        gateway.page_to(store)
        store.append(note())
        store.save_draft(
            Draft(user="AHN", pathway_id="P1", kind="note", data=b"Ring", updated_at=NOW)
        )
    return path


def kept(path: Path) -> None:
    """Everything of `filled` is there."""
    with open_store(path) as store:
        assert len(store.inbox("AHN").rows) == 50
        assert len(store.outbox("AHN")) == 1
        assert len(store.drafts("AHN")) == 1


def refused(path: Path, kind: type[StoreError], key: bytes = KEY) -> str:
    """Opening fails so, leaves every byte, and lets go of the lock; returns the text."""
    before = path.read_bytes()
    for _ in range(2):
        with pytest.raises(kind) as caught:
            Store.open(path, key, AGREEMENT)
    assert path.read_bytes() == before
    return str(caught.value)


def test_a_wrong_key(filled: Path) -> None:
    assert "passer ikke" in refused(filled, WrongKey, bytes(32))
    kept(filled)


def test_a_key_of_another_length_is_a_mistake(path: Path) -> None:
    with pytest.raises(ValueError, match="32"):
        Store.open(path, b"short", AGREEMENT).close()


def test_a_newer_schema(filled: Path) -> None:
    with sqlcipher.engine(filled, KEY).begin() as connection:
        connection.exec_driver_sql("PRAGMA user_version = 99")
    assert "nyere udgave" in refused(filled, SchemaTooNew)


def test_a_file_that_is_cut_short(filled: Path) -> None:
    size = filled.stat().st_size
    os.truncate(filled, size // 2 + 100)
    with pytest.raises(Damaged, match="beskadiget"):
        use(filled)
    assert filled.exists()


def test_a_file_with_a_hole_in_it(filled: Path) -> None:
    data = bytearray(filled.read_bytes())
    for page in range(2, len(data) // 4096):
        data[page * 4096 + 99] ^= 0xFF
    filled.write_bytes(data)
    with pytest.raises(Damaged, match="ikke slettet"):
        use(filled)
    assert filled.exists()


def use(path: Path) -> None:
    """Open and read everything."""
    with Store.open(path, KEY, AGREEMENT) as store:
        store.inbox("AHN", limit=1000)
        store.search("nancy", limit=1000)
        store.pathway("P1", "AHN")
        store.rebuild()


def test_something_else_in_the_place_of_the_database(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"Kladde til en huskeliste\n" * 1000)
    refused(path, WrongKey)


def limit_size(store: Store, pages: int) -> None:
    """As when the disk has room for so many pages more, or has room again."""

    def work(connection: object) -> None:
        cursor = connection.connection.cursor()  # type: ignore[attr-defined]
        count = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {count + pages}")
        cursor.close()

    store._database.write(work, durable=True)


LONG = "lang tekst " * 5_000


def _append(store: Store) -> object:
    return store.append(note(LONG))


def _draft(store: Store) -> object:
    draft = Draft(user="AHN", pathway_id="P99", kind="note", data=LONG.encode(), updated_at=NOW)
    return store.save_draft(draft)


def _page(store: Store) -> object:
    gateway = Gateway()
    gateway.journal = [note()] * 50
    gateway.accept(letter(plan(expected_course=RichText(LONG)), pathway="P99"))
    return gateway.page_to(store)


def _reread(store: Store) -> object:
    store.begin_reread("second")
    gateway = Gateway("second")
    gateway.accept(letter(plan(expected_course=RichText(LONG)), pathway="P99"))
    return gateway.page_to(store)


@pytest.mark.parametrize("action", [_append, _draft, _page, _reread])
def test_a_full_disk(filled: Path, action: Callable[[Store], object]) -> None:
    with open_store(filled) as store:
        limit_size(store, 2)
        with pytest.raises(DiskFull, match="Disken er fuld"):
            action(store)
        assert len(store.outbox("AHN")) == 1
        assert store.sync_state().cursor == 50
        limit_size(store, 10_000)
        action(store)
    with open_store(filled) as store:
        assert len(store.inbox("AHN").rows) >= 50


def test_a_page_that_failed_leaves_nothing_in_memory(filled: Path) -> None:
    """What comes next is folded from what is stored."""
    with open_store(filled) as store:
        limit_size(store, 2)
        with pytest.raises(DiskFull):
            _page(store)
        limit_size(store, 10_000)
        gateway = Gateway()
        gateway.journal = [note()] * 50
        gateway.accept(letter(plan("BREV2"), pathway="P99"))
        gateway.page_to(store)
        row = next(each for each in store.inbox("AHN").rows if each.pathway_id == "P99")
        assert (row.versions, row.last_seq) == (1, 51)
        assert store.search("lang") == ()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not let a folder be read-only")
def test_a_folder_that_cannot_be_written(path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    path.parent.mkdir(mode=0o500)
    with pytest.raises(DiskFault, match="adgangen"):
        Store.open(path, KEY, AGREEMENT)


def test_a_folder_in_the_place_of_the_database(path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(DiskFault, match="læses eller skrives"):
        Store.open(path, KEY, AGREEMENT)


def test_a_file_in_the_place_of_the_folder(path: Path) -> None:
    path.parent.write_text("")
    with pytest.raises(DiskFault):
        Store.open(path, KEY, AGREEMENT)


def test_another_program_that_holds_the_database(
    filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlcipher, "_BUSY_SECONDS", 0.01)
    other = sqlcipher.connect(filled, KEY)
    with open_store(filled) as store:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Busy, match="låst"):
            store.append(note())
        assert len(store.outbox("AHN")) == 1
        other.execute("ROLLBACK")
        store.append(note())
    other.close()


def test_every_text_says_what_happened_what_is_kept_and_what_to_do() -> None:
    """The list of all cases; each has its own test in this folder."""
    cases = {
        name: kind
        for name, kind in vars(errors).items()
        if isinstance(kind, type) and issubclass(kind, StoreError) and kind is not StoreError
    }
    assert set(cases) == {
        "AlreadyOpen",
        "Busy",
        "Damaged",
        "DiskFault",
        "DiskFull",
        "EpochUnknown",
        "KeyMissing",
        "KeyringRefused",
        "KeyringUnavailable",
        "NetworkFolder",
        "NoSuchItem",
        "SchemaTooNew",
        "TooLateToUndo",
        "WrongKey",
    }
    texts = [str(kind()) for kind in cases.values()]
    assert all(text.count(".") >= 2 for text in texts)
    assert len(set(texts)) == len(cases)


def test_no_error_shows_what_was_written(path: Path) -> None:
    """Not even one that nobody foresaw."""
    with open_store(path) as store:
        done = note("Nancy Berggren 251248-9996")
        store.append(done)
        with pytest.raises(Exception, match="UNIQUE") as caught:
            store.append(done)
        error: BaseException | None = caught.value
        while error is not None:
            assert "Nancy" not in str(error)
            assert "9996" not in repr(error)
            error = error.__cause__
