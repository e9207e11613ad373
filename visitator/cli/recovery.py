"""`visitator recover`: the key on paper opens the journal of a workstation that stands alone."""

import sys
from pathlib import Path

from visitator.app.faults import told
from visitator.app.recovery import RecoveryError, from_words
from visitator.app.settings import load_settings
from visitator.app.views import KnownError
from visitator.cli.own_gateway import recover
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
    try:
        with told():
            key = from_words(typed)
            recover(load_settings(settings_file), key, backend or os_backend(), copy)
    except (KnownError, RecoveryError) as error:
        print(error, file=sys.stderr)
        return _NOT_DONE
    except OSError:
        print("Kopien kan ikke lægges på plads. Journalen er urørt.", file=sys.stderr)
        return _NOT_DONE
    print("Nøglen er gemt i nøgleringen. Start Visitator.")
    return 0
