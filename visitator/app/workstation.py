"""What a visitator can do at a workstation, one entry at a time: the rules of writing them.

`Desk` puts the threads around it; nothing below it knows who works here.
"""

import datetime as dt
from collections.abc import Callable

import msgspec

from visitator.app.errors import NothingToAnswerError
from visitator.domain.entries import (
    AdmissionReportSent,
    AnswerCategory,
    Assigned,
    Body,
    CorrespondenceSent,
    Entry,
    EntryId,
    ReplySent,
    ReportChannel,
)
from visitator.domain.pathway import Pathway
from visitator.domain.reply import Signature
from visitator.identifiers import new_entry_id, new_letter_id
from visitator.store import Changes, Draft, Store

UNDO_WINDOW = dt.timedelta(seconds=10)
"""How long a reply or a letter waits in the outbox before it may be sent (architecture §5)."""

REPORT_DRAFT = "admission_report"
"""The kind of the draft in which an admission report is written."""


class Workstation:
    """One user at one workstation.

    Args:
        store: the local database, open.
        user: who acts; the author of every entry.
        device: the name of this workstation.
        clock: the present instant, aware.
        woken: called when there is something to send.
    """

    def __init__(
        self,
        store: Store,
        *,
        user: str,
        device: str,
        clock: Callable[[], dt.datetime],
        woken: Callable[[], None] = lambda: None,
    ) -> None:
        self._store = store
        self._user = user
        self._device = device
        self._clock = clock
        self._woken = woken

    def pathway(self, pathway_id: str) -> Pathway | None:
        """A pathway as this user sees it: what is accepted, and what they did themselves."""
        return self._store.pathway(pathway_id, self._user)

    def reply(
        self,
        pathway: Pathway,
        pathway_id: str,
        category: AnswerCategory,
        comment: str = "",
        *,
        signature: Signature | None = None,
    ) -> Entry:
        """Answer the plan as it stands in `pathway`, the state the author was looking at.

        The reply waits in the outbox and can be undone for ten seconds. The draft it was written
        in is gone with it.

        Raises:
            NothingToAnswerError: there is no plan in it.
            StoreError: it could not be kept; nothing has happened.
        """
        if pathway.to_answer is None:
            raise NothingToAnswerError("Forløbet har ingen plejeforløbsplan at svare på.")
        body = ReplySent(
            category=category,
            answers=pathway.to_answer,
            comment=comment,
            letter_id=new_letter_id(),
            envelope_id=new_letter_id(),
            signature=signature,
        )
        return self._send(pathway_id, body, drop_draft=category.value)

    def send_letter(
        self,
        pathway_id: str,
        subject: str,
        text: str,
        *,
        purpose: str | None = None,
        answers: EntryId | None = None,
        signature: Signature | None = None,
    ) -> Entry:
        """Write to the hospital (korrespondancemeddelelse); it can be undone as a reply can.

        Raises:
            StoreError: it could not be kept; nothing has happened.
        """
        body = CorrespondenceSent(
            subject=subject,
            text=text,
            purpose=purpose,
            answers=answers,
            letter_id=new_letter_id(),
            envelope_id=new_letter_id(),
            signature=signature,
        )
        return self._send(pathway_id, body, drop_draft="letter")

    def send_report(
        self,
        pathway_id: str,
        report: AdmissionReportSent,
        *,
        answers: EntryId | None = None,
        signature: Signature | None = None,
    ) -> Entry:
        """Send an admission report (indlæggelsesrapport); it can be undone as a reply can.

        Args:
            pathway_id: whose.
            report: what it says; it gets numbers of its own, also one that was sent before.
            answers: the entry that brought the notification it supplements.
            signature: who signs.

        Raises:
            StoreError: it could not be kept; nothing has happened.
        """
        body = msgspec.structs.replace(
            report,
            answers=answers,
            letter_id=new_letter_id(),
            envelope_id=new_letter_id(),
            signature=signature,
        )
        return self._send(pathway_id, body, drop_draft=REPORT_DRAFT)

    def report_sent_elsewhere(self, pathway_id: str, report: AdmissionReportSent) -> Entry:
        """Write down that a report was sent from the care record system.

        Raises:
            StoreError: it could not be kept; nothing has happened.
        """
        body = msgspec.structs.replace(report, channel=ReportChannel.CARE_RECORD)
        return self._send(pathway_id, body, drop_draft=REPORT_DRAFT)

    def undo(self, entry: Entry, *, keep: Draft | None = None) -> Changes:
        """Take back what was not sent yet; `keep` is what was written in it.

        Raises:
            TooLateToUndo: it was sent, or may have been.
        """
        return self._store.cancel(entry.id, keep=keep)

    def assign(self, pathway: Pathway, pathway_id: str, owner: str | None) -> Entry:
        """Give the pathway to somebody, or to nobody; it takes effect if nobody else was first."""
        return self.write(pathway_id, Assigned(owner=owner, previous=pathway.owner))

    def write(self, pathway_id: str, body: Body, *, drop_draft: str | None = None) -> Entry:
        """Put down something that goes to no hospital, and so needs no time to be undone.

        Raises:
            StoreError: it could not be kept; nothing has happened.
        """
        entry = self.entry(pathway_id, body)
        self._store.append(entry, drop_draft=drop_draft)
        self._woken()
        return entry

    def wake(self) -> None:
        """There is something to send."""
        self._woken()

    def entry(self, pathway_id: str, body: Body) -> Entry:
        """An entry of this user's, made now."""
        now = self._clock()
        return Entry(
            id=new_entry_id(now),
            pathway_id=pathway_id,
            author=self._user,
            device=self._device,
            occurred_at=now,
            version=body.schema,
            body=body,  # type: ignore[arg-type]
        )

    def _send(self, pathway_id: str, body: Body, *, drop_draft: str) -> Entry:
        entry = self.entry(pathway_id, body)
        until = entry.occurred_at + UNDO_WINDOW
        self._store.append(entry, not_before=until, drop_draft=drop_draft)
        self._woken()
        return entry
