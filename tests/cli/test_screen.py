"""`visitator` and `visitator demo`: the window, or a sentence about why there is none."""

from __future__ import annotations

import importlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple, TypeAlias

import pytest

from visitator.cli import main
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


class Ended(NamedTuple):
    """What a command said, and its exit code."""

    code: int
    stdout: str
    stderr: str


Run: TypeAlias = Callable[..., Ended]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `visitator` with these words after it."""

    def run(*command: str) -> Ended:
        monkeypatch.setattr(sys, "argv", ["visitator", *command])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return Ended(int(ended.value.code or 0), said.out, said.err)

    return run


def missing(name: str, monkeypatch: pytest.MonkeyPatch, kind: type[ImportError]) -> None:
    """As on a machine where loading the screen fails like this."""

    def fail(_: str) -> SimpleNamespace:
        raise kind("libEGL.so.1: cannot open shared object file", name=name)

    monkeypatch.setattr(importlib, "import_module", fail)


@pytest.mark.usefixtures("display")
def test_without_a_command_the_window_is_opened(window: Window, run: Run) -> None:
    assert run().code == 0
    (shown,) = window.shown
    assert (shown["demo"], shown["walk"]) == (False, None)
    # The first questions can be skipped into the demo.
    assert shown["open_demo"] is not None


@pytest.mark.usefixtures("display")
def test_the_demo_opens_the_window_of_the_demo(window: Window, run: Run) -> None:
    assert run("demo").code == 0
    assert [(each["demo"], each["walk"]) for each in window.shown] == [(True, None)]


@pytest.mark.usefixtures("no_display")
@pytest.mark.parametrize("command", [[], ["demo"]])
def test_without_a_display_it_says_so(
    command: list[str], monkeypatch: pytest.MonkeyPatch, window: Window, run: Run
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    result = run(*command)
    assert result.code == CANNOT
    assert "ingen skærm" in result.stderr
    assert window.shown == []


@pytest.mark.usefixtures("no_display")
def test_without_a_display_the_demo_walks_on_a_virtual_one(window: Window, run: Run) -> None:
    if shutil.which("Xvfb") is None:
        pytest.skip("Xvfb is not installed")
    result = run("demo")
    (shown,) = window.shown
    assert result.code == 0
    assert shown["demo"]
    assert shown["display"].startswith(":")
    assert str(shown["walk"]) in result.stdout
    shown["walk"].rmdir()


@pytest.mark.usefixtures("display")
def test_without_qt_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    missing("PySide6.QtWidgets", monkeypatch, ModuleNotFoundError)
    result = run("demo")
    assert result.code == CANNOT
    assert "PySide6) er ikke installeret" in result.stderr


@pytest.mark.usefixtures("display")
def test_a_qt_that_lacks_a_system_library_is_told_apart(
    monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    missing("PySide6.QtGui", monkeypatch, ImportError)
    result = run()
    assert result.code == CANNOT
    assert "libEGL.so.1" in result.stderr


@pytest.mark.usefixtures("display")
def test_a_bug_in_the_screen_is_not_taken_for_a_missing_library(
    monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    missing("ui.nowhere", monkeypatch, ModuleNotFoundError)
    with pytest.raises(ModuleNotFoundError):
        run()


def test_an_unknown_profile_is_refused_before_there_is_a_window(window: Window, run: Run) -> None:
    result = run("demo", "--agreement", "region-maanen")
    assert result.code == 2
    assert window.shown == []


@pytest.mark.parametrize("command", [["inspect", "--help"], ["doctor", "--help"], ["gateway"]])
def test_what_needs_no_window_loads_no_qt(command: list[str], root: Path, run: Run) -> None:
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
def test_the_window_is_asked_for_before_anything_else_is_loaded(root: Path, run: Run) -> None:
    code = (
        "import importlib, sys\n"
        "real = importlib.import_module\n"
        "class Window:\n"
        "    def run(self, *_, **__):\n"
        "        return len({'sqlalchemy', 'httpx', 'typer'} & set(sys.modules))\n"
        "def load(name, package=None):\n"
        "    return Window() if name == 'ui.main' else real(name, package)\n"
        "importlib.import_module = load\n"
        "from visitator.cli import main\n"
        "sys.argv = ['visitator']\n"
        "main()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=root, check=False)
    assert done.returncode == 0
