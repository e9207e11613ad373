"""No name, number or text of a citizen can be read in any file the store writes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.store.workstation import AGREEMENT, NOW, Gateway, letter, note, plan, rejected
from visitator.domain.text import RichText
from visitator.store import Draft, Store
from visitator.store.keys import new_demo_key
from visitator.store.place import copy_before_migration

TEXT = "Kan gå på trapper med rollator"
MARKERS = ("Nancy", "Berggren", "2512489996", "251248-9996", "trapper", "datteren", "halvskrevet")


def readable(folder: Path, markers: tuple[str, ...] = MARKERS) -> list[tuple[str, str]]:
    """The file and the marker of everything that can be read."""
    return [
        (file.name, marker)
        for file in folder.rglob("*")
        if file.is_file()
        for data in [file.read_bytes().lower()]
        for marker in markers
        for encoding in ("utf-8", "utf-16-le", "utf-16-be")
        if marker.lower().encode(encoding) in data
    ]


def use(store: Store) -> None:
    """Everything a store does with text: pages, a reread, drafts, refusals, search, a rebuild."""
    gateway = Gateway()
    gateway.accept(
        *(letter(plan(expected_course=RichText(TEXT)), pathway=f"P{n}") for n in range(40))
    )
    gateway.page_to(store)
    done = note("Ringet til datteren")
    store.append(done)
    store.next_batch("AHN", NOW, 20)
    store.mark_results([rejected(done, winner=gateway.journal[0])])
    draft = Draft(user="AHN", pathway_id="P1", kind="note", data=b"halvskrevet", updated_at=NOW)
    store.save_draft(draft)
    store.drop_draft("AHN", "P1", "note")
    store.begin_reread("second")
    second = Gateway("second")
    second.journal = gateway.journal
    second.page_to(store)
    store.finish_reread()
    assert store.search("trapper rollator")
    store.rebuild()


def test_nothing_can_be_read(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    scratch = tmp_path / "tmp"
    scratch.mkdir()
    for name in ("TMPDIR", "SQLITE_TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(scratch))
    with Store.open(path, new_demo_key(), AGREEMENT) as store:
        use(store)
        names = {file.name for file in path.parent.iterdir()}
        assert names == {f"visitator.db{end}" for end in ("", "-wal", "-shm", ".lock")}
        assert readable(tmp_path) == []
    copy_before_migration(path, 1)
    shutil.copy(path, tmp_path / "backup.db")
    assert readable(tmp_path) == []
    assert capfd.readouterr() == ("", "")


def test_the_search_for_plaintext_finds_plaintext(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("Borger: NANCY", encoding="utf-8")
    assert readable(tmp_path) == [("log", "Nancy")]
