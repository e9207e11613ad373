"""What the gateway's tests share."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest

from tests.gateway.mailbox import KEY, Post
from tests.gateway.office import Office
from visitator.gateway.database import Database

if TYPE_CHECKING:
    from tests.gateway.postgres import Server


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """A new gateway's database, encrypted."""
    made = Database.sqlite(tmp_path / "gateway.db", KEY)
    made.create()
    yield made
    made.close()


@pytest.fixture
def post(database: Database, tmp_path: Path) -> Post:
    """A gateway's mail, with an empty drop folder."""
    return Post(database, tmp_path / "post")


@pytest.fixture
def office(database: Database) -> Iterator[Office]:
    """A whole gateway, and users who call it."""
    made = Office(database)
    yield made
    made.close()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A real PostgreSQL server."""
    if os.name != "posix":
        pytest.skip("the PostgreSQL tests run a server of Debian's")
    from tests.gateway.postgres import binaries, running

    programs = binaries()
    if programs is None:
        pytest.skip("PostgreSQL is not installed (Debian's package: postgresql)")
    with running(programs) as server:
        yield server


@pytest.fixture
def postgres_url(postgres: Server) -> str:
    """A new, empty PostgreSQL database."""
    return postgres.new_database()


@pytest.fixture(params=["sqlite", "postgresql"])
def either(request: pytest.FixtureRequest) -> Iterator[Database]:
    """A new gateway's database, of both kinds in turn."""
    if request.param == "sqlite":
        yield request.getfixturevalue("database")
        return
    made = Database.postgresql(request.getfixturevalue("postgres_url"))
    made.create()
    yield made
    made.close()


@pytest.fixture(scope="session")
def mail_url(postgres: Server) -> str:
    """One PostgreSQL database for all tests that want it empty and nothing more."""
    return postgres.new_database()


@pytest.fixture(params=["sqlite", "postgresql"])
def mail_database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """An empty database of both kinds in turn; a new one per test costs PostgreSQL a second."""
    if request.param == "sqlite":
        yield request.getfixturevalue("database")
        return
    url = request.getfixturevalue("mail_url")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
    made = Database.postgresql(url)
    made.create()
    yield made
    made.close()
