"""`visitator gateway check`: whether everything a gateway needs is there, or what to do."""

import os
import ssl
from collections.abc import Callable, Iterator

from visitator.domain.agreement import AgreementError
from visitator.domain.notice import Finding
from visitator.gateway import users
from visitator.gateway.config import ConfigError, GatewayConfig, ListenConfig, read_key
from visitator.gateway.database import DatabaseError
from visitator.gateway.service import open_database
from visitator.gateway.transports import ARCHIVE, FAILED, INBOX, OUTBOX
from visitator.resources import ResourceError, load_agreement


class _NeededError(Exception):
    """Something has to be done; the text is Danish."""


_ERRORS = (_NeededError, ConfigError, DatabaseError, ResourceError, AgreementError)


def check(config: GatewayConfig) -> Iterator[Finding]:
    """Look at each thing in turn; what is wrong with one does not stop the others."""
    looks: dict[str, Callable[[GatewayConfig], str]] = {
        "Aftaleprofil": _agreement,
        "Nøgle": _key,
        "Database": _database,
        "Brugere": _users,
        "Adresse": _address,
        "Mapper": _folders,
    }
    for what, look in looks.items():
        try:
            yield Finding(what=what, text=look(config), is_fine=True)
        except _ERRORS as error:
            yield Finding(what=what, text=str(error), is_fine=False)
        except OSError as error:
            yield Finding.out_of_reach(what, error)


def _agreement(config: GatewayConfig) -> str:
    return load_agreement(config.agreement).title


def _key(config: GatewayConfig) -> str:
    if config.database.file is None:
        return "PostgreSQL krypteres af serveren."
    read_key(config.database)
    return "Nøglen er der."


def _database(config: GatewayConfig) -> str:
    if config.database.file is not None and not config.database.file.exists():
        raise _NeededError(
            f"Filen {config.database.file} findes ikke endnu. Den laves, når gatewayen startes."
        )
    database = open_database(config.database)
    try:
        database.check_schema()
    finally:
        database.close()
    return "Databasen kan læses."


def _users(config: GatewayConfig) -> str:
    database = open_database(config.database)
    try:
        database.check_schema()
        with database.read() as connection:
            found = users.count(connection)
    finally:
        database.close()
    if not found:
        raise _NeededError("Ingen har adgang. Giv den med: visitator gateway user add")
    return f"{found} adgange."


def _address(config: GatewayConfig) -> str:
    listen = config.listen
    listen.require_safe()
    if not listen.has_tls:
        return f"{listen.host}, port {listen.port}, kun fra denne maskine."
    _load_certificate(listen)
    return f"{listen.host}, port {listen.port}, med TLS."


def _load_certificate(listen: ListenConfig) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    try:
        context.load_cert_chain(str(listen.certificate), str(listen.private_key))
    except OSError as error:
        raise _NeededError(
            "certificate og private_key under [listen] kan ikke læses, eller passer ikke sammen."
        ) from error


def _folders(config: GatewayConfig) -> str:
    if not config.folders:
        return "Ingen; en anden gateway flytter posten."
    for folder in config.folders:
        for part in (INBOX, OUTBOX, ARCHIVE, FAILED):
            path = folder.path / part
            if not path.is_dir():
                raise _NeededError(f"Mappen {path} findes ikke. Opret den, eller ret stien.")
            if not os.access(path, os.R_OK | os.W_OK | os.X_OK):
                raise _NeededError(f"Der mangler adgang til at læse og skrive i {path}.")
    return f"{len(config.folders)} kan læses og skrives."
