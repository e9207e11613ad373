"""Opening an encrypted SQLite file (SQLCipher): the one place that knows the key and pragmas."""

import hashlib
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import sqlcipher3.dbapi2 as dbapi  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

KEY_LENGTH = 32
"""Bytes of a raw key (256 bits)."""

Error = dbapi.Error
"""What a connection of `connect` raises."""

Raw: TypeAlias = Any
"""A connection of `connect`; its library has no types."""

_BUSY_SECONDS = 5.0

_EVERY_CONNECTION = (
    # 16 MB: with SQLite's own 2 MB a search ordered by date takes 25 times as long.
    "PRAGMA cache_size = -16000",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA foreign_keys = ON",
)
_WRITING_CONNECTION = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA secure_delete = ON",
    # 16 MB: at SQLite's own 4 MB nearly each page of a first synchronisation waits for the disk.
    "PRAGMA wal_autocheckpoint = 4000",
)


def connect(path: Path, key: bytes, *, read_only: bool = False) -> Raw:
    """A DBAPI connection to the encrypted file at `path`, which is made when it is not there.

    It starts no transaction of its own; whoever uses it says BEGIN. It may be handed from one
    thread to another, not used by two at once. The log of SQLCipher is off: it goes to stderr.

    Args:
        path: the database file. With `read_only` it has to be there, in WAL mode.
        key: 32 raw bytes.
        read_only: the connection can change nothing.

    Raises:
        ValueError: the key is not 32 bytes.
        sqlcipher3.dbapi2.DatabaseError: the file cannot be opened, or not with this key.
    """
    if len(key) != KEY_LENGTH:
        raise ValueError(f"a raw key is {KEY_LENGTH} bytes; got {len(key)}")
    mode = "ro" if read_only else "rwc"
    connection = dbapi.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=_BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        for pragma in _EVERY_CONNECTION:
            connection.execute(pragma)
        for pragma in () if read_only else _WRITING_CONNECTION:
            connection.execute(pragma)
    except BaseException:
        connection.close()
        raise
    return connection


def fingerprint(key: bytes) -> str:
    """Eight letters that tell one key from another, and nothing else of it."""
    return hashlib.sha256(b"visitator fingerprint " + key).hexdigest()[:8]


def copy(connection: Raw, to: Path) -> None:
    """Write one state of an open database into a file under the same key: all of it, or none.

    Args:
        connection: of `connect`, in no transaction; what others write meanwhile is left out.
        to: the file; one that is there is replaced.

    Raises:
        OSError: it cannot be written; what was there is there still.
        Error: the database cannot be read, or the file not be written.
    """
    half = to.with_name(f"{to.name}.part")
    half.unlink(missing_ok=True)
    try:
        connection.execute("VACUUM INTO ?", (str(half),))
        with half.open("rb+") as file:
            os.fsync(file.fileno())
        half.replace(to)
    finally:
        with suppress(OSError):
            half.unlink(missing_ok=True)


def engine(path: Path, key: bytes, *, read_only: bool = False, pool_size: int = 5) -> "Engine":
    """A SQLAlchemy engine on the encrypted file at `path`; see `connect`.

    A transaction begins with BEGIN IMMEDIATE, so that two writers queue up instead of failing in
    the middle; with `read_only` it begins with BEGIN, and sees one state of the file throughout.
    No exception shows the values of a statement: they are citizens' data.

    The file is first touched by the first connection; what `connect` raises comes from there,
    wrapped as sqlalchemy.exc.DatabaseError.
    """
    # The longest import there is; a first look at the file (store.glance) does without.
    from sqlalchemy import create_engine, event
    from sqlalchemy.pool import QueuePool

    made = create_engine(
        "sqlite://",
        module=dbapi,
        creator=lambda: connect(path, key, read_only=read_only),
        poolclass=QueuePool,
        # The one used last: its pages are the ones that are still in memory.
        pool_use_lifo=True,
        pool_size=pool_size,
        hide_parameters=True,
    )
    begin = "BEGIN" if read_only else "BEGIN IMMEDIATE"

    @event.listens_for(made, "begin")
    def _begin(connection: "Connection") -> None:
        connection.exec_driver_sql(begin)

    return made
