"""What a person meets when a note cannot be written or saved; every text is Danish."""


class ExportError(Exception):
    """A note could not be written or saved."""


class NoteTemplateError(ExportError):
    """A template that cannot be used; the text names file, reason and place in Danish.

    Args:
        name: of the file.
        reason: one or more whole sentences.
    """

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"Skabelonen {name} kan ikke bruges. {reason}")
        self.name = name
        self.reason = reason


class PagesError(ExportError):
    """The pages of a note cannot be shown as pictures; the text is Danish."""


class SavingError(ExportError):
    """A note could not be saved; the text is Danish and tells what to do."""


class CaseNumberError(SavingError):
    """A case number that cannot be part of a file name."""


class FileNameError(SavingError):
    """A name of a file that tells who it is about."""


class DiskFullError(SavingError):
    """There is no room."""


class FileThereError(SavingError):
    """A file of that name lies there already."""


class FolderGoneError(SavingError):
    """The folder is not there (any more)."""


class FileOpenError(SavingError):
    """Somebody has the file open in Word."""


class NotAllowedError(SavingError):
    """The user may not write in the folder."""
