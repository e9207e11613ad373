"""Gateway and workstations are killed at random moments while they work as fast as they can.

Real processes, real HTTP, real encrypted files. What a workstation said is kept is kept: afterwards
each entry is in the journal once, or its user knows why it is not; each plan is there once; and the
hospital's folder holds one letter per accepted reply.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import msgspec
import pytest

from tests.conftest import ROOT
from tests.faults.kill_client import DEVICE, GIVEN_UP, MADE, Told, now, opened, promises
from tests.gateway.mailbox import AKSEL, KEY, NANCY, Post, plan, written
from visitator.domain.citizen import Citizen
from visitator.domain.entries import Entry, MessageReceived, ReplySent
from visitator.domain.messages import CarePlan, Correspondence
from visitator.domain.pathway import Pathway
from visitator.domain.terms import Role
from visitator.domain.wire import Health, RejectReason
from visitator.gateway import users
from visitator.gateway.database import Database
from visitator.store import OutboxItem, OutboxState, Store
from visitator.sync import Condition, Syncer

NIGHTLY = os.environ.get("VISITATOR_NIGHTLY") == "1"
RUNS, KILLS = (4, 50) if NIGHTLY else (1, 20)
LEAP = dt.timedelta(minutes=8)
"""How far the gateway's clock is put ahead at each start: what a crash left open is soon taken up
again, and in a long run letters nobody has acknowledged are sent again."""
PATIENCE = 120.0
"""Seconds anything may take before the test says that it is stuck."""

MOMENTS = (0.002, 0.02, 0.5)
"""Seconds within which the end comes."""

CITIZENS = (
    Citizen(cpr=NANCY, surname="Østerby Vind"),
    Citizen(cpr=AKSEL, surname="Brink"),
    Citizen(cpr="2512484916", surname="Solvang Mørk"),
    Citizen(replacement_cpr="0203291WQ3", surname="Ukendt"),
)
LOST_TO_ANOTHER = {
    RejectReason.ALREADY_ANSWERED.value,
    RejectReason.SUPERSEDED.value,
    RejectReason.CONFLICT.value,
}
"""Why an entry may be refused here: somebody else was first."""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")


class Program:
    """A process that works, is killed and is started again.

    Args:
        module: what to run.
        log: where its standard error goes.
        traces: files and folders that change when it does something.
        told: what it gets on its standard input.
    """

    def __init__(self, module: str, log: Path, traces: list[Path], told: bytes = b"") -> None:
        self._module = module
        self.log = log
        self._traces = traces
        self._told = told
        self.kills = 0

    def start(self, *arguments: str) -> None:
        self._seen = self._look()
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", self._module, *arguments],
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stderr=log,
            )
        assert self._process.stdin is not None
        self._process.stdin.write(self._told)
        self._process.stdin.close()

    def until_it_has_worked(self, times: int) -> None:
        """Until it has got something done so many times since it was started."""
        stuck = time.monotonic() + PATIENCE
        while times > 0:
            assert time.monotonic() < stuck, f"{self._module} does nothing"
            self.let_it_run(0.001)
            seen = self._look()
            times -= seen != self._seen
            self._seen = seen

    def _look(self) -> list[tuple[int, int]]:
        found = []
        for trace in self._traces:
            with contextlib.suppress(FileNotFoundError):
                status = trace.stat()
                found.append((status.st_mtime_ns, status.st_size))
        return found

    def let_it_run(self, seconds: float) -> None:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(seconds)
        assert self._process.poll() is None, f"{self._module} ended: {self.log.read_text()[-3000:]}"

    def kill(self) -> None:
        self._process.kill()
        assert self._process.wait() == -signal.SIGKILL
        self.kills += 1

    def end(self) -> None:
        """Whatever became of the test, it does not outlive it."""
        self._process.kill()
        self._process.wait()


class Hospital:
    """Writes plans into ``ind/`` and keeps a copy of every letter in ``ud/``."""

    def __init__(self, post: Post, chance: random.Random) -> None:
        self._post = post
        self._chance = chance
        self._stays: list[tuple[Citizen, str]] = []
        self._seen: dict[str, int] = {}
        self.plans: list[CarePlan] = []
        self.copies: dict[str, bytes] = {}
        self.rewritten = 0

    def send(self) -> None:
        """A plan for a new stay or a new version for an old one; now and then delivered twice."""
        if not self._stays or self._chance.random() < 0.7:
            episode = f"{self._chance.getrandbits(128):032x}"
            self._stays.append((self._chance.choice(CITIZENS), episode))
        citizen, episode = self._chance.choice(self._stays[-10:])
        letter = plan(episode=episode, citizen=citizen)
        self.plans.append(letter)
        self._post.put(written(letter), f"{letter.letter_id}.xml")
        if self._chance.random() < 0.15:
            self._post.put(written(letter), f"{letter.letter_id}-igen.xml")

    def collect(self) -> None:
        """A letter that is written again is the same letter."""
        for file in (self._post.folder / "ud").glob("*.xml"):
            changed = file.stat().st_mtime_ns
            if self._seen.get(file.name) == changed:
                continue
            data = file.read_bytes()
            self.rewritten += file.name in self.copies
            assert self.copies.setdefault(file.name, data) == data
            self._seen[file.name] = changed


class Municipality:
    """The programs, their files and what they are told."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self.folder = folder
        self._chance = chance
        self._ahead = dt.timedelta()
        port = free_port()
        self.address = f"http://127.0.0.1:{port}"
        self.config = self._configured(port)
        self.database = Database.sqlite(folder / "gateway.db", KEY)
        self.database.create()
        self.desks = [self._desk(user) for user in ("AHN", "BKR")]
        self.database.close()
        self.post = Post(self.database, folder / "post")
        self.gateway = Program(
            "tests.faults.kill_gateway",
            folder / "gateway.log",
            [folder / "gateway.db-wal", folder / "post" / "ud", folder / "post" / "arkiv"],
        )
        self.clients = {
            desk.user: Program(
                "tests.faults.kill_client",
                folder / f"{desk.user}.log",
                [desk.database.with_name(f"{desk.database.name}-wal"), desk.promises],
                msgspec.json.encode(desk, enc_hook=str),
            )
            for desk in self.desks
        }

    def _configured(self, port: int) -> Path:
        key_file = self.folder / "key"
        key_file.write_text(KEY.hex(), encoding="ascii")
        key_file.chmod(0o600)
        config = self.folder / "gateway.toml"
        config.write_text(
            f"""agreement = "region-sjaelland-2025-11"
requests_per_minute = 1000000
[database]
file = "{self.folder / "gateway.db"}"
key_file = "{key_file}"
[listen]
port = {port}
[[folders]]
path = "{self.folder / "post"}"
""",
            encoding="utf-8",
        )
        return config

    def _desk(self, user: str) -> Told:
        folder = self.folder / user
        folder.mkdir()
        added = users.User(user=user, name=f"Navn på {user}", role=Role.VISITATOR)
        with self.database.write() as connection:
            token = users.add(connection, added, DEVICE, now())
        desk = Told(
            folder=folder,
            key=self._chance.randbytes(32),
            address=self.address,
            token=token,
            user=user,
            seed=self._chance.getrandbits(32),
        )
        desk.promises.touch()
        return desk

    def start_gateway(self) -> None:
        self._ahead += LEAP
        self.gateway.start(str(self.config), str(self._ahead.total_seconds()))

    def start_all(self) -> None:
        self.start_gateway()
        for client in self.clients.values():
            client.start()

    def kill_one(self) -> None:
        """Mostly while it works, and often right after it wrote something."""
        victim = self._chance.choice([self.gateway, *self.clients.values()])
        if self._chance.random() < 0.8:
            victim.until_it_has_worked(self._chance.randint(1, 50))
        victim.let_it_run(self._chance.uniform(0, self._chance.choice(MOMENTS)))
        victim.kill()
        if victim is self.gateway:
            self.start_gateway()
        else:
            victim.start()

    def end(self) -> None:
        for program in (self.gateway, *self.clients.values()):
            program.end()


