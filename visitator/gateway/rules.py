"""The rules at the door: what a user may write and see, and which entries the journal takes.

They ask the same fold that draws the screen (architecture §4.5), so a reply is accepted exactly
when it will count.
"""

import re
import uuid

import msgspec

from visitator.domain.entries import (
    Assigned,
    Body,
    Closed,
    ConferenceAgreed,
    ConferenceMinutesReceived,
    CorrespondenceSent,
    Entry,
    EntryId,
    Lapsed,
    LetterHandled,
    MessageReceived,
    NoteAdded,
    Opened,
    PhoneCall,
    ReplySent,
    TreatmentResumed,
    UnknownBody,
)
from visitator.domain.letters import MAX_SUBJECT, addressee
from visitator.domain.messages import AdmissionNotification, DischargeNotification
from visitator.domain.pathway import Pathway
from visitator.domain.wire import RejectReason, Role

MAY_WRITE: dict[Role, frozenset[type[Body]]] = {
    Role.VISITATOR: frozenset(
        {
            ReplySent,
            CorrespondenceSent,
            Assigned,
            Opened,
            PhoneCall,
            ConferenceAgreed,
            ConferenceMinutesReceived,
            TreatmentResumed,
            Lapsed,
            Closed,
            LetterHandled,
            NoteAdded,
        }
    ),
    Role.MANAGER: frozenset({Assigned, Opened}),
    Role.CARE_STAFF: frozenset({Opened}),
}
"""Messages and what becomes of a reply are the gateway's own to write."""

CARE_STAFF_SEES: frozenset[type[Body]] = frozenset({Opened, TreatmentResumed, Lapsed, Closed})
CARE_STAFF_READS = (AdmissionNotification, DischargeNotification)
"""The admission side of a pathway: that the citizen is in hospital, and no longer."""

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
    return None if well_formed else Refusal(reason=RejectReason.INVALID)


def forbidden(role: Role, entry: Entry) -> Refusal | None:
    """Why somebody in this role may not write the entry; None when they may."""
    if isinstance(entry.body, UnknownBody) or type(entry.body) in MAY_WRITE[role]:
        return None
    return Refusal(reason=RejectReason.FORBIDDEN)


def depends_on_state(entry: Entry) -> bool:
    """Whether `refused` has anything to say about such an entry."""
    return isinstance(entry.body, ReplySent | CorrespondenceSent | Assigned)


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
    if isinstance(entry.body, Assigned):
        return _assignment_refused(pathway, entry.body)
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


def _has_identifiers(sent: ReplySent | CorrespondenceSent) -> bool:
    identifiers = (sent.letter_id or "", sent.envelope_id or "")
    return all(_IDENTIFIER.fullmatch(each) for each in identifiers)


def _assignment_refused(pathway: Pathway, assigned: Assigned) -> Refusal | None:
    """Compare-and-set on the owner; to say what already holds is no conflict (sync §4)."""
    if pathway.owner in {assigned.previous, assigned.owner}:
        return None
    assignments = [each for each in pathway.timeline if isinstance(each.body, Assigned)]
    holds = [each for each in assignments if _owner(each) == pathway.owner]
    return Refusal(reason=RejectReason.CONFLICT, winner=holds[-1] if holds else None)


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
