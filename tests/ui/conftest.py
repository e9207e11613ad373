"""The real window on a real desk: the demo's own gateway, hospital and colleagues, without a clock.

The demo's time stands still, so that a test decides when something happens (`Office.later`).
Whatever Qt warns about fails the test.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.app.town import Seat, Town, town_in
from tests.ui.patience import PATIENCE_MS, patient
from tests.ui.screen import Screen
from ui import theme, translation
from ui.inbox.list import RowView
from ui.state import WindowState
from ui.window import MainWindow
from ui.workplace import Workplace
from visitator.app.desk import Desk
from visitator.app.opening import Access, Opening, open_desk
from visitator.app.preferences import Preferences
from visitator.app.settings import Settings
from visitator.app.views import Box, Link
from visitator.demo.live import LiveDemo
from visitator.resources import load_agreement
from visitator.store.keys import new_demo_key

MONDAY = dt.date(2026, 11, 23)


def pytest_configure(config: pytest.Config) -> None:
    """Make the mark known."""
    config.addinivalue_line(
        "markers", "looks_only: leaves the municipality as it was, so that others may use it too"
    )
    config.addinivalue_line("markers", "pages: lays out the pages of notes, which takes seconds")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let a warning from Qt fail every test of this folder."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.qt_log_level_fail("WARNING"))
            # Only the invisible screen of the tests says it: of a window's least size, of a menu.
            not_there = ("propagateSizeHints", r"raise\(\)", "grabbing the keyboard")
            item.add_marker(pytest.mark.qt_log_ignore(*not_there))


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """As the program makes its own."""
    return ["visitator", "-style", theme.STYLE]


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """The user of every window here."""
    return patient(request)


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what a test remembers out of the user's own files, and the other way round."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    QSettings.setPath(
        QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path / "sizes")
    )


@pytest.fixture(autouse=True)
def light(qapp: QApplication) -> None:
    """Every test begins in the light theme, in Danish."""
    theme.apply(qapp, theme.Choice.LIGHT)


@pytest.fixture
def english(qapp: QApplication) -> Iterator[None]:
    """The program speaks English."""
    installed = translation.install(qapp, "en")
    yield
    translation.remove(qapp, installed)


class Office:
    """A municipality one morning, and the desk of the one who sits at the screen."""

    def __init__(self) -> None:
        self.demo = LiveDemo(load_agreement("region-sjaelland-2025-11"), MONDAY)
        self.opens = self.demo.clock()
        """When the morning begins: 09.42."""
        self.desk = open_office(self.demo)
        self.settle()

    def settle(self) -> None:
        """Wait until the desk has fetched and sent everything there is."""
        until = time.monotonic() + PATIENCE_MS / 1_000
        while self.desk.standing().link is not Link.SYNCHRONISED:
            assert time.monotonic() < until, self.desk.standing()
            QTest.qWait(10)

    def close(self) -> None:
        """Close the desk, and delete the town."""
        self.desk.close(wait=0)
        self.demo.close()

    def later(self, **span: float) -> None:
        """Let time pass (as `timedelta` has it), and do what the town does in it."""
        self.demo.clock.put(self.demo.clock() + dt.timedelta(**span))
        self.demo.step()

    def first(self, box: Box = Box.INBOX) -> str:
        """The pathway that stands first under a filter."""
        return self.desk.rows(box, 0, 1)[0].pathway_id


def open_office(demo: LiveDemo, path: Path | None = None) -> Desk:
    """A desk of the one who sits at the screen; `path` for another database than the usual."""

    def connect() -> Access:
        return Access(
            address=demo.address,
            token=demo.token,
            user=demo.user,
            device=demo.device,
            is_demo=True,
        )

    opening = Opening(
        settings=Settings(agreement=demo.agreement.id, municipality="Lyngtoft Kommune"),
        preferences=Preferences(name="Anne Holm", title="visitator", telephone="58 57 00 00"),
        path=path or demo.folder / "arbejdsplads.db",
        key=new_demo_key,
        connect=connect,
        clock=demo.clock,
        throw_away=True,
    )
    return open_desk(opening, lambda _step, _part: None)


@pytest.fixture(scope="session")
def _shared(qapp: QApplication) -> Iterator[Office]:
    office = Office()
    yield office
    office.close()


@pytest.fixture
def office(request: pytest.FixtureRequest) -> Iterator[Office]:
    """A morning at 09.42, with everything fetched; the same one for tests that only look."""
    if request.node.get_closest_marker("looks_only"):
        shared: Office = request.getfixturevalue("_shared")
        shared.demo.clock.put(shared.opens)
        yield shared
        return
    office = Office()
    yield office
    office.close()


@pytest.fixture
def desk(office: Office) -> Desk:
    """The desk of that office."""
    return office.desk


@pytest.fixture
def window(office: Office, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> MainWindow:
    """The window on that desk, as a person first sees it; at the end what waits may be sent."""
    monkeypatch.setattr("ui.closing.may_close", lambda *_: True)
    shown = MainWindow(WindowState(), is_demo=True)
    qtbot.addWidget(shown)
    shown.resize(*theme.USUAL)
    shown.show()
    shown.open(office.desk)
    qtbot.waitExposed(shown)
    return shown


@pytest.fixture
def workplace(window: MainWindow) -> Workplace:
    """The inside of that window."""
    assert window.workplace is not None
    return window.workplace


# --- a desk of a town, for what is done at the screen -------------------------------------------


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    """A gateway and a hospital whose time stands still."""
    with town_in(tmp_path) as town:
        yield town


@pytest.fixture
def show(town: Town, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Callable[[Seat], Screen]:
    """Puts a window on a desk; a plan that has come up has been read."""
    monkeypatch.setattr("ui.closing.may_close", lambda *_: True)
    monkeypatch.setattr("ui.reply.controller.JUST_CAME_MS", 0)

    def open_window(seat: Seat) -> Screen:
        shown = MainWindow(WindowState())
        qtbot.addWidget(shown)
        shown.resize(*theme.USUAL)
        shown.show()
        shown.open(seat.desk)
        qtbot.waitExposed(shown)
        return Screen(town, seat, shown, qtbot)

    return open_window


@pytest.fixture
def screen(town: Town, show: Callable[[Seat], Screen]) -> Screen:
    """The window of Anne Holm (AHN)."""
    return show(town.seat())


def lines(rows: RowView) -> list[str]:
    """What a list says, headings and rows, as those hear it who do not see it."""
    model = rows.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def chosen(rows: RowView) -> str:
    """What the chosen row says; empty when none is."""
    index = rows.currentIndex()
    return str(index.data()) if index.isValid() else ""
