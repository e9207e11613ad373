"""What the screen of admissions (Indlæggelser) is handed; as `visitator.app.views`.

Every instant is aware and in Danish time. Words are the agreement's and the field's own.
"""

import datetime as dt
import enum

from visitator.app.views import CitizenView, Deadline, Option, Point, Sent, View


class AdmissionGroupKind(enum.Enum):
    """Why admissions stand together, in the order they stand in."""

    REPORT_DUE = "report_due"
    """The admission report has a deadline, or is to be supplemented (Indlæggelsesrapport)."""
    ADMITTED = "admitted"
    """Indlagt nu."""
    ENDED = "ended"
    """Discharged, cancelled, dead or closed."""


class AdmissionFlag(enum.Enum):
    """What should be noticed about an admission."""

    NIGHT = "night"
    """Nattevagt: the deadline is the morning's (rule B)."""
    MUST_REPORT = "must_report"
    """An employee was present, so the report is no longer a matter of need (R3.7)."""
    LEAVE = "leave"
    """På orlov."""
    READMISSION = "readmission"
    """Genindlagt."""
    CORRECTED = "corrected"
    """A correction of the notification holds (rettetbrev)."""
    CANCELLED = "cancelled"
    """The notification was taken back (annulleretbrev)."""
    DEAD = "dead"
    MOVED = "moved"
    """In another ward or hospital than the notification says."""
    TREATMENT_ENDED = "treatment_ended"
    """Færdigbehandlet (MOF)."""
    BY_HAND = "by_hand"
    """Entered here; no notification has come."""
    REPLACEMENT_CPR = "replacement_cpr"
    UNKNOWN_CITIZEN = "unknown_citizen"
    """Nobody has said a name, or there is no number."""
    UNKNOWN_WARD = "unknown_ward"
    NO_EPISODE = "no_episode"
    """The notification names no episode (forløbs-ID)."""
    FUTURE = "future"
    """The admission is ahead."""
    UNDELIVERED = "undelivered"
    """The report did not reach the hospital."""
    PENDING = "pending"
    """Something this user did waits to be sent."""


class AdmissionRow(View, frozen=True, kw_only=True):
    """One admission in the list."""

    pathway_id: str
    group: AdmissionGroupKind
    name: str
    """Empty when unknown: a notification has the number only."""
    cpr_masked: str
    ward: str
    """Empty when unknown."""
    admitted: Point | None
    day: int | None
    """The day of admission is day 1; None when it is not known, ahead, or over."""
    deadline: Deadline | None
    """Of the admission report; None when nothing is to be reported any more."""
    is_overdue: bool
    report: str
    """Where the report stands, in Danish."""
    done: int
    """How many parts of the checklist somebody said something of."""
    total: int
    """0 where the agreement has no checklist."""
    missing: int
    """How many parts are followed up."""
    state: str
    """Where the answer to the plan stands, else where the stay does."""
    version: int = 0
    """Of the plan; 0 without one."""
    owner: str | None = None
    owner_name: str = ""
    is_owner_told: bool = True
    """Care staff are not told who has the pathway."""
    flags: frozenset[AdmissionFlag] = frozenset()


class AdmissionList(View, frozen=True, kw_only=True):
    """The headings of the list; the rows are read by page."""

    counts: dict[AdmissionGroupKind, int]
    next_due: dt.datetime | None
    """The first deadline ahead."""
    next_count: int
    """How many reports have that deadline."""

    @property
    def now(self) -> int:
        """How many are in hospital."""
        return self.counts[AdmissionGroupKind.REPORT_DUE] + self.counts[AdmissionGroupKind.ADMITTED]


class Spoken(View, frozen=True, kw_only=True):
    """Who said something, and when."""

    who: str
    at: dt.datetime
    is_pending: bool = False


class TickView(View, frozen=True, kw_only=True):
    """One thing somebody said of a part."""

    state: str
    """``brought``, ``not_relevant``, ``missing``; empty when it was taken back."""
    note: str
    said: Spoken


class PartView(View, frozen=True, kw_only=True):
    """A part of the checklist and what holds of it."""

    code: str
    label: str
    always: str = ""
    """``skal altid medbringes`` where the agreement says so."""
    tick: TickView | None = None
    earlier: tuple[TickView, ...] = ()
    """What was said before, oldest first: of several who tick nothing is lost."""


class ItemView(View, frozen=True, kw_only=True):
    """One line of the agreement's checklist."""

    label: str
    parts: tuple[PartView, ...]


class ChecklistView(View, frozen=True, kw_only=True):
    """The checklist of the agreement, filled in as far as it is."""

    title: str
    scope: str
    source: str
    items: tuple[ItemView, ...]
    states: tuple[Option, ...]
    """What can be said of a part, in order: Medbragt, Ikke relevant, Mangler."""


class FollowUpView(View, frozen=True, kw_only=True):
    """A part that was missing, and who sees to it."""

    part: str
    label: str
    note: str
    opened: Spoken
    owner: str | None
    owner_name: str
    is_open: bool
    closed: Spoken | None = None
    text: str = ""


class SentReport(View, frozen=True, kw_only=True):
    """A report that was sent."""

    text: str
    """Whole, as it went out."""
    channel: str
    said: Spoken
    sent: Sent | None
    """How far it has come; None of one that was sent from the care record."""


class ReportView(View, frozen=True, kw_only=True):
    """The admission report (indlæggelsesrapport)."""

    state: str
    """Danish."""
    is_open: bool
    """Something is to be done, or to be said not to be needed."""
    must: bool
    deadline: Deadline | None
    is_overdue: bool
    texts: tuple[Option, ...]
    """The texts the agreement prescribes, with their labels."""
    confirmations: tuple[Option, ...]
    """Bekræftet af patienten: Ja, Nej, Ikke muligt."""
    subject: str
    to: str
    """The ward it goes to; empty when no hospital has written."""
    why_not: str
    """Danish: why it cannot be sent from here; empty when it can."""
    sent: tuple[SentReport, ...] = ()
    not_needed: str = ""
    """The reason somebody gave."""
    not_needed_by: Spoken | None = None


class Happened(View, frozen=True, kw_only=True):
    """A notification, in the history of the admission."""

    what: str
    """``Indlæggelsesadvis``, ``Udskrivningsadvis``."""
    status: str
    """``nytbrev``, ``rettetbrev``, ``annulleretbrev``, as sent."""
    moment: Point | None
    """When the citizen came or left, as it says."""
    received: dt.datetime
    raw_id: str


class AdmissionView(View, frozen=True, kw_only=True):
    """Everything the screen shows of one admission."""

    row: AdmissionRow
    citizen: CitizenView
    checklist: ChecklistView | None
    """None where the agreement has none."""
    was_present: bool | None
    """Whether a municipal employee was in the home; None: nobody has said."""
    present: str
    """Who, with title."""
    present_said: Spoken | None
    follow_ups: tuple[FollowUpView, ...]
    report: ReportView
    leave: Point | None
    """Since when on leave, or back."""
    history: tuple[Happened, ...]
    """The notifications as they came; corrected and cancelled ones stay."""
