"""Jeg har ringet i stedet: what was said when something did not reach the hospital."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.dialogs.form import FormDialog, text_field
from ui.translation import tr


class CalledDialog(FormDialog):
    """Asks what was said, and offers the words that were not delivered."""

    said = Signal(str)

    def __init__(self, about: str, what: str, text: str, parent: QWidget | None = None) -> None:
        """`what` was not delivered, and the note names it by itself; `text` is what it said."""
        super().__init__(tr("Jeg har ringet i stedet"), about, tr("Gem"), parent)
        self._text = text_field(text)
        self._text.setPlaceholderText(what)
        self._had_words = bool(text)
        self.add(tr("Hvad blev sagt og aftalt"), self._text, 1)
        self._text.textChanged.connect(self.refresh)
        self.done_with.connect(lambda: self.said.emit(self._text.toPlainText().strip()))
        self.refresh()
        self._text.setFocus()

    def is_ready(self) -> bool:
        """Something was said; an OK without words says enough."""
        return bool(self._text.toPlainText().strip()) or not self._had_words
