"""The journal (forløbsjournal): what happened in a pathway, one entry at a time, never edited.

An entry says who did what, when, and its body says it in full. On the wire and in the journal it is
JSON; the body carries its kind as a tag. A kind, or a newer version of a kind, that this program
does not know is kept as it came (sync I14).

What a version means: a new optional field keeps it; a field with another meaning, a new value of an
enum or a new kind of message raises ``schema`` of the body, so that an older program sets it aside.
"""

import datetime as dt
import hashlib
from typing import ClassVar, TypeAlias, get_args

import msgspec

from visitator.domain.citizen import Citizen
from visitator.domain.messages import AnyMessage
from visitator.domain.moment import Instant, Moment
from visitator.domain.reply import Signature
from visitator.domain.terms import LabelledEnum, PostponementReason, Provider

EntryId: TypeAlias = str
"""UUIDv7, made once by whoever wrote the entry."""


class EntryError(ValueError):
    """Bytes that are not a journal entry."""


class AnswerCategory(LabelledEnum):
    """Svarkategori: the three ways to answer a plejeforløbsplan (R4.7)."""

    OK = "ok", "Plejeforløbsplan OK"
    QUESTION = "question", "Uddybende spørgsmål"
    COORDINATION = "coordination", "Ønske om udvidet koordinering"


class ConferenceForm(LabelledEnum):
    """How a planning conference is held (R6.2)."""

    VIDEO = "video", "Videokonference"
    TELEPHONE = "telephone", "Telefonkonference"
    MEETING = "meeting", "Fremmøde"


class LapseReason(LabelledEnum):
    """Why a pathway lapsed (requirements §12)."""

    DEATH = "death", "Død"
    TRANSFERRED = "transferred", "Overflyttet"
    CANCELLED = "cancelled", "Annulleret"


class PartState(LabelledEnum):
    """What is said of one part of the checklist (requirements §3)."""

    BROUGHT = "brought", "Medbragt"
    NOT_RELEVANT = "not_relevant", "Ikke relevant"
    MISSING = "missing", "Mangler"


class Confirmation(LabelledEnum):
    """Whether the citizen has confirmed the admission report (Bekræftet af patienten, R3.6)."""

    YES = "yes", "Ja"
    NO = "no", "Nej"
    NOT_POSSIBLE = "not_possible", "Ikke muligt"


class ReportChannel(LabelledEnum):
    """How an admission report reaches the hospital."""

    LETTER = "letter", "Sendt som korrespondancemeddelelse"
    CARE_RECORD = "care_record", "Sendt fra omsorgssystemet"
    """Somebody sent it from there and says so here; the gateway sends nothing."""


class NoteKind(LabelledEnum):
    """The case notes that can be written (casenote §4)."""

    DISCHARGE = "discharge", "Visitationsnotat – udskrivelse"
    TELEPHONE = "telephone", "Telefonnotat"
    CONFERENCE = "conference", "Konferencereferat"
    REHABILITATION = "rehabilitation", "Træningsnotat (GOP)"
    ADMISSION = "admission", "Indlæggelse og medbragt"


class NoteWay(LabelledEnum):
    """How a case note or a checklist leaves the program."""

    FILE = "file", "Gemt som fil"
    TEXT = "text", "Kopieret som tekst"
    PRINT = "print", "Sendt til printer"


class MunicipalLevel(LabelledEnum):
    """What the municipality makes of almen genoptræning (agreements §4.1); its own triage."""

    BASIC = "basic", "Basalt niveau"
    ADVANCED = "advanced", "Avanceret niveau"


class ChoiceChannel(LabelledEnum):
    """How the citizen was told of the free choice (frit valg, R9.4)."""

    TELEPHONE = "telephone", "Telefonisk"
    LETTER = "letter", "Skriftligt"
    MEETING = "meeting", "Ved samtale"


