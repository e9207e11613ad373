"""One transaction per user action (I16): a process that dies leaves all of it, or nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.store.workstation import NOW, Gateway, letter, note, open_store, plan
from visitator.domain.entries import encode_entry
from visitator.store import Draft, OutboxState

DIE = """
import os, sys
from pathlib import Path
from sqlalchemy import event
from tests.store.workstation import *
from visitator.domain.entries import decode_entry

path, when, action = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
store = open_store(path)
done = decode_entry(bytes.fromhex(sys.argv[4]))

def die(*_):
    os._exit(9)

engine = store._database.engine
if when == "before the commit":
    event.listen(engine, "commit", die)
if action == "append":
    store.append(done, drop_draft="note")
elif action == "send":
    store.next_batch("AHN", NOW, 20)
elif action == "answer":
    store.mark_results([accepted(done, 2)])
elif action == "page":
    store.apply_page([encode_entry(msgspec.structs.replace(done, seq=2))], 2, EPOCH)
die()
"""


def die(path: Path, when: str, action: str, entry: str) -> None:
    """Do it in another process that dies in the middle."""
    done = subprocess.run(
        [sys.executable, "-c", DIE, str(path), when, action, entry],
        cwd=Path(__file__).resolve().parents[2],
        check=False,
        timeout=60,
    )
    assert done.returncode == 9


@pytest.mark.parametrize("when", ["before the commit", "after it"])
def test_every_action_is_whole_or_not_there(path: Path, when: str) -> None:
    happens = when == "after it"
    gateway = Gateway()
    done = note("Ringet til datteren")
    data = encode_entry(done).hex()
    with open_store(path) as store:
        gateway.accept(letter(plan()))
        gateway.page_to(store)
        store.save_draft(
            Draft(user="AHN", pathway_id="P1", kind="note", data=b"Ring", updated_at=NOW)
        )

    die(path, when, "append", data)
    with open_store(path) as store:
        assert len(store.outbox("AHN")) == happens
        assert len(store.drafts("AHN")) == (not happens)
        assert store.inbox("AHN").rows[0].pending == happens
        if not happens:
            store.append(done)

    die(path, when, "send", data)
    with open_store(path) as store:
        (item,) = store.outbox("AHN")
        assert item.attempts == happens
        if not happens:
            store.next_batch("AHN", NOW, 20)

    die(path, when, "answer", data)
    with open_store(path) as store:
        (item,) = store.outbox("AHN")
        assert item.state is (OutboxState.ACKED if happens else OutboxState.SENT)

    die(path, when, "page", data)
    with open_store(path) as store:
        assert store.sync_state().cursor == 1 + happens
        assert len(store.outbox("AHN")) == (not happens)
        found = store.pathway("P1", "AHN")
        assert found
        assert [each.id for each in found.timeline][1:] == [done.id]
        assert len(store.search("datteren")) == happens
        row = store.inbox("AHN").rows[0]
        assert (row.pending, row.last_seq) == (not happens, 1 + happens)
