"""The rules at the door: what a user may write and see, and which entries the journal takes.

They ask the same fold that draws the screen (architecture §4.5), so a reply is accepted exactly
when it will count.
"""

import re
import uuid

import msgspec

from visitator.domain.calendar import FIRST_YEAR, LAST_YEAR
from visitator.domain.entries import (
    AdmissionEntered,
    AdmissionReportNotNeeded,
    AdmissionReportSent,
    AnyBody,
    Assigned,
    Body,
    ChecklistTicked,
    Closed,
    ControlStatusWritten,
    CorrespondenceSent,
    Entry,
    EntryId,
    Lapsed,
    MessageReceived,
    PhoneCall,
    RehabilitationLinked,
    RehabilitationStep,
    RehabilitationStepWithdrawn,
    ReplySent,
    ReportChannel,
    TreatmentResumed,
    UnknownBody,
)
from visitator.domain.letters import MAX_SUBJECT, addressee
from visitator.domain.messages import AdmissionNotification, DischargeNotification
from visitator.domain.pathway import Pathway
from visitator.domain.roles import LOOKS, MAY_WRITE, REPORTS, TICKS
from visitator.domain.terms import Role
from visitator.domain.wire import RejectReason

CARE_STAFF_SEES: frozenset[type[Body]] = frozenset(
    {*LOOKS, TreatmentResumed, Lapsed, Closed, *TICKS, *REPORTS}
)
CARE_STAFF_READS = (AdmissionNotification, DischargeNotification)
"""The admission side of a pathway: that the citizen is in hospital, and no longer."""

MAX_TICKS = 50
"""Parts of a checklist that one entry may speak of."""

_KEY = re.compile(r"[A-Za-z0-9._:-]{1,64}")
_IDENTIFIER = re.compile(r"[A-Z0-9]{14}")
_ENTRY_ID_VERSION = 7


class Refusal(msgspec.Struct, frozen=True, kw_only=True):
    """Why an entry is not taken, and the entry that stands in its way."""

    reason: RejectReason
    winner: Entry | None = None


def may_see(role: Role, entry: Entry) -> bool:
    """Whether somebody in this role is handed an entry."""
    if role is not Role.CARE_STAFF:
        return True
    if isinstance(entry.body, MessageReceived):
        return isinstance(entry.body.message, CARE_STAFF_READS)
    return type(entry.body) in CARE_STAFF_SEES


def malformed(entry: Entry) -> Refusal | None:
    """Why the entry cannot be written, whatever the pathway holds; None when it can."""
    well_formed = _is_entry_id(entry.id) and _KEY.fullmatch(entry.pathway_id) and entry.is_pending
    is_whole = well_formed and _is_in_calendar(entry) and _says_something(entry.body)
    return None if is_whole else Refusal(reason=RejectReason.INVALID)


def _is_in_calendar(entry: Entry) -> bool:
    """Whether its times can be shown, and a letter be dated by them."""
    times = [entry.occurred_at]
    if isinstance(entry.body, PhoneCall):
        times.append(entry.body.at)
    return all(FIRST_YEAR <= each.year <= LAST_YEAR for each in times)


def _says_something(body: AnyBody) -> bool:
    """Whether what is required in a body is there."""
    match body:
        case AdmissionEntered(citizen=citizen):
            return bool(citizen.key or citizen.name.strip())
        case ChecklistTicked(ticks=ticks):
            parts = [each.part for each in ticks]
            return 0 < len(parts) <= MAX_TICKS and len(set(parts)) == len(parts)
        case AdmissionReportNotNeeded(reason=text) | ControlStatusWritten(text=text):
            return bool(text.strip())
        case AdmissionReportSent() as report:
            texts = (report.supplement, *(each.text for each in report.texts))
            return any(text.strip() for text in texts)
        case RehabilitationLinked(admission=admission):
            return admission is None or is_key(admission)
        case _:
            return True


def begins_pathway(entry: Entry) -> bool:
    """Whether the entry may be the first of its pathway: all others are about one there is."""
    return isinstance(entry.body, AdmissionEntered)


def forbidden(role: Role, entry: Entry) -> Refusal | None:
    """Why somebody in this role may not write the entry; None when they may."""
    if isinstance(entry.body, UnknownBody) or type(entry.body) in MAY_WRITE[role]:
        return None
    return Refusal(reason=RejectReason.FORBIDDEN)


def depends_on_state(entry: Entry) -> bool:
    """Whether `refused` has anything to say about such an entry."""
    return isinstance(
        entry.body,
        ReplySent
        | CorrespondenceSent
        | AdmissionReportSent
        | Assigned
        | RehabilitationStepWithdrawn,
    )


