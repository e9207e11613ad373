"""The dialog a question, a wish for coordination or an OK with a comment is written in.

What is typed is a draft from the first letter on: closing the dialog keeps it.
"""

import datetime as dt

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QRadioButton,
    QWidget,
)

from ui import theme, words
from ui.dialogs.form import FormDialog, LetterText
from ui.flow import FlowLayout
from ui.message import announce
from ui.parts import banner, plain_label
from ui.reply.signature import SignatureLine
from ui.translation import term, tr
from ui.whom import addressed
from visitator.app.views import Answering, DraftView, Option, PathwayView, Signature

OK, QUESTION, COORDINATION = "ok", "question", "coordination"


class Composer(FormDialog):
    """Writes one answer to the plan it was opened on, whatever is selected meanwhile."""

    sent = Signal(str, tuple)
    """The text, and the codes of what was ticked."""
    question_wanted = Signal(str)
    """To write an "uddybende spørgsmål" instead, with the text so far; the dialog has closed."""
    signature_changed = Signal(object)
    """A `Signature`; comes before `sent`."""

    def __init__(
        self,
        view: PathwayView,
        code: str,
        *,
        now: dt.datetime,
        signature: Signature,
        draft: DraftView | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(_label(view.answering, code), addressed(view, now), tr("Send"), parent)
        self._view = view
        self._code = code
        self._answering = view.answering
        self._ticks: list[QCheckBox] = []
        self._forms: dict[str, QRadioButton] = {}
        self._chips: dict[str, QPushButton] = {}
        self._text = LetterText(draft.text if draft else "", tr("Besked"), lines=7)
        self._signed = signature
        self._signature = SignatureLine(signature)
        self._signature.changed.connect(self.refresh)
        self._warning = self._no_agreement() if code == OK else None
        self._news, self._news_label = banner(theme.Tone.OVERDUE)
        QHBoxLayout(self._news).addWidget(self._news_label)
        self._news.hide()
        self._lay_out(now)
        self._take_up(draft)
        self._text.changed.connect(self.typed)
        self.done_with.connect(self._hand_out)
        self.refresh()
        # An OK needs a name only.
        is_signing = code == OK and not self._signature.is_complete
        (self._signature if is_signing else self._text).setFocus()

    # --- what stands in it ----------------------------------------------------------------------

    def _lay_out(self, now: dt.datetime) -> None:
        self.fields.setSpacing(theme.SPACE * 3)
        self.fields.addWidget(self._news)
        if self._warning is not None:
            self.fields.addWidget(self._warning)
        if self._code == QUESTION and self._answering.topics:
            self.fields.addWidget(plain_label("secondary-strong", tr("Spørg om")))
            self.fields.addLayout(self._topics(self._answering.topics))
        if self._code == COORDINATION:
            self._add_coordination()
        self.fields.addWidget(plain_label("secondary-strong", tr("Besked")))
        self.fields.addWidget(self._text, 1)
        if self._code == QUESTION and self._answering.is_after_discharge:
            self.fields.addWidget(self._too_late(now))
        self.sign(self._signature)

    def _topics(self, topics: tuple[Option, ...]) -> FlowLayout:
        flow = FlowLayout(theme.SPACE * 2)
        for topic in topics:
            label = term(topic.label)
            chip = QPushButton(label)
            chip.setProperty("kind", "chip")
            chip.setCheckable(True)
            chip.setAutoDefault(False)
            chip.setAccessibleName(label)
            chip.setAccessibleDescription(topic.text)
            chip.toggled.connect(
                lambda is_on, chip=chip, label=label: chip.setText(f"✓ {label}" if is_on else label)
            )
            chip.clicked.connect(
                lambda checked, topic=topic: self._write(topic.text, wanted=checked)
            )
            self._chips[topic.code] = chip
            flow.addWidget(chip)
        return flow

    def _add_coordination(self) -> None:
        if self._answering.triggers:
            self.fields.addWidget(
                plain_label("secondary-strong", tr("Behov for udvidet koordinering"))
            )
        for trigger in self._answering.triggers:
            tick = QCheckBox(trigger.label)
            tick.setObjectName(trigger.code)
            tick.setAccessibleName(trigger.label)
            tick.toggled.connect(self.typed)
            self._ticks.append(tick)
            self.fields.addWidget(tick)
        if not self._answering.forms:
            return
        self.fields.addWidget(plain_label("secondary-strong", tr("Ønsket form")))
        row, group = QHBoxLayout(), QButtonGroup(self)
        for form in self._answering.forms:
            radio = QRadioButton(form.label)
            radio.setAccessibleName(form.label)
            radio.toggled.connect(self.typed)
            group.addButton(radio)
            self._forms[form.code] = radio
            row.addWidget(radio)
        row.addStretch(1)
        self.fields.addLayout(row)

    def _no_agreement(self) -> QFrame:
        frame, label = banner(theme.Tone.DUE)
        # The dialog must not grow under the author's hands.
        policy = frame.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        frame.setSizePolicy(policy)
        label.setText(
            tr(
                "Med en kommentar er svaret ikke længere en aftale om udskrivelse. "
                "Skal sygehuset svare eller ændre noget, så brug «Uddybende spørgsmål»."
            )
            if self._answering.ok_is_agreement
            else tr("Skal sygehuset svare eller ændre noget, så brug «Uddybende spørgsmål».")
        )
        instead = QPushButton(tr("Skift til Uddybende spørgsmål"))
        instead.setAccessibleName(instead.text())
        instead.setAutoDefault(False)
        instead.clicked.connect(self._ask_instead)
        row = QHBoxLayout(frame)
        row.addWidget(label, 1)
        row.addWidget(instead)
        return frame

    def _too_late(self, now: dt.datetime) -> QWidget:
        """The hospital's own deadline does not come before the discharge."""
        frame, label = banner(theme.Tone.DUE)
        answering = self._answering
        parts = []
        if answering.hospital_due and answering.planned_discharge:
            parts.append(
                tr(
                    "Sygehuset svarer senest {due} – det er ikke før den planlagte udskrivelse "
                    "{discharge}.",
                    due=words.at_clock(answering.hospital_due, now),
                    discharge=words.point(answering.planned_discharge, now),
                )
            )
        parts.append(
            tr("Overvej at ringe: {telephone}.", telephone=answering.telephone)
            if answering.telephone
            else tr("Overvej at ringe.")
        )
        label.setText(" ".join(parts))
        QHBoxLayout(frame).addWidget(label)
        return frame

    # --- what one does in it --------------------------------------------------------------------

    def is_ready(self) -> bool:
        """It says something, and somebody signs it; an OK needs no words."""
        has_text = bool(self._text.text.strip())
        says = self._code == OK or has_text or any(tick.isChecked() for tick in self._ticks)
        return says and self._signature.is_complete

    def refresh(self) -> None:
        """Warn that an OK with words is no agreement, too."""
        super().refresh()
        if self._warning is not None:
            self._warning.setVisible(bool(self._text.text.strip()))

    def draft(self) -> DraftView:
        """What is typed and ticked."""
        return DraftView(kind=self._code, text=self._text.text, choices=self._choices())

    def watch(self, view: PathwayView | None) -> None:
        """The pathway as it stands now: an answer to what it was before is not taken."""
        if view is None or view.pathway_id != self._view.pathway_id or not self._news.isHidden():
            return
        if view.answering.state_token == self._answering.state_token:
            return
        self._news_label.setText(
            tr(
                "Der er sket noget i forløbet, mens du skriver, så svaret kan ikke sendes. "
                "Luk med Esc, og se, hvad der er nyt. Teksten er gemt som kladde."
            )
        )
        self._news.show()
        self.fit()
        announce(self, self._news_label.text())

    def _take_up(self, draft: DraftView | None) -> None:
        """Go on where the author left; the text is there already."""
        for code in draft.choices if draft else ():
            if code in self._chips:
                self._chips[code].setChecked(True)
            if code in self._forms:
                self._forms[code].setChecked(True)
        for tick in self._ticks:
            tick.setChecked(draft is not None and tick.objectName() in draft.choices)

    def _write(self, phrase: str, *, wanted: bool) -> None:
        """Add a topic's phrase, or take it away again if nobody has changed it."""
        text = self._text.text
        if wanted and phrase not in text:
            parts = [text.rstrip(), phrase] if text.strip() else [phrase]
            self._replace("\n\n".join(parts))
        elif not wanted:
            kept = [part for part in text.split("\n\n") if part.strip() != phrase]
            self._replace("\n\n".join(kept))
        self.typed()
        self._text.setFocus()

    def _replace(self, text: str) -> None:
        """Set the text so that Ctrl Z in the field takes it back."""
        cursor = self._text.field.textCursor()
        cursor.beginEditBlock()
        cursor.select(cursor.SelectionType.Document)
        cursor.insertText(text)
        cursor.endEditBlock()
        self._text.field.setTextCursor(cursor)

    def _choices(self) -> tuple[str, ...]:
        chosen = [code for code, chip in self._chips.items() if chip.isChecked()]
        chosen += [tick.objectName() for tick in self._ticks if tick.isChecked()]
        chosen += [code for code, radio in self._forms.items() if radio.isChecked()]
        return tuple(chosen)

    def _hand_out(self) -> None:
        if self._signature.signature != self._signed:
            self.signature_changed.emit(self._signature.signature)
        self.sent.emit(self._text.text.strip(), self._choices())

    def _ask_instead(self) -> None:
        text = self._text.text
        # What is typed moves on to the question, and is no comment to an OK any more.
        self.draft_changed.emit(DraftView(kind=OK, text=""))
        self.accept()
        self.question_wanted.emit(text)


def _label(answering: Answering, code: str) -> str:
    return next((choice.label for choice in answering.choices if choice.code == code), code)
