"""One case note: what its author fills in at the left, the document itself at the right."""

from collections.abc import Callable

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.dialogs.form import FormDialog, text_field
from ui.note import wording
from ui.note.preview import Preview
from ui.note.said import Said
from ui.note.target import FolderLine
from ui.parts import plain_label, tick
from ui.theme import SPACE, Tone
from ui.translation import term, tr
from visitator.app.note_views import DRAFT, NoteOffer, NotePreview, NoteWish
from visitator.app.views import DraftView

REST_MS = 700
"""So long nothing has been typed before the note is laid out anew."""
_LINES = 3
_ASSESSMENT = "needs"
"""The first field of Faglig vurdering."""


class WordNoteDialog(FormDialog):
    """Stays open until what was wanted is done; whoever opened it does it and says so."""

    preview_wanted = Signal(object)
    """A `NoteWish`; is answered by `show_preview` or `show_no_preview`."""
    save_wanted = Signal(object, str)
    """A `NoteWish` and the folder; the dialog is closed, or told by `fail`."""
    copy_wanted = Signal(object)
    """A `NoteWish`."""
    print_wanted = Signal(object)
    """A `NoteWish`."""

    def __init__(
        self,
        about: str,
        offer: NoteOffer,
        *,
        kind: str,
        folder: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(tr("Word-notat"), about, tr("Gem"), parent)
        self._offer = offer
        self._is_drawing = self._is_stale = self._is_busy = False
        draft = offer.draft
        self._kind = QComboBox()
        for each in offer.kinds:
            self._kind.addItem(term(each.label), each.code)
        self._kind.setCurrentIndex(max(0, self._kind.findData(kind)))
        self._case_number = QLineEdit((draft.subject if draft else "") or offer.case_number)
        self._case_number.setPlaceholderText(tr("Giver filen navn"))
        self._purpose = QLineEdit(wording.PURPOSE)
        self._with_cpr = tick(tr("Med CPR-nummer"), is_on=True)
        self._is_signed = tick(tr("Underskrives af {name}", name=offer.author), is_on=False)
        self._unsigned = plain_label(
            "secondary", tr("Uden underskrift står der Udkast på notatet.")
        )
        self._unsigned.setWordWrap(True)
        self._folder = FolderLine(folder)
        self._assessment = plain_label("section", tr("Faglig vurdering"))
        self._own: dict[str, tuple[QLabel, QPlainTextEdit]] = {}
        self.preview = Preview()
        self._said = Said()
        self._lay_out(draft.fields if draft else {})
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._draw)
        self._connect()
        self._show_fields()
        self.refresh()
        (self._case_number if not self._case_number.text() else self._first_field()).setFocus()

    def _lay_out(self, kept: dict[str, str]) -> None:
        self.add(tr("Notat"), self._kind)
        row = QHBoxLayout()
        row.setSpacing(SPACE * 3)
        for said, line in (
            (tr("Sagsnummer"), self._case_number),
            (tr("Formål"), self._purpose),
        ):
            line.setAccessibleName(said)
            column = QVBoxLayout()
            column.setSpacing(SPACE * 2)
            column.addWidget(plain_label("secondary-strong", said))
            column.addWidget(line)
            row.addLayout(column, 1)
        self.fields.addLayout(row)
        self.fields.addWidget(self._with_cpr)
        self.fields.addWidget(self._is_signed)
        self.fields.addWidget(self._unsigned)
        self.fields.addWidget(self._assessment)
        for code, danish in wording.OWN_WORDS.items():
            label = plain_label("secondary-strong", tr(danish))
            field = _few_lines(kept.get(code, ""))
            field.setAccessibleName(label.text())
            self.fields.addWidget(label)
            self.fields.addWidget(field)
            self._own[code] = (label, field)
        self.fields.addWidget(plain_label("secondary", tr("Kladden gemmes løbende")))
        self.fields.addStretch(1)
        self.beside(self.preview, theme.FIELDS_WIDTH)
        self.above_foot(self._said)
        self.above_foot(self._folder)
        self._copy = QPushButton(tr("Kopiér som tekst"))
        self._print = QPushButton(tr("Udskriv …"))
        for place, button in enumerate((self._copy, self._print)):
            button.setAccessibleName(button.text())
            button.setAutoDefault(False)
            self.foot.insertWidget(place, button)

    def _connect(self) -> None:
        self._kind.currentIndexChanged.connect(self._show_fields)
        self._kind.currentIndexChanged.connect(self._changed)
        for line in (self._case_number, self._purpose):
            line.textChanged.connect(self._changed)
        for _, field in self._own.values():
            field.textChanged.connect(self._changed)
        for box in (self._with_cpr, self._is_signed):
            box.toggled.connect(self._changed)
        self._copy.clicked.connect(lambda: self._do(self.copy_wanted.emit))
        self._print.clicked.connect(lambda: self._do(self.print_wanted.emit))

    # --- what is filled in ----------------------------------------------------------------------

    def wish(self) -> NoteWish:
        """The note as it is filled in."""
        shown = self._offer.kinds[self._kind.currentIndex()].own
        return NoteWish(
            kind=str(self._kind.currentData()),
            case_number=self._case_number.text().strip(),
            purpose=self._purpose.text().strip(),
            own={code: self._own[code][1].toPlainText() for code in shown},
            with_cpr=self._with_cpr.isChecked(),
            is_signed=self._is_signed.isChecked(),
        )

    def is_ready(self) -> bool:
        """There is a number the file is named after, and a reason; nothing else is under way."""
        return self._has_purpose() and bool(self._case_number.text().strip())

    def draft(self) -> DraftView:
        """What its author wrote, and a case number that is not the one offered."""
        number = self._case_number.text().strip()
        own = {code: field.toPlainText() for code, (_, field) in self._own.items()}
        return DraftView(
            kind=DRAFT,
            text="",
            subject="" if number == self._offer.case_number else number,
            fields={code: text for code, text in own.items() if text.strip()},
        )

    def refresh(self) -> None:
        """What can be done with the note as it stands."""
        self.do.setEnabled(self.is_ready() and not self._is_busy)
        for button in (self._copy, self._print):
            button.setEnabled(self._has_purpose() and not self._is_busy)

    def _has_purpose(self) -> bool:
        return bool(self._purpose.text().strip())

    def _show_fields(self) -> None:
        """Only the fields this kind of note has a section for."""
        shown = self._offer.kinds[self._kind.currentIndex()].own
        self._assessment.setVisible(_ASSESSMENT in shown)
        for code, (label, field) in self._own.items():
            label.setVisible(code in shown)
            field.setVisible(code in shown)

    def _first_field(self) -> QWidget:
        shown = self._offer.kinds[self._kind.currentIndex()].own
        return next(field for code, (_, field) in self._own.items() if code in shown)

    # --- the preview ----------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Lay the note out as soon as it can be seen."""
        super().showEvent(event)
        self._draw()

    def fit(self) -> None:
        """As large as the screen lets a page be read."""
        parent = self.parentWidget()
        room = self.screen().availableSize()
        if parent is not None:
            room = room.boundedTo(parent.window().size())
        margin = QSize(SPACE * 10, SPACE * 10)
        self.resize(QSize(*theme.PREVIEW_DIALOG).boundedTo(room - margin))

    def _changed(self) -> None:
        self._said.hide()
        self.typed()
        self._rest.start()

    def _draw(self) -> None:
        """Ask for the pages; while they are made, only remember that others are wanted."""
        self._is_stale = self._is_drawing
        if not self._is_drawing:
            self._is_drawing = True
            self.preview.wait()
            self.preview_wanted.emit(self.wish())

    def show_preview(self, preview: NotePreview) -> None:
        """The note as it will look."""
        self.preview.show_preview(preview)
        self._drawn()

    def show_no_preview(self, why: str) -> None:
        """There is none; `why` in words."""
        self.preview.show_problem(why)
        self._drawn()

    def _drawn(self) -> None:
        self._is_drawing = False
        if self._is_stale:
            self._draw()

    @property
    def is_drawn(self) -> bool:
        """Whether the preview shows what is filled in."""
        return not (self._is_drawing or self._rest.isActive())

    # --- doing it -------------------------------------------------------------------------------

    def _finish(self) -> None:
        """Save, and stay until it is done."""
        if not self.is_ready() or self._is_busy:
            return
        folder = self._folder.folder or self._folder.choose()
        if folder:
            self._do(lambda wish: self.save_wanted.emit(wish, folder))

    def _do(self, want: Callable[[NoteWish], object]) -> None:
        self._unkept.stop()
        self._keep()
        self._said.hide()
        self._is_busy = True
        self.refresh()
        want(self.wish())

    def end_busy(self) -> None:
        """It is done, or left."""
        self._is_busy = False
        self.refresh()

    def say(self, said: str) -> None:
        """Something was done."""
        self._tell(said, Tone.DONE)

    def fail(self, why: str) -> None:
        """What was wanted could not be done."""
        self._tell(why, Tone.OVERDUE)

    def _tell(self, said: str, tone: Tone) -> None:
        self._said.say(said, tone)
        self.end_busy()


def _few_lines(text: str) -> QPlainTextEdit:
    """A field as high as its lines: there are many, and what is beside them takes the room."""
    field = text_field(text, _LINES)
    field.setFixedHeight(field.minimumHeight() + SPACE * 4)
    field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return field
