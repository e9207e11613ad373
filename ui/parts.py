"""Small controls that several panes use."""

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QWidget,
)

from ui import theme


class KeyButton(QPushButton):
    """A button that shows its key beside its text."""

    def __init__(self, text: str, key: str, kind: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._key = key
        if kind:
            self.setProperty("kind", kind)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Change the text; the accessible name follows."""
        self.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """With room for the key."""
        hint = super().sizeHint()
        return QSize(hint.width() + self._key_width() + theme.SPACE * 2, hint.height())

    def minimumSizeHint(self) -> QSize:
        """The text and the key are never clipped."""
        return self.sizeHint()

    def paintEvent(self, _: QPaintEvent) -> None:
        """The button as the style has it, then the text and the key."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        ink = self._ink()
        painter.setPen(ink)
        margin, height = theme.SPACE * 3, self.height()
        key_width = self._key_width()
        text = QRect(margin, 0, self.width() - 2 * margin - key_width - theme.SPACE * 2, height)
        painter.drawText(
            text, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self.text()
        )
        painter.setFont(theme.font(theme.SECONDARY_POINTS))
        box_height = painter.fontMetrics().height()
        left = self.width() - margin - key_width
        box = QRect(left, (height - box_height) // 2, key_width, box_height)
        painter.setPen(QPen(theme.colour(ink.name(), 0.5), theme.RULE))
        painter.drawRoundedRect(box, theme.SPACE, theme.SPACE)
        painter.setPen(ink)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._key)

    def _ink(self) -> QColor:
        t = theme.tokens()
        if not self.isEnabled():
            return theme.colour(t.muted)
        return theme.colour(t.on_primary if self.property("kind") == "primary" else t.text)

    def _key_width(self) -> int:
        metrics = QFontMetrics(theme.font(theme.SECONDARY_POINTS))
        return metrics.horizontalAdvance(self._key) + theme.SPACE * 3


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
