"""What the store hands out: frozen values, never rows."""

import datetime as dt
import enum
from typing import TYPE_CHECKING

import msgspec

from visitator.domain.agreement import Status
from visitator.domain.citizen import Citizen
from visitator.domain.deadlines import Due
from visitator.domain.moment import Instant, Moment
from visitator.domain.terms import (
    Actor,
    CourseState,
    DischargeSource,
    LabelledEnum,
    PostponementReason,
    Provider,
    RehabilitationLevel,
    ReplyState,
    ReportState,
    Stay,
    TrainingLevel,
)

if TYPE_CHECKING:
    from visitator.domain.entries import Entry, EntryId

NOBODY = ""
"""As the owner to filter by: pathways that nobody has taken."""

SHARED = ""
"""The user of the rows that everybody sees."""

NO_DEADLINE = 2**62
"""`Header.due_at` of a row without a deadline: after every other."""


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """What a command changed; whoever shows one of these reads it again."""

    pathways: frozenset[str] = frozenset()
    """Whose fold, or row in the inbox, may be another now."""
    outbox: bool = False
    drafts: bool = False
    everything: bool = False
    """The whole history was exchanged."""

    def __or__(self, other: "Changes") -> "Changes":
        return Changes(
            pathways=self.pathways | other.pathways,
            outbox=self.outbox or other.outbox,
            drafts=self.drafts or other.drafts,
            everything=self.everything or other.everything,
        )


class OutboxState(LabelledEnum):
    """Where an entry of the outbox stands, with the words for it (architecture §4.8)."""

    QUEUED = "queued", "I udbakke"
    SENT = "sent", "I udbakke, sendes"
    """It may have reached the gateway; only an answer tells."""
    ACKED = "acked", "Sendt til gateway"
    """The gateway has it for good, and the journal here does not hold it yet."""
    HELD = "held", "Venter på din afgørelse"
    """A reply after one that was refused: it may answer that one (sync I6)."""
    ATTENTION = "attention", "Kræver handling"


class OutboxItem(msgspec.Struct, frozen=True, kw_only=True):
    """One entry that the journal does not hold yet."""

    entry: "Entry"
    data: bytes
    """The entry as it is sent, the same each time."""
    user: str
    state: OutboxState
    attempts: int
    not_before: dt.datetime | None
    """When the undo window ends; None when there is none."""
    reason: str | None = None
    """Why it needs attention: a `RejectReason` or ``unknown_result``."""
    winner: "Entry | None" = None
    """The entry that stands in its way, when the gateway named one."""


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """What a user has typed and not sent (kladde); nobody else sees it."""

    user: str
    pathway_id: str
    kind: str
    data: bytes
    """As the screen wrote it."""
    updated_at: Instant


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who works in the municipality (kollega)."""

    user: str
    name: str
    title: str = ""
    role: str = ""
    """A `visitator.domain.terms.Role`, or a word of a newer gateway."""


class Reread(msgspec.Struct, frozen=True, kw_only=True):
    """A history that is being read anew, beside the one that is shown."""

    epoch: str
    cursor: int
    through: int | None
    """Where a bootstrap ends, when it is one."""


class SyncState(msgspec.Struct, frozen=True, kw_only=True):
    """How far this workstation has read."""

    epoch: str | None
    """None before the first page."""
    cursor: int
    reread: Reread | None
    last_ok: dt.datetime | None
    """When all was well last, by the workstation's clock; only for people to read."""
    server_skew: dt.timedelta | None
    """How far the workstation's clock is ahead of the gateway's."""


class LocalDigest(msgspec.Struct, frozen=True, kw_only=True):
    """What the journal here holds of a stretch, to be compared with the gateway's (sync I13)."""

    epoch: str
    after: int
    """The stretch begins after this seq: what a bootstrap read is not whole."""
    through: int
    """It ends with this one: as far as the journal reaches."""
    count: int
    checksum: str
    """As `visitator.domain.wire.checksum` makes it of the entries as they came."""


