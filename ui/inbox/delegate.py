"""Draws a row of the list: who and until when; what; where from and whose."""

import dataclasses
import datetime as dt
from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui import theme, words
from ui.inbox import wording
from ui.inbox.wording import Piece
from ui.theme import SPACE
from visitator.app.views import Found, Group, Row

_SIDE = SPACE * 4
_ABOVE = SPACE * 2 + SPACE // 2
_BETWEEN = SPACE // 2
_GAP = SPACE * 2
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_MIDDLE = Qt.AlignmentFlag.AlignCenter
_SHORT_NAME = "0" * 12
"""As long as what must be left of a name."""
_MARK_OPENS, _MARK_CLOSES = "\x02", "\x03"


@dataclasses.dataclass(frozen=True)
class _Face:
    """A font with its measures."""

    font: QFont
    metrics: QFontMetrics


class RowDelegate(QStyledItemDelegate):
    """Draws rows, headings and what a search found; heights follow the font."""

    def __init__(
        self,
        parent: QWidget,
        item: Callable[[int], Row | Group | Found | None],
        clock: Callable[[], dt.datetime],
    ) -> None:
        super().__init__(parent)
        self._item = item
        self._clock = clock
        self.measure()

    def measure(self) -> None:
        """Take the sizes from the application's font again."""
        self._normal = _face(theme.font())
        self._strong = _face(theme.font(strong=True))
        self._small = _face(theme.font(theme.SECONDARY_POINTS))
        self._small_strong = _face(theme.font(theme.SECONDARY_POINTS, strong=True))
        self._chip_height = self._small_strong.metrics.height() + SPACE
        self._first = max(self._strong.metrics.height(), self._chip_height)
        self._second = self._normal.metrics.height()
        self._third = self._small.metrics.height()

    @property
    def row_height(self) -> int:
        """Of a row (px)."""
        return 2 * _ABOVE + self._first + self._second + self._third + 2 * _BETWEEN + theme.RULE

    @property
    def heading_height(self) -> int:
        """Of a heading (px)."""
        return self._small_strong.metrics.height() + 2 * (SPACE + SPACE // 2) + theme.RULE

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """A row's own height."""
        return QSize(0, self.row_height)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw what stands in the row."""
        item = self._item(index.row())
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(item, Group):
            self._paint_heading(painter, box, item)
        elif item is not None:
            self._paint_ground(painter, box, state)
            if isinstance(item, Found):
                self._paint_row(painter, box, item.row, _marked(item.snippet))
            else:
                self._paint_row(painter, box, item, None)
        painter.restore()

    def _paint_heading(self, painter: QPainter, box: QRect, group: Group) -> None:
        look = theme.tokens()
        painter.fillRect(box, theme.colour(look.window))
        self._rule(painter, box)
        inner = box.adjusted(_SIDE - SPACE, 0, -_SIDE + SPACE, -theme.RULE)
        count = words.number(group.count)
        painter.setPen(theme.colour(look.muted))
        painter.setFont(self._small_strong.font)
        painter.drawText(inner, _RIGHT, count)
        room = inner.width() - self._small_strong.metrics.horizontalAdvance(count) - _GAP
        text = wording.heading(group, self._clock())
        painter.drawText(inner, _LEFT, _cut(self._small_strong, text, room))

    def _paint_ground(self, painter: QPainter, box: QRect, state: QStyle.StateFlag) -> None:
        look = theme.tokens()
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.fillRect(box, theme.colour(look.selection if chosen else look.surface))
        self._rule(painter, box)
        if not chosen:
            return
        painter.fillRect(
            QRect(box.left(), box.top(), theme.MARK, box.height()), theme.colour(look.primary)
        )
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(theme.colour(look.primary))
            painter.drawRect(box.adjusted(0, 0, -1, -1))

    def _rule(self, painter: QPainter, box: QRect) -> None:
        line = QRect(box.left(), box.bottom() - theme.RULE + 1, box.width(), theme.RULE)
        painter.fillRect(line, theme.colour(theme.tokens().border))

    def _paint_row(
        self, painter: QPainter, box: QRect, row: Row, found: Sequence[Piece] | None
    ) -> None:
        now = self._clock()
        line = box.adjusted(_SIDE, _ABOVE, -_SIDE + SPACE, 0)
        line.setHeight(self._first)
        self._paint_first(painter, line, row, now)
        line.translate(0, self._first + _BETWEEN)
        line.setHeight(self._second)
        if found is None:
            self._paint_pieces(painter, line, wording.second_line(row, now), " · ")
        else:
            self._paint_pieces(painter, line, found, "")
        line.translate(0, self._second + _BETWEEN)
        line.setHeight(self._third)
        self._paint_third(painter, line, row, now)

    def _paint_first(self, painter: QPainter, line: QRect, row: Row, now: dt.datetime) -> None:
        look = theme.tokens()
        room = line.width() - self._paint_chip(painter, line, wording.chip(row, now))
        cpr = row.cpr_masked
        beside = room - self._normal.metrics.horizontalAdvance(cpr) - _GAP if cpr else room
        if beside < self._strong.metrics.horizontalAdvance(_SHORT_NAME):
            # Half a name tells nobody apart; what is masked of the number tells less.
            cpr, beside = "", room
        name = _cut(self._strong, wording.name(row), beside)
        painter.setPen(theme.colour(look.text))
        painter.setFont(self._strong.font)
        painter.drawText(line, _LEFT, name)
        past = self._strong.metrics.horizontalAdvance(name) + _GAP
        painter.setPen(theme.colour(look.muted))
        painter.setFont(self._normal.font)
        painter.drawText(line.adjusted(past, 0, 0, 0), _LEFT, cpr)

    def _paint_chip(self, painter: QPainter, line: QRect, chip: wording.Chip | None) -> int:
        """Draw the chip at the right; the room it took."""
        if chip is None:
            return 0
        pair = theme.tone(chip.tone)
        width = self._small_strong.metrics.horizontalAdvance(chip.text) + 4 * SPACE
        top = line.top() + (line.height() - self._chip_height) // 2
        place = QRect(line.right() - width + 1, top, width, self._chip_height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(pair.ground))
        painter.drawRoundedRect(place, place.height() / 2, place.height() / 2)
        painter.setPen(theme.colour(pair.text))
        painter.setFont(self._small_strong.font)
        painter.drawText(place, _MIDDLE, chip.text)
        return width + _GAP

    def _paint_pieces(
        self, painter: QPainter, line: QRect, pieces: Sequence[Piece], between: str
    ) -> None:
        look = theme.tokens()
        left, room = line.left(), line.width()
        for number, piece in enumerate(pieces):
            for text, face, tone in (
                (between if number else "", self._normal, None),
                (piece.text, self._strong if piece.strong else self._normal, piece.tone),
            ):
                if not text or room <= 0:
                    continue
                shown = _cut(face, text, room)
                width = face.metrics.horizontalAdvance(shown)
                painter.setFont(face.font)
                painter.setPen(theme.colour(look.text if tone is None else theme.tone(tone).text))
                painter.drawText(QRect(left, line.top(), width + 1, line.height()), _LEFT, shown)
                left, room = left + width, room - width
                if shown != text:
                    return

    def _paint_third(self, painter: QPainter, line: QRect, row: Row, now: dt.datetime) -> None:
        painter.setPen(theme.colour(theme.tokens().muted))
        painter.setFont(self._small.font)
        owner = _cut(self._small, wording.owner(row), line.width() // 2)
        painter.drawText(line, _RIGHT, owner)
        room = line.width() - self._small.metrics.horizontalAdvance(owner) - _GAP
        received = wording.received(row, now)
        after = f" · {received}" if row.ward and received else received
        room -= self._small.metrics.horizontalAdvance(after)
        painter.drawText(line, _LEFT, _cut(self._small, row.ward, room) + after)


def _face(font: QFont) -> _Face:
    return _Face(font, QFontMetrics(font))


def _cut(face: _Face, text: str, room: int) -> str:
    return face.metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(room, 0))


def plain_snippet(snippet: str) -> str:
    """A search's snippet without the marks around what was found."""
    return "".join(piece.text for piece in _marked(snippet))


def _marked(snippet: str) -> list[Piece]:
    """A search's snippet, with what was found made strong."""
    pieces = []
    for part in snippet.replace("\n", " ").split(_MARK_OPENS):
        hit, closed, rest = part.partition(_MARK_CLOSES)
        if closed:
            pieces.append(Piece(hit, strong=True, tone=theme.Tone.WAITING))
            pieces.append(Piece(rest))
        else:
            pieces.append(Piece(part))
    return [piece for piece in pieces if piece.text]
