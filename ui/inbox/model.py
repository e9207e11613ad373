"""The inbox as Qt asks for it: headings and rows in one column, rows read by the page."""

from __future__ import annotations

import bisect
import datetime as dt
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ui.inbox import wording
from ui.inbox.wording import Heading, Lines
from visitator.app.views import Box

PAGE = 25
_PAGES_KEPT = 48

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class Counted(Protocol):
    """A heading: a `Group`, as far as the list goes."""

    @property
    def count(self) -> int:
        """How many rows stand under it."""


class Placed(Protocol):
    """A row: a `Row`, as far as the list goes."""

    @property
    def pathway_id(self) -> str:
        """Of the pathway it is about."""


class Listed(Protocol):
    """The headings of a list: an `Inbox`, as far as the list goes."""

    @property
    def box(self) -> Box:
        """The filter."""

    @property
    def groups(self) -> Sequence[Counted]:
        """In order."""

    @property
    def next_due(self) -> dt.datetime | None:
        """When the list has to be read again by itself."""


class Rows(Protocol):
    """What the list is read from: a `Desk`, as far as the list goes."""

    def now(self) -> dt.datetime:
        """The present instant in Danish time."""

    def inbox(self, box: Box) -> Listed:
        """The groups under a filter."""

    def rows(self, box: Box, offset: int, limit: int) -> Sequence[Placed]:
        """A page of rows, headings not counted."""

    def position(self, box: Box, pathway_id: str) -> int | None:
        """Where a pathway stands among the rows; None when it does not."""


class Wording(Protocol):
    """What the rows and headings of such a list say: the module `ui.inbox.wording`, or another."""

    def heading(self, group: Any, now: dt.datetime) -> str:  # noqa: ANN401 - the list's own kind
        """A heading."""

    def lines(self, row: Any, now: dt.datetime) -> Lines:  # noqa: ANN401
        """A row as it is drawn."""

    def spoken(self, row: Any, now: dt.datetime) -> str:  # noqa: ANN401
        """A row in one sentence."""

    def empty(self, box: Box) -> tuple[str, str]:
        """What an empty list says."""


class InboxModel(QAbstractTableModel):
    """One filter of the inbox. What is not looked at is not read."""

    def __init__(
        self,
        desk: Rows,
        clock: Callable[[], dt.datetime],
        parent: QObject | None = None,
        words: Wording = wording,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._clock = clock
        self._words = words
        self._groups: Sequence[Counted] = ()
        self._headings: list[int] = []
        self._total = 0
        self._pages: OrderedDict[int, Sequence[Placed]] = OrderedDict()
        self.box = Box.INBOX

    def show_inbox(self, inbox: Listed) -> bool:
        """Show another filter, or the same one read again.

        Returns whether the rows had to be laid out anew; when nothing but their contents changed,
        the list stays where it is.
        """
        if inbox.box is self.box and inbox.groups == self._groups:
            self._pages.clear()
            if self._total:
                self.dataChanged.emit(self.index(0, 0), self.index(self._total - 1, 0))
            return False
        self.beginResetModel()
        self.box, self._groups = inbox.box, inbox.groups
        self._pages.clear()
        self._headings = []
        self._total = 0
        for group in self._groups:
            self._headings.append(self._total)
            self._total += 1 + group.count
        self.endResetModel()
        return True

    def headings(self) -> tuple[int, ...]:
        """The model rows that are headings, rising."""
        return tuple(self._headings)

    def item(self, row: int) -> Placed | None:
        """The row that stands in a model row; None at a heading, or when it has gone."""
        at = self._heading_above(row)
        return None if at is None or self._headings[at] == row else self._row(row - at - 1)

    def said(self, row: int) -> Lines | Heading | None:
        """What stands in a model row, to be drawn; None when it has gone."""
        heading = self._heading(row)
        if heading is not None:
            return Heading(self._words.heading(heading, self._clock()), heading.count)
        item = self.item(row)
        return None if item is None else self._words.lines(item, self._clock())

    def _heading_above(self, row: int) -> int | None:
        """The number of the heading a model row stands under, or is."""
        at = bisect.bisect_right(self._headings, row) - 1
        return None if not 0 <= row < self._total or at < 0 else at

    def _heading(self, row: int) -> Counted | None:
        at = self._heading_above(row)
        return self._groups[at] if at is not None and self._headings[at] == row else None

    def find(self, pathway_id: str) -> int | None:
        """The model row of a pathway; None when it is not under this filter."""
        position = self._desk.position(self.box, pathway_id)
        return None if position is None else self.row_of(position)

    def row_of(self, position: int) -> int | None:
        """The model row of the pathway at a position, headings not counted."""
        row = position
        for heading in self._headings:
            if heading > row:
                break
            row += 1
        return row if 0 <= row < self._total else None

    def position_of(self, row: int) -> int:
        """How many pathways stand before a model row."""
        return row - bisect.bisect_left(self._headings, row)

    def _row(self, offset: int) -> Placed | None:
        page, place = divmod(offset, PAGE)
        rows = self._pages.get(page)
        if rows is None:
            rows = self._desk.rows(self.box, page * PAGE, PAGE)
            self._pages[page] = rows
            if len(self._pages) > _PAGES_KEPT:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(page)
        return rows[place] if place < len(rows) else None

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Headings and rows."""
        return 0 if parent.isValid() else self._total

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """One: the delegate draws the whole row."""
        return 0 if parent.isValid() else 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """The row in words; it is drawn from `item`."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        heading = self._heading(index.row())
        if heading is not None:
            return f"{self._words.heading(heading, self._clock())}, {heading.count}"
        item = self.item(index.row())
        return None if item is None else self._words.spoken(item, self._clock())

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A heading can neither be chosen nor stopped at."""
        if self._heading(index.row()) is not None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
