"""The cards of a rehabilitation course: its latest start, its steps, its stay, and the plan."""

import datetime as dt
from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui import theme, words
from ui.admission.wording import said_by
from ui.flow import FlowLayout
from ui.parts import plain_label, small, wrapped
from ui.rehabilitation.dialogs import link_label
from ui.theme import SPACE, Tone
from ui.translation import said, term, tr
from visitator.app.rehabilitation_views import (
    DateSuggestion,
    DateView,
    RehabilitationFlag,
    RehabilitationGroupKind,
    RehabilitationView,
    StepView,
)
from visitator.app.views import FieldView


class Card(QFrame):
    """A card with a title, drawn anew when what it shows has changed."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setProperty("card", True)
        self.setAccessibleName(title)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(SPACE * 3 + 2, SPACE * 3, SPACE * 3, SPACE * 3)
        outer.setSpacing(SPACE * 2)
        outer.addWidget(plain_label("section", title))
        self.lines = QVBoxLayout()
        self.lines.setSpacing(SPACE * 2)
        outer.addLayout(self.lines)
        self._shown: object = None

    def is_same(self, shown: object) -> bool:
        """Whether that stands here already; if not, the card is emptied for it."""
        if shown == self._shown:
            return True
        self._shown = shown
        while (item := self.lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        return False

    def say(self, text: str, role: str = "", tone: Tone | None = None) -> QLabel:
        """A line of text that wraps and can be selected."""
        label = wrapped(role, text)
        if tone is not None:
            theme.set_property(label, "tone", tone.value)
        self.lines.addWidget(label)
        return label

    def beside(self, text: QLabel, *buttons: QPushButton, tone: Tone | None = None) -> None:
        """A text with what can be done about it at its right."""
        if tone is not None:
            theme.set_property(text, "tone", tone.value)
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE * 2)
        row.addWidget(text, 1)
        for button in buttons:
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self.lines.addWidget(holder)

    def offer(self, *buttons: QPushButton) -> None:
        """Buttons side by side, as far as there is room."""
        if not buttons:
            return
        holder = QWidget()
        row = FlowLayout(SPACE * 2, parent=holder)
        for button in buttons:
            row.addWidget(button)
        self.lines.addWidget(holder)


class StartCard(Card):
    """The latest start: from which day it counts, by which rule, and the plan's own deadline."""

    date_wanted = Signal(str, object)
    """The code of a date, and the one that is suggested (or None)."""
    date_unwanted = Signal(str)
    level_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__(tr("Seneste opstart"))

    def show_course(self, view: RehabilitationView, now: dt.datetime, *, may_write: bool) -> None:
        """Show the deadline and the dates it rests on."""
        dates_ = view.dates, view.suggestions, view.municipal_level
        if self.is_same((view.row, dates_, may_write, now.date())):
            return
        may_say = may_write and view.row.group is not RehabilitationGroupKind.ENDED
        if view.anchor is not None:
            since = words.day(view.anchor, now)
            self.say(tr("Regnet fra {when} i kalenderdage.", when=since), "strong")
        dates = {each.code: each for each in view.dates}
        discharge = dates.pop("discharge", None)
        self._discharge(view, discharge if may_say else None, now)
        if view.own_deadline.runs:
            self.say(tr("Planens egen tidsfrist:"), "secondary-strong")
            self.say(str(view.own_deadline))
        for each in dates.values():
            self._said(each, now, may_write=may_write)
        if may_say:
            self._offer_dates(view, dates.values(), now)
        self._level(view, may_say=may_say)
        # Why there is no deadline is the program's own sentence; the rule is the agreement's.
        rule = said(view.rule)
        self.say(f"{rule} ({view.rule_source})" if view.rule_source else rule, "secondary")

    def _discharge(self, view: RehabilitationView, each: DateView | None, now: dt.datetime) -> None:
        """When, who says so, and to say it; `each` is None where nobody is to say it here."""
        row = view.row
        if each is not None and each.date is not None:
            self._said(each, now, may_write=True)
            return
        buttons = [] if each is None else [self._wants(each, tr("Angiv …"))]
        if row.discharge is None:
            missing = tr("Udskrivelsesdatoen mangler i planen.")
            self.beside(wrapped("strong", missing), *buttons, tone=Tone.DUE)
            return
        when = words.day(row.discharge, now)
        text = tr("Udskrivelse {when} · {source}", when=when, source=term(row.discharge_source))
        self.beside(wrapped("", text), *buttons)

    def _said(self, each: DateView, now: dt.datetime, *, may_write: bool) -> None:
        if each.date is None or each.said is None:
            return
        when, who = words.day(each.date, now), said_by(each.said, now)
        text = wrapped("secondary-strong", f"{term(each.label)}: {when} · {who}")
        forget = small(tr("Fjern datoen"), partial(self.date_unwanted.emit, each.code))
        self.beside(text, *([forget] if may_write else ()))

    def _offer_dates(
        self, view: RehabilitationView, dates: Iterable[DateView], now: dt.datetime
    ) -> None:
        """What was read in the plan's text, and to say what it means."""
        for read in view.suggestions:
            self._suggest(read, now)
        short = {"start_from": tr("Start fra …"), "start_by": tr("Start senest …")}
        self.offer(*(self._wants(each, short[each.code]) for each in dates if each.date is None))

    def _wants(self, each: DateView, text: str) -> QPushButton:
        button = small(text, partial(self.date_wanted.emit, each.code, None))
        button.setAccessibleName(tr("{label} …", label=term(each.label)))
        return button

    def _suggest(self, each: DateSuggestion, now: dt.datetime) -> None:
        label, when = term(each.label), words.day(each.date, now)
        self.say(tr("Læst i planen: «{words}»", words=each.words))
        confirm = small(
            tr("{label} {when}?", label=label, when=when),
            partial(self.date_wanted.emit, each.code, each.date),
        )
        heard = tr("Læst «{words}»: {label} {when}?", words=each.words, label=label, when=when)
        confirm.setAccessibleName(heard)
        self.offer(confirm)

    def _level(self, view: RehabilitationView, *, may_say: bool) -> None:
        word = view.level_text or tr("ikke oplyst")
        self.say(tr("Sygehusets type: {word}", word=word), "secondary-strong")
        if not may_say:
            return
        buttons = []
        for option in view.municipal_levels:
            button = QPushButton(term(option.label))
            button.setProperty("kind", "chip")
            button.setCheckable(True)
            button.setChecked(option.code == view.municipal_level)
            button.setAccessibleName(button.text())
            is_set = option.code == view.municipal_level
            code = "" if is_set else option.code
            button.clicked.connect(lambda _=False, code=code: self.level_wanted.emit(code))
            buttons.append(button)
        self.offer(*buttons)


