"""Borger and Anledning: who it is about, and why (casenote §4, points 1 and 2)."""

from collections.abc import Iterable

from visitator.domain.citizen import Citizen, compact_number, format_cpr
from visitator.domain.codes import in_danish
from visitator.domain.entries import MessageReceived
from visitator.domain.labels import label_of
from visitator.domain.messages import KIND_LABELS, AnyMessage, CarePlan, EndedTreatment, Message
from visitator.domain.party import Organisation, Relative
from visitator.domain.plan_diff import shown
from visitator.export.note import Fact, Heading, Paragraph, Table
from visitator.export.notes import say
from visitator.export.notes.case import Case
from visitator.export.notes.say import Blocks


def citizen(case: Case) -> Blocks:
    """Borger: the citizen, the relatives and the doctor."""
    citizen = case.pathway.citizen or Citizen()
    yield from say.fact("Navn", citizen.name)
    key = citizen.key or ""
    is_replaced = key == compact_number(citizen.replacement_cpr)
    label = label_of(Citizen, "replacement_cpr" if is_replaced else "cpr")
    yield from say.fact(label, format_cpr(key) if key else "")
    yield from say.fact(label_of(Citizen, "street"), citizen.address)
    yield from say.fact("Telefon", _numbers(citizen.telephones))
    plan = case.plan.message if case.plan else None
    for relative in plan.relatives if plan else ():
        yield from say.fact(label_of(CarePlan, "relatives"), _relative(relative))
    message = case.latest()
    doctor = message.practitioner if message else None
    if doctor:
        yield from say.fact("Egen læge", say.listed(doctor.name, doctor.telephone))
    if plan:
        yield from say.said(plan, "relatives_comment")


def occasion(case: Case) -> Blocks:
    """Anledning: where the citizen is, why, and what was received."""
    message = case.latest()
    if message:
        yield from say.fact("Henvendelse fra", message.sender.name)
        yield from say.fact("Underskrevet af", _signers(message.sender))
        yield from say.fact("Afdelingens telefon", say.telephone(message.sender))
        yield from say.fact(label_of(Message, "episode_id"), message.episode_id)
    yield from say.fact("Indlagt", shown(case.pathway.admitted))
    yield Fact(label="Status", text=case.pathway.stay.label)
    for _, body in case.received(EndedTreatment):
        assert isinstance(body.message, EndedTreatment)  # noqa: S101 - for the type checker
        yield from say.fact("Melding om færdigbehandling", shown(body.message.end_of_treatment))
    yield from say.fact("Udskrevet", shown(case.pathway.discharged))
    if case.pathway.discharged_without_agreement:
        yield Paragraph(text="Borgeren er udskrevet, uden at der forelå en aftale.")
    if case.plan:
        yield from say.said(case.plan.message, "cause_of_admission")
    rows = tuple(_message_row(body) for _, body in case.received(AnyMessage))
    if rows:
        yield Heading(text="Modtagne meddelelser")
        header = ("Meddelelse", "Sendt", "Modtaget", "Brevnummer")
        yield Table(title="Modtagne meddelelser", header=header, rows=rows, widths=(32, 23, 23, 22))


def _message_row(body: MessageReceived) -> tuple[str, str, str, str]:
    message = body.message
    name = KIND_LABELS[type(message)]
    if message.is_cancelled:
        name = f"{name} (annulleret)"
    sent = shown(message.sent_at or message.authorised_at) or ""
    return name, sent, say.at(body.received_at), message.letter_id or ""


def _relative(relative: Relative) -> str:
    informed = {True: "orienteret", False: "ikke orienteret", None: ""}[relative.informed]
    relation = in_danish("relation", relative.relation or "")
    return say.listed(
        relative.name, relation, _numbers(relative.telephones), relative.email, informed
    )


def _numbers(telephones: Iterable[object]) -> str:
    return ", ".join(number for each in telephones if (number := getattr(each, "number", None)))


def _signers(sender: Organisation) -> str:
    return "; ".join(say.listed(each.name, each.title) for each in sender.signers)
