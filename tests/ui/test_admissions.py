"""Indlæggelser at the screen: a file comes in and is counted down, is ticked, reported, printed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrintDialog, QPrinterInfo
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFileDialog,
    QLabel,
    QLineEdit,
    QRadioButton,
    QWidget,
)

from tests.app.town import Seat, Town, in_journal
from tests.export.reading import texts
from tests.gateway.mailbox import NANCY, admission, changed, discharge, plan, written
from tests.ui.conftest import lines
from tests.ui.screen import Screen
from ui import theme
from ui.admission.checklist import PartRow
from ui.admission.dialogs import EnterDialog, LeaveDialog, NameDialog, SayDialog
from ui.admission.page import AdmissionPage
from ui.admission.printing import PrintDialog
from ui.admission.segments import Segment
from ui.dialogs.assign import AssignDialog
from ui.navigation import Place
from ui.theme import Tone
from visitator.app.views import Transit
from visitator.domain.citizen import Citizen
from visitator.domain.deadlines import COPENHAGEN
from visitator.domain.entries import ChecklistExported, ChecklistTicked, NoteWay, Opened
from visitator.domain.messages import AdmissionNotification, ReceiptOutcome
from visitator.domain.moment import Moment
from visitator.domain.terms import Role
from visitator.gateway import intake
from visitator.store.errors import DiskFull

ALL_PARTS = 11
NAME = "Karen-Margrethe Vind"


def page_of(screen: Screen) -> AdmissionPage:
    return screen.workplace.admissions


def arrives(screen: Screen, message: AdmissionNotification | None = None) -> str:
    """A notification comes in and is shown; returns its pathway."""
    return shows(screen, screen.town.sends(admission() if message is None else message))


def shows(screen: Screen, pathway: str) -> str:
    screen.seat.desk.retry_now()
    screen.until(lambda: screen.seat.desk.admissions.view(pathway))
    screen.workplace.show_target(Place.ADMISSIONS)
    go_to(screen, pathway)
    screen.front()
    return pathway


def go_to(screen: Screen, pathway: str) -> None:
    page_of(screen).open_admission(pathway)
    screen.until(lambda: page_of(screen).pathway_id == pathway)


@pytest.fixture
def pathway(screen: Screen) -> str:
    return arrives(screen)


@pytest.fixture
def named(screen: Screen, pathway: str) -> str:
    """The same about a citizen whose name somebody has written."""
    screen.seat.desk.admissions.name_citizen(pathway, *NAME.split()).result()
    screen.sees(NAME, page_of(screen).pane)
    return pathway


def part(screen: Screen, label: str) -> PartRow:
    rows = page_of(screen).pane.findChildren(PartRow)
    return next(row for row in rows if any(label == text for text in screen.texts(row)))


def says(screen: Screen, label: str) -> str:
    """What is chosen of a part, and who said so."""
    row = part(screen, label)
    chosen = [each.text() for each in row.segments.findChildren(Segment) if each.isChecked()]
    said = [text for text in screen.texts(row) if "Navn" in text and "før" not in text]
    return " ".join([*chosen, *said])


def line(screen: Screen) -> str:
    """What the list says of the only admission."""
    rows = [said for said in lines(page_of(screen).list) if not re.search(r", \d+$", said)]
    assert len(rows) == 1, rows
    return rows[0]


# --- a file in, a countdown on screen (rules A and B) ---------------------------------------------


@pytest.mark.parametrize(
    ("received", "chip", "head"),
    [
        (dt.datetime(2026, 2, 2, 9, 15), "8 t", "suppleres inden kl. 17.15"),
        (dt.datetime(2026, 2, 2, 22, 59), "ti 06.59", "suppleres inden ti 3/2 kl. 06.59"),
        (dt.datetime(2026, 2, 2, 23, 0), "ti 10.00", "suppleres inden ti 3/2 kl. 10.00"),
        (dt.datetime(2026, 2, 3, 6, 59), "3 t 1 min", "suppleres inden kl. 10.00"),
    ],
)
def test_a_notification_is_counted_down(
    town: Town, show: Callable[[Seat], Screen], received: dt.datetime, chip: str, head: str
) -> None:
    town.now = received.replace(tzinfo=COPENHAGEN).astimezone(dt.UTC)
    screen = show(town.seat())
    arrives(screen)
    screen.until(lambda: chip in line(screen).split(", "))
    screen.sees(head, page_of(screen).pane)
    is_night = received.hour in (23, 6)
    assert ("nattevagt" in line(screen)) is is_night
    assert screen.shows("nattevagt", page_of(screen).pane) is is_night


def test_the_countdown_follows_the_clock_and_says_when_it_is_too_late(
    screen: Screen, pathway: str
) -> None:
    screen.until(lambda: "8 t" in line(screen))
    screen.town.later(hours=7, minutes=18)
    screen.window._count_down()
    page_of(screen).list.count_down()
    screen.until(lambda: "42 min" in line(screen))
    screen.sees("· 42 min", page_of(screen).pane)
    screen.town.later(hours=1)
    screen.window._count_down()
    page_of(screen).list.count_down()
    screen.until(lambda: "18 min over" in line(screen))
    screen.sees("frist overskredet · 18 min over", page_of(screen).pane)


def test_the_navigation_counts_who_is_in_hospital(screen: Screen, pathway: str) -> None:
    said = [each.accessibleName() for each in screen.buttons("Indlæggelser")]
    assert said == ["Indlæggelser, 1 forløb"]
    screen.town.sends(discharge())
    screen.seat.desk.retry_now()
    screen.until(lambda: screen.button("Indlæggelser").accessibleName() == "Indlæggelser, 0 forløb")
    assert lines(page_of(screen).list) == []
    screen.click("Også afsluttede", page_of(screen))
    screen.until(lambda: "Udskrevet" in line(screen))


def test_ctrl_2_goes_there_and_the_keys_of_the_inbox_answer_nothing(screen: Screen) -> None:
    plan_id = screen.plan()
    screen.press("2", ctrl=True)
    assert page_of(screen).isVisible()
    screen.press("1")
    screen.press("2")
    assert not screen.has_dialog
    assert screen.view(plan_id).last_reply is None


# --- the checklist ----------------------------------------------------------------------------


def test_the_checklist_is_ticked_with_the_keys_1_2_and_3(screen: Screen, pathway: str) -> None:
    screen.press("1")  # nothing has the focus yet: it goes to the first part, and says nothing
    assert page_of(screen).pane.checklist.current is part(screen, "Sundhedskort/billede-ID")
    for key in ("1", "2", "3"):
        screen.press(key)
    screen.sees("3 af 11")
    screen.until(lambda: says(screen, "Sundhedskort/billede-ID").startswith("Medbragt"))
    screen.until(lambda: says(screen, "Nøgler til hjemmet").startswith("Ikke relevant"))
    screen.until(lambda: says(screen, "Briller").startswith("Mangler Navn A."))
    assert page_of(screen).pane.checklist.current is part(screen, "Høreapparat")
    screen.press("Up")
    screen.press("3")  # pressed once more, what was said is taken back
    screen.sees("2 af 11")
    screen.until(lambda: says(screen, "Briller") == "")


def test_all_is_brought_at_one_key_and_what_was_said_stays(screen: Screen, pathway: str) -> None:
    screen.click("Mangler", part(screen, "Høreapparat"))
    screen.sees("1 af 11")
    screen.press("A")
    screen.sees("11 af 11")
    screen.until(lambda: says(screen, "Høreapparat").startswith("Mangler"))
    screen.until(lambda: says(screen, "Dosisdispensering").startswith("Medbragt"))
    screen.sees("10 punkter er markeret som medbragt.")


def test_special_medicine_is_said_to_be_brought_always(screen: Screen, pathway: str) -> None:
    always = [
        row.code
        for row in page_of(screen).pane.findChildren(PartRow)
        if screen.shows("skal altid medbringes", row)
    ]
    assert always == ["special_medicine"]


def test_a_note_says_where_a_missing_part_is_and_stays_when_it_is_ticked_again(
    screen: Screen, pathway: str
) -> None:
    screen.click("Mangler", part(screen, "Høreapparat"))
    screen.sees("1 af 11")
    screen.press("O")
    screen.dialog(SayDialog)
    screen.write("På natbordet")
    screen.press("Enter", ctrl=True)
    screen.until(lambda: "På natbordet" in says(screen, "Høreapparat"))
    assert not screen.has_dialog
    screen.click("Medbragt", part(screen, "Høreapparat"))
    screen.until(lambda: says(screen, "Høreapparat").startswith("Medbragt På natbordet"))


def test_two_tick_offline_at_two_desks_and_each_sees_what_the_other_said(
    town: Town, show: Callable[[Seat], Screen]
) -> None:
    town.admit("BKR", "PC-hjemme")  # works here already, so that the other desk knows the name
    one = show(town.seat("AHN"))
    pathway = arrives(one)
    two = show(town.seat("BKR"))
    shows(two, pathway)
    for screen in (one, two):
        screen.seat.wire.is_cut = True
    one.click("Medbragt", part(one, "Nøgler til hjemmet"))
    two.click("Mangler", part(two, "Nøgler til hjemmet"))
    two.click("Medbragt", part(two, "Briller"))
    one.until(lambda: says(one, "Nøgler til hjemmet").startswith("Medbragt Navn A."))
    assert "venter på at blive sendt" in says(one, "Nøgler til hjemmet")
    for screen in (one, two):
        screen.seat.wire.is_cut = False
        screen.seat.desk.retry_now()
        sent = screen.seat.desk.waiting
        screen.until(lambda sent=sent: not sent())  # type: ignore[misc]
    for screen in (one, two):
        screen.seat.desk.retry_now()
        keys_are = partial(says, screen, "Nøgler til hjemmet")
        screen.until(lambda said=keys_are: said().startswith("Mangler Navn B."))  # type: ignore[misc]
        keys = part(screen, "Nøgler til hjemmet")
        screen.until(partial(screen.shows, "før: Medbragt (Navn A.", keys))
        assert says(screen, "Briller").startswith("Medbragt Navn B.")
        screen.sees("2 af 11")


def test_who_was_present_is_said_once_and_makes_the_report_a_duty(
    screen: Screen, named: str
) -> None:
    screen.click("Ja …", page_of(screen))
    screen.dialog(SayDialog)
    screen.write("Sofie N., social- og sundhedsassistent")
    screen.press("Enter", ctrl=True)
    pane = page_of(screen).pane
    screen.sees("til stede: Sofie N., social- og sundhedsassistent", pane)
    screen.sees("Skal udfyldes og sendes", pane)
    assert screen.texts(pane.report).count("skal udfyldes") == 2
    assert not screen.buttons("Ikke nødvendig …", pane)


def test_what_is_missing_is_owned_until_it_is_closed(screen: Screen, pathway: str) -> None:
    screen.click("Mangler", part(screen, "Høreapparat"))
    card = page_of(screen).pane.follow_ups
    screen.sees("Ingen har taget den", card)
    screen.until(lambda: "1 mangler" in line(screen))
    screen.click("Tildel …", card)
    screen.dialog(AssignDialog)
    screen.press("Enter", ctrl=True)
    screen.sees("Ansvarlig: Navn på AHN", card)
    screen.click("Afslut opfølgning …", card)
    dialog = screen.dialog(SayDialog)
    field = dialog.findChild(QLineEdit)
    assert field is not None
    assert field.text() == "Høreapparat eftersendt"
    screen.press("Enter", ctrl=True)
    screen.sees("Høreapparat eftersendt · Navn A.", card)
    screen.until(lambda: "mangler" not in line(screen))


# --- the report ---------------------------------------------------------------------------------


def fill(screen: Screen, cause: str, prevention: str) -> None:
    """Write both texts as a person does: R, type, Tab, type."""
    screen.press("R")
    screen.write(cause)
    QTest.keyClick(QApplication.focusWidget() or screen.window, Qt.Key.Key_Tab)
    screen.write(prevention)


def reports_underway(screen: Screen) -> int:
    """In the outbox, beside what else has not come through yet."""
    return [each.what for each in screen.seat.desk.waiting()].count("Indlæggelsesrapport")


def test_a_report_is_sent_with_undo_and_comes_to_the_hospital(screen: Screen, named: str) -> None:
    screen.seat.desk.admissions.present(named, True, "Sofie N.").result()
    report = page_of(screen).pane.report
    screen.sees("Skal udfyldes og sendes", report)
    fill(screen, "Faldet i stuen.", "")
    screen.press("Enter", ctrl=True)  # one of the two is missing: nothing is sent
    screen.sees("«Evt. forebyggelsestiltag» mangler", report)
    assert reports_underway(screen) == 0
    screen.write("Akutsygeplejerske tilkaldt.")
    yes = next(each for each in report.findChildren(QRadioButton) if each.text() == "Ja")
    QTest.mouseClick(yes, Qt.MouseButton.LeftButton)
    screen.click("Send suppleret rapport", report)
    screen.until(screen.workplace.undo.isVisible)
    screen.sees("«Indlæggelsesrapport» om Karen-Margrethe Vind", screen.workplace.undo)
    screen.settle()
    (letter,) = screen.town.fetches()
    assert letter.subject == "Opdateret indlæggelsesrapport"
    assert "Faldet i stuen." in letter.text
    assert "Bekræftet af patienten: ja" in letter.text
    screen.seat.desk.retry_now()
    screen.sees("Sendt til tiden", report)
    screen.until(lambda: transit(screen, named) is Transit.RECEIVED)
    assert not screen.buttons("Send suppleret rapport", report)
    screen.until(lambda: "Dag 5" in line(screen))


def transit(screen: Screen, pathway: str) -> Transit | None:
    view = screen.seat.desk.admissions.view(pathway)
    sent = view.report.sent[-1].sent if view and view.report.sent else None
    return sent.transit if sent else None


def test_an_undone_report_stands_in_its_fields_again(screen: Screen, named: str) -> None:
    fill(screen, "Faldet i stuen.", "Ingen.")
    screen.press("Enter", ctrl=True)
    report = page_of(screen).pane.report
    screen.until(screen.workplace.undo.isVisible)
    screen.until(lambda: report.texts == {"cause": "", "prevention": ""})
    screen.press("Z", ctrl=True)
    screen.until(lambda: report.texts == {"cause": "Faldet i stuen.", "prevention": "Ingen."})
    assert screen.buttons("Send suppleret rapport", report)


def test_a_second_press_sends_no_second_report(screen: Screen, named: str) -> None:
    fill(screen, "Faldet i stuen.", "Ingen.")
    report = page_of(screen).pane.report
    for _ in range(2):
        QTest.keyClick(
            QApplication.focusWidget() or report,
            Qt.Key.Key_Return,
            Qt.KeyboardModifier.ControlModifier,
        )
    screen.until(screen.workplace.undo.isVisible)
    screen.until(lambda: not report.is_sending)
    assert reports_underway(screen) == 1


def test_what_is_typed_is_kept_when_another_admission_is_opened(screen: Screen, named: str) -> None:
    other = arrives(screen, admission(NANCY[:6] + "4916", "9" * 32))
    assert other != named
    go_to(screen, named)
    fill(screen, "Faldet i stuen.", "")
    go_to(screen, other)
    report = page_of(screen).pane.report
    assert report.texts["cause"] == ""
    screen.until(lambda: screen.seat.desk.draft(named, "admission_report") is not None)
    go_to(screen, named)
    assert report.texts["cause"] == "Faldet i stuen."


def test_the_text_is_copied_for_the_care_record_and_noted_as_sent_from_there(
    screen: Screen, pathway: str
) -> None:
    report = page_of(screen).pane.report
    screen.sees("Skriv borgerens navn først", report)
    fill(screen, "Faldet i stuen.", "Ingen.")
    assert not screen.button("Send suppleret rapport", report).isEnabled()
    screen.click("Kopiér teksten", report)
    copied = QGuiApplication.clipboard().text()
    assert copied == "Årsag til indlæggelse:\nFaldet i stuen.\n\nEvt. forebyggelsestiltag:\nIngen."
    screen.click("Sendt fra omsorgssystemet", report)
    screen.until(screen.workplace.undo.isVisible)
    screen.settle()
    screen.sees("Sendt til tiden", report)
    assert screen.town.fetches() == []


def test_a_report_that_was_refused_can_be_written_again_from_where_it_stands(
    screen: Screen, named: str
) -> None:
    fill(screen, "Faldet i stuen.", "Ingen.")
    screen.press("Enter", ctrl=True)
    screen.until(screen.workplace.undo.isVisible)
    screen.settle()
    screen.town.fetches(ReceiptOutcome.NEGATIVE, "Ukendt modtager")
    screen.seat.desk.retry_now()
    screen.until(lambda: "rapport ikke leveret" in line(screen))
    screen.sees("rapport ikke leveret", page_of(screen).pane)


def test_that_there_is_nothing_to_supplement_is_said_with_a_reason(
    screen: Screen, pathway: str
) -> None:
    report = page_of(screen).pane.report
    screen.click("Ikke nødvendig …", report)
    dialog = screen.dialog(SayDialog)
    assert not dialog.do.isEnabled()
    screen.write("Afdelingen er orienteret.")
    screen.press("Enter", ctrl=True)
    screen.sees("Ikke nødvendig: Afdelingen er orienteret.", report)
    screen.until(lambda: "Dag 5" in line(screen))


# --- the citizen --------------------------------------------------------------------------------


def test_a_name_is_written_where_only_the_number_has_come(screen: Screen, pathway: str) -> None:
    screen.until(lambda: line(screen).startswith("Navn ikke oplyst, 251248-••••"))
    screen.click("Skriv borgerens navn …", page_of(screen).pane.report)
    dialog = screen.dialog(NameDialog)
    given, surname = dialog.findChildren(QLineEdit)
    given.setText("Karen-Margrethe")
    surname.setText("Vind")
    screen.press("Enter", ctrl=True)
    screen.until(lambda: line(screen).startswith("Karen-Margrethe Vind, 251248-••••"))
    assert not screen.shows("Skriv borgerens navn først", page_of(screen).pane)


def test_a_citizen_is_entered_by_hand_and_a_wrong_number_loses_nothing(screen: Screen) -> None:
    screen.front()
    screen.press("N", ctrl=True)
    dialog = screen.dialog(EnterDialog)
    cpr, _given, surname, *_, ward = [
        field
        for field in dialog.findChildren(QLineEdit)
        if field.parent() is not None
        and type(field.parent()).__name__ not in ("QDateEdit", "QTimeEdit")
    ]
    cpr.setText("99124")
    surname.setText("Vind")
    ward.setText("Slagelse, Akutafdelingen")
    screen.press("Enter", ctrl=True)
    screen.sees("det format, MedCom foreskriver", dialog)
    assert surname.text() == "Vind"
    cpr.setText("251248-9996")
    screen.press("Enter", ctrl=True)
    screen.until(lambda: not screen.has_dialog)
    screen.until(lambda: "Vind" in line(screen))
    screen.until(lambda: "uden advis" in line(screen))
    screen.until(lambda: "Slagelse, Akutafdelingen" in line(screen))
    screen.until(lambda: "frist ikke oplyst" in line(screen))
    pane = page_of(screen).pane
    screen.sees("Intet sygehus har skrevet om borgeren", pane.report)


def test_leave_and_back_are_noted(screen: Screen, pathway: str) -> None:
    pane = page_of(screen).pane
    screen.click("På orlov …", pane)
    screen.dialog(LeaveDialog)
    screen.press("Enter", ctrl=True)
    screen.until(lambda: "på orlov" in line(screen))
    screen.click("Tilbage fra orlov …", pane)
    screen.dialog(LeaveDialog)
    screen.press("Enter", ctrl=True)
    screen.until(lambda: "på orlov" not in line(screen))
    screen.sees("tilbage fra orlov", pane)


def test_the_whole_pathway_is_one_press_away(screen: Screen, pathway: str) -> None:
    assert screen.town.sends(plan()) == pathway
    screen.seat.desk.retry_now()
    screen.until(lambda: "Østerby Vind" in line(screen))
    screen.click("Vis forløbet", page_of(screen).pane)
    assert screen.workplace.pathway_id == pathway
    assert screen.workplace.plan.isVisible()


# --- notifications that are not as they should be -------------------------------------------------

NO_EPISODE = (rb"<NotificationIdentifier>.*?</NotificationIdentifier>", b"")
NO_WARD = (rb"<OrganisationName>Nord.*?</UnitName>", b"")
REPLACEMENT = (
    rb"<CivilRegistrationNumber>.*?</CivilRegistrationNumber>",
    b"<AlternativeIdentifier>0203291WQ3</AlternativeIdentifier>",
)


@pytest.mark.parametrize(
    ("fault", "in_list", "on_page"),
    [
        (NO_EPISODE, "251248-••••", "uden forløbs-ID"),
        (NO_WARD, "afdeling ikke oplyst", "afdeling ikke oplyst"),
        (REPLACEMENT, "020329-••••", "erstatningsnummer 020329-1WQ3"),
    ],
)
def test_a_file_that_lacks_something_is_a_row_that_says_so(
    screen: Screen, fault: tuple[bytes, bytes], in_list: str, on_page: str
) -> None:
    data, times = re.subn(*fault, written(admission()), flags=re.DOTALL)
    assert times == 1
    town = screen.town
    received = intake.receive(town.gateway.database, data, transport="test", now=town.now)
    shows(screen, received.entries[0].pathway_id)
    screen.until(lambda: in_list in line(screen))
    screen.until(lambda: "8 t" in line(screen))
    screen.sees(on_page, page_of(screen).pane)


@pytest.mark.parametrize(
    ("changes", "says_so"),
    [
        ({"admitted": Moment(dt.date(2030, 4, 1), dt.time(9))}, "indlægges senere"),
        ({"citizen": Citizen(cpr=NANCY, stay_status="doed")}, "død"),
        ({"status_code": "annulleretbrev"}, "advis annulleret"),
    ],
)
def test_an_admission_ahead_a_death_and_a_cancellation_are_rows_that_say_so(
    screen: Screen, changes: dict[str, object], says_so: str
) -> None:
    arrives(screen, changed(admission(), **changes))
    screen.until(lambda: says_so in line(screen))
    screen.sees(says_so, page_of(screen).pane)
    assert not re.search(r"Dag \d", line(screen))


def test_a_correction_changes_the_row_and_both_stay_on_the_page(
    screen: Screen, pathway: str
) -> None:
    screen.town.later(hours=1)
    moment = Moment(dt.date(2030, 3, 2), dt.time(8))
    screen.town.sends(changed(admission(), status_code="rettetbrev", admitted=moment))
    screen.seat.desk.retry_now()
    screen.until(lambda: "advis rettet" in line(screen))
    pane = page_of(screen).pane
    screen.sees("Indlæggelsesadvis (nyt)", pane)
    screen.sees("Indlæggelsesadvis (rettelse)", pane)
    screen.until(lambda: "lø 2/3 08.00" in line(screen))
    screen.until(lambda: "7 t" in line(screen))


# --- care staff ---------------------------------------------------------------------------------


def test_care_staff_see_the_admissions_only_and_tick(
    town: Town, show: Callable[[Seat], Screen]
) -> None:
    pathway = town.sends(admission())
    seat = town.seat("PLE", role=Role.CARE_STAFF)
    seat.until(lambda: seat.desk.office().is_care_staff)
    screen = show(seat)
    shows(screen, pathway)
    page = page_of(screen)
    assert page.isVisible()
    assert [t for t in screen.texts(screen.workplace.navigation) if t] == ["Indlæggelser"]
    assert not screen.window.top.search.isVisible()
    for key in "134567890":
        screen.press(key, ctrl=True)
        assert page.isVisible(), key
    # No note leaves either: it would be refused when it lies in the folder.
    screen.press("w", ctrl=True, shift=True)
    assert QApplication.activeModalWidget() is None
    assert not screen.buttons("Send suppleret rapport")
    assert not screen.buttons("Vis forløbet")
    screen.sees("Rapporten skrives af visitationen.", page)
    screen.until(lambda: "Ikke tildelt" not in line(screen))
    screen.press("A")
    screen.sees("11 af 11", page)
    seat.desk.retry_now()
    seat.until(lambda: not seat.desk.waiting())
    screen.click("Ja …", page)
    dialog = screen.dialog(SayDialog)
    field = dialog.findChild(QLineEdit)
    assert field is not None
    assert field.text().startswith("Navn på PLE")


def test_care_staff_find_out_that_they_are_when_the_gateway_says_so(
    town: Town, show: Callable[[Seat], Screen]
) -> None:
    screen = show(town.seat("PLE", role=Role.CARE_STAFF))
    screen.until(lambda: page_of(screen).isVisible())


def test_a_manager_reads_the_checklist_and_is_offered_nothing_that_would_be_refused(
    town: Town, show: Callable[[Seat], Screen]
) -> None:
    pathway = town.sends(admission())
    seat = town.seat("LED", role=Role.MANAGER)
    seat.until(lambda: not seat.desk.office().may_tick)
    screen = show(seat)
    shows(screen, pathway)
    page = page_of(screen)
    segments = page.pane.findChildren(Segment)
    assert segments
    assert not any(each.isEnabled() for each in segments)
    offered = {
        each.text()
        for each in page.findChildren(QAbstractButton)
        if each.isVisible() and each.isEnabled() and each.text()
    }
    assert offered == {"Vis forløbet", "Også afsluttede", "Udskriv tjekliste …"}
    for key in "AOR1":
        screen.press(key)
    screen.press("n", ctrl=True)
    assert QApplication.activeModalWidget() is None
    assert not seat.desk.waiting()
    screen.sees("0 af 11", page)


def test_the_list_colours_what_is_due(screen: Screen, pathway: str) -> None:
    from ui.admission import wording

    (row,) = screen.seat.desk.admissions.rows(0, 10)
    assert (found := wording.chip(row, screen.seat.desk.now())) is not None
    assert found.tone is Tone.DUE
    screen.town.later(hours=9)
    (row,) = screen.seat.desk.admissions.rows(0, 10)
    assert (found := wording.chip(row, screen.seat.desk.now())) is not None
    assert found.tone is Tone.OVERDUE


# --- the audit ------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.VISITATOR, Role.CARE_STAFF])
def test_that_an_admission_was_looked_at_stands_in_the_journal_once(
    town: Town, show: Callable[[Seat], Screen], role: Role
) -> None:
    screen = show(town.seat("PLE", role=role))
    pathway = arrives(screen)
    page_of(screen).refresh()
    page_of(screen).open_admission(pathway)
    screen.seat.desk.admissions.tick(pathway, "keys", "brought").result()
    screen.seat.desk.retry_now()
    screen.until(lambda: in_journal(town, ChecklistTicked))
    assert in_journal(town, Opened) == [Opened()]


# --- in a small window ----------------------------------------------------------------------------


@pytest.mark.parametrize("hours", [0, 12])
def test_a_long_deadline_leaves_room_for_the_name_and_nothing_is_pushed_out_of_sight(
    screen: Screen, named: str, hours: float
) -> None:
    screen.window.resize(*theme.SMALLEST)
    screen.town.later(hours=hours)
    screen.window._count_down()
    pane = page_of(screen).pane
    screen.until(lambda: pane.horizontalScrollBar().maximum() == 0)
    name = next(each for each in pane.findChildren(QLabel) if each.text() == NAME)
    assert name.height() < 2 * name.fontMetrics().lineSpacing()


# --- the checklist on paper and in a file ---------------------------------------------------------


def wants_file(
    screen: Screen,
    monkeypatch: pytest.MonkeyPatch,
    chosen: Path | str,
    code: str = "filled",
    kind: str = "Word",
) -> list[str]:
    """Ask for the checklist as a file, and choose that one; the name that was proposed."""
    proposed: list[str] = []

    def choose(_: QWidget, __: str, name: str, ___: str) -> tuple[str, str]:
        proposed.append(name)
        return str(chosen), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    page_of(screen).print_list()
    dialog = screen.dialog(PrintDialog)
    dialog.choose(code)
    screen.click(f"Gem som {kind} …", dialog)
    return proposed


def test_the_checklist_is_saved_as_word_as_it_is_filled(
    screen: Screen, named: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    screen.seat.desk.admissions.tick(named, "hearing_aid", "missing", "På natbordet").result()
    screen.sees("På natbordet", page_of(screen).pane)
    proposed = wants_file(screen, monkeypatch, tmp_path / "liste")
    assert proposed == ["2030-03-05_tjekliste.docx"]
    screen.sees("Tjeklisten er gemt som Word.")
    (file,) = tmp_path.glob("*.docx")
    assert file.name == "liste.docx"
    said = "\n".join(texts(file.read_bytes()))
    for words in ("Karen-Margrethe Vind", "251248-9996", "På natbordet", "☑"):
        assert words in said


def test_a_round_as_word_has_no_whole_number(
    screen: Screen, named: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    wants_file(screen, monkeypatch, tmp_path / "runde.docx", "round")
    screen.sees("Tjeklisten er gemt som Word.")
    said = "\n".join(texts((tmp_path / "runde.docx").read_bytes()))
    assert "251248-••••" in said
    assert "9996" not in said


def test_it_is_saved_as_pdf_in_the_same_way(
    screen: Screen, named: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    proposed = wants_file(screen, monkeypatch, tmp_path / "liste", kind="PDF")
    assert proposed == ["2030-03-05_tjekliste.pdf"]
    screen.sees("Tjeklisten er gemt som PDF.")
    assert (tmp_path / "liste.pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize("kind", ["Word", "PDF"])
@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Væk/liste", "Kan ikke finde mappen Væk. Filen er ikke gemt."),
        ("Vind", "Filens navn må ikke indeholde et CPR-nummer eller en borgers navn."),
        ("der", "Der ligger allerede en fil med navnet der."),
    ],
)
def test_why_it_could_not_be_saved_is_told_and_nothing_stands_in_the_journal(
    screen: Screen,
    named: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    name: str,
    told: str,
    kind: str,
) -> None:
    for ending in ("docx", "pdf"):
        (tmp_path / f"der.{ending}").write_bytes(b"before")
    wants_file(screen, monkeypatch, tmp_path / name, kind=kind)
    screen.sees(told)
    left = [each for each in tmp_path.rglob("*") if each.suffix in (".docx", ".pdf", ".tmp")]
    assert [each.read_bytes() for each in left] == [b"before"] * 2
    assert taken_out(screen, named) == []


def taken_out(screen: Screen, pathway: str) -> list[NoteWay]:
    """How the journal says that a checklist of the citizen has left."""
    screen.seat.desk.admissions.tick(pathway, "keys", "brought").result()
    screen.seat.desk.retry_now()
    screen.until(lambda: in_journal(screen.town, ChecklistTicked))
    found = in_journal(screen.town, ChecklistExported)
    return [each.way for each in found if isinstance(each, ChecklistExported)]


@pytest.mark.parametrize("kind", ["Word", "PDF"])
@pytest.mark.parametrize(
    ("code", "ways"),
    [("filled", [NoteWay.FILE]), ("round", [NoteWay.FILE]), ("nobody", [])],
)
def test_that_a_checklist_about_somebody_left_stands_in_the_journal(
    screen: Screen,
    named: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    kind: str,
    code: str,
    ways: list[NoteWay],
) -> None:
    wants_file(screen, monkeypatch, tmp_path / "liste", code, kind)
    screen.sees(f"Tjeklisten er gemt som {kind}.")
    assert taken_out(screen, named) == ways


@pytest.mark.parametrize(("is_sent", "ways"), [(True, [NoteWay.PRINT]), (False, [])])
def test_a_printed_checklist_stands_in_the_journal_when_it_was_sent_to_the_printer(
    screen: Screen,
    named: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    is_sent: bool,
    ways: list[NoteWay],
) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: ["Kontoret"])

    def choose(dialog: QPrintDialog) -> int:
        dialog.printer().setOutputFileName(str(tmp_path / "papir.pdf"))
        return int(is_sent)

    monkeypatch.setattr(QPrintDialog, "exec", choose)
    page_of(screen).print_list()
    screen.dialog(PrintDialog)
    screen.click("Udskriv …", screen.dialog(PrintDialog))
    assert taken_out(screen, named) == ways


def test_a_checklist_that_could_not_be_put_in_the_journal_is_said_to_be_saved_all_the_same(
    screen: Screen, named: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def full(*_: object, **__: object) -> None:
        raise DiskFull("Disken er fuld.")

    monkeypatch.setattr("visitator.store.Store.append", full)
    wants_file(screen, monkeypatch, tmp_path / "liste")
    told = "liste.docx er gemt i mappen, men det kunne ikke skrives i journalen: "
    screen.sees(told)
    assert (tmp_path / "liste.docx").is_file()


def test_no_file_chosen_saves_nothing(
    screen: Screen, named: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert wants_file(screen, monkeypatch, "")
    assert list(tmp_path.glob("*.docx")) == []
    assert not screen.shows("Tjeklisten er gemt som Word.")
