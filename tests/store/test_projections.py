"""The inbox: the same fold as everywhere, in the same transaction, and it can be made again."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.strategies import histories
from tests.store.workstation import (
    AGREEMENT,
    KEY,
    NOW,
    WARD,
    Gateway,
    entry,
    letter,
    note,
    open_store,
    plan,
    reply,
)
from visitator.domain.deadlines import Due
from visitator.domain.entries import (
    AnswerCategory,
    Assigned,
    Entry,
    PlanState,
    ReplySent,
    encode_entry,
)
from visitator.domain.messages import (
    AdmissionNotification,
    DischargeNotification,
    Receipt,
    ReceiptOutcome,
)
from visitator.domain.moment import Moment
from visitator.domain.pathway import fold
from visitator.domain.terms import ReplyState, Stay
from visitator.resources import load_agreement
from visitator.store import (
    NOBODY,
    AdmissionGroup,
    Changes,
    Header,
    InboxFilter,
    RehabilitationFilter,
    RehabilitationGroup,
    Store,
)
from visitator.store.made import made_with

MONDAY = NOW
ALL_COURSES = RehabilitationFilter(through=RehabilitationGroup.ENDED)


def row(store: Store, user: str = "AHN") -> Header:
    (found,) = store.inbox(user).rows
    return found


def everything(store: Store) -> object:
    users = ("AHN", "BKR", "nobody")
    return (
        [store.inbox(user).rows for user in users],
        [store.admission_rows(user, AdmissionGroup.ENDED, 0, 10) for user in users],
        [store.rehabilitation_rows(user, ALL_COURSES, 0, 10) for user in users],
        [store.search(typed) for typed in ("testesen", "t", "2512489996", "naboen", "ja")],
    )


@given(entries=histories(), split=st.integers(0, 14), size=st.integers(1, 4))
def test_rows_follow_the_fold_and_can_be_made_again(
    tmp_path_factory: pytest.TempPathFactory, entries: list[Entry], split: int, size: int
) -> None:
    """Two pathways side by side, in pages of any size, with pending work of two users."""
    accepted = [each for each in entries if each.seq is not None]
    pending = [each for each in entries if each.seq is None]
    twin = [
        msgspec.structs.replace(each, id=f"F{each.id}", pathway_id="P2", seq=len(accepted) + n)
        for n, each in enumerate(accepted[:split], 1)
    ]
    with open_store(tmp_path_factory.mktemp("fold") / "visitator.db") as store:
        journal = [*accepted, *twin]
        for start in range(0, len(journal), size):
            page = journal[start : start + size]
            store.apply_page([encode_entry(each) for each in page], start + len(page), "e")
        for each in pending:
            store.append(each)
        for user in ("AHN", "BKR"):
            own = [each for each in pending if each.author == user]
            rows = {found.pathway_id: found for found in store.inbox(user).rows}
            for pathway_id, taken in (("P1", [*accepted, *own]), ("P2", twin)):
                assert store.pathway(pathway_id, user) == (fold(taken) if taken else None)
                if taken:
                    assert_says_the_same(rows[pathway_id], taken)
            assert len(rows) == bool([*accepted, *own]) + bool(twin)
        before = everything(store)
        assert store.rebuild() == Changes(everything=True)
        assert everything(store) == before


def assert_says_the_same(header: Header, entries: list[Entry]) -> None:
    pathway = fold(entries)
    assert header.needs_answer == pathway.needs_answer
    assert header.reply_state == pathway.reply_state
    assert header.stay == pathway.stay
    assert header.owner == pathway.owner
    assert header.versions == len(pathway.plans)
    name = pathway.citizen.name if pathway.citizen else None
    assert (header.citizen.name if header.citizen else None) == name


def test_a_plan_is_a_row_with_its_deadline(store: Store, gateway: Gateway) -> None:
    gateway.accept(letter(plan(agreed_discharge=Moment(dt.date(2026, 2, 5), dt.time(12)))))
    gateway.page_to(store)
    found = row(store)
    assert found.citizen is not None
    assert (found.citizen.name, found.citizen.cpr) == ("Nancy Ann Berggren", "2512489996")
    assert found.citizen.address == ""
    assert found.ward == WARD.name
    assert found.reply_state is ReplyState.RECEIVED
    assert found.received_at == MONDAY
    # Rule D: the next weekday at 11.
    assert found.deadline_status == "fixed"
    assert found.due == Due(at=dt.datetime(2026, 2, 3, 10, tzinfo=dt.UTC))
    assert found.effective is None
    assert found.planned_discharge == Moment(dt.date(2026, 2, 5), dt.time(12))


def test_the_deadline_ends_with_the_first_answer(store: Store, gateway: Gateway) -> None:
    (first,) = gateway.accept(letter(plan()))
    question = ReplySent(category=AnswerCategory.QUESTION, answers=PlanState(plan=first.id))
    gateway.accept(entry(question))
    gateway.page_to(store)
    found = row(store)
    assert found.needs_answer
    assert (found.deadline_status, found.due) == (None, None)
    assert found.awaiting_hospital_since == NOW


def test_without_a_plan_the_last_letter_says_where_from(store: Store, gateway: Gateway) -> None:
    gateway.accept(letter(AdmissionNotification(sender=WARD)))
    gateway.accept(letter(Receipt(outcome=ReceiptOutcome.POSITIVE)))
    gateway.page_to(store)
    found = row(store)
    assert (found.ward, found.received_at, found.deadline_status) == (WARD.name, NOW, None)


def test_a_date_no_calendar_knows_is_no_reason_to_hide_a_plan(
    store: Store, gateway: Gateway
) -> None:
    gateway.accept(letter(plan(), received_at=dt.datetime(2150, 1, 1, tzinfo=dt.UTC)))
    gateway.page_to(store)
    found = row(store)
    assert found.needs_answer
    assert (found.due, found.deadline_status) == (None, None)


def test_another_agreement_makes_other_deadlines(path: Path, gateway: Gateway) -> None:
    with open_store(path) as store:
        gateway.accept(letter(plan()))
        gateway.page_to(store)
        store.append(reply(PlanState(plan="no plan"), author="BKR"))
        assert row(store).due is not None
    with Store.open(path, KEY, load_agreement("region-midtjylland-2021-04")) as store:
        found = row(store)
        assert found.due is None
        assert found.deadline_status != "fixed"
        assert row(store, "BKR").pending == 1


class TestInbox:
    @pytest.fixture
    def filled(self, store: Store, gateway: Gateway) -> Store:
        """Ten plans, a day apart; some answered, some taken, some discharged."""
        for number in range(10):
            pathway = f"P{number}"
            received = MONDAY + dt.timedelta(days=9 - number)
            (came,) = gateway.accept(letter(plan(), received_at=received, pathway=pathway))
            if number % 2:
                gateway.accept(reply(PlanState(plan=came.id), pathway=pathway))
            if number % 3 == 0:
                gateway.accept(entry(Assigned(owner="BKR", previous=None), pathway=pathway))
            if number % 5 == 0:
                gateway.accept(letter(DischargeNotification(), pathway=pathway))
        gateway.page_to(store)
        return store

    def test_what_needs_an_answer_is_first_and_by_deadline(self, filled: Store) -> None:
        rows = filled.inbox("AHN").rows
        assert [each.needs_answer for each in rows] == [True] * 5 + [False] * 5
        dues = [each.due.at for each in rows if each.due]
        assert dues == sorted(dues)
        assert len(dues) == 5

    @pytest.mark.parametrize(
        ("wanted", "expected"),
        [
            (InboxFilter(), set(range(10))),
            (InboxFilter(needs_answer=True), {0, 2, 4, 6, 8}),
            (InboxFilter(needs_answer=False), {1, 3, 5, 7, 9}),
            (InboxFilter(owner="BKR"), {0, 3, 6, 9}),
            (InboxFilter(owner=NOBODY), {1, 2, 4, 5, 7, 8}),
            (InboxFilter(stay=Stay.DISCHARGED), {0, 5}),
            (InboxFilter(needs_answer=True, owner="BKR", stay=Stay.DISCHARGED), {0}),
        ],
    )
    @pytest.mark.parametrize("limit", [1, 3, 100])
    def test_pages_of_any_size_hold_the_same_rows(
        self, filled: Store, wanted: InboxFilter, expected: set[int], limit: int
    ) -> None:
        page = filled.inbox("AHN", wanted, limit=limit)
        rows = list(page.rows)
        while page.after is not None:
            page = filled.inbox("AHN", wanted, limit=limit, after=page.after)
            rows += page.rows
        assert {int(each.pathway_id[1:]) for each in rows} == expected
        assert len(rows) == len(expected)
        assert all(a.needs_answer >= b.needs_answer for a, b in pairwise(rows))

    def test_own_pending_work_moves_the_row(self, filled: Store) -> None:
        first = filled.inbox("AHN").rows[0]
        found = filled.pathway(first.pathway_id, "AHN")
        assert found
        assert found.to_answer
        filled.append(reply(found.to_answer, pathway=first.pathway_id))
        assert first.pathway_id not in {
            each.pathway_id for each in filled.inbox("AHN", InboxFilter(needs_answer=True)).rows
        }
        assert filled.inbox("BKR").rows[0] == first
        assert len(filled.inbox("AHN").rows) == 10

    def test_what_is_answered_has_the_newest_first(self, filled: Store) -> None:
        answered = filled.inbox("AHN", InboxFilter(needs_answer=False)).rows
        received = [each.received_at for each in answered if each.received_at]
        assert received == sorted(received, reverse=True)


def test_many_pathways_do_not_stay_in_memory(
    store: Store, gateway: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was put out of memory is read from the journal again."""
    monkeypatch.setattr("visitator.store.projections._KEPT_ENTRIES", 3)
    for number in range(12):
        gateway.accept(letter(plan(), pathway=f"P{number % 4}"), note(pathway=f"P{number % 4}"))
        gateway.page_to(store)
    for number in range(4):
        found = store.pathway(f"P{number}", "AHN")
        assert found == fold(each for each in gateway.journal if each.pathway_id == f"P{number}")
    before = store.inbox("AHN")
    store.rebuild()
    assert store.inbox("AHN") == before


def test_how_far_everything_is_made_anew_is_told(
    store: Store, gateway: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("visitator.store.projections._CHUNK", 2)
    monkeypatch.setattr("visitator.store.journal._CHUNK", 3)
    parts: list[float] = []
    store.rebuild(parts.append)
    assert parts == []
    for number in range(4):
        gateway.accept(letter(plan(), pathway=f"P{number}"), note(pathway=f"P{number}"))
    gateway.page_to(store)
    store.rebuild(parts.append)
    assert parts == [2 / 8, 4 / 8, (8 + 3) / 16, (8 + 6) / 16, 1]


def test_the_profile_is_part_of_what_the_rows_are_made_with() -> None:
    other = msgspec.structs.replace(AGREEMENT, title="En anden")
    assert made_with(AGREEMENT) == made_with(load_agreement(AGREEMENT.id))
    assert made_with(other) != made_with(AGREEMENT)
