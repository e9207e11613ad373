"""Sending the outbox: in order, in batches that shrink when they do not get through."""

import datetime as dt
import random
from collections.abc import Callable, Sequence

from visitator.domain.wire import MAX_BATCH, MAX_PUSH_BYTES, PushResponse, PushResult, PushStatus
from visitator.store import OutboxItem, Store
from visitator.sync.backoff import Backoff
from visitator.sync.calls import GatewayCalls
from visitator.sync.failures import BadAnswerError, BatchRefusedError, SyncFailure

_ROOM = MAX_PUSH_BYTES - 1024
"""Bytes for the entries of a push; the rest is for what stands around them."""


class Outgoing:
    """Hands one user's outbox to the gateway, a batch at a time."""

    def __init__(
        self,
        store: Store,
        calls: GatewayCalls,
        *,
        user: str,
        device: str,
        clock: Callable[[], dt.datetime],
        monotonic: Callable[[], float],
        rng: random.Random,
        working: Callable[[], None],
    ) -> None:
        self._store = store
        self._calls = calls
        self._user = user
        self._device = device
        self._clock = clock
        self._monotonic = monotonic
        self._working = working
        self._size = MAX_BATCH
        self._retries = Backoff(rng)
        self._put_off: dict[str, float] = {}
        self.looked_at = clock()
        """When it last looked for something to send, by the workstation's clock."""

    async def push(self) -> bool:
        """Send all that is due, batch by batch.

        Returns:
            Whether anything was sent.

        Raises:
            SyncFailure: a batch was not answered for; it is still in the outbox.
            StoreError: the answers could not be kept; the same batch is sent again next time.
        """
        sent = False
        while batch := self._next_batch():
            self._working()
            await self._send(batch)
            sent = True
        return sent

    def _next_batch(self) -> Sequence[OutboxItem]:
        now = self._monotonic()
        self._put_off = {lane: until for lane, until in self._put_off.items() if until > now}
        limit = self._size + self._waiting()
        self.looked_at = self._clock()
        due = self._store.next_batch(self._user, self.looked_at, limit)
        free = [item for item in due if item.entry.pathway_id not in self._put_off]
        return _within_bytes(free)

    def _waiting(self) -> int:
        """How many entries are put off; they must not fill the batch."""
        if not self._put_off:
            return 0
        mine = self._store.outbox(self._user)
        return sum(item.entry.pathway_id in self._put_off for item in mine)

    async def _send(self, batch: Sequence[OutboxItem]) -> None:
        try:
            response = await self._calls.push(
                self._device,
                [item.data for item in batch],
                epoch=self._store.sync_state().epoch,
            )
        except SyncFailure as failure:
            if not (isinstance(failure, BatchRefusedError) and len(batch) == 1):
                self._size = max(1, len(batch) // 2) if failure.halves else self._size
                raise
            results: Sequence[PushResult] = [_refused(batch[0], failure, self._clock())]
        else:
            results = _answers(batch, response)
            self._size = min(MAX_BATCH, self._size * 2)
        self._store.mark_results(results)
        self._put_off_retries(batch, results)

    def _put_off_retries(self, batch: Sequence[OutboxItem], results: Sequence[PushResult]) -> None:
        """Leave the pathways of a `retry` alone for a while: others must not wait for them."""
        again = {result.id for result in results if result.status == PushStatus.RETRY}
        if not again:
            self._retries.succeeded()
            return
        until = self._monotonic() + self._retries.failed()
        self._put_off |= {item.entry.pathway_id: until for item in batch if item.entry.id in again}


def _within_bytes(due: Sequence[OutboxItem]) -> Sequence[OutboxItem]:
    """As many as fit into one push; the first in any case."""
    room = _ROOM
    for count, item in enumerate(due):
        room -= len(item.data) + 1
        if room < 0 and count > 0:
            return due[:count]
    return due


def _answers(batch: Sequence[OutboxItem], response: PushResponse) -> list[PushResult]:
    """The results for this batch; an entry without one is still unsent."""
    asked = {item.entry.id for item in batch}
    results = [result for result in response.results if result.id in asked]
    if not results:
        raise BadAnswerError("no_results")
    return results


def _refused(item: OutboxItem, failure: SyncFailure, now: dt.datetime) -> PushResult:
    """A batch of one that the gateway refuses: it is this entry, and a person has to see it."""
    return PushResult(
        id=item.entry.id, status=PushStatus.REJECTED, server_time=now, reason=failure.code
    )
