"""The time of a demo: it stands where it is put, or runs on from there."""

import datetime as dt
import time

from visitator.domain.calendar import Calendar
from visitator.domain.deadlines import COPENHAGEN

OPENS_AT = dt.time(9, 42)
"""When the day of the demo has come so far that there is something in every group."""


def opening(today: dt.date, calendar: Calendar) -> dt.datetime:
    """When a demo opens: `OPENS_AT`, Danish time, on the first weekday from `today` on."""
    day = today if calendar.is_weekday(today) else calendar.next_weekday_after(today)
    return dt.datetime.combine(day, OPENS_AT, COPENHAGEN)


class DemoClock:
    """A clock that begins by standing still; any thread may read it.

    Args:
        now: aware instant.
    """

    def __init__(self, now: dt.datetime) -> None:
        self._base = (now.astimezone(dt.UTC), 0.0, 0.0)

    def __call__(self) -> dt.datetime:
        """What time it is: an aware instant."""
        at, started, speed = self._base
        return at + dt.timedelta(seconds=(time.monotonic() - started) * speed)

    def put(self, now: dt.datetime) -> None:
        """Let it stand at an aware instant."""
        self._base = (now.astimezone(dt.UTC), 0.0, 0.0)

    def run(self, speed: float) -> None:
        """Let it run from where it is, `speed` times as fast as other clocks."""
        self._base = (self(), time.monotonic(), speed)
