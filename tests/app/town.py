"""A gateway with its hospital, and desks that work with it: all real but time and the hospital."""

from __future__ import annotations

import asyncio
import datetime as dt
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import httpx
import msgspec

from tests.gateway.mailbox import EPISODE, KEY, NANCY, START, correspondence, plan, receipt, written
from tests.store.workstation import open_store
from visitator.app.asking import Asking
from visitator.app.desk import Desk, Worker
from visitator.app.views import (
    Box,
    ChangeSet,
    Link,
    PathwayView,
    Sent,
    Signature,
    Standing,
    Transit,
)
from visitator.domain.entries import decode_entry
from visitator.domain.messages import AnyMessage, Correspondence, ReceiptOutcome
from visitator.domain.terms import Role
from visitator.domain.wire import PushRequest, PushResponse, PushResult
from visitator.gateway import intake, journal, users
from visitator.gateway.database import Database
from visitator.gateway.loopback import Loopback
from visitator.gateway.service import Gateway
from visitator.gateway.transports import FolderTransport
from visitator.medcom.reader import read
from visitator.resources import load_agreement

AGREEMENT = load_agreement("region-sjaelland-2025-11")
PATIENCE = 20.0
"""Seconds after which a test gives up; nothing waits that long when all is well."""

_T = TypeVar("_T")


class Wire(httpx.AsyncBaseTransport):
    """The network between one desk and the gateway; it can be cut."""

    def __init__(self) -> None:
        self.is_cut = False
        self.says: str | None = None
        """A word that answers every push, in the gateway's place."""
        self.hangs = False
        self.is_hanging = threading.Event()
        self.let_go = threading.Event()
        self._wire = httpx.AsyncHTTPTransport()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if self.is_cut:
            raise httpx.ConnectError("cut")
        if self.hangs and request.method == "POST":
            self.is_hanging.set()
            await asyncio.to_thread(self.let_go.wait, PATIENCE)
        if self.says is not None and (request.method, request.url.path) == ("POST", "/v1/entries"):
            return _said(request, self.says)
        return await self._wire.handle_async_request(request)

    async def aclose(self) -> None:
        await self._wire.aclose()


def _said(request: httpx.Request, word: str) -> httpx.Response:
    """What a gateway of another time would answer."""
    pushed = msgspec.json.decode(request.content, type=PushRequest)
    ids = [msgspec.json.decode(entry)["id"] for entry in pushed.entries]
    results = tuple(PushResult(id=each, status=word, server_time=START) for each in ids)
    answer = PushResponse(results=results, server_time=START, min_client="0.0.0")
    headers = {"Content-Type": "application/json"}
    return httpx.Response(200, headers=headers, content=msgspec.json.encode(answer))


class SameWire(httpx.BaseTransport):
    """The same network for the calls a person waits for."""

    def __init__(self, wire: Wire) -> None:
        self._other = wire
        self._wire = httpx.HTTPTransport()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if self._other.is_cut:
            raise httpx.ConnectError("cut")
        return self._wire.handle_request(request)

    def close(self) -> None:
        self._wire.close()


class Seat:
    """A desk, the wire to it and what it has told."""

    def __init__(self, town: Town, desk: Desk, wire: Wire) -> None:
        self.town, self.desk, self.wire = town, desk, wire
        self.news: list[ChangeSet | Standing] = []
        self._heard = threading.Condition()
        desk.watch(self._hear)

    def _hear(self, news: ChangeSet | Standing) -> None:
        with self._heard:
            self.news.append(news)
            self._heard.notify_all()

    def until(self, condition: Callable[[], _T | None]) -> _T:
        """What `condition` gives as soon as it gives something, looked at after every news."""
        with self._heard:
            found = self._heard.wait_for(condition, PATIENCE)
        assert found, f"it never came to be; {self.desk.standing()}, {self.desk.waiting()}"
        return found

    def has(self, pathway_id: str) -> Seat:
        """Wait until the pathway is here."""
        self.until(lambda: self.desk.pathway(pathway_id))
        return self

    def view(self, pathway_id: str) -> PathwayView:
        """What the screen shows of a pathway that is here."""
        found = self.desk.pathway(pathway_id)
        assert found is not None
        return found

    def transit(self, pathway_id: str) -> Transit | None:
        """How far the last reply has come."""
        sent = self.view(pathway_id).last_reply
        return sent.transit if sent is not None else None

    def token(self, pathway_id: str) -> bytes:
        return self.view(pathway_id).answering.state_token

    def reply(
        self, pathway_id: str, code: str = "ok", text: str = "", choices: tuple[str, ...] = ()
    ) -> Sent:
        """Answer the plan as it stands now."""
        token = self.token(pathway_id)
        return self.desk.reply(pathway_id, code, text, choices, token).result()

    def send(self) -> None:
        """Let the undo windows end, and wait until everything is in the journal."""
        self.town.later(seconds=11)
        self.desk.retry_now()
        self.until(lambda: not self.desk.waiting())

    def changes(self) -> list[ChangeSet]:
        """What was told of single pathways; that the people came may be told at any time."""
        told = (each for each in self.news if isinstance(each, ChangeSet))
        return [each for each in told if not each.everything]


