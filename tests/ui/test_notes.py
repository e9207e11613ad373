"""Case notes at the screen: fill in, look, save, copy, print, and many in one go."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QTableWidget,
    QTextBrowser,
    QWidget,
)

from tests.app.town import Seat, Town
from tests.export.reading import texts
from tests.gateway.mailbox import AKSEL, OTHER_EPISODE, admission, plan
from tests.gateway.test_rehabilitations import gop
from tests.ui.screen import Screen
from tests.ui.test_casework import more
from ui.navigation import Place
from ui.note import wording
from ui.note.dialog import WordNoteDialog
from ui.note.many import WordNotesDialog
from visitator.app.views import Box
from visitator.export.errors import PagesError
from visitator.export.pages import PageMaker

NAME = "2030-03-05_notat_2030-17.docx"


@pytest.fixture(autouse=True)
def no_pages(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Most tests look at the words: LibreOffice takes seconds, and is not everywhere."""
    if request.node.get_closest_marker("pages") is None:

        def none(*_: object) -> tuple[bytes, ...]:
            raise PagesError("Siderne kan ikke vises.")

        monkeypatch.setattr(PageMaker, "pages", none)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where whoever is asked for a folder says it is."""
    made = tmp_path / "Sager"
    made.mkdir()
    monkeypatch.setattr(wording, "ask_folder", lambda *_: str(made))
    return made


def opened(screen: Screen) -> WordNoteDialog:
    screen.press("w")
    dialog = screen.dialog(WordNoteDialog)
    screen.until(lambda: dialog.is_drawn and dialog.preview.preview)
    return dialog


def named(within: QWidget, name: str) -> QWidget:
    found = [each for each in within.findChildren(QWidget) if each.accessibleName() == name]
    assert found, name
    return found[0]


def put(within: QWidget, name: str, text: str) -> None:
    field = named(within, name)
    assert isinstance(field, QLineEdit | QPlainTextEdit)
    field.setFocus()
    field.selectAll()
    field.insert(text) if isinstance(field, QLineEdit) else field.insertPlainText(text)


def shown(dialog: WordNoteDialog) -> str:
    browser = dialog.findChild(QTextBrowser)
    assert isinstance(browser, QTextBrowser)
    return browser.toPlainText()


def refusing(number: int) -> Callable[..., None]:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return refuse


# --- one ----------------------------------------------------------------------------------------


def test_w_opens_a_note_about_the_citizen_shown_with_the_number_field_first(screen: Screen) -> None:
    screen.plan()
    dialog = opened(screen)
    screen.sees("Karen-Margrethe Østerby Vind, 251248-••••", dialog)
    assert QGuiApplication.focusObject() is named(dialog, "Sagsnummer")
    assert "Karen-Margrethe Østerby Vind" in shown(dialog)
    assert "251248-9996" in shown(dialog)
    assert not screen.button("Gem", dialog).isEnabled()
    screen.press("Esc")


def test_beside_an_admission_and_a_course_it_is_the_note_about_that(screen: Screen) -> None:
    pathway = screen.open(plan())
    screen.town.sends(admission())
    screen.town.sends(gop())
    screen.seat.desk.retry_now()
    screen.until(lambda: len(screen.seat.desk.notes.offer(pathway).kinds) == 3)  # type: ignore[union-attr]
    for place, kind in (
        (Place.ADMISSIONS, "Indlæggelse og medbragt"),
        (Place.REHABILITATION, "Træningsnotat (GOP)"),
        (Box.INBOX, "Visitationsnotat – udskrivelse"),
    ):
        screen.workplace.be_at(place, pathway)
        screen.until(lambda: screen.workplace.pathway_id == pathway)
        dialog = opened(screen)
        assert dialog.findChildren(QComboBox)[0].currentText() == kind
        dialog.reject()


def test_the_button_of_the_pathway_opens_it_too(screen: Screen) -> None:
    screen.plan()
    screen.click("Word-notat")
    screen.dialog(WordNoteDialog)
    screen.press("Esc")


def test_what_is_typed_stands_in_the_preview_and_is_kept_as_a_draft(screen: Screen) -> None:
    pathway = screen.plan()
    dialog = opened(screen)
    put(dialog, "Behov", "Støtte morgen og aften.")
    screen.until(lambda: "Støtte morgen og aften." in shown(dialog))
    screen.press("Esc")
    screen.until(lambda: screen.seat.desk.draft(pathway, "word"))
    screen.sees("Word-notat")
    screen.click("Fortsæt")
    again = screen.dialog(WordNoteDialog)
    field = named(again, "Behov")
    assert isinstance(field, QPlainTextEdit)
    assert field.toPlainText() == "Støtte morgen og aften."
    screen.press("Esc")


def test_without_cpr_and_signed_are_seen_at_once(screen: Screen) -> None:
    screen.plan()
    dialog = opened(screen)
    assert "Udkast" in shown(dialog)
    screen.button("Med CPR-nummer", dialog).click()
    screen.until(lambda: "251248-9996" not in shown(dialog))
    screen.button("Underskrives af Navn på AHN, visitator", dialog).click()
    screen.until(lambda: "Udkast" not in shown(dialog))
    screen.press("Esc")


def test_a_telephone_note_asks_for_no_assessment(screen: Screen) -> None:
    pathway = screen.plan()
    desk = screen.seat.desk
    desk.log_call(pathway, "Afsnit O3", desk.now(), "Nøglen er hos datteren.", False).result()
    dialog = opened(screen)
    assert named(dialog, "Behov").isVisible()
    kind = named(dialog, "Notat")
    assert isinstance(kind, QComboBox)
    kind.setCurrentText("Telefonnotat")
    assert not named(dialog, "Behov").isVisible()
    assert not screen.shows("Faglig vurdering", dialog)
    screen.until(lambda: "TELEFONNOTAT" in shown(dialog).upper().split("\n")[:3])
    assert "Nøglen er hos datteren." in shown(dialog)
    screen.press("Esc")


@pytest.mark.pages
def test_the_preview_is_the_pages_of_the_document(screen: Screen) -> None:
    if not PageMaker().is_there:
        pytest.skip("LibreOffice or poppler is not installed")
    screen.plan()
    screen.press("w")
    dialog = screen.dialog(WordNoteDialog)
    screen.until(lambda: dialog.preview.preview)
    assert dialog.preview.state.startswith("Sådan ser notatet ud: ")
    pages = named(dialog, "Forhåndsvisning")
    assert pages.isVisible()
    assert "Karen-Margrethe" in pages.accessibleDescription()
    picture = pages.grab().toImage()
    dark = sum(
        picture.pixelColor(x, y).lightness() < 100
        for x in range(0, picture.width(), 2)
        for y in range(0, picture.height(), 2)
    )
    assert dark > 100
    screen.press("Esc")


def test_where_the_pages_cannot_be_laid_out_it_is_said_and_the_words_are_shown(
    screen: Screen,
) -> None:
    screen.plan()
    dialog = opened(screen)
    assert dialog.preview.state == "Siderne kan ikke vises. Her står notatets tekst."
    assert not named(dialog, "Forhåndsvisning").isVisible()
    screen.press("Esc")


# --- saving it ----------------------------------------------------------------------------------


def test_saving_asks_for_a_folder_once_and_says_what_the_file_is_called(
    screen: Screen, folder: Path
) -> None:
    pathway = screen.plan()
    dialog = opened(screen)
    screen.sees("Ingen mappe valgt", dialog)
    put(dialog, "Sagsnummer", "2030-17")
    put(dialog, "Behov", "Støtte morgen og aften.")
    screen.button("Underskrives af Navn på AHN, visitator", dialog).click()
    screen.press("Enter", ctrl=True)
    screen.sees(f"{NAME} er gemt i mappen Sager.")
    assert not screen.has_dialog
    assert [each.name for each in folder.iterdir()] == [NAME]
    said = texts((folder / NAME).read_bytes())
    assert "Støtte morgen og aften." in said
    assert screen.seat.desk.draft(pathway, "word") is None
    screen.until(lambda: "Notat taget ud" in screen.workplace.side.page.toPlainText())

    again = opened(screen)
    screen.sees("Gemmes i mappen Sager", again)
    number = named(again, "Sagsnummer")
    assert isinstance(number, QLineEdit)
    assert number.text() == "2030-17"
    screen.press("Esc")


def test_a_file_that_lies_there_is_asked_about_and_left_or_replaced(
    screen: Screen, folder: Path
) -> None:
    (folder / NAME).write_bytes(b"et andet")
    screen.plan()
    dialog = opened(screen)
    put(dialog, "Sagsnummer", "2030-17")
    asked = screen.answer_box("Annuller")
    screen.press("Enter", ctrl=True)
    screen.until(lambda: asked and screen.button("Gem", dialog).isEnabled())
    assert NAME in asked[0]
    assert (folder / NAME).read_bytes() == b"et andet"
    screen.dialog(WordNoteDialog)
    screen.answer_box("Erstat")
    screen.press("Enter", ctrl=True)
    screen.until(lambda: not screen.has_dialog)
    assert (folder / NAME).read_bytes() != b"et andet"


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "Der er ikke plads på disken. Filen er ikke gemt."),
        (errno.EACCES, "Du har ikke lov til at gemme i mappen Sager. Vælg en anden mappe."),
    ],
)
def test_what_the_disk_says_no_to_is_a_sentence_in_the_dialog_and_nothing_typed_is_lost(
    number: int, said: str, screen: Screen, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pathway = screen.plan()
    dialog = opened(screen)
    put(dialog, "Sagsnummer", "2030-17")
    put(dialog, "Behov", "Støtte morgen og aften.")
    with monkeypatch.context() as broken:
        broken.setattr("visitator.export.saving.os.fsync", refusing(number))
        screen.press("Enter", ctrl=True)
        screen.sees(said, dialog)
    assert list(folder.iterdir()) == []
    kept = screen.seat.desk.draft(pathway, "word")
    assert kept is not None
    assert kept.fields == {"needs": "Støtte morgen og aften."}
    screen.press("Enter", ctrl=True)
    screen.until(lambda: not screen.has_dialog)
    assert "Støtte morgen og aften." in texts((folder / NAME).read_bytes())


def test_a_folder_that_is_gone_and_a_file_open_in_word_are_said(
    screen: Screen, folder: Path
) -> None:
    screen.plan()
    dialog = opened(screen)
    put(dialog, "Sagsnummer", "2030-17")
    (folder / f"~${NAME[2:]}").write_bytes(b"")
    screen.press("Enter", ctrl=True)
    screen.until(
        lambda: screen.shows(f"Filen {NAME} er åben i Word. Luk den, og prøv igen.", dialog)
    )
    (folder / f"~${NAME[2:]}").unlink()
    folder.rmdir()
    screen.press("Enter", ctrl=True)
    screen.sees("Kan ikke finde mappen Sager. Filen er ikke gemt.", dialog)
    screen.press("Esc")


def test_a_case_number_that_names_the_citizen_is_refused(screen: Screen, folder: Path) -> None:
    screen.plan()
    dialog = opened(screen)
    put(dialog, "Sagsnummer", "251248-9996")
    screen.press("Enter", ctrl=True)
    screen.until(
        lambda: screen.shows("Sagsnummeret må ikke indeholde borgerens CPR-nummer", dialog)
    )
    assert list(folder.iterdir()) == []
    screen.press("Esc")


def test_who_thinks_better_of_the_folder_saves_nothing(
    screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wording, "ask_folder", lambda *_: "")
    screen.plan()
    dialog = opened(screen)
    put(dialog, "Sagsnummer", "2030-17")
    screen.press("Enter", ctrl=True)
    assert screen.button("Gem", dialog).isEnabled()
    assert not [each for each in screen.seat.desk.waiting() if each.what == "Notat taget ud"]
    screen.press("Esc")


def test_a_wrong_template_is_said_where_the_note_would_be(
    town: Town, show: Callable[[Seat], Screen], tmp_path: Path
) -> None:
    own = tmp_path / "skabeloner"
    own.mkdir()
    (own / "notat.docx").write_bytes(b"ikke Word")
    screen = show(town.seat(note_templates=own))
    screen.plan()
    screen.press("w")
    dialog = screen.dialog(WordNoteDialog)
    screen.until(lambda: "notat.docx kan ikke bruges" in dialog.preview.state)
    screen.press("Esc")


# --- copying and printing -----------------------------------------------------------------------


def test_copied_text_can_be_pasted_and_the_dialog_says_so(screen: Screen) -> None:
    screen.plan()
    dialog = opened(screen)
    put(dialog, "Behov", "Støtte morgen og aften.")
    screen.click("Kopiér som tekst", dialog)
    screen.sees("Notatet er kopieret", dialog)
    assert "Støtte morgen og aften." in QGuiApplication.clipboard().text()
    screen.press("Esc")
    screen.until(lambda: "Kopieret som tekst" in screen.workplace.side.page.toPlainText())


@pytest.mark.pages
def test_a_printed_note_is_its_pages(
    screen: Screen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = tmp_path / "papir.pdf"

    def accept(dialog: QPrintDialog) -> int:
        dialog.printer().setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        dialog.printer().setOutputFileName(str(paper))
        return int(QDialog.DialogCode.Accepted)

    monkeypatch.setattr(QPrintDialog, "exec", accept)
    screen.plan()
    screen.press("w")
    dialog = screen.dialog(WordNoteDialog)
    screen.until(lambda: dialog.preview.preview)
    screen.click("Udskriv …", dialog)
    screen.sees("Notatet er sendt til printeren.", dialog)
    assert dialog.preview.preview is not None
    expected = max(1, len(dialog.preview.preview.pages))
    assert paper.read_bytes().count(b"/Type /Page\n") == expected
    screen.press("Esc")
    screen.until(lambda: "Sendt til printer" in screen.workplace.side.page.toPlainText())


def test_who_thinks_better_of_printing_prints_nothing(
    screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QPrintDialog, "exec", lambda _: int(QDialog.DialogCode.Rejected))
    screen.plan()
    dialog = opened(screen)
    screen.click("Udskriv …", dialog)
    screen.until(lambda: screen.button("Udskriv …", dialog).isEnabled())
    assert not screen.shows("sendt til printeren", dialog)
    screen.press("Esc")


# --- many ---------------------------------------------------------------------------------------


def many(screen: Screen, rows: int) -> WordNotesDialog:
    screen.front()
    more(screen, "Word-notater for flere forløb …")
    dialog = screen.dialog(WordNotesDialog)
    source = named(dialog, "Hvilke forløb")
    assert isinstance(source, QComboBox)
    source.setCurrentIndex(1)
    screen.until(lambda: table(dialog).rowCount() == rows)
    return dialog


def table(dialog: QWidget) -> QTableWidget:
    found = dialog.findChild(QTableWidget)
    assert isinstance(found, QTableWidget)
    return found


def column(dialog: QWidget, number: int) -> list[str]:
    rows = table(dialog)
    items = (rows.item(row, number) for row in range(rows.rowCount()))
    return [item.text() if item else "" for item in items]


def two_plans(screen: Screen) -> tuple[str, str]:
    first, second = screen.plan(), screen.town.sends(plan(AKSEL, OTHER_EPISODE))
    screen.seat.desk.retry_now()
    screen.until(lambda: screen.seat.desk.pathway(second))
    return first, second


def test_the_notes_of_a_list_are_saved_in_one_go(screen: Screen, folder: Path) -> None:
    two_plans(screen)
    dialog = many(screen, 2)
    screen.sees("0 af 2 valgt", dialog)
    assert not screen.button("Gem", dialog).isEnabled()
    for row in range(2):
        item = table(dialog).item(row, 2)
        assert item is not None
        item.setText(f"2030-{row}")
    screen.sees("2 af 2 valgt", dialog)
    screen.press("Enter", ctrl=True)
    screen.sees("2 notater er gemt.", dialog)
    assert column(dialog, 3) == ["Gemt", "Gemt"]
    assert sorted(each.name for each in folder.iterdir()) == [
        "2030-03-05_notat_2030-0.docx",
        "2030-03-05_notat_2030-1.docx",
    ]
    screen.sees("0 af 2 valgt", dialog)
    screen.press("Esc")


def test_the_day_offers_those_who_were_answered(screen: Screen) -> None:
    first, _ = two_plans(screen)
    screen.seat.reply(first)
    screen.front()
    screen.press("w", ctrl=True, shift=True)
    dialog = screen.dialog(WordNotesDialog)
    screen.until(lambda: table(dialog).rowCount() == 1)
    assert column(dialog, 0) == ["Karen-Margrethe Østerby Vind, 251248-••••"]
    screen.press("Esc")


def test_one_that_could_not_be_saved_says_why_in_its_row(screen: Screen, folder: Path) -> None:
    two_plans(screen)
    (folder / "2030-03-05_notat_2030-0.docx").write_bytes(b"et andet")
    dialog = many(screen, 2)
    for row in range(2):
        item = table(dialog).item(row, 2)
        assert item is not None
        item.setText(f"2030-{row}")
    screen.press("Enter", ctrl=True)
    screen.sees("1 blev ikke gemt: grunden står i listen.", dialog)
    first, second = column(dialog, 3)
    assert "ligger allerede en fil" in first
    assert second == "Gemt"
    ticked = table(dialog).item(0, 0)
    assert ticked is not None
    assert ticked.checkState() is Qt.CheckState.Checked
    screen.press("Esc")


def test_a_batch_is_stopped_by_its_button_and_says_how_far_it_came(
    screen: Screen, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import threading

    from visitator.app import notes as module

    two_plans(screen)
    dialog = many(screen, 2)
    for row in range(2):
        item = table(dialog).item(row, 2)
        assert item is not None
        item.setText(f"2030-{row}")
    may_go_on = threading.Event()
    real = module._log

    def log_and_wait(*args: object, **more: object) -> None:
        real(*args, **more)  # type: ignore[arg-type]
        assert may_go_on.wait(15)

    monkeypatch.setattr(module, "_log", log_and_wait)
    screen.press("Enter", ctrl=True)
    screen.until(lambda: screen.buttons("Stands", dialog))
    bar = dialog.findChild(QProgressBar)
    assert bar is not None
    assert (bar.maximum(), bar.isVisible()) == (2, True)
    assert not table(dialog).isEnabled()
    screen.until(lambda: list(folder.glob("*.docx")))
    screen.press("Esc")
    assert screen.has_dialog
    may_go_on.set()
    screen.until(
        lambda: screen.shows(
            "1 notat er gemt. Resten blev ikke skrevet, fordi du standsede.", dialog
        )
    )
    assert len(list(folder.iterdir())) == 1
    assert not bar.isVisible()
    screen.press("Esc")
    assert not screen.has_dialog


def test_when_there_are_more_than_can_be_written_it_is_said(
    screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("visitator.app.notes.MOST", 1)
    monkeypatch.setattr("ui.note.many.MOST", 1)
    two_plans(screen)
    dialog = many(screen, 1)
    screen.sees("0 af 1 valgt · kun de første 1 vises", dialog)
    screen.press("Esc")


def test_a_tick_without_a_case_number_is_counted_and_nothing_can_be_saved(screen: Screen) -> None:
    two_plans(screen)
    dialog = many(screen, 2)
    every = next(each for each in dialog.findChildren(QCheckBox) if each.text() == "Alle")
    every.click()
    said = [each.text() for each in dialog.findChildren(QLabel)]
    assert "2 af 2 valgt · 2 mangler sagsnummer" in said
    assert not screen.button("Gem", dialog).isEnabled()
    every.click()
    screen.sees("0 af 2 valgt", dialog)
    screen.press("Esc")
