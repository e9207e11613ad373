"""What needs a person (Kræver handling) and what waits to be sent (Udbakke), and what to do."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping

from visitator.app.kept import Drafts
from visitator.app.views import Attention, Decision, KnownError, Row, Sent, Waiting
from visitator.app.workstation import Workstation
from visitator.domain.deadlines import to_copenhagen
from visitator.domain.entries import (
    ChecklistExported,
    Entry,
    EntryId,
    NoteAdded,
    NoteExported,
    Opened,
    PhoneCall,
    ReplySent,
)
from visitator.domain.pathway import Dispatch, LetterSent, Pathway, Reply, ReportSent
from visitator.domain.titles import entry_title
from visitator.domain.wire import RejectReason
from visitator.store import OutboxItem, OutboxState, Store
from visitator.store.outbox import UNKNOWN_RESULT

_NEEDS_A_PERSON = {OutboxState.ATTENTION, OutboxState.HELD}
_UNSENT = {OutboxState.QUEUED, OutboxState.SENT}

_REASONS: dict[str, str] = {
    RejectReason.ALREADY_ANSWERED: "En kollega svarede først, så dit svar er ikke sendt.",
    RejectReason.SUPERSEDED: (
        "Der kom nyt i forløbet, før dit svar nåede frem, så det er ikke sendt."
    ),
    RejectReason.CONFLICT: "En kollega nåede at tildele forløbet først; dit valg gælder ikke.",
    RejectReason.GONE: "Gatewayen har ikke forløbet længere, så det er ikke sendt.",
    RejectReason.FORBIDDEN: "Din rolle må ikke skrive det, så det er ikke sendt.",
    RejectReason.IDENTIFIERS_MISSING: "Brevet manglede sit nummer, så det er ikke sendt.",
    RejectReason.NOTHING_TO_ANSWER: "Der er ingen at svare i forløbet, så det er ikke sendt.",
    RejectReason.INVALID: "Gatewayen kunne ikke bruge det, så det er ikke sendt.",
}
_REFUSES_EVERYTHING = {RejectReason.FORBIDDEN, RejectReason.GONE}
_TEXT_IS_KEPT = "Teksten er bevaret."
_UNKNOWN = (
    "Gatewayen svarede noget, dette program ikke kender, så det vides ikke, om det er sendt."
    " Det kan prøves igen; det bliver aldrig sendt to gange."
)
_HELD = "Venter på, at du tager stilling til dit tidligere svar i forløbet."
_REFUSED_ALL = "Gatewayen afviste det, så det er ikke sendt."
_NOT_SENT = "Kasseret og ikke sendt"
_NOT_KNOWN = "Kasseret; det vides ikke, om det er sendt"
_NO_LONGER = "Der er ikke længere noget at tage stilling til her. Intet er ændret."
_MOVED_ON = (
    "Der er sket noget i forløbet siden, så svaret kan ikke sendes igen, som det er. Intet er"
    " ændret. Se forløbet, og svar på ny."
)


class Handling:
    """The decisions of one user about what did not go as it should.

    Args:
        store: of this workstation.
        workstation: writes what is decided.
        user: whose outbox it is.
        drafts: where text goes that is to be worked on.
        row: the row of a pathway, for its name and number.
        undelivered: the pathways where something did not reach the hospital.
        clock: the present instant, aware.
        sent: how an entry of the outbox fares.
        names: of the employees.
    """

    def __init__(
        self,
        store: Store,
        workstation: Workstation,
        *,
        user: str,
        drafts: Drafts,
        row: Callable[[str], Row | None],
        undelivered: Callable[[], tuple[str, ...]],
        clock: Callable[[], dt.datetime],
        sent: Callable[[OutboxItem], Sent],
        names: Mapping[str, str],
    ) -> None:
        self._store = store
        self._workstation = workstation
        self._user = user
        self._drafts = drafts
        self._row = row
        self._undelivered = undelivered
        self._clock = clock
        self._sent = sent
        self._names = names

    # --- what there is ------------------------------------------------------------------------

    def attention(self) -> tuple[Attention, ...]:
        """What was refused first, then what did not reach the hospital.

        Nobody has to decide anything about the audit's line that a pathway was opened.

        Raises:
            StoreError: it could not be read.
        """
        refused = (self._refused(item) for item in self._items() if _needs_a_person(item))
        return (*refused, *self._failed())

    def waiting(self) -> tuple[Waiting, ...]:
        """What the user did that the gateway is not known to have.

        That a pathway was opened is written down for the audit; nobody waits for it.

        Raises:
            StoreError: it could not be read.
        """
        return tuple(self._waiting(item) for item in self._unsent())

    def unsent(self) -> int:
        """How many there are in `waiting`.

        Raises:
            StoreError: it could not be read.
        """
        return len(self._unsent())

    def item(self, entry_id: EntryId) -> OutboxItem | None:
        """An entry of this user's that the journal does not hold yet."""
        return next((item for item in self._items() if item.entry.id == entry_id), None)

    def _unsent(self) -> list[OutboxItem]:
        return [
            item
            for item in self._items()
            if item.state in _UNSENT and not isinstance(item.entry.body, Opened)
        ]

    def _items(self) -> tuple[OutboxItem, ...]:
        return self._store.outbox(self._user)

    def _waiting(self, item: OutboxItem) -> Waiting:
        entry = item.entry
        name, cpr = self._whom(entry.pathway_id)
        return Waiting(
            entry_id=entry.id,
            pathway_id=entry.pathway_id,
            name=name,
            cpr_masked=cpr,
            what=entry_title(entry),
            text=self._drafts.said(entry),
            at=to_copenhagen(entry.occurred_at),
            sent=self._sent(item),
            can_cancel=_can_cancel(item),
        )

    def _refused(self, item: OutboxItem) -> Attention:
        entry = item.entry
        text = self._drafts.said(entry)
        return self._attention(entry, text, self._why_refused(item, text), _choices(item, text))

    def _why_refused(self, item: OutboxItem, text: str) -> str:
        if item.state is OutboxState.HELD:
            return _HELD
        if item.reason == UNKNOWN_RESULT:
            return _UNKNOWN
        why = _REASONS.get(item.reason or "", _REFUSED_ALL)
        winner = item.winner
        if winner is not None and isinstance(winner.body, ReplySent):
            who = self._names.get(winner.author, winner.author)
            answered = f"{who} svarede: {entry_title(winner)}."
            why = f"{why} {answered}"
        return f"{why} {_TEXT_IS_KEPT}" if text.strip() else why

    def _failed(self) -> Iterator[Attention]:
        for pathway_id in self._undelivered():
            pathway = self._workstation.pathway(pathway_id)
            failed = pathway.undelivered if pathway is not None else None
            if failed is None:
                continue
            text = self._drafts.said(failed.entry)
            decisions = [Decision.SEND_AGAIN, Decision.CALLED]
            if text.strip():
                decisions.append(Decision.EDIT)
            yield self._attention(failed.entry, text, _why_failed(failed), tuple(decisions))

    def _attention(
        self, entry: Entry, text: str, reason: str, decisions: tuple[Decision, ...]
    ) -> Attention:
        name, cpr = self._whom(entry.pathway_id)
        return Attention(
            entry_id=entry.id,
            pathway_id=entry.pathway_id,
            name=name,
            cpr_masked=cpr,
            what=entry_title(entry),
            text=text,
            reason=reason,
            at=to_copenhagen(entry.occurred_at),
            decisions=decisions,
        )

    def _whom(self, pathway_id: str) -> tuple[str, str]:
        row = self._row(pathway_id)
        return (row.name, row.cpr_masked) if row is not None else ("", "")

    # --- what is decided ------------------------------------------------------------------------

    def decide(self, entry_id: EntryId, decision: Decision, text: str) -> None:
        """Do what the user decided.

        Args:
            entry_id: of an `Attention`.
            decision: one of its decisions.
            text: of the note or of the call; the entry's own words where it is empty.

        Raises:
            KnownError: there is nothing to decide any more, or this cannot be decided.
            StoreError: it could not be kept; nothing was decided.
        """
        item = self.item(entry_id)
        if item is not None and _needs_a_person(item):
            self._decide_refused(item, decision, text)
            return
        pathway, failed = self._find_failed(entry_id)
        match decision:
            case Decision.SEND_AGAIN:
                self._send_again(pathway, failed)
            case Decision.CALLED:
                self._called(failed, text)
            case Decision.EDIT:
                self._give_back(failed.entry)
            case _:
                raise KnownError(_NO_LONGER)

    def _decide_refused(self, item: OutboxItem, decision: Decision, text: str) -> None:
        entry, said = item.entry, self._drafts.said(item.entry)
        if decision not in _choices(item, said):
            raise KnownError(_NO_LONGER)
        match decision:
            case Decision.RETRY:
                self._store.resolve_attention(entry.id, "retry")
                self._workstation.wake()
            case Decision.EDIT:
                self._give_back(entry)
                self._discard(item)
            case Decision.KEEP_AS_NOTE:
                note = NoteAdded(text=text.strip() or f"{entry_title(entry)}: {said}")
                instead = self._workstation.entry(entry.pathway_id, note)
                self._store.resolve_attention(entry.id, "discard", instead=instead)
                self._workstation.wake()
            case _:
                self._discard(item, instead=self._record_of(item, said))

    def _discard(self, item: OutboxItem, instead: Entry | None = None) -> None:
        if item.state is OutboxState.HELD:
            self._store.cancel(item.entry.id)
        else:
            self._store.resolve_attention(item.entry.id, "discard", instead=instead)
            self._workstation.wake()

    def _record_of(self, item: OutboxItem, said: str) -> Entry | None:
        """The note that something written was discarded (features: Kassér is logged), not what.

        None where nothing was written, and where the gateway would refuse the note, too.
        """
        if not said.strip() or item.reason in _REFUSES_EVERYTHING:
            return None
        what = _NOT_KNOWN if item.reason == UNKNOWN_RESULT else _NOT_SENT
        note = NoteAdded(text=f"{what}: {entry_title(item.entry)}")
        return self._workstation.entry(item.entry.pathway_id, note)

    def _give_back(self, entry: Entry) -> None:
        draft = self._drafts.given_back(entry, self._clock())
        if draft is not None:
            self._store.save_draft(draft)

    def _find_failed(self, entry_id: EntryId) -> tuple[Pathway, Dispatch]:
        for pathway_id in self._undelivered():
            pathway = self._workstation.pathway(pathway_id)
            failed = pathway.undelivered if pathway is not None else None
            if pathway is not None and failed is not None and failed.entry.id == entry_id:
                return pathway, failed
        raise KnownError(_NO_LONGER)

    def _send_again(self, pathway: Pathway, failed: Dispatch) -> None:
        """The same words in a new letter: a failed one is settled, and its numbers are used up.

        The state it answers is the one the failed reply made; the gateway takes nothing else.
        """
        pathway_id = failed.entry.pathway_id
        match failed:
            case Reply(sent=reply):
                if pathway.to_answer is None or pathway.to_answer.seen != failed.entry.id:
                    raise KnownError(_MOVED_ON)
                self._workstation.reply(
                    pathway, pathway_id, reply.category, reply.comment, signature=reply.signature
                )
            case LetterSent(sent=letter):
                self._workstation.send_letter(
                    pathway_id,
                    letter.subject,
                    letter.text,
                    purpose=letter.purpose,
                    answers=letter.answers,
                    signature=letter.signature,
                )
            case ReportSent(sent=report):
                self._workstation.send_report(
                    pathway_id, report, answers=report.answers, signature=report.signature
                )

    def _called(self, failed: Dispatch, text: str) -> None:
        said = text.strip() or self._drafts.said(failed.entry)
        words = f"{entry_title(failed.entry)}: {said}" if said else entry_title(failed.entry)
        row = self._row(failed.entry.pathway_id)
        call = PhoneCall(
            whom=row.ward if row is not None else "", at=self._clock(), text=words, clears=True
        )
        self._workstation.write(failed.entry.pathway_id, call)


