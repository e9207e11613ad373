"""A demo scenario: what the simulated hospital sends, when, about whom.

A scenario is a TOML file in `resources/demo/`. Messages are written with the field names of the
domain; days count from the day the demo starts, so that its deadlines are always ahead.
"""

import datetime as dt
import tomllib
from typing import Annotated, Any

import msgspec

from visitator.domain.citizen import Citizen
from visitator.domain.entries import AnswerCategory
from visitator.domain.messages import AnyMessage
from visitator.domain.party import Organisation

Minutes = Annotated[int, msgspec.Meta(ge=0)]


class ScenarioError(Exception):
    """A scenario file that cannot be used; names the file and what is wrong with it."""


class Event(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing the hospital sends of its own accord."""

    after: Minutes
    """Minutes after the demo starts."""
    citizen: str | None = None
    """Who it is about, by the name of the citizen's table."""
    message: dict[str, Any] | None = None
    """The message's own fields, with its ``kind``."""
    unreadable: str | None = None
    """Instead of a message: a file nobody can read."""


class Answer(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the hospital writes back when it is asked."""

    citizen: str
    begins: str
    """How the municipality's letter begins: the svarkategori this answers."""
    after: Minutes
    """Minutes from the question to the answer."""
    subject: str
    text: str


class DemoReply(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the demo's own visitator answers, when nobody sits at the screen."""

    citizen: str
    category: AnswerCategory
    text: str = ""


class Stay(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An invented citizen and the ward they are in."""

    episode_id: str
    department: str
    unit: str
    telephone: str
    citizen: Citizen


class Scenario(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole of a demo, in Danish."""

    title: str
    hospital: Organisation
    municipality: Organisation
    stays: dict[str, Stay]
    events: tuple[Event, ...]
    answers: tuple[Answer, ...] = ()
    replies: tuple[DemoReply, ...] = ()
    """In order, per citizen; the last one is used for every later plan as well."""

    def message(self, event: Event, day_zero: dt.date) -> AnyMessage:
        """The message of an event, its days counted from `day_zero`.

        Raises:
            ScenarioError: it is no message.
        """
        try:
            message: AnyMessage = msgspec.convert(_dated(event.message, day_zero), AnyMessage)
        except msgspec.ValidationError as error:
            raise ScenarioError(f"minut {event.after}: {error}") from error
        return message


def parse_scenario(text: str, name: str) -> Scenario:
    """Read a scenario.

    Raises:
        ScenarioError: it is not TOML, or not a scenario; names `name`.
    """
    try:
        scenario = msgspec.convert(tomllib.loads(text), Scenario)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise ScenarioError(f"{name}: {error}") from error
    about = {event.citizen for event in scenario.events if event.citizen}
    about |= {answer.citizen for answer in scenario.answers}
    about |= {reply.citizen for reply in scenario.replies}
    for unknown in sorted(about - scenario.stays.keys()):
        raise ScenarioError(f"{name}: ukendt borger '{unknown}'")
    return scenario


def _dated(value: Any, day_zero: dt.date) -> Any:  # noqa: ANN401 - any TOML value
    """``{ day = 2, at = 11:00:00 }`` becomes a date and a time two days after day zero."""
    if isinstance(value, dict):
        if "day" in value and value.keys() <= {"day", "at"}:
            date = day_zero + dt.timedelta(days=value["day"])
            return {"date": date, "time": value["at"]} if "at" in value else {"date": date}
        return {key: _dated(item, day_zero) for key, item in value.items()}
    if isinstance(value, list):
        return [_dated(item, day_zero) for item in value]
    return value
