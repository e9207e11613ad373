"""The first start and the settings: asked once, kept, and what does not work is said calmly."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.app.keyring import MemoryKeyring
from tests.ui.conftest import Office
from tests.ui.screens import in_front
from ui.main import Program
from visitator.app.preferences import Preferences, load_preferences, save_preferences
from visitator.app.settings import load_settings

Start = Callable[..., Program]


@pytest.fixture
def start(qapp: QApplication, office: Office, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    """Starts the program as one who has never used it; its desk is the demo's."""
    # Others use that desk, too.
    monkeypatch.setattr(office.desk, "close", lambda **_: 0)
    started: list[Program] = []

    def begin(*, demo: bool = False) -> Program:
        program = Program(
            qapp,
            lambda _progress, _see: office.desk,
            is_demo=demo,
            open_demo=lambda _progress, _see: office.desk,
        )
        program.start()
        started.append(program)
        return program

    yield begin
    for program in started:
        program.window.leave()
        program.window.hide()
        program.window.deleteLater()
        program.end()


def named(program: Program, kind: type[QWidget], name: str) -> QWidget:
    """The control of that name which can be seen."""
    for each in program.window.findChildren(kind):
        if each.accessibleName() == name and each.isVisible():
            return each
    raise AssertionError(f"no {kind.__name__} «{name}»")


def press(program: Program, name: str) -> None:
    button = named(program, QPushButton, name)
    assert isinstance(button, QPushButton)
    button.click()


def write(program: Program, name: str, text: str) -> None:
    field = named(program, QLineEdit, name)
    assert isinstance(field, QLineEdit)
    field.setText(text)


def said(program: Program) -> str:
    labels = program.window.findChildren(QLabel)
    return "\n".join(each.text() for each in labels if each.isVisible())


def is_open(program: Program) -> Callable[[], bool]:
    return lambda: program.window.workplace is not None


@pytest.mark.looks_only
def test_this_workstation_alone_is_three_steps(start: Start, qtbot: QtBot) -> None:
    program = start()
    assert "Trin 1 af 3" in said(program)
    press(program, "Næste")
    assert "Skriv dit navn" in said(program)
    write(program, "Navn", "Anne Holm")
    write(program, "Telefon", "58 57 00 00")
    press(program, "Næste")
    alone = named(program, QRadioButton, "Denne arbejdsplads alene")
    assert isinstance(alone, QRadioButton)
    alone.setChecked(True)
    write(program, "Mappe, som VANS-operatøren afleverer i (kan vente)", "post")
    press(program, "Næste")
    agreement = named(program, QComboBox, "Aftale")
    assert isinstance(agreement, QComboBox)
    agreement.setCurrentIndex(agreement.findData("region-midtjylland-2021-04"))
    press(program, "Begynd")
    qtbot.waitUntil(is_open(program))
    kept = load_preferences()
    assert (kept.name, kept.telephone, kept.first_run_done) == ("Anne Holm", "58 57 00 00", True)
    settings = load_settings()
    assert settings.agreement == "region-midtjylland-2021-04"
    assert (settings.gateway, settings.folders) == (None, ("post",))


@pytest.mark.looks_only
def test_the_name_of_the_agreement_can_be_read_to_its_end(start: Start) -> None:
    program = start()
    write(program, "Navn", "Anne Holm")
    press(program, "Næste")
    write(program, "Adresse", "https://gateway.lyngtoft.example")
    write(program, "Adgangsnøgle fra den, der driver gatewayen", "noegle")
    press(program, "Næste")
    agreement = named(program, QComboBox, "Aftale")
    assert isinstance(agreement, QComboBox)
    for index in range(agreement.count()):
        agreement.setCurrentIndex(index)
        assert agreement.currentText() in said(program)


@pytest.mark.looks_only
@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("gateway", "skal begynde med https:// og navnet"),
        ("http://gateway.example", "så ingen kan læse med"),
        ("https://gateway.example", "Skriv adgangsnøglen"),
    ],
)
def test_an_address_that_will_not_do_is_said_so(start: Start, address: str, problem: str) -> None:
    program = start()
    write(program, "Navn", "Anne Holm")
    press(program, "Næste")
    write(program, "Adresse", address)
    press(program, "Næste")
    assert problem in said(program)
    assert "Trin 2 af 3" in said(program)