def _needs_a_person(item: OutboxItem) -> bool:
    return item.state in _NEEDS_A_PERSON and not isinstance(item.entry.body, Opened)


def _can_cancel(item: OutboxItem) -> bool:
    if isinstance(item.entry.body, NoteExported | ChecklistExported):
        # It has left; that it did is not taken back.
        return False
    return item.attempts == 0 and item.state in {OutboxState.QUEUED, OutboxState.HELD}


def _choices(item: OutboxItem, text: str) -> tuple[Decision, ...]:
    """What can be decided about a refused entry; the first is the one to offer."""
    found: tuple[Decision, ...]
    if item.state is OutboxState.HELD:
        found = (Decision.EDIT, Decision.DISCARD) if _can_cancel(item) else ()
    elif item.reason == UNKNOWN_RESULT:
        # It may have been accepted, so nothing else may take its place.
        found = (Decision.RETRY, Decision.DISCARD)
    else:
        found = (Decision.EDIT, Decision.KEEP_AS_NOTE, Decision.DISCARD)
    with_words = {Decision.EDIT, Decision.KEEP_AS_NOTE}
    return tuple(each for each in found if text.strip() or each not in with_words)


def _why_failed(failed: Dispatch) -> str:
    """The hospital's own words where it gave some, else the gateway's."""
    delivery = failed.delivery
    words = delivery.refuse_text or delivery.refuse_code or "" if delivery is not None else ""
    if words:
        return f"Sygehusets system afviste det: {words}"
    if failed.failure is not None:
        return failed.failure.reason
    return "Sygehusets system afviste det uden at sige hvorfor."
