"""Days and times of a scenario, counted from the day the demo opens."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec
import pytest

from visitator.demo.clock import DemoClock, opening
from visitator.demo.days import Days, Point
from visitator.domain.calendar import Calendar
from visitator.domain.deadlines import COPENHAGEN

MONDAY, FRIDAY = dt.date(2026, 11, 23), dt.date(2026, 11, 27)


@pytest.mark.parametrize(
    ("zero", "point", "date"),
    [
        (MONDAY, Point(day=-3), dt.date(2026, 11, 20)),
        (MONDAY, Point(weekday=0), MONDAY),
        (MONDAY, Point(weekday=-1), dt.date(2026, 11, 20)),
        (MONDAY, Point(weekday=-6), dt.date(2026, 11, 13)),
        (FRIDAY, Point(weekday=2), dt.date(2026, 12, 1)),
        (dt.date(2026, 12, 23), Point(weekday=2), dt.date(2026, 12, 28)),
        (MONDAY, Point(weekend=0), dt.date(2026, 11, 28)),
        (FRIDAY, Point(weekend=0), dt.date(2026, 11, 28)),
        (FRIDAY, Point(weekend=1), dt.date(2026, 11, 29)),
    ],
)
def test_a_day_is_counted_from_day_zero(zero: dt.date, point: Point, date: dt.date) -> None:
    assert Days(zero=zero).date(point) == date


def test_what_happens_has_a_time_or_comes_so_many_minutes_after() -> None:
    days, start = Days(zero=MONDAY), dt.datetime(2026, 11, 23, 9, 42, tzinfo=COPENHAGEN)
    at = days.moment(start, after=0, on=Point(weekday=-1, at=dt.time(14, 5)))
    assert at == dt.datetime(2026, 11, 20, 14, 5, tzinfo=COPENHAGEN)
    assert days.moment(start, after=3, on=None) == start + dt.timedelta(minutes=3)


def test_points_in_a_message_become_dates_wherever_they_stand() -> None:
    value: dict[str, Any] = {
        "text": "om to dage",
        "list": [{"weekday": 1, "at": dt.time(11, 0)}, {"day": 2}],
        "deep": {"moment": {"weekend": 1}},
        "no point": {"day": 1, "and": "more"},
    }
    assert Days(zero=MONDAY).dated(value) == {
        "text": "om to dage",
        "list": [
            {"date": dt.date(2026, 11, 24), "time": dt.time(11, 0)},
            {"date": dt.date(2026, 11, 25)},
        ],
        "deep": {"moment": {"date": dt.date(2026, 11, 29)}},
        "no point": {"day": 1, "and": "more"},
    }


@pytest.mark.parametrize("wrong", [{"day": 1, "weekday": 1}, {"at": "11:00:00"}, {"weekend": 2}])
def test_a_point_is_one_day(wrong: dict[str, Any]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(wrong, Point)


@pytest.mark.parametrize(
    ("today", "opens"),
    [(MONDAY, 23), (FRIDAY, 27), (dt.date(2026, 11, 28), 30), (dt.date(2026, 11, 29), 30)],
)
def test_the_demo_opens_on_a_weekday_at_the_same_time(today: dt.date, opens: int) -> None:
    at = opening(today, Calendar())
    assert at == dt.datetime(2026, 11, opens, 9, 42, tzinfo=COPENHAGEN)


def test_a_clock_stands_where_it_is_put_and_runs_from_there() -> None:
    at = dt.datetime(2026, 11, 23, 9, 42, tzinfo=COPENHAGEN)
    clock = DemoClock(at)
    assert clock() == at == clock()
    clock.run(0)
    assert clock() == at
    clock.run(1e9)
    assert clock() > at
    clock.put(at)
    assert clock() == at
