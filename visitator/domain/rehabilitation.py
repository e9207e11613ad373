"""The rehabilitation side of a pathway (genoptræning): from a plan to a started course.

Folded from the same journal as everything else (requirements §9; rules L, M and N; agreements
§4.1). G-GOP and a plan that came as correspondence are the same here. What the plan says only as
text is a date when a person has confirmed it, and not before.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import TypeVar

import msgspec

from visitator.domain.admission import IN_HOSPITAL, Said, said_in
from visitator.domain.agreement import Agreement, Confidence, Fact, Rule, Status
from visitator.domain.calendar import CalendarRangeError
from visitator.domain.deadlines import (
    CalendarDaysAfter,
    DateRule,
    Due,
    rehabilitation_anchor,
    to_copenhagen,
    whole_day,
)
from visitator.domain.entries import (
    ControlStatusWritten,
    CorrespondenceSent,
    Entry,
    EntryId,
    FreeChoiceExplained,
    Lapsed,
    LapseReason,
    MessageReceived,
    MunicipalLevel,
    PhoneCall,
    RehabilitationContacted,
    RehabilitationDate,
    RehabilitationDateSet,
    RehabilitationEnded,
    RehabilitationLevelSet,
    RehabilitationLinked,
    RehabilitationOfferChosen,
    RehabilitationPostponed,
    RehabilitationStartAgreed,
    RehabilitationStarted,
    RehabilitationStep,
    RehabilitationStepWithdrawn,
    TransportArranged,
)
from visitator.domain.messages import Correspondence, RehabilitationPlan
from visitator.domain.moment import Moment
from visitator.domain.pathway import Pathway
from visitator.domain.terms import (
    Actor,
    CourseState,
    DischargeSource,
    RehabilitationLevel,
    TrainingLevel,
)

_Step = TypeVar("_Step", bound=RehabilitationStep)


_STEPS: tuple[tuple[type[RehabilitationStep], CourseState], ...] = (
    (RehabilitationEnded, CourseState.ENDED),
    (RehabilitationStarted, CourseState.STARTED),
    (RehabilitationStartAgreed, CourseState.START_AGREED),
    (RehabilitationOfferChosen, CourseState.OFFER_CHOSEN),
    (FreeChoiceExplained, CourseState.CHOICE_EXPLAINED),
    (RehabilitationContacted, CourseState.CONTACTED),
)
"""The furthest first. They may be taken in any order, and none asks for another."""

OVER = frozenset({CourseState.ENDED, CourseState.CANCELLED, CourseState.LAPSED})
"""Nothing more is to be done."""


_LEVELS = {
    RehabilitationLevel.GENERAL: TrainingLevel.GENERAL,
    RehabilitationLevel.SPECIALISED: TrainingLevel.SPECIALISED,
    RehabilitationLevel.SPECIALISED_REHABILITATION: TrainingLevel.SPECIALISED_REHABILITATION,
    None: TrainingLevel.UNKNOWN,
}
_TRIAGED = {
    MunicipalLevel.BASIC: TrainingLevel.BASIC,
    MunicipalLevel.ADVANCED: TrainingLevel.ADVANCED,
}


class PlanReceived(msgspec.Struct, frozen=True, kw_only=True):
    """One version of the rehabilitation plan, as the hospital sent it."""

    entry_id: EntryId
    message: RehabilitationPlan
    received_at: dt.datetime
    date: dt.datetime
    """Of the letter in Danish civil time; without one, when it came."""


class StepTaken(msgspec.Struct, frozen=True, kw_only=True):
    """A step that holds, or one that did."""

    step: RehabilitationStep
    said: Said
    is_withdrawn: bool = False


class DateSaid(msgspec.Struct, frozen=True, kw_only=True):
    """A date that a person confirmed."""

    date: dt.date
    note: str
    said: Said


class Rehabilitation(msgspec.Struct, frozen=True, kw_only=True):
    """What the journal says about the rehabilitation of one citizen after one stay."""

    plans: tuple[PlanReceived, ...]
    """Oldest first; the last one holds."""
    level: RehabilitationLevel | None
    """What the hospital decided; None when its word is not one of the three."""
    municipal_level: MunicipalLevel | None
    """Basal or avanceret, set by the municipality."""
    discharge: dt.date | None
    discharge_source: DischargeSource | None
    is_in_hospital: bool
    """The stay it came from is known not to be over."""
    start_from: DateSaid | None
    start_by: DateSaid | None
    said_discharge: DateSaid | None
    steps: tuple[StepTaken, ...]
    """Every step of this course in order, also those that were withdrawn."""
    state: CourseState
    admission: str | None
    """The pathway of the admission it is linked to; its own when nobody has said another."""
    is_linked_by_hand: bool
    asked_at: dt.datetime | None
    """When the hospital was asked about the plan, while it has not answered (rule N)."""

    @property
    def plan(self) -> PlanReceived:
        """The version that holds."""
        return self.plans[-1]

    @property
    def awaits_discharge(self) -> bool:
        """Whether the days cannot count before the hospital has discharged the citizen."""
        if self.discharge_source in {DischargeSource.NOTIFIED, DischargeSource.PERSON}:
            return False
        return self.discharge is None or self.is_in_hospital

    def last(self, kind: type[_Step]) -> _Step | None:
        """The last step of a kind that holds."""
        found = (each.step for each in reversed(self.steps) if not each.is_withdrawn)
        return next((each for each in found if isinstance(each, kind)), None)

    @property
    def started(self) -> dt.date | None:
        """On which day the training began."""
        found = self.last(RehabilitationStarted)
        return found.day if found is not None else None

    @property
    def is_to_start(self) -> bool:
        """Whether the training is still ahead."""
        return self.state not in OVER and self.state is not CourseState.STARTED

    @property
    def postponed(self) -> RehabilitationPostponed | None:
        """The postponement that stands: nobody has agreed a start, or started, since."""
        since: RehabilitationPostponed | None = None
        for each in self.steps:
            if each.is_withdrawn:
                continue
            if isinstance(each.step, RehabilitationPostponed):
                since = each.step
            elif isinstance(each.step, RehabilitationStartAgreed | RehabilitationStarted):
                since = None
        return since

    @property
    def may_be_triaged(self) -> bool:
        """Whether basal or avanceret is the municipality's to set (agreements §4.1)."""
        return self.level in {None, RehabilitationLevel.GENERAL}

    @property
    def training_level(self) -> TrainingLevel:
        """The level the rules go by.

        What the municipality triaged is almen, also where the hospital's word is unknown; it
        changes nothing about what the hospital called specialised.
        """
        if self.may_be_triaged and self.municipal_level is not None:
            return _TRIAGED[self.municipal_level]
        return _LEVELS[self.level]


