"""Days and times of a scenario: counted from the day the demo opens, so that it never grows old."""

import datetime as dt
from typing import Annotated, Any

import msgspec

from visitator.domain.calendar import Calendar
from visitator.domain.deadlines import COPENHAGEN

_SATURDAY = 5


class Point(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A day in exactly one of three ways, and a time of day where there is one."""

    day: int | None = None
    """Calendar days from day zero; negative before it."""
    weekday: int | None = None
    """Weekdays (hverdage) from day zero; -1 is the last one before it."""
    weekend: Annotated[int, msgspec.Meta(ge=0, le=1)] | None = None
    """The first Saturday (0) or Sunday (1) after day zero."""
    at: dt.time | None = None

    def __post_init__(self) -> None:
        if [self.day, self.weekday, self.weekend].count(None) != 2:
            raise ValueError("a point in time is one of day, weekday and weekend")


class Days(msgspec.Struct, frozen=True, kw_only=True):
    """What the days of a scenario are: day zero, and which days are weekdays."""

    zero: dt.date
    calendar: Calendar = Calendar()

    def date(self, point: Point) -> dt.date:
        """The date of a point."""
        if point.day is not None:
            return self.zero + dt.timedelta(days=point.day)
        if point.weekend is not None:
            ahead = (_SATURDAY - self.zero.weekday()) % 7 or 7
            return self.zero + dt.timedelta(days=ahead + point.weekend)
        date, steps = self.zero, point.weekday or 0
        for _ in range(abs(steps)):
            step = (
                self.calendar.next_weekday_after if steps > 0 else self.calendar.last_weekday_before
            )
            date = step(date)
        return date

    def instant(self, point: Point) -> dt.datetime:
        """The instant of a point, in Danish time; its day begins where no time is given."""
        return dt.datetime.combine(self.date(point), point.at or dt.time(), COPENHAGEN)

    def moment(self, start: dt.datetime, *, after: int, on: Point | None) -> dt.datetime:
        """When something happens: at `on`, else so many minutes after `start`."""
        return self.instant(on) if on is not None else start + dt.timedelta(minutes=after)

    def dated(self, value: Any) -> Any:  # noqa: ANN401 - any TOML value
        """A TOML value with its points made dates and times, as the messages have them."""
        if isinstance(value, list):
            return [self.dated(item) for item in value]
        if not isinstance(value, dict):
            return value
        if value.keys() & {"day", "weekday", "weekend"} and value.keys() <= set(
            Point.__struct_fields__
        ):
            date = self.date(msgspec.convert(value, Point))
            return {"date": date, "time": value["at"]} if "at" in value else {"date": date}
        return {key: self.dated(item) for key, item in value.items()}
