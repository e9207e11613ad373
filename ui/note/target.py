"""Where notes are saved."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from ui.elided import ElidedLabel
from ui.note import wording
from ui.theme import SPACE
from ui.translation import tr


class FolderLine(QWidget):
    """Says the folder, and lets another be chosen."""

    changed = Signal()

    def __init__(self, folder: str) -> None:
        super().__init__()
        self._label = ElidedLabel()
        self._label.setProperty("role", "secondary")
        self._button = QPushButton(tr("Vælg mappe …"))
        self._button.setAccessibleName(self._button.text())
        self._button.setProperty("kind", "small")
        self._button.setAutoDefault(False)
        self._button.clicked.connect(self.choose)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, SPACE, 0, 0)
        row.setSpacing(SPACE * 2)
        row.addWidget(self._label, 1)
        row.addWidget(self._button)
        self.folder = folder
        """Empty while none is chosen."""
        self._say()

    def choose(self) -> str:
        """Ask for a folder; the one there is stays when the person thought better of it."""
        chosen = wording.ask_folder(self, self.folder)
        if chosen:
            self.folder = chosen
            self._say()
            self.changed.emit()
        return self.folder if chosen else ""

    def _say(self) -> None:
        path = Path(self.folder)
        name = path.name or self.folder
        said = tr("Gemmes i mappen {name}", name=name) if self.folder else tr("Ingen mappe valgt")
        self._label.setText(said)
        self._label.setToolTip(self.folder or said)
