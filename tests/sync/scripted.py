"""A gateway that follows a script, for what the real one never says; and what goes wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import msgspec

from tests.sync.virtual import pass_time
from visitator.domain.entries import decode_entry, with_seq
from visitator.domain.wire import Digest, Page, PushRequest, PushResponse, PushResult, checksum

EPOCH = "e1"
Answer = Callable[[httpx.Request], Awaitable[httpx.Response]]


def json(value: object, status: int = 200, headers: dict[str, str] | None = None) -> httpx.Response:
    content = {"Content-Type": "application/json", **(headers or {})}
    return httpx.Response(status, headers=content, content=msgspec.json.encode(value))


def refusal(
    status: int, code: str = "internal", headers: dict[str, str] | None = None
) -> httpx.Response:
    return json({"error": code, "text": "Nej."}, status, headers)


class ScriptedGateway(httpx.AsyncBaseTransport):
    """Keeps a journal in memory and answers as a gateway does, unless a script says otherwise."""

    def __init__(self, clock: Callable[[], dt.datetime]) -> None:
        self.clock = clock
        self.epoch = EPOCH
        self.min_client = "0.1.0"
        self.journal: list[bytes] = []
        self.seqs: dict[str, int] = {}
        self.requests: list[httpx.Request] = []
        self.scripts: dict[str, Answer] = {}
        """By method and path, or by ``*``."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        name = f"{request.method} {request.url.path}"
        script = self.scripts.get(name) or self.scripts.get("*") or self.answer
        return await script(request)

    async def answer(self, request: httpx.Request) -> httpx.Response:
        """What a healthy gateway says."""
        params = request.url.params
        if params.get("epoch", self.epoch) != self.epoch:
            return refusal(410, "epoch_changed")
        if request.method == "POST":
            return self.push(msgspec.json.decode(request.content, type=PushRequest))
        after = int(params["after"])
        if request.url.path == "/v1/digest":
            count, found = checksum(self.journal[after : int(params["through"])])
            return json(Digest(epoch=self.epoch, count=count, checksum=found))
        if after >= len(self.journal) and int(params.get("wait", 0)):
            await pass_time(int(params["wait"]))
        return json(self.page(after, int(params["limit"])))

    def push(self, request: PushRequest) -> httpx.Response:
        results = [self.take(bytes(raw)) for raw in request.entries]
        return json(self.response(*results))

    def take(self, data: bytes) -> PushResult:
        entry = decode_entry(data)
        status = "duplicate" if entry.id in self.seqs else "accepted"
        if status == "accepted":
            self.journal.append(with_seq(data, len(self.journal) + 1))
        seq = self.seqs.setdefault(entry.id, len(self.journal))
        return self.result(entry.id, status, seq=seq)

    def result(self, entry_id: str, status: str, **more: Any) -> PushResult:
        return PushResult(id=entry_id, status=status, server_time=self.clock(), **more)

    def response(self, *results: PushResult) -> PushResponse:
        return PushResponse(results=results, server_time=self.clock(), min_client=self.min_client)

    def page(self, after: int, limit: int = 500, **changes: Any) -> Page:
        entries = self.journal[after : after + limit]
        cursor = after + len(entries)
        said: dict[str, Any] = {
            "epoch": self.epoch,
            "entries": tuple(map(msgspec.Raw, entries)),
            "cursor": cursor,
            "more": cursor < len(self.journal),
            "server_time": self.clock(),
            "min_client": self.min_client,
            "through": len(self.journal),
        }
        return Page(**said | changes)
