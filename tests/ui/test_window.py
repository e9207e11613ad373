"""The window: painted first, then opened; what it says of faults; its columns and its status."""

from __future__ import annotations

import datetime as dt
import gc
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QMessageBox,
    QPushButton,
    QSplitter,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.app.keyring import MemoryKeyring
from tests.ui.conftest import Office
from tests.ui.patience import PATIENCE_MS
from ui import theme
from ui.main import Program, See
from ui.state import WindowState
from ui.statusline import standing_text
from ui.window import MainWindow
from ui.workplace import Workplace
from visitator.app.desk import Desk
from visitator.app.opening import Access, usual
from visitator.app.opening import open_desk as open_desk_with
from visitator.app.preferences import Preferences, load_preferences, save_preferences
from visitator.app.settings import Settings, load_settings, save_settings
from visitator.app.views import Box, KnownError, Link, Standing

ZONE = ZoneInfo("Europe/Copenhagen")
NOW = dt.datetime(2026, 11, 23, 10, 5, tzinfo=ZONE)
Opener = Callable[[Callable[[str, float | None], None], See], Desk]


def shown(widget: QWidget) -> str:
    """Every text a person can see in `widget`."""
    texts = widget.findChildren(QLabel) + widget.findChildren(QPushButton)
    return "\n".join(each.text() for each in texts if each.isVisible())


# --- opening ------------------------------------------------------------------------------------


@pytest.fixture
def start(qapp: QApplication, qtbot: QtBot) -> Iterator[Callable[[Opener], Program]]:
    """Starts the program with an opener; it is ended when the test is."""
    programs: list[Program] = []

    def begin(open_desk: Opener, *, is_demo: bool = True) -> Program:
        program = Program(qapp, open_desk, is_demo=is_demo)
        qtbot.addWidget(program.window)
        programs.append(program)
        program.start()
        return program

    yield begin
    for program in programs:
        program.forget()


@pytest.mark.looks_only
def test_the_window_is_painted_before_the_desk_is_asked_for(
    start: Callable[[Opener], Program], office: Office, qtbot: QtBot
) -> None:
    painted = []
    may_go_on = threading.Event()

    def open_desk(progress: Callable[[str, float | None], None], _: See) -> Desk:
        progress("Åbner databasen", 0.5)
        may_go_on.wait(PATIENCE_MS / 1_000)
        return office.desk

    program = start(open_desk)
    painted.append(program.window.isVisible())
    qtbot.waitUntil(lambda: "Åbner databasen" in shown(program.window))
    assert program.window.workplace is None
    may_go_on.set()
    qtbot.waitUntil(lambda: program.window.workplace is not None)
    assert painted == [True]


@pytest.mark.looks_only
@pytest.mark.parametrize("is_well", [True, False])
def test_nothing_is_collected_while_the_desk_is_opened_and_what_it_made_is_left_out_after(
    start: Callable[[Opener], Program], office: Office, qtbot: QtBot, is_well: bool
) -> None:
    collects: list[bool] = []

    def open_desk(_progress: Callable[[str, float | None], None], _: See) -> Desk:
        collects.append(gc.isenabled())
        if not is_well:
            raise KnownError("Intet er ændret.")
        return office.desk

    gc.unfreeze()
    program = start(open_desk)
    wanted = "Alle forløb" if is_well else "Intet er ændret."
    qtbot.waitUntil(lambda: wanted in everything(program.window))
    qtbot.waitUntil(gc.isenabled)
    assert collects == [False]
    assert gc.get_freeze_count() > 0


def everything(window: MainWindow) -> str:
    """What can be seen, in the navigation, too."""
    buttons = window.findChildren(QAbstractButton)
    return shown(window) + "\n".join(each.text() for each in buttons if each.isVisible())


@pytest.mark.looks_only
def test_a_known_fault_is_a_calm_page_and_can_be_tried_again(
    start: Callable[[Opener], Program], office: Office, qtbot: QtBot
) -> None:
    tries = []

    def open_desk(_progress: Callable[[str, float | None], None], _: See) -> Desk:
        tries.append(1)
        if len(tries) == 1:
            raise KnownError("Nøglen kunne ikke hentes. Intet er ændret. Lås nøgleringen op.")
        return office.desk

    program = start(open_desk)
    qtbot.waitUntil(lambda: "Lås nøgleringen op." in shown(program.window))
    again = next(
        each for each in program.window.findChildren(QPushButton) if each.text() == "Prøv igen"
    )
    assert again.isVisible()
    QTest.mouseClick(again, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: program.window.workplace is not None)


