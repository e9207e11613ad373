"""The connections to the database file: one thread writes, anybody reads."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, Engine

from visitator import sqlcipher
from visitator.store.errors import DiskFault, known_faults

_T = TypeVar("_T")


class Database:
    """An encrypted file that is open.

    Raises (every method): a `StoreError` for a known fault; the transaction has left no trace.
    """

    def __init__(self, path: Path, key: bytes, rolled_back: Callable[[], None]) -> None:
        """`rolled_back` is called in the writing thread when a transaction came to nothing."""
        self.engine: Engine = sqlcipher.engine(path, key, pool_size=1)
        self._readers = sqlcipher.engine(path, key, read_only=True)
        self._rolled_back = rolled_back
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="visitator-store")

    def write(self, work: Callable[[Connection], _T], *, durable: bool) -> _T:
        """Run `work` as one transaction in the writing thread, and wait for it.

        With `durable` it survives a power cut from here on; without, a power cut may take it back
        as a whole, which is right for what can be asked for again.
        """
        return self._writer.submit(self._transaction, work, durable).result()

    def _transaction(self, work: Callable[[Connection], _T], durable: bool) -> _T:
        try:
            with known_faults(), self.engine.connect() as connection:
                # A pragma takes effect outside of a transaction, so it goes past SQLAlchemy.
                cursor = connection.connection.cursor()
                cursor.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
                cursor.close()
                with connection.begin():
                    return work(connection)
        except BaseException:
            self._rolled_back()
            raise

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that can change nothing and sees one state of the file."""
        with known_faults(), self._readers.connect() as connection:
            yield connection

    @contextmanager
    def read_plainly(self) -> Iterator[sqlcipher.Raw]:
        """The same connection without SQLAlchemy."""
        with self.read() as connection, connection.begin():
            yield connection.connection.driver_connection

    def copy(self, to: Path) -> None:
        """Write one state of the file into another, under the same key: all of it, or none."""
        with known_faults():
            reader = self._readers.raw_connection()
            try:
                sqlcipher.copy(reader.driver_connection, to)
            except sqlcipher.Error as error:
                raise DiskFault from error
            finally:
                reader.close()

    def close(self) -> None:
        """Finish what is being written and let go of the file."""
        self._writer.shutdown()
        self._readers.dispose()
        self.engine.dispose()
