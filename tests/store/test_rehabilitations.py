"""The list of rehabilitation courses: who stands where, by level and step, linked, by an index."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, event

from tests.store.towns import USERS, counted, moments, open_town, towns
from tests.store.workstation import NANCY, NOW, WARD, Gateway, entry, letter, open_store
from visitator.domain.citizen import Citizen
from visitator.domain.entries import (
    Entry,
    MunicipalLevel,
    RehabilitationContacted,
    RehabilitationEnded,
    RehabilitationLevelSet,
    RehabilitationLinked,
    RehabilitationStarted,
    TransportArranged,
)
from visitator.domain.messages import (
    AdmissionNotification,
    DischargeNotification,
    RehabilitationPlan,
)
from visitator.domain.moment import Moment
from visitator.domain.rehabilitation import link_of, rehabilitation
from visitator.domain.terms import CourseState, TrainingLevel
from visitator.store import (
    Changes,
    RehabilitationFilter,
    RehabilitationGroup,
    RehabilitationHeader,
    Store,
)

TO_START, AWAITS_DISCHARGE, ELSEWHERE, STARTED, ENDED = RehabilitationGroup
ALL = RehabilitationFilter(through=ENDED)
DAY = dt.date(2026, 2, 6)
_EXAMPLES = max(20, settings().max_examples // 5)


def gop(number: int = 1, day: dt.date | None = DAY, **changes: Any) -> RehabilitationPlan:
    given: dict[str, Any] = {
        "letter_id": f"GOP{number}",
        "sender": WARD,
        "authorised_at": dt.datetime(2026, 2, 5, 8),
        "citizen": NANCY,
        "level_text": "almen",
        "contact_expected_end": Moment(day) if day else None,
    }
    return RehabilitationPlan(**(given | changes))


def admitted(episode: str = "E1") -> AdmissionNotification:
    return AdmissionNotification(
        letter_id=f"ADVIS{episode}",
        sender=WARD,
        authorised_at=dt.datetime(2026, 2, 2, 8),
        citizen=Citizen(cpr=NANCY.cpr, stay_status="indlagt"),
        admitted=Moment(dt.date(2026, 2, 2), dt.time(8)),
    )


def discharged(day: int = 8) -> DischargeNotification:
    return DischargeNotification(
        letter_id=f"UD{day}",
        sender=WARD,
        authorised_at=dt.datetime(2026, 2, day, 12),
        citizen=Citizen(cpr=NANCY.cpr, stay_status="udskrevet_til_hjemmet"),
        discharged=Moment(dt.date(2026, 2, day), dt.time(11)),
    )


def seen(
    store: Store, user: str = "AHN", wanted: RehabilitationFilter = ALL
) -> tuple[RehabilitationHeader, ...]:
    return store.rehabilitation_rows(user, wanted, 0, 1_000)


def place(header: RehabilitationHeader) -> tuple[int, int, int, str]:
    return header.group, header.due_at, header.since, header.pathway_id


@settings(max_examples=_EXAMPLES)
@given(entries=towns(), user=st.sampled_from([*USERS, "CDI"]), data=st.data())
def test_the_list_is_every_course_once_as_its_user_sees_it(
    tmp_path_factory: pytest.TempPathFactory, entries: list[Entry], user: str, data: st.DataObject
) -> None:
    with open_town(tmp_path_factory.mktemp("town") / "visitator.db", entries) as store:
        found = seen(store, user)
        theirs = {e.pathway_id for e in entries if not e.is_pending or e.author == user}
        pathways = {each: store.pathway(each, user) for each in theirs}
        expected = {}
        for each, fold in pathways.items():
            assert fold is not None
            link = link_of(fold)
            course = rehabilitation(fold, store.pathway(link, "nobody") if link else None)
            if course is not None:
                expected[each] = (course.state, course.training_level, course.discharge)
        assert {e.pathway_id: (e.state, e.level, e.discharge) for e in found} == expected
        assert len(found) == len(expected)
        assert all(place(a) < place(b) for a, b in pairwise(found))
        for number, header in enumerate(found):
            assert store.rehabilitation_row(user, header.pathway_id) == header
            assert store.rehabilitation_position(user, ALL, header.pathway_id) == number
        offset, limit = data.draw(st.integers(0, 4)), data.draw(st.integers(1, 3))
        assert store.rehabilitation_rows(user, ALL, offset, limit) == found[offset:][:limit]
        wanted = RehabilitationFilter(
            through=data.draw(st.sampled_from(RehabilitationGroup)),
            state=data.draw(st.none() | st.sampled_from(CourseState)),
            level=data.draw(st.none() | st.sampled_from(TrainingLevel)),
        )
        shown = [
            each
            for each in found
            if wanted.state in {None, each.state} and wanted.level in {None, each.level}
            if each.group <= wanted.through
        ]
        assert list(seen(store, user, wanted)) == shown
        now = data.draw(moments(found))
        assert store.rehabilitation_counts(user, wanted, now) == {
            group: counted([each for each in shown if each.group is group], now)
            for group in RehabilitationGroup
        }
        for number, header in enumerate(shown):
            assert store.rehabilitation_position(user, wanted, header.pathway_id) == number


@settings(max_examples=10)
@given(entries=towns())
def test_the_rows_are_the_same_when_they_are_made_anew(
    tmp_path_factory: pytest.TempPathFactory, entries: list[Entry]
) -> None:
    with open_town(tmp_path_factory.mktemp("town") / "visitator.db", entries) as store:
        before = seen(store)
        store.rebuild()
        assert seen(store) == before


@pytest.fixture
def store(path: Path) -> Store:
    return open_store(path)


def filled(store: Store, *entries: Entry) -> None:
    gateway = Gateway()
    gateway.accept(*entries)
    gateway.page_to(store)


def test_what_waits_for_us_stands_apart_from_what_waits_for_the_hospital(store: Store) -> None:
    with store:
        filled(
            store,
            letter(gop(1), pathway="P-later"),
            letter(gop(2, dt.date(2026, 2, 1)), pathway="P-first"),
            letter(gop(3, None), pathway="P-no-date"),
            letter(admitted(), pathway="P-in"),
            letter(gop(4), pathway="P-in"),
            letter(gop(5, level_text="specialiseret"), pathway="P-special"),
            letter(gop(6, dt.date(2027, 1, 2), level_text="rehabilitering"), pathway="P-region"),
            letter(gop(7), pathway="P-started"),
            entry(RehabilitationStarted(day=dt.date(2026, 2, 14)), pathway="P-started"),
            letter(gop(8), pathway="P-ended"),
            entry(RehabilitationEnded(day=DAY), pathway="P-ended"),
        )
        assert [(each.pathway_id, each.group) for each in seen(store)] == [
            ("P-first", TO_START),
            ("P-later", TO_START),
            ("P-in", AWAITS_DISCHARGE),
            ("P-no-date", AWAITS_DISCHARGE),
            ("P-special", ELSEWHERE),
            ("P-region", ELSEWHERE),
            ("P-started", STARTED),
            ("P-ended", ENDED),
        ]
        rows = {each.pathway_id: each for each in seen(store)}
        assert rows["P-started"].is_late  # 13 February was the last day
        assert rows["P-special"].needs_transport
        assert not rows["P-region"].needs_transport


def test_a_step_moves_the_row_at_once_for_the_one_who_took_it(store: Store) -> None:
    with store:
        filled(store, letter(gop()))
        store.append(entry(RehabilitationContacted(day=DAY)))
        (mine,), (theirs,) = seen(store, "AHN"), seen(store, "BKR")
        assert (mine.state, mine.contacted, mine.pending) == (CourseState.CONTACTED, DAY, 1)
        assert (theirs.state, theirs.pending) == (CourseState.RECEIVED, 0)


def test_what_was_done_about_transport_and_level_shows(store: Store) -> None:
    with store:
        filled(
            store,
            letter(gop(1, level_text="specialiseret"), pathway="P1"),
            entry(TransportArranged(day=DAY, is_entitled=False), pathway="P1"),
            letter(gop(2), pathway="P2"),
            entry(RehabilitationLevelSet(level=MunicipalLevel.ADVANCED), pathway="P2"),
        )
        rows = {each.pathway_id: each for each in seen(store)}
        assert not rows["P1"].needs_transport
        assert rows["P2"].level is TrainingLevel.ADVANCED


def test_a_row_follows_the_stay_it_is_linked_to(store: Store) -> None:
    """The deadline begins when the linked stay ends, whichever is heard of first."""
    with store:
        gateway = Gateway()
        gateway.accept(
            letter(gop(1, None), pathway="P-gop"),
            letter(admitted(), pathway="P-stay"),
            entry(RehabilitationLinked(admission="P-stay"), pathway="P-gop"),
        )
        gateway.page_to(store)
        (row,) = seen(store)
        assert (row.group, row.admission) == (AWAITS_DISCHARGE, "P-stay")
        told: list[Changes] = []
        store.watch(told.append)
        gateway.accept(letter(discharged(8), pathway="P-stay"))
        gateway.page_to(store)
        # Whoever shows the plan reads it again, though nothing was written in its pathway.
        assert [each.pathways for each in told] == [{"P-stay", "P-gop"}]
        (row,) = seen(store)
        assert (row.group, row.discharge) == (TO_START, dt.date(2026, 2, 8))
        assert row.due is not None
        assert row.due.local.date() == dt.date(2026, 2, 15)
        store.rebuild()
        assert seen(store) == (row,)


@pytest.mark.parametrize(
    ("wanted", "index"),
    [
        (ALL, "_all ("),
        (RehabilitationFilter(through=ENDED, state=CourseState.RECEIVED), "_state ("),
        (RehabilitationFilter(through=ENDED, level=TrainingLevel.GENERAL), "_level ("),
    ],
)
def test_a_page_is_read_out_of_an_index(
    store: Store, wanted: RehabilitationFilter, index: str
) -> None:
    with store:
        filled(store, letter(gop(), received_at=NOW))
        asked: list[tuple[str, object]] = []

        def keep(connection: object, cursor: object, sql: str, given: object, *_: object) -> None:
            asked.append((sql, given))

        event.listen(Engine, "before_cursor_execute", keep)
        store.rehabilitation_rows("AHN", wanted, 0, 50)
        event.remove(Engine, "before_cursor_execute", keep)
        ((sql, given),) = (each for each in asked if "FROM rehabilitation_" in each[0])
        with store._database.engine.connect() as connection:
            plan_of = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", given)  # type: ignore[arg-type]
            steps = [str(step) for step in plan_of.all()]
    assert sum(index in step for step in steps) >= 2, steps
    assert not any("TEMP B-TREE" in step for step in steps), steps
