"""The key on paper: shown, typed again, and the journal is in use again."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cli.test_own_gateway import Alone, only_pathway, until
from visitator.app.recovery import RecoveryError, as_words, from_words, recovery_key
from visitator.app.settings import save_settings
from visitator.app.views import Box, KnownError
from visitator.cli.recovery import run
from visitator.gateway.backup import copies

KEYS = st.binary(min_size=32, max_size=32)


@pytest.fixture
def alone(tmp_path: Path) -> Alone:
    """A workstation with a plan in its journal, closed, with its settings in a file."""
    alone = Alone(tmp_path)
    save_settings(alone.settings, tmp_path / "settings.toml")
    desk = alone.open()
    alone.hospital_sends()
    until(desk, lambda: desk.rows(Box.INBOX, 0, 10))
    desk.close(wait=0)
    return alone


@given(key=KEYS)
def test_what_is_printed_can_be_typed(key: bytes) -> None:
    printed = as_words(key)
    assert len(printed.split()) == 14
    assert from_words(printed) == key
    assert from_words(printed.lower().replace(" ", "-")) == key
    assert from_words(printed.replace("O", "0").replace("I", "1")) == key


@given(key=KEYS, place=st.integers(0, 55), letter=st.sampled_from("ABCDEFGHJKLMNPQRSTUVWXYZ234567"))
def test_a_slip_of_the_pen_is_told(key: bytes, place: int, letter: str) -> None:
    letters = list(as_words(key).replace(" ", ""))
    if letters[place] == letter:
        return
    letters[place] = letter
    with pytest.raises(RecoveryError, match="Intet er ændret"):
        from_words("".join(letters))


@pytest.mark.parametrize("typed", ["", "ABCD", "ÆØÅÆ " * 14, "ABCD " * 15])
def test_what_is_no_key_is_told(typed: str) -> None:
    with pytest.raises(RecoveryError):
        from_words(typed)


def test_with_the_key_from_the_paper_the_journal_opens_again(alone: Alone) -> None:
    paper = recovery_key(alone.keyring)
    assert paper is not None
    alone.keyring.kept.pop("visitator/egen-gateway")
    with pytest.raises(KnownError, match="visitator recover"):
        alone.open()

    assert run(alone.folder / "settings.toml", None, paper, alone.keyring) == 0

    desk = alone.open()
    only_pathway(desk)
    desk.close(wait=0)


def test_on_a_new_computer_the_copy_and_the_paper_are_enough(alone: Alone) -> None:
    paper = recovery_key(alone.keyring)
    assert paper is not None
    copy = next(iter(copies(alone.settings.backup_folder))).rename(alone.folder / "kopi.db")
    for file in alone.settings.database_path.parent.iterdir():
        if file.is_file():
            file.unlink()
    alone.keyring.kept.clear()

    assert run(alone.folder / "settings.toml", copy, paper, alone.keyring) == 0

    desk = alone.open()
    alone.hospital_sends()
    until(desk, lambda: desk.rows(Box.ALL, 0, 10))
    desk.close(wait=0)


def test_another_computers_key_changes_nothing(
    alone: Alone, capsys: pytest.CaptureFixture[str]
) -> None:
    before = dict(alone.keyring.kept)
    assert run(alone.folder / "settings.toml", None, as_words(bytes(32)), alone.keyring) == 2
    assert "Intet er ændret" in capsys.readouterr().err
    assert alone.keyring.kept == before


def test_a_copy_that_is_not_there_is_told(alone: Alone, capsys: pytest.CaptureFixture[str]) -> None:
    nowhere = alone.folder / "nej.db"
    paper = recovery_key(alone.keyring) or ""
    assert run(alone.folder / "settings.toml", nowhere, paper, alone.keyring) == 2
    assert "ingen journal" in capsys.readouterr().err
