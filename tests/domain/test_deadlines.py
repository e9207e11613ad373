"""Deadline arithmetic: the test vectors of requirements §11, and what must always hold."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitator.domain.calendar import Calendar, CalendarRangeError, ClosingDay
from visitator.domain.deadlines import (
    COPENHAGEN,
    BeforeAt,
    CalendarDaysAfter,
    DateRule,
    DayBeforeAt,
    Due,
    HoursAfter,
    InstantRule,
    LastWeekdayBeforeAt,
    NextWeekday,
    NextWeekdayAt,
    NightShift,
    effective_deadline,
    rehabilitation_anchor,
    to_copenhagen,
)

BY_LAW = Calendar()
CLOSED = Calendar(
    closing_days=(
        ClosingDay(name="Grundlovsdag", day=5, month=6),
        ClosingDay(name="Juleaftensdag", day=24, month=12),
        ClosingDay(name="Nytårsaftensdag", day=31, month=12),
    )
)
NIGHT = NightShift(start=dt.time(23), end=dt.time(7), due=dt.time(10))
D = NextWeekdayAt(time=dt.time(11))
A_AND_B = HoursAfter(hours=8, night=NIGHT)
C_CALENDAR = DayBeforeAt(time=dt.time(13), basis="calendar")
C_WEEKDAY = DayBeforeAt(time=dt.time(13), basis="weekday")
I_RULE = BeforeAt(time=dt.time(14))
J_RULE = LastWeekdayBeforeAt(time=dt.time(14))
L_RULE = CalendarDaysAfter(days=7, anchor="discharge")
N_RULE = NextWeekday()
HOURS_96 = HoursAfter(hours=96)

CALENDARS = st.sampled_from([BY_LAW, CLOSED])
DATES = st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1))
INSTANTS = st.datetimes(
    dt.datetime(1990, 1, 1),
    dt.datetime(2090, 1, 1),
    timezones=st.just(dt.UTC),
)
ZONES = st.sampled_from(["America/New_York", "Asia/Tokyo", "Pacific/Auckland", "UTC"])


def local(text: str) -> dt.datetime:
    return dt.datetime.strptime(text, "%d-%m-%Y %H:%M").replace(tzinfo=COPENHAGEN)


def date(text: str) -> dt.date:
    return local(f"{text} 00:00").date()


def shown(due: Due) -> str:
    return f"{due.local:%d-%m-%Y %H:%M}"


@pytest.mark.parametrize(
    ("received", "calendar", "due"),
    [
        ("02-02-2026 08:00", BY_LAW, "03-02-2026 11:00"),
        ("06-02-2026 15:00", BY_LAW, "09-02-2026 11:00"),
        ("07-02-2026 10:00", BY_LAW, "09-02-2026 11:00"),
        ("01-04-2026 13:00", BY_LAW, "07-04-2026 11:00"),
        ("01-05-2026 09:00", BY_LAW, "04-05-2026 11:00"),
        ("30-04-2026 09:00", BY_LAW, "01-05-2026 11:00"),
        ("13-05-2026 12:00", BY_LAW, "15-05-2026 11:00"),
        ("04-06-2026 10:00", BY_LAW, "05-06-2026 11:00"),
        ("04-06-2026 10:00", CLOSED, "08-06-2026 11:00"),
        ("23-12-2026 12:00", BY_LAW, "24-12-2026 11:00"),
        ("23-12-2026 12:00", CLOSED, "28-12-2026 11:00"),
        ("30-12-2026 14:00", BY_LAW, "31-12-2026 11:00"),
        ("30-12-2026 14:00", CLOSED, "04-01-2027 11:00"),
        ("02-02-2026 00:05", BY_LAW, "03-02-2026 11:00"),
        ("02-02-2026 23:59", BY_LAW, "03-02-2026 11:00"),
    ],
)
def test_rules_d_and_e_next_weekday_at_11(received: str, calendar: Calendar, due: str) -> None:
    computed = D.due(local(received), calendar)
    assert shown(computed) == due
    assert not computed.whole_day


@pytest.mark.parametrize(
    ("advis", "due", "offset_hours"),
    [
        ("02-02-2026 09:15", "02-02-2026 17:15", 1),
        ("02-02-2026 22:59", "03-02-2026 06:59", 1),
        ("02-02-2026 23:00", "03-02-2026 10:00", 1),
        ("03-02-2026 02:00", "03-02-2026 10:00", 1),
        ("03-02-2026 06:59", "03-02-2026 10:00", 1),
        ("03-02-2026 07:00", "03-02-2026 15:00", 1),
        ("28-03-2026 19:30", "29-03-2026 04:30", 2),
        ("24-10-2026 20:00", "25-10-2026 03:00", 1),
    ],
)
def test_rules_a_and_b_eight_hours_or_ten_after_a_night(
    advis: str, due: str, offset_hours: int
) -> None:
    computed = A_AND_B.due(local(advis), BY_LAW)
    assert shown(computed) == due
    assert computed.local.utcoffset() == dt.timedelta(hours=offset_hours)
    assert not computed.whole_day


@pytest.mark.parametrize(
    ("advis", "due"),
    [
        ("02-02-2026 23:00", "03-02-2026 10:00"),
        ("03-02-2026 02:00", "03-02-2026 10:00"),
        ("03-02-2026 02:01", "03-02-2026 10:01"),
        ("03-02-2026 06:59", "03-02-2026 14:59"),
    ],
)
def test_night_mode_max_never_gives_less_than_eight_hours(advis: str, due: str) -> None:
    night = NightShift(start=dt.time(23), end=dt.time(7), due=dt.time(10), mode="max")
    assert shown(HoursAfter(hours=8, night=night).due(local(advis), BY_LAW)) == due


@pytest.mark.parametrize(
    ("advis", "due"),
    [
        ("02-02-2026 23:59", "03-02-2026 07:59"),
        ("03-02-2026 00:00", "03-02-2026 10:00"),
        ("03-02-2026 06:59", "03-02-2026 10:00"),
        ("03-02-2026 07:00", "03-02-2026 15:00"),
    ],
)
def test_a_night_shift_may_begin_after_midnight(advis: str, due: str) -> None:
    night = NightShift(start=dt.time(0), end=dt.time(7), due=dt.time(10))
    assert shown(HoursAfter(hours=8, night=night).due(local(advis), BY_LAW)) == due


@pytest.mark.parametrize(
    ("start", "end", "due", "reason"),
    [
        (dt.time(7), dt.time(7), dt.time(10), "begynder og slutter på samme tid"),
        (dt.time(23), dt.time(7), dt.time(6, 59), "før nattevagten slutter"),
    ],
)
def test_a_night_shift_without_sense_is_refused(
    start: dt.time, end: dt.time, due: dt.time, reason: str
) -> None:
    with pytest.raises(ValueError, match=reason):
        NightShift(start=start, end=end, due=due)


@pytest.mark.parametrize(
    ("discharged", "due"),
    [
        ("05-02-2026 13:00", "09-02-2026 13:00"),
        ("27-03-2026 12:00", "31-03-2026 13:00"),
    ],
)
def test_96_hours_are_elapsed_hours(discharged: str, due: str) -> None:
    assert shown(HOURS_96.due(local(discharged), BY_LAW)) == due


@pytest.mark.parametrize(
    ("rule", "day", "due"),
    [
        (J_RULE, "09-02-2026", "06-02-2026 14:00"),
        (J_RULE, "07-04-2026", "01-04-2026 14:00"),
        (C_CALENDAR, "09-02-2026", "08-02-2026 13:00"),
        (C_WEEKDAY, "09-02-2026", "06-02-2026 13:00"),
        (I_RULE, "09-02-2026", "09-02-2026 14:00"),
        (I_RULE, "07-02-2026", "07-02-2026 14:00"),
    ],
)
def test_rules_c_i_and_j_have_a_clock(rule: DateRule, day: str, due: str) -> None:
    computed = rule.due(date(day), BY_LAW)
    assert shown(computed) == due
    assert not computed.whole_day


@pytest.mark.parametrize(
    ("discharged", "due"),
    [
        ("06-02-2026", "13-02-2026"),
        ("31-01-2026", "07-02-2026"),
        ("26-03-2026", "02-04-2026"),
    ],
)
def test_rule_l_is_a_whole_calendar_day(discharged: str, due: str) -> None:
    computed = L_RULE.due(date(discharged), CLOSED)
    assert shown(computed) == f"{due} 23:59"
    assert computed.whole_day


def test_a_later_start_in_the_plan_itself_moves_the_seven_days() -> None:
    discharged = date("06-02-2026")
    assert rehabilitation_anchor(discharged, None) == discharged
    assert rehabilitation_anchor(discharged, date("20-02-2026")) == date("20-02-2026")
    assert rehabilitation_anchor(discharged, date("01-02-2026")) == discharged


def test_rule_n_is_the_whole_next_weekday() -> None:
    due = N_RULE.due(local("06-02-2026 15:00"), BY_LAW)
    assert shown(due) == "09-02-2026 23:59"
    assert due.whole_day


def test_rule_n_may_have_the_closing_time_of_a_municipality() -> None:
    due = NextWeekday(closing_time=dt.time(15, 30)).due(local("06-02-2026 15:00"), BY_LAW)
    assert shown(due) == "09-02-2026 15:30"
    assert not due.whole_day


def test_the_day_before_without_a_time_is_a_whole_day() -> None:
    due = DayBeforeAt().due(date("09-02-2026"), BY_LAW)
    assert shown(due) == "08-02-2026 23:59"
    assert due.whole_day


def test_a_deadline_with_a_clock_is_passed_after_its_last_moment() -> None:
    due = D.due(local("02-02-2026 08:00"), BY_LAW)
    assert not due.is_passed(local("03-02-2026 11:00"))
    assert due.is_passed(local("03-02-2026 11:00") + dt.timedelta(seconds=1))


def test_a_whole_day_deadline_is_passed_at_midnight() -> None:
    due = L_RULE.due(date("06-02-2026"), BY_LAW)
    assert not due.is_passed(local("13-02-2026 23:59") + dt.timedelta(seconds=59))
    assert due.is_passed(local("14-02-2026 00:00"))


def test_the_squeeze_of_a_plan_sent_exactly_on_time() -> None:
    # Requirements §11: the municipality's deadline is 11:00 on the day of discharge itself.
    discharge = local("05-02-2026 10:00")
    sent = C_CALENDAR.due(discharge.date(), BY_LAW)
    due = D.due(sent.at, BY_LAW)
    assert shown(due) == "05-02-2026 11:00"
    assert shown(effective_deadline(due, discharge, 0)) == "05-02-2026 10:00"
    assert shown(effective_deadline(due, discharge, 2)) == "05-02-2026 08:00"


def test_the_squeeze_of_a_friday_plan_for_saturday() -> None:
    due = D.due(local("06-02-2026 13:00"), BY_LAW)
    effective = effective_deadline(due, local("07-02-2026 12:00"), 0)
    assert shown(due) == "09-02-2026 11:00"
    assert shown(effective) == "07-02-2026 12:00"


def test_the_effective_deadline_is_the_agreements_when_the_discharge_is_later() -> None:
    due = D.due(local("02-02-2026 08:00"), BY_LAW)
    assert effective_deadline(due, local("06-02-2026 12:00"), 4) == due


def test_the_effective_deadline_counts_elapsed_hours() -> None:
    due = D.due(local("30-03-2026 08:00"), BY_LAW)
    effective = effective_deadline(due, local("29-03-2026 12:00"), 12)
    assert shown(effective) == "28-03-2026 23:00"


def test_negative_hours_before_the_discharge_are_refused() -> None:
    due = D.due(local("02-02-2026 08:00"), BY_LAW)
    with pytest.raises(ValueError, match="0 or more"):
        effective_deadline(due, local("06-02-2026 12:00"), -1)


@pytest.mark.parametrize("rule", [D, N_RULE, A_AND_B, HOURS_96])
def test_a_naive_instant_is_refused(rule: InstantRule) -> None:
    with pytest.raises(ValueError, match="naive"):
        rule.due(local("02-02-2026 08:00").replace(tzinfo=None), BY_LAW)


def test_naive_instants_are_refused_everywhere_else_too() -> None:
    naive = local("02-02-2026 08:00").replace(tzinfo=None)
    due = D.due(local("02-02-2026 08:00"), BY_LAW)
    with pytest.raises(ValueError, match="naive"):
        to_copenhagen(naive)
    with pytest.raises(ValueError, match="naive"):
        due.is_passed(naive)
    with pytest.raises(ValueError, match="naive"):
        effective_deadline(due, naive, 0)


@pytest.mark.parametrize("rule", [C_CALENDAR, C_WEEKDAY, J_RULE, I_RULE, L_RULE])
def test_a_rule_about_a_date_refuses_an_instant(rule: DateRule) -> None:
    with pytest.raises(TypeError, match="starts from a date"):
        rule.due(local("02-02-2026 08:00"), BY_LAW)


@pytest.mark.parametrize("rule", [C_CALENDAR, C_WEEKDAY, J_RULE, I_RULE, L_RULE])
@pytest.mark.parametrize("sentinel", [dt.date.min, dt.date.max])
def test_sentinel_dates_are_refused_by_name(rule: DateRule, sentinel: dt.date) -> None:
    with pytest.raises(CalendarRangeError):
        rule.due(sentinel, BY_LAW)


@pytest.mark.parametrize("sentinel", ["01-01-0001 00:00", "31-12-9999 23:59"])
def test_sentinel_instants_are_refused_by_name(sentinel: str) -> None:
    due = D.due(local("02-02-2026 08:00"), BY_LAW)
    with pytest.raises(CalendarRangeError):
        effective_deadline(due, local(sentinel), 0)
    with pytest.raises(CalendarRangeError):
        D.due(local(sentinel).replace(tzinfo=dt.UTC), BY_LAW)


@given(received=INSTANTS, calendar=CALENDARS)
def test_next_weekday_at_is_a_later_weekday_at_eleven(
    received: dt.datetime, calendar: Calendar
) -> None:
    due = D.due(received, calendar)
    assert due.at.tzinfo is dt.UTC
    assert due.local.date() > received.astimezone(COPENHAGEN).date()
    assert calendar.is_weekday(due.local.date())
    assert due.local.time() == dt.time(11)


@given(
    one=INSTANTS,
    other=INSTANTS,
    calendar=CALENDARS,
    rule=st.sampled_from([D, N_RULE, HOURS_96, A_AND_B]),
)
def test_what_is_received_later_is_never_due_earlier(
    one: dt.datetime, other: dt.datetime, calendar: Calendar, rule: InstantRule
) -> None:
    earlier, later = sorted([one, other])
    assert rule.due(earlier, calendar).at <= rule.due(later, calendar).at


@given(start=INSTANTS, hours=st.integers(1, 200))
def test_hours_are_elapsed_hours_outside_the_night(start: dt.datetime, hours: int) -> None:
    at_night = not dt.time(7) <= start.astimezone(COPENHAGEN).time() < dt.time(23)
    due = HoursAfter(hours=hours, night=NIGHT).due(start, BY_LAW)
    if at_night:
        assert due.local.time() == dt.time(10)
    else:
        assert due.at - start == dt.timedelta(hours=hours)
    assert HoursAfter(hours=hours).due(start, BY_LAW).at - start == dt.timedelta(hours=hours)


@given(day=DATES, calendar=CALENDARS)
def test_the_last_weekday_before_is_a_weekday_strictly_before(
    day: dt.date, calendar: Calendar
) -> None:
    due = J_RULE.due(day, calendar)
    assert due.local.date() < day
    assert calendar.is_weekday(due.local.date())
    assert due.local.time() == dt.time(14)


@given(received=INSTANTS, discharge=INSTANTS, hours=st.integers(0, 72))
def test_the_effective_deadline_is_never_after_the_agreements(
    received: dt.datetime, discharge: dt.datetime, hours: int
) -> None:
    due = D.due(received, BY_LAW)
    effective = effective_deadline(due, discharge, hours)
    assert effective.at <= due.at
    assert effective.at <= discharge - dt.timedelta(hours=hours)
    assert effective.at in (due.at, discharge - dt.timedelta(hours=hours))


@given(
    received=INSTANTS,
    zone=ZONES,
    calendar=CALENDARS,
    rule=st.sampled_from([D, N_RULE, HOURS_96, A_AND_B]),
)
def test_the_zone_an_instant_is_written_in_does_not_matter(
    received: dt.datetime, zone: str, calendar: Calendar, rule: InstantRule
) -> None:
    elsewhere = received.astimezone(ZoneInfo(zone))
    assert rule.due(elsewhere, calendar) == rule.due(received, calendar)
