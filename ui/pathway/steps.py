"""Writes the course: a dot per step, what is behind, what waits, what is ahead."""

import datetime as dt
from collections.abc import Iterable

from ui import theme, words
from ui.plan.shapes import Mark
from ui.plan.writer import Look, Writer
from ui.theme import SPACE, Tone
from ui.translation import term, tr
from visitator.app.views import Step, StepState

_DOTS = {
    StepState.DONE: (Tone.DONE, Mark.ROUND),
    StepState.OURS: (Tone.WAITING, Mark.SQUARE),
    StepState.NOW: (Tone.DUE, Mark.TARGET),
    StepState.AHEAD: (Tone.NEUTRAL, Mark.HOLLOW),
}


def write_steps(w: Writer, course: Iterable[Step], now: dt.datetime) -> None:
    """Every step with its dot."""
    indent = theme.DOT * 2
    for step in course:
        w.line(SPACE * 2, indent=indent)
        w.dot(*_DOTS[step.state])
        number = tr(" v{number}", number=step.number) if step.number else ""
        w.text(f"{term(step.title)}{number}", Look.STRONG)
        said = step_words(step, now)
        if said:
            w.line(indent=indent)
            w.text(said, Look.SECONDARY)


def step_words(step: Step, now: dt.datetime) -> str:
    """``fre 20/11 10.02 · Anne Holm · leveret`` or ``forventet ma 23/11 kl. 10.00``.

    The ward stands on the plan and on its letters, not at each of its steps.
    """
    detail = term(step.detail)
    who = step.who if step.state is StepState.OURS else ""
    if step.at is not None:
        when = f"{words.day(step.at.date(), now)} {words.clock(step.at)}"
        return " · ".join(part for part in (when, who, detail) if part)
    when = words.point(step.day, now) if step.day is not None else ""
    if step.state is StepState.AHEAD:
        return " ".join(part for part in (detail, when) if part)
    return " · ".join(part for part in (when, who, detail) if part)
