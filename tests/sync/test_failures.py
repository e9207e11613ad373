"""Each way a call can fail: what the user is told, and that nothing is lost or sent twice."""

from __future__ import annotations

import asyncio
import datetime as dt
import json as plain_json
import logging
import ssl
import threading
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

import httpx
import msgspec
import pytest

from tests.sync.desk import Desk
from tests.sync.scripted import Answer, ScriptedGateway, json, refusal
from visitator.domain.entries import (
    AnswerCategory,
    Entry,
    NoteAdded,
    PlanState,
    ReplySent,
    encode_entry,
)
from visitator.domain.wire import PushRequest
from visitator.identifiers import new_letter_id
from visitator.store.errors import DiskFull
from visitator.sync import Condition

PUSH, PULL, BOOTSTRAP = "POST /v1/entries", "GET /v1/entries", "GET /v1/bootstrap"
JSON = {"Content-Type": "application/json"}
FirstCalls: TypeAlias = Callable[[int], list[float]]


def says(answer: httpx.Response) -> Answer:
    async def script(request: httpx.Request) -> httpx.Response:
        return answer

    return script


def breaks(error: Exception) -> Answer:
    async def script(request: httpx.Request) -> httpx.Response:
        raise error

    return script


def pushed(gateway: ScriptedGateway) -> list[int]:
    """How many entries each push held."""
    posts = [request for request in gateway.requests if request.method == "POST"]
    return [len(msgspec.json.decode(post.content, type=PushRequest).entries) for post in posts]


def reply(desk: Desk) -> Entry:
    body = ReplySent(
        category=AnswerCategory.OK,
        answers=PlanState(plan="plan"),
        letter_id=new_letter_id(),
        envelope_id=new_letter_id(),
    )
    entry = desk.entry(body)
    desk.store.append(entry)
    return entry


def test_what_was_written_reaches_the_gateway_and_comes_back(
    desk: Desk, gateway: ScriptedGateway
) -> None:
    entry = desk.note()
    status = desk.syncer.step()
    assert (status.condition, status.text) == (Condition.SYNCHRONISED, "Synkroniseret")
    assert list(gateway.seqs) == [entry.id]
    assert desk.waiting() == {}
    assert desk.store.sync_state().cursor == 1


def test_an_empty_sync_is_one_request(desk: Desk, gateway: ScriptedGateway) -> None:
    desk.syncer.step()
    gateway.requests.clear()
    desk.syncer.step()
    assert len(gateway.requests) == 1


FAILURES: dict[str, tuple[Answer, Condition, str]] = {
    "no connection": (breaks(httpx.ConnectError("")), Condition.OFFLINE, "no_connection"),
    "no answer": (breaks(httpx.ReadError("")), Condition.OFFLINE, "no_connection"),
    "connecting takes too long": (
        breaks(httpx.ConnectTimeout("")),
        Condition.OFFLINE,
        "connect_timeout",
    ),
    "the answer takes too long": (breaks(httpx.ReadTimeout("")), Condition.OFFLINE, "timeout"),
    "cut short": (
        says(httpx.Response(200, headers=JSON, content=b'{"epoch": "e1", "entr')),
        Condition.OFFLINE,
        "unreadable",
    ),
    "another content type": (
        says(httpx.Response(200, headers={"Content-Type": "text/html"}, content=b"<h1>Hej")),
        Condition.OFFLINE,
        "not_json",
    ),
    "redirected": (
        says(httpx.Response(302, headers={"Location": "http://portal.test/"})),
        Condition.OFFLINE,
        "http_302",
    ),
    "an address that is none": (
        breaks(httpx.InvalidURL("")),
        Condition.OFFLINE,
        "bad_address",
    ),
    "a host name that is none": (
        breaks(UnicodeError("label empty or too long")),
        Condition.OFFLINE,
        "bad_address",
    ),
    "not understood": (says(refusal(400, "bad_request")), Condition.GATEWAY_TOO_OLD, "bad_request"),
    "not logged in": (says(refusal(401, "unauthorized")), Condition.REFUSED, "unauthorized"),
    "forbidden": (says(refusal(403, "forbidden")), Condition.REFUSED, "forbidden"),
    "unknown call": (says(refusal(404, "not_found")), Condition.GATEWAY_TOO_OLD, "not_found"),
    "gone, but nobody says why": (says(httpx.Response(410)), Condition.OFFLINE, "http_410"),
    "too many": (says(refusal(429, "too_many_requests")), Condition.OFFLINE, "too_many_requests"),
    "broken": (says(httpx.Response(500, content=b"Oops")), Condition.OFFLINE, "http_500"),
    "away": (says(refusal(503, "unavailable")), Condition.OFFLINE, "unavailable"),
}


