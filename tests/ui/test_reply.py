"""Answering at the screen: the three answers, undo, drafts, and what goes wrong on the way."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from concurrent.futures import Future

import pytest
from PySide6.QtWidgets import QCheckBox, QLineEdit, QRadioButton

from tests.app.town import Seat, Town
from tests.gateway.mailbox import AKSEL, EPISODE, NANCY, OTHER_EPISODE, plan
from tests.ui.screen import Screen, discharged_at
from ui.dialogs.called import CalledDialog
from ui.reply.composer import Composer
from visitator.app.views import Box, DraftView, KnownError, Sent, Signature, Transit
from visitator.domain.messages import ReceiptOutcome

ASK = "Uddybende spørgsmål"


def read(screen: Screen, box: Box) -> list[str]:
    return [row.pathway_id for row in screen.seat.desk.rows(box, 0, 100)]


# --- the three answers --------------------------------------------------------------------------


def test_1_is_an_ok_at_one_press_and_an_agreement(screen: Screen) -> None:
    pathway = screen.plan()
    screen.sees("OK uden kommentar gælder som aftale om udskrivelse fre 8/3 kl. 11.00.")
    screen.press("1")

    screen.sees("«Plejeforløbsplan OK» om Karen-Margrethe Østerby Vind")
    assert not screen.has_dialog
    assert read(screen, Box.AGREED) == [pathway]
    screen.settle()
    (letter,) = screen.town.fetches()
    assert letter.subject == "Plejeforløbsplan"
    assert letter.text.startswith("Plejeforløbsplan OK")
    screen.sees("Modtaget af", screen.workplace.reply)


def test_2_asks_a_question_that_waits_for_the_hospital(screen: Screen) -> None:
    pathway = screen.plan()
    screen.press("2")
    composer = screen.dialog(Composer)
    screen.sees("Karen-Margrethe Østerby Vind, 251248-••••", composer)
    assert not screen.button("Send", composer).isEnabled()
    screen.write("Er badebænken bestilt?")
    screen.press("Enter", ctrl=True)

    screen.until(lambda: read(screen, Box.AWAITING) == [pathway])
    screen.settle()
    (letter,) = screen.town.fetches()
    assert letter.text.startswith(f"{ASK}\n")
    assert "Er badebænken bestilt?" in letter.text


def test_3_wishes_for_coordination_with_what_was_ticked(screen: Screen) -> None:
    screen.plan()
    screen.press("3")
    composer = screen.dialog(Composer)
    assert not screen.button("Send", composer).isEnabled()
    composer.findChildren(QCheckBox)[2].click()
    composer.findChildren(QRadioButton)[0].click()
    screen.click("Send", composer)

    screen.until(lambda: screen.workplace.undo.is_open)
    screen.settle()
    (letter,) = screen.town.fetches()
    assert letter.text.startswith("Ønske om udvidet koordinering")
    assert "varetage egne behov" in letter.text
    assert "Ønsket form: videokonference" in letter.text


@pytest.mark.parametrize("key", ["1", "2", "3"])
def test_a_letter_of_the_keyboard_answers_nothing_while_one_types(screen: Screen, key: str) -> None:
    pathway = screen.plan()
    screen.press("k", ctrl=True)
    screen.press(key)

    assert screen.window.top.search.text() == key
    assert not screen.has_dialog
    assert screen.transit(pathway) is None


@pytest.mark.parametrize("place", ["3", "4"])
def test_a_key_answers_no_plan_that_is_not_seen(screen: Screen, place: str) -> None:
    """Kræver handling and Udbakke stand in front of the plan."""
    pathway = screen.plan()
    screen.press(place, ctrl=True)
    screen.press("1")
    assert screen.transit(pathway) is None
    screen.press("1", ctrl=True)
    screen.press("1")
    screen.until(lambda: screen.transit(pathway) is Transit.UNDO)


def test_a_plan_that_has_only_just_come_up_is_asked_about(
    screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.reply.controller.JUST_CAME_MS", 3_600_000)
    pathway = screen.plan()
    asked = screen.answer_box("Annuller")
    screen.press("1")
    assert "Karen-Margrethe Østerby Vind, 251248-••••" in asked[0]
    assert screen.transit(pathway) is None

    screen.answer_box("Svar OK")
    screen.press("1")
    screen.until(lambda: screen.transit(pathway) is Transit.UNDO)


def test_a_new_version_has_only_just_come_up_too(
    screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    pathway = screen.plan()
    monkeypatch.setattr("ui.reply.controller.JUST_CAME_MS", 3_600_000)
    screen.town.sends(plan(NANCY, EPISODE))
    screen.seat.desk.retry_now()
    screen.sees("Plejeforløbsplan v2")
    asked = screen.answer_box("Annuller")
    screen.press("1")
    assert "v2" in asked[0]
    assert screen.transit(pathway) is None


# --- undo ---------------------------------------------------------------------------------------


@pytest.mark.usefixtures("english")
def test_the_bar_says_what_is_about_to_be_sent_in_the_chosen_language(
    town: Town, show: Callable[[Seat], Screen]
) -> None:
    screen = show(town.seat())
    pathway = screen.plan()
    screen.seat.desk.send_letter(pathway, "Badebænk", "Er den bestilt?", None)
    screen.sees("“Correspondence message” about Karen-Margrethe Østerby Vind is sent in")


def test_ctrl_z_takes_an_answer_back_inside_the_window(screen: Screen) -> None:
    pathway = screen.plan()
    screen.press("1")
    screen.until(lambda: screen.workplace.undo.is_open)
    screen.town.later(seconds=9)
    screen.press("z", ctrl=True)

    screen.sees("Det er fortrudt og ikke sendt.")
    screen.until(lambda: screen.transit(pathway) is None)
    screen.until(lambda: not screen.workplace.undo.isVisible())
    screen.settle()
    assert screen.town.fetches() == []


def test_that_it_was_taken_back_is_not_said_of_the_next_answer(screen: Screen) -> None:
    screen.plan()
    screen.press("1")
    screen.until(screen.workplace.undo.isVisible)
    screen.press("z", ctrl=True)
    screen.sees("Det er fortrudt og ikke sendt.")
    screen.until(lambda: screen.workplace.view and screen.workplace.view.last_reply is None)
    screen.press("1")
    screen.until(screen.workplace.undo.isVisible)
    screen.until(lambda: not screen.shows("Det er fortrudt og ikke sendt."))


def test_ctrl_z_at_once_takes_back_what_is_on_its_way_to_the_outbox(screen: Screen) -> None:
    pathway = screen.plan()
    screen.workplace.answer("ok")
    screen.workplace.undo.undo_latest()
    screen.sees("Det er fortrudt og ikke sendt.")
    screen.until(lambda: screen.transit(pathway) is None)
    assert screen.seat.desk.waiting() == ()


def test_ctrl_z_at_once_means_the_last_answer_though_one_before_is_refused(
    screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = screen.plan()
    slow: Future[Sent] = Future()
    with monkeypatch.context() as patch:
        patch.setattr(screen.seat.desk, "reply", lambda *_: slow)
        screen.workplace.answer("ok")
    last = screen.open(plan(AKSEL, OTHER_EPISODE))
    screen.workplace.answer("ok")
    screen.workplace.undo.undo_latest()
    slow.set_exception(KnownError("Det kan ikke gemmes."))
    screen.sees("Det er fortrudt og ikke sendt.")
    assert (screen.transit(before), screen.transit(last)) == (None, None)
    assert screen.seat.desk.waiting() == ()


def test_the_button_of_the_bar_gives_the_words_back_as_a_draft(screen: Screen) -> None:
    pathway = screen.plan()
    screen.press("2")
    screen.dialog(Composer)
    screen.write("Er badebænken bestilt?")
    screen.press("Enter", ctrl=True)
    screen.until(lambda: screen.workplace.undo.is_open)
    screen.click("Fortryd")

    screen.sees(f"Kladde gemt i dag 09.00: {ASK}")
    assert screen.draft(pathway, "question") == "Er badebænken bestilt?"
    screen.click("Fortsæt", screen.workplace.reply)
    composer = screen.dialog(Composer)
    assert screen.field(composer).toPlainText() == "Er badebænken bestilt?"
    screen.press("Enter", ctrl=True)
    screen.until(lambda: screen.transit(pathway) is Transit.UNDO)


def test_ctrl_z_after_the_window_says_that_it_is_too_late(screen: Screen) -> None:
    pathway = screen.plan()
    screen.press("1")
    screen.until(lambda: screen.workplace.undo.is_open)
    screen.settle()
    screen.until(lambda: not screen.workplace.undo.is_open)
    screen.press("z", ctrl=True)

    screen.sees("Der er ikke noget, der kan fortrydes.")
    assert screen.transit(pathway) is Transit.AT_GATEWAY


def test_the_bar_counts_down_by_the_clock_of_the_desk(screen: Screen) -> None:
    screen.plan()
    screen.press("1")
    screen.sees("sendes om 10 s.")
    screen.town.later(seconds=4)
    screen.sees("sendes om 6 s.")
    screen.town.later(seconds=7)
    screen.until(lambda: not screen.workplace.undo.isVisible())


# --- an OK with words ---------------------------------------------------------------------------


def test_an_ok_with_a_comment_warns_and_is_no_agreement(screen: Screen) -> None:
    pathway = screen.plan()
    screen.click("OK med kommentar …")
    composer = screen.dialog(Composer)
    warning = "Med en kommentar er svaret ikke længere en aftale om udskrivelse."
    assert not screen.shows(warning, composer)
    screen.write("Vi kommer kl. 14.")
    screen.sees(warning, composer)
    screen.press("Enter", ctrl=True)

    screen.until(lambda: screen.transit(pathway) is Transit.UNDO)
    assert screen.view(pathway).state == "Besvaret: Plejeforløbsplan OK"
    assert not screen.view(pathway).is_agreed


def test_a_comment_moves_on_to_a_question(screen: Screen) -> None:
    pathway = screen.plan()
    screen.seat.desk.save_draft(pathway, DraftView(kind="question", text="Fra i går.")).result()
    screen.click("OK med kommentar …")
    composer = screen.dialog(Composer)
    screen.write("Kan det vente?")
    screen.click("Skift til Uddybende spørgsmål", composer)

    screen.until(lambda: screen.has_dialog and screen.dialog(Composer).windowTitle() == ASK)
    question = screen.dialog(Composer)
    assert screen.field(question).toPlainText() == "Fra i går.\n\nKan det vente?"
    assert screen.draft(pathway, "ok") == ""
    assert screen.draft(pathway, "question") == "Fra i går.\n\nKan det vente?"
    screen.press("Esc")


def test_1_does_not_throw_a_comment_away_that_was_begun(screen: Screen) -> None:
    pathway = screen.plan()
    screen.click("OK med kommentar …")
    screen.dialog(Composer)
    screen.write("Vi kommer kl. 14.")
    screen.press("Esc")
    screen.until(lambda: screen.draft(pathway, "ok") == "Vi kommer kl. 14.")
    screen.press("1")

    composer = screen.dialog(Composer)
    assert screen.field(composer).toPlainText() == "Vi kommer kl. 14."
    assert screen.transit(pathway) is None
    screen.press("Esc")


# --- the composer -------------------------------------------------------------------------------


def test_topics_write_their_phrases_and_take_them_away(screen: Screen) -> None:
    pathway = screen.plan()
    screen.press("2")
    composer = screen.dialog(Composer)
    phrases = {topic.label: topic.text for topic in screen.view(pathway).answering.topics}
    (first, second, *_) = phrases
    screen.click(first, composer)
    screen.click(second, composer)
    field = screen.field(composer)
    assert field.toPlainText() == f"{phrases[first]}\n\n{phrases[second]}"

    screen.click(f"✓ {first}", composer)
    assert field.toPlainText() == phrases[second]
    field.setPlainText(f"{phrases[second]} Haster!")
    screen.click(f"✓ {second}", composer)
    assert field.toPlainText() == f"{phrases[second]} Haster!"
    screen.press("Esc")


def test_a_draft_is_kept_while_one_types_and_survives_a_crash(
    screen: Screen, town: Town, show: Callable[[Seat], Screen]
) -> None:
    pathway = screen.plan()
    screen.press("2")
    screen.dialog(Composer)
    screen.write("Halvt skrev")
    screen.until(lambda: screen.draft(pathway, "question") == "Halvt skrev")
    old, new = town.folder / "AHN", town.folder / "efter"
    new.mkdir()
    for end in ("", "-wal"):
        shutil.copyfile(old / f"visitator.db{end}", new / f"visitator.db{end}")
    screen.press("Esc")

    again = show(town.seat("AHN", store="efter"))
    again.until(lambda: again.workplace.list.choose(pathway))
    again.until(lambda: again.shows(f"Kladde gemt i dag 09.00: {ASK}", again.workplace.reply))
    again.press("2")
    composer = again.dialog(Composer)
    assert again.field(composer).toPlainText() == "Halvt skrev"
    again.press("Esc")


def test_esc_keeps_the_draft_with_what_was_ticked(screen: Screen) -> None:
    pathway = screen.plan()
    screen.press("3")
    composer = screen.dialog(Composer)
    composer.findChildren(QCheckBox)[1].click()
    composer.findChildren(QRadioButton)[2].click()
    screen.write("Bor alene.")
    screen.press("Esc")

    screen.until(lambda: screen.draft(pathway, "coordination") == "Bor alene.")
    screen.press("3")
    composer = screen.dialog(Composer)
    assert [tick.isChecked() for tick in composer.findChildren(QCheckBox)] == [False, True, False]
    assert composer.findChildren(QRadioButton)[2].isChecked()
    screen.press("Esc")


def test_a_draft_can_be_deleted_when_one_is_sure(screen: Screen) -> None:
    pathway = screen.plan()
    screen.seat.desk.save_draft(pathway, DraftView(kind="question", text="Gammelt")).result()
    screen.sees(f"Kladde gemt i dag 09.00: {ASK}")
    screen.answer_box("Annuller")
    screen.click("Slet …")
    assert screen.draft(pathway, "question") == "Gammelt"
    screen.answer_box("Slet")
    screen.click("Slet …")
    screen.until(lambda: not screen.shows("Kladde gemt"))
    assert screen.draft(pathway, "question") == ""


@pytest.mark.parametrize(("day", "warns"), [(6, True), (8, False)])
def test_a_question_warns_when_the_hospital_may_answer_after_the_discharge(
    screen: Screen, day: int, warns: bool
) -> None:
    screen.open(discharged_at(day, 11))
    screen.press("2")
    composer = screen.dialog(Composer)
    assert screen.shows("Sygehuset svarer senest on 6/3 kl. 11.00", composer) is warns
    assert screen.shows("Overvej at ringe", composer) is warns
    screen.press("Esc")


def test_the_signature_is_asked_for_once(town: Town, show: Callable[[Seat], Screen]) -> None:
    screen = show(town.seat("NY", signature=Signature()))
    pathway = screen.plan()
    screen.press("1")
    composer = screen.dialog(Composer)
    assert not screen.button("Send", composer).isEnabled()
    names = {field.accessibleName(): field for field in composer.findChildren(QLineEdit)}
    # It is what is missing, and nothing else is.
    assert names["Navn"].placeholderText() == "Navn (skal udfyldes)"
    screen.until(names["Navn"].hasFocus)
    screen.write("Nye Nielsen")
    names["Telefon"].setFocus()
    screen.write("00000009")
    screen.press("Enter", ctrl=True)

    screen.until(lambda: screen.transit(pathway) is Transit.UNDO)
    assert screen.view(pathway).is_agreed
    screen.settle()
    (letter,) = town.fetches()
    assert letter.text.endswith("Nye Nielsen\nTlf. 00000009")
    other = screen.open(plan(AKSEL, OTHER_EPISODE))
    screen.press("1")
    screen.until(lambda: screen.transit(other) is Transit.UNDO)


# --- colleagues and the hospital are at work, too -----------------------------------------------


def test_a_new_version_while_one_writes_refuses_the_answer_and_keeps_the_text(
    screen: Screen,
) -> None:
    pathway = screen.plan()
    screen.press("2")
    composer = screen.dialog(Composer)
    screen.write("Er badebænken bestilt?")
    screen.town.sends(plan(NANCY, EPISODE))
    screen.seat.desk.retry_now()
    screen.sees("Der er sket noget i forløbet, mens du skriver", composer)
    screen.press("Enter", ctrl=True)

    screen.sees("teksten er gemt som kladde")
    assert screen.transit(pathway) is None
    assert screen.draft(pathway, "question") == "Er badebænken bestilt?"
    assert screen.seat.desk.waiting() == ()


def test_who_answers_second_is_told_who_was_first_and_loses_no_word(
    screen: Screen, town: Town
) -> None:
    pathway = screen.plan()
    other = town.seat("BEB").has(pathway)
    screen.press("2")
    screen.dialog(Composer)
    screen.write("Er badebænken bestilt?")
    screen.press("Enter", ctrl=True)
    screen.until(lambda: screen.transit(pathway) is Transit.UNDO)
    screen.seat.wire.is_cut = True
    other.reply(pathway)
    other.send()
    screen.seat.wire.is_cut = False
    screen.seat.desk.retry_now()

    screen.until(screen.seat.desk.attention)
    screen.until(lambda: "En kollega svarede først" in screen.page())
    assert "BEB · Plejeforløbsplan OK" in screen.page()
    side = screen.workplace.side.page
    screen.until(lambda: "Gælder ikke: et andet svar står ved magt." in side.toPlainText())
    for beside_the_point in ("Send igen", "Jeg har ringet i stedet"):
        assert not screen.buttons(beside_the_point, side)
    screen.press("3", ctrl=True)
    screen.sees("En kollega svarede først, så dit svar er ikke sendt.")
    screen.sees("Er badebænken bestilt?", screen.workplace.attention)
    screen.click("Ret", screen.workplace.attention)
    screen.until(lambda: screen.draft(pathway, "question") == "Er badebænken bestilt?")
    screen.sees(f"Kladde gemt i dag 09.00: {ASK}")


def test_an_answer_given_offline_waits_and_is_sent_when_the_gateway_is_back(
    screen: Screen,
) -> None:
    pathway = screen.plan()
    screen.seat.wire.is_cut = True
    screen.press("1")
    screen.until(lambda: screen.transit(pathway) is Transit.UNDO)
    screen.town.later(seconds=11)
    screen.seat.desk.retry_now()
    screen.until(lambda: screen.transit(pathway) is Transit.OUTBOX)
    screen.press("4", ctrl=True)
    screen.sees("Ingen forbindelse", screen.workplace.outbox)
    screen.sees("Plejeforløbsplan OK", screen.workplace.outbox)

    screen.seat.wire.is_cut = False
    screen.press("1", ctrl=True)
    screen.workplace.sync()
    screen.until(lambda: screen.transit(pathway) is Transit.AT_GATEWAY)
    screen.hospital()
    screen.until(lambda: screen.transit(pathway) is Transit.RECEIVED)
    screen.press("4", ctrl=True)
    screen.sees("Udbakken er tom.")


# --- what the hospital's system refuses ---------------------------------------------------------


@pytest.fixture
def refused(screen: Screen) -> str:
    """A question that the hospital's system refused."""
    pathway = screen.plan()
    screen.press("2")
    screen.dialog(Composer)
    screen.write("Er badebænken bestilt?")
    screen.press("Enter", ctrl=True)
    screen.until(lambda: screen.transit(pathway) is Transit.UNDO)
    screen.settle()
    screen.hospital(ReceiptOutcome.NEGATIVE, "Ukendt lokationsnummer")
    screen.until(lambda: screen.transit(pathway) is Transit.ATTENTION)
    screen.until(lambda: "Ukendt lokationsnummer" in screen.page())
    screen.until(lambda: screen.buttons("Send igen", screen.workplace.reply))
    return pathway


