"""Where the file may lie, and who may have it open."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from tests.store.workstation import AGREEMENT, KEY, NOW, note, open_store
from visitator.store import Store
from visitator.store.errors import AlreadyOpen, NetworkFolder, WrongKey
from visitator.store.place import default_path, is_network_path, set_aside

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/home /home nfs4 rw 0 0
/dev/sda2 /home/ann/local ext4 rw 0 0
//server/share /mnt/fælles\\040drev cifs rw 0 0
sshfs /srv/far fuse.sshfs rw 0 0
tmpfs /tmp tmpfs rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "is_remote"),
    [
        ("/var/lib/visitator/visitator.db", False),
        ("/home/ann/visitator.db", True),
        ("/home/ann/local/visitator.db", False),
        ("/home/ann/locally/visitator.db", True),
        ("/homestead/visitator.db", False),
        ("/mnt/fælles drev/visitator.db", True),
        ("/srv/far/visitator.db", True),
        ("/tmp/visitator.db", False),
    ],
)
def test_network_file_systems_are_known_by_their_mount(path: str, is_remote: bool) -> None:
    assert is_network_path(PurePosixPath(path), MOUNTS.splitlines(), None) is is_remote


@pytest.mark.parametrize(
    ("path", "is_remote"),
    [
        (r"C:\Users\ann\AppData\Local\visitator\visitator.db", False),
        (r"C:\Users\ann\AppData\Roaming\visitator\visitator.db", True),
        (r"\\server\share\visitator.db", True),
        (r"\\?\UNC\server\share\visitator.db", True),
        (r"\\?\C:\visitator.db", False),
    ],
)
def test_shares_and_roaming_profiles_are_known_on_windows(path: str, is_remote: bool) -> None:
    roaming = r"C:\Users\ann\AppData\Roaming"
    assert is_network_path(PureWindowsPath(path), (), roaming) is is_remote


def test_nothing_is_made_in_a_network_folder(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("visitator.store.place.is_network_path", lambda *_: True)
    with pytest.raises(NetworkFolder, match="netværksdrev"):
        Store.open(path, KEY, AGREEMENT)
    assert not path.parent.exists()


def test_the_database_lies_in_the_folder_that_stays_on_the_computer() -> None:
    assert default_path().name == "visitator.db"
    assert "Roaming" not in str(default_path())


def test_a_second_one_in_the_same_program_is_refused(path: Path) -> None:
    with open_store(path) as store:
        store.append(note())
        with pytest.raises(AlreadyOpen, match="allerede åben"):
            Store.open(path, KEY, AGREEMENT)
        assert len(store.outbox("AHN")) == 1
    open_store(path).close()


HOLDER = """
import sys
from pathlib import Path
from visitator.store.place import FileLock
lock = FileLock(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def test_a_second_process_is_refused_until_the_first_one_dies(path: Path) -> None:
    path.parent.mkdir()
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with holder:
        assert holder.stdout
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(AlreadyOpen):
            Store.open(path, KEY, AGREEMENT)
        assert not path.exists()
        holder.kill()
        holder.wait()
    Store.open(path, KEY, AGREEMENT).close()


def test_a_database_is_set_aside_whole_and_never_deleted(path: Path) -> None:
    with open_store(path) as store:
        store.append(note())
    aside = set_aside(path, NOW)
    assert not path.exists()
    with Store.open(path, bytes(32), AGREEMENT) as fresh:
        assert fresh.outbox("AHN") == ()
    with pytest.raises(WrongKey):
        Store.open(aside, bytes(32), AGREEMENT)
    with Store.open(aside, KEY, AGREEMENT) as old:
        assert len(old.outbox("AHN")) == 1


def test_a_throw_away_database_leaves_nothing(path: Path) -> None:
    with Store.open(path, bytes(32), AGREEMENT, throw_away=True) as store:
        store.append(note())
    assert list(path.parent.iterdir()) == []


def test_a_throw_away_database_takes_the_place_of_one_that_crashed(path: Path) -> None:
    open_store(path).close()
    with Store.open(path, bytes(32), AGREEMENT, throw_away=True) as store:
        assert store.outbox("AHN") == ()
