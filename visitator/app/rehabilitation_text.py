"""A rehabilitation plan under the same headings, and in the same words, in both of its forms.

The converted form has some parts as text under headings (standard §5, "As XDIS91"). What the other
form has as fields is written here as MedCom's conversion writes it.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from visitator.app.labelled import fields_of, text_of
from visitator.app.rehabilitation_views import PlanSection
from visitator.app.views import FieldView
from visitator.domain.codes import in_danish
from visitator.domain.labels import labels
from visitator.domain.messages import Diagnosis, JournalExcerpt, RehabilitationPlan
from visitator.domain.party import Organisation, Person, Telephone
from visitator.domain.text import RichText

_SIGNERS = "Underskriver"
_CITIZEN = "Yderligere patientoplysninger"
_LABELS = labels(RehabilitationPlan) | {"sender": _SIGNERS, "citizen": _CITIZEN}
_SAID_BY_HEADING = frozenset(
    _LABELS[name]
    for name in ("need_and_potential", "ability_summary", "patient_safety", "health_summary")
)
_CONSENT = "informeret samtykke:"
"""How the line about it begins in the converted form, case folded."""


class _Row(NamedTuple):
    field: str
    heading: str = ""
    """Of the converted form, as it begins, case folded."""


class _Part(NamedTuple):
    title: str
    rows: tuple[_Row, ...]


_PARTS = (
    _Part("Behov og potentiale", (_Row("need_and_potential"),)),
    _Part(
        "Funktionsevne ved udskrivelsen",
        (_Row("ability_summary"), _Row("ability_extended"), _Row("icf", "icf-koder")),
    ),
    _Part("Forholdsregler", (_Row("patient_safety"),)),
    _Part(
        "Diagnoser og helbred",
        (_Row("diagnoses", "diagnoser"), _Row("diagnoses_text"), _Row("health_summary")),
    ),
    _Part("Kontrol på sygehuset", (_Row("controls", "aftaler om kontrol"),)),
    _Part("Praktisk", (_Row("practical_information"), _Row("information"), _Row("consent"))),
    _Part(
        "Sygehuskontakt",
        (
            _Row("contact_start"),
            _Row("contact_expected_end"),
            _Row("contact_expected_end_text", "aktuel sygehuskontakt"),
        ),
    ),
    _Part(
        "Spørg om planen",
        (
            _Row("sender", "underskrivere"),
            _Row("contact_region", "spørgsmål til regionen"),
            _Row("contact_municipality", "spørgsmål til kommunen"),
            _Row("team", "behandlende team"),
        ),
    ),
    _Part(
        "Kopi og slutstatus",
        (
            _Row("copies", "kopimodtagere"),
            _Row("gp_copy_deselected"),
            _Row("result_receivers", "slutstatusmodtager"),
        ),
    ),
    _Part("Uddrag fra journal", (_Row("journal_excerpts"),)),
    _Part(
        "Pårørende og øvrige oplysninger",
        (
            _Row("relatives", "pårørende"),
            _Row("relatives_comment"),
            _Row("citizen", "yderligere patientoplysninger"),
            _Row("references"),
        ),
    ),
)


WORDS = frozenset({*(part.title for part in _PARTS), _CITIZEN})
"""The headings, which are the program's own."""


def plan_sections(plan: RehabilitationPlan) -> tuple[PlanSection, ...]:
    """The parts of a plan that say something, in the order one reads them.

    What stands under a heading nobody knows is in the last part, never left out.
    """
    placed: set[int] = set()
    found = []
    for part in _PARTS:
        fields = [each for row in part.rows for each in _fields(plan, row, placed)]
        if part is _PARTS[-1]:
            fields += _rest(plan, placed)
        if fields:
            has_labels = len(fields) > 1 or fields[0].label not in _SAID_BY_HEADING
            found.append(PlanSection(title=part.title, fields=tuple(fields), has_labels=has_labels))
    return tuple(found)


def plan_fields(plan: RehabilitationPlan) -> Iterator[FieldView]:
    """The same one below the other, the level and the plan's own deadline first."""
    yield from fields_of(plan, only=frozenset({"level_text", "start_deadline_text"}))
    for part in plan_sections(plan):
        yield from part.fields


def _fields(plan: RehabilitationPlan, row: _Row, placed: set[int]) -> Iterator[FieldView]:
    """What a field says, and what the converted form says of it as text."""
    name, lines = row.field, []
    if name in _WRITTEN:
        lines = [line for line in _WRITTEN[name](plan) if line]
    elif name == "diagnoses":
        yield from (_diagnosis(each) for each in plan.diagnoses)
    elif name == "journal_excerpts":
        yield from (_excerpt(each) for each in plan.journal_excerpts)
    else:
        yield from fields_of(plan, only=frozenset([name]))
    for text in _headed(plan, row.heading, placed):
        tidy = _TIDY.get(name)
        if tidy is None:
            yield FieldView(label=_LABELS[name], text=text_of(text))
        else:
            lines += tidy(plan, text.text.split("\n"))
    if lines:
        yield FieldView(label=_LABELS[name], text=text_of("\n".join(lines)))


def _headed(plan: RehabilitationPlan, heading: str, placed: set[int]) -> Iterator[RichText]:
    for number, section in enumerate(plan.sections):
        if number not in placed and heading and section.heading.casefold().startswith(heading):
            placed.add(number)
            yield section.text


