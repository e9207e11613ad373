"""Writes a page from top to bottom; nothing it is given is ever read as markup."""

import contextlib
import enum
import functools
from collections.abc import Iterator, Sequence

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrame,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
    QTextTableCellFormat,
    QTextTableFormat,
)

from ui import theme
from ui.plan.shapes import Bars, Box, Button, Card, Dot, Mark, Shape
from ui.theme import SPACE, Tone
from visitator.app.views import Run

_TURNING = "".join(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))
_CONTROLS = "".join(chr(code) for code in range(0x20) if chr(code) not in "\t\n")
_SPECIAL = "\ufdd0\ufdd1\ufffc"
_LINES = {"\n": "\u2028", "\u2029": "\u2028"}
"""A text of several lines stays one paragraph."""
_VISIBLE = str.maketrans(
    dict.fromkeys(_TURNING + _CONTROLS + _SPECIAL + "\x7f", "\N{REPLACEMENT CHARACTER}") | _LINES
)


def plain(text: str) -> str:
    """A text as it can be shown: what would turn or break the line stands as a visible mark."""
    if text.isascii() and text.isprintable():
        return text
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_VISIBLE)


class Look(enum.Enum):
    """How words look."""

    NORMAL = enum.auto()
    STRONG = enum.auto()
    SECTION = enum.auto()
    MUTED = enum.auto()
    SECONDARY = enum.auto()
    SECONDARY_STRONG = enum.auto()
    STRUCK = enum.auto()
    """An old value, struck out."""
    BEFORE = enum.auto()
    """An old value in words."""
    SMALL = enum.auto()
    SMALL_STRONG = enum.auto()
    DONE = enum.auto()
    """That something arrived, in words."""
    PROBLEM = enum.auto()
    LINK = enum.auto()
    SMALL_LINK = enum.auto()


class Writer:
    """Writes one page from top to bottom."""

    def __init__(self, document: QTextDocument, *, characters: int, line_height: int) -> None:
        """`line_height` is the font's own (px)."""
        self._cursor = QTextCursor(document)
        self._looks = _looks(theme.tokens(), theme.points(theme.BASE_POINTS))
        self._is_fresh = True
        self._last: QTextTable | None = None
        # What Qt adds below the last line of a card counts as part of the gap.
        self.card_gap = theme.CARD_GAP - line_height * (theme.LINE_HEIGHT - 100) // 100
        self._button_height = button_height(line_height)
        self.shapes: list[Shape] = []
        self.buttons: list[Button] = []
        self.links: list[str] = []
        self.characters = characters
        """How many figures fit side by side on the page."""

    def line(self, gap: int = 0, *, is_right: bool = False, indent: int = 0) -> None:
        """Begin a paragraph, `gap` px below the one before."""
        self._begin(_paragraph(gap, indent, is_right=is_right))

    def _begin(self, block: QTextBlockFormat) -> None:
        if self._is_fresh:
            self._cursor.setBlockFormat(block)
        else:
            self._cursor.insertBlock(block)
        self._is_fresh = False

    def text(self, text: str, look: Look = Look.NORMAL, *, link: str = "") -> None:
        """Write words; with `link`, words that ask the page for something."""
        style = self._looks[Look.LINK if link and look is Look.NORMAL else look]
        if link:
            style = QTextCharFormat(style)
            style.setAnchor(True)
            # What a hospital wrote never becomes an address; the page looks the number up.
            style.setAnchorHref(str(len(self.links)))
            self.links.append(link)
        self._cursor.insertText(plain(text), style)

    def styled(self, run: Run, *, is_marked: bool) -> None:
        """Write words of a message in the style they came in."""
        style = QTextCharFormat(self._looks[Look.STRONG if run.bold else Look.NORMAL])
        style.setFontItalic(run.italic)
        style.setFontUnderline(run.underlined)
        if run.fixed:
            style.setFontFamilies(theme.fixed_font().families())
        if is_marked:
            style.setBackground(QColor(theme.tone(Tone.DUE).ground))
        self._cursor.insertText(plain(run.text), style)

    @contextlib.contextmanager
    def card(self, tone: Tone | None = None, *, padding: int = SPACE * 3) -> Iterator[None]:
        """What is written inside stands in a card; a tone makes it a banner."""
        shape = QTextFrameFormat()
        shape.setPadding(padding)
        shape.setBottomMargin(self.card_gap)
        if self._is_fresh:
            self._seam()
        frame = self._cursor.insertFrame(shape)
        number = len(self.shapes)
        card = Card(frame, None, tone, padding)
        self.shapes.append(card)
        self._is_fresh = True
        yield
        if self._is_fresh:
            self.shapes[number] = msgspec.structs.replace(card, last=self._last)
        self.leave(frame)

    def grid(
        self, rows: int, widths: Sequence[QTextLength], *, padding: int = 0, gap: int = 0
    ) -> QTextTable:
        """A table without lines, `padding` px around each cell and `gap` px below it.

        Leave it with `leave`.
        """
        shape = QTextTableFormat()
        shape.setBottomMargin(gap)
        shape.setBorder(0)
        shape.setCellSpacing(0)
        shape.setCellPadding(padding)
        shape.setColumnWidthConstraints(widths)
        shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        return self._cursor.insertTable(rows, len(widths), shape)

    @contextlib.contextmanager
    def cell(self, table: QTextTable, row: int, column: int) -> Iterator[None]:
        """What is written inside stands in a cell."""
        self._cursor = table.cellAt(row, column).firstCursorPosition()
        self._is_fresh = True
        yield

    def leave(self, frame: QTextFrame) -> None:
        """Go on below a table or a card."""
        self._cursor.setPosition(frame.lastPosition() + 1)
        self._seam()
        self._is_fresh = True
        self._last = frame if isinstance(frame, QTextTable) else None

    def _seam(self) -> None:
        """Leave the empty block Qt keeps around every frame no room."""
        self._cursor.setBlockFormat(_fixed_line(theme.RULE))

    def flush(self, table: QTextTable, row: int, column: int, *, right: bool = False) -> None:
        """Let a cell begin where the table begins; with `right`, end where the cell ends, too."""
        cell = table.cellAt(row, column)
        shape = QTextTableCellFormat()
        shape.setLeftPadding(0)
        if right:
            shape.setRightPadding(0)
        cell.setFormat(shape)

    def ground(
        self,
        table: QTextTable,
        row: int,
        tone: Tone | None,
        *,
        columns: tuple[int, int] | None = None,
        is_bare: bool = False,
    ) -> None:
        """Draw a ground behind a row, or behind some of its columns.

        Without a tone it is a card. `is_bare` leaves the border away.
        """
        first, last = columns or (0, table.columns() - 1)
        padding = int(table.format().toTableFormat().cellPadding())
        self.shapes.append(Box(table, row, first, last, tone, padding, is_bare))

    def bars(self, score: int) -> None:
        """Draw a limitation (0-4) where the paragraph begins."""
        self.shapes.append(Bars(self._cursor.position(), score))

    def dot(self, tone: Tone, mark: Mark) -> None:
        """Draw a dot at the left edge, beside the paragraph."""
        self.shapes.append(Dot(self._cursor.position(), tone, mark))

    def button(self, text: str, link: str) -> None:
        """Put a push button on a line of its own; pressed, it asks what `link` says."""
        block = QTextBlockFormat(_fixed_line(self._button_height))
        block.setTopMargin(SPACE)
        self._begin(block)
        self.buttons.append(Button(self._cursor.position(), text, link))