def free_port() -> int:
    """Below those the system gives to outgoing connections: nobody takes it between two starts."""
    for port in range(20_000 + os.getpid() % 10_000, 32_000):
        with socket.socket() as found, contextlib.suppress(OSError):
            found.bind(("127.0.0.1", port))
            return port
    raise OSError("no free port")


class Evening:
    """Nobody works any more; both workstations are opened here and sync until all is told."""

    def __init__(self, town: Municipality, opening: ExitStack) -> None:
        self._town = town
        self._headers = {"Authorization": f"Bearer {town.desks[0].token}"}
        self.desks: dict[str, tuple[Store, Syncer]] = {
            desk.user: opening.enter_context(opened(desk)) for desk in town.desks
        }
        self.refused: dict[str, list[str]] = {user: [] for user in self.desks}

    def settle(self) -> None:
        """Until nothing is on its way: not to the gateway, not to the hospital, not back."""
        stuck, pause = time.monotonic() + PATIENCE, threading.Event()
        while not self._is_settled():
            assert time.monotonic() < stuck, f"not settled: {self._standing()}"
            pause.wait(0.1)

    def _is_settled(self) -> bool:
        in_touch = [
            sync.step().condition is Condition.SYNCHRONISED for _, sync in self.desks.values()
        ]
        if not all(in_touch) or self._town.post.files("ind"):
            return False
        health = self._health()
        assert health.queues is not None
        is_quiet = health.queues.outgoing == health.queues.unread == 0
        return is_quiet and all(
            store.sync_state().cursor == health.head and not self._on_their_way(user)
            for user, (store, _) in self.desks.items()
        )

    def _health(self) -> Health:
        answer = httpx.get(f"{self._town.address}/v1/health", headers=self._headers, timeout=30)
        return msgspec.json.decode(answer.content, type=Health)

    def _on_their_way(self, user: str) -> list[OutboxItem]:
        waiting = {OutboxState.ATTENTION, OutboxState.HELD}
        return [item for item in self._outbox(user) if item.state not in waiting]

    def _outbox(self, user: str) -> tuple[OutboxItem, ...]:
        return self.desks[user][0].outbox(user)

    def _standing(self) -> object:
        counts = {user: Counter(item.state for item in self._outbox(user)) for user in self.desks}
        return counts, {user: sync.status for user, (_, sync) in self.desks.items()}

    def decide(self) -> bool:
        """Each user gives up what was refused; says whether there was anything."""
        for user, (store, _) in self.desks.items():
            outbox = store.outbox(user)
            refused = [item for item in outbox if item.state is OutboxState.ATTENTION]
            assert {item.reason for item in refused} <= LOST_TO_ANOTHER
            blocked = {item.entry.pathway_id for item in refused}
            assert {item.entry.pathway_id for item in outbox} == blocked
            for item in refused:
                store.resolve_attention(item.entry.id, "discard")
                self.refused[user].append(item.entry.id)
        return any(self._outbox(user) for user in self.desks)