def refused(pathway: Pathway, entry: Entry) -> Refusal | None:
    """Why the state of its pathway does not allow an entry; None when it does.

    Args:
        pathway: the fold of every accepted entry of the pathway.
        entry: a well-formed one by somebody who may write it.
    """
    if isinstance(entry.body, ReplySent):
        return _reply_refused(pathway, entry.body)
    if isinstance(entry.body, CorrespondenceSent):
        return _letter_refused(pathway, entry.body)
    if isinstance(entry.body, AdmissionReportSent):
        return _report_refused(pathway, entry.body)
    if isinstance(entry.body, Assigned):
        return _assignment_refused(pathway, entry.body)
    if isinstance(entry.body, RehabilitationStepWithdrawn):
        return _withdrawal_refused(pathway, entry.body)
    return None


def _reply_refused(pathway: Pathway, reply: ReplySent) -> Refusal | None:
    """One accepted reply per answered state (architecture §4.4)."""
    if not _has_identifiers(reply):
        return Refusal(reason=RejectReason.IDENTIFIERS_MISSING)
    state = pathway.to_answer
    if state is not None and reply.answers == state:
        return None
    for earlier in pathway.replies:
        if earlier.counts and earlier.sent.answers == reply.answers:
            return Refusal(reason=RejectReason.ALREADY_ANSWERED, winner=earlier.entry)
    if state is None:
        return Refusal(reason=RejectReason.NOTHING_TO_ANSWER)
    moved_on_by = state.plan if reply.answers.plan != state.plan else state.seen
    return Refusal(reason=RejectReason.SUPERSEDED, winner=_entry(pathway, moved_on_by))


def _letter_refused(pathway: Pathway, letter: CorrespondenceSent) -> Refusal | None:
    """A letter needs somebody to write to, and something to say; it stands in nobody's way."""
    if not _has_identifiers(letter):
        return Refusal(reason=RejectReason.IDENTIFIERS_MISSING)
    is_whole = letter.subject.strip() and letter.text.strip()
    if not is_whole or len(letter.subject) > MAX_SUBJECT:
        return Refusal(reason=RejectReason.INVALID)
    if addressee(pathway, letter.answers) is None:
        return Refusal(reason=RejectReason.NOTHING_TO_ANSWER)
    return None


def _report_refused(pathway: Pathway, report: AdmissionReportSent) -> Refusal | None:
    """One that goes out needs somebody to go to; one sent from elsewhere needs nothing."""
    if report.channel is not ReportChannel.LETTER:
        return None
    if not _has_identifiers(report):
        return Refusal(reason=RejectReason.IDENTIFIERS_MISSING)
    if addressee(pathway, report.answers) is None:
        return Refusal(reason=RejectReason.NOTHING_TO_ANSWER)
    return None


def goes_out(entry: Entry) -> bool:
    """Whether an accepted entry becomes a message to the hospital."""
    if isinstance(entry.body, AdmissionReportSent):
        return entry.body.channel is ReportChannel.LETTER
    return isinstance(entry.body, ReplySent | CorrespondenceSent)


def _has_identifiers(sent: ReplySent | CorrespondenceSent | AdmissionReportSent) -> bool:
    identifiers = (sent.letter_id or "", sent.envelope_id or "")
    return all(_IDENTIFIER.fullmatch(each) for each in identifiers)


def _assignment_refused(pathway: Pathway, assigned: Assigned) -> Refusal | None:
    """Compare-and-set on the owner; to say what already holds is no conflict (sync §4)."""
    if pathway.owner in {assigned.previous, assigned.owner}:
        return None
    assignments = [each for each in pathway.timeline if isinstance(each.body, Assigned)]
    holds = [each for each in assignments if _owner(each) == pathway.owner]
    return Refusal(reason=RejectReason.CONFLICT, winner=holds[-1] if holds else None)


def _withdrawal_refused(pathway: Pathway, withdrawn: RehabilitationStepWithdrawn) -> Refusal | None:
    """Only a step of the same pathway can be taken back; twice is no conflict."""
    step = _entry(pathway, withdrawn.step)
    is_step = step is not None and isinstance(step.body, RehabilitationStep)
    return None if is_step else Refusal(reason=RejectReason.INVALID)


def _owner(entry: Entry) -> str | None:
    return entry.body.owner if isinstance(entry.body, Assigned) else None


def _entry(pathway: Pathway, entry_id: EntryId | None) -> Entry | None:
    return next((each for each in pathway.timeline if each.id == entry_id), None)


def is_key(word: str) -> bool:
    """Whether a word can be the key of anything in the database."""
    return _KEY.fullmatch(word) is not None


def _is_entry_id(word: str) -> bool:
    """Whether it is a UUIDv7 as everyone writes it."""
    try:
        parsed = uuid.UUID(word)
    except ValueError:
        return False
    return parsed.version == _ENTRY_ID_VERSION and str(parsed) == word
