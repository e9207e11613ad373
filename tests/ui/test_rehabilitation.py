"""Rehabilitation at the screen: the list, the steps at one press, and from file to started."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QDate
from PySide6.QtWidgets import (
    QApplication,
    QDateEdit,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
)
from pytestqt.qtbot import QtBot

from tests.app.town import Seat, Town
from tests.gateway.mailbox import AKSEL, EPISODE, admission, discharge, written
from tests.gateway.test_rehabilitations import gop
from tests.ui.conftest import lines
from tests.ui.screen import Screen
from tests.ui.screens import in_front
from ui.admission.dialogs import SayDialog
from ui.navigation import NavigationItem, Place
from ui.note.dialog import WordNoteDialog
from ui.rehabilitation.dialogs import DateDialog, StepDialog
from ui.rehabilitation.page import RehabilitationPage
from visitator.app.note_views import NoteWish
from visitator.app.rehabilitation_steps import StepDraft
from visitator.app.views import Link, Point
from visitator.domain.deadlines import COPENHAGEN
from visitator.domain.messages import RehabilitationPlan
from visitator.domain.moment import Moment
from visitator.domain.terms import Role
from visitator.domain.text import RichText

FRIDAY = dt.datetime(2030, 3, 8, 12, tzinfo=COPENHAGEN)


@pytest.fixture
def town(town: Town) -> Town:
    town.now = FRIDAY.astimezone(dt.UTC)
    return town


def training(screen: Screen) -> RehabilitationPage:
    """The page of rehabilitation, in front."""
    screen.workplace.show_target(Place.REHABILITATION)
    return screen.workplace.training


def opened(
    screen: Screen, qtbot: QtBot, *plans: RehabilitationPlan
) -> tuple[RehabilitationPage, str]:
    """The page with the first of these plans chosen."""
    found = [screen.town.sends(each) for each in plans or [gop()]]
    page = training(screen)
    screen.until(lambda: all(screen.seat.desk.rehabilitations.row(each) for each in found))
    page.refresh()
    page.open_course(found[0])
    screen.until(lambda: page.pathway_id == found[0])
    return page, found[0]


def press(page: RehabilitationPage, qtbot: QtBot, text: str) -> None:
    """Press the one button that says so, once it is there."""

    def found() -> list[QPushButton]:
        buttons = page.pane.findChildren(QPushButton)
        return [
            each
            for each in buttons
            if each.isVisible() and text in {each.text(), each.accessibleName()}
        ]

    qtbot.waitUntil(lambda: len(found()) == 1)
    found()[0].click()


def said(page: RehabilitationPage) -> str:
    """Everything the course says."""
    labels = page.pane.findChildren(QLabel)
    return "\n".join(each.text() for each in labels if each.isVisible() and each.text())


def says(page: RehabilitationPage, words: str) -> bool:
    return words in said(page)


def stands_first(page: RehabilitationPage, words: str) -> bool:
    return lines(page.list)[:1] == [words]


def dialog_of(kind: type[StepDialog] | type[DateDialog]) -> StepDialog | DateDialog:
    found = in_front()
    assert isinstance(found, kind)
    return found


def take(page: RehabilitationPage, qtbot: QtBot, text: str, choice: str = "") -> None:
    """Take a step the way a person does: one press, a choice where there is one, and Gem."""
    press(page, qtbot, text)
    dialog = dialog_of(StepDialog)
    if choice:
        radios = {each.text(): each for each in dialog.findChildren(QRadioButton)}
        assert not dialog.do.isEnabled()
        radios[choice].setChecked(True)
    dialog.do.click()
    qtbot.waitUntil(lambda: in_front() is None)


def test_the_list_says_who_waits_for_whom_the_first_to_start_first(
    screen: Screen, qtbot: QtBot
) -> None:
    screen.town.sends(admission())
    page, _ = opened(
        screen,
        qtbot,
        gop(AKSEL, number=1, contact_expected_end=Moment(dt.date(2030, 2, 28))),
        gop(number=2, episode=EPISODE),
        gop(AKSEL, number=3, episode="b", level_text="specialiseret"),
    )
    assert lines(page.list) == [
        "Seneste opstart overskredet, 1",
        "Karen-Margrethe Østerby Vind, 250947-••••, 1 dag over, Modtaget,"
        " planen kom efter fristen, ventet udskrevet 28/2, Almen, niveau ikke fastsat,"
        " Ikke tildelt",
        "Venter på sygehusets udskrivelsesdato, 1",
        "Karen-Margrethe Østerby Vind, 251248-••••, om 7 dage, Modtaget, stadig indlagt,"
        " udskrives i dag, Almen, niveau ikke fastsat, Ikke tildelt",
        "Varetages af sygehus eller region, 1",
        "Karen-Margrethe Østerby Vind, 250947-••••, Modtaget, befordring mangler,"
        " sygehuset træner, udskrives i dag, Specialiseret genoptræning, Ikke tildelt",
    ]


def test_from_the_drop_folder_to_started_on_two_machines_one_of_them_offline(
    town: Town, show: Callable[[Seat], Screen], qtbot: QtBot
) -> None:
    first, second = show(town.seat("AHN")), show(town.seat("BKR"))
    outside = town.folder / "uden-for"
    outside.write_bytes(written(gop()))
    outside.replace(town.folder / "post" / "ind" / "gop.xml")
    town.gateway.tick()
    pages = training(first), training(second)
    for screen, page in zip((first, second), pages, strict=True):
        courses = screen.seat.desk.rehabilitations
        first.until(lambda courses=courses: courses.rows(0, 10))  # type: ignore[misc]
        (row,) = courses.rows(0, 10)
        page.refresh()
        page.open_course(row.pathway_id)
        first.until(lambda page=page: "Seneste opstart" in said(page))  # type: ignore[misc]
    second.seat.wire.is_cut = True
    second.seat.desk.retry_now()
    first.until(lambda: second.seat.desk.standing().link is Link.OFFLINE)
    take(pages[0], qtbot, "Borger kontaktet: Registrér …")
    take(pages[0], qtbot, "Frit valg oplyst: Registrér …", "Telefonisk")
    take(pages[1], qtbot, "Tilbud valgt: Registrér …", "Kommunens eget tilbud")
    first.until(lambda: "Kommunens eget tilbud" in said(pages[1]))
    assert "venter på at blive sendt" in said(pages[1])
    assert "Telefonisk" not in said(pages[1])
    second.seat.wire.is_cut = False
    second.seat.desk.retry_now()
    first.until(lambda: "Kommunens eget tilbud" in said(pages[0]))
    first.until(lambda: "Telefonisk" in said(pages[1]))
    take(pages[0], qtbot, "Genoptræning startet: Registrér …")
    for page in pages:
        first.until(partial(says, page, "Genoptræning startet\ni dag"))
        first.until(partial(stands_first, page, "Startet, 1"))
    assert taken(first) == taken(second)
    assert {label for label, _ in taken(first)} == {
        "Borger kontaktet",
        "Frit valg oplyst",
        "Tilbud valgt",
        "Genoptræning startet",
    }


def taken(screen: Screen) -> list[tuple[str, str]]:
    """The steps of the only course, in order, as one desk has them."""
    courses = screen.seat.desk.rehabilitations
    (row,) = courses.rows(0, 10)
    view = courses.view(row.pathway_id)
    assert view is not None
    return [(each.label, each.chosen) for each in view.taken]


def test_a_plan_in_the_inbox_says_when_to_start_and_leads_to_its_steps(screen: Screen) -> None:
    pathway = screen.open(gop())
    workplace = screen.workplace
    assert lines(workplace.list) == [
        "Genoptræning – opstart senest, 1",
        "Karen-Margrethe Østerby Vind, 251248-••••, fre 15/3, GOP, almen genoptræning,"
        " udskrives i dag, Nordfjordens Sygehus, Ortopædkirurgisk Afdeling, O3, i dag 12.00,"
        " Ikke tildelt",
    ]
    screen.sees("Seneste opstart fre 15/3 · om 7 dage", workplace.plan)
    screen.sees("indtil nogen tager det første trin", workplace.reply)
    screen.click("Gå til genoptræningen", workplace.reply)
    screen.until(lambda: workplace.training.pathway_id == pathway)
    assert workplace.place is Place.REHABILITATION


def test_a_step_that_cannot_be_kept_says_so_and_keeps_what_was_written(
    screen: Screen, qtbot: QtBot
) -> None:
    page, _ = opened(screen, qtbot, gop(level_text="specialiseret"))
    press(page, qtbot, "Statusnotat til kontrol: Registrér …")
    dialog = dialog_of(StepDialog)
    dialog.do.click()
    screen.until(lambda: any("Skriv statusnotatet" in e.text() for e in _labels(dialog)))
    assert dialog.isVisible()
    dialog.reject()


def test_esc_asks_before_a_note_that_was_written_is_thrown_away(
    screen: Screen, qtbot: QtBot
) -> None:
    page, _ = opened(screen, qtbot)
    press(page, qtbot, "Statusnotat til kontrol: Registrér …")
    screen.dialog(StepDialog)
    screen.press("Esc")
    assert not screen.has_dialog

    press(page, qtbot, "Statusnotat til kontrol: Registrér …")
    dialog = screen.dialog(StepDialog)
    screen.write("Går 50 meter.")
    asked = screen.answer_box("Annuller")
    screen.press("Esc")
    assert asked == ["Det, du har skrevet, er ikke gemt. Skal det kasseres?"]
    assert dialog.isVisible()
    assert screen.field(dialog).toPlainText() == "Går 50 meter."

    screen.answer_box("Kassér")
    dialog.close()
    assert not screen.has_dialog
    assert says(page, "Statusnotat til kontrol")


def test_a_step_that_was_taken_is_not_asked_about(screen: Screen, qtbot: QtBot) -> None:
    page, _ = opened(screen, qtbot)
    press(page, qtbot, "Statusnotat til kontrol: Registrér …")
    screen.dialog(StepDialog)
    screen.write("Går 50 meter.")
    screen.press("Enter", ctrl=True)
    screen.until(lambda: says(page, "Går 50 meter."))
    screen.until(lambda: not screen.has_dialog)


def test_a_question_to_the_hospital_is_asked_about_too(screen: Screen, qtbot: QtBot) -> None:
    page, _ = opened(screen, qtbot)
    press(page, qtbot, "Spørg sygehuset …")
    screen.dialog(SayDialog)
    screen.write("Må hun støtte?")
    asked = screen.answer_box("Kassér")
    screen.press("Esc")
    assert asked
    assert not screen.has_dialog


def _labels(dialog: StepDialog | DateDialog) -> list[QLabel]:
    return [each for each in dialog.findChildren(QLabel) if each.isVisible()]


def test_a_step_is_taken_back_at_one_press(screen: Screen, qtbot: QtBot) -> None:
    page, _ = opened(screen, qtbot)
    take(page, qtbot, "Borger kontaktet: Registrér …")
    screen.until(lambda: "Borger kontaktet\ni dag" in said(page))
    press(page, qtbot, "Fortryd")
    screen.until(lambda: "i dag · fortrudt" in said(page))


def test_a_manager_reads_a_course_and_is_offered_no_step(
    town: Town, show: Callable[[Seat], Screen], qtbot: QtBot
) -> None:
    seat = town.seat("LED", role=Role.MANAGER)
    seat.until(lambda: not seat.desk.office().may_write)
    page, _ = opened(show(seat), qtbot, gop(start_deadline_text=RichText("Opstart senest 20/3")))
    assert "Læst i planen" not in said(page)
    buttons = [each for each in page.pane.findChildren(QPushButton) if each.isVisible()]
    assert [each.text() for each in buttons] == ["Vis forløbet"]


@pytest.mark.usefixtures("english")
def test_a_step_says_in_the_chosen_language_for_when_it_was_agreed(
    screen: Screen, qtbot: QtBot
) -> None:
    page, pathway = opened(screen, qtbot)
    courses, today = screen.seat.desk.rehabilitations, screen.seat.desk.now().date()
    agreed = Point(date=dt.date(2030, 3, 12), time=dt.time(9, 30))
    courses.take(pathway, StepDraft(code="agreed", day=today, point=agreed)).result()
    screen.until(lambda: says(page, "today · Tue 12/3 at 09.30"))
    until = Point(date=dt.date(2030, 3, 20))
    postponed = StepDraft(code="postponed", day=today, choice="capacity", point=until)
    courses.take(pathway, postponed).result()
    screen.until(lambda: says(page, "today · Capacity, expected Wed 20/3"))


def test_a_date_of_the_text_counts_when_a_person_has_confirmed_it(
    screen: Screen, qtbot: QtBot
) -> None:
    text = RichText("Opstart senest 20. marts")
    page, _ = opened(screen, qtbot, gop(start_deadline_text=text))
    assert "om 7 dage" in lines(page.list)[1]
    press(page, qtbot, "Læst «20. marts»: Planen angiver start senest on 20/3?")
    dialog = dialog_of(DateDialog)
    (field,) = dialog.findChildren(QDateEdit)
    assert field.date() == QDate(2030, 3, 20)
    dialog.do.click()
    screen.until(lambda: "om 12 dage" in lines(page.list)[1])
    press(page, qtbot, "Fjern datoen")
    screen.until(lambda: "om 7 dage" in lines(page.list)[1])


def test_the_list_is_chosen_by_level_and_step(screen: Screen, qtbot: QtBot) -> None:
    page, _ = opened(screen, qtbot, gop(), gop(AKSEL, number=2, level_text="specialiseret"))
    press(page, qtbot, "Avanceret niveau")
    screen.until(lambda: any("avanceret" in each for each in lines(page.list)))
    page.levels.setCurrentIndex(page.levels.findText("Specialiseret genoptræning"))
    assert [each.split(",")[0] for each in lines(page.list)] == [
        "Varetages af sygehus eller region",
        "Karen-Margrethe Østerby Vind",
    ]
    page.states.setCurrentIndex(page.states.findText("Startet"))
    assert lines(page.list) == []


def test_the_navigation_counts_what_waits_for_us(screen: Screen, qtbot: QtBot) -> None:
    opened(screen, qtbot, gop(), gop(AKSEL, number=2, level_text="specialiseret"))
    items = screen.workplace.navigation.findChildren(NavigationItem)
    assert "Genoptræning, 1 forløb" in [each.accessibleName() for each in items]


def test_the_spreadsheet_holds_what_the_list_shows(
    screen: Screen, qtbot: QtBot, tmp_path: Path
) -> None:
    page, _ = opened(screen, qtbot, gop(), gop(AKSEL, number=2, level_text="specialiseret"))
    page.levels.setCurrentIndex(page.levels.findText("Specialiseret genoptræning"))
    path = tmp_path / "liste.xlsx"
    with qtbot.waitSignal(page.told) as told:
        page.save_to(path)
    assert told.args == ["1 planer er gemt som regneark."]
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert sheet.max_row == 2


def test_a_closing_note_is_not_sent_and_says_so_and_is_copied_at_one_press(
    screen: Screen, qtbot: QtBot
) -> None:
    page, pathway = opened(screen, qtbot)
    press(page, qtbot, "Genoptræning afsluttet: Registrér …")
    dialog = dialog_of(StepDialog)
    assert any("Teksten sendes ikke herfra." in each.text() for each in _labels(dialog))
    dialog.do.click()
    page._ended.setChecked(True)
    screen.until(lambda: "Genoptræning afsluttet\ni dag" in said(page))
    assert "Ikke sendt herfra. Står i Word-notatet." in said(page)
    press(page, qtbot, "Kopiér teksten")
    text = QApplication.clipboard().text()
    assert text.startswith("Genoptræning efter genoptræningsplan")
    with qtbot.waitSignal(page.word_wanted):
        press(page, qtbot, "Word-notat …")
    screen.until(lambda: in_front() is not None)
    note = in_front()
    assert isinstance(note, WordNoteDialog)
    note.close()
    screen.seat.send()
    assert screen.town.fetches() == []
    wish = NoteWish(kind="rehabilitation", case_number="7", purpose="Journalføring")
    assert text.split("\n")[0] in screen.seat.desk.notes.text(pathway, wish).result()


def test_a_status_note_of_one_line_is_copied_too(screen: Screen, qtbot: QtBot) -> None:
    page, _ = opened(screen, qtbot)
    press(page, qtbot, "Statusnotat til kontrol: Registrér …")
    dialog = dialog_of(StepDialog)
    (field,) = (each for each in dialog.findChildren(QPlainTextEdit) if each.isVisible())
    field.setPlainText("Går 50 meter med rollator.")
    dialog.do.click()
    screen.until(lambda: "Ikke sendt herfra." in said(page))
    press(page, qtbot, "Kopiér teksten")
    assert QApplication.clipboard().text() == "Går 50 meter med rollator."


def test_an_answer_the_hospital_has_not_given_in_time_is_said_to_be_late(
    screen: Screen, qtbot: QtBot
) -> None:
    """8 March 2030 is a Friday, so the answer is due on Monday."""
    page, pathway = opened(screen, qtbot)
    screen.seat.desk.rehabilitations.ask(pathway, "Må hun støtte på benet?").result()
    screen.until(lambda: says(page, "Sygehuset er spurgt og svarer senest ma 11/3."))
    screen.town.later(days=4)
    page.refresh()
    screen.until(lambda: says(page, "Sygehuset er spurgt og skulle have svaret senest ma 11/3."))


@pytest.mark.parametrize("word", ["specialiseret", "rehabilitering"])
def test_a_level_that_the_hospital_set_is_not_ours_to_set(
    screen: Screen, qtbot: QtBot, word: str
) -> None:
    page, _ = opened(screen, qtbot, gop(level_text=word))
    buttons = [each for each in page.pane.findChildren(QPushButton) if each.isVisible()]
    assert "Basalt niveau" not in {each.text() for each in buttons}
    assert f"Sygehusets type: {word}" in said(page)


def test_the_discharge_of_the_stay_sets_the_days_running(screen: Screen, qtbot: QtBot) -> None:
    screen.town.sends(admission())
    page, _ = opened(screen, qtbot, gop(episode=EPISODE, contact_expected_end=None))
    assert "Udskrivelsesdatoen mangler i planen." in said(page)
    assert lines(page.list)[0] == "Venter på sygehusets udskrivelsesdato, 1"
    screen.town.sends(discharge())
    screen.until(lambda: lines(page.list)[0] == "Venter på os, 1")
    screen.until(lambda: says(page, "Udskrivelse i dag · Udskrivningsadvis"))
