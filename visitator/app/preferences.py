"""What an employee prefers (personlige indstillinger): a TOML file in the user's own folder.

It holds no secret and nothing about a citizen; a token for a gateway is in the keyring.
"""

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Literal

import msgspec
import platformdirs

_Text = Annotated[str, msgspec.Meta(max_length=200)]
_Path = Annotated[str, msgspec.Meta(max_length=1000)]
_Key = Annotated[str, msgspec.Meta(max_length=64)]


class PreferencesError(Exception):
    """The preferences cannot be read or kept; Danish text: what happened, what was kept."""


class Preferences(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one employee prefers; everything has a value without the file."""

    name: _Text = ""
    """The employee's own name: who signs (underskrift)."""
    title: _Text = ""
    telephone: _Text = ""
    language: Literal["da", "en"] = "da"
    theme: Literal["system", "light", "dark"] = "system"
    quiet: bool = False
    """No pop-ups (stille tilstand)."""
    lock_minutes: Annotated[int, msgspec.Meta(ge=0, le=480)] = 10
    """Minutes without a key or the mouse until the screen is covered; 0 is never."""
    note_folder: _Path = ""
    """Where case notes were saved last (mappen til notater)."""
    first_run_done: bool = False
    """The three first questions have been answered or skipped."""
    recovery_key_shown: bool = False
    """The recovery key of the program's own gateway has been shown, to be printed."""
    user: _Key = ""
    """Who the kept token belongs to at the gateway; empty before the first log-in."""
    device: _Key = ""
    """The workstation the token belongs to."""


def preferences_file() -> Path:
    """Where the preferences of this user are."""
    return platformdirs.user_config_path("visitator", appauthor=False) / "personligt.toml"


def load_preferences(file: Path | None = None) -> Preferences:
    """The preferences of this user.

    Args:
        file: read this file instead of the usual one.

    Raises:
        PreferencesError: the file is there and cannot be used; it is left as it is.
    """
    path = file or preferences_file()
    try:
        return msgspec.toml.decode(path.read_bytes(), type=Preferences)
    except FileNotFoundError:
        return Preferences()
    except OSError as error:
        raise PreferencesError(
            f"Dine indstillinger i {path} kan ikke læses. Filen er ikke ændret."
            " Se efter, om du har adgang til mappen."
        ) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise PreferencesError(
            f"Dine indstillinger i {path} er ikke rigtige: {error}. Filen er ikke ændret."
            " Ret den, eller flyt den væk og start igen."
        ) from error


def save_preferences(preferences: Preferences, file: Path | None = None) -> None:
    """Keep the preferences: the whole file or, when it cannot be written, the one before.

    Args:
        preferences: as they are to be from now on.
        file: write this file instead of the usual one.

    Raises:
        PreferencesError: they could not be kept; the ones before are.
    """
    path = file or preferences_file()
    try:
        write_whole(path, as_toml(msgspec.structs.asdict(preferences)))
    except OSError as error:
        raise PreferencesError(
            f"Dine indstillinger kan ikke gemmes i {path}. De tidligere er bevaret."
            " Se efter, om der er plads, og om du har adgang til mappen."
        ) from error


def as_toml(values: Mapping[str, str | int | bool | tuple[str, ...]]) -> bytes:
    """A flat TOML file: what JSON writes of these values is TOML, but for one character."""
    lines = (f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in values.items())
    return "".join(lines).replace("\x7f", "\\u007f").encode()


def write_whole(path: Path, data: bytes) -> None:
    """Put `data` in place of the file at `path` in one step, also when the power goes.

    Raises:
        OSError: it cannot be written; the file is as it was.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with draft.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise
