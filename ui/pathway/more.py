"""The menu Mere: what is done about a pathway now and then."""

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu, QWidget

from ui import keys
from ui.key_button import KeyButton
from ui.translation import tr
from visitator.app.views import Letter, PathwayView

NOTE, CONFERENCE, MINUTES, LAPSE, CLOSE = "note", "conference", "minutes", "lapse", "close"
WORDS = "words"


def offers(view: PathwayView) -> tuple[tuple[str, str], ...]:
    """What can be done about it as it stands: a code and what the menu says."""
    found = [(NOTE, tr("Internt notat …")), (WORDS, tr("Word-notater for flere forløb …"))]
    if view.is_over:
        return tuple(found)
    if view.versions and view.answering.forms:
        found.append((CONFERENCE, tr("Planlægningskonference aftalt …")))
        if from_hospital(view):
            found.append((MINUTES, tr("Beslutningsreferat modtaget …")))
    found.append((LAPSE, tr("Forløbet bortfalder …")))
    found.append((CLOSE, tr("Afslut forløbet …")))
    return tuple(found)


def from_hospital(view: PathwayView) -> list[Letter]:
    """The hospital's letters: one of them may hold the minutes (beslutningsreferat)."""
    return [each for each in view.thread if each.kind == "letter" and not each.ours]


class MoreButton(KeyButton):
    """Opens the menu of the pathway that is shown."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Mere …"), keys.hint("more"), parent=parent)
        self._menu = QMenu(self)
        self._menu.setAccessibleName(tr("Mere"))
        self._menu.triggered.connect(lambda action: self.wanted.emit(str(action.data())))
        self.clicked.connect(self._open)

    def show_pathway(self, view: PathwayView | None) -> None:
        """From now on the menu is about this pathway."""
        self._menu.clear()
        for code, text in offers(view) if view is not None else ():
            self._menu.addAction(text).setData(code)

    def _open(self) -> None:
        if self._menu.isEmpty():
            return
        above = self.mapToGlobal(QPoint(0, -self._menu.sizeHint().height()))
        self._menu.popup(above if self.isVisible() else QCursor.pos())
