"""A first look at the list, while what opens the store properly is still being loaded."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Self

from visitator import sqlcipher
from visitator.domain.agreement import Agreement
from visitator.store import listing, people, place
from visitator.store.errors import StoreError, known_faults
from visitator.store.made import made_with
from visitator.store.schema import SCHEMA_VERSION
from visitator.store.values import Header, Listing, Person, Selection


class Glance:
    """The lists of a file that nobody has open, as `Store` reads them; it can change nothing.

    Made by `at`. It may be used by any thread, by one at a time. Every method raises a
    `StoreError` for a known fault of the file.
    """

    def __init__(self, raw: sqlcipher.Raw) -> None:
        self._raw = raw

    @classmethod
    def at(cls, path: Path, key: bytes, agreement: Agreement) -> Self | None:
        """Look at the file; None where it is for `Store.open` to say or to do something first.

        That is a file that is not there, is open already, has another schema or another key, whose
        rows were made by another program or under another agreement, or that has any fault.
        """
        if not path.is_file():
            return None
        with suppress(StoreError, sqlcipher.Error), known_faults(opening=True):
            place.refuse_network_folder(path)
            place.FileLock(path).release()
            with ExitStack() as undo:
                raw = sqlcipher.connect(path, key, read_only=True)
                undo.callback(raw.close)
                if _is_current(raw, agreement):
                    undo.pop_all()
                    return cls(raw)
        return None

    def close(self) -> None:
        """Let go of the file."""
        self._raw.close()

    def listing(self, user: str) -> Listing:
        """See `Store.listing`."""
        with self._read() as raw:
            return listing.count(raw, listing.table_of(raw), user)

    def listing_rows(
        self, user: str, wanted: Selection, offset: int, limit: int
    ) -> tuple[Header, ...]:
        """See `Store.listing_rows`."""
        with self._read() as raw:
            return listing.rows(raw, listing.table_of(raw), user, wanted, offset, limit)

    def listing_position(self, user: str, wanted: Selection, pathway_id: str) -> int | None:
        """See `Store.listing_position`."""
        with self._read() as raw:
            return listing.position(raw, listing.table_of(raw), user, wanted, pathway_id)

    def people(self) -> tuple[Person, ...]:
        """See `Store.people`."""
        with self._read() as raw:
            return people.known(raw)

    @contextmanager
    def _read(self) -> Iterator[sqlcipher.Raw]:
        """The connection, which sees one state of the file meanwhile."""
        with known_faults():
            self._raw.execute("BEGIN")
            try:
                yield self._raw
            finally:
                self._raw.rollback()


def _is_current(raw: sqlcipher.Raw, agreement: Agreement) -> bool:
    """Whether the rows are what `Store.open` would show, too."""
    if raw.execute("PRAGMA user_version").fetchone()[0] != SCHEMA_VERSION:
        return False
    (projected_with,) = raw.execute("SELECT projected_with FROM sync_state").fetchone()
    return bool(projected_with == made_with(agreement))
