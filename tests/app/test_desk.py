"""The desk as the screen meets it: answer, undo, go offline, lose a race, be told."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.app.town import Seat, Town, names, town_in
from tests.gateway.mailbox import AKSEL, KEY, NANCY, OTHER_EPISODE, plan
from visitator.app.views import (
    Box,
    ChangeSet,
    Decision,
    DraftView,
    KnownError,
    Link,
    Point,
    Presence,
    Signature,
    Transit,
)
from visitator.domain.entries import NoteAdded, Opened, PhoneCall, ReplySent
from visitator.domain.messages import ReceiptOutcome
from visitator.store import Store
from visitator.store.errors import DiskFull


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with town_in(tmp_path) as town:
        yield town


@pytest.fixture
def seat(town: Town) -> Seat:
    return town.seat()


@pytest.fixture
def pathway(town: Town, seat: Seat) -> str:
    """A plan that has come and can be answered."""
    found = town.sends()
    seat.has(found)
    return found


def in_journal(town: Town, kind: type) -> list[object]:
    """The bodies of a kind that every desk would read."""
    from visitator.domain.entries import decode_entry
    from visitator.gateway import journal

    with town.gateway.database.read() as connection:
        page = journal.page(connection, after=0, limit=1000)
    bodies = [decode_entry(bytes(data)).body for data in page.entries]
    return [body for body in bodies if isinstance(body, kind)]


# --- answering ----------------------------------------------------------------------------------


def test_an_ok_is_an_agreement_at_once_and_reaches_the_hospital_after_the_undo_window(
    town: Town, seat: Seat, pathway: str
) -> None:
    sent = seat.reply(pathway)

    assert sent.transit is Transit.UNDO
    assert sent.until == seat.desk.now() + dt.timedelta(seconds=10)
    assert names(seat, Box.AGREED) == [pathway]
    assert names(seat, Box.INBOX) == []

    seat.send()
    (letter,) = town.fetches()
    assert letter.text.startswith("Plejeforløbsplan OK")
    seat.until(lambda: seat.transit(pathway) is Transit.RECEIVED)


def test_a_reply_is_signed_as_its_author_signs(town: Town, seat: Seat, pathway: str) -> None:
    seat.desk.sign_as(Signature(name="Anne Holm", title="visitator", telephone="00000007")).result()
    seat.reply(pathway)
    seat.send()

    (letter,) = town.fetches()
    assert letter.text.endswith("Anne Holm, visitator\nTlf. 00000007")
    assert seat.desk.office().signature.name == "Anne Holm"


def test_a_wish_for_coordination_says_what_was_ticked(town: Town, seat: Seat, pathway: str) -> None:
    seat.reply(pathway, "coordination", "Bor alene.", ("own_overview", "video"))
    seat.send()

    (letter,) = town.fetches()
    assert "Bor alene." in letter.text
    assert "varetage egne behov" in letter.text
    assert "Ønsket form: videokonference" in letter.text


def test_an_ok_with_a_comment_is_no_agreement(seat: Seat, pathway: str) -> None:
    seat.reply(pathway, "ok", "Vi kommer kl. 14.")

    view = seat.view(pathway)
    assert view.state == "Besvaret: Plejeforløbsplan OK"


def test_a_question_without_words_is_not_sent(seat: Seat, pathway: str) -> None:
    with pytest.raises(KnownError, match="Intet er sendt"):
        seat.reply(pathway, "question", "  ")
    assert seat.desk.waiting() == ()


@pytest.mark.parametrize(
    ("code", "text", "choices"),
    [
        ("question", "Er badebænken bestilt?", ()),
        ("coordination", "Haster.", ("function", "video")),
    ],
)
def test_an_undone_reply_is_a_draft_again_and_never_leaves(
    town: Town, seat: Seat, pathway: str, code: str, text: str, choices: tuple[str, ...]
) -> None:
    seat.desk.save_draft(pathway, DraftView(kind=code, text=text, choices=choices)).result()
    sent = seat.reply(pathway, code, text, choices)
    assert seat.desk.draft(pathway, code) is None

    seat.desk.undo(sent.entry_id).result()

    kept = seat.desk.draft(pathway, code)
    assert kept is not None
    assert (kept.text, kept.choices) == (text, choices)
    assert names(seat, Box.INBOX) == [pathway]
    town.later(seconds=30)
    seat.desk.retry_now()
    town.writes()
    seat.until(lambda: len(seat.view(pathway).thread) == 1)
    assert town.fetches() == []


def test_undoing_an_ok_leaves_no_draft(seat: Seat, pathway: str) -> None:
    sent = seat.reply(pathway)
    seat.desk.undo(sent.entry_id).result()
    assert seat.desk.draft(pathway, "ok") is None


def test_what_was_sent_cannot_be_undone(seat: Seat, pathway: str) -> None:
    sent = seat.reply(pathway)
    seat.send()
    with pytest.raises(KnownError, match="for sent at fortryde"):
        seat.desk.undo(sent.entry_id).result()


def test_what_was_typed_after_the_reply_is_kept_below_what_was_undone(
    seat: Seat, pathway: str
) -> None:
    sent = seat.reply(pathway, "question", "Er badebænken bestilt?")
    seat.desk.save_draft(pathway, DraftView(kind="question", text="Og sårpleje?")).result()
    seat.desk.undo(sent.entry_id).result()

    kept = seat.desk.draft(pathway, "question")
    assert kept is not None
    assert kept.text == "Er badebænken bestilt?\n\nOg sårpleje?"


def test_a_plan_that_changed_while_it_was_answered_is_not_answered(
    town: Town, seat: Seat, pathway: str
) -> None:
    token = seat.token(pathway)
    town.sends()
    seat.until(lambda: seat.token(pathway) != token)

    with pytest.raises(KnownError, match=r"Planen er ændret.*gemt som kladde"):
        seat.desk.reply(pathway, "question", "Hvornår?", (), token).result()

    kept = seat.desk.draft(pathway, "question")
    assert kept is not None
    assert kept.text == "Hvornår?"
    assert seat.desk.waiting() == ()


def test_something_waiting_can_be_taken_back_to_work_on_it(seat: Seat, pathway: str) -> None:
    sent = seat.reply(pathway, "question", "Hvornår?")
    (waiting,) = seat.desk.waiting()
    assert (waiting.what, waiting.text, waiting.can_cancel) == (
        "Uddybende spørgsmål",
        "Hvornår?",
        True,
    )

    draft = seat.desk.cancel_waiting(sent.entry_id).result()

    assert (draft.kind, draft.text) == ("question", "Hvornår?")
    assert seat.desk.waiting() == ()


# --- everything else one can do -----------------------------------------------------------------


def test_a_letter_goes_out_and_stands_in_the_thread(town: Town, seat: Seat, pathway: str) -> None:
    seat.desk.send_letter(pathway, "Hjælpemidler", "Sengen er bestilt.", None).result()
    seat.send()

    (letter,) = town.fetches()
    assert letter.subject == "Hjælpemidler"
    assert "Sengen er bestilt." in letter.text
    view = seat.view(pathway)
    assert [str(each.text) for each in view.thread] == ["Sengen er bestilt."]


def test_a_call_and_a_note_stand_in_the_pathway(seat: Seat, pathway: str) -> None:
    at = seat.desk.now() - dt.timedelta(minutes=5)
    seat.desk.log_call(pathway, "M2", at, "Kl. 14 i stedet.", False).result()
    seat.desk.add_note(pathway, "Nøgleboks opsat.").result()

    view = seat.view(pathway)
    assert [(each.kind, str(each.text)) for each in view.thread] == [
        ("call", "Kl. 14 i stedet."),
        ("note", "Nøgleboks opsat."),
    ]


def test_a_call_in_which_the_hospital_answered_clears_the_question(
    seat: Seat, pathway: str
) -> None:
    seat.reply(pathway, "question", "Hvornår?")
    assert names(seat, Box.AWAITING) == [pathway]

    seat.desk.log_call(pathway, "M2", seat.desk.now(), "Tirsdag.", True).result()

    assert names(seat, Box.AWAITING) == []
    assert names(seat, Box.INBOX) == [pathway]


def test_a_conference_its_minutes_and_the_end(town: Town, seat: Seat, pathway: str) -> None:
    seat.reply(pathway, "coordination", "", ("function",))
    at = Point(date=dt.date(2030, 3, 7), time=dt.time(10, 0))
    seat.desk.conference_agreed(pathway, "video", at).result()
    assert seat.view(pathway).state == "Planlægningskonference aftalt"

    town.writes()
    letter = seat.until(
        lambda: next(
            (e for e in seat.view(pathway).thread if not e.ours),
            None,
        )
    )
    seat.desk.minutes_received(pathway, letter.entry_id).result()
    assert seat.view(pathway).state == "Referat modtaget"

    seat.desk.close_pathway(pathway).result()
    assert names(seat, Box.INBOX) == []
    assert names(seat, Box.ALL) == [pathway]


def test_a_lapsed_pathway_needs_no_answer(seat: Seat, pathway: str) -> None:
    seat.desk.lapse(pathway, "cancelled").result()
    assert names(seat, Box.INBOX) == []


def test_a_pathway_is_given_to_a_colleague_whose_name_is_known_offline(
    town: Town, seat: Seat, pathway: str
) -> None:
    town.admit("BKR", "PC-BKR")
    bodil = town.seat("BKR").has(pathway)
    seat.until(lambda: len(seat.desk.colleagues()) == 1)
    assert {each.user for each in bodil.desk.colleagues()} <= {"AHN", "BKR"}

    bodil.until(lambda: len(bodil.desk.colleagues()) == 2)
    bodil.wire.is_cut = True
    bodil.desk.assign(pathway, "AHN").result()

    row = bodil.desk.row(pathway)
    assert row is not None
    assert (row.owner, row.owner_name) == ("AHN", "Navn på AHN")


def test_opening_is_written_down_once_per_look(town: Town, seat: Seat, pathway: str) -> None:
    for _ in range(3):
        seat.desk.opened(pathway).result()
        town.later(minutes=1)
    town.later(minutes=5)
    seat.desk.opened(pathway).result()

    seat.until(lambda: len(in_journal(town, Opened)) == 2)
    assert seat.desk.waiting() == ()
    assert names(seat, Box.INBOX) == [pathway]


# --- drafts, crash and close --------------------------------------------------------------------


def test_a_draft_is_kept_per_user_and_forgotten_when_it_is_empty(
    town: Town, seat: Seat, pathway: str
) -> None:
    seat.desk.save_draft(pathway, DraftView(kind="question", text="Hvorn")).result()
    seat.desk.close(wait=0)
    bodil = town.seat("BKR", store="AHN")
    assert bodil.desk.draft(pathway, "question") is None
    bodil.desk.close(wait=0)

    again = town.seat("AHN")
    kept = again.desk.draft(pathway, "question")
    assert kept is not None
    assert kept.text == "Hvorn"
    again.desk.save_draft(pathway, DraftView(kind="question", text=" ")).result()
    assert again.desk.draft(pathway, "question") is None


def crashed(town: Town, seat: Seat) -> Seat:
    """The desk as it comes up after the power went: from a copy of what lay on the disk."""
    old, new = town.folder / "AHN", town.folder / "efter"
    new.mkdir()
    for end in ("", "-wal"):
        shutil.copyfile(old / f"visitator.db{end}", new / f"visitator.db{end}")
    seat.wire.is_cut = True
    return town.seat("AHN", store="efter")


def test_draft_and_undo_window_survive_a_crash(town: Town, seat: Seat, pathway: str) -> None:
    other = town.sends(plan(AKSEL, OTHER_EPISODE))
    seat.has(other)
    seat.desk.save_draft(other, DraftView(kind="question", text="Halvt skrev")).result()
    sent = seat.reply(pathway)
    town.later(seconds=9)

    again = crashed(town, seat)

    kept = again.desk.draft(other, "question")
    assert kept is not None
    assert kept.text == "Halvt skrev"
    (waiting,) = again.desk.waiting()
    assert waiting.entry_id == sent.entry_id
    assert waiting.sent.until == again.desk.now() + dt.timedelta(seconds=10)
    again.desk.undo(sent.entry_id).result()
    assert set(names(again, Box.INBOX)) == {pathway, other}


def test_what_waited_through_a_crash_is_sent_once(town: Town, seat: Seat, pathway: str) -> None:
    seat.reply(pathway)
    again = crashed(town, seat)
    again.send()
    assert len(town.fetches()) == 1


def test_closing_ends_the_undo_window_and_sends(town: Town, seat: Seat, pathway: str) -> None:
    seat.reply(pathway)
    assert seat.desk.close(wait=20) == 0
    assert len(town.fetches()) == 1


def test_closing_without_a_gateway_says_how_much_is_unsent_and_keeps_it(
    town: Town, seat: Seat, pathway: str
) -> None:
    seat.wire.is_cut = True
    seat.reply(pathway)
    seat.desk.add_note(pathway, "Ringet til datteren.").result()
    seat.desk.opened(pathway).result()

    assert len(seat.desk.waiting()) == seat.desk.inbox(Box.INBOX).outbox == 2
    assert seat.desk.close(wait=20) == 2

    again = town.seat("AHN")
    again.until(lambda: not again.desk.waiting())
    assert len(town.fetches()) == 1


def test_closing_does_not_wait_for_a_gateway_that_never_answers(
    town: Town, seat: Seat, pathway: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("visitator.app.desk._ENDS_WITHIN", 0.1)
    seat.wire.hangs = True
    seat.reply(pathway)
    town.later(seconds=11)
    seat.desk.retry_now()
    assert seat.wire.is_hanging.wait(20)

    assert seat.desk.close(wait=0.1) == 1

    seat.wire.let_go.set()
    again = town.seat("AHN")
    again.until(lambda: not again.desk.waiting())
    assert len(town.fetches()) == 1


def test_a_fault_at_the_end_is_told_and_everything_has_ended(
    town: Town, seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise DiskFull

    with monkeypatch.context() as patch:
        patch.setattr(Store, "set_undo_window", full)
        with pytest.raises(KnownError, match="Disken er fuld"):
            seat.desk.close(wait=0)
    town.seat("AHN")


def test_a_closed_desk_can_be_closed_again(seat: Seat) -> None:
    seat.desk.close(wait=0)
    assert seat.desk.close(wait=0) == 0


# --- offline, two desks -------------------------------------------------------------------------


def test_an_answer_given_offline_goes_out_when_the_gateway_is_back(
    town: Town, seat: Seat, pathway: str
) -> None:
    seat.until(lambda: seat.desk.standing().link is Link.SYNCHRONISED)
    seat.wire.is_cut = True
    seat.desk.retry_now()
    seat.until(lambda: seat.desk.standing().link is Link.OFFLINE)
    seat.reply(pathway)
    town.later(seconds=60)
    seat.desk.retry_now()

    (waiting,) = seat.desk.waiting()
    assert waiting.sent.transit is Transit.OUTBOX
    assert names(seat, Box.AGREED) == [pathway]

    seat.wire.is_cut = False
    seat.desk.retry_now()
    seat.until(lambda: not seat.desk.waiting())
    assert len(town.fetches()) == 1
    seat.until(lambda: seat.desk.standing().link is Link.SYNCHRONISED)


def test_of_two_answers_to_the_same_plan_one_counts_and_the_other_is_kept(
    town: Town, seat: Seat, pathway: str
) -> None:
    bodil = town.seat("BKR").has(pathway)
    bodil.wire.is_cut = True
    bodil.desk.retry_now()
    bodil.until(lambda: bodil.desk.standing().link is Link.OFFLINE)
    lost = bodil.reply(pathway, "question", "Er der bestilt seng?")
    seat.reply(pathway)
    seat.send()

    bodil.wire.is_cut = False
    bodil.desk.retry_now()
    (attention,) = bodil.until(bodil.desk.attention)

    assert attention.entry_id == lost.entry_id
    assert attention.what == "Uddybende spørgsmål"
    assert attention.text == "Er der bestilt seng?"
    assert "kollega svarede først" in attention.reason
    assert "Plejeforløbsplan OK" in attention.reason
    assert attention.decisions == (Decision.EDIT, Decision.KEEP_AS_NOTE, Decision.DISCARD)
    bodil.until(lambda: bodil.view(pathway).state == "Aftale om udskrivelse")
    assert bodil.view(pathway).lost is not None
    assert len(town.fetches()) == 1


def test_two_users_of_one_computer_see_and_send_their_own_only(
    town: Town, seat: Seat, pathway: str
) -> None:
    seat.wire.is_cut = True
    seat.reply(pathway, "question", "Hvornår?")
    assert seat.desk.close(wait=20) == 1

    bodil = town.seat("BKR", store="AHN")
    assert bodil.desk.waiting() == ()
    assert names(bodil, Box.INBOX) == [pathway]
    bodil.until(lambda: bodil.desk.standing().link is Link.SYNCHRONISED)
    bodil.desk.close(wait=20)
    assert in_journal(town, ReplySent) == []

    again = town.seat("AHN")
    again.until(lambda: not again.desk.waiting())
    assert len(town.fetches()) == 1


# --- what needs a person ------------------------------------------------------------------------


@pytest.fixture
def refused(town: Town, seat: Seat, pathway: str) -> tuple[Seat, str]:
    """A desk whose question was refused, and the question."""
    bodil = town.seat("BKR").has(pathway)
    bodil.wire.is_cut = True
    bodil.desk.retry_now()
    bodil.until(lambda: bodil.desk.standing().link is Link.OFFLINE)
    lost = bodil.reply(pathway, "question", "Er der bestilt seng?")
    seat.reply(pathway)
    seat.send()
    bodil.wire.is_cut = False
    bodil.desk.retry_now()
    bodil.until(bodil.desk.attention)
    return bodil, lost.entry_id


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


# --- being told ---------------------------------------------------------------------------------


def test_a_command_is_told_once_with_what_to_read_again(
    town: Town, seat: Seat, pathway: str
) -> None:
    seat.wire.is_cut = True
    seat.desk.retry_now()
    seat.until(lambda: seat.desk.standing().link is Link.OFFLINE)
    before = len(seat.changes())

    seat.desk.save_draft(pathway, DraftView(kind="question", text="Hvornår?")).result()
    sent = seat.reply(pathway, "question", "Hvornår?")
    seat.desk.undo(sent.entry_id).result()

    assert seat.changes()[before:] == [
        ChangeSet(drafts=True),
        ChangeSet(pathways=frozenset([pathway]), outbox=True, drafts=True),
        ChangeSet(pathways=frozenset([pathway]), outbox=True, drafts=True),
    ]


def test_what_comes_is_told_once(town: Town, seat: Seat, pathway: str) -> None:
    before = len(seat.changes())
    other = town.sends(plan(AKSEL, OTHER_EPISODE))
    seat.until(lambda: seat.changes()[before:])
    assert seat.desk.pathway(other) is not None
    assert seat.changes()[before:] == [ChangeSet(pathways=frozenset([other]))]


def test_who_does_not_listen_any_more_is_not_told(seat: Seat, pathway: str) -> None:
    heard: list[object] = []
    stop = seat.desk.watch(heard.append)
    stop()
    stop()
    seat.desk.add_note(pathway, "Ringet.").result()
    assert heard == []


def test_a_listener_that_fails_keeps_nothing_from_the_others(seat: Seat, pathway: str) -> None:
    def fail(_: object) -> None:
        raise RuntimeError("mit problem")

    heard: list[object] = []
    seat.desk.watch(fail)
    seat.desk.watch(heard.append)
    seat.desk.add_note(pathway, "Ringet.").result()
    assert heard


def test_colleagues_at_the_same_pathway_see_each_other(
    town: Town, seat: Seat, pathway: str
) -> None:
    bodil = town.asks("BKR")
    assert bodil.look_at(pathway, composing=True) == ()
    seat.desk.look_at(pathway, composing=False)

    expected = (Presence(name="Navn på BKR", composing=True, since=seat.desk.now()),)
    seat.until(lambda: seat.desk.presence(pathway) == expected)
    assert seat.desk.presence("another") == ()
    (other,) = bodil.look_at(pathway, composing=True)
    assert (other.user, other.composing) == ("AHN", False)

    seat.desk.close(wait=0)
    assert bodil.look_at(pathway, composing=True) == ()


def test_without_the_gateway_nobody_is_seen_and_nothing_is_said(seat: Seat, pathway: str) -> None:
    seat.wire.is_cut = True
    seat.desk.look_at(pathway, composing=True)
    seat.desk.add_note(pathway, "Ringet.").result()
    assert seat.desk.presence(pathway) == ()


# --- the rest -----------------------------------------------------------------------------------


def test_the_original_message_is_fetched_from_the_gateway(
    town: Town, seat: Seat, pathway: str
) -> None:
    view = seat.view(pathway)
    text = seat.desk.raw(view.versions[-1].raw_id).result()
    assert "Østerby Vind" in text

    seat.wire.is_cut = True
    with pytest.raises(KnownError, match="kan ikke nås"):
        seat.desk.raw(view.versions[-1].raw_id).result()


def test_something_is_found_by_name(seat: Seat, pathway: str) -> None:
    (found,) = seat.desk.search("Østerby").result()
    assert found.row.pathway_id == pathway


def test_the_office_says_who_works_here(seat: Seat) -> None:
    seat.until(seat.desk.colleagues)
    office = seat.desk.office()
    assert (office.user, office.user_name, office.role) == ("AHN", "Navn på AHN", "Visitator")
    assert office.has_fixed_deadline
    assert not office.own_gateway


def test_a_fault_of_the_store_is_a_sentence(
    seat: Seat, pathway: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise DiskFull

    monkeypatch.setattr(Store, "append", full)
    with pytest.raises(KnownError, match="Disken er fuld"):
        seat.reply(pathway, "question", "Hvornår?")


def test_a_bug_reaches_whoever_waits_and_the_log_without_what_was_in_it(
    seat: Seat, pathway: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError(f"Nancy {NANCY}")

    monkeypatch.setattr(Store, "append", broken)
    with pytest.raises(RuntimeError):
        seat.desk.add_note(pathway, "Ringet.").result()
    assert "a bug: RuntimeError" in caplog.text
    assert NANCY not in caplog.text


def test_a_bug_in_sync_is_said_in_the_status_line_and_work_goes_on(
    town: Town, seat: Seat, pathway: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:

        def broken(*_: object, **__: object) -> None:
            raise RuntimeError

        patch.setattr(Store, "note_success", broken)
        seat.desk.retry_now()
        town.writes()
        seat.until(lambda: seat.desk.standing().link is Link.PAUSED)
    assert "fejl i programmet" in seat.desk.standing().reason

    seat.reply(pathway, "ok", "Vi kommer kl. 14.")
    seat.desk.retry_now()
    assert seat.desk.close(wait=20) == 0


def test_the_database_is_let_go_of(town: Town, seat: Seat) -> None:
    from tests.app.town import AGREEMENT

    seat.desk.close(wait=0)
    Store.open(town.folder / "AHN" / "visitator.db", KEY, AGREEMENT).close()
