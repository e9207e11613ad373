"""`visitator doctor`: whether a workstation has what it needs, or what to do."""

import datetime as dt
import email.utils
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import msgspec

from visitator.app.opening import require_safe
from visitator.app.recovery import JOURNAL_IS_GONE, KEY_IS_GONE
from visitator.app.settings import Settings
from visitator.app.views import KnownError
from visitator.domain.agreement import AgreementError, validity_warnings
from visitator.domain.deadlines import COPENHAGEN
from visitator.domain.notice import Finding
from visitator.export.errors import NoteTemplateError
from visitator.resources import ResourceError, load_agreement
from visitator.sqlcipher import fingerprint
from visitator.store import StoreError
from visitator.store.errors import AlreadyOpen
from visitator.store.keys import GATEWAY_ACCOUNT, Backend, database_key, kept_key, os_backend
from visitator.store.place import refuse_network_folder
from visitator.store.schema import reached
from visitator.sync.failures import UntrustedError, is_untrusted
from visitator.sync.status import SKEW_WARNING

FREE_SPACE = 1_000_000_000
"""Bytes that should be free where the database is: it grows, and is copied before a migration."""
BACKUP_AGE = dt.timedelta(days=4)
"""How old the newest backup may be: a long weekend and a day."""
_GATEWAY_SECONDS = 5.0
_PARTS = ("ind", "ud", "arkiv", "fejl")


class NeededError(Exception):
    """Something has to be done; the text is Danish."""


_KNOWN = (
    NeededError,
    KnownError,
    StoreError,
    ResourceError,
    AgreementError,
    NoteTemplateError,
)


