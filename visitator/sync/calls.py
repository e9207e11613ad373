"""The calls of a workstation to its gateway (architecture §4): typed answers, or a named failure.

The log says which call, how it went and how long it took; never what was in it.
"""

import datetime as dt
import email.utils
import logging
import random
import time
import uuid
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import httpx
import msgspec

from visitator import __version__
from visitator.domain.wire import (
    MAX_PAGE,
    REQUEST_ID_HEADER,
    Digest,
    ErrorBody,
    Page,
    PushRequest,
    PushResponse,
    is_older,
)
from visitator.sync.client import ANSWER_SECONDS, CONNECT_SECONDS
from visitator.sync.failures import (
    BadAddressError,
    BadAnswerError,
    BatchRefusedError,
    BrokenGatewayError,
    BusyError,
    EpochChangedError,
    GatewayTooOldError,
    LoginRefusedError,
    NotUnderstoodError,
    ProgramTooOldError,
    SyncFailure,
    TimedOutError,
    UnreachableError,
    UntrustedError,
    is_untrusted,
)

LONGEST_RETRY_AFTER = dt.timedelta(minutes=15)
"""No gateway may put a workstation off for longer: it would look as if it had stopped."""

_OK = 200
_SERVER_ERRORS = 500
_BY_STATUS: dict[int, type[SyncFailure]] = {
    400: NotUnderstoodError,
    401: LoginRefusedError,
    403: LoginRefusedError,
    404: GatewayTooOldError,
    405: GatewayTooOldError,
    410: EpochChangedError,
    413: BatchRefusedError,
    422: BatchRefusedError,
    426: ProgramTooOldError,
    429: BusyError,
    503: BusyError,
}
_SAID_BY_GATEWAY = (BatchRefusedError, EpochChangedError, ProgramTooOldError)
"""They change what the workstation does, so only a gateway's own error body may cause them."""

_logger = logging.getLogger(__name__)
_Answer = TypeVar("_Answer", Page, PushResponse, Digest)
_Heard = TypeVar("_Heard", Page, PushResponse)


class GatewayCalls:
    """One gateway, as one user on one device sees it.

    Every call raises a `SyncFailure` when it does not get its answer.
    """

    def __init__(
        self, client: httpx.AsyncClient, clock: Callable[[], dt.datetime], rng: random.Random
    ) -> None:
        self._client = client
        self._clock = clock
        self._rng = rng
        self.skew: dt.timedelta | None = None
        """How much the clock here is ahead of the gateway's; None until it has answered."""
        self.is_too_old = False
        """Whether the gateway said, with its last answer, that it takes nothing from here."""

    async def push(
        self, device: str, entries: Sequence[bytes], *, epoch: str | None = None
    ) -> PushResponse:
        """Hand in entries, as the bytes they were stored as.

        Args:
            device: this workstation.
            entries: in the order they were made.
            epoch: the history read so far; None before the first.
        """
        request = PushRequest(device=device, entries=tuple(map(msgspec.Raw, entries)))
        answer = await self._call(
            PushResponse,
            "POST",
            "/v1/entries",
            params=None if epoch is None else {"epoch": epoch},
            content=msgspec.json.encode(request),
        )
        return self._heard(answer)

    async def page(self, *, after: int, epoch: str, wait: int = 0) -> Page:
        """What came after a cursor; with nothing there, the answer may take `wait` seconds."""
        asked = {"after": after, "limit": MAX_PAGE, "epoch": epoch, "wait": wait}
        return self._heard(await self._call(Page, "GET", "/v1/entries", params=asked, wait=wait))

    async def bootstrap(self, *, after: int, through: int | None) -> Page:
        """What a new workstation needs; `through` is as the first page said."""
        asked = {"after": after, "limit": MAX_PAGE}
        if through is not None:
            asked["through"] = through
        return self._heard(await self._call(Page, "GET", "/v1/bootstrap", params=asked))

    async def digest(self, *, after: int, through: int) -> Digest:
        """What a workstation must hold of a stretch of the journal."""
        return await self._call(
            Digest, "GET", "/v1/digest", params={"after": after, "through": through}
        )

    def _heard(self, answer: _Heard) -> _Heard:
        """Note what the gateway says of itself along with every answer."""
        self.skew = self._clock() - answer.server_time
        self.is_too_old = is_older(__version__, answer.min_client)
        return answer

    async def _call(
        self,
        kind: type[_Answer],
        method: str,
        path: str,
        *,
        params: dict[str, Any] | None = None,
        content: bytes | None = None,
        wait: int = 0,
    ) -> _Answer:
        request_id = str(uuid.UUID(int=self._rng.getrandbits(128), version=4))
        headers = {REQUEST_ID_HEADER: request_id}
        if content is not None:
            headers["Content-Type"] = "application/json"
        timeout = httpx.Timeout(ANSWER_SECONDS + wait, connect=CONNECT_SECONDS)
        started, outcome = time.monotonic(), "broken off"
        try:
            response = await self._client.request(
                method, path, params=params, content=content, headers=headers, timeout=timeout
            )
            outcome = str(response.status_code)
            return _read(response, kind)
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
            outcome = type(error).__name__
            raise _without_answer(error) from error
        finally:
            took = time.monotonic() - started
            _logger.info("%s %s %s: %s in %.3f s", request_id, method, path, outcome, took)


