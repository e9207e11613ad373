"""The backup (sikkerhedskopi) of an encrypted journal, where no operator makes one.

A copy is encrypted with the key of the journal, and is one state of it.
"""

import datetime as dt
import logging
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

from visitator import sqlcipher
from visitator.sqlcipher import fingerprint

KEPT = 7
"""How many days are kept (architecture §5)."""

_LOOK_SECONDS = 600.0
_STEPS = 1_000
"""Of SQLite's, between two looks whether the program closes: some tens of microseconds."""

_logger = logging.getLogger(__name__)


def copies(folder: Path, key: bytes) -> tuple[Path, ...]:
    """The copies of the journal with this key, the newest first; others may share the folder."""
    return tuple(sorted(folder.glob(f"gateway-{fingerprint(key)}-*.db"), reverse=True))


def back_up(
    database: Path,
    key: bytes,
    folder: Path,
    day: dt.date,
    is_closing: Callable[[], bool] = lambda: False,
) -> Path | None:
    """Copy the journal, once a day, and delete what is older than the days that are kept.

    Args:
        database: the encrypted file; it may be in use.
        key: its 32 raw bytes.
        folder: where the copies are; it is made when it is not there.
        day: whose copy it is; the copy of a day is never written over.
        is_closing: asked again and again; once it is so, the copy is broken off.

    Returns:
        The copy; None when the day has one, or it was broken off.

    Raises:
        OSError: it cannot be written; the earlier copies are there, and no half one.
        sqlcipher3.dbapi2.DatabaseError: the journal cannot be read with this key.
    """
    copy = folder / f"gateway-{fingerprint(key)}-{day}.db"
    if copy.exists():
        return None
    folder.mkdir(parents=True, exist_ok=True)
    connection = sqlcipher.connect(database, key, read_only=True)
    try:
        connection.set_progress_handler(is_closing, _STEPS)
        sqlcipher.copy(connection, copy)
    except sqlcipher.Error:
        if is_closing():
            return None
        raise
    finally:
        connection.close()
    for old in copies(folder, key)[KEPT:]:
        # After a clock was ahead, the copy of today is the oldest by its name.
        if old != copy:
            old.unlink()
    return copy


class Nightly:
    """A thread that makes the copy of each day: at the start, and when a new day has begun.

    Args:
        database: the encrypted file.
        key: its 32 raw bytes.
        folder: where the copies are.
        today: the day it is.
    """

    def __init__(
        self, database: Path, key: bytes, folder: Path, today: Callable[[], dt.date]
    ) -> None:
        self._stop = threading.Event()
        self._make = partial(back_up, database, key, folder, is_closing=self._stop.is_set)
        self._today = today
        self._thread = threading.Thread(target=self._run, name="backup", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Make no more; a copy that is being made is broken off, and made at the next start."""
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while True:
            try:
                self._make(self._today())
            except Exception as error:
                # `visitator doctor` says how old the newest copy is; it is tried again.
                _logger.error("the backup failed: %s", type(error).__name__)
            if self._stop.wait(_LOOK_SECONDS):
                return
