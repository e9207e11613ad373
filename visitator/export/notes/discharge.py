"""Konference, genoptræning and udskrivelse (casenote §4, points 11 to 13)."""

from visitator.domain.messages import (
    KIND_LABELS,
    DischargeNotification,
    DischargeReport,
    RehabilitationPlan,
)
from visitator.domain.plan_diff import shown
from visitator.export.note import Fact, Heading, Paragraph
from visitator.export.notes import say
from visitator.export.notes.case import Case
from visitator.export.notes.course import course_blocks
from visitator.export.notes.say import Blocks


def conference(case: Case) -> Blocks:
    """Konference: what was proposed, what was agreed, and the minutes."""
    proposed = case.plan.message.conference if case.plan else None
    agreed, minutes = case.pathway.conference, case.minutes()
    if proposed is not None:
        yield from say.fact("Foreslået af sygehuset", shown(proposed.at))
        if proposed.video is not None:
            yield Fact(label="Videokonference", text="Ja" if proposed.video else "Nej")
        yield from say.quote(proposed.comment, "Udskrivningskonference")
    if agreed is not None:
        form = agreed.form.label if agreed.form else ""
        yield from say.fact("Aftalt", say.listed(shown(agreed.at), form))
    if (agreed or proposed) and case.agreement.coordination.agenda:
        yield Heading(text="Dagsorden efter aftalen")
        for number, point in enumerate(case.agreement.coordination.agenda, start=1):
            yield Paragraph(text=f"{number}. {point}")
    if minutes is not None:
        yield from say.received_letter(*minutes[1:])


def rehabilitation(case: Case) -> Blocks:
    """Genoptræning (GOP): who starts by when, what was done, and what the plan says."""
    if case.course is not None:
        yield from course_blocks(case.course, case.agreement, case.now, case.by)
    for _, body in case.received(RehabilitationPlan):
        plan = body.message
        yield Heading(text=f"{KIND_LABELS[type(plan)]} modtaget {say.at(body.received_at)}")
        yield from say.fact("Fra", plan.sender.name)
        yield from say.everything(plan)


def report(case: Case) -> Blocks:
    """Udskrivningsrapport."""
    for _, body in case.received(DischargeReport):
        yield Heading(text=f"Modtaget {say.at(body.received_at)}")
        yield from say.fact("Fra", body.message.sender.name)
        yield from say.everything(body.message)


def responsibility(case: Case) -> Blocks:
    """The hospital's responsibility after the discharge, and whom to call."""
    found = [
        body
        for _, body in case.received(DischargeNotification | DischargeReport)
        if not body.message.is_cancelled
    ]
    for body in found[-1:]:
        yield from case.fact_of_duty(body.message, body.received_at)
        yield from say.fact("Afdelingens telefon", say.telephone(body.message.sender))
