"""The HTTP client of a workstation: how it trusts, how long it waits, what it says of itself."""

import ssl
from typing import Any

import httpx
import truststore

from visitator import __version__
from visitator.domain.wire import CLIENT_HEADER, IDLE_SECONDS

CONNECT_SECONDS = 5.0
ANSWER_SECONDS = 30.0
"""How long a call may take on the gateway's side; a long poll has its own wait on top."""


def new_client(base_url: str, token: str, *, proxy: str | None = None) -> httpx.AsyncClient:
    """A client for one gateway and one user.

    Certificates are judged by the operating system, which knows the municipality's own. A proxy is
    used when it is named here and only then: environment variables and .netrc are not looked at.
    Redirects are not followed: a gateway sends none, and a captive portal must not get a token.

    Args:
        base_url: the gateway, such as ``https://visitator.kommune.dk``.
        token: of the user on this device.
        proxy: its URL; None for a direct connection.
    """
    return httpx.AsyncClient(base_url=base_url, proxy=proxy, **_manners(token))


def new_blocking_client(base_url: str, token: str, *, proxy: str | None = None) -> httpx.Client:
    """The same for the calls a person waits for; used by any thread.

    Args:
        base_url: the gateway.
        token: of the user on this device.
        proxy: its URL; None for a direct connection.
    """
    return httpx.Client(base_url=base_url, proxy=proxy, **_manners(token))


def _manners(token: str) -> dict[str, Any]:
    return {
        "headers": {"Authorization": f"Bearer {token}", CLIENT_HEADER: __version__},
        "verify": truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
        "timeout": httpx.Timeout(ANSWER_SECONDS, connect=CONNECT_SECONDS),
        "limits": httpx.Limits(max_connections=2, keepalive_expiry=IDLE_SECONDS),
        "trust_env": False,
        "follow_redirects": False,
    }
