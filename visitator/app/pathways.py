"""Everything the screen shows of one pathway, from its fold. Nothing here reads or writes."""

import datetime as dt
import functools
from collections.abc import Iterator, Mapping, Sequence

from visitator.app.answering import WhyNot, answering
from visitator.app.course import CAN_BE_UNDONE, Course, local
from visitator.app.inbox import row_of
from visitator.app.labelled import NO, YES, fields_of
from visitator.app.plans import Title, notices_of, version_view
from visitator.app.rehabilitation_text import plan_fields
from visitator.app.steps import Word, steps
from visitator.app.views import (
    CitizenView,
    Option,
    PathwayView,
    Section,
    VersionView,
)
from visitator.domain import codes
from visitator.domain.agreement import Agreement
from visitator.domain.citizen import Citizen, birth_date, compact_number, format_cpr
from visitator.domain.entries import LapseReason, MessageReceived
from visitator.domain.labels import labels
from visitator.domain.letters import category_label
from visitator.domain.messages import (
    KIND_LABELS,
    CarePlan,
    Message,
    Receipt,
    RehabilitationPlan,
    kind_of,
)
from visitator.domain.pathway import Pathway
from visitator.domain.rehabilitation import rehabilitation
from visitator.domain.terms import Stay
from visitator.store.headers import Headers, is_first_heard_of
from visitator.store.values import OutboxItem

WORDS: tuple[str, ...] = (
    YES,
    NO,
    CAN_BE_UNDONE,
    *Title,
    *Word,
    *WhyNot,
    *codes.WORDS,
)
"""Every Danish word in a `PathwayView` that is no label of the domain and nobody's text."""

_OVER = {Stay.CLOSED, Stay.LAPSED}
_LAPSE_REASONS = tuple(Option(code=each.value, label=each.label) for each in LapseReason)
_OF_EVERY_LETTER = frozenset(labels(Message))


def pathway_view(
    pathway: Pathway,
    pathway_id: str,
    *,
    agreement: Agreement,
    now: dt.datetime,
    names: Mapping[str, str],
    topics: tuple[Option, ...],
    outbox: Sequence[OutboxItem] = (),
    linked: Pathway | None = None,
) -> PathwayView:
    """Everything the screen shows of one pathway.

    Args:
        pathway: the fold of its accepted entries and the user's own pending ones.
        pathway_id: which it is.
        agreement: the profile in force.
        now: aware instant.
        names: user id -> the person's name.
        topics: what one can ask the hospital about.
        outbox: everything of the user's in this pathway that the journal does not hold, what the
            gateway refused included.
        linked: the pathway whose stay its rehabilitation plan is linked to by hand.
    """
    course = Course(pathway, agreement=agreement, now=now, names=names, outbox=outbox)
    pending = [item.entry for item in outbox]
    header = Headers(agreement).of(
        pathway_id, pathway, (), pending, rehabilitation(pathway, linked)
    )
    row = row_of(header, agreement=agreement, names=names, now=now)
    reply = course.last_reply()
    return PathwayView(
        pathway_id=pathway_id,
        citizen=citizen_view(pathway, now),
        kind=row.kind,
        state=row.state,
        is_agreed=pathway.agreement,
        stay=pathway.stay.label,
        is_awaiting_hospital=pathway.awaiting_hospital_since is not None,
        deadline=row.deadline,
        versions=tuple(_versions(pathway, agreement)),
        other=tuple(_other(pathway, agreement)),
        answering=answering(pathway, agreement=agreement, now=now, topics=topics),
        last_reply=course.sent(reply.entry) if reply else None,
        last_reply_label=category_label(reply.sent.category, agreement) if reply else "",
        owner=pathway.owner,
        owner_name=course.name(pathway.owner) if pathway.owner else "",
        unhandled_letter=pathway.unhandled_letter or "",
        flags=row.flags,
        steps=steps(course),
        thread=course.thread(),
        lost=course.lost(),
        agreement_title=agreement.title,
        is_over=pathway.stay in _OVER,
        is_undelivered=pathway.is_undelivered,
        lapse_reasons=_LAPSE_REASONS,
    )


def citizen_view(pathway: Pathway, now: dt.datetime) -> CitizenView:
    """The citizen; no message says whether an address is protected, so none is taken to be."""
    citizen = pathway.citizen or Citizen()
    number = citizen.key
    born = birth_date(citizen)
    return CitizenView(
        name=citizen.name,
        cpr=format_cpr(number) if number else "",
        is_replacement_cpr=number is not None and number != compact_number(citizen.cpr),
        age=_age(born, local(now).date()) if born else None,
        address=citizen.address,
        telephones=tuple(each.number for each in citizen.telephones if each.number),
        is_unknown=is_first_heard_of(pathway),
        is_dead=pathway.lapsed is LapseReason.DEATH,
    )


def _age(born: dt.date, on: dt.date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _versions(pathway: Pathway, agreement: Agreement) -> Iterator[VersionView]:
    raw = {
        entry.id: entry.body.raw_id
        for entry in pathway.timeline
        if isinstance(entry.body, MessageReceived)
    }
    previous = None
    for number, version in enumerate(pathway.plans, start=1):
        yield version_view(
            version,
            previous,
            number=number,
            is_current=number == len(pathway.plans),
            raw_id=raw[version.entry_id],
            agreement=agreement,
        )
        previous = version


def _other(pathway: Pathway, agreement: Agreement) -> Iterator[Section]:
    """Every message but the plans and the technical receipts, the last that came first."""
    for entry in reversed(pathway.timeline):
        body = entry.body
        if isinstance(body, MessageReceived) and not isinstance(body.message, CarePlan | Receipt):
            yield from _message_sections(body, agreement)


@functools.lru_cache(maxsize=32)
def _message_sections(body: MessageReceived, agreement: Agreement) -> tuple[Section, Section]:
    """What a message is about, and folded what every letter has."""
    message = body.message
    folded = _OF_EVERY_LETTER - {"extra"}
    own = frozenset(labels(type(message))) - folded
    fields = fields_of(message, only=own)
    if isinstance(message, RehabilitationPlan):
        # In the same words in both of its forms; as it came, it is folded.
        fields, folded = list(plan_fields(message)), folded | own
    received = local(body.received_at)
    about = Section(
        key=kind_of(message),
        title=KIND_LABELS[type(message)],
        fields=tuple(fields),
        notices=notices_of(message, body.received_at, agreement),
        received=received,
        raw_id=body.raw_id,
    )
    rest = Section(
        key="other",
        title=Title.OTHER.value,
        fields=tuple(fields_of(message, only=folded)),
        received=received,
        raw_id=body.raw_id,
    )
    return about, rest
