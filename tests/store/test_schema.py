"""Migrations: the steps make what the program expects, and an older file is copied first."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import CheckConstraint, inspect
from sqlalchemy.exc import DBAPIError

from tests.store.workstation import (
    AGREEMENT,
    EPOCH,
    KEY,
    Gateway,
    letter,
    note,
    open_store,
    plan,
)
from visitator import sqlcipher
from visitator.domain.entries import Entry, encode_entry
from visitator.domain.pathway import fold
from visitator.store import Store, schema
from visitator.store.place import copy_of
from visitator.store.tables import SETS, metadata

STEP = '''"""A step of the next version of the program."""

from alembic import op

revision = "{revision}"
down_revision = "{down}"


def upgrade() -> None:
    op.execute("ALTER TABLE drafts ADD COLUMN pinned INTEGER")
    op.execute({last!r})
'''

THIS = schema.SCHEMA_VERSION
NEXT = THIS + 1


@pytest.fixture
def next_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The migrations of a program that is one schema further; the second step works."""
    steps = tmp_path / "migrations"
    shutil.copytree(schema._MIGRATIONS, steps)
    write_step(steps, "SELECT 1")
    monkeypatch.setattr(schema, "SCHEMA_VERSION", NEXT)
    return steps


def write_step(steps: Path, last: str) -> None:
    step = STEP.format(revision=NEXT, down=THIS, last=last)
    (steps / "versions" / f"schema_{NEXT}.py").write_text(step)


def migrate(path: Path, steps: Path) -> None:
    engine = sqlcipher.engine(path, KEY, pool_size=1)
    try:
        schema.bring_up_to_date(engine, path, steps)
    finally:
        engine.dispose()


def test_the_steps_make_the_tables_the_program_uses(path: Path) -> None:
    path.parent.mkdir()
    migrate(path, schema._MIGRATIONS)
    engine = sqlcipher.engine(path, KEY, read_only=True)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_name": lambda name, *_: not is_search(name)}
        )
        assert compare_metadata(context, metadata) == []
        found = inspect(connection)
        for table in metadata.sorted_tables:
            checks = {each["name"] for each in found.get_check_constraints(table.name)}
            assert checks == {
                str(each.name) for each in table.constraints if isinstance(each, CheckConstraint)
            }
            made = {each["name"]: each["column_names"] for each in found.get_indexes(table.name)}
            assert made == {
                index.name: [column.name for column in index.columns] for index in table.indexes
            }
            assert found.get_foreign_keys(table.name) == []
    engine.dispose()


def is_search(name: str | None) -> bool:
    return bool(name and any(name.startswith(each.search) for each in SETS.values()))


def test_an_older_database_is_copied_and_then_migrated(path: Path, next_version: Path) -> None:
    with open_at_this_version(path) as store:
        store.append(note("Før opgraderingen"))
    migrate(path, next_version)
    with sqlcipher.engine(path, KEY).connect() as connection:
        assert connection.exec_driver_sql("PRAGMA user_version").scalar_one() == NEXT
        assert connection.exec_driver_sql("SELECT pinned FROM drafts").all() == []
        assert len(connection.exec_driver_sql("SELECT * FROM outbox").all()) == 1
    copy = copy_of(path, THIS)
    with sqlcipher.engine(copy, KEY).connect() as connection:
        assert connection.exec_driver_sql("PRAGMA user_version").scalar_one() == THIS
        assert len(connection.exec_driver_sql("SELECT * FROM outbox").all()) == 1


def open_at_this_version(path: Path) -> Store:
    """A store of this program, whatever version the test says it is."""
    version = schema.SCHEMA_VERSION
    schema.SCHEMA_VERSION = THIS
    try:
        return open_store(path)
    finally:
        schema.SCHEMA_VERSION = version


def test_what_a_program_with_the_first_schema_wrote_is_kept(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It did not know how far its bootstrap reached, so nothing up to its cursor is compared."""
    first = tmp_path / "migrations"
    shutil.copytree(schema._MIGRATIONS, first)
    for step in (first / "versions").glob("schema_*.py"):
        if step.stem != "schema_1":
            step.unlink()
    path.parent.mkdir()
    with monkeypatch.context() as then:
        then.setattr(schema, "SCHEMA_VERSION", 1)
        migrate(path, first)
    gateway, waits = Gateway(), note("Før opgraderingen")
    (came,) = gateway.accept(letter(plan()))
    fill_schema_1(path, came, waits)
    with open_store(path) as store:
        assert [item.entry for item in store.outbox("AHN")] == [waits]
        assert store.pathway("P1", "AHN") == fold([came, waits])
        assert [row.versions for row in store.inbox("AHN").rows] == [1]
        assert [hit.seq for hit in store.search("Nancy")] == [1]
        found = store.digest()
        assert found
        assert (found.after, found.through, found.count) == (1, 1, 0)
    assert copy_of(path, 1).exists()


def test_a_list_that_no_program_has_counted_is_counted(path: Path) -> None:
    gateway = Gateway()
    gateway.accept(*(letter(plan(), pathway=f"P{number}") for number in range(5)))
    with open_store(path) as store:
        gateway.page_to(store)
        store.append(note("Ringet.", pathway="P1"))
        counted = store.listing("AHN")
    assert sum(each.count for each in counted.tallies) == 5
    with sqlcipher.engine(path, KEY).begin() as connection:
        for table in ("pathway_a", "pathway_b"):
            connection.exec_driver_sql(f"DROP TABLE {table}_tally")
            for trigger in ("comes", "goes", "moves"):
                connection.exec_driver_sql(f"DROP TRIGGER {table}_{trigger}")
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '6'")
        connection.exec_driver_sql("PRAGMA user_version = 6")
    with open_store(path) as store:
        assert store.listing("AHN") == counted


def fill_schema_1(path: Path, came: Entry, waits: Entry) -> None:
    """As the first program wrote it: an accepted entry, and one that waits to be sent."""
    with sqlcipher.engine(path, KEY).begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO journal_a (seq, id, pathway_id, data) VALUES (1, ?, ?, ?)",
            (came.id, came.pathway_id, encode_entry(came)),
        )
        connection.exec_driver_sql(
            "INSERT INTO outbox (id, user, pathway_id, kind, data, state, attempts)"
            " VALUES (?, ?, ?, ?, ?, 'queued', 0)",
            (waits.id, waits.author, waits.pathway_id, waits.kind, encode_entry(waits)),
        )
        connection.exec_driver_sql("UPDATE sync_state SET epoch = ?, cursor = 1", (EPOCH,))


def test_a_step_that_fails_leaves_the_database_as_it_was(path: Path, next_version: Path) -> None:
    open_at_this_version(path).close()
    write_step(next_version, "INSERT INTO no_such_table VALUES (1)")
    with pytest.raises(DBAPIError):
        migrate(path, next_version)
    with open_at_this_version(path) as store:
        assert store.outbox("AHN") == ()
    with sqlcipher.engine(path, KEY).connect() as connection, pytest.raises(DBAPIError):
        connection.exec_driver_sql("SELECT pinned FROM drafts")


def test_without_room_for_the_copy_nothing_is_migrated(
    path: Path, next_version: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_at_this_version(path).close()
    before = path.read_bytes()

    def full(source: Path, target: Path) -> None:
        Path(target).write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", full)
    with pytest.raises(OSError, match="No space"):
        migrate(path, next_version)
    assert not copy_of(path, THIS).exists()
    assert path.read_bytes() == before


def test_a_database_of_this_version_is_opened_without_alembic(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_store(path).close()
    monkeypatch.setattr(schema, "_migrate", lambda *_: pytest.fail("it is up to date"))
    Store.open(path, KEY, AGREEMENT).close()
    assert list(path.parent.glob("*.skema*")) == []


def test_only_the_newest_copy_before_a_migration_is_kept(path: Path, next_version: Path) -> None:
    open_at_this_version(path).close()
    older = copy_of(path, THIS - 1)
    older.write_bytes(b"x")
    migrate(path, next_version)
    assert list(path.parent.glob("*.skema*")) == [copy_of(path, THIS)]
