"""F1: every key and what it does, from the one table of keys."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ui import keys, theme
from ui.parts import plain_label
from ui.translation import tr
from visitator.app.views import OfficeView


class KeyList(QDialog):
    """The list of keys of the one who sits here."""

    def __init__(self, office: OfficeView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Taster"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(*[theme.SPACE * 5] * 4)
        outer.setSpacing(theme.SPACE * 3)
        outer.addWidget(plain_label("title", tr("Taster")))
        hint = plain_label(
            "secondary", tr("Enkelte bogstaver virker, når der ikke skrives i et felt.")
        )
        outer.addWidget(hint)
        page = QWidget()
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 0, theme.SPACE * 3, 0)
        grid.setHorizontalSpacing(theme.SPACE * 6)
        grid.setVerticalSpacing(theme.SPACE * 2)
        grid.setColumnStretch(1, 1)
        for row, (key, does) in enumerate(keys.overview(office)):
            grid.addWidget(plain_label("strong", key), row, 0)
            grid.addWidget(plain_label("", does), row, 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(page)
        for ground in (page, area.viewport()):
            ground.setAutoFillBackground(False)
        area.setAccessibleName(tr("Taster"))
        area.setMinimumSize(theme.SPACE * 120, theme.SPACE * 100)
        outer.addWidget(area, 1)
        close = QPushButton(tr("Luk"))
        close.setAccessibleName(close.text())
        close.clicked.connect(self.accept)
        outer.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
