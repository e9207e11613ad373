"""Between the desk and the screen: what happens in other threads arrives in the screen's own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from ui.faults import sentence
from visitator.app.views import ChangeSet, KnownError, Standing

if TYPE_CHECKING:
    from visitator.app.desk import Desk

_GATHER_MS = 60
"""Changes that come closer together than this are shown as one."""
_CATCHING_UP_MS = 500
"""The same while a great deal is taken in: who reads a plan must not wait for the list."""
_MANY = 50
"""Pathways that change at once; no person does that."""

Result = TypeVar("Result")


class Bridge(QObject):
    """One per desk. Made, used and closed in the screen's thread."""

    changed = Signal(object)
    """A `ChangeSet`: what is to be read again."""
    standing = Signal(object)
    """A `Standing`."""
    failed = Signal(str)
    """A known fault nobody else takes care of; its text."""

    _told = Signal(object)
    _finished = Signal(object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._is_closed = False
        self._waiting: ChangeSet | None = None
        self._calls: dict[Future[Any], tuple[Callable[[Any], object], Callable[[str], object]]] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._tell)
        self._told.connect(self._hear)
        self._finished.connect(self._settle)
        self._stop = desk.watch(self._told.emit)

    def call(
        self,
        future: Future[Result],
        done: Callable[[Result], object] | None = None,
        failed: Callable[[str], object] | None = None,
    ) -> None:
        """Have `done(result)` or `failed(text)` called here when `future` has ended.

        Without `failed` a known fault goes to the signal of that name. A bug is raised, so that
        it reaches the one place for bugs. A cancelled future calls nothing.
        """
        self._calls[future] = (done or _ignore, failed or self.failed.emit)
        future.add_done_callback(self._end)

    def _end(self, future: Future[Any]) -> None:
        """In whatever thread it ended; the window may have gone meanwhile, with all its objects."""
        with suppress(RuntimeError):
            self._finished.emit(future)

    def close(self) -> None:
        """Hear nothing more; calls under way end unheard."""
        self._stop()
        self._is_closed = True
        self._timer.stop()
        self._calls.clear()

    def _hear(self, news: ChangeSet | Standing) -> None:
        if self._is_closed:
            # Said by another thread before the end, and on its way here since.
            return
        if isinstance(news, Standing):
            self.standing.emit(news)
            return
        self._waiting = news if self._waiting is None else _both(self._waiting, news)
        within = _CATCHING_UP_MS if len(news.pathways) > _MANY else _GATHER_MS
        if not self._timer.isActive() or within < self._timer.remainingTime():
            self._timer.start(within)

    def _tell(self) -> None:
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self.changed.emit(waiting)

    def _settle(self, future: Future[Any]) -> None:
        call = self._calls.pop(future, None)
        if call is None or future.cancelled():
            return
        done, failed = call
        fault = future.exception()
        if fault is None:
            done(future.result())
        elif isinstance(fault, KnownError):
            failed(sentence(fault))
        else:
            raise fault


def _ignore(_: object) -> None:
    """Nobody waits for the result."""


def _both(one: ChangeSet, other: ChangeSet) -> ChangeSet:
    return ChangeSet(
        pathways=one.pathways | other.pathways,
        everything=one.everything or other.everything,
        outbox=one.outbox or other.outbox,
        drafts=one.drafts or other.drafts,
    )
