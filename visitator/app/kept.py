"""What a user typed, as a draft (kladde): from the screen, and out of what they took back."""

import datetime as dt

import msgspec

from visitator.app.composing import taken_apart
from visitator.app.views import DraftView
from visitator.app.workstation import REPORT_DRAFT
from visitator.domain.admission import report_text
from visitator.domain.agreement import Agreement
from visitator.domain.deadlines import to_copenhagen
from visitator.domain.entries import (
    AdmissionReportNotNeeded,
    AdmissionReportSent,
    ChecklistTicked,
    CorrespondenceSent,
    Entry,
    FollowUpClosed,
    NoteAdded,
    PhoneCall,
    ReplySent,
)
from visitator.store import Draft, Store


class Drafts:
    """The drafts of one user.

    Args:
        store: where they are kept; nobody else sees them, and they leave the workstation never.
        user: whose they are.
        agreement: the profile answers are composed by.
    """

    def __init__(self, store: Store, user: str, agreement: Agreement) -> None:
        self._store = store
        self._user = user
        self._agreement = agreement

    def find(self, pathway_id: str, kind: str) -> DraftView | None:
        """What was typed and not sent; None when nothing was.

        Raises:
            StoreError: it could not be read.
        """
        return next((each for each in self.of(pathway_id) if each.kind == kind), None)

    def of(self, pathway_id: str) -> tuple[DraftView, ...]:
        """Everything that was typed in a pathway and not sent, the latest first.

        Raises:
            StoreError: it could not be read.
        """
        found = [each for each in self._store.drafts(self._user) if each.pathway_id == pathway_id]
        found.sort(key=lambda draft: draft.updated_at, reverse=True)
        return tuple(_view(draft) for draft in found)

    def save(self, pathway_id: str, view: DraftView, now: dt.datetime) -> None:
        """Keep it in place of the one before; an empty one is none.

        Raises:
            StoreError: it could not be kept.
        """
        if _is_empty(view):
            self.drop(pathway_id, view.kind)
        else:
            self._store.save_draft(self._draft(pathway_id, view, now))

    def drop(self, pathway_id: str, kind: str) -> None:
        """Forget it; none there is no error.

        Raises:
            StoreError: it could not be done.
        """
        self._store.drop_draft(self._user, pathway_id, kind)

    def typed_in(self, entry: Entry) -> DraftView:
        """What was typed in an entry; of a kind without words it is empty, kind and all."""
        match entry.body:
            case ReplySent() as reply:
                composed = taken_apart(reply.comment, reply.category, self._agreement)
                kind, text, choices = reply.category.value, composed.text, composed.choices
                return DraftView(kind=kind, text=text, choices=choices)
            case CorrespondenceSent() as letter:
                choices = (letter.purpose,) if letter.purpose else ()
                subject = letter.subject
                return DraftView(kind="letter", text=letter.text, subject=subject, choices=choices)
            case AdmissionReportSent() as report:
                confirmed = (report.confirmed.value,) if report.confirmed else ()
                fields = {each.code: each.text for each in report.texts}
                return DraftView(
                    kind=REPORT_DRAFT, text=report.supplement, choices=confirmed, fields=fields
                )
            case PhoneCall() as call:
                return DraftView(kind="call", text=call.text, subject=call.whom)
            case NoteAdded() as note:
                return DraftView(kind="note", text=note.text)
            case _:
                return DraftView(kind="", text="")

    def said(self, entry: Entry) -> str:
        """The words of an entry as one text, to be shown; empty of one without words."""
        match entry.body:
            case AdmissionReportSent() as report:
                return report_text(report, self._agreement)
            case AdmissionReportNotNeeded(reason=text) | FollowUpClosed(text=text):
                return text
            case ChecklistTicked(ticks=ticks):
                return "\n".join(each.note for each in ticks if each.note)
            case _:
                return self.typed_in(entry).text

    def given_back(self, entry: Entry, now: dt.datetime) -> Draft | None:
        """The draft that keeps what an entry says when it is taken back; None when it says nothing.

        What was typed since stays, below it.

        Raises:
            StoreError: the draft that is there could not be read.
        """
        view = self.typed_in(entry)
        if _is_empty(view):
            return None
        since = self.find(entry.pathway_id, view.kind)
        texts = [view.text, since.text] if since else [view.text]
        together = "\n\n".join(dict.fromkeys(text for text in texts if text.strip()))
        view = msgspec.structs.replace(view, text=together)
        return self._draft(entry.pathway_id, view, now)

    def _draft(self, pathway_id: str, view: DraftView, now: dt.datetime) -> Draft:
        return Draft(
            user=self._user,
            pathway_id=pathway_id,
            kind=view.kind,
            data=msgspec.json.encode(msgspec.structs.replace(view, updated=None)),
            updated_at=now,
        )


def _view(draft: Draft) -> DraftView:
    view = msgspec.json.decode(draft.data, type=DraftView)
    return msgspec.structs.replace(view, updated=to_copenhagen(draft.updated_at))


def _is_empty(view: DraftView) -> bool:
    typed = (view.text, view.subject, *view.fields.values())
    return not (view.choices or any(text.strip() for text in typed))
