"""The right column: the course, the letters, and what can be done."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QPushButton
from pytestqt.qtbot import QtBot

from tests.app.pathway_views import NOW, view_of
from tests.app.town import Seat, Town, town_in
from tests.domain.strategies import histories
from tests.gateway.mailbox import plan
from tests.ui.conftest import Office
from tests.ui.reading import find, letters, original, within
from tests.ui.test_plan import HOSTILE, named, text_of
from ui import theme
from ui.pathway.pane import PathwayPane
from ui.plan.page import Page
from ui.theme import Tone
from visitator.app.views import PathwayView, Transit
from visitator.domain.entries import Entry
from visitator.domain.messages import ReceiptOutcome

pytestmark = pytest.mark.looks_only


def no_raw(raw_id: str) -> Future[str]:
    raise AssertionError(f"nobody asked for {raw_id}")


@pytest.fixture
def pane(qtbot: QtBot) -> PathwayPane:
    shown = PathwayPane(no_raw)
    qtbot.addWidget(shown)
    shown.resize(240, 800)
    shown.show()
    return shown


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with town_in(tmp_path) as made:
        yield made


@pytest.fixture
def asked(town: Town) -> tuple[Seat, str]:
    """A desk that has asked the hospital about a plan."""
    seat = town.seat()
    pathway = town.sends(plan())
    seat.has(pathway)
    seat.reply(pathway, "question", "Hvem skifter forbinding?")
    return seat, pathway


def view_at(seat: Seat, pathway: str) -> PathwayView:
    view = seat.desk.pathway(pathway)
    assert view is not None
    return view


def transit(seat: Seat, pathway: str) -> Transit | None:
    """How far the last answer has come."""
    sent = view_at(seat, pathway).last_reply
    return sent.transit if sent else None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(histories())
def test_every_step_and_letter_of_any_pathway_is_there(
    pane: PathwayPane, history: list[Entry]
) -> None:
    view = view_of(history)
    pane.show_pathway(None, None)
    pane.show_pathway(view, NOW)

    shown = letters(pane.page.toPlainText())
    said = [text for step in view.steps for text in (step.title, step.detail)]
    for letter in view.thread:
        said += [letter.who, letter.title, str(letter.text), *letter.attachments, letter.purpose]
        if letter.sent is not None:
            said += [letter.sent.label, letter.sent.problem]
    assert [text for text in said if letters(text) not in shown] == []


def test_the_course_in_the_demo_reads_as_in_the_picture(pane: PathwayPane, office: Office) -> None:
    pane.show_pathway(named(office, "Karen-Margrethe"), office.desk.now())

    read = pane.page.toPlainText()
    steps = [
        "Indlagt",
        "Plejeforløbsplan v1\nfre 20/11 09.12",
        "Uddybende spørgsmål\nfre 20/11 10.02",
        "Svar fra sygehuset\nfre 20/11 13.48",
        "Plejeforløbsplan v2\nfre 20/11 14.05 · afventer svar",
        "Færdigbehandlet\nforventet i dag kl. 10.00",
        "Udskrevet\naftalt ti 24/11 kl. 11.00",
        "Korrespondance",
    ]
    places = [read.find(step) for step in steps]
    assert -1 not in places
    assert places == sorted(places)


def test_the_newest_letter_stands_first(pane: PathwayPane, office: Office) -> None:
    view = named(office, "Karen-Margrethe")
    pane.show_pathway(view, office.desk.now())

    thread = pane.page.toPlainText().split("Korrespondance\n", 1)[1]
    newest, oldest = (
        max(view.thread, key=lambda one: one.at),
        min(view.thread, key=lambda one: one.at),
    )
    assert thread.find(str(newest.text)[:20]) < thread.find(str(oldest.text)[:20])


def test_a_state_is_told_by_the_shape_of_its_dot_too(pane: PathwayPane, office: Office) -> None:
    pane.show_pathway(named(office, "Karen-Margrethe"), office.desk.now())

    square = drawn(pane.page, "Uddybende spørgsmål", Tone.WAITING)
    disc = drawn(pane.page, "Svar fra sygehuset", Tone.DONE)
    target = drawn(pane.page, "Plejeforløbsplan v2", Tone.DUE)
    ring = drawn(pane.page, "Færdigbehandlet", Tone.NEUTRAL)

    assert square > disc > target > ring > 0


def drawn(page: Page, title: str, tone: Tone) -> int:
    """How much (px) of the dot beside a step is painted."""
    line = page.cursorRect(find(page, title))
    image = page.viewport().grab().toImage()
    colour = QColor(theme.LIGHT.tones[tone].text)
    return sum(
        image.pixelColor(x, y) == colour
        for x in range(theme.DOT + 2)
        for y in range(line.top() - 2, line.bottom() + 3)
    )


def test_what_was_sent_says_how_far_it_is(pane: PathwayPane, asked: tuple[Seat, str]) -> None:
    seat, pathway = asked
    pane.show_pathway(view_at(seat, pathway), seat.desk.now())
    assert "Kan fortrydes" in pane.page.toPlainText()

    seat.send()
    pane.show_pathway(view_at(seat, pathway), seat.desk.now())
    assert "Sendt til gateway" in pane.page.toPlainText()

    seat.town.fetches()
    seat.until(lambda: transit(seat, pathway) is Transit.RECEIVED)
    pane.show_pathway(view_at(seat, pathway), seat.desk.now())
    assert "Modtaget af sygehuset" in pane.page.toPlainText()
    assert pane.page.findChildren(QPushButton) == []


def test_what_failed_stands_with_the_hospitals_words_and_what_can_be_done(
    pane: PathwayPane, asked: tuple[Seat, str], qtbot: QtBot
) -> None:
    seat, pathway = asked
    seat.send()
    seat.town.fetches(ReceiptOutcome.NEGATIVE, "Afdelingen er lukket.")
    seat.until(lambda: "Afdelingen er lukket." in str(view_at(seat, pathway).last_reply))
    view = view_at(seat, pathway)
    pane.show_pathway(view, seat.desk.now())

    assert "Afdelingen er lukket." in pane.page.toPlainText()
    again, called = pane.page.findChildren(QPushButton)
    assert (again.text(), called.text()) == ("Send igen", "Jeg har ringet i stedet")
    assert tab_order_from(pane.page)[:3] == [again.text(), called.text(), "Skriv til sygehuset"]
    for button, signal in ((again, pane.send_again_wanted), (called, pane.called_wanted)):
        with qtbot.waitSignal(signal) as wanted:
            QTest.keyClick(button, Qt.Key.Key_Space)
        assert wanted.args == [view.thread[0].entry_id]


def tab_order_from(page: Page) -> list[str]:
    """What Tab comes to after a page, by name."""
    found, widget = [], page.nextInFocusChain()
    while widget is not None and widget is not page:
        if widget.isVisible() and isinstance(widget, QPushButton):
            found.append(widget.accessibleName())
        widget = widget.nextInFocusChain()
    return found


def test_the_buttons_stand_in_their_letter_wherever_the_page_is(
    pane: PathwayPane, asked: tuple[Seat, str], qtbot: QtBot
) -> None:
    seat, pathway = asked
    seat.send()
    seat.town.fetches(ReceiptOutcome.NEGATIVE, "Afdelingen er lukket.")
    seat.until(lambda: "Afdelingen er lukket." in str(view_at(seat, pathway).last_reply))
    pane.resize(240, 400)
    pane.show_pathway(view_at(seat, pathway), seat.desk.now())
    bar = pane.page.verticalScrollBar()
    bar.setValue(bar.maximum())
    again, called = pane.page.findChildren(QPushButton)

    words = pane.page.cursorRect(find(pane.page, "Afdelingen er lukket."))
    assert words.bottom() <= again.geometry().top() < called.geometry().top()
    assert again.geometry().top() - words.bottom() < words.height() * 2
    assert not again.geometry().intersects(called.geometry())


def test_the_actions_are_signals_with_names(
    pane: PathwayPane, office: Office, qtbot: QtBot
) -> None:
    pane.show_pathway(named(office, "Karl"), office.desk.now())
    signals = {
        "Skriv til sygehuset": pane.letter_wanted,
        "Telefonnotat": pane.call_wanted,
        "Word-notat": pane.word_wanted,
        "Tildel …": pane.assign_wanted,
    }
    buttons = {button.accessibleName(): button for button in pane.findChildren(QPushButton)}
    assert buttons.keys() == {*signals, "Mere …"}
    for name, signal in signals.items():
        with qtbot.waitSignal(signal):
            QTest.keyClick(buttons[name], Qt.Key.Key_Space)


def test_what_is_done_now_and_then_stands_in_a_menu(
    pane: PathwayPane, office: Office, qtbot: QtBot
) -> None:
    pane.show_pathway(named(office, "Karl"), office.desk.now())
    menu = within(pane, QMenu)

    actions = {action.text(): action for action in menu.actions()}
    assert "Internt notat …" in actions
    assert "Afslut forløbet …" in actions
    with qtbot.waitSignal(pane.more_wanted) as wanted:
        actions["Internt notat …"].trigger()
    assert wanted.args == ["note"]


def test_who_owns_the_pathway_is_said(pane: PathwayPane, office: Office) -> None:
    view = named(office, "Karl")
    pane.show_pathway(view, office.desk.now())
    assert "Ikke tildelt" in pane.page.toPlainText()

    mine = msgspec.structs.replace(view, owner="AHN", owner_name="Anne Holm")
    pane.show_pathway(mine, office.desk.now())
    assert "Tildelt Anne Holm" in pane.page.toPlainText()


def test_without_a_pathway_there_is_nothing_to_do(pane: PathwayPane, office: Office) -> None:
    pane.show_pathway(named(office, "Karl"), office.desk.now())
    pane.show_pathway(None, None)

    assert pane.page.toPlainText().strip() == ""
    assert not any(button.isVisible() for button in pane.findChildren(QPushButton))


def test_a_letters_original_is_one_click_away(qtbot: QtBot, office: Office) -> None:
    pane = PathwayPane(office.desk.raw)
    qtbot.addWidget(pane)
    pane.resize(240, 900)
    pane.show()
    pane.show_pathway(named(office, "Karen-Margrethe"), office.desk.now())

    assert "<Emessage" in original(pane, pane.page, "Vis original", qtbot)


def test_markup_in_a_letter_is_shown_as_text(pane: PathwayPane, office: Office) -> None:
    view = named(office, "Karen-Margrethe")
    letter = msgspec.structs.replace(view.thread[0], text=text_of(HOSTILE), who=HOSTILE)
    pane.show_pathway(
        msgspec.structs.replace(view, thread=(letter,), owner_name=HOSTILE), office.desk.now()
    )

    read = pane.page.toPlainText()
    assert read.count("<b>fed</b>") == 3
    assert "\u202e" not in read
