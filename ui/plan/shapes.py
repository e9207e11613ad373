"""What is drawn behind the words of a page: grounds, bars and dots, and where."""

import enum
import functools
from typing import TypeAlias

import msgspec
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QPainter,
    QPen,
    QPixmap,
    QTextBlock,
    QTextBlockFormat,
    QTextDocument,
    QTextFrame,
    QTextTable,
)

from ui import theme
from ui.theme import SPACE, Tone


class Mark(enum.Enum):
    """The shape of a step's dot; it tells the state where the colour is not seen."""

    ROUND = enum.auto()
    SQUARE = enum.auto()
    TARGET = enum.auto()
    HOLLOW = enum.auto()


class Box(msgspec.Struct, frozen=True):
    """A rounded ground behind the cells `first` to `last` of a row."""

    table: QTextTable
    row: int
    first: int
    last: int
    tone: Tone | None
    """None is a card."""
    grow: int
    is_bare: bool
    """Without a border."""


class Card(msgspec.Struct, frozen=True):
    """A rounded ground with a border behind everything in a frame."""

    frame: QTextFrame
    last: QTextTable | None
    """What the card ends with, when that is a table."""
    tone: Tone | None
    """None is a card; a tone makes it a banner."""
    grow: int
    is_bare: bool = False


class Bars(msgspec.Struct, frozen=True):
    """Four parts, `score` of them filled, at the beginning of a block."""

    position: int
    score: int


class Dot(msgspec.Struct, frozen=True):
    """A step of a course: the shape tells its state, too."""

    position: int
    tone: Tone
    mark: Mark


class Button(msgspec.Struct, frozen=True):
    """A push button that stands in the text."""

    position: int
    text: str
    link: str


Shape: TypeAlias = Card | Box | Bars | Dot


def place(shape: Shape, document: QTextDocument) -> QRectF:
    """Where a shape stands in its document (px)."""
    layout = document.documentLayout()
    if isinstance(shape, Card):
        area = layout.blockBoundingRect(shape.frame.firstCursorPosition().block())
        area.setBottom(_end(shape, document))
        return area.adjusted(-shape.grow, -shape.grow, shape.grow, shape.grow)
    if isinstance(shape, Box):
        cells = [shape.table.cellAt(shape.row, c) for c in range(shape.table.columns())]
        tops = [layout.blockBoundingRect(c.firstCursorPosition().block()) for c in cells]
        area = QRectF(
            QPointF(tops[shape.first].left(), min(rect.top() for rect in tops)),
            QPointF(tops[shape.last].right(), _row_end(shape.table, shape.row, document)),
        )
        return area.adjusted(-shape.grow, -shape.grow, shape.grow, shape.grow)
    block = document.findBlock(shape.position)
    return _first_line(block, layout.blockBoundingRect(block))


def _end(card: Card, document: QTextDocument) -> float:
    """Where the last words of a card end, and what a table keeps free below them."""
    if card.last is None:
        return _bottom(card.frame.lastCursorPosition().block(), document)
    padding = card.last.format().toTableFormat().cellPadding()
    return _row_end(card.last, card.last.rows() - 1, document) + padding


def _row_end(table: QTextTable, row: int, document: QTextDocument) -> float:
    cells = (table.cellAt(row, column) for column in range(table.columns()))
    return max(_bottom(cell.lastCursorPosition().block(), document) for cell in cells)


def _bottom(block: QTextBlock, document: QTextDocument) -> float:
    """Where a paragraph ends; Qt gives the natural height of one that has another."""
    area = document.documentLayout().blockBoundingRect(block)
    shape = block.blockFormat()
    if shape.lineHeightType() == QTextBlockFormat.LineHeightTypes.FixedHeight.value:
        return area.top() + shape.lineHeight()
    return area.bottom()


def _first_line(block: QTextBlock, area: QRectF) -> QRectF:
    line = block.layout().lineAt(0)
    return QRectF(area.left(), area.top() + line.y(), line.width(), line.height())


def draw(painter: QPainter, shape: Shape, place: QRectF) -> None:
    """Draw a shape at its place."""
    tokens = theme.tokens()
    if isinstance(shape, Card | Box):
        half = theme.RULE / 2
        radius = SPACE if shape.is_bare else theme.RADIUS
        ground = tokens.surface if shape.tone is None else tokens.tones[shape.tone].ground
        border = QPen(QColor(tokens.border), theme.RULE)
        painter.setBrush(QColor(ground))
        painter.setPen(Qt.PenStyle.NoPen if shape.is_bare else border)
        painter.drawRoundedRect(place.adjusted(half, half, -half, -half), radius, radius)
    elif isinstance(shape, Bars):
        scale = painter.device().devicePixelRatioF()
        is_strong = tokens.border == tokens.text
        bars = _bars(shape.score, tokens.primary, tokens.border, scale, is_strong=is_strong)
        painter.drawPixmap(QPointF(place.left(), place.center().y() - theme.BAR_HEIGHT / 2), bars)
    else:
        _draw_dot(painter, shape, place)


@functools.lru_cache(maxsize=64)
def _bars(score: int, filled: str, empty: str, scale: float, *, is_strong: bool) -> QPixmap:
    """The bar of a limitation, drawn once: a plan shows dozens of the same parts."""
    step = theme.BAR_WIDTH + SPACE // 2
    made = QPixmap(QSizeF(4 * step * scale, theme.BAR_HEIGHT * scale).toSize())
    made.fill(Qt.GlobalColor.transparent)
    made.setDevicePixelRatio(scale)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    for part in range(4):
        area = QRectF(part * step, 0, theme.BAR_WIDTH, theme.BAR_HEIGHT)
        if part >= score and is_strong:
            # A full one in the colour of the border would look filled.
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(empty), theme.RULE))
            half = theme.RULE / 2
            area = area.adjusted(half, half, -half, -half)
        else:
            painter.setBrush(QColor(filled if part < score else empty))
        painter.drawRoundedRect(area, SPACE // 2, SPACE // 2)
    painter.end()
    return made


def _draw_dot(painter: QPainter, dot: Dot, place: QRectF) -> None:
    colour = QColor(theme.tone(dot.tone).text)
    size = theme.DOT
    area = QRectF(0, place.center().y() - size / 2, size, size).translated(theme.RULE, 0)
    is_ring = dot.mark in (Mark.TARGET, Mark.HOLLOW)
    ring = theme.FOCUS_RING
    painter.setPen(QPen(colour, ring) if is_ring else Qt.PenStyle.NoPen)
    painter.setBrush(Qt.BrushStyle.NoBrush if is_ring else colour)
    if dot.mark is Mark.SQUARE:
        painter.drawRoundedRect(area, ring, ring)
    elif not is_ring:
        painter.drawEllipse(area)
    else:
        painter.drawEllipse(area.adjusted(ring / 2, ring / 2, -ring / 2, -ring / 2))
    if dot.mark is Mark.TARGET:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(area.center(), ring, ring)