class RehabilitationDate(LabelledEnum):
    """A date of a rehabilitation plan that a person says."""

    DISCHARGE = "discharge", "Udskrivelsesdato"
    START_FROM = "start_from", "Planen angiver start fra"
    """The plan's own later date: the days count from it (agreements §4.1)."""
    START_BY = "start_by", "Planen angiver start senest"
    """The plan's own deadline: it stands instead of the agreement's (rule L)."""


class PlanState(msgspec.Struct, frozen=True, kw_only=True):
    """The state a reply answers (architecture §4.4): two replies to the same one cannot both count.

    ``plan`` is the entry that brought the plan version. ``seen`` is the last entry that answered
    it, from either side, that the author had seen; None when there was none.
    """

    plan: EntryId
    seen: EntryId | None = None


# A workstation holds entries by the thousand. They, and what is in them, hold nothing that could
# lead back to them, so Python need not look for cycles there (gc=False, here and below them).
class Body(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="kind", gc=False
):
    """What an entry says. A new kind is a subclass with its own tag, added to `KnownBody`."""

    schema: ClassVar[int] = 1
    """The version of this body that this program writes, and the newest it reads."""


class MessageReceived(Body, frozen=True, kw_only=True, tag="message_received"):
    """A MedCom message came in (meddelelse modtaget); a technical receipt is one, too.

    Raises:
        ValueError: `received_at` has no time zone.
    """

    message: AnyMessage
    received_at: Instant
    """When the gateway got it, by the gateway's clock: where the municipality's deadline starts."""
    raw_id: str
    """Where the gateway keeps the bytes as they came."""
    receipted_at: Instant | None = None
    """When the gateway made the automatic positive receipt (teknisk kvittering); it is no
    acceptance (rule F). None: none was asked for."""

    def __post_init__(self) -> None:
        _require_zone(self.received_at)


class ReplySent(Body, frozen=True, kw_only=True, tag="reply_sent"):
    """The municipality answers a plejeforløbsplan (svar, R4.7)."""

    category: AnswerCategory
    answers: PlanState
    comment: str = ""
    """Free text; empty for none. An OK with a comment is no agreement (rule G)."""
    letter_id: str | None = None
    envelope_id: str | None = None
    """Of the message that carries it, when known; a receipt names them (standard §6.2)."""
    signature: Signature | None = None
    """Who signs (underskrift), as the author wrote it; None: as the gateway knows the author."""

    @property
    def has_comment(self) -> bool:
        """Whether it says more than its category; blank space says nothing."""
        return bool(self.comment.strip())


class CorrespondenceSent(Body, frozen=True, kw_only=True, tag="correspondence_sent"):
    """The municipality writes to the hospital (korrespondancemeddelelse); it answers no plan.

    It changes nothing about the answer to the plan.
    """

    subject: str
    text: str
    purpose: str | None = None
    """Formål of a letter in an ambulatory course: a code of the agreement (R8.2); None for none."""
    answers: EntryId | None = None
    """The entry that brought the letter it answers; None when it answers none."""
    letter_id: str | None = None
    envelope_id: str | None = None
    """Of the message that carries it, when known; a receipt names them (standard §6.2)."""
    signature: Signature | None = None
    """Who signs (underskrift), as the author wrote it; None: as the gateway knows the author."""


class Assigned(Body, frozen=True, kw_only=True, tag="assigned"):
    """Somebody takes, gets or lets go of the pathway (ansvarlig); None is nobody.

    It takes effect only where `previous` is still the owner (architecture §4: compare-and-set).
    """

    owner: str | None
    previous: str | None


class Opened(Body, frozen=True, kw_only=True, tag="opened"):
    """Somebody looked at the pathway (åbnet): for the audit; when it is the owner, work began."""


class PhoneCall(Body, frozen=True, kw_only=True, tag="phone_call"):
    """A telephone call, as noted by the one who made or took it (telefonnotat, R4.8).

    Raises:
        ValueError: `at` has no time zone.
    """

    whom: str
    at: Instant
    text: str
    clears: bool = False
    """The author says that it settled what was open: the hospital answered the municipality's
    question in it, or was told the answer that had not reached it."""

    def __post_init__(self) -> None:
        _require_zone(self.at)


