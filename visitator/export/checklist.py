"""The checklist of an admission as a Word file on A4: one citizen to a page, or a line each.

It has the styles of the program's own template, so it looks like the notes. Lengths are in
millimetres; a long note makes its row higher, and is never cut.
"""

import datetime as dt
import io
from collections.abc import Mapping, Sequence

import msgspec
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from visitator.domain.admission import Admission, PartTick
from visitator.domain.checklist import Checklist, ChecklistPart
from visitator.domain.citizen import Citizen, format_cpr, mask_cpr
from visitator.domain.deadlines import to_copenhagen
from visitator.domain.entries import PartState
from visitator.domain.plan_diff import shown
from visitator.export.word import NoteTemplate, set_properties
from visitator.export.writable import writable

EMPTY_BOX, TICKED_BOX = "☐", "☑"
NOT_RELEVANT_MARK, MISSING_MARK = "–", "M"
KEY = f"{TICKED_BOX} medbragt   {NOT_RELEVANT_MARK} ikke relevant   {MISSING_MARK} mangler"
"""What the marks of a round mean; there is no room for a box to each word."""
NO_NAME, NO_NUMBER = "Navn ikke oplyst", "CPR-nummer ikke oplyst"

_SHORT, _LONG = 210, 297
_MARGIN = 14
_WIDTH, _LYING_WIDTH = _SHORT - 2 * _MARGIN, _LONG - 2 * _MARGIN
_LABEL_WIDTH, _STATE_WIDTH, _WHO_WIDTH = 66, 23, 76
_ROWS_HEIGHT, _HIGHEST_ROW, _ROUND_ROW, _ROUND_HEAD = 165, 16, 12, 46
_BOX_FONT, _BOX_SIZE = "Segoe UI Symbol", 24
_SMALL, _NORMAL, _LARGE = 8.5, 10.5, 15.0


class Patient(msgspec.Struct, frozen=True, kw_only=True):
    """One citizen on the sheet, and what holds of the admission."""

    citizen: Citizen
    admission: Admission


def checklist_document(
    checklist: Checklist,
    patients: Sequence[Patient],
    template: NoteTemplate,
    *,
    names: Mapping[str, str],
    printed: dt.datetime,
    is_filled: bool,
    is_round: bool,
) -> bytes:
    """The checklist as the bytes of a Word file.

    Args:
        checklist: of the agreement.
        patients: nobody gives a list to take along, with room for a name.
        template: the program's own; only its styles are used.
        names: user id -> the person's name.
        printed: aware instant.
        is_filled: with what was said of each part; else with empty boxes.
        is_round: all of them on one sheet, a line each.
    """
    sheet = _Sheet(checklist, template, names=names, printed=printed, is_filled=is_filled)
    if is_round:
        sheet.round(patients)
    else:
        for number, patient in enumerate(patients or (None,)):
            sheet.single(patient, is_first=number == 0)
    return sheet.data()


