"""The checklist as a Word file: on one page, for a pen or filled in, as others read it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from docx.oxml.ns import qn

from tests.app.pathway_views import NAMES, SJAELLAND
from tests.domain.test_pathway import Journal
from tests.export.cases import NOW, RUTH, admitted
from tests.export.reading import accessibility_faults, opened, texts
from visitator.domain.admission import admission
from visitator.domain.entries import NoteKind
from visitator.export.checklist import Patient, checklist_document
from visitator.export.errors import FileNameError, FileThereError, FolderGoneError
from visitator.export.saving import save_checklist
from visitator.export.word import load_template
from visitator.resources import load_checklist, resource_folder

CHECKLIST = load_checklist(SJAELLAND)
UPRIGHT, LYING = (210, 297), (297, 210)
LONG_NOTE = "Ligger på natbordet i soveværelset, datteren har lovet at køre derned i aften. "


def patient(journal: Journal | None = None, **of_citizen: Any) -> Patient:
    found = admission((journal or admitted()).now())
    assert found is not None
    return Patient(citizen=msgspec.structs.replace(RUTH, **of_citizen), admission=found)


def document(*patients: Patient, is_filled: bool = True, is_round: bool = False) -> bytes:
    assert CHECKLIST is not None
    return checklist_document(
        CHECKLIST,
        patients,
        load_template(NoteKind.ADMISSION, [resource_folder("templates")]),
        names=NAMES,
        printed=NOW,
        is_filled=is_filled,
        is_round=is_round,
    )


def rows(data: bytes) -> list[list[str]]:
    (table,) = opened(data).tables
    return [[cell.text for cell in row.cells] for row in table.rows]


EVERY: dict[str, Callable[[], bytes]] = {
    "nobody": document,
    "filled": lambda: document(patient()),
    "empty": lambda: document(patient(), is_filled=False),
    "round": lambda: document(*(patient() for _ in range(8)), is_round=True),
}


def test_one_citizen_has_a_box_for_each_word_and_what_was_said() -> None:
    data = document(patient())
    header, *lines = rows(data)
    assert header == ["Genstand", "Medbragt", "Ikke relevant", "Mangler", "Notat"]
    assert len(lines) == 11
    said = {line[0]: line[1:] for line in lines}
    assert said["Briller"] == ["☑", "☐", "☐", "Bo Krog, 02-02-2026 kl. 08.03"]
    missing = "Ligger på natbordet\nBo Krog, 02-02-2026 kl. 08.03"
    assert said["Høreapparat"] == ["☐", "☐", "☑", missing]
    assert said["Dosisdispensering"][:3] == ["☐", "☑", "☐"]
    always = "Særlig medicin (fx inhalationsmedicin)\nskal altid medbringes"
    assert said[always] == ["☐", "☐", "☐", ""]
    page = "\n".join(texts(data))
    for words in (
        "Medbragt ved indlæggelsen",
        "Ruth Testesen",
        "251248-9996 · indlagt 02-02-2026 kl. 07.30",
        "Prøve Sygehus, Medicinsk Afdeling, Afsnit M2",
        "til stede: Tove Prøve, social- og sundhedshjælper",
        "Underskrift",
    ):
        assert words in page


def test_an_empty_one_with_a_name_says_nothing_of_what_was_said() -> None:
    data = document(patient(), is_filled=False)
    assert all(line[1:] == ["☐", "☐", "☐", ""] for line in rows(data)[1:])
    page = "\n".join(texts(data))
    assert "Ruth Testesen" in page
    assert "Tove Prøve" not in page


def test_one_for_nobody_has_room_for_a_name() -> None:
    page = "\n".join(texts(document()))
    assert all(label in page for label in ("Navn", "CPR-nummer", "Afdeling", "Indlagt"))
    assert "ikke oplyst" not in page


def test_a_round_has_a_line_for_each_with_masked_numbers() -> None:
    unknown = patient(given_name=None, surname=None, cpr=None)
    data = document(patient(), unknown, is_round=True)
    header, ruth, nobody = rows(data)
    assert header[0] == "Borger"
    assert ruth[0].startswith("Ruth Testesen\n251248-•••• · Prøve Sygehus")
    assert nobody[0].startswith("Navn ikke oplyst\nCPR-nummer ikke oplyst")
    marks = dict(zip(header, ruth, strict=True))
    assert (marks["Briller"], marks["Høreapparat"], marks["Dosisdispensering"]) == ("☑", "M", "–")
    assert marks["Mobiltelefon og oplader"] == "☐"
    assert "9996" not in "\n".join(texts(data))


@pytest.mark.parametrize("which", EVERY)
def test_it_is_real_word_that_can_be_read_aloud(which: str) -> None:
    data = EVERY[which]()
    assert accessibility_faults(data) == []
    found = opened(data)
    assert found.paragraphs[0].style is not None
    assert found.paragraphs[0].style.name == "Title"
    section = found.sections[0]
    assert section.page_width
    assert section.page_height
    size = (round(section.page_width.mm), round(section.page_height.mm))
    assert size == (LYING if which == "round" else UPRIGHT)
    properties = found.core_properties
    assert (properties.title, properties.author) == ("Medbragt ved indlæggelsen", "")
    assert properties.language == "da-DK"


def test_the_boxes_are_large() -> None:
    (table,) = opened(document(patient())).tables
    (run,) = table.rows[1].cells[1].paragraphs[0].runs
    assert run.font.size is not None
    assert run.font.size.pt >= 22


def test_nothing_of_the_notes_template_is_left() -> None:
    data = document(patient())
    assert "{{" not in "\n".join(texts(data))
    section = opened(data).sections[0]
    assert "".join(each.text for each in section.header.paragraphs) == ""
    footer = section.footer._element
    said = "".join(text.text or "" for text in footer.iter(qn("w:t")))
    assert said.startswith("Pjecen Sundhedsaftalen i Region Sjælland, nov. 2025, Indlæggelsen")
    assert "udskrevet 05-02-2026" in said


# --- on paper


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """The text of each page of every sheet, as LibreOffice lays it out."""
    if shutil.which("soffice") is None or shutil.which("pdftotext") is None:
        pytest.skip("LibreOffice or pdftotext is not installed")
    folder = tmp_path_factory.mktemp("paper")
    long_name = " ".join(["Karen-Margrethe Alexandra"] * 4)
    sheets = {name: make() for name, make in EVERY.items()} | {
        "long": document(with_long_notes(patient(given_name=long_name))),
        "two": document(patient(), patient()),
        "many": document(*(patient() for _ in range(21)), is_round=True),
    }
    for name, data in sheets.items():
        (folder / f"{name}.docx").write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    files = [str(folder / f"{name}.docx") for name in sheets]
    convert = ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*convert, *files], check=True, capture_output=True, timeout=240)
    return {name: pages_of(folder / f"{name}.pdf") for name in sheets}


def with_long_notes(one: Patient) -> Patient:
    parts = {
        code: msgspec.structs.replace(tick, note=LONG_NOTE.strip())
        for code, tick in one.admission.parts.items()
    }
    found = msgspec.structs.replace(one.admission, parts=parts)
    return Patient(citizen=one.citizen, admission=found)


def pages_of(file: Path) -> list[str]:
    done = subprocess.run(
        ["pdftotext", "-layout", str(file), "-"],
        check=True,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    return done.stdout.split("\f")[:-1]


@pytest.mark.parametrize("name", [*EVERY, "long"])
def test_libreoffice_lays_it_out_on_exactly_one_page(
    name: str, paper: dict[str, list[str]]
) -> None:
    (page,) = paper[name]
    assert "side 1 af 1" in " ".join(page.split())
    assert page.count("☐") + page.count("☑") >= 33


def test_each_of_several_citizens_has_a_page(paper: dict[str, list[str]]) -> None:
    assert [page.count("Ruth Testesen") for page in paper["two"]] == [1, 1]


def test_a_long_round_goes_on_with_its_header(paper: dict[str, list[str]]) -> None:
    pages = paper["many"]
    assert sum(page.count("Ruth Testesen") for page in pages) == 21
    assert 2 <= len(pages) <= 3
    assert all("Borger" in page for page in pages)


# --- saved


def test_a_checklist_is_saved_whole_under_the_name_that_was_chosen(tmp_path: Path) -> None:
    file = tmp_path / "2026-02-05_tjekliste.docx"
    save_checklist(b"one", file, (), replace=False)
    with pytest.raises(FileThereError, match="ikke erstattet"):
        save_checklist(b"two", file, (), replace=False)
    assert file.read_bytes() == b"one"
    save_checklist(b"two", file, (), replace=True)
    assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir()] == [(file.name, b"two")]


@pytest.mark.parametrize(
    "name", ["tjekliste 251248-9996", "Ruth", "tjekliste_testesen", "a2512489996"]
)
def test_a_name_that_tells_who_it_is_about_is_refused(name: str, tmp_path: Path) -> None:
    personal = ("2512489996", "Ruth", "Testesen")
    with pytest.raises(FileNameError, match="borgers navn"):
        save_checklist(b"", tmp_path / f"{name}.docx", personal, replace=True)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_gone_is_told_about_the_checklist(tmp_path: Path) -> None:
    file = tmp_path / "Væk" / "tjekliste.docx"
    with pytest.raises(FolderGoneError) as told:
        save_checklist(b"", file, (), replace=True)
    assert str(told.value) == "Kan ikke finde mappen Væk. Filen er ikke gemt."
