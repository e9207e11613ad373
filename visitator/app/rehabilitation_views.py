"""What the screen of rehabilitation (Genoptræning) is handed; as `visitator.app.views`.

Every instant is aware and in Danish time; a bare date is a Danish civil date. Words are the
agreement's and the field's own.
"""

import datetime as dt
import enum

from visitator.app.admission_views import Spoken
from visitator.app.views import CitizenView, Deadline, FieldView, Option, Point, Sent, Text, View


class RehabilitationGroupKind(enum.Enum):
    """Why courses stand together, in the order they stand in."""

    OVERDUE = "overdue"
    """The latest start is passed, and it has not started."""
    TO_START = "to_start"
    """The municipality has to start it."""
    AWAITS_DISCHARGE = "awaits_discharge"
    """It waits for the hospital's discharge date, and not for us."""
    ELSEWHERE = "elsewhere"
    """The hospital or the region carries it out."""
    STARTED = "started"
    ENDED = "ended"


class RehabilitationFlag(enum.Enum):
    """What should be noticed about a course."""

    NO_DISCHARGE = "no_discharge"
    """Neither plan nor notification says when the citizen is discharged."""
    EXPECTED_DISCHARGE = "expected_discharge"
    """The date is what the plan expected; no notification has come."""
    IN_HOSPITAL = "in_hospital"
    CAME_LATE = "came_late"
    """The plan came when its latest start was passed."""
    OWN_DEADLINE = "own_deadline"
    """The plan's own deadline, as text, says more than the computed one; nobody settled it."""
    UNKNOWN_LEVEL = "unknown_level"
    NEW_VERSION = "new_version"
    POSTPONED = "postponed"
    LATE = "late"
    """It started after its deadline."""
    TRANSPORT = "transport"
    """Training at the hospital, and nobody has seen to transport (befordring)."""
    REGION = "region"
    """The region's task by the date in the agreement profile."""
    HOSPITAL = "hospital"
    AWAITS_ANSWER = "awaits_answer"
    """The hospital was asked about the plan."""
    UNKNOWN_CITIZEN = "unknown_citizen"
    """There is no name, or no number."""
    UNLINKED = "unlinked"
    """It is linked to no admission."""
    UNDELIVERED = "undelivered"
    """A letter did not reach the hospital."""
    PENDING = "pending"
    """Something this user did waits to be sent."""


class RehabilitationChoice(View, frozen=True, kw_only=True):
    """Which courses the list shows."""

    level: str = ""
    """An option's code; empty is all."""
    state: str = ""
    """The same."""
    with_ended: bool = False


class RehabilitationRow(View, frozen=True, kw_only=True):
    """One course in the list."""

    pathway_id: str
    group: RehabilitationGroupKind
    name: str
    """Empty when unknown."""
    cpr_masked: str
    ward: str
    received: dt.datetime | None
    level: str
    """Danish."""
    state: str
    """Danish: how far it is."""
    discharge: dt.date | None
    discharge_source: str
    """Danish: who says so; empty when nobody does."""
    deadline: Deadline | None
    """The latest start (seneste opstart), while the municipality has to start it."""
    hospital_due: dt.date | None
    """The same where the hospital carries it out."""
    days_left: int | None
    """Calendar days to the latest start; 0 is today, below it is passed."""
    own_deadline: str
    """The plan's own deadline as text; empty without one."""
    contacted: dt.date | None
    choice_explained: dt.date | None
    provider: str
    start: Point | None
    """As agreed with the citizen."""
    started: dt.date | None
    postponed: str
    """The reason; empty when it is not postponed."""
    answer_due: dt.datetime | None
    """When the hospital must have answered a question about the plan."""
    owner: str | None = None
    owner_name: str = ""
    version: int = 1
    flags: frozenset[RehabilitationFlag] = frozenset()


