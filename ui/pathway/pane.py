"""The right column: the course, the correspondence, and what can be done beside answering."""

import datetime as dt
from collections.abc import Callable
from concurrent.futures import Future

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import keys, theme
from ui.flow import FlowLayout
from ui.key_button import KeyButton
from ui.pathway import steps, thread
from ui.pathway.more import MoreButton
from ui.plan.page import Page
from ui.plan.raw import RawDialog
from ui.plan.writer import Look, Writer
from ui.theme import SPACE
from ui.translation import term, tr
from visitator.app.views import OfficeView, PathwayView


class PathwayPane(QWidget):
    """Steps and letters of one pathway."""

    letter_wanted = Signal()
    call_wanted = Signal()
    assign_wanted = Signal()
    word_wanted = Signal()
    """A case note (Word-notat) is to be written."""
    more_wanted = Signal(str)
    """One of the things in the menu Mere: see `ui.pathway.more`."""
    handled_wanted = Signal(str)
    """Entry id of a letter from the hospital that somebody has seen to."""
    send_again_wanted = Signal(str)
    """Entry id of what was not delivered."""
    called_wanted = Signal(str)
    """Entry id of what was not delivered; the matter was settled by telephone instead."""

    def __init__(self, raw: Callable[[str], Future[str]], parent: QWidget | None = None) -> None:
        """`raw` fetches an original message by its id."""
        super().__init__(parent)
        self._raw = raw
        self._view: PathwayView | None = None
        self._now: dt.datetime | None = None
        self._may_write = True
        self.setAccessibleName(tr("Forløb og korrespondance"))
        self.page = Page()
        self.page.setAccessibleName(tr("Forløbets trin og breve"))
        self.page.asked.connect(self._answer)
        self._actions = QWidget()
        actions = FlowLayout(SPACE * 2, parent=self._actions)
        self._writing: list[KeyButton] = []
        """What is for those who write only."""
        for text, action, signal in (
            (tr("Skriv til sygehuset"), "letter", self.letter_wanted),
            (tr("Telefonnotat"), "call", self.call_wanted),
            (tr("Word-notat"), "word", self.word_wanted),
            (tr("Tildel …"), "assign", self.assign_wanted),
        ):
            button = KeyButton(text, keys.hint(action))
            button.clicked.connect(signal)
            actions.addWidget(button)
            if action != "assign":
                self._writing.append(button)
        self._more = MoreButton()
        self._more.wanted.connect(self.more_wanted)
        actions.addWidget(self._more)
        self._writing.append(self._more)
        box = QVBoxLayout(self)
        box.setContentsMargins(SPACE * 4, SPACE * 4, SPACE, SPACE * 3)
        box.setSpacing(SPACE * 2)
        box.addWidget(self.page, 1)
        beneath = QVBoxLayout()
        # As far from the right edge as from the left; the page has its scroll bar there.
        beneath.setContentsMargins(0, 0, SPACE * 3, 0)
        beneath.addWidget(self._actions)
        box.addLayout(beneath)
        self.show_pathway(None, None)

    def minimumSizeHint(self) -> QSize:
        """Room for its buttons, whatever the language and the size of the letters."""
        needed = self._actions.minimumSizeHint().width() + SPACE * 8
        return QSize(max(theme.SIDE_MIN_WIDTH, needed), super().minimumSizeHint().height())

    def be_for(self, office: OfficeView) -> None:
        """Offer what the one who sits here may do."""
        self._may_write = office.may_write
        for button in self._writing:
            button.setVisible(office.may_write)
        self.page.write_again()

    def show_pathway(self, view: PathwayView | None, now: dt.datetime | None) -> None:
        """Show a pathway, or nothing; `now` is needed with a pathway."""
        before, then = self._view, self._now
        self._view, self._now = view, now
        self._more.show_pathway(view)
        self._actions.setVisible(view is not None)
        if view is None or now is None:
            self.page.write(lambda _: None)
            return
        is_same = before is not None and before.pathway_id == view.pathway_id
        if is_same and before == view and then is not None and then.date() == now.date():
            return
        self.page.write(self._write, keep_place=is_same)

    def show_more(self) -> None:
        """Open the menu Mere, also where the column is folded away."""
        self._more.click()

    def _answer(self, link: str) -> None:
        kind, _, what = link.partition(":")
        match kind:
            case "again":
                self.send_again_wanted.emit(what)
            case "handled":
                self.handled_wanted.emit(what)
            case "called":
                self.called_wanted.emit(what)
            case "raw":
                RawDialog(self._raw, what, self).open()

    def _write(self, w: Writer) -> None:
        view, now = self._view, self._now
        if view is None or now is None:
            return
        w.line()
        w.text(tr("Forløb"), Look.SECTION)
        w.line()
        owner = tr("Tildelt {name}", name=view.owner_name) if view.owner else tr("Ikke tildelt")
        w.text(" · ".join(part for part in (term(view.stay), owner) if part), Look.SECONDARY)
        steps.write_steps(w, view.steps, now)
        w.line(SPACE * 4)
        w.text(tr("Korrespondance"), Look.SECTION)
        thread.write_thread(
            w, view.thread, now, unhandled=view.unhandled_letter, may_write=self._may_write
        )
        if view.agreement_title:
            w.line(SPACE * 2)
            w.text(tr("Efter {agreement}", agreement=view.agreement_title), Look.SECONDARY)