@pytest.mark.parametrize("name", FAILURES)
def test_a_failure_is_told_and_everything_is_kept(
    name: str, desk: Desk, gateway: ScriptedGateway
) -> None:
    script, condition, code = FAILURES[name]
    entry = desk.note()
    gateway.scripts["*"] = script
    status = desk.syncer.step()
    assert (status.condition, status.code) == (condition, code)
    assert status.reason.endswith(".")
    assert list(desk.waiting()) == [entry.id]
    gateway.scripts.clear()
    assert desk.syncer.step().condition is Condition.SYNCHRONISED
    assert list(gateway.seqs) == [entry.id]
    assert desk.waiting() == {}


@pytest.mark.parametrize("name", FAILURES)
def test_an_answer_that_was_lost_is_asked_for_again(
    name: str, desk: Desk, gateway: ScriptedGateway
) -> None:
    """The gateway took the entry; whatever came instead of its answer, it is taken once."""
    script, _, _ = FAILURES[name]

    async def taken_but_not_said(request: httpx.Request) -> httpx.Response:
        await gateway.answer(request)
        return await script(request)

    gateway.scripts[PUSH] = taken_but_not_said
    entry = desk.note()
    desk.syncer.step()
    gateway.scripts.clear()
    desk.syncer.step()
    assert list(gateway.seqs) == [entry.id]
    assert len(gateway.journal) == 1
    assert desk.waiting() == {}


def test_what_is_no_gzip_is_no_answer(desk: Desk, gateway: ScriptedGateway) -> None:
    async def garbled(request: httpx.Request) -> httpx.Response:
        headers = {**JSON, "Content-Encoding": "gzip"}
        return httpx.Response(200, headers=headers, stream=httpx.ByteStream(b"\x1f\x8bnej"))

    gateway.scripts["*"] = garbled
    desk.note()
    assert desk.syncer.step().code == "broken_answer"


