"""The daily copy of a journal that nobody else makes copies of."""

from __future__ import annotations

import datetime as dt
import threading
from pathlib import Path

import pytest

from tests.gateway.mailbox import KEY, NANCY
from tests.gateway.office import Office
from visitator.gateway.backup import KEPT, Nightly, back_up, copies
from visitator.gateway.database import Database, head_of
from visitator.gateway.journal import append
from visitator.sqlcipher import fingerprint

DAY = dt.date(2030, 3, 5)


@pytest.fixture
def journal(office: Office, tmp_path: Path) -> Path:
    """A journal in use, with a plan in it."""
    office.receive()
    return tmp_path / "gateway.db"


def head(file: Path) -> int:
    database = Database.sqlite(file, KEY)
    try:
        with database.read() as connection:
            return head_of(connection)
    finally:
        database.close()


def test_a_copy_is_one_state_of_the_journal_under_the_same_key(
    journal: Path, tmp_path: Path
) -> None:
    copy = back_up(journal, KEY, tmp_path / "kopier", DAY)

    assert copy is not None
    assert head(copy) == head(journal) == 1
    assert NANCY.encode() not in copy.read_bytes()


def test_the_copy_of_a_day_is_not_written_over(
    journal: Path, tmp_path: Path, office: Office
) -> None:
    first = back_up(journal, KEY, tmp_path / "kopier", DAY)
    assert first is not None
    office.receive()

    assert back_up(journal, KEY, tmp_path / "kopier", DAY) is None
    assert head(first) == 1


def test_seven_days_are_kept(journal: Path, tmp_path: Path) -> None:
    folder = tmp_path / "kopier"
    folder.mkdir()
    (folder / "andet.txt").write_text("min egen fil")
    days = [DAY + dt.timedelta(days=each) for each in range(KEPT + 3)]
    for day in days:
        back_up(journal, KEY, folder, day)

    expected = [f"gateway-{fingerprint(KEY)}-{day}.db" for day in reversed(days[-7:])]
    assert [each.name for each in copies(folder, KEY)] == expected
    assert sorted(each.name for each in folder.iterdir()) == sorted([*expected, "andet.txt"])


def test_a_copy_that_cannot_be_finished_leaves_the_earlier_ones(
    journal: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "kopier"
    back_up(journal, KEY, folder, DAY)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space"):
        back_up(journal, KEY, folder, DAY + dt.timedelta(days=1))
    assert [each.name for each in folder.iterdir()] == [f"gateway-{fingerprint(KEY)}-{DAY}.db"]


def test_a_failed_copy_is_told_in_the_log_and_does_not_end_the_rest(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    asked = threading.Event()

    def today() -> dt.date:
        asked.set()
        return DAY

    nightly = Nightly(tmp_path / "findes-ikke.db", KEY, tmp_path / "kopier", today)
    assert asked.wait(10)
    nightly.stop()
    assert "the backup failed" in caplog.text
    assert copies(tmp_path / "kopier", KEY) == ()


def test_a_clock_that_was_ahead_does_not_cost_the_copy_of_today(
    journal: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "kopier"
    for ahead in range(KEPT):
        back_up(journal, KEY, folder, DAY + dt.timedelta(days=2_000 + ahead))
    copy = back_up(journal, KEY, folder, DAY)
    assert copy is not None
    assert copy in copies(folder, KEY)
    assert back_up(journal, KEY, folder, DAY) is None


def test_two_workstations_with_one_folder_have_copies_of_their_own(
    journal: Path, tmp_path: Path
) -> None:
    key, folder = bytes([7]) * 32, tmp_path / "kopier"
    other = Database.sqlite(tmp_path / "anden.db", key)
    other.create()
    other.close()
    for day in range(KEPT + 1):
        assert back_up(journal, KEY, folder, DAY + dt.timedelta(days=day))
        assert back_up(tmp_path / "anden.db", key, folder, DAY + dt.timedelta(days=day))
    assert len(copies(folder, KEY)) == len(copies(folder, key)) == KEPT
    assert head(copies(folder, KEY)[0]) == 1
    assert KEY.hex()[:8] not in copies(folder, KEY)[0].name


def grow(office: Office) -> None:
    """To the size at which SQLite has something to do."""
    pathway = office.receive()
    with office.database.write() as connection:
        for n in range(1_000):
            append(connection, office.note(pathway, str(n)), office.now)


def test_a_copy_is_broken_off_when_the_program_closes(
    journal: Path, tmp_path: Path, office: Office
) -> None:
    grow(office)
    folder = tmp_path / "kopier"
    assert back_up(journal, KEY, folder, DAY, is_closing=lambda: True) is None
    assert list(folder.iterdir()) == []
    assert back_up(journal, KEY, folder, DAY)


def test_who_closes_the_program_does_not_wait_for_a_copy(
    journal: Path, tmp_path: Path, office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    """It is told to stop when it is about to copy."""
    grow(office)
    caplog.clear()
    made: list[Nightly] = []
    is_made, is_stopped = threading.Event(), threading.Event()

    def today() -> dt.date:
        assert is_made.wait(10)
        with pytest.raises(RuntimeError):
            made[0].stop()  # a thread cannot wait for itself
        is_stopped.set()
        return DAY

    made.append(Nightly(journal, KEY, tmp_path / "kopier", today))
    is_made.set()
    assert is_stopped.wait(10)
    made[0].stop()
    assert copies(tmp_path / "kopier", KEY) == ()
    assert "the backup failed" not in caplog.text
