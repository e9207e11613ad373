"""The desk (arbejdsplads) the screen is written against: what it reads, what it has done.

Reads are quick and made in the caller's thread. Commands are carried out one after the other in
one thread and give a future. Two more threads keep the gateway level and ask it for advice, and one
does what takes long. Everything that crosses is frozen.
"""

import datetime as dt
import random
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, suppress
from pathlib import Path
from typing import TypeVar

import httpx
import msgspec

from visitator.app.admission_desk import AdmissionDesk
from visitator.app.admissions import Admissions
from visitator.app.admitting import AdmissionCommands
from visitator.app.ahead import Ahead
from visitator.app.answering import load_topics
from visitator.app.asking import Asking
from visitator.app.commands import Commands
from visitator.app.course import sent_item
from visitator.app.faults import log_bug, told
from visitator.app.handling import Handling
from visitator.app.inbox import Inboxes
from visitator.app.kept import Drafts
from visitator.app.looking import Lookout
from visitator.app.note_desk import NoteDesk
from visitator.app.notes import Notes
from visitator.app.pathways import pathway_view
from visitator.app.rehabilitating import RehabilitationCommands
from visitator.app.rehabilitation_desk import RehabilitationDesk
from visitator.app.rehabilitations import Rehabilitations
from visitator.app.views import (
    Attention,
    Box,
    ChangeSet,
    Colleague,
    Decision,
    DraftView,
    Found,
    Inbox,
    KnownError,
    Link,
    OfficeView,
    PathwayView,
    Point,
    Presence,
    Row,
    Sent,
    Signature,
    Standing,
    View,
    Waiting,
)
from visitator.app.workstation import UNDO_WINDOW, Workstation
from visitator.domain.agreement import Agreement, validity_warnings
from visitator.domain.deadlines import to_copenhagen
from visitator.domain.entries import Body, ChecklistTicked, ReplySent
from visitator.domain.rehabilitation import link_of
from visitator.domain.roles import MAY_WRITE
from visitator.domain.terms import Role
from visitator.domain.wire import Employee
from visitator.resources import load_checklist
from visitator.store import Bucket, Changes, OutboxItem, Person, Selection, Store
from visitator.sync import Condition, Syncer, SyncStatus

_T = TypeVar("_T")

Listener = Callable[[ChangeSet | Standing], None]

_LINKS = {
    Condition.SYNCHRONISED: Link.SYNCHRONISED,
    Condition.WORKING: Link.WORKING,
    Condition.OFFLINE: Link.OFFLINE,
    Condition.NOT_SENDING: Link.NOT_SENDING,
    Condition.REFUSED: Link.REFUSED,
    Condition.PROGRAM_TOO_OLD: Link.TOO_OLD,
    Condition.GATEWAY_TOO_OLD: Link.TOO_OLD,
    Condition.PAUSED: Link.PAUSED,
}
_TRIES = {Link.SYNCHRONISED, Link.WORKING}
_WRITES = {Decision.SEND_AGAIN, Decision.CALLED, Decision.EDIT, Decision.KEEP_AS_NOTE}
"""What takes an answer, a call or a note, which not everybody may write."""
_ENDS_WITHIN = 5.0
"""Seconds after which nobody waits for a call any more; what it carried is sent again later."""
_LOOK_EVERY = 0.02
_ALL = 100_000
_BUG = (
    "Synkroniseringen er standset af en fejl i programmet. Alt er gemt på computeren."
    " Start Visitator igen."
)


class Worker(View, frozen=True, kw_only=True):
    """Who works at this desk, and on what terms."""

    user: str
    device: str
    name: str = ""
    signature: Signature = Signature()
    municipality: str = ""
    is_demo: bool = False
    own_gateway: bool = False
    note_folder: str = ""
    """Where this user saved notes last."""
    note_templates: Path | None = None
    """The folder of the municipality's own templates for notes."""


