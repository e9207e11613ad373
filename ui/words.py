"""How the screen says times, days and numbers. Every instant is aware and in Danish time."""

import datetime as dt

from ui.translation import tr, tr_count
from visitator.app.views import Point

_NEAR = dt.timedelta(days=6)
"""Within it a weekday alone says which day is meant."""


def weekday(date: dt.date) -> str:
    """``tirsdag``."""
    names = (
        tr("mandag"),
        tr("tirsdag"),
        tr("onsdag"),
        tr("torsdag"),
        tr("fredag"),
        tr("lørdag"),
        tr("søndag"),
    )
    return names[date.weekday()]


def weekday_short(date: dt.date) -> str:
    """``ti``; Friday is ``fre``."""
    names = (tr("ma"), tr("ti"), tr("on"), tr("to"), tr("fre"), tr("lø"), tr("sø"))
    return names[date.weekday()]


def month(date: dt.date) -> str:
    """``nov. 2025``."""
    names = (
        tr("jan."),
        tr("feb."),
        tr("mar."),
        tr("apr."),
        tr("maj"),
        tr("jun."),
        tr("jul."),
        tr("aug."),
        tr("sep."),
        tr("okt."),
        tr("nov."),
        tr("dec."),
    )
    return f"{names[date.month - 1]} {date.year}"


def clock(time: dt.time | dt.datetime) -> str:
    """``11.00``."""
    return f"{time.hour:02}.{time.minute:02}"


def date_number(date: dt.date, today: dt.date) -> str:
    """``24/11``, with the year when it is not this one."""
    number = f"{date.day}/{date.month}"
    return number if date.year == today.year else f"{number} {date.year}"


def day(date: dt.date, now: dt.datetime) -> str:
    """``i dag`` or ``ti 24/11``."""
    if date == now.date():
        return tr("i dag")
    return f"{weekday_short(date)} {date_number(date, now.date())}"


def point(moment: Point, now: dt.datetime) -> str:
    """``ti 24/11 kl. 11.00``, ``i dag kl. 14.00`` or, without a time of day, ``on 25/11``."""
    text = day(moment.date, now)
    if moment.time is None:
        return text
    return tr("{day} kl. {time}", day=text, time=clock(moment.time))


def on_paper(moment: Point) -> str:
    """``23/11 2026 kl. 03.47``: what is printed is read on another day."""
    text = f"{moment.date.day}/{moment.date.month} {moment.date.year}"
    if moment.time is None:
        return text
    return tr("{day} kl. {time}", day=text, time=clock(moment.time))


def at(instant: dt.datetime, now: dt.datetime) -> str:
    """When something happened: ``i dag 08.31``, ``fre 14.05`` or ``ti 17/11 07.40``."""
    if instant.date() == now.date():
        text = tr("i dag")
    elif dt.timedelta(0) < now.date() - instant.date() <= _NEAR:
        text = weekday_short(instant.date())
    else:
        text = day(instant.date(), now)
    return f"{text} {clock(instant)}"


def at_clock(instant: dt.datetime, now: dt.datetime) -> str:
    """As `at`, in a sentence: ``kl. 09.42`` today, else ``fre kl. 14.05``."""
    if instant.date() == now.date():
        return tr("kl. {time}", time=clock(instant))
    moment, time = at(instant, now).rsplit(" ", 1)
    return tr("{day} kl. {time}", day=moment, time=time)


def long_day(date: dt.date, today: dt.date) -> str:
    """``i dag``, ``tirsdag`` or, further off, ``tirsdag 1/12``."""
    if date == today:
        return tr("i dag")
    if dt.timedelta(0) < date - today <= _NEAR:
        return weekday(date)
    return f"{weekday(date)} {date_number(date, today)}"


def due(date: dt.date, time: dt.time | None, today: dt.date) -> str:
    """When something is to be done: ``i dag kl. 11.00``, ``tirsdag kl. 11.00``."""
    text = long_day(date, today)
    return text if time is None else tr("{day} kl. {time}", day=text, time=clock(time))


def duration(span: dt.timedelta) -> str:
    """``42 min``, ``1 t 18 min`` or ``2 d 3 t``; whole minutes begun, at least 1 min."""
    minutes = max(1, -(-span // dt.timedelta(minutes=1)))
    days, minutes = divmod(minutes, 24 * 60)
    hours, minutes = divmod(minutes, 60)
    if days:
        return tr("{days} d {hours} t", days=days, hours=hours) if hours else _days(days)
    if hours and minutes:
        return tr("{hours} t {minutes} min", hours=hours, minutes=minutes)
    return tr("{hours} t", hours=hours) if hours else tr("{minutes} min", minutes=minutes)


def _days(days: int) -> str:
    return tr("{days} d", days=days)


def earliest(*moments: dt.datetime | None) -> dt.datetime | None:
    """The first of what there is; None when there is none."""
    return min((each for each in moments if each is not None), default=None)


def left(moment: dt.datetime, now: dt.datetime) -> dt.timedelta:
    """The time that passes until `moment`, also over a change of clocks.

    Negative when it is past: when a whole second of it is (requirements §11).
    """
    return moment.astimezone(dt.UTC) - now.astimezone(dt.UTC).replace(microsecond=0)


def countdown(moment: dt.datetime, now: dt.datetime) -> str:
    """What a deadline chip says.

    ``42 min over`` when it is past, ``1 t 18 min`` today, ``ti 11.00`` within the week, else
    ``ma 30/11``. Minutes left are those begun; minutes over are those whole.
    """
    span = left(moment, now)
    if span < dt.timedelta(0):
        late = -span // dt.timedelta(minutes=1) * dt.timedelta(minutes=1)
        return tr("{time} over", time=duration(late))
    if moment.date() == now.date():
        return duration(span)
    if moment.date() - now.date() <= _NEAR:
        return f"{weekday_short(moment.date())} {clock(moment)}"
    return day(moment.date(), now)


def countdown_day(date: dt.date, now: dt.datetime) -> str:
    """As `countdown`, of a deadline that is a whole day: ``2 d over``, ``i dag``, ``ma 30/11``."""
    days = (date - now.date()).days
    if days < 0:
        return tr("{time} over", time=_days(-days))
    return day(date, now)


def number(count: int) -> str:
    """``1.234``."""
    return f"{count:,}".replace(",", tr("."))


def age(years: int) -> str:
    """``77 år``."""
    return tr_count("{count} år", "{count} år", years)


def short_name(name: str) -> str:
    """``Anne H.`` of ``Anne Holm``; a single name as it is."""
    parts = name.split()
    return f"{parts[0]} {parts[-1][0]}." if len(parts) > 1 else name
