"""The gateway's database: who may write when, what readers see, and what is said when it fails."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import event, make_url, update

from tests.gateway.mailbox import KEY, START
from tests.gateway.office import Office
from visitator.domain.entries import Entry, NoteAdded, decode_entry
from visitator.gateway import journal, mail
from visitator.gateway.database import (
    SCHEMA_VERSION,
    Database,
    NoSchemaError,
    NotAllowedError,
    SchemaTooNewError,
    UnreachableError,
    UnreadableError,
    begin_new_epoch,
    gateway_state,
    head_of,
)
from visitator.identifiers import new_entry_id

MARKER = "Solskinsvej 2512489996"


def note(text: str = "hej") -> Entry:
    return Entry(
        id=new_entry_id(START),
        pathway_id="P1",
        author="AHN",
        device="PC1",
        occurred_at=START,
        body=NoteAdded(text=text),
    )


def seqs(database: Database, after: int = 0) -> list[int]:
    with database.read() as connection:
        page = journal.page(connection, after=after, limit=500)
    return [decode_entry(data).seq or 0 for data in page.entries]


def test_what_was_made_is_there_again_with_the_same_epoch(either: Database) -> None:
    epoch = either.epoch
    with either.write() as connection:
        journal.append(connection, note(), START)
    either.create()
    either.check_schema()
    assert either.epoch == epoch
    assert seqs(either) == [1]


def test_every_database_has_its_own_epoch(tmp_path: Path, database: Database) -> None:
    other = Database.sqlite(tmp_path / "other.db", KEY)
    other.create()
    assert other.epoch != database.epoch
    other.close()


def test_an_error_takes_everything_back_and_the_number_is_given_out_again(
    either: Database,
) -> None:
    def fail() -> None:
        with either.write() as connection:
            journal.append(connection, note(), START)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert seqs(either) == []
    with either.write() as connection:
        assert journal.append(connection, note(), START).seq == 1


def test_a_reader_never_misses_what_a_slow_writer_commits(either: Database) -> None:
    """Two writers; the first sleeps before its commit, and a reader polls all the while."""
    in_transaction, may_commit = threading.Event(), threading.Event()
    done: list[int] = []

    def slow() -> None:
        with either.write() as connection:
            done.append(journal.append(connection, note("slow"), START).seq or 0)
            in_transaction.set()
            assert may_commit.wait(60)

    def fast() -> None:
        with either.write() as connection:
            done.append(journal.append(connection, note("fast"), START).seq or 0)

    writers = [threading.Thread(target=slow), threading.Thread(target=fast)]
    writers[0].start()
    assert in_transaction.wait(60)
    writers[1].start()
    seen: list[int] = []
    for poll in range(500):
        if poll == 20:
            may_commit.set()
        seen += seqs(either, after=seen[-1] if seen else 0)
        if not any(writer.is_alive() for writer in writers):
            break
    for writer in writers:
        writer.join(60)
    seen += seqs(either, after=seen[-1] if seen else 0)
    assert seen == [1, 2]
    assert sorted(done) == [1, 2]


def test_a_reader_sees_one_state_throughout(either: Database) -> None:
    with either.read() as reader:
        assert head_of(reader) == 0
        with either.write() as connection:
            journal.append(connection, note(), START)
        assert head_of(reader) == 0
        assert journal.page(reader, after=0, limit=10).entries == ()
    assert seqs(either) == [1]


def test_a_new_epoch_is_seen_by_all(either: Database) -> None:
    before = either.epoch
    with either.write() as connection:
        after = begin_new_epoch(connection)
    assert after != before
    assert either.epoch == after


def test_a_newer_schema_is_refused_and_left_alone(either: Database) -> None:
    with either.write() as connection:
        connection.execute(update(gateway_state).values(schema_version=SCHEMA_VERSION + 1))
    for look in (either.create, either.check_schema):
        with pytest.raises(SchemaTooNewError, match="nyere udgave"):
            look()


def test_a_wrong_key_is_said_and_the_file_is_untouched(tmp_path: Path, database: Database) -> None:
    database.close()
    before = (tmp_path / "gateway.db").read_bytes()
    wrong = Database.sqlite(tmp_path / "gateway.db", bytes(32))
    for look in (wrong.create, wrong.check_schema):
        with pytest.raises(UnreadableError, match="nøgle"):
            look()
    wrong.close()
    assert (tmp_path / "gateway.db").read_bytes() == before


def test_a_file_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    nowhere = Database.sqlite(tmp_path / "nowhere" / "gateway.db", KEY)
    with pytest.raises(UnreachableError, match="Databasen kan ikke nås"):
        nowhere.create()


def test_a_server_that_is_not_there_is_said(tmp_path: Path) -> None:
    nowhere = Database.postgresql(f"postgresql://nobody@/nothing?host={tmp_path}")
    with pytest.raises(UnreachableError, match="Databasen kan ikke nås"):
        nowhere.create()


def test_a_database_without_tables_is_said(postgres_url: str) -> None:
    empty = Database.postgresql(postgres_url)
    with pytest.raises(NoSchemaError, match="tom"):
        empty.check_schema()
    empty.close()


@pytest.fixture
def others(postgres_url: str) -> Iterator[Database]:
    """A database of somebody else's, as the service's own PostgreSQL user finds it."""
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute("DROP ROLE IF EXISTS tjenesten")
        connection.execute("CREATE ROLE tjenesten LOGIN")
    database = Database.postgresql(make_url(postgres_url).set(username="tjenesten"))
    yield database
    database.close()


def test_who_may_not_make_tables_is_told(others: Database) -> None:
    """Since PostgreSQL 15 only the owner of a database may."""
    with pytest.raises(NotAllowedError, match="ejer"):
        others.create()


def test_who_may_not_read_the_tables_is_told(others: Database, postgres_url: str) -> None:
    owners = Database.postgresql(postgres_url)
    owners.create()
    owners.close()
    with pytest.raises(NotAllowedError, match="ejer"):
        others.check_schema()


def test_a_naive_instant_is_not_stored(database: Database) -> None:
    with (
        pytest.raises(Exception, match="time zone"),
        database.write() as connection,
    ):
        journal.append(connection, note(), dt.datetime(2026, 2, 2))


def test_nothing_can_be_read_in_the_files(tmp_path: Path, office: Office) -> None:
    pathway_id = office.receive()
    office.push(office.note(pathway_id, MARKER))
    assert office.entries()[-1].body == NoteAdded(text=MARKER)
    for file in tmp_path.glob("gateway.db*"):
        assert b"Solskinsvej" not in file.read_bytes()
        assert b"2512489996" not in file.read_bytes()
        assert b"SQLite format" not in file.read_bytes()


def test_a_journal_that_is_closed_is_one_file(tmp_path: Path) -> None:
    """Whoever copies it then has all of it."""
    made = Database.sqlite(tmp_path / "gateway.db", KEY)
    made.create()
    with made.write() as connection:
        journal.append(connection, note(), START)
    assert seqs(made) == [1]
    made.close()
    assert [each.name for each in tmp_path.iterdir()] == ["gateway.db"]


def test_the_health_is_told_without_reading_letters(tmp_path: Path) -> None:
    """Also of a database from before there were indexes for it."""
    made = Database.sqlite(tmp_path / "old.db", KEY)
    made.create()
    names = ("raw_messages_last", "outgoing_by_state", "outgoing_by_sent")
    with made.write() as connection:
        for name in names:
            connection.exec_driver_sql(f"DROP INDEX {name}")
    made.create()
    asked: list[tuple[str, Any]] = []
    with made.read() as connection:

        def note_down(*call: Any) -> None:
            _, _, statement, parameters, *_ = call
            asked.append((statement, parameters))

        event.listen(connection, "before_cursor_execute", note_down)
        mail.status(connection)
        event.remove(connection, "before_cursor_execute", note_down)
        plans = [
            str(line[3])
            for statement, parameters in asked
            for line in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        ]
    made.close()
    reads = [plan for plan in plans if "raw_messages" in plan or "outgoing" in plan]
    assert len(reads) == 5
    assert [plan for plan in reads if "COVERING INDEX" not in plan] == []
