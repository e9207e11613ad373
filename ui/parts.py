"""Small controls that several panes use."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QLabel,
    QPushButton,
)

from ui import theme


def banner(tone: theme.Tone) -> tuple[QFrame, QLabel]:
    """A coloured strip with a text that wraps and can be selected."""
    frame = QFrame()
    frame.setProperty("kind", "banner")
    frame.setProperty("tone", tone.value)
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("tone", tone.value)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return frame, label


class WholeLine(QLabel):
    """Plain text that wants a line of its own length, and wraps where it does not get it."""

    def __init__(self, role: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        if role:
            self.setProperty("role", role)

    def sizeHint(self) -> QSize:
        """One line; a label that may wrap would rather be square."""
        if not self.wordWrap():
            return super().sizeHint()
        self.ensurePolished()
        text = self.fontMetrics().size(Qt.TextFlag.TextSingleLine, self.text())
        around = self.contentsMargins()
        width = text.width() + around.left() + around.right() + 2 * self.margin()
        return QSize(width, self.heightForWidth(width))


def tick(text: str, *, is_on: bool) -> QCheckBox:
    """Something that is or is not; its text is its accessible name."""
    box = QCheckBox(text)
    box.setAccessibleName(text)
    box.setChecked(is_on)
    return box


def plain_label(role: str = "", text: str = "") -> QLabel:
    """A label that shows text as text, whatever it holds."""
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setText(text)
    if role:
        label.setProperty("role", role)
    return label


def wrapped(role: str = "", text: str = "", *, name: str = "") -> QLabel:
    """A text that wraps and can be selected; `name` is heard where the text does not say it."""
    label = plain_label(role, text)
    label.setWordWrap(True)
    label.setAccessibleName(name)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    label.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    return label


def small(text: str, do: Callable[[], object]) -> QPushButton:
    """A small button."""
    button = QPushButton(text)
    button.setProperty("kind", "small")
    button.setAccessibleName(text)
    button.clicked.connect(lambda _=False: do())
    return button
