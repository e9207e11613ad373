"""The store of a workstation: what was accepted, what waits to be sent, and what shows of it."""

import datetime as dt
import logging
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

import msgspec
from sqlalchemy import Connection

from visitator.domain.agreement import Agreement
from visitator.domain.entries import Entry, EntryId, Opened
from visitator.domain.pathway import Pathway, fold
from visitator.domain.wire import PushResult
from visitator.store import (
    admissions,
    drafts,
    journal,
    listing,
    outbox,
    people,
    place,
    rehabilitations,
    search,
)
from visitator.store.database import Database
from visitator.store.errors import known_faults
from visitator.store.made import made_with
from visitator.store.projections import Projector, inbox_page, journal_entries
from visitator.store.schema import bring_up_to_date
from visitator.store.tables import SETS
from visitator.store.values import (
    SHARED,
    AdmissionGroup,
    AdmissionHeader,
    Changes,
    Draft,
    GroupCount,
    Header,
    InboxFilter,
    InboxPage,
    Listing,
    LocalDigest,
    OutboxItem,
    Person,
    Position,
    RehabilitationFilter,
    RehabilitationGroup,
    RehabilitationHeader,
    SearchHit,
    Selection,
    SyncState,
)

_Command = Callable[[Connection], Changes]
_Progress = Callable[[float], None]
_EVERYTHING = InboxFilter()
_NOTHING = Changes()

_logger = logging.getLogger(__name__)


def _tell_nobody(part: float) -> None:
    pass