def test_a_certificate_nobody_trusts_is_said_to_be_that(
    desk: Desk, gateway: ScriptedGateway
) -> None:
    async def untrusted(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("") from ssl.SSLCertVerificationError("self-signed")

    gateway.scripts["*"] = untrusted
    status = desk.syncer.step()
    assert status.condition is Condition.OFFLINE
    assert "certifikat" in status.reason


def test_a_login_refused_in_the_middle_keeps_the_rest(desk: Desk, gateway: ScriptedGateway) -> None:
    entries = [desk.note(pathway_id=f"p{n}") for n in range(30)]

    async def once(request: httpx.Request) -> httpx.Response:
        gateway.scripts["*"] = says(refusal(401, "unauthorized"))
        return await gateway.answer(request)

    gateway.scripts[PUSH] = once
    desk.syncer.step()
    gateway.scripts.pop(PUSH)
    status = desk.syncer.step()
    assert (status.condition, status.text) == (Condition.REFUSED, "Afvist: log ind igen")
    assert {entry.id for entry in entries} == set(desk.waiting())
    gateway.scripts.clear()
    desk.syncer.step()
    assert set(gateway.seqs) == {entry.id for entry in entries}


def test_a_gateway_that_takes_nothing_can_still_give(desk: Desk, gateway: ScriptedGateway) -> None:
    desk.syncer.step()
    other = desk.entry(NoteAdded(text="Fra en anden"))
    gateway.take(msgspec.json.encode({**plain(other), "author": "bo"}))
    gateway.scripts[PUSH] = says(httpx.Response(500))
    desk.note()
    status = desk.syncer.step()
    assert (status.condition, status.text) == (
        Condition.NOT_SENDING,
        "Modtager, men kan ikke sende",
    )
    assert desk.store.sync_state().cursor == 1


def plain(entry: Entry) -> dict[str, Any]:
    return dict(plain_json.loads(encode_entry(entry)))


def test_a_program_too_old_to_send_keeps_everything_and_reads_on(
    desk: Desk, gateway: ScriptedGateway
) -> None:
    gateway.scripts[PUSH] = says(refusal(426, "client_too_old"))
    entry = desk.note()
    status = desk.syncer.step()
    assert (status.condition, status.text) == (
        Condition.PROGRAM_TOO_OLD,
        "Visitator skal opdateres",
    )
    assert list(desk.waiting()) == [entry.id]


def test_a_program_too_old_is_told_before_there_is_anything_to_send(
    desk: Desk, gateway: ScriptedGateway
) -> None:
    gateway.min_client = "99.0.0"
    status = desk.syncer.step()
    assert (status.condition, status.code) == (Condition.PROGRAM_TOO_OLD, "client_too_old")
    assert status.reason.startswith("Visitator skal opdateres")
    assert desk.store.sync_state().cursor == len(gateway.journal)
    gateway.min_client = "0.0.9"
    assert desk.syncer.step().condition is Condition.SYNCHRONISED


def test_entries_the_gateway_did_not_get_to_are_sent_again(
    desk: Desk, gateway: ScriptedGateway
) -> None:
    async def only_three(request: httpx.Request) -> httpx.Response:
        push = msgspec.json.decode(request.content, type=PushRequest)
        return json(gateway.response(*[gateway.take(bytes(raw)) for raw in push.entries[:3]]))

    gateway.scripts[PUSH] = only_three
    entries = [desk.note(str(n)) for n in range(8)]
    desk.syncer.step()
    assert list(gateway.seqs) == [entry.id for entry in entries]
    assert pushed(gateway) == [8, 5, 2]


def test_no_results_are_no_answer(desk: Desk, gateway: ScriptedGateway) -> None:
    gateway.scripts[PUSH] = says(json(gateway.response()))
    entry = desk.note()
    assert desk.syncer.step().code == "no_results"
    assert list(desk.waiting()) == [entry.id]
    assert pushed(gateway) == [1]


def test_a_status_nobody_knows_needs_a_person(desk: Desk, gateway: ScriptedGateway) -> None:
    entry = desk.note()
    gateway.scripts[PUSH] = says(json(gateway.response(gateway.result(entry.id, "parked"))))
    desk.syncer.step()
    assert desk.waiting() == {entry.id: "attention"}


def test_retry_stays_in_the_outbox_and_lets_others_pass(
    desk: Desk, gateway: ScriptedGateway
) -> None:
    stuck = [desk.note(str(n), pathway_id=f"stuck{n}") for n in range(25)]

    async def not_those(request: httpx.Request) -> httpx.Response:
        push = msgspec.json.decode(request.content, type=PushRequest)
        results = [
            gateway.result(data["id"], "retry")
            if data["pathway_id"].startswith("stuck")
            else gateway.take(bytes(raw))
            for raw in push.entries
            if (data := msgspec.json.decode(raw))
        ]
        return json(gateway.response(*results))

    gateway.scripts[PUSH] = not_those
    entry = desk.note(pathway_id="p1")
    assert desk.syncer.step().condition is Condition.SYNCHRONISED
    assert list(gateway.seqs) == [entry.id]
    assert set(desk.waiting()) == {each.id for each in stuck}


def test_batches_halve_on_a_timeout_and_grow_back(desk: Desk, gateway: ScriptedGateway) -> None:
    for n in range(60):
        desk.note(str(n))
    gateway.scripts[PUSH] = breaks(httpx.ReadTimeout(""))
    for _ in range(3):
        desk.syncer.step()
    assert pushed(gateway) == [20, 10, 5]
    gateway.scripts.clear()
    desk.syncer.step()
    assert pushed(gateway)[3:] == [2, 4, 8, 16, 20, 10]
    assert len(gateway.seqs) == 60


def test_a_push_holds_no_more_than_the_gateway_takes(desk: Desk, gateway: ScriptedGateway) -> None:
    for n in range(5):
        desk.note("x" * 100_000, pathway_id=f"p{n}")
    desk.syncer.step()
    assert pushed(gateway) == [2, 2, 1]
    assert max(len(request.content) for request in gateway.requests) <= 256 * 1024


def breaks_on(gateway: ScriptedGateway, *bad: Entry) -> Answer:
    """The gateway fails at every push that holds one of these."""

    async def script(request: httpx.Request) -> httpx.Response:
        if any(each.id.encode() in request.content for each in bad):
            return refusal(500)
        return await gateway.answer(request)

    return script


def test_entries_the_gateway_fails_at_do_not_stop_the_others(
    desk: Desk, gateway: ScriptedGateway
) -> None:
    bad = [desk.note("en", pathway_id="bad"), desk.note("to", pathway_id="worse")]
    others = [desk.note(str(n), pathway_id=f"p{n}") for n in range(5)]
    gateway.scripts[PUSH] = breaks_on(gateway, *bad)
    for _ in range(12):
        status = desk.syncer.step()
    assert set(gateway.seqs) == {each.id for each in others}
    assert desk.waiting() == {each.id: "sent" for each in bad}
    assert (status.condition, status.code) == (Condition.NOT_SENDING, "internal")
    assert status.text == "Modtager, men kan ikke sende"
    desk.note("nyt", pathway_id="p9")
    desk.syncer.step()
    assert len(gateway.seqs) == 6


@pytest.mark.parametrize("failures", [1, 2, 3, 4])
def test_a_hiccup_of_the_gateway_delays_a_reply_by_seconds(
    failures: int, desk: Desk, gateway: ScriptedGateway, runner: asyncio.Runner
) -> None:
    loop, stop = runner.get_loop(), threading.Event()
    arrived: list[float] = []

    async def hiccup(request: httpx.Request) -> httpx.Response:
        arrived.append(loop.time())
        return refusal(500) if len(arrived) <= failures else await gateway.answer(request)

    gateway.scripts[PUSH] = hiccup
    desk.note()
    loop.call_later(120, stop.set)
    loop.call_later(120, desk.syncer.wake)
    desk.syncer.run(stop)
    assert len(arrived) == failures + 1
    assert arrived[-1] <= 2**failures
    assert desk.syncer.status.condition is Condition.SYNCHRONISED


def test_what_the_gateway_failed_at_goes_when_it_is_mended(
    desk: Desk, gateway: ScriptedGateway, runner: asyncio.Runner
) -> None:
    loop, stop = runner.get_loop(), threading.Event()
    bad = [desk.note("en", pathway_id=lane) for lane in ("bad", "worse", "worst")]
    after = desk.note("og så", pathway_id="bad")
    gateway.scripts[PUSH] = breaks_on(gateway, *bad)
    loop.call_later(3600, gateway.scripts.clear)
    loop.call_later(3600 + 301, stop.set)
    loop.call_later(3600 + 301, desk.syncer.wake)
    desk.syncer.run(stop)
    assert set(gateway.seqs) == {each.id for each in (*bad, after)}
    assert gateway.seqs[bad[0].id] < gateway.seqs[after.id]
    assert desk.syncer.status.condition is Condition.SYNCHRONISED


def test_somebody_who_asks_does_not_wait_for_what_is_stuck(
    desk: Desk, gateway: ScriptedGateway, runner: asyncio.Runner
) -> None:
    loop, stop = runner.get_loop(), threading.Event()
    bad = desk.note()
    gateway.scripts[PUSH] = breaks_on(gateway, bad)
    loop.call_later(3600, gateway.scripts.clear)
    loop.call_later(3600, desk.syncer.retry_now)
    loop.call_later(3601, stop.set)
    loop.call_later(3601, desk.syncer.wake)
    desk.syncer.run(stop)
    assert list(gateway.seqs) == [bad.id]


def test_only_what_leaves_counts_as_sent(desk: Desk, gateway: ScriptedGateway) -> None:
    """What is put off, or did not fit into the push, can still be taken back."""
    stuck = desk.note(pathway_id="stuck")

    async def later(request: httpx.Request) -> httpx.Response:
        return json(gateway.response(gateway.result(stuck.id, "retry")))

    gateway.scripts[PUSH] = later
    desk.syncer.step()
    behind = desk.note(pathway_id="stuck")
    large = [desk.note("x" * 100_000, pathway_id=f"p{n}") for n in range(3)]
    gateway.scripts[PUSH] = breaks(httpx.ReadError(""))
    desk.syncer.step()
    attempts = {item.entry.id: item.attempts for item in desk.store.outbox(desk.user)}
    assert attempts == {stuck.id: 1, behind.id: 0, large[0].id: 1, large[1].id: 1, large[2].id: 0}


@pytest.mark.parametrize(
    ("error", "attempts"),
    [
        (httpx.ConnectError(""), 0),
        (httpx.ConnectTimeout(""), 0),
        (httpx.ReadError(""), 1),
        (httpx.WriteError(""), 1),
        (httpx.ReadTimeout(""), 1),
    ],
)
def test_without_a_connection_nothing_counts_as_sent(
    error: httpx.HTTPError, attempts: int, desk: Desk, gateway: ScriptedGateway
) -> None:
    """What was written offline can be taken back for as long as it is."""
    desk.note()
    gateway.scripts[PUSH] = breaks(error)
    desk.syncer.step()
    assert [item.attempts for item in desk.store.outbox(desk.user)] == [attempts]


def test_what_may_have_been_taken_stays_sent_when_the_connection_is_gone_too(
    desk: Desk, gateway: ScriptedGateway
) -> None:
    desk.note()
    for error in (httpx.ReadError(""), httpx.ConnectError("")):
        gateway.scripts[PUSH] = breaks(error)
        desk.syncer.step()
    assert [item.attempts for item in desk.store.outbox(desk.user)] == [2]


@pytest.mark.parametrize("status", [413, 422])
def test_one_entry_the_gateway_cannot_take_is_found_and_put_before_its_user(
    status: int, desk: Desk, gateway: ScriptedGateway
) -> None:
    entries = [desk.note(str(n), pathway_id=f"p{n}") for n in range(20)]
    bad = entries[13]

    async def chokes(request: httpx.Request) -> httpx.Response:
        if bad.id.encode() in request.content:
            return refusal(status, "id_reused")
        return await gateway.answer(request)

    gateway.scripts[PUSH] = chokes
    for _ in range(10):
        desk.syncer.step()
    assert desk.waiting() == {bad.id: "attention"}
    assert set(gateway.seqs) == {entry.id for entry in entries} - {bad.id}
    (item,) = desk.store.outbox(desk.user)
    assert item.reason == "id_reused"


def test_a_proxy_that_refuses_everything_moves_nothing_to_attention(
    desk: Desk, gateway: ScriptedGateway
) -> None:
    gateway.scripts[PUSH] = says(httpx.Response(413, content=b"<h1>Request Entity Too Large"))
    entry = desk.note()
    for _ in range(3):
        desk.syncer.step()
    assert list(desk.waiting()) == [entry.id]
    assert desk.waiting()[entry.id] != "attention"


def test_a_refused_reply_needs_its_user_and_notes_go_on(
    desk: Desk, gateway: ScriptedGateway
) -> None:
    first, note, second = reply(desk), desk.note(), reply(desk)

    async def refuses(request: httpx.Request) -> httpx.Response:
        push = msgspec.json.decode(request.content, type=PushRequest)
        results = [
            gateway.result(first.id, "rejected", reason="already_answered")
            if msgspec.json.decode(raw)["id"] == first.id
            else gateway.take(bytes(raw))
            for raw in push.entries[:2]
        ]
        return json(gateway.response(*results))

    gateway.scripts[PUSH] = refuses
    desk.syncer.step()
    assert desk.waiting() == {first.id: "attention", second.id: "held"}
    assert list(gateway.seqs) == [note.id]


def test_a_restored_gateway_is_read_again_and_gets_back_what_it_lost(
    desk: Desk, gateway: ScriptedGateway
) -> None:
    kept, lost = desk.note("1"), desk.note("2")
    desk.syncer.step()
    del gateway.journal[1:], gateway.seqs[lost.id]
    gateway.epoch = "e2"
    waiting = desk.note("3")
    assert desk.syncer.step().condition is Condition.SYNCHRONISED
    # What was lost goes before what may build on it.
    assert list(gateway.seqs) == [kept.id, lost.id, waiting.id]
    assert desk.store.sync_state().epoch == "e2"
    assert desk.waiting() == {}


def test_a_first_reading_shows_how_far_it_is(desk: Desk, gateway: ScriptedGateway) -> None:
    for n in range(4_800):
        gateway.take(msgspec.json.encode(plain(desk.entry(NoteAdded(text=str(n))))))
    desk.syncer.step()
    told = [status.text for status in desk.statuses if status.progress is not None]
    assert told == [
        "Arbejder: 2.000 hændelser hentet (42 %)",
        "Arbejder: 4.000 hændelser hentet (83 %)",
        "Arbejder: 4.800 hændelser hentet (100 %)",
    ]
    assert desk.statuses[-1].condition is Condition.SYNCHRONISED


def test_a_first_reading_goes_on_where_it_was_broken_off(
    desk: Desk, gateway: ScriptedGateway
) -> None:
    for n in range(4_800):
        gateway.take(msgspec.json.encode(plain(desk.entry(NoteAdded(text=str(n))))))
    answers: Iterator[Answer] = iter([gateway.answer, breaks(httpx.ReadError(""))])

    async def twice(request: httpx.Request) -> httpx.Response:
        return await next(answers)(request)

    gateway.scripts[BOOTSTRAP] = twice
    desk.syncer.step()
    gateway.scripts.clear()
    gateway.requests.clear()
    desk.pull_the_plug()
    assert desk.syncer.step().condition is Condition.SYNCHRONISED
    asked = [request.url.params["after"] for request in gateway.requests]
    assert asked == ["2000", "4000", "4800"]
    assert desk.store.sync_state().cursor == 4_800


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"cursor": 0, "more": True}, "cursor_went_back"), ({"cursor": 1}, "cursor_went_back")],
)
def test_a_page_that_goes_back_or_marks_time_is_not_taken(
    changes: dict[str, Any], code: str, desk: Desk, gateway: ScriptedGateway
) -> None:
    for n in range(2):
        desk.note(str(n))
    desk.syncer.step()
    page = msgspec.structs.replace(gateway.page(2), **changes)
    gateway.scripts[PULL] = says(json(page))
    assert desk.syncer.step().code == code
    assert desk.store.sync_state().cursor == 2


