"""Svar til sygehus: by when, and everything that was said (casenote §4, point 9)."""

from visitator.domain.duties import Duty
from visitator.domain.entries import (
    CorrespondenceSent,
    Entry,
    MessageReceived,
    NoteKind,
    PhoneCall,
    ReplySent,
)
from visitator.domain.letters import category_label, purpose_label
from visitator.domain.messages import Correspondence
from visitator.domain.pathway import PlanVersion, Reply
from visitator.export.note import Fact, Heading
from visitator.export.notes import say
from visitator.export.notes.case import Case
from visitator.export.notes.say import Blocks


def answer(case: Case) -> Blocks:
    """Svar til sygehus: the deadlines, then everything that was said, word for word."""
    for number, version in enumerate(case.pathway.plans, start=1):
        yield from _deadline(case, version, number)
    minutes = case.minutes() if NoteKind.TELEPHONE is not case.order.kind else None
    for entry in case.pathway.timeline:
        if minutes is None or entry.id != minutes[0].id:
            yield from _letter(case, entry)


def _deadline(case: Case, version: PlanVersion, number: int) -> Blocks:
    """By when a version had to be answered, and whether it was."""
    is_only = len(case.pathway.plans) == 1
    of = "" if is_only else f" (version {number})"
    duty = case.duty(version.message, version.received_at)
    answered = next(
        (
            reply
            for reply in case.pathway.replies
            if reply.counts and reply.sent.answers.plan == version.entry_id
        ),
        None,
    )
    if duty is not None and duty.due is not None:
        yield Fact(label=f"Svarfrist{of}", text=say.due(duty.due))
    elif duty is not None:
        yield Fact(label=f"Svarfrist{of}", text=duty.text)
    is_current = case.plan is not None and version.entry_id == case.plan.entry_id
    yield Fact(label=f"Svar{of}", text=_kept(case, duty, answered, is_current=is_current))


def _kept(case: Case, duty: Duty | None, answered: Reply | None, *, is_current: bool) -> str:
    """Whether an answer was in time, in one sentence."""
    due = duty.due if duty else None
    if answered is None and not is_current:
        return "Ikke besvaret, før der kom en ny version"
    if answered is None:
        is_late = due is not None and due.is_passed(case.now)
        return "Ikke besvaret. Fristen er overskredet." if is_late else "Ikke besvaret endnu"
    said = category_label(answered.sent.category, case.agreement)
    at = answered.entry.occurred_at
    text = f"{said}, {say.at(at)}, af {case.name(answered.entry)}"
    if is_current and case.pathway.is_undelivered:
        return f"{text}. Svaret er ikke nået frem til sygehuset."
    if due is None:
        return text
    return f"{text}. {'Efter fristen.' if due.is_passed(at) else 'Rettidigt.'}"


def _letter(case: Case, entry: Entry) -> Blocks:
    """Something said by either side, word for word; nothing of what was not said."""
    body = entry.body
    if isinstance(body, MessageReceived) and isinstance(body.message, Correspondence):
        yield from say.received_letter(body, body.message)
        return
    who = case.name(entry)
    match body:
        case ReplySent():
            title, text = category_label(body.category, case.agreement), body.comment
        case CorrespondenceSent():
            purpose = purpose_label(body.purpose, case.agreement)
            title, text = say.listed(body.subject, purpose), body.text
        case PhoneCall():
            yield Heading(text=f"{say.at(body.at)} – Telefonisk aftale, {who}")
            yield Fact(label="Talt med", text=body.whom)
            yield from say.written(body.text, f"Telefonnotat af {who}")
            return
        case _:
            return
    yield Heading(text=f"{say.at(entry.occurred_at)} – Sendt: {title}")
    yield Fact(label="Afsender", text=say.signed(body, who))
    yield from case.transit(entry)
    yield from say.written(text, "Kommunens ord")
