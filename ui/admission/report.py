"""The card with the admission report: written where it stands, and kept as it is typed."""

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui import keys, theme, words
from ui.admission.wording import said_by
from ui.dialogs.form import text_field
from ui.flow import FlowLayout
from ui.key_button import KeyButton
from ui.parts import banner, plain_label
from ui.plan.head import sent_words
from ui.reply.signature import SignatureLine
from ui.theme import SPACE, Tone
from ui.translation import mark, term, tr
from visitator.app.admission_views import AdmissionFlag, AdmissionView, ReportView, SentReport
from visitator.app.views import DraftView, Option, Signature, Transit

KIND = "admission_report"
_KEEP_MS = 400
_LINES = 3
_HINTS = {
    "cause": mark("Hvad er sket, og hvordan er borgeren nu?"),
    "prevention": mark("Hvad er forsøgt for at undgå indlæggelsen?"),
}


class ReportCard(QFrame):
    """Writes the report of one admission; what is typed is a draft from the first letter on."""

    send_wanted = Signal(bool)
    """What is written; True: it was sent from the care record system and is only noted."""
    copy_wanted = Signal()
    not_needed_wanted = Signal()
    name_wanted = Signal()
    """The citizen's name is to be written first."""
    draft_changed = Signal(str, object)
    """A pathway and a `DraftView`; empty when there is nothing worth keeping."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.setAccessibleName(tr("Indlæggelsesrapport"))
        self._pathway_id = ""
        self._view: AdmissionView | None = None
        self._may_write = True
        self._is_again = False
        self._is_sending = False
        self._fields: dict[str, QPlainTextEdit] = {}
        self._labels: dict[str, QLabel] = {}
        self._radios: dict[str, QRadioButton] = {}
        self._offered: tuple[tuple[Option, ...], ...] = ()
        self._unkept = QTimer(self)
        self._unkept.setSingleShot(True)
        self._unkept.setInterval(_KEEP_MS)
        self._unkept.timeout.connect(self.keep)
        self._state = plain_label("secondary")
        self._state.setWordWrap(True)
        self._problem, self._problem_label = banner(Tone.DUE)
        self._name = _button(tr("Skriv borgerens navn …"), self.name_wanted.emit)
        self._lay_out()
        for sequence in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(sequence), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._send_by_key)

    # --- what stands in it ----------------------------------------------------------------------

    def _lay_out(self) -> None:
        problem = QVBoxLayout(self._problem)
        problem.setContentsMargins(SPACE * 3, SPACE * 2, SPACE * 3, SPACE * 2)
        problem.addWidget(self._problem_label)
        problem.addWidget(self._name, 0, Qt.AlignmentFlag.AlignLeft)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[SPACE * 4] * 4)
        column.setSpacing(SPACE * 2)
        column.addWidget(plain_label("section", tr("Indlæggelsesrapport")))
        column.addWidget(self._state)
        self._whose = plain_label("secondary", tr("Rapporten skrives af visitationen."))
        self._whose.setWordWrap(True)
        column.addWidget(self._whose)
        self._history = QVBoxLayout()
        self._history.setSpacing(SPACE * 2)
        column.addLayout(self._history)
        self._again = _button(tr("Skriv en supplering mere …"), self._write_again)
        column.addWidget(self._again, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._problem)
        self._form = QWidget()
        self._fill = QVBoxLayout(self._form)
        self._fill.setContentsMargins(0, 0, 0, 0)
        self._fill.setSpacing(SPACE)
        column.addWidget(self._form)
        self._buttons = QWidget()
        self._add_buttons()
        column.addWidget(self._buttons)
        column.addStretch(1)

    def _add_buttons(self) -> None:
        self._send = KeyButton(tr("Send suppleret rapport"), keys.hint("send"), "primary")
        self._send.clicked.connect(lambda: self._hand_out(elsewhere=False))
        self._copy = _button(tr("Kopiér teksten"), self.copy_wanted.emit)
        self._elsewhere = _button(
            tr("Sendt fra omsorgssystemet"), lambda: self._hand_out(elsewhere=True)
        )
        self._not_needed = _button(tr("Ikke nødvendig …"), self.not_needed_wanted.emit)
        self._hint = plain_label("secondary")
        self._hint.setWordWrap(True)
        column = QVBoxLayout(self._buttons)
        column.setContentsMargins(0, SPACE, 0, 0)
        column.setSpacing(SPACE * 2)
        column.addWidget(self._hint)
        flow = FlowLayout(SPACE * 2)
        for button in (self._send, self._copy, self._elsewhere, self._not_needed):
            flow.addWidget(button)
        column.addLayout(flow)

    def _offer(self, report: ReportView) -> None:
        """Fields for what the agreement prescribes; made once."""
        offered = report.texts, report.confirmations
        if offered == self._offered:
            return
        self._offered = offered
        for text in report.texts:
            field = text_field(lines=_LINES)
            field.setPlaceholderText(tr(_HINTS[text.code]) if text.code in _HINTS else "")
            self._add_field(text.code, text.label, field)
        radios = QHBoxLayout()
        radios.setSpacing(SPACE * 4)
        self._group = QButtonGroup(self)
        for option in report.confirmations:
            radio = QRadioButton(term(option.label))
            radio.setAccessibleName(tr("Bekræftet af patienten: {answer}", answer=radio.text()))
            radio.toggled.connect(self._typed)
            self._group.addButton(radio)
            self._radios[option.code] = radio
            radios.addWidget(radio)
        radios.addStretch(1)
        self._fill.addWidget(plain_label("secondary-strong", tr("Bekræftet af patienten")))
        self._fill.addLayout(radios)
        self._supplement = text_field(lines=_LINES)
        self._add_field("", tr("Supplerende oplysninger"), self._supplement)
        self.signature = SignatureLine(Signature())
        self.signature.changed.connect(self._refresh)
        self._fill.addWidget(self.signature)

    def _add_field(self, code: str, label: str, field: QPlainTextEdit) -> None:
        field.setAccessibleName(label)
        field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        field.setFixedHeight(field.fontMetrics().lineSpacing() * _LINES + SPACE * 5)
        field.textChanged.connect(self._typed)
        head = plain_label("secondary-strong", label)
        must = plain_label("secondary-strong", tr("skal udfyldes"))
        must.setProperty("tone", Tone.OVERDUE.value)
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.setContentsMargins(0, SPACE, 0, 0)
        row.addWidget(head)
        row.addWidget(must)
        row.addStretch(1)
        self._fill.addLayout(row)
        self._fill.addWidget(field)
        if code:
            self._fields[code] = field
            self._labels[code] = must
        else:
            must.hide()

    # --- showing --------------------------------------------------------------------------------

    def show_admission(
        self,
        view: AdmissionView,
        now: dt.datetime,
        *,
        draft: DraftView | None,
        signature: Signature,
        may_write: bool,
    ) -> None:
        """Show where the report stands, and what was written of it."""
        is_other = view.row.pathway_id != self._pathway_id
        if is_other:
            self.keep()
            self._is_again = self._is_sending = False
        self._view, self._pathway_id = view, view.row.pathway_id
        self._may_write = may_write
        self._offer(view.report)
        self.signature.show_signature(signature)
        if is_other or (draft is not None and self._is_empty()):
            self._take_up(draft)
        self._show_history(view.report, now)
        self._show_form(view)
        self.show_time(now)

    def show_time(self, now: dt.datetime) -> None:
        """Let the deadline follow the clock."""
        if self._view is None:
            return
        report = self._view.report
        parts = [term(report.state)]
        deadline = report.deadline
        if deadline is not None and deadline.due is not None:
            when = words.at_clock(deadline.due, now)
            parts.append(tr("frist {when}", when=when))
        self._state.setText(" · ".join(parts))
        self._state.setToolTip(deadline.text if deadline else "")
        tone = Tone.OVERDUE if report.is_overdue else Tone.DUE if report.must else Tone.NEUTRAL
        theme.set_property(self._state, "tone", tone.value)

    def _show_form(self, view: AdmissionView) -> None:
        report = view.report
        is_written = report.is_open or self._is_again or not self._is_empty()
        is_shown = is_written and self._may_write
        self._form.setVisible(is_shown)
        self._buttons.setVisible(is_shown)
        self._again.setVisible(not is_written and self._may_write and bool(report.sent))
        lacks_name = AdmissionFlag.UNKNOWN_CITIZEN in view.row.flags and not view.row.name
        self._problem_label.setText(term(report.why_not))
        self._name.setVisible(lacks_name)
        self._problem.setVisible(bool(report.why_not) and is_shown)
        for label in self._labels.values():
            label.setVisible(report.must)
        self._not_needed.setVisible(report.is_open and not report.must)
        self._whose.setVisible(report.is_open and not self._may_write)
        self._refresh()

    def _show_history(self, report: ReportView, now: dt.datetime) -> None:
        while (item := self._history.takeAt(0)) is not None:
            line = item.widget()
            if line is not None:
                line.hide()
                line.deleteLater()
        for each in report.sent:
            self._history.addWidget(_selectable(_sent_words(each, now), "secondary-strong"))
            self._history.addWidget(_selectable(each.text, ""))
        if report.not_needed:
            by = report.not_needed_by
            who = f" · {said_by(by, now)}" if by else ""
            text = tr("Ikke nødvendig: {reason}", reason=report.not_needed)
            self._history.addWidget(_selectable(text + who, ""))

    @property
    def needed_width(self) -> int:
        """What it asks for, whether it is written on or was sent."""
        inside = (self._form, self._buttons)
        return max(part.minimumSizeHint().width() for part in inside) + SPACE * 8 + 2 * theme.RULE

    def take_focus(self) -> None:
        """To the first field that is empty."""
        if not self._form.isVisible():
            if self._again.isVisible():
                self._write_again()
            return
        empty = (each for each in self._fields.values() if not each.toPlainText().strip())
        next(empty, self._supplement).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _write_again(self) -> None:
        self._is_again = True
        if self._view is not None:
            self._show_form(self._view)
            self.take_focus()

    # --- what is written ------------------------------------------------------------------------

    @property
    def texts(self) -> dict[str, str]:
        """What stands under each heading, by its code."""
        return {code: field.toPlainText() for code, field in self._fields.items()}

    @property
    def confirmed(self) -> str | None:
        """The code of what the patient has confirmed."""
        return next((code for code, each in self._radios.items() if each.isChecked()), None)

    @property
    def supplement(self) -> str:
        """What else there is."""
        return self._supplement.toPlainText()

    def clear(self) -> None:
        """It was sent; nothing is written any more."""
        self._is_sending = False
        self._unkept.stop()
        self._is_again = False
        self._take_up(None)

    def not_sent(self) -> None:
        """It could not be sent; what is written stands, and may be sent again."""
        self._is_sending = False
        self._refresh()

    @property
    def is_sending(self) -> bool:
        """Whether what is written is on its way to the outbox."""
        return self._is_sending

    def keep(self) -> None:
        """Have what is written kept at once, if it is not."""
        if self._unkept.isActive():
            self._unkept.stop()
            self.draft_changed.emit(self._pathway_id, self._draft())

    def _draft(self) -> DraftView:
        chosen = (self.confirmed,) if self.confirmed else ()
        return DraftView(kind=KIND, text=self.supplement, choices=chosen, fields=self.texts)

    def _is_empty(self) -> bool:
        written = (*self.texts.values(), self.supplement)
        return not (self.confirmed or any(text.strip() for text in written))

    def _take_up(self, draft: DraftView | None) -> None:
        kept = draft or DraftView(kind=KIND, text="")
        self.blockSignals(True)
        for code, field in self._fields.items():
            field.setPlainText(kept.fields.get(code, ""))
        self._supplement.setPlainText(kept.text)
        self._group.setExclusive(False)
        for code, radio in self._radios.items():
            radio.setChecked(code in kept.choices)
        self._group.setExclusive(True)
        self.blockSignals(False)
        self._unkept.stop()

    def _typed(self) -> None:
        self._refresh()
        # Not put off by the next letter: who types without a rest loses no more than the others.
        if not self._unkept.isActive():
            self._unkept.start()

    def _lacks(self) -> str:
        """What stands in the way of sending, in words; empty when nothing does."""
        view = self._view
        if view is None:
            return ""
        missing = [text.label for text in view.report.texts if not self.texts[text.code].strip()]
        if view.report.must and missing:
            named = tr(" og ").join(f"«{label}»" for label in missing)
            return tr("{fields} mangler: en kommunal medarbejder var til stede.", fields=named)
        if not (any(text.strip() for text in self.texts.values()) or self.supplement.strip()):
            return tr("Skriv, hvad der skal suppleres.")
        return ""

    def _refresh(self) -> None:
        if self._view is None:
            return
        lacks, report = self._lacks(), self._view.report
        is_signed = self.signature.is_complete
        may_send = not lacks and not self._is_sending
        self._send.setEnabled(may_send and not report.why_not and is_signed)
        self._elsewhere.setEnabled(may_send)
        self._copy.setEnabled(not self._is_empty())
        if lacks or report.why_not:
            self._hint.setText(lacks)
        elif not is_signed:
            self._hint.setText(tr("Skriv, hvem der underskriver."))
        else:
            self._hint.setText(
                tr(
                    "Sendes til {ward} som korrespondancemeddelelse med emnet «{subject}» "
                    "og kan fortrydes i 10 sekunder.",
                    ward=report.to,
                    subject=report.subject,
                )
            )
        self._hint.setVisible(bool(self._hint.text()))

    def _send_by_key(self) -> None:
        if self._send.isVisible() and self._send.isEnabled():
            self._hand_out(elsewhere=False)

    def _hand_out(self, *, elsewhere: bool) -> None:
        self.keep()
        # A second press, before it is in the outbox, sends nothing more.
        self._is_sending = True
        self._refresh()
        self.send_wanted.emit(elsewhere)


def copy(text: str) -> None:
    """Put a text on the clipboard."""
    QGuiApplication.clipboard().setText(text)


def _sent_words(report: SentReport, now: dt.datetime) -> str:
    """``Sendt til sygehuset i dag 09.55 · Anne Holm``."""
    sent = report.sent
    if sent is None:
        state = f"{term(report.channel)} {words.at(report.said.at, now)}"
    else:
        is_waiting = sent.transit is Transit.UNDO
        state = sent_words(sent.label, None if is_waiting else sent.at, now)
    return f"{state} · {report.said.who}"


def _selectable(text: str, role: str) -> QLabel:
    label = plain_label(role, text)
    label.setWordWrap(True)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return label


def _button(text: str, do: Callable[[], object]) -> QPushButton:
    button = QPushButton(text)
    button.setAccessibleName(text)
    button.clicked.connect(do)
    return button