class Bucket(enum.IntEnum):
    """Where a pathway stands in the inbox, in the order they stand in.

    No clock is needed to tell: whether a deadline has passed only divides `TO_ANSWER`.
    """

    UNDELIVERED = 0
    """An answer or a letter did not reach the hospital (Kræver handling)."""
    TO_ANSWER = 1
    """No answer yet, and there is a deadline for it."""
    WITHOUT_DEADLINE = 2
    """No answer yet; the agreement sets no fixed deadline, or it cannot be computed."""
    TO_START = 3
    """A rehabilitation plan that is ours to start, and nobody has taken a step in (rule L)."""
    NEW_ANSWER = 4
    """The hospital has said its part, also in the minutes of a conference (R4.10, R6.6)."""
    AWAITING = 5
    COORDINATION = 6
    """A planning conference is wished for or agreed (R6.1)."""
    AGREED = 7
    ANSWERED = 8
    """OK with a comment, which is no agreement (rule G)."""
    OTHER = 9
    """There is no plan yet."""
    CLOSED = 10
    """Closed or lapsed."""


class Matter(enum.Enum):
    """What a row is mainly about."""

    PLAN = "plan"
    REHABILITATION = "rehabilitation"
    CORRESPONDENCE = "correspondence"
    NOTIFICATION = "notification"
    """Indlæggelsesadvis or udskrivningsadvis."""
    MESSAGE = "message"
    """Another message, or none."""


