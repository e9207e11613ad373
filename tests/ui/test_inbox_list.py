"""The inbox list on a real desk: order, words, the place in it, and how little it reads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Office, chosen, lines
from ui.inbox.list import InboxList
from ui.navigation import Place
from ui.window import MainWindow
from ui.workplace import Workplace
from visitator.app.desk import Desk
from visitator.app.views import Box, GroupKind, Row
from visitator.domain.pathway import Pathway
from visitator.store import Store


@pytest.fixture
def inbox(workplace: Workplace) -> InboxList:
    return workplace.list


def names(inbox: InboxList, desk: Desk) -> list[str]:
    return [row.name for row in desk.rows(inbox.box, 0, 1_000)]


@pytest.mark.looks_only
def test_every_row_stands_under_its_heading_and_the_headings_count_them(
    inbox: InboxList, desk: Desk
) -> None:
    said = lines(inbox)
    assert any(line.startswith("Svar senest tirsdag") for line in said)
    for heading, rows in sections(said):
        assert heading.endswith(f", {len(rows)}")
    rows = [row for _, each in sections(said) for row in each]
    assert [row.split(",", 1)[0] for row in rows] == names(inbox, desk)


def sections(said: list[str]) -> list[tuple[str, list[str]]]:
    """The headings, each with its rows; only a row holds a masked CPR number or an owner."""
    found: list[tuple[str, list[str]]] = []
    for line in said:
        if line.rsplit(", ", 1)[-1].isdigit():
            found.append((line, []))
        else:
            found[-1][1].append(line)
    return found


@pytest.mark.looks_only
def test_cpr_numbers_are_masked_in_the_list(inbox: InboxList) -> None:
    said = "\n".join(lines(inbox))
    assert "••••" in said
    assert "251248-9996" not in said
    assert "2512489996" not in said


@pytest.mark.looks_only
def test_deadlines_count_down_without_reading_rows_again(
    inbox: InboxList, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = lines(inbox)
    read = counted(monkeypatch, office.desk, "rows", "inbox", "position", "pathway")
    office.demo.clock.put(office.demo.clock() + dt.timedelta(minutes=8))
    inbox.count_down()
    after = lines(inbox)
    assert any("1 t 18 min" in line for line in before)
    assert not any("1 t 18 min" in line for line in after)
    assert any("1 t 10 min" in line for line in after)
    assert read() == 0


@pytest.mark.looks_only
def test_when_a_deadline_passes_its_row_moves_to_the_overdue(
    inbox: InboxList, office: Office
) -> None:
    late = dt.datetime(2026, 11, 23, 11, 0, 1, tzinfo=office.desk.now().tzinfo)
    before = dict(sections(lines(inbox)))
    office.demo.clock.put(late)
    inbox.count_down()
    after = dict(sections(lines(inbox)))
    overdue = next(len(rows) for text, rows in after.items() if "overskredet" in text)
    assert overdue > next(len(rows) for text, rows in before.items() if "overskredet" in text)


def counted(monkeypatch: pytest.MonkeyPatch, desk: Desk, *calls: str) -> Callable[[], int]:
    """How often the desk has been asked since; the real answers are given."""
    made: list[str] = []
    for name in calls:
        real = getattr(desk, name)

        def ask(*args: object, name: str = name, real: Callable[..., object] = real) -> object:
            made.append(name)
            return real(*args)

        monkeypatch.setattr(desk, name, ask)
    return lambda: len(made)


@pytest.mark.looks_only
def test_the_rows_reach_the_edges_of_the_list(inbox: InboxList) -> None:
    """The chosen row says where the focus is; a frame around the list would cut the headings."""
    inbox.setFocus()
    assert inbox.viewport().pos().toTuple() == (0, 0)


# --- choosing -----------------------------------------------------------------------------------


@pytest.mark.looks_only
def test_j_and_k_go_from_pathway_to_pathway_past_the_headings(
    window: MainWindow, inbox: InboxList, desk: Desk, qtbot: QtBot
) -> None:
    walked = []
    for _ in names(inbox, desk):
        QTest.keyClick(window, Qt.Key.Key_J)
        walked.append(chosen(inbox).split(",", 1)[0])
    assert walked == names(inbox, desk)
    QTest.keyClick(window, Qt.Key.Key_K)
    assert chosen(inbox).startswith(names(inbox, desk)[-2])


@pytest.mark.looks_only
def test_arrows_go_past_the_headings_too(inbox: InboxList, desk: Desk, qtbot: QtBot) -> None:
    inbox.setFocus()
    walked = []
    for _ in names(inbox, desk):
        QTest.keyClick(inbox, Qt.Key.Key_Down)
        walked.append(chosen(inbox).split(",", 1)[0])
    assert walked == names(inbox, desk)


@pytest.mark.looks_only
def test_one_press_opens_the_plan_at_once(
    window: MainWindow, inbox: InboxList, workplace: Workplace, desk: Desk, qtbot: QtBot
) -> None:
    QTest.keyClick(window, Qt.Key.Key_J)
    assert workplace.pathway_id == desk.rows(Box.INBOX, 0, 1)[0].pathway_id


@pytest.mark.looks_only
def test_a_held_key_reads_only_the_plan_it_comes_to_rest_at(
    window: MainWindow,
    inbox: InboxList,
    office: Office,
    workplace: Workplace,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read = counted(monkeypatch, office.desk, "pathway")
    shown: list[str] = []
    inbox.chosen.connect(shown.append)
    for _ in range(6):
        inbox.step(1)
    qtbot.waitUntil(lambda: len(shown) == 2)
    assert read() == 2
    assert workplace.pathway_id == office.desk.rows(Box.INBOX, 5, 1)[0].pathway_id
    inbox.step(1)
    qtbot.waitUntil(lambda: len(shown) == 3)
    assert read() == 3


def test_while_a_key_is_held_no_answer_can_be_given_to_the_plan_left_behind(
    inbox: InboxList, workplace: Workplace, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.inbox.list.REST_MS", 60_000)
    inbox.step(1)
    inbox.step(1)
    workplace.replies.answer("ok")
    assert desk.waiting() == ()


@pytest.mark.looks_only
def test_choosing_the_next_reads_no_row_that_has_been_read(
    inbox: InboxList, office: Office, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    inbox.step(1)
    read = counted(monkeypatch, office.desk, "rows", "inbox", "position", "row", "search")
    for _ in range(5):
        inbox.step(1)
        inbox.repaint()
    assert read() == 0


def test_the_plan_of_the_next_key_has_been_read_when_it_is_pressed(
    window: MainWindow,
    office: Office,
    workplace: Workplace,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read: list[str] = []
    real = Store.pathway

    def reading(store: Store, pathway_id: str, user: str) -> Pathway | None:
        found = real(store, pathway_id, user)
        read.append(pathway_id)
        return found

    monkeypatch.setattr(Store, "pathway", reading)
    monkeypatch.setattr("ui.inbox.list.REST_MS", 0)
    rows = office.desk.rows(Box.INBOX, 0, 4)
    QTest.keyClick(window, Qt.Key.Key_J)
    for row in rows[1:]:
        qtbot.waitUntil(lambda row=row: row.pathway_id in read)  # type: ignore[misc]
        # In the same thread, so that it has been handed over.
        office.desk.search("nobody").result()
        read.clear()
        QTest.keyClick(window, Qt.Key.Key_J)
        assert workplace.pathway_id == row.pathway_id
        assert row.pathway_id not in read


# --- refresh ------------------------------------------------------------------------------------


def test_what_is_chosen_stays_chosen_when_others_are_answered(
    inbox: InboxList, office: Office, qtbot: QtBot
) -> None:
    rows = office.desk.rows(Box.INBOX, 0, 100)
    mine = next(row for row in reversed(rows) if row.group is GroupKind.DUE)
    inbox.resize(inbox.width(), 3 * inbox.rowHeight(1))
    inbox.choose(mine.pathway_id)
    top = inbox.rowViewportPosition(inbox.currentIndex().row())
    answered = next(row for row in rows if row.group is GroupKind.OVERDUE)
    answer_ok(office, answered)
    inbox.refresh()
    assert inbox.current == mine.pathway_id
    assert chosen(inbox).startswith(mine.name)
    assert answered.name not in "".join(lines(inbox))
    assert inbox.rowViewportPosition(inbox.currentIndex().row()) == top


def test_who_has_scrolled_away_is_not_taken_back_when_something_changes(
    workplace: Workplace, inbox: InboxList, office: Office
) -> None:
    workplace.show_target(Box.ALL)
    inbox.step(1)
    bar = inbox.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    before = bar.value()
    row = office.desk.rows(Box.INBOX, 1, 1)[0]
    answer_ok(office, row)
    inbox.refresh()
    assert before > inbox.rowHeight(1)
    assert abs(bar.value() - before) < inbox.rowHeight(1)


def test_after_the_chosen_one_is_answered_the_next_one_is_the_one_that_stood_below(
    inbox: InboxList, office: Office
) -> None:
    rows = office.desk.rows(Box.INBOX, 0, 100)
    at = next(place for place, row in enumerate(rows) if row.group is GroupKind.DUE)
    inbox.choose(rows[at].pathway_id)
    answer_ok(office, rows[at])
    inbox.refresh()
    assert chosen(inbox) == ""
    inbox.step(1)
    assert inbox.current == rows[at + 1].pathway_id


@pytest.mark.looks_only
def test_a_row_that_stands_where_a_heading_stood_is_as_high_as_the_others(
    workplace: Workplace, inbox: InboxList
) -> None:
    for box in Box:
        workplace.show_target(box)
        heights: dict[bool, set[int]] = {True: set(), False: set()}
        for row, line in enumerate(lines(inbox)):
            heights[line.rsplit(", ", 1)[-1].isdigit()].add(inbox.rowHeight(row))
        assert len(heights[True]) <= 1, box
        assert len(heights[False]) <= 1, box
        assert max(heights[True], default=0) < min(heights[False], default=1), box


@pytest.mark.looks_only
def test_looking_at_rows_takes_none_away(inbox: InboxList, office: Office) -> None:
    before = names(inbox, office.desk)
    for _ in before:
        inbox.step(1)
    office.settle()
    inbox.refresh()
    assert names(inbox, office.desk) == before


def answer_ok(office: Office, row: Row) -> None:
    view = office.desk.pathway(row.pathway_id)
    assert view is not None
    office.desk.reply(row.pathway_id, "ok", "", (), view.answering.state_token).result()


# --- filters ------------------------------------------------------------------------------------


@pytest.mark.looks_only
def test_the_filters_show_what_their_counts_say_and_add_up(
    workplace: Workplace, inbox: InboxList, desk: Desk
) -> None:
    counts = desk.inbox(Box.INBOX).counts
    for box in Box:
        workplace.show_target(box)
        assert sum(len(rows) for _, rows in sections(lines(inbox))) == counts[box], box
    parts = (Box.MINE, Box.COLLEAGUES, Box.UNASSIGNED)
    assert sum(counts[box] for box in parts) == counts[Box.INBOX]


@pytest.mark.looks_only
def test_a_filter_keeps_what_was_chosen_where_it_is_there_too(
    workplace: Workplace, inbox: InboxList, desk: Desk
) -> None:
    mine = desk.rows(Box.MINE, 1, 1)[0]
    inbox.choose(mine.pathway_id)
    workplace.show_target(Box.MINE)
    assert chosen(inbox).startswith(mine.name)


def chosen_filter(workplace: Workplace) -> Box:
    return workplace.list.box


@pytest.mark.looks_only
def test_ctrl_and_a_number_go_to_the_places_of_the_navigation(
    window: MainWindow, workplace: Workplace, inbox: InboxList, qtbot: QtBot
) -> None:
    ctrl = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(window, Qt.Key.Key_5, ctrl)
    assert inbox.box is Box.MINE
    QTest.keyClick(window, Qt.Key.Key_2, ctrl)
    assert workplace.admissions.isVisible()
    QTest.keyClick(window, Qt.Key.Key_3, ctrl)
    assert workplace.place == Place.ATTENTION
    QTest.keyClick(window, Qt.Key.Key_0, ctrl)
    assert chosen_filter(workplace) is Box.ALL
    QTest.keyClick(window, Qt.Key.Key_1, ctrl)
    assert inbox.isVisible()
