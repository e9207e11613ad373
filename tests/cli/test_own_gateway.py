"""The workstation that stands alone: its own gateway, its own folder, one code path."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from tests.app.keyring import MemoryKeyring
from tests.app.town import PATIENCE
from tests.gateway.mailbox import NANCY, plan, written
from visitator.app.desk import Desk
from visitator.app.opening import open_desk, usual
from visitator.app.preferences import Preferences
from visitator.app.settings import Settings
from visitator.app.views import Box, KnownError
from visitator.cli.own_gateway import begin_anew, run_own_gateway
from visitator.gateway.database import Database
from visitator.gateway.transports import FolderTransport


class Alone:
    """A computer with a drop folder and no gateway but its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.post = folder / "post"
        FolderTransport(self.post).prepare()
        self.keyring = MemoryKeyring()
        self.settings = Settings(
            database=str(folder / "data" / "visitator.db"), folders=(str(self.post),)
        )
        self.preferences = Preferences(name="Anne Holm", title="visitator")

    def open(self) -> Desk:
        opening = usual(
            self.settings,
            self.preferences,
            lambda: run_own_gateway(self.settings, self.preferences, self.keyring),
            backend=self.keyring,
            preferences_file=self.folder / "personligt.toml",
        )
        return open_desk(opening, lambda *_: None)

    def hospital_sends(self) -> None:
        draft = self.post / "ind" / ".brev.part"
        draft.write_bytes(written(plan()))
        draft.replace(self.post / "ind" / "brev.xml")


@pytest.fixture
def alone(tmp_path: Path) -> Alone:
    return Alone(tmp_path)


@pytest.fixture
def desk(alone: Alone) -> Iterator[Desk]:
    desk = alone.open()
    yield desk
    desk.close(wait=0)


def until(desk: Desk, condition: Callable[[], object]) -> None:
    """Wait for something to be so, looked at after every news."""
    heard = threading.Event()
    stop = desk.watch(lambda _: heard.set() if condition() else None)
    assert condition() or heard.wait(PATIENCE)
    stop()


def only_pathway(desk: Desk) -> str:
    (row,) = desk.rows(Box.ALL, 0, 10)
    return row.pathway_id


def test_a_journal_that_cannot_be_written_is_said(
    alone: Alone, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: Database) -> Any:  # noqa: ANN401 - it never returns
        raise OperationalError("COMMIT", {}, Exception("database or disk is full"))

    alone.open().close(wait=0)
    monkeypatch.setattr(Database, "write", full)
    with pytest.raises(KnownError, match="har plads"):
        run_own_gateway(alone.settings, alone.preferences, alone.keyring)


def test_a_plan_comes_by_the_folder_and_the_answer_leaves_by_it(alone: Alone, desk: Desk) -> None:
    alone.hospital_sends()
    until(desk, lambda: desk.rows(Box.INBOX, 0, 10))
    pathway = only_pathway(desk)
    view = desk.pathway(pathway)
    assert view is not None

    desk.reply(pathway, "ok", "", (), view.answering.state_token).result()
    assert desk.close(wait=PATIENCE) == 0

    again = alone.open()
    until(again, lambda: b"XDIS91" in b"".join(sent(alone)))
    letter = next(data for data in sent(alone) if b"XDIS91" in data).decode("latin-1")
    assert "Plejeforløbsplan OK" in letter
    assert "Anne Holm, visitator" in letter
    again.close(wait=0)


def sent(alone: Alone) -> list[bytes]:
    return [file.read_bytes() for file in (alone.post / "ud").glob("*.xml")]


def test_the_office_says_that_the_gateway_is_its_own(desk: Desk) -> None:
    office = desk.office()
    assert office.own_gateway
    assert office.user_name == "Anne Holm"


def test_the_journal_is_there_after_a_restart(alone: Alone, desk: Desk) -> None:
    alone.hospital_sends()
    until(desk, lambda: desk.rows(Box.INBOX, 0, 10))
    pathway = only_pathway(desk)
    desk.close(wait=0)

    again = alone.open()
    assert only_pathway(again) == pathway
    until(again, lambda: again.raw(again.pathway(pathway).versions[0].raw_id).result())  # type: ignore[union-attr]
    again.close(wait=0)


def test_no_file_beside_the_drop_folder_holds_anything_readable(alone: Alone, desk: Desk) -> None:
    alone.hospital_sends()
    until(desk, lambda: desk.rows(Box.INBOX, 0, 10))

    files = [each for each in alone.settings.database_path.parent.rglob("*") if each.is_file()]
    assert {"visitator.db", "gateway.db"} <= {each.name for each in files}
    for file in files:
        data = file.read_bytes()
        assert NANCY.encode() not in data
        assert "Østerby".encode("latin-1") not in data
        assert "Østerby".encode() not in data


def test_a_journal_without_its_key_is_left_alone(alone: Alone, desk: Desk) -> None:
    desk.close(wait=0)
    journal = alone.settings.database_path.with_name("gateway.db")
    before = journal.read_bytes()
    alone.keyring.kept.pop("visitator/egen-gateway")

    with pytest.raises(KnownError, match="Journalen er urørt"):
        alone.open()
    assert journal.read_bytes() == before


def test_a_journal_that_its_key_does_not_fit_is_said_to_be(alone: Alone, desk: Desk) -> None:
    desk.close(wait=0)
    alone.keyring.kept["visitator/egen-gateway"] = bytes(32).hex()
    with pytest.raises(KnownError):
        alone.open()


def lose_the_journal(alone: Alone) -> Path:
    journal = alone.settings.journal_path
    for file in journal.parent.glob("gateway.db*"):
        file.unlink()
    return journal


def test_a_journal_that_is_gone_is_told_and_not_made_anew(alone: Alone, desk: Desk) -> None:
    """An empty one would empty the workstation."""
    alone.hospital_sends()
    until(desk, lambda: desk.rows(Box.INBOX, 0, 10))
    desk.close(wait=0)
    journal = lose_the_journal(alone)

    with pytest.raises(KnownError, match="visitator recover --from"):
        alone.open()
    assert not journal.exists()


def test_a_journal_that_was_emptied_is_gone_too(alone: Alone, desk: Desk) -> None:
    desk.close(wait=0)
    lose_the_journal(alone).write_bytes(b"")
    with pytest.raises(KnownError, match="findes ikke længere"):
        alone.open()


def test_one_begins_with_an_empty_journal_on_purpose(alone: Alone, desk: Desk) -> None:
    desk.close(wait=0)
    lose_the_journal(alone)
    begin_anew(alone.settings, alone.keyring)

    again = alone.open()
    alone.hospital_sends()
    until(again, lambda: again.rows(Box.INBOX, 0, 10))
    again.close(wait=0)


def test_a_journal_that_is_there_is_not_begun_anew(alone: Alone, desk: Desk) -> None:
    with pytest.raises(KnownError, match="åben"):
        begin_anew(alone.settings, alone.keyring)
    desk.close(wait=0)
    before = alone.settings.journal_path.read_bytes()
    with pytest.raises(KnownError, match="Intet er ændret"):
        begin_anew(alone.settings, alone.keyring)
    assert alone.settings.journal_path.read_bytes() == before