@pytest.mark.parametrize("answer", ["Annuller", "Læg til side"])
def test_a_database_that_cannot_be_opened_is_put_aside_when_one_says_so(
    answer: str, start: Callable[..., Program], office: Office, tmp_path: Path, qtbot: QtBot
) -> None:
    database = tmp_path / "visitator.db"
    database.write_bytes(b"not a database" * 1_000)
    save_settings(Settings(database=str(database)))
    save_preferences(Preferences(first_run_done=True))
    keyring = MemoryKeyring(bytes(32))

    def open_desk(progress: Callable[[str, float | None], None], _: See) -> Desk:
        demo = office.demo
        access = Access(address=demo.address, token=demo.token, user=demo.user, device=demo.device)
        opening = usual(load_settings(), load_preferences(), lambda: access, backend=keyring)
        return open_desk_with(opening, progress)

    program = start(open_desk, is_demo=False)
    qtbot.waitUntil(lambda: "læg databasen til side" in shown(program.window))
    aside = next(
        each
        for each in program.window.findChildren(QPushButton)
        if each.text() == "Læg databasen til side …"
    )
    answer_box(answer)
    QTest.mouseClick(aside, Qt.MouseButton.LeftButton)
    kept = [each.read_bytes()[:14] for each in tmp_path.glob("visitator.db*lagt-til-side*")]
    if answer == "Annuller":
        assert kept == []
        assert database.read_bytes().startswith(b"not a database")
        return
    assert kept == [b"not a database"]
    qtbot.waitUntil(lambda: program.window.workplace is not None)
    desk = program.forget()
    assert desk is not None
    qtbot.waitUntil(lambda: bool(desk.rows(Box.INBOX, 0, 1)))
    program.window.leave()
    desk.close(wait=0)


def answer_box(text: str) -> None:
    """Press a button of the question that comes next."""

    def look() -> None:
        box = QApplication.activeModalWidget()
        if not isinstance(box, QMessageBox):
            QTimer.singleShot(5, look)
            return
        next(each for each in box.buttons() if each.text() == text).click()

    QTimer.singleShot(0, look)


