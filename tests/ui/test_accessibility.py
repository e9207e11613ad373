"""Every control of every screen: it has a name, a key reaches it, and its text can be read."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Office
from tests.ui.screens import place_of, screens
from ui import theme, translation
from ui.elided import ElidedLabel
from ui.inbox.list import RowView
from ui.theme import READABLE, Choice, contrast

CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
)
WRITTEN = {"Ingen", "Årsag til indlæggelse", "Visitationen"}
"""The demo's hospital and the agreement have written this; it only looks like our own words."""
LINKS = 100
"""More than any page has."""
LARGE = 1.5
"""150 %."""
DOTS = 96
"""In an inch, at 100 %."""
AIR = theme.SPACE * 2
"""Between a button and the edge of the column it stands in, at least (px)."""

pytestmark = pytest.mark.looks_only


def controls(window: QWidget) -> Iterator[QWidget]:
    """What can be pressed, chosen in or written in; the parts such a control is made of not."""
    for widget in window.findChildren(QWidget):
        if not isinstance(widget, CONTROLS) or not widget.isVisible():
            continue
        if any(isinstance(each, CONTROLS) for each in above(widget, window)):
            continue
        yield widget


def above(widget: QWidget, window: QWidget) -> Iterator[QWidget]:
    """What a widget is a part of, up to the window."""
    around = widget.parentWidget()
    while around is not None and around is not window:
        yield around
        around = around.parentWidget()


