"""A note on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget

from ui import theme
from ui.note.preview import document
from ui.translation import tr
from visitator.app.note_views import NotePreview

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter


def print_note(preview: NotePreview, parent: QWidget) -> bool:
    """Ask for a printer and print; False when the person thought better of it."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    # It stands in the queue of the printer, for all to see.
    printer.setDocName(tr("Notat"))
    dialog = QPrintDialog(printer, parent)
    if dialog.exec() != QPrintDialog.DialogCode.Accepted:
        return False
    put_on(printer, preview)
    return True


def put_on(printer: QPrinter, preview: NotePreview) -> None:
    """The pages as they are; the words where there are none."""
    if not preview.pages:
        document(preview, theme.LIGHT, None).print_(printer)
        return
    printer.setFullPage(True)
    painter = QPainter(printer)
    sheet = painter.viewport()
    for number, page in enumerate(preview.pages):
        if number:
            printer.newPage()
        image = QImage.fromData(page)
        size = image.size().scaled(sheet.size(), Qt.AspectRatioMode.KeepAspectRatio)
        painter.drawImage(QRect(sheet.topLeft(), size), image)
    painter.end()
