"""What the window remembers from one day to the next: sizes, and nothing about anybody."""

from PySide6.QtCore import QByteArray, QSettings


class WindowState:
    """The sizes of the window and its columns, in the user's own settings."""

    def __init__(self) -> None:
        self._settings = QSettings(
            QSettings.Format.IniFormat, QSettings.Scope.UserScope, "visitator", "window"
        )

    def keep(self, name: str, sizes: QByteArray) -> None:
        """Remember Qt's own description of a window or a splitter."""
        self._settings.setValue(name, sizes)

    def kept(self, name: str) -> QByteArray | None:
        """What was remembered; None when nothing was, or the file is broken."""
        value = self._settings.value(name)
        return value if isinstance(value, QByteArray) else None
