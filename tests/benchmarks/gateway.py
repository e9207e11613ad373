"""The gateway as a process of its own: many clients at once, and how soon a message is seen."""

import asyncio
import datetime as dt
import os
import random
import re
import secrets
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections import deque
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import httpx
import msgspec
import psycopg

from tests.gateway.mailbox import NANCY, plan, written
from visitator import sqlcipher
from visitator.domain.entries import (
    AnswerCategory,
    Assigned,
    Entry,
    KnownBody,
    MessageReceived,
    NoteAdded,
    Opened,
    ReplySent,
    decode_entry,
    encode_entry,
)
from visitator.domain.pathway import fold
from visitator.domain.terms import Role
from visitator.gateway import intake, journal, users
from visitator.gateway.database import Database
from visitator.gateway.outgoing import outgoing
from visitator.gateway.push import push_results
from visitator.gateway.transports import FolderTransport
from visitator.identifiers import new_entry_id, new_letter_id
from visitator.resources import load_agreement
from visitator.store import Store
from visitator.sync import Condition, Syncer, new_client
from visitator.sync.calls import GatewayCalls

ROOT = Path(__file__).resolve().parent.parent.parent
AGREEMENT = "region-sjaelland-2025-11"
DEVICE = "PC1"

CLIENTS = 50
PLANS_EACH = 5
"""Each plan is opened, taken, noted on and answered: four pushes of one entry each."""

FILES = 200
MEAN_GAP = 0.25
"""Seconds between two files, which come at random: a very busy hour."""
LONGEST = 120
"""Seconds after which a file is taken for lost."""
AIM = 1.0

_ADDRESS = re.compile(r"running on (http://\S+)")


def report() -> Iterator[str]:
    """A line per figure, with its aim."""
    with tempfile.TemporaryDirectory(prefix="visitator-benchmark-") as folder:
        yield from _pushing(Path(folder))
    with tempfile.TemporaryDirectory(prefix="visitator-benchmark-") as folder:
        yield from _receiving(Path(folder))


# --- a gateway in a process of its own ----------------------------------------------------------


@contextmanager
def served(folder: Path, database: str, more: str = "") -> Iterator[str]:
    """`visitator gateway serve` on a free port of this machine; its address."""
    config = folder / "gateway.toml"
    config.write_text(
        f'agreement = "{AGREEMENT}"\nrequests_per_minute = 1000000\n'
        f"[listen]\nport = 0\n[database]\n{database}\n{more}\n"
    )
    config.chmod(0o600)
    command = [sys.executable, "-m", "visitator", "gateway", "serve", "--config", str(config)]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        # It logs every call: a pipe that nobody empties would stop it.
        emptying = threading.Thread(target=deque, args=(process.stderr, 0))
        try:
            address = next(filter(None, map(_ADDRESS.search, process.stderr)), None)
            if address is None:
                raise RuntimeError("the gateway did not start")
            emptying.start()
            yield address[1]
        finally:
            process.kill()
            if emptying.is_alive():
                emptying.join()


def enrol(database: Database, user: str) -> str:
    """The token of a new visitator."""
    person = users.User(user=user, name=f"Visitator {user}", role=Role.VISITATOR)
    with database.write() as connection:
        return users.add(connection, person, DEVICE, now())


def a_plan() -> tuple[str, bytes]:
    """The number of a plan of a new stay, and the file."""
    message = plan(NANCY, uuid.uuid4().hex)
    return str(message.letter_id), written(message)


def now() -> dt.datetime:
    """What time it is."""
    return dt.datetime.now(dt.UTC)


def percentiles(times: list[float]) -> str:
    """The 50th and the 99th, in milliseconds."""
    of = statistics.quantiles(times, n=100)
    return f"p50 {of[49] * 1e3:.0f} ms, p99 {of[98] * 1e3:.0f} ms"


# --- many clients on PostgreSQL -----------------------------------------------------------------


class Client(msgspec.Struct, frozen=True):
    """A visitator, and what they push."""

    token: str
    entries: list[Entry]


