"""Waking those who wait for the journal to grow: long polls in this process, and in others."""

import asyncio
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

CHANNEL = "visitator_journal"
"""The PostgreSQL channel on which one gateway process tells the others that the journal grew."""

_LONGEST_PAUSE = 30.0
_logger = logging.getLogger(__name__)


class Bell:
    """Rung after a commit that made the journal longer; any thread may ring it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: set[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = set()

    @property
    def waiting(self) -> int:
        """How many wait now."""
        with self._lock:
            return len(self._waiting)

    def ring(self) -> None:
        """Wake everyone who waits now."""
        with self._lock:
            waiting = list(self._waiting)
        for loop, event in waiting:
            if not loop.is_closed():
                loop.call_soon_threadsafe(event.set)

    @contextmanager
    def waiter(self) -> Iterator[asyncio.Event]:
        """An event of the running loop that is set at every ring until the block ends.

        Begin to wait before looking at the journal: a ring in between is then not missed.
        """
        mine = (asyncio.get_running_loop(), asyncio.Event())
        with self._lock:
            self._waiting.add(mine)
        try:
            yield mine[1]
        finally:
            with self._lock:
                self._waiting.discard(mine)


class Listener:
    """A thread that rings the bell when another process has written to the PostgreSQL journal."""

    def __init__(self, conninfo: str, bell: Bell) -> None:
        self._conninfo = conninfo
        self._bell = bell
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="journal-listener", daemon=True)
        self.listening = threading.Event()
        """Set while notifications come through."""
        self._thread.start()

    def close(self) -> None:
        """Stop listening; returns when the thread has ended."""
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        pause = 0.5
        while not self._stop.is_set():
            try:
                self._listen()
                return
            except psycopg.Error as error:
                # Its text may name the server; the kind of error is enough to act on.
                _logger.warning("journal listener lost its connection: %s", type(error).__name__)
            finally:
                self.listening.clear()
            self._stop.wait(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)

    def _listen(self) -> None:
        with psycopg.connect(self._conninfo, autocommit=True) as connection:
            connection.execute(f"LISTEN {CHANNEL}")
            self.listening.set()
            # What was written while nobody listened must not wait for the next entry.
            self._bell.ring()
            while not self._stop.is_set():
                for _ in connection.notifies(timeout=0.5, stop_after=1):
                    self._bell.ring()