class _Sheet:
    """The Word file being written."""

    def __init__(
        self,
        checklist: Checklist,
        template: NoteTemplate,
        *,
        names: Mapping[str, str],
        printed: dt.datetime,
        is_filled: bool,
    ) -> None:
        self._checklist = checklist
        self._names = names
        self._printed = to_copenhagen(printed)
        self._is_filled = is_filled
        self._document = Document(io.BytesIO(template.data))
        self._empty()

    def data(self) -> bytes:
        """The whole file; nothing in its properties is about a person."""
        set_properties(self._document.core_properties, self._checklist.title, self._printed)
        target = io.BytesIO()
        self._document.save(target)
        return target.getvalue()

    def _empty(self) -> None:
        """Keep the styles of the template, and nothing that it says."""
        body = self._document.element.body
        for element in list(body):
            if element.tag != qn("w:sectPr"):
                body.remove(element)
        section = self._document.sections[0]
        section.header.is_linked_to_previous = True
        section.footer.is_linked_to_previous = True

    def _page(self, width: int, height: int) -> None:
        section = self._document.sections[0]
        is_lying = width > height
        section.orientation = WD_ORIENT.LANDSCAPE if is_lying else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Mm(width), Mm(height)
        for side in ("left_margin", "right_margin", "top_margin"):
            setattr(section, side, Mm(_MARGIN))
        section.bottom_margin, section.footer_distance = Mm(_MARGIN + 2), Mm(8)
        footer = section.footer.paragraphs[0]
        when = shown(self._printed)
        _write(footer, f"{self._checklist.source} · udskrevet {when} · side ", 7.5)
        _field(footer, "PAGE")
        _write(footer, " af ", 7.5)
        _field(footer, "NUMPAGES")

    def _paragraph(
        self, text: str = "", style: str = "Normal", size: float | None = None
    ) -> Paragraph:
        paragraph = self._document.add_paragraph(style=style)
        _write(paragraph, text, size)
        return paragraph

    def _table(self, title: str, header: Sequence[str], widths: Sequence[float]) -> Table:
        """A table with its header row, repeated on every page."""
        table: Table = self._document.add_table(rows=1, cols=len(header), style="Table Grid")
        table.autofit = False
        caption = OxmlElement("w:tblCaption")
        caption.set(qn("w:val"), writable(title))
        table._tbl.tblPr.append(caption)  # type: ignore[arg-type]
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        (row,) = table.rows
        for cell, text in zip(row.cells, header, strict=True):
            _fill(cell, text, "Tabelhoved", _SMALL)
        row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        return table

    # --- one citizen ------------------------------------------------------------------------------

    def single(self, patient: Patient | None, *, is_first: bool) -> None:
        """An upright page: a large box for each word, and room to sign."""
        if is_first:
            self._page(_SHORT, _LONG)
        title = self._paragraph(self._checklist.title, "Title")
        title.paragraph_format.page_break_before = not is_first
        self._who(patient)
        self._paragraph(self._checklist.scope, size=_SMALL)
        header = ("Genstand", *(state.label for state in PartState), "Notat")
        states = len(PartState) * _STATE_WIDTH
        widths = (
            _LABEL_WIDTH,
            *(_STATE_WIDTH for _ in PartState),
            _WIDTH - _LABEL_WIDTH - states,
        )
        table = self._table(self._checklist.title, header, widths)
        for cell in table.rows[0].cells[1:-1]:
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
        parts = self._checklist.parts
        for part in parts:
            row = _row(table, Mm(min(_HIGHEST_ROW, _ROWS_HEIGHT / len(parts))))
            self._part(row, part, self._tick(patient, part))
        self._foot(patient)

    def _who(self, patient: Patient | None) -> None:
        if patient is None:
            for labels in (("Navn", "CPR-nummer"), ("Afdeling", "Indlagt")):
                self._lines_to_fill(labels)
            return
        citizen, found = patient.citizen, patient.admission
        name = self._paragraph(citizen.name or NO_NAME, "Heading 1")
        name.paragraph_format.space_before = Pt(2)
        stay = f"indlagt {shown(found.admitted)}" if found.admitted else ""
        number = format_cpr(citizen.key) if citizen.key else NO_NUMBER
        self._paragraph(" · ".join(part for part in (number, stay) if part), size=_NORMAL)
        self._paragraph(_ward(found), size=_NORMAL)

    def _lines_to_fill(self, labels: Sequence[str]) -> None:
        """Labels side by side, each with a line to write on."""
        paragraph = self._paragraph()
        paragraph.paragraph_format.space_before = Pt(12)
        stops = paragraph.paragraph_format.tab_stops
        share = _WIDTH / len(labels)
        for number, label in enumerate(labels, start=1):
            stops.add_tab_stop(Mm(number * share - 3), leader=WD_TAB_LEADER.LINES)
            _write(paragraph, f"{label} \t  ", _NORMAL)

    def _tick(self, patient: Patient | None, part: ChecklistPart) -> PartTick | None:
        is_asked = patient is not None and self._is_filled
        return patient.admission.parts.get(part.code) if patient and is_asked else None

    def _part(self, row: _Row, part: ChecklistPart, tick: PartTick | None) -> None:
        label, *boxes, note = row.cells
        _fill(label, part.label, "Tabeltekst", _NORMAL, bold=True)
        if part.always:
            _fill(label, part.always, "Tabeltekst", bold=True, is_more=True)
        for cell, state in zip(boxes, PartState, strict=True):
            is_ticked = tick is not None and tick.state is state
            _mark(cell, TICKED_BOX if is_ticked else EMPTY_BOX)
        lines = self._said(tick) if tick else ("",)
        for number, text in enumerate(lines):
            _fill(note, text, "Tabeltekst", _SMALL, is_more=number > 0)

    def _said(self, tick: PartTick) -> tuple[str, ...]:
        """The note, and who said it when."""
        who = self._names.get(tick.said.author, tick.said.author)
        said = f"{who}, {shown(to_copenhagen(tick.said.at))}"
        return (tick.note, said) if tick.note else (said,)

    def _foot(self, patient: Patient | None) -> None:
        present = patient.admission.present if patient and self._is_filled else None
        label = "Kommunal medarbejder til stede"
        if present is not None and (present.who or not present.was_present):
            who = present.who if present.was_present else "Nej"
            self._paragraph(f"{label}: {who}", size=_NORMAL).paragraph_format.space_before = Pt(12)
        else:
            self._lines_to_fill((label,))
        self._lines_to_fill(("Dato og klokkeslæt", "Underskrift"))

    # --- a round ----------------------------------------------------------------------------------

    def round(self, patients: Sequence[Patient]) -> None:
        """Lying pages with a line for each citizen, whose numbers are masked."""
        self._page(_LONG, _SHORT)
        self._paragraph(self._checklist.title, "Title")
        self._paragraph(KEY, size=_NORMAL)
        parts = self._checklist.parts
        width = (_LYING_WIDTH - _WHO_WIDTH) / len(parts)
        header = ("Borger", *(_with_always(part) for part in parts))
        widths = (_WHO_WIDTH, *(width for _ in parts))
        table = self._table(self._checklist.title, header, widths)
        (head,) = table.rows
        head.height, head.height_rule = Mm(_ROUND_HEAD), WD_ROW_HEIGHT_RULE.EXACTLY
        for cell in head.cells[1:]:
            direction = OxmlElement("w:textDirection")
            direction.set(qn("w:val"), "btLr")
            cell._tc.get_or_add_tcPr().append(direction)
        for patient in patients:
            self._line(_row(table, Mm(_ROUND_ROW)), patient)

    def _line(self, row: _Row, patient: Patient) -> None:
        who, *boxes = row.cells
        citizen = patient.citizen
        number = mask_cpr(citizen.key) if citizen.key else NO_NUMBER
        _fill(who, citizen.name or NO_NAME, "Tabeltekst", _NORMAL, bold=True)
        _fill(who, f"{number} · {_ward(patient.admission)}", "Tabeltekst", _SMALL, is_more=True)
        for cell, part in zip(boxes, self._checklist.parts, strict=True):
            tick = self._tick(patient, part)
            _mark(cell, _MARKS[tick.state if tick else None])


