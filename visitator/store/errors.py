"""What can go wrong with the local database, each a named case with a Danish text.

The text says what happened, what was kept and what to do. None of them holds personal data.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar

from visitator import sqlcipher

_FULL = 13
_BUSY = {5, 6}
_CORRUPT = 11
_NOT_A_DATABASE = 26
_FAULT = {3, 8, 10, 14}
"""No permission, read-only, input/output error, cannot open."""


class StoreError(Exception):
    """A known fault of the local database; ``str`` is the Danish text for the person."""

    text: ClassVar[str] = "Den lokale database kunne ikke bruges."
    can_put_aside: ClassVar[bool] = False
    """Whether the file cannot be opened as it is, and another one could take its place."""

    def __init__(self, *details: str) -> None:
        super().__init__(" ".join((self.text, *details)))


class KeyringRefused(StoreError):
    """The operating system offers nothing that can keep a secret, or something else was put in."""

    text = (
        "Nøglen til databasen kan ikke gemmes sikkert på denne computer. Intet er ændret."
        " Visitator bruger kun styresystemets egen nøglering (Windows Legitimationsstyring,"
        " macOS Nøglering eller Secret Service)."
    )


class KeyringUnavailable(StoreError):
    """The keyring is there, but is locked or does not answer."""

    text = (
        "Styresystemets nøglering er låst eller svarer ikke. Databasen er urørt."
        " Lås nøgleringen op, og start Visitator igen."
    )


class KeyMissing(StoreError):
    """There is a database, and no key for it in the keyring."""

    can_put_aside = True
    text = (
        "Der ligger en database på computeren, men nøglen til den findes ikke i nøgleringen."
        " Databasen er urørt. Log på som den bruger, der plejer at bruge Visitator, eller læg"
        " databasen til side: så hentes alt, der er sendt, fra gatewayen."
    )


class WrongKey(StoreError):
    """The key does not open the file; a file damaged in its first page looks the same."""

    can_put_aside = True
    text = (
        "Nøglen i nøgleringen passer ikke til databasen, eller filens begyndelse er ødelagt."
        " Databasen er urørt. Log på som den bruger, der plejer at bruge Visitator, eller læg"
        " databasen til side: så hentes alt, der er sendt, fra gatewayen."
    )


class Damaged(StoreError):
    """The file is not whole."""

    can_put_aside = True
    text = (
        "Databasefilen er beskadiget. Filen er ikke slettet. Luk Visitator, og start den igen. Kan"
        " databasen ikke åbnes, så læg den til side: alt, der er sendt, hentes fra gatewayen."
    )


class DiskFull(StoreError):
    """Nothing more can be written."""

    text = (
        "Disken er fuld. Det, du lige gjorde, er ikke gemt; alt før det er bevaret."
        " Frigør plads, og gør det igen."
    )


class DiskFault(StoreError):
    """The file or its folder cannot be read or written."""

    text = (
        "Databasefilen kan ikke læses eller skrives. Det, du lige gjorde, er ikke gemt; alt før"
        " det er bevaret. Kontrollér adgangen til mappen og disken, og gør det igen."
    )


class Busy(StoreError):
    """Another program holds the database."""

    text = (
        "Et andet program holder databasen låst. Det, du lige gjorde, er ikke gemt; alt før det"
        " er bevaret. Luk det andet program, og gør det igen."
    )


class AlreadyOpen(StoreError):
    """A second instance on the same file."""

    text = (
        "Visitator er allerede åben med denne database. Intet er ændret."
        " Brug det vindue, der er åbent, eller luk det først."
    )


class SchemaTooNew(StoreError):
    """A newer program has written the file."""

    text = (
        "Databasen er skrevet af en nyere udgave af Visitator. Den er urørt."
        " Installer den nyeste udgave, og start igen."
    )


class NetworkFolder(StoreError):
    """The file would lie in a network folder or in a roaming profile."""

    text = (
        "Databasen kan ikke ligge på et netværksdrev eller i en roamingprofil: den kan gå i"
        " stykker, og flere kan åbne den på en gang. Intet er ændret."
        " Vælg en mappe på computerens egen disk."
    )


class TooLateToUndo(StoreError):
    """What should be undone may have left the workstation."""

    text = "Det er for sent at fortryde: det er sendt eller på vej. Det står i forløbet."


class NoSuchItem(StoreError):
    """The item of the outbox is not there, or needs no decision."""

    text = "Der er ikke længere noget at tage stilling til her. Intet er ændret."


class EpochUnknown(StoreError):
    """A page of a history that was neither being read nor asked for."""

    text = (
        "Gatewayen har fået en ny historik, som skal læses forfra. Din udbakke og dine kladder"
        " er bevaret; der synkroniseres igen af sig selv."
    )


@contextmanager
def known_faults(*, opening: bool = False) -> Iterator[None]:
    """Turn what SQLite reports into a named error; what is no known fault goes through.

    `opening`: the key is being tried, so that an unreadable file means that it does not fit.
    """
    try:
        yield
    except OSError as error:
        raise DiskFault from error
    except Exception as error:
        # SQLAlchemy wraps what the database reports.
        reported = getattr(error, "orig", error)
        if not isinstance(reported, sqlcipher.Error):
            raise
        named = _named(getattr(reported, "sqlite_errorcode", 0) & 0xFF, opening=opening)
        if named is None:
            raise
        raise named from error


def _named(code: int, *, opening: bool) -> StoreError | None:
    if code == _NOT_A_DATABASE:
        return WrongKey() if opening else Damaged()
    if code == _CORRUPT:
        return Damaged()
    if code == _FULL:
        return DiskFull()
    if code in _BUSY:
        return Busy()
    return DiskFault() if code in _FAULT else None
