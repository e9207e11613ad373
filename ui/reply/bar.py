"""The bar under the plan: the three answers, or what became of the one that was given."""

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui import keys, theme, words
from ui.elided import ElidedLabel
from ui.flow import FlowLayout
from ui.key_button import KeyButton
from ui.parts import plain_label
from ui.plan.head import sent_words
from ui.translation import said, tr
from visitator.app.views import (
    Answering,
    DraftView,
    PathwayView,
    ReplyChoice,
    RowKind,
    Transit,
)

_TONES = {
    Transit.UNDO: theme.Tone.WAITING,
    Transit.OUTBOX: theme.Tone.WAITING,
    Transit.AT_GATEWAY: theme.Tone.WAITING,
    Transit.HANDED_OVER: theme.Tone.WAITING,
    Transit.RECEIVED: theme.Tone.DONE,
    Transit.ATTENTION: theme.Tone.OVERDUE,
    Transit.NOT_DELIVERED: theme.Tone.DUE,
}


class ReplyBar(QFrame):
    """Offers what can be answered now; it sends nothing itself."""

    answer_wanted = Signal(str)
    """The code of a category."""
    comment_wanted = Signal()
    """To send an OK with a comment."""
    letter_wanted = Signal()
    course_wanted = Signal()
    """To see the rehabilitation course, where its steps are taken."""
    send_again_wanted = Signal(str)
    """The entry id of a reply that was not delivered."""
    called_wanted = Signal(str)
    """The same, when somebody has called instead."""
    close_wanted = Signal()
    """To close the pathway, where the agreement has no categories to answer with."""
    handled_wanted = Signal(str)
    """The entry id of a letter from the hospital that somebody has seen to."""
    draft_wanted = Signal(str)
    """The kind of a draft to go on with."""
    draft_unwanted = Signal(str)
    """The kind of a draft to delete."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.setAccessibleName(tr("Svar på plejeforløbsplanen"))
        self._status = plain_label("strong")
        self._status.setWordWrap(True)
        self._meaning = plain_label("secondary")
        self._meaning.setWordWrap(True)
        self._comment = _link(tr("OK med kommentar …"), self.comment_wanted.emit)
        self._buttons = FlowLayout(theme.SPACE * 2)
        self._offers: tuple[object, ...] | None = None
        self._drafts = QVBoxLayout()
        self._drafts.setSpacing(0)
        self._kept: tuple[tuple[str, str], ...] = ()
        self._failed = ""
        self._recover = QWidget()
        self._fill_recover()
        under = QHBoxLayout()
        under.addWidget(self._meaning, 1)
        under.addWidget(self._comment)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.SPACE * 3] * 4)
        layout.setSpacing(theme.SPACE * 2)
        for widget in (self._status, self._recover):
            layout.addWidget(widget)
        layout.addLayout(self._drafts)
        layout.addLayout(self._buttons)
        layout.addLayout(under)
        # There is nothing to answer before somebody has chosen a pathway.
        self.hide()

    def _fill_recover(self) -> None:
        again = QPushButton(tr("Send igen"))
        again.setAccessibleName(tr("Send svaret igen"))
        again.setProperty("kind", "primary")
        again.clicked.connect(lambda: self.send_again_wanted.emit(self._failed))
        called = QPushButton(tr("Jeg har ringet i stedet …"))
        called.setAccessibleName(called.text())
        called.clicked.connect(lambda: self.called_wanted.emit(self._failed))
        row = FlowLayout(theme.SPACE * 2)
        self._recover.setLayout(row)
        row.addWidget(again)
        row.addWidget(called)

    def show_pathway(
        self, view: PathwayView | None, now: dt.datetime, drafts: tuple[DraftView, ...] = ()
    ) -> None:
        """Show what can be answered and what was begun; hidden where there is neither."""
        is_training = view is not None and view.kind is RowKind.REHABILITATION
        if view is None or not (view.versions or drafts or view.unhandled_letter or is_training):
            self.hide()
            return
        self._show_status(view, now)
        self._show_drafts(view, drafts, now)
        self._show_offers(view)
        # Where something is to be mended first, the plan says what; that needs the room.
        self._meaning.setText(_meaning(view, now))
        self._meaning.setVisible(not view.is_undelivered)
        ok = any(choice.code == "ok" for choice in view.answering.choices)
        self._comment.setVisible(view.answering.can_answer and ok and not view.is_undelivered)
        self.show()

    def _show_status(self, view: PathwayView, now: dt.datetime) -> None:
        sent = view.last_reply
        self._status.setVisible(sent is not None)
        # What is held back behind an earlier answer waits for that one, and cannot be sent again.
        is_failed = sent is not None and sent.transit is Transit.ATTENTION and view.is_undelivered
        self._recover.setVisible(is_failed)
        if sent is None:
            return
        self._failed = sent.entry_id
        state = sent_words(sent.label, None if sent.until else sent.at, now)
        self._status.setText(f"{view.last_reply_label} · {state}")
        theme.set_property(self._status, "tone", _TONES[sent.transit].value)

    def _show_drafts(
        self, view: PathwayView, drafts: tuple[DraftView, ...], now: dt.datetime
    ) -> None:
        """A line for each draft, with what can be done about it."""
        kept = tuple((draft.kind, _draft_words(draft, view.answering, now)) for draft in drafts)
        if kept == self._kept:
            return
        self._kept = kept
        while (item := self._drafts.takeAt(0)) is not None:
            line = item.widget()
            if line is not None:
                line.hide()
                line.deleteLater()
        for kind, typed in kept:
            self._drafts.addWidget(self._draft_line(kind, typed))

    def _draft_line(self, kind: str, said: str) -> QWidget:
        label = ElidedLabel(said)
        label.setProperty("role", "secondary-strong")
        label.setProperty("tone", theme.Tone.DUE.value)
        go_on = _link(tr("Fortsæt"), lambda: self.draft_wanted.emit(kind))
        delete = _link(tr("Slet …"), lambda: self.draft_unwanted.emit(kind))
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label)
        for button in (go_on, delete):
            button.setAccessibleDescription(said)
            row.addWidget(button)
        row.addStretch(1)
        return line

    def _show_offers(self, view: PathwayView) -> None:
        """The categories of the agreement; without them, to write, and what ends it."""
        answering, letter = view.answering, view.unhandled_letter
        choices = answering.choices if answering.can_answer else ()
        is_training = view.kind is RowKind.REHABILITATION
        offers = (*choices, answering.is_free, view.is_undelivered, letter, is_training)
        if offers == self._offers:
            return
        self._offers = offers
        self._buttons.clear()
        for choice in choices:
            is_first = choice is choices[0] and not view.is_undelivered
            self._buttons.addWidget(self._button(choice, is_first=is_first))
        if is_training:
            kind = "" if choices else "primary"
            course = _plain(tr("Gå til genoptræningen"), self.course_wanted.emit, kind)
            self._buttons.addWidget(course)
        if answering.is_free or (letter and not choices):
            kind = "" if is_training else "primary"
            write = KeyButton(tr("Skriv til sygehuset …"), keys.hint("letter"), kind)
            write.clicked.connect(self.letter_wanted.emit)
            self._buttons.addWidget(write)
        if letter:
            handled = _plain(
                tr("Markér brevet som behandlet"), lambda: self.handled_wanted.emit(letter)
            )
            self._buttons.addWidget(handled)
        if answering.is_free:
            self._buttons.addWidget(_plain(tr("Afslut forløbet …"), self.close_wanted.emit))

    def _button(self, choice: ReplyChoice, *, is_first: bool) -> KeyButton:
        opens = "" if choice.code == "ok" else " …"
        kind = "primary" if is_first else ""
        button = KeyButton(choice.label + opens, keys.hint(choice.code), kind)
        button.setAccessibleDescription(choice.meaning)
        button.clicked.connect(lambda: self.answer_wanted.emit(choice.code))
        return button


def _draft_words(draft: DraftView, answering: Answering, now: dt.datetime) -> str:
    """``Kladde gemt i dag 09.40: Uddybende spørgsmål``."""
    others = {
        "letter": tr("Brev til sygehuset"),
        "call": tr("Telefonnotat"),
        "note": tr("Internt notat"),
        "admission_report": tr("Indlæggelsesrapport"),
        "word": tr("Word-notat"),
    }
    labels = {choice.code: choice.label for choice in answering.choices}
    what = labels.get(draft.kind) or others.get(draft.kind, draft.kind)
    if draft.updated is None:
        return tr("Kladde: {what}", what=what)
    return tr("Kladde gemt {when}: {what}", what=what, when=words.at(draft.updated, now))


def _plain(text: str, do: Callable[[], object], kind: str = "") -> QPushButton:
    button = QPushButton(text)
    button.setProperty("kind", kind)
    button.setAccessibleName(text)
    button.clicked.connect(do)
    return button


def _link(text: str, do: Callable[[], object]) -> QPushButton:
    return _plain(text, do, "link")


def _steps_words(view: PathwayView) -> str:
    if not view.unhandled_letter:
        return tr("Trinene tages under Genoptræning.")
    return tr(
        "Genoptræningsplanen står i indbakken, indtil nogen tager det første trin, skriver, ringer "
        "eller markerer brevet som behandlet."
    )


def _meaning(view: PathwayView, now: dt.datetime) -> str:
    """What an answer means and how it goes, or why there is none to give."""
    answering = view.answering
    if view.kind is RowKind.REHABILITATION and not answering.can_answer:
        return _steps_words(view)
    if view.unhandled_letter and not answering.can_answer:
        return tr(
            "Brevet fra sygehuset står i indbakken, indtil nogen skriver, ringer eller markerer "
            "det som behandlet."
        )
    if answering.is_free:
        return tr(
            "Aftalen har ingen svarkategorier: svaret skrives frit. Planen står i indbakken, "
            "indtil forløbet afsluttes."
        )
    if not answering.can_answer:
        return said(answering.why_not)
    if not answering.ok_is_agreement:
        agreed = tr("Aftalen siger ikke, at et OK er en aftale om udskrivelse.")
    elif answering.planned_discharge is None:
        agreed = tr("OK uden kommentar gælder som aftale om udskrivelse.")
    else:
        when = words.point(answering.planned_discharge, now)
        agreed = tr("OK uden kommentar gælder som aftale om udskrivelse {when}.", when=when)
    goes = tr(
        "Svaret sendes som korrespondancemeddelelse med emnet «{subject}» "
        "og kan fortrydes i 10 sekunder.",
        subject=answering.subject,
    )
    return f"{agreed} {goes}"
