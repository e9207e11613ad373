"""`visitator gateway`: run it, look at it, and say who may use it."""

import datetime as dt
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from visitator.domain.terms import Role

if TYPE_CHECKING:
    from visitator.gateway.config import GatewayConfig
    from visitator.gateway.database import Database

gateway = typer.Typer(no_args_is_help=True, help="Gatewayen: kommunens dør til sygehusene.")
user = typer.Typer(no_args_is_help=True, help="Hvem der må bruge gatewayen.")
gateway.add_typer(user, name="user")

_Config = Annotated[
    Path, typer.Option("--config", metavar="FIL", help="Gatewayens TOML-fil.", show_default=False)
]


@gateway.command()
def serve(config: _Config) -> None:
    """Kør gatewayen, indtil den bliver bedt om at stoppe."""
    import logging

    from visitator.gateway import service

    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s %(message)s")
    with _told():
        told = _load(config)
        told.listen.require_safe()
        service.serve(service.create_gateway(told, _now), told.listen)


@gateway.command()
def check(config: _Config) -> None:
    """Se efter, om alt er på plads: OK for hver ting, eller hvad der skal gøres."""
    from visitator.gateway.checks import check as look

    is_fine = True
    with _told():
        for finding in look(_load(config)):
            is_fine &= finding.is_fine
            print(finding)
    raise typer.Exit(0 if is_fine else 1)


@gateway.command()
def restored(config: _Config) -> None:
    """Sig, at databasen er lagt tilbage fra en sikkerhedskopi: alle arbejdspladser læser igen."""
    from visitator.gateway.database import begin_new_epoch
    from visitator.gateway.transports import ARCHIVE, INBOX

    with _told(), _open(config) as database:
        with database.write() as connection:
            begin_new_epoch(connection)
        print("Alle arbejdspladser læser journalen igen, næste gang de er i forbindelse.")
        for folder in _load(config).folders:
            print(
                f"Det, der er modtaget efter kopien, ligger i {folder.path / ARCHIVE}. Flyt det"
                f" tilbage til {folder.path / INBOX}; det, journalen har, kommer ikke to gange."
            )


@user.command()
def add(
    initials: Annotated[str, typer.Argument(metavar="BRUGER", help="Initialer eller lignende.")],
    name: Annotated[str, typer.Option(help="Navnet, svar underskrives med.")],
    role: Annotated[Role, typer.Option(help="Hvad brugeren må.")],
    device: Annotated[str, typer.Option(help="Arbejdspladsen, adgangen gælder på.")],
    config: _Config,
    title: Annotated[str, typer.Option(help="Titlen i underskriften.")] = "",
    telephone: Annotated[str, typer.Option(help="Telefonnummeret i underskriften.")] = "",
) -> None:
    """Giv en bruger adgang fra en arbejdsplads; koden skrives én gang."""
    from visitator.gateway import users

    with _told(), _open(config) as database:
        added = users.User(
            user=initials,
            name=name,
            role=role,
            title=title,
            telephone=telephone,
        )
        with database.write() as connection:
            token = users.add(connection, added, device, _now())
        print(f"Adgangskode til {initials} på {device}; den vises kun nu:", file=sys.stderr)
        print(token)


@user.command()
def revoke(
    initials: Annotated[str, typer.Argument(metavar="BRUGER")],
    config: _Config,
    device: Annotated[str | None, typer.Option(help="Kun adgangen fra denne arbejdsplads.")] = None,
) -> None:
    """Tag en brugers adgang tilbage, fra alle arbejdspladser eller fra én."""
    from visitator.gateway import users

    with _told(), _open(config) as database:
        with database.write() as connection:
            stopped = users.revoke(connection, initials, device, _now())
        print(f"{stopped} adgange er trukket tilbage.")


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def _load(path: Path) -> "GatewayConfig":
    from visitator.gateway.config import load_config

    return load_config(path)


@contextmanager
def _open(path: Path) -> "Iterator[Database]":
    """The gateway's database, with its tables; what it cannot do in the block is said as well."""
    from visitator.gateway.database import told
    from visitator.gateway.service import open_database

    database = open_database(_load(path).database)
    try:
        database.create()
        with told():
            yield database
    finally:
        database.close()


@contextmanager
def _told() -> Iterator[None]:
    """Say in one line what is wrong, and end with 2."""
    from visitator.domain.agreement import AgreementError
    from visitator.gateway.config import ConfigError
    from visitator.gateway.database import DatabaseError
    from visitator.gateway.users import UserError
    from visitator.resources import ResourceError

    try:
        yield
    except (AgreementError, ConfigError, DatabaseError, ResourceError, UserError) as error:
        print(error, file=sys.stderr)
        raise typer.Exit(2) from error
