"""Saving notes: whole or not at all, under a name without the citizen, and many in one go."""

from __future__ import annotations

import errno
import hashlib
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.export.cases import note_of, whole
from visitator.app.faults import told
from visitator.app.views import KnownError
from visitator.domain.entries import NoteExported, NoteKind, NoteWay
from visitator.export.errors import (
    CaseNumberError,
    DiskFullError,
    FileOpenError,
    FileThereError,
    FolderGoneError,
    NotAllowedError,
    SavingError,
)
from visitator.export.note import Note
from visitator.export.saving import file_name, save, save_all

NAME = "2026-02-05_notat_2026-00123.docx"
PATHWAY = whole()


def numbered(case_number: str) -> Note:
    return note_of(PATHWAY, case_number=case_number)


def files(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def test_a_note_is_saved_under_the_day_and_the_case_number(tmp_path: Path) -> None:
    saved = save(note_of(), b"notat", tmp_path)
    assert saved.file == tmp_path / NAME
    assert saved.file.read_bytes() == b"notat"
    assert files(tmp_path) == [NAME]


def test_what_the_journal_gets_tells_why_and_not_where(tmp_path: Path) -> None:
    saved = save(note_of(), b"notat", tmp_path)
    digest = hashlib.sha256(os.fsencode((tmp_path / NAME).resolve())).hexdigest()
    assert saved.entry == NoteExported(
        note=NoteKind.DISCHARGE,
        purpose="Journalføring af udskrivelse",
        way=NoteWay.FILE,
        case_number="2026-00123",
        path_hash=digest,
    )


def test_a_file_that_lies_there_stays_unless_it_is_to_be_replaced(tmp_path: Path) -> None:
    save(note_of(), b"et langt notat", tmp_path)
    with pytest.raises(FileThereError, match=NAME):
        save(note_of(kind=NoteKind.TELEPHONE), b"kort", tmp_path)
    assert (tmp_path / NAME).read_bytes() == b"et langt notat"
    assert files(tmp_path) == [NAME]


def test_a_note_saved_again_takes_the_place_of_the_first(tmp_path: Path) -> None:
    save(note_of(), b"et langt notat", tmp_path)
    save(note_of(), b"kort", tmp_path, replace=True)
    assert (tmp_path / NAME).read_bytes() == b"kort"
    assert files(tmp_path) == [NAME]


@pytest.mark.parametrize(
    "case_number",
    [
        "",
        " ",
        "a/b",
        "..",
        "a\\b",
        "CON:",
        "sag.",
        "x" * 61,
        "251248-9996",
        "2512489996",
        "sag-2512489996-1",
        "010203-1234",
        "Testesen",
        "2026_ruth",
        "RUTH-1",
    ],
)
def test_a_case_number_that_cannot_or_may_not_be_in_a_name_is_refused(case_number: str) -> None:
    with pytest.raises(CaseNumberError) as caught:
        file_name(numbered(case_number))
    assert str(caught.value).startswith("Sagsnummeret ")


@given(st.text(max_size=30))
def test_a_name_never_leaves_the_folder_or_tells_who_it_is(case_number: str) -> None:
    try:
        name = file_name(numbered(case_number))
    except CaseNumberError:
        return
    assert Path(name).name == name
    assert name.startswith("2026-02-05_notat_")
    assert "2512489996" not in name.replace("-", "")


def refusing(number: int) -> Callable[..., None]:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return refuse


@pytest.mark.parametrize(
    ("number", "error", "said"),
    [
        (errno.ENOSPC, DiskFullError, "Der er ikke plads på disken"),
        (errno.EDQUOT, DiskFullError, "Der er ikke plads på disken"),
        (errno.ENOENT, FolderGoneError, "Kan ikke finde mappen"),
        (errno.EACCES, NotAllowedError, "Du har ikke lov til at gemme"),
        (errno.EROFS, NotAllowedError, "Du har ikke lov til at gemme"),
        (errno.EIO, SavingError, "kunne ikke gemmes"),
    ],
)
def test_what_the_disk_says_no_to_is_told_and_leaves_nothing(
    number: int,
    error: type[SavingError],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / NAME).write_bytes(b"det gamle")
    monkeypatch.setattr(os, "fsync", refusing(number))
    with pytest.raises(error, match=said):
        save(note_of(), b"notat", tmp_path, replace=True)
    assert (tmp_path / NAME).read_bytes() == b"det gamle"
    assert files(tmp_path) == [NAME]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit for the size of a file")
def test_a_disk_that_is_really_full_leaves_nothing_half_written(tmp_path: Path) -> None:
    import resource
    import signal

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        with pytest.raises(DiskFullError):
            save(note_of(), b"x" * 100_000, tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)
    assert files(tmp_path) == []


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(FolderGoneError, match="mappen væk"):
        save(note_of(), b"notat", tmp_path / "væk")


def test_a_file_that_word_holds_on_to_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / NAME).write_bytes(b"det gamle")
    monkeypatch.setattr(Path, "replace", refusing(errno.EACCES))
    with pytest.raises(FileOpenError, match="er åben i Word"):
        save(note_of(), b"notat", tmp_path, replace=True)
    assert (tmp_path / NAME).read_bytes() == b"det gamle"
    assert files(tmp_path) == [NAME]


