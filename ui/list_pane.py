"""What the panes beside a list share: who it is about, what is due, and two columns of cards."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QVBoxLayout, QWidget

from ui import theme
from ui.flow import FlowLayout
from ui.parts import plain_label, wrapped
from ui.theme import SPACE, Tone
from ui.translation import tr


class ListPane(QScrollArea):
    """One of a list, or nothing; what stands in it is for who inherits it to say."""

    def __init__(self, *, name: str, due: str, citizen: str, empty: str) -> None:
        """`name`, `due` and `citizen` are heard; `empty` is said while nothing is chosen."""
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(name)
        self._name = wrapped("title", name=tr("Borger"))
        # It wraps where there is little room rather than ask for more.
        self._name.setMinimumWidth(SPACE * 24)
        self._due = plain_label()
        self._due.setProperty("kind", "chip")
        self._due.setAccessibleName(due)
        self._citizen = wrapped("muted", name=citizen)
        for label in (self._name, self._citizen):
            label.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._flags = FlowLayout(SPACE * 2)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(SPACE * 2)
        self._wide = QBoxLayout.Direction.LeftToRight
        self._empty = plain_label("muted", empty)
        self._empty.setWordWrap(True)
        self.setWidget(self._page())

    def _page(self) -> QWidget:
        page = QWidget()
        page.setObjectName("planColumn")
        page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(page)
        column.setContentsMargins(*[SPACE * 4] * 4)
        column.setSpacing(SPACE * 3)
        self._inside = QWidget()
        inside = QVBoxLayout(self._inside)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(SPACE * 3)
        self._first = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._first.setSpacing(SPACE * 2)
        self._first.addWidget(self._name, 1)
        self._first.addWidget(self._due, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        head = QWidget()
        self._head = QVBoxLayout(head)
        self._head.setContentsMargins(0, 0, 0, 0)
        self._head.setSpacing(SPACE)
        self._head.addLayout(self._first)
        self._head.addWidget(self._citizen)
        self._head.addLayout(self._flags)
        inside.addWidget(head)
        inside.addLayout(self._columns)
        self._inside.hide()
        column.addWidget(self._empty)
        column.addWidget(self._inside)
        column.addStretch(1)
        return page

    def _lay_out(
        self, left: Sequence[QWidget], right: Sequence[QWidget], *, above: Sequence[QWidget]
    ) -> None:
        """Put the cards side by side; `above` are those of the two that stand first when folded."""
        way = QBoxLayout.Direction
        self._wide = way.LeftToRight if above is left else way.RightToLeft
        shares = ((left, 3), (right, 2))
        for cards, share in shares if above is left else reversed(shares):
            column = QVBoxLayout()
            column.setSpacing(SPACE * 3)
            for card in cards:
                column.addWidget(card)
            column.addStretch(1)
            self._columns.addLayout(column, share)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put name and deadline, and the cards, side by side or below each other."""
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        way = QBoxLayout.Direction
        self._columns.setDirection(self._wide if self._has_room() else way.TopToBottom)
        name = self._name.fontMetrics().horizontalAdvance(self._name.text())
        is_wide = self.viewport().width() - SPACE * 10 >= name + self._due.sizeHint().width()
        self._first.setDirection(way.LeftToRight if is_wide else way.TopToBottom)

    def _has_room(self) -> bool:
        """Whether the cards stand side by side."""
        raise NotImplementedError

    # --- showing --------------------------------------------------------------------------------

    def show_nothing(self) -> None:
        """Nothing is chosen."""
        self._inside.hide()
        self._empty.show()

    def _show_inside(self, *, is_other: bool) -> None:
        """Something is chosen; another than before is shown from its top."""
        self._empty.hide()
        self._inside.show()
        self._fold()
        if is_other:
            self.verticalScrollBar().setValue(0)

    def _show_due(self, text: str, tone: Tone, rule: str) -> None:
        self._due.setText(text)
        theme.set_property(self._due, "tone", tone.value)
        self._due.setToolTip(rule)
        self._fold()

    def _show_flags(self, flags: Iterable[tuple[str, Tone]]) -> None:
        self._flags.clear()
        for danish, tone in flags:
            chip = plain_label("", tr(danish))
            chip.setProperty("kind", "chip")
            chip.setProperty("tone", tone.value)
            self._flags.addWidget(chip)
            chip.show()
