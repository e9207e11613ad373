"""The real gateway with its hospital, and the workstations that work with it."""

from __future__ import annotations

import asyncio
import shutil
from collections import Counter
from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

from tests.gateway.mailbox import (
    AKSEL,
    EPISODE,
    NANCY,
    OTHER_EPISODE,
    correspondence,
    plan,
    receipt,
    written,
)
from tests.sync.desk import AGREEMENT, KEY, START
from visitator.domain.entries import Entry, ReplySent, decode_entry
from visitator.domain.messages import Correspondence
from visitator.domain.terms import Role
from visitator.gateway import intake, journal, users
from visitator.gateway.database import Database, begin_new_epoch, epoch_of
from visitator.gateway.service import Gateway
from visitator.gateway.transports import FolderTransport
from visitator.medcom.reader import read

STAYS = ((NANCY, EPISODE), (AKSEL, OTHER_EPISODE))


@cache
def _empty_database() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "gateway.db"
        database = Database.sqlite(path, KEY)
        database.create()
        database.close()
        return path.read_bytes()


class Municipality:
    """A gateway on an encrypted file; its time stands still until it is moved."""

    def __init__(self, folder: Path, runner: asyncio.Runner) -> None:
        self.folder = folder
        self.runner = runner
        self.now = START
        self.path = folder / "gateway.db"
        self.path.write_bytes(_empty_database())
        self.post = FolderTransport(folder / "post")
        self.post.prepare()
        self.hospital: Counter[str] = Counter()
        """How often each letter arrived there, by its number."""
        self.was_restored = False
        self._sent: list[bytes] = []
        self._start()

    def _start(self) -> None:
        self.gateway = Gateway(
            Database.sqlite(self.path, KEY),
            agreement=AGREEMENT,
            clock=lambda: self.now,
            transports=[self.post],
            requests_per_minute=1_000_000,
        )
        self.transport = httpx.ASGITransport(self.gateway.app)  # type: ignore[arg-type]

    # --- the hospital ---------------------------------------------------------------------------

    def hospital_sends(self, stay: int, *, question: bool = False) -> None:
        """A new plan (or a new version), or a letter about one of the two stays."""
        cpr, episode = STAYS[stay]
        message = correspondence(cpr, episode) if question else plan(cpr, episode)
        self._sent.append(written(message))
        self._arrives(self._sent[-1])

    def hospital_sends_again(self) -> None:
        """The file that came last comes once more."""
        if self._sent:
            self._arrives(self._sent[-1])

    def _arrives(self, data: bytes) -> None:
        intake.receive(self.gateway.database, data, transport="test", now=self.now)

    def move_mail(self) -> None:
        """One round of the gateway's mail; the hospital fetches what lies there and receipts it."""
        self.gateway.tick()
        for file in sorted((self.folder / "post" / "ud").iterdir()):
            for message in read(file.read_bytes()).messages:
                if isinstance(message, Correspondence):
                    self.hospital[message.letter_id or ""] += 1
                    self._arrives(receipt(message))
            file.unlink()

    # --- users ----------------------------------------------------------------------------------

    def admit(self, user: str, device: str) -> str:
        """A token; an earlier one for the same device stops working."""
        person = users.User(user=user, name=f"Visitator {user}", role=Role.VISITATOR)
        with self.gateway.database.write() as connection:
            return users.add(connection, person, device, self.now)

    def revoke(self, user: str, device: str) -> None:
        """Stop the token from working; a restored gateway may not even know the user."""
        with suppress(users.UserError), self.gateway.database.write() as connection:
            users.revoke(connection, user, device, self.now)

    # --- backup and restore ---------------------------------------------------------------------

    def back_up(self) -> None:
        """Nothing is being written: the file and its log are a whole copy."""
        _copy(self.path, self.folder / "backup.db")

    def restore(self) -> bool:
        """Put the backup back, as the operator does, with a new epoch; False without one."""
        backup = self.folder / "backup.db"
        if not backup.exists():
            return False
        self.close()
        _copy(backup, self.path)
        self._start()
        with self.gateway.database.write() as connection:
            begin_new_epoch(connection)
        self.was_restored = True
        return True

    # --- what it holds --------------------------------------------------------------------------

    @property
    def epoch(self) -> str:
        with self.gateway.database.read() as connection:
            return epoch_of(connection)

    @property
    def entries(self) -> list[Entry]:
        with self.gateway.database.read() as connection:
            page = journal.page(connection, after=0, limit=100_000)
        return [decode_entry(data) for data in page.entries]

    def accepted_letters(self) -> Counter[str]:
        bodies = (entry.body for entry in self.entries)
        return Counter(body.letter_id or "" for body in bodies if isinstance(body, ReplySent))

    def close(self) -> None:
        self.runner.run(self.transport.aclose())
        self.gateway.close()


def _copy(database: Path, to: Path) -> None:
    """Copy a database nobody writes to, and what is in its log."""
    for end in ("", "-wal", "-shm"):
        source, target = (path.with_name(path.name + end) for path in (database, to))
        target.unlink(missing_ok=True)
        if end != "-shm" and source.exists():
            shutil.copyfile(source, target)
