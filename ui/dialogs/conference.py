"""Planlægningskonference aftalt: how and when it is held (R6.2, R6.3)."""

import datetime as dt

from PySide6.QtCore import QDate, QTime, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDateEdit,
    QHBoxLayout,
    QRadioButton,
    QTimeEdit,
    QWidget,
)

from ui import theme, words
from ui.dialogs.form import FormDialog
from ui.parts import plain_label
from ui.translation import tr
from visitator.app.views import Option, Point


class ConferenceDialog(FormDialog):
    """Notes the conference the hospital has called to."""

    agreed = Signal(str, object)
    """The code of the form, and a `Point`."""

    def __init__(
        self,
        about: str,
        *,
        forms: tuple[Option, ...],
        today: dt.date,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(tr("Planlægningskonference aftalt"), about, tr("Gem"), parent)
        self._forms: dict[str, QRadioButton] = {}
        self._date = QDateEdit(QDate(today.year, today.month, today.day))
        self._date.setDisplayFormat("dd/MM yyyy")
        self._date.setCalendarPopup(True)
        self._time = QTimeEdit(QTime(12, 0))
        self._time.setDisplayFormat("HH.mm")
        self._time.setAccessibleName(tr("Klokkeslæt"))
        self._time.hide()
        self._has_time = QCheckBox(tr("Klokkeslættet er aftalt:"))
        self._has_time.setAccessibleName(self._has_time.text())
        self._has_time.toggled.connect(self._time.setVisible)
        self._weekday = plain_label("secondary")
        self._date.dateChanged.connect(self._say_weekday)
        self._say_weekday()
        self.add(tr("Form"), self._offer(forms))
        self.add(tr("Dag"), self._date)
        self.fields.addWidget(self._weekday)
        row = QHBoxLayout()
        # As high with the time of day as without: the dialog does not jump.
        row.addStrut(self._time.sizeHint().height())
        row.addWidget(self._has_time)
        row.addWidget(self._time)
        row.addStretch(1)
        self.fields.addLayout(row)
        self.fields.addStretch(1)
        self.done_with.connect(self._agree)
        self.refresh()
        next(iter(self._forms.values())).setFocus()

    def is_ready(self) -> bool:
        """A form is chosen."""
        return any(radio.isChecked() for radio in self._forms.values())

    def _offer(self, forms: tuple[Option, ...]) -> QWidget:
        holder, group = QWidget(), QButtonGroup(self)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE * 4)
        for form in forms:
            radio = QRadioButton(form.label)
            radio.setAccessibleName(form.label)
            radio.toggled.connect(self.refresh)
            group.addButton(radio)
            self._forms[form.code] = radio
            row.addWidget(radio)
        row.addStretch(1)
        return holder

    def _agree(self) -> None:
        form = next(code for code, radio in self._forms.items() if radio.isChecked())
        at = self._time.time()
        time = dt.time(at.hour(), at.minute()) if self._has_time.isChecked() else None
        self.agreed.emit(form, Point(date=self._day(), time=time))

    def _say_weekday(self) -> None:
        self._weekday.setText(words.weekday(self._day()))

    def _day(self) -> dt.date:
        day = self._date.date()
        return dt.date(day.year(), day.month(), day.day())
