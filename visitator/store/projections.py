"""What the inbox reads, computed from the journal and the outbox by the same fold as all else.

Everything here can be dropped and made again.
"""

import functools
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec
from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Table,
    delete,
    select,
    tuple_,
    union_all,
)

from visitator.domain.agreement import Agreement
from visitator.domain.entries import Entry, decode_kept
from visitator.domain.pathway import Folding, Pathway, fold
from visitator.domain.rehabilitation import link_of, rehabilitation
from visitator.store import admissions, outbox, ranked, rehabilitations
from visitator.store.headers import Headers
from visitator.store.tables import INBOX_ORDER, JournalSet, is_listed, listed, replace_sql
from visitator.store.values import (
    NOBODY,
    SHARED,
    Bucket,
    Header,
    InboxFilter,
    InboxPage,
    Position,
)

_KEPT_ENTRIES = 5_000
_CHUNK = 500

_Columns = tuple[str | int | bytes, ...]

_encode = msgspec.json.Encoder().encode
_header_decoder = msgspec.json.Decoder(Header)


class _Made(NamedTuple):
    """The rows of one pathway, one of each list it is in."""

    inbox: _Columns
    admission: _Columns | None
    rehabilitation: _Columns | None

    def is_like(self, other: "_Made") -> bool:
        """Whether they are the same but for whom they are made for."""
        pairs = zip(self, other, strict=True)
        return all((one or ())[2:] == (two or ())[2:] for one, two in pairs)


class Refreshed(NamedTuple):
    """The pathways whose rows were made anew."""

    pathways: frozenset[str]
    """With those whose deadline counts from a stay in one of those asked for."""
    own: frozenset[str]
    """Those in which somebody has, or had, a row of their own."""