class Town:
    """A gateway on an encrypted file; its time stands still until it is moved."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.now = START
        self.post = FolderTransport(folder / "post")
        self.post.prepare()
        self.gateway = Gateway(
            Database.sqlite(folder / "gateway.db", KEY),
            agreement=AGREEMENT,
            clock=lambda: self.now,
            transports=[self.post],
            requests_per_minute=1_000_000,
        )
        self.loopback = Loopback(self.gateway)
        self.letters: list[Correspondence] = []
        """What the hospital has fetched."""
        self._seats: list[Seat] = []
        self._threads: list[threading.Thread] = []
        self._asking: list[Asking] = []

    def later(self, **by: float) -> None:
        self.now += dt.timedelta(**by)

    # --- the hospital ---------------------------------------------------------------------------

    def sends(self, message: AnyMessage | None = None) -> str:
        """A plan, or another letter, comes in; returns its pathway."""
        data = written(plan(NANCY, EPISODE) if message is None else message)
        received = intake.receive(self.gateway.database, data, transport="test", now=self.now)
        return received.entries[0].pathway_id

    def writes(self) -> str:
        """A letter of the hospital's about the same stay."""
        return self.sends(correspondence(NANCY, EPISODE))

    def fetches(
        self, outcome: ReceiptOutcome | None = ReceiptOutcome.POSITIVE, text: str = ""
    ) -> list[Correspondence]:
        """The hospital fetches what lies there and receipts it; without an outcome it does not."""
        self.gateway.tick()
        fetched = []
        for file in sorted((self.folder / "post" / "ud").iterdir()):
            for message in read(file.read_bytes()).messages:
                if isinstance(message, Correspondence):
                    fetched.append(message)
                    if outcome is not None:
                        self.sends_receipt(message, outcome, text)
            file.unlink()
        self.letters += fetched
        return fetched

    def sends_receipt(self, letter: Correspondence, outcome: ReceiptOutcome, text: str) -> None:
        data = receipt(letter, outcome, text)
        intake.receive(self.gateway.database, data, transport="test", now=self.now)

    # --- the people -----------------------------------------------------------------------------

    def admit(self, user: str, device: str, role: Role = Role.VISITATOR) -> str:
        person = users.User(user=user, name=f"Navn på {user}", role=role, title="visitator")
        with self.gateway.database.write() as connection:
            return users.add(connection, person, device, self.now)

    def seat(self, user: str = "AHN", *, store: str | None = None, **more: Any) -> Seat:
        """Somebody sits down at their desk; `store` is whose database it is, if not their own."""
        device = f"PC-{user}"
        token = self.admit(user, device, more.pop("role", Role.VISITATOR))
        path = self.folder / (store or user) / "visitator.db"
        wire = Wire()
        address, head = self.loopback.address, {"Authorization": f"Bearer {token}"}
        more.setdefault("signature", Signature(name=f"Navn på {user}", title="visitator"))
        desk = Desk(
            open_store(path),
            AGREEMENT,
            Worker(user=user, device=device, **more),
            client=httpx.AsyncClient(transport=wire, base_url=address, headers=head),
            asking=Asking(httpx.Client(transport=SameWire(wire), base_url=address, headers=head)),
            clock=lambda: self.now,
        )
        seat = Seat(self, desk, wire)
        self._seats.append(seat)
        others = set(threading.enumerate())
        desk.start()
        self._threads += set(threading.enumerate()) - others
        return seat

    def asks(self, user: str) -> Asking:
        """Somebody at another desk, as far as they ask the gateway."""
        head = {"Authorization": f"Bearer {self.admit(user, f'PC-{user}')}"}
        asking = Asking(httpx.Client(base_url=self.loopback.address, headers=head))
        self._asking.append(asking)
        return asking

    def close(self) -> None:
        for asking in self._asking:
            asking.close()
        for seat in self._seats:
            seat.desk.close(wait=0)
        for thread in self._threads:
            if thread.name == "visitator-sync":
                thread.join(PATIENCE)
        self.loopback.close()
        self.gateway.close()


@contextmanager
def town_in(folder: Path) -> Iterator[Town]:
    """A town for as long as a test lasts."""
    town = Town(folder)
    try:
        yield town
    finally:
        town.close()


def names(seat: Seat, box: Box = Box.ALL) -> list[str]:
    """The pathways under a filter, in order."""
    return [row.pathway_id for row in seat.desk.rows(box, 0, 100)]


def in_journal(town: Town, kind: type) -> list[object]:
    """The bodies of a kind that every desk would read."""
    with town.gateway.database.read() as connection:
        page = journal.page(connection, after=0, limit=1000)
    bodies = [decode_entry(bytes(data)).body for data in page.entries]
    return [body for body in bodies if isinstance(body, kind)]


def lost_race(town: Town, seat: Seat, pathway: str) -> tuple[Seat, str]:
    """A colleague's desk whose question came after this desk's OK, and the question."""
    bodil = town.seat("BKR").has(pathway)
    bodil.wire.is_cut = True
    bodil.desk.retry_now()
    bodil.until(lambda: bodil.desk.standing().link is Link.OFFLINE)
    lost = bodil.reply(pathway, "question", "Er der bestilt seng?")
    seat.reply(pathway)
    seat.send()
    bodil.wire.is_cut = False
    bodil.desk.retry_now()
    bodil.until(bodil.desk.attention)
    # What stood in its way comes with the next page; until then nobody could answer it.
    bodil.until(lambda: bodil.desk.standing().link is Link.SYNCHRONISED)
    return bodil, lost.entry_id
