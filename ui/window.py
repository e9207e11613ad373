"""The main window: top bar, the workplace, status line. Painted before there is a desk."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from ui import keys, theme, words
from ui.cover import Cover, IdleWatch
from ui.message import MessageLine
from ui.notify import Notifier
from ui.opening import OpeningPage
from ui.state import WindowState
from ui.statusline import StatusLine
from ui.topbar import TopBar
from ui.translation import tr
from visitator.app.preferences import Preferences
from visitator.app.views import Box, ChangeSet, Inbox, Signature, Standing

if TYPE_CHECKING:
    from ui.bridge import Bridge
    from ui.first_page import FirstPage
    from ui.inbox.list import InboxList
    from ui.navigation import Target
    from ui.workplace import Workplace
    from visitator.app.desk import Desk
    from visitator.app.first_look import FirstLook

_MINUTE_PART_MS = 30_000
_FEW = 50
"""Pathways that change at once; more is a catching up."""


class MainWindow(QMainWindow):
    """The one window. Its title names nobody."""

    closed = Signal()

    def __init__(self, state: WindowState, *, is_demo: bool = False) -> None:
        super().__init__()
        self._state = state
        self._bridge: Bridge | None = None
        self.workplace: Workplace | None = None
        self._first: FirstPage | None = None
        self.setWindowTitle("Visitator")
        if is_demo:
            self.be_demo()
        self.top = TopBar()
        self.opening = OpeningPage()
        self.message = MessageLine()
        self.status = StatusLine()
        self._body = QStackedWidget()
        self._body.addWidget(self.opening)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top)
        column.addWidget(self._body, 1)
        column.addWidget(self.message)
        column.addWidget(self.status)
        self.setCentralWidget(inside)
        self.cover = Cover(self, inside)
        self._idle = IdleWatch(0, self)
        self._idle.idle.connect(self.cover.cover)
        self._idle.hide_wanted.connect(self.cover.cover)
        self._notifier = Notifier(self)
        self._notifier.said.connect(self.message.mention)
        self._notifier.called.connect(self._come)
        room = QGuiApplication.primaryScreen().availableSize()
        # Larger text needs more room, and gets what the screen has.
        least = QSize(*map(theme.wide, theme.SMALLEST)).boundedTo(room)
        self.setMinimumSize(least.expandedTo(QSize(*theme.SMALLEST)))
        self._place()
        self._clock = QTimer(self)
        self._clock.setInterval(_MINUTE_PART_MS)
        self._clock.timeout.connect(self._count_down)

    def _place(self) -> None:
        """As it stood last, else the usual size or what the screen has."""
        kept = self._state.kept("window")
        if kept is not None and self.restoreGeometry(kept):
            return
        room = QGuiApplication.primaryScreen().availableSize()
        self.resize(min(theme.USUAL[0], room.width()), min(theme.USUAL[1], room.height()))

    def be_demo(self) -> None:
        """Say in the title that nothing here is real."""
        self.setWindowTitle(tr("Visitator – demo"))

    def attend(self, preferences: Preferences) -> None:
        """When to be quiet, and when to cover the screen."""
        self._notifier.quiet = preferences.quiet
        self._idle.set_minutes(preferences.lock_minutes)

    def replace(self, old: MainWindow) -> None:
        """Stand where another window stood, and tell nothing again that was told there."""
        self.setGeometry(old.geometry())
        self._notifier.go_on(old._notifier)

    @property
    def list(self) -> InboxList | None:
        """The list that is seen: of the desk, or of the first page; None before there is one."""
        page = self.workplace or self._first
        return None if page is None else page.list

    def look(self, look: FirstLook) -> None:
        """Show the list, to be looked at until the desk is there."""
        # The window is painted before the list is loaded.
        from ui.first_page import FirstPage

        self._first = FirstPage(look, self.opening, self._state)
        self._body.addWidget(self._first)
        self._body.setCurrentWidget(self._first)
        self._first.setFocus()

    def _end_look(self) -> None:
        if self._first is not None:
            # Or it would end with the page it stands on.
            self._body.addWidget(self.opening)
            self._first.end()
            self._first = None

    def show_page(self, page: QWidget) -> None:
        """Show a page where the inbox will stand."""
        self._end_look()
        if self._body.indexOf(page) < 0:
            self._body.addWidget(page)
        self._body.setCurrentWidget(page)

    def sign_as(self, signature: Signature) -> None:
        """From now on answers are signed so."""
        if self._bridge is not None:
            self._bridge.call(self._bridge.desk.sign_as(signature))

    def go_to(self, target: Target, pathway_id: str) -> None:
        """Be where one was, with a pathway open."""
        if self.workplace is not None:
            self.workplace.be_at(target, pathway_id)

    def open(self, desk: Desk) -> None:
        """Show the inbox of `desk`."""
        # The window is painted before the columns are loaded.
        from ui.bridge import Bridge
        from ui.workplace import Workplace

        self._bridge = bridge = Bridge(desk, self)
        self.top.show_office(desk.office())
        self.workplace = workplace = Workplace(bridge, self._state)
        self._body.addWidget(workplace)
        self._body.setCurrentWidget(workplace)
        workplace.counted.connect(self._count)
        workplace.told.connect(self.message.tell)
        # What was told of the answer before is not to be read as if it were of this one.
        workplace.replies.answered.connect(lambda _: self.message.end())
        bridge.failed.connect(self.message.tell)
        bridge.standing.connect(self._stand)
        bridge.changed.connect(self._notice)
        self._notifier.begin(desk.now())
        workplace.folded.connect(self._fold)
        workplace.is_for_care_staff.connect(self.top.search.hide)
        self.top.pathway_wanted.connect(workplace.toggle_side)
        self.top.search.wanted.connect(workplace.search)
        self.top.search.left.connect(workplace.leave_search)
        self.top.search.entered.connect(workplace.results.enter)
        self._bind(workplace)
        workplace.begin()
        if self._first is not None:
            workplace.go_on(self._first.target, self._first.list)
            self._end_look()
        self._stand(desk.standing())
        self._fold()
        self._clock.start()
        self._count_down()
        self._idle.begin()

    def _bind(self, workplace: Workplace) -> None:
        from ui.navigation import TARGETS

        search = self.top.search
        actions: dict[str, Callable[[], object]] = {
            "next": lambda: workplace.step(1),
            "previous": lambda: workplace.step(-1),
            "ok": lambda: workplace.answer("ok"),
            "question": lambda: workplace.answer("question"),
            "coordination": lambda: workplace.answer("coordination"),
            "undo": workplace.undo.undo_latest,
            "search": self._search,
            "back": search.leave,
            "versions": workplace.plan.show_versions,
            "copy-phone": workplace.casework.copy_telephone,
            "assign": workplace.casework.assign,
            "call": workplace.casework.call,
            "word": workplace.write_note,
            "words": workplace.write_notes,
            "letter": workplace.casework.write,
            "more": workplace.show_more,
            "all-brought": workplace.all_brought,
            "part-note": workplace.note_part,
            "report": workplace.write_report,
            "admit": workplace.admit,
            "print": workplace.print_list,
            "training": workplace.show_training,
            "pathway": workplace.toggle_side,
            "sync": workplace.sync,
            "hide": self.cover.toggle,
            "help": self._show_keys,
        }
        for number in range(1, len(TARGETS) + 1):
            actions[f"view-{number}"] = partial(workplace.show_number, number)
        for action, do in actions.items():
            keys.bind(self, action, do if action == "hide" else partial(self._if_meant, action, do))
        self.top.keys_wanted.connect(self._show_keys)
        self.top.hide_wanted.connect(self.cover.toggle)

    def _if_meant(self, action: str, do: Callable[[], object]) -> None:
        """A key does nothing to what is covered, nor for those it is not for."""
        if self.workplace is None or self.cover.is_covering:
            return
        if self.workplace.is_for_me(action):
            do()

    def _fold(self) -> None:
        if self.workplace is not None:
            self.top.pathway.setVisible(self.workplace.is_narrow)
            self.top.pathway.setChecked(not self.workplace.side.isHidden())

    def _show_keys(self) -> None:
        from ui.dialogs.key_list import KeyList

        if self._bridge is not None:
            KeyList(self._bridge.desk.office(), self).open()

    def _search(self) -> None:
        self.top.search.setFocus()
        self.top.search.selectAll()

    # --- the status line ------------------------------------------------------------------------

    def _stand(self, standing: Standing) -> None:
        self.status.show_standing(standing)
        self._tell()

    def _count(self, inbox: Inbox) -> None:
        due = inbox.next_due
        if self.workplace is not None:
            due = words.earliest(due, self.workplace.admissions.list.next_due)
        self.status.count(inbox.outbox, due)
        self._tell()

    def _tell(self) -> None:
        if self._bridge is not None:
            self.status.tell(self._bridge.desk.now())

    def _count_down(self) -> None:
        self._tell()
        if self.workplace is not None:
            self.workplace.count_down()
        if self._bridge is not None:
            desk = self._bridge.desk
            self._notifier.warn(desk.inbox(Box.INBOX), desk.now())
            # Care staff do not write the report.
            if not desk.office().is_care_staff:
                self._notifier.warn_of_reports(desk.admissions, desk.now())

    # --- pop-ups --------------------------------------------------------------------------------

    def _notice(self, news: ChangeSet) -> None:
        """Say that plans have come; when a great deal has, the counts say enough."""
        if self._bridge is not None and len(news.pathways) <= _FEW:
            rows = [self._bridge.desk.row(each) for each in sorted(news.pathways)]
            self._notifier.notice([row for row in rows if row is not None])

    def _come(self) -> None:
        self.show()
        self.raise_()
        self.activateWindow()

    # --- the end --------------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the sizes; sending what waits is the program's."""
        from ui.closing import may_close

        undoable = 0 if self.workplace is None else self.workplace.undo.count
        if not may_close(self, undoable):
            event.ignore()
            return
        self.leave()
        super().closeEvent(event)
        self.closed.emit()

    def leave(self) -> None:
        """Remember the sizes and let go of the desk."""
        self._state.keep("window", self.saveGeometry())
        if self.workplace is not None:
            self.workplace.keep_sizes()
            self.workplace.stop()
        self._end_look()
        if self._bridge is not None:
            self._bridge.close()
        for timer in self.findChildren(QTimer):
            # The desk is about to be closed: nothing may ask it anything by itself.
            timer.stop()
        self._idle.end()
        self._notifier.end()
