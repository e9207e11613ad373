"""The card with what was missing: somebody has it until it is closed."""

import datetime as dt

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui import theme
from ui.admission.wording import said_by
from ui.flow import FlowLayout
from ui.parts import plain_label
from ui.theme import SPACE, Tone
from ui.translation import tr
from visitator.app.admission_views import AdmissionView, FollowUpView


class FollowUpsCard(QFrame):
    """What is followed up, and how it ended; hidden when nothing was missing."""

    assign_wanted = Signal(str)
    """A part."""
    close_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.setAccessibleName(tr("Opfølgning"))
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE * 3 + 2, SPACE * 3, SPACE * 3, SPACE * 3)
        column.setSpacing(SPACE * 2)
        column.addWidget(plain_label("section", tr("Følges op")))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(SPACE * 3)
        column.addLayout(self._lines)
        self._shown: object = None

    def show_admission(self, view: AdmissionView, now: dt.datetime, *, may_close: bool) -> None:
        """Show what is followed up; drawn anew only when something of it has changed."""
        shown = (view.row.pathway_id, view.follow_ups, may_close, now.date())
        if shown == self._shown:
            return
        had_focus = self.isAncestorOf(self.window().focusWidget())
        self._shown = shown
        while (item := self._lines.takeAt(0)) is not None:
            line = item.widget()
            if line is not None:
                line.hide()
                line.deleteLater()
        for each in view.follow_ups:
            self._lines.addWidget(self._line(each, now, may_close=may_close))
        self.setVisible(bool(view.follow_ups))
        if had_focus:
            button = self.findChild(QPushButton)
            if button is not None:
                button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _line(self, each: FollowUpView, now: dt.datetime, *, may_close: bool) -> QWidget:
        line = QWidget()
        column = QVBoxLayout(line)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE // 2)
        head = QHBoxLayout()
        title = plain_label("strong", each.label)
        title.setWordWrap(True)
        head.addWidget(title, 1)
        column.addLayout(head)
        if not each.is_open:
            closed = each.closed
            how = each.text or tr("Medbragt alligevel")
            said = f"{how} · {said_by(closed, now)}" if closed else how
            column.addWidget(_wrapped("secondary", said))
            return line
        opened = [each.note, tr("mangler: {who}", who=said_by(each.opened, now))]
        column.addWidget(_wrapped("secondary", " · ".join(part for part in opened if part)))
        owner = plain_label("secondary-strong")
        if each.owner:
            owner.setText(tr("Ansvarlig: {name}", name=each.owner_name or each.owner))
        else:
            owner.setText(tr("Ingen har taget den"))
        tone = Tone.NEUTRAL if each.owner else Tone.DUE
        theme.set_property(owner, "tone", tone.value)
        column.addWidget(owner)
        if may_close:
            column.addLayout(self._buttons(each))
        return line

    def _buttons(self, each: FollowUpView) -> FlowLayout:
        buttons = FlowLayout(SPACE * 2)
        for text, wanted in (
            (tr("Tildel …"), self.assign_wanted),
            (tr("Afslut opfølgning …"), self.close_wanted),
        ):
            button = QPushButton(text)
            button.setProperty("kind", "small")
            button.setAccessibleName(f"{each.label}: {text}")
            button.clicked.connect(lambda _=False, wanted=wanted: wanted.emit(each.part))
            buttons.addWidget(button)
        return buttons


def _wrapped(role: str, text: str) -> QWidget:
    label = plain_label(role, text)
    label.setWordWrap(True)
    return label
