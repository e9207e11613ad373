"""What is done about a pathway beside answering its plan, at the screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, QTime
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDateEdit,
    QLineEdit,
    QListWidget,
    QMenu,
    QPushButton,
    QRadioButton,
    QTimeEdit,
)

from tests.app.town import Seat, Town, town_in
from tests.gateway.mailbox import AKSEL, OTHER_EPISODE, correspondence
from tests.ui.screen import Screen
from ui.dialogs.assign import AssignDialog
from ui.dialogs.call import CallDialog
from ui.dialogs.choice import ChoiceDialog
from ui.dialogs.conference import ConferenceDialog
from ui.dialogs.letter import LetterDialog
from ui.dialogs.note import NoteDialog
from ui.reply.composer import Composer
from visitator.app.views import Box, DraftView, Transit
from visitator.domain.letters import MAX_SUBJECT
from visitator.domain.terms import Role
from visitator.resources import load_agreement


def more(screen: Screen, text: str) -> None:
    """Choose something in the menu Mere."""
    screen.press("m")
    screen.until(lambda: QApplication.activePopupWidget() is not None)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    action = next(each for each in menu.actions() if each.text() == text)
    menu.close()
    action.trigger()


def offered(screen: Screen) -> list[str]:
    screen.press("m")
    screen.until(lambda: QApplication.activePopupWidget() is not None)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    menu.close()
    return [each.text() for each in menu.actions()]


def in_inbox(screen: Screen) -> list[str]:
    return [row.pathway_id for row in screen.seat.desk.rows(Box.INBOX, 0, 99)]


# --- a manager ----------------------------------------------------------------------------------


def test_a_manager_assigns_and_is_offered_nothing_that_would_be_refused(
    town: Town, show: Callable[[Seat], Screen]
) -> None:
    seat = town.seat("LED", role=Role.MANAGER)
    seat.until(lambda: not seat.desk.office().may_write)
    screen = show(seat)
    screen.plan()
    workplace = screen.workplace
    assert screen.texts(workplace.reply) == []
    buttons = [each for each in workplace.side.findChildren(QPushButton) if each.isVisible()]
    assert [each.text() for each in buttons] == ["Tildel …"]
    for key in "123nbwm":
        screen.press(key)
        assert not screen.has_dialog, key
    assert QApplication.activePopupWidget() is None
    assert not seat.desk.waiting()
    screen.press("t")
    screen.dialog(AssignDialog).reject()


# --- assign -------------------------------------------------------------------------------------


@pytest.fixture
def colleague(town: Town) -> Seat:
    """Somebody else in the office; to be asked for before the screen, which then knows them."""
    return town.seat("BEB")


def knows(screen: Screen) -> None:
    screen.until(lambda: "BEB" in {each.user for each in screen.seat.desk.colleagues()})


def test_what_was_typed_to_find_a_colleague_is_not_asked_about(screen: Screen) -> None:
    screen.plan()
    screen.press("t")
    screen.dialog(AssignDialog)
    screen.write("Bo")
    screen.press("Esc")
    assert not screen.has_dialog


def test_t_assigns_to_me_by_two_keys(screen: Screen) -> None:
    pathway = screen.plan()
    screen.press("t")
    dialog = screen.dialog(AssignDialog)
    screen.sees("Nu: ingen", dialog)
    screen.press("Enter")
    screen.until(lambda: screen.view(pathway).owner == "AHN")
    assert [row.pathway_id for row in screen.seat.desk.rows(Box.MINE, 0, 9)] == [pathway]


def test_typing_finds_a_colleague_and_the_one_who_has_it_is_named(
    colleague: Seat, screen: Screen
) -> None:
    knows(screen)
    pathway = screen.plan()
    screen.press("t")
    screen.dialog(AssignDialog)
    screen.write("beb")
    screen.press("Enter")
    screen.until(lambda: screen.view(pathway).owner == "BEB")

    screen.until(lambda: screen.workplace.side.page.toPlainText().count("Navn på BEB"))
    screen.press("t")
    dialog = screen.dialog(AssignDialog)
    screen.sees("Nu: Navn på BEB", dialog)
    said = dialog.findChildren(QListWidget)[0]
    assert [said.item(row).text() for row in range(said.count())] == [
        "Mig (Navn på AHN)",
        "Navn på BEB, visitator (nu)",
        "Ingen",
    ]
    screen.press("Esc")


def test_the_arrows_choose_while_one_types(colleague: Seat, screen: Screen) -> None:
    knows(screen)
    pathway = screen.plan()
    screen.press("t")
    dialog = screen.dialog(AssignDialog)
    for _ in range(2):
        screen.press("Down")
    assert dialog.findChildren(QListWidget)[0].currentItem().text() == "Ingen (nu)"
    screen.press("Up")
    screen.press("Enter")
    screen.until(lambda: screen.view(pathway).owner == "BEB")


def test_nobody_has_it_again(screen: Screen) -> None:
    pathway = screen.plan()
    screen.seat.desk.assign(pathway, "AHN").result()
    screen.until(lambda: "Tildelt" in screen.workplace.side.page.toPlainText())
    screen.press("t")
    screen.dialog(AssignDialog)
    screen.write("ingen")
    screen.press("Enter")
    screen.until(lambda: screen.view(pathway).owner is None)


def test_who_assigns_second_is_told_and_the_first_choice_stands(
    colleague: Seat, screen: Screen
) -> None:
    knows(screen)
    pathway = screen.plan()
    colleague.has(pathway)
    screen.seat.wire.is_cut = True
    screen.press("t")
    screen.dialog(AssignDialog)
    screen.press("Enter")
    screen.until(lambda: screen.view(pathway).owner == "AHN")
    colleague.desk.assign(pathway, "BEB").result()
    colleague.send()
    screen.seat.wire.is_cut = False
    screen.workplace.sync()

    screen.until(lambda: screen.view(pathway).owner == "BEB")
    screen.press("3", ctrl=True)
    screen.sees("En kollega nåede at tildele forløbet først")
    screen.answer_box("Kassér")
    screen.click("Kassér …")
    screen.sees("Intet kræver handling.")


# --- telephone, letter, note --------------------------------------------------------------------


def test_n_notes_a_call_and_the_question_is_answered(screen: Screen) -> None:
    pathway = screen.plan()
    screen.press("2")
    screen.dialog(Composer)
    screen.write("Er badebænken bestilt?")
    screen.press("Enter", ctrl=True)
    screen.until(lambda: screen.view(pathway).is_awaiting_hospital)
    screen.settle()
    screen.press("n")
    dialog = screen.dialog(CallDialog)
    assert dialog.findChildren(QLineEdit)[0].text() == screen.view(pathway).answering.to
    screen.write("Ja, den kommer i dag.")
    dialog.findChildren(QCheckBox)[0].click()
    screen.press("Enter", ctrl=True)

    screen.until(lambda: not screen.view(pathway).is_awaiting_hospital)
    call = screen.view(pathway).thread[-1]
    assert (call.kind, str(call.text)) == ("call", "Ja, den kommer i dag.")
    assert call.at == screen.seat.desk.now().replace(second=0)


def test_a_call_settles_no_question_where_none_is_open(screen: Screen) -> None:
    screen.plan()
    screen.press("n")
    dialog = screen.dialog(CallDialog)
    assert not dialog.findChildren(QCheckBox)[0].isVisible()
    screen.press("Esc")


def test_b_writes_a_letter_whose_subject_is_not_too_long(screen: Screen) -> None:
    pathway = screen.plan()
    screen.press("b")
    dialog = screen.dialog(LetterDialog)
    subject = dialog.findChildren(QLineEdit)[0]
    assert subject.text() == "Plejeforløbsplan"
    screen.write("Hvornår kommer hun hjem?")
    screen.sees("24 tegn", dialog)
    subject.setFocus()
    subject.selectAll()
    screen.write("x" * 80)
    assert len(subject.text()) == MAX_SUBJECT
    screen.press("Enter", ctrl=True)

    screen.sees("«Korrespondancemeddelelse» om")
    screen.settle()
    (letter,) = screen.town.fetches()
    assert letter.subject == "x" * MAX_SUBJECT
    assert letter.text.startswith("Hvornår kommer hun hjem?")
    assert screen.view(pathway).last_reply is None


def test_a_letter_says_what_it_is_for_in_an_ambulatory_course(screen: Screen) -> None:
    pathway = screen.plan()
    screen.press("b")
    dialog = screen.dialog(LetterDialog)
    box = dialog.findChildren(QComboBox)[0]
    box.setCurrentIndex(2)
    label = box.currentText()
    screen.write("Sårskift er aftalt.")
    screen.press("Enter", ctrl=True)
    screen.until(lambda: screen.view(pathway).thread)
    assert screen.view(pathway).thread[-1].purpose == label


def test_a_letter_that_was_begun_is_gone_on_with(screen: Screen) -> None:
    pathway = screen.plan()
    screen.press("b")
    screen.dialog(LetterDialog)
    screen.write("Hvornår")
    screen.press("Esc")
    screen.sees("Kladde gemt i dag 09.00: Brev til sygehuset")
    screen.click("Fortsæt", screen.workplace.reply)
    dialog = screen.dialog(LetterDialog)
    assert screen.field(dialog).toPlainText() == "Hvornår"
    screen.write(" kommer hun?")
    screen.press("Enter", ctrl=True)
    screen.until(lambda: screen.view(pathway).thread)
    screen.until(lambda: not screen.shows("Kladde gemt"))


def test_a_note_stays_in_the_municipality(screen: Screen) -> None:
    pathway = screen.plan()
    more(screen, "Internt notat …")
    screen.dialog(NoteDialog)
    screen.write("Datteren vil gerne ringes op.")
    screen.press("Enter", ctrl=True)
    screen.until(lambda: screen.view(pathway).thread)
    note = screen.view(pathway).thread[-1]
    assert (note.kind, str(note.text)) == ("note", "Datteren vil gerne ringes op.")
    screen.settle()
    assert screen.town.fetches() == []


def test_an_ambulatory_letter_stands_in_the_inbox_until_it_is_marked(screen: Screen) -> None:
    letter = correspondence(AKSEL, OTHER_EPISODE, subject="Efter ambulant besøg")
    pathway = screen.open(letter)
    assert in_inbox(screen) == [pathway]
    screen.press("1", ctrl=True)
    screen.until(lambda: screen.buttons("Markér brevet som behandlet"))
    assert in_inbox(screen) == [pathway], "opening it does not remove it"

    screen.click("Markér brevet som behandlet")
    screen.sees("Brevet er markeret som behandlet.")
    screen.until(lambda: in_inbox(screen) == [])
    screen.until(lambda: not screen.buttons("Markér brevet som behandlet"))
    assert screen.view(pathway).unhandled_letter == ""


def test_a_letter_is_marked_where_it_stands_in_the_thread(screen: Screen) -> None:
    pathway = screen.open(correspondence(AKSEL, OTHER_EPISODE))
    screen.click("Markér som behandlet", screen.workplace.side)
    screen.until(lambda: in_inbox(screen) == [])
    screen.until(lambda: not screen.buttons("Markér som behandlet", screen.workplace.side))
    assert screen.view(pathway).unhandled_letter == ""


# --- the conference, and the end ----------------------------------------------------------------


def test_a_conference_is_agreed_and_its_minutes_come(screen: Screen) -> None:
    pathway = screen.plan()
    screen.press("3")
    screen.dialog(Composer).findChildren(QCheckBox)[0].click()
    screen.press("Enter", ctrl=True)
    screen.until(lambda: screen.transit(pathway) is Transit.UNDO)
    screen.settle()
    assert "Beslutningsreferat modtaget …" not in offered(screen)

    more(screen, "Planlægningskonference aftalt …")
    dialog = screen.dialog(ConferenceDialog)
    assert not screen.button("Gem", dialog).isEnabled()
    dialog.findChildren(QRadioButton)[0].click()
    dialog.findChildren(QDateEdit)[0].setDate(QDate(2030, 3, 7))
    screen.sees("torsdag", dialog)
    dialog.findChildren(QCheckBox)[0].click()
    dialog.findChildren(QTimeEdit)[-1].setTime(QTime(10, 30))
    screen.press("Enter", ctrl=True)
    screen.until(lambda: screen.view(pathway).state == "Planlægningskonference aftalt")
    agreed = next(s for s in screen.view(pathway).steps if s.title.startswith("Planlægningskonf"))
    assert agreed.day is not None
    assert (agreed.day.date.isoformat(), str(agreed.day.time)) == ("2030-03-07", "10:30:00")

    screen.town.sends(correspondence(subject="Beslutningsreferat"))
    screen.workplace.sync()
    screen.until(lambda: "Beslutningsreferat modtaget …" in offered(screen))
    more(screen, "Beslutningsreferat modtaget …")
    choice = screen.dialog(ChoiceDialog)
    assert not screen.button("Gem", choice).isEnabled()
    (radio,) = choice.findChildren(QRadioButton)
    assert radio.text().startswith("Beslutningsreferat · ")
    radio.click()
    screen.press("Enter", ctrl=True)
    screen.until(lambda: screen.view(pathway).state == "Referat modtaget")


def test_a_pathway_lapses_for_a_reason(screen: Screen) -> None:
    pathway = screen.plan()
    more(screen, "Forløbet bortfalder …")
    dialog = screen.dialog(ChoiceDialog)
    assert not screen.button("Lad bortfalde", dialog).isEnabled()
    radios = dialog.findChildren(QRadioButton)
    assert [radio.text() for radio in radios] == ["Død", "Overflyttet", "Annulleret"]
    radios[1].click()
    screen.press("Enter", ctrl=True)
    screen.until(lambda: screen.view(pathway).is_over)
    screen.sees("Forløbet er bortfaldet.", screen.workplace.reply)
    assert offered(screen) == ["Internt notat …", "Word-notater for flere forløb …"]


def test_a_pathway_is_closed_when_one_is_sure(screen: Screen) -> None:
    pathway = screen.plan()
    screen.answer_box("Annuller")
    more(screen, "Afslut forløbet …")
    assert not screen.view(pathway).is_over
    screen.answer_box("Afslut")
    more(screen, "Afslut forløbet …")
    screen.until(lambda: screen.view(pathway).is_over)
    assert screen.seat.desk.rows(Box.INBOX, 0, 9) == ()


# --- an agreement without categories ------------------------------------------------------------


@pytest.fixture
def midtjylland(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:
    """A town whose agreement has no categories."""
    agreement = load_agreement("region-midtjylland-2021-04")
    monkeypatch.setattr("tests.app.town.AGREEMENT", agreement)
    with town_in(tmp_path / "midtjylland") as town:
        yield town


def test_without_categories_one_writes_freely_and_closes(
    midtjylland: Town, show: Callable[[Seat], Screen]
) -> None:
    screen = show(midtjylland.seat())
    screen.town = midtjylland
    pathway = screen.plan()
    screen.sees("Aftalen har ingen svarkategorier", screen.workplace.reply)
    assert not screen.buttons("Plejeforløbsplan OK")
    assert not screen.buttons("OK med kommentar …")
    screen.press("1")
    screen.sees("Skriv til sygehuset i stedet.")

    screen.click("Skriv til sygehuset …", screen.workplace.reply)
    screen.dialog(LetterDialog)
    screen.write("Vi er klar på fredag.")
    screen.press("Enter", ctrl=True)
    screen.until(lambda: screen.workplace.undo.is_open)
    screen.settle()
    assert [row.pathway_id for row in screen.seat.desk.rows(Box.INBOX, 0, 9)] == [pathway]
    screen.answer_box("Afslut")
    screen.click("Afslut forløbet …", screen.workplace.reply)
    screen.until(lambda: screen.view(pathway).is_over)
    assert screen.seat.desk.rows(Box.INBOX, 0, 9) == ()
    screen.until(lambda: not screen.buttons("Skriv til sygehuset …"))


def test_a_draft_of_a_pathway_survives_in_its_own_kind(screen: Screen) -> None:
    """A letter and a call are two drafts."""
    pathway = screen.plan()
    for kind in ("letter", "call"):
        kept = DraftView(kind=kind, text=f"Om {kind}", subject="Emne")
        screen.seat.desk.save_draft(pathway, kept).result()
    screen.until(lambda: len(screen.buttons("Fortsæt", screen.workplace.reply)) == 2)
    screen.press("n")
    dialog = screen.dialog(CallDialog)
    assert screen.field(dialog).toPlainText() == "Om call"
    screen.press("Esc")
