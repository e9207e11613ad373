"""The mistakes of the model (sync_model_test.py) and some of ours, made in the seams of the code.

Each is a function that breaks one thing; the machine has to notice every one of them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any
from weakref import WeakKeyDictionary

import msgspec
import pytest
from sqlalchemy import Connection, Engine, delete

from visitator import identifiers
from visitator.domain.entries import Entry
from visitator.domain.wire import PushResponse, PushResult, PushStatus
from visitator.gateway import journal as gateway_journal
from visitator.gateway import push
from visitator.gateway.database import next_seq
from visitator.store import Changes, OutboxItem, OutboxState, Store
from visitator.store import journal as store_journal
from visitator.store import outbox as store_outbox
from visitator.store.journal import Projectors, Received
from visitator.store.tables import JournalSet, outbox
from visitator.sync import outgoing
from visitator.sync.calls import GatewayCalls

Mistake = Callable[[pytest.MonkeyPatch], None]


def forget_op_ids(patch: pytest.MonkeyPatch) -> None:
    """The gateway does not remember what it decided."""
    patch.setattr(push._Door, "_known", lambda self, entry: None)


def cursor_before_page(patch: pytest.MonkeyPatch) -> None:
    """The cursor is kept in a transaction of its own, before the page."""
    apply_page = Store.apply_page

    def in_two(
        self: Store, entries: Sequence[bytes | msgspec.Raw], cursor: int, epoch: str
    ) -> Changes:
        apply_page(self, [], cursor, epoch)
        return apply_page(self, entries, cursor, epoch)

    patch.setattr(Store, "apply_page", in_two)


def drop_on_send(patch: pytest.MonkeyPatch) -> None:
    """What is sent leaves the outbox at once."""
    take_batch = store_outbox.take_batch

    def dropped(connection: Connection, *rest: Any, **more: Any) -> tuple[OutboxItem, ...]:
        batch = take_batch(connection, *rest, **more)
        sent = [item.entry.id for item in batch]
        connection.execute(delete(outbox).where(outbox.c.id.in_(sent)))
        return batch

    patch.setattr(store_outbox, "take_batch", dropped)


def seq_before_commit(patch: pytest.MonkeyPatch) -> None:
    """A sequence number is given out before the transaction that uses it, which may be slow."""
    append = gateway_journal.append
    slow: WeakKeyDictionary[Engine, list[tuple[Entry, dt.datetime, int]]] = WeakKeyDictionary()
    arrived: WeakKeyDictionary[Engine, int] = WeakKeyDictionary()

    def early(connection: Connection, entry: Entry, now: dt.datetime, **more: object) -> Entry:
        under_way = slow.setdefault(connection.engine, [])
        if entry.author == "gateway":
            arrived[connection.engine] = arrived.get(connection.engine, 0) + 1
            if arrived[connection.engine] % 3 == 0:
                seq = next_seq(connection)
                under_way.append((entry, now, seq))
                return msgspec.structs.replace(entry, seq=seq)
        written = append(connection, entry, now, **more)  # type: ignore[arg-type]
        for other, at, seq in under_way[:]:
            if entry.author != "gateway":
                _append_with(patch, append, connection, other, at, seq)
                under_way.clear()
        return written

    patch.setattr(gateway_journal, "append", early)


def _append_with(
    patch: pytest.MonkeyPatch,
    append: Callable[..., Entry],
    connection: Connection,
    entry: Entry,
    at: dt.datetime,
    seq: int,
) -> None:
    with patch.context() as given:
        given.setattr(gateway_journal, "next_seq", lambda _: seq)
        append(connection, entry, at)


def cascade_outbox(patch: pytest.MonkeyPatch) -> None:
    """What is deleted from the journal takes along what waits to be sent."""
    clear = store_journal._clear

    def cascading(connection: Connection, journal_set: JournalSet) -> None:
        clear(connection, journal_set)
        connection.execute(delete(outbox))

    patch.setattr(store_journal, "_clear", cascading)


def clock_op_ids(patch: pytest.MonkeyPatch) -> None:
    """Ids come from the clock of the workstation alone."""
    new_entry_id = identifiers.new_entry_id

    def by_the_minute(now: dt.datetime) -> str:
        made = new_entry_id(now.replace(second=0, microsecond=0))
        return f"{made[:14]}7000-8000-000000000000"

    patch.setattr(identifiers, "new_entry_id", by_the_minute)


def push_out_of_order(patch: pytest.MonkeyPatch) -> None:
    """The last thing done is sent first."""
    take_batch = store_outbox.take_batch

    def reversed_(*rest: Any, **more: Any) -> tuple[OutboxItem, ...]:
        return take_batch(*rest, **more)[::-1]

    patch.setattr(store_outbox, "take_batch", reversed_)


def ack_hides_op(patch: pytest.MonkeyPatch) -> None:
    """What the gateway has taken is not shown until it comes back."""
    is_shown = outbox.c.state != OutboxState.ACKED.value
    for pending in ("_PENDING", "_PENDING_IN"):
        patch.setattr(store_outbox, pending, getattr(store_outbox, pending).where(is_shown))


def delete_missing(patch: pytest.MonkeyPatch) -> None:
    """What a page does not hold is taken to be gone."""
    apply_page = store_journal.apply_page

    def emptying(
        connection: Connection, projectors: Projectors, page: list[Received], *rest: Any
    ) -> Changes:
        changes = apply_page(connection, projectors, page, *rest)
        if not page:
            shown = store_journal.shown(connection)
            connection.execute(delete(shown.journal))
            projectors[shown.name].forget()
        return changes

    patch.setattr(store_journal, "apply_page", emptying)


def acks_survive_a_restore(patch: pytest.MonkeyPatch) -> None:
    """What the old history had taken counts as taken by the restored gateway."""
    patch.setattr(store_outbox, "forget_acks", lambda connection: set())
    patch.setattr(store_outbox, "put_back", lambda connection, entries: None)


def restore_goes_unnoticed(patch: pytest.MonkeyPatch) -> None:
    """A push does not say which history it goes by."""
    push = GatewayCalls.push

    def silent(self: GatewayCalls, device: str, entries: Sequence[bytes], **_: object) -> Any:  # noqa: ANN401 - a coroutine
        return push(self, device, entries)

    patch.setattr(GatewayCalls, "push", silent)


def retry_is_final(patch: pytest.MonkeyPatch) -> None:
    """An answer that says nothing is taken for an acceptance."""
    answers = outgoing._answers

    def all_done(batch: Sequence[OutboxItem], response: PushResponse) -> list[PushResult]:
        results = answers(batch, response)
        told = {result.id for result in results}
        rest = [
            msgspec.structs.replace(results[0], id=item.entry.id, status=PushStatus.DUPLICATE)
            for item in batch
            if item.entry.id not in told
        ]
        return results + rest

    patch.setattr(outgoing, "_answers", all_done)


def everybodys_outbox(patch: pytest.MonkeyPatch) -> None:
    """A user's entries are sent with whatever token there is."""
    take_batch = store_outbox.take_batch

    def of_anybody(
        connection: Connection, user: str, now: dt.datetime, limit: int, **more: Any
    ) -> tuple[OutboxItem, ...]:
        for each in ("bo", "cy", "ann"):
            if batch := take_batch(connection, each, now, limit, **more):
                return batch
        return ()

    patch.setattr(store_outbox, "take_batch", of_anybody)


def two_transactions_per_action(patch: pytest.MonkeyPatch) -> None:
    """The draft is dropped after the entry is kept, not with it."""
    append = Store.append

    def in_two(
        self: Store, entry: Entry, *, not_before: dt.datetime | None, drop_draft: str
    ) -> Changes:
        self.drop_draft(entry.author, entry.pathway_id, drop_draft)
        return append(self, entry, not_before=not_before)

    patch.setattr(Store, "append", in_two)


MISTAKES: list[Mistake] = [
    # Those of the model.
    forget_op_ids,
    cursor_before_page,
    drop_on_send,
    seq_before_commit,
    cascade_outbox,
    clock_op_ids,
    push_out_of_order,
    ack_hides_op,
    delete_missing,
    # Those of our own.
    acks_survive_a_restore,
    restore_goes_unnoticed,
    retry_is_final,
    everybodys_outbox,
    two_transactions_per_action,
]
