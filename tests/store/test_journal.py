"""The journal: pages and their cursor, and a history that is read anew."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import delete

from tests.store.workstation import (
    AGREEMENT,
    EPOCH,
    KEY,
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
from visitator.domain.entries import (
    Body,
    Entry,
    EntryError,
    NoteAdded,
    Opened,
    PlanState,
    UnknownBody,
    encode_entry,
)
from visitator.domain.pathway import fold
from visitator.domain.wire import checksum
from visitator.store import LocalDigest, OutboxState, Reread, Store
from visitator.store.errors import DiskFault, EpochUnknown
from visitator.store.tables import SETS


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


BOREDOM = b'{"kind":"lapsed","reason":"bored"}'


@pytest.mark.parametrize(
    ("body", "kind"), [(BOREDOM, "lapsed"), (b"{}", ""), (b"[1]", ""), (b'{"kind":5}', "")]
)
def test_a_body_that_cannot_be_read_does_not_stop_what_comes_after_it(
    store: Store, gateway: Gateway, body: bytes, kind: str
) -> None:
    """I14: it stands on the timeline as something this version cannot show."""
    gateway.accept(letter(plan()), entry(UnknownBody(kind=kind, raw=body)), note())
    gateway.page_to(store)
    assert store.sync_state().cursor == 3
    found = store.pathway("P1", "AHN")
    assert found
    assert found.timeline == tuple(gateway.journal)
    assert store.inbox("AHN").rows[0].last_seq == 3


def reads_only(older: pytest.MonkeyPatch, kind: type[Body]) -> None:
    """As a program for which the bodies of all other kinds are malformed."""
    older.setattr("visitator.domain.entries._decode_known", lambda data: None)
    older.setattr("visitator.domain.entries._body_decoder", msgspec.json.Decoder(kind))


def test_what_a_later_program_can_read_it_shows(
    store: Store, gateway: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    (came,) = gateway.accept(letter(plan()))
    with monkeypatch.context() as older:
        reads_only(older, NoteAdded)
        gateway.page_to(store)
        (row,) = store.inbox("AHN").rows
        assert (row.versions, row.citizen, store.search("Nancy")) == (0, None, ())
        found = store.pathway("P1", "AHN")
        assert found
        assert isinstance(found.timeline[0].body, UnknownBody)
    store.rebuild()
    (row,) = store.inbox("AHN").rows
    assert (row.versions, row.citizen is not None) == (1, True)
    assert store.pathway("P1", "AHN") == fold([came])
    assert [hit.entry_id for hit in store.search("Nancy")] == [came.id]


def test_an_own_entry_that_cannot_be_read_goes_back_as_it_was(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """I1: a restored gateway lost what an older program here cannot read."""
    own = note("Aftalt med datteren")
    store.append(own)
    store.next_batch("AHN", NOW, 20)
    kept, lost = (msgspec.structs.replace(e, seq=n) for n, e in ((1, note()), (2, own)))
    store.apply_page([encode_entry(kept), encode_entry(lost)], 2, EPOCH)
    with monkeypatch.context() as older:
        reads_only(older, Opened)
        store.begin_reread("second")
        store.apply_page([encode_entry(kept)], 1, "second")
        store.finish_reread()
    (item,) = store.outbox("AHN")
    assert item.entry == own


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

    def test_a_third_history_keeps_nothing_of_the_second(
        self, store: Store, restored: Gateway
    ) -> None:
        store.begin_reread("second")
        restored.page_to(store)
        third = Gateway("third")
        third.accept(note(pathway="P1"))
        store.begin_reread("third")
        third.page_to(store)
        store.finish_reread()
        (row,) = store.inbox("AHN").rows
        assert (row.versions, row.last_seq) == (0, 1)

    def test_the_same_history_is_read_anew_as_well(
        self, store: Store, gateway: Gateway, restored: Gateway
    ) -> None:
        """I13: beside what is shown, then in its place; what waits to be sent waits on."""
        queued, acked = note("et"), note("to", pathway="P2")
        store.append(acked)
        store.next_batch("AHN", NOW, 1)
        store.append(queued)
        gateway.accept(acked)
        store.mark_results([accepted(acked, 4)])
        lose(store, gateway.journal[0])
        store.begin_reread(EPOCH, through=4)
        gateway.page_to(store, limit=2)
        state = store.sync_state()
        assert state.reread == Reread(epoch=EPOCH, cursor=2, through=4)
        assert (state.epoch, state.cursor, len(names(store))) == (EPOCH, 3, 2)
        store.begin_reread(EPOCH, through=4)
        gateway.page_to(store)
        store.finish_reread()
        state = store.sync_state()
        assert (state.epoch, state.cursor, state.reread) == (EPOCH, 4, None)
        taken = [each.id for each in gateway.journal if each.pathway_id == "P1"]
        assert names(store) == [*taken, queued.id]
        assert [item.entry for item in store.outbox("AHN")] == [queued]

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

    def test_a_journal_restored_from_before_everything_gets_what_it_lost(
        self, store: Store, gateway: Gateway
    ) -> None:
        done = note()
        store.append(done)
        gateway.accept(done)
        gateway.page_to(store)
        store.begin_reread("second")
        store.finish_reread()
        assert [item.entry.id for item in store.outbox("AHN")] == [done.id]

    def test_what_a_second_restore_lost_goes_before_what_the_first_lost(
        self, store: Store, gateway: Gateway
    ) -> None:
        first, second = note(), note()
        for done in (second, first):
            store.append(done)
            gateway.accept(done)
        gateway.page_to(store)
        again = Gateway("second")
        again.accept(second)
        store.begin_reread("second")
        again.page_to(store)
        store.finish_reread()
        store.begin_reread("third")
        store.finish_reread()
        assert [item.entry.id for item in store.outbox("AHN")] == [second.id, first.id]

    def test_what_was_acknowledged_before_the_first_page_ever_is_asked_for_again(
        self, store: Store, gateway: Gateway
    ) -> None:
        done = note()
        store.append(done)
        store.next_batch("AHN", NOW, 20)
        store.mark_results([accepted(done, 1)])
        restored = Gateway("second")
        restored.accept(letter(plan()))
        restored.page_to(store)
        (item,) = store.outbox("AHN")
        assert (item.entry.id, item.state) == (done.id, OutboxState.SENT)

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


def lose(store: Store, lost: Entry) -> None:
    """What a journal should never do."""
    store._database.write(
        lambda connection: connection.execute(
            delete(SETS["a"].journal).where(SETS["a"].journal.c.id == lost.id)
        ),
        durable=True,
    )


class TestDigest:
    """I13: what is compared with the gateway's journal."""

    @pytest.fixture(autouse=True)
    def in_small_chunks(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("visitator.store.journal._CHUNK", 2)

    def test_nothing_was_read(self, store: Store) -> None:
        assert store.digest() is None

    def test_it_is_of_the_entries_as_they_came(self, store: Store, gateway: Gateway) -> None:
        for size in range(4):
            gateway.accept(*(note(pathway=f"P{place}") for place in range(size)))
            gateway.page_to(store)
            count, total = checksum(map(encode_entry, gateway.journal))
            assert store.digest() == LocalDigest(
                epoch=EPOCH, after=0, through=count, count=count, checksum=total
            )

    def test_it_tells_when_something_was_lost(self, store: Store, gateway: Gateway) -> None:
        gateway.accept(note(), note(), note())
        gateway.page_to(store)
        before = store.digest()
        lose(store, gateway.journal[1])
        after = store.digest()
        assert before
        assert after
        assert (before.count, after.count) == (3, 2)
        assert before.checksum != after.checksum

    def test_what_a_bootstrap_read_is_left_out(self, store: Store, gateway: Gateway) -> None:
        """It leaves out pathways that were closed long ago."""
        _, second, *_ = gateway.accept(note(), note(), note(), note())
        store.begin_reread(EPOCH, through=2)
        store.apply_page([encode_entry(second)], 2, EPOCH)
        assert store.digest() is None
        store.finish_reread()
        found = store.digest()
        assert found == LocalDigest(
            epoch=EPOCH, after=2, through=2, count=0, checksum=checksum([])[1]
        )
        gateway.page_to(store)
        found = store.digest()
        assert found
        assert (found.after, found.through) == (2, 4)
        assert (found.count, found.checksum) == checksum(map(encode_entry, gateway.journal[2:]))

    def test_a_history_that_is_then_read_in_full_is_compared_in_full(
        self, store: Store, gateway: Gateway
    ) -> None:
        gateway.accept(note(), note())
        store.begin_reread(EPOCH, through=2)
        gateway.page_to(store)
        store.finish_reread()
        store.begin_reread(EPOCH)
        gateway.page_to(store)
        store.finish_reread()
        found = store.digest()
        assert found
        assert (found.after, found.count) == (0, 2)


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


class TestAHistoryThatIsMissingMuch:
    """Absence is not deletion (sync I10): what was there is kept beside the database."""

    @pytest.fixture
    def many(self, store: Store) -> Store:
        gateway = Gateway()
        gateway.accept(*(letter(plan(), pathway=f"P{n}") for n in range(250)))
        gateway.page_to(store)
        return store

    def read_anew(self, store: Store, left: int) -> None:
        second = Gateway("second")
        second.accept(*(letter(plan(), pathway=f"P{n}") for n in range(left)))
        store.begin_reread("second")
        second.page_to(store)
        store.finish_reread()

    @pytest.mark.parametrize(("left", "kept"), [(250, 0), (201, 0), (200, 0), (199, 1), (0, 1)])
    def test_a_copy_is_kept_when_much_would_go(
        self, many: Store, path: Path, caplog: pytest.LogCaptureFixture, left: int, kept: int
    ) -> None:
        self.read_anew(many, left)
        copies = list(path.parent.glob("visitator.db.historik-*"))
        assert len(copies) == kept
        assert len(many.inbox("AHN", limit=300).rows) == left
        assert ("is kept" in caplog.text) is bool(kept)
        assert EPOCH not in "".join(each.name for each in copies)
        for copy in copies:
            assert b"Nancy" not in copy.read_bytes()
            with Store.open(copy, KEY, AGREEMENT) as old:
                assert len(old.inbox("AHN", limit=300).rows) == 250

    def test_few_that_are_all_there_was_are_kept_too(
        self, store: Store, gateway: Gateway, path: Path
    ) -> None:
        gateway.accept(letter(plan()))
        gateway.page_to(store)
        self.read_anew(store, 0)
        assert len(list(path.parent.glob("visitator.db.historik-*"))) == 1

    def test_without_room_for_the_copy_the_old_history_stays(
        self, many: Store, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        with monkeypatch.context() as disk:
            disk.setattr(Path, "replace", full)
            with pytest.raises(DiskFault):
                self.read_anew(many, 0)
        assert len(many.inbox("AHN", limit=300).rows) == 250
        assert list(path.parent.glob("*historik*")) == []
        many.finish_reread()
        assert len(list(path.parent.glob("*historik*"))) == 1
