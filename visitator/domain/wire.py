"""What client and gateway say to each other over HTTP (architecture §4), as JSON.

Entries travel as the JSON of `visitator.domain.entries`, untouched (`msgspec.Raw`), so that a field
only one side knows is not lost on the way. Statuses, reasons and error codes are plain text here:
an older client has to be able to read a word it does not know (sync I14).
"""

import enum
import hashlib
import re
from collections.abc import Iterable, Sequence
from typing import Annotated

import msgspec

from visitator.domain.moment import Instant
from visitator.domain.terms import Role

MAX_BATCH = 20
"""Entries in one push."""

MAX_PUSH_BYTES = 256 * 1024
"""Of the body of a push."""

MAX_PAGE = 2000
"""Entries in one page. A page is one transaction of the client, which writes a row of the inbox
once, however many entries of it tell of the pathway."""

MAX_WAIT = 30
"""Seconds a call may be held open until something comes."""

IDLE_SECONDS = 60.0
"""How long a client keeps a connection nobody uses. The gateway keeps it longer: a call must not
meet the end of its connection halfway."""

CLIENT_HEADER = "Visitator-Client"
"""The header in which a client says its version, such as ``0.1.0``."""

REQUEST_ID_HEADER = "X-Request-ID"
"""The header that the gateway echoes, so that the logs of both sides can be put together."""


_VERSION = re.compile(r"(\d{1,6})\.(\d{1,6})\.(\d{1,6})")


def is_older(version: str, than: str) -> bool:
    """Whether a version of the program is older than another; what is none is older than any."""
    return _parts(version) < _parts(than)


def _parts(version: str) -> tuple[int, ...]:
    found = _VERSION.match(version)
    return tuple(int(part) for part in found.groups()) if found else ()


class PushStatus(enum.StrEnum):
    """What became of an entry that was pushed."""

    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    """Accepted the first time it came; `seq` is the one it got then."""
    REJECTED = "rejected"
    """Decided once and for all; the same entry gets the same answer again."""
    RETRY = "retry"
    """Nothing was decided: the gateway is older than the entry. Keep it and ask again later."""


class RejectReason(enum.StrEnum):
    """Why an entry was rejected."""

    ALREADY_ANSWERED = "already_answered"
    """Another reply to the same state came first: the winner."""
    SUPERSEDED = "superseded"
    """The state moved on: the winner is the new plan, the hospital's answer or the call."""
    CONFLICT = "conflict"
    """Somebody else is the owner by now; the winner is the assignment."""
    GONE = "gone"
    """The gateway has no such pathway."""
    FORBIDDEN = "forbidden"
    """The user's role may not write this kind."""
    IDENTIFIERS_MISSING = "identifiers_missing"
    """A reply without well-formed letter and envelope identifiers could go out twice."""
    NOTHING_TO_ANSWER = "nothing_to_answer"
    """The pathway holds no plan to reply to, or no letter whose sender one could write to."""
    INVALID = "invalid"
    """Not a well-formed entry, or one that cannot become a message."""


class ErrorCode(enum.StrEnum):
    """Why a whole call was refused; what a client branches on."""

    BAD_REQUEST = "bad_request"
    UNAUTHORIZED = "unauthorized"
    """No token, or one that is unknown or revoked."""
    FORBIDDEN = "forbidden"
    """The role may not make this call."""
    WRONG_IDENTITY = "wrong_identity"
    """The entries name another user or device than the token does."""
    NOT_FOUND = "not_found"
    METHOD_NOT_ALLOWED = "method_not_allowed"
    EPOCH_CHANGED = "epoch_changed"
    """The cursor is from another history: read everything again, keep the outbox."""
    TOO_LARGE = "too_large"
    ID_REUSED = "id_reused"
    """An id came with another body than the first time; nothing was applied."""
    QUARANTINED = "quarantined"
    """The message was stored, but could not be read."""
    CLIENT_TOO_OLD = "client_too_old"
    TOO_MANY_REQUESTS = "too_many_requests"
    INTERNAL = "internal"
    UNAVAILABLE = "unavailable"
    """The database is busy or away; nothing may be assumed of the call."""


class PushRequest(msgspec.Struct, frozen=True, kw_only=True):
    """``POST /v1/entries``: pending entries of one device, in the order they were made."""

    device: str
    entries: Annotated[Sequence[msgspec.Raw], msgspec.Meta(min_length=1, max_length=MAX_BATCH)]


