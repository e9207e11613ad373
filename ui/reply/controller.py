"""What happens between an answer's key and the outbox.

An answer goes to the plan that was shown when the key was pressed, in the state it was shown in; a
plan that has only just come up is asked about first (architecture §5, the right citizen).
"""

import msgspec
from PySide6.QtCore import QElapsedTimer, QObject, Signal
from PySide6.QtWidgets import QWidget

from ui.asking import is_sure
from ui.bridge import Bridge
from ui.dialogs.called import CalledDialog
from ui.reply.composer import OK, QUESTION, Composer
from ui.translation import said, term, tr
from ui.whom import about
from visitator.app.views import Decision, DraftView, PathwayView, Sent, Signature

JUST_CAME_MS = 300
"""So soon after a plan has come up nobody can have read it."""


class ReplyController(QObject):
    """Sends the answers of one window."""

    told = Signal(str)
    """A sentence for the person: why nothing was sent, or what was kept."""
    answered = Signal(str)
    """The pathway whose answer is in the outbox now."""

    def __init__(self, bridge: Bridge, window: QWidget) -> None:
        super().__init__(window)
        self._bridge = bridge
        self._desk = bridge.desk
        self._window = window
        self._view: PathwayView | None = None
        self._shown = QElapsedTimer()
        self._shown.start()
        self._composer: Composer | None = None
        self._on_the_way = 0
        """Answers that have been given and are not in the outbox yet."""
        self._is_regretted = False
        """The last of them is to be taken back as soon as it is there."""

    def show_pathway(self, view: PathwayView | None) -> None:
        """From now on a key answers this plan."""
        if view is None or self._view is None or _is_other(view, self._view):
            self._shown.start()
        self._view = view
        if self._composer is not None:
            self._composer.watch(view)

    def answer(self, code: str) -> None:
        """Give the answer, or open the composer for it."""
        view = self._view
        if view is None or not view.versions:
            return
        if not view.answering.can_answer:
            self.told.emit(said(view.answering.why_not))
            return
        if code not in {choice.code for choice in view.answering.choices}:
            self.told.emit(tr("Aftalen har ikke den svarkategori."))
            return
        if code == OK:
            self._answer_ok(view)
        else:
            self._compose(view, code)

    def answer_ok_with_comment(self) -> None:
        """Open the composer for an OK that is no agreement."""
        view = self._view
        if view is None:
            return
        if view.answering.can_answer:
            self._compose(view, OK)
        else:
            self.told.emit(said(view.answering.why_not))

    def undo(self, entry_id: str) -> None:
        """Take back what is still waiting, or what was given a moment ago and comes after it."""
        if not self._regrets():
            self._take_back(entry_id)

    def nothing_to_undo(self) -> None:
        """Ctrl Z came too late, or before anything was sent."""
        if not self._regrets():
            self.told.emit(tr("Der er ikke noget, der kan fortrydes."))

    def _regrets(self) -> bool:
        """Whether the answer meant is still on its way to where it can be taken back."""
        self._is_regretted = self._on_the_way > 0
        return self._is_regretted

    def _arrives(self) -> bool:
        """One is on its way no longer; whether it was the last of them, and is regretted."""
        self._on_the_way -= 1
        if self._on_the_way:
            return False
        was_regretted, self._is_regretted = self._is_regretted, False
        return was_regretted

    def _take_back(self, entry_id: str) -> None:
        """What was written in it is a draft again."""
        has_text = any(each.text for each in self._desk.waiting() if each.entry_id == entry_id)
        done = (
            tr("Det er fortrudt og ikke sendt. Teksten er gemt som kladde.")
            if has_text
            else tr("Det er fortrudt og ikke sendt.")
        )
        self._bridge.call(self._desk.undo(entry_id), lambda _: self.told.emit(done), self.told.emit)

    def send_again(self, entry_id: str) -> None:
        """Send a reply that was not delivered once more."""
        self._decide(
            entry_id, Decision.SEND_AGAIN, tr("Det sendes igen og kan fortrydes i 10 sekunder.")
        )

    def called(self, entry_id: str) -> None:
        """Somebody has telephoned instead of what was not delivered; ask what was said."""
        about_it = (each for each in self._desk.attention() if each.entry_id == entry_id)
        failed = next(about_it, None)
        if failed is None:
            self.told.emit(tr("Der er ikke længere noget at tage stilling til her."))
            return
        whom = ", ".join(part for part in (failed.name, failed.cpr_masked) if part)
        dialog = CalledDialog(whom, term(failed.what), failed.text, self._window)
        dialog.said.connect(
            lambda said: self._decide(
                entry_id, Decision.CALLED, tr("Det er noteret, at der er ringet."), said
            )
        )
        dialog.open()

    def _decide(self, entry_id: str, decision: Decision, done: str, text: str = "") -> None:
        future = self._desk.decide(entry_id, decision, text)
        self._bridge.call(future, lambda _: self.told.emit(done), self.told.emit)

    # --- the three answers ----------------------------------------------------------------------

    def _answer_ok(self, view: PathwayView) -> None:
        """One press, unless nobody can have read the plan yet, nobody signs, or words wait."""
        draft = self._desk.draft(view.pathway_id, OK)
        has_comment = draft is not None and bool(draft.text.strip())
        if has_comment or not self._desk.office().signature.name:
            self._compose(view, OK)
        elif self._shown.elapsed() >= JUST_CAME_MS or self._is_meant(view):
            self._send(view, OK, "", ())

    def _is_meant(self, view: PathwayView) -> bool:
        return is_sure(
            self._window,
            tr("Svar på plejeforløbsplanen"),
            tr(
                "Planen er lige kommet frem. Skal der svares Plejeforløbsplan OK?\n\n{about}",
                about=about(view, self._desk.now()),
            ),
            tr("Svar OK"),
        )

    def _compose(self, view: PathwayView, code: str) -> None:
        composer = Composer(
            view,
            code,
            now=self._desk.now(),
            signature=self._desk.office().signature,
            draft=self._desk.draft(view.pathway_id, code),
            parent=self._window,
        )
        composer.sent.connect(lambda said, ticked: self._send(view, code, said, ticked))
        composer.draft_changed.connect(lambda kept: self._keep(view.pathway_id, kept))
        composer.question_wanted.connect(lambda said: self._ask_instead(view, said))
        composer.signature_changed.connect(self._sign_as)
        composer.finished.connect(lambda _: self._closed(view.pathway_id))
        self._composer = composer
        self._desk.look_at(view.pathway_id, composing=True)
        composer.open()

    def _ask_instead(self, view: PathwayView, said: str) -> None:
        """Write a question with these words, below those that wait already."""
        before = self._desk.draft(view.pathway_id, QUESTION) or DraftView(kind=QUESTION, text="")
        texts = dict.fromkeys(text.strip() for text in (before.text, said))
        together = msgspec.structs.replace(before, text="\n\n".join(filter(None, texts)))
        self._bridge.call(
            self._desk.save_draft(view.pathway_id, together),
            lambda _: self._compose(view, QUESTION),
        )

    def _closed(self, pathway_id: str) -> None:
        self._composer = None
        self._desk.look_at(pathway_id, composing=False)

    def _sign_as(self, signature: Signature) -> None:
        self._bridge.call(self._desk.sign_as(signature))

    def _keep(self, pathway_id: str, draft: DraftView) -> None:
        self._bridge.call(self._desk.save_draft(pathway_id, draft))

    def _send(self, view: PathwayView, code: str, text: str, choices: tuple[str, ...]) -> None:
        """Put it in the outbox; when that cannot be, what was written is kept as a draft."""
        pathway_id = view.pathway_id
        self._on_the_way += 1

        def given(sent: Sent) -> None:
            is_regretted = self._arrives()
            self.answered.emit(pathway_id)
            if is_regretted:
                self._take_back(sent.entry_id)

        def refused(why: str) -> None:
            self._arrives()
            if text or choices:
                self._keep(pathway_id, DraftView(kind=code, text=text, choices=choices))
            self.told.emit(why)

        future = self._desk.reply(pathway_id, code, text, choices, view.answering.state_token)
        self._bridge.call(future, given, refused)


def _is_other(view: PathwayView, before: PathwayView) -> bool:
    """Another plan, or a new version of it: nothing of it has been read yet."""
    versions = [each.versions[-1].entry_id if each.versions else "" for each in (view, before)]
    return view.pathway_id != before.pathway_id or versions[0] != versions[1]
