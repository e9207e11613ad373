"""Sending the outbox: in order, in batches that shrink when they do not get through.

When an entry does not get through alone either, its pathway is stuck: it is tried again alone, and
ever more seldom, so that the others go on.
"""

import datetime as dt
import random
from collections.abc import Callable, Collection, Sequence

from visitator.domain.wire import MAX_BATCH, MAX_PUSH_BYTES, PushResponse, PushResult, PushStatus
from visitator.store import OutboxItem, Store
from visitator.sync.backoff import Backoff
from visitator.sync.calls import GatewayCalls
from visitator.sync.failures import BadAnswerError, BatchRefusedError, SyncFailure

_ROOM = MAX_PUSH_BYTES - 1024
"""Bytes for the entries of a push; the rest is for what stands around them."""

_STUCK_AFTER = 3
"""How often in a row the first entry of a pathway fails alone before the others go on."""


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
        self._failed_alone: dict[str, int] = {}
        self._stuck: dict[str, SyncFailure] = {}
        """Per pathway why; the one to try first is first."""
        self._stuck_retries = Backoff(rng)
        self._stuck_until = 0.0
        self.looked_at = clock()
        """When it last looked for something to send, by the workstation's clock."""

    async def push(self) -> bool:
        """Send all that is due, batch by batch.

        Returns:
            Whether anything got through.

        Raises:
            SyncFailure: a batch was not answered for; it is still in the outbox.
            StoreError: the answers could not be kept; the same batch is sent again next time.
        """
        sent = False
        while batch := self._next_batch():
            self._working()
            sent = await self._send(batch) or sent
        return sent

    @property
    def stuck(self) -> SyncFailure | None:
        """Why a pathway does not get through though others do; None when all do."""
        return next(iter(self._stuck.values()), None)

    def until_next_try(self) -> float | None:
        """Seconds until a stuck pathway is tried again; None when none is stuck."""
        return max(0.0, self._stuck_until - self._monotonic()) if self._stuck else None

    def try_now(self) -> None:
        """Let nothing that is due wait any longer."""
        self._put_off.clear()
        self._stuck_until = 0.0

    def _next_batch(self) -> Sequence[OutboxItem]:
        now = self._monotonic()
        self._put_off = {lane: until for lane, until in self._put_off.items() if until > now}
        self.looked_at = self._clock()
        batch = self._take(self._size, but_not={*self._put_off, *self._stuck})
        if batch or now < self._stuck_until:
            return batch
        for lane in list(self._stuck):
            if batch := self._take(1, but_not={*self._put_off, *self._stuck} - {lane}):
                return batch
            # What was there was taken back.
            self._has_moved(lane)
        return ()

    def _take(self, limit: int, *, but_not: Collection[str]) -> Sequence[OutboxItem]:
        return self._store.next_batch(
            self._user, self.looked_at, limit, room=_ROOM, but_not=but_not
        )

    async def _send(self, batch: Sequence[OutboxItem]) -> bool:
        """Whether the batch was answered for."""
        try:
            response = await self._calls.push(
                self._device,
                [item.data for item in batch],
                epoch=self._store.sync_state().epoch,
            )
        except SyncFailure as failure:
            if not failure.has_left:
                self._store.mark_unsent([item.entry.id for item in batch])
            if not failure.halves:
                raise
            self._size = max(1, len(batch) // 2)
            if len(batch) > 1:
                raise
            if not isinstance(failure, BatchRefusedError):
                self._note_failed_alone(batch[0].entry.pathway_id, failure)
                return False
            results: Sequence[PushResult] = [_refused(batch[0], failure, self._clock())]
        else:
            results = _answers(batch, response)
            self._size = min(MAX_BATCH, self._size * 2)
        self._store.mark_results(results)
        for lane in {item.entry.pathway_id for item in batch}:
            self._has_moved(lane)
        self._put_off_retries(batch, results)
        return True

    def _note_failed_alone(self, lane: str, failure: SyncFailure) -> None:
        """Count it; the third time the pathway is stuck, and the next time it is tried last.

        Raises:
            SyncFailure: it may still be the gateway that fails at everything.
        """
        self._failed_alone[lane] = self._failed_alone.get(lane, 0) + 1
        if self._failed_alone[lane] < _STUCK_AFTER:
            raise failure
        self._stuck.pop(lane, None)
        self._stuck[lane] = failure
        self._stuck_until = self._monotonic() + self._stuck_retries.failed(failure.retry_after)

    def _has_moved(self, lane: str) -> None:
        """Forget what was wrong; when a stuck one gets through, so may the other stuck ones."""
        self._failed_alone.pop(lane, None)
        if self._stuck.pop(lane, None) is not None:
            self._stuck_retries.succeeded()
            self._stuck_until = 0.0

    def _put_off_retries(self, batch: Sequence[OutboxItem], results: Sequence[PushResult]) -> None:
        """Leave the pathways of a `retry` alone for a while: others must not wait for them."""
        again = {result.id for result in results if result.status == PushStatus.RETRY}
        if not again:
            self._retries.succeeded()
            return
        until = self._monotonic() + self._retries.failed()
        self._put_off |= {item.entry.pathway_id: until for item in batch if item.entry.id in again}


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
