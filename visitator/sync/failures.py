"""What can go wrong between a workstation and its gateway: each case with its Danish sentence.

None of them loses anything: what was not answered for stays in the outbox.
"""

import ssl
from collections.abc import Iterator
from typing import ClassVar

from visitator.sync.status import Condition


class SyncFailure(Exception):
    """A call to the gateway came to nothing.

    Attributes:
        code: a stable word for the log; never personal data.
        retry_after: how many seconds the gateway asked for; None when it did not.
        has_left: whether anything may have left this computer.
    """

    condition: ClassVar[Condition] = Condition.OFFLINE
    text: ClassVar[str] = "Gatewayen kan ikke nås."
    halves: ClassVar[bool] = False
    """Whether a smaller batch may fare better."""
    stops_all: ClassVar[bool] = True
    """Whether, after a push that failed so, there is no use in asking for entries either."""

    def __init__(
        self, code: str, *, retry_after: float | None = None, has_left: bool = True
    ) -> None:
        super().__init__(code)
        self.code = code
        self.retry_after = retry_after
        self.has_left = has_left


class UnreachableError(SyncFailure):
    """No connection, or one that broke."""


class UntrustedError(SyncFailure):
    """The certificate of the gateway is not one this computer trusts."""

    text = (
        "Forbindelsen er afvist, fordi gatewayens certifikat ikke kan godkendes. "
        "Kontakt jeres it-afdeling."
    )


class BadAddressError(SyncFailure):
    """The address of the gateway is none that can be called."""

    text = "Gatewayens adresse kan ikke bruges. Kontakt jeres it-afdeling."


class TimedOutError(SyncFailure):
    """The gateway took too long; what it did is not known."""

    text = "Gatewayen svarede ikke i tide."
    halves = True
    stops_all = False


class BadAnswerError(SyncFailure):
    """Something answered, but not as a gateway does: cut short, another format, another server."""

    text = "Svaret kom ikke helt frem, eller det kom ikke fra gatewayen."
    stops_all = False


class BusyError(SyncFailure):
    """The gateway cannot take calls now (429, 503)."""

    text = "Gatewayen har travlt."


class BrokenGatewayError(SyncFailure):
    """The gateway failed at this call (other 5xx)."""

    text = "Der er en fejl på gatewayen. Kontakt jeres it-afdeling, hvis det bliver ved."
    halves = True
    stops_all = False


class LoginRefusedError(SyncFailure):
    """The token is wrong, revoked or may not do this (401, 403)."""

    condition = Condition.REFUSED
    text = "Gatewayen afviser dit login. Alt er gemt og bliver sendt, når du er logget ind igen."


class ProgramTooOldError(SyncFailure):
    """The gateway takes no entries from a program this old (426)."""

    condition = Condition.PROGRAM_TOO_OLD
    text = "Visitator skal opdateres, før der kan sendes. Alt er gemt og bliver sendt derefter."
    stops_all = False


class GatewayTooOldError(SyncFailure):
    """The gateway does not know the call (404, 405)."""

    condition = Condition.GATEWAY_TOO_OLD
    text = "Gatewayen er for gammel til dette program, eller dens adresse er forkert."
    stops_all = False


class NotUnderstoodError(SyncFailure):
    """The gateway does not understand the call (400): one of the two programs is wrong."""

    condition = Condition.GATEWAY_TOO_OLD
    text = "Gatewayen forstår ikke dette program. Alt er gemt. Kontakt jeres it-afdeling."
    stops_all = False


class BatchRefusedError(SyncFailure):
    """The gateway refuses the whole batch because of something in it (413, 422)."""

    text = "Gatewayen kan ikke tage imod en af hændelserne i udbakken."
    halves = True
    stops_all = False


class EpochChangedError(SyncFailure):
    """The gateway has another history than the one read so far (410): it was restored."""

    text = "Gatewayen er gendannet fra en sikkerhedskopi; alt læses igen."


def is_untrusted(error: BaseException) -> bool:
    """Whether a call broke off because the computer does not trust the gateway's certificate."""
    return any(isinstance(cause, ssl.SSLCertVerificationError) for cause in _causes(error))


def _causes(error: BaseException) -> Iterator[BaseException]:
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__ or cause.__context__
