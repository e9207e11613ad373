"""The search field of the top bar: says what is searched for when the typing pauses."""

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from ui import keys, theme
from ui.translation import tr

DEBOUNCE_MS = 150


class SearchBox(QLineEdit):
    """The field in the top bar."""

    wanted = Signal(str)
    """What is to be searched for, when the typing has paused; empty when it was cleared."""
    left = Signal()
    """Esc: back to the list."""
    entered = Signal()
    """Enter or ↓: into the results."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("search")
        self.setPlaceholderText(tr("Søg borger, CPR, afdeling, tekst …"))
        self.setAccessibleName(tr("Søg"))
        self.setMaxLength(200)
        self._key = QLabel(keys.hint("search"), self)
        self._key.setProperty("kind", "key")
        self._key.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(DEBOUNCE_MS)
        self._pause.timeout.connect(lambda: self.wanted.emit(self.text().strip()))
        self.textChanged.connect(self._typed)

    def _typed(self, text: str) -> None:
        self._key.setVisible(not text)
        self._make_room()
        if text.strip():
            self._pause.start()
        else:
            self._pause.stop()
            self.wanted.emit("")

    def leave(self) -> None:
        """Clear the field and go back to the list."""
        self.clear()
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves; Enter and ↓ go into the results."""
        match event.key():
            case Qt.Key.Key_Escape:
                self.leave()
            case Qt.Key.Key_Down | Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.entered.emit()
            case _:
                super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Esc is the field's own while it has the focus."""
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the key at the right end."""
        super().resizeEvent(event)
        self._make_room()
        size = self._key.sizeHint()
        self._key.setGeometry(
            self.width() - size.width() - theme.SPACE * 2,
            (self.height() - size.height()) // 2,
            size.width(),
            size.height(),
        )

    def _make_room(self) -> None:
        """Let the text end where the key begins."""
        key = 0 if self._key.isHidden() else self._key.sizeHint().width() + theme.SPACE
        self.setTextMargins(0, 0, key, 0)
