"""The machine bites: every mistake of the model, made in the real code, turns it red.

A bad week, in which everything happens that one of the mistakes would get wrong, runs each time.
At night the random days have to find the mistakes by themselves.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from sqlalchemy.exc import IntegrityError

from tests.sync.machine import Day
from tests.sync.mistakes import MISTAKES, Mistake
from tests.sync.network import Fault

RED = (AssertionError, IntegrityError)
ANN, BO = 0, 1


def a_bad_week() -> None:
    """The rules of the machine in an order of our own; the invariants after every one."""
    week = Day()
    week.begin()
    try:
        for _ in _what_happens(week):
            week.everything_holds()
    except BaseException:
        week.close()
        raise
    week.teardown()


def _what_happens(week: Day) -> Iterator[None]:
    note, call, reply = (0, "note", False), (0, "call", False), (0, "reply", False)
    other = (1, "note", False)
    yield week.desk_works_and_syncs(ANN, [note, call, reply])
    yield week.desk_works_and_one_call_fails(BO, [reply, other], Fault.NO_CONNECTION, 0)
    yield week.desk_works_and_one_call_fails(BO, [note], Fault.ONLY_FIRST, 0)
    yield week.desk_works_and_one_call_fails(ANN, [other, note], Fault.LOST_ANSWER, 0)
    yield week.desk_syncs_on_a_bad_network(ANN, [])
    yield week.desk_works_and_one_call_fails(ANN, [other], Fault.TWICE, 0)
    yield week.desk_works_and_one_call_fails(ANN, [note], Fault.NO_CONNECTION, 1)
    yield week.somebody_acts(ANN, [other], (0, "after"))
    yield week.desk_syncs_on_a_bad_network(ANN, [])
    yield week.hospital_writes(0, "letter")
    yield week.hospital_writes(1, "letter")
    yield week.desk_syncs_on_a_bad_network(ANN, [])
    yield week.desk_works_and_the_power_goes(BO, [note, reply], (2, "before"))
    yield week.desk_works_and_syncs(BO, [other])
    yield week.somebody_acts(BO, [note], None)
    yield week.somebody_logs_in((BO, "cy"))
    yield week.desk_works_and_syncs(BO, [other])
    yield week.somebody_logs_in((BO, "bo"))
    yield week.operator_works("backup", ANN)
    yield week.desk_works_and_syncs(ANN, [note, other])
    yield week.operator_works("restore", ANN)
    yield week.desk_works_and_syncs(ANN, [note])
    yield week.desk_works_and_one_call_fails(ANN, [call], Fault.BROKEN, 0)
    yield week.desk_works_and_one_call_fails(BO, [reply], Fault.LATE, 0)
    yield week.time_passes_and_clocks_jump(3600, -119, BO)
    yield week.late_calls_arrive()
    yield week.desk_works_and_syncs(BO, [note])


def test_the_code_as_it_is_gets_through_a_bad_week() -> None:
    a_bad_week()


@pytest.mark.parametrize("mistake", MISTAKES, ids=[mistake.__name__ for mistake in MISTAKES])
def test_a_mistake_does_not_get_through_a_bad_week(
    mistake: Mistake, monkeypatch: pytest.MonkeyPatch
) -> None:
    mistake(monkeypatch)
    with pytest.raises(RED):
        a_bad_week()


@pytest.mark.nightly
@pytest.mark.parametrize("mistake", MISTAKES, ids=[mistake.__name__ for mistake in MISTAKES])
def test_random_days_find_a_mistake(mistake: Mistake, monkeypatch: pytest.MonkeyPatch) -> None:
    """No shrinking: that it is found is enough."""
    mistake(monkeypatch)
    search = settings(
        max_examples=500,
        stateful_step_count=30,
        database=None,
        derandomize=True,
        report_multiple_bugs=False,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    with pytest.raises(RED):
        run_state_machine_as_test(Day, settings=search)
