"""What is asked and said when the window is closed while something still waits to be sent."""

from PySide6.QtWidgets import QMessageBox, QWidget

from ui.translation import tr, tr_count


def may_close(window: QWidget, undoable: int) -> bool:
    """Ask, while answers can still be taken back, whether to send them now.

    Args:
        window: the window that is being closed.
        undoable: how many answers can be taken back.
    """
    if not undoable:
        return True
    box = QMessageBox(window)
    box.setWindowTitle(tr("Luk Visitator"))
    box.setText(
        tr_count(
            "{count} svar kan endnu fortrydes. Når Visitator lukkes, sendes det nu.",
            "{count} svar kan endnu fortrydes. Når Visitator lukkes, sendes de nu.",
            undoable,
        )
    )
    send = box.addButton(tr("Send nu og luk"), QMessageBox.ButtonRole.AcceptRole)
    stay = box.addButton(tr("Bliv her"), QMessageBox.ButtonRole.RejectRole)
    box.setEscapeButton(stay)
    box.exec()
    return box.clickedButton() is send


def say_unsent(unsent: int) -> None:
    """Say, when the program ends, how much could not be sent; it is kept."""
    if not unsent:
        return
    box = QMessageBox()
    box.setWindowTitle(tr("Visitator"))
    box.setText(
        tr_count(
            "{count} ting er ikke sendt endnu. Den er gemt krypteret på denne computer og sendes,"
            " næste gang Visitator åbnes her.",
            "{count} ting er ikke sendt endnu. De er gemt krypteret på denne computer og sendes,"
            " næste gang Visitator åbnes her.",
            unsent,
        )
    )
    box.exec()
