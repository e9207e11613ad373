"""The settings of a workstation (indstillinger): a TOML file the IT department puts there.

Everything has a value without the file. Secrets are not in it.
"""

from pathlib import Path

import msgspec
import platformdirs

from visitator.app.preferences import as_toml, write_whole
from visitator.resources import DEFAULT_AGREEMENT, load_agreements
from visitator.store.place import default_path


class SettingsError(Exception):
    """The settings file cannot be used; Danish text naming the file and what is wrong."""


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a workstation is told."""

    agreement: str = DEFAULT_AGREEMENT
    """The id of the agreement profile (aftaleprofil)."""
    gateway: str | None = None
    """The address of the municipality's gateway; without one the program runs its own."""
    database: str | None = None
    """Where the local database is to be; without it the machine-local data folder."""
    municipality: str = ""
    """Its name on the screen (kommune); empty when it is not known."""
    folders: tuple[str, ...] = ()
    """The drop folders (postmapper) of the program's own gateway; of no use with another."""

    templates: str | None = None
    """The folder of the municipality's own templates for case notes (skabeloner til notater)."""
    backup: str | None = None
    """Where the program's own gateway keeps its copies, best on another disk; without it beside
    the local database."""

    @property
    def database_path(self) -> Path:
        """The file of the local database."""
        return Path(self.database) if self.database else default_path()

    @property
    def journal_path(self) -> Path:
        """The file of the program's own gateway, when it runs one."""
        return self.database_path.with_name("gateway.db")

    @property
    def has_journal(self) -> bool:
        """Whether that file is there; an empty one is none."""
        return self.journal_path.exists() and self.journal_path.stat().st_size > 0

    @property
    def backup_folder(self) -> Path:
        """Where the copies of that file are."""
        folder = self.database_path.with_name("sikkerhedskopi")
        return Path(self.backup) if self.backup else folder


class AgreementChoice(msgspec.Struct, frozen=True, kw_only=True):
    """An agreement profile that can be chosen (aftaleprofil)."""

    id: str
    region: str
    title: str


def agreement_choices() -> tuple[AgreementChoice, ...]:
    """The profiles that came with the program and can be used, by region.

    Raises:
        visitator.resources.ResourceError: the program's own folder is missing.
    """
    found = (
        AgreementChoice(id=each.id, region=each.region, title=each.title)
        for each in load_agreements().agreements
    )
    return tuple(sorted(found, key=lambda each: each.region))


def settings_file() -> Path:
    """Where the settings are: the machine's file if there is one, else the user's."""
    shared = platformdirs.site_config_path("visitator", appauthor=False) / "settings.toml"
    return shared if shared.is_file() else _own_file()


def _own_file() -> Path:
    return platformdirs.user_config_path("visitator", appauthor=False) / "settings.toml"


def may_change_settings() -> bool:
    """Whether the settings are the user's own: what the IT department has put there is not."""
    return settings_file() == _own_file()


def save_settings(settings: Settings, file: Path | None = None) -> None:
    """Keep what was chosen at the first start, in the user's own file.

    Args:
        settings: as they are to be from now on.
        file: write this file instead of the usual one.

    Raises:
        SettingsError: the machine has a file of its own, or it could not be written; what was
            there before is kept.
    """
    if file is None and not may_change_settings():
        raise SettingsError(
            f"Indstillingerne er lagt på computeren i {settings_file()} og kan ikke ændres her."
            " Tal med den, der driver computeren."
        )
    path = file or _own_file()
    told = {key: value for key, value in msgspec.structs.asdict(settings).items() if value}
    try:
        write_whole(path, as_toml(told))
    except OSError as error:
        raise SettingsError(
            f"Indstillingerne kan ikke gemmes i {path}. De tidligere er bevaret."
        ) from error


def load_settings(file: Path | None = None) -> Settings:
    """The settings of this workstation.

    Args:
        file: read this file instead of the usual one.

    Raises:
        SettingsError: the file is there and cannot be used, or was named and is not there.
    """
    path = file or settings_file()
    try:
        return msgspec.toml.decode(path.read_bytes(), type=Settings)
    except FileNotFoundError as error:
        if file is None:
            return Settings()
        raise SettingsError(f"Indstillingsfilen {path} findes ikke.") from error
    except OSError as error:
        raise SettingsError(f"Indstillingsfilen {path} kan ikke læses.") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"Indstillingsfilen {path} er ikke rigtig: {error}") from error
