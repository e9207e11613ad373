"""The key in a real Secret Service: gnome-keyring on a bus of its own, with all it keeps in tmp."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.store.workstation import AGREEMENT, note
from visitator.store import Store
from visitator.store.errors import KeyMissing, KeyringRefused
from visitator.store.keys import ACCOUNT, SERVICE, database_key, os_backend

if sys.platform != "linux":
    pytest.skip("the Secret Service is the keyring of Linux", allow_module_level=True)

import secretstorage
from jeepney import MatchRule, message_bus  # type: ignore[import-untyped]
from jeepney.io.blocking import Proxy, open_dbus_connection  # type: ignore[import-untyped]
from keyring.backends.SecretService import Keyring

NAME = "org.freedesktop.secrets"
PATIENCE = 60
"""Seconds that a daemon may take on a busy machine before the test is broken off."""

BUS = """<busconfig>
  <type>session</type>
  <listen>unix:path={socket}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""
"""It starts no service by itself: neither the machine's keyring nor a window that asks."""

ASK = """
import sys
from pathlib import Path
from visitator.resources import load_agreement
from visitator.store import Store, StoreError
from visitator.store.keys import database_key, os_backend
path = Path(sys.argv[1])
try:
    key = database_key(path, os_backend())
    Store.open(path, key, load_agreement("region-sjaelland-2025-11")).close()
    print(key.hex())
except StoreError as error:
    print(type(error).__name__, error)
"""
"""What another process gets: the key that opens the database, or a known error."""


