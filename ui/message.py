"""One quiet line that tells what just happened, above the status line."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from ui.parts import banner
from ui.theme import SPACE, Tone
from ui.translation import tr

SHOWN_MS = 12_000


class MessageLine(QWidget):
    """Shown when something is told; goes away by itself or when it is closed.

    What answers something the person did is read to its end: news that came by itself waits.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        frame, self._label = banner(Tone.WAITING)
        self._close = QToolButton()
        self._close.setAccessibleName(tr("Luk beskeden"))
        self._close.setToolTip(tr("Luk beskeden"))
        self._close.clicked.connect(self.end)
        inside = QHBoxLayout(frame)
        inside.setContentsMargins(SPACE * 3, SPACE, SPACE * 2, SPACE)
        inside.addWidget(self._label, 1)
        inside.addWidget(self._close)
        outside = QHBoxLayout(self)
        outside.setContentsMargins(SPACE * 3, 0, SPACE * 3, SPACE * 2)
        outside.addWidget(frame)
        self._away = QTimer(self)
        self._away.setSingleShot(True)
        self._away.setInterval(SHOWN_MS)
        self._away.timeout.connect(self.end)
        self._news = ""
        self.hide()

    @property
    def text(self) -> str:
        """What was told last."""
        return self._label.text()

    def tell(self, text: str) -> None:
        """Show a sentence, and say it to those who hear the screen."""
        if not text:
            return
        # The window is painted before the drawings are loaded.
        from ui import icons

        icons.set_icon(self._close, "close")
        self._label.setText(text)
        self.setAccessibleName(text)
        self.show()
        self._away.start()
        announce(self, text)

    def mention(self, news: str) -> None:
        """Show what nobody did here, as soon as what was told has been read; the latest only."""
        if self.isHidden():
            self.tell(news)
        else:
            self._news = news

    def end(self) -> None:
        """Take away what was told; news that waited comes in its place."""
        news, self._news = self._news, ""
        self.hide()
        self.tell(news)


def announce(widget: QWidget, text: str) -> None:
    """Have a screen reader say `text`."""
    # Classes that take long to load, and nothing is said before the list is there.
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))
