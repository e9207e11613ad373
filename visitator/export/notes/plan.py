"""The hospital's plan in the hospital's words (casenote §4, points 3 to 6)."""

import itertools

from visitator.domain.codes import in_danish
from visitator.domain.pathway import PlanVersion
from visitator.domain.plan_diff import PlanChange, diff_plans
from visitator.export.note import Fact, Heading, Paragraph, Table
from visitator.export.notes import say
from visitator.export.notes.case import Case
from visitator.export.notes.say import Blocks

_COORDINATION = (
    "home_changes",
    "auxiliaries",
    "rehabilitation_needs",
    "home_care_needs",
    "medicine_administration",
    "medicine_consumption",
    "lunch_box",
    "shopping_at_discharge",
    "other_municipal_work",
)


def plan(case: Case) -> Blocks:
    """Resumé af plejeforløbsplan, and what changed between its versions."""
    if case.plan is None:
        return
    plan, versions = case.plan.message, case.pathway.plans
    count = f"{len(versions)} af {len(versions)}"
    yield Fact(label="Gældende version", text=f"{count}, modtaget {say.at(case.plan.received_at)}")
    for field in ("expected_end_of_treatment", "agreed_discharge"):
        yield from say.said(plan, field)
    for field in ("agreed_discharge_comment", "expected_course", "risk_of_contagion"):
        yield from say.said(plan, field)
    for number, (before, after) in enumerate(itertools.pairwise(versions), 1):
        yield from _changes(before, after, number)
    for extra in plan.extra:
        yield from say.raw(extra)


def abilities(case: Case) -> Blocks:
    """Funktionsevne."""
    if case.plan and case.plan.message.ability:
        yield from say.ability(case.plan.message.ability)


def problems(case: Case) -> Blocks:
    """Sygeplejefaglige problemområder: only those with content."""
    for area in case.plan.message.nursing_problem_areas if case.plan else ():
        yield from say.quote(area.text, area.description or area.code or "Problemområde")


def coordination(case: Case) -> Blocks:
    """Behov for yderligere koordinering."""
    if case.plan is None:
        return
    yield from say.facts_first(say.said(case.plan.message, field) for field in _COORDINATION)


def _changes(before: PlanVersion, after: PlanVersion, number: int) -> Blocks:
    rows = tuple(
        (
            change.label,
            _as_read(change, change.before) or "Ikke oplyst",
            _as_read(change, change.after) or "Ikke længere oplyst",
        )
        for change in diff_plans(before.message, after.message)
    )
    title = f"Ændringer fra version {number} til {number + 1}"
    yield Heading(text=title)
    yield Fact(label="Modtaget", text=say.at(after.received_at))
    if rows:
        yield Table(title=title, header=("Felt", "Før", "Nu"), rows=rows, widths=(28, 36, 36))
    else:
        yield Paragraph(text="Ingen ændringer i indholdet.")


def _as_read(change: PlanChange, value: str | None) -> str:
    """One side of a change; a code stands in Danish, as on the screen."""
    return in_danish(change.path.rpartition(".")[2], value or "")
