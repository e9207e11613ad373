"""Reading the gateway's journal: page by page, each one transaction with its cursor (I4, I5)."""

from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Protocol, TypeVar

from visitator.domain.wire import Page
from visitator.store import Store
from visitator.sync.calls import GatewayCalls
from visitator.sync.failures import BadAnswerError, EpochChangedError
from visitator.sync.status import Progress

_T = TypeVar("_T")


class Listen(Protocol):
    """Waits for a call that may take long; None when it was broken off."""

    async def __call__(self, call: Coroutine[None, None, _T]) -> _T | None:
        """What the call answers."""


class Incoming:
    """Brings a store level with the gateway's journal.

    Args:
        store: of this workstation.
        calls: to the gateway.
        told: how far a reading of more than one page has come.
    """

    def __init__(self, store: Store, calls: GatewayCalls, told: Callable[[Progress], None]) -> None:
        self._store = store
        self._calls = calls
        self._told = told

    async def pull(self, wait: int, listen: Listen) -> int | None:
        """Read to the head, or everything again when the history is not the one known so far.

        Args:
            wait: seconds that the first call may be held open when there is nothing new.
            listen: how to wait for it.

        Returns:
            How many entries were read; None when the waiting was broken off.

        Raises:
            SyncFailure: a call failed; what was read before it is kept.
            StoreError: a page could not be kept.
        """
        state = self._store.sync_state()
        if state.epoch is None or state.reread is not None:
            await self.read_all()
            wait = 0
        try:
            return await self._follow(wait, listen)
        except EpochChangedError:
            await self.read_all()
            return await self._follow(0, listen)

    async def _follow(self, wait: int, listen: Listen) -> int | None:
        read = 0
        while True:
            state = self._store.sync_state()
            epoch, after = str(state.epoch), state.cursor
            call = self._calls.page(after=after, epoch=epoch, wait=wait)
            page = await (listen(call) if wait else call)
            if page is None:
                return None
            _check(page, epoch, after)
            self._take(page)
            read += len(page.entries)
            if not page.more:
                return read
            self._told(Progress(entries=read))
            wait = 0

    async def read_all(self) -> None:
        """Read what a new workstation needs beside what is shown, then show it instead (I5).

        Raises:
            SyncFailure: a call failed; `pull` goes on from what was read before it.
            StoreError: a page could not be kept.
        """
        page = await self._first_page()
        epoch, read = page.epoch, 0
        while True:
            self._take(page)
            read += len(page.entries)
            self._told(Progress(entries=read, part=_part(page)))
            if not page.more:
                break
            after = page.cursor
            page = await self._calls.bootstrap(after=after, through=page.through)
            _check(page, epoch, after)
        self._store.finish_reread()

    async def _first_page(self) -> Page:
        """The page to go on from: where a reading of this history broke off, else its start."""
        begun = self._store.sync_state().reread
        if begun is not None:
            with suppress(EpochChangedError):
                page = await self._calls.bootstrap(after=begun.cursor, through=begun.through)
                _check(page, begun.epoch, begun.cursor)
                return page
        page = await self._calls.bootstrap(after=0, through=None)
        _check(page, page.epoch, 0)
        self._store.begin_reread(page.epoch, page.through)
        return page

    def _take(self, page: Page) -> None:
        try:
            self._store.apply_page(page.entries, page.cursor, page.epoch)
        except ValueError as error:
            raise BadAnswerError("bad_page") from error


def _check(page: Page, epoch: str, after: int) -> None:
    """Take no page of another history, and none that goes back or marks time (I5, I12)."""
    if page.epoch != epoch:
        raise EpochChangedError("epoch_changed")
    if page.cursor < after or (page.more and page.cursor == after):
        raise BadAnswerError("cursor_went_back")


def _part(page: Page) -> float | None:
    return min(1.0, page.cursor / page.through) if page.through else None
