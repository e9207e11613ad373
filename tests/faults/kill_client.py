"""A visitator who works as fast as the workstation can, until the process is killed.

What was done is written to a promise file and synced as soon as the store has said that it is kept:
from there on it must not be lost. What the process is told comes on its standard input, so that no
key is in a file or in a list of processes.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from visitator.domain.entries import (
    AnswerCategory,
    Assigned,
    Entry,
    KnownBody,
    NoteAdded,
    ReplySent,
)
from visitator.domain.pathway import Pathway
from visitator.identifiers import new_entry_id, new_letter_id
from visitator.resources import load_agreement
from visitator.store import OutboxState, Store
from visitator.sync import Syncer, new_client

AGREEMENT = load_agreement("region-sjaelland-2025-11")
DEVICE = "PC-1"
MADE, GIVEN_UP = "made", "given_up"
_LONGEST_OUTBOX = 60
_REPLIES, _ASSIGNMENTS = 0.2, 0.05
_DECISIONS = 0.3
_IMPATIENCE = 0.02


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What a workstation has to know."""

    folder: Path
    key: bytes
    address: str
    token: str
    user: str
    seed: int

    @property
    def database(self) -> Path:
        """The store's file."""
        return self.folder / "visitator.db"

    @property
    def promises(self) -> Path:
        """Where the client writes what it did."""
        return self.folder / "promises"


@contextmanager
def opened(told: Told) -> Iterator[tuple[Store, Syncer]]:
    """The workstation's store, and what keeps it level with the gateway."""
    with Store.open(told.database, told.key, AGREEMENT) as store:
        syncer = Syncer(
            store,
            new_client(told.address, told.token),
            user=told.user,
            device=DEVICE,
            clock=now,
            rng=random.Random(told.seed),
        )
        try:
            yield store, syncer
        finally:
            syncer.close()


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class Visitator:
    """Answers, notes, takes over and lets go, in any pathway."""

    def __init__(self, told: Told, store: Store, syncer: Syncer) -> None:
        self._store = store
        self._syncer = syncer
        self._user = told.user
        self._chance = random.Random(told.seed)
        self._promises = os.open(told.promises, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def work(self) -> None:
        """One thing after the other; waits only for the first plan and for a full outbox."""
        pause = threading.Event()
        while True:
            self._decide()
            is_full = len(self._store.outbox(self._user)) > _LONGEST_OUTBOX
            pathways = self._store.inbox(self._user).rows
            if self._chance.random() < _IMPATIENCE:
                self._syncer.retry_now()
            if is_full or not pathways:
                pause.wait(0.01)
            else:
                self._act(self._chance.choice(pathways).pathway_id)

    def _act(self, pathway_id: str) -> None:
        pathway = self._store.pathway(pathway_id, self._user)
        if pathway is None:
            return
        at = now()
        entry_id = new_entry_id(at)
        body = self._body(pathway, entry_id)
        entry = Entry(
            id=entry_id,
            pathway_id=pathway_id,
            author=self._user,
            device=DEVICE,
            occurred_at=at,
            body=body,
        )
        window = dt.timedelta(milliseconds=self._chance.randint(1, 100))
        self._store.append(entry, not_before=at + window if isinstance(body, ReplySent) else None)
        self._promise(MADE, entry_id)
        self._syncer.wake()

    def _body(self, pathway: Pathway, entry_id: str) -> KnownBody:
        throw = self._chance.random()
        if throw < _REPLIES and pathway.to_answer is not None:
            return ReplySent(
                category=self._chance.choice(list(AnswerCategory)),
                answers=pathway.to_answer,
                comment=f"Svar {entry_id}",
                letter_id=new_letter_id(),
                envelope_id=new_letter_id(),
            )
        if throw < _REPLIES + _ASSIGNMENTS:
            owner = None if pathway.owner == self._user else self._user
            return Assigned(owner=owner, previous=pathway.owner)
        return NoteAdded(text="Ringet til datteren")

    def _decide(self) -> None:
        """Now and then, give up what was refused: the answer of somebody else stands."""
        for item in self._store.outbox(self._user):
            if item.state is OutboxState.ATTENTION and self._chance.random() < _DECISIONS:
                self._promise(GIVEN_UP, item.entry.id)
                self._store.resolve_attention(item.entry.id, "discard")

    def _promise(self, what: str, entry_id: str) -> None:
        os.write(self._promises, f"{what} {entry_id}\n".encode())
        os.fsync(self._promises)


def promises(told: Told, what: str) -> list[str]:
    """The ids of the entries a client wrote that down of, in order."""
    lines = told.promises.read_text(encoding="ascii").splitlines()
    words = (line.split(" ") for line in lines)
    return [entry_id for did, entry_id in words if did == what]


def main() -> None:
    """Work and sync until killed; a thread that fails ends the process."""
    told = msgspec.json.decode(sys.stdin.buffer.read(), type=Told, dec_hook=_path)

    def die(what: threading.ExceptHookArgs) -> None:
        threading.__excepthook__(what)
        os._exit(1)

    threading.excepthook = die
    with opened(told) as (store, syncer):
        sync = threading.Thread(target=syncer.run, args=[threading.Event()], daemon=True)
        sync.start()
        Visitator(told, store, syncer).work()


def _path(kind: type, value: object) -> object:
    if kind is Path and isinstance(value, str):
        return Path(value)
    raise ValueError(f"expected {kind}")


if __name__ == "__main__":
    main()
