"""A workstation: a real store in its own file, one user at a time, a clock that may lie."""

from __future__ import annotations

import asyncio
import datetime as dt
import random
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

from visitator import identifiers
from visitator.domain.entries import Entry, KnownBody, NoteAdded
from visitator.resources import load_agreement
from visitator.store import Store
from visitator.sync import Syncer, SyncStatus

KEY = bytes(range(32))
START = dt.datetime(2030, 3, 5, 8, 0, tzinfo=dt.UTC)
AGREEMENT = load_agreement("region-sjaelland-2025-11")


@cache
def _empty_database() -> bytes:
    """A new store's file; to copy it is faster than to make one."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "visitator.db"
        Store.open(path, KEY, AGREEMENT).close()
        return path.read_bytes()


class Desk:
    """Opens the store of a new workstation in `folder`."""

    def __init__(
        self,
        folder: Path,
        clock: Callable[[], dt.datetime],
        transport: httpx.AsyncBaseTransport,
        *,
        user: str = "ann",
        device: str = "PC-1",
        runner: asyncio.Runner | None = None,
        seed: int = 1,
    ) -> None:
        self.user = user
        self.device = device
        self.off = dt.timedelta()
        """How much the clock of this workstation is ahead."""
        self.statuses: list[SyncStatus] = []
        self._true_clock = clock
        self._transport = transport
        self._runner = runner
        self._seed = seed
        self.path = folder / "visitator.db"
        folder.mkdir(parents=True, exist_ok=True)
        self.path.write_bytes(_empty_database())
        self.token = "token"
        self.open()

    def open(self) -> None:
        self.store = Store.open(self.path, KEY, AGREEMENT)
        self.log_in(self.user, self.token)

    def log_in(self, user: str, token: str) -> None:
        """From here on `user` works at this desk."""
        self.user, self.token = user, token
        client = httpx.AsyncClient(
            transport=self._transport,
            base_url="http://gateway.test",
            headers={"Authorization": f"Bearer {token}", "Visitator-Client": "0.1.0"},
        )
        self.syncer = Syncer(
            self.store,
            client,
            user=user,
            device=self.device,
            clock=self.clock,
            rng=random.Random(self._seed),
            watch=self.statuses.append,
            runner=self._runner,
        )

    def clock(self) -> dt.datetime:
        return self._true_clock() + self.off

    def entry(self, body: KnownBody, pathway_id: str = "p1") -> Entry:
        now = self.clock()
        return Entry(
            id=identifiers.new_entry_id(now),
            pathway_id=pathway_id,
            author=self.user,
            device=self.device,
            occurred_at=now,
            body=body,
        )

    def note(self, text: str = "Ringet til datteren", pathway_id: str = "p1") -> Entry:
        entry = self.entry(NoteAdded(text=text), pathway_id)
        self.store.append(entry)
        return entry

    def waiting(self) -> dict[str, str]:
        """The state of each entry of the outbox."""
        return {item.entry.id: item.state.value for item in self.store.outbox(self.user)}

    def close(self) -> None:
        self.syncer.close()
        self.store.close()

    def pull_the_plug(self) -> None:
        """Start again from a copy of what lay on the disk: the old one may not finish anything."""
        copy = self.path.with_name(f"{self.path.stem}+.db")
        for end in ("", "-wal"):
            if (old := self.path.with_name(self.path.name + end)).exists():
                shutil.copyfile(old, copy.with_name(copy.name + end))
        self.close()
        self.path = copy
        self.open()