_MARKS = {
    None: EMPTY_BOX,
    PartState.BROUGHT: TICKED_BOX,
    PartState.NOT_RELEVANT: NOT_RELEVANT_MARK,
    PartState.MISSING: MISSING_MARK,
}


def _ward(found: Admission) -> str:
    return found.ward or "afdeling ikke oplyst"


def _with_always(part: ChecklistPart) -> str:
    return f"{part.label} ({part.always})" if part.always else part.label


# --- pieces of Word -------------------------------------------------------------------------------


def _write(
    paragraph: Paragraph, text: str, size: float | None = None, *, bold: bool = False
) -> Run:
    run = paragraph.add_run(writable(text))
    run.font.size = Pt(size) if size else None
    run.font.bold = bold or None
    return run


def _row(table: Table, height: Length) -> _Row:
    """A row at least so high, that is not split between pages."""
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]
    row.height, row.height_rule = height, WD_ROW_HEIGHT_RULE.AT_LEAST
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # type: ignore[arg-type]
    return row


def _fill(
    cell: _Cell,
    text: str,
    style: str,
    size: float | None = None,
    *,
    bold: bool = False,
    is_more: bool = False,
) -> None:
    """Write in a cell; `is_more`: under what stands there."""
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    paragraph = cell.add_paragraph() if is_more else cell.paragraphs[0]
    paragraph.style = style
    if style != "Tabelhoved":
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(0)
    _write(paragraph, text, size, bold=bold)


def _mark(cell: _Cell, mark: str) -> None:
    """A large box, or the mark that stands for one."""
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    paragraph = cell.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.line_spacing = 1.0
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(0)
    run = _write(paragraph, mark, _BOX_SIZE if mark in (EMPTY_BOX, TICKED_BOX) else _LARGE)
    run.font.bold = mark in (NOT_RELEVANT_MARK, MISSING_MARK)
    fonts = run._r.get_or_add_rPr().get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), _BOX_FONT)


def _field(paragraph: Paragraph, instruction: str) -> None:
    """A number that Word counts itself."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)  # type: ignore[arg-type]