class Doctor:
    """Looks at one workstation.

    Args:
        settings: what it is told.
        now: the present instant, aware.
        keyring: where the database's key is kept; None for the operating system's own.
        client: for the call to the gateway.
        folders: drop folders to look at beside those of the settings.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        now: dt.datetime,
        client: httpx.Client,
        keyring: Backend | None = None,
        folders: tuple[Path, ...] = (),
    ) -> None:
        self._settings = settings
        self._now = now
        self._client = client
        self._keyring = keyring
        self._folders = (*map(Path, settings.folders), *folders)

    def findings(self) -> Iterator[Finding]:
        """Look at each thing in turn; what is wrong with one does not stop the others."""
        looks: dict[str, Callable[[], str]] = {
            "Aftaleprofil": self._agreement,
            "Nøglering": self._key,
            "Database": self._database,
            "Gateway": self._gateway,
            "Ur": self._clock,
            "Mapper": self._transport_folders,
            "Skabeloner": self._templates,
            "Disk": self._disk,
            "Sikkerhedskopi": self._backup,
        }
        for what, look in looks.items():
            try:
                yield Finding(what=what, text=look(), is_fine=True)
            except _KNOWN as error:
                yield Finding(what=what, text=str(error), is_fine=False)
            except OSError as error:
                yield Finding.out_of_reach(what, error)

    def _agreement(self) -> str:
        agreement = load_agreement(self._settings.agreement)
        warnings = validity_warnings(agreement, self._now.astimezone(COPENHAGEN).date())
        if warnings:
            raise NeededError(" ".join(warning.text for warning in warnings))
        return agreement.title

    def _backend(self) -> Backend:
        return self._keyring or os_backend()

    def _key(self) -> str:
        """A key is only looked for where there is a database: looking must not make one."""
        backend = self._backend()
        name = f"{type(backend).__module__}.{type(backend).__qualname__}"
        if self._settings.database_path.exists():
            database_key(self._settings.database_path, backend)
            return f"{name}; databasens nøgle er der."
        return f"{name}; nøglen laves, når programmet startes første gang."

    def _database(self) -> str:
        path = self._settings.database_path
        refuse_network_folder(path)
        if not path.exists():
            return f"{path} laves, når programmet startes første gang."
        key = database_key(path, self._backend())
        try:
            cursor = reached(path, key)
        except AlreadyOpen:
            return f"{path} er i brug af programmet."
        if cursor is None:
            return f"{path} kan læses; den bringes op til denne udgave, når programmet startes."
        return f"{path} kan læses; hentet til og med nr. {cursor}."

    def _gateway(self) -> str:
        if self._settings.gateway is None:
            return "Ingen er angivet; programmet kører sin egen på denne computer."
        answer = self._ask()
        require_safe(self._settings.gateway)
        try:
            version = msgspec.json.decode(answer.content, type=_Health).version
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise NeededError(
                f"{self._settings.gateway} svarer, men er ikke en Visitator-gateway. Ret adressen."
            ) from error
        return f"{self._settings.gateway} svarer, version {version}."

    def _clock(self) -> str:
        if self._settings.gateway is None:
            return "Intet at sammenligne med."
        ahead = self._now - _stated(self._ask())
        if abs(ahead) > SKEW_WARNING:
            minutes = round(abs(ahead).total_seconds() / 60)
            direction = "foran" if ahead > dt.timedelta(0) else "bagud"
            raise NeededError(
                f"Uret på denne computer er {minutes} min. {direction} i forhold til gatewayen. "
                "Indstil det, så frister vises rigtigt."
            )
        return "Går som gatewayens."

    def _ask(self) -> httpx.Response:
        try:
            answer = self._client.get(
                f"{self._settings.gateway}/v1/health", timeout=_GATEWAY_SECONDS
            )
        except (httpx.InvalidURL, httpx.UnsupportedProtocol, UnicodeError) as error:
            raise NeededError(
                f"{self._settings.gateway} er ikke en adresse. Ret adressen i indstillingerne."
            ) from error
        except httpx.HTTPError as error:
            if is_untrusted(error):
                raise NeededError(UntrustedError.text) from error
            raise NeededError(
                f"{self._settings.gateway} svarer ikke. Se efter netværket, og om adressen er "
                "rigtig. Der kan arbejdes videre imens; det, der skal sendes, venter."
            ) from error
        if answer.status_code != httpx.codes.OK:
            raise NeededError(
                f"{self._settings.gateway} svarer med fejl {answer.status_code}. "
                "Tal med den, der driver gatewayen."
            )
        return answer

    def _transport_folders(self) -> str:
        for folder in self._folders:
            for part in _PARTS:
                path = folder / part
                if not path.is_dir():
                    raise NeededError(f"Mappen {path} findes ikke. Opret den.")
                if not os.access(path, os.R_OK | os.W_OK | os.X_OK):
                    raise NeededError(f"Der mangler adgang til at læse og skrive i {path}.")
        return f"{len(self._folders)} er på plads." if self._folders else "Ingen på denne computer."

    def _templates(self) -> str:
        """Those of the municipality's own; a wrong one is named, and where in it."""
        from visitator.export.word import check_own

        if self._settings.templates is None:
            return "Programmets egen bruges til notater."
        folder = Path(self._settings.templates)
        if not folder.is_dir():
            raise NeededError(f"Mappen {folder} findes ikke. Se efter netværket, eller opret den.")
        names = check_own(folder)
        return f"{', '.join(names)} i {folder} kan bruges." if names else f"Ingen i {folder}."

    def _backup(self) -> str:
        """Only a workstation that runs its own gateway has the only copy of the journal."""
        if self._settings.gateway is not None:
            return "Gatewayen står for den."
        key = kept_key(self._backend(), GATEWAY_ACCOUNT)
        if not self._settings.has_journal:
            if key is not None:
                raise NeededError(JOURNAL_IS_GONE)
            return "Den første laves, når programmet startes."
        if key is None:
            raise NeededError(KEY_IS_GONE)
        folder = self._settings.backup_folder
        # The folder may be shared: the copies of this journal are named after its key.
        copies = sorted(folder.glob(f"gateway-{fingerprint(key)}-*.db"))
        if not copies:
            raise NeededError(f"Der er ingen i {folder}. Start Visitator, og se efter igen.")
        made = dt.datetime.fromtimestamp(copies[-1].stat().st_mtime, dt.UTC)
        if self._now - made > BACKUP_AGE:
            raise NeededError(
                f"Den nyeste i {folder} er {(self._now - made).days} dage gammel. Se efter, om der"
                " er plads og adgang, og start Visitator igen."
            )
        return f"{len(copies)} i {folder}."

    def _disk(self) -> str:
        folder = self._settings.database_path.parent
        while not folder.exists():
            folder = folder.parent
        free = shutil.disk_usage(folder).free
        text = f"{free // 1_000_000} MB ledigt ved {folder}."
        if free < FREE_SPACE:
            raise NeededError(f"{text} Gør plads: programmet behøver 1000 MB.")
        return text


def _stated(answer: httpx.Response) -> dt.datetime:
    """What time the gateway says it is; without a zone it is UTC (RFC 5322, -0000)."""
    try:
        stated = email.utils.parsedate_to_datetime(answer.headers.get("Date", ""))
    except ValueError as error:
        raise NeededError(
            "Gatewayen siger ikke, hvad klokken er, så uret kan ikke sammenlignes med dens."
            " Se efter, om uret går rigtigt."
        ) from error
    return stated if stated.tzinfo else stated.replace(tzinfo=dt.UTC)


class _Health(msgspec.Struct, frozen=True):
    version: str