def link_of(pathway: Pathway) -> str | None:
    """The other pathway whose stay the plan is linked to by hand; None: its own, or none."""
    if not pathway.has_rehabilitation_plan:
        return None
    said = _last_link(pathway.timeline)
    if said is None or said.admission == _own_id(pathway):
        return None
    return said.admission


def rehabilitation(pathway: Pathway, other: Pathway | None = None) -> Rehabilitation | None:
    """The rehabilitation side of a folded pathway; None where no plan has come.

    Args:
        pathway: that the plan came in.
        other: the one `link_of` names, when it is known here.
    """
    if not pathway.has_rehabilitation_plan:
        return None
    course = _Course()
    withdrawn = _withdrawn(pathway.timeline)
    for entry in pathway.timeline:
        course.add(entry, is_withdrawn=entry.id in withdrawn)
    stay, admission, by_hand = _stay(pathway, other, course)
    plans = tuple(sorted(course.plans, key=lambda each: (each.date, each.received_at)))
    plan = plans[-1]
    discharge, source = _discharge(plan.message, stay, course)
    dead = any(each is not None and each.lapsed is LapseReason.DEATH for each in (pathway, stay))
    return Rehabilitation(
        plans=plans,
        level=plan.message.level,
        municipal_level=course.level,
        discharge=discharge,
        discharge_source=source,
        is_in_hospital=stay is not None and stay.stay in IN_HOSPITAL,
        start_from=course.dates.get(RehabilitationDate.START_FROM),
        start_by=course.dates.get(RehabilitationDate.START_BY),
        said_discharge=course.dates.get(RehabilitationDate.DISCHARGE),
        steps=tuple(course.steps),
        state=_state(course, plan.message, is_lapsed=dead or course.is_lapsed),
        admission=admission,
        is_linked_by_hand=by_hand,
        asked_at=_asked_at(pathway.timeline, {each.entry_id for each in plans}),
    )