def test_what_this_program_does_not_know_is_kept_as_it_came(
    desk: Desk, gateway: ScriptedGateway
) -> None:
    known = plain(desk.entry(NoteAdded(text="Nyt")))
    known["body"]["colour"] = "green"
    newer = plain(desk.entry(NoteAdded(text="Nyt")))
    newer["body"] = {"kind": "video_visit", "minutes": 5}
    for each in (known, newer):
        gateway.take(msgspec.json.encode(each))
    assert desk.syncer.step().condition is Condition.SYNCHRONISED
    pathway = desk.store.pathway("p1", "ann")
    assert pathway is not None
    assert [entry.kind for entry in pathway.timeline] == ["note_added", "video_visit"]


def test_a_full_disk_is_told_and_nothing_is_lost(
    desk: Desk, gateway: ScriptedGateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = desk.note()

    def full(*_: object) -> None:
        raise DiskFull

    with monkeypatch.context() as patch:
        patch.setattr(desk.store, "mark_results", full)
        status = desk.syncer.step()
    assert status.condition is Condition.PAUSED
    assert status.reason.startswith("Disken er fuld.")
    assert desk.syncer.step().condition is Condition.SYNCHRONISED
    assert len(gateway.journal) == 1
    assert list(gateway.seqs) == [entry.id]


@pytest.mark.parametrize(
    ("off", "warning"),
    [
        (dt.timedelta(minutes=1), ""),
        (dt.timedelta(hours=2), "Uret på denne computer er 2 t. 0 min. foran."),
        (dt.timedelta(minutes=-3), "Uret på denne computer er 3 min. bagud."),
    ],
)
def test_a_wrong_clock_is_told_and_decides_nothing(
    off: dt.timedelta, warning: str, desk: Desk, gateway: ScriptedGateway
) -> None:
    desk.off = off
    entry = desk.note()
    status = desk.syncer.step()
    assert status.condition is Condition.SYNCHRONISED
    assert status.clock_warning == warning
    assert list(gateway.seqs) == [entry.id]


def test_a_reply_does_not_wait_for_hours_because_the_clock_was_put_back(
    desk: Desk, gateway: ScriptedGateway
) -> None:
    entry = desk.entry(NoteAdded(text=""))
    desk.store.append(entry, not_before=desk.clock() + dt.timedelta(seconds=10))
    desk.syncer.step()
    assert gateway.seqs == {}
    desk.off = -dt.timedelta(hours=2)
    desk.syncer.step()
    assert list(gateway.seqs) == [entry.id]


def test_only_the_users_own_entries_are_sent(desk: Desk, gateway: ScriptedGateway) -> None:
    of_ann = desk.note()
    desk.log_in("bo", "token of bo")
    of_bo = desk.note()
    desk.syncer.step()
    assert list(gateway.seqs) == [of_bo.id]
    desk.log_in("ann", "token")
    desk.syncer.step()
    assert list(gateway.seqs) == [of_bo.id, of_ann.id]


def test_two_windows_do_not_sync_at_once(
    desk: Desk, gateway: ScriptedGateway, runner: asyncio.Runner
) -> None:
    one = desk.syncer
    desk.log_in("ann", "token")
    other = desk.syncer
    calls: list[int] = []

    async def meanwhile(request: httpx.Request) -> httpx.Response:
        before = len(gateway.requests)
        await other._cycle(0)
        calls.append(len(gateway.requests) - before)
        return await gateway.answer(request)

    gateway.scripts["*"] = meanwhile
    assert one.step().condition is Condition.SYNCHRONISED
    assert set(calls) == {0}


def test_offline_since_when(desk: Desk, gateway: ScriptedGateway, runner: asyncio.Runner) -> None:
    desk.syncer.step()
    gateway.scripts["*"] = breaks(httpx.ConnectError(""))
    assert desk.syncer.step().text == "Offline siden kl. 09.00"
    desk.off = dt.timedelta(days=1)
    desk.syncer.step()
    assert desk.syncer.status.text == "Offline siden 05.03.2030 kl. 09.00"


def test_every_call_has_an_id_of_its_own(desk: Desk, gateway: ScriptedGateway) -> None:
    desk.note()
    desk.syncer.step()
    ids = [request.headers["X-Request-ID"] for request in gateway.requests]
    assert len(set(ids)) == len(ids) > 1


def test_the_log_holds_nothing_personal(
    desk: Desk, gateway: ScriptedGateway, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    desk.note("Karen-Margrethe 251248-9996")
    desk.syncer.step()
    gateway.scripts["*"] = says(refusal(422, "id_reused"))
    desk.note("Karen-Margrethe 251248-9996")
    desk.syncer.step()
    assert "POST /v1/entries: 200" in caplog.text
    for secret in ("Karen", "2512489996", "251248", "ann", "token"):
        assert secret not in caplog.text.replace("httpx", "")


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "120"}, 120),
        (
            {
                "Retry-After": "Tue, 05 Mar 2030 08:10:00 GMT",
                "Date": "Tue, 05 Mar 2030 08:00:00 GMT",
            },
            600,
        ),
        ({"Retry-After": "Tue, 05 Mar 2030 08:10:00 GMT"}, 0),
        ({"Retry-After": "snart"}, 0),
        ({"Retry-After": "-5"}, 0),
        ({"Retry-After": "99999999"}, 900),
        ({"Retry-After": "9" * 400}, 900),
        (
            {
                "Retry-After": "Tue, 05 Mar 2080 08:10:00 GMT",
                "Date": "Tue, 05 Mar 2030 08:00:00 GMT",
            },
            900,
        ),
    ],
)
def test_the_gateway_says_how_long_to_wait(
    headers: dict[str, str],
    seconds: int,
    desk: Desk,
    gateway: ScriptedGateway,
    first_calls: FirstCalls,
) -> None:
    desk.off = dt.timedelta(hours=2)
    gateway.scripts["*"] = says(refusal(503, "unavailable", headers))
    first, second = first_calls(2)
    assert second - first >= seconds
    assert second - first <= seconds + 1


