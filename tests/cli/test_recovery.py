"""The key on paper: shown, typed again, and the journal is in use again."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from tests.cli.test_own_gateway import Alone, only_pathway, until
from visitator.app.recovery import RecoveryError, as_words, from_words, recovery_key
from visitator.app.settings import save_settings
from visitator.app.views import Box, KnownError
from visitator.cli.commands import app
from visitator.cli.recovery import run

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
    copy = the_copy(alone).rename(alone.folder / "kopi.db")
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


def test_while_visitator_is_open_nothing_is_put_in_place(
    alone: Alone, capsys: pytest.CaptureFixture[str]
) -> None:
    """What it receives would go into the file that is set aside."""
    paper = recovery_key(alone.keyring) or ""
    copy = the_copy(alone)
    desk = alone.open()
    assert run(alone.folder / "settings.toml", copy, paper, alone.keyring) == 2
    assert "Luk Visitator" in capsys.readouterr().err
    assert list(alone.settings.journal_path.parent.glob("*lagt-til-side*")) == []
    desk.close(wait=0)
    assert run(alone.folder / "settings.toml", copy, paper, alone.keyring) == 0


def test_a_recovery_that_is_broken_off_does_not_end_in_an_empty_journal(
    alone: Alone, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the old journal's leaving and the copy's coming there is none."""
    paper = recovery_key(alone.keyring) or ""
    copy = the_copy(alone).rename(alone.folder / "kopi.db")
    alone.keyring.kept.pop("visitator/egen-gateway")
    with monkeypatch.context() as broken:
        broken.setattr(Path, "replace", dies)
        assert run(alone.folder / "settings.toml", copy, paper, alone.keyring) == 2
    with pytest.raises(KnownError, match="visitator recover --from"):
        alone.open()

    assert run(alone.folder / "settings.toml", copy, paper, alone.keyring) == 0
    desk = alone.open()
    desk.close(wait=0)


def the_copy(alone: Alone) -> Path:
    return next(alone.settings.backup_folder.glob("gateway-*.db"))


def dies(*_: object) -> None:
    raise OSError(5, "Input/output error")


def test_the_command_begins_anew_without_a_key(
    alone: Alone, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone.settings.journal_path.unlink()
    monkeypatch.setattr("visitator.cli.recovery.os_backend", lambda: alone.keyring)
    command = ["recover", "--new", "--settings", str(alone.folder / "settings.toml")]
    first, second = (CliRunner().invoke(app, command) for _ in range(2))
    assert (first.exit_code, "Start Visitator" in first.stdout) == (0, True)
    assert (second.exit_code, "Intet er ændret" in second.stderr) == (2, True)
