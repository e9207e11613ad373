"""One admission: who and where, the checklist beside the report, and what is followed up."""

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui import theme, words
from ui.admission import wording
from ui.admission.checklist import ChecklistCard
from ui.admission.followups import FollowUpsCard
from ui.admission.report import ReportCard
from ui.flow import FlowLayout
from ui.parts import plain_label
from ui.plan.head import citizen_line
from ui.theme import SPACE
from ui.translation import mark, term, tr
from visitator.app.admission_views import (
    AdmissionFlag,
    AdmissionGroupKind,
    AdmissionView,
    Happened,
)
from visitator.app.views import DraftView, Signature

_STATUSES = {
    "nytbrev": mark("nyt"),
    "rettetbrev": mark("rettelse"),
    "annulleretbrev": mark("annullering"),
}


class AdmissionPane(QScrollArea):
    """Draws one admission; says what is wanted."""

    name_wanted = Signal()
    leave_wanted = Signal()
    pathway_wanted = Signal()
    """To see the whole pathway."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(tr("Indlæggelsen"))
        self.checklist = ChecklistCard()
        self.report = ReportCard()
        self.follow_ups = FollowUpsCard()
        self._view: AdmissionView | None = None
        self._page = QWidget()
        self._page.setObjectName("planColumn")
        self._page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self._page)
        column.setContentsMargins(*[SPACE * 4] * 4)
        column.setSpacing(SPACE * 3)
        self._inside = QWidget()
        inside = QVBoxLayout(self._inside)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(SPACE * 3)
        inside.addWidget(self._head())
        inside.addLayout(self._cards())
        self._empty = plain_label(
            "muted", tr("Vælg en indlæggelse i listen for at se tjekliste og rapport.")
        )
        self._empty.setWordWrap(True)
        column.addWidget(self._empty)
        column.addWidget(self._inside)
        column.addStretch(1)
        self.setWidget(self._page)
        self._inside.hide()

    def _head(self) -> QWidget:
        self._name = _named("title", tr("Borger"))
        self._due = _named("", tr("Indlæggelsesrapportens frist"))
        self._due.setProperty("kind", "chip")
        self._citizen = _named("muted", tr("CPR-nummer, alder og indlæggelse"))
        self._flags = FlowLayout(SPACE * 2)
        self._history = _named("secondary", tr("Advis"))
        self._leave = _small("", self.leave_wanted.emit)
        self._rename = _small(tr("Skriv borgerens navn …"), self.name_wanted.emit)
        self._pathway = _small(tr("Vis forløbet"), self.pathway_wanted.emit)
        self._first = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._first.setSpacing(SPACE * 2)
        self._first.addWidget(self._name, 1)
        self._first.addWidget(self._due, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        head = QWidget()
        box = QVBoxLayout(head)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE)
        box.addLayout(self._first)
        box.addWidget(self._citizen)
        box.addLayout(self._flags)
        third = QHBoxLayout()
        third.setSpacing(SPACE * 2)
        third.addWidget(self._history, 1)
        for button in (self._rename, self._leave, self._pathway):
            third.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        box.addLayout(third)
        self._due.setWordWrap(False)
        # They wrap where there is little room rather than ask for more.
        for label in (self._name, self._history):
            label.setMinimumWidth(SPACE * 24)
        return head

    def _cards(self) -> QBoxLayout:
        """Side by side where there is room, else one below the other."""
        right = QVBoxLayout()
        right.setSpacing(SPACE * 3)
        right.addWidget(self.report)
        right.addWidget(self.follow_ups)
        right.addStretch(1)
        left = QVBoxLayout()
        left.addWidget(self.checklist)
        left.addStretch(1)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(SPACE * 2)
        self._columns.addLayout(left, 3)
        self._columns.addLayout(right, 2)
        return self._columns

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put name and deadline, and the cards, side by side or below each other."""
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        way = QBoxLayout.Direction
        lists, around = self.checklist.minimumSizeHint().width(), SPACE * 8 + theme.SCROLL_BAR
        self.setMinimumWidth(max(theme.PLAN_MIN_WIDTH, lists + around))
        needed = lists + self.report.needed_width
        is_wide = self.viewport().width() - SPACE * 10 >= needed
        self._columns.setDirection(way.LeftToRight if is_wide else way.TopToBottom)
        name = self._name.fontMetrics().horizontalAdvance(self._name.text())
        needed = name + self._due.sizeHint().width()
        is_wide = self.viewport().width() - SPACE * 10 >= needed
        self._first.setDirection(way.LeftToRight if is_wide else way.TopToBottom)

    # --- showing --------------------------------------------------------------------------------

    @property
    def view(self) -> AdmissionView | None:
        """What is shown."""
        return self._view

    def show_nothing(self) -> None:
        """Nothing is chosen."""
        self.report.keep()
        self._view = None
        self._inside.hide()
        self._empty.show()

    def show_admission(
        self,
        view: AdmissionView,
        now: dt.datetime,
        *,
        draft: DraftView | None,
        signature: Signature,
        may_report: bool,
    ) -> None:
        """Show an admission, or the same one as it is now."""
        is_other = self._view is None or self._view.row.pathway_id != view.row.pathway_id
        self._view = view
        self._name.setText(view.citizen.name or tr("Navn ikke oplyst"))
        self._citizen.setText(_stay_line(view, now))
        self._show_flags(view)
        self._history.setText(_history_words(view.history, now))
        is_in = view.row.group is not AdmissionGroupKind.ENDED
        is_away = AdmissionFlag.LEAVE in view.row.flags
        self._leave.setText(tr("Tilbage fra orlov …") if is_away else tr("På orlov …"))
        self._leave.setAccessibleName(self._leave.text())
        self._leave.setVisible(is_in and may_report)
        self._rename.setVisible(not view.row.name)
        self._pathway.setVisible(may_report)
        self.checklist.show_admission(view, now)
        self.follow_ups.show_admission(view, now)
        self.report.show_admission(
            view, now, draft=draft, signature=signature, may_write=may_report
        )
        self._empty.hide()
        self._inside.show()
        self._show_due(now)
        self._fold()
        if is_other:
            self.verticalScrollBar().setValue(0)

    def show_time(self, now: dt.datetime) -> None:
        """Let the deadline follow the clock."""
        if self._view is not None:
            self._show_due(now)
            self._fold()
            self.report.show_time(now)

    def _show_due(self, now: dt.datetime) -> None:
        if self._view is None:
            return
        text, tone = wording.report_words(self._view.row, now)
        self._due.setText(text)
        theme.set_property(self._due, "tone", tone.value)
        deadline = self._view.row.deadline
        self._due.setToolTip(deadline.text if deadline else "")

    def _show_flags(self, view: AdmissionView) -> None:
        self._flags.clear()
        for flag, (danish, tone) in wording.FLAGS.items():
            if flag not in view.row.flags:
                continue
            chip = plain_label("", tr(danish))
            chip.setProperty("kind", "chip")
            chip.setProperty("tone", tone.value)
            self._flags.addWidget(chip)
            chip.show()


