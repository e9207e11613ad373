"""The list before the desk is open: to be looked at and chosen from, and nothing is done by it."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from tests.store.workstation import (
    AGREEMENT,
    KEY,
    Gateway,
    letter,
    note,
    open_store,
    plan,
)
from tests.ui.patience import PATIENCE_MS
from ui.inbox.list import REST_MS, InboxList
from ui.main import Program, See
from ui.navigation import Navigation, NavigationItem, Place
from visitator.app.desk import Desk
from visitator.app.first_look import FirstLook
from visitator.app.opening import Access, Opening, open_desk
from visitator.app.preferences import Preferences
from visitator.app.settings import Settings
from visitator.app.views import Box, KnownError

NOW = dt.datetime(2026, 2, 2, 9, tzinfo=dt.UTC)
NOBODY = "http://127.0.0.1:9"
PLANS = 30
WAITING = 1
"""Notes that were written before, and not sent yet."""


class Start:
    """A start that stands still when the list is seen, until it is told to go on."""

    def __init__(self, app: QApplication, path: Path) -> None:
        self.path = path
        self.looks: list[FirstLook] = []
        self.fault: KnownError | None = None
        self._may_go_on = threading.Event()
        self.program = Program(app, self._open, is_demo=True)

    def _open(self, progress: Callable[[str, float | None], None], see: See) -> Desk:
        def seen(look: FirstLook) -> None:
            self.looks.append(look)
            see(look)
            self._may_go_on.wait(PATIENCE_MS / 1_000)
            if self.fault is not None:
                raise self.fault

        opening = Opening(
            settings=Settings(agreement=AGREEMENT.id),
            preferences=Preferences(name="Anne Holm"),
            path=self.path,
            key=lambda: KEY,
            connect=lambda: Access(address=NOBODY, token="none", user="AHN", device="PC1"),
            clock=lambda: NOW,
            user="AHN",
        )
        return open_desk(opening, progress, seen)

    @property
    def list(self) -> InboxList:
        """The one that is seen."""
        assert self.program.window.list is not None
        return self.program.window.list

    def go_on(self) -> None:
        self._may_go_on.set()

    def end(self) -> None:
        self.go_on()
        self.program.window.leave()
        self.program.window.hide()
        self.program.window.deleteLater()
        self.program.end()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "store" / "visitator.db"
    with open_store(path) as store:
        gateway = Gateway()
        gateway.accept(*(letter(plan(), pathway=f"P{number:02}") for number in range(PLANS)))
        gateway.page_to(store)
        store.append(note(pathway="P03"))
    return path


@pytest.fixture
def start(qapp: QApplication, qtbot: QtBot, path: Path) -> Iterator[Start]:
    """The program as it is seen before the desk is there."""
    begun = Start(qapp, path)
    begun.program.start()
    qtbot.waitUntil(lambda: begun.program.window.list is not None, timeout=PATIENCE_MS)
    yield begun
    begun.end()


def open_now(start: Start, qtbot: QtBot) -> None:
    start.go_on()
    window = start.program.window
    qtbot.waitUntil(lambda: window.workplace is not None, timeout=PATIENCE_MS)


def said(listed: InboxList) -> list[object]:
    """Each line of a list as it is read aloud."""
    model = listed.model()
    return [model.data(model.index(row, 0)) for row in range(model.rowCount())]


def stands(start: Start) -> QRect:
    """Where the list is in its window, and how large."""
    return QRect(start.list.mapTo(start.program.window, QPoint()), start.list.size())


def texts(start: Start) -> list[str]:
    """The sentences that are seen in the window."""
    labels = start.program.window.findChildren(QLabel)
    return [each.text() for each in labels if each.isVisible()]


def counted(start: Start) -> dict[str, str]:
    """The places, and what is said of how much there is in each."""
    (navigation,) = (
        each for each in start.program.window.findChildren(Navigation) if each.isVisible()
    )
    items = navigation.findChildren(NavigationItem)
    return {each.text(): each.accessibleName() for each in items}


def test_the_list_is_seen_before_the_desk_is_there_and_is_the_same_after(
    start: Start, qtbot: QtBot
) -> None:
    assert start.program.window.workplace is None
    assert start.list.isVisible()
    before, counts = said(start.list), counted(start)
    where = stands(start)
    assert len(before) == PLANS + 1
    qtbot.waitUntil(lambda: "Låser databasen op" in texts(start))
    assert counts["Indbakke"] == f"Indbakke, {PLANS} forløb"
    open_now(start, qtbot)
    assert said(start.list) == before
    QApplication.processEvents()
    assert stands(start) == where
    after = counted(start)
    # What has not been counted yet says so by saying nothing.
    assert {name for name in counts if counts[name] != after[name]} == {
        "Indlæggelser",
        "Genoptræning",
    }
    assert counts["Indlæggelser"] == "Indlæggelser"


def test_keys_that_answer_do_nothing_before_the_desk_is_there(start: Start, qtbot: QtBot) -> None:
    QTest.keyClick(start.list, Qt.Key.Key_Down)
    assert start.list.current == "P00"
    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_J, Qt.Key.Key_Return):
        QTest.keyClick(start.list, key)
    assert start.list.current == "P00"
    open_now(start, qtbot)
    place = start.program.window.workplace
    assert place is not None
    qtbot.waitUntil(lambda: place.pathway_id == "P00", timeout=PATIENCE_MS)
    assert len(place.desk.waiting()) == WAITING


def test_what_was_chosen_is_opened_and_a_key_pressed_before_it_is_seen_is_not_about_it(
    start: Start, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = start.program.window
    open_window = window.open
    about: list[str] = []

    def open_and_press(desk: Desk) -> None:
        """As of a person who pressed a key while the columns were made."""
        open_window(desk)
        assert window.workplace is not None
        about.append(window.workplace.pathway_id)
        if not about[0]:
            QTest.keyClick(window, Qt.Key.Key_1)

    monkeypatch.setattr(window, "open", open_and_press)
    for _ in range(4):
        QTest.keyClick(start.list, Qt.Key.Key_Down)
    open_now(start, qtbot)
    place = window.workplace
    assert place is not None
    assert start.list.current == "P03"
    qtbot.waitUntil(lambda: place.pathway_id == "P03", timeout=PATIENCE_MS)
    QTest.qWait(REST_MS)
    assert about == [""]
    assert len(place.desk.waiting()) == WAITING


def test_where_one_went_is_where_one_is(start: Start, qtbot: QtBot) -> None:
    (navigation,) = start.program.window.findChildren(Navigation)
    navigation.chosen.emit(Box.ALL)
    assert start.list.box is Box.ALL
    open_now(start, qtbot)
    assert start.program.window.workplace is not None
    assert start.program.window.workplace.place is Box.ALL


def test_a_place_besides_the_inbox_is_gone_to_when_the_desk_is_there(
    start: Start, qtbot: QtBot
) -> None:
    (navigation,) = start.program.window.findChildren(Navigation)
    navigation.chosen.emit(Place.ADMISSIONS)
    open_now(start, qtbot)
    assert start.program.window.workplace is not None
    assert start.program.window.workplace.place is Place.ADMISSIONS


def test_a_list_stands_scrolled_as_it_stood(start: Start, qtbot: QtBot) -> None:
    bar = start.list.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    stood = bar.value()
    assert stood > 0
    open_now(start, qtbot)
    assert start.list.verticalScrollBar().value() == stood


def test_a_fault_after_it_takes_the_list_away_and_lets_go_of_the_file(
    start: Start, qtbot: QtBot
) -> None:
    start.fault = KnownError("Disken er fuld. Intet er ændret.", can_put_aside=True)
    window = start.program.window
    start.go_on()
    qtbot.waitUntil(lambda: str(start.fault) in texts(start), timeout=PATIENCE_MS)
    assert window.list is None
    assert window.findChildren(InboxList) == []
    with pytest.raises(Exception, match="closed"):
        start.looks[0].inbox(Box.INBOX)


def test_the_window_may_be_closed_while_only_the_list_is_there(start: Start) -> None:
    start.program.window.close()
    start.go_on()
    assert start.program.end() == WAITING
    with open_store(start.path) as store:
        assert len(store.outbox("AHN")) == WAITING