@pytest.mark.looks_only
def test_a_bug_at_the_opening_says_nothing_of_what_it_was_handling(
    start: Callable[[Opener], Program],
    office: Office,
    qtbot: QtBot,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def open_desk(_progress: Callable[[str, float | None], None], _: See) -> Desk:
        raise ValueError("Nancy Ann Berggren 251248-9996")

    program = start(open_desk)
    qtbot.waitUntil(lambda: "uventet fejl" in shown(program.window))
    for text in (shown(program.window), caplog.text):
        assert "Nancy" not in text
        assert "251248" not in text
    assert "ValueError" in caplog.text


# --- columns ------------------------------------------------------------------------------------


def stand_side_by_side(window: MainWindow, *columns: QWidget) -> bool:
    """Whether the columns stand in this order within the window, none over another."""
    edges = [0]
    for each in columns:
        left = each.mapTo(window, each.rect().topLeft()).x()
        edges += [left, left + each.width()]
    return [*edges, window.width()] == sorted([*edges, window.width()])


@pytest.mark.looks_only
def test_the_pathway_column_folds_where_there_is_no_room_and_can_be_brought_back(
    window: MainWindow, workplace: Workplace, qtbot: QtBot
) -> None:
    assert workplace.side.isVisible()
    assert not window.top.pathway.isVisible()
    window.resize(*theme.SMALLEST)
    qtbot.waitUntil(lambda: not workplace.side.isVisible())
    assert window.top.pathway.isVisible()
    QTest.keyClick(window, Qt.Key.Key_F)
    assert workplace.side.isVisible()
    assert window.top.pathway.isChecked()
    assert workplace.width() == window.width() == theme.SMALLEST[0]
    qtbot.waitUntil(
        lambda: stand_side_by_side(window, workplace.list, workplace.plan, workplace.side)
    )
    window.resize(*theme.USUAL)
    qtbot.waitUntil(lambda: not window.top.pathway.isVisible())
    assert workplace.side.isVisible()


@pytest.mark.looks_only
def test_nothing_in_the_bars_is_clipped_at_the_smallest_size(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.resize(*theme.SMALLEST)
    qtbot.waitUntil(lambda: window.width() == theme.SMALLEST[0])
    for bar in (window.top, window.status):
        for label in bar.findChildren(QLabel):
            if label.isVisible() and label.text():
                assert label.width() >= label.minimumSizeHint().width(), label.text()
                right = label.mapTo(bar, label.rect().topRight()).x()
                assert right < bar.width(), label.text()


@pytest.mark.looks_only
def test_the_columns_are_remembered_and_nothing_about_anybody(
    window: MainWindow, workplace: Workplace, office: Office, qtbot: QtBot, tmp_path: Path
) -> None:
    workplace.list.step(1)
    columns = next(each for each in workplace.findChildren(QSplitter) if each.count() == 3)
    columns.setSizes([460, 560, 260])
    width = workplace.list.width()
    window.close()
    again = MainWindow(WindowState())
    qtbot.addWidget(again)
    again.resize(*theme.USUAL)
    again.show()
    again.open(office.desk)
    assert again.workplace is not None
    assert again.workplace.list.width() == width
    kept = "".join(file.read_text("utf-8") for file in tmp_path.rglob("*.ini"))
    assert "columns" in kept
    for row in office.desk.rows(Box.ALL, 0, 100):
        assert not row.name or row.name not in kept
        assert row.pathway_id not in kept


@pytest.mark.looks_only
def test_the_title_of_the_window_names_nobody(window: MainWindow, workplace: Workplace) -> None:
    workplace.list.step(1)
    assert window.windowTitle() == "Visitator – demo"


@pytest.mark.looks_only
def test_another_theme_takes_effect_on_what_is_shown(
    window: MainWindow, qapp: QApplication, qtbot: QtBot
) -> None:
    def ground() -> int:
        return window.grab().toImage().pixelColor(theme.USUAL[0] // 2, 300).lightness()

    light = ground()
    theme.apply(qapp, theme.Choice.DARK)
    assert ground() < 60 < 200 < light


# --- counts and status --------------------------------------------------------------------------


def test_an_answer_moves_its_row_and_the_counts_follow(
    window: MainWindow, workplace: Workplace, office: Office, qtbot: QtBot
) -> None:
    before = office.desk.inbox(Box.INBOX).counts
    row = office.desk.rows(Box.INBOX, 1, 1)[0]
    workplace.list.choose(row.pathway_id)
    view = office.desk.pathway(row.pathway_id)
    assert view is not None
    office.desk.reply(row.pathway_id, "ok", "", (), view.answering.state_token).result()
    qtbot.waitUntil(lambda: "1 i udbakken" in shown(window.status))
    after = office.desk.inbox(Box.INBOX).counts
    assert after[Box.INBOX] == before[Box.INBOX] - 1
    assert after[Box.AGREED] == before[Box.AGREED] + 1
    assert workplace.pathway_id == row.pathway_id


@pytest.mark.looks_only
def test_the_status_line_says_what_is_due_next(window: MainWindow) -> None:
    said = shown(window.status)
    # The report of one who was admitted at night (rule B) is due before any answer.
    assert "Næste frist: kl. 10.00 (18 min)" in said
    assert "Krypteret lokalt" in said
    assert "0 i udbakken" in said


@pytest.mark.parametrize(
    ("standing", "text"),
    [
        (Standing(link=Link.SYNCHRONISED, since=NOW), "Synkroniseret kl. 10.05"),
        (Standing(link=Link.WORKING, since=NOW), "Synkroniseret kl. 10.05"),
        (Standing(link=Link.WORKING), "Henter og sender …"),
        (Standing(link=Link.WORKING, progress=0.42), "Henter … 42 %"),
        (
            Standing(link=Link.OFFLINE, since=NOW),
            "Ingen forbindelse siden kl. 10.05 – svar gemmes og sendes, når den er tilbage",
        ),
        (Standing(link=Link.REFUSED, reason="Log ind igen."), "Adgang afvist: Log ind igen."),
        (Standing(link=Link.PAUSED), "Synkronisering er sat på pause"),
    ],
)
def test_how_the_workstation_stands_in_words(standing: Standing, text: str) -> None:
    assert standing_text(standing, NOW) == text


@pytest.mark.parametrize("link", Link)
def test_every_standing_has_its_words(link: Link) -> None:
    assert standing_text(Standing(link=link), NOW)


@pytest.mark.looks_only
def test_nothing_is_offered_before_a_pathway_is_chosen(
    window: MainWindow, workplace: Workplace
) -> None:
    assert workplace.view is None
    assert "Ingen meddelelse er valgt" in workplace.plan.page.toPlainText()
    for answer in ("Send igen", "Jeg har ringet i stedet …", "OK med kommentar …"):
        assert answer not in shown(window)