class StepsCard(Card):
    """What can be done at one press, and what was done: a line for each step."""

    step_wanted = Signal(str)
    withdraw_wanted = Signal(str)
    copy_wanted = Signal(str)
    word_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(tr("Trin"))
        self._may_write = True

    def show_course(self, view: RehabilitationView, now: dt.datetime, *, may_write: bool) -> None:
        """Show the steps; what was taken back, or taken again, stands below."""
        steps = view.steps, view.taken, view.transport
        if self.is_same((view.row.pathway_id, steps, may_write, now.date())):
            return
        self._may_write = may_write
        if view.transport:
            is_missing = RehabilitationFlag.TRANSPORT in view.row.flags
            self.say(term(view.transport), "strong", Tone.DUE if is_missing else None)
        holding = {each.label: each for each in view.taken if not each.is_withdrawn}
        for kind in view.steps:
            taken = holding.get(kind.label)
            again = small(tr("Ret …") if taken else tr("Registrér …"), self._wants(kind.code))
            again.setAccessibleName(f"{term(kind.label)}: {again.text()}")
            self.lines.addWidget(self._line(kind.label, taken, now, again))
        shown = {each.entry_id for each in holding.values()} if view.steps else set()
        for each in view.taken:
            if each.entry_id not in shown:
                self.lines.addWidget(self._line(each.label, each, now))
        if may_write:
            self.offer(small(tr("Word-notat …"), self.word_wanted.emit))

    def _wants(self, code: str) -> Callable[[], None]:
        return lambda: self.step_wanted.emit(code)

    def _line(
        self, label: str, taken: StepView | None, now: dt.datetime, *buttons: QPushButton
    ) -> QWidget:
        line = QFrame()
        line.setProperty("kind", "part")
        column = QVBoxLayout(line)
        column.setContentsMargins(0, SPACE * 2, 0, 0)
        column.setSpacing(SPACE // 2)
        is_done = taken is not None and not taken.is_withdrawn
        row = QHBoxLayout()
        row.setSpacing(SPACE * 2)
        row.addWidget(wrapped("strong" if is_done else "", term(label)), 1)
        undo = self._undo(taken) if taken and is_done else []
        for button in [*undo, *buttons] if self._may_write else ():
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)
        for text in _words(taken, now) if taken else ():
            column.addWidget(text)
        return line

    def _undo(self, taken: StepView) -> list[QPushButton]:
        buttons = [small(tr("Fortryd"), lambda: self.withdraw_wanted.emit(taken.entry_id))]
        if taken.text:
            copy = small(tr("Kopiér teksten"), lambda: self.copy_wanted.emit(taken.text))
            buttons.insert(0, copy)
        for button in buttons:
            button.setAccessibleName(f"{term(taken.label)}: {button.text()}")
        return buttons


