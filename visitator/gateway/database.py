"""The gateway's database: an encrypted SQLite file, or PostgreSQL for several gateway processes.

Every transaction that may write holds the sequence lock from its start to its commit, so sequence
numbers become visible in order and without gaps (architecture §4.3).
"""

import datetime as dt
import secrets
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Self

from psycopg.errors import InsufficientPrivilege
from sqlalchemy import (
    URL,
    BigInteger,
    Column,
    Connection,
    DateTime,
    Dialect,
    Engine,
    Integer,
    MetaData,
    String,
    Table,
    create_engine,
    insert,
    inspect,
    make_url,
    select,
    text,
    update,
)
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.types import TypeDecorator

from visitator import sqlcipher
from visitator.gateway.waiting import CHANNEL, Bell, Listener

SCHEMA_VERSION = 1
"""Of the tables as this program makes them."""

_LOCK_TIMEOUT_MS = 10_000
_IDLE_TIMEOUT_MS = 60_000
"""After this a transaction of a gateway that hangs ends, and lets the others have the lock."""
_CONNECTIONS = 20

metadata = MetaData()
"""All tables of the gateway; those of a module are known once it is imported."""


class DatabaseError(Exception):
    """The database cannot be used; the text is Danish and says what to do."""


class SchemaTooNewError(DatabaseError):
    """A newer program has been here."""

    def __init__(self) -> None:
        super().__init__(
            "Databasen er lavet af en nyere udgave af Visitator. Installér den udgave på gatewayen."
        )


class NoSchemaError(DatabaseError):
    """There are no tables yet."""

    def __init__(self) -> None:
        super().__init__("Databasen er tom. Start gatewayen én gang, så bliver den sat op.")


class UnreachableError(DatabaseError):
    """The server does not answer, or the file cannot be opened, read or written."""

    def __init__(self) -> None:
        super().__init__(
            "Databasen kan ikke nås. Kontrollér, at serveren kører, eller at filens mappe findes, "
            "kan skrives, og har plads."
        )


class NotAllowedError(DatabaseError):
    """The user of the PostgreSQL server may not do in the database what the gateway does."""

    def __init__(self) -> None:
        super().__init__(
            "Gatewayens bruger på PostgreSQL-serveren mangler rettigheder i databasen. Gør "
            "brugeren til ejer af databasen, eller giv den ret til at oprette, læse og skrive "
            "tabeller."
        )


class UnreadableError(DatabaseError):
    """The file is there, but not with this key."""

    def __init__(self) -> None:
        super().__init__(
            "Databasen kan ikke læses med nøglen. Find den rigtige nøgle; filen er urørt."
        )


class UtcDateTime(TypeDecorator[dt.datetime]):
    """An aware instant, stored in UTC.

    Raises:
        ValueError: a naive datetime is written.
    """

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """The same instant in UTC, without its zone."""
        if value is None:
            return None
        if value.utcoffset() is None:
            raise ValueError("an instant needs a time zone; got a naive datetime")
        return value.astimezone(dt.UTC).replace(tzinfo=None)

    def process_result_value(
        self, value: dt.datetime | None, dialect: Dialect
    ) -> dt.datetime | None:
        """The instant with UTC as its zone."""
        return value.replace(tzinfo=dt.UTC) if value is not None else None


gateway_state = Table(
    "gateway_state",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("epoch", String(32), nullable=False),
    Column("head", BigInteger, nullable=False),
    Column("schema_version", Integer, nullable=False),
)
"""One row: which history this is, the last sequence number given out, and the schema."""

_the_row = gateway_state.c.id == 1