def _read(response: httpx.Response, kind: type[_Answer]) -> _Answer:
    if response.status_code != _OK:
        raise _failure(response)
    if not _is_json(response):
        raise BadAnswerError("not_json")
    try:
        return msgspec.json.decode(response.content, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        # Its text may quote the answer.
        raise BadAnswerError("unreadable") from error


def _is_json(response: httpx.Response) -> bool:
    content_type: str = response.headers.get("Content-Type", "")
    return content_type.partition(";")[0].strip().lower() == "application/json"


def _failure(response: httpx.Response) -> SyncFailure:
    """What an answer other than 200 means."""
    status, code = response.status_code, _code(response)
    retry_after = _retry_after(response.headers)
    kind = _BY_STATUS.get(
        status, BrokenGatewayError if status >= _SERVER_ERRORS else BadAnswerError
    )
    if code is None and kind in _SAID_BY_GATEWAY:
        kind = BadAnswerError
    return kind(code or f"http_{status}", retry_after=retry_after)


def _code(response: httpx.Response) -> str | None:
    """The code of the gateway's error body; None when it has none."""
    try:
        return msgspec.json.decode(response.content, type=ErrorBody).error
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def _retry_after(headers: httpx.Headers) -> float | None:
    """Seconds to wait; a date counts from the answer's own Date, not from this clock (I11)."""
    value, longest = headers.get("Retry-After", "").strip(), LONGEST_RETRY_AFTER.total_seconds()
    if value.isascii() and value.isdigit():
        return min(float(value), longest)
    try:
        until = email.utils.parsedate_to_datetime(value)
        said = email.utils.parsedate_to_datetime(headers.get("Date", ""))
        return min(max(0.0, (until - said).total_seconds()), longest)
    except (ValueError, TypeError, OverflowError):
        return None


def _without_answer(error: Exception) -> SyncFailure:
    """What it means that no whole answer came."""
    if isinstance(error, httpx.InvalidURL | httpx.UnsupportedProtocol | UnicodeError):
        # An address that is none as a host name is a UnicodeError.
        return BadAddressError("bad_address")
    if isinstance(error, httpx.ConnectTimeout):
        return UnreachableError("connect_timeout", has_left=False)
    if isinstance(error, httpx.TimeoutException):
        return TimedOutError("timeout")
    if isinstance(error, httpx.DecodingError):
        return BadAnswerError("broken_answer")
    # Before there is a connection nothing can leave by it.
    has_left = not isinstance(error, httpx.ConnectError)
    if is_untrusted(error):
        return UntrustedError("certificate", has_left=has_left)
    return UnreachableError("no_connection", has_left=has_left)
