"""The head of the page, always in sight: who it is about, what is due, who else is here."""

import datetime as dt

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ui import theme, words
from ui.flow import FlowLayout
from ui.inbox.wording import deadline_tone
from ui.parts import WholeLine
from ui.rehabilitation.wording import due_words
from ui.theme import SPACE, Tone
from ui.translation import term, tr, tr_count
from visitator.app.views import (
    CitizenView,
    Deadline,
    Flag,
    PathwayView,
    Presence,
    RowKind,
)


class Head(QWidget):
    """Name, number and address of the citizen; the deadline; receipt and answer, kept apart."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = _label("title", tr("Borger"))
        self._stay = _label("", tr("Ophold"))
        self._stay.setProperty("kind", "chip")
        self._deadline = _label("", tr("Frist"))
        self._deadline.setProperty("kind", "chip")
        self._citizen = _label("muted", tr("CPR-nummer, alder og adresse"))
        self._receipt = _label("secondary", tr("Teknisk kvittering"))
        self._answer = _label("secondary", tr("Fagligt svar"))
        self._presence = _label("secondary-strong", tr("Kolleger på forløbet"))
        self._presence.setProperty("tone", Tone.WAITING.value)

        for label in (self._name, self._citizen):
            label.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for chip in (self._stay, self._deadline):
            chip.setWordWrap(False)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE // 2)
        for pair in (
            (self._name, self._deadline),
            (self._citizen, self._stay),
            (self._receipt, self._answer),
        ):
            line = FlowLayout(SPACE, spread=True)
            for label in pair:
                line.addWidget(label)
            box.addLayout(line)
        box.addWidget(self._presence)
        self.show_presence(())

    def show_pathway(self, view: PathwayView, now: dt.datetime) -> None:
        """Say whom and what the page is about."""
        self._name.setText(view.citizen.name or tr("Navn ikke oplyst"))
        self._citizen.setText(citizen_line(view.citizen))
        _say(self._receipt, receipt_line(view, now))
        _say(self._answer, answer_line(view, now))
        has_ended = Flag.TREATMENT_ENDED in view.flags
        _say(self._stay, term(view.stay) if has_ended or view.citizen.is_dead else "")
        theme.set_property(self._stay, "tone", (Tone.TREATED if has_ended else Tone.NEUTRAL).value)
        self.show_time(view, now)

    def show_time(self, view: PathwayView, now: dt.datetime) -> None:
        """Let the deadline follow the clock."""
        words_, tone = deadline_words(view, now)
        _say(self._deadline, words_)
        theme.set_property(self._deadline, "tone", tone.value)
        self._deadline.setToolTip(view.deadline.text if view.deadline else "")

    def show_presence(self, colleagues: tuple[Presence, ...]) -> None:
        """Say who else looks at the pathway or writes on it."""
        _say(self._presence, " · ".join(presence_words(one) for one in colleagues))


def _label(role: str, name: str) -> QLabel:
    label = WholeLine(role)
    label.setAccessibleName(name)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return label


def _say(label: QLabel, text: str) -> None:
    label.setText(text)
    label.setVisible(bool(text))


def citizen_line(citizen: CitizenView) -> str:
    """``251248-9996 · 77 år · Testpark Allé 48, 4200 Slagelse``."""
    cpr = citizen.cpr or tr("CPR-nummer ikke oplyst")
    if citizen.is_replacement_cpr:
        cpr = tr("erstatningsnummer {cpr}", cpr=cpr)
    parts = [cpr]
    if citizen.age is not None:
        parts.append(words.age(citizen.age))
    if citizen.is_protected:
        parts.append(tr("beskyttet adresse"))
    elif citizen.address:
        parts.append(citizen.address)
    parts += [tr("tlf. {number}", number=telephone) for telephone in citizen.telephones]
    return " · ".join(parts)


def receipt_line(view: PathwayView, now: dt.datetime) -> str:
    """Which message it is and what the machines have done with it.

    ``Plejeforløbsplan v2 · auto-kvitteret fre 14.05``; when no receipt is known it says when the
    message came.
    """
    if not view.versions:
        return ""
    version = view.versions[-1]
    if version.receipted is not None:
        return tr(
            "Plejeforløbsplan v{number} · auto-kvitteret {when}",
            number=version.number,
            when=words.at(version.receipted, now),
        )
    return tr(
        "Plejeforløbsplan v{number} · modtaget {when}",
        number=version.number,
        when=words.at(version.received, now),
    )


def answer_line(view: PathwayView, now: dt.datetime) -> str:
    """What a person in the municipality has answered, and how far that has come."""
    if view.kind is not RowKind.PLAN and not view.versions:
        return ""
    if view.last_reply is None:
        return tr("Fagligt svar: ikke givet") if view.state else ""
    words_ = [tr("Fagligt svar: {label}", label=view.last_reply_label)]
    if not view.last_reply.counts:
        words_.append(tr("gælder ikke"))
    words_.append(sent_words(view.last_reply.label, view.last_reply.at, now))
    return " · ".join(words_)


def sent_words(label: str, at: dt.datetime | None, now: dt.datetime) -> str:
    """How far something sent has come, and since when."""
    return term(label) if at is None else f"{term(label)} {words.at(at, now)}"


def deadline_words(view: PathwayView, now: dt.datetime) -> tuple[str, Tone]:
    """What the chip says, and in which tone."""
    if view.is_undelivered:
        return tr("Svaret er ikke leveret"), Tone.OVERDUE
    if view.deadline is not None:
        if view.kind is RowKind.REHABILITATION:
            return due_words(view.deadline, now)
        return _due_words(view.deadline, now)
    return term(view.state), Tone.DONE if view.is_agreed else Tone.WAITING


def _due_words(deadline: Deadline, now: dt.datetime) -> tuple[str, Tone]:
    if deadline.due is None:
        known = deadline.status == "none"
        return tr("Ingen fast svarfrist") if known else tr("Svarfrist ikke oplyst"), Tone.NEUTRAL
    due, tone = deadline.due, deadline_tone(deadline.due, now)
    if tone is Tone.OVERDUE:
        day = words.countdown_day(due.date(), now)
        late = day if deadline.is_whole_day else words.countdown(due, now)
        return tr("Svarfrist overskredet · {late}", late=late), tone
    time = None if deadline.is_whole_day else due.time()
    return tr("Svar senest {when}", when=words.due(due.date(), time, now.date())), tone


def presence_words(presence: Presence) -> str:
    """``Mette Krogh er ved at svare (siden 14.02)``."""
    since = words.clock(presence.since)
    if presence.composing:
        return tr("{name} er ved at svare (siden {since})", name=presence.name, since=since)
    return tr("{name} ser også på forløbet (siden {since})", name=presence.name, since=since)


def changed_words(count: int, number: int) -> str:
    """``3 ændringer siden version 1``."""
    return tr_count(
        "{count} ændring siden version {number}",
        "{count} ændringer siden version {number}",
        count,
        number=number,
    )
