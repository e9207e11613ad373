"""One admission: who and where, the checklist beside the report, and what is followed up."""

import datetime as dt

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from ui import theme, words
from ui.admission import wording
from ui.admission.checklist import ChecklistCard
from ui.admission.followups import FollowUpsCard
from ui.admission.report import ReportCard
from ui.list_pane import ListPane
from ui.parts import small, wrapped
from ui.plan.head import citizen_line
from ui.theme import SPACE
from ui.translation import mark, term, tr
from visitator.app.admission_views import (
    AdmissionFlag,
    AdmissionGroupKind,
    AdmissionView,
    Happened,
)
from visitator.app.views import DraftView, OfficeView

_STATUSES = {
    "nytbrev": mark("nyt"),
    "rettetbrev": mark("rettelse"),
    "annulleretbrev": mark("annullering"),
}


class AdmissionPane(ListPane):
    """Draws one admission; says what is wanted."""

    name_wanted = Signal()
    leave_wanted = Signal()
    pathway_wanted = Signal()
    """To see the whole pathway."""

    def __init__(self) -> None:
        super().__init__(
            name=tr("Indlæggelsen"),
            due=tr("Indlæggelsesrapportens frist"),
            citizen=tr("CPR-nummer, alder og indlæggelse"),
            empty=tr("Vælg en indlæggelse i listen for at se tjekliste og rapport."),
        )
        self.checklist = ChecklistCard()
        self.report = ReportCard()
        self.follow_ups = FollowUpsCard()
        self._view: AdmissionView | None = None
        self._head.addLayout(self._third_line())
        lists = (self.checklist,)
        self._lay_out(lists, (self.report, self.follow_ups), above=lists)

    def _third_line(self) -> QHBoxLayout:
        self._history = wrapped("secondary", name=tr("Advis"))
        self._history.setMinimumWidth(SPACE * 24)
        self._history.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._leave = small("", self.leave_wanted.emit)
        self._rename = small(tr("Skriv borgerens navn …"), self.name_wanted.emit)
        self._pathway = small(tr("Vis forløbet"), self.pathway_wanted.emit)
        line = QHBoxLayout()
        line.setSpacing(SPACE * 2)
        line.addWidget(self._history, 1)
        for button in (self._rename, self._leave, self._pathway):
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return line

    def _fold(self) -> None:
        lists, around = self.checklist.minimumSizeHint().width(), SPACE * 8 + theme.SCROLL_BAR
        self.setMinimumWidth(max(theme.PLAN_MIN_WIDTH, lists + around))
        super()._fold()

    def _has_room(self) -> bool:
        needed = self.checklist.minimumSizeHint().width() + self.report.needed_width
        return self.viewport().width() - SPACE * 10 >= needed

    # --- showing --------------------------------------------------------------------------------

    @property
    def view(self) -> AdmissionView | None:
        """What is shown."""
        return self._view

    def show_nothing(self) -> None:
        """Nothing is chosen."""
        self.report.keep()
        self._view = None
        super().show_nothing()

    def show_admission(
        self,
        view: AdmissionView,
        now: dt.datetime,
        *,
        draft: DraftView | None,
        office: OfficeView,
    ) -> None:
        """Show an admission, or the same one as it is now, with what may be done in this office."""
        is_other = self._view is None or self._view.row.pathway_id != view.row.pathway_id
        self._view = view
        self._name.setText(view.citizen.name or tr("Navn ikke oplyst"))
        self._citizen.setText(_stay_line(view, now))
        self._show_flags(said for flag, said in wording.FLAGS.items() if flag in view.row.flags)
        self._history.setText(_history_words(view.history, now))
        is_in = view.row.group is not AdmissionGroupKind.ENDED
        is_away = AdmissionFlag.LEAVE in view.row.flags
        self._leave.setText(tr("Tilbage fra orlov …") if is_away else tr("På orlov …"))
        self._leave.setAccessibleName(self._leave.text())
        self._leave.setVisible(is_in and office.may_write)
        self._rename.setVisible(not view.row.name and office.may_tick)
        self._pathway.setVisible(not office.is_care_staff)
        self.checklist.show_admission(view, now, may_tick=office.may_tick)
        self.follow_ups.show_admission(view, now, may_close=office.may_tick)
        self.report.show_admission(
            view, now, draft=draft, signature=office.signature, may_write=office.may_write
        )
        self.show_time(now)
        self._show_inside(is_other=is_other)

    def show_time(self, now: dt.datetime) -> None:
        """Let the deadline follow the clock."""
        if self._view is not None:
            deadline = self._view.row.deadline
            rule = deadline.text if deadline else ""
            self._show_due(*wording.report_words(self._view.row, now), rule)
            self.report.show_time(now)


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
