"""The drop folder that VANS operators deliver to: ``ind/``, ``ud/``, ``arkiv/``, ``fejl/``.

A file is taken when it is complete and moved only after what it holds is committed, so a crash can
at most bring the same bytes again, which changes nothing. Whoever else uses the folder is not
trusted to behave: every file is looked at afresh at every round, and nothing is ever overwritten.
"""

import contextlib
import datetime as dt
import enum
import errno
import hashlib
import os
import stat
from collections import OrderedDict
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import msgspec

from visitator.medcom import decoding
from visitator.medcom.errors import MessageError

INBOX, OUTBOX, ARCHIVE, FAILED = "ind", "ud", "arkiv", "fejl"
_TEMPORARY = (".tmp", ".part")
STILL_FOR = dt.timedelta(seconds=10)
"""How long a file that is no whole document must be still before it is taken as it is.

Rounds come several times a second, and a writer over a network may pause for longer than that.
"""
_WATCHED = 100
"""How many moved files are still looked after."""
_READ_AT_MOST = decoding.MAX_BYTES + 1
"""Bytes of a file: enough to tell that it is too large, for then it goes to ``fejl/`` as it is."""
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_OPEN_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
)


class TroubleReason(enum.Enum):
    """What may be wrong with a transport: a code and a Danish sentence, without file names."""

    FOLDER = "mappe_utilgaengelig", "Mappen kan ikke åbnes. Kontrollér, at den findes, og adgangen."
    UNREADABLE = "fil_ulaeselig", "En fil i ind/ kan ikke læses. Kontrollér adgangen til den."
    NOT_A_FILE = "ikke_en_fil", "I ind/ ligger noget, der ikke er en fil. Det bliver liggende."
    NOT_MOVED = "fil_ikke_flyttet", "En modtaget fil kan ikke flyttes ud af ind/."
    NOT_WRITTEN = "fil_ikke_skrevet", "Et brev kan ikke skrives til ud/. Det prøves igen."
    DISK_FULL = "disk_fuld", "Der er ikke plads på disken. Brevet prøves igen."
    DATABASE = "database", "Databasen kan ikke skrives. Filerne bliver liggende i ind/."
    PROGRAM = "programfejl", "Programmet fejlede på en meddelelse. Den er gemt."

    def __init__(self, code: str, text: str) -> None:
        self.code = code
        self.text = text


class Trouble(msgspec.Struct, frozen=True, kw_only=True):
    """Something a technician must look at; nothing is lost by it."""

    transport: str
    reason: TroubleReason


class TransportError(Exception):
    """A letter could not be sent; it stays in the queue."""

    def __init__(self, reason: TroubleReason) -> None:
        self.reason = reason
        super().__init__(f"{reason.code}: {reason.text}")


class _Signature(msgspec.Struct, frozen=True):
    """Which content a file has, as far as the file system tells."""

    inode: int
    size: int
    modified: int

    @classmethod
    def of(cls, status: os.stat_result) -> "_Signature":
        return cls(status.st_ino, status.st_size, status.st_mtime_ns)


class _Content(msgspec.Struct, frozen=True):
    """What was read from a file, and how the file looked."""

    signature: _Signature
    digest: bytes


class Incoming(msgspec.Struct, frozen=True, kw_only=True):
    """A complete file in ``ind/``."""

    name: str
    data: bytes
    """All of it, or as much as tells that it is too large."""
    signature: _Signature


class Transport(Protocol):
    """A way to and from the hospitals."""

    @property
    def name(self) -> str:
        """What the transport is called in the database and in the account of its health."""

    def receive(self, now: dt.datetime) -> Iterator[Incoming | Trouble]:
        """What has come, in order, and what is in the way; `now` by the gateway's clock."""

    def settle(self, incoming: Incoming, *, raw_id: str, is_refused: bool) -> Trouble | None:
        """What was received is committed: do not bring it again."""

    def send(self, letter_id: str, data: bytes) -> None:
        """Hand a letter over; the same letter again takes the place of the first.

        Raises:
            TransportError: it was not handed over.
        """


