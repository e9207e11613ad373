"""The card with the checklist: each part, what holds of it, who said so, and who was there."""

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from ui import icons, keys, theme
from ui.admission.segments import Segments
from ui.admission.wording import said_by
from ui.flow import FlowLayout
from ui.key_button import KeyButton
from ui.parts import plain_label
from ui.theme import SPACE, Tone
from ui.translation import term, tr
from visitator.app.admission_views import AdmissionView, ChecklistView, PartView, TickView
from visitator.app.views import Option


class PartRow(QFrame):
    """One part of the checklist."""

    wanted = Signal(str, object)
    """Its code, and what is to be said of it."""
    note_wanted = Signal(str)
    left = Signal(str, int)
    """Its code, and to which side the focus goes."""

    def __init__(self, part: PartView, states: tuple[Option, ...]) -> None:
        super().__init__()
        self.code = part.code
        self._states = {option.code: term(option.label) for option in states}
        self.setProperty("kind", "part")
        label = plain_label("strong", part.label)
        label.setWordWrap(True)
        label.setMinimumWidth(theme.SPACE * 26)
        self._always = plain_label("", part.always)
        self._always.setProperty("kind", "chip")
        self._always.setProperty("tone", Tone.OVERDUE.value)
        self._always.setVisible(bool(part.always))
        self._said = plain_label("secondary")
        self._before = plain_label("secondary")
        for line in (self._said, self._before):
            line.setWordWrap(True)
            line.setMinimumWidth(theme.SPACE * 26)
        self._note = QToolButton()
        icons.set_icon(self._note, "note")
        self._note.clicked.connect(lambda: self.note_wanted.emit(self.code))
        # The three stand below one another whether there is something to note or not.
        policy = self._note.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._note.setSizePolicy(policy)
        self.segments = Segments(states, part.label)
        self.segments.wanted.connect(lambda state: self.wanted.emit(self.code, state))
        self.segments.left.connect(lambda by: self.left.emit(self.code, by))
        words_ = QVBoxLayout()
        words_.setSpacing(SPACE // 2)
        words_.addWidget(label)
        chip = QHBoxLayout()
        chip.addWidget(self._always)
        chip.addStretch(1)
        words_.addLayout(chip)
        words_.addWidget(self._said)
        words_.addWidget(self._before)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE * 3 + 2, SPACE + 2, SPACE * 2, SPACE + 2)
        row.setSpacing(SPACE)
        row.addLayout(words_, 1)
        row.addWidget(self.segments, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._note, 0, Qt.AlignmentFlag.AlignVCenter)
        self._about = part.label

    def show_part(self, part: PartView, now: dt.datetime, *, may_tick: bool) -> None:
        """Say what holds of it."""
        tick = part.tick
        self.segments.setEnabled(may_tick)
        self.segments.show_state(tick.state if tick else "")
        said = [tick.note, said_by(tick.said, now)] if tick else []
        _say(self._said, " · ".join(text for text in said if text))
        other = _other_word(part)
        _say(self._before, self._other(other, now) if other else "")
        has_note = tick is not None and bool(tick.note)
        text = tr("Ret notat …") if has_note else tr("Notat …")
        self._note.setAccessibleName(f"{self._about}: {text}")
        self._note.setToolTip(f"{text}  ({keys.hint('part-note')})")
        self._note.setVisible(tick is not None and may_tick)

    def _other(self, other: TickView, now: dt.datetime) -> str:
        return tr(
            "før: {state} ({who})", state=self._states[other.state], who=said_by(other.said, now)
        )


def _other_word(part: PartView) -> TickView | None:
    """What somebody else said of the part last, when they said something else."""
    tick = part.tick
    if tick is None:
        return None
    for each in reversed(part.earlier):
        if each.said.who != tick.said.who:
            return each if each.state and each.state != tick.state else None
    return None


