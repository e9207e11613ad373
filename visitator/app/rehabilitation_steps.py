"""The steps of a rehabilitation course: what can be taken, what was, and making one."""

import datetime as dt
from collections.abc import Callable, Iterator

import msgspec

from visitator.app.admission_views import Spoken
from visitator.app.labelled import point_of
from visitator.app.rehabilitation_views import StepKind, StepView
from visitator.app.views import KnownError, Option, Point, View
from visitator.domain.admission import Said
from visitator.domain.entries import (
    ChoiceChannel,
    ControlStatusWritten,
    FreeChoiceExplained,
    RehabilitationContacted,
    RehabilitationEnded,
    RehabilitationOfferChosen,
    RehabilitationPostponed,
    RehabilitationStartAgreed,
    RehabilitationStarted,
    RehabilitationStep,
    TransportArranged,
)
from visitator.domain.moment import Moment
from visitator.domain.rehabilitation import (
    OVER,
    TRANSPORT,
    Rehabilitation,
    chosen_in_step,
    moment_in_step,
    written_in_step,
)
from visitator.domain.terms import (
    LabelledEnum,
    PostponementReason,
    Provider,
    RehabilitationLevel,
    TrainingLevel,
)
from visitator.domain.titles import TITLES

_NO_CHOICE = "Vælg en af mulighederne. Intet er gemt."
_NO_POINT = "Skriv, hvornår opstarten er aftalt til. Intet er gemt."
_NO_TEXT = "Skriv statusnotatet. Intet er gemt."
_AHEAD = "Datoen ligger efter i dag, og trinnet er noget, der er sket. Intet er gemt."
_UNKNOWN = "Trinnet kendes ikke. Intet er gemt."
ENTITLED, NOT_ENTITLED = "entitled", "not_entitled"
_TRANSPORT = (
    Option(code=ENTITLED, label=TRANSPORT[True]),
    Option(code=NOT_ENTITLED, label=TRANSPORT[False]),
)


class StepDraft(View, frozen=True, kw_only=True):
    """A step as it was filled in."""

    code: str
    """Of its `StepKind`."""
    day: dt.date
    note: str = ""
    choice: str = ""
    """An option's code."""
    text: str = ""
    point: Point | None = None


class _Form(msgspec.Struct, frozen=True, kw_only=True):
    """What a step asks for."""

    kind: type[RehabilitationStep]
    choices: tuple[Option, ...] = ()
    choice_label: str = ""
    text_label: str = ""
    is_text_needed: bool = False
    point_label: str = ""
    is_point_needed: bool = False


def _options(kind: type[LabelledEnum]) -> tuple[Option, ...]:
    return tuple(Option(code=each.value, label=each.label) for each in kind)


_FORMS: dict[str, _Form] = {
    "contacted": _Form(kind=RehabilitationContacted),
    "choice": _Form(
        kind=FreeChoiceExplained, choices=_options(ChoiceChannel), choice_label="Hvordan"
    ),
    "offer": _Form(
        kind=RehabilitationOfferChosen,
        choices=_options(Provider),
        choice_label="Tilbud",
        text_label="Navn på leverandør eller kommune",
    ),
    "agreed": _Form(
        kind=RehabilitationStartAgreed, point_label="Aftalt opstart", is_point_needed=True
    ),
    "started": _Form(kind=RehabilitationStarted),
    "postponed": _Form(
        kind=RehabilitationPostponed,
        choices=_options(PostponementReason),
        choice_label="Årsag",
        point_label="Forventet opstart",
    ),
    "transport": _Form(kind=TransportArranged, choices=_TRANSPORT, choice_label="Befordring"),
    "status": _Form(
        kind=ControlStatusWritten,
        text_label="Statusnotat, som borgeren får med til kontrollen",
        is_text_needed=True,
    ),
    "ended": _Form(kind=RehabilitationEnded, text_label="Afslutningsnotat til egen læge"),
}
"""In the order they are usually taken."""