def has_dates_of(stay: Pathway, plan: RehabilitationPlan) -> bool:
    """Whether a stay began, or ended, on the day the plan says of its hospital contact."""
    begun, ended = plan.contact_start, plan.contact_expected_end
    if begun is not None and stay.admitted is not None:
        return begun.date == stay.admitted.date
    if ended is not None and stay.discharged is not None:
        return ended.date == stay.discharged.date
    return False


def _withdrawn(timeline: Sequence[Entry]) -> frozenset[EntryId]:
    bodies = (each.body for each in timeline)
    return frozenset(e.step for e in bodies if isinstance(e, RehabilitationStepWithdrawn))


class _Course:
    """The last course of a pathway: a newer plan after an ended course begins another."""

    def __init__(self) -> None:
        self._begin()

    def _begin(self) -> None:
        self.plans: list[PlanReceived] = []
        self.steps: list[StepTaken] = []
        self.dates: dict[RehabilitationDate, DateSaid] = {}
        self.level: MunicipalLevel | None = None
        self.link: RehabilitationLinked | None = None
        self.is_lapsed = False

    def add(self, entry: Entry, *, is_withdrawn: bool) -> None:
        match entry.body:
            case MessageReceived(message=RehabilitationPlan()) as body:
                self._plan_received(entry, body)
            case RehabilitationStep() as step:
                taken = StepTaken(step=step, said=said_in(entry), is_withdrawn=is_withdrawn)
                self.steps.append(taken)
            case RehabilitationDateSet(kind_of_date=kind, date=date, note=note):
                self.dates.pop(kind, None)
                if date is not None:
                    self.dates[kind] = DateSaid(date=date, note=note, said=said_in(entry))
            case RehabilitationLevelSet(level=level):
                self.level = level
            case RehabilitationLinked() as link:
                self.link = link
            case Lapsed():
                self.is_lapsed = bool(self.plans)

    def _plan_received(self, entry: Entry, body: MessageReceived) -> None:
        message = body.message
        if not isinstance(message, RehabilitationPlan):
            raise TypeError("only a rehabilitation plan begins a course")
        date = (message.authorised_at or to_copenhagen(body.received_at)).replace(tzinfo=None)
        is_newer = all(date > each.date for each in self.plans)
        if self.plans and is_newer and self.is_over:
            self._begin()
        self.is_lapsed = False
        self.plans.append(
            PlanReceived(
                entry_id=entry.id, message=message, received_at=body.received_at, date=date
            )
        )

    @property
    def is_over(self) -> bool:
        return self.is_lapsed or self.has(RehabilitationEnded)

    def has(self, kind: type[RehabilitationStep]) -> bool:
        return any(isinstance(each.step, kind) and not each.is_withdrawn for each in self.steps)


def _asked_at(timeline: Sequence[Entry], plans: set[EntryId]) -> dt.datetime | None:
    """When the first letter about the plan went off that no letter, and no call, has answered."""
    asked: dt.datetime | None = None
    for entry in timeline:
        match entry.body:
            case CorrespondenceSent(answers=answers) if answers in plans:
                asked = asked or entry.occurred_at
            case MessageReceived(message=Correspondence()) | PhoneCall(clears=True):
                asked = None
    return asked


def answer_due(found: Rehabilitation, agreement: Agreement) -> Due | None:
    """When the hospital must have answered the question about the plan (rule N).

    None when nothing was asked, or the agreement does not say.
    """
    rule = agreement.rehabilitation.hospital_answer.deadline
    if rule is None or found.asked_at is None:
        return None
    try:
        return rule.due(found.asked_at, agreement.calendar)
    except CalendarRangeError:
        return None


def _state(course: _Course, plan: RehabilitationPlan, *, is_lapsed: bool) -> CourseState:
    if is_lapsed:
        return CourseState.LAPSED
    if plan.is_cancelled:
        return CourseState.CANCELLED
    taken = (state for kind, state in _STEPS if course.has(kind))
    return next(taken, CourseState.RECEIVED)


def _last_link(timeline: Sequence[Entry]) -> RehabilitationLinked | None:
    bodies = (each.body for each in reversed(timeline))
    return next((each for each in bodies if isinstance(each, RehabilitationLinked)), None)


def _own_id(pathway: Pathway) -> str | None:
    return pathway.timeline[0].pathway_id if pathway.timeline else None


