"""The list of admissions: who stands where in it, how many there are, any page, and by an index."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, event

from tests.store.towns import USERS, counted, moments, open_town, towns
from tests.store.workstation import NANCY, NOW, WARD, Gateway, entry, letter, open_store, plan
from visitator.domain.admission import admission
from visitator.domain.citizen import Citizen
from visitator.domain.entries import (
    AdmissionEntered,
    AdmissionReportNotNeeded,
    AdmissionReportSent,
    ChecklistTicked,
    Closed,
    DeliveryFailed,
    Entry,
    PartState,
    PhoneCall,
    Tick,
)
from visitator.domain.messages import AdmissionNotification, Correspondence
from visitator.domain.moment import Moment
from visitator.domain.terms import ReportState
from visitator.store import AdmissionGroup, AdmissionHeader, Bucket, Selection, Store

REPORT_DUE, ADMITTED, ENDED = AdmissionGroup
_EXAMPLES = max(20, settings().max_examples // 5)


def notification(number: int = 1, *, stay: str = "indlagt", day: int = 2) -> AdmissionNotification:
    return AdmissionNotification(
        letter_id=f"ADVIS{number}",
        sender=WARD,
        status_code="nytbrev",
        authorised_at=dt.datetime(2026, 2, 2, 8),
        episode_id=f"E{number}",
        citizen=Citizen(cpr=NANCY.cpr, stay_status=stay),
        admitted=Moment(dt.date(2026, 2, day), dt.time(8)),
    )


def seen(store: Store, user: str = "AHN") -> tuple[AdmissionHeader, ...]:
    return store.admission_rows(user, ENDED, 0, 1_000)


def place(header: AdmissionHeader) -> tuple[int, int, int, str]:
    return header.group, header.due_at, header.since, header.pathway_id


@settings(max_examples=_EXAMPLES)
@given(entries=towns(), user=st.sampled_from([*USERS, "CDI"]), data=st.data())
def test_the_list_is_every_admission_once_as_its_user_sees_it(
    tmp_path_factory: pytest.TempPathFactory, entries: list[Entry], user: str, data: st.DataObject
) -> None:
    with open_town(tmp_path_factory.mktemp("town") / "visitator.db", entries) as store:
        found = seen(store, user)
        theirs = {e.pathway_id for e in entries if not e.is_pending or e.author == user}
        pathways = {each: store.pathway(each, user) for each in theirs}
        admitted = {each for each, fold in pathways.items() if fold and admission(fold)}
        assert Counter(each.pathway_id for each in found) == Counter(admitted)
        assert all(place(a) < place(b) for a, b in pairwise(found))
        through, now = data.draw(st.sampled_from(AdmissionGroup)), data.draw(moments(found))
        assert store.admission_counts(user, through, now) == {
            group: counted([each for each in found if each.group is group <= through], now)
            for group in AdmissionGroup
        }
        for number, header in enumerate(found):
            assert store.admission_row(user, header.pathway_id) == header
            assert store.admission_position(user, ENDED, header.pathway_id) == number
        offset, limit = data.draw(st.integers(0, 4)), data.draw(st.integers(1, 3))
        assert store.admission_rows(user, ENDED, offset, limit) == found[offset:][:limit]
        due = store.admission_rows(user, REPORT_DUE, 0, 100)
        assert due == tuple(each for each in found if each.group is REPORT_DUE)


@settings(max_examples=10)
@given(entries=towns())
def test_the_rows_are_the_same_when_they_are_made_anew(
    tmp_path_factory: pytest.TempPathFactory, entries: list[Entry]
) -> None:
    with open_town(tmp_path_factory.mktemp("town") / "visitator.db", entries) as store:
        before = seen(store)
        store.rebuild()
        assert seen(store) == before


def filled(store: Store, *entries: Entry) -> None:
    gateway = Gateway()
    gateway.accept(*entries)
    gateway.page_to(store)


@pytest.fixture
def store(path: Path) -> Store:
    return open_store(path)


def test_what_is_to_be_reported_stands_first_by_its_deadline(store: Store) -> None:
    with store:
        hour = dt.timedelta(hours=1)
        filled(
            store,
            letter(notification(1), received_at=NOW + hour, pathway="P-later"),
            letter(notification(2), received_at=NOW, pathway="P-first"),
            letter(notification(3), pathway="P-done"),
            entry(AdmissionReportNotNeeded(reason="Intet nyt"), pathway="P-done"),
            letter(notification(4, stay="doed"), pathway="P-dead"),
            letter(plan(admitted=Moment(dt.date(2026, 1, 20))), pathway="P-plan"),
            entry(
                AdmissionEntered(citizen=NANCY, admitted=Moment(dt.date(2026, 2, 1)), ward="O3"),
                pathway="P-hand",
            ),
        )
        found = [(each.pathway_id, each.group) for each in seen(store)]
        assert found == [
            ("P-first", REPORT_DUE),
            ("P-later", REPORT_DUE),
            ("P-hand", REPORT_DUE),
            ("P-done", ADMITTED),
            ("P-plan", ADMITTED),
            ("P-dead", ENDED),
        ]
        rows = {each.pathway_id: each for each in seen(store)}
        assert rows["P-dead"].is_dead
        assert rows["P-hand"].is_by_hand
        assert rows["P-hand"].deadline_status == "unknown"
        assert rows["P-done"].report is ReportState.NOT_NEEDED


def test_a_users_own_ticks_show_before_they_are_sent_and_only_to_them(store: Store) -> None:
    with store:
        filled(store, letter(notification()))
        ticks = (
            Tick(part="keys", state=PartState.BROUGHT),
            Tick(part="hearing_aid", state=PartState.MISSING),
        )
        store.append(entry(ChecklistTicked(ticks=ticks), author="AHN"))
        (mine,), (theirs,) = seen(store, "AHN"), seen(store, "BKR")
        assert (mine.ticked, mine.missing, mine.pending) == (
            ("keys", "hearing_aid"),
            ("hearing_aid",),
            1,
        )
        assert (theirs.ticked, theirs.pending) == ((), 0)
        assert store.admission_counts("AHN", ENDED, NOW)[REPORT_DUE].number == 1


def test_a_plan_that_no_longer_says_so_is_no_admission(store: Store) -> None:
    with store:
        gateway = Gateway()
        gateway.accept(letter(plan("BREV1", admitted=Moment(dt.date(2026, 2, 1)))))
        gateway.page_to(store)
        assert len(seen(store)) == 1
        gateway.accept(letter(plan("BREV2")))
        gateway.page_to(store)
        assert seen(store) == ()


def test_a_closed_pathway_is_ended_and_a_sent_report_is_not_due(store: Store) -> None:
    with store:
        filled(
            store,
            letter(notification(1), pathway="P-sent"),
            entry(AdmissionReportSent(supplement="x"), pathway="P-sent"),
            letter(notification(2), pathway="P-closed"),
            entry(Closed(), pathway="P-closed"),
        )
        assert [(each.pathway_id, each.group) for each in seen(store)] == [
            ("P-sent", ADMITTED),
            ("P-closed", ENDED),
        ]


def test_in_the_inbox_a_report_that_was_not_delivered_goes_before_a_letter(store: Store) -> None:
    with store:
        gateway = Gateway()
        report = entry(AdmissionReportSent(supplement="x"))
        wrote = letter(Correspondence(letter_id="K1", sender=WARD))
        gateway.accept(letter(notification()), wrote, report)
        gateway.page_to(store)

        def bucket() -> tuple[Bucket, bool]:
            wanted = Selection(first=Bucket.UNDELIVERED, last=Bucket.CLOSED)
            (row,) = store.listing_rows("AHN", wanted, 0, 10)
            return row.bucket, row.has_new_letter

        assert bucket() == (Bucket.NEW_ANSWER, True)
        gateway.accept(entry(DeliveryFailed(reply=report.id, reason="Afvist"), author="gateway"))
        gateway.page_to(store)
        assert bucket() == (Bucket.UNDELIVERED, True)
        gateway.accept(entry(PhoneCall(whom="M2", at=NOW, text="Givet mundtligt")))
        gateway.page_to(store)
        assert bucket() == (Bucket.OTHER, False)


@pytest.mark.parametrize(
    "admitted", [None, Moment(dt.date(1, 1, 1)), Moment(dt.date(9999, 12, 31), dt.time(23, 59))]
)
def test_an_impossible_date_of_admission_is_still_a_row(
    store: Store, admitted: Moment | None
) -> None:
    message = AdmissionNotification(letter_id="A", sender=WARD, admitted=admitted)
    with store:
        filled(store, letter(message))
        (found,) = seen(store)
        assert found.admitted == admitted


def test_a_page_is_read_out_of_an_index(store: Store) -> None:
    with store:
        filled(store, letter(notification()))
        asked: list[tuple[str, object]] = []

        def keep(connection: object, cursor: object, sql: str, given: object, *_: object) -> None:
            asked.append((sql, given))

        event.listen(Engine, "before_cursor_execute", keep)
        store.admission_rows("AHN", ADMITTED, 0, 50)
        event.remove(Engine, "before_cursor_execute", keep)
        ((sql, given),) = (each for each in asked if "FROM admission_" in each[0])
        with store._database.engine.connect() as connection:
            plan_of = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", given)  # type: ignore[arg-type]
            steps = [str(step) for step in plan_of.all()]
    assert sum("_all (" in step for step in steps) >= 2, steps
    assert not any("TEMP B-TREE" in step for step in steps), steps
