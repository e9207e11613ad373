"""Where the database file may lie, who has it open, and the files beside it."""

import datetime as dt
import hashlib
import os
import re
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path, PurePath, PureWindowsPath

import platformdirs

from visitator.store.errors import AlreadyOpen, NetworkFolder

_NETWORK_FILE_SYSTEMS = frozenset(
    {
        "afs",
        "ceph",
        "cifs",
        "davfs",
        "fuse.davfs2",
        "fuse.glusterfs",
        "fuse.gvfsd-fuse",
        "fuse.rclone",
        "fuse.sshfs",
        "glusterfs",
        "ncpfs",
        "nfs",
        "nfs4",
        "smb2",
        "smb3",
        "smbfs",
    }
)
_DRIVE_REMOTE = 4
_BESIDE = ("-wal", "-shm", "-journal")


def default_path() -> Path:
    """The database of this user on this computer, in the folder that stays on the computer."""
    return platformdirs.user_data_path("visitator", appauthor=False) / "visitator.db"


def refuse_network_folder(path: Path) -> None:
    """Check where the database would lie.

    A mapped drive on Windows and a mount on Linux are looked up; on macOS only the path is.

    Raises:
        NetworkFolder: it is a network share, a network file system or a roaming profile.
    """
    mounts = Path("/proc/mounts")
    lines = mounts.read_text(errors="replace").splitlines() if mounts.is_file() else ()
    full = path.resolve()
    if is_network_path(full, lines, os.environ.get("APPDATA")) or _is_remote_drive(full):
        raise NetworkFolder


def is_network_path(path: PurePath, mounts: Iterable[str], roaming: str | None) -> bool:
    """Whether `path` lies on a network.

    Args:
        path: absolute.
        mounts: the lines of ``/proc/mounts``; none where there is no such file.
        roaming: the folder of the roaming profile, where the system has one.
    """
    if isinstance(path, PureWindowsPath):
        share = path.drive.startswith("\\\\") and not re.match(r"\\\\[?.]\\[^U]", path.drive)
        return share or (roaming is not None and path.is_relative_to(roaming))
    found = "", ""
    for line in mounts:
        _, point, kind, *_ = *line.split(), "", "", ""
        point = re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), point)
        if point and path.is_relative_to(point) and len(point) >= len(found[0]):
            found = point, kind
    return found[1] in _NETWORK_FILE_SYSTEMS


def _is_remote_drive(path: Path) -> bool:
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.windll.kernel32.GetDriveTypeW(path.anchor) == _DRIVE_REMOTE)
    return False


class FileLock:
    """Held while the store is open; the operating system lets go of it when the process dies.

    Raises:
        AlreadyOpen: another holds it.
        OSError: the lock file cannot be made.
    """

    def __init__(self, database: Path) -> None:
        self._file = os.open(_lock_file(database), os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(self._file)
        except OSError as error:
            os.close(self._file)
            raise AlreadyOpen from error

    def release(self) -> None:
        """Let go; the lock file stays, for removing it would race with the next to lock it."""
        os.close(self._file)


def _lock(file: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _lock_file(database: Path) -> Path:
    return database.with_name(database.name + ".lock")


def copy_of(database: Path, version: int) -> Path:
    """Where the copy lies that is taken before a database of schema `version` is migrated."""
    return database.with_name(f"{database.name}.skema{version}")


def history_of(database: Path, epoch: str) -> Path:
    """Where a history lies that was kept when another, with much less in it, took its place."""
    # An epoch comes over the network; it is no file name.
    name = hashlib.sha256(epoch.encode()).hexdigest()[:8]
    return database.with_name(f"{database.name}.historik-{name}")


def copy_before_migration(database: Path, version: int) -> Path:
    """Copy the file, whose write-ahead log must be empty; returns the copy.

    A copy from before an earlier migration is deleted once there is this one.

    Raises:
        OSError: it cannot be copied; the database is untouched and no half copy is left.
    """
    copy = copy_of(database, version)
    try:
        shutil.copyfile(database, copy)
        with copy.open("rb+") as file:
            os.fsync(file.fileno())
    except OSError:
        copy.unlink(missing_ok=True)
        raise
    for older in database.parent.glob(f"{database.name}.skema*"):
        if older != copy:
            older.unlink()
    return copy


def set_aside(database: Path, now: dt.datetime) -> Path:
    """Move a database that cannot be opened out of the way, never delete it; returns where to.

    Args:
        database: the file; nobody may have it open.
        now: goes into the new name, so that nothing set aside earlier is overwritten.

    Raises:
        OSError: it cannot be moved.
    """
    aside = database.with_name(f"{database.name}.lagt-til-side-{now:%Y%m%dT%H%M%S}")
    for end in ("", *_BESIDE):
        file = database.with_name(database.name + end)
        if file.exists():
            file.rename(aside.with_name(aside.name + end))
    return aside


def delete(database: Path) -> None:
    """Delete a throw-away database and everything beside it but the lock.

    Raises:
        OSError: a file cannot be deleted.
    """
    for end in ("", *_BESIDE):
        database.with_name(database.name + end).unlink(missing_ok=True)
    for kind in ("skema", "historik-"):
        for copy in database.parent.glob(f"{database.name}.{kind}*"):
            copy.unlink()


def delete_lock(database: Path) -> None:
    """Delete the lock file of a throw-away database that nobody will open again."""
    _lock_file(database).unlink(missing_ok=True)
