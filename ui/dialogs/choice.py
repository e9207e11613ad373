"""One of a few: why a pathway lapsed, or which letter holds the minutes."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.dialogs.form import FormDialog
from ui.parts import plain_label
from ui.translation import term
from visitator.app.views import Option


class ChoiceDialog(FormDialog):
    """Shows the options one below the other; none is chosen before the author has chosen it."""

    chosen = Signal(str)
    """The code of an option."""

    def __init__(
        self,
        title: str,
        about: str,
        do: str,
        *,
        label: str,
        options: tuple[Option, ...],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, about, do, parent)
        self._radios: dict[str, QRadioButton] = {}
        page, group = QWidget(), QButtonGroup(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, theme.SPACE * 3, 0)
        column.setSpacing(theme.SPACE)
        for option in options:
            radio = QRadioButton(term(option.label))
            radio.setAccessibleName(radio.text())
            radio.setAccessibleDescription(option.text)
            radio.toggled.connect(self.refresh)
            group.addButton(radio)
            self._radios[option.code] = radio
            column.addWidget(radio)
            if option.text:
                column.addWidget(_below(option.text))
        column.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(page)
        # On the dialog's own ground.
        for each in (page, area.viewport()):
            each.setAutoFillBackground(False)
        area.setMinimumHeight(theme.SPACE * 32)
        self.add(label, area, 1)
        self.done_with.connect(self._choose)
        self.refresh()
        if self._radios:
            next(iter(self._radios.values())).setFocus()

    def is_ready(self) -> bool:
        """One is chosen."""
        return any(radio.isChecked() for radio in self._radios.values())

    def _choose(self) -> None:
        self.chosen.emit(next(code for code, radio in self._radios.items() if radio.isChecked()))


def _below(text: str) -> QWidget:
    label = plain_label("secondary", text)
    label.setWordWrap(True)
    label.setContentsMargins(theme.SPACE * 6, 0, 0, theme.SPACE * 2)
    return label