class ConferenceAgreed(Body, frozen=True, kw_only=True, tag="conference_agreed"):
    """A planning conference is agreed (planlægningskonference aftalt, R6.2)."""

    form: ConferenceForm
    at: Moment


class ConferenceMinutesReceived(Body, frozen=True, kw_only=True, tag="conference_minutes_received"):
    """A correspondence holds the minutes of the conference (beslutningsreferat, R6.3, R6.6)."""

    letter: EntryId
    """The entry that brought the correspondence."""


class TreatmentResumed(Body, frozen=True, kw_only=True, tag="treatment_resumed"):
    """The hospital has taken up treatment again (behandling genoptaget, R5.6).

    Noted by a person: how a message says it is not public (standard §4.4).
    """

    at: Moment
    text: str = ""


class Lapsed(Body, frozen=True, kw_only=True, tag="lapsed"):
    """There is nothing left to answer (bortfaldet, requirements §12)."""

    reason: LapseReason
    text: str = ""


class Closed(Body, frozen=True, kw_only=True, tag="closed"):
    """The municipality is done with the pathway (afsluttet)."""


class LetterHandled(Body, frozen=True, kw_only=True, tag="letter_handled"):
    """A letter that asks for no answer has been seen to (brev behandlet)."""

    letter: EntryId
    """The entry that brought it."""


class NoteAdded(Body, frozen=True, kw_only=True, tag="note_added"):
    """An internal note (internt notat); it is not sent to anybody."""

    text: str


class AdmissionEntered(Body, frozen=True, kw_only=True, tag="admission_entered"):
    """A citizen is in hospital and no notification says so (indlagt uden advis), or not who it is.

    It may begin a pathway: the only entry of a workstation's that does.
    """

    citizen: Citizen
    """With a number or a name; the number is what a notification is matched by."""
    admitted: Moment
    ward: str = ""
    """Hospital and ward as the author knows them."""


