"""An hour of every failure: how many calls a workstation makes, and that none of them was in vain.

The bounds are promises: `AN_HOUR` calls in any hour, whatever is wrong (one in 12 seconds, where a
healthy hour of long polls takes 144), and `A_MINUTE` in any minute.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import itertools
import random
import threading
from pathlib import Path

import httpx
import msgspec
import pytest

from tests.sync.desk import Desk
from tests.sync.scripted import Answer, ScriptedGateway, json, refusal
from tests.sync.virtual import VirtualLoop, pass_time
from visitator.domain.entries import NoteAdded
from visitator.domain.wire import PushRequest
from visitator.sync import Condition
from visitator.sync.backoff import CAP, FLOOR, Backoff

AN_HOUR, A_MINUTE = 300, 30
HOUR = 3600
PUSH, PULL, BOOTSTRAP = "POST /v1/entries", "GET /v1/entries", "GET /v1/bootstrap"


class Trouble:
    """What a gateway in trouble answers to every call it is set up for."""

    def __init__(self, gateway: ScriptedGateway) -> None:
        self.gateway = gateway

    async def refuses(self, request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("")

    async def is_far_away(self, request: httpx.Request) -> httpx.Response:
        await pass_time(5)
        raise httpx.ConnectTimeout("")

    async def hangs(self, request: httpx.Request) -> httpx.Response:
        await pass_time(30)
        raise httpx.ReadTimeout("")

    async def does_it_and_breaks_off(self, request: httpx.Request) -> httpx.Response:
        await self.gateway.answer(request)
        raise httpx.ReadError("")

    async def is_cut_short(self, request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, headers={"Content-Type": "application/json"}, content=b'{"ep')

    async def is_a_portal(self, request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, headers={"Content-Type": "text/html"}, content=b"<h1>Hej")

    async def has_forgotten_the_login(self, request: httpx.Request) -> httpx.Response:
        return refusal(401, "unauthorized")

    async def forbids(self, request: httpx.Request) -> httpx.Response:
        return refusal(403, "forbidden")

    async def knows_no_such_call(self, request: httpx.Request) -> httpx.Response:
        return refusal(404, "not_found")

    async def does_not_understand(self, request: httpx.Request) -> httpx.Response:
        return refusal(400, "bad_request")

    async def always_has_another_history(self, request: httpx.Request) -> httpx.Response:
        return refusal(410, "epoch_changed")

    async def wants_less(self, request: httpx.Request) -> httpx.Response:
        return httpx.Response(413, content=b"<h1>Request Entity Too Large")

    async def wants_a_newer_program(self, request: httpx.Request) -> httpx.Response:
        return refusal(426, "client_too_old")

    async def is_asked_too_often(self, request: httpx.Request) -> httpx.Response:
        return refusal(429, "too_many_requests")

    async def is_broken(self, request: httpx.Request) -> httpx.Response:
        return refusal(500)

    async def is_away(self, request: httpx.Request) -> httpx.Response:
        return refusal(503, "unavailable", {"Retry-After": "60"})

    async def takes_one_at_a_time(self, request: httpx.Request) -> httpx.Response:
        push = msgspec.json.decode(request.content, type=PushRequest)
        return json(self.gateway.response(self.gateway.take(bytes(push.entries[0]))))

    async def says_nothing_of_them(self, request: httpx.Request) -> httpx.Response:
        return json(self.gateway.response())

    async def puts_off(self, request: httpx.Request) -> httpx.Response:
        push = msgspec.json.decode(request.content, type=PushRequest)
        ids = [msgspec.json.decode(raw)["id"] for raw in push.entries]
        return json(self.gateway.response(*[self.gateway.result(each, "retry") for each in ids]))

    async def does_not_wait(self, request: httpx.Request) -> httpx.Response:
        return json(self.gateway.page(int(request.url.params["after"])))

    async def always_has_more(self, request: httpx.Request) -> httpx.Response:
        return json(self.gateway.page(int(request.url.params["after"]), more=True))

    async def goes_back(self, request: httpx.Request) -> httpx.Response:
        return json(self.gateway.page(0, cursor=-1))

    async def is_another_every_time(self, request: httpx.Request) -> httpx.Response:
        self.gateway.epoch = f"{self.gateway.epoch}+"
        return await self.gateway.answer(request)


ALL = ["*"]
BOTH = [PULL, BOOTSTRAP]
TROUBLES: list[tuple[str, list[str]]] = [
    ("refuses", ALL),
    ("is_far_away", ALL),
    ("hangs", ALL),
    ("hangs", [PUSH]),
    ("does_it_and_breaks_off", ALL),
    ("does_it_and_breaks_off", [PUSH]),
    ("is_cut_short", ALL),
    ("is_cut_short", [PUSH]),
    ("is_a_portal", ALL),
    ("has_forgotten_the_login", ALL),
    ("forbids", [PUSH]),
    ("knows_no_such_call", ALL),
    ("knows_no_such_call", [BOOTSTRAP]),
    ("does_not_understand", [PUSH]),
    ("always_has_another_history", ALL),
    ("always_has_another_history", [PULL]),
    ("wants_less", [PUSH]),
    ("wants_a_newer_program", [PUSH]),
    ("is_asked_too_often", ALL),
    ("is_broken", ALL),
    ("is_broken", [PUSH]),
    ("is_broken", BOTH),
    ("is_away", ALL),
    ("takes_one_at_a_time", [PUSH]),
    ("says_nothing_of_them", [PUSH]),
    ("puts_off", [PUSH]),
    ("does_not_wait", [PULL]),
    ("always_has_more", BOTH),
    ("goes_back", [PULL]),
    ("is_another_every_time", BOTH),
]


def an_hour(desk: Desk, gateway: ScriptedGateway, loop: asyncio.AbstractEventLoop) -> list[float]:
    """Run for an hour in which the user writes a note every five minutes; when calls were made."""
    stop, times = threading.Event(), list[float]()
    handle = gateway.handle_async_request

    async def counting(request: httpx.Request) -> httpx.Response:
        times.append(loop.time())
        return await handle(request)

    def write() -> None:
        desk.note()
        desk.syncer.wake()

    def end() -> None:
        stop.set()
        desk.syncer.wake()

    gateway.handle_async_request = counting  # type: ignore[method-assign]
    for minute in range(0, 60, 5):
        loop.call_later(60 * minute, write)
    loop.call_later(HOUR, end)
    desk.syncer.run(stop)
    gateway.handle_async_request = handle  # type: ignore[method-assign]
    return times


def most_in_a_minute(times: list[float]) -> int:
    return max((sum(start <= each < start + 60 for each in times) for start in times), default=0)


@pytest.mark.parametrize(
    ("trouble", "calls"), TROUBLES, ids=[f"{name} {' '.join(calls)}" for name, calls in TROUBLES]
)
def test_an_hour_of_trouble_is_calm_and_loses_nothing(
    trouble: str,
    calls: list[str],
    desk: Desk,
    gateway: ScriptedGateway,
    runner: asyncio.Runner,
) -> None:
    desk.note()
    answer: Answer = getattr(Trouble(gateway), trouble)
    gateway.scripts.update(dict.fromkeys(calls, answer))
    times = an_hour(desk, gateway, runner.get_loop())
    assert 12 <= len(times) <= AN_HOUR
    assert most_in_a_minute(times) <= A_MINUTE
    _recovers(desk, gateway)


@pytest.mark.parametrize("lanes", [1, 40])
def test_an_hour_in_which_the_gateway_fails_at_some_entries_is_calm(
    lanes: int, desk: Desk, gateway: ScriptedGateway, runner: asyncio.Runner
) -> None:
    """Each in a pathway of its own; what is written meanwhile leaves at once."""
    bad = [desk.note(pathway_id=f"bad {n}").id for n in range(lanes)]

    async def fails(request: httpx.Request) -> httpx.Response:
        if any(each.encode() in request.content for each in bad):
            return refusal(500)
        return await gateway.answer(request)

    gateway.scripts[PUSH] = fails
    times = an_hour(desk, gateway, runner.get_loop())
    assert 12 <= len(times) <= AN_HOUR
    assert most_in_a_minute(times) <= A_MINUTE
    if lanes == 1:
        assert len(gateway.journal) == 12


def _recovers(desk: Desk, gateway: ScriptedGateway) -> None:
    """When the trouble is over, everything that was written arrives, once."""
    gateway.scripts.clear()
    desk.log_in("ann", "a new token")
    for _ in range(2):
        assert desk.syncer.step().condition is Condition.SYNCHRONISED
    assert desk.waiting() == {}
    assert len(gateway.journal) == len(gateway.seqs) == 13


def test_a_healthy_hour_is_one_call_in_25_seconds_and_two_for_each_note(
    desk: Desk, gateway: ScriptedGateway, runner: asyncio.Runner
) -> None:
    times = an_hour(desk, gateway, runner.get_loop())
    assert len(times) <= HOUR / 25 + 3 * 12 + 3
    assert len(gateway.journal) == 12


def test_what_is_written_leaves_at_once_and_after_its_undo_window(
    desk: Desk, gateway: ScriptedGateway, runner: asyncio.Runner
) -> None:
    """A long poll is under way, and does not stand in the way."""
    loop, stop = runner.get_loop(), threading.Event()
    arrived: list[float] = []

    async def noted(request: httpx.Request) -> httpx.Response:
        arrived.append(loop.time())
        return await gateway.answer(request)

    def write_with_undo() -> None:
        entry = desk.entry(NoteAdded(text="Kan fortrydes"))
        desk.store.append(entry, not_before=desk.clock() + dt.timedelta(seconds=10))
        desk.syncer.wake()

    def write() -> None:
        desk.note()
        desk.syncer.wake()

    def end() -> None:
        stop.set()
        desk.syncer.wake()

    gateway.scripts[PUSH] = noted
    loop.call_later(61, write)
    loop.call_later(121, write_with_undo)
    loop.call_later(200, end)
    desk.syncer.run(stop)
    assert arrived == pytest.approx([61, 131], abs=0.01)


@pytest.mark.parametrize("holds", [True, False])
def test_each_entry_leaves_when_its_own_undo_window_ends(
    holds: bool, desk: Desk, gateway: ScriptedGateway, runner: asyncio.Runner
) -> None:
    """Also when one that ended earlier has to wait for one of its pathway that ends later."""
    loop, stop = runner.get_loop(), threading.Event()
    arrived: dict[str, float] = {}

    async def noted(request: httpx.Request) -> httpx.Response:
        push = msgspec.json.decode(request.content, type=PushRequest)
        for raw in push.entries:
            arrived[msgspec.json.decode(raw)["body"]["text"]] = loop.time()
        return await gateway.answer(request)

    def write(text: str, pathway_id: str, seconds: int) -> None:
        entry = desk.entry(NoteAdded(text=text), pathway_id)
        desk.store.append(entry, not_before=desk.clock() + dt.timedelta(seconds=seconds))
        desk.syncer.wake()

    gateway.scripts[PUSH] = noted
    if not holds:
        gateway.scripts[PULL] = Trouble(gateway).does_not_wait
    loop.call_later(61, write, "first", "p1", 20)
    loop.call_later(62, write, "behind it", "p1", 5)
    loop.call_later(63, write, "beside it", "p2", 10)
    loop.call_later(64, write, "last", "p3", 18)
    loop.call_later(100, stop.set)
    loop.call_later(100, desk.syncer.wake)
    desk.syncer.run(stop)
    due = {"first": 81, "behind it": 81, "beside it": 73, "last": 82}
    assert arrived == pytest.approx(due, abs=0.01)


def test_trying_again_does_not_wait_when_somebody_asks_for_it(
    desk: Desk, gateway: ScriptedGateway, runner: asyncio.Runner
) -> None:
    loop, stop = runner.get_loop(), threading.Event()

    async def down(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("")

    def network_is_back() -> None:
        gateway.scripts.clear()
        gateway.requests.clear()
        desk.syncer.retry_now()

    def end() -> None:
        stop.set()
        desk.syncer.wake()

    gateway.scripts["*"] = down
    loop.call_later(1800, network_is_back)
    loop.call_later(1801, end)
    desk.syncer.run(stop)
    assert gateway.requests
    assert desk.syncer.status.condition is Condition.SYNCHRONISED


@pytest.mark.parametrize("seed", range(20))
def test_the_bound_does_not_depend_on_luck(seed: int) -> None:
    """Full jitter: the waits of an hour of failures, whatever the dice say."""
    backoff = Backoff(random.Random(seed))
    waits: list[float] = []
    while sum(waits) < HOUR:
        waits.append(backoff.failed())
    assert all(FLOOR <= wait <= CAP for wait in waits)
    assert 12 <= len(waits) <= 60
    backoff.succeeded()
    assert backoff.failed() == FLOOR


def test_workstations_do_not_come_back_all_at_once(tmp_path: Path) -> None:
    """After an outage, a hundred of them are spread by their jitter."""
    first = [Backoff(random.Random(seed)) for seed in range(100)]
    for _ in range(9):
        waits = [backoff.failed() for backoff in first]
    seconds = [int(wait) for wait in waits]
    assert max(len(list(same)) for _, same in itertools.groupby(sorted(seconds))) <= 10


def test_the_loop_of_these_tests_lets_an_hour_pass_at_once() -> None:
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(pass_time(HOUR))
        assert runner.get_loop().time() == pytest.approx(HOUR)
