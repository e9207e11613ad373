"""The line of a dialog that says whom it is about: a letter about the wrong citizen must be seen.

The number is masked there: its first six digits and the name are enough to see who is meant.
"""

import datetime as dt

from ui import words
from ui.translation import tr
from visitator.app.views import CitizenView, PathwayView


def about(view: PathwayView, now: dt.datetime) -> str:
    """``Karl Vestermark, 040638-•••• · plan v2 fra fre 12.51``."""
    return " · ".join(part for part in (citizen_words(view.citizen), _plan(view, now)) if part)


def addressed(view: PathwayView, now: dt.datetime) -> str:
    """The same, after the ward it goes to."""
    ward = view.answering.to
    to = tr("Til {ward}", ward=ward) if ward else ""
    return " · ".join(part for part in (to, about(view, now)) if part)


def citizen_words(citizen: CitizenView) -> str:
    """Name and masked number."""
    name = citizen.name or tr("Borger uden navn")
    return f"{name}, {citizen.cpr[:6]}-••••" if citizen.cpr else name


def _plan(view: PathwayView, now: dt.datetime) -> str:
    if not view.versions:
        return ""
    latest = view.versions[-1]
    when = words.at(latest.received, now)
    return tr("plan v{number} fra {when}", number=latest.number, when=when)
