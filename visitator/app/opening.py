"""Opening a desk, step by step: the key, the store, the gateway. Each fault is a sentence.

Between the key and the store the list can be looked at; what the desk and the network need is
imported after that.
"""

import datetime as dt
import re
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec

from visitator.app.faults import told
from visitator.app.first_look import FirstLook, first_look
from visitator.app.preferences import Preferences, load_preferences, save_preferences
from visitator.app.settings import Settings
from visitator.app.views import KnownError, Signature
from visitator.domain.agreement import Agreement
from visitator.resources import load_agreement
from visitator.store.keys import Backend, database_key, keep_token, kept_token, os_backend
from visitator.store.place import set_aside

if TYPE_CHECKING:
    from visitator.app.desk import Desk

Progress = Callable[[str, float | None], None]
"""Told what is being done, in Danish, and how far it is from 0 to 1, where that is known."""
See = Callable[[FirstLook], None]
"""Handed the list as it stood last, and whoever gets it closes it; returns when it is seen."""

_KEY, _STORE, _GATEWAY = "Låser databasen op", "Åbner databasen", "Finder gatewayen"
_ANEW = "Gør lister og søgning klar"
_HOST = re.compile(r"[\w.:-]+", re.ASCII)
_TOKEN = re.compile(r"[!-~]+")
_LOOPBACK = {"127.0.0.1", "::1", "localhost"}
_NOT_LOGGED_IN = (
    "Der er ikke logget ind på gatewayen fra denne computer. Intet er ændret."
    " Åbn indstillingerne, og skriv gatewayens adresse og din adgangskode."
)


class Access(msgspec.Struct, frozen=True, kw_only=True):
    """A gateway, and as whom one works with it."""

    address: str
    token: str
    user: str
    device: str
    name: str = ""
    """Of the user, as long as the gateway has not said it."""
    own: bool = False
    """The program runs it itself."""
    is_demo: bool = False
    close: Callable[[], None] = lambda: None
    """Called when the desk has ended."""


class Opening(msgspec.Struct, frozen=True, kw_only=True):
    """What a desk is opened with."""

    settings: Settings
    preferences: Preferences
    path: Path
    """Of the local database."""
    key: Callable[[], bytes]
    """Its key; raises a `StoreError`."""
    connect: Callable[[], Access]
    """The gateway; called when the database is open, so that a second instance has ended first."""
    clock: Callable[[], dt.datetime]
    user: str = ""
    """Whose list can be looked at before the gateway has said who this is; empty for nobody's."""
    keep_signature: Callable[[Signature], None] = lambda signature: None
    keep_note_folder: Callable[[str], None] = lambda folder: None
    throw_away: bool = False
    """The database is deleted again at the end."""


def open_desk(opening: Opening, progress: Progress, see: See | None = None) -> "Desk":
    """Open the desk and begin to work.

    Args:
        opening: what with.
        progress: told of each step; in this thread, or in one that this waits for.
        see: shown the list first where there is one to look at, in this thread.

    Raises:
        KnownError: a step cannot be done; everything is as it was, and the text says what to do.
    """
    with told():
        agreement = load_agreement(opening.settings.agreement)
        progress(_KEY, None)
        key = opening.key()
        if see is not None and opening.user and not opening.throw_away:
            look = first_look(opening.path, key, agreement, user=opening.user, clock=opening.clock)
            if look is not None:
                see(look)
        return _opened(opening, agreement, key, progress)


def _opened(opening: Opening, agreement: Agreement, key: bytes, progress: Progress) -> "Desk":
    # These take several times as long to load as the list takes to be painted.
    from visitator.app.asking import Asking
    from visitator.app.desk import Desk, Worker
    from visitator.store import Store
    from visitator.sync import new_blocking_client, new_client

    settings, preferences = opening.settings, opening.preferences
    with ExitStack() as undo:
        progress(_STORE, None)
        store = Store.open(
            opening.path,
            key,
            agreement,
            throw_away=opening.throw_away,
            progress=lambda part: progress(_ANEW, part),
        )
        undo.callback(store.close)
        progress(_GATEWAY, None)
        access = opening.connect()
        undo.callback(access.close)
        asking = Asking(new_blocking_client(access.address, access.token))
        undo.callback(asking.close)
        desk = Desk(
            store,
            agreement,
            Worker(
                user=access.user,
                device=access.device,
                name=access.name,
                signature=_signature(preferences),
                municipality=settings.municipality,
                is_demo=access.is_demo,
                own_gateway=access.own,
                note_folder=preferences.note_folder,
                note_templates=Path(settings.templates) if settings.templates else None,
            ),
            client=new_client(access.address, access.token),
            asking=asking,
            clock=opening.clock,
            keep_signature=opening.keep_signature,
            keep_note_folder=opening.keep_note_folder,
            at_end=access.close,
        )
        desk.start()
        undo.pop_all()
    return desk


