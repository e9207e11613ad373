"""How the screen says times, days and numbers."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui import words
from visitator.app.views import Point

ZONE = ZoneInfo("Europe/Copenhagen")
NOW = dt.datetime(2026, 11, 23, 9, 42, tzinfo=ZONE)
"""A Monday."""


def at(day: int, hour: int, minute: int = 0, *, second: int = 0, month: int = 11) -> dt.datetime:
    return dt.datetime(2026, month, day, hour, minute, second, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (at(23, 11), "1 t 18 min"),
        (at(23, 10), "18 min"),
        (at(23, 9, 42, second=30), "1 min"),
        (at(23, 10, 42), "1 t"),
        (at(23, 9), "42 min over"),
        (at(22, 9, 42), "1 d over"),
        (at(20, 11), "2 d 22 t over"),
        (at(24, 11), "ti 11.00"),
        (at(27, 11), "fre 11.00"),
        (at(30, 11), "ma 30/11"),
    ],
)
def test_countdown(moment: dt.datetime, text: str) -> None:
    assert words.countdown(moment, NOW) == text


@given(st.integers(min_value=-100_000, max_value=100_000))
def test_a_countdown_says_over_exactly_when_it_is(seconds: int) -> None:
    moment = NOW + dt.timedelta(seconds=seconds)
    assert words.countdown(moment, NOW).endswith("over") is (seconds < 0)


def test_over_a_change_of_clocks_the_time_left_is_the_time_that_passes() -> None:
    night = dt.datetime(2026, 10, 25, 1, 30, tzinfo=ZONE)
    assert words.countdown(dt.datetime(2026, 10, 25, 11, tzinfo=ZONE), night) == "10 t 30 min"


@pytest.mark.parametrize(
    ("instant", "text"),
    [
        (at(23, 8, 31), "i dag 08.31"),
        (at(20, 14, 5), "fre 14.05"),
        (at(17, 7, 40), "ti 07.40"),
        (at(16, 7, 40), "ma 16/11 07.40"),
        (dt.datetime(2025, 12, 24, 7, 5, tzinfo=ZONE), "on 24/12 2025 07.05"),
    ],
)
def test_when_something_happened(instant: dt.datetime, text: str) -> None:
    assert words.at(instant, NOW) == text


@pytest.mark.parametrize(
    ("instant", "text"),
    [(at(23, 9, 42), "kl. 09.42"), (at(20, 14, 5), "fre kl. 14.05")],
)
def test_when_something_happened_in_a_sentence(instant: dt.datetime, text: str) -> None:
    assert words.at_clock(instant, NOW) == text


@pytest.mark.parametrize(
    ("date", "text"),
    [
        (dt.date(2026, 11, 23), "i dag kl. 11.00"),
        (dt.date(2026, 11, 24), "tirsdag kl. 11.00"),
        (dt.date(2026, 11, 29), "søndag kl. 11.00"),
        (dt.date(2026, 11, 30), "mandag 30/11 kl. 11.00"),
    ],
)
def test_when_something_is_due(date: dt.date, text: str) -> None:
    assert words.due(date, dt.time(11), NOW.date()) == text


def test_a_planned_moment_shows_its_time_of_day_only_when_it_is_known() -> None:
    day = dt.date(2026, 11, 24)
    assert words.point(Point(date=day, time=dt.time(11)), NOW) == "ti 24/11 kl. 11.00"
    assert words.point(Point(date=day), NOW) == "ti 24/11"
    assert words.point(Point(date=NOW.date(), time=dt.time(14)), NOW) == "i dag kl. 14.00"


@pytest.mark.parametrize(
    ("name", "short"),
    [("Anne Holm", "Anne H."), ("Anne Marie Holm", "Anne H."), ("Anne", "Anne"), ("", "")],
)
def test_short_name(name: str, short: str) -> None:
    assert words.short_name(name) == short


def test_large_numbers_are_grouped() -> None:
    assert (words.number(14), words.number(100_000)) == ("14", "100.000")
