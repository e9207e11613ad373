"""What the processes of the PostgreSQL tests do: each is a gateway of its own on one database."""

from __future__ import annotations

import json
import os
import sys
from typing import Any, TypeAlias

import anyio
import httpx
import msgspec

from tests.gateway.mailbox import START
from visitator.domain.entries import Entry, NoteAdded, decode_entry, encode_entry
from visitator.domain.wire import Page
from visitator.gateway.database import Database
from visitator.gateway.service import Gateway
from visitator.identifiers import new_entry_id
from visitator.resources import load_agreement

BATCH = 5


def _gateway(url: str) -> Gateway:
    return Gateway(
        Database.postgresql(url),
        agreement=load_agreement("region-sjaelland-2025-11"),
        clock=lambda: START,
        requests_per_minute=1_000_000,
    )


def _client(gateway: Gateway, token: str) -> httpx.AsyncClient:
    app: Any = gateway.app
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(app),
        base_url="http://gateway",
        headers={"Authorization": f"Bearer {token}"},
        timeout=60,
    )


async def write(gateway: Gateway, token: str, pathway_id: str, pushes: int) -> None:
    """Push notes, some at a time."""
    async with _client(gateway, token) as client:
        for _ in range(pushes):
            notes = [_note(pathway_id) for _ in range(BATCH)]
            body = b'{"device":"PC1","entries":[%s]}' % b",".join(map(encode_entry, notes))
            answer = await client.post("/v1/entries", content=body)
            assert answer.status_code == 200, answer.text
            assert [each["status"] for each in answer.json()["results"]] == ["accepted"] * BATCH


async def poll(gateway: Gateway, token: str, total: int) -> tuple[int, int]:
    """Read until the journal has so many entries; every number has to come, in order, once.

    Returns:
        How many calls it took, and how many of them waited in vain.
    """
    cursor, calls, empty = 0, 0, 0
    async with _client(gateway, token) as client:
        while cursor < total:
            query = {"after": cursor, "wait": 10}
            answer = await client.get("/v1/entries", params=query)
            assert answer.status_code == 200, answer.text
            page = msgspec.json.decode(answer.content, type=Page)
            numbers = [decode_entry(bytes(raw)).seq for raw in page.entries]
            assert numbers == list(range(cursor + 1, page.cursor + 1)), (cursor, numbers)
            cursor, calls, empty = page.cursor, calls + 1, empty + (not numbers)
    return calls, empty


def _note(pathway_id: str) -> Entry:
    return Entry(
        id=new_entry_id(START),
        pathway_id=pathway_id,
        author="AHN",
        device="PC1",
        occurred_at=START,
        body=NoteAdded(text="Ringet op"),
    )


Command: TypeAlias = tuple[str, str, int]
"""``write``, a pathway and how many pushes; or ``poll``, nothing and the entries to wait for."""


def _work(url: str, token: str, command: Command) -> object:
    """One process's work: ready, then wait for a line, then do it."""
    gateway = _gateway(url)
    listener = gateway.database.listen()
    assert listener is not None
    assert listener.listening.wait(60)
    _say("ready")
    os.read(sys.stdin.fileno(), 1)
    role, pathway_id, number = command
    if role == "write":
        found: object = anyio.run(write, gateway, token, pathway_id, number)
    else:
        found = anyio.run(poll, gateway, token, number)
    gateway.close()
    return found


def _say(line: object) -> None:
    """One whole line, whoever else writes."""
    os.write(sys.stdout.fileno(), f"{line}\n".encode())


def main(url: str, token: str, commands: list[Command]) -> int:
    """Fork a process for each command; what is imported by now need not be imported again.

    Returns:
        How many of them failed.
    """
    children = []
    for command in commands:
        child = os.fork()
        if not child:
            _say(msgspec.json.encode([command[0], _work(url, token, command)]).decode())
            os._exit(0)
        children.append(child)
    return sum(os.waitpid(child, 0)[1] != 0 for child in children)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], json.loads(sys.argv[3])))
