"""Many case notes in one go: whose, under which case number, and how far it has come."""

import datetime as dt
import threading

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDateEdit,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.dialogs.form import FormDialog
from ui.navigation import place_words
from ui.note import wording
from ui.note.said import Said
from ui.note.target import FolderLine
from ui.parts import plain_label, tick
from ui.theme import SPACE, Tone
from ui.translation import said, term, tr, tr_count
from visitator.app.note_views import (
    MOST,
    NoteCandidate,
    NoteJob,
    NoteKindView,
    NoteProgress,
    NotesSaved,
    NoteWish,
)
from visitator.app.views import Box

_WHO, _WARD, _NUMBER, _RESULT = range(4)
_ID = Qt.ItemDataRole.UserRole
_ROWS = 7
"""So many are seen at once on the smallest screen."""


class WordNotesDialog(FormDialog):
    """Stays open while notes are written: what came of each stands beside it."""

    candidates_wanted = Signal(object)
    """A date or a `Box`; is answered by `show_candidates`."""
    save_wanted = Signal()
    """`jobs`, `wish` and `folder` say what; is answered by `progress` and `finish`, or `fail`."""

    def __init__(
        self,
        kinds: tuple[NoteKindView, ...],
        *,
        author: str,
        today: dt.date,
        box: Box,
        folder: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(tr("Word-notater for flere forløb"), "", tr("Gem"), parent)
        self.cancelled = threading.Event()
        """Set when the person wants no more of them."""
        self._is_running = False
        self._candidates: tuple[NoteCandidate, ...] = ()
        self._source = QComboBox()
        self._source.addItem(tr("Talt, skrevet eller svaret den dag"), None)
        self._source.addItem(tr("Listen {name}", name=place_words(box)), box)
        self._day = QDateEdit(QDate(today.year, today.month, today.day))
        self._day.setDisplayFormat("dd/MM yyyy")
        self._day.setCalendarPopup(True)
        self._day.setAccessibleName(tr("Dag"))
        self._kind = QComboBox()
        for kind in kinds:
            self._kind.addItem(term(kind.label), kind.code)
        self._purpose = QLineEdit(wording.PURPOSE)
        self._with_cpr = tick(tr("Med CPR-nummer"), is_on=True)
        self._is_signed = tick(tr("Underskrives af {name}", name=author), is_on=False)
        self._table = _table()
        self._every = tick(tr("Alle"), is_on=False)
        self._count = plain_label("secondary")
        self._folder = FolderLine(folder)
        self._result = Said()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(SPACE)
        self._stop = QPushButton(tr("Stands"))
        self._lay_out()
        self._connect()
        self.refresh()
        self._table.setFocus()

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(SPACE * 2)
        first.addWidget(self._source, 1)
        first.addWidget(self._day)
        self.fields.addWidget(plain_label("secondary-strong", tr("Hvilke forløb")))
        self._source.setAccessibleName(tr("Hvilke forløb"))
        self.fields.addLayout(first)
        second = QHBoxLayout()
        second.setSpacing(SPACE * 4)
        for label, field in ((tr("Notat"), self._kind), (tr("Formål"), self._purpose)):
            field.setAccessibleName(label)
            column = QVBoxLayout()
            column.setSpacing(SPACE)
            column.addWidget(plain_label("secondary-strong", label))
            column.addWidget(field)
            second.addLayout(column, 1)
        self.fields.addLayout(second)
        ticks = QHBoxLayout()
        ticks.setSpacing(SPACE * 4)
        ticks.addWidget(self._with_cpr)
        ticks.addWidget(self._is_signed)
        ticks.addStretch(1)
        self.fields.addLayout(ticks)
        over = QHBoxLayout()
        over.addWidget(self._every)
        over.addWidget(self._count, 1)
        self.fields.addLayout(over)
        self.fields.addWidget(self._table, 1)
        hint = plain_label(
            "secondary",
            tr("Skriv sagsnummeret i listen. Den faglige vurdering tages fra forløbets kladde."),
        )
        hint.setWordWrap(True)
        self.fields.addWidget(hint)
        self._bar.setAccessibleName(tr("Hvor langt det er"))
        self._bar.hide()
        for widget in (self._result, self._bar, self._folder):
            self.above_foot(widget)
        self._stop.setAccessibleName(self._stop.text())
        self._stop.setAutoDefault(False)
        self._stop.hide()
        self.foot.insertWidget(1, self._stop)

    def _connect(self) -> None:
        self._source.currentIndexChanged.connect(self.begin)
        self._day.dateChanged.connect(self.begin)
        self._kind.currentIndexChanged.connect(self._fill)
        self._purpose.textChanged.connect(self.refresh)
        self._table.itemChanged.connect(self._edited)
        self._every.clicked.connect(self._tick_every)
        self._stop.clicked.connect(self.reject)

    # --- whose ----------------------------------------------------------------------------------

    def begin(self) -> None:
        """Ask whose notes there may be."""
        wanted = self._wanted()
        self._day.setVisible(isinstance(wanted, dt.date))
        self._candidates = ()
        self._table.setRowCount(0)
        self.refresh()
        self._count.setText(tr("Henter forløb …"))
        self.candidates_wanted.emit(wanted)

    def _wanted(self) -> dt.date | Box:
        day, box = self._day.date(), self._source.currentData()
        return box if isinstance(box, Box) else dt.date(day.year(), day.month(), day.day())

    def show_candidates(self, wanted: dt.date | Box, found: tuple[NoteCandidate, ...]) -> None:
        """These are they; those with a case number are ticked. Of no use when others are wanted."""
        if wanted == self._wanted():
            self._candidates = found
            self._fill()

    def _fill(self) -> None:
        """Only pathways that have something to say in this kind of note."""
        shown = [each for each in self._candidates if self._kind.currentData() in each.kinds]
        self._table.blockSignals(True)
        self._table.setRowCount(len(shown))
        for row, each in enumerate(shown):
            who = QTableWidgetItem(
                ", ".join(part for part in (each.name, each.cpr_masked) if part)
                or tr("Borger uden navn")
            )
            who.setData(_ID, each.pathway_id)
            who.setFlags(_FIXED | Qt.ItemFlag.ItemIsUserCheckable)
            who.setCheckState(_checked(bool(each.case_number)))
            self._table.setItem(row, _WHO, who)
            for column, text in ((_WARD, each.ward), (_RESULT, "")):
                item = QTableWidgetItem(text)
                item.setFlags(_FIXED)
                item.setToolTip(text)
                self._table.setItem(row, column, item)
            self._table.setItem(row, _NUMBER, QTableWidgetItem(each.case_number))
        self._table.blockSignals(False)
        # What a style sheet puts around a tick is not in the hint.
        self._table.setColumnWidth(_WHO, self._table.sizeHintForColumn(_WHO) + SPACE * 6)
        if shown:
            self._table.setCurrentCell(0, _NUMBER)
        self.refresh()

    def _edited(self, item: QTableWidgetItem) -> None:
        """Whoever writes a case number wants the note."""
        if item.column() == _NUMBER:
            self._table.blockSignals(True)
            self._cell(item.row(), _WHO).setCheckState(_checked(bool(item.text().strip())))
            self._table.blockSignals(False)
        if item.column() in (_NUMBER, _WHO):
            self.refresh()

    def _tick_every(self) -> None:
        """All, unless all are."""
        rows = range(self._table.rowCount())
        is_wanted = not all(self._is_ticked(row) for row in rows)
        self._table.blockSignals(True)
        for row in rows:
            self._cell(row, _WHO).setCheckState(_checked(is_wanted))
        self._table.blockSignals(False)
        self.refresh()

    def _cell(self, row: int, column: int) -> QTableWidgetItem:
        item = self._table.item(row, column)
        assert item is not None  # noqa: S101 - every cell is filled
        return item

    def _is_ticked(self, row: int) -> bool:
        return self._cell(row, _WHO).checkState() is Qt.CheckState.Checked

    # --- what is filled in ----------------------------------------------------------------------

    def jobs(self) -> tuple[NoteJob, ...]:
        """The pathways that are ticked, each with its case number."""
        return tuple(
            NoteJob(
                pathway_id=str(self._cell(row, _WHO).data(_ID)),
                case_number=self._cell(row, _NUMBER).text().strip(),
            )
            for row in range(self._table.rowCount())
            if self._is_ticked(row)
        )

    def wish(self) -> NoteWish:
        """What every note is."""
        return NoteWish(
            kind=str(self._kind.currentData()),
            purpose=self._purpose.text().strip(),
            with_cpr=self._with_cpr.isChecked(),
            is_signed=self._is_signed.isChecked(),
        )

    @property
    def folder(self) -> str:
        """Where they are saved."""
        return self._folder.folder

    def is_ready(self) -> bool:
        """Some are ticked, each has a number, and there is a reason."""
        jobs = self.jobs()
        return bool(jobs and all(job.case_number for job in jobs) and self._purpose.text().strip())

    def refresh(self) -> None:
        """Say how many, and what is missing."""
        jobs, rows = self.jobs(), self._table.rowCount()
        missing = sum(not job.case_number for job in jobs)
        self._count.setText(self._how_many(len(jobs), rows, missing))
        self._every.setChecked(bool(rows) and len(jobs) == rows)
        self._every.setEnabled(bool(rows) and not self._is_running)
        self.do.setEnabled(self.is_ready() and not self._is_running)
        fields: tuple[QWidget, ...] = (
            self._source,
            self._day,
            self._kind,
            self._purpose,
            self._table,
            self._with_cpr,
            self._is_signed,
            self._folder,
        )
        for field in fields:
            field.setEnabled(not self._is_running)

    def _how_many(self, chosen: int, rows: int, missing: int) -> str:
        if not rows:
            return tr("Ingen forløb at skrive om.")
        words = tr("{chosen} af {rows} valgt", chosen=chosen, rows=rows)
        if len(self._candidates) >= MOST:
            words += " · " + tr("kun de første {count} vises", count=MOST)
        if missing:
            words += " · " + tr_count(
                "{count} mangler sagsnummer", "{count} mangler sagsnummer", missing
            )
        return words

    # --- doing it -------------------------------------------------------------------------------

    def _finish(self) -> None:
        if not self.is_ready() or self._is_running:
            return
        if self._folder.folder or self._folder.choose():
            self.cancelled.clear()
            self._result.hide()
            self._bar.setRange(0, len(self.jobs()))
            self._bar.setValue(0)
            for row in range(self._table.rowCount()):
                self._say(row, "", is_wanted=self._is_ticked(row))
            self._run(is_running=True)
            self.save_wanted.emit()

    def _run(self, *, is_running: bool) -> None:
        self._is_running = is_running
        for widget in (self._bar, self._stop):
            widget.setVisible(is_running)
        self.refresh()
        if is_running:
            self._stop.setFocus()

    def progress(self, step: NoteProgress) -> None:
        """One is done."""
        self._bar.setValue(step.done)
        self._count.setText(tr("{done} af {total}", done=step.done, total=step.total))
        for row in range(self._table.rowCount()):
            if self._cell(row, _WHO).data(_ID) == step.pathway_id:
                self._say(row, said(step.problem) or tr("Gemt"), is_wanted=bool(step.problem))

    def _say(self, row: int, text: str, *, is_wanted: bool) -> None:
        """What came of it; one that is saved is not wanted once more."""
        self._table.blockSignals(True)
        self._cell(row, _RESULT).setText(text)
        self._cell(row, _RESULT).setToolTip(text)
        self._cell(row, _WHO).setCheckState(_checked(is_wanted))
        self._table.blockSignals(False)

    def finish(self, done: NotesSaved) -> None:
        """All are done, or it was stopped."""
        parts = [tr_count("{count} notat er gemt.", "{count} notater er gemt.", done.saved)]
        if done.problems:
            parts.append(
                tr_count(
                    "{count} blev ikke gemt: grunden står i listen.",
                    "{count} blev ikke gemt: grunden står i listen.",
                    len(done.problems),
                )
            )
        if done.stopped:
            parts.append(said(done.stopped))
        if done.is_cancelled:
            parts.append(tr("Resten blev ikke skrevet, fordi du standsede."))
        is_whole = not (done.problems or done.stopped)
        self.leave.set_text(tr("Luk"))
        self._tell(" ".join(parts), Tone.DONE if is_whole else Tone.OVERDUE)

    def fail(self, why: str) -> None:
        """It could not be done."""
        self._tell(why, Tone.OVERDUE)

    def _tell(self, text: str, tone: Tone) -> None:
        self._result.say(text, tone)
        self._run(is_running=False)

    def reject(self) -> None:
        """Close; while notes are written, stop after the one under way and stay."""
        if self._is_running:
            self.cancelled.set()
        else:
            super().reject()

    def fit(self) -> None:
        """As wide as a list needs."""
        super().fit()
        width, height = theme.WIDE_DIALOG
        room = self.screen().availableGeometry()
        self.resize(
            min(width, room.width() - SPACE * 6),
            max(self.height(), min(height, room.height() - SPACE * 12)),
        )


_FIXED = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


def _table() -> QTableWidget:
    table = QTableWidget(0, 4)
    table.setAccessibleName(tr("Forløb, der kan skrives notat om"))
    table.setHorizontalHeaderLabels([tr("Borger"), tr("Afdeling"), tr("Sagsnummer"), tr("Notat")])
    table.verticalHeader().hide()
    table.setShowGrid(False)
    # Tab leaves the list; the arrows go through it.
    table.setTabKeyNavigation(False)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setEditTriggers(
        QAbstractItemView.EditTrigger.AnyKeyPressed
        | QAbstractItemView.EditTrigger.DoubleClicked
        | QAbstractItemView.EditTrigger.SelectedClicked
        | QAbstractItemView.EditTrigger.EditKeyPressed
    )
    header = table.horizontalHeader()
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setHighlightSections(False)
    header.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    header.setSectionResizeMode(_WHO, QHeaderView.ResizeMode.Interactive)
    # The end of a ward's name tells it from the others.
    table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
    table.setWordWrap(False)
    row = table.fontMetrics().lineSpacing() + SPACE * 4
    table.verticalHeader().setDefaultSectionSize(row)
    table.setMinimumHeight(row * _ROWS)
    return table


def _checked(is_on: bool) -> Qt.CheckState:
    return Qt.CheckState.Checked if is_on else Qt.CheckState.Unchecked
