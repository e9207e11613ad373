"""Who works here, kept so that names show offline; and who is told what a transaction changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.store.workstation import Gateway, letter, note, open_store, plan
from visitator.store import Changes, Person, Store
from visitator.store.errors import TooLateToUndo

ANNE = Person(user="AHN", name="Anne Holm", title="visitator", role="visitator")
BODIL = Person(user="BKR", name="Bodil Krogh", role="leder")


def test_the_people_are_there_after_a_restart_by_name(path: Path) -> None:
    with open_store(path) as store:
        assert store.people() == ()
        store.set_people([BODIL, ANNE])
    with open_store(path) as store:
        assert store.people() == (ANNE, BODIL)


def test_who_no_longer_works_here_is_forgotten(store: Store) -> None:
    store.set_people([ANNE, BODIL])
    store.set_people([ANNE])
    assert store.people() == (ANNE,)


def test_another_name_may_change_every_row_and_the_same_changes_nothing(store: Store) -> None:
    assert store.set_people([ANNE]) == Changes(everything=True)
    assert store.set_people([ANNE]) == Changes()


@pytest.fixture
def heard(store: Store) -> list[Changes]:
    told: list[Changes] = []
    store.watch(told.append)
    return told


def test_every_transaction_is_told_once_when_it_is_kept(
    store: Store, gateway: Gateway, heard: list[Changes]
) -> None:
    mine = note()
    store.append(mine)
    gateway.accept(letter(plan(), pathway="P2"))
    gateway.page_to(store)
    store.cancel(mine.id)
    assert heard == [
        Changes(pathways=frozenset(["P1"]), outbox=True),
        Changes(pathways=frozenset(["P2"])),
        Changes(pathways=frozenset(["P1"]), outbox=True),
    ]


def test_what_came_to_nothing_is_not_told(store: Store, heard: list[Changes]) -> None:
    with pytest.raises(TooLateToUndo):
        store.cancel("01ba20ed-cc00-7000-8000-000000000000")
    store.drop_draft("AHN", "P1", "question")
    assert heard == []