class Tick(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is said of one part of the checklist."""

    part: str
    """Its code in the checklist of the agreement profile."""
    state: PartState | None = None
    """None takes back what was said."""
    note: str = ""


class ChecklistTicked(Body, frozen=True, kw_only=True, tag="checklist_ticked"):
    """Somebody says of parts of the checklist whether they were brought along (R3.2, R3.3).

    Several can say it of the same part; the last accepted one holds and all are kept.
    """

    ticks: tuple[Tick, ...]
    """In one entry, because "alt medbragt" is one thing somebody did."""


class PresentAtAdmission(Body, frozen=True, kw_only=True, tag="present_at_admission"):
    """Whether a municipal employee was in the home at the admission, and who (R3.1, R3.7)."""

    was_present: bool
    who: str = ""
    """Name and title, as on the checklist."""


class FollowUpAssigned(Body, frozen=True, kw_only=True, tag="follow_up_assigned"):
    """Somebody takes on a part that is missing, or gets or lets go of it; None is nobody."""

    part: str
    owner: str | None


class FollowUpClosed(Body, frozen=True, kw_only=True, tag="follow_up_closed"):
    """A missing part needs nothing more (fx "Høreapparat eftersendt")."""

    part: str
    text: str = ""


class ReportText(msgspec.Struct, frozen=True, kw_only=True):
    """One of the texts the agreement prescribes, such as *Årsag til indlæggelse* (R3.7)."""

    code: str
    """Of the agreement's ``admission_report.mandatory_texts``."""
    text: str


class AdmissionReportSent(Body, frozen=True, kw_only=True, tag="admission_report_sent"):
    """The municipality supplements the admission report (opdateret indlæggelsesrapport, R3.5)."""

    texts: tuple[ReportText, ...] = ()
    confirmed: Confirmation | None = None
    supplement: str = ""
    channel: ReportChannel = ReportChannel.LETTER
    answers: EntryId | None = None
    """The entry that brought the notification it supplements; None: the last letter that came."""
    letter_id: str | None = None
    envelope_id: str | None = None
    """Of the message that carries it, when known; a receipt names them (standard §6.2)."""
    signature: Signature | None = None
    """Who signs (underskrift), as the author wrote it; None: as the gateway knows the author."""


class AdmissionReportNotNeeded(Body, frozen=True, kw_only=True, tag="admission_report_not_needed"):
    """There is nothing to supplement (ikke behov for supplerende oplysninger, R3.5)."""

    reason: str


class LeaveNoted(Body, frozen=True, kw_only=True, tag="leave_noted"):
    """The citizen goes on leave from the hospital, or is back (orlov).

    Noted by a person: the notifications of today carry no leave (standard §4.1).
    """

    is_on_leave: bool
    at: Moment


class ChecklistExported(Body, frozen=True, kw_only=True, tag="checklist_exported"):
    """A checklist with the citizen on it has left the program (tjekliste taget ud).

    Who and when stand on the entry; why is what the list is for.
    """

    way: NoteWay


class NoteExported(Body, frozen=True, kw_only=True, tag="note_exported"):
    """A case note has left the program (notat taget ud); who and when stand on the entry."""

    note: NoteKind
    purpose: str
    """Formål: why, in the author's words."""
    way: NoteWay = NoteWay.FILE
    case_number: str = ""
    """Sagsnummer it was written under; the next note of the pathway is offered the same."""
    path_hash: str = ""
    """SHA-256 of the path of the file (casenote §5); empty without one."""


class RehabilitationStep(Body, frozen=True, kw_only=True):
    """One step of a rehabilitation course (genoptræningsforløb): on which day, and a note.

    Who took it is the author of the entry.
    """

    day: dt.date
    """Danish civil date on which it happened."""
    note: str = ""


class RehabilitationContacted(
    RehabilitationStep, frozen=True, kw_only=True, tag="rehabilitation_contacted"
):
    """The municipality has spoken with the citizen (borgeren kontaktet, R9.4)."""


class FreeChoiceExplained(
    RehabilitationStep, frozen=True, kw_only=True, tag="free_choice_explained"
):
    """The citizen was told what they can choose between (frit valg oplyst, R9.4)."""

    channel: ChoiceChannel


class RehabilitationOfferChosen(
    RehabilitationStep, frozen=True, kw_only=True, tag="rehabilitation_offer_chosen"
):
    """The citizen has chosen where to train (tilbud valgt)."""

    provider: Provider
    name: str = ""
    """Of the municipality or the firm, when it is not the own offer."""


class RehabilitationStartAgreed(
    RehabilitationStep, frozen=True, kw_only=True, tag="rehabilitation_start_agreed"
):
    """The first training is agreed with the citizen (opstart aftalt)."""

    start: Moment


class RehabilitationStarted(
    RehabilitationStep, frozen=True, kw_only=True, tag="rehabilitation_started"
):
    """The training began on `day` (påbegyndt): what rule L measures."""


class RehabilitationPostponed(
    RehabilitationStep, frozen=True, kw_only=True, tag="rehabilitation_postponed"
):
    """The start is put later (udsat), and why."""

    reason: PostponementReason
    until: dt.date | None = None
    """When it is expected now; it moves no deadline."""


class TransportArranged(RehabilitationStep, frozen=True, kw_only=True, tag="transport_arranged"):
    """Transport to training at the hospital is seen to (befordring, R9.5)."""

    is_entitled: bool
    """False: the citizen has no right to it, so there is nothing to arrange."""


class ControlStatusWritten(
    RehabilitationStep, frozen=True, kw_only=True, tag="control_status_written"
):
    """A status note for a control at the hospital (statusnotat, R9.6); the citizen brings it."""

    text: str


class RehabilitationEnded(
    RehabilitationStep, frozen=True, kw_only=True, tag="rehabilitation_ended"
):
    """The course is over (genoptræning afsluttet, R9.4)."""

    closing_note: str = ""
    """Afslutningsnotat to the general practitioner, as text of a correspondence; sent by hand."""


class RehabilitationStepWithdrawn(
    Body, frozen=True, kw_only=True, tag="rehabilitation_step_withdrawn"
):
    """A step was put down by mistake (fortrudt); it stays in the journal and does not count."""

    step: EntryId


class RehabilitationDateSet(Body, frozen=True, kw_only=True, tag="rehabilitation_date_set"):
    """A person confirms a date that the plan has as text, or that no message has told."""

    kind_of_date: RehabilitationDate
    date: dt.date | None
    """None takes back what was said."""
    note: str = ""


class RehabilitationLevelSet(Body, frozen=True, kw_only=True, tag="rehabilitation_level_set"):
    """Basal or avanceret (agreements §4.1); None takes it back."""

    level: MunicipalLevel | None


class RehabilitationLinked(Body, frozen=True, kw_only=True, tag="rehabilitation_linked"):
    """A person says which admission the plan came from (knyttet til indlæggelse)."""

    admission: str | None
    """The pathway of the admission; None: of none that is known here."""


class ReplyHandedOver(Body, frozen=True, kw_only=True, tag="reply_handed_over"):
    """The gateway has put what was sent in the hospital's folder (sendt til sygehuset)."""

    reply: EntryId
    """The reply, or the municipality's own letter or report."""


class DeliveryFailed(Body, frozen=True, kw_only=True, tag="delivery_failed"):
    """What was sent did not reach the hospital; the gateway has given up (kræver handling)."""

    reply: EntryId
    """The reply, or the municipality's own letter or report."""
    reason: str
    """What a person reads: a Danish sentence without personal data."""


class UnknownBody(msgspec.Struct, frozen=True, kw_only=True):
    """A body this program cannot read: its kind or its version is newer, or it is malformed."""

    kind: str
    """Empty when a malformed body names none."""
    raw: bytes
    """The JSON as it came, its kind included."""


KnownBody: TypeAlias = (
    MessageReceived
    | ReplySent
    | CorrespondenceSent
    | Assigned
    | Opened
    | PhoneCall
    | ConferenceAgreed
    | ConferenceMinutesReceived
    | TreatmentResumed
    | Lapsed
    | Closed
    | LetterHandled
    | NoteAdded
    | AdmissionEntered
    | ChecklistTicked
    | PresentAtAdmission
    | FollowUpAssigned
    | FollowUpClosed
    | AdmissionReportSent
    | AdmissionReportNotNeeded
    | LeaveNoted
    | ChecklistExported
    | NoteExported
    | RehabilitationContacted
    | FreeChoiceExplained
    | RehabilitationOfferChosen
    | RehabilitationStartAgreed
    | RehabilitationStarted
    | RehabilitationPostponed
    | TransportArranged
    | ControlStatusWritten
    | RehabilitationEnded
    | RehabilitationStepWithdrawn
    | RehabilitationDateSet
    | RehabilitationLevelSet
    | RehabilitationLinked
    | ReplyHandedOver
    | DeliveryFailed
)
AnyBody: TypeAlias = KnownBody | UnknownBody


class _Envelope(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Everything of an entry but its body."""

    id: EntryId
    pathway_id: str
    author: str
    device: str
    occurred_at: Instant
    """By the writer's clock: for people to read, never for order (sync I11)."""
    seq: int | None = None
    """The place in the journal, given by the gateway; None while the entry is pending."""
    version: int = 1
    """``schema`` of the body as its writer knew it."""


class Entry(_Envelope, frozen=True, kw_only=True):
    """One thing that happened in a pathway (hændelse).

    Read and write it with `decode_entry` and `encode_entry`, which keep what they do not know.

    Raises:
        ValueError: `occurred_at` has no time zone.
    """

    body: AnyBody

    def __post_init__(self) -> None:
        _require_zone(self.occurred_at)

    @property
    def kind(self) -> str:
        """The stable English kind, such as ``reply_sent``."""
        if isinstance(self.body, UnknownBody):
            return self.body.kind
        return str(self.body.__struct_config__.tag)

    @property
    def is_pending(self) -> bool:
        """Whether the gateway has not yet accepted it."""
        return self.seq is None


class _Wire(_Envelope, frozen=True, kw_only=True):
    body: msgspec.Raw


class _Known(_Envelope, frozen=True, kw_only=True):
    body: KnownBody


class _Kind(msgspec.Struct, frozen=True):
    kind: str


_KINDS: dict[str, type[Body]] = {
    str(body.__struct_config__.tag): body for body in get_args(KnownBody)
}
_UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
_wire_decoder = msgspec.json.Decoder(_Wire)
_known_decoder = msgspec.json.Decoder(_Known)
_kind_decoder = msgspec.json.Decoder(_Kind)
_body_decoder = msgspec.json.Decoder(KnownBody)


def encode_entry(entry: Entry) -> bytes:
    """The entry as JSON; a body that was not understood leaves as it came."""
    body = entry.body
    raw = body.raw if isinstance(body, UnknownBody) else msgspec.json.encode(body)
    envelope = {field: getattr(entry, field) for field in _Envelope.__struct_fields__}
    return msgspec.json.encode(_Wire(**envelope, body=msgspec.Raw(raw)))


def entry_hash(entry: Entry) -> bytes:
    """What tells an entry from another with the same id: SHA-256 of it as it was when pending."""
    return hashlib.sha256(encode_entry(msgspec.structs.replace(entry, seq=None))).digest()


def with_seq(data: bytes, seq: int) -> bytes:
    """The JSON of an entry with a sequence number put in; its body leaves as it came.

    Raises:
        EntryError: `data` has not the form of an entry.
    """
    return msgspec.json.encode(msgspec.structs.replace(_decode_wire(data), seq=seq))


def decode_entry(data: bytes) -> Entry:
    """Read one entry from JSON.

    Fields that this program does not know in a body it does know are left out; the journal keeps
    the bytes.

    Raises:
        EntryError: not an entry, or a known body in a known version that is not well-formed.
    """
    known = _decode_known(data)
    if known is not None:
        return known
    wire = _decode_wire(data)
    try:
        return _entry(wire, _decode_body(wire))
    except _UNREADABLE as error:
        raise EntryError(str(error)) from error


def decode_kept(data: bytes) -> Entry:
    """Read an entry that is stored: one that is malformed must not hide the others.

    A known body that is not well-formed is set aside like one of a newer version.

    Raises:
        EntryError: not an entry, whatever its body.
    """
    known = _decode_known(data)
    if known is not None:
        return known
    wire = _decode_wire(data)
    try:
        return _entry(wire, _decode_body(wire))
    except _UNREADABLE:
        return _entry(wire, UnknownBody(kind=_kind_of_malformed(wire.body), raw=bytes(wire.body)))


def _decode_known(data: bytes) -> Entry | None:
    """An entry of a kind and version this program knows, read in one go; None for all others."""
    try:
        known = _known_decoder.decode(data)
    except _UNREADABLE:
        return None
    return _entry(known, known.body) if known.version <= known.body.schema else None


def _decode_wire(data: bytes) -> _Wire:
    try:
        return _wire_decoder.decode(data)
    except _UNREADABLE as error:
        raise EntryError(str(error)) from error


def _entry(read: _Envelope, body: AnyBody) -> Entry:
    # Field by field: every entry of every page comes by here.
    return Entry(
        id=read.id,
        pathway_id=read.pathway_id,
        author=read.author,
        device=read.device,
        occurred_at=read.occurred_at,
        seq=read.seq,
        version=read.version,
        body=body,
    )


def _kind_of_malformed(body: msgspec.Raw) -> str:
    try:
        return _kind_decoder.decode(body).kind
    except _UNREADABLE:
        return ""


def _decode_body(wire: _Wire) -> AnyBody:
    kind = _kind_decoder.decode(wire.body).kind
    known = _KINDS.get(kind)
    if known is None or wire.version > known.schema:
        return UnknownBody(kind=kind, raw=bytes(wire.body))
    body: KnownBody = _body_decoder.decode(wire.body)
    return body


def _require_zone(instant: dt.datetime) -> None:
    if instant.utcoffset() is None:
        raise ValueError("an instant needs a time zone; got a naive datetime")
