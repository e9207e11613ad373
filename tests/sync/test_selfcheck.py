"""Now and then a workstation looks whether it holds what the gateway has (I13)."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable
from typing import TypeAlias

import httpx
import pytest
from sqlalchemy import Connection, LargeBinary, cast, delete, func, select, update

from tests.sync.desk import Desk
from tests.sync.scripted import ScriptedGateway, json, refusal
from tests.sync.virtual import pass_time
from visitator.domain.entries import NoteAdded, decode_entry, encode_entry
from visitator.domain.wire import Digest
from visitator.store.tables import SETS
from visitator.sync import Condition

DIGEST, BOOTSTRAP, PUSH = "GET /v1/digest", "GET /v1/bootstrap", "POST /v1/entries"
HOUR = 3600
Hours: TypeAlias = Callable[[float], None]
Tamper: TypeAlias = Callable[[Connection], object]


def asked(gateway: ScriptedGateway, call: str) -> int:
    return sum(f"{each.method} {each.url.path}" == call for each in gateway.requests)


def shown(desk: Desk) -> list[bytes]:
    """The entries as the workstation holds them."""
    tables = [each.journal for each in SETS.values()]
    with desk.store._database.read() as connection:
        held = [
            connection.scalars(select(table.c.data).order_by(table.c.seq)).all() for table in tables
        ]
    return [data for journal in held for data in journal]


@pytest.fixture
def hours(desk: Desk, runner: asyncio.Runner) -> Hours:
    """Let the syncer run."""

    def run(count: float) -> None:
        stop = threading.Event()

        def end() -> None:
            stop.set()
            desk.syncer.wake()

        runner.get_loop().call_later(count * HOUR, end)
        desk.syncer.run(stop)

    return run


def test_what_is_the_same_is_looked_at_once_an_hour_and_not_read_again(
    desk: Desk, gateway: ScriptedGateway, hours: Hours
) -> None:
    desk.syncer.step()
    for n in range(3):
        desk.note(str(n))
    hours(1)
    assert asked(gateway, DIGEST) == 1
    hours(4)
    assert asked(gateway, DIGEST) == 5
    assert asked(gateway, BOOTSTRAP) == 1
    assert shown(desk) == gateway.journal


def _edited(connection: Connection) -> None:
    for table in (each.journal for each in SETS.values()):
        other = cast(func.replace(table.c.data, b"Karen", b"Doris"), LargeBinary)
        connection.execute(update(table).where(table.c.seq == 2).values(data=other))


def _lost(connection: Connection) -> None:
    for table in (each.journal for each in SETS.values()):
        connection.execute(delete(table).where(table.c.seq == 2))


def _all_lost(connection: Connection) -> None:
    for table in (each.journal for each in SETS.values()):
        connection.execute(delete(table))


@pytest.mark.parametrize("tamper", [_edited, _lost, _all_lost])
def test_a_row_that_was_tampered_with_is_healed_at_the_next_check(
    tamper: Tamper,
    desk: Desk,
    gateway: ScriptedGateway,
    hours: Hours,
    caplog: pytest.LogCaptureFixture,
) -> None:
    desk.syncer.step()
    for n in range(3):
        desk.note(f"Karen {n}")
    desk.syncer.step()
    desk.store._database.write(tamper, durable=True)
    assert shown(desk) != gateway.journal
    hours(3)
    assert shown(desk) == gateway.journal
    pathway = desk.store.pathway("p1", "ann")
    assert pathway is not None
    assert len(pathway.timeline) == 3
    assert asked(gateway, BOOTSTRAP) == 2
    assert {each.condition for each in desk.statuses} <= {
        Condition.SYNCHRONISED,
        Condition.WORKING,
    }
    (line,) = [each for each in caplog.records if each.levelno >= logging.WARNING]
    assert "is read again" in line.getMessage()
    assert "Karen" not in caplog.text


def test_what_was_written_meanwhile_and_what_waits_outlives_the_reading(
    desk: Desk, gateway: ScriptedGateway, hours: Hours
) -> None:
    desk.syncer.step()
    desk.note("1")
    desk.syncer.step()
    desk.store._database.write(_all_lost, durable=True)

    async def meanwhile(request: httpx.Request) -> httpx.Response:
        page = await gateway.answer(request)
        gateway.take(encode_entry(desk.entry(NoteAdded(text="2"))))
        desk.note("3")
        return page

    gateway.scripts[BOOTSTRAP] = meanwhile
    hours(1)
    assert asked(gateway, BOOTSTRAP) == 2
    assert [decode_entry(data).seq for data in shown(desk)] == [1, 2, 3]
    assert shown(desk) == gateway.journal
    assert desk.waiting() == {}


def test_a_difference_that_stays_costs_one_reading_an_hour(
    desk: Desk, gateway: ScriptedGateway, hours: Hours
) -> None:
    async def differs(request: httpx.Request) -> httpx.Response:
        return json(Digest(epoch=gateway.epoch, count=7, checksum="00"))

    gateway.scripts[DIGEST] = differs
    desk.syncer.step()
    desk.note()
    hours(3)
    assert asked(gateway, DIGEST) == 3
    assert asked(gateway, BOOTSTRAP) == 4
    assert len(gateway.requests) <= 3 * 170


async def _hangs(request: httpx.Request) -> httpx.Response:
    await pass_time(30)
    raise httpx.ReadTimeout("")


async def _is_older(request: httpx.Request) -> httpx.Response:
    return refusal(404, "not_found")


async def _is_broken(request: httpx.Request) -> httpx.Response:
    return refusal(500)


async def _was_restored(request: httpx.Request) -> httpx.Response:
    return json(Digest(epoch="another", count=7, checksum="00"))


@pytest.mark.parametrize("trouble", [_hangs, _is_older, _is_broken, _was_restored])
def test_a_check_that_tells_nothing_changes_nothing(
    trouble: Callable[[httpx.Request], object],
    desk: Desk,
    gateway: ScriptedGateway,
    hours: Hours,
) -> None:
    gateway.scripts[DIGEST] = trouble  # type: ignore[assignment]
    desk.syncer.step()
    desk.note()
    hours(3)
    assert asked(gateway, DIGEST) == 3
    assert asked(gateway, BOOTSTRAP) == 1
    assert desk.syncer.status.condition is Condition.SYNCHRONISED


def test_nothing_is_checked_while_something_waits_to_be_sent(
    desk: Desk, gateway: ScriptedGateway, hours: Hours
) -> None:
    async def broken(request: httpx.Request) -> httpx.Response:
        return refusal(500)

    gateway.scripts[PUSH] = broken
    desk.syncer.step()
    desk.note()
    hours(3)
    assert asked(gateway, DIGEST) == 0
    gateway.scripts.clear()
    hours(1)
    assert asked(gateway, DIGEST) == 1


def test_what_is_written_does_not_wait_for_a_check(
    desk: Desk, gateway: ScriptedGateway, hours: Hours, runner: asyncio.Runner
) -> None:
    loop = runner.get_loop()
    times: list[float] = []

    def write() -> None:
        desk.note()
        desk.syncer.wake()

    async def slow(request: httpx.Request) -> httpx.Response:
        loop.call_later(1, write)
        times.append(loop.time())
        await pass_time(20)
        return await gateway.answer(request)

    async def noted(request: httpx.Request) -> httpx.Response:
        times.append(loop.time())
        return await gateway.answer(request)

    desk.syncer.step()
    gateway.scripts |= {DIGEST: slow, PUSH: noted}
    hours(1)
    assert times[1] - times[0] == pytest.approx(1, abs=0.01)
