"""Search as one types: the results stand where the list stood, and Esc brings it back."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import Future
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from ui import theme
from ui.bridge import Bridge
from ui.inbox import wording
from ui.inbox.delegate import RowDelegate
from ui.inbox.list import RowView, paint_empty
from ui.translation import tr, tr_count
from visitator.app.views import Found

if TYPE_CHECKING:
    from visitator.app.desk import Desk

LIMIT = 200

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class _FoundModel(QAbstractTableModel):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.found: tuple[Found, ...] = ()
        self.now: dt.datetime | None = None

    def show_found(self, found: tuple[Found, ...], now: dt.datetime) -> None:
        self.beginResetModel()
        self.found, self.now = found, now
        self.endResetModel()

    def item(self, row: int) -> Found | None:
        return self.found[row] if 0 <= row < len(self.found) else None

    def lines(self, row: int) -> wording.Lines | None:
        found = self.item(row)
        if found is None or self.now is None:
            return None
        return wording.found_lines(found, self.now)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.found)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        found = self.item(index.row())
        if found is None or self.now is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            said = wording.spoken(found.row, self.now)
            return f"{said}, {wording.plain_snippet(found.snippet)}" if found.snippet else said
        return None


def _count(count: int) -> str:
    if not count:
        return tr("Intet fundet")
    if count == LIMIT:
        return tr("De {count} nyeste resultater", count=LIMIT)
    return tr_count("{count} resultat", "{count} resultater", count)


class SearchResults(RowView):
    """What was found, the newest first."""

    chosen = Signal(str)
    """The pathway to show."""
    told = Signal(str)
    """How many there are, in words."""

    def __init__(self, desk: Desk, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._bridge = bridge
        self._now = desk.now()
        self._asked: Future[tuple[Found, ...]] | None = None
        self._is_answered = False
        self._found = _FoundModel(self)
        self._delegate = RowDelegate(self, self._found.lines)
        self.setItemDelegate(self._delegate)
        self.setModel(self._found)
        self.setAccessibleName(tr("Søgeresultater"))
        self.setObjectName("searchResults")
        self.setMinimumWidth(theme.wide(theme.LIST_MIN_WIDTH))

    @property
    def is_answered(self) -> bool:
        """Whether what was searched for last has been answered."""
        return self._is_answered

    def search(self, typed: str) -> None:
        """Search; only the answer to the last question is shown."""
        if self._asked is not None:
            self._asked.cancel()
        self._is_answered = False
        asked = self._asked = self._desk.search(typed, LIMIT)
        self._bridge.call(asked, lambda found: self._show(asked, found))

    def drop(self) -> None:
        """Forget the results; an answer under way is not shown."""
        if self._asked is not None:
            self._asked.cancel()
        self._asked, self._is_answered = None, False
        self._found.show_found((), self._now)

    def enter(self) -> None:
        """Take the focus, with the first result chosen."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if not self.currentIndex().isValid():
            self.step(1)

    def step(self, by: int) -> None:
        """Choose the next (1) or previous (-1) result."""
        row = self.currentIndex().row() + by
        if 0 <= row < self._found.rowCount():
            self.setCurrentIndex(self._found.index(row, 0))

    def _show(self, asked: Future[tuple[Found, ...]], found: tuple[Found, ...]) -> None:
        if asked is not self._asked:
            return
        self._now = self._desk.now()
        self._is_answered = True
        self._found.show_found(found, self._now)
        self.set_heights(self._delegate)
        self.scrollToTop()
        self.viewport().update()
        self.setAccessibleDescription(_count(len(found)))
        self.told.emit(self.accessibleDescription())

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Qt's word that the selection moved."""
        super().currentChanged(current, previous)
        found = self._found.item(current.row())
        if found is not None:
            self.chosen.emit(found.row.pathway_id)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of font."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange and hasattr(self, "_delegate"):
            self._delegate.measure()
            self.set_heights(self._delegate)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the results, or say that there are none."""
        super().paintEvent(event)
        if self._is_answered and not self._found.rowCount():
            paint_empty(
                self,
                tr("Intet fundet"),
                tr("Der søges i navne, CPR-numre, afdelinger og tekster. Esc går tilbage."),
            )