def _pushing(folder: Path) -> Iterator[str]:
    name = f"gateway, pushes of {CLIENTS} clients on PostgreSQL"
    if os.name != "posix":
        yield f"{name}: skipped, it takes a server of Debian's"
        return
    from tests.gateway.postgres import binaries, running

    programs = binaries()
    if programs is None:
        yield f"{name}: skipped, it is not installed (Debian's package: postgresql)"
        return
    with running(programs) as server:
        url, other = server.new_database(), server.new_database()
        clients = _office(url, other)
        with served(folder, f'url = "{url}"') as address:
            took, each = asyncio.run(_push_all(address, clients))
        raw = _insert_all(other, _rows(url, clients))
    count = len(each)
    yield (
        f"{name}: {count / took:.0f}/s, {percentiles(each)}; the same rows inserted with the same "
        f"lock by psycopg alone {count / raw:.0f}/s, ratio {took / raw:.1f} "
        "(no aim; the server has fsync off for both)"
    )


def _office(url: str, other: str) -> list[Client]:
    """Visitatorer with plans to answer at `url`, and the same empty tables at `other`."""
    for empty in (url, other):
        database = Database.postgresql(empty)
        database.create()
        database.close()
    database = Database.postgresql(url)
    clients = []
    for number in range(CLIENTS):
        user = f"V{number:02}"
        entries = [entry for _ in range(PLANS_EACH) for entry in _answering(database, user)]
        clients.append(Client(enrol(database, user), entries))
    database.close()
    return clients


def _answering(database: Database, user: str) -> Iterator[Entry]:
    """What a visitator does about a plan that comes in."""
    received = intake.receive(database, a_plan()[1], transport="benchmark", now=now())
    pathway_id = received.entries[0].pathway_id
    with database.read() as connection:
        state = fold(journal.entries_of(connection, pathway_id)).to_answer
    assert state is not None
    bodies: list[KnownBody] = [
        Opened(),
        Assigned(owner=user, previous=None),
        NoteAdded(text="Ringet til datteren, som er hjemme hele ugen."),
        ReplySent(
            category=AnswerCategory.OK,
            answers=state,
            letter_id=new_letter_id(),
            envelope_id=new_letter_id(),
        ),
    ]
    for body in bodies:
        yield Entry(
            id=new_entry_id(now()),
            pathway_id=pathway_id,
            author=user,
            device=DEVICE,
            occurred_at=now(),
            body=body,
        )


async def _push_all(address: str, clients: list[Client]) -> tuple[float, list[float]]:
    """Seconds until all clients had pushed everything, and seconds of each push."""
    times: list[float] = []
    ready = asyncio.Barrier(CLIENTS + 1)

    async def push(client: Client) -> None:
        async with new_client(address, client.token) as http:
            calls = GatewayCalls(http, now, random.Random(1))
            await calls.bootstrap(after=0, through=None)
            await ready.wait()
            for entry in client.entries:
                began = time.perf_counter()
                answer = await calls.push(DEVICE, [encode_entry(entry)])
                times.append(time.perf_counter() - began)
                if answer.results[0].status != "accepted":
                    raise RuntimeError(f"a push was {answer.results[0].status}")

    async with asyncio.TaskGroup() as group:
        for client in clients:
            group.create_task(push(client))
        await ready.wait()
        began = time.perf_counter()
    return time.perf_counter() - began, times


Row = tuple[bytes, tuple[Any, ...]]
"""An INSERT, and what it inserts."""

PUSHED = {journal.journal: "id", push_results: "entry_id", outgoing: "reply_id"}
"""The tables that a push adds rows to, and where they name its entry."""


def _rows(url: str, clients: list[Client]) -> list[list[list[Row]]]:
    """What the gateway inserted: per client and push."""
    found: dict[str, list[Row]] = {}
    with psycopg.connect(url) as connection:
        for table, by in PUSHED.items():
            rows = connection.execute(f"SELECT {by}, * FROM {table}".encode()).fetchall()
            for entry_id, *values in rows:
                places = ", ".join(["%s"] * len(values))
                command = f"INSERT INTO {table} VALUES ({places})".encode()
                found.setdefault(entry_id, []).append((command, tuple(values)))
    return [[found[entry.id] for entry in client.entries] for client in clients]


