"""Kræver handling and Udbakke at the screen: what is wrong, what can be done, what waits."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.app.town import Seat, Town
from tests.gateway.mailbox import AKSEL, OTHER_EPISODE, plan
from tests.ui.screen import Screen
from ui.attention.pane import BUTTONS
from ui.dialogs.called import CalledDialog
from ui.reply.composer import Composer
from ui.translation import tr
from visitator.app.views import Decision, Transit
from visitator.domain.messages import ReceiptOutcome
from visitator.domain.terms import Role

ASKED = "Er badebænken bestilt?"


def ask(screen: Screen, pathway: str) -> None:
    screen.press("2")
    screen.dialog(Composer)
    screen.write(ASKED)
    screen.press("Enter", ctrl=True)
    screen.until(lambda: screen.transit(pathway) is Transit.UNDO)


@pytest.fixture
def lost(screen: Screen, town: Town) -> str:
    """A question that came after a colleague's OK; Kræver handling is shown."""
    pathway = screen.plan()
    other = town.seat("BEB").has(pathway)
    ask(screen, pathway)
    screen.seat.wire.is_cut = True
    other.reply(pathway)
    other.send()
    screen.seat.wire.is_cut = False
    screen.workplace.sync()
    screen.until(screen.seat.desk.attention)
    screen.press("3", ctrl=True)
    screen.sees("En kollega svarede først")
    return pathway


def notes(screen: Screen, pathway: str) -> list[str]:
    return [str(each.text) for each in screen.view(pathway).thread if each.kind == "note"]


# --- Kræver handling ----------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["3", "4"])
def test_an_empty_place_says_what_will_come_there(screen: Screen, place: str) -> None:
    screen.front()
    screen.press(place, ctrl=True)
    said = {"3": "Intet kræver handling. Her kommer svar", "4": "Udbakken er tom. Her står"}
    screen.sees(said[place])


def test_an_item_says_who_what_and_why(screen: Screen, lost: str) -> None:
    pane = screen.workplace.attention
    for said in ("251248-••••", "Uddybende spørgsmål", ASKED, "BEB svarede: Plejeforløbsplan OK."):
        screen.sees(said, pane)
    assert not screen.shows("251248-9996", pane)
    screen.click("Karen-Margrethe Østerby Vind", pane)
    screen.until(lambda: screen.workplace.pathway_id == lost)
    screen.until(screen.workplace.plan.isVisible)


def test_the_text_is_kept_as_a_note(screen: Screen, lost: str) -> None:
    screen.click("Gem som notat")
    screen.sees("Intet kræver handling.")
    assert notes(screen, lost) == [f"Uddybende spørgsmål: {ASKED}"]


def test_to_discard_is_asked_about_and_written_down(screen: Screen, lost: str) -> None:
    asked = screen.answer_box("Annuller")
    screen.click("Kassér …")
    assert "«Uddybende spørgsmål» om Karen-Margrethe Østerby Vind kasseres" in asked[0]
    assert screen.seat.desk.attention()

    screen.answer_box("Kassér")
    screen.click("Kassér …")
    screen.sees("Intet kræver handling.")
    assert notes(screen, lost) == ["Kasseret og ikke sendt: Uddybende spørgsmål"]


def test_to_write_on_takes_the_text_to_the_plan(screen: Screen, lost: str) -> None:
    screen.click("Ret", screen.workplace.attention)
    screen.sees(": Uddybende spørgsmål", screen.workplace.reply)
    assert screen.workplace.pathway_id == lost
    assert screen.draft(lost, "question") == ASKED
    assert screen.seat.desk.attention() == ()


@pytest.fixture
def refused(screen: Screen) -> tuple[str, str]:
    """Two answers that the hospital's system refused; Kræver handling is shown."""
    first = screen.plan()
    ask(screen, first)
    second = screen.open(plan(AKSEL, OTHER_EPISODE))
    ask(screen, second)
    screen.settle()
    screen.hospital(ReceiptOutcome.NEGATIVE, "Ukendt lokationsnummer")
    screen.until(lambda: len(screen.seat.desk.attention()) == 2)
    screen.press("3", ctrl=True)
    screen.until(lambda: len(screen.buttons("Send igen", screen.workplace.attention)) == 2)
    return first, second


def test_what_the_hospital_refused_says_so_in_its_own_words(
    screen: Screen, refused: tuple[str, str]
) -> None:
    screen.sees("Sygehusets system afviste det: Ukendt lokationsnummer")


def test_everything_that_failed_is_tried_again_at_once(
    screen: Screen, refused: tuple[str, str]
) -> None:
    screen.click("Prøv alle igen")
    screen.until(lambda: {screen.transit(each) for each in refused} == {Transit.UNDO})
    screen.sees("Intet kræver handling.")
    assert not screen.buttons("Prøv alle igen")
    screen.settle()
    assert len(screen.town.fetches()) == 2


