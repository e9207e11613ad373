"""What stands in the window before the desk is open: how far it has come, or what failed."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.flow import FlowLayout
from ui.theme import SPACE
from ui.translation import said, tr

_PATIENCE_MS = 200
"""Nothing is said about waiting before this long."""


class OpeningPage(QWidget):
    """Shown from the first painted window until the desk is open."""

    again = Signal()
    """To try once more."""
    put_aside = Signal()
    """To put the database that cannot be opened aside, and fetch everything that was sent."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = QLabel()
        self._title.setProperty("role", "section")
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(SPACE)
        self._bar.setAccessibleName(tr("Fremskridt"))
        self._button = QPushButton(tr("Prøv igen"))
        self._button.setProperty("kind", "primary")
        self._button.setAccessibleName(tr("Prøv igen"))
        self._button.clicked.connect(self.again)
        self._aside = QPushButton(tr("Læg databasen til side …"))
        self._aside.setAccessibleName(self._aside.text())
        self._aside.clicked.connect(self._ask)
        self._card = self._lay_out()
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE_MS)
        self._patience.timeout.connect(self._card.show)
        self.begin()

    def _lay_out(self) -> QFrame:
        card = QFrame()
        card.setProperty("card", True)
        card.setFixedWidth(theme.wide(theme.CARD_WIDTH))
        inside = QVBoxLayout(card)
        inside.setContentsMargins(SPACE * 6, SPACE * 5, SPACE * 6, SPACE * 5)
        inside.setSpacing(SPACE * 3)
        buttons = FlowLayout(SPACE * 2)
        buttons.addWidget(self._button)
        buttons.addWidget(self._aside)
        for widget in (self._title, self._text, self._bar):
            inside.addWidget(widget)
        inside.addLayout(buttons)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(card)
        middle.addStretch(1)
        outside = QVBoxLayout(self)
        outside.addStretch(1)
        outside.addLayout(middle)
        outside.addStretch(2)
        return card

    def begin(self) -> None:
        """Opening begins; nothing is shown of it at first."""
        self._card.hide()
        self._patience.start()
        self.progress(tr("Åbner …"), None)

    def progress(self, step: str, part: float | None) -> None:
        """How far it has come: a step in words, and a part 0-1 where it is known."""
        self._title.setText(said(step))
        self._text.hide()
        self._button.hide()
        self._aside.hide()
        self._bar.show()
        self._bar.setRange(0, 0 if part is None else 100)
        if part is not None:
            self._bar.setValue(round(part * 100))

    def fault(self, text: str, *, can_put_aside: bool = False) -> None:
        """Say what happened, what was kept and what to do; offer what can be done."""
        self._patience.stop()
        self._title.setText(tr("Visitator kunne ikke åbne"))
        self._text.setText(text)
        self._text.show()
        self._bar.hide()
        self._button.show()
        self._aside.setVisible(can_put_aside)
        self._card.show()
        self._button.setFocus()

    def _ask(self) -> None:
        """What was written and never sent lies in no other place."""
        # The window is painted before a dialog is loaded.
        from ui.asking import is_sure

        what = tr(
            "Databasen lægges til side og slettes ikke. Alt, der er sendt og modtaget, hentes fra"
            " gatewayen. Kladder og svar, der ikke er sendt, følger ikke med."
        )
        if is_sure(self, tr("Læg databasen til side"), what, tr("Læg til side")):
            self.put_aside.emit()
