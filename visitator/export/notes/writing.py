"""The five case notes of a pathway: which sections each has, and in which order."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping

from visitator.domain.admission import REPORT_SUBJECT
from visitator.domain.agreement import Agreement
from visitator.domain.checklist import Checklist
from visitator.domain.citizen import Citizen
from visitator.domain.deadlines import to_copenhagen
from visitator.domain.entries import (
    AdmissionEntered,
    AdmissionReportSent,
    ChecklistTicked,
    MessageReceived,
    NoteKind,
    PhoneCall,
    PresentAtAdmission,
)
from visitator.domain.messages import KIND_LABELS, AdmissionNotification, RehabilitationPlan
from visitator.domain.pathway import Pathway
from visitator.export.note import Note, Section, without_cpr
from visitator.export.notes import answer, discharge, log, own_words, plan, say, stay, who
from visitator.export.notes.case import Case
from visitator.export.notes.order import Order
from visitator.export.notes.say import Blocks

_OF_ADMISSION = (AdmissionEntered, ChecklistTicked, PresentAtAdmission, AdmissionReportSent)
"""What people here say of an admission, whether or not a notification has come."""


def write_note(
    pathway: Pathway,
    order: Order,
    *,
    agreement: Agreement,
    checklist: Checklist | None,
    names: Mapping[str, str],
    now: dt.datetime,
    linked: Pathway | None = None,
) -> Note:
    """The note of a pathway.

    Args:
        pathway: the fold.
        order: what was asked for.
        agreement: the profile in force: its deadlines and its words.
        checklist: of that profile, what is brought along to hospital; None where it has none.
        names: user id -> the person's name.
        now: aware instant.
        linked: the pathway whose stay its rehabilitation plan is linked to by hand.
    """
    case = Case(
        pathway,
        order,
        agreement=agreement,
        checklist=checklist,
        names=names,
        now=now,
        linked=linked,
    )
    citizen = pathway.citizen or Citizen()
    numbers = tuple(number for number in (citizen.cpr, citizen.replacement_cpr) if number)
    parts = (citizen.given_name, citizen.surname)
    note = Note(
        kind=order.kind,
        case_number=order.case_number,
        municipality=order.municipality,
        unit=order.unit,
        author=order.author,
        purpose=order.purpose,
        written_at=to_copenhagen(now),
        is_signed=order.is_signed,
        source=_source(case),
        sections=tuple(_sections(case)),
        personal=(*numbers, *(part for part in parts if part)),
    )
    return note if order.with_cpr else without_cpr(note, numbers)


def kinds_for(pathway: Pathway) -> tuple[NoteKind, ...]:
    """The kinds that have something of their own to say of a pathway; a discharge note always."""
    received = [
        entry.body.message for entry in pathway.timeline if isinstance(entry.body, MessageReceived)
    ]
    plan = pathway.current_plan
    proposed = plan.message.conference if plan else None
    has = {
        NoteKind.DISCHARGE: True,
        NoteKind.TELEPHONE: any(isinstance(each.body, PhoneCall) for each in pathway.timeline),
        NoteKind.CONFERENCE: bool(pathway.conference or proposed),
        NoteKind.REHABILITATION: any(isinstance(each, RehabilitationPlan) for each in received),
        NoteKind.ADMISSION: any(isinstance(each, AdmissionNotification) for each in received)
        or any(isinstance(each.body, _OF_ADMISSION) for each in pathway.timeline),
    }
    return tuple(kind for kind, is_there in has.items() if is_there)


def own_words_in(kind: NoteKind) -> tuple[str, ...]:
    """The fields of `OwnWords` that a kind of note has a section for, in its order."""
    return tuple(field for key in _KINDS[kind] for field in _OWN_WORDS.get(key, ()))


def _sections(case: Case) -> Iterator[Section]:
    """The sections of this kind of note that have content."""
    for key in _KINDS[case.order.kind]:
        heading, write = _SECTIONS[key]
        blocks = tuple(say.without_bare_headings(write(case)))
        if blocks:
            yield Section(key=key, heading=heading, blocks=blocks)


def _source(case: Case) -> str:
    """The message the note is drawn from: the current plan, else the last that came."""
    message = case.latest()
    if message is None:
        return f"Udtræk fra {say.PROGRAM}"
    letter = f" {message.letter_id}" if message.letter_id else ""
    return f"Udtræk fra {say.PROGRAM}. Kilde: {KIND_LABELS[type(message)]}{letter}"


_SECTIONS: dict[str, tuple[str, Callable[[Case], Blocks]]] = {
    "borger": ("Borger", who.citizen),
    "anledning": ("Anledning", who.occasion),
    "indlaeggelse": ("Indlæggelse", stay.admission),
    "plan": ("Resumé af plejeforløbsplan", plan.plan),
    "funktionsevne": ("Funktionsevne", plan.abilities),
    "problemomraader": ("Sygeplejefaglige problemområder", plan.problems),
    "koordinering": ("Behov for yderligere koordinering", plan.coordination),
    "oensker": ("Borgerens og pårørendes ønsker", own_words.wishes),
    "vurdering": ("Faglig vurdering", own_words.assessment),
    "svar": ("Svar til sygehus", answer.answer),
    "aftale": ("Aftale og beslutning", own_words.decided),
    "konference": ("Konference", discharge.conference),
    "genoptraening": ("Genoptræningsplan", discharge.rehabilitation),
    "rapport": ("Udskrivningsrapport", discharge.report),
    "ansvar": ("Sygehusets behandlingsansvar", discharge.responsibility),
    "medbragt": ("Medbragt ved indlæggelse", stay.brought),
    "indlaeggelsesrapport": (REPORT_SUBJECT, stay.admission_report),
    "opfoelgning": ("Opfølgning og opgaver", own_words.follow_up),
    "log": ("Log", log.log),
}
"""Key -> heading and who writes it, in the order of casenote §4."""

_OWN_WORDS = {
    "oensker": ("wishes",),
    "vurdering": ("needs", "cause", "symptoms"),
    "aftale": ("decided",),
    "opfoelgning": ("follow_up",),
}
"""Section -> what its author writes in it."""

_ALL = tuple(key for key in _SECTIONS if key not in {"indlaeggelse", "indlaeggelsesrapport"})
_KINDS: dict[NoteKind, tuple[str, ...]] = {
    NoteKind.DISCHARGE: _ALL,
    NoteKind.TELEPHONE: ("borger", "anledning", "svar", "aftale", "opfoelgning"),
    NoteKind.CONFERENCE: ("borger", "oensker", "aftale", "konference", "opfoelgning"),
    NoteKind.REHABILITATION: ("borger", "vurdering", "genoptraening", "opfoelgning"),
    NoteKind.ADMISSION: (
        "borger",
        "indlaeggelse",
        "medbragt",
        "indlaeggelsesrapport",
        "opfoelgning",
        "log",
    ),
}
"""The variants of casenote §4."""