def test_a_refused_answer_is_sent_again_at_the_plan(screen: Screen, refused: str) -> None:
    screen.click("Send igen", screen.workplace.reply)
    screen.until(lambda: screen.transit(refused) is Transit.UNDO)
    screen.settle()
    (letter,) = screen.town.fetches()
    assert "Er badebænken bestilt?" in letter.text
    screen.seat.desk.retry_now()
    screen.until(lambda: screen.transit(refused) is Transit.RECEIVED)
    assert screen.seat.desk.attention() == ()


def test_somebody_has_called_instead(screen: Screen, refused: str) -> None:
    screen.click("Jeg har ringet i stedet …", screen.workplace.reply)
    dialog = screen.dialog(CalledDialog)
    assert screen.field(dialog).toPlainText() == "Er badebænken bestilt?"
    screen.write(" Ja, den kommer i dag.")
    screen.press("Enter", ctrl=True)
    screen.until(lambda: screen.seat.desk.attention() == ())
    call = next(each for each in screen.view(refused).thread if each.kind == "call")
    assert "Er badebænken bestilt? Ja, den kommer i dag." in str(call.text)


def test_the_note_of_a_call_names_an_ok_without_words_once(screen: Screen) -> None:
    pathway = screen.plan()
    screen.press("1")
    screen.until(lambda: screen.transit(pathway) is Transit.UNDO)
    screen.settle()
    screen.hospital(ReceiptOutcome.NEGATIVE, "Ukendt lokationsnummer")
    screen.until(lambda: screen.transit(pathway) is Transit.ATTENTION)
    screen.until(lambda: screen.buttons("Jeg har ringet i stedet …", screen.workplace.reply))
    screen.click("Jeg har ringet i stedet …", screen.workplace.reply)
    dialog = screen.dialog(CalledDialog)
    assert screen.button("Gem", dialog).isEnabled()
    assert screen.field(dialog).placeholderText() == "Plejeforløbsplan OK"
    screen.write("Aftalt med Lis.")
    screen.press("Enter", ctrl=True)
    screen.until(lambda: screen.seat.desk.attention() == ())
    call = next(each for each in screen.view(pathway).thread if each.kind == "call")
    assert str(call.text) == "Plejeforløbsplan OK: Aftalt med Lis."


