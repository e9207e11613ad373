"""The navigation at the left: where one can be, and how much there is of it."""

import enum

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QLabel, QVBoxLayout, QWidget

from ui import keys, theme, words
from ui.theme import SPACE
from ui.translation import mark, tr, tr_count
from visitator.app.views import Box, Inbox


class Place(enum.Enum):
    """Where one can be, besides under a filter of the inbox."""

    ADMISSIONS = "admissions"
    REHABILITATION = "rehabilitation"
    ATTENTION = "attention"
    OUTBOX = "outbox"


Target = Box | Place

_PLACES: tuple[tuple[Target, str], ...] = (
    (Box.INBOX, mark("Indbakke")),
    (Place.REHABILITATION, mark("Genoptræning")),
    (Place.ADMISSIONS, mark("Indlæggelser")),
    (Place.ATTENTION, mark("Kræver handling")),
    (Place.OUTBOX, mark("Udbakke")),
)
_FILTERS: tuple[tuple[Target, str], ...] = (
    (Box.MINE, mark("Mine")),
    (Box.COLLEAGUES, mark("Kollegers")),
    (Box.UNASSIGNED, mark("Ikke tildelt")),
    (Box.AWAITING, mark("Afventer sygehus")),
    (Box.AGREED, mark("Aftalt")),
    (Box.ALL, mark("Alle forløb")),
)
TARGETS: tuple[Target, ...] = tuple(
    target for target, _ in _PLACES + _FILTERS if target is not Place.REHABILITATION
)
"""In the order of the keys Ctrl 1, Ctrl 2 … Ctrl 0; the place beside them has a letter."""


def place_words(target: Target) -> str:
    """What a place is called."""
    return tr(dict(_PLACES + _FILTERS)[target])


class NavigationItem(QAbstractButton):
    """One place, with its count at the right."""

    def __init__(self, text: str, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setCheckable(True)
        self.setToolTip(f"{text}  ({key})")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._count: int | None = None
        """None as long as nobody has counted; then nothing is said of it."""
        self._tone: theme.Tone | None = None
        self.setAccessibleName(text)

    def set_count(self, count: int, tone: theme.Tone | None = None) -> None:
        """Show how many there are; `tone` when they should be noticed."""
        self._count, self._tone = count, tone
        heard = tr_count(
            "{text}, {count} forløb", "{text}, {count} forløb", count, text=self.text()
        )
        self.setAccessibleName(heard)
        self.update()

    def sizeHint(self) -> QSize:
        """As high as a line of text with room around it."""
        metrics = QFontMetrics(theme.font(strong=True))
        width = (
            metrics.horizontalAdvance(self.text()) + metrics.horizontalAdvance("000") + 8 * SPACE
        )
        return QSize(width, metrics.height() + 4 * SPACE)

    def minimumSizeHint(self) -> QSize:
        """Nothing of the text is ever cut."""
        return self.sizeHint()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that it can be pressed."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """No longer under the mouse."""
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text, the count and the state."""
        look = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, look)
        inner = self.rect().adjusted(SPACE * 2 + 2, 0, -SPACE * 2 - 2, 0)
        painter.setFont(theme.font(strong=self.isChecked()))
        painter.setPen(theme.colour(look.primary if self.isChecked() else look.text))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | middle, self.text())
        strong = self.isChecked() or self._tone is not None
        painter.setFont(theme.font(strong=strong))
        if self._count is None:
            return
        if not self.isChecked():
            tone = self._tone
            painter.setPen(theme.colour(look.muted if tone is None else theme.tone(tone).text))
        painter.drawText(inner, Qt.AlignmentFlag.AlignRight | middle, words.number(self._count))

    def _paint_ground(self, painter: QPainter, look: theme.Tokens) -> None:
        ground = look.selection if self.isChecked() else look.hover if self.underMouse() else ""
        box = QRect(QPoint(0, 0), self.size())
        if ground:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(ground))
            painter.drawRoundedRect(box, theme.RADIUS - 2, theme.RADIUS - 2)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            pen = painter.pen()
            pen.setColor(theme.colour(look.primary))
            pen.setWidth(theme.FOCUS_RING)
            pen.setStyle(Qt.PenStyle.SolidLine)
            painter.setPen(pen)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), theme.RADIUS - 2, theme.RADIUS - 2)


class Navigation(QWidget):
    """All places; exactly one is chosen."""

    chosen = Signal(object)
    """A `Box` or a `Place`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("navigation")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(tr("Navigation"))
        self._items: dict[Target, NavigationItem] = {}
        self._is_care_staff = False
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE * 2, SPACE * 2 + 2, SPACE * 2, SPACE * 2)
        column.setSpacing(0)
        for target, danish in _PLACES:
            column.addWidget(self._item(target, tr(danish)))
        shown = QLabel(tr("Vist i indbakken"))
        shown.setProperty("role", "secondary-strong")
        shown.setContentsMargins(SPACE * 2 + 2, SPACE * 3, 0, SPACE)
        column.addWidget(shown)
        self._shown = shown
        for target, danish in _FILTERS:
            column.addWidget(self._item(target, tr(danish)))
        column.addStretch()
        self.choose(Box.INBOX)

    def _item(self, target: Target, text: str) -> NavigationItem:
        numbered = target in TARGETS
        action = f"view-{TARGETS.index(target) + 1}" if numbered else "training"
        item = NavigationItem(text, keys.hint(action))
        item.clicked.connect(lambda: self.chosen.emit(target))
        self._group.addButton(item)
        self._items[target] = item
        return item

    def choose(self, target: Target) -> None:
        """Mark where one is; says nothing."""
        self._items[target].setChecked(True)

    def be_for_care_staff(self) -> None:
        """Show the admissions only, and what somebody must see to when there is something."""
        self._is_care_staff = True
        self._shown.hide()
        for target, item in self._items.items():
            item.setVisible(target is Place.ADMISSIONS)

    def count_admissions(self, count: int, tone: theme.Tone | None) -> None:
        """Show how many are in hospital; `tone` when a report should be noticed."""
        self._items[Place.ADMISSIONS].set_count(count, tone)

    def count_courses(self, count: int, tone: theme.Tone | None) -> None:
        """Show how many rehabilitation courses wait for us; `tone` when one is overdue."""
        self._items[Place.REHABILITATION].set_count(count, tone)

    def count(self, inbox: Inbox) -> None:
        """Show how much there is of everything."""
        for target, item in self._items.items():
            if isinstance(target, Box):
                item.set_count(inbox.counts.get(target, 0))
        due = theme.Tone.OVERDUE if inbox.attention else None
        self._items[Place.ATTENTION].set_count(inbox.attention, due)
        self._items[Place.OUTBOX].set_count(inbox.outbox)
        if self._is_care_staff:
            self._items[Place.ATTENTION].setVisible(bool(inbox.attention))
