"""`visitator doctor` on the command line."""

import datetime as dt
import ssl
from pathlib import Path

import httpx
import truststore

from visitator.app.doctor import Doctor
from visitator.app.settings import SettingsError, load_settings

_NEEDED, _UNREADABLE = 1, 2


def examine(settings_file: Path | None, folders: tuple[Path, ...]) -> int:
    """Print a line for each thing: OK, or what to do.

    Returns:
        0 when everything is in order, 1 when something must be done, 2 when the settings
        cannot be read.
    """
    try:
        settings = load_settings(settings_file)
    except SettingsError as error:
        print(f"FEJL  Indstillinger: {error}")
        return _UNREADABLE
    trusted = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    is_fine = True
    with httpx.Client(verify=trusted, trust_env=False) as client:
        doctor = Doctor(settings, now=dt.datetime.now(dt.UTC), client=client, folders=folders)
        for finding in doctor.findings():
            is_fine &= finding.is_fine
            print(finding)
    return 0 if is_fine else _NEEDED