def _rest(plan: RehabilitationPlan, placed: set[int]) -> Iterator[FieldView]:
    for number, section in enumerate(plan.sections):
        if number not in placed:
            yield FieldView(label=section.heading or "Tekst", text=text_of(section.text))


# --- fields as MedCom's conversion writes them ----------------------------------------------------


def _icf(plan: RehabilitationPlan) -> Iterator[str]:
    for each in plan.icf:
        yield _coded(each.text, each.code)
        yield _coded(each.gradient_text, each.gradient_code)


def _controls(plan: RehabilitationPlan) -> Iterator[str]:
    for each in plan.controls:
        yield str(each.start) if each.start else _stripped(each.start_text)
        yield _party(each.location) if each.location else ""


def _signers(plan: RehabilitationPlan) -> Iterator[str]:
    for each in (*plan.sender.signers, *plan.sender.co_writers):
        yield _listed(each.name, each.title, _identifier(each), each.telephone, each.department)


def _team(plan: RehabilitationPlan) -> Iterator[str]:
    for each in plan.team:
        yield _listed(each.name, each.title, each.department, _identifier(each), each.telephone)


def _copies(plan: RehabilitationPlan) -> Iterator[str]:
    if plan.gp_copy is not None:
        yield f"{_LABELS['gp_copy']}: {_party(plan.gp_copy)}"
    yield from map(_party, plan.copies)


def _relatives(plan: RehabilitationPlan) -> Iterator[str]:
    for each in plan.relatives:
        relation = in_danish("relation", each.relation or "")
        yield _listed(each.name, relation, each.address)
        yield _reached(each.telephones, each.email)


def _citizen(plan: RehabilitationPlan) -> Iterator[str]:
    citizen = plan.citizen
    if citizen is None:
        return
    yield _reached(citizen.telephones, citizen.email)
    care_of = citizen.care_of
    if care_of is not None:
        yield f"c/o adresse: {_listed(care_of.name, care_of.address)}"


_WRITTEN: dict[str, Callable[[RehabilitationPlan], Iterator[str]]] = {
    "icf": _icf,
    "controls": _controls,
    "sender": _signers,
    "contact_region": lambda plan: map(_party, filter(None, [plan.contact_region])),
    "contact_municipality": lambda plan: map(_party, filter(None, [plan.contact_municipality])),
    "team": _team,
    "copies": _copies,
    "result_receivers": lambda plan: map(_party, plan.result_receivers),
    "relatives": _relatives,
    "citizen": _citizen,
}


def _after_the_time(plan: RehabilitationPlan, lines: list[str]) -> list[str]:
    """The first line is when, which has been read."""
    return lines[1:] if plan.controls else lines


def _in_danish(_plan: RehabilitationPlan, lines: list[str]) -> list[str]:
    return [_listed(*(in_danish("relation", part) for part in line.split(", "))) for line in lines]


def _without_consent(plan: RehabilitationPlan, lines: list[str]) -> list[str]:
    """It stands where one looks for it."""
    is_read = plan.consent is not None
    return [line for line in lines if not (is_read and line.casefold().startswith(_CONSENT))]


_TIDY: dict[str, Callable[[RehabilitationPlan, list[str]], list[str]]] = {
    "controls": _after_the_time,
    "relatives": _in_danish,
    "citizen": _without_consent,
}
"""What is to be done to the lines of the converted form."""


# --- pieces ---------------------------------------------------------------------------------------


def _listed(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part)


def _coded(text: str | None, code: str | None) -> str:
    return f"{text} ({code})" if text and code else text or code or ""


def _party(each: Organisation) -> str:
    """An organisation on one line: its numbers, who, where, and the number to call."""
    number = f"EAN: {each.gln}" if each.gln else ""
    return _listed(number, _identifier(each), each.name, each.address, each.telephone)


def _identifier(each: Organisation | Person) -> str:
    return f"{each.identifier_code}: {each.identifier}" if each.identifier else ""


def _reached(telephones: tuple[Telephone, ...], email: str | None) -> str:
    numbers = (_labelled(each) for each in telephones)
    return _listed(*numbers, email)


def _labelled(each: Telephone) -> str:
    return f"{each.kind}: {each.number}" if each.kind and each.number else each.number or ""


def _diagnosis(each: Diagnosis) -> FieldView:
    """Only one of the forms tells primary and secondary apart."""
    label = "Bidiagnose" if each.secondary else "Diagnose"
    return FieldView(label=label, text=text_of(_coded(each.text, each.code)))


def _excerpt(each: JournalExcerpt) -> FieldView:
    """Who wrote it, and when, on the first line."""
    signer = each.signer
    names = (signer.given_name, signer.surname) if signer else ()
    who = " ".join(part for part in names if part)
    title = signer.title if signer and signer.title else ""
    day = f"{each.date:%d-%m-%Y}" if each.date else ""
    first = ", ".join(part for part in (day, who, title) if part)
    words = _stripped(each.comment)
    text = "\n".join(part for part in (first, words) if part)
    return FieldView(label=each.title or "Uddrag", text=text_of(text))


def _stripped(text: RichText | None) -> str:
    return text.text.strip() if text else ""
