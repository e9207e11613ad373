"""Random days in a municipality: real stores, the real gateway, and everything that can break.

The rules are what people, hospitals and networks do; the invariants are those of sync.md.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal, TypeAlias, TypeVar

import msgspec
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import Connection

from tests.sync.desk import Desk
from tests.sync.municipality import STAYS, Municipality
from tests.sync.network import Fault, Network
from visitator.domain.entries import (
    AnswerCategory,
    Assigned,
    Entry,
    KnownBody,
    NoteAdded,
    Opened,
    PhoneCall,
    ReplySent,
)
from visitator.domain.pathway import Pathway, fold
from visitator.domain.wire import checksum
from visitator.gateway import journal
from visitator.identifiers import new_letter_id
from visitator.store import Draft, OutboxItem, OutboxState, Store
from visitator.store.errors import NoSuchItem, TooLateToUndo
from visitator.sync import Condition, SyncStatus

UNDO = dt.timedelta(seconds=10)
NOBODY = "nobody"
"""A user without an outbox: sees what the journal holds."""

_T = TypeVar("_T")
_Actions: TypeAlias = list[tuple[int, str, bool]]
_Crash: TypeAlias = tuple[int, str]
_Decision: TypeAlias = Literal["discard", "retry"]
_DESKS = st.integers(0, 1)
_STAY = st.integers(0, len(STAYS) - 1)
_ACTION = st.sampled_from(["reply", "reply", "note", "take", "give_back", "open", "call"])
_UNDO = st.sampled_from([False, False, False, True])
_ACTIONS = st.lists(st.tuples(_STAY, _ACTION, _UNDO), min_size=1, max_size=4)
_FAULT = st.sampled_from([fault for fault in Fault if fault is not Fault.OK])
_FAULTS = st.lists(st.sampled_from(Fault), max_size=6)
_CRASH = st.tuples(st.integers(0, 6), st.sampled_from(["before", "after"]))
_REFUSALS = {"already_answered", "superseded", "conflict"}
_AFTER_RESTORE = _REFUSALS | {"gone", "invalid"}


class Crash(BaseException):
    """The power goes."""


class Fuse:
    """Blows at one commit of a store: just before it, or just after."""

    def __init__(self, store: Store, commits: int, when: str) -> None:
        self.database: Any = store._database
        self.write = self.database.write
        self.left = commits
        self.when = when

    def __enter__(self) -> None:
        self.database.write = self._write

    def __exit__(self, *error: object) -> None:
        self.database.write = self.write

    def _write(self, work: Callable[[Connection], _T], *, durable: bool) -> _T:
        self.left -= 1
        if self.left >= 0:
            return self.write(work, durable=durable)

        def cut(connection: Connection) -> _T:
            work(connection)
            raise Crash

        if self.when == "after":
            self.write(work, durable=durable)
            raise Crash
        return self.write(cut, durable=durable)


class Day(RuleBasedStateMachine):
    """Two workstations; at the second one two users take turns."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="visitator-"))
        self.runner = asyncio.Runner()
        self.town = Municipality(self.folder, self.runner)
        self.networks: dict[str, Network] = {}
        self.made: dict[str, Entry] = {}
        """What users did and did not take back."""
        self.ever: set[str] = set()
        """What users did, also what they took back or gave up."""
        self.out_of_order: set[str] = set()
        """What was refused: it may come later."""
        self.sent_as: dict[str, bytes] = {}
        self.seen: dict[str, tuple[str | None, int]] = {}
        self.checked: dict[str, tuple[Path, str | None, int]] = {}
        self.desks = [self._new_desk("PC-1", "ann"), self._new_desk("PC-2", "bo")]
        for stay in range(len(STAYS)):
            self.town.hospital_sends(stay)
        for desk in self.desks:
            desk.syncer.step()

    def _new_desk(self, device: str, user: str) -> Desk:
        network = Network(self.town.transport)
        desk = Desk(
            self.folder / device,
            lambda: self.town.now,
            network,
            user=user,
            device=device,
            runner=self.runner,
        )
        self.networks[device] = network
        desk.log_in(user, self.town.admit(user, device))
        return desk

    # --- users ----------------------------------------------------------------------------------

    @rule(i=_DESKS, actions=_ACTIONS, crash=st.none() | _CRASH)
    def somebody_acts(self, i: int, actions: _Actions, crash: _Crash | None) -> None:
        for stay, action, undo in actions[:-1]:
            self._act(self.desks[i], stay, action, undo, None)
        self._act(self.desks[i], *actions[-1], crash)

    def _act(self, desk: Desk, stay: int, action: str, undo: bool, crash: _Crash | None) -> None:
        found = self._pathway_at(desk, stay)
        if found is None or (body := self._body(desk, found[1], action)) is None:
            return
        entry = desk.entry(body, found[0])
        desk.store.save_draft(_draft(entry))
        not_before = desk.clock() + UNDO if undo else None
        try:
            with Fuse(desk.store, 0 if crash else _NEVER, crash[1] if crash else ""):
                desk.store.append(entry, not_before=not_before, drop_draft=_DRAFT)
        except Crash:
            self._plug(desk)
        is_kept = entry.id in desk.waiting()
        drafts = {draft.pathway_id for draft in desk.store.drafts(desk.user)}
        assert is_kept != (entry.pathway_id in drafts), "I16: one transaction per action"
        assert is_kept or crash, "I16: it was said to be kept"
        desk.store.drop_draft(desk.user, entry.pathway_id, _DRAFT)
        if is_kept:
            self.made[entry.id] = entry
            self.ever.add(entry.id)

    def _body(self, desk: Desk, pathway: Pathway, action: str) -> KnownBody | None:
        match action:
            case "reply":
                return _reply(pathway, len(self.made))
            case "note":
                return NoteAdded(text="Datteren kommer hver morgen")
            case "take":
                return Assigned(owner=desk.user, previous=pathway.owner)
            case "give_back":
                return Assigned(owner=None, previous=pathway.owner)
            case "open":
                return Opened()
            case _:
                return PhoneCall(whom="Afdelingen", at=desk.clock(), text="Ja", clears=True)

    def _pathway_at(self, desk: Desk, stay: int) -> tuple[str, Pathway] | None:
        """A pathway as the user at the desk sees it."""
        rows = sorted(desk.store.inbox(desk.user).rows, key=lambda row: row.pathway_id)
        if not rows:
            return None
        pathway_id = rows[stay % len(rows)].pathway_id
        pathway = desk.store.pathway(pathway_id, desk.user)
        return (pathway_id, pathway) if pathway is not None else None

    @rule(i=_DESKS, pick=st.integers(0, 5), what=st.sampled_from(["undo", "discard", "retry"]))
    def somebody_decides(
        self, i: int, pick: int, what: Literal["undo", "discard", "retry"]
    ) -> None:
        """About something in the outbox: to undo it, or what becomes of a refused entry."""
        desk = self.desks[i]
        items = desk.store.outbox(desk.user)
        if items and what == "undo":
            self._undo(desk, items[pick % len(items)])
        elif items and what != "undo":
            self._decide(desk, items[pick % len(items)], what)

    def _undo(self, desk: Desk, item: OutboxItem) -> None:
        with suppress(TooLateToUndo):
            desk.store.cancel(item.entry.id)
            assert item.entry.id not in self.sent_as, "what was sent cannot be taken back"
            del self.made[item.entry.id]

    def _decide(self, desk: Desk, item: OutboxItem, decision: _Decision) -> None:
        with suppress(NoSuchItem):
            desk.store.resolve_attention(item.entry.id, decision)
            if decision == "discard":
                self.made.pop(item.entry.id, None)

    @rule(who=st.sampled_from([(0, "ann"), (1, "bo"), (1, "cy")]))
    def somebody_logs_in(self, who: tuple[int, str]) -> None:
        desk = self.desks[who[0]]
        desk.log_in(who[1], self.town.admit(who[1], desk.device))

    # --- hospitals, operators and clocks --------------------------------------------------------

    @rule(stay=_STAY, what=st.sampled_from(["plan", "letter", "again"]))
    def hospital_writes(self, stay: int, what: str) -> None:
        if what == "again":
            self.town.hospital_sends_again()
        else:
            self.town.hospital_sends(stay, question=what == "letter")

    @rule(seconds=st.sampled_from([1, 11, 3600]), minutes=st.integers(-120, 120), i=_DESKS)
    def time_passes_and_clocks_jump(self, seconds: int, minutes: int, i: int) -> None:
        self.town.now += dt.timedelta(seconds=seconds)
        self.desks[i].off = dt.timedelta(minutes=minutes)
        self.town.move_mail()

    @rule(what=st.sampled_from(["backup", "restore", "revoke"]), i=_DESKS)
    def operator_works(self, what: str, i: int) -> None:
        if what == "backup":
            self.town.back_up()
        elif what == "restore":
            self.town.restore()
            self._reconnect()
        else:
            self.town.revoke(self.desks[i].user, self.desks[i].device)

    def _reconnect(self) -> None:
        for network in self.networks.values():
            network.gateway = self.town.transport

    # --- sync -----------------------------------------------------------------------------------

    @rule(i=_DESKS, actions=_ACTIONS)
    def desk_works_and_syncs(self, i: int, actions: _Actions) -> None:
        self.somebody_acts(i, actions, None)
        self._sync(self.desks[i], [], None)

    @rule(i=_DESKS, actions=_ACTIONS, fault=_FAULT, before=st.integers(0, 2))
    def desk_works_and_one_call_fails(
        self, i: int, actions: _Actions, fault: Fault, before: int
    ) -> None:
        self.somebody_acts(i, actions, None)
        self._sync(self.desks[i], [Fault.OK] * before + [fault], None)

    @rule(i=_DESKS, actions=_ACTIONS, crash=_CRASH)
    def desk_works_and_the_power_goes(self, i: int, actions: _Actions, crash: _Crash) -> None:
        self.somebody_acts(i, actions, None)
        self._sync(self.desks[i], [], crash)

    @rule(i=_DESKS, faults=_FAULTS)
    def desk_syncs_on_a_bad_network(self, i: int, faults: list[Fault]) -> None:
        self._sync(self.desks[i], faults, None)

    def _sync(self, desk: Desk, faults: list[Fault], crash: _Crash | None) -> None:
        if desk.syncer.status.condition is Condition.REFUSED:
            desk.log_in(desk.user, self.town.admit(desk.user, desk.device))
        network = self.networks[desk.device]
        network.faults.extend(faults)
        calls = network.calls
        try:
            with Fuse(desk.store, *(crash or (_NEVER, ""))):
                status = desk.syncer.step()
            if not faults:
                self._check_status(desk, status)
        except Crash:
            self._plug(desk)
        network.faults.clear()
        assert network.calls - calls <= 60, "I12: calm"
        assert network.broken == 0, "the gateway failed"
        self._check_pushes(desk)

    def _check_status(self, desk: Desk, status: SyncStatus) -> None:
        """I8: all is said to be well exactly when it is."""
        state = desk.store.sync_state()
        level = (state.epoch, state.cursor) == (self.town.epoch, self._head)
        if status.condition is Condition.SYNCHRONISED:
            assert level, "I8: it says that it has read all"
        else:
            assert status.condition is Condition.REFUSED, status

    @property
    def _head(self) -> int:
        return max((entry.seq or 0 for entry in self.town.entries), default=0)

    def _check_pushes(self, desk: Desk) -> None:
        network = self.networks[desk.device]
        for push in network.pushed:
            for raw in push.entries:
                data = bytes(raw)
                entry = self.made.get(_id(data))
                if entry is not None:
                    assert entry.author == desk.user, "I15: only with its user's token"
                assert self.sent_as.setdefault(_id(data), data) == data, "I12: sent unchanged"
        network.pushed.clear()

    @rule()
    def late_calls_arrive(self) -> None:
        for network in self.networks.values():
            self.runner.run(network.deliver_late())

    @rule(i=_DESKS)
    def power_goes(self, i: int) -> None:
        self._plug(self.desks[i])

    def _plug(self, desk: Desk) -> None:
        desk.pull_the_plug()

    # --- invariants -----------------------------------------------------------------------------

    @invariant()
    def everything_holds(self) -> None:
        entries = self.town.entries
        items = {
            desk.device: [item for user in _USERS for item in desk.store.outbox(user)]
            for desk in self.desks
        }
        self._no_action_is_lost(entries, items)
        self._effects_happen_at_most_once(entries)
        for each in items.values():
            self._note_refused(each)
        self._own_order_is_kept(entries)
        for desk in self.desks:
            self._what_is_shown_is_a_prefix(desk, entries)
            self._own_work_is_always_shown(desk)

    def _no_action_is_lost(self, entries: list[Entry], items: dict[str, list[OutboxItem]]) -> None:
        """I1, I9: in the outbox, or in the gateway's journal, or on its way back to the outbox."""
        accepted = {entry.id for entry in entries}
        for desk in self.desks:
            here = {item.entry.id for item in items[desk.device]}
            if desk.store.sync_state().epoch != self.town.epoch:
                here |= {entry.id for entry in _journal(desk)}
            for entry in self.made.values():
                if entry.device == desk.device:
                    assert entry.id in accepted | here, f"I1: lost {entry.kind} of {entry.author}"
            for item in items[desk.device]:
                if item.state is OutboxState.ATTENTION:
                    assert item.entry.id not in accepted, "I8: refused, and yet taken"

    def _effects_happen_at_most_once(self, entries: list[Entry]) -> None:
        """I2: what is in the journal was done, once; every reply is the only one to its state."""
        assert len({entry.id for entry in entries}) == len(entries), "I2"
        assert {e.id for e in entries if e.author in _USERS} <= self.ever, "I2: nobody did that"
        for pathway in _folded(entries).values():
            assert all(reply.counts for reply in pathway.replies), "I2: two answers"
        if not self.town.was_restored:
            assert all(times == 1 for times in self.town.hospital.values()), "I2: two letters"

    def _what_is_shown_is_a_prefix(self, desk: Desk, entries: list[Entry]) -> None:
        """I4, I5: the journal here is the gateway's up to the cursor, which never goes back."""
        state = desk.store.sync_state()
        epoch, cursor = self.seen.get(desk.device, (None, 0))
        assert epoch != state.epoch or state.cursor >= cursor, "I5: the cursor went back"
        self.seen[desk.device] = (state.epoch, state.cursor)
        seen = desk.path, state.epoch, state.cursor
        if state.epoch == self.town.epoch and self.checked.get(desk.device) != seen:
            self.checked[desk.device] = seen
            here = [entry for entry in entries if (entry.seq or 0) <= state.cursor]
            for pathway_id, pathway in _folded(here).items():
                assert desk.store.pathway(pathway_id, NOBODY) == pathway, "I4"

    def _note_refused(self, items: list[OutboxItem]) -> None:
        refused = {OutboxState.ATTENTION, OutboxState.HELD}
        self.out_of_order |= {item.entry.id for item in items if item.state in refused}

    def _own_order_is_kept(self, entries: list[Entry]) -> None:
        """I6: per pathway, in the order they were done, also what was lost on the way."""
        order = {entry_id: n for n, entry_id in enumerate(self.made)}
        lanes: dict[tuple[str, str, str], list[int]] = {}
        for entry in entries:
            if entry.id in order and entry.id not in self.out_of_order:
                lane = entry.device, entry.author, entry.pathway_id
                lanes.setdefault(lane, []).append(order[entry.id])
        for lane, places in lanes.items():
            assert places == sorted(places), f"I6: {lane[:2]}"

    def _own_work_is_always_shown(self, desk: Desk) -> None:
        """I7, I15: users see what they did and nobody else's pending work."""
        pending: dict[str, set[str]] = {}
        for item in desk.store.outbox(desk.user):
            assert item.entry.author == desk.user, "I15"
            if item.state is not OutboxState.ATTENTION:
                pending.setdefault(item.entry.pathway_id, set()).add(item.entry.id)
        for pathway_id, entry_ids in pending.items():
            pathway = desk.store.pathway(pathway_id, desk.user)
            assert pathway is not None, "I7"
            assert entry_ids <= {entry.id for entry in pathway.timeline}, "I7"

    # --- the end of the day ---------------------------------------------------------------------

    def teardown(self) -> None:
        if not hasattr(self, "desks"):
            return
        try:
            self._settle()
        finally:
            self.close()

    def close(self) -> None:
        for desk in self.desks:
            desk.close()
        self.town.close()
        self.runner.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _settle(self) -> None:
        """I3: the network works, everybody logs in again, and whatever was open is decided."""
        self.town.now += UNDO
        self.late_calls_arrive()
        for desk in self.desks:
            for user in {*_USERS} - {desk.user} | {desk.user}:
                self._settle_user(desk, user)
        for desk in self.desks:
            assert desk.syncer.step().condition is Condition.SYNCHRONISED
            assert desk.store.sync_state().cursor == self._head, "I3"
        self._check_convergence()

    def _settle_user(self, desk: Desk, user: str) -> None:
        if desk.device == "PC-1" and user != "ann":
            return
        desk.log_in(user, self.town.admit(user, desk.device))
        reasons = _AFTER_RESTORE if self.town.was_restored else _REFUSALS
        for _ in range(10):
            for _ in range(2):
                # The first may find that the gateway was restored, and what it lost.
                desk.syncer.step()
            items = desk.store.outbox(user)
            if not items:
                return
            self._note_refused(list(items))
            for item in items:
                assert item.state in {OutboxState.ATTENTION, OutboxState.HELD}, item.state
                if item.state is OutboxState.ATTENTION:
                    assert item.reason in reasons, item.reason
                    self._decide(desk, item, "discard")
        raise AssertionError("I3: the outbox must drain")

    def _check_convergence(self) -> None:
        everything = _folded(self.town.entries)
        for desk in self.desks:
            shown = {row.pathway_id for row in desk.store.inbox(desk.user).rows}
            assert shown == set(everything), "I3: the inbox"
            for pathway_id, pathway in everything.items():
                assert desk.store.pathway(pathway_id, desk.user) == pathway, "I3: the fold"
            self._check_digest(desk)
        accepted = {entry.id for entry in self.town.entries}
        assert accepted >= set(self.made), "I1"
        self.town.move_mail()
        for letter, times in self.town.accepted_letters().items():
            assert times == 1
            assert self.town.hospital[letter] >= 1, "every reply left"
        if not self.town.was_restored:
            assert self.town.hospital.keys() == self.town.accepted_letters().keys()
        self._effects_happen_at_most_once(self.town.entries)
        self._own_order_is_kept(self.town.entries)

    def _check_digest(self, desk: Desk) -> None:
        """I13: the bytes here are those that the gateway serves."""
        here = desk.store.digest()
        assert here is not None
        with self.town.gateway.database.read() as connection:
            there = journal.stretch(connection, after=here.after, through=here.through)
            assert checksum(there) == (here.count, here.checksum), "I13"


