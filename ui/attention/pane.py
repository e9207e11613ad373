"""Kræver handling and Udbakke: everything that is not simply on its way, in one place."""

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui import theme, words
from ui.asking import is_sure
from ui.flow import FlowLayout
from ui.parts import plain_label
from ui.statusline import shown_link, standing_text
from ui.translation import mark, said, term, tr
from visitator.app.views import Attention, Decision, Link, Standing, Transit, Unsent, Waiting

BUTTONS = {
    Decision.RETRY: mark("Prøv igen"),
    Decision.EDIT: mark("Ret"),
    Decision.KEEP_AS_NOTE: mark("Gem som notat"),
    Decision.DISCARD: mark("Kassér …"),
    Decision.SEND_AGAIN: mark("Send igen"),
    Decision.CALLED: mark("Jeg har ringet i stedet …"),
}
_AGAIN = (Decision.RETRY, Decision.SEND_AGAIN)
"""What sends the same once more."""
_FIRST_CARD = 2
"""Place in the layout: the heading and what is said stand above."""


class _Cards(QScrollArea):
    """A page with a heading and a card for each item, or a sentence when there is none."""

    opened = Signal(str)
    """A pathway id."""

    def __init__(self, title: str, empty: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(title)
        page = QWidget()
        page.setObjectName("planColumn")
        self._layout = QVBoxLayout(page)
        self._layout.setContentsMargins(*[theme.SPACE * 5] * 4)
        self._layout.setSpacing(theme.SPACE * 3)
        self.head = QHBoxLayout()
        self.head.addWidget(plain_label("title", title), 1)
        self._layout.addLayout(self.head)
        self._said = plain_label("muted")
        self._said.setWordWrap(True)
        self._layout.addWidget(self._said)
        self._layout.addStretch(1)
        self._empty = empty
        self._cards: list[QFrame] = []
        self._shown: object = None
        self.setWidget(page)

    def _is_news(self, shown: object) -> bool:
        """Whether anything else is to be shown: else the cards stay, and the focus in them."""
        before, self._shown = self._shown, shown
        return before != shown

    def _fill(self, cards: Sequence[QFrame], said: str) -> None:
        focused = self.window().focusWidget()
        has_focus = [card.isAncestorOf(focused) for card in self._cards]
        place = has_focus.index(True) if True in has_focus else None
        for old in self._cards:
            self._layout.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._cards = list(cards)
        for number, card in enumerate(cards, start=_FIRST_CARD):
            self._layout.insertWidget(number, card)
        self._said.setText(said if cards else self._empty)
        self._said.setVisible(bool(self._said.text()))
        if place is not None:
            self._focus(place)

    def _focus(self, place: int) -> None:
        """The card that stands now where the focus was; the page when there is none."""
        cards = self._cards[: place + 1]
        button = cards[-1].findChild(QPushButton) if cards else None
        (button or self).setFocus(Qt.FocusReason.OtherFocusReason)

    def _card(self, item: Unsent, now: dt.datetime) -> tuple[QFrame, QVBoxLayout]:
        card = QFrame()
        card.setProperty("card", True)
        card.setMaximumWidth(theme.WIDE_DIALOG[0])
        layout = QVBoxLayout(card)
        layout.setContentsMargins(*[theme.SPACE * 4] * 4)
        layout.setSpacing(theme.SPACE * 2)
        name = item.name or tr("Borger uden navn")
        who = QPushButton(name)
        who.setProperty("kind", "link")
        who.setAccessibleName(tr("Åbn forløbet for {name}", name=name))
        who.clicked.connect(lambda: self.opened.emit(item.pathway_id))
        head = QHBoxLayout()
        head.addWidget(who)
        head.addWidget(plain_label("secondary", item.cpr_masked))
        head.addWidget(plain_label("strong", term(item.what)))
        head.addStretch(1)
        age = tr("for {time} siden", time=words.duration(max(now - item.at, dt.timedelta())))
        when = plain_label("secondary", words.at(item.at, now))
        when.setToolTip(age)
        head.addWidget(when)
        layout.addLayout(head)
        return card, layout


class AttentionPane(_Cards):
    """Kræver handling: what was refused or not delivered, why, and what can be done."""

    decided = Signal(str, object)
    """An entry id and a `Decision`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            tr("Kræver handling"),
            tr(
                "Intet kræver handling. Her kommer svar, der ikke kunne leveres, og det, en "
                "kollega eller sygehuset kom i forkøbet. Teksten er altid gemt."
            ),
            parent,
        )
        self._items: tuple[Attention, ...] = ()
        self._all = QPushButton(tr("Prøv alle igen"))
        self._all.setAccessibleName(self._all.text())
        self._all.clicked.connect(self._try_all)
        self._all.hide()
        self.head.addWidget(self._all)

    def show_items(self, items: tuple[Attention, ...], now: dt.datetime) -> None:
        """Show what needs a person, as it is now."""
        if not self._is_news((items, now.date())):
            return
        self._items = items
        self._all.setVisible(len(self._failed()) > 1)
        self._fill([self._item(item, now) for item in items], "")

    def _item(self, item: Attention, now: dt.datetime) -> QFrame:
        card, layout = self._card(item, now)
        reason = plain_label("", said(item.reason))
        reason.setProperty("tone", theme.Tone.OVERDUE.value)
        layout.addWidget(_selectable(reason))
        if item.text:
            layout.addWidget(_selectable(plain_label("", item.text)))
        buttons = FlowLayout(theme.SPACE * 2)
        for place, decision in enumerate(item.decisions):
            button = QPushButton(tr(BUTTONS[decision]))
            button.setAccessibleName(button.text())
            button.setAccessibleDescription(f"{term(item.what)}. {said(item.reason)}")
            if place == 0:
                button.setProperty("kind", "primary")
            button.clicked.connect(lambda _=False, decision=decision: self._decide(item, decision))
            buttons.addWidget(button)
        layout.addLayout(buttons)
        return card

    def _decide(self, item: Attention, decision: Decision) -> None:
        if decision is not Decision.DISCARD or self._is_sure(item):
            self.decided.emit(item.entry_id, decision)

    def _is_sure(self, item: Attention) -> bool:
        what = tr(
            "«{what}» om {name} kasseres og sendes ikke.", what=term(item.what), name=item.name
        )
        if item.text:
            what += " " + tr("Teksten kan ikke hentes igen. Det noteres i forløbet.")
        return is_sure(self, tr("Kassér"), what, tr("Kassér"))

    def _failed(self) -> list[tuple[str, Decision]]:
        return [
            (item.entry_id, decision)
            for item in self._items
            for decision in item.decisions
            if decision in _AGAIN
        ]

    def _try_all(self) -> None:
        for entry_id, decision in self._failed():
            self.decided.emit(entry_id, decision)


class OutboxPane(_Cards):
    """Udbakke: what waits to be sent, and what of it can still be taken back."""

    cancel_wanted = Signal(str)
    """An entry id."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            tr("Udbakke"),
            tr("Udbakken er tom. Her står svar og notater, indtil gatewayen har dem for godt."),
            parent,
        )

    def show_items(self, items: tuple[Waiting, ...], standing: Standing, now: dt.datetime) -> None:
        """Show what waits, as it is now, and since when nothing could be sent."""
        said = _standing_words(standing, now)
        if self._is_news((items, said, now.date())):
            self._fill([self._item(item, now) for item in items], said)

    def _item(self, item: Waiting, now: dt.datetime) -> QFrame:
        card, layout = self._card(item, now)
        if item.text:
            layout.addWidget(_selectable(plain_label("", item.text)))
        row = QHBoxLayout()
        state = plain_label("", term(item.sent.label))
        is_stuck = item.sent.transit is Transit.ATTENTION
        tone = theme.Tone.OVERDUE if is_stuck else theme.Tone.WAITING
        state.setProperty("tone", tone.value)
        row.addWidget(state)
        row.addStretch(1)
        if item.can_cancel:
            cancel = QPushButton(tr("Tag tilbage og ret") if item.text else tr("Annullér"))
            cancel.setAccessibleName(cancel.text())
            cancel.setAccessibleDescription(f"{term(item.what)}. {item.name}")
            cancel.clicked.connect(lambda: self.cancel_wanted.emit(item.entry_id))
            row.addWidget(cancel)
        layout.addLayout(row)
        return card


def _standing_words(standing: Standing, now: dt.datetime) -> str:
    if shown_link(standing) in (Link.SYNCHRONISED, Link.WORKING):
        return tr("Det sendes af sig selv, når fortrydelsesfristen er gået.")
    return standing_text(standing, now)


def _selectable(label: QLabel) -> QLabel:
    label.setWordWrap(True)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return label
