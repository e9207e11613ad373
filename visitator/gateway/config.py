"""What a gateway is told when it starts: a TOML file, and the key in a file of its own.

agreement = "region-sjaelland-2025-11"

[database]
file = "/var/lib/visitator/gateway.db"     # or: url = "postgresql:///visitator"
key_file = "/etc/visitator/gateway.key"    # or a credential of the service manager

[listen]
host = "0.0.0.0"
port = 8743
certificate = "/etc/visitator/tls.crt"
private_key = "/etc/visitator/tls.key"

[[folders]]
name = "vans"
path = "/srv/vans"
"""

import ipaddress
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import msgspec

from visitator.sqlcipher import KEY_LENGTH

CREDENTIAL = "visitator-gateway-key"
"""The name of the key among the credentials of the service manager (systemd)."""

_OTHERS_MAY = 0o007


class ConfigError(Exception):
    """The gateway cannot start as it is told to; the text is Danish and says what to do."""


class UnreadableConfigError(ConfigError):
    """The file is missing, is not TOML, or says something the gateway does not know."""


class KeyFileError(ConfigError):
    """There is no key where the file says, or it is none."""


class ExposedAddressError(ConfigError):
    """Others could read along: an address outside this machine, without TLS."""

    def __init__(self, host: str) -> None:
        super().__init__(
            f"Gatewayen lytter ikke på {host} uden TLS, for så kan andre læse med. "
            "Angiv certificate og private_key under [listen], eller brug 127.0.0.1."
        )


class AddressTakenError(ConfigError):
    """Nobody can be answered at the address."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(
            f"Gatewayen kan ikke lytte på {host}, port {port}: den er optaget, eller adressen er "
            "ikke denne maskines. Stop det andet program, eller ret host og port under [listen]."
        )


class CertificateError(ConfigError):
    """The certificate or its key cannot be used."""

    def __init__(self) -> None:
        super().__init__(
            "certificate og private_key under [listen] kan ikke læses, eller passer ikke sammen."
        )


class _Told(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    pass


class DatabaseConfig(_Told, frozen=True, kw_only=True):
    """Where the journal is: an encrypted file, or PostgreSQL."""

    file: Path | None = None
    key_file: Path | None = None
    """Without it, the credential of the service manager."""
    url: str | None = None


class ListenConfig(_Told, frozen=True, kw_only=True):
    """Where the gateway is called."""

    host: str = "127.0.0.1"
    port: Annotated[int, msgspec.Meta(ge=0, le=65535)] = 8743
    certificate: Path | None = None
    private_key: Path | None = None

    @property
    def has_tls(self) -> bool:
        """Whether calls are encrypted."""
        return self.certificate is not None and self.private_key is not None

    def require_safe(self) -> None:
        """Look whether others could read along.

        Raises:
            ExposedAddressError: they could.
        """
        if not self.has_tls and not _is_loopback(self.host):
            raise ExposedAddressError(self.host)


class FolderConfig(_Told, frozen=True, kw_only=True):
    """A drop folder of the VANS operator, with ``ind/``, ``ud/``, ``arkiv/`` and ``fejl/``."""

    path: Path
    name: Annotated[str, msgspec.Meta(min_length=1, max_length=64)] = "folder"


class GatewayConfig(_Told, frozen=True, kw_only=True):
    """Everything a gateway is told."""

    agreement: str
    """The id of the municipality's agreement profile."""
    database: DatabaseConfig
    listen: ListenConfig = ListenConfig()
    folders: tuple[FolderConfig, ...] = ()
    """Letters go out by the first. Of several gateway processes only one has folders."""
    requests_per_minute: Annotated[int, msgspec.Meta(ge=1)] = 600


def load_config(path: Path) -> GatewayConfig:
    """Read the gateway's TOML file.

    Raises:
        UnreadableConfigError: it is missing, is not TOML, or says something unknown.
    """
    try:
        config = msgspec.toml.decode(path.read_bytes(), type=GatewayConfig, dec_hook=_path)
    except OSError as error:
        raise UnreadableConfigError(f"Filen {path} kan ikke læses.") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UnreadableConfigError(f"Filen {path} er ikke rigtig: {error}") from error
    if (config.database.file is None) == (config.database.url is None):
        raise UnreadableConfigError(
            f"Filen {path} skal under [database] have enten file eller url."
        )
    return config


def read_key(config: DatabaseConfig, environment: Mapping[str, str] = os.environ) -> bytes:
    """The key of the encrypted file: from its file, or from the service manager's credentials.

    Raises:
        KeyFileError: there is none, others may read it, or it is not 64 hexadecimal digits.
    """
    path = config.key_file or _credential(environment)
    try:
        if os.name == "posix" and path.stat().st_mode & _OTHERS_MAY:
            raise KeyFileError(f"Nøglefilen {path} kan læses af alle. Ret dens rettigheder.")
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except OSError as error:
        raise KeyFileError(f"Nøglefilen {path} kan ikke læses.") from error
    except ValueError as error:
        raise KeyFileError(_not_a_key(path)) from error
    if len(key) != KEY_LENGTH:
        raise KeyFileError(_not_a_key(path))
    return key


def _path(kind: type, value: object) -> object:
    """TOML has no paths: they are text there."""
    if kind is Path and isinstance(value, str):
        return Path(value)
    raise ValueError(f"Expected `str`, got `{type(value).__name__}`")


def _credential(environment: Mapping[str, str]) -> Path:
    folder = environment.get("CREDENTIALS_DIRECTORY")
    if folder is None:
        raise KeyFileError(
            f"Der er ingen nøgle. Angiv key_file under [database], eller giv tjenesten "
            f"legitimationen '{CREDENTIAL}'."
        )
    return Path(folder) / CREDENTIAL


def _not_a_key(path: Path) -> str:
    return (
        f"Nøglefilen {path} skal indeholde {KEY_LENGTH * 2} hexadecimale cifre. "
        f"En ny laves med: openssl rand -hex {KEY_LENGTH}"
    )


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
