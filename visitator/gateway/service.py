"""A running gateway: its database, its calls, and the worker that moves the mail."""

import datetime as dt
import logging
import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

import uvicorn
from sqlalchemy import Connection
from sqlalchemy.exc import ArgumentError
from uvicorn.server import HANDLED_SIGNALS

from visitator.domain.agreement import Agreement
from visitator.domain.entries import Entry
from visitator.domain.pathway import Pathway
from visitator.gateway import mail, outgoing, users
from visitator.gateway.config import (
    AddressTakenError,
    CertificateError,
    DatabaseConfig,
    GatewayConfig,
    ListenConfig,
    UnreadableConfigError,
    read_key,
)
from visitator.gateway.database import Database
from visitator.gateway.http import Services, create_app
from visitator.gateway.transports import FolderTransport, Transport, Trouble
from visitator.resources import load_agreement

MIN_CLIENT = "0.1.0"
"""The oldest version of the program whose entries mean what this gateway takes them to mean."""

REQUESTS_PER_MINUTE = 600

_ROUND_SECONDS = 0.25
"""From a file in ``ind/`` to the workstation is to take less than a second."""
_LETTERS_PER_ROUND = 5
"""What comes in does not wait for more of our own letters, such as receipts, than these."""
_SHUTDOWN_SECONDS = 3
KEEP_ALIVE_SECONDS = 75
"""How long an idle connection is kept: longer than a client keeps it (`wire.IDLE_SECONDS`)."""

_logger = logging.getLogger(__name__)

Clock = Callable[[], dt.datetime]
"""What time it is: aware instants."""


class Gateway:
    """One gateway; usable in-process (embedded, in tests) or by `serve`.

    ``app`` is its ASGI application.

    Args:
        database: its tables are made when they are not there.
        agreement: the profile replies are written by.
        transports: where letters come from and go to; they go out by the first.
        clock: what time it is.
        requests_per_minute: taken from one user on one device.
        min_client: the oldest version of the program that entries are taken from.

    Raises:
        visitator.gateway.database.DatabaseError: the database cannot be used.
    """

    def __init__(
        self,
        database: Database,
        *,
        agreement: Agreement,
        clock: Clock,
        transports: Sequence[Transport] = (),
        requests_per_minute: int = REQUESTS_PER_MINUTE,
        min_client: str = MIN_CLIENT,
    ) -> None:
        database.create()
        database.listen()
        self.database = database
        self._agreement = agreement
        self._transports = transports
        self._clock = clock
        self.app = create_app(
            Services(
                database=database,
                now=clock,
                on_sent=self._queue,
                min_client=min_client,
                requests_per_minute=requests_per_minute,
            )
        )

    def tick(self, letters: int | None = None) -> mail.Round:
        """One round of the mail: take in, send, send again. It waits for nothing.

        Args:
            letters: how many to hand over at most; None for all that are due.
        """
        return mail.tick(self.database, self._transports, self._clock(), letters=letters)

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()

    def _queue(self, connection: Connection, entry: Entry, pathway: Pathway) -> None:
        outgoing.queue_letter(
            connection,
            entry,
            pathway,
            self._agreement,
            self._clock(),
            lambda author: users.signature_of(connection, author),
        )


def open_database(config: DatabaseConfig, environment: Mapping[str, str] = os.environ) -> Database:
    """The database a configuration names; nothing is looked at or made yet.

    Raises:
        KeyFileError: the key of an encrypted file cannot be had.
        UnreadableConfigError: the URL is none.
    """
    if config.url is not None:
        return _postgresql(config.url)
    if config.file is None:
        raise ValueError("a database is a file or a URL")
    return Database.sqlite(config.file, read_key(config, environment))


def _postgresql(url: str) -> Database:
    try:
        return Database.postgresql(url)
    except (ArgumentError, ValueError):
        # The error quotes the URL, and a password may be in it.
        raise UnreadableConfigError(
            "url under [database] er ikke rigtig. Skriv den som postgresql://server/database."
        ) from None


