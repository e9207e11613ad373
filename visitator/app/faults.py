"""Known faults and bugs, told apart in one place (architecture §5).

A known fault is a sentence for the person. A bug goes on to whoever waits, and into the log: where
it was, and never what was in the hands of the program.
"""

import logging
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

from visitator.app.errors import AskingError, NothingToAnswerError
from visitator.app.preferences import PreferencesError
from visitator.app.settings import SettingsError
from visitator.app.views import KnownError
from visitator.domain.agreement import AgreementError
from visitator.export.errors import ExportError
from visitator.resources import ResourceError
from visitator.store.errors import StoreError

_KNOWN = (
    AgreementError,
    AskingError,
    ExportError,
    NothingToAnswerError,
    PreferencesError,
    ResourceError,
    SettingsError,
)

_logger = logging.getLogger(__name__)


@contextmanager
def told() -> Iterator[None]:
    """Turn every known fault into a `KnownError` with its Danish text, and log what is a bug."""
    try:
        yield
    except KnownError:
        raise
    except StoreError as error:
        raise KnownError(str(error), can_put_aside=error.can_put_aside) from error
    except _KNOWN as error:
        raise KnownError(str(error)) from error
    except Exception as error:
        log_bug(error)
        raise


def log_bug(error: BaseException) -> None:
    """Write down the kind of a bug and the lines it went through; its text may quote a message."""
    where = "".join(traceback.format_tb(error.__traceback__))
    _logger.error("a bug: %s\n%s", type(error).__name__, where)
