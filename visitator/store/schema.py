"""Bringing the database file to the schema of this program, or refusing to touch it."""

from pathlib import Path
from typing import TYPE_CHECKING

from visitator import sqlcipher
from visitator.store.errors import SchemaTooNew, known_faults
from visitator.store.place import FileLock, copy_before_migration

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

SCHEMA_VERSION = 7
"""The newest step in ``migrations/versions``; ``PRAGMA user_version`` of a file that has it."""

_MIGRATIONS = Path(__file__).with_name("migrations")


def bring_up_to_date(engine: "Engine", path: Path, migrations: Path = _MIGRATIONS) -> None:
    """Migrate the database when it is older than the program; a new file gets every step.

    An older one is copied first, beside it. All steps are one transaction.

    Args:
        engine: writes to the database at `path`; nobody else may have it open.
        path: the database file.
        migrations: the folder of the steps.

    Raises:
        SchemaTooNew: a newer program has written it; nothing was changed.
    """
    with engine.connect() as connection:
        version = _version(connection)
    if version > SCHEMA_VERSION:
        raise SchemaTooNew
    if version == SCHEMA_VERSION:
        return
    if version:
        _empty_log(engine)
        copy_before_migration(path, version)
    with engine.begin() as connection:
        _migrate(connection, migrations)
        connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")


def reached(path: Path, key: bytes) -> int | None:
    """How far the journal of a database reaches that nobody has open; nothing is migrated.

    Args:
        path: the file, which is there.
        key: 32 raw bytes.

    Returns:
        The last seq; None when an older program wrote the file.

    Raises:
        AlreadyOpen, WrongKey, SchemaTooNew, Damaged, DiskFault, Busy: see each.
    """
    # It brings SQLAlchemy, and a first look at a file needs no more of this than the number above.
    from visitator.store import journal

    with known_faults(opening=True):
        lock = FileLock(path)
        reader = sqlcipher.engine(path, key, read_only=True)
        try:
            with reader.connect() as connection:
                version = _version(connection)
                if version > SCHEMA_VERSION:
                    raise SchemaTooNew
                return journal.state(connection).cursor if version == SCHEMA_VERSION else None
        finally:
            reader.dispose()
            lock.release()


def _version(connection: "Connection") -> int:
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def _empty_log(engine: "Engine") -> None:
    """Move what is in the write-ahead log into the file, which alone is copied."""
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        raw.close()


def _migrate(connection: "Connection", migrations: Path) -> None:
    # Alembic takes a fifth of a second to import, and is needed once per schema.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
