"""Hiding the screen: everything at once, nothing can be done behind it, and nothing is lost."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Office
from tests.ui.screens import in_front, open_one
from ui.cover import IdleWatch
from ui.window import MainWindow
from ui.workplace import Workplace
from visitator.app.views import Box, Transit


def call_noted(
    workplace: Workplace, office: Office, qtbot: QtBot
) -> tuple[QWidget, QPlainTextEdit]:
    """A dialog that is open, and the field one writes in."""
    open_one(workplace, office.first(Box.UNASSIGNED), qtbot)
    workplace.casework.call()
    dialog = in_front()
    assert dialog is not None
    text = dialog.findChild(QPlainTextEdit)
    assert isinstance(text, QPlainTextEdit)
    return dialog, text


@pytest.mark.looks_only
def test_a_key_hides_everything_and_shows_it_again(window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert window.cover.is_covering
    assert window.cover.geometry() == window.rect()
    window.resize(window.width() + 40, window.height())
    assert window.cover.geometry() == window.rect()
    QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert not window.cover.is_covering


def test_no_key_answers_a_plan_nobody_can_see(
    window: MainWindow, workplace: Workplace, office: Office, qtbot: QtBot
) -> None:
    open_one(workplace, office.first(Box.UNASSIGNED), qtbot)
    window.cover.cover()
    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_T, Qt.Key.Key_J):
        QTest.keyClick(window, key)
    assert in_front() is None
    assert not [each for each in office.desk.waiting() if each.sent.transit is Transit.UNDO]


@pytest.mark.looks_only
def test_a_dialog_is_hidden_too_and_comes_back_as_it_was(
    window: MainWindow, workplace: Workplace, office: Office, qtbot: QtBot
) -> None:
    dialog, text = call_noted(workplace, office, qtbot)
    text.setPlainText("Aftalt, at ")
    window.cover.cover()
    assert in_front() is None
    window.cover.uncover()
    assert in_front() is dialog
    assert text.toPlainText() == "Aftalt, at "
    text.setPlainText("")
    dialog.close()


@pytest.mark.looks_only
def test_the_key_hides_what_stands_in_a_dialog_too(
    window: MainWindow, workplace: Workplace, office: Office, qtbot: QtBot
) -> None:
    dialog, text = call_noted(workplace, office, qtbot)
    # It is let go of when there is no field any more.
    QTest.keyPress(text, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert window.cover.is_covering
    assert in_front() is None
    QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert in_front() is dialog
    dialog.close()


def test_it_hides_by_itself_when_nobody_is_there(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.cover.MINUTE_MS", 20)
    watch = IdleWatch(0)
    watch.begin()
    with qtbot.waitSignal(watch.idle):
        watch.set_minutes(2)
    watch.end()


def test_it_never_hides_by_itself_when_that_is_not_wanted(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.cover.MINUTE_MS", 1)
    watch = IdleWatch(5)
    watch.begin()
    watch.set_minutes(0)
    with qtbot.assertNotEmitted(watch.idle, wait=100):
        pass
    watch.end()
