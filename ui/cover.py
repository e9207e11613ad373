"""Skjul: covers everything on screen at once, by a key or when nobody has been there for a while.

The program goes on behind it and drafts are kept; it hides, and asks for no password: the
workstation's own lock does that.
"""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from ui import keys
from ui.parts import plain_label
from ui.translation import tr

MINUTE_MS = 60_000
_SIGNS_OF_LIFE = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
}


class Cover(QWidget):
    """Lies over `window`, dialogs included: they are hidden and come back with it.

    What stands `inside` the window cannot be used meanwhile, by the keyboard neither.
    """

    uncovered = Signal()

    def __init__(self, window: QWidget, inside: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("planColumn")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, on=True)
        self._window = window
        self._inside = inside
        self._hidden: list[QWidget] = []
        self._focus: QWidget | None = None
        show = QPushButton(tr("Vis igen"))
        show.setProperty("kind", "primary")
        show.setAccessibleName(tr("Vis skærmen igen"))
        show.clicked.connect(self.uncover)
        layout = QVBoxLayout(self)
        layout.addStretch(1)
        for label in (
            plain_label("title", tr("Skærmen er skjult")),
            plain_label(
                "muted", tr("Kladder er gemt. {key} viser den igen.", key=keys.hint("hide"))
            ),
        ):
            layout.addWidget(label, 0, Qt.AlignmentFlag.AlignCenter)
        layout.addWidget(show, 0, Qt.AlignmentFlag.AlignCenter)
        layout.addStretch(1)
        self._show = show
        window.installEventFilter(self)
        self.hide()

    @property
    def is_covering(self) -> bool:
        """Whether everything is hidden."""
        return not self.isHidden()

    def toggle(self) -> None:
        """Cover, or show again."""
        if self.is_covering:
            self.uncover()
        else:
            self.cover()

    def cover(self) -> None:
        """Hide everything at once."""
        if self.is_covering:
            return
        self._focus = QApplication.focusWidget()
        self._hidden = [
            each
            for each in QApplication.topLevelWidgets()
            if each is not self._window and each.isVisible()
        ]
        for each in self._hidden:
            each.hide()
        self._inside.setEnabled(False)
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()
        self._show.setFocus()

    def uncover(self) -> None:
        """Show what was there, with the focus where it was."""
        self.hide()
        self._inside.setEnabled(True)
        for each in self._hidden:
            # A question that was hidden counts as not answered, and is gone.
            if isValid(each):
                each.show()
        self._hidden = []
        if self._focus is not None and isValid(self._focus):
            self._focus.setFocus()
        self.uncovered.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the window."""
        if event.type() is QEvent.Type.Resize and self.is_covering:
            self.setGeometry(self._window.rect())
        return super().eventFilter(watched, event)


class IdleWatch(QObject):
    """Says when nobody has touched the program for a number of minutes."""

    idle = Signal()
    hide_wanted = Signal()
    """The key that hides was pressed where the window's own do not reach: in a dialog or a menu."""

    def __init__(self, minutes: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.idle)
        self._watches = False
        self.set_minutes(minutes)

    def begin(self) -> None:
        """Count from now on: not before there is something to hide.

        Handing every event to Python makes PySide load all its classes, which is not to be waited
        for by the first list.
        """
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)
        self._watches = True
        self._count()

    def set_minutes(self, minutes: int) -> None:
        """How long; 0 is never."""
        self._timer.setInterval(minutes * MINUTE_MS)
        self._count()

    def _count(self) -> None:
        if self._watches and self._timer.interval():
            self._timer.start()
        else:
            self._timer.stop()

    def end(self) -> None:
        """Watch no longer."""
        self._timer.stop()
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Begin to count anew at every sign of life."""
        if event.type() in _SIGNS_OF_LIFE:
            self._count()
            # The window's own key is a shortcut there, and comes here from elsewhere only.
            if isinstance(event, QKeyEvent) and keys.is_pressed("hide", event):
                self.hide_wanted.emit()
                return True
        return False
