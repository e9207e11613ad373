"""The columns of the inbox: where they stand is the same before the desk is open and after."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

from ui import theme
from ui.state import WindowState


def columns(listed: QWidget, plan: QWidget, side: QWidget, state: WindowState) -> QSplitter:
    """The list, the plan and the pathway beside each other, as wide as they were last."""
    for widget, name in ((listed, "listColumn"), (plan, "planColumn"), (side, "sideColumn")):
        widget.setObjectName(name)
        widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    plan.setMinimumWidth(theme.PLAN_MIN_WIDTH)
    made = _splitter((listed, plan, side), [theme.LIST_WIDTH, theme.PLAN_WIDTH, theme.SIDE_WIDTH])
    restore(made, "columns", state)
    return made


def halves(navigation: QWidget, place: QWidget, state: WindowState) -> QSplitter:
    """The navigation beside the place one is at."""
    sizes = [theme.NAVIGATION_WIDTH, theme.USUAL[0] - theme.NAVIGATION_WIDTH]
    made = _splitter((navigation, place), sizes)
    restore(made, "halves", state)
    return made


def restore(splitter: QSplitter, name: str, state: WindowState) -> None:
    """As wide as they were last, where that is kept."""
    kept = state.kept(name)
    if kept is not None:
        splitter.restoreState(kept)


def _splitter(widgets: Sequence[QWidget], sizes: Sequence[int]) -> QSplitter:
    """Of these the second takes what room there is."""
    splitter = QSplitter(Qt.Orientation.Horizontal)
    splitter.setChildrenCollapsible(False)
    splitter.setHandleWidth(theme.RULE)
    for number, widget in enumerate(widgets):
        splitter.addWidget(widget)
        splitter.setStretchFactor(number, int(number == 1))
    splitter.setSizes(sizes)
    return splitter