def test_a_fault_of_the_program_does_not_end_sync(
    desk: Desk, gateway: ScriptedGateway, runner: asyncio.Runner, caplog: pytest.LogCaptureFixture
) -> None:
    loop, stop = runner.get_loop(), threading.Event()
    entry = desk.note()
    gateway.scripts["*"] = breaks(RuntimeError("Karen-Margrethe"))
    loop.call_later(600, gateway.scripts.clear)
    loop.call_later(1200, stop.set)
    loop.call_later(1200, desk.syncer.wake)
    desk.syncer.run(stop)
    told = next(each for each in desk.statuses if each.condition is Condition.PAUSED)
    assert (told.text, told.code) == ("Sat på pause", "RuntimeError")
    assert told.reason.startswith("Der er en fejl i programmet. Alt er gemt")
    assert list(gateway.seqs) == [entry.id]
    assert desk.syncer.status.condition is Condition.SYNCHRONISED
    assert "Karen" not in caplog.text


@pytest.fixture
def first_calls(desk: Desk, gateway: ScriptedGateway, runner: asyncio.Runner) -> FirstCalls:
    """Run until that many calls were made; returns when."""

    def run(count: int) -> list[float]:
        stop, times = threading.Event(), list[float]()
        handle = gateway.handle_async_request

        async def counting(request: httpx.Request) -> httpx.Response:
            times.append(runner.get_loop().time())
            if len(times) == count:
                stop.set()
            return await handle(request)

        gateway.handle_async_request = counting  # type: ignore[method-assign]
        desk.syncer.run(stop)
        return times

    return run
