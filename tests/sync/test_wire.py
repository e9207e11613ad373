"""Over a real socket and in real time, with threads as the program has them."""

from __future__ import annotations

import asyncio
import datetime as dt
import random
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import pytest
import uvicorn

from tests.gateway.mailbox import EPISODE, NANCY, plan, written
from tests.sync.desk import AGREEMENT, KEY
from tests.sync.municipality import Municipality
from visitator.domain.entries import (
    AnswerCategory,
    Entry,
    KnownBody,
    NoteAdded,
    ReplySent,
)
from visitator.gateway.service import Worker
from visitator.gateway.waiting import Bell
from visitator.identifiers import new_entry_id, new_letter_id
from visitator.store import Store
from visitator.sync import Condition, Syncer, SyncStatus, new_client
from visitator.sync.syncer import LONG_POLL

PATIENCE = 20.0
"""Seconds until a test gives up; shorter than a long poll, whose end would wake everybody."""
assert PATIENCE < LONG_POLL


class News:
    """Something may have happened: whoever waits for something looks again."""

    def __init__(self) -> None:
        self._heard = threading.Condition()

    def tell(self) -> None:
        with self._heard:
            self._heard.notify_all()

    def until(self, holds: Callable[[], bool]) -> None:
        with self._heard:
            assert self._heard.wait_for(holds, PATIENCE), "it did not come"


@pytest.fixture
def news() -> News:
    return News()


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Municipality]:
    with asyncio.Runner() as runner:
        town = Municipality(tmp_path, runner)
        town.now = dt.datetime.now(dt.UTC)
        yield town
        town.close()


class HeardBell(Bell):
    """Counts the calls for news that have reached the gateway."""

    def __init__(self, news: News) -> None:
        super().__init__()
        self.heard = 0
        self._news = news

    @contextmanager
    def waiter(self) -> Iterator[asyncio.Event]:
        with super().waiter() as rung:
            self.heard += 1
            self._news.tell()
            yield rung


@pytest.fixture
def bell(town: Municipality, news: News) -> HeardBell:
    town.gateway.database.bell = bell = HeardBell(news)
    return bell


@pytest.fixture
def address(town: Municipality) -> Iterator[str]:
    """Where the gateway listens."""
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        town.gateway.app, log_config=None, lifespan="off", timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([listener],))
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join()
    listener.close()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "PC-1" / "visitator.db", KEY, AGREEMENT) as store:
        yield store


class Workplace:
    """A workstation whose sync runs in a thread of its own."""

    def __init__(self, store: Store, client: httpx.AsyncClient, news: News) -> None:
        def watched(_: SyncStatus) -> None:
            news.tell()

        client.event_hooks = {"request": [self._calls]}
        self.asked = 0
        """How many calls for news were made."""
        self.waits = False
        """Whether the last call is one that is held open."""
        self._news = news
        self.store = store
        self.syncer = Syncer(
            store,
            client,
            user="ann",
            device="PC-1",
            clock=lambda: dt.datetime.now(dt.UTC),
            rng=random.Random(1),
            watch=watched,
        )

    async def _calls(self, request: httpx.Request) -> None:
        self.asked += "epoch" in request.url.params and request.method == "GET"
        self.waits = int(request.url.params.get("wait", 0)) > 0
        self._news.tell()

    @contextmanager
    def running(self) -> Iterator[None]:
        stop = threading.Event()
        thread = threading.Thread(target=self.syncer.run, args=(stop,))
        thread.start()
        try:
            yield
        finally:
            stop.set()
            self.syncer.wake()
            thread.join(PATIENCE)
        assert not thread.is_alive()
        self.syncer.close()

    def notes(self) -> Entry:
        return self._writes(NoteAdded(text="Ringet"))

    def _writes(self, body: KnownBody) -> Entry:
        now = dt.datetime.now(dt.UTC)
        entry = Entry(
            id=new_entry_id(now),
            pathway_id=self.store.inbox("ann").rows[0].pathway_id,
            author="ann",
            device="PC-1",
            occurred_at=now,
            body=body,
        )
        self.store.append(entry)
        self.syncer.wake()
        return entry

    def answers(self) -> Entry:
        pathway = self.store.pathway(self.store.inbox("ann").rows[0].pathway_id, "ann")
        assert pathway is not None
        assert pathway.to_answer is not None
        return self._writes(
            ReplySent(
                category=AnswerCategory.OK,
                answers=pathway.to_answer,
                letter_id=new_letter_id(),
                envelope_id=new_letter_id(),
            )
        )

    def all_is_sent(self) -> bool:
        is_well = self.syncer.status.condition is Condition.SYNCHRONISED
        return is_well and self.store.outbox("ann") == ()


@pytest.mark.parametrize("way", ["drop folder", "call"])
def test_a_letter_comes_in_and_an_answer_goes_out_while_a_call_is_held_open(
    way: str,
    town: Municipality,
    address: str,
    store: Store,
    news: News,
    bell: HeardBell,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    token = town.admit("ann", "PC-1")
    place = Workplace(store, new_client(address, token), news)

    def is_held() -> bool:
        return place.waits and bell.heard == place.asked

    with ExitStack() as running:
        running.callback(Worker(town.gateway).stop)
        running.enter_context(place.running())
        news.until(is_held)
        _arrives(way, town, address, written(plan(NANCY, EPISODE)))
        news.until(lambda: is_held() and len(store.inbox("ann").rows) == 1)
        for act in (place.notes, place.answers):
            entry = act()
            news.until(lambda: is_held() and place.all_is_sent())
            assert entry.id in {each.id for each in town.entries}


def _arrives(way: str, town: Municipality, address: str, letter: bytes) -> None:
    if way == "call":
        token = town.admit("bo", "PC-2")
        with httpx.Client(base_url=address, trust_env=False, timeout=PATIENCE) as client:
            headers = {"Authorization": f"Bearer {token}"}
            assert client.post("/v1/messages", content=letter, headers=headers).status_code == 201
        return
    hidden = town.post.path / "ind" / "plan.tmp"
    hidden.write_bytes(letter)
    hidden.rename(hidden.with_suffix(".xml"))


def test_nobody_listens(store: Store, news: News) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        address = f"http://127.0.0.1:{closed.getsockname()[1]}"
    place = Workplace(store, new_client(address, "token"), news)
    status = place.syncer.step()
    place.syncer.close()
    assert (status.condition, status.code) == (Condition.OFFLINE, "no_connection")
    assert status.text == "Offline"