def create_gateway(config: GatewayConfig, clock: Clock) -> Gateway:
    """The gateway a configuration describes.

    Raises:
        KeyFileError: the key of an encrypted file cannot be had.
        UnreadableConfigError: the URL of the database is none.
        visitator.gateway.database.DatabaseError: the database cannot be used.
        visitator.resources.ResourceError: there is no such agreement profile.
        visitator.domain.agreement.AgreementError: the profile is not well-formed.
    """
    agreement = load_agreement(config.agreement)
    transports = [FolderTransport(each.path, each.name) for each in config.folders]
    return Gateway(
        open_database(config.database),
        agreement=agreement,
        clock=clock,
        transports=transports,
        requests_per_minute=config.requests_per_minute,
    )


class Worker:
    """A thread that does round after round of the mail until it is stopped."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="mail", daemon=True)
        self._troubles: tuple[Trouble, ...] = ()
        self._thread.start()

    def stop(self) -> None:
        """Stop after the round that is under way."""
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.is_set():
            if not self._moved_something():
                self._stop.wait(_ROUND_SECONDS)

    def _moved_something(self) -> bool:
        """Do a round; says whether more may be there already."""
        try:
            done = self._gateway.tick(_LETTERS_PER_ROUND)
        except Exception as error:
            # A bug must not end the mail; what the error says may quote a message.
            _logger.error("a round failed: %s", type(error).__name__)
            return False
        moved = done.received + done.sent > 0
        self._note(done.troubles, moved=moved)
        return moved

    def _note(self, troubles: tuple[Trouble, ...], *, moved: bool) -> None:
        """Log troubles when they come and when they are over, not at every round.

        They are over when something moves: what failed may just not have been tried again.
        """
        if troubles == self._troubles or not (troubles or moved):
            return
        for each in troubles:
            _logger.warning("%s: %s %s", each.transport, each.reason.code, each.reason.text)
        if not troubles:
            _logger.info("the mail is moving again")
        self._troubles = troubles


def serve(gateway: Gateway, listen: ListenConfig) -> None:
    """Answer calls and move the mail until the process is told to stop.

    Raises:
        ExposedAddressError: the address is open to others and has no TLS.
        CertificateError: the certificate or its key cannot be used.
        AddressTakenError: the address is another program's, or another machine's.
    """
    listen.require_safe()
    try:
        server = uvicorn.Server(_how(gateway, listen))
        _require_free(listen)
        with _unwinding_signals():
            worker = Worker(gateway)
            try:
                server.run()
            finally:
                worker.stop()
    finally:
        gateway.close()


@contextmanager
def _unwinding_signals() -> Iterator[None]:
    """Let a process that is told to stop end its mail and close its database first.

    When uvicorn is done, it raises the signal again as it found it: that would end the process.
    """
    before = {each: signal.signal(each, _end) for each in HANDLED_SIGNALS}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def _end(_number: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(0)


def _how(gateway: Gateway, listen: ListenConfig) -> uvicorn.Config:
    config = uvicorn.Config(
        gateway.app,
        host=listen.host,
        port=listen.port,
        ssl_certfile=listen.certificate if listen.has_tls else None,
        ssl_keyfile=listen.private_key if listen.has_tls else None,
        # Addresses hold cursors and numbers, and the calls log themselves.
        access_log=False,
        log_config=None,
        server_header=False,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=_SHUTDOWN_SECONDS,
    )
    try:
        config.load()
    except OSError as error:
        raise CertificateError from error
    return config


def _require_free(listen: ListenConfig) -> None:
    """Before the mail moves: a second gateway that was started by mistake touches nothing."""
    family = socket.AF_INET6 if ":" in listen.host else socket.AF_INET
    try:
        socket.create_server((listen.host, listen.port), family=family).close()
    except OSError as error:
        raise AddressTakenError(listen.host, listen.port) from error
