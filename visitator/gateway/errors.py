"""How the gateway refuses a call: a code to branch on, and a Danish sentence for people.

Nothing of a request is in an answer or in the log, so neither can hold personal data.
"""

import logging
import traceback
from collections.abc import Mapping
from typing import Any

from litestar import Request, Response
from litestar.exceptions import HTTPException, InternalServerException
from litestar.types import ExceptionHandlersMap
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from visitator.domain.wire import ErrorBody, ErrorCode, ReadingProblem

_logger = logging.getLogger(__name__)

_RETRY_AFTER = "5"
"""Seconds to leave a busy database alone."""

ANSWERS: Mapping[ErrorCode, tuple[int, str]] = {
    ErrorCode.BAD_REQUEST: (400, "Gatewayen kan ikke forstå kaldet."),
    ErrorCode.UNAUTHORIZED: (401, "Adgangen er ukendt eller trukket tilbage. Log på igen."),
    ErrorCode.FORBIDDEN: (403, "Din rolle giver ikke adgang til dette."),
    ErrorCode.WRONG_IDENTITY: (403, "Hændelserne er skrevet af en anden bruger eller enhed."),
    ErrorCode.NOT_FOUND: (404, "Det findes ikke på gatewayen."),
    ErrorCode.METHOD_NOT_ALLOWED: (405, "Gatewayen kan ikke kaldes på den måde."),
    ErrorCode.EPOCH_CHANGED: (410, "Gatewayens journal er en anden end før. Alt læses igen."),
    ErrorCode.TOO_LARGE: (413, "Kaldet er større, end gatewayen modtager."),
    ErrorCode.ID_REUSED: (422, "En hændelse har samme nummer som en anden. Intet er gemt."),
    ErrorCode.QUARANTINED: (422, "Meddelelsen kan ikke læses. Den er gemt i karantæne."),
    ErrorCode.CLIENT_TOO_OLD: (426, "Programmet er for gammelt til gatewayen. Opdater det."),
    ErrorCode.TOO_MANY_REQUESTS: (429, "Der kom for mange kald på kort tid. Vent lidt."),
    ErrorCode.INTERNAL: (500, "Der er en fejl i gatewayen. Intet er gået tabt."),
    ErrorCode.UNAVAILABLE: (503, "Gatewayens database er optaget eller væk. Prøv igen om lidt."),
}
"""What each code is on the wire and on the screen."""

_BY_STATUS = {
    401: ErrorCode.UNAUTHORIZED,
    403: ErrorCode.FORBIDDEN,
    404: ErrorCode.NOT_FOUND,
    405: ErrorCode.METHOD_NOT_ALLOWED,
    413: ErrorCode.TOO_LARGE,
    429: ErrorCode.TOO_MANY_REQUESTS,
}


class Refused(HTTPException):
    """A call is refused with a code; a quarantined message also says where it is."""

    def __init__(
        self,
        code: ErrorCode,
        *,
        raw_id: str | None = None,
        problems: tuple[ReadingProblem, ...] | None = None,
    ) -> None:
        self.code = code
        self.raw_id = raw_id
        self.problems = problems
        super().__init__(detail=code.value, status_code=ANSWERS[code][0])


def _refused(request: Request[Any, Any, Any], error: Refused) -> Response[ErrorBody]:
    return _answer(error.code, raw_id=error.raw_id, problems=error.problems)


def _http(request: Request[Any, Any, Any], error: HTTPException) -> Response[ErrorBody]:
    """An error of the framework: its own words are not passed on."""
    if _has_hung_up(error):
        _logger.info("a caller hung up in the middle of a call")
        return _answer(ErrorCode.UNAVAILABLE)
    if error.status_code >= ANSWERS[ErrorCode.INTERNAL][0]:
        return _internal(request, error)
    headers = dict(error.headers or {})
    if "RateLimit-Reset" in headers:
        headers["Retry-After"] = headers["RateLimit-Reset"]
    return _answer(_BY_STATUS.get(error.status_code, ErrorCode.BAD_REQUEST), headers=headers)


def _has_hung_up(error: HTTPException) -> bool:
    """Whether the body broke off because the caller is gone; only its text tells."""
    return type(error) is InternalServerException and "client disconnected" in error.detail


def _unavailable(request: Request[Any, Any, Any], error: Exception) -> Response[ErrorBody]:
    _logger.warning("the database is not available: %s", type(error).__name__)
    return _answer(ErrorCode.UNAVAILABLE, headers={"Retry-After": _RETRY_AFTER})


def _internal(request: Request[Any, Any, Any], error: Exception) -> Response[ErrorBody]:
    """A bug. Its message may quote what came, so only where it happened is logged."""
    where = "".join(traceback.format_tb(error.__traceback__))
    _logger.error("a call failed: %s\n%s", type(error).__name__, where)
    return _answer(ErrorCode.INTERNAL)


def _answer(
    code: ErrorCode,
    *,
    headers: dict[str, str] | None = None,
    raw_id: str | None = None,
    problems: tuple[ReadingProblem, ...] | None = None,
) -> Response[ErrorBody]:
    status, text = ANSWERS[code]
    headers = dict(headers or {})
    if code is ErrorCode.UNAUTHORIZED:
        headers["WWW-Authenticate"] = "Bearer"
    return Response(
        ErrorBody(error=code.value, text=text, raw_id=raw_id, problems=problems),
        status_code=status,
        headers=headers,
    )


HANDLERS: ExceptionHandlersMap = {
    Refused: _refused,
    HTTPException: _http,
    OperationalError: _unavailable,
    InterfaceError: _unavailable,
    PoolTimeoutError: _unavailable,
    Exception: _internal,
}
"""For Litestar: every error a call can end in."""
