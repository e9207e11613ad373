"""A question that must be answered before something is done that cannot be taken back."""

from PySide6.QtWidgets import QMessageBox, QWidget

from ui.translation import tr


def is_sure(parent: QWidget, title: str, text: str, do: str) -> bool:
    """Ask, with `do` on the button that does it; Enter and Esc leave everything as it is."""
    box = QMessageBox(parent)
    box.setWindowTitle(title)
    box.setText(text)
    yes = box.addButton(do, QMessageBox.ButtonRole.AcceptRole)
    no = box.addButton(tr("Annuller"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(no)
    box.setEscapeButton(no)
    for button in (yes, no):
        button.setAccessibleName(button.text())
    box.exec()
    answer = box.clickedButton() is yes
    box.deleteLater()
    return answer