_BODIES: dict[str, Callable[[StepDraft], RehabilitationStep]] = {
    "contacted": lambda each: RehabilitationContacted(day=each.day, note=each.note),
    "choice": lambda each: FreeChoiceExplained(
        day=each.day, note=each.note, channel=msgspec.convert(each.choice, ChoiceChannel)
    ),
    "offer": lambda each: RehabilitationOfferChosen(
        day=each.day,
        note=each.note,
        provider=msgspec.convert(each.choice, Provider),
        name=each.text,
    ),
    "agreed": lambda each: RehabilitationStartAgreed(
        day=each.day, note=each.note, start=_moment(each)
    ),
    "started": lambda each: RehabilitationStarted(day=each.day, note=each.note),
    "postponed": lambda each: RehabilitationPostponed(
        day=each.day,
        note=each.note,
        reason=msgspec.convert(each.choice, PostponementReason),
        until=each.point.date if each.point else None,
    ),
    "transport": lambda each: TransportArranged(
        day=each.day, note=each.note, is_entitled=each.choice == ENTITLED
    ),
    "status": lambda each: ControlStatusWritten(day=each.day, note=each.note, text=each.text),
    "ended": lambda each: RehabilitationEnded(day=each.day, note=each.note, closing_note=each.text),
}


def _moment(draft: StepDraft) -> Moment:
    point = draft.point or Point(date=draft.day)
    return Moment(point.date, point.time)


_ELSEWHERE = {"transport", "status", "ended"}
"""What is left to the municipality where the hospital trains the citizen (R9.5, R9.6)."""


WORDS = frozenset(
    word
    for form in _FORMS.values()
    for word in (form.choice_label, form.text_label, form.point_label)
    if word
) | {each.label for each in _TRANSPORT}
"""The words of the steps that no field and no agreement has."""


def step_kinds(found: Rehabilitation, today: dt.date) -> tuple[StepKind, ...]:
    """What can be done in a course now; nothing in one that is over."""
    if found.state in OVER:
        return ()
    is_theirs = found.level is RehabilitationLevel.SPECIALISED
    kinds = []
    for code, form in _FORMS.items():
        if (is_theirs and code not in _ELSEWHERE) or (not is_theirs and code == "transport"):
            continue
        kinds.append(
            StepKind(
                code=code,
                label=TITLES[form.kind],
                is_done=found.last(form.kind) is not None,
                choices=form.choices,
                choice_label=form.choice_label,
                text_label=form.text_label,
                text=closing_text(found, today) if form.kind is RehabilitationEnded else "",
                point_label=form.point_label,
            )
        )
    return tuple(kinds)


def closing_text(found: Rehabilitation, today: dt.date) -> str:
    """The beginning of a closing note (afslutningsnotat, R9.4), from what is known here."""
    plan = found.plan.message
    diagnoses = "; ".join(each.text for each in plan.diagnoses if each.text)
    lines = [
        f"Genoptræning efter genoptræningsplan af {found.plan.date:%d-%m-%Y} er afsluttet"
        f" {today:%d-%m-%Y}.",
    ]
    if found.training_level not in {TrainingLevel.GENERAL, TrainingLevel.UNKNOWN}:
        lines.append(f"Niveau: {found.training_level.label}.")
    if diagnoses:
        lines.append(f"Diagnose: {diagnoses}.")
    if found.started is not None:
        lines.append(f"Startet: {found.started:%d-%m-%Y}.")
    return "\n".join([*lines, "", "Status ved afslutning: "])


def made(draft: StepDraft, today: dt.date) -> RehabilitationStep:
    """The entry body of a step that was filled in.

    Raises:
        KnownError: something it asks for is missing, or it says that something has happened later
            than today.
    """
    form = _FORMS.get(draft.code)
    if form is None:
        raise KnownError(_UNKNOWN)
    if draft.day > today:
        raise KnownError(_AHEAD)
    if form.choices and draft.choice not in {each.code for each in form.choices}:
        raise KnownError(_NO_CHOICE)
    if form.is_point_needed and draft.point is None:
        raise KnownError(_NO_POINT)
    if form.is_text_needed and not draft.text.strip():
        raise KnownError(_NO_TEXT)
    tidied = msgspec.structs.replace(draft, note=draft.note.strip(), text=draft.text.strip())
    return _BODIES[draft.code](tidied)


def steps_taken(found: Rehabilitation, spoken: Callable[[Said], Spoken]) -> Iterator[StepView]:
    """Every step in order, with what was chosen in it."""
    for each in found.steps:
        yield StepView(
            entry_id=each.said.entry_id,
            label=TITLES[type(each.step)],
            day=each.step.day,
            chosen=chosen_in_step(each.step),
            at=point_of(moment_in_step(each.step)),
            text=written_in_step(each.step),
            note=each.step.note,
            said=spoken(each.said),
            is_withdrawn=each.is_withdrawn,
        )
