"""What can be said of one part: three buttons side by side, of which one holds."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from ui import theme
from ui.translation import term
from visitator.app.views import Option

_TONES = {
    "brought": theme.Tone.DONE,
    "not_relevant": theme.Tone.WAITING,
    "missing": theme.Tone.OVERDUE,
}


class Segment(QPushButton):
    """One of them; as wide chosen as not."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setCheckable(True)
        self.setProperty("kind", "segment")

    def sizeHint(self) -> QSize:
        """Room for the text when it is strong."""
        metrics = QFontMetrics(theme.font(theme.SECONDARY_POINTS, strong=True))
        width = metrics.horizontalAdvance(self.text()) + theme.SPACE * 4
        return QSize(width, metrics.height() + theme.SPACE * 3)

    def minimumSizeHint(self) -> QSize:
        """The text is never cut."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows are the row's: they move and say nothing."""
        arrows = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)
        if event.key() in arrows:
            event.ignore()
        else:
            super().keyPressEvent(event)


class Segments(QWidget):
    """Shows which one holds; what is pressed is only asked for."""

    wanted = Signal(object)
    """A code, or None to take back what was said."""
    left = Signal(int)
    """Up (-1) or down (1), to another part."""

    def __init__(self, options: tuple[Option, ...], about: str) -> None:
        super().__init__()
        self._holds = ""
        self._buttons: dict[str, Segment] = {}
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for option in options:
            button = Segment(term(option.label))
            button.setAccessibleName(f"{about}: {button.text()}")
            button.setProperty("tone", _TONES.get(option.code, theme.Tone.WAITING).value)
            button.clicked.connect(lambda _=False, code=option.code: self.want(code))
            button.setProperty("first", not self._buttons)
            self._group.addButton(button)
            self._buttons[option.code] = button
            row.addWidget(button)

    @property
    def codes(self) -> tuple[str, ...]:
        """In order: what the keys 1, 2, 3 say."""
        return tuple(self._buttons)

    def show_state(self, code: str) -> None:
        """Say which one holds; empty for none."""
        self._holds = code
        # An exclusive group keeps one chosen; here none may be.
        self._group.setExclusive(False)
        for own, button in self._buttons.items():
            button.setChecked(own == code)
        self._group.setExclusive(True)

    def want(self, code: str) -> None:
        """Ask for it; what already holds is taken back."""
        holds = self._holds
        self.show_state(holds)
        self.wanted.emit(None if code == holds else code)

    @property
    def is_said(self) -> bool:
        """Whether one of them holds."""
        return bool(self._holds)

    def take_focus(self) -> None:
        """The one that holds, else the first."""
        button = self._buttons.get(self._holds) or next(iter(self._buttons.values()))
        button.setFocus(Qt.FocusReason.OtherFocusReason)

    def has_focus(self) -> bool:
        """Whether one of them has the focus."""
        return any(button.hasFocus() for button in self._buttons.values())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right move between the three, up and down to another part."""
        match event.key():
            case Qt.Key.Key_Left | Qt.Key.Key_Right:
                self._move(1 if event.key() == Qt.Key.Key_Right else -1)
            case Qt.Key.Key_Up | Qt.Key.Key_Down:
                self.left.emit(1 if event.key() == Qt.Key.Key_Down else -1)
            case _:
                super().keyPressEvent(event)

    def _move(self, by: int) -> None:
        buttons = list(self._buttons.values())
        at = next((place for place, each in enumerate(buttons) if each.hasFocus()), 0) + by
        if 0 <= at < len(buttons):
            buttons[at].setFocus(Qt.FocusReason.OtherFocusReason)
