"""What one does about a pathway beside answering its plan: assign, telephone, write, decide.

Everything acts on the pathway that was shown when it was asked for.
"""

import datetime as dt

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from ui import words
from ui.asking import is_sure
from ui.bridge import Bridge
from ui.dialogs import call, letter, note
from ui.dialogs.assign import AssignDialog
from ui.dialogs.call import CallDialog
from ui.dialogs.choice import ChoiceDialog
from ui.dialogs.conference import ConferenceDialog
from ui.dialogs.form import FormDialog
from ui.dialogs.letter import LetterDialog
from ui.dialogs.note import NoteDialog
from ui.pathway.more import from_hospital
from ui.translation import term, tr
from ui.whom import about, addressed, citizen_words
from visitator.app.views import (
    Colleague,
    Decision,
    DraftView,
    Letter,
    Option,
    PathwayView,
    Point,
    Signature,
)

_SHOWN_OF_A_LETTER = 120
"""So many characters of a letter say which one it is."""


class Casework(QObject):
    """Opens the dialogs of one window and hands what was filled in to the desk."""

    told = Signal(str)
    """A sentence for the person."""
    edit_wanted = Signal(str, str)
    """A pathway and the kind of a draft: it is to be written on."""

    def __init__(self, bridge: Bridge, window: QWidget) -> None:
        super().__init__(window)
        self._bridge = bridge
        self._desk = bridge.desk
        self._window = window
        self._view: PathwayView | None = None

    def show_pathway(self, view: PathwayView | None) -> None:
        """From now on a key is about this pathway."""
        self._view = view

    def assign(self) -> None:
        """Give the pathway to somebody; it takes effect if nobody else was first."""
        view = self._view
        if view is None:
            return
        office = self._desk.office()
        now = tr("Nu: {name}", name=view.owner_name) if view.owner else tr("Nu: ingen")
        dialog = AssignDialog(
            f"{self._about(view)} · {now}",
            me=Colleague(user=office.user, name=office.user_name),
            colleagues=self._desk.colleagues(),
            owner=view.owner,
            parent=self._window,
        )
        dialog.chosen.connect(lambda owner: self._assign(view, owner))
        dialog.open()

    def _assign(self, view: PathwayView, owner: str | None) -> None:
        if owner != view.owner:
            self._bridge.call(self._desk.assign(view.pathway_id, owner), None, self.told.emit)

    # --- what is written ------------------------------------------------------------------------

    def call(self) -> None:
        """Note a telephone call."""
        view = self._view
        if view is None:
            return
        dialog = CallDialog(
            self._about(view),
            ward=view.answering.to,
            now=self._desk.now(),
            is_awaiting=view.is_awaiting_hospital,
            draft=self._desk.draft(view.pathway_id, call.KIND),
            parent=self._window,
        )

        def noted(whom: str, at: dt.datetime, text: str, clears: bool) -> None:
            kept = DraftView(kind=call.KIND, text=text, subject=whom)
            self._bridge.call(
                self._desk.log_call(view.pathway_id, whom, at, text, clears),
                None,
                lambda why: self._keep_and_tell(view.pathway_id, kept, why),
            )

        dialog.noted.connect(noted)
        self._open(dialog, view)

    def write(self) -> None:
        """Write a letter to the hospital."""
        view = self._view
        if view is None:
            return
        dialog = LetterDialog(
            addressed(view, self._desk.now()),
            view.answering,
            signature=self._desk.office().signature,
            draft=self._desk.draft(view.pathway_id, letter.KIND),
            parent=self._window,
        )

        def send(subject: str, text: str, purpose: str) -> None:
            choices = (purpose,) if purpose else ()
            kept = DraftView(kind=letter.KIND, text=text, subject=subject, choices=choices)
            self._bridge.call(
                self._desk.send_letter(view.pathway_id, subject, text, purpose or None),
                None,
                lambda why: self._keep_and_tell(view.pathway_id, kept, why),
            )

        dialog.signature_changed.connect(self._sign_as)
        dialog.written.connect(send)
        dialog.finished.connect(lambda _: self._desk.look_at(view.pathway_id, composing=False))
        self._desk.look_at(view.pathway_id, composing=True)
        self._open(dialog, view)

    def note(self) -> None:
        """Write an internal note."""
        view = self._view
        if view is None:
            return
        draft = self._desk.draft(view.pathway_id, note.KIND)
        dialog = NoteDialog(self._about(view), draft=draft, parent=self._window)

        def keep(text: str) -> None:
            kept = DraftView(kind=note.KIND, text=text)
            self._bridge.call(
                self._desk.add_note(view.pathway_id, text),
                None,
                lambda why: self._keep_and_tell(view.pathway_id, kept, why),
            )

        dialog.written.connect(keep)
        self._open(dialog, view)

    def _open(self, dialog: FormDialog, view: PathwayView) -> None:
        dialog.draft_changed.connect(lambda kept: self._keep(view.pathway_id, kept))
        dialog.open()

    def _sign_as(self, signature: Signature) -> None:
        self._bridge.call(self._desk.sign_as(signature))

    def letter_handled(self, entry_id: str) -> None:
        """Somebody has seen to a letter from the hospital; there is nothing to answer."""
        view = self._view
        if view is None:
            return
        self._bridge.call(
            self._desk.letter_handled(view.pathway_id, entry_id),
            lambda _: self.told.emit(tr("Brevet er markeret som behandlet.")),
            self.told.emit,
        )

    # --- the conference, and the end ------------------------------------------------------------

    def conference(self) -> None:
        """Note that a planning conference is agreed."""
        view = self._view
        if view is None:
            return
        dialog = ConferenceDialog(
            self._about(view),
            forms=view.answering.forms,
            today=self._desk.now().date(),
            parent=self._window,
        )

        def agreed(form: str, at: Point) -> None:
            future = self._desk.conference_agreed(view.pathway_id, form, at)
            self._bridge.call(future, None, self.told.emit)

        dialog.agreed.connect(agreed)
        dialog.open()

    def minutes(self) -> None:
        """Say which of the hospital's letters holds the minutes (beslutningsreferat)."""
        view = self._view
        if view is None:
            return
        letters = from_hospital(view)
        dialog = ChoiceDialog(
            tr("Beslutningsreferat modtaget"),
            self._about(view),
            tr("Gem"),
            label=tr("Hvilket brev fra sygehuset er beslutningsreferatet?"),
            options=tuple(self._letter(each) for each in reversed(letters)),
            parent=self._window,
        )
        dialog.chosen.connect(
            lambda entry_id: self._bridge.call(
                self._desk.minutes_received(view.pathway_id, entry_id), None, self.told.emit
            )
        )
        dialog.open()

    def _letter(self, each: Letter) -> Option:
        when = words.at(each.at, self._desk.now())
        text = " ".join(str(each.text).split())
        shown = text[:_SHOWN_OF_A_LETTER] + ("…" if len(text) > _SHOWN_OF_A_LETTER else "")
        return Option(
            code=each.entry_id, label=f"{term(each.title)} · {each.who} · {when}", text=shown
        )

    def lapse(self) -> None:
        """There is nothing left to answer: say why (bortfald)."""
        view = self._view
        if view is None:
            return
        dialog = ChoiceDialog(
            tr("Forløbet bortfalder"),
            self._about(view),
            tr("Lad bortfalde"),
            label=tr("Hvorfor er der ikke længere noget at svare på?"),
            options=view.lapse_reasons,
            parent=self._window,
        )
        dialog.chosen.connect(
            lambda reason: self._bridge.call(
                self._desk.lapse(view.pathway_id, reason), None, self.told.emit
            )
        )
        dialog.open()

    def close_pathway(self) -> None:
        """The municipality is done with it; asked about first."""
        view = self._view
        if view is None:
            return
        who = citizen_words(view.citizen)
        text = tr(
            "Skal forløbet for {who} afsluttes? Det forlader indbakken og står under Alle forløb. "
            "Sygehuset får ikke besked.",
            who=who,
        )
        if is_sure(self._window, tr("Afslut forløbet"), text, tr("Afslut")):
            self._bridge.call(
                self._desk.close_pathway(view.pathway_id),
                lambda _: self.told.emit(tr("Forløbet er afsluttet.")),
                self.told.emit,
            )

    # --- decisions ------------------------------------------------------------------------------

    def copy_telephone(self) -> None:
        """Put the ward's telephone number on the clipboard."""
        view = self._view
        if view is None:
            return
        number = view.answering.telephone
        if not number:
            self.told.emit(tr("Afdelingen har ikke oplyst et telefonnummer."))
            return
        QGuiApplication.clipboard().setText(number)
        self.told.emit(tr("{number} er kopieret.", number=number))

    def decide(self, entry_id: str, decision: Decision) -> None:
        """Do what was decided about something in Kræver handling."""
        found = (each for each in self._desk.attention() if each.entry_id == entry_id)
        item = next(found, None)

        def done(_: None) -> None:
            if decision is Decision.EDIT and item is not None:
                self._write_on(item.pathway_id)

        self._bridge.call(self._desk.decide(entry_id, decision), done, self.told.emit)

    def take_back(self, entry_id: str, pathway_id: str) -> None:
        """Take something out of the outbox; what was written in it is to be written on."""

        def taken(draft: DraftView) -> None:
            if draft.text.strip() or draft.choices:
                self.edit_wanted.emit(pathway_id, draft.kind)
            else:
                self.told.emit(tr("Det er annulleret og ikke sendt."))

        self._bridge.call(self._desk.cancel_waiting(entry_id), taken, self.told.emit)

    def drop_draft(self, kind: str) -> None:
        """Delete what was typed and not sent; asked about first."""
        view = self._view
        if view is None:
            return
        text = tr("Kladden om {who} slettes. Det kan ikke fortrydes.", who=self._about(view))
        if is_sure(self._window, tr("Slet kladden"), text, tr("Slet")):
            self._bridge.call(self._desk.drop_draft(view.pathway_id, kind))

    def _write_on(self, pathway_id: str) -> None:
        """Go on with the draft that was kept last."""
        drafts = self._desk.drafts(pathway_id)
        if drafts:
            self.edit_wanted.emit(pathway_id, drafts[0].kind)

    def _about(self, view: PathwayView) -> str:
        return about(view, self._desk.now())

    def _keep(self, pathway_id: str, draft: DraftView) -> None:
        self._bridge.call(self._desk.save_draft(pathway_id, draft))

    def _keep_and_tell(self, pathway_id: str, draft: DraftView, why: str) -> None:
        self._keep(pathway_id, draft)
        self.told.emit(why)
