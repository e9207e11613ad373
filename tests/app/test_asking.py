"""The calls a person waits for: what is said when no answer comes."""

import ssl

import httpx
import pytest

from visitator.app.asking import Asking
from visitator.app.errors import AskingError


def test_a_certificate_nobody_trusts_is_not_said_to_be_the_network() -> None:
    """At the first login there is nothing else that tells."""

    def untrusted(_request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("") from ssl.SSLCertVerificationError("self-signed")

    client = httpx.Client(transport=httpx.MockTransport(untrusted), base_url="https://x.dk")
    with pytest.raises(AskingError, match="certifikat"):
        Asking(client).me()