def _stay_line(view: AdmissionView, now: dt.datetime) -> str:
    """``110436-1239 · 90 år · Indlagt i dag kl. 03.47, Slagelse Sygehus · dag 1``."""
    row = view.row
    parts = [citizen_line(view.citizen)]
    if row.admitted is None:
        parts.append(tr("indlæggelsestidspunkt ikke oplyst"))
    else:
        parts.append(tr("indlagt {when}", when=words.point(row.admitted, now)))
    parts.append(wording.ward(row))
    if row.day:
        # The figure never stands alone on the next line.
        parts.append(tr("dag {number}", number=row.day).replace(" ", "\u00a0"))
    if view.leave is not None:
        when = words.point(view.leave, now)
        is_away = AdmissionFlag.LEAVE in row.flags
        text = tr("på orlov fra {when}", when=when)
        parts.append(text if is_away else tr("tilbage fra orlov {when}", when=when))
    return " · ".join(parts)


def _history_words(history: tuple[Happened, ...], now: dt.datetime) -> str:
    """``Indlæggelsesadvis (nyt) i dag 03.49 · Indlæggelsesadvis (rettelse) i dag 05.10``."""
    return " · ".join(
        tr(
            "{what} ({status}) {when}",
            what=term(each.what),
            status=_status(each.status),
            when=words.at(each.received, now),
        )
        for each in history
    )


def _status(status: str) -> str:
    return tr(_STATUSES[status]) if status in _STATUSES else status or tr("status ikke oplyst")


def _named(role: str, name: str) -> QLabel:
    label = plain_label(role)
    label.setWordWrap(True)
    label.setAccessibleName(name)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return label


def _small(text: str, do: Callable[[], object]) -> QPushButton:
    button = QPushButton(text)
    button.setProperty("kind", "small")
    button.setAccessibleName(text)
    button.clicked.connect(do)
    return button
