"""The button of an action that has a key.

Apart from `ui.parts`, for the list is painted before anything needs Qt's style of drawing.
"""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPaintEvent, QPen
from PySide6.QtWidgets import (
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
