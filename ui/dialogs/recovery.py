"""Genoprettelsesnøglen: shown once, to be written down or printed and kept apart."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui import theme
from ui.parts import plain_label
from ui.translation import tr

_IN_A_LINE = 7
"""Groups of the key."""


class RecoveryDialog(QDialog):
    """Accepted when the key has been put away; closed otherwise, it comes again next time."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = key
        self.setWindowTitle(tr("Genoprettelsesnøgle"))
        self.setModal(True)
        self.setMinimumWidth(theme.DIALOG_WIDTH)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(*[theme.SPACE * 5] * 4)
        outer.setSpacing(theme.SPACE * 3)
        outer.addWidget(plain_label("title", tr("Gem genoprettelsesnøglen på papir")))
        said = plain_label("", _why())
        said.setWordWrap(True)
        outer.addWidget(said)
        shown = plain_label("", _lines(key))
        shown.setFont(theme.fixed_font())
        shown.setAccessibleName(tr("Genoprettelsesnøgle"))
        shown.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        outer.addWidget(shown)
        kept = QCheckBox(tr("Nøglen er skrevet ned eller udskrevet og gemt et sikkert sted"))
        kept.setAccessibleName(kept.text())
        outer.addWidget(kept)
        outer.addLayout(self._buttons(kept))

    def _buttons(self, kept: QCheckBox) -> QHBoxLayout:
        paper = QPushButton(tr("Udskriv …"))
        paper.clicked.connect(self._print)
        later = QPushButton(tr("Vis den igen næste gang"))
        later.clicked.connect(self.reject)
        done = QPushButton(tr("Færdig"))
        done.setProperty("kind", "primary")
        done.setEnabled(False)
        done.clicked.connect(self.accept)
        kept.toggled.connect(done.setEnabled)
        row = QHBoxLayout()
        for button in (paper, later, done):
            button.setAccessibleName(button.text())
            button.setAutoDefault(False)
        row.addWidget(paper)
        row.addStretch(1)
        row.addWidget(later)
        row.addWidget(done)
        return row

    def _print(self) -> None:
        # Loaded here: it looks for printers.
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter()
        if QPrintDialog(printer, self).exec():
            paper(self._key).print_(printer)


def paper(key: str) -> QTextDocument:
    """What is printed: the key, what it is for and how it is used, for one who finds it in years.

    On paper text is black, whatever the theme.
    """
    document = QTextDocument()
    document.setDefaultFont(theme.paper_font())
    cursor = QTextCursor(document)
    title, fixed = QTextCharFormat(), QTextCharFormat()
    title.setFont(theme.paper_font(theme.TITLE_POINTS, strong=True))
    fixed.setFont(theme.paper_font(theme.TITLE_POINTS, fixed=True))
    cursor.insertText(tr("Visitator: genoprettelsesnøgle"), title)
    for text, look in (
        (_lines(key), fixed),
        (_why(), QTextCharFormat()),
        (
            tr(
                "Sådan bruges den: Installér Visitator på den nye computer, kør kommandoen"
                " «visitator recover --from» med den nyeste sikkerhedskopi, og skriv nøglen."
            ),
            QTextCharFormat(),
        ),
    ):
        cursor.insertBlock()
        cursor.insertBlock()
        cursor.insertText(text, look)
    return document


def _why() -> str:
    return tr(
        "Denne arbejdsplads har det eneste eksemplar af jeres forløb. Går computeren i stykker,"
        " kan de kun læses fra sikkerhedskopien med denne nøgle. Den gemmes ikke andre steder, og"
        " den, der har både nøglen og kopien, kan læse alt."
    )


def _lines(key: str) -> str:
    groups = key.split()
    starts = range(0, len(groups), _IN_A_LINE)
    return "\n".join("  ".join(groups[at : at + _IN_A_LINE]) for at in starts)
