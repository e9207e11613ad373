"""The journal: pages and their cursor, and a history that is read anew."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from tests.store.workstation import (
    EPOCH,
    NOW,
    Gateway,
    accepted,
    entry,
    letter,
    note,
    plan,
    rejected,
    reply,
)
from visitator.domain.entries import EntryError, PlanState, UnknownBody, encode_entry
from visitator.domain.pathway import fold
from visitator.store import OutboxState, Store
from visitator.store.errors import EpochUnknown


def names(store: Store, pathway: str = "P1", user: str = "AHN") -> list[str]:
    found = store.pathway(pathway, user)
    return [each.id for each in found.timeline] if found else []


def test_a_new_store_has_read_nothing(store: Store) -> None:
    state = store.sync_state()
    assert (state.epoch, state.cursor, state.reread) == (None, 0, None)
    assert (state.last_ok, state.server_skew) == (None, None)


def test_a_pathway_is_the_fold_of_its_entries(store: Store, gateway: Gateway) -> None:
    taken = gateway.accept(letter(plan()), note(), note(pathway="P2"), letter(plan("BREV2")))
    changes = gateway.page_to(store)
    assert changes.pathways == {"P1", "P2"}
    assert store.pathway("P1", "AHN") == fold(each for each in taken if each.pathway_id == "P1")
    assert store.pathway("P3", "AHN") is None
    assert store.sync_state().cursor == 4


def test_pages_follow_each_other(store: Store, gateway: Gateway) -> None:
    taken = gateway.accept(*(note() for _ in range(7)))
    for _ in range(4):
        gateway.page_to(store, limit=2)
    assert names(store) == [each.id for each in taken]


def test_a_page_that_comes_again_changes_nothing(store: Store, gateway: Gateway) -> None:
    taken = gateway.accept(note(), note(), note())
    data = [encode_entry(each) for each in taken]
    store.apply_page(data, 3, EPOCH)
    assert store.apply_page(data[:2], 2, EPOCH).pathways == frozenset()
    assert store.sync_state().cursor == 3
    assert names(store) == [each.id for each in taken]


def test_a_cursor_can_go_on_without_entries(store: Store) -> None:
    """A bootstrap leaves out pathways that were closed long ago."""
    store.apply_page([], 40, EPOCH)
    assert store.sync_state().cursor == 40


def test_a_page_with_something_unreadable_is_not_taken(store: Store, gateway: Gateway) -> None:
    """I4: page and cursor, or neither."""
    first, second = gateway.accept(note(), note())
    store.apply_page([encode_entry(first)], 1, EPOCH)
    with pytest.raises(EntryError):
        store.apply_page([encode_entry(second), b"{}"], 3, EPOCH)
    assert store.sync_state().cursor == 1
    assert names(store) == [first.id]


@pytest.mark.parametrize("seqs", [[2, 1], [1, 1], [1, 4], [None, 1]])
def test_a_page_out_of_order_is_not_taken(store: Store, seqs: list[Any]) -> None:
    page = [encode_entry(msgspec.structs.replace(note(), seq=seq)) for seq in seqs]
    with pytest.raises(ValueError, match="order"):
        store.apply_page(page, 3, EPOCH)
    assert store.sync_state().cursor == 0


def test_what_is_not_understood_is_kept_as_it_came(store: Store) -> None:
    """I14."""
    body = UnknownBody(kind="robot_waved", raw=b'{"kind":"robot_waved","arms":2}')
    data = encode_entry(msgspec.structs.replace(entry(body), seq=1))
    store.apply_page([msgspec.Raw(data)], 1, EPOCH)
    found = store.pathway("P1", "AHN")
    assert found
    assert found.timeline[0].body == body


def test_a_page_of_another_history_is_refused(store: Store, gateway: Gateway) -> None:
    gateway.accept(note())
    gateway.page_to(store)
    with pytest.raises(EpochUnknown, match="ny historik"):
        store.apply_page([], 5, "second")
    assert store.sync_state().cursor == 1


class TestReread:
    """I5: a gateway that was restored has another history."""

    @pytest.fixture
    def restored(self, store: Store, gateway: Gateway) -> Gateway:
        """Two entries were in the backup; a note of this workstation was not."""
        gateway.accept(letter(plan()), letter(plan(), pathway="P2"))
        own = note("Aftalt med datteren")
        store.append(own)
        store.next_batch("AHN", NOW, 20)
        gateway.accept(own)
        gateway.page_to(store)
        assert store.outbox("AHN") == ()
        restored = Gateway("second")
        restored.journal = gateway.journal[:2]
        return restored

    def test_the_old_history_is_shown_until_the_new_one_is_whole(
        self, store: Store, restored: Gateway
    ) -> None:
        store.begin_reread("second", through=2)
        restored.page_to(store, limit=1)
        state = store.sync_state()
        assert (state.epoch, state.cursor) == (EPOCH, 3)
        assert state.reread is not None
        assert (state.reread.cursor, state.reread.through) == (1, 2)
        assert len(names(store)) == 2
        assert len(store.search("Aftalt")) == 1

    def test_it_goes_on_where_it_was_interrupted(self, store: Store, restored: Gateway) -> None:
        store.begin_reread("second")
        restored.page_to(store, limit=1)
        store.begin_reread("second")
        restored.page_to(store, limit=1)
        assert store.finish_reread().everything
        state = store.sync_state()
        assert (state.epoch, state.cursor, state.reread) == ("second", 2, None)

    def test_a_third_history_starts_from_nothing(self, store: Store, restored: Gateway) -> None:
        store.begin_reread("second")
        restored.page_to(store)
        third = Gateway("third")
        (only,) = third.accept(note(pathway="P3"))
        store.begin_reread("third")
        third.page_to(store)
        store.finish_reread()
        assert names(store, "P3") == [only.id]
        assert store.pathway("P2", "AHN") is None

    def test_what_the_gateway_lost_is_sent_again(self, store: Store, restored: Gateway) -> None:
        """I1: in the outbox, or at the gateway."""
        later = note("Skrevet bagefter")
        store.append(later)
        store.begin_reread("second")
        restored.page_to(store)
        store.finish_reread()
        lost, new = store.outbox("AHN")
        assert lost.state is OutboxState.SENT
        assert lost.entry.is_pending
        assert new.entry == later
        batch = store.next_batch("AHN", NOW, 20)
        restored.accept(*(item.entry for item in batch))
        restored.page_to(store)
        assert store.outbox("AHN") == ()
        assert names(store)[1:] == [lost.entry.id, later.id]

    def test_what_a_second_restore_loses_is_sent_again_too(
        self, store: Store, gateway: Gateway, restored: Gateway
    ) -> None:
        """Whose it was is known from one history to the next."""
        whole = Gateway("whole")
        whole.journal = gateway.journal
        for history in (whole, restored):
            store.begin_reread(history.epoch)
            history.page_to(store)
            store.finish_reread()
        assert [item.entry.id for item in store.outbox("AHN")] == [gateway.journal[2].id]

    def test_what_others_did_is_not_sent_by_this_workstation(
        self, store: Store, gateway: Gateway
    ) -> None:
        gateway.accept(note(author="BKR"))
        gateway.page_to(store)
        store.begin_reread("second")
        store.finish_reread()
        assert store.outbox("BKR") == ()
        assert store.outbox("AHN") == ()

    def test_the_outbox_outlives_its_pathway(self, store: Store, restored: Gateway) -> None:
        """I9: what is queued, acknowledged or refused stays, with its text."""
        queued, acked, refused = (note(text, pathway="P2") for text in ("et", "to", "tre"))
        for each in (refused, acked, queued):
            store.append(each)
        store.next_batch("AHN", NOW, 2)
        store.mark_results([rejected(refused, "gone"), accepted(acked, 9)])
        restored.journal = restored.journal[:1]
        store.begin_reread("second")
        restored.page_to(store)
        store.finish_reread()
        found = {item.entry.id: item.state for item in store.outbox("AHN")}
        assert found[refused.id] is OutboxState.ATTENTION
        assert found[acked.id] is OutboxState.SENT
        assert found[queued.id] is OutboxState.QUEUED
        assert names(store, "P2") == [acked.id, queued.id]

    def test_what_is_accepted_meanwhile_is_not_dropped_by_old_numbers(
        self, store: Store, restored: Gateway
    ) -> None:
        done = note()
        store.append(done)
        store.begin_reread("second")
        store.next_batch("AHN", NOW, 20)
        restored.accept(done)
        store.mark_results([accepted(done, 3)])
        assert done.id in names(store)
        restored.page_to(store)
        store.finish_reread()
        assert done.id in names(store)
        assert done.id not in [item.entry.id for item in store.outbox("AHN")]

    def test_search_and_inbox_are_those_of_the_new_history(
        self, store: Store, restored: Gateway
    ) -> None:
        restored.accept(letter(plan("BREV5"), pathway="P5"))
        store.begin_reread("second")
        restored.page_to(store)
        store.finish_reread()
        assert {hit.header.pathway_id for hit in store.search("Nancy")} == {"P1", "P2", "P5"}
        assert store.search("Aftalt") == ()
        assert {row.pathway_id for row in store.inbox("BKR").rows} == {"P1", "P2", "P5"}

    def test_there_is_nothing_to_finish_without_a_beginning(self, store: Store) -> None:
        with pytest.raises(EpochUnknown):
            store.finish_reread()


def test_the_last_success_is_remembered(store: Store) -> None:
    store.note_success(NOW, NOW - NOW)
    store.note_success(NOW)
    state = store.sync_state()
    assert (state.last_ok, state.server_skew) == (NOW, NOW - NOW)


def test_a_held_reply_is_shown(store: Store, gateway: Gateway) -> None:
    gateway.accept(letter(plan()))
    gateway.page_to(store)
    first, second = reply(PlanState(plan="x")), reply(PlanState(plan="x"))
    store.append(first)
    store.append(second)
    store.next_batch("AHN", NOW, 1)
    store.mark_results([rejected(first)])
    assert names(store)[1:] == [second.id]