class PushResult(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The answer for one entry; the same answer whenever it is asked for again."""

    id: str
    status: str
    """A `PushStatus`, or a word of a newer gateway."""
    server_time: Instant
    """When it was decided, by the gateway's clock."""
    seq: int | None = None
    """Its place in the journal, when it was accepted."""
    reason: str | None = None
    """A `RejectReason`, or a word of a newer gateway, when it was rejected."""
    winner_json: msgspec.Raw | msgspec.UnsetType = msgspec.field(
        default=msgspec.UNSET, name="winner"
    )

    @property
    def winner(self) -> msgspec.Raw | None:
        """The entry that stands in its way, as JSON; None when there is none."""
        return self.winner_json if isinstance(self.winner_json, msgspec.Raw) else None


class PushResponse(msgspec.Struct, frozen=True, kw_only=True):
    """Results in the order of the batch; fewer than it when the gateway got no further."""

    results: tuple[PushResult, ...]
    server_time: Instant
    min_client: str


class Page(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """``GET /v1/entries`` and ``GET /v1/bootstrap``: accepted entries in order."""

    epoch: str
    entries: tuple[msgspec.Raw, ...]
    cursor: int
    """What to ask after next time."""
    more: bool
    """Whether there is a next page now."""
    server_time: Instant
    min_client: str
    through: int | None = None
    """Of a bootstrap: the head at its first page, to be sent along when asking for the next."""


class Digest(msgspec.Struct, frozen=True, kw_only=True):
    """``GET /v1/digest``: what a workstation must hold of a stretch of the journal (sync I13)."""

    epoch: str
    count: int
    checksum: str
    """As `checksum` makes it of the entries as they are served."""


def checksum(entries: Iterable[bytes]) -> tuple[int, str]:
    """How many entries there are, and the SHA-256 (hex) of them all, each after its length."""
    count, running = 0, hashlib.sha256()
    for data in entries:
        count += 1
        running.update(len(data).to_bytes(8, "big"))
        running.update(data)
    return count, running.hexdigest()


class HandedIn(msgspec.Struct, frozen=True, kw_only=True):
    """One message of a file that was handed in, and where it went."""

    kind: str
    pathway_id: str
    entry_id: str


class ReadingProblem(msgspec.Struct, frozen=True, kw_only=True):
    """Why something could not be read, in a code and in Danish; without personal data."""

    reason: str
    text: str


class HandInResponse(msgspec.Struct, frozen=True, kw_only=True):
    """``POST /v1/messages``: what the file held."""

    raw_id: str
    """Where its bytes are: ``GET /v1/messages/{raw_id}/raw``."""
    messages: tuple[HandedIn, ...]
    problems: tuple[ReadingProblem, ...]


class Quarantined(msgspec.Struct, frozen=True, kw_only=True):
    """A message that could not be read (karantæne)."""

    raw_id: str
    received_at: Instant
    transport: str
    reason: str
    text: str


class Queues(msgspec.Struct, frozen=True, kw_only=True):
    """What waits at the gateway."""

    unread: int
    """Messages that are kept but not taken up yet."""
    quarantine: int
    outgoing: int
    """Letters that are not handed over yet."""
    unanswered: int
    """Replies that were handed over and have no receipt."""


class Health(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """``GET /v1/health``; without a token only the first two."""

    version: str
    ok: bool
    server_time: Instant | None = None
    epoch: str | None = None
    head: int | None = None
    queues: Queues | None = None
    last_in: dict[str, Instant] | None = None
    """Per transport, when it last brought something."""
    last_out: Instant | None = None


class Me(msgspec.Struct, frozen=True, kw_only=True):
    """``GET /v1/me``: whose token this is."""

    user: str
    name: str
    role: Role
    device: str


class Looking(msgspec.Struct, frozen=True, kw_only=True):
    """``POST /v1/presence``: which pathway the caller has before them."""

    pathway_id: str | None
    """None when it is none."""
    composing: bool
    """Whether they are writing an answer or a letter."""


class Onlooker(msgspec.Struct, frozen=True, kw_only=True):
    """A colleague who has the same pathway before them."""

    user: str
    name: str
    composing: bool
    since: Instant
    """When they came to it, by the gateway's clock."""


class Onlookers(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to `Looking`: advice to people, never a lock."""

    others: tuple[Onlooker, ...]


class Employee(msgspec.Struct, frozen=True, kw_only=True):
    """``GET /v1/people``: somebody who works at this gateway."""

    user: str
    name: str
    title: str
    role: Role


class ErrorBody(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Every refused call."""

    error: str
    """An `ErrorCode`, or a word of a newer gateway."""
    text: str
    """For people, in Danish; without personal data."""
    raw_id: str | None = None
    """Where a quarantined message is."""
    problems: tuple[ReadingProblem, ...] | None = None
    """What was wrong with it."""