class Database:
    """The gateway's database; safe to use from any thread.

    Make it with `sqlite` or `postgresql`, then `create` once. `bell` rings after every commit that
    made the journal longer, in this process or, on PostgreSQL, in any.
    """

    def __init__(
        self, *, writer: Engine, reader: Engine, turn: AbstractContextManager[object]
    ) -> None:
        self._writer = writer
        self._reader = reader
        self._turn = turn
        self._listener: Listener | None = None
        self.bell = Bell()

    @classmethod
    def sqlite(cls, path: Path, key: bytes) -> Self:
        """An encrypted file.

        Args:
            path: the file; it is made when it is not there.
            key: 32 random bytes.
        """
        return cls(
            writer=sqlcipher.engine(path, key, pool_size=1),
            reader=sqlcipher.engine(path, key, read_only=True, pool_size=_CONNECTIONS),
            # SQLite lets waiting writers poll; a lock gives threads their turn instead.
            turn=threading.Lock(),
        )

    @classmethod
    def postgresql(cls, url: str | URL) -> Self:
        """A PostgreSQL database, by its URL; a password belongs in the service's own files."""
        engine = create_engine(
            make_url(url).set(drivername="postgresql+psycopg"),
            connect_args={
                "options": (
                    f"-c lock_timeout={_LOCK_TIMEOUT_MS} -c timezone=UTC"
                    f" -c idle_in_transaction_session_timeout={_IDLE_TIMEOUT_MS}"
                ),
                "connect_timeout": 10,
            },
            pool_size=_CONNECTIONS,
            pool_pre_ping=True,
            hide_parameters=True,
        )
        snapshot = engine.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )
        return cls(writer=engine, reader=snapshot, turn=nullcontext())

    @property
    def is_postgresql(self) -> bool:
        """Whether several processes may share it."""
        return self._writer.dialect.name == "postgresql"

    def create(self) -> None:
        """Make the tables that are not there, with a new epoch when the database is new.

        Raises:
            SchemaTooNewError: a newer program made them; nothing was changed.
            UnreachableError: the database does not answer.
            UnreadableError: the key is another one's.
            NotAllowedError: the server keeps its user from it.
        """
        with told(), self._turn, self._writer.begin() as connection:
            if self.is_postgresql:
                # Two processes that start together make the tables one after the other.
                lock = text("SELECT pg_advisory_xact_lock(hashtext(:name))")
                connection.execute(lock, {"name": CHANNEL})
            if inspect(connection).has_table(gateway_state.name):
                _check_version(connection)
            metadata.create_all(connection)
            for table in metadata.sorted_tables:
                # Of a table from before, `create_all` leaves out the indexes that are new.
                for index in table.indexes:
                    index.create(connection, checkfirst=True)
            if connection.execute(select(gateway_state)).first() is None:
                connection.execute(
                    insert(gateway_state).values(
                        id=1, epoch=_new_epoch(), head=0, schema_version=SCHEMA_VERSION
                    )
                )

    def check_schema(self) -> None:
        """Look whether the tables are there and of a version that this program knows.

        Raises:
            NoSchemaError: they are not there.
            SchemaTooNewError: a newer program made them.
            UnreachableError: the database does not answer.
            UnreadableError: the key is another one's.
            NotAllowedError: the server keeps its user from it.
        """
        with told(), self.read() as connection:
            if not inspect(connection).has_table(gateway_state.name):
                raise NoSchemaError
            _check_version(connection)

    def listen(self) -> Listener | None:
        """Hear of what other processes write; None on SQLite, which has one process.

        `close` ends it.
        """
        if self.is_postgresql and self._listener is None:
            url = self._writer.url.set(drivername="postgresql")
            conninfo = url.render_as_string(hide_password=False)
            self._listener = Listener(conninfo, self.bell)
        return self._listener

    def close(self) -> None:
        """Let go of every connection and stop listening."""
        if self._listener is not None:
            self._listener.close()
            self._listener = None
        # The last to let go of an SQLite file empties its log, and only a writer can.
        self._reader.dispose()
        self._writer.dispose()

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction that holds the sequence lock until it is committed.

        An error in the block rolls it back. Do not open another one inside it. After the commit
        everyone who waits for the journal is woken, if it grew.
        """
        with self._turn, self._writer.begin() as connection:
            before = _lock_head(connection)
            yield connection
            grew = head_of(connection) != before
            if grew and self.is_postgresql:
                connection.execute(text(f"NOTIFY {CHANNEL}"))
        if grew:
            self.bell.ring()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One transaction that sees a single state of the database and changes nothing."""
        with self._reader.begin() as connection:
            yield connection

    @property
    def epoch(self) -> str:
        """Which history this is. It changes when the database was restored from a backup."""
        with self.read() as connection:
            return epoch_of(connection)


@contextmanager
def told() -> Iterator[None]:
    """Say in Danish why the database cannot be opened or written.

    Raises:
        UnreachableError: the database does not answer, or its disk is full.
        UnreadableError: the key is another one's.
        NotAllowedError: the server keeps its user from it.
    """
    try:
        yield
    except OperationalError as error:
        raise UnreachableError from error
    except DBAPIError as error:
        if isinstance(error.orig, InsufficientPrivilege):
            raise NotAllowedError from error
        raise UnreadableError from error


def epoch_of(connection: Connection) -> str:
    """Which history this is."""
    epoch: str = connection.scalars(select(gateway_state.c.epoch).where(_the_row)).one()
    return epoch


def head_of(connection: Connection) -> int:
    """The last sequence number given out; 0 before the first."""
    head: int = connection.scalars(select(gateway_state.c.head).where(_the_row)).one()
    return head


def next_seq(connection: Connection) -> int:
    """Give out a sequence number, in a transaction of `Database.write`."""
    step = update(gateway_state).where(_the_row).values(head=gateway_state.c.head + 1)
    seq: int = connection.scalars(step.returning(gateway_state.c.head)).one()
    return seq


def begin_new_epoch(connection: Connection) -> str:
    """Say that this history is not the one clients know; they read everything again (sync I5)."""
    epoch = _new_epoch()
    connection.execute(update(gateway_state).where(_the_row).values(epoch=epoch))
    return epoch


def _new_epoch() -> str:
    return secrets.token_hex(16)


def _lock_head(connection: Connection) -> int:
    locked = select(gateway_state.c.head).where(_the_row).with_for_update()
    head: int = connection.scalars(locked).one()
    return head


def _check_version(connection: Connection) -> None:
    if connection.scalars(select(gateway_state.c.schema_version)).one() > SCHEMA_VERSION:
        raise SchemaTooNewError
