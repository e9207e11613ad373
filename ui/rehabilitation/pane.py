"""One rehabilitation course: who and by when, the plan beside the steps."""

import datetime as dt

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui import theme
from ui.flow import FlowLayout
from ui.parts import plain_label
from ui.plan.head import citizen_line
from ui.rehabilitation import wording
from ui.rehabilitation.cards import PlanCard, StartCard, StayCard, StepsCard, wrapped
from ui.theme import SPACE
from ui.translation import term, tr
from visitator.app.rehabilitation_views import RehabilitationView


class RehabilitationPane(QScrollArea):
    """Draws one course; its cards say what is wanted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(tr("Genoptræningsforløbet"))
        self.start, self.steps, self.stay, self.plan = (
            StartCard(),
            StepsCard(),
            StayCard(),
            PlanCard(),
        )
        self._view: RehabilitationView | None = None
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
        inside.addWidget(self._head())
        inside.addLayout(self._cards())
        self._empty = plain_label("muted", tr("Vælg en genoptræningsplan i listen."))
        self._empty.setWordWrap(True)
        column.addWidget(self._empty)
        column.addWidget(self._inside)
        column.addStretch(1)
        self.setWidget(page)
        self._inside.hide()

    def _head(self) -> QWidget:
        self._name = wrapped("title", "")
        self._name.setAccessibleName(tr("Borger"))
        self._due = plain_label()
        self._due.setProperty("kind", "chip")
        self._due.setAccessibleName(tr("Seneste opstart"))
        self._citizen = wrapped("muted", "")
        self._citizen.setAccessibleName(tr("CPR-nummer og alder"))
        self._flags = FlowLayout(SPACE * 2)
        first = QHBoxLayout()
        first.setSpacing(SPACE * 2)
        first.addWidget(self._name, 1)
        first.addWidget(self._due, 0, Qt.AlignmentFlag.AlignTop)
        head = QWidget()
        box = QVBoxLayout(head)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE)
        box.addLayout(first)
        box.addWidget(self._citizen)
        box.addLayout(self._flags)
        return head

    def _cards(self) -> QBoxLayout:
        """What is to be done beside the plan; where there is no room, above it."""
        left = QVBoxLayout()
        left.addWidget(self.plan)
        left.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(SPACE * 3)
        for card in (self.steps, self.start, self.stay):
            right.addWidget(card)
        right.addStretch(1)
        self._columns = QBoxLayout(QBoxLayout.Direction.RightToLeft)
        self._columns.setSpacing(SPACE * 3)
        self._columns.addLayout(right, 2)
        self._columns.addLayout(left, 3)
        return self._columns

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the cards side by side or below each other."""
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        way = QBoxLayout.Direction
        needed = theme.TRAINING_TWO_COLUMNS * self.fontMetrics().averageCharWidth()
        is_wide = self.viewport().width() >= needed
        self._columns.setDirection(way.RightToLeft if is_wide else way.TopToBottom)

    @property
    def view(self) -> RehabilitationView | None:
        """What is shown."""
        return self._view

    def show_nothing(self) -> None:
        """Nothing is chosen."""
        self._view = None
        self._inside.hide()
        self._empty.show()

    def show_course(self, view: RehabilitationView, now: dt.datetime) -> None:
        """Show a course, or the same one as it is now."""
        is_other = self._view is None or self._view.row.pathway_id != view.row.pathway_id
        self._view = view
        self._name.setText(wording.name(view.row))
        line = [citizen_line(view.citizen), term(view.row.level), term(view.row.state)]
        self._citizen.setText(" · ".join(line))
        self._show_flags(view)
        for card in (self.start, self.steps, self.stay, self.plan):
            card.show_course(view, now)
        self._empty.hide()
        self._inside.show()
        self.show_time(now)
        self._fold()
        if is_other:
            self.verticalScrollBar().setValue(0)

    def show_time(self, now: dt.datetime) -> None:
        """Let the deadline follow the clock."""
        if self._view is not None:
            text, tone = wording.start_words(self._view.row, now)
            self._due.setText(text)
            theme.set_property(self._due, "tone", tone.value)
            self._due.setToolTip(self._view.rule)

    def _show_flags(self, view: RehabilitationView) -> None:
        self._flags.clear()
        for flag, (danish, tone) in wording.FLAGS.items():
            if flag in view.row.flags:
                chip = plain_label("", tr(danish))
                chip.setProperty("kind", "chip")
                chip.setProperty("tone", tone.value)
                self._flags.addWidget(chip)
                chip.show()
