"""The whole loop: hospital, gateway, workstation, and back."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from visitator.cli.demo import run_headless
from visitator.demo.scenario import Scenario, parse_scenario
from visitator.demo.session import USER, DemoSession
from visitator.domain.agreement import Agreement
from visitator.domain.deadlines import COPENHAGEN
from visitator.domain.messages import ReceiptOutcome
from visitator.domain.terms import ReplyState
from visitator.resources import load_agreement

START = dt.datetime(2026, 11, 23, 8, 0, tzinfo=COPENHAGEN)


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    file = Path(__file__).resolve().parents[2] / "resources" / "demo" / "formiddag.toml"
    return parse_scenario(file.read_text(encoding="utf-8"), file.name)


@pytest.fixture(scope="module")
def agreement() -> Agreement:
    return load_agreement("region-sjaelland-2025-11")


@pytest.fixture(scope="module")
def session(scenario: Scenario, agreement: Agreement) -> Iterator[DemoSession]:
    """A demo that has run to its end and is still open."""
    with DemoSession(scenario, agreement, START) as running:
        for _ in running.run():
            pass
        yield running


def test_every_answer_reaches_the_hospital_once_and_is_receipted(session: DemoSession) -> None:
    letters = session.hospital.letters

    assert len(letters) == 5
    assert len({letter.letter_id for letter in letters}) == 5
    assert session.outcomes == [ReceiptOutcome.POSITIVE] * 5


def test_the_category_is_the_first_line_and_the_subject_is_the_agreements(
    session: DemoSession,
) -> None:
    assert {letter.subject for letter in session.hospital.letters} == {"Plejeforløbsplan"}
    assert [letter.text.split("\n", 1)[0] for letter in session.hospital.letters] == [
        "Plejeforløbsplan OK",
        "Uddybende spørgsmål",
        "Ønske om udvidet koordinering",
        "Plejeforløbsplan OK",
        "Plejeforløbsplan OK",
    ]


def test_the_workstation_shows_where_everything_stands(session: DemoSession) -> None:
    states = {
        header.citizen.surname if header.citizen else "": header.reply_state
        for header in session.store.inbox(USER).rows
    }

    assert states == {
        "Østerby Vind": ReplyState.AGREEMENT,
        "Brink": ReplyState.AGREEMENT,
        "Solvang Mørk": ReplyState.COORDINATION,
    }


def test_nothing_is_left_waiting(session: DemoSession) -> None:
    assert session.store.outbox(USER) == ()


def test_no_file_but_the_drop_folder_holds_anything_readable(
    session: DemoSession, scenario: Scenario
) -> None:
    """The databases, their logs and whatever else lies in the demo's folder are encrypted."""
    words = [
        text
        for stay in scenario.stays.values()
        for text in (stay.citizen.surname, stay.citizen.cpr, stay.citizen.street)
        if text
    ]
    words += ["brud på højre hofte", "Skal borgeren have ilt"]
    files = [
        file
        for file in session.folder.rglob("*")
        if file.is_file() and "vans" not in file.relative_to(session.folder).parts
    ]
    assert {file.suffix for file in files} >= {".db"}
    for file in files:
        data = file.read_bytes()
        found = [w for w in words if w.encode() in data or w.encode("latin-1") in data]
        assert not found, file.name


def test_everything_is_deleted_at_the_end(scenario: Scenario, agreement: Agreement) -> None:
    with DemoSession(scenario, agreement, START) as running:
        list(running.minute())
        folder = running.folder
        assert folder.is_dir()

    assert not folder.exists()


def test_the_demo_without_a_screen_tells_the_whole_loop(
    agreement: Agreement, capsys: pytest.CaptureFixture[str]
) -> None:
    code = run_headless(agreement, START, 0)

    told = capsys.readouterr().out
    assert code == 0
    steps = [
        "Sygehuset sendte Plejeforløbsplan",
        "Kommunen modtog Plejeforløbsplan",
        "Kommunen svarede: Plejeforløbsplan OK",
        "Sygehuset modtog: Plejeforløbsplan OK",
        "Sygehuset sendte kvittering",
        "Kommunen ser: svaret er modtaget af sygehusets system",
    ]
    places = [told.index(step) for step in steps]
    assert places == sorted(places)
    assert "Østerby" not in told
    assert "251248" not in told
