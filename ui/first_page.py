"""What stands in the window while the desk is being opened, where the list can be read already.

The list and its filters are to be looked at; a row that is chosen is opened when the desk is there.
No key that answers is bound yet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ui import columns, theme
from ui.inbox.list import InboxList
from ui.navigation import Navigation, Target
from ui.state import WindowState
from visitator.app.views import Box

if TYPE_CHECKING:
    from visitator.app.first_look import FirstLook


class FirstPage(QWidget):
    """Navigation and list as the file has them, and the page that says how far opening is.

    Args:
        look: what is read; closed by `end`.
        opening: the page of the opening, in the place of the plan.
        state: how wide the columns were last.
    """

    def __init__(
        self,
        look: FirstLook,
        opening: QWidget,
        state: WindowState,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self.target: Target = Box.INBOX
        """Where the person wants to be."""
        self.navigation = Navigation()
        self.list = InboxList(look)
        lists = QStackedWidget()
        lists.addWidget(self.list)
        plan = QWidget()
        column = QVBoxLayout(plan)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(opening)
        # The pages of the window hide what is taken from them.
        opening.show()
        self._side = QWidget()
        self._side.setMinimumWidth(theme.wide(theme.SIDE_MIN_WIDTH))
        beside = columns.columns(lists, plan, self._side, state)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(columns.halves(self.navigation, beside, state))
        self.navigation.chosen.connect(self._go)
        self.list.counted.connect(self.navigation.count)
        self.list.show_box(Box.INBOX)
        self.setFocusProxy(self.list)

    def _go(self, target: Target) -> None:
        """To another filter; a place besides the inbox is gone to when the desk is there."""
        self.target = target
        if isinstance(target, Box):
            self.list.show_box(target)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As the columns fold later."""
        super().resizeEvent(event)
        self._side.setVisible(self.width() >= theme.wide(theme.FOLD_BELOW))

    def end(self) -> None:
        """Be gone at once: nothing is read of the file from here on."""
        shiboken6.delete(self)
        self._look.close()
