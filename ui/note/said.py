"""What came of it, in a strip of its own: a dialog that stays open says it itself."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import theme
from ui.message import announce
from ui.parts import banner
from ui.theme import SPACE, Tone


class Said(QWidget):
    """Hidden until there is something to say."""

    def __init__(self) -> None:
        super().__init__()
        self._frame, self._label = banner(Tone.DONE)
        inside = QVBoxLayout(self._frame)
        inside.setContentsMargins(SPACE * 3, SPACE * 2, SPACE * 3, SPACE * 2)
        inside.addWidget(self._label)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        outside.addWidget(self._frame)
        self.hide()

    def say(self, text: str, tone: Tone) -> None:
        """Show a sentence, and say it to those who hear the screen."""
        for widget in (self._frame, self._label):
            theme.set_property(widget, "tone", tone.value)
        self._label.setText(text)
        self.show()
        announce(self, text)
