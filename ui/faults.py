"""The one place where what went wrong arrives: known faults have their sentence, bugs do not.

What a bug says about itself may hold what somebody typed, so the log gets the kind of the fault
and the lines of the program it came through, and the screen a sentence.
"""

import logging
import sys
import threading
import traceback
from types import TracebackType

from PySide6.QtCore import QObject, Signal

from ui.translation import said, tr
from visitator.app.views import KnownError

_log = logging.getLogger("visitator.ui")


class Faults(QObject):
    """Takes the place of Python's own reporting from `install` to `remove`."""

    happened = Signal(str)
    """What the person is told."""

    def install(self) -> None:
        """Hear of every fault nobody caught, in this and in any other thread."""
        sys.excepthook = self._caught
        threading.excepthook = self._caught_in_thread

    def remove(self) -> None:
        """Give the reporting back."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__

    def _caught(
        self, kind: type[BaseException], fault: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, fault, trace)
            return
        if not isinstance(fault, KnownError):
            log_bug(fault)
        self.happened.emit(sentence(fault))

    def _caught_in_thread(self, caught: threading.ExceptHookArgs) -> None:
        if caught.exc_value is not None:
            self._caught(caught.exc_type, caught.exc_value, caught.exc_traceback)


def sentence(fault: BaseException) -> str:
    """What a person is told of a fault."""
    if isinstance(fault, KnownError):
        return said(str(fault))
    return tr(
        "Der skete en uventet fejl i programmet. Det, der er gemt og i udbakken, er bevaret."
        " Prøv igen; sker det igen, så luk programmet, åbn det på ny, og giv besked til IT."
    )


def log_bug(fault: BaseException) -> None:
    """Log a bug without anything it was handling."""
    lines = (
        f"{frame.filename}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(fault.__traceback__)
    )
    _log.error("bug: %s\n  %s", type(fault).__name__, "\n  ".join(lines))
