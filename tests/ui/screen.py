"""What a person does at the screen of one desk of a town: press keys, type, click, read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QMessageBox,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.app.town import Seat, Town
from tests.gateway.mailbox import plan
from ui.dialogs.form import FormDialog
from ui.window import MainWindow
from ui.workplace import Workplace
from visitator.app.views import Link, PathwayView, Transit
from visitator.domain.messages import AnyMessage, CarePlan
from visitator.domain.moment import Moment

_Dialog = TypeVar("_Dialog", bound=FormDialog)

KEYS = {
    "Esc": Qt.Key.Key_Escape,
    "Enter": Qt.Key.Key_Return,
    "Up": Qt.Key.Key_Up,
    "Down": Qt.Key.Key_Down,
}


class Screen:
    """A window on the desk of somebody in a town."""

    def __init__(self, town: Town, seat: Seat, window: MainWindow, qtbot: QtBot) -> None:
        self.town, self.seat, self.window, self._qtbot = town, seat, window, qtbot

    @property
    def workplace(self) -> Workplace:
        assert self.window.workplace is not None
        return self.window.workplace

    # --- what comes -----------------------------------------------------------------------------

    def plan(self, **changes: Any) -> str:
        """A plan comes in and is opened; returns its pathway."""
        return self.open(plan(**changes))

    def open(self, message: AnyMessage) -> str:
        pathway_id = self.town.sends(message)
        self.seat.desk.retry_now()
        self.until(lambda: self.seat.desk.pathway(pathway_id) is not None)
        self.until(lambda: self.workplace.list.choose(pathway_id))
        self.until(lambda: self.workplace.pathway_id == pathway_id)
        self.front()
        return pathway_id

    def settle(self) -> None:
        """Let the undo window end, and what waits be sent."""
        self.town.later(seconds=11)
        self.seat.desk.retry_now()
        self.until(lambda: not self.seat.desk.waiting())

    def settle_offline(self) -> None:
        """Let the undo window end, and the desk find out that it reaches nobody."""
        self.town.later(seconds=11)
        self.seat.desk.retry_now()
        self.until(lambda: self.seat.desk.standing().link is Link.OFFLINE)

    def hospital(self, *args: object, **more: object) -> None:
        """The hospital fetches, and its receipt comes back."""
        self.town.fetches(*args, **more)  # type: ignore[arg-type]
        self.seat.desk.retry_now()

    # --- what a person does ---------------------------------------------------------------------

    def front(self) -> None:
        """Bring the window to the front; the invisible screen of the tests has nobody who does."""
        self.window.activateWindow()
        self.until(self.window.isActiveWindow)

    def press(self, key: str, *, ctrl: bool = False, shift: bool = False) -> None:
        """Press a key in the window, or in the dialog that is before it."""
        target = QApplication.activeModalWidget() or self.window
        if target is self.window:
            self.front()
        code = KEYS.get(key) or Qt.Key(ord(key.upper()))
        modifier = Qt.KeyboardModifier
        held = modifier.ControlModifier if ctrl else modifier.NoModifier
        held |= modifier.ShiftModifier if shift else modifier.NoModifier
        focused = QApplication.focusWidget()
        if focused is not None and target.isAncestorOf(focused):
            target = focused
        QTest.keyClick(target, code, held)

    def write(self, text: str) -> None:
        """Type in the field that has the focus."""
        field = QApplication.focusWidget()
        assert field is not None
        QTest.keyClicks(field, text)

    def click(self, text: str, within: QWidget | None = None) -> None:
        """Click the button that says `text`."""
        self.until(lambda: self.buttons(text, within))
        QTest.mouseClick(self.button(text, within), Qt.MouseButton.LeftButton)

    def answer_box(self, text: str) -> list[str]:
        """Click `text` in the question that comes next; returns what was asked, when it was."""
        asked: list[str] = []

        def look() -> None:
            box = QApplication.activeModalWidget()
            if not isinstance(box, QMessageBox):
                QTimer.singleShot(5, look)
                return
            asked.append(box.text())
            self.click(text, box)

        QTimer.singleShot(0, look)
        return asked

    # --- what a person sees ---------------------------------------------------------------------

    def until(self, condition: Callable[[], object]) -> None:
        self._qtbot.waitUntil(lambda: bool(condition()))

    def dialog(self, kind: type[_Dialog]) -> _Dialog:
        """The dialog that is open; waits until it is."""
        self.until(lambda: isinstance(QApplication.activeModalWidget(), kind))
        found = QApplication.activeModalWidget()
        assert isinstance(found, kind)
        found.activateWindow()
        self.until(found.isActiveWindow)
        return found

    @property
    def has_dialog(self) -> bool:
        return QApplication.activeModalWidget() is not None

    def button(self, text: str, within: QWidget | None = None) -> QAbstractButton:
        found = self.buttons(text, within)
        assert found, [b.text() for b in (within or self.window).findChildren(QAbstractButton)]
        return found[0]

    def buttons(self, text: str, within: QWidget | None = None) -> list[QAbstractButton]:
        """The visible buttons that say `text`."""
        every = (within or self.window).findChildren(QAbstractButton)
        return [each for each in every if each.isVisible() and each.text() == text]

    def shows(self, text: str, within: QWidget | None = None) -> bool:
        """Whether a label or a button a person can see holds `text`."""
        return any(text in said for said in self.texts(within))

    def sees(self, text: str, within: QWidget | None = None) -> None:
        """Wait until a person can see `text`: places that tell of one thing do so in turn."""
        self.until(lambda: self.shows(text, within))

    def texts(self, within: QWidget | None = None) -> list[str]:
        place = within or self.window
        labels = [each.text() for each in place.findChildren(QLabel) if each.isVisible()]
        buttons = place.findChildren(QAbstractButton)
        return labels + [each.text() for each in buttons if each.isVisible()]

    def page(self) -> str:
        """What stands on the page of the plan."""
        return self.workplace.plan.page.toPlainText()

    def field(self, within: QWidget) -> QPlainTextEdit:
        found = within.findChild(QPlainTextEdit)
        assert isinstance(found, QPlainTextEdit)
        return found

    def view(self, pathway_id: str) -> PathwayView:
        return self.seat.view(pathway_id)

    def transit(self, pathway_id: str) -> Transit | None:
        return self.seat.transit(pathway_id)

    def draft(self, pathway_id: str, kind: str) -> str:
        kept = self.seat.desk.draft(pathway_id, kind)
        return kept.text if kept else ""


def discharged_at(day: int, hour: int) -> CarePlan:
    """A plan with another planned discharge in March 2030."""
    return plan(agreed_discharge=Moment(dt.date(2030, 3, day), dt.time(hour, 0)))
