"""What a note says of a rehabilitation course (genoptræning): casenote §4, point 12.

How far it is, by when it was to start, who did what when, and the notes that were written in it.
"""

import datetime as dt
from collections.abc import Callable, Iterator

from visitator.domain.admission import Said
from visitator.domain.agreement import Agreement
from visitator.domain.deadlines import Due
from visitator.domain.entries import RehabilitationDate
from visitator.domain.rehabilitation import (
    Rehabilitation,
    StartDue,
    StepTaken,
    said_in_step,
    start_due,
    written_in_step,
)
from visitator.domain.titles import TITLES
from visitator.export.note import AnyBlock, Fact, Heading, Quote, Table

_ACTORS = {"municipality": "kommunen", "hospital": "sygehuset", "region": "regionen"}


def course_blocks(
    found: Rehabilitation, agreement: Agreement, now: dt.datetime, by: Callable[[Said], str]
) -> Iterator[AnyBlock]:
    """The course as it stands.

    Args:
        found: of a pathway.
        agreement: the profile its latest start is computed by.
        now: aware instant; whether a deadline is passed.
        by: when something was said, and by whom.
    """
    start = start_due(found, agreement)
    yield Fact(label="Niveau", text=found.training_level.label)
    yield Fact(label="Status", text=found.state.label)
    if found.discharge is not None and found.discharge_source is not None:
        text = f"{found.discharge:%d-%m-%Y} ({found.discharge_source.label.lower()})"
        yield Fact(label="Udskrivelsesdato", text=text)
    for kind, date in (
        (RehabilitationDate.START_FROM, found.start_from),
        (RehabilitationDate.START_BY, found.start_by),
    ):
        if date is not None:
            text = ", ".join(part for part in (f"{date.date:%d-%m-%Y}", date.note) if part)
            yield Fact(label=kind.label, text=f"{text} (noteret {by(date.said)})")
    yield Fact(label="Seneste opstart", text=_latest(found, start, now))
    yield Fact(label="Regel", text=start.text)
    holding = [each for each in found.steps if not each.is_withdrawn]
    if holding:
        rows = tuple(_row(each, by) for each in holding)
        header = ("Trin", "Dato", "Indhold", "Noteret")
        yield Table(title="Trin i forløbet", header=header, rows=rows, widths=(24, 14, 34, 28))
    for each in holding:
        written = written_in_step(each.step)
        if written.strip():
            title = TITLES[type(each.step)]
            yield Heading(text=f"{title} {each.step.day:%d-%m-%Y}")
            yield Quote(text=written, source="Kommunens ord")


def _latest(found: Rehabilitation, start: StartDue, now: dt.datetime) -> str:
    """By when, by whom, and whether it was kept."""
    if start.due is None:
        return f"Ikke beregnet, {_ACTORS[start.actor]}"
    text = f"{start.due.local:%d-%m-%Y}, {_ACTORS[start.actor]}"
    if found.started is not None:
        kept = "rettidigt" if found.started <= start.due.local.date() else "efter fristen"
        return f"{text}. Startet {found.started:%d-%m-%Y}, {kept}."
    return f"{text}{_late(found, start.due, now)}"


def _late(found: Rehabilitation, due: Due, now: dt.datetime) -> str:
    return ". Fristen er overskredet." if found.is_to_start and due.is_passed(now) else ""


def _row(each: StepTaken, by: Callable[[Said], str]) -> tuple[str, str, str, str]:
    said = "\n".join(part for part in (said_in_step(each.step), each.step.note) if part)
    return TITLES[type(each.step)], f"{each.step.day:%d-%m-%Y}", said, by(each.said)
