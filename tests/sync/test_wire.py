"""Over a real socket, in real time, with threads as the program has them."""

from __future__ import annotations

import asyncio
import datetime as dt
import random
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import uvicorn

from tests.sync.desk import AGREEMENT, KEY
from tests.sync.municipality import Municipality
from visitator.domain.entries import Entry, NoteAdded
from visitator.identifiers import new_entry_id
from visitator.store import Store
from visitator.sync import Condition, Syncer, new_client

PATIENCE = 20.0


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Municipality]:
    with asyncio.Runner() as runner:
        town = Municipality(tmp_path, runner)
        town.now = dt.datetime.now(dt.UTC)
        yield town
        town.close()


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


def until(holds: Callable[[], bool]) -> None:
    """Wait for it, and not for long."""
    pause = threading.Event()
    for _ in range(int(PATIENCE / 0.02)):
        if holds():
            return
        pause.wait(0.02)
    raise AssertionError("it took too long")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "PC-1" / "visitator.db", KEY, AGREEMENT) as store:
        yield store


def test_a_letter_comes_in_and_a_note_goes_out_while_a_call_is_held_open(
    town: Municipality, address: str, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    syncer = Syncer(
        store,
        new_client(address, town.admit("ann", "PC-1")),
        user="ann",
        device="PC-1",
        clock=lambda: dt.datetime.now(dt.UTC),
        rng=random.Random(1),
    )
    stop = threading.Event()
    thread = threading.Thread(target=syncer.run, args=(stop,))
    thread.start()
    try:
        until(lambda: syncer.status.condition is Condition.SYNCHRONISED)
        town.hospital_sends(0)
        until(lambda: bool(store.inbox("ann").rows))
        note = _note(store)
        syncer.wake()
        until(lambda: note.id in {entry.id for entry in town.entries})
        until(lambda: store.outbox("ann") == ())
        assert syncer.status.condition is Condition.SYNCHRONISED
    finally:
        stop.set()
        syncer.wake()
        thread.join(PATIENCE)
        syncer.close()
    assert not thread.is_alive()


def _note(store: Store) -> Entry:
    now = dt.datetime.now(dt.UTC)
    entry = Entry(
        id=new_entry_id(now),
        pathway_id=store.inbox("ann").rows[0].pathway_id,
        author="ann",
        device="PC-1",
        occurred_at=now,
        body=NoteAdded(text="Ringet"),
    )
    store.append(entry)
    return entry


def test_nobody_listens(store: Store) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        address = f"http://127.0.0.1:{closed.getsockname()[1]}"
    syncer = Syncer(
        store,
        new_client(address, "token"),
        user="ann",
        device="PC-1",
        clock=lambda: dt.datetime.now(dt.UTC),
        rng=random.Random(1),
    )
    status = syncer.step()
    syncer.close()
    assert (status.condition, status.code) == (Condition.OFFLINE, "no_connection")
    assert status.text == "Offline"
