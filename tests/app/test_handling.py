"""What needs a person: the list and its number are of the same things."""

from __future__ import annotations

from pathlib import Path

from tests.store.workstation import (
    AGREEMENT,
    NOW,
    Gateway,
    entry,
    letter,
    note,
    open_store,
    plan,
    rejected,
)
from visitator.app.handling import Handling
from visitator.app.kept import Drafts
from visitator.app.workstation import Workstation
from visitator.domain.entries import Opened
from visitator.store import OutboxItem


def _not_asked(item: OutboxItem) -> object:
    raise AssertionError(item.state)


def test_a_refused_line_of_the_audit_needs_nobody(tmp_path: Path) -> None:
    store, gateway = open_store(tmp_path / "visitator.db"), Gateway()
    gateway.accept(letter(plan()))
    gateway.page_to(store)
    opened, written = entry(Opened()), note()
    for each in (opened, written):
        store.append(each)
    store.next_batch("AHN", NOW, 20)
    store.mark_results([rejected(opened, "gone"), rejected(written, "gone")])

    handling = Handling(
        store,
        Workstation(store, user="AHN", device="PC1", clock=lambda: NOW),
        user="AHN",
        drafts=Drafts(store, "AHN", AGREEMENT),
        row=lambda pathway_id: None,
        undelivered=lambda: (),
        clock=lambda: NOW,
        sent=_not_asked,  # type: ignore[arg-type]
        names={},
    )
    assert [each.entry_id for each in handling.attention()] == [written.id]
    assert store.listing("AHN").attention == 1
    store.close()
