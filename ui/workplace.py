"""The window's inside when the desk is open: the columns, and who tells whom.

A pane draws what it is handed and says what is wanted; here that meets the desk. What is wanted
concerns the pathway that is shown, never a line of the list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from ui import columns, keys, theme
from ui.admission.page import AdmissionPage
from ui.admission.report import KIND as REPORT
from ui.admission.rows import AdmissionGroups
from ui.attention.pane import AttentionPane, OutboxPane
from ui.bridge import Bridge
from ui.casework import Casework
from ui.inbox.list import InboxList
from ui.inbox.search import SearchResults
from ui.inbox.wording import deadline_tone
from ui.message import announce
from ui.navigation import TARGETS, Navigation, Place, Target
from ui.note.controller import NoteController
from ui.parts import plain_label
from ui.pathway import more
from ui.pathway.pane import PathwayPane
from ui.plan.pane import PlanPane
from ui.rehabilitation.page import RehabilitationPage
from ui.rehabilitation.rows import RehabilitationGroups
from ui.reply.bar import ReplyBar
from ui.reply.controller import ReplyController
from ui.reply.undo import UndoBar
from ui.state import WindowState
from ui.theme import SPACE
from ui.translation import tr
from visitator.app.views import Box, ChangeSet, Decision, Inbox, PathwayView

if TYPE_CHECKING:
    from visitator.app.desk import Desk

_SECOND_MS = 1_000
_ANSWERS = ("ok", "question", "coordination")
"""In the order of their keys."""


class Workplace(QWidget):
    """Navigation, list, plan and pathway of one desk."""

    told = Signal(str)
    """A sentence for the person."""
    counted = Signal(object)
    """The `Inbox` whenever it was read."""
    folded = Signal()
    """The pathway column was folded or unfolded, or there is room for it now."""
    is_for_care_staff = Signal()
    """Care staff sit here: they see the admissions only."""

    def __init__(self, bridge: Bridge, state: WindowState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._desk = bridge.desk
        self._state = state
        self._view: PathwayView | None = None
        self._is_narrow = False
        self._office = bridge.desk.office()
        self._may = True, True
        """Whether what the checklist, and what hospitals and steps, need is offered."""
        self.navigation = Navigation()
        self.list = InboxList(self._desk)
        self.results = SearchResults(self._desk, bridge)
        self.plan = PlanPane(self._desk.raw)
        self.reply = ReplyBar()
        self.side = PathwayPane(self._desk.raw)
        self.admissions = AdmissionPage(bridge)
        self.training = RehabilitationPage(bridge)
        self.attention = AttentionPane()
        self.outbox = OutboxPane()
        self.undo = UndoBar()
        self.replies = ReplyController(bridge, self)
        self.casework = Casework(bridge, self)
        self.notes = NoteController(bridge, self)
        self._seconds = QTimer(self)
        self._seconds.setInterval(_SECOND_MS)
        self._seconds.timeout.connect(self._tick)
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.timeout.connect(self._read_ahead)
        self._lay_out()
        self._connect()
        self.show_target(Box.INBOX)
        self.admissions.list.refresh()
        self.training.list.refresh()
        self._show_waiting()

    @property
    def view(self) -> PathwayView | None:
        """What is shown of a pathway; None when there is none."""
        return self._view

    @property
    def desk(self) -> Desk:
        """What it works on."""
        return self._desk

    # --- columns --------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._lists = QStackedWidget()
        self._lists.addWidget(self.list)
        self._found = _found(self.results)
        self._lists.addWidget(self._found)
        plan = QWidget()
        column = QVBoxLayout(plan)
        column.setContentsMargins(0, 0, 0, SPACE * 3)
        column.setSpacing(SPACE * 2)
        column.addWidget(self.plan, 1)
        column.addWidget(_beside(self.reply))
        self._columns = columns.columns(self._lists, plan, self.side, self._state)
        self._places = QStackedWidget()
        for widget in (
            self._columns,
            self.admissions,
            self.training,
            self.attention,
            self.outbox,
        ):
            self._places.addWidget(widget)
        self._halves = columns.halves(self.navigation, self._places, self._state)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._halves, 1)
        outer.addWidget(self.undo)
        columns.restore(self.admissions.columns, "admissions", self._state)
        columns.restore(self.training.columns, "training", self._state)
        self._fold(is_narrow=False)

    def _splitters(self) -> tuple[tuple[str, QSplitter], ...]:
        return (
            ("columns", self._columns),
            ("halves", self._halves),
            ("admissions", self.admissions.columns),
            ("training", self.training.columns),
        )

    def keep_sizes(self) -> None:
        """Remember the columns."""
        for name, splitter in self._splitters():
            self._state.keep(name, splitter.saveState())

    def begin(self) -> None:
        """Be where the one who sits here works."""
        self.list.refresh()
        self.list.setFocus()
        self._be_for_whom()

    def go_on(self, target: Target, listed: InboxList) -> None:
        """Be where one was on the first page, with the same row of its list chosen."""
        if self._office.is_care_staff:
            return
        self.list.stand_as(listed)
        if target is not listed.box:
            self.show_target(target)
        else:
            self.navigation.choose(target)

    def stop(self) -> None:
        """Nobody looks any more; what was typed last is kept."""
        self.list.blockSignals(True)
        self.admissions.pane.report.keep()
        self._desk.look_at(None, composing=False)

    def _connect(self) -> None:
        self.navigation.chosen.connect(self.show_target)
        self.list.passed.connect(self._leave)
        self.list.chosen.connect(self.show_pathway)
        self.list.counted.connect(self._count)
        self.list.drawn.connect(self._idle.start)
        self.results.chosen.connect(self.show_pathway)
        self._bridge.changed.connect(self._changed)
        self.reply.answer_wanted.connect(self.replies.answer)
        self.reply.comment_wanted.connect(self.replies.answer_ok_with_comment)
        self.reply.send_again_wanted.connect(self.replies.send_again)
        self.reply.called_wanted.connect(self.replies.called)
        self.plan.telephone_copied.connect(self._copied)
        self.side.send_again_wanted.connect(self.replies.send_again)
        self.side.called_wanted.connect(self.replies.called)
        self.side.letter_wanted.connect(self.casework.write)
        self.side.call_wanted.connect(self.casework.call)
        self.side.assign_wanted.connect(self.casework.assign)
        self.side.word_wanted.connect(self.notes.write)
        self.reply.letter_wanted.connect(self.casework.write)
        self.reply.course_wanted.connect(lambda: self.open_course(self.pathway_id))
        self.reply.handled_wanted.connect(self.casework.letter_handled)
        self.side.handled_wanted.connect(self.casework.letter_handled)
        self.reply.close_wanted.connect(self.casework.close_pathway)
        self.reply.draft_wanted.connect(self._go_on)
        self.reply.draft_unwanted.connect(self.casework.drop_draft)
        self.side.more_wanted.connect(self._do_more)
        self.undo.undo_wanted.connect(self.replies.undo)
        self.undo.missed.connect(self.replies.nothing_to_undo)
        self._bridge.standing.connect(self._show_lists)
        self.admissions.told.connect(self.told)
        self.admissions.counted.connect(self._count_admissions)
        self.admissions.shown.connect(lambda _: self._aim())
        self.admissions.pathway_wanted.connect(self.open_pathway)
        self.training.told.connect(self.told)
        self.training.counted.connect(self._count_courses)
        self.training.shown.connect(lambda _: self._aim())
        self.training.pathway_wanted.connect(self.open_pathway)
        self.training.word_wanted.connect(self.notes.write)
        self.attention.opened.connect(self.open_pathway)
        self.attention.decided.connect(self._decide)
        self.outbox.opened.connect(self.open_pathway)
        self.outbox.cancel_wanted.connect(self._take_back)
        self.casework.edit_wanted.connect(self._write_on)
        for controller in (self.replies, self.casework, self.notes):
            controller.told.connect(self.told)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the pathway column where there is no room for it."""
        super().resizeEvent(event)
        is_narrow = self.width() < theme.wide(theme.FOLD_BELOW)
        if is_narrow is not self._is_narrow:
            self._fold(is_narrow=is_narrow)

    def _fold(self, *, is_narrow: bool) -> None:
        self._is_narrow = is_narrow
        self._show_side(not is_narrow)

    def toggle_side(self) -> None:
        """Fold the pathway column, or unfold it."""
        self._show_side(self.side.isHidden())

    def _show_side(self, is_shown: bool) -> None:
        """Where there is no room for all columns, the navigation makes room for the pathway."""
        self.side.setVisible(is_shown)
        self.navigation.setVisible(not (is_shown and self._is_narrow))
        self.folded.emit()

    @property
    def is_narrow(self) -> bool:
        """Whether the pathway column folds by itself."""
        return self._is_narrow

    # --- where one is ---------------------------------------------------------------------------

    def show_target(self, target: Target) -> None:
        """Go to a filter of the inbox or another place."""
        self.navigation.choose(target)
        if isinstance(target, Box):
            self._places.setCurrentWidget(self._columns)
            self._aim()
            self.leave_search()
            self.list.show_box(target)
            return
        if target is Place.ADMISSIONS:
            self._places.setCurrentWidget(self.admissions)
            self.admissions.refresh()
            self._aim()
            self.admissions.list.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if target is Place.REHABILITATION:
            self._places.setCurrentWidget(self.training)
            self.training.refresh()
            self._aim()
            self.training.list.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        pane = self.attention if target is Place.ATTENTION else self.outbox
        self._places.setCurrentWidget(pane)
        self._aim()
        self._show_lists()
        pane.setFocus(Qt.FocusReason.OtherFocusReason)

    def _aim(self) -> None:
        """Keys are about the pathway that is seen; where none is, they are about none."""
        view = self._view if self._places.currentWidget() is self._columns else None
        self.replies.show_pathway(view)
        beside = self.pathway_id if self._is_at_admissions or self._is_at_training else ""
        if beside and not self._office.is_care_staff:
            # Beside a stay one telephones, writes and assigns; its plan is answered in the inbox.
            view = self._desk.pathway(beside)
        self.casework.show_pathway(view)
        self.notes.show_pathway(view)

    @property
    def _is_at_admissions(self) -> bool:
        return self._places.currentWidget() is self.admissions

    @property
    def _is_at_training(self) -> bool:
        return self._places.currentWidget() is self.training

    def show_training(self) -> None:
        """Go to the rehabilitation courses."""
        self.show_target(Place.REHABILITATION)

    def _count_courses(self, groups: RehabilitationGroups) -> None:
        tone = theme.Tone.OVERDUE if groups.overdue else None
        self.navigation.count_courses(groups.waits_for_us, tone)

    def _show_lists(self) -> None:
        """Fill the page that is shown besides the inbox."""
        now = self._desk.now()
        if self._places.currentWidget() is self.attention:
            self.attention.show_items(self._desk.attention(), now)
        elif self._places.currentWidget() is self.outbox:
            self.outbox.show_items(self._desk.waiting(), self._desk.standing(), now)

    @property
    def place(self) -> Target:
        """Where one is."""
        if self._places.currentWidget() is self._columns:
            return self.list.box
        if self._is_at_admissions:
            return Place.ADMISSIONS
        if self._is_at_training:
            return Place.REHABILITATION
        is_attention = self._places.currentWidget() is self.attention
        return Place.ATTENTION if is_attention else Place.OUTBOX

    @property
    def pathway_id(self) -> str:
        """The pathway shown; empty when there is none."""
        if self._is_at_admissions:
            return self.admissions.pathway_id
        if self._is_at_training:
            return self.training.pathway_id
        return "" if self._view is None else self._view.pathway_id

    def show_number(self, number: int) -> None:
        """Go to the place of the key Ctrl `number`."""
        self.show_target(TARGETS[number - 1])

    def search(self, typed: str) -> None:
        """Show what is found of `typed`; nothing typed is the list again."""
        if not typed or self._office.is_care_staff:
            self.leave_search()
            return
        self._places.setCurrentWidget(self._columns)
        self._aim()
        self.results.search(typed)
        self._lists.setCurrentWidget(self._found)

    def leave_search(self) -> None:
        """Back to the list, and the row one came from."""
        if self._lists.currentWidget() is self.list:
            return
        self.results.drop()
        self._lists.setCurrentWidget(self.list)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.list.current:
            self.show_pathway(self.list.current)

    def step(self, by: int) -> None:
        """To the next (1) or previous (-1) pathway of what is shown."""
        if self._is_at_admissions:
            self.admissions.list.step(by)
        if self._is_at_training:
            self.training.list.step(by)
        if self._places.currentWidget() is not self._columns:
            return
        shown = self.results if self._lists.currentWidget() is self._found else self.list
        shown.step(by)

    # --- the pathway shown ----------------------------------------------------------------------

    def show_pathway(self, pathway_id: str) -> None:
        """Open a pathway."""
        is_another = self._view is None or self._view.pathway_id != pathway_id
        self._put(self._desk.pathway(pathway_id))
        if is_another and self._view is not None:
            self._bridge.call(self._desk.opened(pathway_id))
            self._desk.look_at(pathway_id, composing=False)

    def _put(self, view: PathwayView | None) -> None:
        self._view = view
        now = self._desk.now()
        self.plan.show_pathway(view, now)
        self._show_reply()
        self.side.show_pathway(view, now)
        self._aim()
        if view is not None:
            self.plan.show_presence(self._desk.presence(view.pathway_id))

    def _read_ahead(self) -> None:
        """When all is drawn, let the next pathway be read: its key then only has to draw it.

        Not while a key is held, which passes many. The first also loads what is slow to load.
        """
        if self.list.current == self.pathway_id and (following := self.list.following):
            self._desk.expect(following)

    def count_down(self) -> None:
        """Let what is shown of the pathway follow the clock; nothing is read."""
        self.admissions.count_down()
        self.training.count_down()
        now = self._desk.now()
        self.plan.show_pathway(self._view, now)
        self.side.show_pathway(self._view, now)

    def _show_reply(self) -> None:
        view = self._view if self._office.may_write else None
        drafts = self._desk.drafts(view.pathway_id) if view is not None else ()
        self.reply.show_pathway(view, self._desk.now(), drafts)

    def _leave(self, pathway_id: str) -> None:
        """The selection has moved on: until the plan follows, a key answers nothing."""
        if self._view is not None and self._view.pathway_id != pathway_id:
            self.replies.show_pathway(None)
            self.casework.show_pathway(None)
            self.notes.show_pathway(None)

    def open_pathway(self, pathway_id: str) -> None:
        """Go to a pathway from somewhere else: in the list shown if it is there, else in all."""
        if self._office.is_care_staff:
            self.open_admission(pathway_id)
            return
        is_here = self._desk.position(self.list.box, pathway_id) is not None
        self.show_target(self.list.box if is_here else Box.ALL)
        if not self.list.choose(pathway_id):
            self.show_pathway(pathway_id)

    def open_admission(self, pathway_id: str) -> None:
        """Go to an admission from somewhere else."""
        self.show_target(Place.ADMISSIONS)
        self.admissions.open_admission(pathway_id)

    def open_course(self, pathway_id: str) -> None:
        """Go to a rehabilitation course from somewhere else."""
        self.show_target(Place.REHABILITATION)
        self.training.open_course(pathway_id)

    def be_at(self, target: Target, pathway_id: str) -> None:
        """Be somewhere, with a pathway open."""
        if target is Place.ADMISSIONS:
            self.open_admission(pathway_id)
        elif target is Place.REHABILITATION:
            self.open_course(pathway_id)
        else:
            self.open_pathway(pathway_id)
            self.show_target(target)

    def answer(self, code: str) -> None:
        """What the keys 1, 2 and 3 say: an answer to the plan, or of a part of the checklist."""
        if self._is_at_admissions:
            self.admissions.tick(_ANSWERS.index(code))
        else:
            self.replies.answer(code)

    def show_more(self) -> None:
        """Open the menu of the pathway that is shown."""
        if self._places.currentWidget() is self._columns:
            self.side.show_more()

    def all_brought(self) -> None:
        """Alt medbragt, where a checklist is shown."""
        if self._is_at_admissions:
            self.admissions.all_brought()

    def note_part(self) -> None:
        """Write a note on the part of the checklist that has the focus."""
        part = self.admissions.pane.checklist.current
        if self._is_at_admissions and part is not None:
            self.admissions.write_note(part.code)

    def write_report(self) -> None:
        """Write the admission report, where one is shown."""
        if self._is_at_admissions:
            self.admissions.write_report()

    def admit(self) -> None:
        """Enter a citizen whose notification is missing."""
        self.show_target(Place.ADMISSIONS)
        self.admissions.enter()

    def print_list(self) -> None:
        """Print a checklist."""
        self.show_target(Place.ADMISSIONS)
        self.admissions.print_list()

    def _decide(self, entry_id: str, decision: Decision) -> None:
        match decision:
            case Decision.CALLED:
                self.replies.called(entry_id)
            case Decision.SEND_AGAIN:
                self.replies.send_again(entry_id)
            case _:
                self.casework.decide(entry_id, decision)

    def _take_back(self, entry_id: str) -> None:
        about = next((each for each in self._desk.waiting() if each.entry_id == entry_id), None)
        if about is not None:
            self.casework.take_back(entry_id, about.pathway_id)

    def _write_on(self, pathway_id: str, kind: str) -> None:
        """Open a draft where it was written."""
        if kind == REPORT:
            self.open_admission(pathway_id)
            self.admissions.write_report()
            return
        self.open_pathway(pathway_id)
        # As it stands now: what was taken back has changed it a moment ago.
        self.show_pathway(pathway_id)
        self._go_on(kind)

    def _go_on(self, kind: str) -> None:
        """Open a draft of the pathway that is shown."""
        match kind:
            case "ok":
                self.replies.answer_ok_with_comment()
            case "question" | "coordination":
                self.replies.answer(kind)
            case "call":
                self.casework.call()
            case _ if kind == REPORT:
                self._write_on(self.pathway_id, kind)
            case "note":
                self.casework.note()
            case "word":
                self.notes.write()
            case _:
                self.casework.write()

    def _do_more(self, code: str) -> None:
        """What was chosen in the menu Mere."""
        match code:
            case more.NOTE:
                self.casework.note()
            case more.CONFERENCE:
                self.casework.conference()
            case more.MINUTES:
                self.casework.minutes()
            case more.LAPSE:
                self.casework.lapse()
            case more.CLOSE:
                self.casework.close_pathway()
            case more.WORDS:
                self.write_notes()

    def write_note(self) -> None:
        """Write a note: beside an admission or a course, the one about that."""
        kinds: dict[Target, str] = {
            Place.ADMISSIONS: "admission",
            Place.REHABILITATION: "rehabilitation",
        }
        self.notes.write(kinds.get(self.place, ""))

    def write_notes(self) -> None:
        """Write the notes of many pathways: of today, or of the list one is in."""
        self.notes.write_many(self.list.box)

    def _copied(self, telephone: str) -> None:
        self.told.emit(tr("{number} er kopieret.", number=telephone))

    def sync(self) -> None:
        """Fetch and send now."""
        self._desk.retry_now()

    # --- what happens ---------------------------------------------------------------------------

    def _count(self, inbox: Inbox) -> None:
        self.navigation.count(inbox)
        self.counted.emit(inbox)

    def _count_admissions(self, found: AdmissionGroups) -> None:
        due = found.first_due
        tone = deadline_tone(due, self._desk.now()) if due is not None else None
        self.navigation.count_admissions(found.now, tone)

    def _be_for_whom(self) -> None:
        """Offer what the one who sits here may do (known once the gateway has told their role)."""
        self._office = office = self._desk.office()
        if self._may == (office.may_tick, office.may_write):
            return
        self._may = office.may_tick, office.may_write
        self.side.be_for(office)
        self.admissions.be_for(office)
        self.training.refresh()
        self._show_reply()
        if office.is_care_staff:
            self.navigation.be_for_care_staff()
            self.is_for_care_staff.emit()
            self.show_target(Place.ADMISSIONS)

    def is_for_me(self, action: str) -> bool:
        """Whether a key is for the one who sits here; beside a checklist 1, 2 and 3 tick."""
        is_tick = self._is_at_admissions and action in _ANSWERS
        return keys.is_for("tick" if is_tick else action, self._office)

    def _changed(self, news: ChangeSet) -> None:
        if news.everything:
            self._be_for_whom()
        for page in (self.admissions, self.training):
            if self._places.currentWidget() is page:
                page.changed(news)
            elif news.everything or news.pathways or news.outbox:
                # Its rows are read when it is gone to; how many there are is seen from here.
                page.list.count()
        if news.drafts:
            self._show_reply()
        if not (news.everything or news.pathways or news.outbox):
            return
        self.list.refresh()
        self._show_waiting()
        self._show_lists()
        view = self._view
        if view is not None and (news.everything or view.pathway_id in news.pathways):
            self._put(self._desk.pathway(view.pathway_id))

    def _show_waiting(self) -> None:
        now = self._desk.now()
        self.undo.show_waiting(self._desk.waiting(), now)
        if self.undo.is_open:
            self._seconds.start()

    def _tick(self) -> None:
        self.undo.tick(self._desk.now())
        if not self.undo.is_open:
            self._seconds.stop()


def _found(results: SearchResults) -> QWidget:
    """The results under how many there are."""
    count = plain_label("secondary-strong")
    count.setContentsMargins(SPACE * 3, SPACE + SPACE // 2, SPACE * 3, SPACE + SPACE // 2)
    count.setMinimumWidth(0)
    results.told.connect(count.setText)
    results.told.connect(lambda text: announce(results, text))
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(count)
    column.addWidget(results, 1)
    return holder


def _beside(widget: QWidget) -> QWidget:
    """With the plan's own margins at its sides."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(SPACE * 4, 0, SPACE * 4, 0)
    column.addWidget(widget)
    return holder
