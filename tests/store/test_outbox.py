"""The outbox: nothing a user did is lost, doubled, sent too early or sent by another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import DBAPIError

from tests.store.workstation import (
    NOW,
    Gateway,
    accepted,
    entry,
    letter,
    note,
    open_store,
    plan,
    rejected,
    reply,
)
from visitator.domain.entries import Assigned, Entry, PlanState, encode_entry
from visitator.domain.terms import ReplyState
from visitator.domain.wire import PushResult
from visitator.store import Draft, OutboxItem, OutboxState, Store
from visitator.store.errors import NoSuchItem, TooLateToUndo

TEN_SECONDS = dt.timedelta(seconds=10)


def states(store: Store, user: str = "AHN") -> dict[str, OutboxState]:
    return {item.entry.id: item.state for item in store.outbox(user)}


def ids(items: Iterable[OutboxItem]) -> list[str]:
    return [item.entry.id for item in items]


def asked(store: Store, gateway: Gateway, pathway: str = "P1") -> PlanState:
    """A plan has come; what a reply to it has to name."""
    gateway.accept(letter(plan(), pathway=pathway))
    gateway.page_to(store)
    found = store.pathway(pathway, "AHN")
    assert found
    assert found.to_answer
    return found.to_answer


def test_what_a_user_did_is_there_when_the_program_starts_again(path: Path) -> None:
    with open_store(path) as store:
        done = note()
        changes = store.append(done)
        assert changes.outbox
        assert changes.pathways == {"P1"}
    with open_store(path) as store:
        (item,) = store.outbox("AHN")
        assert item.entry == done
        assert item.state is OutboxState.QUEUED
        assert item.state.label == "I udbakke"


def test_what_waits_in_one_pathway_is_there_without_the_rest(store: Store) -> None:
    done = [note(), note(pathway="P2"), note()]
    for each in done:
        store.append(each)
    assert ids(store.outbox("AHN", "P1")) == [done[0].id, done[2].id]
    assert ids(store.outbox("AHN", "P3")) == []


def test_only_what_is_pending_goes_into_the_outbox(store: Store) -> None:
    with pytest.raises(ValueError, match="pending"):
        store.append(msgspec.structs.replace(note(), seq=3))


def test_the_draft_goes_with_the_entry_that_was_written_in_it(store: Store) -> None:
    mine = Draft(user="AHN", pathway_id="P1", kind="note", data=b"Ring", updated_at=NOW)
    others = msgspec.structs.replace(mine, user="BKR")
    for draft in (mine, msgspec.structs.replace(mine, kind="reply"), others):
        store.save_draft(draft)
    assert store.append(note(), drop_draft="note").drafts
    assert [draft.kind for draft in store.drafts("AHN")] == ["reply"]
    assert store.drafts("BKR") == (others,)


def test_a_draft_is_the_last_that_was_typed(store: Store) -> None:
    draft = Draft(user="AHN", pathway_id="P1", kind="note", data=b"Rin", updated_at=NOW)
    typed = msgspec.structs.replace(draft, data=b"Ring", updated_at=NOW + TEN_SECONDS)
    store.save_draft(draft)
    store.save_draft(typed)
    assert store.drafts("AHN") == (typed,)
    assert store.drop_draft("AHN", "P1", "note").drafts
    assert not store.drop_draft("AHN", "P1", "note").drafts
    assert store.drafts("AHN") == ()


def test_entries_are_sent_in_order_and_as_they_are_stored(store: Store) -> None:
    done = [note(), note(pathway="P2"), note()]
    for each in done:
        store.append(each)
    batch = store.next_batch("AHN", NOW, 2)
    assert [item.data for item in batch] == [encode_entry(each) for each in done[:2]]
    assert ids(store.next_batch("AHN", NOW, 20)) == [each.id for each in done]
    assert [item.attempts for item in store.outbox("AHN")] == [2, 2, 1]


def test_only_what_is_taken_counts_as_sent(store: Store) -> None:
    done = [note(pathway="P1"), note(pathway="P2"), note(pathway="P3")]
    for each in done:
        store.append(each)
    room = len(encode_entry(done[1])) + 1
    assert ids(store.next_batch("AHN", NOW, 20, room=room, but_not={"P1"})) == [done[1].id]
    assert ids(store.next_batch("AHN", NOW, 20, room=1, but_not={"P1"})) == [done[1].id]
    assert [item.attempts for item in store.outbox("AHN")] == [0, 2, 0]


def test_a_reply_waits_for_its_undo_window_and_what_follows_it_waits_too(store: Store) -> None:
    first, after, elsewhere = note(), note(), note(pathway="P2")
    store.append(first, not_before=NOW + TEN_SECONDS)
    store.append(after)
    store.append(elsewhere)
    assert store.next_due("AHN", NOW) == NOW + TEN_SECONDS
    assert ids(store.next_batch("AHN", NOW, 20)) == [elsewhere.id]
    assert ids(store.next_batch("AHN", NOW + TEN_SECONDS, 20)) == [
        first.id,
        after.id,
        elsewhere.id,
    ]
    assert store.next_due("AHN", NOW) is None


def test_a_winner_that_cannot_be_read_does_not_hide_the_outbox(store: Store) -> None:
    done = note()
    store.append(done)
    store.next_batch("AHN", NOW, 1)
    refusal = rejected(done)
    store.mark_results([msgspec.structs.replace(refusal, winner_json=msgspec.Raw(b'"nobody"'))])
    (item,) = store.outbox("AHN")
    assert (item.state, item.winner) == (OutboxState.ATTENTION, None)


def test_a_window_that_has_ended_does_not_hide_a_later_one(store: Store) -> None:
    """What waits behind another window of its pathway could not go when its own ended."""
    store.append(note(), not_before=NOW + 3 * TEN_SECONDS)
    store.append(note(), not_before=NOW + TEN_SECONDS)
    assert store.next_due("AHN", NOW) == NOW + TEN_SECONDS
    assert store.next_due("AHN", NOW + TEN_SECONDS) == NOW + 3 * TEN_SECONDS
    assert store.next_due("AHN", NOW + 3 * TEN_SECONDS) is None


@given(
    back=st.timedeltas(dt.timedelta(microseconds=1), dt.timedelta(hours=30)),
)
def test_a_clock_that_is_put_back_does_not_hold_a_reply(
    tmp_path_factory: pytest.TempPathFactory, back: dt.timedelta
) -> None:
    with open_store(tmp_path_factory.mktemp("clock") / "visitator.db") as store:
        store.append(note(), not_before=NOW + TEN_SECONDS)
        assert len(store.next_batch("AHN", NOW - back, 20)) == 1


def test_what_was_not_sent_can_be_undone_and_kept_as_a_draft(store: Store) -> None:
    done = note()
    store.append(done, not_before=NOW + TEN_SECONDS)
    draft = Draft(user="AHN", pathway_id="P1", kind="note", data=b"Ring", updated_at=NOW)
    assert store.cancel(done.id, keep=draft).pathways == {"P1"}
    assert store.outbox("AHN") == ()
    assert store.drafts("AHN") == (draft,)
    assert store.pathway("P1", "AHN") is None
    assert store.inbox("AHN").rows == ()


def test_what_may_have_been_sent_cannot_be_undone(store: Store) -> None:
    done = note()
    store.append(done)
    store.next_batch("AHN", NOW, 20)
    with pytest.raises(TooLateToUndo, match="for sent at fortryde"):
        store.cancel(done.id)
    assert ids(store.outbox("AHN")) == [done.id]


def test_what_did_not_leave_can_be_taken_back_again(store: Store) -> None:
    done = note()
    store.append(done)
    store.next_batch("AHN", NOW, 20)
    assert store.mark_unsent([done.id]).outbox
    (item,) = store.outbox("AHN")
    assert (item.state, item.attempts) == (OutboxState.QUEUED, 0)
    store.cancel(done.id)
    assert not store.outbox("AHN")


def test_what_may_have_left_before_stays_sent(store: Store) -> None:
    done = note()
    store.append(done)
    store.next_batch("AHN", NOW, 20)
    store.next_batch("AHN", NOW, 20)
    assert not store.mark_unsent([done.id]).outbox
    with pytest.raises(TooLateToUndo):
        store.cancel(done.id)


def test_the_undo_window_opens_again_after_a_start_and_ends_at_the_close(store: Store) -> None:
    done, sent, plain = note(), note(pathway="P2"), note(pathway="P3")
    store.append(sent, not_before=NOW)
    store.next_batch("AHN", NOW, 20)
    store.append(done, not_before=NOW + TEN_SECONDS)
    store.append(plain)
    later = NOW + dt.timedelta(hours=1)
    store.set_undo_window("AHN", opened=later, not_before=later + TEN_SECONDS)
    assert store.next_due("AHN", later) == later + TEN_SECONDS
    assert ids(store.next_batch("AHN", later, 20)) == [sent.id, plain.id]
    store.set_undo_window("AHN", opened=later, not_before=None)
    assert done.id in ids(store.next_batch("AHN", later, 20))


def test_another_user_neither_sees_nor_sends_it(store: Store, gateway: Gateway) -> None:
    """I15."""
    to = asked(store, gateway)
    store.append(reply(to, comment="Hemmelig kommentar"))
    assert store.outbox("BKR") == ()
    assert store.next_batch("BKR", NOW, 20) == ()
    assert store.next_due("BKR", NOW) is None
    theirs = store.pathway("P1", "BKR")
    assert theirs
    assert theirs.replies == ()
    (row,) = store.inbox("BKR").rows
    assert row.reply_state is ReplyState.RECEIVED
    assert row.pending == 0
    (own,) = store.inbox("AHN").rows
    assert own.reply_state is ReplyState.ANSWERED_OK
    assert own.pending == 1
    assert store.search("Hemmelig") == ()


def test_an_acknowledged_entry_is_shown_until_the_journal_holds_it(
    store: Store, gateway: Gateway
) -> None:
    """I7."""
    done = reply(asked(store, gateway))
    store.append(done)
    store.next_batch("AHN", NOW, 20)
    (taken,) = gateway.accept(done)
    assert store.mark_results([accepted(done, 2)]).outbox
    assert states(store) == {done.id: OutboxState.ACKED}
    assert store.next_batch("AHN", NOW, 20) == ()
    before = store.pathway("P1", "AHN")
    gateway.page_to(store)
    assert store.outbox("AHN") == ()
    after = store.pathway("P1", "AHN")
    assert before
    assert after
    assert before.agreement
    assert after.agreement
    assert after.timeline[-1] == taken


def test_an_answer_that_was_lost_is_made_up_for_by_the_page(store: Store, gateway: Gateway) -> None:
    done = reply(asked(store, gateway))
    store.append(done)
    store.next_batch("AHN", NOW, 20)
    gateway.accept(done)
    gateway.page_to(store)
    assert store.outbox("AHN") == ()
    assert store.mark_results([accepted(done, 2)]).outbox is False


def test_an_answer_after_the_page_ends_it(store: Store, gateway: Gateway) -> None:
    done = note()
    store.append(done)
    (sent,) = store.next_batch("AHN", NOW, 20)
    duplicate = PushResult(id=done.id, status="duplicate", seq=1, server_time=NOW)
    store.mark_results([duplicate])
    assert states(store) == {done.id: OutboxState.ACKED}
    gateway.accept(sent.entry)
    gateway.page_to(store)
    assert store.outbox("AHN") == ()


def test_a_refused_entry_needs_attention_and_keeps_its_text(store: Store, gateway: Gateway) -> None:
    """I1, I9."""
    to = asked(store, gateway)
    (winner,) = gateway.accept(reply(to, author="BKR"))
    done = reply(to, comment="Nøglen ligger hos naboen")
    store.append(done)
    store.next_batch("AHN", NOW, 20)
    store.mark_results([rejected(done, winner=winner)])
    (item,) = store.outbox("AHN")
    assert item.state is OutboxState.ATTENTION
    assert item.reason == "already_answered"
    assert item.winner == winner
    assert item.entry == done
    found = store.pathway("P1", "AHN")
    assert found
    assert found.replies == ()
    assert store.next_batch("AHN", NOW, 20) == ()


@pytest.mark.parametrize(
    "result",
    [
        {"status": "teleported"},
        {"status": "accepted"},
        {"status": "rejected"},
        {"status": "rejected", "reason": ""},
    ],
)
def test_an_answer_nobody_understands_needs_attention(store: Store, result: dict[str, Any]) -> None:
    """I14."""
    done = note()
    store.append(done)
    store.next_batch("AHN", NOW, 20)
    store.mark_results([PushResult(id=done.id, server_time=NOW, **result)])
    (item,) = store.outbox("AHN")
    assert (item.state, item.reason) == (OutboxState.ATTENTION, "unknown_result")


def test_an_entry_the_gateway_puts_off_stays_queued(store: Store) -> None:
    done = note()
    store.append(done)
    store.next_batch("AHN", NOW, 20)
    store.mark_results([PushResult(id=done.id, status="retry", server_time=NOW)])
    assert ids(store.next_batch("AHN", NOW, 20)) == [done.id]


def test_an_answer_about_nothing_here_changes_nothing(store: Store) -> None:
    assert store.mark_results([accepted(note(), 7)]).outbox is False


class TestAfterARefusedReply:
    """I6: later replies in its pathway wait until the user has decided; all else goes on."""

    @pytest.fixture
    def refused(self, store: Store, gateway: Gateway) -> Entry:
        to = asked(store, gateway)
        asked(store, gateway, "P2")
        done = reply(to)
        store.append(done)
        store.append(reply(PlanState(plan=to.plan, seen=done.id), "Og så lige"))
        store.next_batch("AHN", NOW, 1)
        store.mark_results([rejected(done)])
        return done

    def test_a_later_reply_is_held(self, store: Store, refused: Entry) -> None:
        assert list(states(store).values()) == [OutboxState.ATTENTION, OutboxState.HELD]
        assert store.next_batch("AHN", NOW, 20) == ()

    def test_so_is_one_that_is_written_now(self, store: Store, refused: Entry) -> None:
        found = store.pathway("P1", "AHN")
        assert found
        assert found.to_answer
        new = reply(found.to_answer)
        store.append(new)
        assert states(store)[new.id] is OutboxState.HELD

    def test_all_else_goes_on(self, store: Store, refused: Entry) -> None:
        own = note()
        elsewhere = reply(PlanState(plan="plan"), pathway="P2")
        others = reply(PlanState(plan="plan"), author="BKR")
        for each in (own, elsewhere, others):
            store.append(each)
        assert ids(store.next_batch("AHN", NOW, 20)) == [own.id, elsewhere.id]
        assert ids(store.next_batch("BKR", NOW, 20)) == [others.id]

    def test_a_held_reply_can_be_undone(self, store: Store, refused: Entry) -> None:
        held = store.outbox("AHN")[1].entry
        store.cancel(held.id)
        assert list(states(store)) == [refused.id]

    def test_discarding_lets_the_held_ones_go(self, store: Store, refused: Entry) -> None:
        store.resolve_attention(refused.id, "discard")
        assert list(states(store).values()) == [OutboxState.QUEUED]
        assert len(store.next_batch("AHN", NOW, 20)) == 1

    def test_sending_it_again_sends_both_in_order(self, store: Store, refused: Entry) -> None:
        store.resolve_attention(refused.id, "retry")
        batch = store.next_batch("AHN", NOW, 20)
        assert ids(batch) == list(states(store))
        assert batch[0].entry == refused
        assert batch[0].reason is None

    def test_another_can_be_sent_instead(self, store: Store, refused: Entry) -> None:
        found = store.pathway("P1", "AHN")
        assert found
        assert found.to_answer
        held = store.outbox("AHN")[1].entry
        new = reply(found.to_answer, "Nu med tilføjelse")
        store.resolve_attention(refused.id, "discard", instead=new)
        assert ids(store.next_batch("AHN", NOW, 20)) == [held.id, new.id]

    def test_a_second_refusal_holds_on(self, store: Store, refused: Entry) -> None:
        held = store.outbox("AHN")[1].entry
        store.resolve_attention(refused.id, "retry")
        third = reply(PlanState(plan="plan"))
        store.append(third)
        store.next_batch("AHN", NOW, 20)
        store.mark_results([rejected(refused), rejected(held)])
        assert list(states(store).values())[2] is OutboxState.HELD
        store.resolve_attention(refused.id, "discard")
        assert states(store)[third.id] is OutboxState.HELD
        store.resolve_attention(held.id, "discard")
        assert states(store)[third.id] is OutboxState.SENT

    def test_a_page_that_settles_it_lets_the_held_ones_go(
        self, store: Store, gateway: Gateway
    ) -> None:
        to = asked(store, gateway)
        done = reply(to)
        later = reply(PlanState(plan=to.plan, seen=done.id), "Og så lige")
        store.append(done)
        store.append(later)
        store.next_batch("AHN", NOW, 20)
        store.mark_results([PushResult(id=done.id, status="scheduled", server_time=NOW)])
        assert list(states(store).values()) == [OutboxState.ATTENTION, OutboxState.HELD]
        gateway.accept(done)
        gateway.page_to(store)
        assert ids(store.next_batch("AHN", NOW, 20)) == [later.id]


def test_a_decision_is_made_once(store: Store) -> None:
    done = note()
    store.append(done)
    with pytest.raises(NoSuchItem, match="tage stilling"):
        store.resolve_attention(done.id, "discard")
    with pytest.raises(NoSuchItem, match="tage stilling"):
        store.resolve_attention(note().id, "retry")
    with pytest.raises(ValueError, match="discarded"):
        store.resolve_attention(done.id, "retry", instead=note())


def test_an_assignment_shows_in_the_inbox_at_once(store: Store, gateway: Gateway) -> None:
    asked(store, gateway)
    store.append(entry(Assigned(owner="AHN", previous=None)))
    (row,) = store.inbox("AHN").rows
    assert (row.owner, row.reply_state) == ("AHN", ReplyState.IN_PROGRESS)


@pytest.mark.parametrize(
    "change", ["data = x'00'", "id = 'another'", "user = 'BKR'", "pathway_id = 'P9'", "n = 99"]
)
def test_what_was_sent_never_changes(store: Store, change: str) -> None:
    """The database itself refuses, whatever a later program tries."""
    statement = f"UPDATE outbox SET {change}"
    store.append(note())
    store.next_batch("AHN", NOW, 20)
    with pytest.raises(DBAPIError, match="never changes"):
        store._database.write(
            lambda connection: connection.exec_driver_sql(statement), durable=True
        )
