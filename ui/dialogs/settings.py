"""Indstillinger: who signs, the language, how it looks, and when it is quiet."""

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QSpinBox, QWidget

from ui import theme
from ui.dialogs.form import FormDialog
from ui.translation import tr
from visitator.app.preferences import Preferences


class SettingsDialog(FormDialog):
    """Shows the preferences and hands out what they are to be."""

    changed = Signal(object)
    """`Preferences`."""

    def __init__(self, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(tr("Indstillinger"), "", tr("Gem"), parent)
        self._before = preferences
        self._name = QLineEdit(preferences.name)
        self._title = QLineEdit(preferences.title)
        self._telephone = QLineEdit(preferences.telephone)
        self._language = _choice({"da": tr("Dansk"), "en": tr("Engelsk")}, preferences.language)
        self._theme = _choice(
            {
                "system": tr("Som computeren"),
                "light": tr("Lyst"),
                "dark": tr("Mørkt"),
            },
            preferences.theme,
        )
        self._quiet = QCheckBox(tr("Stille: ingen meddelelser uden for vinduet"))
        self._quiet.setAccessibleName(self._quiet.text())
        self._quiet.setChecked(preferences.quiet)
        self._lock = QSpinBox()
        self._lock.setRange(0, 480)
        self._lock.setSpecialValueText(tr("Aldrig"))
        self._lock.lineEdit().setTextMargins(theme.SPACE * 2, 0, 0, 0)
        self._lock.setValue(preferences.lock_minutes)
        for label, field in (
            (tr("Navn"), self._name),
            (tr("Titel"), self._title),
            (tr("Telefon"), self._telephone),
            (tr("Sprog"), self._language),
            (tr("Udseende"), self._theme),
            (tr("Skjul skærmen efter så mange minutter uden brug"), self._lock),
        ):
            self.add(label, field)
        self.fields.addWidget(self._quiet)
        self._name.textChanged.connect(self.refresh)
        self.done_with.connect(self._save)
        self.refresh()

    def is_ready(self) -> bool:
        """Somebody signs."""
        return bool(self._name.text().strip())

    def _save(self) -> None:
        self.changed.emit(
            msgspec.structs.replace(
                self._before,
                name=self._name.text().strip(),
                title=self._title.text().strip(),
                telephone=self._telephone.text().strip(),
                language=self._language.currentData(),
                theme=self._theme.currentData(),
                quiet=self._quiet.isChecked(),
                lock_minutes=self._lock.value(),
            )
        )


def _choice(offers: dict[str, str], chosen: str) -> QComboBox:
    box = QComboBox()
    for code, label in offers.items():
        box.addItem(label, code)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    return box
