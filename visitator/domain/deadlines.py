"""Deadline arithmetic of the agreements: requirements §11 is normative.

A rule is data from an agreement profile and computes one `Due`. Rules that start a clock take the
aware instant something was received; rules about a date take a Danish civil date. Results are UTC
instants; wall-clock times of a rule are Europe/Copenhagen.

Every rule raises ValueError for a naive datetime where it takes an instant, TypeError for a
datetime where it takes a date, and CalendarRangeError (a ValueError) outside the years 1771-2100.
"""

import datetime as dt
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

import msgspec

from visitator.domain.calendar import Calendar, check_year

COPENHAGEN = ZoneInfo("Europe/Copenhagen")

END_OF_DAY = dt.time(23, 59)
"""The clock time shown and sorted by when a deadline is a whole day."""

LocalTime = Annotated[dt.time, msgspec.Meta(tz=False)]
"""A wall-clock time in Copenhagen."""


def to_copenhagen(instant: dt.datetime) -> dt.datetime:
    """The same instant as Danish local time.

    Raises:
        ValueError: `instant` is naive; a time without a zone is not an instant.
        CalendarRangeError: the year is outside 1771-2100.
    """
    if instant.utcoffset() is None:
        raise ValueError("an instant needs a time zone; got a naive datetime")
    check_year(instant.year)
    return instant.astimezone(COPENHAGEN)


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """A deadline (frist): the last moment that is still in time.

    Raises:
        CalendarRangeError: it lies outside the years 1771-2100, and could not be shown.
    """

    at: dt.datetime
    """UTC instant. For a whole day: 23:59 of that day in Copenhagen."""
    whole_day: bool = False
    """The rule names a day and no time of day."""

    def __post_init__(self) -> None:
        to_copenhagen(self.at)

    @property
    def local(self) -> dt.datetime:
        """The deadline as Danish local time."""
        return to_copenhagen(self.at)

    def is_passed(self, now: dt.datetime) -> bool:
        """Whether the aware instant `now` is too late; on the minute, or on the day, is in time.

        Raises:
            ValueError: `now` is naive.
        """
        local_now = to_copenhagen(now)
        if self.whole_day:
            return local_now.date() > self.local.date()
        return local_now.astimezone(dt.UTC) > self.at


def _at(day: dt.date, time: dt.time) -> Due:
    return Due(at=dt.datetime.combine(day, time, COPENHAGEN).astimezone(dt.UTC))


def _day_or_time(day: dt.date, time: dt.time | None) -> Due:
    if time is not None:
        return _at(day, time)
    return whole_day(day)


def whole_day(day: dt.date) -> Due:
    """A deadline that is a day: in time until it ends in Denmark.

    Raises:
        CalendarRangeError: the year is outside 1771-2100.
    """
    return Due(at=_at(day, END_OF_DAY).at, whole_day=True)


def _civil(day: dt.date) -> dt.date:
    # A datetime is a date to Python, and would carry its own zone's date into the rule.
    if isinstance(day, dt.datetime):
        raise TypeError("this rule starts from a date; use to_copenhagen(instant).date()")
    check_year(day.year)
    return day


class _Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="type"):
    """What all rules share: refused unknown keys, and the key `type` that names the rule."""


class NextWeekdayAt(_Rule, frozen=True, kw_only=True, tag="next_weekday_at"):
    """Senest næstkommende hverdag kl. … (rules D and E)."""

    time: LocalTime

    def due(self, received: dt.datetime, calendar: Calendar) -> Due:
        """The first weekday strictly after the local date of the aware instant `received`.

        Never the same day, even for a message received 00:05.
        """
        return _at(calendar.next_weekday_after(to_copenhagen(received).date()), self.time)


class NextWeekday(_Rule, frozen=True, kw_only=True, tag="next_weekday"):
    """Senest efterfølgende hverdag, without a time of day (rule N)."""

    closing_time: LocalTime | None = None
    """Lukketid, when the municipality has set one; without it the whole day is in time."""

    def due(self, received: dt.datetime, calendar: Calendar) -> Due:
        """The first weekday strictly after the local date of the aware instant `received`."""
        weekday = calendar.next_weekday_after(to_copenhagen(received).date())
        return _day_or_time(weekday, self.closing_time)


