"""What happens in other threads arrives in the screen's own, once and in order."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import Future

import pytest
import shiboken6
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Office
from ui.bridge import Bridge
from visitator.app.views import Box, ChangeSet, DraftView, KnownError

pytestmark = pytest.mark.looks_only


@pytest.fixture
def bridge(office: Office, qtbot: QtBot) -> Iterator[Bridge]:
    made = Bridge(office.desk)
    yield made
    made.close()


def failed(fault: Exception) -> Future[None]:
    future: Future[None] = Future()
    future.set_exception(fault)
    return future


def test_a_result_arrives_in_the_thread_of_the_screen(
    bridge: Bridge, office: Office, qtbot: QtBot
) -> None:
    arrived: list[int] = []
    bridge.call(office.desk.search("rollator", 5), lambda _: arrived.append(threading.get_ident()))
    qtbot.waitUntil(lambda: bool(arrived))
    assert arrived == [threading.get_ident()]


def test_a_known_fault_is_told_in_its_own_words(bridge: Bridge, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bridge.failed) as told:
        bridge.call(failed(KnownError("Disken er fuld.")))
    assert told.args == ["Disken er fuld."]
    mine: list[str] = []
    bridge.call(failed(KnownError("Disken er fuld.")), failed=mine.append)
    qtbot.waitUntil(lambda: mine == ["Disken er fuld."])


def test_a_bug_reaches_the_place_for_bugs(bridge: Bridge, qtbot: QtBot) -> None:
    with capture_exceptions() as caught:
        bridge.call(failed(ValueError("bug")))
        qtbot.waitUntil(lambda: bool(caught))
    assert [kind for kind, _, _ in caught] == [ValueError]


def test_a_cancelled_call_tells_nothing(bridge: Bridge, qtbot: QtBot) -> None:
    told: list[object] = []
    cancelled: Future[None] = Future()
    bridge.call(cancelled, told.append, told.append)
    cancelled.cancel()
    after: Future[str] = Future()
    bridge.call(after, told.append)
    after.set_result("after")
    qtbot.waitUntil(lambda: told == ["after"])


def test_after_the_end_nothing_more_is_told(office: Office, qtbot: QtBot) -> None:
    bridge = Bridge(office.desk)
    news: list[ChangeSet] = []
    bridge.changed.connect(news.append)
    other = Bridge(office.desk)
    with qtbot.waitSignal(other.changed):
        office.desk.save_draft(office.first(), DraftView(kind="note", text="Et notat")).result()
        bridge.close()
    other.close()
    assert news == []


def test_what_ends_after_the_window_has_gone_is_no_fault(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    gone = Bridge(office.desk)
    late: Future[int] = Future()
    gone.call(late, lambda _: pytest.fail("nobody is there"))
    gone.close()
    shiboken6.delete(gone)
    late.set_result(1)
    assert caplog.records == []


def test_what_one_command_changes_is_told_with_its_pathway(
    bridge: Bridge, office: Office, qtbot: QtBot
) -> None:
    row = office.desk.rows(Box.ALL, 0, 1)[0]
    news: list[ChangeSet] = []
    bridge.changed.connect(news.append)
    office.desk.assign(row.pathway_id, None if row.owner else office.desk.office().user).result()
    qtbot.waitUntil(lambda: any(row.pathway_id in each.pathways for each in news))
    office.desk.assign(row.pathway_id, row.owner).result()


def test_a_pull_of_much_is_shown_seldom_and_what_a_person_does_in_it_at_once(
    bridge: Bridge, office: Office, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.bridge._CATCHING_UP_MS", 3_600_000)
    office.settle()
    page = frozenset(f"P{number}" for number in range(500))
    news: list[ChangeSet] = []
    bridge.changed.connect(news.append)
    office.desk._tell(ChangeSet(pathways=page))
    office.desk._tell(ChangeSet(pathways=page))
    row = office.desk.rows(Box.ALL, 0, 1)[0]
    office.desk.save_draft(row.pathway_id, DraftView(kind="note", text="Et notat")).result()
    qtbot.waitUntil(lambda: bool(news))
    assert len(news) == 1
    assert news[0].pathways >= page
    assert news[0].drafts
    office.desk._tell(ChangeSet(pathways=page))
    office.desk.drop_draft(row.pathway_id, "note").result()
    qtbot.waitUntil(lambda: len(news) == 2)


def test_a_page_of_much_is_told_when_nothing_else_is(
    bridge: Bridge, office: Office, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.bridge._GATHER_MS", 3_600_000)
    page = frozenset(f"P{number}" for number in range(500))
    with qtbot.waitSignal(bridge.changed) as told:
        office.desk._tell(ChangeSet(pathways=page))
    assert told.args[0].pathways >= page
