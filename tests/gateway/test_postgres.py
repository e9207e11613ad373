"""Several gateway processes on one PostgreSQL database, as a municipality runs them."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import anyio
import psycopg
import pytest
from sqlalchemy import text

from tests.gateway.mailbox import START
from tests.gateway.office import Office
from tests.gateway.processes import BATCH, Command
from tests.gateway.test_journal import append, page, until_waiting
from visitator.domain.entries import AnswerCategory
from visitator.gateway.database import Database
from visitator.gateway.waiting import CHANNEL

WRITERS = POLLERS = 8
PUSHES = 10


@pytest.fixture
def shared_office(postgres_url: str) -> Iterator[Office]:
    made = Office(Database.postgresql(postgres_url))
    yield made
    made.close()


def test_a_gateway_that_hangs_in_a_transaction_does_not_hold_the_others_for_ever(
    shared_office: Office,
) -> None:
    with shared_office.database.read() as connection:
        limit = connection.scalars(text("SHOW idle_in_transaction_session_timeout")).one()
    assert limit == "1min"


class Processes:
    """Several of `tests.gateway.processes`, each a process of its own."""

    def __init__(self, root: Path, url: str, token: str, commands: list[Command]) -> None:
        self._number = len(commands)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.gateway.processes", url, token, json.dumps(commands)],
            cwd=root,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def until_ready(self) -> None:
        assert self._process.stdout is not None
        for _ in range(self._number):
            assert self._process.stdout.readline() == "ready\n"

    def start(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write("." * self._number)
        self._process.stdin.flush()

    def results(self) -> list[tuple[str, list[int] | None]]:
        out, _ = self._process.communicate(timeout=240)
        assert self._process.returncode == 0
        return [json.loads(line) for line in out.splitlines()]

    def kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.communicate()


@contextmanager
def processes(root: Path, url: str, token: str, commands: list[Command]) -> Iterator[Processes]:
    """Processes that are ready to start; none outlives the block."""
    made = Processes(root, url, token, commands)
    try:
        made.until_ready()
        yield made
    finally:
        made.kill()


def test_no_reader_ever_misses_a_number(
    root: Path, shared_office: Office, postgres_url: str
) -> None:
    office = shared_office
    pathway_id = office.receive()
    total = 1 + WRITERS * PUSHES * BATCH
    commands: list[Command] = [("write", pathway_id, PUSHES)] * WRITERS
    commands += [("poll", "", total)] * POLLERS
    with processes(root, postgres_url, office.tokens["AHN"], commands) as made:
        made.start()
        results = made.results()
    polled = [found for role, found in results if role == "poll" and found is not None]
    assert len(results) == WRITERS + POLLERS
    assert len(polled) == POLLERS
    # The calls were woken: hardly any of them waited its ten seconds in vain.
    assert sum(empty for _, empty in polled) <= POLLERS
    assert page(office.database, after=0, limit=10_000).cursor == total


def test_a_long_poll_is_woken_by_another_process(
    root: Path, shared_office: Office, postgres_url: str
) -> None:
    office = shared_office
    pathway_id = office.receive()
    listener = office.database.listen()
    assert listener is not None
    assert listener.listening.wait(60)
    got: list[int] = []
    commands: list[Command] = [("write", pathway_id, 1)]
    with processes(root, postgres_url, office.tokens["AHN"], commands) as writer:
        poll = threading.Thread(target=lambda: got.append(office.page(after=1, wait=30).cursor))
        poll.start()
        anyio.run(until_waiting, office.database)
        writer.start()
        poll.join(25)
        writer.results()
    assert got == [1 + BATCH]


def test_a_lost_listener_comes_back_and_rings_for_what_it_missed(
    shared_office: Office, postgres_url: str
) -> None:
    office = shared_office
    listener = office.database.listen()
    assert listener is not None
    assert listener.listening.wait(60)

    async def wait() -> bool:
        with office.database.bell.waiter() as bell:
            await anyio.to_thread.run_sync(kill_listeners, postgres_url)
            with anyio.fail_after(20):
                await bell.wait()
            return bell.is_set()

    assert anyio.run(wait)


def kill_listeners(url: str) -> None:
    """What a restart of the server does to them."""
    with psycopg.connect(url, autocommit=True) as connection:
        killed = connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND query = %s",
            [f"LISTEN {CHANNEL}"],
        )
        assert killed.fetchall() == [(True,)]


def test_two_processes_that_start_together_make_one_database(postgres_url: str) -> None:
    databases = [Database.postgresql(postgres_url) for _ in range(4)]
    threads = [threading.Thread(target=each.create) for each in databases]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({each.epoch for each in databases}) == 1
    for each in databases:
        each.close()


def test_of_replies_to_one_state_that_race_exactly_one_is_accepted(shared_office: Office) -> None:
    office = shared_office
    pathway_id = office.receive()
    users = ["AHN", "BKR"] * 4
    replies = [office.reply(pathway_id, AnswerCategory.OK, user=user) for user in users]
    results: list[str] = []

    def push(number: int) -> None:
        results.append(office.push_one(replies[number], user=users[number]).status)

    threads = [threading.Thread(target=push, args=[number]) for number in range(len(users))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["accepted"] + ["rejected"] * (len(users) - 1)
    assert len(office.pathway(pathway_id).replies) == 1


def test_a_writer_that_takes_too_long_makes_the_others_busy_not_wrong(
    shared_office: Office, monkeypatch: pytest.MonkeyPatch, postgres_url: str
) -> None:
    office = shared_office
    pathway_id = office.receive()
    monkeypatch.setattr("visitator.gateway.database._LOCK_TIMEOUT_MS", 200)
    impatient = Office(Database.postgresql(postgres_url))
    note = impatient.note(pathway_id)
    with office.database.write():
        busy = impatient.post(note)
    assert (busy.status_code, busy.json()["error"]) == (503, "unavailable")
    assert impatient.push_one(note).status == "accepted"
    impatient.close()


def test_the_journal_says_the_same_as_on_sqlite(shared_office: Office, office: Office) -> None:
    for each in (shared_office, office):
        pathway_id = each.receive()
        each.push(each.assignment(pathway_id, "AHN", None), each.reply(pathway_id))
        each.push(each.reply(pathway_id, to=each.pathway(pathway_id).replies[0].sent.answers))
    kinds = [[entry.kind for entry in each.entries()] for each in (shared_office, office)]
    assert kinds[0] == kinds[1] == ["message_received", "assigned", "reply_sent"]
    assert append(shared_office.database, now=START).seq == 4