def _stay(
    pathway: Pathway, other: Pathway | None, course: _Course
) -> tuple[Pathway | None, str | None, bool]:
    """The stay the plan came from, its pathway, and whether a person said so."""
    own = _own_id(pathway)
    if course.link is None:
        return pathway, own if _has_stay(pathway) else None, False
    if course.link.admission == own:
        return pathway, own, True
    return (other if course.link.admission else None), course.link.admission, True


def _has_stay(pathway: Pathway) -> bool:
    return pathway.admitted is not None or pathway.discharged is not None


def _discharge(
    plan: RehabilitationPlan, stay: Pathway | None, course: _Course
) -> tuple[dt.date | None, DischargeSource | None]:
    """The notification goes first, then what a person said, then what the plan expected.

    A discharge before the plan's own contact began is another stay's.
    """
    notified = stay.discharged.date if stay is not None and stay.discharged else None
    begun = plan.contact_start.date if plan.contact_start else None
    if notified is not None and (begun is None or notified >= begun):
        return notified, DischargeSource.NOTIFIED
    said = course.dates.get(RehabilitationDate.DISCHARGE)
    if said is not None:
        return said.date, DischargeSource.PERSON
    if plan.contact_expected_end is not None:
        return plan.contact_expected_end.date, DischargeSource.PLAN
    return None, None


# --- the latest start (seneste opstart) -----------------------------------------------------------

UNKNOWN_LEVEL = "Planens type er ukendt, så fristen er ikke beregnet."
NO_ANCHOR = "Den dato, fristen regnes fra, mangler i planen."


class StartDue(msgspec.Struct, frozen=True, kw_only=True):
    """Who starts the rehabilitation, and by when, under one agreement (rules L and M)."""

    actor: Actor
    status: Status
    due: Due | None = None
    anchor: dt.date | None = None
    """Day 0: the days count from here."""
    text: str = ""
    """The rule in the agreement's words, or why there is no deadline."""
    source: str | None = None
    confidence: Confidence | None = None


class _Dates(msgspec.Struct, frozen=True, kw_only=True):
    discharge: dt.date | None
    drawn_up: dt.date | None
    start_from: dt.date | None = None
    start_by: dt.date | None = None


def start_due(found: Rehabilitation, agreement: Agreement) -> StartDue:
    """The latest start of a course, by the dates that are known of it.

    Args:
        found: of a pathway.
        agreement: the profile with the days, and until when a task is the municipality's.
    """
    drawn_up = found.plan.message.authorised_at
    dates = _Dates(
        discharge=found.discharge,
        drawn_up=drawn_up.date() if drawn_up else None,
        start_from=found.start_from.date if found.start_from else None,
        start_by=found.start_by.date if found.start_by else None,
    )
    return _start(found.training_level, dates, agreement)


def start_due_of(plan: RehabilitationPlan, agreement: Agreement) -> StartDue:
    """The same of a plan by itself, before anything else is known."""
    dates = _Dates(
        discharge=plan.contact_expected_end.date if plan.contact_expected_end else None,
        drawn_up=plan.authorised_at.date() if plan.authorised_at else None,
    )
    return _start(_LEVELS[plan.level], dates, agreement)


def _start(level: TrainingLevel, dates: _Dates, agreement: Agreement) -> StartDue:
    terms = agreement.rehabilitation
    if level is TrainingLevel.SPECIALISED:
        return _counted("hospital", terms.hospital_start, dates, agreement)
    if level is TrainingLevel.SPECIALISED_REHABILITATION:
        task = terms.specialised_rehabilitation
        if _is_after(task.municipal_until, dates):
            return _told("region", task)
    start = _counted("municipality", terms.municipality_start, dates, agreement)
    return _not_known(start, UNKNOWN_LEVEL) if level is TrainingLevel.UNKNOWN else start


def _is_after(last_day: dt.date | None, dates: _Dates) -> bool:
    """Whether a course belongs to the time after `last_day`, by the day its deadline counts from.

    The sources do not say what holds for one that is under way.
    """
    day = dates.discharge or dates.drawn_up
    if last_day is None or day is None:
        return False
    return rehabilitation_anchor(day, dates.start_from) > last_day