@pytest.mark.looks_only
def test_a_gateway_that_does_not_answer_is_said_where_it_can_be_mended(
    start: Start, qtbot: QtBot
) -> None:
    program = start()
    log_in(program, "http://127.0.0.1:9", "forkert")
    qtbot.waitUntil(lambda: "Trin 2 af 3" in said(program))
    assert not load_preferences().first_run_done
    assert load_settings().gateway is None
    assert named(program, QLineEdit, "Adresse").isEnabled()


@pytest.mark.looks_only
def test_a_gateway_that_knows_the_token_is_kept(
    start: Start, office: Office, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("visitator.app.opening.os_backend", MemoryKeyring)
    program = start()
    log_in(program, office.demo.address, office.demo.token)
    qtbot.waitUntil(is_open(program))
    kept = load_preferences()
    assert (kept.user, kept.device) == (office.demo.user, office.demo.device)
    assert load_settings().gateway == office.demo.address


def log_in(program: Program, address: str, token: str) -> None:
    write(program, "Navn", "Anne Holm")
    press(program, "Næste")
    write(program, "Adresse", address)
    write(program, "Adgangsnøgle fra den, der driver gatewayen", token)
    press(program, "Næste")
    press(program, "Begynd")


@pytest.mark.looks_only
def test_every_step_can_be_left_for_the_demo(start: Start, qtbot: QtBot) -> None:
    program = start()
    press(program, "Prøv med opdigtede borgere")
    qtbot.waitUntil(is_open(program))
    assert program.window.windowTitle() == "Visitator – demo"
    assert not load_preferences().first_run_done


@pytest.mark.looks_only
def test_nothing_is_asked_a_second_time(start: Start, qtbot: QtBot) -> None:
    save_preferences(Preferences(name="Anne Holm", first_run_done=True, recovery_key_shown=True))
    program = start()
    qtbot.waitUntil(is_open(program))


# --- settings -----------------------------------------------------------------------------------


@pytest.mark.looks_only
def test_settings_take_effect_at_once_and_are_kept(start: Start, qtbot: QtBot) -> None:
    program = start(demo=True)
    qtbot.waitUntil(is_open(program))
    program.window.top.settings_wanted.emit()
    dialog = in_front()
    assert dialog is not None
    for box in dialog.findChildren(QComboBox):
        wanted = {"Sprog": "en", "Udseende": "dark"}[box.accessibleName()]
        box.setCurrentIndex(box.findData(wanted))
    (quiet,) = dialog.findChildren(QCheckBox)
    quiet.setChecked(True)
    dialog.do.click()  # type: ignore[attr-defined]
    kept = load_preferences()
    assert (kept.language, kept.theme, kept.quiet) == ("en", "dark", True)
    assert "Needs action" in {
        each.text()
        for each in program.window.findChildren(QWidget)
        if hasattr(each, "text") and callable(each.text)
    }
    program.choose(language="da", theme="light")
    assert load_preferences().language == "da"


@pytest.mark.looks_only
def test_what_was_told_is_not_told_again_in_another_language(start: Start, qtbot: QtBot) -> None:
    program = start(demo=True)
    qtbot.waitUntil(is_open(program))
    assert program.window.message.text == "2 indlæggelsesrapporter har frist kl. 10.00."
    program.choose(language="en")
    assert program.window.workplace is not None
    assert program.window.message.text == ""
    program.choose(language="da")


@pytest.mark.looks_only
def test_preferences_that_cannot_be_read_are_said_and_left_alone(
    start: Start, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "config" / "visitator" / "personligt.toml"
    file.parent.mkdir(parents=True)
    file.write_text("name = [")
    program = start(demo=True)
    qtbot.waitUntil(is_open(program))
    assert "personligt.toml" in program.window.message.text
    assert file.read_text() == "name = ["
