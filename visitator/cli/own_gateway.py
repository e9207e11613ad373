"""The gateway of a workstation that stands alone (denne arbejdsplads alene).

It is the whole gateway, in this process, on the loopback address (architecture §5, embedded mode);
the workstation does not know the difference.
"""

import datetime as dt
import getpass
import platform
import re
import shutil
from contextlib import ExitStack
from pathlib import Path

from visitator.app.opening import Access
from visitator.app.preferences import Preferences
from visitator.app.settings import Settings
from visitator.app.views import KnownError
from visitator.domain.deadlines import COPENHAGEN
from visitator.domain.wire import Role
from visitator.gateway import users
from visitator.gateway.backup import Nightly
from visitator.gateway.database import Database, DatabaseError, begin_new_epoch
from visitator.gateway.loopback import Loopback, LoopbackError
from visitator.gateway.service import Gateway, Worker
from visitator.gateway.transports import FolderTransport
from visitator.resources import load_agreement
from visitator.store.errors import KeyMissing
from visitator.store.keys import GATEWAY_ACCOUNT, Backend, database_key, keep_key
from visitator.store.place import set_aside

_NOT_ALLOWED = re.compile(r"[^\w.@-]+", re.ASCII)
_LONGEST = 64
_KEY_IS_GONE = (
    "Nøglen til journalen på denne computer findes ikke i nøgleringen. Journalen er urørt."
    " Log på som den bruger, der plejer at bruge Visitator, eller skriv genoprettelsesnøglen:"
    " visitator recover"
)


def run_own_gateway(settings: Settings, preferences: Preferences, backend: Backend) -> Access:
    """Start the program's own gateway, and give this user a token that dies with the process.

    The journal lies beside the local database, with a key of its own in the keyring.

    Raises:
        KnownError: it cannot be started; the text says why.
        StoreError: the keyring does not give or keep its key.
        visitator.resources.ResourceError: there is no such agreement profile.
        visitator.domain.agreement.AgreementError: the profile is not well-formed.
    """
    path = settings.journal_path
    try:
        key = database_key(path, backend, GATEWAY_ACCOUNT)
    except KeyMissing as error:
        raise KnownError(_KEY_IS_GONE) from error
    user = preferences.user or _word(getpass.getuser(), "bruger")
    device = preferences.device or _word(platform.node(), "pc")
    try:
        return _started(path, key, settings, _person(user, preferences), device)
    except (DatabaseError, LoopbackError, users.UserError) as error:
        raise KnownError(str(error)) from error


def recover(settings: Settings, key: bytes, backend: Backend, copy: Path | None = None) -> None:
    """Take the journal into use again with its recovery key.

    Args:
        settings: of the workstation.
        key: the recovery key.
        backend: the keyring that is to keep it.
        copy: put this copy in place of the journal, which is set aside; None for the journal as
            it lies there.

    Raises:
        KnownError: there is no such file, or the key is not its own; nothing was changed.
        StoreError: the keyring does not keep the key.
        OSError: the copy cannot be put in place.
    """
    path = settings.journal_path
    source = copy or path
    if not source.is_file():
        raise KnownError(f"Der er ingen journal i {source}. Intet er ændret.")
    database = Database.sqlite(source, key)
    try:
        database.check_schema()
    except DatabaseError as error:
        raise KnownError(f"{error} Intet er ændret.") from error
    finally:
        database.close()
    if copy is not None:
        _put_in_place(copy, path, key)
    keep_key(key, backend, GATEWAY_ACCOUNT)


def _put_in_place(copy: Path, path: Path, key: bytes) -> None:
    """What came after the copy is lost here and lies in the file that is set aside."""
    draft = path.with_suffix(".gendannet")
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(copy, draft)
    restored = Database.sqlite(draft, key)
    try:
        with restored.write() as connection:
            begin_new_epoch(connection)
    finally:
        restored.close()
    set_aside(path, _now())
    draft.replace(path)


def _started(path: Path, key: bytes, settings: Settings, person: users.User, device: str) -> Access:
    with ExitStack() as stack:
        gateway = Gateway(
            Database.sqlite(path, key),
            agreement=load_agreement(settings.agreement),
            clock=_now,
            transports=[FolderTransport(Path(folder)) for folder in settings.folders],
        )
        stack.callback(gateway.close)
        with gateway.database.write() as connection:
            token = users.add(connection, person, device, _now())
        stack.callback(Worker(gateway).stop)
        stack.callback(Nightly(path, key, settings.backup_folder, _today).stop)
        loopback = Loopback(gateway)
        stack.callback(loopback.close)
        return Access(
            address=loopback.address,
            token=token,
            user=person.user,
            device=device,
            name=person.name,
            own=True,
            close=stack.pop_all().close,
        )


def _person(user: str, preferences: Preferences) -> users.User:
    return users.User(
        user=user,
        name=preferences.name.strip() or user,
        role=Role.VISITATOR,
        title=preferences.title,
        telephone=preferences.telephone,
    )


def _word(name: str, otherwise: str) -> str:
    """A name of the operating system's as the gateway takes one."""
    return _NOT_ALLOWED.sub("-", name).strip("-")[:_LONGEST] or otherwise


def _today() -> dt.date:
    return dt.datetime.now(COPENHAGEN).date()


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
