"""Pop-ups: once for each thing, in numbers only, and none when it is to be quiet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import msgspec
import pytest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from tests.app.town import Seat, Town
from tests.gateway.mailbox import admission
from tests.ui.conftest import Office
from tests.ui.screen import Screen
from ui.message import MessageLine
from ui.notify import Notifier
from ui.window import MainWindow
from visitator.app.preferences import Preferences
from visitator.app.views import Box, GroupKind, Row, RowKind
from visitator.domain.terms import Role


@pytest.fixture
def said(qtbot: QtBot) -> list[str]:
    return []


@pytest.fixture
def notifier(office: Office, said: list[str]) -> Notifier:
    """On a screen without a tray, so that what it would pop up is told in the window."""
    made = Notifier()
    made.said.connect(said.append)
    made.begin(office.desk.now())
    return made


def plan(office: Office, minutes: float = 1) -> Row:
    """A plan to be answered, as if it came so many minutes after the window was opened."""
    rows = office.desk.rows(Box.INBOX, 0, 100)
    row = next(each for each in rows if each.group is GroupKind.DUE)
    return msgspec.structs.replace(
        row, received=office.desk.now() + dt.timedelta(minutes=minutes), version=7
    )


def plans(office: Office) -> set[tuple[str, int]]:
    return {(row.pathway_id, row.version) for row in office.desk.rows(Box.ALL, 0, 1_000)}


@pytest.mark.looks_only
def test_a_new_plan_is_told_once_and_names_nobody(
    notifier: Notifier, office: Office, said: list[str]
) -> None:
    row = plan(office)
    notifier.notice([row])
    notifier.notice([row])
    assert said == ["1 ny plan er kommet i indbakken."]
    assert row.name.split()[-1] not in said[0]


@pytest.mark.looks_only
def test_a_rehabilitation_plan_of_the_same_citizen_is_a_new_plan_too(
    notifier: Notifier, office: Office, said: list[str]
) -> None:
    row = plan(office)
    notifier.notice([row])
    training = msgspec.structs.replace(row, kind=RowKind.REHABILITATION, group=GroupKind.TO_START)
    notifier.notice([training])
    assert len(said) == 2


@pytest.mark.looks_only
def test_what_was_there_already_is_no_news(
    notifier: Notifier, office: Office, said: list[str]
) -> None:
    notifier.notice(office.desk.rows(Box.ALL, 0, 100))
    notifier.notice([plan(office, minutes=-1)])
    assert said == []


@pytest.mark.looks_only
def test_an_answer_taken_back_makes_no_new_plan(
    notifier: Notifier, office: Office, said: list[str]
) -> None:
    row = plan(office)
    notifier.notice([msgspec.structs.replace(row, group=GroupKind.AGREED)])
    notifier.notice([row])
    assert said == []


@pytest.mark.looks_only
def test_a_deadline_is_told_when_it_is_within_the_hour_and_once(
    notifier: Notifier, office: Office, said: list[str]
) -> None:
    inbox = office.desk.inbox(Box.INBOX)
    notifier.warn(inbox, office.desk.now())
    assert said == []
    within = office.desk.now() + dt.timedelta(minutes=20)
    notifier.warn(inbox, within)
    notifier.warn(inbox, within + dt.timedelta(minutes=5))
    assert said == ["4 planer skal besvares i dag; den første senest kl. 11.00."]


@pytest.mark.looks_only
def test_a_report_is_told_of_when_its_deadline_is_within_the_hour_and_once(
    notifier: Notifier, office: Office, said: list[str]
) -> None:
    found, now = office.desk.admissions, office.desk.now()
    notifier.warn_of_reports(found, now - dt.timedelta(hours=1))
    assert said == []
    notifier.warn_of_reports(found, now)
    notifier.warn_of_reports(found, now + dt.timedelta(minutes=5))
    assert said == ["2 indlæggelsesrapporter har frist kl. 10.00."]


@pytest.mark.parametrize(
    ("role", "told"),
    [(Role.VISITATOR, "1 indlæggelsesrapport har frist kl. 17.00."), (Role.CARE_STAFF, "")],
)
def test_the_window_tells_those_who_write_it_of_a_report_that_is_due(
    town: Town, show: Callable[[Seat], Screen], role: Role, told: str
) -> None:
    seat = town.seat("PLE", role=role)
    seat.until(lambda: seat.desk.office().role)
    seat.has(town.sends(admission()))
    town.later(hours=7, minutes=30)
    assert show(seat).window.message.text == told


@pytest.mark.looks_only
def test_one_who_goes_on_from_another_tells_only_what_that_one_had_not(
    notifier: Notifier, office: Office, said: list[str]
) -> None:
    inbox, now = office.desk.inbox(Box.INBOX), office.desk.now()
    within = now + dt.timedelta(minutes=20)
    notifier.warn(inbox, within)
    notifier.warn_of_reports(office.desk.admissions, now)
    notifier.notice([plan(office)])
    assert len(said) == 3

    after = Notifier()
    after.said.connect(said.append)
    after.go_on(notifier)
    after.begin(within)
    after.warn(inbox, within)
    after.warn_of_reports(office.desk.admissions, now)
    after.notice([plan(office)])
    assert len(said) == 3

    after.notice([msgspec.structs.replace(plan(office), version=8)])
    assert said[3:] == ["1 ny plan er kommet i indbakken."]


@pytest.mark.looks_only
def test_nothing_pops_up_when_it_is_quiet(
    notifier: Notifier, office: Office, said: list[str]
) -> None:
    notifier.quiet = True
    notifier.notice([plan(office)])
    notifier.warn(office.desk.inbox(Box.INBOX), office.desk.now() + dt.timedelta(minutes=20))
    notifier.warn_of_reports(office.desk.admissions, office.desk.now())
    assert said == []


def test_news_waits_until_what_was_told_has_been_read(qtbot: QtBot) -> None:
    line = MessageLine()
    qtbot.addWidget(line)
    line.tell("Det er fortrudt og ikke sendt.")
    line.mention("1 ny plan er kommet i indbakken.")
    assert line.text == "Det er fortrudt og ikke sendt."

    read(line)
    assert line.text == "1 ny plan er kommet i indbakken."
    assert not line.isHidden()
    read(line)
    assert line.isHidden()


def read(line: MessageLine) -> None:
    """Close what is told."""
    close = line.findChild(QToolButton)
    assert close is not None
    close.click()


def test_a_plan_that_comes_is_told_in_the_window(
    window: MainWindow, office: Office, qtbot: QtBot
) -> None:
    assert window.message.text == "2 indlæggelsesrapporter har frist kl. 10.00."
    read(window.message)
    office.later(minutes=2)
    office.desk.retry_now()
    qtbot.waitUntil(lambda: "ny plan er kommet" in window.message.text)


def test_a_quiet_window_tells_of_no_plan(window: MainWindow, office: Office, qtbot: QtBot) -> None:
    window.attend(Preferences(quiet=True))
    before = plans(office)
    office.later(minutes=2)
    office.desk.retry_now()
    qtbot.waitUntil(lambda: plans(office) != before)
    assert "ny plan" not in window.message.text
