"""The OpenAPI document tells the truth: what schemathesis makes of it never surprises."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
import uvicorn
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.gateway.office import Office

CHECKED = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
"""No 5xx, and no answer outside the document."""


@pytest.fixture
def address(office: Office) -> Iterator[str]:
    """A gateway that listens on this machine, with a plan and a message in quarantine."""
    office.receive()
    office.call("POST", "/v1/messages", content=b"<")
    started = threading.Event()

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[Any] | None = None) -> None:
            await super().startup(sockets)
            started.set()

    server = Server(uvicorn.Config(office.gateway.app, port=0, log_config=None, lifespan="off"))
    thread = threading.Thread(target=server.run)
    thread.start()
    assert started.wait(30)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(30)


def test_no_answer_is_outside_the_document(address: str, office: Office) -> None:
    document = schemathesis.openapi.from_url(f"{address}/v1/openapi.json")
    operations = [found.ok() for found in document.get_all_operations() if isinstance(found, Ok)]
    assert len(operations) == 11
    for operation in operations:
        _try(operation, office)


def _try(operation: Any, office: Office) -> None:  # noqa: ANN401 - a private type
    @settings(max_examples=15, suppress_health_check=list(HealthCheck), database=None)
    @given(case=operation.as_strategy() | operation.as_strategy(GenerationMode.NEGATIVE))
    def call(case: schemathesis.Case[Any]) -> None:
        if "wait" in case.query:
            # What it means to wait has a test of its own.
            case.query["wait"] = "0"
        for user in ("AHN", "PLE"):
            headers = {"Authorization": f"Bearer {office.tokens[user]}"}
            case.call_and_validate(headers=headers, checks=CHECKED)
        case.call_and_validate(checks=CHECKED)

    call()


def test_the_document_describes_every_call(office: Office) -> None:
    document = office.call("GET", "/v1/openapi.json", None).json()
    calls = {
        f"{method.upper()} {path}"
        for path, methods in document["paths"].items()
        for method in methods
    }
    assert calls == {
        "POST /v1/entries",
        "GET /v1/entries",
        "GET /v1/bootstrap",
        "GET /v1/digest",
        "POST /v1/messages",
        "GET /v1/messages/{raw_id}/raw",
        "GET /v1/quarantine",
        "GET /v1/health",
        "GET /v1/me",
        "GET /v1/people",
        "POST /v1/presence",
    }
    assert document["security"] == [{"token": []}]
