"""A rehabilitation plan under the same headings, whichever of its two forms it came in.

The converted form has some parts as text under the sender's own headings (standard §5, "As
XDIS91"); each stands where the other form has the same as fields.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from visitator.app.labelled import fields_of, text_of
from visitator.app.rehabilitation_views import PlanSection
from visitator.app.views import FieldView
from visitator.domain.labels import labels
from visitator.domain.messages import Diagnosis, JournalExcerpt, RehabilitationPlan
from visitator.domain.party import Organisation, Person
from visitator.domain.text import RichText

_ASK = "Spørg om planen"
_LABELS = labels(RehabilitationPlan)
_SAID_BY_HEADING = frozenset(
    _LABELS[name]
    for name in ("need_and_potential", "ability_summary", "patient_safety", "health_summary")
)


class _Part(NamedTuple):
    title: str
    fields: tuple[str, ...]
    headings: tuple[str, ...] = ()
    """Of the converted form, as they begin, case folded."""


_PARTS = (
    _Part("Behov og potentiale", ("need_and_potential",)),
    _Part(
        "Funktionsevne ved udskrivelsen",
        ("ability_summary", "ability_extended", "icf"),
        ("icf-koder",),
    ),
    _Part("Forholdsregler", ("patient_safety",)),
    _Part("Diagnoser og helbred", ("diagnoses", "diagnoses_text", "health_summary")),
    _Part("Kontrol på sygehuset", ("controls",), ("aftaler om kontrol",)),
    _Part("Praktisk", ("practical_information", "information", "consent")),
    _Part(
        "Sygehuskontakt",
        ("contact_start", "contact_expected_end", "contact_expected_end_text"),
        ("aktuel sygehuskontakt",),
    ),
    _Part(
        _ASK,
        ("contact_region", "contact_municipality", "team"),
        ("spørgsmål til", "behandlende team", "underskrivere"),
    ),
    _Part(
        "Kopi og slutstatus",
        ("gp_copy", "gp_copy_deselected", "copies", "result_receivers"),
        ("kopimodtagere", "slutstatusmodtager"),
    ),
    _Part("Uddrag fra journal", ("journal_excerpts",), ("uddrag fra journal",)),
    _Part(
        "Pårørende og øvrige oplysninger",
        ("relatives", "relatives_comment", "references"),
        ("pårørende", "yderligere patientoplysninger"),
    ),
)


WORDS = frozenset(part.title for part in _PARTS)
"""The headings, which are the program's own."""


def plan_sections(plan: RehabilitationPlan) -> tuple[PlanSection, ...]:
    """The parts of a plan that say something, in the order one reads them.

    What stands under a heading nobody knows is in the last part, never left out.
    """
    placed: set[int] = set()
    found = []
    for part in _PARTS:
        fields = [*_fields(plan, part), *_headed(plan, part.headings, placed)]
        if part is _PARTS[-1]:
            fields += _rest(plan, placed)
        if fields:
            has_labels = len(fields) > 1 or fields[0].label not in _SAID_BY_HEADING
            found.append(PlanSection(title=part.title, fields=tuple(fields), has_labels=has_labels))
    return tuple(found)


def _fields(plan: RehabilitationPlan, part: _Part) -> Iterator[FieldView]:
    if part.title == _ASK:
        yield from _lines("Underskriver", (_person(each) for each in plan.sender.signers))
    for name in part.fields:
        match name:
            case "contact_region" | "contact_municipality" | "gp_copy":
                found = getattr(plan, name)
                yield from _lines(_LABELS[name], [_party(found)] if found else [])
            case "copies" | "result_receivers":
                yield from _lines(_LABELS[name], (_party(each) for each in getattr(plan, name)))
            case "team":
                yield from _lines(_LABELS[name], (_person(each) for each in plan.team))
            case "diagnoses":
                yield from (_diagnosis(each) for each in plan.diagnoses)
            case "journal_excerpts":
                yield from (_excerpt(each) for each in plan.journal_excerpts)
            case _:
                yield from fields_of(plan, only=frozenset([name]))


def _headed(
    plan: RehabilitationPlan, headings: tuple[str, ...], placed: set[int]
) -> Iterator[FieldView]:
    for number, section in enumerate(plan.sections):
        if number not in placed and headings and section.heading.casefold().startswith(headings):
            placed.add(number)
            yield FieldView(label=section.heading, text=text_of(section.text))


def _rest(plan: RehabilitationPlan, placed: set[int]) -> Iterator[FieldView]:
    for number, section in enumerate(plan.sections):
        if number not in placed:
            yield FieldView(label=section.heading or "Tekst", text=text_of(section.text))


def _lines(label: str, lines: Iterable[str]) -> Iterator[FieldView]:
    text = "\n".join(line for line in lines if line)
    if text:
        yield FieldView(label=label, text=text_of(text))


def _party(each: Organisation) -> str:
    """An organisation on one line: who, where, and the number to call."""
    return ", ".join(part for part in (each.name, each.address, each.telephone) if part)


def _person(each: Person) -> str:
    parts = (each.name, each.title, each.department, each.telephone)
    return ", ".join(part for part in parts if part)


def _diagnosis(each: Diagnosis) -> FieldView:
    """Only one of the forms tells primary and secondary apart."""
    label = "Bidiagnose" if each.secondary else "Diagnose"
    words = f"{each.text} ({each.code})" if each.text and each.code else each.text or each.code
    return FieldView(label=label, text=text_of(words))


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