class Names(Mapping[str, str]):
    """The names of the employees by user; exchanged as a whole, so that any thread may read.

    Args:
        people: as far as they are known.
        missed: told of a user who is none of them, in the thread that asked for the name.
    """

    def __init__(self, people: Sequence[Person], missed: Callable[[str], None]) -> None:
        self._missed = missed
        self.people = tuple(people)
        self._names = {person.user: person.name for person in people}

    def exchange(self, people: Sequence[Person]) -> None:
        """These work here from now on."""
        self.people = tuple(people)
        self._names = {person.user: person.name for person in people}

    def __getitem__(self, user: str) -> str:
        if user and user not in self._names:
            self._missed(user)
        return self._names[user]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


class Desk:
    """One user's desk on an open store and a gateway that may or may not be reached.

    Args:
        store: of this workstation; `close` closes it.
        agreement: the profile the municipality works by.
        worker: who works here.
        client: for sync, with this user's token.
        asking: the same gateway, for the calls somebody waits for.
        clock: the present instant, aware.
        keep_signature: keeps how this user signs from now on; raises a known fault.
        keep_note_folder: keeps where this user saves notes from now on; the same.
        at_end: what is closed after everything else.

    Reads raise a `KnownError` for a fault of the file. So do the futures of commands; nothing of
    a command that raised has happened, unless its text says so.
    """

    def __init__(
        self,
        store: Store,
        agreement: Agreement,
        worker: Worker,
        *,
        client: httpx.AsyncClient,
        asking: Asking,
        clock: Callable[[], dt.datetime],
        keep_signature: Callable[[Signature], None] = lambda signature: None,
        keep_note_folder: Callable[[str], None] = lambda folder: None,
        at_end: Callable[[], None] = lambda: None,
    ) -> None:
        self._store = store
        self._agreement = agreement
        self._worker = worker
        self._clock = clock
        self._at_end = at_end
        self._asking = asking
        self._listeners: list[Listener] = []
        self._listening = threading.Lock()
        self._closed = False
        self._standing: Standing | None = None
        self._lookout = Lookout(asking, self._others_changed, self._people_came)
        self._names = Names(store.people(), self._lookout.miss)
        self._topics = load_topics()
        self._syncer = Syncer(
            store,
            client,
            user=worker.user,
            device=worker.device,
            clock=clock,
            rng=random.Random(),  # noqa: S311 - jitter, no secret
            watch=self._sync_told,
        )
        self._ahead = Ahead()
        self._inboxes = Inboxes(store, worker.user, agreement, clock, self._names)
        self._drafts = Drafts(store, worker.user, agreement)
        workstation = Workstation(
            store, user=worker.user, device=worker.device, clock=clock, woken=self._wake
        )
        self._handling = Handling(
            store,
            workstation,
            user=worker.user,
            drafts=self._drafts,
            row=self._inboxes.row,
            undelivered=self._undelivered,
            clock=clock,
            sent=self._sent,
            names=self._names,
        )
        self._commands = Commands(
            workstation,
            drafts=self._drafts,
            handling=self._handling,
            agreement=agreement,
            clock=clock,
            signature=worker.signature,
            keep_signature=keep_signature,
        )
        checklist = load_checklist(agreement)
        listed = Admissions(
            store,
            worker.user,
            agreement,
            checklist,
            clock,
            self._names,
            is_owner_told=lambda: not self._is_care_staff,
        )
        admitting = AdmissionCommands(
            workstation,
            admissions=listed,
            agreement=agreement,
            checklist=checklist,
            clock=clock,
            signature=self._commands.own_signature,
        )
        self.admissions = AdmissionDesk(
            listed,
            admitting,
            do=self._do,
            of_item=self._of_item,
            people=lambda: self._names.people,
        )
        """The admission side: its list, the checklist and the admission report."""
        notes = Notes(
            store,
            user=worker.user,
            drafts=self._drafts,
            inboxes=self._inboxes,
            agreement=agreement,
            checklist=checklist,
            names=self._names,
            clock=clock,
            municipality=worker.municipality,
            signature=lambda: self._commands.signature,
            templates=worker.note_templates,
        )
        self.notes = NoteDesk(
            notes,
            lambda pathway_id, body: self._do(lambda: workstation.write(pathway_id, body)).result(),
            folder=worker.note_folder,
            keep_folder=keep_note_folder,
        )
        """The case notes: to be looked at, saved, copied and printed."""
        courses = Rehabilitations(store, worker.user, agreement, clock, self._names)
        self.rehabilitations = RehabilitationDesk(
            courses,
            RehabilitationCommands(
                workstation,
                courses=courses,
                clock=clock,
                signature=self._commands.own_signature,
            ),
            do=self._do,
            do_slowly=self._slowly,
            of_item=self._of_item,
            now=self.now,
        )
        """Rehabilitation: the training team's list, one plan in full, and its steps."""
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="visitator-desk")
        self._slow = ThreadPoolExecutor(1, thread_name_prefix="visitator-slow")
        self._stop = threading.Event()
        self._sync = threading.Thread(target=self._run_sync, name="visitator-sync", daemon=True)

    def start(self) -> None:
        """Open the undo windows that a crash left again, and begin to sync.

        Raises:
            KnownError: the file cannot be written; the desk has ended, and the store is open.
        """
        now = self._clock()
        try:
            with told():
                self._store.set_undo_window(
                    self._worker.user, opened=now, not_before=now + UNDO_WINDOW
                )
        except BaseException:
            self._syncer.close()
            raise
        self._store.watch(self._store_told)
        self._sync.start()
        self._lookout.start()

    # --- quick reads, in the caller's thread ----------------------------------------------------

    def office(self) -> OfficeView:
        """Who works here and by what."""
        agreement, worker = self._agreement, self._worker
        today = to_copenhagen(self._clock()).date()
        me = self._me
        return OfficeView(
            user=worker.user,
            user_name=me.name if me else worker.name or worker.user,
            role=_role(me.role) if me else "",
            is_care_staff=self._is_care_staff,
            may_write=self._may(ReplySent),
            may_tick=self._may(ChecklistTicked),
            municipality=worker.municipality,
            agreement_title=agreement.title,
            agreement_region=agreement.region,
            agreement_from=agreement.valid_from,
            agreement_warnings=tuple(each.text for each in validity_warnings(agreement, today)),
            has_fixed_deadline=agreement.care_plan.reply.status == "fixed",
            is_demo=worker.is_demo,
            signature=self._commands.signature,
            own_gateway=worker.own_gateway,
        )

    @property
    def _me(self) -> Person | None:
        """Who works here, once the gateway has told."""
        people = self._names.people
        return next((each for each in people if each.user == self._worker.user), None)

    def _may(self, body: type[Body]) -> bool:
        """Whether the gateway takes it from this one; as long as nobody knows, it is offered."""
        me = self._me
        role = next((each for each in Role if me is not None and each.value == me.role), None)
        return role is None or body in MAY_WRITE[role]

    @property
    def _is_care_staff(self) -> bool:
        return self._me is not None and self._me.role == Role.CARE_STAFF.value

    def now(self) -> dt.datetime:
        """The present instant in Danish time, by the clock the deadlines are shown by."""
        return to_copenhagen(self._clock())

    def inbox(self, box: Box) -> Inbox:
        """The list under one filter, its groups and every count."""
        with told():
            return self._inboxes.inbox(box)

    def rows(self, box: Box, offset: int, limit: int) -> tuple[Row, ...]:
        """A page of the list, headings not counted."""
        with told():
            return self._inboxes.rows(box, offset, limit)

    def position(self, box: Box, pathway_id: str) -> int | None:
        """Where a pathway stands in the list; None when it is not in it."""
        with told():
            return self._inboxes.position(box, pathway_id)

    def row(self, pathway_id: str) -> Row | None:
        """One row, whatever the list."""
        with told():
            return self._inboxes.row(pathway_id)

    def pathway(self, pathway_id: str) -> PathwayView | None:
        """Everything the screen shows of a pathway; None when there is none."""
        return self._ahead.take(pathway_id, self._clock()) or self._pathway(pathway_id)

    def _pathway(self, pathway_id: str) -> PathwayView | None:
        with told():
            found = self._store.pathway(pathway_id, self._worker.user)
            if found is None:
                return None
            link = link_of(found)
            return pathway_view(
                found,
                pathway_id,
                agreement=self._agreement,
                now=self.now(),
                names=self._names,
                outbox=self._store.outbox(self._worker.user, pathway_id),
                topics=self._topics,
                linked=self._store.pathway(link, self._worker.user) if link else None,
            )

    def attention(self) -> tuple[Attention, ...]:
        """What needs a person (Kræver handling), and what this one may do about it."""
        with told():
            found = self._handling.attention()
        return found if self._may(ReplySent) else tuple(map(_without_writing, found))

    def waiting(self) -> tuple[Waiting, ...]:
        """What waits to be sent (Udbakke)."""
        with told():
            return self._handling.waiting()

    def draft(self, pathway_id: str, kind: str) -> DraftView | None:
        """What was typed and not sent."""
        with told():
            return self._drafts.find(pathway_id, kind)

    def drafts(self, pathway_id: str) -> tuple[DraftView, ...]:
        """Everything that was typed in a pathway and not sent, the latest first."""
        with told():
            return self._drafts.of(pathway_id)

    def colleagues(self) -> tuple[Colleague, ...]:
        """Who a pathway can be given to: those who may answer, this user among them."""
        return tuple(
            Colleague(user=each.user, name=each.name, title=each.title)
            for each in self._names.people
            if each.role == Role.VISITATOR.value
        )

    def standing(self) -> Standing:
        """How the connection to the gateway stands."""
        return self._standing or _standing(self._syncer.status)

    def presence(self, pathway_id: str) -> tuple[Presence, ...]:
        """Who else looks at it, as the gateway told last; nobody after two minutes of silence."""
        return tuple(
            Presence(name=each.name, composing=each.composing, since=to_copenhagen(each.since))
            for each in self._lookout.others(pathway_id)
        )

    # --- slow reads -----------------------------------------------------------------------------

    def search(self, typed: str, limit: int = 200) -> Future[tuple[Found, ...]]:
        """What was found of what was typed, newest first."""
        return self._slowly(lambda: self._inboxes.search(typed, limit))

    def raw(self, raw_id: str) -> Future[str]:
        """A message as it came; only the gateway has it."""
        return self._slowly(lambda: self._asking.raw(raw_id))

    # --- commands -------------------------------------------------------------------------------

    def reply(
        self,
        pathway_id: str,
        code: str,
        comment: str,
        choices: tuple[str, ...],
        state_token: bytes,
    ) -> Future[Sent]:
        """Answer the plan as the author saw it; can be undone for ten seconds.

        When the state has moved on since, nothing is sent and the text is kept as a draft.
        """
        return self._do(
            lambda: self._of_item(
                self._commands.reply(pathway_id, code, comment, choices, state_token)
            )
        )

    def undo(self, entry_id: str) -> Future[None]:
        """Take back what was not sent yet; its words are a draft again."""
        return self._do(lambda: self._commands.undo(entry_id))

    def cancel_waiting(self, entry_id: str) -> Future[DraftView]:
        """The same out of the outbox, to be worked on: hands back what was typed."""
        return self._do(lambda: self._commands.cancel(entry_id))

    def assign(self, pathway_id: str, owner: str | None) -> Future[None]:
        """Give the pathway to somebody, or to nobody."""
        return self._do(lambda: self._commands.assign(pathway_id, owner))

    def save_draft(self, pathway_id: str, draft: DraftView) -> Future[None]:
        """Keep what is being typed; an empty draft is forgotten."""
        return self._do(lambda: self._drafts.save(pathway_id, draft, self._clock()))

    def drop_draft(self, pathway_id: str, kind: str) -> Future[None]:
        """Forget what was typed."""
        return self._do(lambda: self._drafts.drop(pathway_id, kind))

    def send_letter(
        self, pathway_id: str, subject: str, text: str, purpose: str | None
    ) -> Future[Sent]:
        """Write to the hospital; can be undone for ten seconds."""
        return self._do(
            lambda: self._of_item(self._commands.send_letter(pathway_id, subject, text, purpose))
        )

    def log_call(
        self, pathway_id: str, whom: str, at: dt.datetime, text: str, clears: bool
    ) -> Future[None]:
        """Note a telephone call; `at` is aware, `clears`: it settled what was open."""
        return self._do(lambda: self._commands.log_call(pathway_id, whom, at, text, clears=clears))

    def add_note(self, pathway_id: str, text: str) -> Future[None]:
        """Write an internal note."""
        return self._do(lambda: self._commands.add_note(pathway_id, text))

    def conference_agreed(self, pathway_id: str, form: str, at: Point) -> Future[None]:
        """A planning conference is agreed; `form` is a `ConferenceForm`'s code."""
        return self._do(lambda: self._commands.conference_agreed(pathway_id, form, at))

    def minutes_received(self, pathway_id: str, letter_entry_id: str) -> Future[None]:
        """A letter of the hospital's holds the minutes of the conference."""
        return self._do(lambda: self._commands.minutes_received(pathway_id, letter_entry_id))

    def letter_handled(self, pathway_id: str, letter_entry_id: str) -> Future[None]:
        """A letter that asks for no answer has been seen to; its row leaves the inbox."""
        return self._do(lambda: self._commands.letter_handled(pathway_id, letter_entry_id))

    def lapse(self, pathway_id: str, reason: str) -> Future[None]:
        """There is nothing left to answer; `reason` is a `LapseReason`'s code."""
        return self._do(lambda: self._commands.lapse(pathway_id, reason))

    def close_pathway(self, pathway_id: str) -> Future[None]:
        """The municipality is done with it."""
        return self._do(lambda: self._commands.close_pathway(pathway_id))

    def decide(self, entry_id: str, decision: Decision, text: str = "") -> Future[None]:
        """Do what was decided about something in Kræver handling."""
        return self._do(lambda: self._handling.decide(entry_id, decision, text))

    def opened(self, pathway_id: str) -> Future[None]:
        """Write down for the audit that it was opened; not again within five minutes."""
        return self._do(lambda: self._commands.opened(pathway_id))

    def sign_as(self, signature: Signature) -> Future[None]:
        """Sign like this from now on."""
        return self._do(lambda: self._commands.sign_as(signature))

    # --- not waited for -------------------------------------------------------------------------

    def expect(self, pathway_id: str) -> None:
        """Read a pathway that will most likely be asked for next; a fault is told when it is."""
        fill = self._ahead.expect(pathway_id, self._clock())
        if fill is not None:
            self._slow.submit(fill, self._pathway)

    def look_at(self, pathway_id: str | None, composing: bool) -> None:
        """Let colleagues see it."""
        self._lookout.look_at(pathway_id, composing=composing)

    def retry_now(self) -> None:
        """Try the gateway again at once (Prøv igen)."""
        with _if_it_runs():
            self._syncer.retry_now()

    def watch(self, listener: Listener) -> Callable[[], None]:
        """Have `listener` told what changed, in whatever thread it changed; returns how to stop."""
        with self._listening:
            self._listeners.append(listener)

        def stop() -> None:
            with self._listening, suppress(ValueError):
                self._listeners.remove(listener)

        return stop

    def close(self, *, wait: float) -> int:
        """Send what can be sent, end every thread and let go of the store.

        Args:
            wait: seconds that sending may take; it ends earlier when the gateway is not reached.

        Returns:
            How many things are still unsent. They are kept, and sent after the next start.

        Raises:
            KnownError: the file could not be read or closed; everything has ended all the same.
        """
        if self._closed:
            return 0
        self._closed = True
        with ExitStack() as stack:
            stack.callback(self._at_end)
            stack.callback(self._close_store)
            stack.callback(self._asking.close)
            stack.callback(self._end_sync)
            stack.callback(self._lookout.stop)
            stack.callback(self._slow.shutdown, cancel_futures=True)
            # Before the writer: a note that is being saved is yet to be put in the journal.
            self.notes.close()
            self._do(self._end_undo_windows).result()
            self._writer.shutdown()
            return self._send_the_last(wait)

    # --- inside ---------------------------------------------------------------------------------

    def _do(self, work: Callable[[], _T]) -> Future[_T]:
        return self._writer.submit(_guarded, work)

    def _slowly(self, work: Callable[[], _T]) -> Future[_T]:
        return self._slow.submit(_guarded, work)

    def _undelivered(self) -> tuple[str, ...]:
        only = Selection(first=Bucket.UNDELIVERED, last=Bucket.UNDELIVERED)
        headers = self._store.listing_rows(self._worker.user, only, 0, _ALL)
        return tuple(header.pathway_id for header in headers)

    def _sent(self, item: OutboxItem) -> Sent:
        return sent_item(item, self.now())

    def _of_item(self, entry_id: str) -> Sent:
        """How something fares that was put into the outbox this moment."""
        item = self._handling.item(entry_id)
        if item is None:
            raise LookupError("what was put into the outbox is not there")
        return self._sent(item)

    def _wake(self) -> None:
        with _if_it_runs():
            self._syncer.wake()

    def _end_undo_windows(self) -> None:
        self._store.set_undo_window(self._worker.user, opened=self._clock(), not_before=None)

    def _send_the_last(self, wait: float) -> int:
        before, until = self._syncer.status, time.monotonic() + wait
        self.retry_now()
        while (unsent := self._unsent()) and time.monotonic() < until:
            now = self._syncer.status
            if now is not before and _LINKS[now.condition] not in _TRIES:
                break
            if not self._sync.is_alive():
                break
            time.sleep(_LOOK_EVERY)
        return unsent

    def _unsent(self) -> int:
        with told():
            return self._handling.unsent()

    def _end_sync(self) -> None:
        self._stop.set()
        self._wake()
        self._sync.join(_ENDS_WITHIN)

    def _close_store(self) -> None:
        with told():
            self._store.close()

    def _run_sync(self) -> None:
        try:
            self._syncer.run(self._stop)
        except Exception as error:
            # A bug must not look like a quiet day: the status line says it.
            log_bug(error)
            if self._stop.is_set():
                return
            self._standing = Standing(link=Link.PAUSED, reason=_BUG)
            self._tell(self._standing)
        finally:
            self._syncer.close()

    def _sync_told(self, status: SyncStatus) -> None:
        self._tell(_standing(status))

    def _store_told(self, changes: Changes) -> None:
        news = ChangeSet(
            pathways=changes.pathways,
            everything=changes.everything,
            outbox=changes.outbox,
            drafts=changes.drafts,
        )
        self._ahead.hear(news)
        self._tell(news)

    def _others_changed(self, pathway_id: str) -> None:
        self._tell(ChangeSet(pathways=frozenset([pathway_id])))

    def _people_came(self, found: Sequence[Employee]) -> None:
        people = [
            Person(user=each.user, name=each.name, title=each.title, role=each.role.value)
            for each in found
        ]
        self._names.exchange(people)
        with suppress(KnownError), told():
            self._store.set_people(people)

    def _tell(self, news: ChangeSet | Standing) -> None:
        with self._listening:
            listeners = tuple(self._listeners)
        for listener in listeners:
            try:
                listener(news)
            except Exception as error:
                # What one listener does wrong must neither stop sync nor keep it from the others.
                log_bug(error)


def _if_it_runs() -> AbstractContextManager[None]:
    """Sync that has ended has closed its loop; what is kept is sent after the next start."""
    return suppress(RuntimeError)


def _guarded(work: Callable[[], _T]) -> _T:
    with told():
        return work()


def _role(code: str) -> str:
    """The Danish label of a role; a role this program does not know is shown as it came."""
    return next((role.label for role in Role if role.value == code), code)


def _without_writing(item: Attention) -> Attention:
    left = tuple(each for each in item.decisions if each not in _WRITES)
    return msgspec.structs.replace(item, decisions=left)


def _standing(status: SyncStatus) -> Standing:
    progress = status.progress
    well = status.condition is Condition.SYNCHRONISED
    since = status.at if well else status.since
    return Standing(
        link=_LINKS[status.condition],
        since=to_copenhagen(since) if since is not None else None,
        reason=status.reason,
        progress=progress.part if progress is not None else None,
        entries=progress.entries if progress is not None else None,
        clock_error=status.clock_error,
    )
