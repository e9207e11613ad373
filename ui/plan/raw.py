"""The original message, letter by letter as it came."""

from collections.abc import Callable
from concurrent.futures import Future

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from ui import theme
from ui.faults import sentence
from ui.parts import plain_label
from ui.theme import SPACE
from ui.translation import tr
from visitator.app.views import KnownError


class RawDialog(QDialog):
    """Fetches the message when it opens; what goes wrong is said in its place."""

    _ended = Signal(object)

    def __init__(
        self, fetch: Callable[[str], Future[str]], raw_id: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Den oprindelige meddelelse"))
        self._state = plain_label("muted", tr("Henter meddelelsen …"))
        self._state.setWordWrap(True)
        self._text = QPlainTextEdit()
        self._text.setReadOnly(True)
        self._text.setFont(theme.fixed_font())
        self._text.setProperty("kind", "field")
        self._text.setAccessibleName(tr("Den oprindelige meddelelse"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close = buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setText(tr("Luk"))
        close.setAccessibleName(tr("Luk"))
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(SPACE * 4, SPACE * 4, SPACE * 4, SPACE * 4)
        box.setSpacing(SPACE * 2)
        box.addWidget(self._state)
        box.addWidget(self._text, 1)
        box.addWidget(buttons)
        self.resize(*theme.WIDE_DIALOG)
        self._ended.connect(self._show)
        self._is_closed = False
        self._future = fetch(raw_id)
        self._future.add_done_callback(self._ended.emit)

    def text(self) -> str:
        """What is shown: the message, or what went wrong."""
        return self._text.toPlainText() or self._state.text()

    def done(self, result: int) -> None:
        """Close; a message still under way is not shown."""
        self._is_closed = True
        super().done(result)
        if self._future.done():
            self.deleteLater()
        else:
            self._future.cancel()

    def _show(self, future: Future[str]) -> None:
        if self._is_closed:
            self.deleteLater()
            return
        fault = future.exception()
        if fault is None:
            self._text.setPlainText(future.result())
            self._state.setText(tr("Som den kom fra sygehuset. Den kan ikke ændres."))
        elif isinstance(fault, KnownError):
            self._state.setText(sentence(fault))
        else:
            raise fault
