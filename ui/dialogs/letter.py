"""A letter of the municipality's own to the hospital (korrespondancemeddelelse)."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from ui.dialogs.form import FormDialog, LetterText
from ui.reply.signature import SignatureLine
from ui.translation import tr
from visitator.app.views import Answering, DraftView, Signature

KIND = "letter"


class LetterDialog(FormDialog):
    """Writes one letter; what is typed is a draft from the first letter on."""

    written = Signal(str, str, str)
    """Subject, text and the code of the purpose (empty for none)."""
    signature_changed = Signal(object)
    """A `Signature`; comes before `written`."""

    def __init__(
        self,
        about: str,
        answering: Answering,
        *,
        signature: Signature,
        draft: DraftView | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(tr("Skriv til sygehuset"), about, tr("Send"), parent)
        self._subject = QLineEdit(draft.subject if draft and draft.subject else answering.subject)
        if answering.max_subject:
            self._subject.setMaxLength(answering.max_subject)
        self._purpose = QComboBox()
        self._purpose.addItem(tr("Ikke et ambulant forløb"), "")
        for purpose in answering.purposes:
            self._purpose.addItem(purpose.label, purpose.code)
        self._text = LetterText(draft.text if draft else "", tr("Besked"), lines=10)
        self._signed = signature
        self._signature = SignatureLine(signature)
        self._signature.changed.connect(self.refresh)
        self.add(tr("Emne"), self._subject)
        if answering.purposes:
            self.add(tr("Formål, når det er et ambulant forløb"), self._purpose)
            chosen = self._purpose.findData(draft.choices[0]) if draft and draft.choices else 0
            self._purpose.setCurrentIndex(max(0, chosen))
        self.add(tr("Besked"), self._text, 1)
        self.sign(self._signature)
        self._subject.textChanged.connect(self.typed)
        self._purpose.currentIndexChanged.connect(self.typed)
        self._text.changed.connect(self.typed)
        self.done_with.connect(self._write)
        self.refresh()
        self._text.setFocus()

    def is_ready(self) -> bool:
        """A letter has a subject, says something, and somebody signs it."""
        is_written = bool(self._subject.text().strip() and self._text.text.strip())
        return is_written and self._signature.is_complete

    def draft(self) -> DraftView:
        """What is written; a subject alone is the profile's, and nothing to keep."""
        purpose = str(self._purpose.currentData() or "")
        text = self._text.text
        if not text.strip():
            return DraftView(kind=KIND, text="")
        choices = (purpose,) if purpose else ()
        return DraftView(kind=KIND, text=text, subject=self._subject.text(), choices=choices)

    def _write(self) -> None:
        if self._signature.signature != self._signed:
            self.signature_changed.emit(self._signature.signature)
        purpose = str(self._purpose.currentData() or "")
        self.written.emit(self._subject.text().strip(), self._text.text.strip(), purpose)
