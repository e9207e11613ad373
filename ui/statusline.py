"""The quiet line at the bottom: how the workstation stands, and what is due next."""

import datetime as dt

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from ui import theme, words
from ui.elided import ElidedLabel
from ui.theme import SPACE, Tone
from ui.translation import said, tr, tr_count
from visitator.app.views import Link, Standing

_TONES = {
    Link.SYNCHRONISED: Tone.DONE,
    Link.WORKING: Tone.WAITING,
    Link.OFFLINE: Tone.DUE,
    Link.PAUSED: Tone.DUE,
    Link.NOT_SENDING: Tone.OVERDUE,
    Link.REFUSED: Tone.OVERDUE,
    Link.TOO_OLD: Tone.OVERDUE,
}


def standing_text(standing: Standing, now: dt.datetime) -> str:
    """How the workstation stands with the gateway, in a sentence."""
    since = "" if standing.since is None else words.at_clock(standing.since, now)
    match shown_link(standing):
        case Link.SYNCHRONISED:
            text = tr("Synkroniseret {when}", when=since) if since else tr("Synkroniseret")
        case Link.WORKING:
            text = _working(standing)
        case Link.OFFLINE:
            text = _since(tr("Ingen forbindelse"), since)
            text = tr("{text} – svar gemmes og sendes, når den er tilbage", text=text)
        case Link.PAUSED:
            text = _since(tr("Synkronisering er sat på pause"), since)
        case Link.NOT_SENDING:
            text = _because(tr("Der kan ikke sendes"), said(standing.reason))
        case Link.REFUSED:
            text = _because(tr("Adgang afvist"), said(standing.reason))
        case Link.TOO_OLD:
            text = _because(tr("Programmet er for gammelt"), said(standing.reason))
    return text


def shown_link(standing: Standing) -> Link:
    """How it stands as far as a person cares: a moment's work after all was well is not news."""
    is_brief = standing.progress is None and not standing.entries and standing.since is not None
    if standing.link is Link.WORKING and is_brief:
        return Link.SYNCHRONISED
    return standing.link


def _since(text: str, since: str) -> str:
    return tr("{text} siden {when}", text=text, when=since) if since else text


def _because(text: str, reason: str) -> str:
    return f"{text}: {reason}" if reason else text


def _working(standing: Standing) -> str:
    if standing.progress is not None:
        return tr("Henter … {percent} %", percent=round(standing.progress * 100))
    if standing.entries:
        text = tr_count("Henter … {count} hændelse", "Henter … {count} hændelser", standing.entries)
        return text
    return tr("Henter og sender …")


class StatusLine(QWidget):
    """Standing, outbox and next deadline at the left; encryption at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusLine")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(tr("Status"))
        self._standing: Standing | None = None
        self._outbox = 0
        self._next_due: dt.datetime | None = None
        self._dot = _Dot(self)
        self._link = ElidedLabel()
        self._link.setProperty("role", "secondary")
        self._waiting = _label()
        self._due = _label()
        self._safe = _label(tr("Krypteret lokalt"))
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE * 4, SPACE + 2, SPACE * 4, SPACE + 2)
        row.setSpacing(SPACE * 4)
        for widget in (self._dot, self._link, self._waiting, self._due):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self._safe)

    def say(self, text: str) -> None:
        """Say something while there is no desk yet."""
        self._link.setText(text)

    def show_standing(self, standing: Standing) -> None:
        """Show how the workstation stands; takes effect with `tell`."""
        self._standing = standing

    def count(self, outbox: int, next_due: dt.datetime | None) -> None:
        """Show what waits and what is due next; takes effect with `tell`."""
        self._outbox, self._next_due = outbox, next_due

    def tell(self, now: dt.datetime) -> None:
        """Write everything as it is at `now`."""
        if self._standing is not None:
            self._link.setText(standing_text(self._standing, now))
            self._dot.set_tone(_TONES[shown_link(self._standing)])
        self._waiting.setText(tr("{count} i udbakken", count=self._outbox))
        self._due.setText(self._deadline(now))

    def _deadline(self, now: dt.datetime) -> str:
        standing = self._standing
        if standing is not None and standing.clock_error is not None:
            wrong = words.duration(abs(standing.clock_error))
            return tr("Uret på denne computer går {time} forkert", time=wrong)
        if self._next_due is None:
            return ""
        when = words.at_clock(self._next_due, now)
        if self._next_due.date() != now.date():
            return tr("Næste frist: {when}", when=when)
        left = words.countdown(self._next_due, now)
        return tr("Næste frist: {when} ({left})", when=when, left=left)


class _Dot(QWidget):
    """A dot in the colour of the standing; the words beside it say the same."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._tone = Tone.NEUTRAL
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        return QSize(SPACE * 2, SPACE * 2)

    def set_tone(self, tone: Tone) -> None:
        self._tone = tone
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(theme.tone(self._tone).text))
        painter.drawEllipse(self.rect())


def _label(text: str = "") -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("role", "secondary")
    return label
