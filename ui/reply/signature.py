"""The line that says who signs (underskrift); asked for once, changed where it stands."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QStackedWidget, QWidget

from ui import theme
from ui.parts import plain_label
from ui.translation import tr
from visitator.app.views import Signature


class SignatureLine(QStackedWidget):
    """Shows the signature, or its three fields when it is missing or being changed."""

    changed = Signal()

    def __init__(self, signature: Signature, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = _field(tr("Navn"), signature.name)
        self._title = _field(tr("Titel"), signature.title)
        self._telephone = _field(tr("Telefon"), signature.telephone)
        self._shown = plain_label("secondary")
        self._shown.setWordWrap(True)
        self.addWidget(self._reading())
        self.addWidget(self._writing())
        self._name.setPlaceholderText(tr("Navn (skal udfyldes)"))
        self.setFocusProxy(self._name)
        self._show(signature)
        self.setCurrentIndex(0 if self.is_complete else 1)

    @property
    def is_complete(self) -> bool:
        """Whether somebody signs: a name is needed, the rest is the author's choice."""
        return bool(self._name.text().strip())

    def _reading(self) -> QWidget:
        change = QPushButton(tr("Ret"))
        change.setProperty("kind", "link")
        change.setAccessibleName(tr("Ret underskriften"))
        change.clicked.connect(lambda: self.setCurrentIndex(1))
        page = QWidget()
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._shown, 1)
        row.addWidget(change)
        return page

    def _writing(self) -> QWidget:
        page = QWidget()
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE)
        for field in (self._name, self._title, self._telephone):
            field.textEdited.connect(self._edited)
            row.addWidget(field)
        return page

    @property
    def signature(self) -> Signature:
        """As it stands in the fields."""
        return Signature(
            name=self._name.text().strip(),
            title=self._title.text().strip(),
            telephone=self._telephone.text().strip(),
        )

    def show_signature(self, signature: Signature) -> None:
        """Somebody signs otherwise from now on; what is being written here stays."""
        if self.currentIndex() == 1 and self.signature != Signature():
            return
        for field, text in (
            (self._name, signature.name),
            (self._title, signature.title),
            (self._telephone, signature.telephone),
        ):
            field.setText(text)
        self._show(signature)
        self.setCurrentIndex(0 if self.is_complete else 1)

    def _edited(self) -> None:
        self._show(self.signature)
        self.changed.emit()

    def _show(self, signature: Signature) -> None:
        who = ", ".join(part for part in (signature.name, signature.title) if part)
        telephone = signature.telephone.replace(" ", "\N{NO-BREAK SPACE}")
        said = " · ".join(part for part in (who, telephone) if part)
        self._shown.setText(tr("Underskrift: {who}", who=said))


def _field(name: str, text: str) -> QLineEdit:
    field = QLineEdit(text)
    field.setPlaceholderText(name)
    field.setAccessibleName(name)
    return field
