"""The small dialogs of the admission side."""

import datetime as dt

from PySide6.QtCore import QDate, QTime, Signal
from PySide6.QtWidgets import QCheckBox, QDateEdit, QHBoxLayout, QLineEdit, QTimeEdit, QWidget

from ui.dialogs.form import FormDialog, text_field
from ui.message import announce
from ui.parts import banner
from ui.theme import Tone
from ui.translation import tr
from visitator.app.views import Point


class SayDialog(FormDialog):
    """Asks for one text: a note, a reason, who was there, how something ended."""

    said = Signal(str)

    def __init__(
        self,
        title: str,
        about: str,
        do: str,
        *,
        label: str,
        text: str = "",
        is_required: bool = True,
        lines: int = 1,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, about, do, parent)
        self._is_required = is_required
        if lines > 1:
            field = text_field(text, lines)
            field.textChanged.connect(self.refresh)
            self._read = field.toPlainText
            self.add(label, field, 1)
            field.setFocus()
        else:
            line = QLineEdit(text)
            line.textChanged.connect(self.refresh)
            line.returnPressed.connect(self.do.click)
            self._read = line.text
            self.add(label, line)
            self.fields.addStretch(1)
            line.setFocus()
        self.done_with.connect(lambda: self.said.emit(self._read().strip()))
        self.refresh()

    def is_ready(self) -> bool:
        """Something is written, where it must be."""
        return bool(self._read().strip()) or not self._is_required


class NameDialog(FormDialog):
    """The name of a citizen of whom only the number has come."""

    named = Signal(str, str)
    """Given name and surname."""

    def __init__(self, about: str, parent: QWidget | None = None) -> None:
        super().__init__(tr("Borgerens navn"), about, tr("Gem"), parent)
        self._given, self._surname = QLineEdit(), QLineEdit()
        self.add(tr("Fornavn"), self._given)
        self.add(tr("Efternavn"), self._surname)
        self.fields.addStretch(1)
        self._surname.textChanged.connect(self.refresh)
        self._surname.returnPressed.connect(self.do.click)
        self.done_with.connect(
            lambda: self.named.emit(self._given.text().strip(), self._surname.text().strip())
        )
        self.refresh()
        self._given.setFocus()

    def is_ready(self) -> bool:
        """A letter needs a surname."""
        return bool(self._surname.text().strip())


class WhenFields:
    """A day and, when it is known, a time of day; never in the future."""

    def __init__(self, dialog: FormDialog, label: str, now: dt.datetime) -> None:
        today = QDate(now.year, now.month, now.day)
        self._date = QDateEdit(today)
        self._date.setDisplayFormat("dd/MM yyyy")
        self._date.setCalendarPopup(True)
        self._date.setMaximumDate(today)
        self._date.setAccessibleName(label)
        self._time = QTimeEdit(QTime(now.hour, now.minute))
        self._time.setDisplayFormat("HH.mm")
        self._time.setAccessibleName(tr("Klokkeslæt"))
        self._has_time = QCheckBox(tr("Klokkeslættet er kendt:"))
        self._has_time.setAccessibleName(self._has_time.text())
        self._has_time.toggled.connect(self._time.setVisible)
        self._time.hide()
        row = QHBoxLayout()
        row.addStrut(self._time.sizeHint().height())
        row.addWidget(self._date)
        row.addWidget(self._has_time)
        row.addWidget(self._time)
        row.addStretch(1)
        dialog.add(label, _holding(row))

    @property
    def point(self) -> Point:
        """What is chosen."""
        day, time = self._date.date(), self._time.time()
        is_known = self._has_time.isChecked()
        return Point(
            date=dt.date(day.year(), day.month(), day.day()),
            time=dt.time(time.hour(), time.minute()) if is_known else None,
        )


class EnterDialog(FormDialog):
    """Enters a citizen whose notification is missing; a fault is shown, and all stays written."""

    entered = Signal(str, str, str, object, str)
    """Number, given name, surname, a `Point` and the ward."""

    def __init__(self, now: dt.datetime, parent: QWidget | None = None) -> None:
        about = tr(
            "Når borgeren er indlagt, og advis ikke er kommet. Kommer advis senere, finder det "
            "selv hertil."
        )
        super().__init__(tr("Opret indlæggelse"), about, tr("Opret"), parent)
        self._cpr, self._given, self._surname = QLineEdit(), QLineEdit(), QLineEdit()
        self._ward = QLineEdit()
        self._cpr.setPlaceholderText(tr("DDMMÅÅ-XXXX, også erstatnings-CPR-nummer"))
        self._ward.setPlaceholderText(tr("Sygehus, afdeling"))
        self._fault, self._fault_label = banner(Tone.OVERDUE)
        QHBoxLayout(self._fault).addWidget(self._fault_label)
        self._fault.hide()
        self.fields.addWidget(self._fault)
        self.add(tr("CPR-nummer"), self._cpr)
        self.add(tr("Fornavn"), self._given)
        self.add(tr("Efternavn"), self._surname)
        self._when = WhenFields(self, tr("Indlagt"), now)
        self.add(tr("Afdeling"), self._ward)
        self.fields.addStretch(1)
        for field in (self._cpr, self._surname):
            field.textChanged.connect(self.refresh)
        self.done_with.connect(self._enter)
        self.refresh()
        self._cpr.setFocus()

    def is_ready(self) -> bool:
        """Somebody is named, or has a number."""
        return bool(self._cpr.text().strip() or self._surname.text().strip())

    def show_fault(self, why: str) -> None:
        """Say why they were not entered; what was written stands."""
        self._fault_label.setText(why)
        self._fault.show()
        self.fit()
        announce(self, why)
        self._cpr.setFocus()
        self._cpr.selectAll()

    def _finish(self) -> None:
        """Stay until it is known that they were entered."""
        if self.is_ready():
            self.done_with.emit()

    def _enter(self) -> None:
        who = (self._cpr, self._given, self._surname)
        cpr, given, surname = (field.text().strip() for field in who)
        self.entered.emit(cpr, given, surname, self._when.point, self._ward.text().strip())


class LeaveDialog(FormDialog):
    """On leave from the hospital (orlov), or back."""

    noted = Signal(object)
    """A `Point`."""

    def __init__(
        self, about: str, now: dt.datetime, *, is_back: bool, parent: QWidget | None = None
    ) -> None:
        title = tr("Tilbage fra orlov") if is_back else tr("På orlov")
        super().__init__(title, about, tr("Gem"), parent)
        self._when = WhenFields(self, tr("Tilbage") if is_back else tr("Fra"), now)
        self.fields.addStretch(1)
        self.done_with.connect(lambda: self.noted.emit(self._when.point))


def _holding(row: QHBoxLayout) -> QWidget:
    holder = QWidget()
    row.setContentsMargins(0, 0, 0, 0)
    holder.setLayout(row)
    return holder