@pytest.fixture(params=translation.LANGUAGES)
def language(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    installed = translation.install(qapp, request.param)
    yield request.param
    translation.remove(qapp, installed)


# --- names and keys -----------------------------------------------------------------------------


def test_every_control_has_a_name(office: Office, qtbot: QtBot) -> None:
    nameless = [
        f"{screen}: {place_of(widget, window)}"
        for screen, window in screens(office, qtbot)
        for widget in controls(window)
        if not widget.accessibleName()
        or not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
    ]
    assert nameless == []


def test_a_key_reaches_every_control(office: Office, qtbot: QtBot) -> None:
    unreached = []
    for screen, window in screens(office, qtbot):
        wanted = [each for each in controls(window) if each.isEnabled() and not covered(each)]
        reached = tabbed_through(window)
        unreached += [
            f"{screen}: {place_of(each, window)}"
            for each in wanted
            if each not in reached and not is_reached_by_arrows(each, reached)
        ]
    assert unreached == []


def covered(widget: QWidget) -> bool:
    """Whether something else lies over the middle of a widget."""
    window = widget.window()
    top = window.childAt(widget.mapTo(window, widget.rect().center()))
    return top is not None and top is not widget and not widget.isAncestorOf(top)


def tabbed_through(window: QWidget) -> set[QWidget]:
    """Everything Tab comes to, from where the focus is round to there again."""
    reached: set[QWidget] = set()
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window.window())
    focused, stayed = QApplication.focusWidget(), 0
    # A page with links keeps the focus while Tab goes through them.
    while focused not in reached or stayed < LINKS:
        assert focused is not None
        reached.add(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        stayed = stayed + 1 if now is focused else 0
        if now is not focused and now in reached:
            break
        focused = now
    return reached


def is_reached_by_arrows(widget: QWidget, reached: set[QWidget]) -> bool:
    """One of a group of which the arrows choose another."""
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    if group is None or not group.exclusive():
        return False
    return any(button in reached for button in group.buttons())


# --- colours ------------------------------------------------------------------------------------


@pytest.mark.parametrize("choice", [Choice.LIGHT, Choice.DARK], ids=lambda choice: choice.value)
def test_what_is_painted_can_be_read(
    choice: Choice, office: Office, qtbot: QtBot, qapp: QApplication
) -> None:
    theme.apply(qapp, choice)
    faint = []
    for screen, window in screens(office, qtbot):
        picture = window.grab().toImage()
        for widget in window.findChildren(QWidget):
            if not says_something(widget) or not widget.isEnabled() or covered(widget):
                continue
            seen = painted(widget, window)
            if seen.isEmpty():
                continue
            found = best_contrast(picture, seen)
            if found < READABLE:
                faint.append(f"{screen}: {place_of(widget, window)}: {found:.1f}")
    assert faint == []


def says_something(widget: QWidget) -> bool:
    if not isinstance(widget, QLabel | QAbstractButton) or not widget.isVisible():
        return False
    return bool(widget.text().strip())


def painted(widget: QWidget, window: QWidget) -> QRect:
    """The part of a widget that is not scrolled out of sight."""
    seen = widget.visibleRegion().boundingRect()
    return QRect(widget.mapTo(window, QPoint(0, 0)) + seen.topLeft(), seen.size())


def best_contrast(picture: QImage, area: QRect) -> float:
    """Between the ground, the commonest colour, and the colour farthest from it: the ink."""
    scale = picture.devicePixelRatio()
    counts: dict[int, int] = {}
    for y in range(int(area.top() * scale), int(area.bottom() * scale)):
        for x in range(int(area.left() * scale), int(area.right() * scale)):
            pixel = picture.pixel(x, y)
            counts[pixel] = counts.get(pixel, 0) + 1
    ground = QColor(max(counts, key=lambda pixel: counts[pixel])).name()
    return max(contrast(QColor(pixel).name(), ground) for pixel in counts)


# --- language -----------------------------------------------------------------------------------


@pytest.mark.usefixtures("english")
def test_nothing_the_program_says_stays_danish_in_english(
    office: Office, qtbot: QtBot, root: Path
) -> None:
    """What agreements and hospitals have written does."""
    texts = translation.read_texts(root / "resources" / "i18n" / "en.ts")
    danish = {source for (_, source), text in texts.items() if text != source} - WRITTEN
    left = {
        f"{screen}: {place_of(widget, window)}: {text}"
        for screen, window in screens(office, qtbot)
        for widget in window.findChildren(QWidget)
        if widget.isVisible()
        for text in heard_and_seen(widget)
        if danish & set(text.split(" · "))
    }
    assert left == set()


def heard_and_seen(widget: QWidget) -> Iterator[str]:
    yield from (widget.accessibleName(), widget.accessibleDescription(), widget.toolTip())
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    if isinstance(widget, QLineEdit | QPlainTextEdit | QTextEdit):
        yield widget.placeholderText()
    if isinstance(widget, QTextEdit):
        yield from widget.toPlainText().splitlines()


# --- room ---------------------------------------------------------------------------------------


def test_no_text_is_clipped_and_no_button_touches_an_edge(
    language: str, office: Office, qtbot: QtBot, qapp: QApplication
) -> None:
    screen = qapp.primaryScreen()
    large, room = screen.logicalDotsPerInch() / DOTS, screen.availableSize().toTuple()
    width, height = (
        max(usual, min(int(large * usual), there))
        for usual, there in zip(theme.USUAL, room, strict=True)
    )
    clipped = [
        f"{language}, {screen}: {place_of(widget, window)}: {why}"
        for screen, window in screens(office, qtbot, (width, height))
        for widget in window.findChildren(QWidget)
        if (says_something(widget) or is_list(widget))
        and (why := is_clipped(widget) or touches_edge(widget))
    ]
    assert clipped == []


def is_list(widget: QWidget) -> bool:
    """Whether it draws rows by itself, as wide as it is."""
    return isinstance(widget, RowView) and widget.isVisible()


def is_clipped(widget: QWidget) -> str:
    """What of its text does not fit, in words; empty when all does."""
    for around in above(widget, widget.window()):
        if isinstance(around.parentWidget(), QAbstractScrollArea):
            break
        corner = widget.mapTo(around, QPoint(0, 0))
        if not around.rect().contains(QRect(corner, widget.size())):
            return f"not within {type(around).__name__}"
    if isinstance(widget, RowView):
        return ""
    if isinstance(widget, ElidedLabel):
        # It ends in an ellipsis and says the whole at the mouse.
        return "" if widget.toolTip() or widget.sizeHint().width() <= widget.width() else "no tip"
    if isinstance(widget, QLabel) and widget.wordWrap():
        needed = widget.heightForWidth(widget.width())
        return f"{needed} high in {widget.height()}" if needed > widget.height() else ""
    hint = widget.minimumSizeHint() if isinstance(widget, QAbstractButton) else widget.sizeHint()
    if hint.width() > widget.width():
        return f"{hint.width()} wide in {widget.width()}"
    return f"{hint.height()} high in {widget.height()}" if hint.height() > widget.height() else ""


def touches_edge(widget: QWidget) -> str:
    """At which side a button comes too near to the edge of its column, in words; else empty."""
    if not isinstance(widget, QPushButton) or widget.property("kind") == "link":
        return ""
    column = next(each for each in lineage(widget) if is_column(each))
    left = widget.mapTo(column, QPoint(0, 0)).x()
    right = column.width() - left - widget.width()
    return f"{left} px from the left edge, {right} from the right" if min(left, right) < AIR else ""


def lineage(widget: QWidget) -> Iterator[QWidget]:
    """A widget and what it is a part of, the window last."""
    yield from (widget, *above(widget, widget.window()), widget.window())


def is_column(widget: QWidget) -> bool:
    """Whether it ends at an edge a person sees."""
    return widget.isWindow() or isinstance(widget.parentWidget(), QSplitter)


@pytest.mark.parametrize("size", [(2560, 1440), theme.USUAL], ids=["roomy", "usual"])
def test_no_text_is_clipped_at_150_per_cent(
    size: tuple[int, int], root: Path, tmp_path: Path
) -> None:
    """The same with text half as large again, in a window that is so, too, and in one that is not.

    Qt asks how large text is only when it starts.
    """
    if "configfile" in os.environ.get("QT_QPA_PLATFORM", ""):
        pytest.skip("this is that run")
    dots = int(DOTS * LARGE)
    screen = {"name": "large", "width": size[0], "height": size[1], "logicalDpi": dots}
    file = tmp_path / "screen.json"
    file.write_text(json.dumps({"screens": [{**screen, "logicalBaseDpi": dots}]}))
    run = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-vv", "-p", "no:cacheprovider"),
            f"{Path(__file__).relative_to(root)}::{test_no_text_is_clipped_and_no_button_touches_an_edge.__name__}",
        ],
        cwd=root,
        env={**os.environ, "QT_QPA_PLATFORM": f"offscreen:configfile={file}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout
