"""The calls as a program makes them: pages, limits, errors, and what the log says."""

from __future__ import annotations

import asyncio
import json
import logging
import uuid
from collections import deque
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest
from sqlalchemy.exc import OperationalError

from tests.gateway.mailbox import AKSEL, KEY, NANCY, OTHER_EPISODE, plan, written
from tests.gateway.office import Office
from visitator import __version__
from visitator.domain.entries import Entry, NoteAdded, decode_entry, encode_entry
from visitator.domain.wire import MAX_BATCH, MAX_PUSH_BYTES, ErrorCode, checksum
from visitator.gateway import journal
from visitator.gateway.database import Database, begin_new_epoch
from visitator.gateway.errors import ANSWERS
from visitator.medcom.decoding import MAX_BYTES


def refused(response: httpx.Response, status: int, code: str) -> bool:
    """Whether a call was refused with a code and a Danish sentence, as JSON."""
    body = response.json()
    return (
        (response.status_code, body["error"]) == (status, code)
        and bool(body["text"])
        and response.headers["Content-Type"] == "application/json"
    )


# --- pages and epochs


def test_a_cursor_from_another_history_is_told_to_read_again(office: Office) -> None:
    office.receive()
    known = office.page().epoch
    assert office.page(after=1, epoch=known).cursor == 1
    other = office.call("GET", "/v1/entries", params={"after": 1, "epoch": "anden"})
    assert refused(other, 410, "epoch_changed")
    with office.database.write() as connection:
        begin_new_epoch(connection)
    assert refused(office.call("GET", "/v1/entries", params={"epoch": known}), 410, "epoch_changed")
    assert office.page().epoch != known


def test_a_cursor_beyond_the_head_says_the_gateway_was_restored(office: Office) -> None:
    office.receive()
    known = office.page().epoch
    for path in ("/v1/entries", "/v1/bootstrap"):
        assert refused(office.call("GET", path, params={"after": 2}), 410, "epoch_changed")
    assert office.page().epoch == known
    beyond = office.call("GET", "/v1/entries", params={"after": 2, "epoch": known})
    assert refused(beyond, 410, "epoch_changed")
    # Somebody whose cursor is not beyond has to read again as well.
    assert office.page().epoch != known
    behind = office.call("GET", "/v1/entries", params={"after": 1, "epoch": known})
    assert refused(behind, 410, "epoch_changed")


def test_nothing_is_taken_from_who_goes_by_another_history(office: Office) -> None:
    pathway = office.receive()
    known = office.page().epoch
    first, second = office.note(pathway), office.note(pathway)
    assert office.post(first, params={"epoch": known}).status_code == 200
    with office.database.write() as connection:
        begin_new_epoch(connection)
    for again in (first, second):
        answer = office.post(again, params={"epoch": known})
        assert refused(answer, 410, "epoch_changed")
    assert second.id not in {entry.id for entry in office.entries()}
    # Who does not say is an older program, and is served as before.
    assert office.push_one(second).status == "accepted"


def test_a_digest_is_of_the_bytes_that_pages_hand_out(office: Office) -> None:
    """Also where somebody else's JSON looks unlike ours, and holds what this program ignores."""
    pathway = office.receive()
    office.receive(plan(AKSEL, OTHER_EPISODE))
    office.push(_loosely_written(office.note(pathway, "Å på gaden \u2028")))
    office.push(office.note(pathway))
    for user in ("AHN", "LED", "PLE"):
        page = office.page(user=user)
        for after, through in ((0, 4), (1, 3), (3, 4), (4, 4)):
            served = [bytes(raw) for raw in page.entries]
            mine = [data for data in served if after < (decode_entry(data).seq or 0) <= through]
            asked = {"after": after, "through": through}
            answer = office.call("GET", "/v1/digest", user, params=asked)
            count, found = checksum(mine)
            assert answer.json() == {"epoch": page.epoch, "count": count, "checksum": found}


def _loosely_written(entry: Entry) -> bytes:
    data = json.loads(encode_entry(entry))
    data["body"]["colour"] = "grøn"
    return json.dumps(data, indent=3).encode()


def test_a_digest_tells_entries_and_their_borders_apart() -> None:
    variants = [[], [b""], [b"ab"], [b"a", b"b"], [b"b", b"a"], [b"ab", b""]]
    assert len({checksum(each) for each in variants}) == len(variants)


def test_a_digest_beyond_the_head_is_of_another_history(office: Office) -> None:
    office.receive()
    beyond = office.call("GET", "/v1/digest", params={"after": 0, "through": 2})
    assert refused(beyond, 410, "epoch_changed")


def test_a_long_stretch_is_digested_a_few_entries_at_a_time(either: Database) -> None:
    office = Office(either)
    pathway = office.receive()
    note = office.note(pathway)
    with either.write() as connection:
        for n in range(1_200):
            numbered = msgspec.structs.replace(note, id=f"{note.id[:-4]}{n:04}")
            journal.append(connection, numbered, office.now)
    with either.read() as connection:
        page = journal.page(connection, after=0, limit=2_000)
        found = checksum(journal.stretch(connection, after=0, through=1_201))
    assert found == checksum(page.entries)
    assert found[0] == 1_201
    office.close()


def test_a_bootstrap_is_read_page_by_page(office: Office) -> None:
    for _ in range(3):
        office.receive(plan())
    first = office.read("/v1/bootstrap", limit=2)
    assert (first.through, first.cursor, first.more) == (3, 2, True)
    last = office.read("/v1/bootstrap", after=first.cursor, through=first.through)
    assert (len(last.entries), last.cursor, last.more) == (1, 3, False)


@pytest.mark.parametrize(
    "query",
    ["after=-1", "after=x", "after=99999999999999999999", "limit=0", "limit=2001", "wait=31"],
)
def test_a_query_outside_its_bounds_is_refused(office: Office, query: str) -> None:
    assert refused(office.call("GET", f"/v1/entries?{query}"), 400, "bad_request")


def test_the_servers_time_is_its_clocks(office: Office) -> None:
    assert office.page().server_time == office.now
    office.later(hours=3)
    assert office.page().server_time == office.now


# --- what is wrong with a call


def test_who_hangs_up_in_the_middle_of_a_call_is_no_error_of_ours(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    heard: deque[Any] = deque(
        [
            {"type": "http.request", "body": b'{"device":"PC1",', "more_body": True},
            {"type": "http.disconnect"},
        ]
    )
    said: list[Any] = []

    async def receive() -> Any:  # noqa: ANN401 - an ASGI message
        return heard.popleft()

    async def send(message: Any) -> None:  # noqa: ANN401 - an ASGI message
        said.append(message)

    token = f"Bearer {office.tokens['AHN']}".encode()
    scope: Any = {
        "type": "http",
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": "/v1/entries",
        "raw_path": b"/v1/entries",
        "root_path": "",
        "query_string": b"",
        "headers": [(b"authorization", token), (b"content-length", b"900")],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 2),
        "state": {},
    }
    asyncio.run(office.gateway.app(scope, receive, send))
    assert said[0]["status"] == 503
    assert {record.levelname for record in caplog.records} == {"INFO"}
    assert caplog.text.count("hung up") == 1


@pytest.mark.parametrize("user", [None, "AHN"])
def test_who_asks_for_the_methods_is_told(office: Office, user: str | None) -> None:
    """A browser or a scanner does, and never with a token."""
    response = office.call("OPTIONS", "/v1/entries", user)
    assert response.status_code == 204


def test_what_is_not_there_is_said(office: Office) -> None:
    assert refused(office.call("GET", "/v1/nothing"), 404, "not_found")
    assert refused(office.call("GET", "/v1/messages/x/raw"), 404, "not_found")
    assert refused(office.call("GET", "/v1/messages/%00/raw"), 404, "not_found")
    assert refused(office.call("PUT", "/v1/entries"), 405, "method_not_allowed")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe",
        b'{"device":"PC1"}',
        b'{"device":"PC1","entries":[]}',
        b'{"device":"PC1","entries":[7]}',
        b'{"device":"PC1","entries":[{"id":7}]}',
        b'{"device":"PC1","entries":[' + b"[" * 50_000 + b"]" * 50_000 + b"]}",
    ],
)
def test_a_push_that_is_none_is_refused(office: Office, content: bytes) -> None:
    assert refused(office.call("POST", "/v1/entries", content=content), 400, "bad_request")


