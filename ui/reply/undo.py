"""The bar that shows what is about to be sent, for as long as it can be taken back."""

import datetime as dt
import math

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui import keys, theme
from ui.key_button import KeyButton
from ui.message import announce
from ui.parts import banner
from ui.translation import term, tr
from visitator.app.views import Transit, Waiting


class UndoBar(QWidget):
    """Shows the latest reply whose undo window is open; hidden when there is none."""

    undo_wanted = Signal(str)
    """An entry id."""
    missed = Signal()
    """It was asked to undo when there was nothing to undo."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        frame, self._label = banner(theme.Tone.WAITING)
        self._button = KeyButton(tr("Fortryd"), keys.hint("undo"))
        self._button.clicked.connect(self.undo_latest)
        row = QHBoxLayout(frame)
        row.setContentsMargins(theme.SPACE * 3, theme.SPACE, theme.SPACE, theme.SPACE)
        row.addWidget(self._label, 1)
        row.addWidget(self._button)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(theme.SPACE * 3, theme.SPACE * 2, theme.SPACE * 3, theme.SPACE * 2)
        outer.addWidget(frame)
        self._open: list[Waiting] = []
        self._said = ""
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, on=True)
        self.hide()

    def show_waiting(self, waiting: tuple[Waiting, ...], now: dt.datetime) -> None:
        """Take what waits in the outbox; say what can still be undone."""
        self._open = [each for each in waiting if _is_open(each, now)]
        self.tick(now)

    def tick(self, now: dt.datetime) -> None:
        """Count down; to be called every second or so while it is shown."""
        self._open = [each for each in self._open if _is_open(each, now)]
        if not self._open:
            self._said = ""
            self.hide()
            return
        latest = self._open[-1]
        self._label.setText(_sentence(latest, len(self._open), now))
        self.show()
        if latest.entry_id != self._said:
            # Once for each, not once a second.
            self._said = latest.entry_id
            self.setAccessibleName(self._label.text())
            announce(self, self._label.text())

    @property
    def is_open(self) -> bool:
        """Whether there is something to undo."""
        return bool(self._open)

    @property
    def count(self) -> int:
        """How many can be undone."""
        return len(self._open)

    def undo_latest(self) -> None:
        """Ask to take back the one that is shown."""
        if not self._open:
            self.missed.emit()
            return
        # Asked for once: a second press takes back the one before it, or nothing.
        latest = self._open.pop()
        self.setVisible(bool(self._open))
        self.undo_wanted.emit(latest.entry_id)


def _is_open(each: Waiting, now: dt.datetime) -> bool:
    until = each.sent.until
    return each.sent.transit is Transit.UNDO and until is not None and until > now


def _sentence(latest: Waiting, count: int, now: dt.datetime) -> str:
    until = latest.sent.until
    left = math.ceil((until - now).total_seconds()) if until else 0
    text = tr(
        "«{what}» om {name} sendes om {seconds} s.",
        what=term(latest.what),
        name=latest.name or tr("en borger uden navn"),
        seconds=left,
    )
    if count == 1:
        return text
    return tr("{text} {count} kan fortrydes, det seneste først.", text=text, count=count)
