"""The files that come with the program, from the folder `resources/`."""

import sys
import tomllib
from pathlib import Path

import msgspec

from visitator.domain.agreement import Agreement, AgreementError, parse_agreement
from visitator.domain.checklist import Checklist

DEFAULT_AGREEMENT = "region-sjaelland-2025-11"
"""The one agreement with fixed deadlines for everything; a municipality names its own."""


class ResourceError(Exception):
    """A file or folder that should have come with the program is missing; the text is Danish."""


class UnknownAgreementError(ResourceError):
    """No profile has the id asked for; the text lists those there are."""

    def __init__(self, agreement_id: str, known: tuple[str, ...]) -> None:
        ids = ", ".join(known) or "ingen"
        super().__init__(f"Ukendt aftaleprofil '{agreement_id}'. Kendte profiler: {ids}.")


class LoadedAgreements(msgspec.Struct, frozen=True, kw_only=True):
    """All profiles of a folder: those that can be used, and what is wrong with the others."""

    agreements: tuple[Agreement, ...]
    errors: tuple[AgreementError, ...]


def resource_folder(name: str) -> Path:
    """The folder `resources/<name>`: beside the package, or in the bundle of a frozen program.

    Raises:
        ResourceError: it is not there.
    """
    bundle = getattr(sys, "_MEIPASS", None)
    root = Path(bundle) if bundle else Path(__file__).resolve().parent.parent
    folder = root / "resources" / name
    if not folder.is_dir():
        raise ResourceError(
            f"Programmets mappe 'resources/{name}' mangler. Installer programmet igen."
        )
    return folder


def agreement_files(folder: Path | None = None) -> tuple[Path, ...]:
    """The agreement profiles in `folder`, by name; in `resources/agreements` without it.

    Raises:
        ResourceError: the program's own folder is missing.
    """
    return tuple(sorted((folder or resource_folder("agreements")).glob("*.toml")))


def load_agreement(agreement_id: str, folder: Path | None = None) -> Agreement:
    """The profile with this id, which is also the name of its file.

    Raises:
        UnknownAgreementError: there is no such profile.
        AgreementError: the profile cannot be used.
        ResourceError: the program's own folder is missing.
    """
    files = {file.stem: file for file in agreement_files(folder)}
    if agreement_id not in files:
        raise UnknownAgreementError(agreement_id, tuple(files))
    return _read(files[agreement_id])


def load_agreements(folder: Path | None = None) -> LoadedAgreements:
    """Every profile, by file name; a file that cannot be used does not hide the others.

    Raises:
        ResourceError: the program's own folder is missing.
    """
    agreements: list[Agreement] = []
    errors: list[AgreementError] = []
    for file in agreement_files(folder):
        try:
            agreements.append(_read(file))
        except AgreementError as error:
            errors.append(error)
    return LoadedAgreements(agreements=tuple(agreements), errors=tuple(errors))


def _read(file: Path) -> Agreement:
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise AgreementError(file.name, line, "filen er ikke skrevet i UTF-8") from error
    except OSError as error:
        raise AgreementError(file.name, 1, "filen kan ikke læses") from error
    agreement = parse_agreement(text, file.name)
    if agreement.id != file.stem:
        raise AgreementError(
            file.name, 1, f"filen skal hedde '{agreement.id}.toml' som profilens id"
        )
    return agreement


def load_checklist(agreement: Agreement, folder: Path | None = None) -> Checklist | None:
    """The bring-along checklist a profile names; None where the agreement has none.

    Args:
        agreement: the profile; its ``checklist`` is the id, and the name of the file.
        folder: where the files are; `resources/checklists` without it.

    Raises:
        ResourceError: the file is missing, or is no checklist.
    """
    if agreement.checklist is None:
        return None
    name = f"{agreement.checklist}.toml"
    file = (folder or resource_folder("checklists")) / name
    try:
        found = msgspec.toml.decode(file.read_bytes(), type=Checklist)
    except OSError as error:
        raise ResourceError(f"Tjeklisten '{name}' mangler i 'resources/checklists'.") from error
    except (msgspec.DecodeError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ResourceError(f"Tjeklisten '{name}' kan ikke læses ({error}).") from error
    if found.id != file.stem:
        raise ResourceError(f"Tjeklisten '{name}' skal hedde '{found.id}.toml' som sit id.")
    return found
