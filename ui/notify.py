"""Pop-ups: a new plan, and a deadline within the hour. They hold numbers, never a person's data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QSystemTrayIcon

from ui import words
from ui.translation import tr_count
from visitator.app.views import GroupKind, Inbox, Row, RowKind

if TYPE_CHECKING:
    from visitator.app.admission_desk import AdmissionDesk

_WITHIN = dt.timedelta(hours=1)
_TO_ANSWER = {GroupKind.OVERDUE, GroupKind.DUE, GroupKind.NO_DEADLINE}
_NEW = {RowKind.PLAN: _TO_ANSWER, RowKind.REHABILITATION: {GroupKind.TO_START}}
"""The kinds of plan one is told of, and where each stands while it asks something of somebody."""
_Key = tuple[str, RowKind, int]


class Notifier(QObject):
    """Says what is new, once for each thing; in a pop-up where the system has them."""

    said = Signal(str)
    """A sentence, where the system has no pop-ups."""
    called = Signal()
    """Somebody pressed a pop-up and wants to see the window."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.quiet = False
        """No pop-ups (stille tilstand); the counts on screen go on."""
        self._since: dt.datetime | None = None
        self._told: set[_Key] = set()
        self._warned: dict[str, dt.datetime] = {}
        self._tray: QSystemTrayIcon | None = None

    def go_on(self, before: Notifier) -> None:
        """Go on where the one of another window stopped: what it told of is told."""
        self._since, self._told, self._warned = before._since, before._told, before._warned

    def begin(self, now: dt.datetime) -> None:
        """What is there already is not news, unless one goes on from before; `now` is aware."""
        self._since = self._since or now
        if QSystemTrayIcon.isSystemTrayAvailable():
            from ui import icons

            self._tray = QSystemTrayIcon(icons.icon("inbox"), self)
            self._tray.setToolTip("Visitator")
            self._tray.messageClicked.connect(self.called)
            self._tray.activated.connect(lambda _reason: self.called.emit())
            self._tray.show()

    def end(self) -> None:
        """Leave the tray."""
        self._since = None
        if self._tray is not None:
            self._tray.hide()

    def notice(self, rows: Sequence[Row]) -> None:
        """Take pathways that have changed; tell of plans that have come since `begin`."""
        new = {_key(row) for row in rows if self._is_new(row)} - self._told
        # What was answered before it could be told of is no news when the answer is taken back.
        self._told |= {_key(row) for row in rows}
        if new:
            self._say(
                tr_count(
                    "{count} ny plan er kommet i indbakken.",
                    "{count} nye planer er kommet i indbakken.",
                    len(new),
                )
            )

    def _is_new(self, row: Row) -> bool:
        if row.group not in _NEW.get(row.kind, ()) or self._since is None:
            return False
        return row.received is not None and row.received >= self._since

    def warn(self, inbox: Inbox, now: dt.datetime) -> None:
        """Tell of the next deadline when it is within the hour; `inbox` is the whole one."""
        due = inbox.next_due
        if due is None or not self._is_near("plan", due, now):
            return
        left = sum(g.count for g in inbox.groups if g.kind is GroupKind.DUE and g.day == due.date())
        self._say(
            tr_count(
                "{count} plan skal besvares i dag; den første senest kl. {time}.",
                "{count} planer skal besvares i dag; den første senest kl. {time}.",
                max(1, left),
                time=words.clock(due),
            )
        )

    def warn_of_reports(self, admissions: AdmissionDesk, now: dt.datetime) -> None:
        """Tell of the next deadline of an admission report when it is within the hour."""
        due = admissions.overview().next_due
        if due is not None and self._is_near("report", due, now):
            self._say(
                tr_count(
                    "{count} indlæggelsesrapport har frist kl. {time}.",
                    "{count} indlæggelsesrapporter har frist kl. {time}.",
                    admissions.reports_due_at(due),
                    time=words.clock(due),
                )
            )

    def _is_near(self, what: str, due: dt.datetime, now: dt.datetime) -> bool:
        """Whether a deadline is within the hour and nobody was told of it."""
        if due == self._warned.get(what) or not now <= due <= now + _WITHIN:
            return False
        self._warned[what] = due
        return True

    def _say(self, sentence: str) -> None:
        if self.quiet:
            return
        if self._tray is not None and self._tray.supportsMessages():
            self._tray.showMessage("Visitator", sentence, self._tray.icon())
        else:
            self.said.emit(sentence)


def _key(row: Row) -> _Key:
    return row.pathway_id, row.kind, row.version
