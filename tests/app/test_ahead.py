"""A pathway is read before its key is pressed: it costs no read then, and is never an old one."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.app.town import Seat, Town, town_in
from tests.gateway.mailbox import AKSEL, OTHER_EPISODE, admission, discharge, plan
from tests.gateway.test_rehabilitations import gop
from visitator.app.views import KnownError, PathwayView
from visitator.domain.pathway import Pathway
from visitator.store import Store
from visitator.store.errors import Damaged


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with town_in(tmp_path) as town:
        yield town


@pytest.fixture
def seat(town: Town) -> Seat:
    return town.seat()


@pytest.fixture
def pathway(town: Town, seat: Seat) -> str:
    """A plan that has come and can be answered."""
    found = town.sends()
    seat.has(found)
    return found


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch, pathway: str) -> list[str]:
    """The pathways read from the store since."""
    told: list[str] = []
    real = Store.pathway

    def read(store: Store, pathway_id: str, user: str) -> Pathway | None:
        told.append(pathway_id)
        return real(store, pathway_id, user)

    monkeypatch.setattr(Store, "pathway", read)
    return told


def read_ahead(seat: Seat, pathway_id: str) -> None:
    """Let it be read, and wait until it has been."""
    seat.desk.expect(pathway_id)
    # What is slow is done one after the other.
    seat.desk.search("nobody").result()


def read_now(seat: Seat, pathway_id: str) -> PathwayView:
    view = seat.desk.pathway(pathway_id)
    assert view is not None
    return view


def test_what_is_expected_is_read_once_and_shown_as_it_is(
    seat: Seat, pathway: str, reads: list[str]
) -> None:
    as_it_is = read_now(seat, pathway)
    reads.clear()
    for _ in range(3):
        read_ahead(seat, pathway)
        assert read_now(seat, pathway) == as_it_is
    assert reads == [pathway]


def write_note(town: Town, seat: Seat, pathway_id: str) -> None:
    seat.desk.add_note(pathway_id, "Datteren har ringet.").result()
    seat.until(lambda: not seat.desk.waiting())


def give_away(town: Town, seat: Seat, pathway_id: str) -> None:
    seat.desk.assign(pathway_id, "AHN").result()
    seat.until(lambda: not seat.desk.waiting())


def answer(town: Town, seat: Seat, pathway_id: str) -> None:
    seat.reply(pathway_id)


def hear_from_the_hospital(town: Town, seat: Seat, pathway_id: str) -> None:
    town.writes()
    seat.until(lambda: len(seat.desk.pathway(pathway_id).thread) == 1)  # type: ignore[union-attr]


@pytest.mark.parametrize("change", [write_note, give_away, answer, hear_from_the_hospital])
def test_what_has_changed_since_is_shown(
    town: Town, seat: Seat, pathway: str, change: Callable[[Town, Seat, str], None]
) -> None:
    read_ahead(seat, pathway)
    before = read_now(seat, pathway)
    change(town, seat, pathway)
    after = read_now(seat, pathway)
    assert after != before
    read_ahead(seat, pathway)
    assert read_now(seat, pathway) == after


def test_what_changes_in_another_pathway_lets_it_be(
    town: Town, seat: Seat, pathway: str, reads: list[str]
) -> None:
    read_ahead(seat, pathway)
    seat.has(town.sends(plan(episode=OTHER_EPISODE)))
    reads.clear()
    read_now(seat, pathway)
    assert reads == []


def test_what_changes_of_the_stay_its_plan_is_linked_to_is_shown(
    town: Town, seat: Seat, pathway: str
) -> None:
    stay = town.sends(admission(AKSEL, "et-ophold"))
    bare = gop(AKSEL, episode="et-andet", contact_start=None, contact_expected_end=None)
    training = town.sends(bare)
    assert stay != training
    seat.has(stay).has(training)
    seat.desk.rehabilitations.link(training, stay).result()
    seat.send()
    read_ahead(seat, training)
    before = read_now(seat, training)
    assert before.deadline is not None
    assert before.deadline.due is None
    town.sends(discharge(AKSEL, "et-ophold"))
    seat.until(lambda: seat.desk.pathway(stay).stay == "Udskrevet")  # type: ignore[union-attr]
    after = read_now(seat, training).deadline
    assert after is not None
    assert after.due is not None
    assert any(training in each.pathways and stay in each.pathways for each in seat.changes())


def test_what_changes_while_it_is_being_read_is_not_missed(
    seat: Seat, pathway: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Store.pathway
    was_read, may_go_on = threading.Event(), threading.Event()

    def read_slowly(store: Store, pathway_id: str, user: str) -> Pathway | None:
        found = real(store, pathway_id, user)
        was_read.set()
        assert may_go_on.wait(10)
        return found

    monkeypatch.setattr(Store, "pathway", read_slowly)
    seat.desk.expect(pathway)
    assert was_read.wait(10)
    monkeypatch.setattr(Store, "pathway", real)
    seat.desk.assign(pathway, "AHN").result()
    may_go_on.set()
    seat.desk.search("nobody").result()
    assert read_now(seat, pathway).owner == "AHN"


def test_after_a_minute_it_is_read_again(
    town: Town, seat: Seat, pathway: str, reads: list[str]
) -> None:
    read_ahead(seat, pathway)
    town.later(minutes=2)
    reads.clear()
    read_now(seat, pathway)
    assert reads == [pathway]


def test_a_fault_is_told_when_it_is_asked_for(
    seat: Seat, pathway: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise Damaged

    monkeypatch.setattr(Store, "pathway", fail)
    read_ahead(seat, pathway)
    with pytest.raises(KnownError, match="beskadiget"):
        seat.desk.pathway(pathway)
