"""What the pages beside the inbox share: a list at the left, one of it at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QSplitter, QVBoxLayout, QWidget

from ui import theme
from ui.bridge import Bridge
from ui.flow import FlowLayout
from ui.inbox.list import InboxList
from ui.theme import SPACE
from ui.translation import tr
from visitator.app.views import Box

Result = TypeVar("Result")


class ListPage(QWidget):
    """List and pane of one desk; what stands in them is for who inherits it to say."""

    told = Signal(str)
    """A sentence for the person."""
    counted = Signal(object)
    """The groups of the list whenever it was read."""
    shown = Signal(str)
    """The pathway that is shown at the right now; empty when there is none."""
    pathway_wanted = Signal(str)
    """To see the whole pathway."""

    def __init__(self, bridge: Bridge, rows: InboxList, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._desk = bridge.desk
        self.list = rows
        self.list.counted.connect(self.counted)
        self.columns = QSplitter(Qt.Orientation.Horizontal)
        self._ended = QPushButton(tr("Også afsluttede"))
        self._ended.setProperty("kind", "chip")
        self._ended.setCheckable(True)
        self._ended.setAccessibleName(self._ended.text())
        self._ended.toggled.connect(
            lambda is_on: self.list.show_box(Box.ALL if is_on else Box.INBOX)
        )

    def _lay_out(
        self, pane: QWidget, button: QPushButton, choosers: Sequence[QWidget] = ()
    ) -> None:
        """Put `choosers` above the list, and `button` beneath it beside that for what has ended."""
        left = QWidget()
        left.setObjectName("listColumn")
        left.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        # Large text leaves the list less room here than in the inbox: its rows end in an ellipsis.
        for each in (left, self.list):
            each.setMinimumWidth(theme.LIST_MIN_WIDTH)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if choosers:
            above, inside = _strip()
            for chooser in choosers:
                inside.addWidget(chooser)
            column.addWidget(above)
        column.addWidget(self.list, 1)
        under, inside = _strip()
        foot = FlowLayout(SPACE * 2)
        inside.addLayout(foot)
        for each in (button, self._ended):
            foot.addWidget(each)
        column.addWidget(under)
        self.columns.setChildrenCollapsible(False)
        self.columns.setHandleWidth(theme.RULE)
        self.columns.addWidget(left)
        self.columns.addWidget(pane)
        self.columns.setStretchFactor(1, 1)
        self.columns.setSizes([theme.LIST_WIDTH, theme.PLAN_WIDTH + theme.SIDE_WIDTH])
        pane.setMinimumWidth(theme.PLAN_MIN_WIDTH)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.columns)

    @property
    def pathway_id(self) -> str:
        """Of what is shown at the right; empty when there is none."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Read the list, and what is shown, again."""
        self.list.refresh()
        if self.pathway_id:
            self._put(self.pathway_id)

    def show_one(self, pathway_id: str) -> None:
        """Show one; that another is looked at now is written down, and seen by colleagues."""
        is_another = pathway_id != self.pathway_id
        self._put(pathway_id)
        if is_another and self.pathway_id:
            self._bridge.call(self._desk.opened(pathway_id))
            self._desk.look_at(pathway_id, composing=False)

    def _put(self, pathway_id: str) -> None:
        """Read and show one, as it is now."""
        raise NotImplementedError

    def _do(self, future: Future[Result], done: Callable[[Result], object] | None = None) -> None:
        self._bridge.call(future, done, self.told.emit)


def _strip() -> tuple[QWidget, QVBoxLayout]:
    """A place above or beneath the list."""
    strip = QWidget()
    inside = QVBoxLayout(strip)
    inside.setContentsMargins(SPACE * 3, SPACE * 2, SPACE * 3, SPACE * 2)
    inside.setSpacing(SPACE * 2)
    return strip, inside
