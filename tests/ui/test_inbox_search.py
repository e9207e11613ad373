"""Search as one types, on a real desk: what is found, what is shown, and the way back."""

from __future__ import annotations

from concurrent.futures import Future

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Office, chosen, lines
from ui.searchbox import DEBOUNCE_MS
from ui.window import MainWindow
from ui.workplace import Workplace
from visitator.app.views import Box, Found

pytestmark = pytest.mark.looks_only


def found(workplace: Workplace, qtbot: QtBot) -> list[str]:
    """What the results say, once there are any."""
    qtbot.waitUntil(lambda: workplace.results.isVisible() and workplace.results.is_answered)
    return lines(workplace.results)


def test_a_name_is_found_while_it_is_typed(
    window: MainWindow, workplace: Workplace, office: Office, qtbot: QtBot
) -> None:
    name = office.desk.rows(Box.ALL, 0, 1)[0].name
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(window.top.search, name[:6])
    assert any(line.startswith(name) for line in found(workplace, qtbot))


def test_a_word_of_a_plan_is_found_and_shown_in_its_place(
    window: MainWindow, workplace: Workplace, qtbot: QtBot
) -> None:
    window.top.search.setText("rollator")
    said = found(workplace, qtbot)
    assert said
    assert any("rollator" in line.lower() for line in said)
    assert not any("\x02" in line or "\x03" in line for line in said)


def test_typing_quickly_asks_once(
    window: MainWindow,
    workplace: Workplace,
    office: Office,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    real = office.desk.search

    def ask(typed: str, limit: int = 200) -> Future[tuple[Found, ...]]:
        asked.append(typed)
        return real(typed, limit)

    monkeypatch.setattr(office.desk, "search", ask)
    QTest.keyClicks(window.top.search, "rollator")
    found(workplace, qtbot)
    assert asked[-1] == "rollator"
    assert len(asked) <= 2


def test_esc_goes_back_to_the_row_one_came_from(
    window: MainWindow, workplace: Workplace, office: Office, qtbot: QtBot
) -> None:
    rows = office.desk.rows(Box.INBOX, 0, 4)
    workplace.list.choose(rows[3].pathway_id)
    at = workplace.list.verticalScrollBar().value()
    window.top.search.setFocus()
    window.top.search.setText("rollator")
    found(workplace, qtbot)
    QTest.keyClick(window.top.search, Qt.Key.Key_Down)
    assert chosen(workplace.results)
    assert workplace.results.hasFocus()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert workplace.list.isVisible()
    assert window.top.search.text() == ""
    assert chosen(workplace.list).startswith(rows[3].name)
    assert workplace.pathway_id == rows[3].pathway_id
    assert workplace.list.verticalScrollBar().value() == at


def test_j_and_k_go_through_the_results(
    window: MainWindow, workplace: Workplace, qtbot: QtBot
) -> None:
    window.top.search.setText("rollator")
    said = found(workplace, qtbot)
    workplace.results.enter()
    QTest.keyClick(window, Qt.Key.Key_J)
    assert chosen(workplace.results) == said[1]
    QTest.keyClick(window, Qt.Key.Key_K)
    assert chosen(workplace.results) == said[0]


def test_an_answer_that_comes_after_the_search_was_left_is_not_shown(
    window: MainWindow, workplace: Workplace, qtbot: QtBot
) -> None:
    workplace.search("rollator")
    workplace.leave_search()
    later = QTimer(window)
    later.setSingleShot(True)
    # It was started after the search's own, so that one would have come first.
    with qtbot.waitSignal(later.timeout):
        later.start(2 * DEBOUNCE_MS)
    assert workplace.list.isVisible()
    assert lines(workplace.results) == []


def test_what_is_not_there_is_said_not_to_be(
    window: MainWindow, workplace: Workplace, qtbot: QtBot
) -> None:
    window.top.search.setText("xyzzyfindesikke")
    assert found(workplace, qtbot) == []
    assert workplace.results.accessibleDescription() == "Intet fundet"


def test_letters_typed_in_the_search_field_are_no_keys(
    window: MainWindow, workplace: Workplace, office: Office, qtbot: QtBot
) -> None:
    workplace.list.step(1)
    before = workplace.pathway_id
    window.top.search.setFocus()
    QTest.keyClicks(window.top.search, "jkt123")
    assert window.top.search.text() == "jkt123"
    assert workplace.pathway_id == before
    assert office.desk.waiting() == ()
