"""The words of the fields both dialogs about notes have."""

from PySide6.QtWidgets import QFileDialog, QWidget

from ui.translation import mark, tr

PURPOSE = "Journalføring"
"""What most notes are for; it stands in the note, so it is Danish in any language."""


OWN_WORDS = {
    "needs": mark("Behov"),
    "cause": mark("Årsag"),
    "symptoms": mark("Symptomer"),
    "wishes": mark("Borgerens og pårørendes egne ord om ønsker"),
    "decided": mark("Aftalt: indsats, leverandør, start"),
    "follow_up": mark("Opfølgning: hvem, hvad, hvornår"),
}
"""What the author of a note writes, in the order it is asked for."""


def ask_folder(parent: QWidget, before: str) -> str:
    """Ask where notes are saved; empty when the person thought better of it."""
    return QFileDialog.getExistingDirectory(parent, tr("Mappen til notater"), before)
