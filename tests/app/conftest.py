"""One desk in a town, with a plan that has come."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.app.town import Seat, Town, town_in


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with town_in(tmp_path) as town:
        yield town


@pytest.fixture
def seat(town: Town) -> Seat:
    return town.seat()


@pytest.fixture
def pathway(town: Town, seat: Seat) -> str:
    """A plan that has come and can be answered."""
    found = town.sends()
    seat.has(found)
    return found
