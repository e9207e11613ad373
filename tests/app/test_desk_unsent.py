"""What was done and has not gone out: after a crash, at the end, offline, behind a colleague."""

from __future__ import annotations

import datetime as dt
import shutil

import pytest

from tests.app.town import Seat, Town, in_journal, lost_race, names
from tests.gateway.mailbox import AKSEL, OTHER_EPISODE, plan
from visitator.app.views import (
    Box,
    Decision,
    DraftView,
    KnownError,
    Link,
    Transit,
)
from visitator.domain.entries import ReplySent
from visitator.store import Store
from visitator.store.errors import DiskFull

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
    bodil, lost = lost_race(town, seat, pathway)
    (attention,) = bodil.desk.attention()

    assert attention.entry_id == lost
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
