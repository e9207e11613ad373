"""A workstation on a scripted gateway, in a time of its own."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sync.desk import START, Desk
from tests.sync.scripted import ScriptedGateway
from tests.sync.virtual import VirtualLoop


@pytest.fixture
def runner() -> Iterator[asyncio.Runner]:
    """A loop whose time jumps."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        yield runner


@pytest.fixture
def gateway(runner: asyncio.Runner) -> ScriptedGateway:
    loop = runner.get_loop()
    return ScriptedGateway(lambda: START + dt.timedelta(seconds=loop.time()))


@pytest.fixture
def desk(tmp_path: Path, gateway: ScriptedGateway, runner: asyncio.Runner) -> Iterator[Desk]:
    desk = Desk(tmp_path / "PC-1", gateway.clock, gateway, runner=runner)
    yield desk
    desk.close()
