"""How little the list reads and asks when there is much in it; times are the benchmarks' matter."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.benchmarks.store import apply_all, encoded
from tests.store.workstation import AGREEMENT, open_store
from ui.inbox.list import InboxList
from ui.inbox.model import PAGE, InboxModel
from visitator.app.inbox import Inboxes
from visitator.app.views import Box, Inbox, Row
from visitator.domain.deadlines import to_copenhagen

PATHWAYS = 1_500
NOW = dt.datetime(2026, 2, 3, 8, 0, tzinfo=dt.UTC)
HEIGHT = 800
SEEN_AT_ONCE = 2
"""Pages a window can show a part of at once."""


class Read:
    """A real store's inbox; counts what is read of it."""

    def __init__(self, inboxes: Inboxes) -> None:
        self._inboxes = inboxes
        self.times: Counter[str] = Counter()

    def now(self) -> dt.datetime:
        return to_copenhagen(NOW)

    def inbox(self, box: Box) -> Inbox:
        self.times["inbox"] += 1
        return self._inboxes.inbox(box)

    def rows(self, box: Box, offset: int, limit: int) -> tuple[Row, ...]:
        self.times["rows"] += 1
        return self._inboxes.rows(box, offset, limit)

    def position(self, box: Box, pathway_id: str) -> int | None:
        self.times["position"] += 1
        return self._inboxes.position(box, pathway_id)


@pytest.fixture
def read(tmp_path: Path) -> Iterator[Read]:
    with open_store(tmp_path / "store" / "visitator.db") as store:
        apply_all(store, encoded(PATHWAYS, shortest=1, longest=1))
        yield Read(Inboxes(store, "AHN", AGREEMENT, lambda: NOW, {}))


@pytest.fixture
def inbox(read: Read, qtbot: QtBot) -> InboxList:
    shown = InboxList(read)
    qtbot.addWidget(shown)
    shown.resize(360, HEIGHT)
    shown.show()
    shown.show_box(Box.INBOX)
    settle()
    read.times.clear()
    return shown


def settle() -> None:
    QApplication.processEvents()


def test_showing_a_filter_reads_its_counts_and_one_page(inbox: InboxList, read: Read) -> None:
    for box in (Box.UNASSIGNED, Box.INBOX):
        inbox.show_box(box)
        settle()
        assert read.times["inbox"] == 1
        assert read.times["rows"] <= SEEN_AT_ONCE
        read.times.clear()
    assert inbox.model().rowCount() > PATHWAYS


def test_drawing_the_list_asks_for_nothing_in_words(
    inbox: InboxList, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    real = InboxModel.data

    def data(model: InboxModel, index: QModelIndex, role: int) -> str | None:
        said = real(model, index, role)
        if said is not None:
            asked.append(index.row())
        return said

    monkeypatch.setattr(InboxModel, "data", data)
    inbox.repaint()
    inbox.verticalScrollBar().setValue(inbox.verticalScrollBar().maximum() // 2)
    inbox.repaint()
    assert asked == []


def test_going_down_row_by_row_reads_each_page_once(inbox: InboxList, read: Read) -> None:
    for _ in range(250):
        QTest.keyClick(inbox, Qt.Key.Key_Down)
    assert read.times["rows"] <= 250 // PAGE + SEEN_AT_ONCE
    assert read.times["inbox"] == read.times["position"] == 0


def test_scrolling_through_everything_and_back_reads_each_page_about_once(
    inbox: InboxList, read: Read
) -> None:
    bar = inbox.verticalScrollBar()
    for value in (*range(0, bar.maximum(), HEIGHT), *range(bar.maximum(), 0, -HEIGHT)):
        bar.setValue(value)
        inbox.repaint()
    assert read.times["rows"] <= 2 * (PATHWAYS // PAGE + SEEN_AT_ONCE)
    assert set(read.times) == {"rows"}


def test_reading_again_reads_only_what_is_seen(inbox: InboxList, read: Read) -> None:
    for _ in range(3):
        QTest.keyClick(inbox, Qt.Key.Key_PageDown)
    chosen = inbox.current
    read.times.clear()
    inbox.refresh()
    settle()
    assert inbox.current == chosen
    assert read.times["inbox"] == 1
    assert read.times["position"] == 0
    assert read.times["rows"] <= SEEN_AT_ONCE


def test_the_end_is_reached_at_once(inbox: InboxList, read: Read) -> None:
    QTest.keyClick(inbox, Qt.Key.Key_End)
    settle()
    assert inbox.currentIndex().row() == inbox.model().rowCount() - 1
    assert read.times["rows"] <= SEEN_AT_ONCE
    QTest.keyClick(inbox, Qt.Key.Key_Home)
    assert inbox.currentIndex().row() == 1
