"""Telefonnotat: whom, when, what was agreed (R4.8)."""

import datetime as dt
from zoneinfo import ZoneInfo

from PySide6.QtCore import QDate, QDateTime, QTime, Signal
from PySide6.QtWidgets import QCheckBox, QDateTimeEdit, QLineEdit, QWidget

from ui.dialogs.form import FormDialog, LetterText
from ui.translation import tr
from visitator.app.views import DraftView

KIND = "call"
_COPENHAGEN = ZoneInfo("Europe/Copenhagen")


class CallDialog(FormDialog):
    """Notes a telephone call in a pathway."""

    noted = Signal(str, object, str, bool)
    """Whom, when (aware, Danish time), what was agreed, and whether it answers the question."""

    def __init__(
        self,
        about: str,
        *,
        ward: str,
        now: dt.datetime,
        is_awaiting: bool,
        draft: DraftView | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(tr("Telefonnotat"), about, tr("Gem"), parent)
        self._whom = QLineEdit(draft.subject if draft and draft.subject else ward)
        self._at = QDateTimeEdit(_as_shown(now))
        self._at.setDisplayFormat("dd/MM yyyy HH.mm")
        self._at.setCalendarPopup(True)
        self._at.setMaximumDateTime(_as_shown(now))
        label = tr("Hvad blev aftalt")
        self._text = LetterText(draft.text if draft else "", label, lines=6)
        self._clears = QCheckBox(tr("Sygehuset har svaret på spørgsmålet"))
        self._clears.setAccessibleName(self._clears.text())
        self._clears.setVisible(is_awaiting)
        self.add(tr("Talt med"), self._whom)
        self.add(tr("Tidspunkt"), self._at)
        self.add(label, self._text, 1)
        self.fields.addWidget(self._clears)
        self._whom.textChanged.connect(self.typed)
        self._text.changed.connect(self.typed)
        self.done_with.connect(self._note)
        self.refresh()
        self._text.setFocus()

    def is_ready(self) -> bool:
        """Somebody was called, and something was said."""
        return bool(self._whom.text().strip() and self._text.text.strip())

    def draft(self) -> DraftView:
        """Whom and what; whom alone is nothing to keep."""
        text = self._text.text
        return DraftView(kind=KIND, text=text, subject=self._whom.text() if text.strip() else "")

    def _note(self) -> None:
        shown = self._at.dateTime()
        date, time = shown.date(), shown.time()
        at = dt.datetime(
            date.year(),
            date.month(),
            date.day(),
            time.hour(),
            time.minute(),
            tzinfo=_COPENHAGEN,
        )
        whom, text = self._whom.text().strip(), self._text.text.strip()
        self.noted.emit(whom, at, text, self._clears.isChecked())


def _as_shown(at: dt.datetime) -> QDateTime:
    """The wall clock in Denmark, whatever zone this workstation is set to."""
    local = at.astimezone(_COPENHAGEN)
    return QDateTime(QDate(local.year, local.month, local.day), QTime(local.hour, local.minute))
