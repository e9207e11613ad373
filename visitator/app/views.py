"""What the screen is handed: frozen facts, in the agreement's and the hospital's own words.

The sentences around them are the screen's. Every instant is aware and in Danish time
(Europe/Copenhagen). Nothing here imports more than msgspec, so that a window can be painted before
the rest of the program is loaded.
"""

import datetime as dt
import enum

import msgspec


class View(msgspec.Struct, frozen=True, kw_only=True):
    """Base of everything handed to the screen."""


class Point(View, frozen=True, kw_only=True):
    """A day, with the time of day when it is known (tidspunkt)."""

    date: dt.date
    time: dt.time | None = None


# --- the inbox ----------------------------------------------------------------------------------


class Box(enum.Enum):
    """The filters of the inbox; the first one is the sum of the three after it."""

    INBOX = "inbox"
    """Everything that needs a person: to answer, answered by the hospital, or not delivered."""
    MINE = "mine"
    COLLEAGUES = "colleagues"
    UNASSIGNED = "unassigned"
    AWAITING = "awaiting"
    """A question or a wish for coordination is with the hospital (Afventer sygehus)."""
    AGREED = "agreed"
    """Aftale om udskrivelse; also an OK with a comment."""
    ALL = "all"
    """Every pathway, closed and lapsed ones, too."""


class GroupKind(enum.Enum):
    """Why rows stand together, in the order they stand in."""

    UNDELIVERED = "undelivered"
    """The answer did not reach the hospital (Kræver handling)."""
    OVERDUE = "overdue"
    DUE = "due"
    """To be answered on `Group.day`."""
    NO_DEADLINE = "no_deadline"
    """To be answered; the agreement sets no fixed deadline, or it cannot be computed."""
    TO_START = "to_start"
    """A rehabilitation plan that is ours to start, and nobody has taken a step in."""
    NEW_ANSWER = "new_answer"
    """The hospital has answered; a final category is still to be given."""
    AWAITING = "awaiting"
    COORDINATION = "coordination"
    AGREED = "agreed"
    ANSWERED = "answered"
    """OK with a comment: answered, but no agreement."""
    OTHER = "other"
    """No plan yet: admission and discharge notifications, correspondence, rehabilitation plans."""
    CLOSED = "closed"


class Group(View, frozen=True, kw_only=True):
    """A heading in the list, and how many rows stand under it."""

    kind: GroupKind
    count: int
    day: dt.date | None = None
    """Of `GroupKind.DUE`."""
    time: dt.time | None = None
    """When every row of the day is due at the same time."""


class Inbox(View, frozen=True, kw_only=True):
    """The list under one filter: its groups in order; the rows are read by page."""

    box: Box
    groups: tuple[Group, ...]
    counts: dict[Box, int]
    attention: int
    """How many things stand in Kræver handling."""
    outbox: int
    """How many things wait to be sent."""
    next_due: dt.datetime | None
    """The first deadline ahead among what is to be answered."""


class Flag(enum.Enum):
    """What should be noticed about a row."""

    NEW_VERSION = "new_version"
    UNKNOWN_CITIZEN = "unknown_citizen"
    """The plan is the first this municipality hears of the citizen (R4.1)."""
    WEEKEND = "weekend"
    """The planned discharge is on a weekend or a holiday."""
    CONFERENCE = "conference"
    LATE_PLAN = "late_plan"
    WITHOUT_AGREEMENT = "without_agreement"
    """Discharged without an agreement (udskrevet uden aftale)."""
    AGREEMENT_SUPERSEDED = "agreement_superseded"
    """Erstattet – skal besvares igen (R4.4)."""
    UNDELIVERED = "undelivered"
    TREATMENT_ENDED = "treatment_ended"
    """Færdigbehandlet (MOF)."""
    NEW_LETTER = "new_letter"
    """A letter from the hospital that nobody has seen to, and that answers no question."""
    PENDING = "pending"
    """Something this user did waits to be sent."""