def _counted(actor: Actor, rule: Rule[DateRule], dates: _Dates, agreement: Agreement) -> StartDue:
    start = _told(actor, rule)
    if not isinstance(rule.deadline, CalendarDaysAfter):
        return start
    if dates.start_by is not None:
        # Rule L: "medmindre andet er … angivet i genoptræningsplanen".
        return _whole_day(start, dates.start_by)
    day = dates.discharge if rule.deadline.anchor == "discharge" else dates.drawn_up
    anchor = rehabilitation_anchor(day, dates.start_from) if day else dates.start_from
    if anchor is None:
        return _not_known(start, NO_ANCHOR)
    try:
        due = rule.deadline.due(anchor, agreement.calendar)
    except CalendarRangeError as error:
        return _not_known(start, str(error))
    return msgspec.structs.replace(start, due=due, anchor=anchor)


def _whole_day(start: StartDue, day: dt.date) -> StartDue:
    try:
        return msgspec.structs.replace(start, status="fixed", due=whole_day(day))
    except CalendarRangeError as error:
        return _not_known(start, str(error))


def _told(actor: Actor, fact: Fact) -> StartDue:
    return StartDue(
        actor=actor,
        status=fact.status,
        text=fact.text,
        source=fact.source,
        confidence=fact.confidence,
    )


def _not_known(start: StartDue, why: str) -> StartDue:
    text = f"{why} {start.text}"
    return msgspec.structs.replace(start, status="unknown", due=None, anchor=None, text=text)


# --- what the plan's own deadline may mean --------------------------------------------------------


class DateRead(msgspec.Struct, frozen=True, kw_only=True):
    """A date that stands in a text, as a suggestion: a person says whether it is meant so."""

    date: dt.date
    kind: RehabilitationDate
    words: str
    """What was read."""


_MONTHS = (
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
)
_NUMERIC = re.compile(r"\b(\d{1,2})[./-](\d{1,2})(?:[./-](\d{4}|\d{2}))?\b")
_NAMED = re.compile(rf"\b(\d{{1,2}})\.? ({'|'.join(_MONTHS)})(?: (\d{{4}}))?\b", re.IGNORECASE)
_COUNTED = re.compile(
    r"\b(\d{1,2}) (kalenderdage|dage|dag|uger|uge) (?:efter|fra) (?:udskriv|operation)\w*",
    re.IGNORECASE,
)
_BY = re.compile(r"\b(?:senest|inden|før)\b[^.;\n]*$", re.IGNORECASE)


def dates_read(plan: RehabilitationPlan, discharge: dt.date | None) -> tuple[DateRead, ...]:
    """The dates in the plan's free-text deadline, in the order they stand; never used as they are.

    Args:
        plan: whose text is read.
        discharge: what "dage efter udskrivelsen" counts from; None leaves those out.
    """
    text = plan.start_deadline_text.text if plan.start_deadline_text else ""
    near = _near(plan, discharge)
    found = sorted(_dates_in(text, discharge, near), key=lambda each: each[0])
    read: dict[dt.date, DateRead] = {}
    for place, words, date in found:
        by = _BY.search(text[:place]) is not None
        kind = RehabilitationDate.START_BY if by else RehabilitationDate.START_FROM
        read.setdefault(date, DateRead(date=date, kind=kind, words=words))
    return tuple(read.values())


def _dates_in(
    text: str, discharge: dt.date | None, near: dt.date | None
) -> Iterator[tuple[int, str, dt.date]]:
    for match in _NUMERIC.finditer(text):
        date = _civil(match[3], int(match[2]), int(match[1]), near)
        if date is not None:
            yield match.start(), match[0], date
    for match in _NAMED.finditer(text):
        month = _MONTHS.index(match[2].casefold()) + 1
        date = _civil(match[3], month, int(match[1]), near)
        if date is not None:
            yield match.start(), match[0], date
    for match in _COUNTED.finditer(text):
        days = _days_after_discharge(match)
        if discharge is None or days is None:
            continue
        if discharge.year < dt.MAXYEAR - 1:
            yield match.start(), match[0], discharge + dt.timedelta(days=days)


def _days_after_discharge(match: re.Match[str]) -> int | None:
    """None where they count from an operation, whose day is not in the plan."""
    if "operation" in match[0].casefold():
        return None
    return int(match[1]) * (7 if match[2].casefold().startswith("uge") else 1)


_ASKS_NOTHING_MORE = frozenset(
    {
        *("genoptræning", "genoptræningen", "træning", "træningen", "opstart", "start"),
        *("starter", "startes", "startet", "opstartes", "påbegyndes", "bedes", "skal", "være"),
        *("senest", "inden", "for", "den"),
    }
)
"""Words that a deadline is said in, and that neither move it nor make it depend on anything."""
_WORD = re.compile(r"\w+")


