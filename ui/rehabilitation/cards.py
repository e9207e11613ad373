"""The cards of a rehabilitation course: its latest start, its steps, its stay, and the plan."""

import datetime as dt
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from ui import theme, words
from ui.admission.wording import said_by
from ui.flow import FlowLayout
from ui.parts import plain_label
from ui.rehabilitation.dialogs import link_label
from ui.theme import SPACE, Tone
from ui.translation import term, tr
from visitator.app.rehabilitation_views import (
    DateView,
    RehabilitationGroupKind,
    RehabilitationView,
    StepView,
)


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

    def offer(self, *buttons: QPushButton) -> None:
        """Buttons side by side, as far as there is room."""
        holder = QWidget()
        row = FlowLayout(SPACE * 2, holder)
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

    def show_course(self, view: RehabilitationView, now: dt.datetime) -> None:
        """Show the deadline and the dates it rests on."""
        shown = (view.row, view.dates, view.suggestions, view.municipal_level, now.date())
        if self.is_same(shown):
            return
        if view.anchor is not None:
            since = words.day(view.anchor, now)
            self.say(tr("Regnet fra {when} i kalenderdage.", when=since), "strong")
        self._discharge(view, now)
        if view.own_deadline.runs:
            self.say(tr("Planens egen tidsfrist:"), "secondary-strong")
            self.say(str(view.own_deadline))
        is_over = view.row.group is RehabilitationGroupKind.ENDED
        for each in view.dates:
            if each.date is not None:
                self._said(each, now)
        if not is_over:
            self._buttons(view, now)
        self._level(view, is_over=is_over)
        rule = f"{view.rule} ({view.rule_source})" if view.rule_source else view.rule
        self.say(rule, "secondary")

    def _discharge(self, view: RehabilitationView, now: dt.datetime) -> None:
        row = view.row
        if row.discharge is None:
            self.say(tr("Udskrivelsesdatoen mangler i planen."), "strong", Tone.DUE)
            return
        when = words.day(row.discharge, now)
        text = tr("Udskrivelse {when} · {source}", when=when, source=term(row.discharge_source))
        self.say(text)

    def _said(self, each: DateView, now: dt.datetime) -> None:
        if each.date is None or each.said is None:
            return
        when, who = words.day(each.date, now), said_by(each.said, now)
        self.say(f"{term(each.label)}: {when} · {who}", "secondary-strong")
        self.offer(small(tr("Fjern datoen"), partial(self.date_unwanted.emit, each.code)))

    def _buttons(self, view: RehabilitationView, now: dt.datetime) -> None:
        buttons = [
            small(
                tr(
                    "Læst «{words}»: {label} {when}?",
                    words=each.words,
                    label=term(each.label),
                    when=words.day(each.date, now),
                ),
                partial(self.date_wanted.emit, each.code, each.date),
            )
            for each in view.suggestions
        ]
        for each in view.dates:
            if each.date is None:
                buttons.append(
                    small(
                        tr("{label} …", label=term(each.label)),
                        partial(self.date_wanted.emit, each.code, None),
                    )
                )
        self.offer(*buttons)

    def _level(self, view: RehabilitationView, *, is_over: bool) -> None:
        word = view.level_text or tr("ikke oplyst")
        self.say(tr("Sygehusets type: {word}", word=word), "secondary-strong")
        if is_over or view.transport or "ehab" in view.level_text:
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
    """What can be done at one press, and what was done."""

    step_wanted = Signal(str)
    withdraw_wanted = Signal(str)
    copy_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__(tr("Trin"))

    def show_course(self, view: RehabilitationView, now: dt.datetime) -> None:
        """Show the steps."""
        if self.is_same((view.row.pathway_id, view.steps, view.taken, view.transport, now.date())):
            return
        if view.transport:
            missing = not any(each.is_done for each in view.steps if each.code == "transport")
            self.say(term(view.transport), "strong", Tone.DUE if missing else None)
        buttons = []
        is_first = True
        for each in view.steps:
            button = small(tr("{label} …", label=term(each.label)), self._wants(each.code))
            if not each.is_done and is_first:
                button.setProperty("kind", "primary")
                is_first = False
            buttons.append(button)
        self.offer(*buttons)
        for taken in view.taken:
            self.lines.addWidget(self._line(taken, now))
        if not view.taken:
            self.say(tr("Ingen har taget et trin endnu."), "secondary")

    def _wants(self, code: str) -> Callable[[], None]:
        return lambda: self.step_wanted.emit(code)

    def _line(self, each: StepView, now: dt.datetime) -> QWidget:
        line = QWidget()
        column = QVBoxLayout(line)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE // 2)
        title = f"{term(each.label)} {words.day(each.day, now)}"
        if each.is_withdrawn:
            column.addWidget(wrapped("secondary", f"{title} · {tr('fortrudt')}"))
            return line
        column.addWidget(wrapped("strong", title))
        for text in (each.detail, each.note):
            if text:
                column.addWidget(wrapped("", text))
        column.addWidget(wrapped("secondary", said_by(each.said, now)))
        holder = QWidget()
        buttons = FlowLayout(SPACE * 2, holder)
        undo = small(tr("Fortryd"), lambda: self.withdraw_wanted.emit(each.entry_id))
        undo.setAccessibleName(f"{term(each.label)}: {undo.text()}")
        buttons.addWidget(undo)
        if "\n" in each.detail:
            copy = small(tr("Kopiér teksten"), lambda: self.copy_wanted.emit(each.detail))
            copy.setAccessibleName(f"{term(each.label)}: {copy.text()}")
            buttons.addWidget(copy)
        column.addWidget(holder)
        return line


class StayCard(Card):
    """Which admission the plan came from, and a question to the hospital."""

    link_wanted = Signal()
    ask_wanted = Signal()
    pathway_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(tr("Indlæggelse og sygehus"))

    def show_course(self, view: RehabilitationView, now: dt.datetime) -> None:
        """Show them."""
        shown = (view.row, view.link, view.question_to, view.questions, now.date())
        if self.is_same(shown):
            return
        self.say(link_label(view.link, now))
        if view.row.answer_due is not None:
            due = words.day(view.row.answer_due.date(), now)
            self.say(tr("Sygehuset er spurgt og svarer senest {when}.", when=due), "strong")
        else:
            self.say(view.answer_rule, "secondary")
        buttons = [
            small(tr("Spørg sygehuset …"), self.ask_wanted.emit),
            small(tr("Vis forløbet"), self.pathway_wanted.emit),
        ]
        if view.link.options or view.link.pathway_id:
            buttons.insert(1, small(tr("Knyt til indlæggelse …"), self.link_wanted.emit))
        self.offer(*buttons)


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
            self.say(part.title, "strong")
            for field in part.fields:
                text = str(field.text).strip()
                if len(part.fields) > 1:
                    self.say(field.label, "secondary-strong")
                self.say(text)


def wrapped(role: str, text: str) -> QLabel:
    """A text that wraps and can be selected."""
    label = plain_label(role, text)
    label.setWordWrap(True)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    label.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    return label


def small(text: str, do: Callable[[], object]) -> QPushButton:
    """A small button."""
    button = QPushButton(text)
    button.setProperty("kind", "small")
    button.setAccessibleName(text)
    button.clicked.connect(lambda _=False: do())
    return button
