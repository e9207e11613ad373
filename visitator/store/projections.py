"""What the inbox reads, computed from the journal and the outbox by the same fold as all else.

Everything here can be dropped and made again.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Iterable, Sequence

import msgspec
from sqlalchemy import ColumnElement, Connection, Table, delete, select, tuple_, union_all

from visitator.domain.agreement import Agreement
from visitator.domain.calendar import CalendarRangeError
from visitator.domain.citizen import Citizen
from visitator.domain.duties import Duty, agenda
from visitator.domain.entries import Entry, EntryId, MessageReceived, decode_entry
from visitator.domain.messages import Receipt
from visitator.domain.pathway import Pathway, PlanVersion, fold
from visitator.store import outbox
from visitator.store.tables import INBOX_ORDER, JournalSet, replace_sql
from visitator.store.values import NOBODY, Header, InboxFilter, InboxPage, Position

VERSION = 1
"""To be raised when a projection, or the fold, computes something else than before."""

_NO_DEADLINE = 2**62
_SHARED = ""
"""The user of the rows that everybody sees."""

_KEPT_ENTRIES = 5_000
_CHUNK = 500

_encode = msgspec.json.Encoder().encode
_header_decoder = msgspec.json.Decoder(Header)


def made_with(agreement: Agreement) -> str:
    """What the rows depend on beside the entries; when it changes they are made again."""
    return f"{VERSION} {hashlib.sha256(_encode(agreement)).hexdigest()}"


class Projector:
    """Keeps the rows of the pathways level with their entries. Used by one thread.

    The entries of the pathways seen last are kept decoded, because the next page is often about
    the same ones.
    """

    def __init__(self, agreement: Agreement) -> None:
        self._agreement = agreement
        self._entries: OrderedDict[str, list[Entry]] = OrderedDict()
        self._size = 0
        self._duties: dict[EntryId, Duty | None] = {}

    def forget(self) -> None:
        """What is kept may not be what the database holds: a transaction was rolled back."""
        self._entries.clear()
        self._duties.clear()
        self._size = 0

    def add(
        self, connection: Connection, journal_set: JournalSet, new: Iterable[Entry]
    ) -> frozenset[str]:
        """Take in accepted entries before they are in the journal; returns their pathways."""
        grouped: dict[str, list[Entry]] = {}
        for entry in new:
            grouped.setdefault(entry.pathway_id, []).append(entry)
        self._load(connection, journal_set, grouped)
        for pathway_id, entries in grouped.items():
            self._entries[pathway_id] += entries
            self._size += len(entries)
        return frozenset(grouped)

    def refresh(
        self, connection: Connection, journal_set: JournalSet, pathway_ids: frozenset[str]
    ) -> None:
        """Write the rows of these pathways anew, for everybody and for those with pending work."""
        self._load(connection, journal_set, pathway_ids)
        pending = outbox.pending(connection, pathway_ids)
        rows = [
            self._row(_SHARED, pathway_id, accepted, ())
            for pathway_id in pathway_ids
            if (accepted := self._entries[pathway_id])
        ]
        rows += [
            self._row(user, pathway_id, self._entries[pathway_id], entries)
            for (user, pathway_id), entries in pending.items()
        ]
        table = journal_set.pathway
        own = select(table.c.pathway_id, table.c.user).where(table.c.user > _SHARED)
        old = [tuple(row) for row in connection.execute(own) if row.pathway_id in pathway_ids]
        if old:
            key = tuple_(table.c.pathway_id, table.c.user)
            connection.execute(delete(table).where(key.in_(old)))
        if rows:
            connection.exec_driver_sql(replace_sql(table), rows)
        self._evict()

    def refresh_own(self, connection: Connection, journal_set: JournalSet) -> None:
        """Write the rows of every pathway anew where somebody has, or had, pending work."""
        own = journal_set.pathway.c
        had = connection.scalars(select(own.pathway_id).where(own.user > _SHARED))
        has = (pathway_id for _, pathway_id in outbox.pending(connection))
        self.refresh(connection, journal_set, frozenset([*had, *has]))

    def rebuild(self, connection: Connection, journal_set: JournalSet) -> None:
        """Make every row anew."""
        self.forget()
        connection.execute(delete(journal_set.pathway))
        journal = journal_set.journal
        found = connection.scalars(select(journal.c.pathway_id).distinct()).all()
        ids = sorted({*found, *(pathway_id for _, pathway_id in outbox.pending(connection))})
        for start in range(0, len(ids), _CHUNK):
            self.refresh(connection, journal_set, frozenset(ids[start : start + _CHUNK]))

    def _load(
        self, connection: Connection, journal_set: JournalSet, pathway_ids: Iterable[str]
    ) -> None:
        missing = []
        for pathway_id in pathway_ids:
            if pathway_id in self._entries:
                self._entries.move_to_end(pathway_id)
            else:
                self._entries[pathway_id] = []
                missing.append(pathway_id)
        if missing:
            for entry in journal_entries(connection, journal_set, missing):
                self._entries[entry.pathway_id].append(entry)
                self._size += 1

    def _evict(self) -> None:
        while self._size > _KEPT_ENTRIES:
            _, entries = self._entries.popitem(last=False)
            self._size -= len(entries)
            for entry in entries:
                self._duties.pop(entry.id, None)

    def _row(
        self, user: str, pathway_id: str, accepted: Sequence[Entry], pending: Sequence[Entry]
    ) -> tuple[str | int | bytes, ...]:
        """The columns of the table, in order."""
        pathway = fold([*accepted, *pending])
        header = self._header(pathway_id, pathway, accepted, pending)
        due = header.effective or header.due
        words = header.citizen.name.casefold().split() if header.citizen else ()
        return (
            pathway_id,
            user,
            0 if header.needs_answer else 1,
            int(due.at.timestamp()) if due else _NO_DEADLINE,
            int(header.received_at.timestamp()) if header.received_at else 0,
            header.owner or NOBODY,
            header.stay.value,
            header.last_seq,
            "".join(sorted({word[0] for word in words})),
            _encode(header),
        )

    def _header(
        self,
        pathway_id: str,
        pathway: Pathway,
        accepted: Sequence[Entry],
        pending: Sequence[Entry],
    ) -> Header:
        plan = pathway.current_plan
        unanswered = pathway.needs_answer and pathway.answered_at is None
        duty = self._answer_duty(plan) if plan and unanswered else None
        letters = [e.body for e in pathway.timeline if isinstance(e.body, MessageReceived)]
        return Header(
            pathway_id=pathway_id,
            citizen=_names(pathway.citizen),
            ward=_ward(plan, letters),
            reply_state=pathway.reply_state,
            needs_answer=pathway.needs_answer,
            received_at=plan.received_at
            if plan
            else next((letter.received_at for letter in letters), None),
            deadline_status=duty.status if duty else None,
            due=duty.due if duty else None,
            effective=duty.effective if duty else None,
            awaiting_hospital_since=pathway.awaiting_hospital_since,
            planned_discharge=plan.message.planned_discharge if plan else None,
            versions=len(pathway.plans),
            stay=pathway.stay,
            owner=pathway.owner,
            agreement_superseded=pathway.agreement_superseded,
            discharged_without_agreement=pathway.discharged_without_agreement,
            pending=len(pending),
            last_seq=accepted[-1].seq or 0 if accepted else 0,
        )

    def _answer_duty(self, plan: PlanVersion) -> Duty | None:
        """The duty to answer a plan; None when its deadline cannot be computed."""
        if plan.entry_id not in self._duties:
            try:
                duties = agenda(plan.message, plan.received_at, self._agreement).duties
                self._duties[plan.entry_id] = duties[0]
            except CalendarRangeError:
                self._duties[plan.entry_id] = None
        return self._duties[plan.entry_id]


def _names(citizen: Citizen | None) -> Citizen | None:
    if citizen is None:
        return None
    return Citizen(
        cpr=citizen.cpr,
        replacement_cpr=citizen.replacement_cpr,
        given_name=citizen.given_name,
        surname=citizen.surname,
    )


def _ward(plan: PlanVersion | None, letters: Sequence[MessageReceived]) -> str:
    if plan:
        return plan.message.sender.name
    said = (each.message for each in reversed(letters) if not isinstance(each.message, Receipt))
    return next((message.sender.name for message in said), "")


def journal_entries(
    connection: Connection, journal_set: JournalSet, pathway_ids: Sequence[str]
) -> list[Entry]:
    """The accepted entries of these pathways, in the order of the journal."""
    journal = journal_set.journal.c
    query = select(journal.data).where(journal.pathway_id.in_(pathway_ids)).order_by(journal.seq)
    return [decode_entry(data) for data in connection.scalars(query)]


def inbox_page(
    connection: Connection,
    journal_set: JournalSet,
    user: str,
    wanted: InboxFilter,
    limit: int,
    after: Position | None,
) -> InboxPage:
    """The rows of `user`: their own where they have pending work, else those everybody sees."""
    table = journal_set.pathway
    order = [table.c[name] for name in INBOX_ORDER]
    conditions = _conditions(table, wanted)
    if after is not None:
        # Where `handled` is one value, leaving it out lets the index find the place.
        fixed = 0 if wanted.needs_answer is None else 1
        conditions.append(tuple_(*order[fixed:]) > msgspec.structs.astuple(after)[fixed:])
    rows = select(table.c.header, *order).where(*conditions)
    own = table.alias("own")
    has_own = select(own.c.user).where(own.c.pathway_id == table.c.pathway_id, own.c.user == user)
    shared = rows.where(table.c.user == _SHARED, ~has_own.exists())
    both = union_all(shared, rows.where(table.c.user == user))
    ordered = both.order_by(*(both.selected_columns[name] for name in INBOX_ORDER))
    found = connection.execute(ordered.limit(limit)).all()
    return InboxPage(
        rows=tuple(_header_decoder.decode(row.header) for row in found),
        after=Position(*found[-1][1:]) if len(found) == limit else None,
    )


def _conditions(table: Table, wanted: InboxFilter) -> list[ColumnElement[bool]]:
    conditions = []
    if wanted.needs_answer is not None:
        conditions.append(table.c.handled == (0 if wanted.needs_answer else 1))
    if wanted.owner is not None:
        conditions.append(table.c.owner == wanted.owner)
    if wanted.stay is not None:
        conditions.append(table.c.stay == wanted.stay.value)
    return conditions
