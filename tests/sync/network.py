"""The wire between one workstation and the real gateway, with a switch for every way it breaks."""

from __future__ import annotations

import enum
import gzip
from collections import deque

import httpx
import msgspec

from visitator.domain.wire import PushRequest


class Fault(enum.Enum):
    """What becomes of one call."""

    OK = enum.auto()
    NO_CONNECTION = enum.auto()
    """It never leaves."""
    LOST_ANSWER = enum.auto()
    """The gateway did it; the workstation does not hear of it."""
    TIMEOUT = enum.auto()
    """As a lost answer, but the workstation waited for it."""
    TWICE = enum.auto()
    """The network delivers it twice."""
    LATE = enum.auto()
    """The workstation gives up; it arrives after calls that were made later."""
    ONLY_FIRST = enum.auto()
    """The gateway crashes after the first entry of a push."""
    CUT_SHORT = enum.auto()
    """Half of the answer arrives."""
    PORTAL = enum.auto()
    """Somebody else answers, in HTML."""
    GARBLED = enum.auto()
    """What says it is gzip is not."""
    BUSY = enum.auto()
    BROKEN = enum.auto()


_HTML = {"Content-Type": "text/html"}
_JSON = {"Content-Type": "application/json"}


class Network(httpx.AsyncBaseTransport):
    """Carries calls to `gateway`; each takes the next of `faults`, and none is OK."""

    def __init__(self, gateway: httpx.AsyncBaseTransport) -> None:
        self.gateway = gateway
        self.faults: deque[Fault] = deque()
        self.late: list[httpx.Request] = []
        self.calls = 0
        self.broken = 0
        """How often the gateway itself failed."""
        self.pushed: list[PushRequest] = []
        """Every push that left the workstation."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.calls += 1
        if request.method == "POST":
            self.pushed.append(msgspec.json.decode(request.content, type=PushRequest))
        fault = self.faults.popleft() if self.faults else Fault.OK
        match fault:
            case Fault.NO_CONNECTION:
                raise httpx.ConnectError("")
            case Fault.LATE:
                self.late.append(request)
                raise httpx.ReadTimeout("")
            case Fault.BUSY:
                return httpx.Response(503, headers={**_JSON, "Retry-After": "7"}, content=b"{}")
            case Fault.BROKEN:
                return httpx.Response(500, headers=_HTML, content=b"<h1>Internal Server Error</h1>")
            case Fault.PORTAL:
                return httpx.Response(200, headers=_HTML, content=b"<h1>Velkommen</h1>")
            case _:
                return await self._delivered(request, fault)

    async def _delivered(self, request: httpx.Request, fault: Fault) -> httpx.Response:
        if fault is Fault.ONLY_FIRST and request.method == "POST":
            request = _with_first_entry_only(request)
        answer = await self._deliver(request)
        if fault is Fault.TWICE:
            answer = await self._deliver(request)
        match fault:
            case Fault.LOST_ANSWER:
                raise httpx.ReadError("")
            case Fault.TIMEOUT:
                raise httpx.ReadTimeout("")
            case Fault.CUT_SHORT:
                half = answer.content[: len(answer.content) // 2]
                return httpx.Response(answer.status_code, headers=_JSON, content=half)
            case Fault.GARBLED:
                headers = {**_JSON, "Content-Encoding": "gzip"}
                stream = httpx.ByteStream(gzip.compress(answer.content)[5:])
                return httpx.Response(answer.status_code, headers=headers, stream=stream)
            case _:
                return answer

    async def _deliver(self, request: httpx.Request) -> httpx.Response:
        answer = await self.gateway.handle_async_request(request)
        await answer.aread()
        self.broken += answer.status_code >= 500
        return answer

    async def deliver_late(self) -> None:
        """What was under way for long arrives now, and nobody waits for the answers."""
        late, self.late = self.late, []
        for request in late:
            await self._deliver(request)


def _with_first_entry_only(request: httpx.Request) -> httpx.Request:
    push = msgspec.json.decode(request.content, type=PushRequest)
    first = msgspec.structs.replace(push, entries=push.entries[:1])
    headers = {name: value for name, value in request.headers.items() if name != "content-length"}
    return httpx.Request("POST", request.url, headers=headers, content=msgspec.json.encode(first))
