"""The commands of the screen, as they are carried out: one after the other, in one thread."""

import datetime as dt
from collections.abc import Callable

import msgspec

from visitator.app.composing import Composed, written
from visitator.app.handling import Handling
from visitator.app.kept import Drafts
from visitator.app.views import DraftView, KnownError, Point, Signature
from visitator.app.workstation import Workstation
from visitator.domain import reply as domain
from visitator.domain.agreement import Agreement
from visitator.domain.entries import (
    AnswerCategory,
    Closed,
    ConferenceAgreed,
    ConferenceForm,
    ConferenceMinutesReceived,
    EntryId,
    Lapsed,
    LapseReason,
    LetterHandled,
    NoteAdded,
    Opened,
    PhoneCall,
    PlanState,
)
from visitator.domain.moment import Moment
from visitator.domain.pathway import Pathway
from visitator.store.errors import TooLateToUndo

OPENED_AGAIN = dt.timedelta(minutes=5)
"""How long one look at a pathway lasts for the audit."""

_NO_PATHWAY = "Forløbet findes ikke længere på denne computer. Intet er sendt."
_NEW_PLAN = "Planen er ændret, siden du begyndte at svare."
_MOVED_ON = "Der er sket noget i forløbet, siden du begyndte at svare."
_NOT_SENT = "Svaret er ikke sendt. Se, hvad der er nyt, og svar igen."
_KEPT = "Svaret er ikke sendt; teksten er gemt som kladde. Se, hvad der er nyt, og svar igen."
_NO_QUESTION = "Skriv spørgsmålet, før det sendes. Intet er sendt."
_NO_LETTER = "Skriv både emne og tekst, før brevet sendes. Intet er sendt."
_NO_NOTE = "Skriv noget, før det gemmes. Intet er gemt."