class _Accepted:
    """The accepted entries of a pathway, and their fold as far as it has come."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self._folding = Folding()

    def add(self, entry: Entry) -> None:
        """Take the next entry of the journal."""
        self.entries.append(entry)
        self._folding.add(entry)

    def fold(self, pending: Sequence[Entry]) -> Pathway:
        """The pathway with these pending entries."""
        return fold([*self.entries, *pending]) if pending else self._folding.pathway()


class Projector:
    """Keeps the rows of the pathways level with their entries. Used by one thread.

    The pathways seen last are kept as they are folded, because the next page is often about the
    same ones.
    """

    def __init__(self, agreement: Agreement) -> None:
        self._agreement = agreement
        self._headers = Headers(agreement)
        self._accepted: OrderedDict[str, _Accepted] = OrderedDict()
        self._size = 0

    def forget(self) -> None:
        """What is kept may not be what the database holds: a transaction was rolled back."""
        self._accepted.clear()
        self._headers.forget()
        self._size = 0

    def add(
        self, connection: Connection, journal_set: JournalSet, new: Iterable[Entry]
    ) -> frozenset[str]:
        """Take in accepted entries before they are in the journal; returns their pathways."""
        entries = list(new)
        touched = frozenset(entry.pathway_id for entry in entries)
        self._load(connection, journal_set, touched)
        self._take(entries)
        return touched

    def refresh(
        self, connection: Connection, journal_set: JournalSet, pathway_ids: frozenset[str]
    ) -> Refreshed:
        """Write the rows of these pathways anew, for everybody and for those with pending work."""
        pathway_ids |= rehabilitations.linked_to(connection, journal_set, pathway_ids)
        self._load(connection, journal_set, pathway_ids)
        pending = outbox.pending(connection, pathway_ids)

        def other(pathway_id: str) -> Pathway | None:
            self._load(connection, journal_set, [pathway_id])
            accepted = self._accepted[pathway_id]
            return accepted.fold(()) if accepted.entries else None

        made = [
            self._rows(SHARED, pathway_id, (), other)
            for pathway_id in pathway_ids
            if self._accepted[pathway_id].entries
        ]
        seen = {each.inbox[0]: each for each in made}
        has = set()
        for (user, pathway_id), entries in pending.items():
            theirs = self._rows(user, pathway_id, entries, other)
            # That somebody only looked changes no row, and the looks of a day are many.
            if pathway_id not in seen or not theirs.is_like(seen[pathway_id]):
                made.append(theirs)
                has.add(pathway_id)
        rows = [each.inbox for each in made]
        table = journal_set.pathway
        own = connection.execute(_own(table))
        old = [(row.pathway_id, row.user) for row in own if row.pathway_id in pathway_ids]
        if old:
            key = tuple_(table.c.pathway_id, table.c.user)
            connection.execute(delete(table).where(key.in_(old)))
        if rows:
            connection.exec_driver_sql(replace_sql(table), rows)
        admitted = [each.admission for each in made if each.admission is not None]
        ranked.write(connection, journal_set.admission, pathway_ids, admitted)
        trained = [each.rehabilitation for each in made if each.rehabilitation is not None]
        ranked.write(connection, journal_set.rehabilitation, pathway_ids, trained)
        self._evict()
        had = {pathway_id for pathway_id, _ in old}
        return Refreshed(pathway_ids, frozenset(had | has))

    def refresh_own(self, connection: Connection, journal_set: JournalSet) -> None:
        """Write the rows of every pathway anew where somebody has, or had, pending work."""
        had = connection.scalars(_own(journal_set.pathway))
        has = (pathway_id for _, pathway_id in outbox.pending(connection))
        self.refresh(connection, journal_set, frozenset([*had, *has]))

    def rebuild(self, connection: Connection, journal_set: JournalSet) -> Iterator[float]:
        """Make every row anew, step by step; yields how much is done, from 0 to 1."""
        self.forget()
        connection.execute(delete(journal_set.pathway))
        connection.execute(delete(journal_set.admission))
        connection.execute(delete(journal_set.rehabilitation))
        journal = journal_set.journal
        found = connection.scalars(select(journal.c.pathway_id).distinct()).all()
        ids = sorted({*found, *(pathway_id for _, pathway_id in outbox.pending(connection))})
        for start in range(0, len(ids), _CHUNK):
            self.refresh(connection, journal_set, frozenset(ids[start : start + _CHUNK]))
            yield min(1.0, (start + _CHUNK) / len(ids))

    def _load(
        self, connection: Connection, journal_set: JournalSet, pathway_ids: Iterable[str]
    ) -> None:
        missing = []
        for pathway_id in pathway_ids:
            if pathway_id in self._accepted:
                self._accepted.move_to_end(pathway_id)
            else:
                self._accepted[pathway_id] = _Accepted()
                missing.append(pathway_id)
        if missing:
            self._take(journal_entries(connection, journal_set, missing))

    def _take(self, entries: Sequence[Entry]) -> None:
        for entry in entries:
            self._accepted[entry.pathway_id].add(entry)
        self._size += len(entries)

    def _evict(self) -> None:
        while self._size > _KEPT_ENTRIES:
            _, accepted = self._accepted.popitem(last=False)
            self._size -= len(accepted.entries)
            self._headers.forget([entry.id for entry in accepted.entries])

    def _rows(
        self,
        user: str,
        pathway_id: str,
        pending: Sequence[Entry],
        fold_of: Callable[[str], Pathway | None],
    ) -> _Made:
        """The columns of the tables, in order; `fold_of` another pathway that is spoken of."""
        accepted = self._accepted[pathway_id]
        pathway = accepted.fold(pending)
        link = link_of(pathway)
        course = rehabilitation(pathway, fold_of(link) if link else None)
        header = self._headers.of(pathway_id, pathway, accepted.entries, pending, course)
        words = header.citizen.name.casefold().split() if header.citizen else ()
        row = (
            pathway_id,
            user,
            header.bucket.value,
            header.due_at,
            header.since,
            header.owner or NOBODY,
            header.stay.value,
            header.last_seq,
            "".join(sorted({word[0] for word in words})),
            _encode(header),
        )
        admitted = admissions.header_of(pathway, header, self._agreement)
        trained = None
        if course is not None:
            own = rehabilitations.header_of(pathway, course, header, self._agreement)
            trained = rehabilitations.row_of(user, own, link)
        return _Made(row, admissions.row_of(user, admitted) if admitted else None, trained)


def journal_entries(
    connection: Connection, journal_set: JournalSet, pathway_ids: Sequence[str]
) -> list[Entry]:
    """The accepted entries of these pathways, in the order of the journal."""
    found = connection.scalars(_entries(journal_set.journal), listed(pathway_ids))
    return [decode_kept(data) for data in found]


# A statement of every page is made once: to make it takes longer than to run it.
@functools.cache
def _entries(journal: Table) -> Select[bytes]:
    wanted = select(journal.c.data).where(is_listed(journal.c.pathway_id))
    return wanted.order_by(journal.c.seq)


@functools.cache
def _own(pathway: Table) -> Select[str, str]:
    return select(pathway.c.pathway_id, pathway.c.user).where(pathway.c.user > SHARED)


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
        conditions.append(tuple_(*order) > msgspec.structs.astuple(after))
    rows = select(table.c.header, *order).where(*conditions)
    own = table.alias("own")
    has_own = select(own.c.user).where(own.c.pathway_id == table.c.pathway_id, own.c.user == user)
    shared = rows.where(table.c.user == SHARED, ~has_own.exists())
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
        still = table.c.bucket < Bucket.AGREED.value
        conditions.append(still if wanted.needs_answer else ~still)
    if wanted.owner is not None:
        conditions.append(table.c.owner == wanted.owner)
    if wanted.stay is not None:
        conditions.append(table.c.stay == wanted.stay.value)
    return conditions
