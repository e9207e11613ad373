"""The inbox list: what is due first stands first, and the place in it is never lost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import (
    QElapsedTimer,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from ui import theme, words
from ui.inbox import wording
from ui.inbox.delegate import RowDelegate, fill
from ui.inbox.model import InboxModel, Listed, Rows, Wording
from ui.translation import tr
from visitator.app.views import Box

TICK_MS = 30_000
"""How often deadlines are counted down."""
REST_MS = 100
"""How long a held key rests before the plan is read."""


class RowView(QTableView):
    """A table of one column of drawn rows, with a heading here and there."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # One that Qt makes by itself has PySide look through all its classes for what it is.
        self.setViewport(QWidget())
        self._headings: tuple[int, ...] = ()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(1)
        # It draws its own ground, so that scrolling by a row draws that row and moves the others.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground, and the rows on it."""
        painter = QPainter(self.viewport())
        fill(painter, event.rect(), theme.colour(theme.tokens().surface))
        painter.end()
        super().paintEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Nothing: it would read every row, and letters are keys here."""

    def set_heights(self, delegate: RowDelegate, headings: tuple[int, ...] = ()) -> None:
        """Give rows and headings their heights."""
        header = self.verticalHeader()
        header.setDefaultSectionSize(delegate.row_height)
        for row in self._headings:
            # Qt keeps a size that was once set, whatever the default becomes.
            if row < header.count():
                header.resizeSection(row, delegate.row_height)
        for row in headings:
            header.resizeSection(row, delegate.heading_height)
        self._headings = headings
        self.verticalScrollBar().setSingleStep(delegate.row_height // 2)


class InboxList(RowView):
    """The rows of one filter. Chosen is a pathway, not a line of the list.

    Another list than the inbox has other `words`, and says its name itself.
    """

    chosen = Signal(str)
    """The pathway to show; when keys are held, the one they came to rest at."""
    passed = Signal(str)
    """The pathway the selection moved to, at once."""
    counted = Signal(object)
    """What stands in it, an `Inbox` or the like, whenever it was read."""
    drawn = Signal()
    """Rows have been drawn."""

    def __init__(self, desk: Rows, parent: QWidget | None = None, words: Wording = wording) -> None:
        super().__init__(parent)
        self._desk = desk
        self._words = words
        self._now = desk.now()
        self._inbox: Listed | None = None
        self._current = ""
        self._anchor: int | None = None
        """The position of the chosen one when it left the list."""
        self._restoring = False
        self._rows = InboxModel(desk, self._clock, self, words)
        self._delegate = RowDelegate(self, self._rows.said)
        self.setItemDelegate(self._delegate)
        self.setModel(self._rows)
        self._since_move = QElapsedTimer()
        self._rest = _timer(self, REST_MS, self._choose, once=True)
        self._tick = _timer(self, TICK_MS, self.count_down)
        self._tick.start()
        self.setAccessibleName(tr("Indbakke"))
        self.setObjectName("inboxList")
        self.setMinimumWidth(theme.wide(theme.LIST_MIN_WIDTH))

    @property
    def box(self) -> Box:
        """The filter shown."""
        return self._rows.box

    @property
    def current(self) -> str:
        """The pathway id chosen; empty when there is none."""
        return self._current

    @property
    def next_due(self) -> dt.datetime | None:
        """The first deadline ahead, when it was read last; None when there is none."""
        return None if self._inbox is None else self._inbox.next_due

    def _clock(self) -> dt.datetime:
        return self._now

    # --- reading --------------------------------------------------------------------------------

    def show_box(self, box: Box) -> None:
        """Show another filter; what was chosen stays chosen if it is there, too."""
        self._read(box)
        if not self.currentIndex().isValid():
            self.scrollToTop()

    def refresh(self) -> None:
        """Read the list again; the place in it and what is chosen stay."""
        self._read(self._rows.box)

    def stand_as(self, other: InboxList) -> None:
        """Show the filter another list shows, the same rows of it, and choose what it has chosen.

        That is opened when it has rested, as where a held key comes to rest: a key that was pressed
        before it could be seen must not be about it.
        """
        self.show_box(other.box)
        self._since_move.start()
        if other.current:
            self.choose(other.current)
        self.verticalScrollBar().setValue(other.verticalScrollBar().value())

    def count(self) -> None:
        """Read how much there is, for who says it elsewhere; the rows stay as they are."""
        self._inbox = self._desk.inbox(self._rows.box)
        self.counted.emit(self._inbox)

    def count_down(self) -> None:
        """Let deadlines follow the time; read again only when one has passed or a day begun."""
        before, self._now = self._now, self._desk.now()
        due = self.next_due
        has_passed = due is not None and words.left(due, self._now) < dt.timedelta(0)
        if before.date() != self._now.date() or has_passed:
            self.refresh()
        self.viewport().update()

    def _read(self, box: Box) -> None:
        self._now = self._desk.now()
        is_same = box is self._rows.box
        self._inbox = self._desk.inbox(box)
        above = self._height_above_current()
        stood = self.currentIndex().row()
        position = None if stood < 0 else self._rows.position_of(stood)
        scrolled = self.verticalScrollBar().value()
        self._restoring = True
        try:
            if self._rows.show_inbox(self._inbox):
                self.set_heights(self._delegate, self._rows.headings())
            self._restore(stood if is_same else -1, position)
            self._scroll_back(above, scrolled)
        finally:
            self._restoring = False
        self.counted.emit(self._inbox)
        self.viewport().update()

    def _height_above_current(self) -> int | None:
        """Where the chosen row stands in the window (px from its top), if it can be seen."""
        row = self.currentIndex().row()
        if row < 0:
            return None
        top = self.rowViewportPosition(row)
        return top if -self.rowHeight(row) < top < self.viewport().height() else None

    def _restore(self, stood: int, position: int | None) -> None:
        """Find the chosen pathway again, first where it `stood` (a row of the model, or -1).

        Where it is gone, remember the `position`.
        """
        if not self._current:
            return
        # Where it stood is read to be drawn in any case; to look for it goes through the list.
        row = stood if self._holds(stood, self._current) else self._rows.find(self._current)
        if row is None:
            if position is not None:
                self._anchor = position
            self.setCurrentIndex(QModelIndex())
            self.clearSelection()
            return
        self._anchor = None
        self.setCurrentIndex(self._rows.index(row, 0))

    def _scroll_back(self, above: int | None, scrolled: int) -> None:
        """Let the chosen row stand where it stood; where it cannot be seen, nothing moves."""
        bar, row = self.verticalScrollBar(), self.currentIndex().row()
        if row < 0 or above is None:
            bar.setValue(scrolled)
        else:
            bar.setValue(bar.value() + self.rowViewportPosition(row) - above)

    # --- choosing -------------------------------------------------------------------------------

    def step(self, by: int) -> None:
        """Choose the next (1) or previous (-1) pathway."""
        index = self._beside(by)
        if index.isValid():
            self.setCurrentIndex(index)

    @property
    def following(self) -> str:
        """The pathway that the key for the next one would choose; empty when there is none."""
        item = self._rows.item(self._beside(1).row())
        return item.pathway_id if item is not None else ""

    def _beside(self, by: int) -> QModelIndex:
        row = self.currentIndex().row()
        if row >= 0 or self._anchor is None:
            return self._nearest(row + by, by)
        # The chosen one has left this list: the next one now stands where it stood.
        stood = self._rows.row_of(self._anchor if by > 0 else self._anchor - 1)
        return QModelIndex() if stood is None else self._nearest(stood, by)

    def _nearest(self, row: int, by: int) -> QModelIndex:
        """The first pathway from `row` on, in a direction; headings are passed."""
        while 0 <= row < self._rows.rowCount():
            if self._rows.item(row) is not None:
                return self._rows.index(row, 0)
            row += by
        return QModelIndex()

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Where a key leads: to a pathway, never to a heading."""
        wanted = QAbstractItemView.CursorAction
        match action:
            case wanted.MoveDown | wanted.MoveUp:
                return self._beside(1 if action is wanted.MoveDown else -1)
            case wanted.MoveHome:
                return self._nearest(0, 1)
            case wanted.MoveEnd:
                return self._nearest(self._rows.rowCount() - 1, -1)
            case wanted.MoveNext:
                # Qt asks at every focus; what is opened is for a person to choose.
                return QModelIndex()
        reached = super().moveCursor(action, modifiers)
        return self._nearest(reached.row(), 1) if reached.isValid() else reached

    def choose(self, pathway_id: str) -> bool:
        """Choose a pathway if it is in this list; returns whether it was."""
        row = self._rows.find(pathway_id)
        if row is not None and not self._holds(row, pathway_id):
            # The list has changed since it was read; another citizen stands there.
            self.refresh()
            row = self._rows.find(pathway_id)
        if row is None or not self._holds(row, pathway_id):
            return False
        index = self._rows.index(row, 0)
        self.setCurrentIndex(index)
        self.scrollTo(index)
        return True

    def _holds(self, row: int, pathway_id: str) -> bool:
        item = self._rows.item(row)
        return item is not None and item.pathway_id == pathway_id

    def forget(self) -> None:
        """Choose nothing."""
        self._current, self._anchor = "", None
        self.setCurrentIndex(QModelIndex())
        self.clearSelection()

    def currentChanged(
        self,
        current: QModelIndex | QPersistentModelIndex,
        previous: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Qt's word that the selection moved."""
        super().currentChanged(current, previous)
        if self._restoring or not current.isValid():
            return
        item = self._rows.item(current.row())
        if item is None or item.pathway_id == self._current:
            return
        self._current, self._anchor = item.pathway_id, None
        self.passed.emit(self._current)
        if self._since_move.isValid() and self._since_move.elapsed() < REST_MS:
            self._rest.start()
        else:
            self._choose()
        # From now, not from before the plan was read: that time is not the person's.
        self._since_move.start()

    def _choose(self) -> None:
        self._rest.stop()
        if self._current:
            self.chosen.emit(self._current)

    # --- looks ----------------------------------------------------------------------------------

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of font."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange and hasattr(self, "_delegate"):
            self._delegate.measure()
            self.set_heights(self._delegate, self._rows.headings())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows, or what an empty list says."""
        super().paintEvent(event)
        if self._rows.rowCount():
            self.drawn.emit()
        elif self._inbox is not None:
            paint_empty(self, *self._words.empty(self._rows.box))


def paint_empty(view: QAbstractItemView, title: str, text: str) -> None:
    """Say in the middle of an empty list what will come here."""
    painter = QPainter(view.viewport())
    area = view.viewport().rect().adjusted(theme.SPACE * 6, theme.SPACE * 16, -theme.SPACE * 6, 0)
    flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
    strong = theme.font(strong=True)
    painter.setFont(strong)
    painter.setPen(theme.colour(theme.tokens().text))
    painter.drawText(area, flags | Qt.TextFlag.TextWordWrap, title)
    area.adjust(0, QFontMetrics(strong).height() + theme.SPACE * 2, 0, 0)
    painter.setFont(theme.font())
    painter.setPen(theme.colour(theme.tokens().muted))
    painter.drawText(area, flags | Qt.TextFlag.TextWordWrap, text)
    painter.end()


def _timer(
    parent: QWidget, milliseconds: int, do: Callable[[], object], *, once: bool = False
) -> QTimer:
    timer = QTimer(parent)
    timer.setInterval(milliseconds)
    timer.setSingleShot(once)
    timer.timeout.connect(do)
    return timer