def test_a_push_has_at_most_so_many_entries(office: Office) -> None:
    pathway = office.receive()
    notes = [office.note(pathway) for _ in range(MAX_BATCH + 1)]
    assert refused(office.post(*notes), 400, "bad_request")
    assert len(office.push(*notes[:MAX_BATCH])) == MAX_BATCH


def test_a_push_has_at_most_so_many_bytes(office: Office) -> None:
    pathway = office.receive()
    note = encode_entry(office.note(pathway, "x"))
    room = MAX_PUSH_BYTES - len(b'{"device":"PC1","entries":[]}') - len(note)
    fits = note.replace(b'"x"', b'"' + b"x" * (room + 1) + b'"')
    assert office.push_one(fits).status == "accepted"
    too_large = office.post(note.replace(b'"x"', b'"' + b"x" * (room + 2) + b'"'))
    assert refused(too_large, 413, "too_large")


def test_a_message_has_at_most_so_many_bytes(office: Office) -> None:
    response = office.call("POST", "/v1/messages", content=b"x" * (MAX_BYTES + 1))
    assert refused(response, 413, "too_large")


@pytest.mark.parametrize("version", ["0.0.9", "", "ny", "0.1"])
def test_a_program_that_is_too_old_may_read_but_not_push(office: Office, version: str) -> None:
    pathway = office.receive()
    headers = {"Visitator-Client": version}
    assert refused(office.post(office.note(pathway), headers=headers), 426, "client_too_old")
    assert office.call("GET", "/v1/entries", headers=headers).status_code == 200
    assert len(office.entries()) == 1


@pytest.mark.parametrize("version", ["0.1.0", "0.10.0", "1.0.0rc1"])
def test_a_program_that_is_new_enough_may_push(office: Office, version: str) -> None:
    pathway = office.receive()
    response = office.post(office.note(pathway), headers={"Visitator-Client": version})
    assert response.status_code == 200
    assert response.json()["min_client"] == "0.1.0"


def test_too_many_calls_are_told_when_to_come_back(tmp_path: Path) -> None:
    office = Office(Database.sqlite(tmp_path / "g.db", KEY), requests_per_minute=3)
    assert [office.call("GET", "/v1/me").status_code for _ in range(3)] == [200] * 3
    too_many = office.call("GET", "/v1/me")
    assert refused(too_many, 429, "too_many_requests")
    assert 0 <= int(too_many.headers["Retry-After"]) <= 60
    assert office.call("GET", "/v1/me", "BKR").status_code == 200
    office.close()


def test_a_database_that_is_busy_is_told_when_to_come_back(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OperationalError("INSERT", {}, Exception("database is locked"))

    pathway = office.receive()
    note = office.note(pathway)
    with monkeypatch.context() as patched:
        patched.setattr("visitator.gateway.journal.append", fail)
        busy = office.post(note)
    assert refused(busy, 503, "unavailable")
    assert int(busy.headers["Retry-After"]) > 0
    assert office.push_one(note).status == "accepted"


def test_every_code_has_an_answer() -> None:
    assert set(ANSWERS) == set(ErrorCode)


# --- messages


def test_a_message_that_is_handed_in_is_in_the_journal_and_kept_as_it_came(office: Office) -> None:
    data = written(plan())
    response = office.call("POST", "/v1/messages", content=data)
    assert response.status_code == 201
    (message,) = response.json()["messages"]
    assert message["kind"] == "care_plan"
    (entry,) = office.entries()
    assert (entry.id, entry.pathway_id) == (message["entry_id"], message["pathway_id"])
    raw = office.call("GET", f"/v1/messages/{response.json()['raw_id']}/raw")
    assert raw.content == data
    assert raw.headers["Content-Type"] == "application/octet-stream"


def test_a_message_that_cannot_be_read_is_kept_and_said(office: Office) -> None:
    response = office.call("POST", "/v1/messages", content=b"<Emessage")
    assert refused(response, 422, "quarantined")
    (problem,) = response.json()["problems"]
    assert problem["reason"] == "syntaksfejl"
    raw_id = response.json()["raw_id"]
    assert office.call("GET", f"/v1/messages/{raw_id}/raw").content == b"<Emessage"
    (found,) = office.call("GET", "/v1/quarantine", "LED").json()
    assert (found["raw_id"], found["reason"], found["transport"]) == (raw_id, "syntaksfejl", "http")
    assert office.call("GET", "/v1/health").json()["queues"]["quarantine"] == 1


def test_the_health_says_how_the_gateway_is_doing(office: Office) -> None:
    office.receive()
    health = office.call("GET", "/v1/health").json()
    assert health["version"] == __version__
    assert (health["ok"], health["head"], health["epoch"]) == (True, 1, office.page().epoch)
    assert health["queues"] == {"unread": 0, "quarantine": 0, "outgoing": 1, "unanswered": 0}
    assert health["last_in"].keys() == {"test"}


def test_me_says_who_one_is(office: Office) -> None:
    assert office.call("GET", "/v1/me", "LED").json() == {
        "user": "LED",
        "name": "Navn på LED",
        "role": "leder",
        "device": "PC1",
    }


# --- every answer, and the log


def test_the_request_id_is_echoed_on_every_answer(office: Office) -> None:
    said = str(uuid.uuid4())
    for path, user in (("/v1/me", "AHN"), ("/v1/me", None), ("/v1/nothing", "AHN")):
        response = office.call("GET", path, user, headers={"X-Request-ID": said})
        assert response.headers["X-Request-ID"] == said
        assert response.headers["Cache-Control"] == "no-store"
    made = office.call("GET", "/v1/me").headers["X-Request-ID"]
    assert str(uuid.UUID(made)) == made


def test_the_log_names_the_call_and_the_request(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    said = str(uuid.uuid4())
    with caplog.at_level(logging.INFO, "visitator"):
        office.call("GET", "/v1/messages/abc/raw", headers={"X-Request-ID": said})
    assert f"{said} GET /v1/messages/{{raw_id}}/raw 404" in caplog.text


def test_no_personal_data_is_in_the_log(
    office: Office, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A marker goes through every call, in every place where somebody could put it."""
    marker = NANCY
    caplog.set_level(logging.DEBUG)
    pathway = office.receive()
    note = office.note(pathway, f"Borger {marker}")
    calls: list[tuple[str, str, dict[str, object]]] = [
        ("GET", f"/v1/entries?after=0&epoch={marker}", {}),
        ("GET", f"/v1/entries?after={marker}", {}),
        ("GET", f"/v1/bootstrap?through={marker}", {}),
        ("GET", f"/v1/messages/{marker}/raw", {}),
        ("GET", f"/v1/{marker}", {}),
        ("GET", "/v1/quarantine", {}),
        ("GET", f"/v1/me?cpr={marker}", {}),
        ("GET", "/v1/health", {}),
        ("POST", "/v1/messages", {"content": written(plan())}),
        ("POST", "/v1/messages", {"content": f"<Emessage>{marker}".encode()}),
        ("POST", "/v1/entries", {"content": marker.encode()}),
        ("POST", "/v1/entries", {"json": {"device": marker, "entries": [{"id": marker}]}}),
        ("PATCH", f"/v1/entries/{marker}", {}),
    ]
    headers = {"X-Request-ID": marker, "Visitator-Client": marker}
    for method, path, more in calls:
        for user in ("AHN", "PLE", None):
            office.call(method, path, user, headers=headers, **more)
    office.call("GET", "/v1/me", None, headers={"Authorization": f"Bearer {marker}"})
    office.post(note)
    office.post(office.entry(pathway, NoteAdded(text=f"andet {marker}"), id=note.id))

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError(marker)

    with monkeypatch.context() as patched:
        patched.setattr("visitator.gateway.journal.append", fail)
        assert office.post(office.note(pathway, marker)).status_code == 500
    own = [r for r in caplog.records if not r.name.startswith(("httpx", "httpcore"))]
    said = [logging.Formatter().format(record) for record in own]
    assert any("500" in line for line in said)
    assert any("a call failed: RuntimeError" in line for line in said)
    assert not [line for line in said if marker in line or marker[:6] in line]


def test_no_answer_quotes_what_came(office: Office) -> None:
    marker = NANCY
    for response in (
        office.call("GET", f"/v1/entries?after={marker}x"),
        office.call("GET", f"/v1/{marker}"),
        office.call("POST", "/v1/entries", content=json.dumps({"device": marker})),
        office.call("POST", "/v1/messages", content=f"<Emessage>{marker}".encode()),
    ):
        assert response.status_code >= 400
        assert marker not in response.text