class Session:
    """A user's session with a bus and a keyring, unlocked by a password of this session."""

    def __init__(self, folder: Path, address: str) -> None:
        self._address = address
        self._password = secrets.token_hex(16)
        self._keyring: subprocess.Popen[bytes] | None = None
        run = folder / "run"
        run.mkdir(mode=0o700)
        self.environ = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "XDG_DATA_HOME": str(folder / "share"),
            "XDG_CONFIG_HOME": str(folder / "config"),
            "XDG_CACHE_HOME": str(folder / "cache"),
            "XDG_RUNTIME_DIR": str(run),
            "DBUS_SESSION_BUS_ADDRESS": address,
        }

    def log_in(self) -> None:
        """Start the keyring and unlock it, as a login does."""
        keyring = subprocess.Popen(
            ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"],
            env=self.environ,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._keyring = keyring
        assert keyring.stdin is not None
        with keyring.stdin as password:
            password.write(self._password.encode())
        self._until(runs=True)

    def log_out(self) -> None:
        """End the keyring."""
        if self._keyring is not None:
            end(self._keyring)
            self._keyring = None
            self._until(runs=False)

    def _until(self, *, runs: bool) -> None:
        with closing(open_dbus_connection(self._address, auth_timeout=PATIENCE)) as connection:
            bus = Proxy(message_bus, connection, timeout=PATIENCE)
            changes = MatchRule(type="signal", member="NameOwnerChanged")
            changes.add_arg_condition(0, NAME)
            bus.AddMatch(changes)
            with connection.filter(changes) as changed:
                while bool(bus.NameHasOwner(NAME)[0]) != runs:
                    connection.recv_until_filtered(changed, timeout=PATIENCE)

    def lock(self) -> None:
        """Lock the keyring, as a screen saver may."""
        with closing(secretstorage.dbus_init()) as connection:
            secretstorage.get_default_collection(connection).lock()

    def ask(self, path: Path) -> str:
        """What another process of this session gets, see `ASK`."""
        done = subprocess.run(
            [sys.executable, "-c", ASK, str(path)],
            cwd=Path(__file__).parents[2],
            env=self.environ,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=True,
        )
        return done.stdout.strip()


def end(process: subprocess.Popen[bytes]) -> None:
    """End a daemon; it is gone afterwards whether it wants to or not."""
    process.terminate()
    try:
        process.wait(PATIENCE)
    finally:
        process.kill()
        process.wait()


@contextmanager
def bus(folder: Path) -> Iterator[str]:
    """The address of a message bus that knows nobody until the block ends."""
    config = folder / "bus.conf"
    config.write_text(BUS.format(socket=folder / "bus"))
    command = ["dbus-daemon", f"--config-file={config}", "--nofork", "--nopidfile"]
    process = subprocess.Popen(
        [*command, "--print-address=1"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    try:
        assert process.stdout is not None
        with process.stdout as said:
            address = said.readline().decode().strip()
        assert address
        yield address
    finally:
        end(process)


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    """A session of its own, logged in; this process is part of it."""
    for program in ("dbus-daemon", "gnome-keyring-daemon"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed (Debian's packages: dbus, gnome-keyring)")
    for name in list(os.environ):
        if name.startswith(("PYTHON_KEYRING_BACKEND", "KEYRING_PROPERTY_")):
            monkeypatch.delenv(name)
    # Not pytest's folder: the name of a socket must be short.
    with TemporaryDirectory(prefix="visitator-keyring-") as folder, bus(Path(folder)) as address:
        made = Session(Path(folder), address)
        for name, value in made.environ.items():
            monkeypatch.setenv(name, value)
        try:
            made.log_in()
            yield made
        finally:
            made.log_out()


def contents(*folders: Path) -> dict[Path, bytes]:
    """Every file in the folders."""
    files = (file for folder in folders for file in folder.rglob("*") if file.is_file())
    return {file: file.read_bytes() for file in files}


def test_the_key_outlives_the_session_and_every_process_gets_it(
    session: Session, path: Path
) -> None:
    backend = os_backend()
    assert type(backend) is Keyring
    key = database_key(path, backend)
    with Store.open(path, key, AGREEMENT) as store:
        store.append(note("Ringet til datteren"))
    assert database_key(path, os_backend()) == key
    assert session.ask(path) == key.hex()
    session.log_out()
    session.log_in()
    assert session.ask(path) == key.hex()


def test_without_its_key_the_database_is_left_alone(session: Session, path: Path) -> None:
    keyring = Keyring()  # type: ignore[no-untyped-call]
    Store.open(path, database_key(path, keyring), AGREEMENT).close()
    before = contents(path.parent)
    keyring.delete_password(SERVICE, ACCOUNT)  # type: ignore[no-untyped-call]
    with pytest.raises(KeyMissing, match="findes ikke i nøgleringen"):
        database_key(path, keyring)
    assert session.ask(path).startswith("KeyMissing ")
    assert keyring.get_password(SERVICE, ACCOUNT) is None  # type: ignore[no-untyped-call]
    assert contents(path.parent) == before


def test_a_locked_keyring_is_said_and_gives_nothing(session: Session, path: Path) -> None:
    key = database_key(path, os_backend())
    Store.open(path, key, AGREEMENT).close()
    before = contents(path.parent)
    session.lock()
    assert session.ask(path).startswith("KeyringUnavailable ")
    assert contents(path.parent) == before
    session.log_out()
    session.log_in()
    assert session.ask(path) == key.hex()


def test_without_a_keyring_nothing_is_made(session: Session, path: Path) -> None:
    session.log_out()
    with pytest.raises(KeyringRefused, match="findes ikke eller kører ikke"):
        os_backend()
    assert session.ask(path).startswith("KeyringRefused ")
    assert not path.exists()


def test_the_key_is_not_readable_in_any_file(session: Session, path: Path, tmp_path: Path) -> None:
    key = database_key(path, os_backend())
    with Store.open(path, key, AGREEMENT) as store:
        store.append(note())
        written = contents(tmp_path, Path(session.environ["HOME"]))
    names = {file.name for file in written}
    assert {path.name, "login.keyring"} <= names
    assert all(key not in data for data in written.values())
    assert all(key.hex().encode() not in data.lower() for data in written.values())
