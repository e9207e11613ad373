"""How a note will look: its pages, or its words where the pages cannot be laid out."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent, QTextDocument
from PySide6.QtWidgets import (
    QFrame,
    QScrollArea,
    QStackedWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.parts import plain_label
from ui.theme import SPACE
from ui.translation import said, tr, tr_count
from visitator.app.note_views import NotePreview


class Preview(QWidget):
    """Shows a `NotePreview`; while the next one is made the last one stays."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preview: NotePreview | None = None
        self._state = plain_label("secondary")
        self._state.setWordWrap(True)
        self._sheets = _Sheets()
        self._pages = QScrollArea()
        self._pages.setFrameShape(QFrame.Shape.NoFrame)
        self._pages.setWidgetResizable(True)
        self._pages.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._pages.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._pages.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._pages.setAccessibleName(tr("Forhåndsvisning"))
        self._pages.setWidget(self._sheets)
        for ground in (self._sheets, self._pages.viewport()):
            ground.setAutoFillBackground(False)
        self._words = QTextBrowser()
        self._words.setOpenLinks(False)
        self._words.setAccessibleName(tr("Notatets tekst"))
        self._words.setProperty("kind", "field")
        self._shown = QStackedWidget()
        self._shown.addWidget(self._pages)
        self._shown.addWidget(self._words)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE * 2)
        column.addWidget(self._state)
        column.addWidget(self._shown, 1)

    @property
    def preview(self) -> NotePreview | None:
        """What is shown; None before there is anything."""
        return self._preview

    @property
    def state(self) -> str:
        """What is said above it."""
        return self._state.text()

    def wait(self) -> None:
        """Another is being made."""
        self._state.setText(tr("Forhåndsvisningen gøres klar …"))

    def show_preview(self, preview: NotePreview) -> None:
        """Show a note."""
        self._preview = preview
        bar = self._words.verticalScrollBar()
        place = bar.value()
        self._words.setDocument(document(preview, theme.tokens(), self))
        bar.setValue(place)
        self._sheets.show_pages(preview.pages)
        self._pages.setAccessibleDescription(self._words.toPlainText())
        self._shown.setCurrentWidget(self._pages if preview.pages else self._words)
        if preview.pages:
            count = len(preview.pages)
            self._state.setText(
                tr_count(
                    "Sådan ser notatet ud: {count} side",
                    "Sådan ser notatet ud: {count} sider",
                    count,
                )
            )
        else:
            self._state.setText(
                tr("{why} Her står notatets tekst.", why=said(preview.why_no_pages)),
            )

    def show_problem(self, why: str) -> None:
        """There is no note to show; `why` in words."""
        self._state.setText(why)


def document(preview: NotePreview, tokens: theme.Tokens, parent: QWidget | None) -> QTextDocument:
    """The words of a note, for the screen or a printer."""
    made = QTextDocument(parent)
    made.setDefaultFont(theme.font())
    made.setDefaultStyleSheet(theme.document_style(tokens))
    made.setDocumentMargin(SPACE * 3)
    made.setHtml(preview.html)
    return made


class _Sheets(QWidget):
    """Sheets of paper, one below the other, as wide as there is room."""

    def __init__(self) -> None:
        super().__init__()
        self._images: list[QImage] = []
        self._drawn: list[tuple[QRect, QPixmap]] = []

    def show_pages(self, pages: tuple[bytes, ...]) -> None:
        """Show these pictures (PNG)."""
        self._images = [QImage.fromData(page) for page in pages]
        self._lay()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As wide as there is room."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._lay()

    def _lay(self) -> None:
        """Scale each once: it is drawn many times while one scrolls."""
        width, ratio, y = self.width() - 2 * SPACE, self.devicePixelRatioF(), theme.RULE
        self._drawn = []
        for image in self._images:
            if width <= 0 or image.isNull():
                continue
            scaled = image.scaledToWidth(
                round(width * ratio), Qt.TransformationMode.SmoothTransformation
            )
            scaled.setDevicePixelRatio(ratio)
            height = round(scaled.height() / ratio)
            place = QRect(theme.RULE, y, width, height)
            self._drawn.append((place, QPixmap.fromImage(scaled)))
            y += height + SPACE * 3
        self.setMinimumHeight(y)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Every sheet that is in sight, with an edge."""
        painter = QPainter(self)
        painter.setPen(QPen(theme.colour(theme.tokens().border), theme.RULE))
        for place, sheet in self._drawn:
            if event.rect().intersects(place):
                painter.drawPixmap(place.topLeft(), sheet)
                painter.drawRect(place)