class RowKind(enum.Enum):
    """What the row is mainly about, with its short Danish name."""

    PLAN = "PFP"
    REHABILITATION = "GOP"
    CORRESPONDENCE = "KM"
    NOTIFICATION = "Advis"
    MESSAGE = "Meddelelse"
    """Another message: a report, a MOF, one that the program does not know."""


class Deadline(View, frozen=True, kw_only=True):
    """When something must be done (frist)."""

    status: str
    """``fixed``, ``none`` (the agreement sets none) or ``unknown`` (ikke oplyst)."""
    due: dt.datetime | None = None
    """The moment that counts: the effective deadline when it is the earlier one."""
    agreed: dt.datetime | None = None
    """The agreement's own deadline, when an earlier planned discharge moved `due`."""
    is_whole_day: bool = False
    """The deadline is a day without a time of day; `due` is its end, 23.59."""
    text: str = ""
    """The agreement's words (Danish)."""


class Row(View, frozen=True, kw_only=True):
    """One pathway in the list."""

    pathway_id: str
    group: GroupKind
    kind: RowKind
    name: str
    """Empty when unknown."""
    cpr_masked: str
    """``251248-••••``; empty when unknown."""
    ward: str
    received: dt.datetime | None
    deadline: Deadline | None
    """Of the answer, or of the start of rehabilitation; None when neither is ahead."""
    hospital_due: dt.datetime | None = None
    """When the hospital must have answered (rule E) or started rehabilitation (rule M)."""
    awaiting_since: dt.datetime | None = None
    planned_discharge: Point | None = None
    level: str = ""
    """Danish: of the rehabilitation plan the row is about; empty where it is about another."""
    discharge: dt.date | None = None
    """What the start of rehabilitation counts from."""
    is_discharge_expected: bool = False
    """Nobody but the rehabilitation plan has said so."""
    owner: str | None = None
    """User id; None is nobody."""
    owner_name: str = ""
    version: int = 0
    state: str = ""
    """The state's Danish label (requirements §12)."""
    flags: frozenset[Flag] = frozenset()
    snippet: str = ""
    """The beginning of the hospital's last letter, when it is what the row is about."""


class Found(View, frozen=True, kw_only=True):
    """Something a search found."""

    row: Row
    snippet: str
    """Text around the words, with each hit between ``\\x02`` and ``\\x03``."""


# --- one pathway --------------------------------------------------------------------------------


class Run(View, frozen=True, kw_only=True):
    """A piece of text in one style."""

    text: str
    bold: bool = False
    italic: bool = False
    underlined: bool = False
    fixed: bool = False
    """Columns line up only in a fixed-width font."""
    is_new: bool = False
    """Not in the previous version of the plan."""


class Text(View, frozen=True, kw_only=True):
    """A text from a message, with its paragraphs kept."""

    runs: tuple[Run, ...] = ()

    def __str__(self) -> str:
        return "".join(run.text for run in self.runs)


class CitizenView(View, frozen=True, kw_only=True):
    """The citizen, as on the head of the page."""

    name: str
    cpr: str
    """Whole, ``251248-9996``; a replacement number is said to be one by `is_replacement_cpr`."""
    is_replacement_cpr: bool = False
    age: int | None = None
    address: str = ""
    """Empty when unknown or protected."""
    is_protected: bool = False
    telephones: tuple[str, ...] = ()
    is_unknown: bool = False
    """First heard of by this plan (R4.1)."""
    is_dead: bool = False


class Contact(View, frozen=True, kw_only=True):
    """Somebody one can call."""

    name: str
    lines: tuple[str, ...] = ()
    """Role, relation, ward: as sent."""
    telephone: str = ""
    gln: str = ""
    informed: bool | None = None
    """Whether a relative has been told (orienteret); None: not said."""
    changed: bool = False
    """Whether something of it differs from the previous version."""


class FieldView(View, frozen=True, kw_only=True):
    """One labelled value."""

    label: str
    """Danish, from the field itself."""
    text: Text
    before: str | None = None
    """What it was in the previous version, when it changed; empty when it is new."""
    at: Point | None = None
    """The value, when it is a date; `text` says it in full."""
    at_before: Point | None = None
    """`before`, when it was a date."""

    @property
    def changed(self) -> bool:
        """Whether it differs from the previous version."""
        return self.before is not None


