"""The settings of a workstation (indstillinger): a TOML file the IT department puts there.

Everything has a value without the file. Secrets are not in it.
"""

from pathlib import Path

import msgspec
import platformdirs

from visitator.store.place import default_path

DEFAULT_AGREEMENT = "region-sjaelland-2025-11"
"""The one agreement with fixed deadlines for everything; a municipality names its own."""


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

    @property
    def database_path(self) -> Path:
        """The file of the local database."""
        return Path(self.database) if self.database else default_path()


def settings_file() -> Path:
    """Where the settings are: the machine's file if there is one, else the user's."""
    shared = platformdirs.site_config_path("visitator", appauthor=False) / "settings.toml"
    own = platformdirs.user_config_path("visitator", appauthor=False) / "settings.toml"
    return shared if shared.is_file() else own


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
