"""A page to read: plain text with cards, bars and dots drawn behind it.

One document instead of hundreds of labels: text is selected across the whole page with mouse and
keyboard, a screen reader meets one text, and another plan is written in a few milliseconds.
"""

import itertools
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QMimeData, QRectF, Qt, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QPushButton, QTextBrowser, QWidget

from ui import theme
from ui.message import announce
from ui.plan import shapes
from ui.plan.shapes import Button, Shape
from ui.plan.writer import Writer, button_height
from ui.theme import SPACE
from ui.translation import tr


class Page(QTextBrowser):
    """Shows what a function writes, and writes it again when width or theme call for it."""

    asked = Signal(str)
    """A link was chosen; what it stands for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._compose: Callable[[Writer], None] | None = None
        self._shapes: list[Shape] = []
        self._placed: list[tuple[Shape, QRectF]] | None = None
        self._buttons: list[tuple[Button, QPushButton]] = []
        self._links: list[str] = []
        self._characters = 0
        self._shows_focus = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUndoRedoEnabled(False)
        self.setOpenLinks(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Its room is kept, so that cards do not jump from one pathway to the next.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        bar = self.verticalScrollBar()
        bar.rangeChanged.connect(lambda _, last: bar.setEnabled(last > 0))
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.viewport().setAutoFillBackground(False)
        self.document().setDocumentMargin(0)
        self.document().documentLayout().documentSizeChanged.connect(self._misplace)
        self.anchorClicked.connect(self._ask)
        self.setAccessibleDescription(tr("Tab går fra link til link, og Enter vælger."))

    @property
    def characters(self) -> int:
        """How many figures fit side by side, so that a larger font counts as a narrower page."""
        return self.viewport().width() // max(1, self.fontMetrics().horizontalAdvance("0"))

    def write(self, compose: Callable[[Writer], None], *, keep_place: bool = False) -> None:
        """Show what `compose` writes; `keep_place` leaves the page scrolled as it is."""
        self._compose = compose
        bar = self.verticalScrollBar()
        place, caret = (bar.value(), self.textCursor().position()) if keep_place else (0, -1)
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.removeSelectedText()
        cursor.setBlockFormat(QTextBlockFormat())
        self._characters = self.characters
        line_height = self.fontMetrics().height()
        writer = Writer(self.document(), characters=self._characters, line_height=line_height)
        compose(writer)
        cursor.endEditBlock()
        self._shapes = writer.shapes
        self._links = writer.links
        self._set_buttons(writer.buttons)
        self._misplace()
        self._set_caret(caret)
        bar.setValue(place)

    def write_again(self) -> None:
        """Write the same once more, where it is."""
        if self._compose is not None:
            self.write(self._compose, keep_place=True)

    def _set_caret(self, position: int) -> None:
        """Where reading by keyboard goes on; -1 is the first words."""
        document = self.document()
        caret = self.textCursor()
        last = document.characterCount() - 1
        caret.setPosition(_beginning(document) if position < 0 else min(position, last))
        self.setTextCursor(caret)

    def _set_buttons(self, wanted: Sequence[Button]) -> None:
        for _, button in self._buttons:
            button.hide()
            button.deleteLater()
        self._buttons = [(one, self._make_button(one)) for one in wanted]
        order = [self, *(button for _, button in self._buttons)]
        for before, after in itertools.pairwise(order):
            QWidget.setTabOrder(before, after)

    def _make_button(self, wanted: Button) -> QPushButton:
        button = QPushButton(wanted.text, self.viewport())
        button.setAccessibleName(wanted.text)
        button.setProperty("kind", "small")
        button.setFixedHeight(button_height(self.fontMetrics().height()))
        button.clicked.connect(lambda: self.asked.emit(wanted.link))
        button.show()
        return button

    def _arrange_buttons(self) -> None:
        layout = self.document().documentLayout()
        for wanted, button in self._buttons:
            area = layout.blockBoundingRect(self.document().findBlock(wanted.position))
            top = area.top() - self.verticalScrollBar().value()
            button.move(round(area.left()), round(top))

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Let the buttons scroll with the text."""
        super().scrollContentsBy(dx, dy)
        self._arrange_buttons()

    def _ask(self, link: QUrl) -> None:
        self.asked.emit(self._links[int(link.toString())])

    def _misplace(self) -> None:
        self._placed = None
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Write again when the page became so much narrower or wider that columns change."""
        super().resizeEvent(event)
        self._placed = None
        if self.characters != self._characters:
            self.write_again()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of theme or font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self.write_again()

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copy words only: another program has its own look."""
        data = QMimeData()
        data.setText(self.textCursor().selection().toPlainText())
        return data

    def focusNextPrevChild(self, next: bool) -> bool:
        """Go to the next link, and have a screen reader say it: to that, the page is one text."""
        stays = super().focusNextPrevChild(next)
        link = self.textCursor()
        if stays and link.hasSelection() and link.charFormat().isAnchor():
            announce(self, tr("{words}, link", words=link.selectedText()))
        return stays

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show a focus ring when the keyboard brought the focus."""
        super().focusInEvent(event)
        self._shows_focus = event.reason() in (
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
            Qt.FocusReason.ShortcutFocusReason,
        )
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the focus ring away."""
        super().focusOutEvent(event)
        self._shows_focus = False
        self.viewport().update()

    # --- drawing ----------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw cards, bars and dots, then the text."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(0, -self.verticalScrollBar().value())
        seen = QRectF(self.viewport().rect()).translated(0, self.verticalScrollBar().value())
        for shape, place in self._places():
            if place.intersects(seen):
                shapes.draw(painter, shape, place)
        painter.end()
        super().paintEvent(event)
        if self._shows_focus:
            self._draw_focus()

    def _draw_focus(self) -> None:
        painter = QPainter(self.viewport())
        painter.setPen(QPen(QColor(theme.tokens().primary), theme.FOCUS_RING))
        inset = theme.FOCUS_RING // 2
        painter.drawRect(self.viewport().rect().adjusted(inset, inset, -inset, -inset))
        painter.end()

    def _places(self) -> list[tuple[Shape, QRectF]]:
        if self._placed is None:
            # A column of a table may end a pixel outside the page, and its border with it.
            width = self.viewport().width()
            page = QRectF(0, 0, width, self.document().size().height() + SPACE)
            self._placed = [
                (shape, shapes.place(shape, self.document()) & page) for shape in self._shapes
            ]
            self._arrange_buttons()
        return self._placed


def _beginning(document: QTextDocument) -> int:
    """Where the first words stand."""
    block = document.begin()
    while block.isValid() and not block.length() > 1:
        block = block.next()
    return block.position() if block.isValid() else 0
