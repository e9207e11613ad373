"""What a visitator can do at a workstation. The screen calls this and nothing below it."""

import datetime as dt
from collections.abc import Callable

from visitator.domain.entries import AnswerCategory, Assigned, Body, Entry, ReplySent
from visitator.domain.pathway import Pathway
from visitator.identifiers import new_entry_id, new_letter_id
from visitator.store import Changes, Store

UNDO_WINDOW = dt.timedelta(seconds=10)
"""How long a reply waits in the outbox before it may be sent (architecture §5)."""


class NothingToAnswerError(Exception):
    """There is no plan to answer, or it changed while the answer was written; Danish text."""


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
        self, pathway: Pathway, pathway_id: str, category: AnswerCategory, comment: str = ""
    ) -> Entry:
        """Answer the plan as it stands in `pathway`, the state the author was looking at.

        The reply waits in the outbox and can be undone for ten seconds.

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
        )
        entry = self._entry(pathway_id, body)
        self._store.append(entry, not_before=entry.occurred_at + UNDO_WINDOW)
        self._woken()
        return entry

    def undo(self, entry: Entry) -> Changes:
        """Take back what was not sent yet.

        Raises:
            TooLateToUndo: it was sent, or may have been.
        """
        return self._store.cancel(entry.id)

    def assign(self, pathway: Pathway, pathway_id: str, owner: str | None) -> Entry:
        """Give the pathway to somebody, or to nobody; it takes effect if nobody else was first."""
        entry = self._entry(pathway_id, Assigned(owner=owner, previous=pathway.owner))
        self._store.append(entry)
        self._woken()
        return entry

    def _entry(self, pathway_id: str, body: Body) -> Entry:
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
