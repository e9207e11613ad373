"""The key of the database: 32 random bytes in the operating system's own keyring.

The backend is chosen here, by name: what `keyring` would pick can be changed by environment
variables and settings files, and may be one that keeps no secret.
"""

import importlib
import os
import secrets
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from visitator.sqlcipher import KEY_LENGTH
from visitator.store.errors import (
    KeyMissing,
    KeyringRefused,
    KeyringUnavailable,
    StoreError,
)

SERVICE = "visitator"
ACCOUNT = "lokal-database"
GATEWAY_ACCOUNT = "egen-gateway"
"""Of the database of the gateway that a workstation runs itself."""
TOKEN_ACCOUNT = "adgang"  # noqa: S105 - a name, no secret
"""Of the token for the municipality's gateway."""

_OWN_BACKENDS = {
    "win32": ("keyring.backends.Windows.WinVaultKeyring",),
    "darwin": ("keyring.backends.macOS.Keyring",),
    "linux": (
        "keyring.backends.SecretService.Keyring",
        "keyring.backends.kwallet.DBusKeyring",
    ),
}
"""Per platform, the keyrings that keep secrets; the first that can be used is."""


class Backend(Protocol):
    """What the store needs of a keyring."""

    def get_password(self, service: str, username: str) -> str | None:
        """The secret, or None."""

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep the secret."""


def os_backend(platform: str = sys.platform, environ: Mapping[str, str] = os.environ) -> Backend:
    """The operating system's own keyring.

    Raises:
        KeyringRefused: there is none that can be used, or the environment tells `keyring` to use
            another or to set it up in another way.
    """
    foreign = sorted(
        name
        for name in environ
        if name == "PYTHON_KEYRING_BACKEND" or name.startswith("KEYRING_PROPERTY_")
    )
    if foreign:
        raise KeyringRefused(f"Fjern miljøvariablen {', '.join(foreign)}, og start igen.")
    for name in _OWN_BACKENDS.get(platform, ()):
        backend = _usable(name)
        if backend is not None:
            return backend
    raise KeyringRefused("Den findes ikke eller kører ikke. Tal med den, der driver computeren.")


def _usable(name: str) -> Backend | None:
    module, _, kind = name.rpartition(".")
    made = getattr(importlib.import_module(module), kind)
    if not made.viable:
        return None
    backend: Backend = made()
    if name.endswith("WinVaultKeyring"):
        # Otherwise Windows sends the key along with a roaming profile.
        vars(type(backend))["persist"].__set__(backend, "local machine")
    return backend


def refuse_unsafe(backend: Backend) -> None:
    """Check that a backend is one of the operating system's own.

    Raises:
        KeyringRefused: it is another: one that keeps nothing, keeps it readable in a file, or
            passes it on to others.
    """
    kind = type(backend)
    name = f"{kind.__module__}.{kind.__qualname__}"
    if not any(name in names for names in _OWN_BACKENDS.values()):
        raise KeyringRefused(f"Nøgleringen '{name}' bruges ikke.")


def database_key(database: Path, backend: Backend, account: str = ACCOUNT) -> bytes:
    """The key of the database at `database`; a new one when there is neither file nor key.

    `account` is the name it is kept under: `ACCOUNT` or `GATEWAY_ACCOUNT`.

    Raises:
        KeyringRefused: `backend` cannot keep secrets, or did not keep this one.
        KeyringUnavailable: it is locked or does not answer.
        KeyMissing: the database is there, and its key is not.
    """
    refuse_unsafe(backend)
    with _keyring_faults():
        kept = backend.get_password(SERVICE, account)
        if kept is not None:
            return _decoded(kept)
        if database.exists():
            raise KeyMissing
        key = secrets.token_bytes(KEY_LENGTH)
        _keep(key.hex(), backend, account, "Den gemte ikke nøglen.")
        return key


def kept_key(backend: Backend, account: str) -> bytes | None:
    """The key kept under a name; None when there is none.

    Raises:
        KeyringRefused: `backend` cannot keep secrets.
        KeyringUnavailable: it is locked or does not answer.
        KeyMissing: what is kept there is no key.
    """
    refuse_unsafe(backend)
    with _keyring_faults():
        kept = backend.get_password(SERVICE, account)
        return None if kept is None else _decoded(kept)


def keep_key(key: bytes, backend: Backend, account: str) -> None:
    """Keep a key that was read from paper, in place of the one before.

    Raises:
        KeyringRefused: `backend` cannot keep secrets, or did not keep this one.
        KeyringUnavailable: it is locked or does not answer.
    """
    refuse_unsafe(backend)
    with _keyring_faults():
        _keep(key.hex(), backend, account, "Den gemte ikke nøglen.")


def kept_token(backend: Backend) -> str | None:
    """The token for the municipality's gateway; None when nobody has logged in here.

    Raises:
        KeyringRefused: `backend` cannot keep secrets.
        KeyringUnavailable: it is locked or does not answer.
    """
    refuse_unsafe(backend)
    with _keyring_faults():
        return backend.get_password(SERVICE, TOKEN_ACCOUNT)


def keep_token(token: str, backend: Backend) -> None:
    """Keep the token for the municipality's gateway in place of the one before.

    Raises:
        KeyringRefused: `backend` cannot keep secrets, or did not keep this one.
        KeyringUnavailable: it is locked or does not answer.
    """
    refuse_unsafe(backend)
    with _keyring_faults():
        _keep(token, backend, TOKEN_ACCOUNT, "Den gemte ikke adgangskoden.")


def new_demo_key() -> bytes:
    """A key that is kept nowhere: the database dies with the process."""
    return secrets.token_bytes(KEY_LENGTH)


def _keep(secret: str, backend: Backend, account: str, otherwise: str) -> None:
    """Keep a secret, and see that it is kept."""
    backend.set_password(SERVICE, account, secret)
    if backend.get_password(SERVICE, account) != secret:
        raise KeyringRefused(otherwise)


def _decoded(kept: str) -> bytes:
    try:
        key = bytes.fromhex(kept)
    except ValueError:
        key = b""
    if len(key) != KEY_LENGTH:
        raise KeyMissing("Det, der står i nøgleringen, er ikke en nøgle.")
    return key


@contextmanager
def _keyring_faults() -> Iterator[None]:
    """Whatever a backend raises means the same to the person: it did not answer."""
    try:
        yield
    except StoreError:
        raise
    except Exception as error:
        raise KeyringUnavailable from error