class NightShift(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Nattevagt (rule B): a clock started at night ends at a fixed time the next morning.

    Raises:
        ValueError: the window is empty, or the deadline lies before its end (Danish text).
    """

    start: LocalTime = msgspec.field(name="from")
    """Local time; belongs to the night shift."""
    end: LocalTime = msgspec.field(name="to")
    """Local time; the first that no longer belongs to it."""
    due: LocalTime
    """Local time on the morning the night shift ends."""
    mode: Literal["replace", "max"] = "replace"
    """`replace`: the morning time counts, whatever the hours say. `max`: the later of the two."""
    note: str = ""
    """Danish remark for the reader, e.g. that the agreement does not define the window."""

    def __post_init__(self) -> None:
        if self.start == self.end:
            raise ValueError("from: nattevagten begynder og slutter på samme tid")
        if self.due < self.end:
            raise ValueError("due: fristen ligger før nattevagten slutter")

    def ends_on(self, local: dt.datetime) -> dt.date | None:
        """The local date on which the night shift around `local` ends; None outside it."""
        time = local.time()
        if self.start < self.end:
            return local.date() if self.start <= time < self.end else None
        if time >= self.start:
            return local.date() + dt.timedelta(days=1)
        return local.date() if time < self.end else None


class HoursAfter(_Rule, frozen=True, kw_only=True, tag="hours_after"):
    """Senest … timer efter (rules A and B; 72 or 96 hours after discharge)."""

    hours: Annotated[int, msgspec.Meta(ge=1, le=8760)]
    night: NightShift | None = None

    def due(self, start: dt.datetime, calendar: Calendar) -> Due:
        """`hours` of elapsed time after the aware instant `start`, through nights and weekends.

        Elapsed time is counted in UTC, so a change of clocks moves the local time. A start in the
        night shift follows the night rule. `calendar` plays no part.
        """
        local = to_copenhagen(start)
        elapsed = Due(at=start.astimezone(dt.UTC) + dt.timedelta(hours=self.hours))
        morning = self.night.ends_on(local) if self.night else None
        if self.night is None or morning is None:
            return elapsed
        by_morning = _at(morning, self.night.due)
        if self.night.mode == "max":
            return max(elapsed, by_morning, key=lambda due: due.at)
        return by_morning


class DayBeforeAt(_Rule, frozen=True, kw_only=True, tag="day_before_at"):
    """Senest kl. … dagen før (rule C)."""

    time: LocalTime | None = None
    """Without a time of day the whole day is in time."""
    basis: Literal["calendar", "weekday"] = "calendar"
    """Whether "dagen før" is the day before, or the last weekday before."""

    def due(self, day: dt.date, calendar: Calendar) -> Due:
        """The day before the civil date `day`, on this rule's basis."""
        if self.basis == "weekday":
            return _day_or_time(calendar.last_weekday_before(_civil(day)), self.time)
        return _day_or_time(_civil(day) - dt.timedelta(days=1), self.time)


class LastWeekdayBeforeAt(_Rule, frozen=True, kw_only=True, tag="last_weekday_before_at"):
    """Inden kl. … på sidste hverdag før (rule J)."""

    time: LocalTime

    def due(self, day: dt.date, calendar: Calendar) -> Due:
        """The last weekday strictly before the civil date `day`."""
        return _at(calendar.last_weekday_before(_civil(day)), self.time)


class BeforeAt(_Rule, frozen=True, kw_only=True, tag="before_at"):
    """Inden kl. … samme dag (rule I)."""

    time: LocalTime

    def due(self, day: dt.date, calendar: Calendar) -> Due:
        """This rule's time on the civil date `day` itself. `calendar` plays no part."""
        return _at(_civil(day), self.time)


class CalendarDaysAfter(_Rule, frozen=True, kw_only=True, tag="calendar_days_after"):
    """Inden … kalenderdage fra (rules L and M)."""

    days: Annotated[int, msgspec.Meta(ge=1, le=366)]
    anchor: Literal["discharge", "plan_date"]
    """Day 0: the discharge (udskrivelsesdato), or the date the plan was drawn up."""

    def due(self, day: dt.date, calendar: Calendar) -> Due:
        """The whole day `days` after the civil date `day`; holidays do not extend it."""
        return _day_or_time(_civil(day) + dt.timedelta(days=self.days), None)


InstantRule = NextWeekdayAt | NextWeekday | HoursAfter
"""A rule whose clock starts at an instant: ``rule.due(instant, calendar)``."""

DateRule = DayBeforeAt | LastWeekdayBeforeAt | BeforeAt | CalendarDaysAfter
"""A rule around a date: ``rule.due(day, calendar)``."""


def effective_deadline(due: Due, planned_discharge: dt.datetime, hours_before: int) -> Due:
    """Effektiv frist: the agreement's deadline, or N hours before the planned discharge if earlier.

    Shown beside the agreement's deadline, which it never alters (requirements §11).

    Args:
        due: the agreement's deadline.
        planned_discharge: aware instant.
        hours_before: N, elapsed hours, 0 or more; the municipality's own choice.

    Raises:
        ValueError: `planned_discharge` is naive, or `hours_before` is negative.
        CalendarRangeError: the year is outside 1771-2100.
    """
    if hours_before < 0:
        raise ValueError("hours_before must be 0 or more")
    discharge = to_copenhagen(planned_discharge).astimezone(dt.UTC)
    limit = Due(at=discharge - dt.timedelta(hours=hours_before))
    return min(due, limit, key=lambda each: each.at)


def rehabilitation_anchor(anchor: dt.date, stated_start: dt.date | None) -> dt.date:
    """The date the 7 days count from: the later start of the GOP itself, when it states one.

    Sundhedsloven § 140, agreements §4.1: a start put later for health reasons moves the anchor.
    """
    return max(anchor, stated_start) if stated_start else anchor
