"""The gateway of a workstation that stands alone (denne arbejdsplads alene).

It is the whole gateway, in this process, on the loopback address (architecture §5, embedded mode);
the workstation does not know the difference.
"""

import datetime as dt
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from visitator.app.opening import Access
from visitator.app.preferences import Preferences
from visitator.app.recovery import JOURNAL_IS_GONE, KEY_IS_GONE
from visitator.app.settings import Settings
from visitator.app.views import KnownError
from visitator.cli.names import own_device, own_user
from visitator.domain.deadlines import COPENHAGEN
from visitator.domain.terms import Role
from visitator.gateway import users
from visitator.gateway.backup import Nightly
from visitator.gateway.database import Database, DatabaseError, begin_new_epoch, told
from visitator.gateway.loopback import Loopback, LoopbackError
from visitator.gateway.service import Gateway, Worker
from visitator.gateway.transports import FolderTransport
from visitator.resources import load_agreement
from visitator.store.errors import AlreadyOpen, KeyMissing
from visitator.store.keys import GATEWAY_ACCOUNT, Backend, database_key, keep_key, kept_key
from visitator.store.place import FileLock, delete, set_aside

_UNCHANGED = "Intet er ændret."


def run_own_gateway(settings: Settings, preferences: Preferences, backend: Backend) -> Access:
    """Start the program's own gateway, and give this user a token that dies with the process.

    The journal lies beside the local database, with a key of its own in the keyring.

    Raises:
        KnownError: it cannot be started; the text says why. A journal that was here and is gone
            is not made anew: the workstation would take an empty one for the truth.
        StoreError: the keyring does not give or keep its key.
        visitator.resources.ResourceError: there is no such agreement profile.
        visitator.domain.agreement.AgreementError: the profile is not well-formed.
    """
    path = settings.journal_path
    try:
        if kept_key(backend, GATEWAY_ACCOUNT) is not None and not settings.has_journal:
            raise KnownError(JOURNAL_IS_GONE)
        key = database_key(path, backend, GATEWAY_ACCOUNT)
    except KeyMissing as error:
        raise KnownError(KEY_IS_GONE) from error
    person = _person(own_user(preferences), preferences)
    try:
        return _started(path, key, settings, person, own_device(preferences))
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
        KnownError: there is no such file, the key is not its own, or Visitator is open; nothing was
            changed.
        StoreError: the keyring does not keep the key.
        OSError: the copy cannot be put in place.
    """
    path = settings.journal_path
    source = copy or path
    if not source.is_file():
        raise KnownError(f"Der er ingen journal i {source}. Intet er ændret.")
    with _closed(settings):
        database = Database.sqlite(source, key)
        try:
            database.check_schema()
        except DatabaseError as error:
            raise KnownError(f"{error} {_UNCHANGED}") from error
        finally:
            database.close()
        draft = _drafted(copy, path, key) if copy is not None else None
        # Before the journal: with its key kept, one that is gone is told, and not made anew.
        keep_key(key, backend, GATEWAY_ACCOUNT)
        if draft is not None:
            set_aside(path, _now())
            draft.replace(path)


def begin_anew(settings: Settings, backend: Backend) -> None:
    """Make an empty journal where there was one, on purpose; its key is the one before's.

    Raises:
        KnownError: there is a journal, or Visitator is open; nothing was changed. Or it cannot be
            made.
        StoreError: the keyring does not give or keep the key.
        OSError: there is no folder for it.
    """
    path = settings.journal_path
    with _closed(settings):
        if settings.has_journal:
            raise KnownError(f"Der ligger en journal i {path}. Intet er ændret.")
        path.unlink(missing_ok=True)
        database = Database.sqlite(path, database_key(path, backend, GATEWAY_ACCOUNT))
        try:
            database.create()
        except DatabaseError as error:
            raise KnownError(str(error)) from error
        finally:
            database.close()


@contextmanager
def _closed(settings: Settings) -> Iterator[None]:
    """Keep Visitator from being opened on this journal; it must not be open."""
    settings.database_path.parent.mkdir(parents=True, exist_ok=True)
    try:
        lock = FileLock(settings.database_path)
    except AlreadyOpen as error:
        raise KnownError(
            "Visitator er åben på denne computer. Intet er ændret."
            " Luk Visitator, og skriv kommandoen igen."
        ) from error
    try:
        yield
    finally:
        lock.release()


def _drafted(copy: Path, path: Path, key: bytes) -> Path:
    """What came after the copy is lost here and lies in the file that is set aside."""
    draft = path.with_suffix(".gendannet")
    delete(draft)
    shutil.copyfile(copy, draft)
    restored = Database.sqlite(draft, key)
    try:
        with restored.write() as connection:
            begin_new_epoch(connection)
    finally:
        restored.close()
    return draft


def _started(path: Path, key: bytes, settings: Settings, person: users.User, device: str) -> Access:
    with ExitStack() as stack:
        gateway = Gateway(
            Database.sqlite(path, key),
            agreement=load_agreement(settings.agreement),
            clock=_now,
            transports=[FolderTransport(Path(folder)) for folder in settings.folders],
        )
        stack.callback(gateway.close)
        with told(), gateway.database.write() as connection:
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


def _today() -> dt.date:
    return dt.datetime.now(COPENHAGEN).date()


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
