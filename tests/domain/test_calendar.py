"""Weekdays, holidays and closing days."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitator.domain.calendar import (
    Calendar,
    CalendarRangeError,
    ClosingDay,
    is_weekend_or_holiday,
    statutory_holiday,
)

BY_LAW = Calendar()
CONSTITUTION_DAY = ClosingDay(name="Grundlovsdag", day=5, month=6)
DAYS = st.dates(dt.date(1950, 1, 1), dt.date(2099, 1, 1))
CALENDARS = st.sampled_from([BY_LAW, Calendar(closing_days=(CONSTITUTION_DAY,))])


def day(text: str) -> dt.date:
    return dt.datetime.strptime(text, "%d-%m-%Y").replace(tzinfo=dt.UTC).date()


@pytest.mark.parametrize(
    ("date", "name"),
    [
        ("01-01-2026", "Nytårsdag"),
        ("02-04-2026", "Skærtorsdag"),
        ("03-04-2026", "Langfredag"),
        ("05-04-2026", "Påskedag"),
        ("06-04-2026", "Anden påskedag"),
        ("14-05-2026", "Kristi himmelfartsdag"),
        ("24-05-2026", "Pinsedag"),
        ("25-05-2026", "Anden pinsedag"),
        ("25-12-2026", "Juledag"),
        ("26-12-2026", "Anden juledag"),
        ("25-03-2027", "Skærtorsdag"),
        ("17-05-2027", "Anden pinsedag"),
    ],
)
def test_holidays_by_law_have_their_danish_name(date: str, name: str) -> None:
    assert statutory_holiday(day(date)) == name
    assert BY_LAW.holiday_name(day(date)) == name
    assert not BY_LAW.is_weekday(day(date))


@pytest.mark.parametrize("date", ["01-05-2026", "05-06-2026", "24-12-2026", "31-12-2026"])
def test_days_that_are_no_holidays_by_law_are_weekdays(date: str) -> None:
    assert statutory_holiday(day(date)) is None
    assert BY_LAW.is_weekday(day(date))


def test_store_bededag_was_a_holiday_until_2023() -> None:
    assert statutory_holiday(day("05-05-2023")) == "Store bededag"
    assert not BY_LAW.is_weekday(day("05-05-2023"))
    assert BY_LAW.is_weekday(day("26-04-2024"))


@pytest.mark.parametrize("date", ["07-02-2026", "08-02-2026"])
def test_weekend_is_no_weekday_and_has_no_holiday_name(date: str) -> None:
    assert not BY_LAW.is_weekday(day(date))
    assert BY_LAW.holiday_name(day(date)) is None


def test_a_closing_day_returns_every_year() -> None:
    calendar = Calendar(closing_days=(CONSTITUTION_DAY,))
    assert not calendar.is_weekday(day("05-06-2026"))
    assert not calendar.is_weekday(day("05-06-2028"))
    assert calendar.holiday_name(day("05-06-2026")) == "Grundlovsdag"
    assert calendar.is_weekday(day("05-05-2026"))


def test_a_closing_day_with_a_year_is_one_single_date() -> None:
    bridge = ClosingDay(name="Lukket efter Kristi himmelfart", day=15, month=5, year=2026)
    calendar = Calendar(closing_days=(bridge,))
    assert not calendar.is_weekday(day("15-05-2026"))
    assert calendar.is_weekday(day("15-05-2028"))


def test_a_closing_day_that_is_not_chosen_does_not_count() -> None:
    offered = ClosingDay(name="Grundlovsdag", day=5, month=6, closed=False)
    assert Calendar(closing_days=(offered,)).is_weekday(day("05-06-2026"))


def test_the_holiday_by_law_names_a_day_that_is_both() -> None:
    local = ClosingDay(name="Lukket i julen", day=25, month=12)
    assert Calendar(closing_days=(local,)).holiday_name(day("25-12-2026")) == "Juledag"


@pytest.mark.parametrize(("date", "month", "year"), [(31, 4, None), (29, 2, 2026), (1, 13, None)])
def test_a_closing_day_that_does_not_exist_is_refused(
    date: int, month: int, year: int | None
) -> None:
    with pytest.raises(ValueError, match=f"datoen {date}/{month} findes ikke"):
        ClosingDay(name="Lukket", day=date, month=month, year=year)


def test_29_february_may_be_a_closing_day() -> None:
    calendar = Calendar(closing_days=(ClosingDay(name="Skuddag", day=29, month=2),))
    assert not calendar.is_weekday(day("29-02-2028"))


@pytest.mark.parametrize(
    ("date", "after", "before"),
    [
        ("04-02-2026", "05-02-2026", "03-02-2026"),
        ("06-02-2026", "09-02-2026", "05-02-2026"),
        ("08-02-2026", "09-02-2026", "06-02-2026"),
        ("03-04-2026", "07-04-2026", "01-04-2026"),
        ("31-12-2026", "04-01-2027", "30-12-2026"),
    ],
)
def test_the_weekdays_around_a_day(date: str, after: str, before: str) -> None:
    assert BY_LAW.next_weekday_after(day(date)) == day(after)
    assert BY_LAW.last_weekday_before(day(date)) == day(before)


@given(date=DAYS, calendar=CALENDARS)
def test_the_next_weekday_is_strictly_after_with_no_weekday_between(
    date: dt.date, calendar: Calendar
) -> None:
    following = calendar.next_weekday_after(date)
    assert following > date
    assert calendar.is_weekday(following)
    between = range(1, (following - date).days)
    assert not any(calendar.is_weekday(date + dt.timedelta(days=n)) for n in between)


@given(date=DAYS, calendar=CALENDARS)
def test_the_last_weekday_before_undoes_the_next_weekday_after(
    date: dt.date, calendar: Calendar
) -> None:
    earlier = calendar.last_weekday_before(date)
    assert earlier < date
    assert calendar.is_weekday(earlier)
    assert calendar.next_weekday_after(earlier) >= date


@pytest.mark.parametrize(
    ("date", "special"),
    [
        ("06-02-2026", False),
        ("07-02-2026", True),
        ("08-02-2026", True),
        ("14-05-2026", True),
        ("01-05-2026", False),
        ("24-12-2026", False),
    ],
)
def test_rule_h_means_weekends_and_holidays_by_law(date: str, special: bool) -> None:
    assert is_weekend_or_holiday(day(date)) is special


@pytest.mark.parametrize("date", [dt.date.min, dt.date(1770, 6, 1), dt.date(2101, 6, 1)])
def test_a_year_without_known_holidays_is_refused_by_name(date: dt.date) -> None:
    for ask in (
        BY_LAW.is_weekday,
        BY_LAW.holiday_name,
        BY_LAW.next_weekday_after,
        BY_LAW.last_weekday_before,
        statutory_holiday,
        is_weekend_or_holiday,
    ):
        with pytest.raises(CalendarRangeError, match=f"1771 til 2100, ikke {date.year}"):
            ask(date)


def test_the_sentinel_date_9999_is_refused_by_name() -> None:
    with pytest.raises(CalendarRangeError):
        BY_LAW.next_weekday_after(dt.date.max)


def test_calendars_with_the_same_days_are_equal_and_hashable() -> None:
    same = Calendar(closing_days=(ClosingDay(name="Grundlovsdag", day=5, month=6),))
    assert {same} == {Calendar(closing_days=(CONSTITUTION_DAY,))}
