"""A whole gateway in this process, with users who call it as their programs do."""

from __future__ import annotations

import datetime as dt
from contextlib import ExitStack
from typing import Any

import httpx
import msgspec
from litestar.testing import TestClient

from tests.gateway.mailbox import START, plan, written
from visitator.domain.entries import (
    AnswerCategory,
    Assigned,
    Entry,
    KnownBody,
    NoteAdded,
    PlanState,
    ReplySent,
    decode_entry,
    encode_entry,
)
from visitator.domain.messages import AnyMessage
from visitator.domain.pathway import Pathway, fold
from visitator.domain.terms import Role
from visitator.domain.wire import Page, PushResponse, PushResult
from visitator.gateway import intake, journal, users
from visitator.gateway.database import Database
from visitator.gateway.service import Gateway
from visitator.identifiers import new_entry_id, new_letter_id
from visitator.resources import load_agreement


class Office:
    """A gateway and the people around it; time stands still until a test moves it.

    AHN and BKR are visitatorer, LED is a leder, PLE is plejepersonale; each has the device PC1.
    """

    def __init__(self, database: Database, **settings: Any) -> None:
        self.now = START
        self.gateway = Gateway(
            database,
            agreement=load_agreement("region-sjaelland-2025-11"),
            clock=lambda: self.now,
            **({"requests_per_minute": 1_000_000} | settings),
        )
        self.database = database
        self.tokens = {
            "AHN": self.enrol("AHN", Role.VISITATOR),
            "BKR": self.enrol("BKR", Role.VISITATOR),
            "LED": self.enrol("LED", Role.MANAGER),
            "PLE": self.enrol("PLE", Role.CARE_STAFF),
        }
        self._running = ExitStack()
        self.client: httpx.Client = self._running.enter_context(
            TestClient(self.gateway.app, raise_server_exceptions=False)
        )

    def close(self) -> None:
        self._running.close()
        self.gateway.close()

    def enrol(self, user: str, role: Role, device: str = "PC1") -> str:
        added = users.User(user=user, name=f"Navn på {user}", role=role)
        with self.database.write() as connection:
            return users.add(connection, added, device, self.now)

    def call(self, method: str, path: str, user: str | None = "AHN", **more: Any) -> httpx.Response:
        headers = dict(more.pop("headers", {}))
        if user is not None:
            headers.setdefault("Authorization", f"Bearer {self.tokens[user]}")
        return self.client.request(method, path, headers=headers, **more)

    # --- the hospital ---------------------------------------------------------------------------

    def receive(self, message: AnyMessage | None = None) -> str:
        """A plan, or another letter, comes in; returns its pathway."""
        data = written(plan() if message is None else message)
        received = intake.receive(self.database, data, transport="test", now=self.now)
        return received.entries[0].pathway_id

    # --- entries --------------------------------------------------------------------------------

    def entry(self, pathway_id: str, body: KnownBody, user: str = "AHN", **changes: Any) -> Entry:
        fields: dict[str, Any] = {
            "id": new_entry_id(self.now),
            "pathway_id": pathway_id,
            "author": user,
            "device": "PC1",
            "occurred_at": self.now,
            "body": body,
        }
        return Entry(**(fields | changes))

    def note(self, pathway_id: str, text: str = "Ringet op", user: str = "AHN") -> Entry:
        return self.entry(pathway_id, NoteAdded(text=text), user)

    def reply(
        self,
        pathway_id: str,
        category: AnswerCategory = AnswerCategory.OK,
        *,
        to: PlanState | None = None,
        user: str = "AHN",
        **changes: Any,
    ) -> Entry:
        """A reply to what the journal says now, or to the state `to`."""
        answers = to or self.pathway(pathway_id).to_answer
        assert answers is not None
        identifiers = {"letter_id": new_letter_id(), "envelope_id": new_letter_id()}
        body = ReplySent(category=category, answers=answers, **(identifiers | changes))
        return self.entry(pathway_id, body, user)

    def assignment(
        self, pathway_id: str, owner: str | None, previous: str | None, user: str = "AHN"
    ) -> Entry:
        return self.entry(pathway_id, Assigned(owner=owner, previous=previous), user)

    # --- calls ----------------------------------------------------------------------------------

    def post(
        self, *entries: Entry | bytes, user: str = "AHN", device: str = "PC1", **more: Any
    ) -> httpx.Response:
        data = [each if isinstance(each, bytes) else encode_entry(each) for each in entries]
        content = b'{"device":"%s","entries":[%s]}' % (device.encode(), b",".join(data))
        return self.call("POST", "/v1/entries", user, content=content, **more)

    def push(self, *entries: Entry | bytes, user: str = "AHN") -> list[PushResult]:
        response = self.post(*entries, user=user)
        assert response.status_code == 200, response.text
        return list(msgspec.json.decode(response.content, type=PushResponse).results)

    def push_one(self, entry: Entry | bytes, user: str = "AHN") -> PushResult:
        (result,) = self.push(entry, user=user)
        return result

    def page(self, after: int = 0, user: str = "AHN", **query: Any) -> Page:
        return self.read("/v1/entries", user, after=after, **query)

    def read(self, path: str, user: str = "AHN", **query: Any) -> Page:
        response = self.call("GET", path, user, params=query)
        assert response.status_code == 200, response.text
        return msgspec.json.decode(response.content, type=Page)

    # --- what came of it ------------------------------------------------------------------------

    def pathway(self, pathway_id: str) -> Pathway:
        with self.database.read() as connection:
            return fold(journal.entries_of(connection, pathway_id))

    def entries(self) -> list[Entry]:
        return entries_in(self.page())

    def later(self, **by: float) -> None:
        self.now += dt.timedelta(**by)


def entries_in(page: Page) -> list[Entry]:
    """The entries of a page."""
    return [decode_entry(bytes(raw)) for raw in page.entries]


def winner(result: PushResult) -> Entry | None:
    """The entry that stands in the way of a rejected one."""
    return decode_entry(bytes(result.winner)) if result.winner is not None else None