class FolderTransport:
    """The folder `path` with ``ind/``, ``ud/``, ``arkiv/`` and ``fejl/`` in it.

    Args:
        path: the folder. Its parts are made by `prepare` alone: a share that is not mounted must
            not be taken for an empty folder.
        name: what it is called.
    """

    def __init__(self, path: Path, name: str = "folder") -> None:
        self.path = path
        self._name = name
        self._seen: dict[str, tuple[_Signature, dt.datetime]] = {}
        self._settled: dict[str, tuple[_Content, str, str]] = {}
        self._moved: OrderedDict[Path, _Content] = OrderedDict()

    @property
    def name(self) -> str:
        """What the transport is called."""
        return self._name

    def prepare(self) -> None:
        """Make the folder and its parts where they are not there."""
        for part in (INBOX, OUTBOX, ARCHIVE, FAILED):
            (self.path / part).mkdir(parents=True, exist_ok=True)

    # --- receiving ------------------------------------------------------------------------------

    def receive(self, now: dt.datetime) -> Iterator[Incoming | Trouble]:
        """The complete files in ``ind/``, the oldest first, and what is in the way.

        A well-formed document is complete; a file that is none is once its size and time were
        the same at two rounds, `STILL_FOR` apart. Temporary names are left alone.

        Args:
            now: aware instant by the gateway's clock.
        """
        self._put_back_changed()
        try:
            files, others = self._look()
        except OSError:
            yield self._trouble(TroubleReason.FOLDER)
            return
        if others:
            yield self._trouble(TroubleReason.NOT_A_FILE)
        self._forget_others({name for name, _ in files})
        for name, signature in files:
            settled = self._settled.get(name)
            if settled is not None and settled[0].signature == signature:
                found: Incoming | Trouble | None = self._move(name)
            else:
                found = self._take(name, now) if self._may_be_read(name, signature, now) else None
            if found is not None:
                yield found

    def settle(self, incoming: Incoming, *, raw_id: str, is_refused: bool) -> Trouble | None:
        """Move a file that is committed to ``arkiv/``, or to ``fejl/`` when it was refused.

        A file that cannot be moved now is not read again, and moved at a later round.
        """
        part = FAILED if is_refused else ARCHIVE
        content = _Content(incoming.signature, hashlib.sha256(incoming.data).digest())
        self._settled[incoming.name] = (content, part, raw_id)
        return self._move(incoming.name)

    def _look(self) -> tuple[list[tuple[str, _Signature]], bool]:
        """The files in the order to take them, and whether there is anything but files.

        Raises:
            OSError: the folder cannot be read.
        """
        files, others = [], False
        with os.scandir(self.path / INBOX) as found:
            for item in found:
                if item.name.startswith(".") or item.name.lower().endswith(_TEMPORARY):
                    continue
                try:
                    # Not what scandir remembers: on Windows it is out of date and has no inode.
                    status = Path(item.path).stat(follow_symlinks=False)
                except FileNotFoundError:
                    continue
                if stat.S_ISREG(status.st_mode):
                    files.append((item.name, _Signature.of(status)))
                else:
                    others = True
        files.sort(key=lambda each: (each[1].modified, each[0]))
        return files, others

    def _forget_others(self, names: set[str]) -> None:
        self._seen = {name: seen for name, seen in self._seen.items() if name in names}
        self._settled = {name: how for name, how in self._settled.items() if name in names}

    def _may_be_read(self, name: str, signature: _Signature, now: dt.datetime) -> bool:
        """One that is too large is not read at every round while somebody writes in it."""
        return signature.size <= decoding.MAX_BYTES or self._is_still(name, signature, now)

    def _take(self, name: str, now: dt.datetime) -> Incoming | Trouble | None:
        """The file when it is complete; None while it may still grow or when it is gone."""
        try:
            read = _read(self.path / INBOX / name)
        except FileNotFoundError:
            return None
        except OSError:
            return self._trouble(TroubleReason.UNREADABLE)
        if isinstance(read, TroubleReason):
            return self._trouble(read)
        if read is None:
            return None
        data, signature = read
        if not self._is_still(name, signature, now) and not _is_whole(data):
            return None
        return Incoming(name=name, data=data, signature=signature)

    def _is_still(self, name: str, signature: _Signature, now: dt.datetime) -> bool:
        """Whether nobody has written in the file for a while; the look is remembered."""
        was, since = self._seen.get(name, (None, now))
        if was != signature or since > now:
            since = now
        self._seen[name] = (signature, since)
        return now - since >= STILL_FOR

    def _move(self, name: str) -> Trouble | None:
        """Move a settled file away, under a name no file has."""
        content, part, raw_id = self._settled[name]
        try:
            target = _free_name(self.path / part, raw_id)
            (self.path / INBOX / name).rename(target)
        except FileNotFoundError:
            if (self.path / INBOX / name).exists():
                return self._trouble(TroubleReason.NOT_MOVED)
        except OSError:
            return self._trouble(TroubleReason.NOT_MOVED)
        else:
            self._watch(target, content)
        del self._settled[name]
        self._seen.pop(name, None)
        return None

    def _watch(self, path: Path, content: _Content) -> None:
        self._moved[path] = content
        while len(self._moved) > _WATCHED:
            self._moved.popitem(last=False)

    def _put_back_changed(self) -> None:
        """Bring back to ``ind/`` what is no longer what was read from it.

        Somebody put a new file in its place before it was moved, or went on writing after. A file
        that only looks different is the same: some shares give it another number when it is moved.
        """
        for path, read in list(self._moved.items()):
            with contextlib.suppress(OSError):
                signature = _Signature.of(path.stat())
                if signature == read.signature:
                    continue
                with path.open("rb") as file:
                    digest = hashlib.sha256(file.read(_READ_AT_MOST)).digest()
                if digest == read.digest:
                    self._moved[path] = _Content(signature, digest)
                else:
                    path.rename(_free_name(self.path / INBOX, f"igen-{path.stem}"))
                    del self._moved[path]

    # --- sending --------------------------------------------------------------------------------

    def send(self, letter_id: str, data: bytes) -> None:
        """Write a letter to ``ud/`` so that it is there whole or not at all.

        Raises:
            TransportError: it could not be written; nothing is left behind.
        """
        folder = self.path / OUTBOX
        temporary = folder / f".{letter_id}.tmp"
        try:
            with temporary.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(folder / f"{letter_id}.xml")
            _sync_folder(folder)
        except OSError as error:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
            raise TransportError(_why_not_written(error, folder)) from error

    def _trouble(self, reason: TroubleReason) -> Trouble:
        return Trouble(transport=self._name, reason=reason)