class Header(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A pathway in a row of the inbox; everything here follows from its entries."""

    pathway_id: str
    bucket: Bucket = Bucket.OTHER
    matter: Matter = Matter.MESSAGE
    """The hospital's letter where that is the new answer, else the plan; without a plan a
    rehabilitation plan, else the last letter."""
    citizen: Citizen | None = None
    """Only the names and the numbers."""
    ward: str = ""
    """Who sent what the row is about."""
    reply_state: ReplyState | None = None
    needs_answer: bool = False
    received_at: Instant | None = None
    """When what the row is about came."""
    deadline_status: Status | None = None
    """Whether there is a deadline for the first answer, or for the start of rehabilitation; None
    when nothing is to be answered or started."""
    due: Due | None = None
    effective: Due | None = None
    hospital_due: Due | None = None
    """When the hospital has to have answered (rule E) or started rehabilitation (rule M)."""
    awaiting_hospital_since: Instant | None = None
    planned_discharge: Moment | None = None
    level: RehabilitationLevel | None = None
    """The hospital's, of a rehabilitation plan; None when its word is not one of the three."""
    discharge: dt.date | None = None
    """What the latest start of rehabilitation counts from, as far as that is known."""
    discharge_source: DischargeSource | None = None
    snippet: str = ""
    """The beginning of the letter that the row is about, its CPR numbers masked."""
    has_new_letter: bool = False
    """The hospital's last letter has not been seen to."""
    wants_conference: bool = False
    """The plan proposes or announces a planning conference."""
    is_weekend_discharge: bool = False
    """Planned for a weekend or a holiday (rule H)."""
    is_late_plan: bool = False
    """It came after the hospital's own deadline (rule C)."""
    is_unknown_citizen: bool = False
    """See `projections.is_first_heard_of` (R4.1)."""
    versions: int = 0
    """How many versions of the plan there are."""
    stay: Stay = Stay.UNKNOWN
    owner: str | None = None
    agreement_superseded: bool = False
    discharged_without_agreement: bool = False
    pending: int = 0
    """How many of its entries are this user's own and not in the journal yet; that the user
    opened it is not counted."""
    last_seq: int = 0

    @property
    def due_at(self) -> int:
        """What a row is sorted by in its bucket: the last second in time, in Unix time.

        `NO_DEADLINE` without a deadline.
        """
        due = self.effective or self.due or self.hospital_due
        if due is None:
            return NO_DEADLINE
        return int(due.at.timestamp()) + (_LAST_SECOND if due.whole_day else 0)

    @property
    def since(self) -> int:
        """What it is sorted by after that: the longest waiting first.

        Where nothing waits any more, the newest first.
        """
        at = self.awaiting_hospital_since or self.received_at
        since = int(at.timestamp()) if at else 0
        return -since if self.bucket >= Bucket.AGREED else since


_LAST_SECOND = 59
"""Of the minute at which a whole day ends, `deadlines.END_OF_DAY`."""


class AdmissionGroup(enum.IntEnum):
    """Where an admission stands in its list, in the order they stand in."""

    REPORT_DUE = 0
    """The admission report is to be supplemented, or it is to be said that it need not be."""
    ADMITTED = 1
    """In hospital now (indlagt nu), and nothing to report."""
    ENDED = 2
    """Discharged, cancelled, dead, lapsed or closed: what happened stays to be seen."""


class AdmissionHeader(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An admission in a row of its list; everything here follows from its entries."""

    pathway_id: str
    group: AdmissionGroup
    citizen: Citizen | None = None
    """Only the names and the numbers."""
    ward: str = ""
    stay: Stay = Stay.UNKNOWN
    admitted: Moment | None = None
    notified_at: Instant | None = None
    """When the first notification of this admission came; None without one."""
    report: ReportState = ReportState.DUE
    deadline_status: Status = "unknown"
    due: Due | None = None
    is_night: bool = False
    """The deadline is the one of the night shift (rule B)."""
    ticked: tuple[str, ...] = ()
    """The parts of the checklist that somebody said something of."""
    missing: tuple[str, ...] = ()
    """The parts that are followed up, in the order they were found missing."""
    is_corrected: bool = False
    is_cancelled: bool = False
    is_dead: bool = False
    has_episode: bool = True
    """The notification names its episode; also where there is none."""
    is_by_hand: bool = False
    is_readmission: bool = False
    is_on_leave: bool = False
    is_undelivered: bool = False
    """The report did not reach the hospital (Kræver handling)."""
    owner: str | None = None
    reply_state: ReplyState | None = None
    needs_answer: bool = False
    versions: int = 0
    """How many versions of the plan there are."""
    pending: int = 0
    """As `Header.pending`."""
    last_seq: int = 0

    @property
    def due_at(self) -> int:
        """What it is sorted by in its group, as `Header.due_at`."""
        if self.group is not AdmissionGroup.REPORT_DUE or self.due is None:
            return NO_DEADLINE
        return int(self.due.at.timestamp()) + (_LAST_SECOND if self.due.whole_day else 0)

    @property
    def since(self) -> int:
        """What it is sorted by after that: who was admitted last stands first."""
        at = self.admitted.instant() if self.admitted else self.notified_at
        return -int(at.timestamp()) if at else 0


class RehabilitationGroup(enum.IntEnum):
    """Where a rehabilitation course stands in its list, in the order they stand in."""

    TO_START = 0
    """The municipality has to start it."""
    AWAITS_DISCHARGE = 1
    """The days cannot count before the hospital has discharged the citizen."""
    ELSEWHERE = 2
    """The hospital or the region carries it out; transport may be the municipality's."""
    STARTED = 3
    ENDED = 4
    """Ended, cancelled or lapsed."""


class RehabilitationHeader(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A rehabilitation course in a row of its list; everything here follows from its entries."""

    pathway_id: str
    group: RehabilitationGroup
    citizen: Citizen | None = None
    """Only the names and the numbers."""
    ward: str = ""
    """Who sent the plan."""
    received_at: Instant | None = None
    """When the first version of the plan came."""
    level: TrainingLevel = TrainingLevel.UNKNOWN
    state: CourseState = CourseState.RECEIVED
    actor: Actor = "municipality"
    """Who carries it out."""
    discharge: dt.date | None = None
    discharge_source: DischargeSource | None = None
    is_in_hospital: bool = False
    deadline_status: Status = "unknown"
    due: Due | None = None
    """The latest start: the municipality's, or the hospital's where it carries it out."""
    own_deadline: str = ""
    """The beginning of the plan's own deadline, as text."""
    has_own_deadline: bool = False
    """It says something else than the computed one, and nobody has settled it."""
    contacted: dt.date | None = None
    choice_explained: dt.date | None = None
    provider: Provider | None = None
    start: Moment | None = None
    """As agreed with the citizen."""
    started: dt.date | None = None
    is_late: bool = False
    """It started after its deadline."""
    postponed: PostponementReason | None = None
    ended: dt.date | None = None
    needs_transport: bool = False
    """Training at the hospital, and nobody has seen to transport yet."""
    admission: str | None = None
    """The pathway of the admission it came from."""
    versions: int = 1
    """How many versions of the plan there are."""
    answer_due: Due | None = None
    """When the hospital must have answered a question about the plan (rule N)."""
    is_asked: bool = False
    """The hospital was asked about the plan and has not answered."""
    is_correspondence: bool = False
    """The plan came as correspondence."""
    is_undelivered: bool = False
    """A letter to the hospital did not reach it."""
    owner: str | None = None
    pending: int = 0
    """As `Header.pending`."""
    last_seq: int = 0

    @property
    def due_at(self) -> int:
        """What it is sorted by in its group, as `Header.due_at`."""
        if self.group >= RehabilitationGroup.STARTED or self.due is None:
            return NO_DEADLINE
        return int(self.due.at.timestamp()) + (_LAST_SECOND if self.due.whole_day else 0)

    @property
    def since(self) -> int:
        """What it is sorted by after that: the longest waiting first; the newest of what began."""
        since = int(self.received_at.timestamp()) if self.received_at else 0
        return -since if self.group >= RehabilitationGroup.STARTED else since


class GroupCount(msgspec.Struct, frozen=True, kw_only=True):
    """How many rows of a list there are in one group, at one instant."""

    number: int = 0
    overdue: int = 0
    """How many of them have a deadline that is passed: when a whole second of it is (§11)."""
    first_due: int = NO_DEADLINE
    """The earliest deadline, passed or not; as `Header.due_at`."""
    next_due: int = NO_DEADLINE
    """The earliest that is not passed."""


class RehabilitationFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which courses; None is all."""

    through: RehabilitationGroup = RehabilitationGroup.STARTED
    """The last group."""
    state: CourseState | None = None
    level: TrainingLevel | None = None


class InboxFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which pathways; None is all."""

    needs_answer: bool | None = None
    """Whether it stands before `Bucket.AGREED`: also where a letter did not arrive."""
    owner: str | None = None
    """`NOBODY` for those that nobody has taken."""
    stay: Stay | None = None


class Position(msgspec.Struct, frozen=True):
    """Where a page of the inbox ended."""

    bucket: int
    due_at: int
    since: int
    pathway_id: str


class Whose(enum.Enum):
    """Whose pathways, as one user sees it."""

    ANYBODYS = "anybodys"
    MINE = "mine"
    COLLEAGUES = "colleagues"
    NOBODYS = "nobodys"


class Selection(msgspec.Struct, frozen=True, kw_only=True):
    """What a list shows: the buckets from `first` to `last`, in order."""

    first: Bucket
    last: Bucket
    whose: Whose = Whose.ANYBODYS


class Tally(msgspec.Struct, frozen=True):
    """How many rows stand in one place of the order, and whose they are."""

    bucket: Bucket
    due_at: int
    """As `Header.due_at`."""
    whose: Whose
    """Never `Whose.ANYBODYS`: that is the sum of the others."""
    count: int


class Listing(msgspec.Struct, frozen=True, kw_only=True):
    """How many there are of everything, at one moment."""

    tallies: tuple[Tally, ...]
    """In the order of the rows."""
    attention: int
    """Entries of the user's outbox that wait for a decision."""
    unsent: int
    """Entries of the user's outbox that wait to be sent; that something was opened is none."""


class InboxPage(msgspec.Struct, frozen=True, kw_only=True):
    """Rows in order: by bucket, in it by deadline, then by how long it has waited."""

    rows: tuple[Header, ...]
    after: Position | None
    """Where the next page begins; None when this is the last."""


class SearchHit(msgspec.Struct, frozen=True, kw_only=True):
    """A pathway that was found."""

    header: Header
    """As the one who looks sees it."""
    entry_id: "EntryId | None"
    """The last entry that holds the words; None when only the name was looked at."""
    seq: int
    snippet: str
    """The words with what stands around them, each hit between ``\\x02`` and ``\\x03``; CPR
    numbers masked. Empty when the words are not in a text."""