_USERS = ("ann", "bo", "cy")
_NEVER = 1_000
_DRAFT = "reply"


def _draft(entry: Entry) -> Draft:
    return Draft(
        user=entry.author,
        pathway_id=entry.pathway_id,
        kind=_DRAFT,
        data=b"{}",
        updated_at=entry.occurred_at,
    )


def _reply(pathway: Pathway, number: int) -> ReplySent | None:
    if pathway.to_answer is None:
        return None
    return ReplySent(
        category=list(AnswerCategory)[number % 3],
        answers=pathway.to_answer,
        comment="Vi kommer kl. 8" if number % 2 else "",
        letter_id=new_letter_id(),
        envelope_id=new_letter_id(),
    )


def _journal(desk: Desk) -> list[Entry]:
    rows = desk.store.inbox(NOBODY).rows
    found = (desk.store.pathway(row.pathway_id, NOBODY) for row in rows)
    return [entry for pathway in found if pathway for entry in pathway.timeline]


def _folded(entries: list[Entry]) -> dict[str, Pathway]:
    by_pathway: dict[str, list[Entry]] = {}
    for entry in entries:
        by_pathway.setdefault(entry.pathway_id, []).append(entry)
    return {pathway_id: fold(each) for pathway_id, each in by_pathway.items()}


def _id(data: bytes) -> str:
    return str(msgspec.json.decode(data)["id"])
