"""Indlæggelser: the list at the left, one admission at the right, and what is done about it.

What is wanted concerns the admission that was shown when it was asked for.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui import keys
from ui.admission import wording
from ui.admission.dialogs import EnterDialog, LeaveDialog, NameDialog, SayDialog
from ui.admission.pane import AdmissionPane
from ui.admission.printing import PDF, WORD, PrintDialog, ask_file, pdf, send_to_printer
from ui.admission.report import KIND, copy
from ui.admission.rows import AdmissionRows
from ui.admission.sheet import Sheet
from ui.bridge import Bridge
from ui.dialogs.assign import AssignDialog
from ui.inbox.list import InboxList
from ui.key_button import KeyButton
from ui.list_page import ListPage
from ui.translation import tr
from ui.whom import citizen_words
from visitator.app.admission_views import AdmissionFlag, AdmissionView, FollowUpView, PartView
from visitator.app.views import ChangeSet, Colleague, OfficeView, Point, Signature

_MANY = 1_000


class AdmissionPage(ListPage):
    """List and admission of one desk."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        self._admissions = bridge.desk.admissions
        rows = InboxList(AdmissionRows(self._admissions, bridge.desk.now), words=wording)
        super().__init__(bridge, rows, parent)
        self.list.setAccessibleName(tr("Indlæggelser"))
        self.list.setObjectName("admissionList")
        self.pane = AdmissionPane()
        self._enter_button = KeyButton(tr("Opret …"), keys.hint("admit"))
        self._enter_button.setAccessibleName(tr("Opret indlæggelse …"))
        self._enter_button.clicked.connect(self.enter)
        self._lay_out(self.pane, self._enter_button)
        self._connect()

    def _connect(self) -> None:
        self.list.chosen.connect(self.show_one)
        pane = self.pane
        pane.name_wanted.connect(self.name_citizen)
        pane.leave_wanted.connect(self.note_leave)
        pane.pathway_wanted.connect(lambda: self.pathway_wanted.emit(self.pathway_id))
        pane.checklist.tick_wanted.connect(self._tick)
        pane.checklist.note_wanted.connect(self.write_note)
        pane.checklist.all_wanted.connect(self.all_brought)
        pane.checklist.present_wanted.connect(self.say_present)
        pane.checklist.print_wanted.connect(self.print_list)
        pane.follow_ups.assign_wanted.connect(self.assign_follow_up)
        pane.follow_ups.close_wanted.connect(self.close_follow_up)
        report = pane.report
        report.send_wanted.connect(self._send)
        report.copy_wanted.connect(self._copy)
        report.not_needed_wanted.connect(self.not_needed)
        report.name_wanted.connect(self.name_citizen)
        report.draft_changed.connect(
            lambda pathway_id, draft: self._do(self._desk.save_draft(pathway_id, draft))
        )

    # --- what is shown --------------------------------------------------------------------------

    @property
    def pathway_id(self) -> str:
        """Of the admission that is shown; empty when there is none."""
        view = self.pane.view
        return "" if view is None else view.row.pathway_id

    def be_for(self, office: OfficeView) -> None:
        """Offer what the one who sits here may do."""
        self._enter_button.setVisible(office.may_tick)
        self.refresh()

    def changed(self, news: ChangeSet) -> None:
        """Follow what has happened."""
        if news.everything or news.pathways or news.outbox:
            self.list.refresh()
        is_own = self.pathway_id in news.pathways
        if self.pathway_id and (news.everything or is_own or news.drafts or news.outbox):
            self._put(self.pathway_id)

    def count_down(self) -> None:
        """Let what is shown follow the clock."""
        self.pane.show_time(self._desk.now())

    def open_admission(self, pathway_id: str) -> None:
        """Go to an admission from somewhere else, whether it has ended or not."""
        if self._admissions.position(pathway_id) is None:
            self._ended.setChecked(self._admissions.row(pathway_id) is not None)
        if not self.list.choose(pathway_id):
            self.show_one(pathway_id)

    def _put(self, pathway_id: str) -> None:
        view = self._admissions.view(pathway_id)
        if view is None:
            self.pane.show_nothing()
        else:
            self.pane.show_admission(
                view,
                self._desk.now(),
                draft=self._desk.draft(pathway_id, KIND),
                office=self._desk.office(),
            )
        self.shown.emit(self.pathway_id)

    # --- the checklist --------------------------------------------------------------------------

    def tick(self, number: int) -> None:
        """Say the state `number` (from 0) of the part that has the focus."""
        if self.pane.view is not None:
            self.pane.checklist.tick(number)

    def _tick(self, part: str, state: str | None) -> None:
        view = self.pane.view
        known = self._part(part)
        if view is None or known is None:
            return
        # What was noted of it before still holds where it is said to be missing.
        note = known.tick.note if known.tick and state else ""
        self._do(self._admissions.tick(view.row.pathway_id, part, state, note))

    def all_brought(self) -> None:
        """Alt medbragt: every part nobody has said anything of."""
        view = self.pane.view
        if view is None or view.checklist is None:
            return
        rest = view.row.total - view.row.done
        if not rest:
            self.told.emit(tr("Hele tjeklisten er krydset af i forvejen."))
            return
        said = tr("{count} punkter er markeret som medbragt.", count=rest)
        future = self._admissions.all_brought(view.row.pathway_id)
        self._bridge.call(future, lambda _: self.told.emit(said), self.told.emit)

    def write_note(self, part: str) -> None:
        """A note on a part: where it is, who brings it."""
        view, known = self.pane.view, self._part(part)
        if view is None or known is None or known.tick is None:
            return
        tick, pathway_id = known.tick, view.row.pathway_id
        dialog = SayDialog(
            known.label,
            self._about(view),
            tr("Gem"),
            label=tr("Notat, fx hvor det ligger, eller hvem der kommer med det"),
            text=tick.note,
            is_required=False,
            parent=self,
        )
        dialog.said.connect(
            lambda note: self._do(self._admissions.tick(pathway_id, part, tick.state or None, note))
        )
        dialog.open()

    def say_present(self, was_present: bool) -> None:
        """Who was in the home; nobody at one press."""
        view = self.pane.view
        if view is None:
            return
        pathway_id = view.row.pathway_id
        if not was_present:
            self._do(self._admissions.present(pathway_id, False))
            return
        dialog = SayDialog(
            tr("Til stede ved indlæggelsen"),
            self._about(view),
            tr("Gem"),
            label=tr("Medarbejderens navn og titel; tomt, hvis ingen var til stede"),
            text=view.present or self._own_name(view),
            is_required=False,
            parent=self,
        )
        dialog.said.connect(
            lambda who: self._do(self._admissions.present(pathway_id, bool(who), who))
        )
        dialog.open()

    def _own_name(self, view: AdmissionView) -> str:
        """Care staff tick what they bring along themselves; others write of somebody else."""
        office = self._desk.office()
        if not office.is_care_staff or view.was_present is not None:
            return ""
        return ", ".join(part for part in (office.user_name, office.role) if part)

    def print_list(self) -> None:
        """Print the checklist, or keep it as a PDF or a Word file."""
        blank = self._admissions.blank()
        if blank is None:
            self.told.emit(tr("Aftalen har ingen tjekliste."))
            return
        dialog = PrintDialog(
            self.pane.view,
            self._admissions.rows(0, _MANY),
            blank,
            self._admissions.view,
            self._desk.now(),
            self,
        )
        dialog.print_wanted.connect(self._print)
        dialog.pdf_wanted.connect(self._save_pdf)
        dialog.word_wanted.connect(self._save_word)
        dialog.open()

    def _print(self, sheet: Sheet) -> None:
        if send_to_printer(self, sheet, self.told.emit):
            self._do(self._admissions.printed(sheet.pathway_ids))

    def _save_pdf(self, sheet: Sheet) -> None:
        file, is_named = ask_file(self, self._desk.now().date(), PDF)
        if file:
            self._do(
                self._admissions.save_pdf(sheet.pathway_ids, file, pdf(sheet), replace=is_named),
                lambda _: self.told.emit(tr("Tjeklisten er gemt som PDF.")),
            )

    def _save_word(self, sheet: Sheet) -> None:
        file, is_named = ask_file(self, self._desk.now().date(), WORD)
        if file:
            self._do(
                self._admissions.save_word(
                    sheet.pathway_ids,
                    file,
                    is_filled=sheet.is_filled,
                    is_round=sheet.is_round,
                    replace=is_named,
                ),
                lambda _: self.told.emit(tr("Tjeklisten er gemt som Word.")),
            )

    # --- what is missing ------------------------------------------------------------------------

    def assign_follow_up(self, part: str) -> None:
        """Give what is missing to somebody."""
        view, known = self.pane.view, self._follow_up(part)
        if view is None or known is None:
            return
        pathway_id, office = view.row.pathway_id, self._desk.office()
        dialog = AssignDialog(
            f"{known.label} · {self._about(view)}",
            me=Colleague(user=office.user, name=office.user_name),
            colleagues=self._admissions.staff(),
            owner=known.owner,
            parent=self,
        )
        dialog.chosen.connect(
            lambda owner: self._do(self._admissions.assign_follow_up(pathway_id, part, owner))
        )
        dialog.open()

    def close_follow_up(self, part: str) -> None:
        """What is missing needs nothing more."""
        view, known = self.pane.view, self._follow_up(part)
        if view is None or known is None:
            return
        pathway_id = view.row.pathway_id
        dialog = SayDialog(
            tr("Afslut opfølgning"),
            f"{known.label} · {self._about(view)}",
            tr("Afslut"),
            label=tr("Hvordan endte det?"),
            text=tr("{what} eftersendt", what=known.label),
            parent=self,
        )
        dialog.said.connect(
            lambda text: self._do(self._admissions.close_follow_up(pathway_id, part, text))
        )
        dialog.open()

    # --- the report -----------------------------------------------------------------------------

    def write_report(self) -> None:
        """Go to the report's first empty field."""
        if self.pane.view is not None:
            self.pane.report.take_focus()
            self.pane.ensureWidgetVisible(self.pane.report)

    def _send(self, elsewhere: bool) -> None:
        view, report = self.pane.view, self.pane.report
        if view is None:
            return
        pathway_id = view.row.pathway_id
        signature = report.signature.signature
        if signature != self._desk.office().signature and report.signature.is_complete:
            self._sign_as(signature)
        do = self._admissions.report_sent_elsewhere if elsewhere else self._admissions.send_report
        future = do(pathway_id, report.texts, report.confirmed, report.supplement)

        def sent(_: object) -> None:
            if self.pathway_id == pathway_id:
                report.clear()
                self._put(pathway_id)
                # Not to a field: Ctrl Z takes the report back.
                self.list.setFocus(Qt.FocusReason.OtherFocusReason)

        def failed(why: str) -> None:
            report.not_sent()
            self.told.emit(why)

        self._bridge.call(future, sent, failed)

    def _sign_as(self, signature: Signature) -> None:
        self._bridge.call(self._desk.sign_as(signature))

    def _copy(self) -> None:
        report = self.pane.report
        copy(self._admissions.report_text(report.texts, report.confirmed, report.supplement))
        self.told.emit(tr("Rapportens tekst er kopieret og kan sættes ind i omsorgssystemet."))

    def not_needed(self) -> None:
        """There is nothing to supplement: say why."""
        view = self.pane.view
        if view is None:
            return
        pathway_id = view.row.pathway_id
        dialog = SayDialog(
            tr("Rapporten er ikke nødvendig"),
            self._about(view),
            tr("Gem"),
            label=tr("Hvorfor er der ikke noget at supplere?"),
            lines=3,
            parent=self,
        )
        dialog.said.connect(
            lambda reason: self._do(self._admissions.report_not_needed(pathway_id, reason))
        )
        dialog.open()

    # --- the citizen ----------------------------------------------------------------------------

    def enter(self) -> None:
        """Enter a citizen whose notification is missing."""
        dialog = EnterDialog(self._desk.now(), self)
        dialog.entered.connect(lambda *said: self._enter(dialog, *said))
        dialog.open()

    def _enter(
        self, dialog: EnterDialog, cpr: str, given: str, surname: str, at: Point, ward: str
    ) -> None:
        def entered(pathway_id: str) -> None:
            dialog.accept()
            self.list.refresh()
            self.open_admission(pathway_id)

        future = self._admissions.enter(cpr, given, surname, at, ward)
        self._bridge.call(future, entered, dialog.show_fault)

    def name_citizen(self) -> None:
        """Write the name of a citizen of whom only the number has come."""
        view = self.pane.view
        if view is None:
            return
        pathway_id = view.row.pathway_id
        dialog = NameDialog(self._about(view), self)
        dialog.named.connect(
            lambda given, surname: self._do(
                self._admissions.name_citizen(pathway_id, given, surname)
            )
        )
        dialog.open()

    def note_leave(self) -> None:
        """On leave, or back."""
        view = self.pane.view
        if view is None:
            return
        pathway_id, is_back = view.row.pathway_id, AdmissionFlag.LEAVE in view.row.flags
        dialog = LeaveDialog(self._about(view), self._desk.now(), is_back=is_back, parent=self)
        dialog.noted.connect(
            lambda at: self._do(self._admissions.note_leave(pathway_id, not is_back, at))
        )
        dialog.open()

    # --- helpers --------------------------------------------------------------------------------

    def _about(self, view: AdmissionView) -> str:
        return f"{citizen_words(view.citizen)} · {wording.ward(view.row)}"

    def _part(self, code: str) -> PartView | None:
        view = self.pane.view
        items = view.checklist.items if view is not None and view.checklist else ()
        parts = (part for item in items for part in item.parts)
        return next((part for part in parts if part.code == code), None)

    def _follow_up(self, part: str) -> FollowUpView | None:
        view = self.pane.view
        follow_ups = () if view is None else view.follow_ups
        return next((each for each in follow_ups if each.part == part), None)
