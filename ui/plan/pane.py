"""The plan of the pathway that is open: everything the hospital wrote, on one page."""

import datetime as dt
from collections.abc import Callable
from concurrent.futures import Future

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from ui import theme, words
from ui.plan import cards, changes
from ui.plan.head import Head
from ui.plan.page import Page
from ui.plan.raw import RawDialog
from ui.plan.versions import VersionsDialog
from ui.plan.writer import Look, Writer
from ui.theme import SPACE, Tone
from ui.translation import said, term, tr
from visitator.app.views import Flag, Lost, PathwayView, Presence, Sent


class PlanPane(QWidget):
    """Head and page of one pathway."""

    telephone_copied = Signal(str)
    """The number that now is on the clipboard."""

    def __init__(self, raw: Callable[[str], Future[str]], parent: QWidget | None = None) -> None:
        """`raw` fetches an original message by its id."""
        super().__init__(parent)
        self._raw = raw
        self._view: PathwayView | None = None
        self._now: dt.datetime | None = None
        self._opened: set[str] = set()
        self.setAccessibleName(tr("Plejeforløbsplan"))
        self.head = Head()
        self.page = Page()
        self.page.setAccessibleName(tr("Planens indhold"))
        self.page.asked.connect(self._answer)
        box = QVBoxLayout(self)
        box.setContentsMargins(SPACE * 4, SPACE * 4, SPACE * 4 - theme.SCROLL_BAR, 0)
        box.setSpacing(SPACE * 2)
        head = QVBoxLayout()
        head.setContentsMargins(0, 0, theme.SCROLL_BAR, 0)
        head.addWidget(self.head)
        box.addLayout(head)
        box.addWidget(self.page, 1)
        self.show_pathway(None, None)

    def show_pathway(self, view: PathwayView | None, now: dt.datetime | None) -> None:
        """Show a pathway, or that none is chosen; `now` is needed with a pathway.

        The same pathway once more keeps its place on the page, what is unfolded and, when nothing
        changed, what is selected.
        """
        before, then = self._view, self._now
        self._view, self._now = view, now
        self.head.setVisible(view is not None)
        if view is None or now is None:
            self._opened.clear()
            self.page.write(_write_nothing_chosen)
            return
        is_same = before is not None and before.pathway_id == view.pathway_id
        if not is_same:
            self._opened.clear()
            self.head.show_presence(())
        if is_same and before == view and then is not None and then.date() == now.date():
            self.head.show_time(view, now)
            return
        self.head.show_pathway(view, now)
        self.page.write(self._write, keep_place=is_same)

    def show_presence(self, colleagues: tuple[Presence, ...]) -> None:
        """Who else looks at the pathway or writes on it."""
        self.head.show_presence(colleagues)

    def show_versions(self) -> None:
        """Open both versions side by side; nothing when there is only one."""
        if self._view is None or self._now is None or len(self._view.versions) < 2:
            return
        VersionsDialog(self._view.versions, self._now, self).open()

    def _answer(self, link: str) -> None:
        kind, _, what = link.partition(":")
        match kind:
            case "tel":
                QApplication.clipboard().setText(what)
                self.telephone_copied.emit(what)
            case "fold":
                self._opened ^= {what}
                self.page.write_again()
            case "raw":
                RawDialog(self._raw, what, self).open()
            case "do":
                self.show_versions()

    # --- the page ---------------------------------------------------------------------------

    def _write(self, w: Writer) -> None:
        view, now = self._view, self._now
        if view is None or now is None:
            return
        _write_banners(w, view, now)
        if view.versions:
            version = view.versions[-1]
            cards.write_tiles(w, version, now)
            cards.write_notices(w, _notices(view))
            if len(view.versions) > 1:
                changes.write_changes(w, version, view.versions[-2].number, now, self._opened)
            cards.write_abilities(w, version.abilities)
            cards.write_sections(w, version.sections, self._opened)
        cards.write_messages(
            w, view.other, now, self._opened if view.versions else {*self._opened, cards.NEWEST}
        )
        if not view.versions and not view.other:
            w.line()
            w.text(tr("Der er endnu ingen plejeforløbsplan på forløbet."), Look.MUTED)
        if view.versions and view.versions[-1].raw_id:
            w.line(SPACE, indent=SPACE * 3)
            w.text(tr("Vis den oprindelige meddelelse"), link=f"raw:{view.versions[-1].raw_id}")


def _write_nothing_chosen(w: Writer) -> None:
    w.line(SPACE * 12, indent=SPACE * 6)
    w.text(tr("Ingen meddelelse er valgt"), Look.SECTION)
    w.line(SPACE, indent=SPACE * 6)
    w.text(
        tr("Vælg en i listen, så står planen, forløbet og svaret her. Pil op og ned skifter."),
        Look.MUTED,
    )


def _notices(view: PathwayView) -> list[str]:
    """What should be noticed about the plan that holds."""
    notices = [said(notice) for notice in view.versions[-1].notices]
    if Flag.UNKNOWN_CITIZEN in view.flags:
        notices.insert(0, tr("Kommunen har ikke hørt om borgeren før denne plan."))
    return notices


def _write_banners(w: Writer, view: PathwayView, now: dt.datetime) -> None:
    if view.lost is not None:
        _write_lost(w, view.lost, now)
    if view.last_reply is not None and view.is_undelivered:
        _write_undelivered(w, view.last_reply, view.last_reply_label)
    for flag, text in (
        (Flag.AGREEMENT_SUPERSEDED, tr("Aftalen er erstattet af en ny plan – skal besvares igen.")),
        (Flag.WITHOUT_AGREEMENT, tr("Borgeren er udskrevet uden aftale.")),
    ):
        if flag in view.flags:
            with w.card(Tone.DUE):
                w.line()
                w.text(text, Look.STRONG)


def _write_lost(w: Writer, lost: Lost, now: dt.datetime) -> None:
    """Who was first, when and with what, and where what this user wrote is kept."""
    kept = tr("Dit svar er ikke sendt. Det er gemt og står under Kræver handling.")
    match lost.reason:
        case "already_answered":
            said = tr("En kollega svarede først:")
        case "superseded":
            said = tr("Der kom nyt i forløbet, før dit svar nåede frem:")
        case _:
            said = tr("En kollega kom først:")
            kept = tr("Dit valg gælder ikke. Det står under Kræver handling.")
    when = words.at(lost.at, now) if lost.at is not None else ""
    with w.card(Tone.DUE):
        w.line()
        w.text(said, Look.STRONG)
        w.text(" ")
        w.text(" · ".join(part for part in (lost.who, term(lost.what), when) if part))
        w.line()
        w.text(kept)


def _write_undelivered(w: Writer, sent: Sent, label: str) -> None:
    with w.card(Tone.OVERDUE):
        w.line()
        w.text(tr("Svaret «{label}» er ikke leveret.", label=label), Look.STRONG)
        if sent.problem:
            w.line()
            w.text(said(sent.problem))
