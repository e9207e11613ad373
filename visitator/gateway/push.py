"""Taking in what workstations push: each entry is decided once, and the decision is kept.

The record of a decision is written in the transaction of its effect, so an entry that comes again
after a lost answer gets the answer it got the first time (sync I2).
"""

import datetime as dt
from collections.abc import Callable, Sequence

import msgspec
from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    LargeBinary,
    Row,
    String,
    Table,
    insert,
    select,
)

from visitator.domain.entries import (
    AdmissionEntered,
    Entry,
    EntryError,
    UnknownBody,
    decode_entry,
    encode_entry,
    entry_hash,
)
from visitator.domain.pathway import Pathway, fold
from visitator.domain.wire import PushRequest, PushResult, PushStatus, RejectReason
from visitator.gateway import journal, matching, rules, users
from visitator.gateway.database import Database, UtcDateTime, epoch_of, metadata
from visitator.gateway.rules import Refusal
from visitator.gateway.users import Session

push_results = Table(
    "push_results",
    metadata,
    Column("entry_id", String(64), primary_key=True),
    Column("hash", LargeBinary(32), nullable=False),
    Column("status", String(16), nullable=False),
    Column("seq", BigInteger),
    Column("reason", String(32)),
    Column("winner", String(64)),
    Column("at", UtcDateTime, nullable=False),
)
"""What was decided about every entry that was ever pushed; kept as long as the journal."""

OnSent = Callable[[Connection, Entry, Pathway], None]
"""In the transaction that accepts a reply, a letter or a report: it becomes a message."""


class PushError(Exception):
    """The whole push is refused; nothing of it was applied."""


class IdReusedError(PushError):
    """An id came with another body than the first time."""


class WrongIdentityError(PushError):
    """The entries are not by the user and device that the token belongs to."""


class OtherEpochError(PushError):
    """The caller goes by another history: it may have lost entries that these build on (I6)."""


class NotEntriesError(PushError):
    """What came has no ids that it could be answered by."""


