"""What needs a person (Kræver handling) at a desk: refused, held, not delivered."""

from __future__ import annotations

import pytest

from tests.app.town import Seat, Town, in_journal, lost_race, names
from visitator.app.views import (
    Box,
    Decision,
    KnownError,
    Link,
    Transit,
)
from visitator.domain.entries import NoteAdded, PhoneCall
from visitator.domain.messages import ReceiptOutcome


@pytest.fixture
def refused(town: Town, seat: Seat, pathway: str) -> tuple[Seat, str]:
    """A desk whose question was refused, and the question."""
    return lost_race(town, seat, pathway)


def test_a_refused_question_can_be_worked_on(refused: tuple[Seat, str], pathway: str) -> None:
    bodil, lost = refused
    bodil.desk.decide(lost, Decision.EDIT).result()

    assert bodil.desk.attention() == ()
    kept = bodil.desk.draft(pathway, "question")
    assert kept is not None
    assert kept.text == "Er der bestilt seng?"


def test_a_refused_question_can_be_kept_as_a_note(refused: tuple[Seat, str], pathway: str) -> None:
    bodil, lost = refused
    bodil.desk.decide(lost, Decision.KEEP_AS_NOTE).result()

    assert bodil.desk.attention() == ()
    view = bodil.view(pathway)
    note = next(each for each in view.thread if each.kind == "note")
    assert str(note.text) == "Uddybende spørgsmål: Er der bestilt seng?"
    bodil.until(lambda: not bodil.desk.waiting())


def test_a_refused_question_can_be_discarded(refused: tuple[Seat, str], pathway: str) -> None:
    bodil, lost = refused
    bodil.desk.decide(lost, Decision.DISCARD).result()

    assert bodil.desk.attention() == ()
    assert bodil.desk.draft(pathway, "question") is None


def test_what_was_decided_cannot_be_decided_again(refused: tuple[Seat, str]) -> None:
    bodil, lost = refused
    bodil.desk.decide(lost, Decision.DISCARD).result()
    with pytest.raises(KnownError, match="ikke længere noget at tage stilling til"):
        bodil.desk.decide(lost, Decision.DISCARD).result()


def test_only_what_is_offered_can_be_decided(refused: tuple[Seat, str]) -> None:
    bodil, lost = refused
    with pytest.raises(KnownError, match="Intet er ændret"):
        bodil.desk.decide(lost, Decision.RETRY).result()
    assert len(bodil.desk.attention()) == 1


def test_a_lost_assignment_is_told_and_discarded(town: Town, seat: Seat, pathway: str) -> None:
    bodil = town.seat("BKR").has(pathway)
    bodil.wire.is_cut = True
    bodil.desk.retry_now()
    bodil.until(lambda: bodil.desk.standing().link is Link.OFFLINE)
    bodil.desk.assign(pathway, "BKR").result()
    seat.desk.assign(pathway, "AHN").result()
    seat.until(lambda: not seat.desk.waiting())
    bodil.wire.is_cut = False
    bodil.desk.retry_now()

    (attention,) = bodil.until(bodil.desk.attention)
    assert attention.what == "Tildeling"
    assert attention.decisions == (Decision.DISCARD,)
    bodil.desk.decide(attention.entry_id, Decision.DISCARD).result()
    bodil.until(lambda: bodil.view(pathway).owner == "AHN")


def test_an_answer_after_a_refused_one_waits_for_the_decision(
    town: Town, refused: tuple[Seat, str], pathway: str
) -> None:
    bodil, lost = refused
    bodil.until(lambda: bodil.view(pathway).state == "Aftale om udskrivelse")
    later = bodil.reply(pathway, "question", "Og hvad med sårpleje?")
    first, held = bodil.desk.attention()
    assert first.entry_id == lost
    assert held.entry_id == later.entry_id
    assert held.decisions == (Decision.EDIT, Decision.DISCARD)
    assert "tidligere svar" in held.reason
    inbox = bodil.desk.inbox(Box.INBOX)
    assert (inbox.attention, inbox.outbox) == (2, 0)

    bodil.desk.decide(lost, Decision.DISCARD).result()
    assert bodil.desk.attention() == ()
    bodil.send()
    assert any("Og hvad med sårpleje?" in letter.text for letter in town.fetches())


def test_an_answer_that_is_held_can_be_taken_back(refused: tuple[Seat, str], pathway: str) -> None:
    bodil, lost = refused
    later = bodil.reply(pathway, "question", "Og hvad med sårpleje?")
    bodil.desk.decide(later.entry_id, Decision.EDIT).result()

    assert [each.entry_id for each in bodil.desk.attention()] == [lost]
    kept = bodil.desk.draft(pathway, "question")
    assert kept is not None
    assert kept.text == "Og hvad med sårpleje?"


