"""What the store hands out: frozen values, never rows."""

import datetime as dt

import msgspec

from visitator.domain.agreement import Status
from visitator.domain.citizen import Citizen
from visitator.domain.deadlines import Due
from visitator.domain.entries import Entry, EntryId, Instant, LabelledEnum
from visitator.domain.moment import Moment
from visitator.domain.pathway import ReplyState, Stay

NOBODY = ""
"""As the owner to filter by: pathways that nobody has taken."""


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

    entry: Entry
    data: bytes
    """The entry as it is sent, the same each time."""
    user: str
    state: OutboxState
    attempts: int
    not_before: dt.datetime | None
    """When the undo window ends; None when there is none."""
    reason: str | None = None
    """Why it needs attention: a `RejectReason` or ``unknown_result``."""
    winner: Entry | None = None
    """The entry that stands in its way, when the gateway named one."""


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """What a user has typed and not sent (kladde); nobody else sees it."""

    user: str
    pathway_id: str
    kind: str
    data: bytes
    """As the screen wrote it."""
    updated_at: Instant


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


class Header(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A pathway in a row of the inbox; everything here follows from its entries."""

    pathway_id: str
    citizen: Citizen | None = None
    """Only the names and the numbers."""
    ward: str = ""
    """Who sent the current plan, else the last letter."""
    reply_state: ReplyState | None = None
    needs_answer: bool = False
    received_at: Instant | None = None
    """When the current plan came, else the first letter."""
    deadline_status: Status | None = None
    """Whether there is a deadline for the first answer; None when there is nothing to answer."""
    due: Due | None = None
    effective: Due | None = None
    awaiting_hospital_since: Instant | None = None
    planned_discharge: Moment | None = None
    versions: int = 0
    """How many versions of the plan there are."""
    stay: Stay = Stay.UNKNOWN
    owner: str | None = None
    agreement_superseded: bool = False
    discharged_without_agreement: bool = False
    pending: int = 0
    """How many of its entries are this user's own and not in the journal yet."""
    last_seq: int = 0


class InboxFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which pathways; None is all."""

    needs_answer: bool | None = None
    owner: str | None = None
    """`NOBODY` for those that nobody has taken."""
    stay: Stay | None = None


class Position(msgspec.Struct, frozen=True):
    """Where a page of the inbox ended."""

    handled: int
    due_at: int
    since: int
    pathway_id: str


class InboxPage(msgspec.Struct, frozen=True, kw_only=True):
    """Rows in order: what needs an answer first, by deadline, then by how long it has waited."""

    rows: tuple[Header, ...]
    after: Position | None
    """Where the next page begins; None when this is the last."""


class SearchHit(msgspec.Struct, frozen=True, kw_only=True):
    """Something that was found."""

    header: Header
    """The pathway as the journal has it."""
    entry_id: EntryId | None
    """The entry that holds the words; None when only the name was looked at."""
    seq: int
