"""The dialogs of the rehabilitation page."""

import datetime as dt

from PySide6.QtCore import QDate, QTime, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDateEdit,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QTimeEdit,
    QVBoxLayout,
    QWidget,
)

from ui import theme, words
from ui.dialogs.form import FormDialog, text_field
from ui.message import announce
from ui.parts import banner, wrapped
from ui.theme import Tone
from ui.translation import term, tr
from visitator.app.rehabilitation_steps import StepDraft
from visitator.app.rehabilitation_views import LinkView, StayOption, StepKind
from visitator.app.views import Point

_LONG = {"ended", "status"}
"""Steps in which a whole note is written."""


class StepDialog(FormDialog):
    """Takes one step: the day is today, so most need no more than the last press.

    A fault is shown, and all stays written.
    """

    filled = Signal(object)
    """A `StepDraft`."""

    def __init__(
        self, kind: StepKind, about: str, now: dt.datetime, parent: QWidget | None = None
    ) -> None:
        super().__init__(term(kind.label), about, tr("Gem"), parent)
        self._kind = kind
        today = QDate(now.year, now.month, now.day)
        self._fault, self._fault_label = banner(Tone.OVERDUE)
        QHBoxLayout(self._fault).addWidget(self._fault_label)
        self._fault.hide()
        self.fields.addWidget(self._fault)
        self._choices = QButtonGroup(self)
        self._codes: dict[QRadioButton, str] = {}
        if kind.choices:
            self.add(term(kind.choice_label), self._radios(kind))
        self._point = PointField(today, is_optional=kind.code == "postponed")
        if kind.point_label:
            self.add(term(kind.point_label), self._point)
        self._date = _date_field(today)
        self._date.setMaximumDate(today)
        self.add(tr("Dato"), self._date)
        self._text = text_field(kind.text, 8 if kind.code in _LONG else 1)
        self._line = QLineEdit()
        if kind.text_label:
            field = self._text if kind.code in _LONG else self._line
            self.add(term(kind.text_label), field, int(kind.code in _LONG))
        if kind.code in _LONG:
            self.fields.addWidget(wrapped("secondary", _not_sent()))
        self._note = QLineEdit()
        self.add(tr("Notat (kan være tomt)"), self._note)
        self._note.returnPressed.connect(self.do.click)
        self.fields.addStretch(1)
        self.done_with.connect(self._fill)
        self.refresh()
        first = next(iter(self._codes), None)
        rest = self._point if kind.point_label else self._note
        (first or (self._text if kind.code in _LONG else rest)).setFocus()

    def _radios(self, kind: StepKind) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE)
        for option in kind.choices:
            radio = QRadioButton(term(option.label))
            radio.setAccessibleName(radio.text())
            radio.toggled.connect(self.refresh)
            self._choices.addButton(radio)
            self._codes[radio] = option.code
            column.addWidget(radio)
        return page

    def is_ready(self) -> bool:
        """One is chosen where one must be."""
        return not self._codes or self._choices.checkedButton() is not None

    def show_fault(self, why: str) -> None:
        """Say why it was not taken; what was written stands."""
        self._fault_label.setText(why)
        self._fault.show()
        self.fit()
        announce(self, why)

    def _finish(self) -> None:
        """Stay until it is known that the step was taken."""
        if self.is_ready():
            self.done_with.emit()

    def _fill(self) -> None:
        kind = self._kind
        chosen = next((code for radio, code in self._codes.items() if radio.isChecked()), "")
        text = self._text.toPlainText() if kind.code in _LONG else self._line.text()
        draft = StepDraft(
            code=kind.code,
            day=_civil(self._date),
            note=self._note.text(),
            choice=chosen,
            text=text if kind.text_label else "",
            point=self._point.point if kind.point_label else None,
        )
        self.filled.emit(draft)


def _not_sent() -> str:
    return tr(
        "Teksten sendes ikke herfra. Den gemmes i forløbet, kan kopieres med ét tryk og står i "
        "Word-notatet, som kan udskrives."
    )


class PointField(QWidget):
    """A day, and a time of day when it is known; the day may be unknown, too."""

    def __init__(self, today: QDate, *, is_optional: bool) -> None:
        super().__init__()
        self._date = _date_field(today)
        self._time = QTimeEdit(QTime(9, 0))
        self._time.setDisplayFormat("HH.mm")
        self._time.setAccessibleName(tr("Klokkeslæt"))
        self._is_optional = is_optional
        text = tr("Datoen er kendt:") if is_optional else tr("Klokkeslættet er kendt:")
        self._known = QCheckBox(text)
        self._known.setAccessibleName(text)
        hidden = self._date if is_optional else self._time
        self._known.toggled.connect(hidden.setVisible)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStrut(self._date.sizeHint().height())
        order = (self._known, self._date) if is_optional else (self._date, self._known, self._time)
        for each in order:
            row.addWidget(each)
        row.addStretch(1)
        hidden.hide()
        self.setFocusProxy(self._known if is_optional else self._date)

    def setAccessibleName(self, name: str) -> None:
        """The day has it, too."""
        super().setAccessibleName(name)
        self._date.setAccessibleName(name)

    @property
    def point(self) -> Point | None:
        """What is chosen; None for an unknown day."""
        is_known = self._known.isChecked()
        if self._is_optional:
            return Point(date=_civil(self._date)) if is_known else None
        time = self._time.time()
        return Point(
            date=_civil(self._date),
            time=dt.time(time.hour(), time.minute()) if is_known else None,
        )


class DateDialog(FormDialog):
    """A date that a person confirms."""

    confirmed = Signal(object, str)
    """A date, and a note."""

    def __init__(
        self, title: str, about: str, date: dt.date, *, label: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(title, about, tr("Bekræft"), parent)
        self._date = _date_field(QDate(date.year, date.month, date.day))
        self._note = QLineEdit()
        self.add(label, self._date)
        self.add(tr("Hvor det står, eller hvem der har oplyst det"), self._note)
        self.fields.addStretch(1)
        self._note.returnPressed.connect(self.do.click)
        self.done_with.connect(
            lambda: self.confirmed.emit(_civil(self._date), self._note.text().strip())
        )
        self._date.setFocus()


def link_label(link: LinkView, now: dt.datetime) -> str:
    """The admission the plan is linked to, in words."""
    found = next((each for each in link.options if each.pathway_id == link.pathway_id), None)
    if not link.pathway_id:
        return tr("Planen er ikke knyttet til en indlæggelse.")
    return stay_words(found, now) if found is not None else tr("Indlæggelsen er ikke her endnu.")


def stay_words(stay: StayOption, now: dt.datetime) -> str:
    """``Slagelse Sygehus · indlagt man 2/3 · udskrevet i går``."""
    parts = [stay.ward]
    if stay.admitted is not None:
        parts.append(tr("indlagt {when}", when=words.day(stay.admitted.date, now)))
    if stay.discharged is not None:
        parts.append(tr("udskrevet {when}", when=words.day(stay.discharged.date, now)))
    return " · ".join(part for part in parts if part)


def _date_field(date: QDate) -> QDateEdit:
    field = QDateEdit(date)
    field.setDisplayFormat("dd/MM yyyy")
    field.setCalendarPopup(True)
    return field


def _civil(field: QDateEdit) -> dt.date:
    day = field.date()
    return dt.date(day.year(), day.month(), day.day())
