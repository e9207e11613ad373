"""Draws a row of the list: who and until when; what; where from and whose."""

from collections.abc import Callable

import msgspec
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem

from ui import theme, words
from ui.inbox.wording import Chip, Heading, Lines
from ui.theme import SPACE

_SIDE = SPACE * 4
_ABOVE = SPACE * 2 + SPACE // 2
_BETWEEN = SPACE // 2
_GAP = SPACE * 2
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_MIDDLE = Qt.AlignmentFlag.AlignCenter
_SHORT_NAME = "0" * 12
"""As long as what must be left of a name."""


class _Face(msgspec.Struct, frozen=True):
    """A font with its measures."""

    font: QFont
    metrics: QFontMetrics


class RowDelegate(QStyledItemDelegate):
    """Draws rows and headings; heights follow the font."""

    def __init__(
        self, view: QAbstractItemView, said: Callable[[int], Lines | Heading | None]
    ) -> None:
        """`said` is what stands in a row of the view's model; None when it has gone."""
        super().__init__(view)
        self._view = view
        self._said = said
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
        said = self._said(index.row())
        box: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(said, Heading):
            self._paint_heading(painter, box, said)
        elif said is not None:
            # Asked of the view: the option's state is a part of Qt's style of drawing, of
            # which PySide makes hundreds of names at once.
            is_chosen = self._view.selectionModel().isSelected(index)
            self._paint_ground(painter, box, is_chosen=is_chosen)
            self._paint_row(painter, box, said, is_chosen=is_chosen)
        painter.restore()

    def _paint_heading(self, painter: QPainter, box: QRect, heading: Heading) -> None:
        look = theme.tokens()
        fill(painter, box, theme.colour(look.window))
        self._rule(painter, box)
        inner = box.adjusted(_SIDE - SPACE, 0, -_SIDE + SPACE, -theme.RULE)
        count = words.number(heading.count)
        painter.setPen(theme.colour(look.muted))
        painter.setFont(self._small_strong.font)
        painter.drawText(inner, _RIGHT, count)
        room = inner.width() - self._small_strong.metrics.horizontalAdvance(count) - _GAP
        painter.drawText(inner, _LEFT, _cut(self._small_strong, heading.text, room))

    def _paint_ground(self, painter: QPainter, box: QRect, *, is_chosen: bool) -> None:
        look = theme.tokens()
        fill(painter, box, theme.colour(look.selection if is_chosen else look.surface))
        self._rule(painter, box)
        if not is_chosen:
            return
        mark = QRect(box.left(), box.top(), theme.MARK, box.height())
        fill(painter, mark, theme.colour(look.primary))
        if self._view.hasFocus():
            painter.setPen(theme.colour(look.primary))
            painter.drawRect(box.adjusted(0, 0, -1, -1))

    def _rule(self, painter: QPainter, box: QRect) -> None:
        line = QRect(box.left(), box.bottom() - theme.RULE + 1, box.width(), theme.RULE)
        fill(painter, line, theme.colour(theme.tokens().border))

    def _paint_row(self, painter: QPainter, box: QRect, said: Lines, *, is_chosen: bool) -> None:
        line = box.adjusted(_SIDE, _ABOVE, -_SIDE + SPACE, 0)
        line.setHeight(self._first)
        self._paint_first(painter, line, said, is_chosen=is_chosen)
        line.translate(0, self._first + _BETWEEN)
        line.setHeight(self._second)
        self._paint_pieces(painter, line, said)
        line.translate(0, self._second + _BETWEEN)
        line.setHeight(self._third)
        self._paint_third(painter, line, said)

    def _paint_first(self, painter: QPainter, line: QRect, said: Lines, *, is_chosen: bool) -> None:
        look = theme.tokens()
        room = line.width() - self._paint_chip(painter, line, said.chip, is_chosen=is_chosen)
        cpr = said.number
        beside = room - self._normal.metrics.horizontalAdvance(cpr) - _GAP if cpr else room
        if beside < self._strong.metrics.horizontalAdvance(_SHORT_NAME):
            # Half a name tells nobody apart; what is masked of the number tells less.
            cpr, beside = "", room
        name = _cut(self._strong, said.name, beside)
        painter.setPen(theme.colour(look.text))
        painter.setFont(self._strong.font)
        painter.drawText(line, _LEFT, name)
        past = self._strong.metrics.horizontalAdvance(name) + _GAP
        painter.setPen(theme.colour(look.muted))
        painter.setFont(self._normal.font)
        painter.drawText(line.adjusted(past, 0, 0, 0), _LEFT, cpr)

    def _paint_chip(
        self, painter: QPainter, line: QRect, chip: Chip | None, *, is_chosen: bool
    ) -> int:
        """Draw the chip at the right; the room it took."""
        if chip is None:
            return 0
        pair = theme.tone(chip.tone)
        # The grounds of the quiet tones and of a chosen row are as good as the same.
        is_quiet = is_chosen and chip.tone in {theme.Tone.NEUTRAL, theme.Tone.WAITING}
        ground = theme.tokens().surface if is_quiet else pair.ground
        width = self._small_strong.metrics.horizontalAdvance(chip.text) + 4 * SPACE
        top = line.top() + (line.height() - self._chip_height) // 2
        place = QRect(line.right() - width + 1, top, width, self._chip_height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(ground))
        painter.drawRoundedRect(place, place.height() / 2, place.height() / 2)
        painter.setPen(theme.colour(pair.text))
        painter.setFont(self._small_strong.font)
        painter.drawText(place, _MIDDLE, chip.text)
        return width + _GAP

    def _paint_pieces(self, painter: QPainter, line: QRect, said: Lines) -> None:
        look = theme.tokens()
        left, room = line.left(), line.width()
        for number, piece in enumerate(said.pieces):
            for text, face, tone in (
                (said.between if number else "", self._normal, None),
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

    def _paint_third(self, painter: QPainter, line: QRect, said: Lines) -> None:
        painter.setPen(theme.colour(theme.tokens().muted))
        painter.setFont(self._small.font)
        right = _cut(self._small, said.right, line.width() // 2)
        painter.drawText(line, _RIGHT, right)
        room = line.width() - self._small.metrics.horizontalAdvance(right) - _GAP
        after = f" · {said.after}" if said.left and said.after else said.after
        room -= self._small.metrics.horizontalAdvance(after)
        painter.drawText(line, _LEFT, _cut(self._small, said.left, room) + after)


def fill(painter: QPainter, box: QRect, colour: QColor) -> None:
    """As `QPainter.fillRect`, which has PySide make a name for each of Qt's 169 gradients."""
    painter.setBackground(colour)
    painter.eraseRect(box)


def _face(font: QFont) -> _Face:
    return _Face(font, QFontMetrics(font))


def _cut(face: _Face, text: str, room: int) -> str:
    return face.metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(room, 0))