class Commands:
    """What one user does; every method raises a `StoreError` when it could not be kept.

    Args:
        workstation: writes the entries.
        drafts: of this user.
        handling: knows the outbox of this user.
        agreement: the profile answers are composed by.
        clock: the present instant, aware.
        signature: how this user signs.
        keep_signature: keeps how they sign from now on.
    """

    def __init__(
        self,
        workstation: Workstation,
        *,
        drafts: Drafts,
        handling: Handling,
        agreement: Agreement,
        clock: Callable[[], dt.datetime],
        signature: Signature,
        keep_signature: Callable[[Signature], None],
    ) -> None:
        self._workstation = workstation
        self._drafts = drafts
        self._handling = handling
        self._agreement = agreement
        self._clock = clock
        self._keep_signature = keep_signature
        self._opened: dict[str, dt.datetime] = {}
        self.signature = signature
        """How this user signs now."""

    def reply(
        self,
        pathway_id: str,
        code: str,
        comment: str,
        choices: tuple[str, ...],
        state_token: bytes,
    ) -> EntryId:
        """Answer the plan; `state_token` is the state its author saw, as the view gave it.

        Raises:
            KnownError: the state has moved on (the text is a draft then), or there is no question.
        """
        category = msgspec.convert(code, AnswerCategory)
        composed = Composed(text=comment, choices=choices)
        text = written(composed, category, self._agreement)
        if category is AnswerCategory.QUESTION and not text:
            raise KnownError(_NO_QUESTION)
        pathway = self._pathway(pathway_id)
        seen = msgspec.json.decode(state_token, type=PlanState) if state_token else None
        if seen != pathway.to_answer:
            typed = DraftView(kind=code, text=comment, choices=choices)
            self._drafts.save(pathway_id, typed, self._clock())
            raise KnownError(_what_moved_on(seen, pathway, has_text=bool(text)))
        signature = self.own_signature()
        return self._workstation.reply(pathway, pathway_id, category, text, signature=signature).id

    def send_letter(self, pathway_id: str, subject: str, text: str, purpose: str | None) -> EntryId:
        """Write to the hospital.

        Raises:
            KnownError: there is nothing in it.
        """
        if not (subject.strip() and text.strip()):
            raise KnownError(_NO_LETTER)
        return self._workstation.send_letter(
            pathway_id,
            subject.strip(),
            text.strip(),
            purpose=purpose,
            signature=self.own_signature(),
        ).id

    def undo(self, entry_id: EntryId) -> None:
        """Take back what was not sent yet; its words are a draft again."""
        self.cancel(entry_id)

    def cancel(self, entry_id: EntryId) -> DraftView:
        """The same; hands back what was typed in it.

        Raises:
            TooLateToUndo: it was sent, or may have been.
        """
        item = self._handling.item(entry_id)
        if item is None:
            raise TooLateToUndo
        draft = self._drafts.given_back(item.entry, self._clock())
        self._workstation.undo(item.entry, keep=draft)
        return self._drafts.typed_in(item.entry)

    def assign(self, pathway_id: str, owner: str | None) -> None:
        """Give the pathway to somebody; to whom it is already given, nothing happens."""
        pathway = self._pathway(pathway_id)
        if pathway.owner != owner:
            self._workstation.assign(pathway, pathway_id, owner)

    def log_call(
        self, pathway_id: str, whom: str, at: dt.datetime, text: str, *, clears: bool
    ) -> None:
        """Note a telephone call.

        Raises:
            KnownError: there is nothing in it.
        """
        if not text.strip():
            raise KnownError(_NO_NOTE)
        call = PhoneCall(whom=whom.strip(), at=at, text=text.strip(), clears=clears)
        self._workstation.write(pathway_id, call, drop_draft="call")

    def add_note(self, pathway_id: str, text: str) -> None:
        """Write an internal note.

        Raises:
            KnownError: there is nothing in it.
        """
        if not text.strip():
            raise KnownError(_NO_NOTE)
        self._workstation.write(pathway_id, NoteAdded(text=text.strip()), drop_draft="note")

    def conference_agreed(self, pathway_id: str, form: str, at: Point) -> None:
        """A planning conference is agreed."""
        moment = Moment(at.date, at.time)
        self._workstation.write(
            pathway_id, ConferenceAgreed(form=msgspec.convert(form, ConferenceForm), at=moment)
        )

    def minutes_received(self, pathway_id: str, letter: EntryId) -> None:
        """A letter holds the minutes."""
        self._workstation.write(pathway_id, ConferenceMinutesReceived(letter=letter))

    def letter_handled(self, pathway_id: str, letter: EntryId) -> None:
        """A letter that asks for no answer has been seen to."""
        self._workstation.write(pathway_id, LetterHandled(letter=letter))

    def lapse(self, pathway_id: str, reason: str) -> None:
        """There is nothing left to answer."""
        self._workstation.write(pathway_id, Lapsed(reason=msgspec.convert(reason, LapseReason)))

    def close_pathway(self, pathway_id: str) -> None:
        """The municipality is done with it."""
        self._workstation.write(pathway_id, Closed())

    def opened(self, pathway_id: str) -> None:
        """Write down that it was opened, once per look."""
        now = self._clock()
        self._opened = {each: at for each, at in self._opened.items() if now - at < OPENED_AGAIN}
        if pathway_id not in self._opened:
            self._workstation.write(pathway_id, Opened())
            self._opened[pathway_id] = now

    def sign_as(self, signature: Signature) -> None:
        """Sign like this from now on.

        Raises:
            PreferencesError: it could not be kept; the one before is.
        """
        self._keep_signature(signature)
        self.signature = signature

    def _pathway(self, pathway_id: str) -> Pathway:
        pathway = self._workstation.pathway(pathway_id)
        if pathway is None:
            raise KnownError(_NO_PATHWAY)
        return pathway

    def own_signature(self) -> domain.Signature | None:
        """How this user signs; None: as the gateway knows the user."""
        own = self.signature
        if not own.name.strip():
            return None
        return domain.Signature(name=own.name, title=own.title, telephone=own.telephone)


def _what_moved_on(seen: PlanState | None, pathway: Pathway, *, has_text: bool) -> str:
    now = pathway.to_answer
    is_new_plan = seen is None or now is None or seen.plan != now.plan
    return f"{_NEW_PLAN if is_new_plan else _MOVED_ON} {_KEPT if has_text else _NOT_SENT}"
