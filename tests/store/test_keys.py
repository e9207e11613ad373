"""The key: only in the operating system's own keyring, and never made up anew for old data."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import keyring.backends.SecretService
import pytest
from keyring.backends import chainer, fail, null
from keyring.errors import KeyringLocked

from tests.store.workstation import open_store
from visitator.store.errors import KeyMissing, KeyringRefused, KeyringUnavailable
from visitator.store.keys import (
    ACCOUNT,
    SERVICE,
    Backend,
    database_key,
    new_demo_key,
    os_backend,
)


class PlaintextKeyring:
    """As `keyrings.alt` has them: a file that anybody can read."""

    def get_password(self, service: str, username: str) -> str | None:
        return "00" * 32

    def set_password(self, service: str, username: str, password: str) -> None:
        raise AssertionError("nothing may be given to it")


Kept = dict[tuple[str, str], str]


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> Kept:
    """What the Secret Service holds; the backend is the real one, the service is this."""
    secrets: Kept = {}
    kind = keyring.backends.SecretService.Keyring
    monkeypatch.setattr(kind, "get_password", lambda _, *of: secrets.get(of))
    monkeypatch.setattr(
        kind, "set_password", lambda _, service, user, kept: secrets.update({(service, user): kept})
    )
    return secrets


@pytest.fixture
def backend(kept: Kept) -> Backend:
    return keyring.backends.SecretService.Keyring()  # type: ignore[no-untyped-call]


def test_a_new_key_is_32_random_bytes_and_stays(path: Path, backend: Backend, kept: Kept) -> None:
    key = database_key(path, backend)
    assert len(key) == 32
    assert kept == {(SERVICE, ACCOUNT): key.hex()}
    assert database_key(path, backend) == key
    kept.clear()
    assert database_key(path, backend) != key


def test_a_database_without_its_key_is_left_alone(path: Path, backend: Backend, kept: Kept) -> None:
    open_store(path).close()
    before = path.read_bytes()
    with pytest.raises(KeyMissing, match="findes ikke i nøgleringen"):
        database_key(path, backend)
    assert kept == {}
    assert path.read_bytes() == before


@pytest.mark.parametrize("secret", ["", "ikke hex", "00ff", "00" * 33])
def test_what_is_no_key_is_not_used(path: Path, backend: Backend, kept: Kept, secret: str) -> None:
    kept[SERVICE, ACCOUNT] = secret
    with pytest.raises(KeyMissing, match="ikke en nøgle"):
        database_key(path, backend)
    assert kept[SERVICE, ACCOUNT] == secret


@pytest.mark.parametrize(
    "kind",
    [null.Keyring, fail.Keyring, chainer.ChainerBackend, PlaintextKeyring],
    ids=lambda kind: kind.__module__,
)
def test_a_keyring_that_keeps_no_secret_is_refused(path: Path, kind: Callable[[], Backend]) -> None:
    with pytest.raises(KeyringRefused, match="kan ikke gemmes sikkert"):
        database_key(path, kind())


def test_a_keyring_that_forgets_at_once_is_refused(
    path: Path, backend: Backend, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(backend), "set_password", lambda *_: None)
    with pytest.raises(KeyringRefused, match="gemte ikke"):
        database_key(path, backend)


@pytest.mark.parametrize("error", [KeyringLocked("låst"), OSError("ingen bus"), ValueError("?")])
def test_a_keyring_that_is_locked_or_does_not_answer(
    path: Path, backend: Backend, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def locked(*_: object) -> None:
        raise error

    monkeypatch.setattr(type(backend), "get_password", locked)
    with pytest.raises(KeyringUnavailable, match="låst eller svarer ikke"):
        database_key(path, backend)


@pytest.mark.parametrize("name", ["PYTHON_KEYRING_BACKEND", "KEYRING_PROPERTY_KEYCHAIN"])
def test_the_environment_cannot_put_in_another(name: str) -> None:
    environ = {name: "keyring.backends.null.Keyring"}
    with pytest.raises(KeyringRefused, match=f"Fjern miljøvariablen {name}"):
        os_backend("linux", environ)


@pytest.mark.parametrize("platform", ["linux", "win32", "darwin", "plan9"])
def test_without_a_keyring_it_says_so(platform: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """No backend can be used on the wrong system, nor without a session bus."""
    if platform == sys.platform:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    if platform == sys.platform == "win32" or platform == sys.platform == "darwin":
        pytest.skip("this system always has one")
    with pytest.raises(KeyringRefused, match="findes ikke eller kører ikke"):
        os_backend(platform, {})


def test_a_key_for_the_demo_is_another_each_time() -> None:
    assert len(new_demo_key()) == 32
    assert new_demo_key() != new_demo_key()
