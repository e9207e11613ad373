"""Random days at one workstation with two users: I1, I4, I5, I7, I9 and I15 hold after each step.

The store is the real one, in a real file; the gateway is a list. Sync's own machine drives both
for real; this one looks for what the store alone could get wrong.
"""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from collections import Counter
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from tests.store.workstation import (
    NOW,
    Gateway,
    accepted,
    letter,
    note,
    open_store,
    plan,
    rejected,
    reply,
)
from visitator.domain.entries import Entry, ReplySent
from visitator.domain.pathway import fold
from visitator.domain.wire import PushResult
from visitator.store import Bucket, OutboxItem, OutboxState, Whose
from visitator.store.errors import TooLateToUndo

USERS = ("AHN", "BKR")
PATHWAYS = ("P1", "P2", "P3")
users = st.sampled_from(USERS)
pathways = st.sampled_from(PATHWAYS)


class Day(RuleBasedStateMachine):
    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="visitator-"))
        self.path = self.folder / "visitator.db"
        self.store = open_store(self.path)
        self.gateway = Gateway("epoch 1")
        self.histories = {"epoch 1": self.gateway.journal}
        self.did: dict[str, Entry] = {}
        """What users did and did not take back."""
        self.refused: set[str] = set()
        self.letters = 0
        self.last: tuple[str | None, int] = (None, 0)

    # What users do.

    @rule(acts=st.lists(st.tuples(users, pathways, st.booleans(), st.booleans()), min_size=1))
    def users_act(self, acts: list[tuple[str, str, bool, bool]]) -> None:
        for user, pathway, answers, undo in acts[:4]:
            found = self.store.pathway(pathway, user)
            done = note(author=user, pathway=pathway)
            if answers and found and found.to_answer:
                done = reply(found.to_answer, author=user, pathway=pathway)
            ends = NOW + dt.timedelta(seconds=10) if undo else None
            changes = self.store.append(done, not_before=ends)
            assert changes.outbox
            assert pathway in changes.pathways
            self.did[done.id] = done

    @rule(user=users, place=st.integers(0, 5))
    def undoes(self, user: str, place: int) -> None:
        items = self.store.outbox(user)
        if place < len(items):
            item = items[place]
            try:
                self.store.cancel(item.entry.id)
            except TooLateToUndo:
                assert item.attempts or item.state is OutboxState.ATTENTION
            else:
                assert item.attempts == 0
                del self.did[item.entry.id]

    @rule(user=users, discard=st.booleans())
    def decides(self, user: str, discard: bool) -> None:
        for item in self.store.outbox(user):
            if item.state is OutboxState.ATTENTION:
                self.store.resolve_attention(item.entry.id, "discard" if discard else "retry")
                self.refused.discard(item.entry.id)
                if discard:
                    del self.did[item.entry.id]
                return

    # What sync does, and how it is cut off.

    @rule(
        limit=st.integers(1, 4),
        reached=st.booleans(),
        answered=st.integers(0, 4),
        refuse=st.booleans(),
        late=st.booleans(),
    )
    def pushes(self, *, limit: int, reached: bool, answered: int, refuse: bool, late: bool) -> None:
        """Both users; the call may not reach the gateway, and the answer may be cut short."""
        now = NOW + dt.timedelta(minutes=1) if late else NOW
        for user in USERS:
            batch = self.store.next_batch(user, now, limit)
            assert all(item.user == user for item in batch)
            if reached:
                results = [self.answer(item, refuse) for item in batch]
                self.store.mark_results(results[:answered])

    def answer(self, item: OutboxItem, refuse: bool) -> PushResult:
        """What the gateway says; a reply is refused when asked to, as is what was refused once."""
        done = item.entry
        assert self.did[done.id] == done
        for each in self.gateway.journal:
            if each.id == done.id:
                return accepted(done, each.seq or 0)
        if done.id in self.refused or (refuse and isinstance(done.body, ReplySent)):
            self.refused.add(done.id)
            return rejected(done)
        (taken,) = self.gateway.accept(done)
        return accepted(done, taken.seq or 0)

    @rule(limit=st.integers(0, 3), again=st.booleans())
    def pulls(self, limit: int, again: bool) -> None:
        state = self.store.sync_state()
        if (state.epoch not in {None, self.gateway.epoch} and state.reread is None) or (
            state.reread and state.reread.epoch != self.gateway.epoch
        ):
            self.store.begin_reread(self.gateway.epoch)
        self.gateway.page_to(self.store, limit=limit)
        if again:
            self.gateway.page_to(self.store, limit=limit)

    @precondition(lambda self: self.store.sync_state().reread is not None)
    @rule()
    def finishes_the_reread(self) -> None:
        state = self.store.sync_state()
        assert state.reread
        if (state.reread.epoch, state.reread.cursor) == (
            self.gateway.epoch,
            len(self.gateway.journal),
        ):
            self.store.finish_reread()

    @rule()
    def syncs_without_trouble(self) -> None:
        self.pushes(limit=100, reached=True, answered=100, refuse=False, late=True)
        self.pulls(1_000, again=False)
        if self.store.sync_state().reread:
            self.store.finish_reread()

    # What happens elsewhere.

    @rule(pathway=pathways)
    def hospital_sends(self, pathway: str) -> None:
        self.letters += 1
        self.gateway.accept(letter(plan(f"BREV{self.letters}"), pathway=pathway))

    @rule(pathway=pathways)
    def somebody_else_writes(self, pathway: str) -> None:
        self.gateway.accept(note(author="CSL", pathway=pathway))

    @rule(lost=st.integers(0, 3))
    def gateway_is_restored(self, lost: int) -> None:
        before = self.gateway.journal
        self.gateway = Gateway(f"epoch {len(self.histories) + 1}")
        self.gateway.journal = before[: max(0, len(before) - lost)]
        self.histories[self.gateway.epoch] = self.gateway.journal

    @rule()
    def program_starts_again(self) -> None:
        self.store.close()
        self.store = open_store(self.path)

    # What holds.

    @invariant()
    def nothing_is_lost(self) -> None:
        """I1, I9: in the outbox, at the gateway, or here to be sent again to a restored one."""
        here = {item.entry.id for user in USERS for item in self.store.outbox(user)}
        shown = {each.id for each in self.shown()}
        for entry_id in self.did:
            assert entry_id in here or entry_id in shown or entry_id in self.at_gateway()

    @invariant()
    def the_journal_is_a_prefix(self) -> None:
        """I4, I5: what everybody sees is the history up to the cursor, which never goes back."""
        state = self.store.sync_state()
        if state.epoch == self.last[0]:
            assert state.cursor >= self.last[1]
        self.last = (state.epoch, state.cursor)
        for pathway in PATHWAYS:
            taken = [each for each in self.shown() if each.pathway_id == pathway]
            expected = fold(taken) if taken else None
            assert self.store.pathway(pathway, "nobody") == expected

    @invariant()
    def what_is_counted_is_what_is_there(self) -> None:
        for user in (*USERS, "nobody"):
            rows = self.store.inbox(user).rows
            there = Counter((row.bucket, row.due_at, row.owner is None) for row in rows)
            counted: Counter[tuple[Bucket, int, bool]] = Counter()
            for each in self.store.listing(user).tallies:
                counted[each.bucket, each.due_at, each.whose is Whose.NOBODYS] += each.count
            assert counted == there

    @invariant()
    def everybody_sees_the_own_work_and_no_others(self) -> None:
        """I7, I15."""
        for user in USERS:
            items = self.store.outbox(user)
            assert all(item.entry.author == item.user == user for item in items)
            rows = {row.pathway_id: row for row in self.store.inbox(user).rows}
            for pathway in PATHWAYS:
                own = [
                    item.entry.id
                    for item in items
                    if item.entry.pathway_id == pathway and item.state is not OutboxState.ATTENTION
                ]
                found = self.store.pathway(pathway, user)
                names = [each.id for each in found.timeline] if found else []
                assert set(own) <= set(names)
                assert len(names) == len(set(names))
                pending = {each.id for each in found.timeline if each.is_pending} if found else ()
                assert set(pending) <= set(own)
                assert (rows[pathway].pending if pathway in rows else 0) == len(own)
                if found:
                    assert rows[pathway].reply_state == found.reply_state

    def shown(self) -> list[Entry]:
        state = self.store.sync_state()
        return self.histories[state.epoch][: state.cursor] if state.epoch else []

    def at_gateway(self) -> set[str]:
        return {each.id for each in self.gateway.journal}

    def teardown(self) -> None:
        """I3: with a network that works and nothing new, all is at the gateway and shown."""
        if not hasattr(self, "store"):
            return
        self.refused.clear()
        for _ in range(3):
            for user in USERS:
                while any(i.state is OutboxState.ATTENTION for i in self.store.outbox(user)):
                    self.decides(user, discard=False)
            self.syncs_without_trouble()
        for user in USERS:
            assert self.store.outbox(user) == ()
        assert set(self.did) <= self.at_gateway()
        before = [self.store.inbox(user) for user in USERS]
        self.store.rebuild()
        assert [self.store.inbox(user) for user in USERS] == before
        self.store.close()
        shutil.rmtree(self.folder)


TestDay = Day.TestCase
TestDay.settings = settings(
    max_examples=max(40, settings().max_examples // 5),
    stateful_step_count=25,
)
