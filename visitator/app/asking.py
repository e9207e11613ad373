"""The calls a person waits for, or that only advise: who works here, who looks, what came.

Nothing of the journal goes this way; that is sync's.
"""

import re
from typing import TypeVar

import httpx
import msgspec

from visitator.app.errors import AskingError
from visitator.domain.wire import Employee, Looking, Me, Onlooker, Onlookers
from visitator.sync.failures import UntrustedError, is_untrusted

_T = TypeVar("_T")

_ADVICE_SECONDS = 5.0
_RAW_SECONDS = 10.0
_REFUSED = {httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN}
_ENCODING = re.compile(rb"""<\?xml[^>]*encoding=["']([A-Za-z0-9._-]{1,40})["']""")
_HEAD = 200


class Asking:
    """One gateway, as one user asks it.

    Args:
        client: of `visitator.sync.new_blocking_client`; `close` closes it.

    Every call raises an `AskingError` when it does not get its answer.
    """

    def __init__(self, client: httpx.Client) -> None:
        self._client = client

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def me(self) -> Me:
        """Whose token it is."""
        return _read(self._ask("GET", "/v1/me"), Me)

    def people(self) -> tuple[Employee, ...]:
        """Who works here."""
        return _read(self._ask("GET", "/v1/people"), tuple[Employee, ...])

    def look_at(self, pathway_id: str | None, *, composing: bool) -> tuple[Onlooker, ...]:
        """Say what this user has before them, and hear who else has it."""
        said = msgspec.json.encode(Looking(pathway_id=pathway_id, composing=composing))
        answer = self._ask("POST", "/v1/presence", content=said, seconds=_ADVICE_SECONDS)
        return _read(answer, Onlookers).others

    def raw(self, raw_id: str) -> str:
        """A message as it came (den oprindelige meddelelse), as text."""
        return _text(self._ask("GET", f"/v1/messages/{raw_id}/raw", seconds=_RAW_SECONDS).content)

    def _ask(
        self, method: str, path: str, *, content: bytes | None = None, seconds: float | None = None
    ) -> httpx.Response:
        headers = {"Content-Type": "application/json"} if content is not None else None
        timeout = httpx.USE_CLIENT_DEFAULT if seconds is None else httpx.Timeout(seconds)
        try:
            answer = self._client.request(
                method, path, content=content, headers=headers, timeout=timeout
            )
        except httpx.HTTPError as error:
            if is_untrusted(error):
                raise AskingError(UntrustedError.text) from error
            raise AskingError(
                "Gatewayen kan ikke nås, så det kan ikke hentes nu. Intet er ændret. Prøv igen,"
                " når der er forbindelse."
            ) from error
        if answer.status_code in _REFUSED:
            raise AskingError("Gatewayen afviser dit login, eller du har ikke adgang til det.")
        if answer.status_code == httpx.codes.NOT_FOUND:
            raise AskingError("Gatewayen kender det ikke. Intet er ændret.")
        if not answer.is_success:
            raise AskingError(
                f"Gatewayen svarede med fejl {answer.status_code}. Intet er ændret. Prøv igen."
            )
        return answer


def _read(answer: httpx.Response, kind: type[_T]) -> _T:
    try:
        return msgspec.json.decode(answer.content, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        # Its text may quote the answer.
        raise AskingError("Svaret kom ikke fra en Visitator-gateway. Ret adressen.") from error


def _text(data: bytes) -> str:
    """The bytes as text: by the encoding they name, and none is UTF-8; never a failure."""
    named = _ENCODING.search(data[:_HEAD])
    try:
        return data.decode(named[1].decode("ascii") if named else "utf-8")
    except (LookupError, UnicodeDecodeError):
        return data.decode("latin-1")
