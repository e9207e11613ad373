"""Now and then a workstation compares what it holds with what the gateway has (sync I13)."""

import logging
import random
from collections.abc import Callable

from visitator.store import OutboxState, Store
from visitator.sync.calls import GatewayCalls
from visitator.sync.failures import SyncFailure
from visitator.sync.incoming import Listen

EVERY = 3600.0
"""Seconds between two checks; and so, at least, between two readings of everything."""

_ON_ITS_WAY = {OutboxState.QUEUED, OutboxState.SENT, OutboxState.ACKED}

_logger = logging.getLogger(__name__)


class SelfCheck:
    """Compares one workstation's journal with its gateway's, calmly.

    The first check comes within an hour, at random: a hundred workstations start at eight.
    """

    def __init__(
        self,
        store: Store,
        calls: GatewayCalls,
        user: str,
        monotonic: Callable[[], float],
        rng: random.Random,
    ) -> None:
        self._store = store
        self._calls = calls
        self._user = user
        self._monotonic = monotonic
        self._next_at = monotonic() + rng.uniform(0, EVERY)

    async def finds_a_difference(self, listen: Listen) -> bool:
        """Whether it is time to look, and the gateway has something else.

        A call that fails or is broken off says nothing; the next check says it an hour later.

        Args:
            listen: how to wait for the gateway; a user who has something to send goes first.

        Raises:
            StoreError: the journal could not be read.
        """
        if self._monotonic() < self._next_at or self._is_sending():
            return False
        self._next_at = self._monotonic() + EVERY
        here = self._store.digest()
        if here is None:
            return False
        try:
            there = await listen(self._calls.digest(after=here.after, through=here.through))
        except SyncFailure:
            return False
        if there is None or there.epoch != here.epoch:
            return False
        if (there.count, there.checksum) == (here.count, here.checksum):
            return False
        _logger.warning(
            "the journal here (%d entries) is not the gateway's (%d); it is read again",
            here.count,
            there.count,
        )
        return True

    def _is_sending(self) -> bool:
        return any(item.state in _ON_ITS_WAY for item in self._store.outbox(self._user))