class AbilityView(View, frozen=True, kw_only=True):
    """One ability with its limitation (funktionsevne, ICF 0-4)."""

    label: str
    score: int | None
    """0-4; None when the word is not one of the known ones (9: ikke relevant)."""
    score_word: str
    """``Moderate``; as sent when unknown."""
    before_word: str | None = None
    """The word in the previous version, when it changed; empty when the ability is new."""
    comment: Text = Text()
    comment_before: str | None = None


class Section(View, frozen=True, kw_only=True):
    """A card of the plan."""

    key: str
    """Stable. In a plan: ``problems``, ``coordination``, ``course``, ``relatives``, ``unknown``
    (fields the program does not know) and ``other`` (to be folded). Elsewhere the kind of the
    message, such as ``discharge_report``, and ``other``."""
    title: str
    fields: tuple[FieldView, ...] = ()
    unremarkable: tuple[str, ...] = ()
    """Labels of what is there and says nothing: folded into one line."""
    notices: tuple[str, ...] = ()
    """Danish sentences: what should be noticed about the message, of `PathwayView.other`."""
    received: dt.datetime | None = None
    """When the message came, of `PathwayView.other`."""
    raw_id: str = ""
    """Where the gateway keeps that message."""


class Change(View, frozen=True, kw_only=True):
    """One difference from the previous version."""

    path: str
    label: str
    before: str | None
    after: str | None
    is_folded: bool = False
    """It stands in the folded section (``other``): identifiers, addresses and the like."""
    is_code: bool = False
    """What stood and stands there are codes in the program's own words, such as ``Moderate``."""


class VersionView(View, frozen=True, kw_only=True):
    """One version of the plan."""

    entry_id: str
    number: int
    received: dt.datetime
    state: str
    is_current: bool
    head: tuple[FieldView, ...]
    """The dates: forventet færdigbehandlet and aftalt udskrivning; empty when not given."""
    sender: Contact
    relatives: tuple[Contact, ...]
    abilities: tuple[AbilityView, ...]
    sections: tuple[Section, ...]
    changes: tuple[Change, ...] = ()
    """Since the version before; empty for the first."""
    changed_since: dt.datetime | None = None
    """When the version before came; None for the first."""
    notices: tuple[str, ...] = ()
    """Danish sentences: weekend, late plan, no date, what the reader noticed."""
    raw_id: str = ""
    """Where the gateway keeps the original message."""
    receipted: dt.datetime | None = None
    """When the gateway's automatic receipt was made (teknisk kvittering)."""


class ReplyChoice(View, frozen=True, kw_only=True):
    """One of the three answers, with the exact Danish label and what it means here."""

    code: str
    """``ok``, ``question`` or ``coordination``."""
    label: str
    meaning: str = ""


class Option(View, frozen=True, kw_only=True):
    """Something to choose in a composer."""

    code: str
    label: str
    text: str = ""
    """The phrase it writes."""


class Answering(View, frozen=True, kw_only=True):
    """What can be answered now, and what the composer needs."""

    can_answer: bool
    why_not: str = ""
    """Danish, when it cannot."""
    choices: tuple[ReplyChoice, ...] = ()
    ok_is_agreement: bool = True
    subject: str = ""
    state_token: bytes = b""
    """The state the author sees; handed back with the reply (architecture §4.4)."""
    to: str = ""
    """The ward the reply goes to."""
    telephone: str = ""
    topics: tuple[Option, ...] = ()
    """What one can ask about, with the phrase each writes."""
    triggers: tuple[Option, ...] = ()
    """When udvidet koordinering is called for (R6.1)."""
    forms: tuple[Option, ...] = ()
    """How the conference is held (R6.2)."""
    purposes: tuple[Option, ...] = ()
    """What an ambulatory letter is for (formål, R8.2); empty where the agreement has none."""
    hospital_due: dt.datetime | None = None
    """When the hospital must have answered a question asked now (rule E)."""
    planned_discharge: Point | None = None
    is_after_discharge: bool = False
    """Whether `hospital_due` is not before the planned discharge."""
    is_free: bool = False
    """The agreement has no categories: one writes to the hospital and closes the pathway."""
    max_subject: int = 0
    """How many characters the subject of a letter may have."""


