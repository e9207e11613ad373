"""Which days count as a weekday (hverdag): requirements §11, agreements §4.5."""

import datetime as dt
import functools
from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated

import msgspec

FIRST_YEAR, LAST_YEAR = 1771, 2100
"""The years the `holidays` library knows for Denmark."""

_SATURDAY = 5
_LEAP_YEAR = 2000
_ONE_DAY = dt.timedelta(days=1)


class CalendarRangeError(ValueError):
    """A date outside the years whose holidays are known; the text is Danish."""


class ClosingDay(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A local closing day (lukkedag): no holiday by law, but the municipality may be closed.

    It returns every year, or is one single date when `year` is given. Only a day that is marked
    `closed` counts; the others are there to be chosen.

    Raises:
        ValueError: there is no such date (Danish text).
    """

    name: Annotated[str, msgspec.Meta(min_length=1)]
    month: Annotated[int, msgspec.Meta(ge=1, le=12)]
    day: Annotated[int, msgspec.Meta(ge=1, le=31)]
    year: Annotated[int, msgspec.Meta(ge=FIRST_YEAR, le=LAST_YEAR)] | None = None
    closed: bool = True

    def __post_init__(self) -> None:
        try:
            dt.date(self.year or _LEAP_YEAR, self.month, self.day)
        except ValueError:
            raise ValueError(f"day: datoen {self.day}/{self.month} findes ikke") from None

    def falls_on(self, day: dt.date) -> bool:
        """Whether the municipality is closed on `day` because of this closing day."""
        same_day = (self.month, self.day) == (day.month, day.day)
        return self.closed and same_day and self.year in (None, day.year)


class Calendar(msgspec.Struct, frozen=True, kw_only=True):
    """The weekdays of one municipality: Monday to Friday without holidays and closing days.

    Holidays by law (helligdage) come from the `holidays` library: Store bededag until 2023, and
    neither 1 May, 5 June, 24 nor 31 December. All dates are Danish civil dates.

    Every method raises CalendarRangeError for, or on reaching, a year outside 1771-2100.
    """

    closing_days: tuple[ClosingDay, ...] = ()

    def is_weekday(self, day: dt.date) -> bool:
        """Whether `day` is a weekday (hverdag)."""
        return self.holiday_name(day) is None and day.weekday() < _SATURDAY

    def next_weekday_after(self, day: dt.date) -> dt.date:
        """The first weekday strictly after `day` (næstkommende hverdag)."""
        check_year(day.year)
        following = day + _ONE_DAY
        while not self.is_weekday(following):
            following += _ONE_DAY
        return following

    def last_weekday_before(self, day: dt.date) -> dt.date:
        """The last weekday strictly before `day` (sidste hverdag før)."""
        check_year(day.year)
        earlier = day - _ONE_DAY
        while not self.is_weekday(earlier):
            earlier -= _ONE_DAY
        return earlier

    def holiday_name(self, day: dt.date) -> str | None:
        """The Danish name of the holiday or closing day on `day`; None on any other day."""
        by_law = statutory_holiday(day)
        local = (closing.name for closing in self.closing_days if closing.falls_on(day))
        return by_law or next(local, None)


def statutory_holiday(day: dt.date) -> str | None:
    """The Danish name of the holiday by law (helligdag) on `day`; None on any other day.

    Raises:
        CalendarRangeError: the year is outside 1771-2100.
    """
    return _statutory_holidays(day.year).get(day)


def is_weekend_or_holiday(day: dt.date) -> bool:
    """Whether a discharge on `day` needs its own agreement (rule H, requirements §0).

    Saturday, Sunday or a holiday by law; local closing days are not meant by the rule.

    Raises:
        CalendarRangeError: the year is outside 1771-2100.
    """
    return statutory_holiday(day) is not None or day.weekday() >= _SATURDAY


def check_year(year: int) -> None:
    """Refuse a year whose holidays are not known, e.g. of the dates 0001-01-01 and 9999-12-31.

    Raises:
        CalendarRangeError: the year is outside 1771-2100.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise CalendarRangeError(
            f"Kalenderen kender kun årene {FIRST_YEAR} til {LAST_YEAR}, ikke {year}."
        )


@functools.cache
def _statutory_holidays(year: int) -> Mapping[dt.date, str]:
    check_year(year)
    from holidays.countries.denmark import Denmark  # slow to import: 0.2 s

    danish = Denmark(years=year, language="da")  # type: ignore[no-untyped-call]
    return MappingProxyType(dict(danish))