def _insert_all(url: str, work: list[list[list[Row]]]) -> float:
    """Seconds to insert the same, a transaction per push, each client on its own connection."""
    ready = threading.Barrier(len(work) + 1)

    def insert(connection: psycopg.Connection, pushes: list[list[Row]]) -> None:
        ready.wait()
        for rows in pushes:
            with connection.transaction():
                connection.execute("SELECT head FROM gateway_state FOR UPDATE")
                connection.execute("UPDATE gateway_state SET head = head + 1")
                for command, values in rows:
                    connection.execute(command, values)

    with ExitStack() as stack:
        connections = [stack.enter_context(psycopg.connect(url)) for _ in work]
        threads = stack.enter_context(ThreadPoolExecutor(len(work)))
        done = threads.map(insert, connections, work)
        ready.wait()
        began = time.perf_counter()
        for _ in done:
            pass
        return time.perf_counter() - began


# --- from a hospital's file to a workstation ----------------------------------------------------


def _receiving(folder: Path) -> Iterator[str]:
    key = secrets.token_bytes(sqlcipher.KEY_LENGTH)
    key_file = folder / "gateway.key"
    key_file.write_text(key.hex())
    key_file.chmod(0o600)
    database = Database.sqlite(folder / "gateway.db", key)
    database.create()
    token = enrol(database, "AHN")
    database.close()
    post = FolderTransport(folder / "post")
    post.prepare()
    settings = (
        f'file = "{(folder / "gateway.db").as_posix()}"\nkey_file = "{key_file.as_posix()}"',
        f'[[folders]]\npath = "{post.path.as_posix()}"',
    )
    with served(folder, *settings) as address:
        times = asyncio.run(_follow(address, token, post.path / "ind"))
        yield (
            f"gateway, {len(times)} files from ind/ to a polling client, {1 / MEAN_GAP:.0f}/s: "
            f"{percentiles(times)} (aim {AIM * 1e3:.0f})"
        )
        requests, condition = _empty_sync(address, token, folder / "visitator.db")
        yield f"sync with nothing new: requests {requests} (aim 1), {condition.value}"


async def _follow(address: str, token: str, inbox: Path) -> list[float]:
    """Seconds from each file's appearance to its entry at a client that polls."""
    files = dict(a_plan() for _ in range(FILES))
    put: dict[str, float] = {}
    seen: dict[str, float] = {}
    async with new_client(address, token) as http, asyncio.timeout(FILES * MEAN_GAP + LONGEST):
        calls = GatewayCalls(http, now, random.Random(1))
        page = await calls.bootstrap(after=0, through=None)
        hospital = asyncio.create_task(asyncio.to_thread(_put_all, inbox, files, put))
        while len(seen) < FILES:
            page = await calls.page(after=page.cursor, epoch=page.epoch, wait=25)
            at = time.perf_counter()
            for raw in page.entries:
                body = decode_entry(bytes(raw)).body
                if isinstance(body, MessageReceived):
                    seen[str(body.message.letter_id)] = at
        await hospital
    return [seen[letter_id] - put[letter_id] for letter_id in files]


def _put_all(inbox: Path, files: dict[str, bytes], put: dict[str, float]) -> None:
    """The hospital's files, one after the other at random times, each there at once."""
    rng = random.Random(13)
    pause = threading.Event()
    for letter_id, data in files.items():
        pause.wait(rng.expovariate(1 / MEAN_GAP))
        hidden = inbox / f"{letter_id}.tmp"
        hidden.write_bytes(data)
        put[letter_id] = time.perf_counter()
        hidden.rename(inbox / f"{letter_id}.xml")


def _empty_sync(address: str, token: str, path: Path) -> tuple[int, Condition]:
    """Requests of a cycle that has nothing to send and nothing to read, and how it ended."""
    requests: list[httpx.Request] = []

    async def count(request: httpx.Request) -> None:
        requests.append(request)

    key = secrets.token_bytes(sqlcipher.KEY_LENGTH)
    client = new_client(address, token)
    client.event_hooks = {"request": [count]}
    with Store.open(path, key, load_agreement(AGREEMENT), throw_away=True) as store:
        syncer = Syncer(store, client, user="AHN", device=DEVICE, clock=now, rng=random.Random(1))
        syncer.step()
        requests.clear()
        status = syncer.step()
        syncer.close()
    return len(requests), status.condition
