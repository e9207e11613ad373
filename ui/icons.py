"""The outline icons: own drawings, 1.5 px stroke, in the colour of the text they stand by."""

import functools

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QApplication

from ui import theme
from visitator.app.files import resource_folder

_SCALES = (1, 2, 3, 4)


@functools.cache
def _drawing(name: str) -> str:
    return (resource_folder("icons") / f"{name}.svg").read_text("utf-8")


@functools.lru_cache(maxsize=256)
def pixmap(name: str, colour: str, size: int = theme.ICON, scale: float = 1.0) -> QPixmap:
    """The drawing `name` in `colour` (``#RRGGBB``), `size` px across, for a screen's `scale`."""
    renderer = QSvgRenderer(QByteArray(_drawing(name).replace("currentColor", colour).encode()))
    made = QPixmap(QSize(size, size) * scale)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    renderer.render(painter, QRectF(0, 0, made.width(), made.height()))
    painter.end()
    made.setDevicePixelRatio(scale)
    return made


def icon(name: str, colour: str = "", size: int = theme.ICON) -> QIcon:
    """An icon in `colour`, else in the colour of text."""
    made = QIcon()
    normal = colour or theme.tokens().text
    for scale in _SCALES:
        made.addPixmap(pixmap(name, normal, size, scale))
        made.addPixmap(
            pixmap(name, theme.tokens().muted, size, scale), QIcon.Mode.Disabled, QIcon.State.Off
        )
    return made


def set_icon(button: QAbstractButton, name: str) -> None:
    """Give a button an icon that follows a change of theme (see `follow_theme`)."""
    button.setProperty("drawing", name)
    button.setIcon(icon(name))
    button.setIconSize(QSize(theme.ICON, theme.ICON))


def follow_theme() -> None:
    """Draw the buttons' icons again, after a change of theme."""
    for widget in QApplication.allWidgets():
        name = widget.property("drawing")
        if isinstance(widget, QAbstractButton) and isinstance(name, str):
            widget.setIcon(icon(name))