@pytest.fixture(params=range(RUNS))
def chance(request: pytest.FixtureRequest) -> random.Random:
    return random.Random(request.param)


@pytest.fixture
def town(tmp_path: Path, chance: random.Random) -> Iterator[Municipality]:
    made = Municipality(tmp_path, chance)
    try:
        made.start_all()
        yield made
    finally:
        made.end()


def test_killed_programs_lose_nothing_and_double_nothing(
    town: Municipality, chance: random.Random
) -> None:
    hospital = Hospital(town.post, chance)
    for _ in range(KILLS):
        for _ in range(3):
            hospital.send()
        town.kill_one()
        hospital.collect()
    for client in town.clients.values():
        client.kill()
    town.gateway.kill()
    town.start_gateway()
    with ExitStack() as opening:
        evening = Evening(town, opening)
        evening.settle()
        while evening.decide():
            evening.settle()
        town.end()
        hospital.collect()
        check_journal(town, evening)
        check_workstations(town, evening)
    check_plans(town, hospital)
    check_replies(town, hospital)
    check_log(town.gateway.log.read_text())


def check_log(log: str) -> None:
    """A gateway that is killed, and whose callers die in the middle of a call, has no errors."""
    assert "ERROR:" not in log
    assert "a call failed" not in log


def check_journal(town: Municipality, evening: Evening) -> None:
    """What was promised is there once, or was refused and its user knows; never both."""
    entries = town.post.entries
    assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
    accepted = Counter(entry.id for entry in entries)
    assert set(accepted.values()) == {1}
    for desk in town.desks:
        made, given_up = set(promises(desk, MADE)), set(promises(desk, GIVEN_UP))
        given_up.update(evening.refused[desk.user])
        assert made
        assert made - accepted.keys() - given_up == set()
        assert given_up & accepted.keys() == set()
        mine = {entry.id for entry in entries if entry.author == desk.user}
        # A client that is killed after the store kept an entry has not written the promise.
        assert len((mine | given_up) - made) <= town.clients[desk.user].kills


def check_workstations(town: Municipality, evening: Evening) -> None:
    """They show what the gateway has, and the inbox shows what they have."""
    pathways = town.post.pathways
    for user, (store, _) in evening.desks.items():
        assert {each: store.pathway(each, user) for each in pathways} == pathways
        shown = store.inbox(user, limit=10_000).rows
        assert {row.pathway_id for row in shown} == pathways.keys()
        store.rebuild()
        assert store.inbox(user, limit=10_000).rows == shown


def check_plans(town: Municipality, hospital: Hospital) -> None:
    """Each file made one entry, was acknowledged once and lies in the archive."""
    sent = Counter(letter.letter_id for letter in hospital.plans)
    bodies: list[MessageReceived] = town.post.bodies(MessageReceived)
    assert Counter(body.message.letter_id for body in bodies) == sent
    acknowledged = [each.original_letters[0].letter_id for each in town.post.receipts()]
    assert Counter(acknowledged) == sent
    assert (town.post.files("ind"), town.post.files("fejl")) == ([], [])


def check_replies(town: Municipality, hospital: Hospital) -> None:
    """Each accepted reply is one letter, whole, about the right stay, and noted once."""
    replies = [entry for entry in town.post.entries if isinstance(entry.body, ReplySent)]
    assert replies
    assert set(town.post.files("ud")) == hospital.copies.keys()
    pathways = town.post.pathways
    wanted = Counter(as_a_letter(reply, pathways[reply.pathway_id]) for reply in replies)
    assert Counter(as_sent(letter) for letter in town.post.replies()) == wanted
    assert Counter(town.post.handed_over) == Counter(reply.id for reply in replies)
    assert town.post.failures == []


About = tuple[str | None, ...]
"""What a letter is: its number, whom and which stay it is about, its category and its text."""


def as_a_letter(reply: Entry, pathway: Pathway) -> About:
    body, citizen = reply.body, pathway.citizen
    assert isinstance(body, ReplySent)
    assert citizen is not None
    about = body.letter_id, citizen.key, pathway.episode_key
    return *about, body.category.label, body.comment


def as_sent(letter: Correspondence) -> About:
    assert letter.citizen is not None
    category, comment, *_ = letter.text.split("\n\n")
    return letter.letter_id, letter.citizen.key, letter.episode_key, category, comment
