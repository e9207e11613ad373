"""`visitator recover`: the key on paper opens the journal of a workstation that stands alone."""

import sys
from collections.abc import Callable
from pathlib import Path

from visitator.app.faults import told
from visitator.app.recovery import RecoveryError, from_words
from visitator.app.settings import load_settings
from visitator.app.views import KnownError
from visitator.cli.own_gateway import begin_anew, recover
from visitator.store.keys import Backend, os_backend

_NOT_DONE = 2


def run(
    settings_file: Path | None, copy: Path | None, typed: str, backend: Backend | None = None
) -> int:
    """Say in one line what was done, or what is wrong.

    Args:
        settings_file: read this file instead of the usual one.
        copy: the copy to take into use; None for the journal as it lies there.
        typed: the recovery key.
        backend: the keyring; None for the operating system's own.

    Returns:
        0 when it was done, else 2.
    """

    def work() -> None:
        key = from_words(typed)
        recover(load_settings(settings_file), key, backend or os_backend(), copy)

    return _said(work, "Nøglen er gemt i nøgleringen. Start Visitator.")


def run_anew(settings_file: Path | None) -> int:
    """The same for an empty journal in place of one that is gone.

    Args:
        settings_file: read this file instead of the usual one.

    Returns:
        0 when it was made, else 2.
    """

    def work() -> None:
        begin_anew(load_settings(settings_file), os_backend())

    return _said(work, "Journalen er tom. Start Visitator.")


def _said(work: Callable[[], None], done: str) -> int:
    try:
        with told():
            work()
    except (KnownError, RecoveryError) as error:
        print(error, file=sys.stderr)
        return _NOT_DONE
    except OSError:
        print("Journalen kan ikke lægges på plads. Intet er slettet.", file=sys.stderr)
        return _NOT_DONE
    print(done)
    return 0