def _read(path: Path) -> tuple[bytes, _Signature] | TroubleReason | None:
    """A file's bytes, as many as are looked at, and which they are.

    None when somebody wrote in it meanwhile.

    Raises:
        OSError: it cannot be read, or is gone.
    """
    with open(os.open(path, _OPEN_FLAGS), "rb") as file:  # noqa: PTH123
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            return TroubleReason.NOT_A_FILE
        data = file.read(_READ_AT_MOST)
        before, after = _Signature.of(status), _Signature.of(os.fstat(file.fileno()))
        return (data, after) if before == after else None


def _is_whole(data: bytes) -> bool:
    """Whether it is a document from its first tag to its last; a half-written one never is."""
    if b">" not in data[-8:]:
        return False
    try:
        decoding.parse(data)
    except MessageError:
        return False
    return True


def _free_name(folder: Path, stem: str) -> Path:
    """A path in `folder` that no file has.

    Raises:
        FileNotFoundError: the folder is not there.
    """
    if not folder.is_dir():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
    path, number = folder / f"{stem}.xml", 1
    while os.path.lexists(path):
        number += 1
        path = folder / f"{stem}-{number}.xml"
    return path


def _why_not_written(error: OSError, folder: Path) -> TroubleReason:
    if error.errno in _FULL:
        return TroubleReason.DISK_FULL
    is_there = os.path.isdir(folder)  # noqa: PTH112 - a Path would raise where it may not look
    return TroubleReason.NOT_WRITTEN if is_there else TroubleReason.FOLDER


def _sync_folder(folder: Path) -> None:
    """Make a new name in a folder last through a power cut, where folders can be synced."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