def has_own_deadline(found: Rehabilitation, agreement: Agreement) -> bool:
    """Whether the plan's own deadline is for a person to look at.

    Not when it says the computed one over again, and nothing else; nor when somebody has confirmed
    a date of it, or agreed a start. One word too many, and a person looks.
    """
    plan = found.plan.message
    text = plan.start_deadline_text.text if plan.start_deadline_text else ""
    is_settled = found.start_from or found.start_by or found.last(RehabilitationStartAgreed)
    if not text.strip() or is_settled:
        return False
    rest = _without_the_computed(text, found, agreement)
    said = {word.casefold() for word in _WORD.findall(rest)}
    is_by = rest != text and bool(said & {"senest", "inden"})
    return not (is_by and said <= _ASKS_NOTHING_MORE)


def _without_the_computed(text: str, found: Rehabilitation, agreement: Agreement) -> str:
    """A text without the computed day, and without the rule's own number of days."""
    due = start_due(found, agreement).due
    rule = agreement.rehabilitation.municipality_start.deadline
    near = _near(found.plan.message, found.discharge)
    for place, words, date in sorted(_dates_in(text, found.discharge, near), reverse=True):
        if due is not None and date == due.local.date():
            text = text[:place] + text[place + len(words) :]
    if not isinstance(rule, CalendarDaysAfter) or rule.anchor != "discharge":
        return text
    # Also while the day they count from is not known.
    return _COUNTED.sub(lambda m: "" if _days_after_discharge(m) == rule.days else m[0], text)


def _near(plan: RehabilitationPlan, discharge: dt.date | None) -> dt.date | None:
    """The day a date without a year is not before."""
    return discharge or (plan.authorised_at.date() if plan.authorised_at else None)


def _civil(year: str | None, month: int, day: int, near: dt.date | None) -> dt.date | None:
    """A date; without a year the first that is not before `near`."""
    try:
        if year is not None:
            number = int(year)
            return dt.date(number if number > 99 else 2000 + number, month, day)
        if near is None:
            return None
        date = dt.date(near.year, month, day)
        return date if date >= near else dt.date(near.year + 1, month, day)
    except ValueError:
        return None


# --- what a step says -----------------------------------------------------------------------------

TRANSPORT = {True: "Arrangeret", False: "Ikke berettiget"}
"""By whether the citizen is entitled to transport (R9.5)."""


def written_in_step(step: RehabilitationStep) -> str:
    """The closing note, or the status note, that was written; empty for another step."""
    match step:
        case ControlStatusWritten(text=text) | RehabilitationEnded(closing_note=text):
            return text
        case _:
            return ""


def said_in_step(step: RehabilitationStep) -> str:
    """What was chosen or agreed in a step, in Danish; empty where its name says it all."""
    chosen, moment = chosen_in_step(step), moment_in_step(step)
    if moment is None:
        return chosen
    return f"{chosen}, forventet {moment}" if chosen else str(moment)


def moment_in_step(step: RehabilitationStep) -> Moment | None:
    """The agreed start, or until when it is put off; None for another step, or when not known."""
    match step:
        case RehabilitationStartAgreed(start=start):
            return start
        case RehabilitationPostponed(until=until) if until is not None:
            return Moment(until)
        case _:
            return None


def chosen_in_step(step: RehabilitationStep) -> str:
    """What was chosen in a step, in Danish; empty where there was nothing to choose."""
    match step:
        case FreeChoiceExplained(channel=channel):
            said = channel.label
        case RehabilitationOfferChosen(provider=provider, name=name):
            said = ": ".join(part for part in (provider.label, name) if part)
        case RehabilitationPostponed(reason=reason):
            said = reason.label
        case TransportArranged(is_entitled=is_entitled):
            said = TRANSPORT[is_entitled]
        case _:
            said = ""
    return said


# --- the texts the municipality writes ------------------------------------------------------------

QUESTION_SUBJECT = "Vedr. genoptræningsplan"


def control_statuses(found: Rehabilitation) -> Iterator[StepTaken]:
    """The status notes for a control at the hospital (R9.6), in order."""
    for each in found.steps:
        if isinstance(each.step, ControlStatusWritten) and not each.is_withdrawn:
            yield each


def transport(found: Rehabilitation) -> TransportArranged | None:
    """What was done about transport to training at the hospital; None: nothing yet (R9.5)."""
    return found.last(TransportArranged)
