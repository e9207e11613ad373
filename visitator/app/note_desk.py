"""The notes of a desk: what takes long is done in a thread of its own, in the order it was asked.

Futures raise a `KnownError` for a fault a person can do something about.
"""

import datetime as dt
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from visitator.app.faults import told
from visitator.app.note_views import (
    NoteCandidate,
    NoteJob,
    NoteKindView,
    NoteOffer,
    NotePreview,
    NoteProgress,
    NoteSaved,
    NotesSaved,
    NoteWish,
)
from visitator.app.notes import Notes, Record, kind_view
from visitator.app.preferences import PreferencesError
from visitator.app.views import Box
from visitator.domain.entries import NoteKind

SCREEN_DOTS = 144
PRINTER_DOTS = 300
"""Per inch."""

_T = TypeVar("_T")


class NoteDesk:
    """One user's notes; made by `Desk`, and reached as `desk.notes`.

    Args:
        notes: what is done.
        record: puts what has left in the journal; waits until it is there.
        folder: where notes were saved last; empty when they never were.
        keep_folder: keeps where they are saved from now on; raises a known fault.
    """

    def __init__(
        self,
        notes: Notes,
        record: Record,
        *,
        folder: str,
        keep_folder: Callable[[str], None],
    ) -> None:
        self._notes = notes
        self._record = record
        self._keep_folder = keep_folder
        self.is_closed = False
        """Nothing more is begun."""
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="visitator-notes")
        self.folder = folder
        """Where notes were saved last; empty when they never were."""

    # --- quick reads, in the caller's thread ----------------------------------------------------

    def offer(self, pathway_id: str) -> NoteOffer | None:
        """What a note of a pathway can be; None when there is no such pathway."""
        with told():
            return self._notes.offer(pathway_id)

    @property
    def author(self) -> str:
        """Name and title of who would sign."""
        return self._notes.author

    @property
    def kinds(self) -> tuple[NoteKindView, ...]:
        """Every kind of note there is."""
        return tuple(map(kind_view, NoteKind))

    # --- what takes its time --------------------------------------------------------------------

    def preview(self, pathway_id: str, wish: NoteWish) -> Future[NotePreview]:
        """The note as it will look on a screen."""
        return self._do(lambda: self._notes.preview(pathway_id, wish, SCREEN_DOTS))

    def for_printer(self, pathway_id: str, wish: NoteWish) -> Future[NotePreview]:
        """The note as fine as a printer wants it; say `printed` when it is."""
        return self._do(lambda: self._notes.preview(pathway_id, wish, PRINTER_DOTS))

    def printed(self, pathway_id: str, wish: NoteWish) -> Future[None]:
        """Put in the journal that the note was printed."""
        return self._do(lambda: self._notes.printed(pathway_id, wish, self._record))

    def text(self, pathway_id: str, wish: NoteWish) -> Future[str]:
        """The note as plain text, to be copied; that it was is in the journal."""
        return self._do(lambda: self._notes.text(pathway_id, wish, self._record))

    def save(
        self, pathway_id: str, wish: NoteWish, folder: str, *, replace: bool = False
    ) -> Future[NoteSaved]:
        """Save the note in a folder, and remember the folder.

        `replace`: a file of the same name is replaced; else nothing is saved when there is one.
        """

        def work() -> NoteSaved:
            saved = self._notes.save(pathway_id, wish, Path(folder), self._record, replace=replace)
            self._remember(folder)
            return saved

        return self._do(work)

    def candidates(self, wanted: dt.date | Box) -> Future[tuple[NoteCandidate, ...]]:
        """The pathways of a list, or those spoken of with a hospital on a day."""
        if isinstance(wanted, Box):
            return self._do(lambda: self._notes.listed_in(wanted))
        return self._do(lambda: self._notes.done_on(wanted))

    def save_many(
        self,
        jobs: tuple[NoteJob, ...],
        wish: NoteWish,
        folder: str,
        *,
        tell: Callable[[NoteProgress], object],
        is_cancelled: Callable[[], bool],
    ) -> Future[NotesSaved]:
        """Save the notes of many pathways; see `Notes.save_many`.

        `tell` is called in another thread. Closing the desk cancels what is left.
        """

        def work() -> NotesSaved:
            done = self._notes.save_many(
                jobs,
                wish,
                Path(folder),
                self._record,
                tell=tell,
                is_cancelled=lambda: self.is_closed or is_cancelled(),
            )
            self._remember(folder)
            return done

        return self._do(work)

    def close(self) -> None:
        """End after the note that is being written."""
        self.is_closed = True
        self._notes.stop()
        self._thread.shutdown(cancel_futures=True)
        self._notes.close()

    def _remember(self, folder: str) -> None:
        """Keep the folder; that it cannot be kept is no reason to say a note was not saved."""
        if folder != self.folder:
            self.folder = folder
            with suppress(PreferencesError):
                self._keep_folder(folder)

    def _do(self, work: Callable[[], _T]) -> Future[_T]:
        return self._thread.submit(_guarded, work)


def _guarded(work: Callable[[], _T]) -> _T:
    with told():
        return work()