def test_what_was_settled_by_telephone_calls_for_nobody_any_more(
    screen: Screen, refused: str
) -> None:
    screen.click("Jeg har ringet i stedet …", screen.workplace.reply)
    screen.dialog(CalledDialog)
    screen.press("Enter", ctrl=True)
    screen.until(lambda: screen.seat.desk.attention() == ())
    side = screen.workplace.side.page
    screen.until(lambda: "Telefonnotat" in side.toPlainText())
    assert "Ikke leveret" in side.toPlainText()
    assert "Ukendt lokationsnummer" in side.toPlainText()
    assert "Kræver handling" not in side.toPlainText()
    for gone in ("Send igen", "Jeg har ringet i stedet"):
        assert not screen.buttons(gone, side)
    assert not screen.shows("Kræver handling", screen.workplace.reply)


def test_what_was_sent_again_is_not_offered_to_be_sent_once_more(
    screen: Screen, refused: str
) -> None:
    screen.click("Send igen", screen.workplace.reply)
    screen.until(lambda: screen.transit(refused) is Transit.UNDO)
    side = screen.workplace.side.page
    screen.until(lambda: "Kan fortrydes" in side.toPlainText())
    assert "Ikke leveret" in side.toPlainText()
    assert not screen.buttons("Send igen", side)
