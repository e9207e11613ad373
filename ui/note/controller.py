"""Opens the dialogs about case notes and has done what they want."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from ui.asking import is_sure
from ui.bridge import Bridge
from ui.dialogs.form import FormDialog
from ui.note import printing
from ui.note.dialog import WordNoteDialog
from ui.note.many import WordNotesDialog
from ui.translation import tr
from ui.whom import about
from visitator.app.note_views import NotePreview, NoteProgress, NoteSaved, NoteWish
from visitator.app.views import Box, PathwayView

_T = TypeVar("_T")


class NoteController(QObject):
    """The notes of one window; what they concern is the pathway shown when a key was pressed."""

    told = Signal(str)
    """A sentence for the person."""

    _progressed = Signal(object)

    def __init__(self, bridge: Bridge, window: QWidget) -> None:
        super().__init__(window)
        self._bridge = bridge
        self._desk = bridge.desk
        self._notes = bridge.desk.notes
        self._window = window
        self._view: PathwayView | None = None
        self._dialog: FormDialog | None = None
        self._progressed.connect(self._progress)

    def show_pathway(self, view: PathwayView | None) -> None:
        """From now on a key is about this pathway."""
        self._view = view

    # --- one ------------------------------------------------------------------------------------

    def write(self, kind: str = "") -> None:
        """Write a note of the pathway that is shown; `kind` is what it is to begin with."""
        view = self._view
        offer = self._notes.offer(view.pathway_id) if view is not None else None
        if view is None or offer is None:
            return
        pathway_id, folder = view.pathway_id, self._notes.folder
        whom = about(view, self._desk.now())
        dialog = WordNoteDialog(whom, offer, kind=kind, folder=folder, parent=self._window)
        dialog.draft_changed.connect(
            lambda kept: self._bridge.call(self._desk.save_draft(pathway_id, kept))
        )
        dialog.preview_wanted.connect(lambda wish: self._preview(dialog, pathway_id, wish))
        dialog.copy_wanted.connect(lambda wish: self._copy(dialog, pathway_id, wish))
        dialog.print_wanted.connect(lambda wish: self._print(dialog, pathway_id, wish))
        dialog.save_wanted.connect(
            lambda wish, folder: self._save(dialog, pathway_id, wish, folder)
        )
        self._open(dialog)

    def _preview(self, dialog: WordNoteDialog, pathway_id: str, wish: NoteWish) -> None:
        self._bridge.call(
            self._notes.preview(pathway_id, wish),
            self._if_open(dialog, dialog.show_preview),
            self._if_open(dialog, dialog.show_no_preview),
        )

    def _save(
        self,
        dialog: WordNoteDialog,
        pathway_id: str,
        wish: NoteWish,
        folder: str,
        *,
        replace: bool = False,
    ) -> None:
        def saved(done: NoteSaved) -> None:
            is_open = self._dialog is dialog
            if not done.is_there:
                if is_open:
                    dialog.accept()
                self.told.emit(_saved_words(done))
            elif is_open and _may_replace(dialog, done.name):
                self._save(dialog, pathway_id, wish, folder, replace=True)
            elif is_open:
                dialog.end_busy()

        future = self._notes.save(pathway_id, wish, folder, replace=replace)
        self._bridge.call(future, saved, self._if_open(dialog, dialog.fail, self.told.emit))

    def _copy(self, dialog: WordNoteDialog, pathway_id: str, wish: NoteWish) -> None:
        def copied(text: str) -> None:
            QGuiApplication.clipboard().setText(text)
            dialog.say(tr("Notatet er kopieret og kan sættes ind i omsorgssystemet."))

        self._bridge.call(
            self._notes.text(pathway_id, wish),
            self._if_open(dialog, copied),
            self._if_open(dialog, dialog.fail),
        )

    def _print(self, dialog: WordNoteDialog, pathway_id: str, wish: NoteWish) -> None:
        def ready(fine: NotePreview) -> None:
            dialog.end_busy()
            if printing.print_note(fine, dialog):
                self._bridge.call(
                    self._notes.printed(pathway_id, wish),
                    self._if_open(
                        dialog, lambda _: dialog.say(tr("Notatet er sendt til printeren."))
                    ),
                    self._if_open(dialog, dialog.fail, self.told.emit),
                )

        self._bridge.call(
            self._notes.for_printer(pathway_id, wish),
            self._if_open(dialog, ready),
            self._if_open(dialog, dialog.fail),
        )

    # --- many -----------------------------------------------------------------------------------

    def write_many(self, box: Box) -> None:
        """Write the notes of many pathways; `box` is the list one is in."""
        notes = self._notes
        dialog = WordNotesDialog(
            notes.kinds,
            author=notes.author,
            today=self._desk.now().date(),
            box=box,
            folder=notes.folder,
            parent=self._window,
        )
        dialog.candidates_wanted.connect(lambda wanted: self._candidates(dialog, wanted))
        dialog.save_wanted.connect(lambda: self._save_many(dialog))
        self._open(dialog)
        dialog.begin()

    def _candidates(self, dialog: WordNotesDialog, wanted: dt.date | Box) -> None:
        self._bridge.call(
            self._notes.candidates(wanted),
            self._if_open(dialog, lambda found: dialog.show_candidates(wanted, found)),
            self._if_open(dialog, dialog.fail),
        )

    def _save_many(self, dialog: WordNotesDialog) -> None:
        future = self._notes.save_many(
            dialog.jobs(),
            dialog.wish(),
            dialog.folder,
            tell=self._progressed.emit,
            is_cancelled=dialog.cancelled.is_set,
        )
        self._bridge.call(
            future,
            self._if_open(dialog, dialog.finish),
            self._if_open(dialog, dialog.fail, self.told.emit),
        )

    def _progress(self, step: NoteProgress) -> None:
        if isinstance(self._dialog, WordNotesDialog):
            self._dialog.progress(step)

    # --- inside ---------------------------------------------------------------------------------

    def _open(self, dialog: FormDialog) -> None:
        self._dialog = dialog
        dialog.finished.connect(self._closed)
        dialog.open()

    def _closed(self) -> None:
        self._dialog = None

    def _if_open(
        self,
        dialog: FormDialog,
        do: Callable[[_T], object],
        otherwise: Callable[[_T], object] = lambda _: None,
    ) -> Callable[[_T], object]:
        """What comes back after a dialog was closed is not for it."""
        return lambda value: do(value) if self._dialog is dialog else otherwise(value)


def _saved_words(done: NoteSaved) -> str:
    folder = Path(done.folder).name or done.folder
    return tr("{file} er gemt i mappen {folder}.", file=done.name, folder=folder)


def _may_replace(dialog: QWidget, name: str) -> bool:
    text = tr("Der ligger allerede en fil med navnet {file}. Skal den erstattes?", file=name)
    return is_sure(dialog, tr("Erstat filen"), text, tr("Erstat"))