# Formats are made once: a page has hundreds of paragraphs and a handful of looks.


@functools.cache
def _paragraph(gap: int, indent: int, *, is_right: bool) -> QTextBlockFormat:
    block = QTextBlockFormat()
    block.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    block.setLineHeight(
        theme.LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
    )
    block.setTopMargin(gap)
    block.setLeftMargin(indent)
    if is_right:
        block.setAlignment(Qt.AlignmentFlag.AlignRight)
    return block


@functools.cache
def _fixed_line(height: int) -> QTextBlockFormat:
    block = QTextBlockFormat()
    block.setLineHeight(height, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    return block


@functools.cache
def _looks(tokens: theme.Tokens, base: float) -> dict[Look, QTextCharFormat]:
    """By the colours that hold now, and the size of running text (points)."""
    due = tokens.tones[Tone.DUE].text
    secondary = theme.points(theme.SECONDARY_POINTS)
    return {
        Look.NORMAL: _format(base, tokens.text),
        Look.STRONG: _format(base, tokens.text, strong=True),
        Look.SECTION: _format(theme.points(theme.SECTION_POINTS), tokens.text, strong=True),
        Look.MUTED: _format(base, tokens.muted),
        Look.SECONDARY: _format(secondary, tokens.muted),
        Look.SECONDARY_STRONG: _format(secondary, tokens.muted, strong=True),
        Look.STRUCK: _format(base, tokens.muted, struck=True),
        Look.BEFORE: _format(base, due),
        Look.SMALL: _format(secondary, tokens.text),
        Look.SMALL_STRONG: _format(secondary, tokens.text, strong=True),
        Look.DONE: _format(secondary, tokens.tones[Tone.DONE].text),
        Look.PROBLEM: _format(secondary, tokens.tones[Tone.OVERDUE].text),
        Look.LINK: _format(base, tokens.primary),
        Look.SMALL_LINK: _format(secondary, tokens.primary),
    }


def _format(
    points: float, colour: str, *, strong: bool = False, struck: bool = False
) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setFontPointSize(points)
    made.setForeground(QColor(colour))
    if strong:
        made.setFontWeight(QFont.Weight.DemiBold)
    made.setFontStrikeOut(struck)
    return made


def button_height(line_height: int) -> int:
    """Of a button in the text, by the height of a line (px)."""
    return line_height + SPACE * 3


def share(per_cent: float) -> QTextLength:
    """A column's part of the width."""
    return QTextLength(QTextLength.Type.PercentageLength, per_cent)


def fixed(pixels: int) -> QTextLength:
    """A column's width."""
    return QTextLength(QTextLength.Type.FixedLength, pixels)
