"""What the employees of a demo do: the words for it in a scenario."""

import datetime as dt
from typing import Annotated, TypeAlias

import msgspec

from visitator.demo.days import Point
from visitator.domain.entries import AnswerCategory, ConferenceForm


class Act(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="do"):
    """Something an employee does about a citizen's pathway."""

    who: str
    citizen: str
    after: Annotated[int, msgspec.Meta(ge=0)] = 0
    """Minutes after the demo opens."""
    on: Point | None = None
    """Instead of `after`: a day and a time."""


class Take(Act, frozen=True, kw_only=True, tag="take"):
    """Takes the pathway, when nobody has it."""


class Answering(Act, frozen=True, kw_only=True, tag="answer"):
    """Answers the plan, when it still needs an answer."""

    category: AnswerCategory
    text: str = ""


class Writing(Act, frozen=True, kw_only=True, tag="write"):
    """Writes to the ward."""

    subject: str
    text: str
    purpose: str | None = None


class Calling(Act, frozen=True, kw_only=True, tag="call"):
    """Notes a telephone call."""

    whom: str
    text: str
    clears: bool = False


class Noting(Act, frozen=True, kw_only=True, tag="note"):
    """Writes an internal note."""

    text: str


class Convening(Act, frozen=True, kw_only=True, tag="conference"):
    """Notes that a planning conference is agreed."""

    form: ConferenceForm
    held: Point


class Looking(Act, frozen=True, kw_only=True, tag="look"):
    """Has the pathway before them for some minutes."""

    minutes: Annotated[int, msgspec.Meta(ge=1)]
    composing: bool = False

    @property
    def lasts(self) -> dt.timedelta:
        """How long."""
        return dt.timedelta(minutes=self.minutes)


class Naming(Act, frozen=True, kw_only=True, tag="name"):
    """Writes the name of a citizen of whom only the number has come."""

    given_name: str
    surname: str


class Being(Act, frozen=True, kw_only=True, tag="present"):
    """Says who was in the home when the citizen was admitted."""

    whom: str


class Ticking(Act, frozen=True, kw_only=True, tag="tick"):
    """Ticks parts of the checklist, by their codes."""

    brought: tuple[str, ...] = ()
    not_relevant: tuple[str, ...] = ()
    missing: dict[str, str] = {}
    """With a note each."""


class Declining(Act, frozen=True, kw_only=True, tag="no_report"):
    """Finds that there is nothing to supplement in the admission report."""

    reason: str


class Leaving(Act, frozen=True, kw_only=True, tag="leave"):
    """Notes that the citizen is on leave from the hospital (orlov)."""

    since: Point


Deed: TypeAlias = (
    Take
    | Answering
    | Writing
    | Calling
    | Noting
    | Convening
    | Looking
    | Naming
    | Being
    | Ticking
    | Declining
    | Leaving
)
