"""Genoptræning: the list at the left, one course at the right, and what is done about it.

What is wanted concerns the course that was shown when it was asked for.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFileDialog,
    QPushButton,
    QWidget,
)

from ui.admission.dialogs import SayDialog
from ui.bridge import Bridge
from ui.dialogs.choice import ChoiceDialog
from ui.inbox.list import InboxList
from ui.list_page import ListPage
from ui.rehabilitation import wording
from ui.rehabilitation.dialogs import DateDialog, StepDialog, stay_words
from ui.rehabilitation.pane import RehabilitationPane
from ui.rehabilitation.rows import RehabilitationRows
from ui.translation import term, tr
from ui.whom import citizen_words
from visitator.app.rehabilitation_steps import StepDraft
from visitator.app.rehabilitation_views import RehabilitationView
from visitator.app.views import ChangeSet, Option

_NONE = "-"
"""The option that links the plan to no admission."""


class RehabilitationPage(ListPage):
    """List and course of one desk."""

    word_wanted = Signal()
    """To write the note of the pathway that is shown."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        self._courses = bridge.desk.rehabilitations
        self._rows = RehabilitationRows(self._courses, bridge.desk.now)
        super().__init__(bridge, InboxList(self._rows, words=wording), parent)
        self.list.setAccessibleName(tr("Genoptræning"))
        self.list.setObjectName("rehabilitationList")
        self.pane = RehabilitationPane()
        found = self._courses.overview()
        self.levels = _chooser(tr("Alle niveauer"), found.levels)
        self.states = _chooser(tr("Alle trin"), found.states)
        self.export = QPushButton(tr("Gem som regneark …"))
        self.export.setAccessibleName(self.export.text())
        self._lay_out(self.pane, self.export, (self.levels, self.states))
        self._connect()

    def _connect(self) -> None:
        self.list.chosen.connect(self.show_one)
        self.levels.currentIndexChanged.connect(self._choose)
        self.states.currentIndexChanged.connect(self._choose)
        self.export.clicked.connect(self.save_spreadsheet)
        pane = self.pane
        pane.steps.step_wanted.connect(self.take)
        pane.steps.withdraw_wanted.connect(self._withdraw)
        pane.steps.copy_wanted.connect(self._copy)
        pane.steps.word_wanted.connect(self.word_wanted)
        pane.start.date_wanted.connect(self.say_date)
        pane.start.date_unwanted.connect(self._forget_date)
        pane.start.level_wanted.connect(self._set_level)
        pane.stay.link_wanted.connect(self.link)
        pane.stay.ask_wanted.connect(self.ask)
        pane.stay.pathway_wanted.connect(lambda: self.pathway_wanted.emit(self.pathway_id))

    # --- what is shown --------------------------------------------------------------------------

    @property
    def pathway_id(self) -> str:
        """Of the course that is shown; empty when there is none."""
        view = self.pane.view
        return "" if view is None else view.row.pathway_id

    def changed(self, news: ChangeSet) -> None:
        """Follow what has happened; another pathway may be a stay the plan can be linked to."""
        if not (news.everything or news.pathways or news.outbox):
            return
        self.list.refresh()
        if self.pathway_id:
            self._put(self.pathway_id)

    def count_down(self) -> None:
        """Let what is shown follow the clock."""
        self.pane.show_time(self._desk.now())

    def open_course(self, pathway_id: str) -> None:
        """Go to a course from somewhere else, whether it has ended or not."""
        for box in (self.levels, self.states):
            box.setCurrentIndex(0)
        if self._courses.position(pathway_id) is None:
            self._ended.setChecked(self._courses.row(pathway_id) is not None)
        if not self.list.choose(pathway_id):
            self.show_one(pathway_id)

    def _put(self, pathway_id: str) -> None:
        view = self._courses.view(pathway_id)
        if view is None:
            self.pane.show_nothing()
        else:
            may_write = self._desk.office().may_write
            self.pane.show_course(view, self._desk.now(), may_write=may_write)
        self.shown.emit(self.pathway_id)

    def _choose(self) -> None:
        self._rows.choice = msgspec.structs.replace(
            self._rows.choice,
            level=str(self.levels.currentData()),
            state=str(self.states.currentData()),
        )
        self.list.refresh()

    # --- steps ----------------------------------------------------------------------------------

    def take(self, code: str) -> None:
        """Take a step; what it asks for is asked."""
        view = self.pane.view
        kind = next((each for each in view.steps if each.code == code), None) if view else None
        if view is None or kind is None:
            return
        pathway_id = view.row.pathway_id
        dialog = StepDialog(kind, self._about(view), self._desk.now(), self)

        def filled(draft: StepDraft) -> None:
            future = self._courses.take(pathway_id, draft)
            self._bridge.call(future, lambda _: dialog.accept(), dialog.show_fault)

        dialog.filled.connect(filled)
        dialog.open()

    def _withdraw(self, entry_id: str) -> None:
        self._do(self._courses.withdraw(self.pathway_id, entry_id))

    def _copy(self, text: str) -> None:
        QApplication.clipboard().setText(text)
        self.told.emit(tr("Teksten er kopieret."))

    # --- dates, level, stay ---------------------------------------------------------------------

    def say_date(self, code: str, suggested: dt.date | None) -> None:
        """Confirm a date of the plan."""
        view = self.pane.view
        said = next((each for each in view.dates if each.code == code), None) if view else None
        if view is None or said is None:
            return
        pathway_id = view.row.pathway_id
        date = suggested or view.row.discharge or self._desk.now().date()
        label = term(said.label)
        dialog = DateDialog(label, self._about(view), date, label=label, parent=self)
        dialog.confirmed.connect(
            lambda day, note: self._do(self._courses.set_date(pathway_id, code, day, note))
        )
        dialog.open()

    def _forget_date(self, code: str) -> None:
        self._do(self._courses.set_date(self.pathway_id, code, None))

    def _set_level(self, code: str) -> None:
        self._do(self._courses.set_level(self.pathway_id, code))

    def link(self) -> None:
        """Say which admission the plan came from."""
        view = self.pane.view
        if view is None:
            return
        pathway_id, now = view.row.pathway_id, self._desk.now()
        stays = [
            Option(
                code=each.pathway_id,
                label=stay_words(each, now),
                text=tr("Datoerne passer med planen.") if each.fits else "",
            )
            for each in view.link.options
        ]
        none = Option(code=_NONE, label=tr("Ingen af dem"))
        dialog = ChoiceDialog(
            tr("Knyt til indlæggelse"),
            self._about(view),
            tr("Gem"),
            label=tr("Hvilken indlæggelse kommer planen fra?"),
            options=(*stays, none),
            parent=self,
        )
        dialog.chosen.connect(
            lambda code: self._do(self._courses.link(pathway_id, None if code == _NONE else code))
        )
        dialog.open()

    def ask(self) -> None:
        """Ask the hospital about the plan."""
        view = self.pane.view
        if view is None:
            return
        pathway_id = view.row.pathway_id
        to = tr("Til {ward}", ward=view.question_to)
        dialog = SayDialog(
            tr("Spørg sygehuset om planen"),
            f"{to} · {self._about(view)}",
            tr("Send"),
            label=view.answer_rule,
            lines=6,
            parent=self,
        )
        dialog.said.connect(lambda text: self._do(self._courses.ask(pathway_id, text)))
        dialog.open()

    # --- the spreadsheet ------------------------------------------------------------------------

    def save_spreadsheet(self) -> None:
        """Save the list as it is chosen; its name says nothing of any citizen."""
        path, _ = QFileDialog.getSaveFileName(
            self, self.export.text(), self._courses.file_name(), tr("Regneark (*.xlsx)")
        )
        if path:
            self.save_to(Path(path))

    def save_to(self, path: Path) -> None:
        """Write the spreadsheet."""
        choice = self._rows.chosen(self.list.box)

        def written(count: int) -> None:
            self.told.emit(tr("{count} planer er gemt som regneark.", count=count))

        self._do(self._courses.export(path, choice), written)

    # --- helpers --------------------------------------------------------------------------------

    def _about(self, view: RehabilitationView) -> str:
        return f"{citizen_words(view.citizen)} · {term(view.row.level)}"


def _chooser(everything: str, options: tuple[Option, ...]) -> QComboBox:
    box = QComboBox()
    box.addItem(everything, "")
    for option in options:
        box.addItem(term(option.label), option.code)
    box.setAccessibleName(everything)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(8)
    return box
