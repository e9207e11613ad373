"""Moving entries between the store of a workstation and its gateway (sync.md, I1-I16).

One cycle pushes what is due and then pulls to the head. It changes the store in two ways only, each
one transaction: the answers to a push, and a page with its cursor. Whatever breaks off in between
leaves the store at the last of these, and the next cycle goes on from there.
"""

import asyncio
import datetime as dt
import logging
import random
import threading
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import TypeVar
from weakref import WeakKeyDictionary

import httpx
import msgspec

from visitator.store import Store, StoreError
from visitator.sync.backoff import Backoff
from visitator.sync.calls import GatewayCalls
from visitator.sync.failures import EpochChangedError, ProgramTooOldError, SyncFailure
from visitator.sync.incoming import Incoming
from visitator.sync.outgoing import Outgoing
from visitator.sync.selfcheck import SelfCheck
from visitator.sync.status import Condition, Progress, SyncStatus, clock_error

_T = TypeVar("_T")

LONG_POLL = 25
"""Seconds that a call for news is held open; the gateway allows `MAX_WAIT`."""

_PROGRAM_FAULT = (
    "Der er en fejl i programmet. Alt er gemt, og det prøves igen. Kontakt jeres it-afdeling, hvis"
    " det bliver ved."
)

_logger = logging.getLogger(__name__)

_turns: WeakKeyDictionary[Store, threading.Lock] = WeakKeyDictionary()
"""Per open store: two windows of one program must not both sync. (A second program cannot open
the file.)"""