class Transit(enum.Enum):
    """How far something sent has come; the words are architecture §4.8's."""

    UNDO = "undo"
    """Waits for the undo window to end."""
    OUTBOX = "outbox"
    AT_GATEWAY = "at_gateway"
    HANDED_OVER = "handed_over"
    RECEIVED = "received"
    ATTENTION = "attention"
    NOT_DELIVERED = "not_delivered"
    """It never reached the hospital; somebody has called or written again since."""


class Sent(View, frozen=True, kw_only=True):
    """How a reply or a letter fares."""

    entry_id: str
    transit: Transit
    label: str
    """Danish: Kladde, I udbakke, Sendt til gateway, Sendt til sygehuset, Modtaget af …"""
    until: dt.datetime | None = None
    """When it can no longer be undone."""
    at: dt.datetime | None = None
    """When it reached this state, where known."""
    problem: str = ""
    """The hospital's own words, or the gateway's, when it failed."""
    counts: bool = True
    """False: somebody else's answer stands."""
    can_repeat: bool = False
    """It was not delivered, and may be sent again or be told by telephone instead."""


class StepState(enum.Enum):
    """Whether a step of the course is done."""

    DONE = "done"
    OURS = "ours"
    """Something this municipality said."""
    NOW = "now"
    """Waits for somebody."""
    AHEAD = "ahead"


class Step(View, frozen=True, kw_only=True):
    """One dot of the pathway column."""

    title: str
    """Of a plan without its `number`."""
    state: StepState
    number: int = 0
    """Which version of the plan it is."""
    at: dt.datetime | None = None
    day: Point | None = None
    """Of something ahead or without an instant."""
    who: str = ""
    detail: str = ""
    entry_id: str = ""


class Letter(View, frozen=True, kw_only=True):
    """One letter, reply, call or note in the thread."""

    entry_id: str
    kind: str
    """``letter``, ``reply``, ``call``, ``note``."""
    ours: bool
    who: str
    at: dt.datetime
    title: str
    """Category, subject or whom one called."""
    text: Text
    sent: Sent | None = None
    raw_id: str = ""
    attachments: tuple[str, ...] = ()
    purpose: str = ""
    """Formål of a letter in an ambulatory course, in the agreement's words (R8.2)."""


class Presence(View, frozen=True, kw_only=True):
    """A colleague on the same pathway."""

    name: str
    composing: bool
    since: dt.datetime


class Lost(View, frozen=True, kw_only=True):
    """A colleague answered first: who, when and what (architecture §4.4)."""

    entry_id: str
    who: str
    at: dt.datetime | None
    what: str
    """The category, or what else moved the state on."""
    reason: str


class PathwayView(View, frozen=True, kw_only=True):
    """Everything the screen shows of one pathway."""

    pathway_id: str
    citizen: CitizenView
    kind: RowKind
    state: str
    """As in the row: where the answer stands, else where the stay does."""
    is_agreed: bool = False
    """An agreement on the discharge stands (Aftale om udskrivelse)."""
    stay: str
    is_awaiting_hospital: bool = False
    """A question is with the hospital."""
    deadline: Deadline | None
    versions: tuple[VersionView, ...]
    """Oldest first; the last one is current."""
    other: tuple[Section, ...]
    """What every message but the plans holds (notification, report, rehabilitation plan, letter),
    the newest first."""
    answering: Answering
    last_reply: Sent | None
    last_reply_label: str
    owner: str | None
    owner_name: str
    unhandled_letter: str = ""
    """The entry of the hospital's last letter, while nobody has seen to it."""
    flags: frozenset[Flag]
    steps: tuple[Step, ...]
    thread: tuple[Letter, ...]
    lost: Lost | None
    agreement_title: str
    is_over: bool = False
    """Lapsed or closed."""
    is_undelivered: bool = False
    """The answer that stands did not reach the hospital; it can be sent again."""
    lapse_reasons: tuple[Option, ...] = ()
    """Why there may be nothing left to answer (bortfald)."""


