"""`visitator` and `visitator demo`: the window, or a sentence about why there is none."""

from __future__ import annotations

import importlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from typer.testing import CliRunner

from visitator.cli import app
from visitator.cli.screen import CANNOT


class Window:
    """A screen that notes what it was asked to show."""

    def __init__(self) -> None:
        self.shown: list[dict[str, Any]] = []

    def run(
        self,
        open_desk: object,
        *,
        demo: bool,
        walk: Path | None = None,
        open_demo: object | None = None,
    ) -> int:
        shown = {"demo": demo, "walk": walk, "open_demo": open_demo}
        self.shown.append(shown | {"display": os.environ.get("DISPLAY")})
        return 0


@pytest.fixture
def window(monkeypatch: pytest.MonkeyPatch) -> Window:
    made = Window()
    monkeypatch.setattr(importlib, "import_module", lambda name: made)
    return made


@pytest.fixture
def no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")


@pytest.fixture
def display(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":0")


def missing(name: str, monkeypatch: pytest.MonkeyPatch, kind: type[ImportError]) -> None:
    """As on a machine where loading the screen fails like this."""

    def fail(_: str) -> SimpleNamespace:
        raise kind("libEGL.so.1: cannot open shared object file", name=name)

    monkeypatch.setattr(importlib, "import_module", fail)


@pytest.mark.usefixtures("display")
def test_without_a_command_the_window_is_opened(window: Window) -> None:
    assert CliRunner().invoke(app, []).exit_code == 0
    (shown,) = window.shown
    assert (shown["demo"], shown["walk"]) == (False, None)
    # The first questions can be skipped into the demo.
    assert shown["open_demo"] is not None


@pytest.mark.usefixtures("display")
def test_the_demo_opens_the_window_of_the_demo(window: Window) -> None:
    assert CliRunner().invoke(app, ["demo"]).exit_code == 0
    assert [(each["demo"], each["walk"]) for each in window.shown] == [(True, None)]


@pytest.mark.usefixtures("no_display")
@pytest.mark.parametrize("command", [[], ["demo"]])
def test_without_a_display_it_says_so(
    command: list[str], monkeypatch: pytest.MonkeyPatch, window: Window
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    result = CliRunner().invoke(app, command)
    assert result.exit_code == CANNOT
    assert "ingen skærm" in result.stderr
    assert window.shown == []


@pytest.mark.usefixtures("no_display")
def test_without_a_display_the_demo_walks_on_a_virtual_one(window: Window) -> None:
    if shutil.which("Xvfb") is None:
        pytest.skip("Xvfb is not installed")
    result = CliRunner().invoke(app, ["demo"])
    (shown,) = window.shown
    assert result.exit_code == 0
    assert shown["demo"]
    assert shown["display"].startswith(":")
    assert str(shown["walk"]) in result.stdout
    shown["walk"].rmdir()


@pytest.mark.usefixtures("display")
def test_without_qt_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    missing("PySide6.QtWidgets", monkeypatch, ModuleNotFoundError)
    result = CliRunner().invoke(app, ["demo"])
    assert result.exit_code == CANNOT
    assert "PySide6) er ikke installeret" in result.stderr


@pytest.mark.usefixtures("display")
def test_a_qt_that_lacks_a_system_library_is_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    missing("PySide6.QtGui", monkeypatch, ImportError)
    result = CliRunner().invoke(app, [])
    assert result.exit_code == CANNOT
    assert "libEGL.so.1" in result.stderr


@pytest.mark.usefixtures("display")
def test_a_bug_in_the_screen_is_not_taken_for_a_missing_library(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    missing("ui.nowhere", monkeypatch, ModuleNotFoundError)
    assert isinstance(CliRunner().invoke(app, []).exception, ModuleNotFoundError)


def test_an_unknown_profile_is_refused_before_there_is_a_window(window: Window) -> None:
    result = CliRunner().invoke(app, ["demo", "--agreement", "region-maanen"])
    assert result.exit_code == 2
    assert window.shown == []


@pytest.mark.parametrize("command", [["inspect", "--help"], ["doctor", "--help"], ["gateway"]])
def test_what_needs_no_window_loads_no_qt(command: list[str], root: Path) -> None:
    """Nor anything that would make the window wait: the store, the network."""
    code = (
        "import sys\n"
        "from visitator.cli import main\n"
        f"sys.argv = ['visitator', *{command!r}]\n"
        "try:\n"
        "    main()\n"
        "except SystemExit:\n"
        "    pass\n"
        "loaded = {'PySide6', 'ui', 'sqlalchemy', 'httpx'} & set(sys.modules)\n"
        "sys.exit(f'loaded {loaded}' if loaded else 0)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.usefixtures("display")
def test_the_window_is_asked_for_before_the_store_is_loaded(root: Path) -> None:
    code = (
        "import importlib, sys\n"
        "real = importlib.import_module\n"
        "class Window:\n"
        "    def run(self, *_, **__):\n"
        "        return int('sqlalchemy' in sys.modules or 'httpx' in sys.modules)\n"
        "def load(name, package=None):\n"
        "    return Window() if name == 'ui.main' else real(name, package)\n"
        "importlib.import_module = load\n"
        "from visitator.cli import main\n"
        "sys.argv = ['visitator']\n"
        "main()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=root, check=False)
    assert done.returncode == 0
