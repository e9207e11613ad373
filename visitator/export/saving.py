"""Saving documents: whole or not at all, under a name that tells nothing about the citizen."""

import errno
import hashlib
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import msgspec

from visitator.domain.citizen import compact_number
from visitator.domain.entries import NoteExported, NoteWay
from visitator.export.errors import (
    CaseNumberError,
    DiskFullError,
    FileNameError,
    FileOpenError,
    FileThereError,
    FolderGoneError,
    NotAllowedError,
    SavingError,
)
from visitator.export.note import Note, looks_like_cpr

_CASE_NUMBER = re.compile(r"[0-9A-Za-zÆØÅæøå][0-9A-Za-zÆØÅæøå._-]{0,59}")
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_GONE = {errno.ENOENT, errno.ENOTDIR, errno.ENODEV, errno.ENXIO}
_LOCK_PREFIX = "~$"


class Saved(msgspec.Struct, frozen=True, kw_only=True):
    """A note that was saved."""

    file: Path
    entry: NoteExported
    """For the journal: that it left the program, and why."""


def file_name(note: Note) -> str:
    """``2026-02-05_notat_2026-00123.docx``.

    Raises:
        CaseNumberError: the case number is no part of a file name, or tells who the citizen is.
    """
    number = note.case_number.strip()
    if not _CASE_NUMBER.fullmatch(number) or number.endswith("."):
        raise CaseNumberError(
            "Sagsnummeret kan ikke bruges i et filnavn. Brug bogstaver, tal, bindestreg og punktum."
        )
    if looks_like_cpr(number) or _names(number, note.personal):
        raise CaseNumberError(
            "Sagsnummeret må ikke indeholde borgerens CPR-nummer eller navn. Vælg et andet."
        )
    return f"{note.written_at:%Y-%m-%d}_notat_{number}.docx"


def _names(number: str, personal: Iterable[str]) -> bool:
    """Whether a case number holds one of the citizen's numbers or a word of the name."""
    compact = compact_number(number)
    words = set(re.split(r"[\W\d_]+", number.casefold()))
    for each in personal:
        key = compact_number(each)
        if any(character.isdigit() for character in key):
            if key in compact:
                return True
        elif words & set(re.split(r"[\W\d_]+", each.casefold())) - {""}:
            return True
    return False


def exported(note: Note, way: NoteWay, file: Path | None = None) -> NoteExported:
    """What the journal gets when a note leaves the program: why, and not where."""
    where = hashlib.sha256(os.fsencode(file.resolve())).hexdigest() if file else ""
    return NoteExported(
        note=note.kind,
        purpose=note.purpose,
        way=way,
        case_number=note.case_number.strip(),
        path_hash=where,
    )


def save(note: Note, data: bytes, folder: Path, *, replace: bool = False) -> Saved:
    """Write a note into a folder, whole or not at all.

    Args:
        note: what is saved, for the name and the journal.
        data: the bytes of the Word file.
        folder: an existing one.
        replace: one of the same name that lies there is replaced.

    Raises:
        CaseNumberError: see `file_name`.
        FileThereError: one of the same name lies there, and is not to be replaced.
        DiskFullError: there is no room.
        FolderGoneError: the folder is not there.
        FileOpenError: the file is open in Word.
        NotAllowedError: the user may not write there.
        SavingError: anything else the system says no to.
    """
    file = folder / file_name(note)
    _put(file, data, replace=replace)
    return Saved(file=file, entry=exported(note, NoteWay.FILE, file))


def save_checklist(data: bytes, file: Path, personal: Iterable[str], *, replace: bool) -> None:
    """Write a checklist under the name a user chose, whole or not at all.

    Args:
        data: the bytes of the Word file.
        file: in an existing folder.
        personal: the numbers and names of those on it.
        replace: a file of that name is replaced.

    Raises:
        FileNameError: the name tells who is on the list.
        FileThereError, DiskFullError, FolderGoneError, FileOpenError, NotAllowedError,
        SavingError: see `save`.
    """
    if looks_like_cpr(file.name) or _names(file.stem, personal):
        raise FileNameError(
            "Filens navn må ikke indeholde et CPR-nummer eller en borgers navn. Vælg et andet."
        )
    _put(file, data, replace=replace)


def _put(file: Path, data: bytes, *, replace: bool) -> None:
    """Put a file in its folder, or tell why it cannot be."""
    folder = file.parent
    with _told(folder):
        if (folder / f"{_LOCK_PREFIX}{file.name[2:]}").exists():
            raise FileOpenError(_open_text(file))
        if file.exists() and not replace:
            raise FileThereError(
                f"Der ligger allerede en fil med navnet {file.name}. Den er ikke erstattet."
            )
        _write_whole(file, data)


def _write_whole(file: Path, data: bytes) -> None:
    """Write beside the file, and put it in its place in one step."""
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=".notat-", suffix=".tmp")
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as target:
            target.write(data)
            target.flush()
            os.fsync(target.fileno())
        try:
            draft.replace(file)
        except PermissionError as error:
            # Windows does not replace a file that Word has open.
            if file.exists():
                raise FileOpenError(_open_text(file)) from error
            raise
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def _open_text(file: Path) -> str:
    return f"Filen {file.name} er åben i Word. Luk den, og prøv igen."


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    """Turn what the system says into a sentence for a person."""
    try:
        yield
    except OSError as error:
        _raise(error, folder)


def _raise(error: OSError, folder: Path) -> NoReturn:
    place = f"mappen {folder.name or folder}"
    if error.errno in _FULL:
        raise DiskFullError("Der er ikke plads på disken. Filen er ikke gemt.") from error
    if error.errno in _GONE:
        raise FolderGoneError(f"Kan ikke finde {place}. Filen er ikke gemt.") from error
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        raise NotAllowedError(
            f"Du har ikke lov til at gemme i {place}. Vælg en anden mappe."
        ) from error
    raise SavingError(f"Filen kunne ikke gemmes i {place}. Prøv igen.") from error


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """How far a batch has come."""

    done: int
    total: int
    saved: Saved | None
    """The note just saved; None when it could not be."""
    problem: str = ""
    """Danish: why it could not be saved."""


def save_all(
    notes: Iterable[Callable[[], Note]],
    write: Callable[[Note], bytes],
    folder: Path,
    *,
    total: int,
    is_cancelled: Callable[[], bool],
) -> Iterator[Progress]:
    """Save many notes one by one; only one of them is in memory.

    A note that cannot be saved is told of, and does not stop the others; a full disk or a folder
    that is gone stops them. What was saved before a cancel stays.

    Args:
        notes: makes each note when it is its turn.
        write: the bytes of a note.
        folder: an existing one.
        total: how many there are.
        is_cancelled: asked before every note.

    Raises:
        DiskFullError: there is no room.
        FolderGoneError: the folder is not there.
    """
    names: set[str] = set()
    for done, make in enumerate(notes, start=1):
        if is_cancelled():
            return
        try:
            note = make()
            _not_twice(file_name(note), names)
            saved = save(note, write(note), folder)
        except (DiskFullError, FolderGoneError):
            raise
        except SavingError as error:
            yield Progress(done=done, total=total, saved=None, problem=str(error))
        else:
            yield Progress(done=done, total=total, saved=saved)


def _not_twice(name: str, names: set[str]) -> None:
    """Note the name of a file; of two in one batch the second would take the first one's place."""
    if name in names:
        raise CaseNumberError(f"To notater ville få navnet {name}. Giv dem hver sit sagsnummer.")
    names.add(name)
