"""A text for the colleagues, or for the record: it goes to no hospital."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.dialogs.form import FormDialog, LetterText
from ui.translation import tr
from visitator.app.views import DraftView

KIND = "note"


class NoteDialog(FormDialog):
    """Writes an internal note in a pathway (internt notat)."""

    written = Signal(str)

    def __init__(
        self, about: str, *, draft: DraftView | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(tr("Internt notat"), about, tr("Gem"), parent)
        label = tr("Notat. Det bliver i kommunen og sendes ikke til sygehuset")
        self._text = LetterText(draft.text if draft else "", label, lines=8)
        self.add(label, self._text, 1)
        self._text.changed.connect(self.typed)
        self.done_with.connect(lambda: self.written.emit(self._text.text.strip()))
        self.refresh()
        self._text.setFocus()

    def is_ready(self) -> bool:
        """Something is written."""
        return bool(self._text.text.strip())

    def draft(self) -> DraftView:
        """What is written."""
        return DraftView(kind=KIND, text=self._text.text)