class _Arrived(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of a push: its id, and the entry itself when it could be read."""

    id: str
    data: bytes
    entry: Entry | None


class _Id(msgspec.Struct, frozen=True):
    id: str


def push(
    database: Database,
    session: Session,
    request: PushRequest,
    *,
    now: dt.datetime,
    on_sent: OnSent,
    epoch: str | None = None,
) -> tuple[PushResult, ...]:
    """Decide about every entry of a push, in order and in one transaction.

    Args:
        database: the gateway's.
        session: whose token came with it.
        request: what came.
        now: an aware instant by the gateway's clock.
        on_sent: called for each accepted reply, letter and report with the pathway that holds it.
        epoch: the history the caller goes by; None when it does not say.

    Raises:
        OtherEpochError: the caller has to read again and bring back what was lost before.
        NotEntriesError: something in it has no id.
        WrongIdentityError: an entry names another user, or a device they never worked on; it stays
            in their outbox.
        IdReusedError: an id is known with another body.
    """
    arrived = [_read(bytes(raw)) for raw in request.entries]
    with database.write() as connection:
        _require_identity(connection, session, request.device, arrived)
        if epoch not in {None, epoch_of(connection)}:
            raise OtherEpochError
        door = _Door(connection, session, now, on_sent)
        return tuple(door.decide(each) for each in arrived)


def _read(data: bytes) -> _Arrived:
    try:
        entry = decode_entry(data)
    except EntryError:
        return _Arrived(id=_id_of(data), data=data, entry=None)
    return _Arrived(id=entry.id, data=data, entry=entry)


def _id_of(data: bytes) -> str:
    try:
        return msgspec.json.decode(data, type=_Id).id
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise NotEntriesError from error


def _require_identity(
    connection: Connection, session: Session, device: str, arrived: Sequence[_Arrived]
) -> None:
    """An entry may be from before the computer got another name."""
    entries = [each.entry for each in arrived if each.entry is not None]
    authors = {session.user, *(entry.author for entry in entries)}
    others = {entry.device for entry in entries} - {session.device}
    is_own = device == session.device and authors == {session.user}
    if not is_own or not all(
        users.has_worked_on(connection, session.user, each) for each in others
    ):
        raise WrongIdentityError


class _Door:
    """Decides about the entries of one push, within its transaction."""

    def __init__(
        self, connection: Connection, session: Session, now: dt.datetime, on_sent: OnSent
    ) -> None:
        self._connection = connection
        self._session = session
        self._now = now
        self._on_sent = on_sent
        self._held: set[str] = set()

    def decide(self, arrived: _Arrived) -> PushResult:
        entry = arrived.entry
        if entry is None or rules.malformed(entry):
            return self._result(
                arrived.id, PushStatus.REJECTED, refusal=Refusal(reason=RejectReason.INVALID)
            )
        if (known := self._known(entry)) is not None:
            return known
        if isinstance(entry.body, UnknownBody) or entry.pathway_id in self._held:
            # Later entries of the pathway may build on the one that has to wait (sync I6).
            self._held.add(entry.pathway_id)
            return self._result(entry.id, PushStatus.RETRY)
        return self._take(entry, arrived.data)

    def _take(self, entry: Entry, data: bytes) -> PushResult:
        refusal = rules.forbidden(self._session.role, entry) or self._refused(entry)
        if refusal is not None:
            result = self._result(entry.id, PushStatus.REJECTED, refusal=refusal)
            self._record(entry, result, refusal)
            return result
        accepted = journal.append(self._connection, entry, self._now, data=data)
        result = self._result(entry.id, PushStatus.ACCEPTED, seq=accepted.seq)
        self._record(entry, result, None)
        if isinstance(accepted.body, AdmissionEntered):
            matching.remember_entered(self._connection, accepted.pathway_id, accepted.body.citizen)
        if rules.goes_out(accepted):
            self._on_sent(self._connection, accepted, self._pathway(accepted))
        return result

    def _refused(self, entry: Entry) -> Refusal | None:
        if not journal.has_pathway(self._connection, entry.pathway_id):
            return None if rules.begins_pathway(entry) else Refusal(reason=RejectReason.GONE)
        if not rules.depends_on_state(entry):
            return None
        return rules.refused(self._pathway(entry), entry)

    def _pathway(self, entry: Entry) -> Pathway:
        return fold(journal.entries_of(self._connection, entry.pathway_id))

    def _known(self, entry: Entry) -> PushResult | None:
        """What was decided about the entry before; None for a new one."""
        row = self._connection.execute(
            select(push_results).where(push_results.c.entry_id == entry.id)
        ).first()
        if row is None:
            if journal.entry_by_id(self._connection, entry.id) is not None:
                raise IdReusedError
            return None
        if row.hash != entry_hash(entry) and not self._is_in_journal(entry):
            raise IdReusedError
        return self._again(row)

    def _is_in_journal(self, entry: Entry) -> bool:
        """Whether it was accepted as it is, as far as today's program can tell.

        The hash is of how the program that took it wrote it, which may have been another one.
        """
        stored = journal.entry_by_id(self._connection, entry.id)
        return stored is not None and entry_hash(stored) == entry_hash(entry)

    def _again(self, row: Row[tuple[object, ...]]) -> PushResult:
        accepted = row.status == PushStatus.ACCEPTED
        winner = journal.entry_by_id(self._connection, row.winner) if row.winner else None
        return PushResult(
            id=row.entry_id,
            status=PushStatus.DUPLICATE if accepted else row.status,
            server_time=row.at,
            seq=row.seq,
            reason=row.reason,
            winner_json=_json(winner),
        )

    def _record(self, entry: Entry, result: PushResult, refusal: Refusal | None) -> None:
        winner = refusal.winner if refusal is not None else None
        self._connection.execute(
            insert(push_results).values(
                entry_id=entry.id,
                hash=entry_hash(entry),
                status=result.status,
                seq=result.seq,
                reason=result.reason,
                winner=winner.id if winner is not None else None,
                at=self._now,
            )
        )

    def _result(
        self,
        entry_id: str,
        status: PushStatus,
        *,
        seq: int | None = None,
        refusal: Refusal | None = None,
    ) -> PushResult:
        return PushResult(
            id=entry_id,
            status=status.value,
            server_time=self._now,
            seq=seq,
            reason=refusal.reason.value if refusal is not None else None,
            winner_json=_json(refusal.winner if refusal is not None else None),
        )


def _json(entry: Entry | None) -> msgspec.Raw | msgspec.UnsetType:
    return msgspec.Raw(encode_entry(entry)) if entry is not None else msgspec.UNSET
