"""The checklist on paper: as a picture, in both languages, with boxes for a pen."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from tests.ui.conftest import Office
from ui import theme, translation
from ui.admission.printing import PrintDialog, pdf
from ui.admission.sheet import Sheet
from visitator.app.admission_views import AdmissionFlag, AdmissionView, ChecklistView

pytestmark = [
    pytest.mark.looks_only,
    pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="poppler is not installed"),
]

A4 = (210, 297)
DOTS_PER_MM = 4
MM_IN_AN_INCH = 25.4


@pytest.fixture(params=translation.LANGUAGES)
def language(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    installed = translation.install(qapp, request.param)
    yield request.param
    translation.remove(qapp, installed)


@pytest.fixture
def blank(office: Office) -> ChecklistView:
    found = office.desk.admissions.blank()
    assert found is not None
    return found


@pytest.fixture
def night(office: Office) -> AdmissionView:
    """The admission that somebody has begun to tick."""
    rows = office.desk.admissions.rows(0, 100)
    chosen = next(row for row in rows if AdmissionFlag.MUST_REPORT in row.flags)
    found = office.desk.admissions.view(chosen.pathway_id)
    assert found is not None
    return found


Printed = Callable[..., tuple[list[QImage], list[str]]]


@pytest.fixture
def printed(tmp_path: Path, office: Office, blank: ChecklistView) -> Printed:
    """Prints a sheet to a PDF; the picture and the text of each page."""

    def print_it(*citizens: AdmissionView, **more: bool) -> tuple[list[QImage], list[str]]:
        file = tmp_path / "tjekliste.pdf"
        sheet = Sheet(checklist=blank, citizens=citizens, printed=office.desk.now(), **more)
        file.write_bytes(pdf(sheet))
        return pictures_of(file), texts_of(file)

    return print_it


def pictures_of(file: Path) -> list[QImage]:
    dots = str(DOTS_PER_MM * MM_IN_AN_INCH)
    page = file.with_suffix("")
    subprocess.run(["pdftoppm", "-r", dots, "-png", str(file), str(page)], check=True)
    return [QImage(str(each)) for each in sorted(file.parent.glob("*.png"))]


def texts_of(file: Path) -> list[str]:
    done = subprocess.run(
        ["pdftotext", "-layout", str(file), "-"], check=True, capture_output=True, text=True
    )
    return done.stdout.split("\f")[:-1]


def size(picture: QImage) -> tuple[int, int]:
    """In whole millimetres."""
    return round(picture.width() / DOTS_PER_MM), round(picture.height() / DOTS_PER_MM)


class Grey:
    """The lightness of every dot of a picture."""

    def __init__(self, picture: QImage) -> None:
        grey = picture.convertToFormat(QImage.Format.Format_Grayscale8)
        self.width, self.height = grey.width(), grey.height()
        self._step = grey.bytesPerLine()
        self._dots = bytes(grey.constBits())

    def is_dark(self, x: int, y: int, near: int = 0) -> bool:
        at = y * self._step + x
        return min(self._dots[at - near : at + near + 1]) < 128

    def is_white(self, x: int, y: int) -> bool:
        return self._dots[y * self._step + x] > 200


def ink(picture: QImage, x: float, y: float, side: float) -> float:
    """The part of a square (centre and side in mm) that is not white."""
    grey = Grey(picture)
    left, top = int((x - side / 2) * DOTS_PER_MM), int((y - side / 2) * DOTS_PER_MM)
    dots = range(int(side * DOTS_PER_MM))
    whites = [grey.is_white(left + dx, top + dy) for dx in dots for dy in dots]
    return whites.count(False) / len(whites)


def boxes(picture: QImage) -> list[tuple[float, float]]:
    """The centres (mm) of the 8 mm boxes, ticked or not, found by three of their edges."""
    grey, side = Grey(picture), 8 * DOTS_PER_MM
    found = [
        ((x + side / 2) / DOTS_PER_MM, (y + side / 2) / DOTS_PER_MM)
        for y in range(grey.height - side - 3)
        for x in range(2, grey.width - side - 3)
        if grey.is_dark(x, y) and is_corner(grey, x, y, side)
    ]
    return merged(found)


def is_corner(grey: Grey, x: int, y: int, side: int) -> bool:
    steps = range(0, side, 2)
    return all(
        grey.is_dark(x + at, y) and grey.is_dark(x, y + at, 1) and grey.is_dark(x + side, y + at, 2)
        for at in steps
    )


def merged(found: list[tuple[float, float]]) -> list[tuple[float, float]]:
    kept: list[tuple[float, float]] = []
    for x, y in found:
        if not any(abs(x - a) < 4 and abs(y - b) < 4 for a, b in kept):
            kept.append((x, y))
    return kept


def test_one_citizen_is_one_upright_page_with_a_large_box_for_each_word(
    printed: Printed, night: AdmissionView, language: str
) -> None:
    pictures, texts = printed(night)
    (picture,) = pictures
    assert size(picture) == A4
    found = boxes(picture)
    assert len(found) == 11 * 3
    ticked = [place for place in found if ink(picture, *place, 6.5) > 0.05]
    assert len(ticked) == night.row.done == 7
    words = {"da": ("Mangler", "Underskrift"), "en": ("Missing", "Signature")}[language]
    said = " ".join(texts[0].split())
    assert all(word in said for word in words)
    for written in ("Aage Lindqvist", "Ligger på natbordet", "skal altid medbringes"):
        assert written in said


def test_an_empty_one_has_room_for_a_name_and_nobodys_ticks(printed: Printed) -> None:
    pictures, texts = printed()
    assert len(pictures) == 1
    found = boxes(pictures[0])
    assert len(found) == 11 * 3
    assert all(ink(pictures[0], *place, 6.5) == 0 for place in found)
    assert "CPR-nummer" in texts[0]


def test_an_empty_one_with_a_name_shows_no_ticks(printed: Printed, night: AdmissionView) -> None:
    pictures, texts = printed(night, is_filled=False)
    assert "Aage Lindqvist" in texts[0]
    assert all(ink(pictures[0], *place, 6.5) == 0 for place in boxes(pictures[0]))


def test_a_round_is_a_lying_page_with_a_line_for_each_and_masked_numbers(
    printed: Printed, office: Office, language: str
) -> None:
    rows = office.desk.admissions.rows(0, 20)
    views = [office.desk.admissions.view(row.pathway_id) for row in rows]
    pictures, texts = printed(*views, is_round=True)
    assert len(pictures) == 3
    assert size(pictures[0]) == A4[::-1]
    assert len(boxes(pictures[0])) == 9 * 11
    said = "\n".join(texts)
    assert said.count("••••") == len(rows)
    assert "110436-0LM1" not in said
    assert {"da": "side 2 af 3", "en": "page 2 of 3"}[language] in texts[1]


def test_paper_is_white_in_the_dark_theme(
    printed: Printed, night: AdmissionView, qapp: QApplication
) -> None:
    theme.apply(qapp, theme.Choice.DARK)
    pictures, _ = printed(night)
    assert pictures[0].pixelColor(2, 2).name() == "#ffffff"
    assert len(boxes(pictures[0])) == 11 * 3


def test_long_words_are_made_smaller_and_stay_on_the_page(
    printed: Printed, night: AdmissionView
) -> None:
    name = "Karen-Margrethe Alexandra Wilhelmine " * 4
    citizen = msgspec.structs.replace(night.citizen, name=name.strip())
    pictures, texts = printed(msgspec.structs.replace(night, citizen=citizen))
    assert len(pictures) == 1
    assert len(boxes(pictures[0])) == 11 * 3
    assert texts[0].count("Wilhelmine") == 4


def test_the_dialog_offers_the_one_and_the_round(
    office: Office, blank: ChecklistView, night: AdmissionView, qtbot: object
) -> None:
    del qtbot
    admissions = office.desk.admissions
    dialog = PrintDialog(night, admissions.rows(0, 100), blank, admissions.view, office.desk.now())
    assert dialog.sheet.citizens == (night,)
    for code, count, is_round in (("nobody", 0, False), ("ward", 2, True), ("round", 21, True)):
        dialog.choose(code)
        assert (len(dialog.sheet.citizens), dialog.sheet.is_round) == (count, is_round), code
    dialog.deleteLater()