# --- what needs a person, drafts, people, state of the program ----------------------------------


class Decision(enum.Enum):
    """What can be done about something in Kræver handling."""

    RETRY = "retry"
    EDIT = "edit"
    KEEP_AS_NOTE = "keep_as_note"
    DISCARD = "discard"
    SEND_AGAIN = "send_again"
    CALLED = "called"


class Unsent(View, frozen=True, kw_only=True):
    """Something this user did that has not arrived, and whom it concerns."""

    entry_id: str
    pathway_id: str
    name: str
    cpr_masked: str
    what: str
    """What was to be sent: the category or the kind of entry."""
    text: str
    at: dt.datetime


class Attention(Unsent, frozen=True, kw_only=True):
    """One thing that needs a person."""

    reason: str
    """Danish: what happened, what was kept."""
    decisions: tuple[Decision, ...]
    """The first is the one to offer."""


class Waiting(Unsent, frozen=True, kw_only=True):
    """One thing in the outbox."""

    sent: Sent
    can_cancel: bool


class DraftView(View, frozen=True, kw_only=True):
    """What was typed and not sent."""

    kind: str
    """``question``, ``coordination``, ``ok``, ``letter``, ``call``, ``note``, ``admission_report``
    or ``word``."""
    text: str
    choices: tuple[str, ...] = ()
    """Codes of topics or triggers, and the form."""
    subject: str = ""
    fields: dict[str, str] = {}
    """What was typed under each heading of a form, by its code."""
    updated: dt.datetime | None = None


class Colleague(View, frozen=True, kw_only=True):
    """Somebody a pathway can be given to."""

    user: str
    name: str
    title: str = ""


class Signature(View, frozen=True, kw_only=True):
    """Who signs (underskrift)."""

    name: str = ""
    title: str = ""
    telephone: str = ""


class Link(enum.Enum):
    """How the workstation stands with the gateway."""

    SYNCHRONISED = "synchronised"
    WORKING = "working"
    OFFLINE = "offline"
    NOT_SENDING = "not_sending"
    REFUSED = "refused"
    TOO_OLD = "too_old"
    PAUSED = "paused"


class Standing(View, frozen=True, kw_only=True):
    """What the status line says."""

    link: Link
    since: dt.datetime | None = None
    """When all was well last."""
    reason: str = ""
    """Danish, when something is wrong."""
    progress: float | None = None
    """0-1 of a first reading; None when it is not known."""
    entries: int | None = None
    """How many entries a long reading has brought so far."""
    clock_error: dt.timedelta | None = None
    """How far this workstation's clock is ahead, when that is more than it should be."""


class OfficeView(View, frozen=True, kw_only=True):
    """Who works here and by what."""

    user: str
    user_name: str
    role: str
    is_care_staff: bool = False
    """Plejepersonale, who see the admissions only."""
    may_write: bool = True
    """To answer and write to hospitals, take steps and notes; leder and plejepersonale do not."""
    may_tick: bool = True
    """To fill in the checklist and follow up; a leder does not."""
    municipality: str
    """Empty when not known."""
    agreement_title: str
    agreement_region: str
    agreement_from: dt.date | None = None
    """The first day it holds."""
    agreement_warnings: tuple[str, ...]
    has_fixed_deadline: bool
    is_demo: bool
    signature: Signature
    own_gateway: bool
    """The program runs its own gateway on this workstation."""


class ChangeSet(View, frozen=True, kw_only=True):
    """What is to be read again."""

    pathways: frozenset[str] = frozenset()
    everything: bool = False
    outbox: bool = False
    drafts: bool = False


class KnownError(Exception):
    """Something a person can act on; Danish text: what happened, what was kept, what to do.

    Attributes:
        can_put_aside: it helps to put the local database aside (`opening.put_aside`).
    """

    def __init__(self, text: str, *, can_put_aside: bool = False) -> None:
        super().__init__(text)
        self.can_put_aside = can_put_aside