def test_an_answer_whose_fate_is_not_known_is_tried_again_and_sent_once(
    town: Town, seat: Seat, pathway: str
) -> None:
    seat.wire.says = "under_review"
    sent = seat.reply(pathway)
    town.later(seconds=11)
    seat.desk.retry_now()
    (attention,) = seat.until(seat.desk.attention)
    assert attention.decisions == (Decision.RETRY, Decision.DISCARD)
    assert "aldrig sendt to gange" in attention.reason

    seat.wire.says = None
    seat.desk.decide(sent.entry_id, Decision.RETRY).result()
    seat.until(lambda: not seat.desk.waiting() and not seat.desk.attention())
    assert len(town.fetches()) == 1


def test_what_is_discarded_though_its_fate_is_not_known_is_not_called_unsent(
    town: Town, seat: Seat, pathway: str
) -> None:
    seat.wire.says = "under_review"
    sent = seat.reply(pathway, "question", "Er der bestilt seng?")
    town.later(seconds=11)
    seat.desk.retry_now()
    seat.until(seat.desk.attention)
    seat.wire.says = None
    seat.desk.decide(sent.entry_id, Decision.DISCARD).result()
    seat.until(lambda: in_journal(town, NoteAdded))
    (note,) = in_journal(town, NoteAdded)
    assert isinstance(note, NoteAdded)
    assert note.text == "Kasseret; det vides ikke, om det er sendt: Uddybende spørgsmål"


@pytest.fixture
def failed(town: Town, seat: Seat, pathway: str) -> str:
    """A question the hospital's system refused."""
    seat.reply(pathway, "question", "Er der bestilt seng?")
    seat.send()
    town.fetches(ReceiptOutcome.NEGATIVE, "Ukendt afdeling")
    (attention,) = seat.until(seat.desk.attention)
    assert attention.what == "Uddybende spørgsmål"
    assert attention.reason == "Sygehusets system afviste det: Ukendt afdeling"
    assert attention.decisions == (Decision.SEND_AGAIN, Decision.CALLED, Decision.EDIT)
    assert seat.desk.inbox(Box.INBOX).attention == 1
    return attention.entry_id


def test_a_failed_reply_is_sent_again_in_a_new_letter(
    town: Town, seat: Seat, pathway: str, failed: str
) -> None:
    seat.desk.decide(failed, Decision.SEND_AGAIN).result()
    assert seat.desk.attention() == ()
    seat.send()

    (again,) = town.fetches()
    assert again.text == town.letters[0].text
    assert again.letter_id != town.letters[0].letter_id
    seat.until(lambda: seat.transit(pathway) is Transit.RECEIVED)
    assert seat.desk.attention() == ()


def test_instead_of_a_failed_reply_one_can_call(
    town: Town, seat: Seat, pathway: str, failed: str
) -> None:
    seat.desk.decide(failed, Decision.CALLED, "Seng bestilt, siger M2.").result()

    assert seat.desk.attention() == ()
    seat.until(lambda: not seat.desk.waiting())
    (call,) = in_journal(town, PhoneCall)
    assert isinstance(call, PhoneCall)
    assert call.clears
    assert call.text == "Uddybende spørgsmål: Seng bestilt, siger M2."
    assert names(seat, Box.AWAITING) == []


def test_a_failed_reply_is_worked_on_and_stands_until_another_is_sent(
    seat: Seat, pathway: str, failed: str
) -> None:
    seat.desk.decide(failed, Decision.EDIT).result()
    kept = seat.desk.draft(pathway, "question")
    assert kept is not None
    assert kept.text == "Er der bestilt seng?"
    assert len(seat.desk.attention()) == 1

    seat.reply(pathway, "question", "Er der bestilt plejeseng?")
    assert seat.desk.attention() == ()


def test_a_failed_letter_is_sent_again(town: Town, seat: Seat, pathway: str) -> None:
    seat.desk.send_letter(pathway, "Hjælpemidler", "Sengen er bestilt.", None).result()
    seat.send()
    town.fetches(ReceiptOutcome.NEGATIVE, "Ukendt afdeling")
    (attention,) = seat.until(seat.desk.attention)

    seat.desk.decide(attention.entry_id, Decision.SEND_AGAIN).result()
    assert seat.desk.attention() == ()
    seat.send()
    (again,) = town.fetches()
    assert again.letter_id != town.letters[0].letter_id