def usual(
    settings: Settings,
    preferences: Preferences,
    connect: Callable[[], Access] | None = None,
    *,
    backend: Backend | None = None,
    preferences_file: Path | None = None,
) -> Opening:
    """A desk of a municipality: the key in the keyring, the time of the computer.

    Args:
        settings: of the machine.
        preferences: of the employee.
        connect: the program's own gateway; None for the one the settings name.
        backend: the keyring; None for the operating system's own.
        preferences_file: where what the employee prefers is kept; None for the usual file.
    """
    path = settings.database_path

    def keep(**changed: str) -> None:
        now = load_preferences(preferences_file)
        save_preferences(msgspec.structs.replace(now, **changed), preferences_file)

    return Opening(
        settings=settings,
        preferences=preferences,
        path=path,
        key=lambda: database_key(path, backend or os_backend()),
        connect=connect or (lambda: _remote(settings, preferences, backend)),
        clock=_now,
        user=preferences.user,
        keep_signature=lambda signature: keep(**msgspec.structs.asdict(signature)),
        keep_note_folder=lambda folder: keep(note_folder=folder),
    )


def enrol(
    address: str,
    token: str,
    preferences: Preferences,
    *,
    backend: Backend | None = None,
    preferences_file: Path | None = None,
) -> Preferences:
    """Log in at a gateway: ask it whose token it is, and keep that.

    Args:
        address: the gateway, such as ``https://visitator.kommune.dk``.
        token: what `visitator gateway user add` has shown.
        preferences: of the employee.
        backend: the keyring; None for the operating system's own.
        preferences_file: where to keep who it is; None for the usual file.

    Returns:
        The preferences with the user and the device; a name that was empty is the gateway's.

    Raises:
        KnownError: the address is none or not safe, the token is none, the gateway did not answer
            or refuses the token, or the token cannot be kept. Nothing was changed.
    """
    from visitator.app.asking import Asking
    from visitator.sync import new_blocking_client

    address, token = address.strip().rstrip("/"), token.strip()
    require_safe(address)
    if not _TOKEN.fullmatch(token):
        raise KnownError(
            "Adgangskoden er ikke skrevet rigtigt. Intet er ændret."
            " Kopiér den, som den blev vist, uden mellemrum og linjeskift."
        )
    with told():
        asking = Asking(new_blocking_client(address, token))
        try:
            me = asking.me()
        finally:
            asking.close()
        changed = msgspec.structs.replace(
            preferences, user=me.user, device=me.device, name=preferences.name or me.name
        )
        keep_token(token, backend or os_backend())
        save_preferences(changed, preferences_file)
    return changed


def put_aside(settings: Settings) -> Path:
    """Move a database that cannot be opened out of the way; everything sent is fetched again.

    Returns:
        Where it lies now. It is never deleted.

    Raises:
        KnownError: it cannot be moved.
    """
    try:
        return set_aside(settings.database_path, _now())
    except OSError as error:
        raise KnownError(
            "Databasen kan ikke lægges til side. Den er urørt. Luk andre programmer, der bruger"
            " den, og prøv igen."
        ) from error


def _remote(settings: Settings, preferences: Preferences, backend: Backend | None) -> Access:
    if settings.gateway is None:
        raise KnownError(_NOT_LOGGED_IN)
    require_safe(settings.gateway)
    token = kept_token(backend or os_backend())
    if token is None or not (preferences.user and preferences.device):
        raise KnownError(_NOT_LOGGED_IN)
    return Access(
        address=settings.gateway,
        token=token,
        user=preferences.user,
        device=preferences.device,
        name=preferences.name,
    )


def require_safe(address: str) -> None:
    """A token and letters about citizens go over no network in the clear.

    Raises:
        KnownError: they would at this address, or it is none.
    """
    host = _host(address)
    if host is None:
        raise KnownError(
            "Gatewayens adresse er ikke rigtig. Intet er ændret."
            " Skriv den som https://visitator.kommune.dk."
        )
    scheme = urlsplit(address).scheme
    if scheme != "https" and not (scheme == "http" and host in _LOOPBACK):
        raise KnownError(
            "Gatewayens adresse skal begynde med https, for ellers kan andre læse med."
            " Intet er ændret."
        )


def _host(address: str) -> str | None:
    """The host of an address that can be called, as the network writes it."""
    # Only where there is a gateway elsewhere, and after the list has been seen.
    import httpx

    try:
        url = httpx.URL(address)
        host = url.raw_host.decode("ascii")
        host.encode("idna")
        port = urlsplit(address).port
    except (httpx.InvalidURL, ValueError):
        return None
    return host if _HOST.fullmatch(host) and port != 0 else None


def _signature(preferences: Preferences) -> Signature:
    return Signature(
        name=preferences.name, title=preferences.title, telephone=preferences.telephone
    )


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
