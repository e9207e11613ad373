"""Tildel: to me, to a colleague, or to nobody."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from ui import theme
from ui.dialogs.form import FormDialog
from ui.translation import tr
from visitator.app.views import Colleague

_NOBODY = ""


class AssignDialog(FormDialog):
    """Chooses an owner; typing finds a colleague."""

    chosen = Signal(object)
    """A user id, or None for nobody."""

    def __init__(
        self,
        about: str,
        *,
        me: Colleague,
        colleagues: tuple[Colleague, ...],
        owner: str | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(tr("Tildel"), about, tr("Tildel"), parent)
        self._find = QLineEdit()
        self._find.setPlaceholderText(tr("Skriv for at finde en kollega"))
        self._list = QListWidget()
        self._list.setUniformItemSizes(True)
        self._offer(me.user, tr("Mig ({name})", name=me.name), owner)
        for each in sorted(colleagues, key=lambda colleague: colleague.name.casefold()):
            if each.user != me.user:
                said = ", ".join(part for part in (each.name, each.title) if part)
                self._offer(each.user, said, owner)
        self._offer(_NOBODY, tr("Ingen"), owner or _NOBODY)
        self._list.setCurrentRow(0)
        self._find.installEventFilter(self)
        self.add(tr("Find"), self._find)
        self.add(tr("Ansvarlig"), self._list, 1)
        self._find.textChanged.connect(self._filter)
        self._list.itemSelectionChanged.connect(self.refresh)
        self._list.itemActivated.connect(self._activated)
        self.done_with.connect(self._choose)
        self._find.returnPressed.connect(self._activated)
        self.refresh()
        self._find.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and down move in the list while one types."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            by = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
            if by is not None:
                self._move(by)
                return True
        return super().eventFilter(watched, event)

    def _move(self, by: int) -> None:
        row = self._list.currentRow() + by
        while 0 <= row < self._list.count():
            if not self._list.item(row).isHidden():
                self._list.setCurrentRow(row)
                return
            row += by

    def filled_in(self) -> tuple[str, ...]:
        """What finds somebody is nothing to keep."""
        return ()

    def is_ready(self) -> bool:
        """Somebody, or nobody, is chosen."""
        chosen = self._list.selectedItems()
        return bool(chosen) and not chosen[0].isHidden()

    def _offer(self, user: str, text: str, owner: str | None) -> None:
        said = tr("{who} (nu)", who=text) if user == owner else text
        item = QListWidgetItem(said)
        item.setData(Qt.ItemDataRole.UserRole, user)
        line = self._list.fontMetrics().height() + theme.SPACE * 3
        item.setSizeHint(QSize(0, line))
        self._list.addItem(item)

    def _filter(self, typed: str) -> None:
        wanted = typed.casefold().strip()
        first: QListWidgetItem | None = None
        for place in range(self._list.count()):
            item = self._list.item(place)
            item.setHidden(wanted not in item.text().casefold())
            if first is None and not item.isHidden():
                first = item
        if first is not None:
            self._list.setCurrentItem(first)
        self.refresh()

    def _activated(self) -> None:
        self.do.click()

    def _choose(self) -> None:
        user = str(self._list.currentItem().data(Qt.ItemDataRole.UserRole))
        self.chosen.emit(None if user == _NOBODY else user)
