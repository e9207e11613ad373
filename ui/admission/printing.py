"""Udskriv tjekliste: which sheet, and whether to a printer, a PDF file or a Word file."""

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import QBuffer, QIODevice, Signal, SignalInstance
from PySide6.QtGui import QPdfWriter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QPushButton, QRadioButton, QWidget

from ui.admission import sheet
from ui.admission.sheet import Sheet
from ui.admission.wording import ward
from ui.dialogs.form import FormDialog
from ui.parts import plain_label
from ui.translation import tr, tr_count
from ui.whom import citizen_words
from visitator.app.admission_views import AdmissionRow, AdmissionView, ChecklistView

FILLED, BLANK, NOBODY, ROUND, WARD = "filled", "blank", "nobody", "round", "ward"
_DOTS_PER_INCH = 300
WORD, PDF = ".docx", ".pdf"

Read = Callable[[str], AdmissionView | None]


class PrintDialog(FormDialog):
    """Chooses what is printed; hands out the sheet."""

    print_wanted = Signal(object)
    """A `Sheet`."""
    pdf_wanted = Signal(object)
    word_wanted = Signal(object)

    def __init__(
        self,
        view: AdmissionView | None,
        rows: tuple[AdmissionRow, ...],
        checklist: ChecklistView,
        read: Read,
        now: dt.datetime,
        parent: QWidget | None = None,
    ) -> None:
        """`rows` are those in hospital; `read` reads one of them."""
        super().__init__(tr("Udskriv tjekliste"), "", tr("Udskriv …"), parent)
        self._view, self._rows, self._checklist = view, rows, checklist
        self._read, self._now = read, now
        self._radios: dict[str, QRadioButton] = {}
        self._group = QButtonGroup(self)
        self.fields.addWidget(plain_label("secondary-strong", tr("Ét ark til én borger")))
        if view is not None:
            who = citizen_words(view.citizen)
            self._offer(FILLED, tr("Som den er udfyldt nu: {who}", who=who))
            self._offer(BLANK, tr("Tom, med navn: {who}", who=who))
        self._offer(NOBODY, tr("Tom, uden navn"))
        self._offer_rounds()
        self.fields.addStretch(1)
        self.choose(next(iter(self._radios)))
        self._offer_file(tr("Gem som Word …"), self.word_wanted)
        self._offer_file(tr("Gem som PDF …"), self.pdf_wanted)
        self.done_with.connect(lambda: self.print_wanted.emit(self.sheet))
        next(iter(self._radios.values())).setFocus()

    def _offer_file(self, text: str, wanted: SignalInstance) -> None:
        button = QPushButton(text)
        button.setAccessibleName(text)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: self._hand_out(wanted))
        self.foot.insertWidget(self.foot.count() - 1, button)

    def _offer_rounds(self) -> None:
        if not self._rows:
            return
        self.fields.addWidget(
            plain_label("secondary-strong", tr("Ét ark til flere borgere, en linje til hver"))
        )
        here = self._in_same_ward()
        if self._view is not None and here:
            where = ward(self._view.row)
            text = tr_count(
                "{ward}: {count} borger", "{ward}: {count} borgere", len(here), ward=where
            )
            self._offer(WARD, text)
        count = len(self._rows)
        self._offer(ROUND, tr_count("Den ene, der er indlagt", "Alle {count} indlagte", count))

    def _in_same_ward(self) -> tuple[AdmissionRow, ...]:
        where = self._view.row.ward if self._view is not None else ""
        return tuple(row for row in self._rows if where and row.ward == where)

    def _offer(self, code: str, text: str) -> None:
        radio = QRadioButton(text)
        radio.setAccessibleName(text)
        self._group.addButton(radio)
        self._radios[code] = radio
        self.fields.addWidget(radio)

    def choose(self, code: str) -> None:
        """Choose what is printed."""
        self._radios[code].setChecked(True)

    @property
    def sheet(self) -> Sheet:
        """What is chosen."""
        chosen = next(code for code, radio in self._radios.items() if radio.isChecked())
        is_round = chosen in (ROUND, WARD)
        citizens: tuple[AdmissionView, ...] = ()
        if is_round:
            rows = self._rows if chosen == ROUND else self._in_same_ward()
            found = (self._read(row.pathway_id) for row in rows)
            citizens = tuple(each for each in found if each is not None)
        elif chosen != NOBODY and self._view is not None:
            citizens = (self._view,)
        return Sheet(
            checklist=self._checklist,
            citizens=citizens,
            printed=self._now,
            is_filled=chosen != BLANK,
            is_round=is_round,
        )

    def _hand_out(self, wanted: SignalInstance) -> None:
        wanted.emit(self.sheet)
        self.accept()


def send_to_printer(parent: QWidget, wanted: Sheet, told: Callable[[str], object]) -> bool:
    """Ask which printer, and print; False when nothing was printed."""
    if not QPrinterInfo.availablePrinterNames():
        told(tr("Der er ingen printer på denne computer. Gem tjeklisten som PDF i stedet."))
        return False
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(tr("Tjekliste"))
    sheet.lay_out(printer, wanted)
    if not QPrintDialog(printer, parent).exec():
        return False
    is_printed = sheet.paint(printer, wanted)
    if not is_printed:
        told(tr("Printeren tog ikke imod tjeklisten. Prøv igen, eller gem den som PDF."))
    return is_printed


def ask_file(parent: QWidget, today: dt.date, ending: str) -> tuple[str, bool]:
    """Ask where the file goes; the name that is proposed says nothing about anybody.

    Returns:
        The path with its ending, empty for nowhere; and whether the person was asked about a file
        that lies there: not about one whose ending they left out.
    """
    kinds = {WORD: tr("Word-filer (*.docx)"), PDF: tr("PDF-filer (*.pdf)")}
    name = f"{today:%Y-%m-%d}_tjekliste{ending}"
    path, _ = QFileDialog.getSaveFileName(parent, tr("Gem tjeklisten"), name, kinds[ending])
    is_named = path.lower().endswith(ending)
    return (path if is_named or not path else path + ending), is_named


def pdf(wanted: Sheet) -> bytes:
    """The sheet as the bytes of a PDF file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_DOTS_PER_INCH)
    writer.setTitle(tr("Tjekliste"))
    sheet.lay_out(writer, wanted)
    sheet.paint(writer, wanted)
    return bytes(buffer.data().data())