class RehabilitationList(View, frozen=True, kw_only=True):
    """The headings of the list; the rows are read by page."""

    counts: dict[RehabilitationGroupKind, int]
    levels: tuple[Option, ...]
    states: tuple[Option, ...]

    @property
    def waits_for_us(self) -> int:
        """How many the municipality has to start."""
        overdue = self.counts[RehabilitationGroupKind.OVERDUE]
        return overdue + self.counts[RehabilitationGroupKind.TO_START]


class StepKind(View, frozen=True, kw_only=True):
    """A step that can be taken, and what it asks for beside day and note."""

    code: str
    label: str
    is_done: bool
    """It holds already; to take it again replaces it."""
    choices: tuple[Option, ...] = ()
    """What must be chosen between; empty for nothing."""
    choice_label: str = ""
    text_label: str = ""
    """What is written beside the note; empty for nothing."""
    text: str = ""
    """What stands there from the start."""
    point_label: str = ""
    """Another date, and a time of day where it is known; empty for none."""


class StepView(View, frozen=True, kw_only=True):
    """A step that was taken."""

    entry_id: str
    label: str
    day: dt.date
    chosen: str
    """What was chosen; empty where there was nothing to choose."""
    at: Point | None
    """The agreed start, or until when it is put off."""
    text: str
    """The closing note or status note that was written in it; empty for another step."""
    note: str
    said: Spoken
    is_withdrawn: bool


class DateView(View, frozen=True, kw_only=True):
    """A date that a person can say, and what was said."""

    code: str
    label: str
    date: dt.date | None
    said: Spoken | None


class DateSuggestion(View, frozen=True, kw_only=True):
    """A date read out of the plan's text; nothing goes by it before a person has said so."""

    code: str
    """Of the date it may be."""
    label: str
    date: dt.date
    words: str


class StayOption(View, frozen=True, kw_only=True):
    """An admission of the same citizen that the plan may have come from."""

    pathway_id: str
    ward: str
    admitted: Point | None
    discharged: Point | None
    fits: bool
    """Its dates are those of the plan."""


class LinkView(View, frozen=True, kw_only=True):
    """Which admission the plan came from."""

    pathway_id: str
    """Empty for none."""
    is_by_hand: bool
    is_own: bool
    """Of the same pathway as the plan."""
    options: tuple[StayOption, ...]


class PlanSection(View, frozen=True, kw_only=True):
    """A part of the plan under one heading, whichever form it came in."""

    title: str
    fields: tuple[FieldView, ...]
    has_labels: bool
    """False where the heading says what its only field is."""


class RehabilitationView(View, frozen=True, kw_only=True):
    """Everything about one course."""

    row: RehabilitationRow
    citizen: CitizenView
    plan_entry: str
    """The entry that brought the plan that holds; what a question answers."""
    raw_id: str
    is_correspondence: bool
    level_text: str
    """The hospital's own word."""
    municipal_levels: tuple[Option, ...]
    """Empty where the level is the hospital's to set."""
    municipal_level: str
    """The code of the one that was set; empty for none."""
    rule: str
    """The rule of the latest start in the agreement's words, or why there is none."""
    rule_source: str
    anchor: dt.date | None
    """Day 0 of the days."""
    own_deadline: Text
    dates: tuple[DateView, ...]
    suggestions: tuple[DateSuggestion, ...]
    steps: tuple[StepKind, ...]
    taken: tuple[StepView, ...]
    """In order, also those that were taken back."""
    transport: str
    """Danish: where transport stands; empty when it is not the municipality's to see to."""
    link: LinkView
    sections: tuple[PlanSection, ...]
    question_to: str
    """Whom a question about the plan goes to; empty when nobody can be written to."""
    question_subject: str
    answer_rule: str
    """The hospital's deadline for an answer, in the agreement's words."""
    questions: tuple[Sent, ...] = ()
    versions: tuple[dt.datetime, ...] = ()
    """When each version came."""