def test_the_lock_that_word_leaves_beside_an_open_file_is_seen(tmp_path: Path) -> None:
    (tmp_path / f"~${NAME[2:]}").write_bytes(b"")
    with pytest.raises(FileOpenError, match="Luk den, og prøv igen"):
        save(note_of(), b"notat", tmp_path)


def test_the_user_is_told_the_same_words(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="Kan ikke finde mappen"), told():
        save(note_of(), b"notat", tmp_path / "væk")


# --- many in one go -------------------------------------------------------------------------------


def many(*case_numbers: str) -> Iterator[Callable[[], Note]]:
    for each in case_numbers:
        yield lambda each=each: numbered(each)  # type: ignore[misc]


def test_a_batch_tells_how_far_it_is(tmp_path: Path) -> None:
    progress = save_all(many("1", "2", "3"), _data, tmp_path, total=3, is_cancelled=lambda: False)
    assert [(each.done, each.total) for each in progress] == [(1, 3), (2, 3), (3, 3)]
    assert len(files(tmp_path)) == 3


def test_a_batch_that_is_cancelled_stops_and_keeps_what_it_has_saved(tmp_path: Path) -> None:
    asked = iter([False, True])
    progress = save_all(
        many("1", "2", "3"), _data, tmp_path, total=3, is_cancelled=lambda: next(asked)
    )
    assert [each.done for each in progress] == [1]
    assert files(tmp_path) == ["2026-02-05_notat_1.docx"]


def test_a_note_that_cannot_be_saved_does_not_stop_the_others(tmp_path: Path) -> None:
    progress = list(
        save_all(many("1", "Testesen", "3"), _data, tmp_path, total=3, is_cancelled=lambda: False)
    )
    assert [each.saved is not None for each in progress] == [True, False, True]
    assert progress[1].problem.startswith("Sagsnummeret må ikke indeholde")
    assert len(files(tmp_path)) == 2


def test_a_full_disk_stops_a_batch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", refusing(errno.ENOSPC))
    with pytest.raises(DiskFullError):
        list(save_all(many("1", "2"), _data, tmp_path, total=2, is_cancelled=lambda: False))


def test_two_notes_of_one_name_in_a_batch_do_not_take_each_others_place(tmp_path: Path) -> None:
    progress = list(save_all(many("1", "1"), _data, tmp_path, total=2, is_cancelled=lambda: False))
    assert progress[0].saved is not None
    assert progress[1].saved is None
    assert "2026-02-05_notat_1.docx" in progress[1].problem
    assert files(tmp_path) == ["2026-02-05_notat_1.docx"]


def test_only_one_note_of_a_batch_is_made_at_a_time(tmp_path: Path) -> None:
    made: list[int] = []

    def making() -> Iterator[Callable[[], Note]]:
        for number in range(1, 4):

            def make(number: int = number) -> Note:
                made.append(number)
                return numbered(str(number))

            yield make

    progress = save_all(making(), _data, tmp_path, total=3, is_cancelled=lambda: False)
    next(progress)
    assert made == [1]


def _data(note: Note) -> bytes:
    return note.case_number.encode()
