"""The one table of keys: no key twice, every key bound, and the list at F1 says them all."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.app.town import Town
from tests.ui.conftest import Office
from ui.dialogs.key_list import KeyList
from ui.keys import KEYS
from ui.translation import SENTENCES, read_texts
from ui.window import MainWindow
from visitator.app.views import OfficeView
from visitator.domain.terms import Role


def test_no_key_does_two_things() -> None:
    used = Counter(QKeySequence(each).toString() for key in KEYS for each in key.sequences)
    assert [each for each, times in used.items() if times > 1] == []


@pytest.mark.looks_only
def test_the_window_has_every_key(window: MainWindow) -> None:
    bound = {each.key().toString() for each in window.findChildren(QShortcut)}
    wanted = {QKeySequence(each).toString() for key in KEYS if key.bound for each in key.sequences}
    assert wanted - bound == set()


def listed(qtbot: QtBot, office: OfficeView) -> set[str]:
    """What the list of keys says to the one who sits there."""
    shown = KeyList(office)
    qtbot.addWidget(shown)
    return {label.text() for label in shown.findChildren(QLabel)}


@pytest.mark.looks_only
def test_the_list_says_every_key_and_what_it_does(office: Office, qtbot: QtBot) -> None:
    said = listed(qtbot, office.desk.office())
    assert {key.shown for key in KEYS} | {key.danish for key in KEYS} <= said


def test_care_staff_are_told_of_the_keys_of_the_admissions_only(town: Town, qtbot: QtBot) -> None:
    seat = town.seat("PLE", role=Role.CARE_STAFF)
    seat.until(lambda: seat.desk.office().is_care_staff)
    said = listed(qtbot, seat.desk.office()) & {key.danish for key in KEYS}
    assert said == {
        "Næste i listen",
        "Forrige i listen",
        "Indlæggelser",
        "I tjeklisten: Medbragt, Ikke relevant, Mangler",
        "I tjeklisten: alt medbragt",
        "I tjeklisten: notat til punktet",
        "Opret en indlæggelse",
        "Udskriv tjeklisten",
        "Hent og send nu",
        "Skjul skærmen",
        "Denne liste",
        "Send det, der er ved at blive skrevet",
    }


def test_a_manager_is_told_of_no_key_that_writes(town: Town, qtbot: QtBot) -> None:
    seat = town.seat("LED", role=Role.MANAGER)
    seat.until(lambda: seat.desk.office().role)
    said = listed(qtbot, seat.desk.office()) & {key.danish for key in KEYS}
    assert {"Tildel", "Søg borger, CPR, afdeling eller tekst", "Genoptræning"} <= said
    assert said.isdisjoint(
        {
            "Plejeforløbsplan OK",
            "Telefonnotat",
            "Skriv til sygehuset",
            "Word-notat",
            "I tjeklisten: alt medbragt",
            "Opret en indlæggelse",
            "Skriv indlæggelsesrapporten",
        }
    )


def test_a_key_that_is_a_character_is_shown_as_it_is_written() -> None:
    for key in KEYS:
        for each in key.sequences:
            written = each.replace("+", " ").replace("Return", "Enter")
            assert written in key.shown or written == "Esc", key


def test_the_readme_has_the_same_table(root: Path) -> None:
    english = read_texts(root / "resources" / "i18n" / "en.ts")
    said = [f"| {key.shown} | {english[SENTENCES, key.danish]} |" for key in KEYS]
    lines = (root / "README.md").read_text("utf-8").splitlines()
    start = lines.index("| Key | Does |") + 2
    assert lines[start : lines.index("", start)] == said