class Store:
    """The local database of one workstation; made by `open`.

    It may be used by any thread. A command is one transaction: when it returns, what it did is
    kept, and the `Changes` say what to read again; when it raises, nothing of it has happened.
    Every method raises a `StoreError` for a known fault of the file.
    """

    def __init__(
        self,
        path: Path,
        key: bytes,
        agreement: Agreement,
        lock: place.FileLock,
        *,
        throw_away: bool,
    ) -> None:
        self._path = path
        self._lock = lock
        self._throw_away = throw_away
        self._projected_with = made_with(agreement)
        self._projectors = {name: Projector(agreement) for name in SETS}
        self._database = Database(path, key, self._forget)
        self._watch: Callable[[Changes], None] = lambda changes: None

    @classmethod
    def open(
        cls,
        path: Path,
        key: bytes,
        agreement: Agreement,
        *,
        throw_away: bool = False,
        progress: _Progress = _tell_nobody,
    ) -> Self:
        """Open the database, and make or migrate it where needed.

        Args:
            path: the file; its folder is made when it is not there.
            key: 32 raw bytes.
            agreement: the deadlines in the inbox are those of this profile.
            throw_away: what is there is deleted first, and everything is deleted by `close`.
            progress: see `rebuild`, which is needed after an update, or for another agreement.

        Raises:
            NetworkFolder, AlreadyOpen, WrongKey, SchemaTooNew, Damaged, DiskFull, DiskFault,
            Busy: see each. The file is as it was.
        """
        place.refuse_network_folder(path)
        with known_faults(opening=True):
            path.parent.mkdir(parents=True, exist_ok=True)
            lock = place.FileLock(path)
            try:
                if throw_away:
                    place.delete(path)
                store = cls(path, key, agreement, lock, throw_away=throw_away)
                store._prepare(progress)
            except BaseException:
                lock.release()
                raise
        return store

    def _prepare(self, progress: _Progress) -> None:
        try:
            bring_up_to_date(self._database.engine, self._path)
            with self._database.read() as connection:
                current = journal.is_projected_with(connection, self._projected_with)
            if not current:
                self.rebuild(progress)
        except BaseException:
            self._database.close()
            raise

    def _forget(self) -> None:
        for projector in self._projectors.values():
            projector.forget()

    def close(self) -> None:
        """Let go of the file; a throw-away one is deleted."""
        self._database.close()
        with known_faults():
            if self._throw_away:
                place.delete(self._path)
            self._lock.release()
            if self._throw_away:
                place.delete_lock(self._path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def watch(self, listener: Callable[[Changes], None]) -> None:
        """Tell `listener`, and nobody else, what each transaction changed, in its own thread.

        What changed nothing is not told.
        """
        self._watch = listener

    # What a user does: kept even when the power goes (sync I16).

    def append(
        self, entry: Entry, *, not_before: dt.datetime | None = None, drop_draft: str | None = None
    ) -> Changes:
        """Put what a user did in the outbox. A look that changed no row is nothing to tell.

        Args:
            entry: pending; its author is the user it belongs to.
            not_before: it can be undone until then; None sends it at the next chance.
            drop_draft: the kind of the author's draft in this pathway that it was written in.

        Raises:
            ValueError: the entry is an accepted one.
        """
        if not entry.is_pending:
            raise ValueError("only a pending entry goes into the outbox")

        def work(connection: Connection) -> Changes:
            outbox.add(connection, entry, not_before)
            dropped = drop_draft is not None and drafts.drop(
                connection, entry.author, entry.pathway_id, drop_draft
            )
            return Changes(pathways=frozenset([entry.pathway_id]), outbox=True, drafts=dropped)

        return self._command(work, is_look=isinstance(entry.body, Opened))

    def cancel(self, entry_id: EntryId, *, keep: Draft | None = None) -> Changes:
        """Undo what was not sent yet; `keep` is what was written in it, as a draft again.

        Raises:
            TooLateToUndo: it was sent, or may have been.
        """

        def work(connection: Connection) -> Changes:
            pathway_id = outbox.cancel(connection, entry_id)
            if keep is not None:
                drafts.save(connection, keep)
            return Changes(pathways=frozenset([pathway_id]), outbox=True, drafts=keep is not None)

        return self._command(work)

    def set_undo_window(
        self, user: str, *, opened: dt.datetime, not_before: dt.datetime | None
    ) -> Changes:
        """Open the undo window again after a start, or end it (None) when the program closes.

        Only what has a window and was never sent is touched.
        """

        def work(connection: Connection) -> Changes:
            outbox.set_window(connection, user, opened, not_before)
            return Changes(outbox=True)

        return self._command(work)

    def resolve_attention(
        self,
        entry_id: EntryId,
        decision: Literal["discard", "retry"],
        *,
        instead: Entry | None = None,
    ) -> Changes:
        """Do what the user decided about an entry that was refused.

        A refusal is final for the same entry, so to send the text all the same is to discard it
        with another entry `instead`, in the same transaction.

        Raises:
            NoSuchItem: it needs no decision.
            ValueError: something is to be sent instead of an entry that is sent again.
        """
        if instead is not None and decision != "discard":
            raise ValueError("only a discarded entry is replaced")

        def work(connection: Connection) -> Changes:
            pathways = {outbox.resolve(connection, entry_id, decision)}
            if instead is not None:
                outbox.add(connection, instead, None)
                pathways.add(instead.pathway_id)
            return Changes(pathways=frozenset(pathways), outbox=True)

        return self._command(work)

    def save_draft(self, draft: Draft) -> Changes:
        """Keep what is being typed."""

        def work(connection: Connection) -> Changes:
            drafts.save(connection, draft)
            return Changes(drafts=True)

        return self._command(work)

    def drop_draft(self, user: str, pathway_id: str, kind: str) -> Changes:
        """Forget a draft; none there is no error."""

        def work(connection: Connection) -> Changes:
            return Changes(drafts=drafts.drop(connection, user, pathway_id, kind))

        return self._command(work)

    # What sync does.

    def next_batch(
        self,
        user: str,
        now: dt.datetime,
        limit: int,
        *,
        room: int | None = None,
        but_not: Collection[str] = (),
    ) -> tuple[OutboxItem, ...]:
        """Take what is to be sent next, in order; it counts as sent from here on.

        Args:
            user: whose token it is sent with (sync I15).
            now: aware; it only ends undo windows.
            limit: how many at most.
            room: how many bytes at most, and one between each two; the first goes in any case.
            but_not: the pathways to leave alone.
        """

        def work(connection: Connection) -> tuple[OutboxItem, ...]:
            return outbox.take_batch(connection, user, now, limit, room=room, but_not=but_not)

        return self._database.write(work, durable=True)

    def mark_unsent(self, entry_ids: Sequence[EntryId]) -> Changes:
        """What was taken did not leave this computer: it counts as sent only if it was before."""

        def work(connection: Connection) -> Changes:
            pathways = outbox.mark_unsent(connection, entry_ids)
            return Changes(pathways=pathways, outbox=bool(pathways))

        # Should it be lost, it counts as sent, which is safe.
        return self._write(work, durable=False)

    def mark_results(self, results: Sequence[PushResult]) -> Changes:
        """Write down what the gateway answered; an entry without an answer counts as unsent."""

        def work(connection: Connection) -> Changes:
            shown = journal.shown(connection)
            found = [outbox.take_result(connection, result, shown) for result in results]
            pathways = frozenset(pathway_id for pathway_id in found if pathway_id is not None)
            return Changes(pathways=pathways, outbox=bool(pathways))

        return self._command(work)

    def apply_page(
        self, entries: Sequence[bytes | msgspec.Raw], cursor: int, epoch: str
    ) -> Changes:
        """Take in a page as it came; what came before is left as it is.

        Args:
            entries: the bytes of accepted entries, in the order of their seq.
            cursor: how far the page reaches.
            epoch: the history it is of: the one that is shown (or the first ever), or the one
                that is being read anew.

        Raises:
            EntryError: one is not an entry, whatever its body; nothing of the page is taken.
            ValueError: they are not in order, or reach beyond the cursor.
            EpochUnknown: it is of another history.
        """
        page = journal.read_page(entries, cursor)

        def work(connection: Connection) -> Changes:
            return journal.apply_page(connection, self._projectors, page, cursor, epoch)

        return self._write(work, durable=False)

    def begin_reread(self, epoch: str, through: int | None = None) -> Changes:
        """Begin, or go on, to read a history from its start, beside the one that is shown.

        Args:
            epoch: the history; the one that is shown, too, can be read anew.
            through: where the bootstrap ends that it is read by, None when it is read in full;
                kept for when it is interrupted (see `sync_state`) and for `digest`.
        """
        return self._command(
            lambda connection: journal.begin_reread(connection, self._projectors, epoch, through)
        )

    def finish_reread(self) -> Changes:
        """Show the history that was read anew. The outbox stays, and gets back what it lost.

        Absence is not deletion (sync I10): when much is missing in it, the database is copied
        first, beside itself. One copy of a history is enough.
        """
        with self._database.read() as connection:
            now = journal.state(connection)
            much = now.reread is not None and journal.missing_much(connection)
        copy = place.history_of(self._path, str(now.epoch))
        if much and not copy.exists():
            self._database.copy(copy)
            _logger.warning("much is missing in the new history; the old one is kept: %s", copy)
        return self._write(
            lambda connection: journal.finish_reread(connection, self._projectors), durable=True
        )

    def set_people(self, found: Sequence[Person]) -> Changes:
        """Keep who works here; when somebody has another name, every row may look different."""
        if set(found) == set(self.people()):
            return Changes()

        def work(connection: Connection) -> Changes:
            people.replace(connection, found)
            return Changes(everything=True)

        return self._write(work, durable=False)

    def note_success(self, at: dt.datetime, server_skew: dt.timedelta | None = None) -> None:
        """Remember when all was well, and how far this clock is ahead of the gateway's."""
        self._database.write(
            lambda connection: journal.note_success(connection, at, server_skew), durable=False
        )

    # What is shown. A user sees the own pending work, and no other's (sync I7, I15).

    def pathway(self, pathway_id: str, user: str) -> Pathway | None:
        """The fold of the accepted entries and the user's pending ones; None without any."""
        with self._database.read() as connection:
            entries = journal_entries(connection, journal.shown(connection), [pathway_id])
            pending = outbox.pending(connection, [pathway_id], user)
        entries += pending.get((user, pathway_id), [])
        return fold(entries) if entries else None

    def acted_on(
        self, kinds: Collection[str], since: dt.datetime, until: dt.datetime, user: str
    ) -> tuple[str, ...]:
        """The pathways in which somebody here did one of these kinds of things in a stretch.

        Args:
            kinds: of entries, as `Entry.kind` has them.
            since: aware instant it begins with.
            until: aware instant it ends before.
            user: whose pending work counts, too.
        """
        with self._database.read() as connection:
            found = journal.acted_on(connection, journal.shown(connection), kinds, since, until)
            own = (item.entry for item in outbox.items(connection, user))
            found += [
                each.pathway_id
                for each in own
                if each.kind in kinds and since <= each.occurred_at < until
            ]
        return tuple(dict.fromkeys(found))

    def inbox(
        self,
        user: str,
        wanted: InboxFilter = _EVERYTHING,
        *,
        limit: int = 100,
        after: Position | None = None,
    ) -> InboxPage:
        """A page of the inbox, as `user` sees it."""
        with self._database.read() as connection:
            return inbox_page(connection, journal.shown(connection), user, wanted, limit, after)

    def listing(self, user: str) -> Listing:
        """How many rows there are of each sort, as `user` sees them."""
        with self._database.read_plainly() as connection:
            return listing.count(connection, listing.table_of(connection), user)

    def listing_rows(
        self, user: str, wanted: Selection, offset: int, limit: int
    ) -> tuple[Header, ...]:
        """The rows from place `offset` of a list, in the order of `listing`."""
        with self._database.read_plainly() as connection:
            table = listing.table_of(connection)
            return listing.rows(connection, table, user, wanted, offset, limit)

    def listing_position(self, user: str, wanted: Selection, pathway_id: str) -> int | None:
        """The place of a pathway in a list; None when it is not in it."""
        with self._database.read_plainly() as connection:
            table = listing.table_of(connection)
            return listing.position(connection, table, user, wanted, pathway_id)

    def listing_row(self, user: str, pathway_id: str) -> Header | None:
        """The row of one pathway, as `user` sees it; None without any entries."""
        with self._database.read_plainly() as connection:
            return listing.row(connection, listing.table_of(connection), user, pathway_id)

    def admission_counts(
        self, user: str, through: AdmissionGroup, now: dt.datetime
    ) -> dict[AdmissionGroup, GroupCount]:
        """How many admissions there are of each group down to `through`, as `user` sees them."""
        with self._database.read() as connection:
            shown = journal.shown(connection)
            return admissions.counts(connection, shown, user, through, now)

    def admission_rows(
        self, user: str, through: AdmissionGroup, offset: int, limit: int
    ) -> tuple[AdmissionHeader, ...]:
        """Admissions from place `offset`, of the groups down to `through`, in their order."""
        with self._database.read() as connection:
            shown = journal.shown(connection)
            return admissions.rows(connection, shown, user, through, offset, limit)

    def admission_position(self, user: str, through: AdmissionGroup, pathway_id: str) -> int | None:
        """The place of an admission in that list; None when it is not in it."""
        with self._database.read() as connection:
            shown = journal.shown(connection)
            return admissions.position(connection, shown, user, through, pathway_id)

    def admission_row(self, user: str, pathway_id: str) -> AdmissionHeader | None:
        """The admission of one pathway, as `user` sees it; None when nobody was admitted."""
        with self._database.read() as connection:
            return admissions.row(connection, journal.shown(connection), user, pathway_id)

    def rehabilitation_counts(
        self, user: str, wanted: RehabilitationFilter, now: dt.datetime
    ) -> dict[RehabilitationGroup, GroupCount]:
        """How many courses there are of each group that is wanted, as `user` sees them."""
        with self._database.read() as connection:
            shown = journal.shown(connection)
            return rehabilitations.counts(connection, shown, user, wanted, now)

    def rehabilitation_rows(
        self, user: str, wanted: RehabilitationFilter, offset: int, limit: int
    ) -> tuple[RehabilitationHeader, ...]:
        """Rehabilitation courses from place `offset`, in their order."""
        with self._database.read() as connection:
            shown = journal.shown(connection)
            return rehabilitations.rows(connection, shown, user, wanted, offset, limit)

    def rehabilitation_position(
        self, user: str, wanted: RehabilitationFilter, pathway_id: str
    ) -> int | None:
        """The place of a course in that list; None when it is not in it."""
        with self._database.read() as connection:
            shown = journal.shown(connection)
            return rehabilitations.position(connection, shown, user, wanted, pathway_id)

    def rehabilitation_row(self, user: str, pathway_id: str) -> RehabilitationHeader | None:
        """The course of one pathway, as `user` sees it; None when no plan has come in it."""
        with self._database.read() as connection:
            return rehabilitations.row(connection, journal.shown(connection), user, pathway_id)

    def search(self, typed: str, limit: int = 50, *, user: str = SHARED) -> tuple[SearchHit, ...]:
        """The pathways that hold what was typed, the newest first; see `search.find`.

        Without a user they are as everybody sees them.
        """
        with self._database.read() as connection:
            return search.find(connection, journal.shown(connection), user, typed, limit)

    def outbox(self, user: str, pathway_id: str | None = None) -> tuple[OutboxItem, ...]:
        """What the user did that the journal does not hold yet, in order; None is all pathways."""
        with self._database.read() as connection:
            return outbox.items(connection, user, pathway_id)

    def next_due(self, user: str, after: dt.datetime) -> dt.datetime | None:
        """When the first of the user's undo windows ends later than `after`; None for none."""
        with self._database.read() as connection:
            return outbox.next_due(connection, user, after)

    def drafts(self, user: str) -> tuple[Draft, ...]:
        """The user's drafts, the last one typed first."""
        with self._database.read() as connection:
            return drafts.of(connection, user)

    def people(self) -> tuple[Person, ...]:
        """Who works here, as far as the gateway has said, by name."""
        with self._database.read_plainly() as connection:
            return people.known(connection)

    def sync_state(self) -> SyncState:
        """How far this workstation has read."""
        with self._database.read() as connection:
            return journal.state(connection)

    def digest(self) -> LocalDigest | None:
        """What is shown, summed up to be compared with the gateway; None before the first page."""
        with self._database.read() as connection:
            return journal.digest(connection)

    def rebuild(self, progress: _Progress = _tell_nobody) -> Changes:
        """Make everything that is computed from the journal and the outbox anew.

        `progress` is told how much is done, from 0 to 1, in the store's own thread.
        """

        def work(connection: Connection) -> Changes:
            made_with = self._projected_with
            return journal.rebuild(connection, self._projectors, made_with, progress)

        return self._database.write(work, durable=False)

    def _command(self, work: _Command, *, is_look: bool = False) -> Changes:
        """A user's or sync's change of the outbox: durable, with the rows of its pathways.

        Of a look (`Opened`) nothing shows but what it makes of a row.
        """

        def with_rows(connection: Connection) -> Changes:
            changes = work(connection)
            if changes.pathways:
                shown = journal.shown(connection)
                projector = self._projectors[shown.name]
                refreshed = projector.refresh(connection, shown, changes.pathways)
                if is_look and not refreshed.own:
                    return _NOTHING
                return msgspec.structs.replace(changes, pathways=refreshed.pathways)
            return changes

        return self._write(with_rows, durable=True)

    def _write(self, work: _Command, *, durable: bool) -> Changes:
        """Run a transaction and tell what it changed, once it is kept."""
        changes = self._database.write(work, durable=durable)
        if changes != _NOTHING:
            self._watch(changes)
        return changes