class Syncer:
    """Keeps one store level with one gateway, for one user.

    One thread drives it, by `run` or by `step`; `wake`, `retry_now` and `status` are for any
    thread. What goes wrong with the network, the gateway or the store is told by the status and
    not raised; everything is kept.
    """

    def __init__(
        self,
        store: Store,
        client: httpx.AsyncClient,
        *,
        user: str,
        device: str,
        clock: Callable[[], dt.datetime],
        rng: random.Random,
        watch: Callable[[SyncStatus], None] | None = None,
        runner: asyncio.Runner | None = None,
    ) -> None:
        """Prepare; nothing is sent yet.

        Args:
            store: of this workstation.
            client: of `new_client`, with this user's token. `close` closes it.
            user: whose entries are sent; nobody else's are (I15).
            device: this workstation.
            clock: the present instant, aware. It says when an undo window has ended, and what
                people read; no order, identity or conflict depends on it (I11).
            rng: for the jitter and the ids of the calls.
            watch: told every change of the status, in the thread that syncs.
            runner: the event loop to use, when it is not its own.
        """
        self._store = store
        self._turn = _turns.setdefault(store, threading.Lock())
        self._client = client
        self._user = user
        self._clock = clock
        self._watch = watch
        self._owns_runner = runner is None
        self._runner = runner or asyncio.Runner(loop_factory=asyncio.new_event_loop)
        self._loop = self._runner.get_loop()
        self._bell = asyncio.Event()
        self._in_a_hurry = False
        self._calls = GatewayCalls(client, clock, rng)
        self._incoming = Incoming(store, self._calls, self._work)
        self._outgoing = Outgoing(
            store,
            self._calls,
            user=user,
            device=device,
            clock=clock,
            monotonic=self._loop.time,
            rng=rng,
            working=self._work,
        )
        self._check = SelfCheck(store, self._calls, user, self._loop.time, rng)
        self._calling = Backoff(rng)
        self._in_touch = False
        """The gateway answers; whether it takes anything is another matter."""
        self._pause = 0.0
        self._sending = Backoff(rng)
        self._send_at = 0.0
        self._not_sending: SyncFailure | None = None
        self._last_ok = store.sync_state().last_ok
        self._status = SyncStatus(condition=Condition.WORKING, at=clock(), since=self._last_ok)

    @property
    def status(self) -> SyncStatus:
        """How sync stands now."""
        return self._status

    def step(self, wait: int = 0) -> SyncStatus:
        """One cycle: push what is due, then pull to the head.

        Args:
            wait: seconds the gateway may hold the last call when there is nothing new.
        """
        self._bell.clear()
        return self._runner.run(self._cycle(wait))

    def run(self, stop: threading.Event) -> None:
        """Sync until `stop` is set. To end it: set `stop`, then `wake`."""
        self._runner.run(self._run(stop))

    def wake(self) -> None:
        """There is something to send: ends a long poll, but not a wait after a failure."""
        self._loop.call_soon_threadsafe(self._bell.set)

    def retry_now(self) -> None:
        """Somebody asks to try again (Prøv igen): ends a wait after a failure as well."""
        self._in_a_hurry = True
        self.wake()

    def close(self) -> None:
        """Let go of the connections; `run` must have ended."""
        self._runner.run(self._client.aclose())
        if self._owns_runner:
            self._runner.close()

    async def _run(self, stop: threading.Event) -> None:
        while not stop.is_set():
            self._bell.clear()
            send = self._in_a_hurry or self._loop.time() >= self._send_at
            if self._in_a_hurry:
                self._outgoing.try_now()
            self._in_a_hurry = False
            try:
                await self._cycle(LONG_POLL if self._in_touch else 0, send=send)
            except Exception as error:
                self._survived(error)
            await self._rest(stop)

    async def _rest(self, stop: threading.Event) -> None:
        """Wait as long as the last cycle asks for; news end it only while all is well."""
        until = self._loop.time() + self._pause
        while (left := until - self._loop.time()) > 0:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._bell.wait(), left)
            if stop.is_set() or self._in_a_hurry or self._in_touch:
                return
            self._bell.clear()

    async def _cycle(self, wait: int, *, send: bool = True) -> SyncStatus:
        """One attempt; only one is under way on a store, whoever makes it (I12)."""
        if not self._turn.acquire(blocking=False):
            self._pause = self._calling.failed()
            return self._status
        try:
            if send and await self._push_in_order():
                wait = 0
            await self._pull(wait)
        except SyncFailure as failure:
            return self._failed(failure)
        except StoreError as error:
            return self._stopped(error)
        finally:
            self._turn.release()
        return self._status

    async def _push_in_order(self) -> bool:
        """Push; what a restored gateway lost goes before what builds on it (I6)."""
        try:
            return await self._push()
        except EpochChangedError:
            await self._incoming.read_all()
            await self._push()
            return True

    async def _push(self) -> bool:
        """Whether it tried; a gateway that takes nothing may still have something to give."""
        try:
            sent = await self._outgoing.push()
        except SyncFailure as failure:
            if failure.stops_all:
                raise
            self._not_sending = failure
            self._send_at = self._loop.time() + self._sending.failed(failure.retry_after)
            return True
        self._not_sending = None
        self._send_at = 0.0
        self._sending.succeeded()
        return sent

    async def _pull(self, wait: int) -> None:
        started = self._loop.time()
        read = await self._incoming.pull(wait, self._listen)
        self._pause = 0.0
        if read is None:
            return
        if read == 0:
            # A gateway that does not hold the call open must not be asked without end.
            rest = max(0.0, started + wait - self._loop.time())
            due = self._until_due()
            self._pause = rest if due is None else min(rest, due)
        self._calling.succeeded()
        self._in_touch = True
        self._well()
        if await self._check.finds_a_difference(self._listen):
            await self._incoming.read_all()
            self._well()

    async def _listen(self, call: Coroutine[None, None, _T]) -> _T | None:
        """Wait for a call that may take long, until there is something to send."""
        answer = asyncio.ensure_future(call)
        bell = asyncio.ensure_future(self._bell.wait())
        try:
            await asyncio.wait(
                {answer, bell},
                timeout=self._until_due(),
                return_when=asyncio.FIRST_COMPLETED,
            )
            return answer.result() if answer.done() else None
        finally:
            answer.cancel()
            bell.cancel()
            await asyncio.gather(answer, bell, return_exceptions=True)

    def _until_due(self) -> float | None:
        """Seconds until something has to be sent; None when nothing is waiting."""
        if self._not_sending is not None:
            return max(0.0, self._send_at - self._loop.time())
        # What was due before was sent, or waits for more than the end of its undo window.
        due = self._store.next_due(self._user, self._outgoing.looked_at)
        window = None if due is None else max(0.0, (due - self._clock()).total_seconds())
        times = (window, self._outgoing.until_next_try())
        return min((each for each in times if each is not None), default=None)

    def _well(self) -> None:
        now = self._clock()
        self._store.note_success(now, self._calls.skew)
        self._last_ok = now
        too_old = ProgramTooOldError("client_too_old") if self._calls.is_too_old else None
        failure = too_old or self._not_sending or self._outgoing.stuck
        if failure is None:
            self._tell(Condition.SYNCHRONISED)
            return
        is_offline = failure.condition is Condition.OFFLINE
        condition = Condition.NOT_SENDING if is_offline else failure.condition
        self._tell(condition, reason=failure.text, code=failure.code)

    def _failed(self, failure: SyncFailure) -> SyncStatus:
        self._in_touch = False
        refused = failure.condition is Condition.REFUSED
        backoff = self._calling
        self._pause = backoff.refused() if refused else backoff.failed(failure.retry_after)
        return self._tell(failure.condition, reason=failure.text, code=failure.code)

    def _stopped(self, error: StoreError) -> SyncStatus:
        self._in_touch = False
        self._pause = self._calling.failed()
        return self._tell(Condition.PAUSED, reason=str(error), code=type(error).__name__)

    def _survived(self, error: Exception) -> None:
        """A fault of the program must not end the thread: try again later, as after any other."""
        # Its own words may hold personal data.
        _logger.error("sync failed: %s", type(error).__name__)
        self._in_touch = False
        self._pause = self._calling.failed()
        try:
            self._tell(Condition.PAUSED, reason=_PROGRAM_FAULT, code=type(error).__name__)
        except Exception as another:
            # The fault may be in who is told.
            _logger.error("the status was not told: %s", type(another).__name__)

    def _work(self, progress: Progress | None = None) -> None:
        self._tell(Condition.WORKING, progress=progress)

    def _tell(
        self,
        condition: Condition,
        *,
        reason: str = "",
        code: str = "",
        progress: Progress | None = None,
    ) -> SyncStatus:
        told = SyncStatus(
            condition=condition,
            at=self._clock(),
            since=None if condition is Condition.SYNCHRONISED else self._last_ok,
            reason=reason,
            code=code,
            progress=progress,
            clock_error=clock_error(self._calls.skew),
        )
        changed = msgspec.structs.replace(told, at=self._status.at) != self._status
        self._status = told
        if changed and self._watch is not None:
            self._watch(told)
        return told
