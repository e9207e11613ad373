"""A demo scenario: what the simulated hospital sends, when, about whom, and what colleagues do.

A scenario is a TOML file in `resources/demo/`. Messages are written with the field names of the
domain; days count from the day the demo opens, so that its deadlines never grow old.
"""

import tomllib
from typing import Annotated, Any

import msgspec

from visitator.demo.days import Days, Point
from visitator.demo.deeds import Deed
from visitator.domain.citizen import Citizen
from visitator.domain.entries import AnswerCategory
from visitator.domain.messages import AnyMessage
from visitator.domain.party import Organisation, Person
from visitator.domain.terms import Role
from visitator.resources import resource_folder

Minutes = Annotated[int, msgspec.Meta(ge=0)]


class ScenarioError(Exception):
    """A scenario file that cannot be used; names the file and what is wrong with it."""


class Event(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing the hospital sends of its own accord."""

    after: Minutes = 0
    """Minutes after the demo opens."""
    on: Point | None = None
    """Instead of `after`: a day and a time."""
    citizen: str | None = None
    """Who it is about, by the name of the citizen's table."""
    message: dict[str, Any] | None = None
    """The message's own fields, with its ``kind``."""
    changes: dict[str, Any] | None = None
    """Instead of `message`: what is different in a new version of the citizen's plan."""
    unreadable: str | None = None
    """Instead of a message: a file nobody can read."""


class Answer(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the hospital writes back when it is written to; the first that fits is sent.

    One about a citizen is sent once, one about nobody as often as it fits.
    """

    citizen: str | None = None
    begins: str = ""
    """How the municipality's letter begins: the svarkategori this answers."""
    mentions: tuple[str, ...] = ()
    """Words of which the letter holds at least one."""
    after: Minutes = 0
    """Minutes from the question to the answer."""
    on: Point | None = None
    """Instead of `after`: a day and a time."""
    subject: str
    text: str


class Refusal(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A letter the hospital's system refuses, once (XCTL02)."""

    citizen: str
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
    nurse: Person | None = None
    """Who signs the ward's plans and reports."""


class Colleague(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An invented employee of the municipality."""

    name: str
    title: str
    telephone: str
    role: Role = Role.VISITATOR


class Scenario(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole of a demo, in Danish."""

    title: str
    hospital: Organisation
    municipality: Organisation
    stays: dict[str, Stay]
    events: tuple[Event, ...]
    answers: tuple[Answer, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    people: dict[str, Colleague] = {}
    """By user; the first is the one who sits at the screen."""
    deeds: tuple[Deed, ...] = ()
    """What the people do."""
    replies: tuple[DemoReply, ...] = ()
    """In order, per citizen; the last one is used for every later plan as well."""

    def message(self, event: Event, days: Days) -> AnyMessage:
        """The message of an event, on the days it is about.

        Raises:
            ScenarioError: it is no message.
        """
        try:
            message: AnyMessage = msgspec.convert(days.dated(event.message), AnyMessage)
        except (msgspec.ValidationError, ValueError) as error:
            raise ScenarioError(f"{_when(event)}: {error}") from error
        return message


def load_scenario(name: str) -> Scenario:
    """The scenario in a file of `resources/demo/`.

    Raises:
        ScenarioError: it cannot be used.
        visitator.resources.ResourceError: the program's own folder is missing.
    """
    file = resource_folder("demo") / name
    try:
        text = file.read_text(encoding="utf-8")
    except OSError as error:
        raise ScenarioError(f"{name}: filen kan ikke læses") from error
    return parse_scenario(text, name)


def parse_scenario(text: str, name: str) -> Scenario:
    """Read a scenario.

    Raises:
        ScenarioError: it is not TOML, or not a scenario; names `name`.
    """
    try:
        scenario = msgspec.convert(tomllib.loads(text), Scenario)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise ScenarioError(f"{name}: {error}") from error
    about = {event.citizen for event in scenario.events}
    about |= {answer.citizen for answer in scenario.answers}
    about |= {each.citizen for each in (*scenario.refusals, *scenario.replies, *scenario.deeds)}
    for unknown in sorted(each for each in about if each and each not in scenario.stays):
        raise ScenarioError(f"{name}: ukendt borger '{unknown}'")
    for nobody in sorted({deed.who for deed in scenario.deeds} - scenario.people.keys()):
        raise ScenarioError(f"{name}: ukendt medarbejder '{nobody}'")
    return msgspec.structs.replace(scenario, events=_whole(scenario.events, name))


def _whole(events: tuple[Event, ...], name: str) -> tuple[Event, ...]:
    """The events with every new version of a plan written out."""
    plans: dict[str | None, dict[str, Any]] = {}
    found: list[Event] = []
    for each in events:
        event = each
        if event.changes is not None:
            if event.citizen not in plans:
                raise ScenarioError(f"{name}: {_when(event)}: der er ingen plan at ændre")
            message = plans[event.citizen] | event.changes
            event = msgspec.structs.replace(event, message=message, changes=None)
        if event.message is not None and event.message.get("kind") == "care_plan":
            plans[event.citizen] = event.message
        found.append(event)
    return tuple(found)


def _when(event: Event) -> str:
    about = f" ({event.citizen})" if event.citizen else ""
    return f"{event.on or f'minut {event.after}'}{about}"
