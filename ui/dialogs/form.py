"""The frame of a dialog: title, whom it is about, fields, and two buttons."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui import keys, theme, words
from ui.asking import is_sure
from ui.key_button import KeyButton
from ui.parts import plain_label
from ui.translation import tr
from visitator.app.views import DraftView

_KEEP_MS = 400
"""How long at most what is typed is not yet kept."""


class FormDialog(QDialog):
    """Esc closes it, Ctrl Enter does what it is for.

    One that hands out a `draft` has it kept while it is written and when it is closed. The others
    ask before what was written in them is thrown away.
    """

    done_with = Signal()
    """The author wants it done; only when `is_ready`."""
    draft_changed = Signal(object)
    """A `DraftView`; empty when there is nothing worth keeping."""

    def __init__(self, title: str, about: str, do: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=True)
        self.setMinimumWidth(theme.DIALOG_WIDTH)
        self._unkept = QTimer(self)
        self._unkept.setSingleShot(True)
        self._unkept.setInterval(_KEEP_MS)
        self._unkept.timeout.connect(self._keep)
        self._written_in: list[QLineEdit | QPlainTextEdit] = []
        self._came_with: tuple[str, ...] | None = None
        self._outer = outer = QVBoxLayout(self)
        outer.setContentsMargins(*[theme.SPACE * 5] * 4)
        outer.setSpacing(theme.SPACE * 3)
        outer.addWidget(plain_label("title", title))
        if about:
            whom = plain_label("secondary", about)
            whom.setWordWrap(True)
            outer.addWidget(whom)
        self._page = QWidget()
        self.fields = QVBoxLayout(self._page)
        self.fields.setContentsMargins(0, 0, 0, 0)
        self.fields.setSpacing(theme.SPACE * 2)
        self._area = QScrollArea()
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(self._page)
        # On the dialog's own ground.
        for ground in (self._page, self._area.viewport()):
            ground.setAutoFillBackground(False)
        outer.addWidget(self._area, 1)
        self.foot = QHBoxLayout()
        self.foot.addStretch(1)
        self.leave = KeyButton(tr("Annuller"), "Esc")
        self.leave.setAutoDefault(False)
        self.leave.clicked.connect(self.reject)
        self.do = KeyButton(do, keys.hint("send"), "primary")
        self.do.setAutoDefault(False)
        self.do.clicked.connect(self._finish)
        for sequence in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(sequence), self).activated.connect(self._finish)
        self.foot.addWidget(self.leave)
        self.foot.addWidget(self.do)
        outer.addLayout(self.foot)

    def showEvent(self, event: QShowEvent) -> None:
        """Come up as high as the fields want to be."""
        if self._came_with is None:
            self._came_with = self.filled_in()
        self.fit()
        super().showEvent(event)

    def fit(self) -> None:
        """Give every field its room; on a small screen they are scrolled instead."""
        # As wide as the window's margins leave the fields.
        self._area.setMinimumWidth(self._page.minimumSizeHint().width())
        width = max(self.width(), self.minimumSizeHint().width())
        # A layout without a text that wraps knows no height for a width.
        high = max(self._outer.totalHeightForWidth(width), self._outer.totalSizeHint().height())
        around = high - self._area.sizeHint().height()
        # A field to write in asks for less than the least it is to have.
        across = width - theme.SPACE * 10
        least = self.fields.totalMinimumHeightForWidth(across)
        inside = max(self.fields.totalHeightForWidth(across), least)
        wanted = around + max(inside, self._page.sizeHint().height())
        room = self.screen().availableGeometry().height() - theme.SPACE * 12
        self.resize(width, min(wanted, room))

    def is_ready(self) -> bool:
        """Whether what is filled in will do."""
        return True

    def refresh(self) -> None:
        """To be called when a field has changed."""
        self.do.setEnabled(self.is_ready())

    def draft(self) -> DraftView | None:
        """What is to be kept of it as it stands; None where nothing ever is."""
        return None

    def filled_in(self) -> tuple[str, ...]:
        """What stands in the fields one writes in."""
        texts = (
            each.text() if isinstance(each, QLineEdit) else each.toPlainText()
            for each in self._written_in
        )
        return tuple(texts)

    def typed(self) -> None:
        """To be called when a field has changed that is part of the draft."""
        self.refresh()
        # Not put off by the next letter: who types without a rest loses no more than the others.
        if not self._unkept.isActive():
            self._unkept.start()

    def add(self, label: str, field: QWidget, stretch: int = 0) -> None:
        """A field under its label; the label is its accessible name, too."""
        field.setAccessibleName(label)
        if isinstance(field, QLineEdit | QPlainTextEdit):
            self._written_in.append(field)
        self.fields.addWidget(plain_label("secondary-strong", label))
        self.fields.addWidget(field, stretch)

    def beside(self, widget: QWidget, width: int) -> None:
        """Put a large widget to the right of the fields, which are `width` wide from now on."""
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE * 5)
        place = self._outer.indexOf(self._area)
        self._outer.removeWidget(self._area)
        self._area.setFixedWidth(width)
        row.addWidget(self._area)
        row.addWidget(widget, 1)
        self._outer.insertLayout(place, row, 1)

    def above_foot(self, widget: QWidget) -> None:
        """Put something as wide as the dialog above its buttons."""
        self._outer.insertWidget(self._outer.count() - 1, widget)

    def sign(self, line: QWidget) -> None:
        """Put who signs at the left of the buttons."""
        self.foot.setStretch(0, 0)
        self.foot.insertWidget(0, line, 1)

    def reject(self) -> None:
        """Close without doing it."""
        is_untouched = self._came_with in (None, self.filled_in())
        if is_untouched or self.draft() is not None or self._is_sure():
            super().reject()

    def _is_sure(self) -> bool:
        text = tr("Det, du har skrevet, er ikke gemt. Skal det kasseres?")
        return is_sure(self, self.windowTitle(), text, tr("Kassér"))

    def done(self, result: int) -> None:
        """Close; what was typed last is kept, unless it has been done."""
        if self._unkept.isActive():
            self._unkept.stop()
            if result == QDialog.DialogCode.Rejected:
                self._keep()
        super().done(result)

    def _keep(self) -> None:
        draft = self.draft()
        if draft is not None:
            self.draft_changed.emit(draft)

    def _finish(self) -> None:
        if self.is_ready():
            self._unkept.stop()
            self.done_with.emit()
            self.accept()


class LetterText(QWidget):
    """A field for a text of several lines, and under it that it is kept and how long it is."""

    changed = Signal()

    def __init__(self, text: str, name: str, lines: int) -> None:
        super().__init__()
        self.field = text_field(text, lines)
        self.field.setAccessibleName(name)
        self._count = plain_label("secondary")
        under = QHBoxLayout()
        under.addWidget(plain_label("secondary", tr("Kladden gemmes løbende")), 1)
        under.addWidget(self._count)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE)
        column.addWidget(self.field, 1)
        column.addLayout(under)
        self.setFocusProxy(self.field)
        self.field.textChanged.connect(self._changed)
        self._say()

    @property
    def text(self) -> str:
        """As it stands."""
        return self.field.toPlainText()

    def _changed(self) -> None:
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        self._count.setText(tr("{number} tegn", number=words.number(len(self.text))))


def text_field(text: str = "", lines: int = 6) -> QPlainTextEdit:
    """A field for a text of several lines; Tab leaves it."""
    field = QPlainTextEdit(text)
    field.setProperty("kind", "field")
    field.setTabChangesFocus(True)
    # It comes up as high as that, and takes what room there is.
    field.setMinimumHeight(field.fontMetrics().lineSpacing() * lines)
    field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
    field.moveCursor(field.textCursor().MoveOperation.End)
    return field
