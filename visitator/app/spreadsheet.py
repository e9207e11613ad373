"""The list of rehabilitation courses as a spreadsheet (regneark), for who plans with one."""

import datetime as dt
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from visitator.app.rehabilitation_views import RehabilitationFlag, RehabilitationRow
from visitator.app.views import KnownError

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet program may read as the beginning of a formula."""
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""What a cell cannot hold."""

_Cell = str | int | dt.date | None


def _due(row: RehabilitationRow) -> dt.date | None:
    if row.deadline is not None and row.deadline.due is not None:
        return row.deadline.due.date()
    return row.hospital_due


def _yes(row: RehabilitationRow, flag: RehabilitationFlag) -> str:
    return "Ja" if flag in row.flags else ""


_COLUMNS: tuple[tuple[str, int, Callable[[RehabilitationRow], _Cell]], ...] = (
    ("Seneste opstart", 16, _due),
    ("Dage til frist", 14, lambda row: row.days_left),
    ("Borger", 30, lambda row: row.name),
    ("Fødselsdato i CPR", 18, lambda row: row.cpr_masked),
    ("Niveau", 30, lambda row: row.level),
    ("Trin", 20, lambda row: row.state),
    ("Udskrivelsesdato", 17, lambda row: row.discharge),
    ("Kilde til udskrivelsesdato", 26, lambda row: row.discharge_source),
    ("Planens egen tidsfrist", 40, lambda row: row.own_deadline),
    ("Kontaktet", 12, lambda row: row.contacted),
    ("Frit valg oplyst", 16, lambda row: row.choice_explained),
    ("Tilbud", 32, lambda row: row.provider),
    ("Aftalt opstart", 15, lambda row: row.start.date if row.start else None),
    ("Startet", 12, lambda row: row.started),
    ("Startet efter fristen", 20, lambda row: _yes(row, RehabilitationFlag.LATE)),
    ("Udsat, årsag", 26, lambda row: row.postponed),
    ("Befordring mangler", 19, lambda row: _yes(row, RehabilitationFlag.TRANSPORT)),
    ("Afdeling", 44, lambda row: row.ward),
    ("Ansvarlig", 22, lambda row: row.owner_name),
)


def file_name(today: dt.date) -> str:
    """What the spreadsheet is called: nothing of any citizen."""
    return f"genoptraening-{today:%Y-%m-%d}.xlsx"


def write(path: Path, rows: Sequence[RehabilitationRow]) -> None:
    """Write the rows as they stand in the list. Every text is a text, whatever it begins with.

    Raises:
        KnownError: the file cannot be written.
    """
    # It takes a third of a second to load, and few export.
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Genoptræning"
    sheet.append([title for title, _, _ in _COLUMNS])
    for number, (_, width, _) in enumerate(_COLUMNS, start=1):
        sheet.cell(1, number).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(number)].width = width
    for place, row in enumerate(rows, start=2):
        for number, (_, _, value_of) in enumerate(_COLUMNS, start=1):
            _fill(sheet.cell(place, number), value_of(row))
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    try:
        book.save(path)
    except OSError as error:
        raise KnownError(
            f"Regnearket kunne ikke gemmes ({error.strerror or 'ukendt fejl'})."
            " Vælg en anden mappe, eller luk filen i Excel."
        ) from error


def _fill(cell: Any, value: _Cell) -> None:  # noqa: ANN401 - openpyxl's own cell
    if not isinstance(value, str):
        cell.value = value
        if isinstance(value, dt.date):
            cell.number_format = "dd-mm-yyyy"
        return
    text = _UNPRINTABLE.sub("", value)
    cell.value = text
    if text.startswith(_FORMULA):
        cell.data_type = "s"
        cell.quotePrefix = True