def test_one_is_settled_by_telephone_and_the_focus_goes_to_the_next(
    screen: Screen, refused: tuple[str, str]
) -> None:
    pane = screen.workplace.attention
    button = screen.buttons("Jeg har ringet i stedet …", pane)[0]
    button.setFocus()
    screen.click("Jeg har ringet i stedet …", pane)
    screen.dialog(CalledDialog)
    screen.press("Enter", ctrl=True)
    screen.until(lambda: len(screen.seat.desk.attention()) == 1)
    screen.until(lambda: len(screen.buttons("Send igen", pane)) == 1)
    screen.front()
    focused = screen.window.focusWidget()
    assert focused is not None
    assert pane.isAncestorOf(focused)
    assert not screen.buttons("Prøv alle igen")


def test_cards_stay_when_something_else_changes(screen: Screen, refused: tuple[str, str]) -> None:
    before = screen.buttons("Send igen", screen.workplace.attention)
    screen.seat.desk.add_note(refused[0], "Noget andet").result()
    screen.until(lambda: notes(screen, refused[0]))
    screen.until(lambda: not screen.seat.desk.waiting())
    assert screen.buttons("Send igen", screen.workplace.attention) == before


# --- Udbakke ------------------------------------------------------------------------------------


def test_what_waits_is_taken_back_and_written_on(screen: Screen) -> None:
    pathway = screen.plan()
    screen.seat.wire.is_cut = True
    ask(screen, pathway)
    screen.press("4", ctrl=True)
    screen.sees("Kan fortrydes", screen.workplace.outbox)
    screen.sees(ASKED, screen.workplace.outbox)
    screen.click("Tag tilbage og ret")

    composer = screen.dialog(Composer)
    assert screen.field(composer).toPlainText() == ASKED
    assert screen.seat.desk.waiting() == ()
    screen.write(" Og toiletforhøjer?")
    screen.press("Enter", ctrl=True)
    screen.until(lambda: screen.transit(pathway) is Transit.UNDO)
    assert screen.seat.desk.waiting()[0].text == f"{ASKED} Og toiletforhøjer?"


def test_what_could_not_leave_is_taken_back_when_its_undo_window_is_long_over(
    screen: Screen,
) -> None:
    pathway = screen.plan()
    screen.seat.wire.is_cut = True
    ask(screen, pathway)
    screen.settle_offline()
    screen.press("4", ctrl=True)
    screen.sees("I udbakke", screen.workplace.outbox)
    screen.click("Tag tilbage og ret")

    composer = screen.dialog(Composer)
    assert screen.field(composer).toPlainText() == ASKED
    assert screen.seat.desk.waiting() == ()
    screen.press("Esc")


def test_what_has_no_words_is_annulled_and_opens_nothing(screen: Screen) -> None:
    pathway = screen.plan()
    screen.press("1")
    screen.until(lambda: screen.transit(pathway) is Transit.UNDO)
    screen.press("4", ctrl=True)
    screen.until(lambda: screen.buttons("Annullér"))
    screen.click("Annullér")
    screen.until(lambda: screen.transit(pathway) is None)
    assert not screen.has_dialog


def test_the_outbox_says_since_when_nothing_is_sent(screen: Screen) -> None:
    pathway = screen.plan()
    screen.seat.wire.is_cut = True
    screen.press("1")
    screen.until(lambda: screen.transit(pathway) is Transit.UNDO)
    screen.settle_offline()
    screen.press("4", ctrl=True)
    screen.sees("Ingen forbindelse siden kl. 09.00")
    screen.sees("I udbakke", screen.workplace.outbox)
    assert not screen.buttons("Prøv alle igen")


def test_every_decision_has_its_button() -> None:
    assert set(BUTTONS) == set(Decision)


def test_a_manager_sees_what_failed_and_is_offered_nothing_that_would_be_refused(
    screen: Screen, town: Town, show: Callable[[Seat], Screen]
) -> None:
    pathway = screen.plan()
    screen.press("1")
    screen.until(lambda: screen.transit(pathway) is Transit.UNDO)
    screen.settle()
    screen.hospital(ReceiptOutcome.NEGATIVE, "Ukendt lokationsnummer")
    seat = town.seat("LED", role=Role.MANAGER)
    seat.until(lambda: not seat.desk.office().may_write)
    seat.until(seat.desk.attention)
    manager = show(seat)
    manager.press("3", ctrl=True)
    manager.sees("Ukendt lokationsnummer", manager.workplace.attention)
    said = {tr(each) for each in BUTTONS.values()}
    assert said.isdisjoint(manager.texts(manager.workplace.attention))