class ChecklistCard(QFrame):
    """The whole list of one admission; it writes nothing itself."""

    tick_wanted = Signal(str, object)
    """A part and a state's code, or None to take it back."""
    all_wanted = Signal()
    note_wanted = Signal(str)
    print_wanted = Signal()
    present_wanted = Signal(bool)
    """Whether somebody was there."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.setAccessibleName(tr("Tjekliste ved indlæggelsen"))
        self._title = plain_label("section")
        self._title.setWordWrap(True)
        self._done = plain_label("strong")
        self._present = plain_label("secondary")
        self._present.setWordWrap(True)
        # It wraps where there is little room rather than ask for more.
        self._present.setMinimumWidth(SPACE * 30)
        self._yes = _link(tr("Ja …"), lambda: self.present_wanted.emit(True))
        self._no = _link(tr("Nej"), lambda: self.present_wanted.emit(False))
        self._change = _link(tr("Ret …"), lambda: self.present_wanted.emit(True))
        self._yes.setAccessibleName(tr("Ja, en kommunal medarbejder var til stede"))
        self._no.setAccessibleName(tr("Nej, ingen kommunal medarbejder var til stede"))
        self._change.setAccessibleName(tr("Ret, hvem der var til stede"))
        self._rows: list[PartRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, SPACE * 3, 0, SPACE * 3)
        self._column.setSpacing(0)
        self._column.addLayout(self._head())
        self._parts = QVBoxLayout()
        self._parts.setSpacing(0)
        self._column.addLayout(self._parts)
        self._column.addWidget(_rule())
        self._column.addWidget(self._foot())
        self._codes: tuple[object, ...] = ()

    def _head(self) -> QVBoxLayout:
        first = QHBoxLayout()
        first.addWidget(self._title, 1)
        first.addWidget(self._done, 0, Qt.AlignmentFlag.AlignTop)
        second = QHBoxLayout()
        second.setSpacing(SPACE)
        second.addWidget(self._present, 1)
        for link in (self._yes, self._no, self._change):
            second.addWidget(link, 0, Qt.AlignmentFlag.AlignTop)
        head = QVBoxLayout()
        head.setContentsMargins(SPACE * 3 + 2, 0, SPACE * 3, SPACE * 2 + 2)
        head.setSpacing(SPACE // 2)
        head.addLayout(first)
        head.addLayout(second)
        return head

    def _foot(self) -> QWidget:
        holder = QWidget()
        around = QVBoxLayout(holder)
        around.setContentsMargins(SPACE * 3 + 2, SPACE * 3, SPACE * 3, 0)
        foot = FlowLayout(SPACE * 2)
        around.addLayout(foot)
        self._all = KeyButton(tr("Alt medbragt"), keys.hint("all-brought"))
        self._all.clicked.connect(self.all_wanted)
        printed = KeyButton(tr("Udskriv tjekliste …"), keys.hint("print"))
        printed.clicked.connect(self.print_wanted)
        for button in (self._all, printed):
            foot.addWidget(button)
        return holder

    # --- showing --------------------------------------------------------------------------------

    def show_admission(self, view: AdmissionView, now: dt.datetime, *, may_tick: bool) -> None:
        """Show what holds of every part; hidden where the agreement has no list."""
        checklist = view.checklist
        self.setVisible(checklist is not None)
        if checklist is None:
            return
        self._lay_out(view.row.pathway_id, checklist)
        parts = [part for item in checklist.items for part in item.parts]
        for row, part in zip(self._rows, parts, strict=True):
            row.show_part(part, now, may_tick=may_tick)
        self._title.setText(checklist.title)
        self._title.setToolTip(f"{checklist.scope}\n{checklist.source}")
        self._done.setText(tr("{done} af {total}", done=view.row.done, total=view.row.total))
        self._done.setAccessibleName(
            tr("{done} af {total} er krydset af", done=view.row.done, total=view.row.total)
        )
        self._all.setEnabled(any(part.tick is None for part in parts))
        self._all.setVisible(may_tick)
        self._show_present(view, now, may_say=may_tick)

    def _lay_out(self, pathway_id: str, checklist: ChecklistView) -> None:
        """Rows for the parts; those of another citizen are never used again."""
        parts = [part for item in checklist.items for part in item.parts]
        codes = (pathway_id, *(part.code for part in parts))
        if codes == self._codes:
            return
        self._codes = codes
        for row in self._rows:
            self._parts.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [PartRow(part, checklist.states) for part in parts]
        for row in self._rows:
            row.wanted.connect(self.tick_wanted)
            row.note_wanted.connect(self.note_wanted)
            row.left.connect(self._go)
            self._parts.addWidget(row)
            row.show()

    def _show_present(self, view: AdmissionView, now: dt.datetime, *, may_say: bool) -> None:
        is_unknown = view.was_present is None
        if view.was_present is None:
            text = tr("Var en kommunal medarbejder til stede?")
        elif view.was_present:
            who = view.present or tr("navn ikke oplyst")
            text = tr("Kommunal medarbejder til stede: {who}", who=who)
        else:
            text = tr("Ingen kommunal medarbejder til stede")
        said = view.present_said
        self._present.setText(text)
        self._present.setToolTip("" if said is None else said_by(said, now))
        self._yes.setVisible(is_unknown and may_say)
        self._no.setVisible(is_unknown and may_say)
        self._change.setVisible(not is_unknown and may_say)

    # --- keys -----------------------------------------------------------------------------------

    def tick(self, number: int) -> None:
        """Say the state `number` (from 0) of the part that has the focus, and go to the next.

        Where none has it, the first part nobody has said anything of gets it; nothing is said.
        """
        row = self.current
        if row is None:
            self.take_focus()
            return
        codes = row.segments.codes
        if number < len(codes):
            row.segments.want(codes[number])
            self._go(row.code, 1)

    @property
    def current(self) -> PartRow | None:
        """The part that has the focus."""
        return next((row for row in self._rows if row.segments.has_focus()), None)

    def take_focus(self) -> None:
        """To the first part nobody has said anything of, else the first."""
        if self._rows:
            untouched = (row for row in self._rows if not row.segments.is_said)
            next(untouched, self._rows[0]).segments.take_focus()

    def _go(self, code: str, by: int) -> None:
        at = [row.code for row in self._rows].index(code) + by
        if 0 <= at < len(self._rows):
            self._rows[at].segments.take_focus()


def _say(label: QWidget, text: str) -> None:
    label.setText(text)  # type: ignore[attr-defined]
    label.setVisible(bool(text))


def _link(text: str, do: Callable[[], object]) -> QPushButton:
    button = QPushButton(text)
    button.setProperty("kind", "link")
    button.setAccessibleName(text)
    button.clicked.connect(do)
    return button


def _rule() -> QFrame:
    line = QFrame()
    line.setObjectName("rule")
    line.setFixedHeight(theme.RULE)
    return line