def _words(taken: StepView, now: dt.datetime) -> list[QLabel]:
    """On which day, what was chosen, the note, and who said so."""
    day = words.day(taken.day, now)
    if taken.is_withdrawn:
        return [wrapped("secondary", f"{day} · {tr('fortrudt')}")]
    first = " · ".join(part for part in (day, _outcome(taken, now)) if part)
    found = [wrapped("", line) for line in (first, taken.text, taken.note) if line]
    if taken.text:
        found.append(wrapped("secondary-strong", tr("Ikke sendt herfra. Står i Word-notatet.")))
    return [*found, wrapped("secondary", said_by(taken.said, now))]


def _outcome(taken: StepView, now: dt.datetime) -> str:
    """What was chosen in a step, or for when it was agreed."""
    chosen = term(taken.chosen)
    if taken.at is None:
        return chosen
    when = words.point(taken.at, now)
    return tr("{reason}, forventet {when}", reason=chosen, when=when) if chosen else when


class StayCard(Card):
    """Which admission the plan came from, and a question to the hospital."""

    link_wanted = Signal()
    ask_wanted = Signal()
    pathway_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(tr("Indlæggelse og sygehus"))

    def show_course(self, view: RehabilitationView, now: dt.datetime, *, may_write: bool) -> None:
        """Show them."""
        asked = view.question_to, view.questions
        if self.is_same((view.row, view.link, asked, may_write, now.date())):
            return
        self.say(link_label(view.link, now))
        if view.row.answer_due is not None:
            day = view.row.answer_due.date()
            due = words.day(day, now)
            if day < now.date():
                late = tr("Sygehuset er spurgt og skulle have svaret senest {when}.", when=due)
                self.say(late, "strong", Tone.OVERDUE)
            else:
                self.say(tr("Sygehuset er spurgt og svarer senest {when}.", when=due), "strong")
        else:
            self.say(view.answer_rule, "secondary")
        buttons = []
        if may_write:
            buttons.append(small(tr("Spørg sygehuset …"), self.ask_wanted.emit))
        if may_write and (view.link.options or view.link.pathway_id):
            buttons.append(small(tr("Knyt til indlæggelse …"), self.link_wanted.emit))
        self.offer(*buttons, small(tr("Vis forløbet"), self.pathway_wanted.emit))


class PlanCard(Card):
    """The plan itself, under the same headings whichever form it came in."""

    def __init__(self) -> None:
        super().__init__(tr("Genoptræningsplan"))

    def show_course(self, view: RehabilitationView, now: dt.datetime) -> None:
        """Show every part that says something."""
        if self.is_same((view.plan_entry, view.sections, view.versions, now.date())):
            return
        came = " · ".join(words.at(each, now) for each in view.versions)
        form = tr("modtaget som korrespondance") if view.is_correspondence else tr("modtaget")
        self.say(f"{view.row.ward} · {form} {came}", "secondary")
        for part in view.sections:
            self.say(term(part.title), "strong")
            for field in part.fields:
                self.lines.addWidget(_labelled(field, has_label=part.has_labels))


def _labelled(field: FieldView, *, has_label: bool) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    if has_label:
        column.addWidget(wrapped("secondary-strong", term(field.label)))
    column.addWidget(wrapped("", str(field.text).strip()))
    return holder
