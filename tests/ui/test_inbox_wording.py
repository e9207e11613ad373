"""What a row and a heading say, for every kind there is."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from ui.inbox import wording
from ui.theme import Tone
from visitator.app.views import Box, Deadline, Flag, Group, GroupKind, Point, Row, RowKind

ZONE = ZoneInfo("Europe/Copenhagen")
NOW = dt.datetime(2026, 11, 23, 9, 42, tzinfo=ZONE)


def at(day: int, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime(2026, 11, day, hour, minute, tzinfo=ZONE)


def row(group: GroupKind = GroupKind.DUE, **fields: Any) -> Row:
    usual: dict[str, Any] = {
        "kind": RowKind.PLAN,
        "name": "Nancy Ann Berggren",
        "cpr_masked": "251248-••••",
        "ward": "Prøvesygehuset, Medicinsk M2",
        "received": at(20, 14, 5),
        "deadline": None,
    }
    return Row(pathway_id="P1", group=group, **(usual | fields))


def fixed(due: dt.datetime, **fields: Any) -> Deadline:
    return Deadline(status="fixed", due=due, **fields)


@pytest.mark.parametrize(
    ("deadline", "text", "tone"),
    [
        (fixed(at(23, 9)), "42 min over", Tone.OVERDUE),
        (fixed(at(23, 11)), "1 t 18 min", Tone.DUE),
        (fixed(at(24, 11)), "ti 11.00", Tone.NEUTRAL),
        (fixed(at(23, 23, 59), is_whole_day=True), "i dag", Tone.DUE),
        (fixed(at(30, 23, 59), is_whole_day=True), "ma 30/11", Tone.NEUTRAL),
        (fixed(at(21, 23, 59), is_whole_day=True), "2 d over", Tone.OVERDUE),
        (Deadline(status="unknown"), "frist ikke oplyst", Tone.NEUTRAL),
    ],
)
def test_the_deadline_leads(deadline: Deadline, text: str, tone: Tone) -> None:
    assert wording.chip(row(deadline=deadline), NOW) == wording.Chip(text, tone)


def test_where_no_deadline_is_set_the_heading_says_so_and_nothing_counts_down() -> None:
    unbound = row(GroupKind.NO_DEADLINE, deadline=Deadline(status="none"))
    assert wording.chip(unbound, NOW) is None
    said = wording.heading(Group(kind=GroupKind.NO_DEADLINE, count=1), NOW)
    assert said == "Skal besvares – uden fast frist"


@pytest.mark.parametrize(
    ("group", "fields", "text"),
    [
        (GroupKind.UNDELIVERED, {}, "Ikke leveret"),
        (GroupKind.NEW_ANSWER, {}, "Nyt svar"),
        (GroupKind.NEW_ANSWER, {"flags": frozenset({Flag.NEW_LETTER})}, "Nyt brev"),
        (GroupKind.AGREED, {}, "Aftalt"),
        (GroupKind.ANSWERED, {}, "Besvaret"),
        (GroupKind.CLOSED, {}, "Afsluttet"),
        (GroupKind.AWAITING, {"hospital_due": at(24, 11)}, "ti 11.00"),
        (GroupKind.AWAITING, {"hospital_due": at(23, 9)}, "42 min over"),
        (GroupKind.COORDINATION, {"awaiting_since": at(20, 10, 2)}, "siden fre 10.02"),
    ],
)
def test_without_a_deadline_of_ours_the_state_leads(
    group: GroupKind, fields: dict[str, Any], text: str
) -> None:
    chip = wording.chip(row(group, **fields), NOW)
    assert chip is not None
    assert chip.text == text


@pytest.mark.parametrize(
    ("group", "text"),
    [
        (Group(kind=GroupKind.OVERDUE, count=1), "Svarfrist overskredet"),
        (
            Group(kind=GroupKind.DUE, count=1, day=NOW.date(), time=dt.time(11)),
            "Svar senest i dag kl. 11.00",
        ),
        (
            Group(kind=GroupKind.DUE, count=1, day=dt.date(2026, 11, 24)),
            "Svar senest tirsdag",
        ),
        (Group(kind=GroupKind.TO_START, count=1), "Genoptræning – opstart senest"),
        (Group(kind=GroupKind.NEW_ANSWER, count=1), "Nyt fra sygehuset"),
    ],
)
def test_headings_say_what_must_be_done_by_when(group: Group, text: str) -> None:
    assert wording.heading(group, NOW) == text


@pytest.mark.parametrize("kind", [kind for kind in GroupKind if kind is not GroupKind.DUE])
def test_every_group_has_a_heading_of_its_own(kind: GroupKind) -> None:
    others = set(GroupKind) - {GroupKind.DUE, kind}
    said = wording.heading(Group(kind=kind, count=1), NOW)
    assert said not in {wording.heading(Group(kind=each, count=1), NOW) for each in others}


def second(**fields: Any) -> str:
    return " · ".join(piece.text for piece in wording.second_line(row(**fields), NOW))


@pytest.mark.parametrize("flag", Flag)
def test_every_flag_is_said(flag: Flag) -> None:
    planned = Point(date=dt.date(2026, 11, 28))
    assert second(flags=frozenset({flag}), planned_discharge=planned) != second(
        planned_discharge=planned
    )


def test_the_second_line() -> None:
    planned = Point(date=dt.date(2026, 11, 24), time=dt.time(11))
    new = frozenset({Flag.NEW_VERSION})
    assert second(planned_discharge=planned, flags=new) == (
        "PFP · ny version · udskrives ti 24/11 kl. 11.00"
    )
    weekend = Point(date=dt.date(2026, 11, 28))
    assert second(planned_discharge=weekend, flags=frozenset({Flag.WEEKEND})) == (
        "PFP · udskrives lø 28/11 (weekend)"
    )
    assert second(kind=RowKind.CORRESPONDENCE, snippet="Sårskift kan") == "KM · «Sårskift kan»"


@pytest.mark.parametrize(
    ("day", "is_expected", "said"),
    [
        (22, False, "udskrevet 22/11"),
        (23, False, "udskrevet i dag"),
        (24, False, "udskrives ti 24/11"),
        (22, True, "ventet udskrevet 22/11"),
        (23, True, "udskrives i dag"),
        (24, True, "udskrives ti 24/11"),
    ],
)
def test_of_a_rehabilitation_plan_the_level_and_the_discharge_are_said(
    day: int, is_expected: bool, said: str
) -> None:
    plan: dict[str, Any] = {"kind": RowKind.REHABILITATION, "level": "almen genoptræning"}
    discharge = {"discharge": dt.date(2026, 11, day), "is_discharge_expected": is_expected}
    assert second(**plan, **discharge) == f"GOP · almen genoptræning · {said}"
    assert second(**plan) == "GOP · almen genoptræning"


def test_what_is_not_known_is_said_not_to_be() -> None:
    said = wording.spoken(row(name="", cpr_masked="", ward="", received=None), NOW)
    assert said == "Navn ikke oplyst, PFP, Ikke tildelt"


@pytest.mark.parametrize("box", Box)
def test_an_empty_list_says_what_will_come_there(box: Box) -> None:
    title, text = wording.empty(box)
    assert title
    assert text.endswith(".")
