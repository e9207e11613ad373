"""The window: what it is opened with, and what to say where there can be none.

The desk is imported when the window asks for it: the window is painted first.
"""

import gc
import importlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeAlias, cast

from visitator.domain.agreement import Agreement
from visitator.resources import DEFAULT_AGREEMENT

if TYPE_CHECKING:
    from visitator.app.desk import Desk
    from visitator.app.opening import Progress, See

CANNOT = 2
"""The exit code where there can be no window."""
_QT = {"PySide6", "shiboken6"}
_VIRTUAL_SCREEN = "1440x900x24"
_NO_QT = (
    "Vinduet kan ikke vises, for Qt (PySide6) er ikke installeret. Kør: python packaging/run.py"
)
_QT_IS_BROKEN = (
    "Vinduet kan ikke vises, for Qt mangler noget af styresystemet: {} Kør: python packaging/run.py"
)
_NO_DISPLAY = (
    "Der er ingen skærm at vise vinduet på. Start Visitator ved en skærm,"
    " eller kør: visitator demo --headless"
)

OpenDesk: TypeAlias = Callable[["Progress", "See"], "Desk"]


class Window(Protocol):
    """What is asked of the screen."""

    def run(
        self,
        open_desk: OpenDesk,
        *,
        demo: bool,
        walk: Path | None = None,
        open_demo: OpenDesk | None = None,
    ) -> int:
        """Show the window until it is closed; `walk` is where a walk-through leaves pictures."""


def show() -> int:
    """Open the window of this workstation; returns the exit code of the process."""
    if not _has_display():
        return _cannot(_NO_DISPLAY)
    window = _window()
    if window is None:
        return CANNOT
    return window.run(_own_desk, demo=False, open_demo=_demo_of(DEFAULT_AGREEMENT))


def _own_desk(progress: "Progress", see: "See") -> "Desk":
    from visitator.cli.desks import own_desk

    return own_desk(progress, see)


def show_demo(agreement: Agreement) -> int:
    """Open the window of a demo; without a screen, walk through it and say where pictures are."""
    if _has_display():
        return _show_demo(agreement, None)
    if shutil.which("Xvfb") is None:
        return _cannot(_NO_DISPLAY)
    folder = Path(tempfile.mkdtemp(prefix="visitator-skaermbilleder-"))
    with _virtual_display():
        code = _show_demo(agreement, folder)
    if code == 0:
        print(f"Der er ingen skærm; programmet er gennemgået uden. Skærmbillederne er i {folder}.")
    else:
        print(f"Der er ingen skærm, og gennemgangen uden gik i stå. Skærmbillederne er i {folder}.")
    return code


def _show_demo(agreement: Agreement, walk: Path | None) -> int:
    window = _window()
    return window.run(_demo_of(agreement), demo=True, walk=walk) if window is not None else CANNOT


def _demo_of(agreement: Agreement | str) -> OpenDesk:
    """What opens a demo by an agreement, or by the one of this id."""

    def open_desk(progress: "Progress", _: "See") -> "Desk":
        from visitator.cli.desks import demo_desk
        from visitator.resources import load_agreement

        chosen = load_agreement(agreement) if isinstance(agreement, str) else agreement
        return demo_desk(chosen, progress)

    return open_desk


def _window() -> Window | None:
    """The screen, loaded by its name: nothing in `visitator` may import it (architecture §3)."""
    # All that is loaded stays, and looking for garbage in it takes long; `ui.breath` goes on later.
    gc.disable()
    try:
        return cast(Window, importlib.import_module("ui.main"))
    except ImportError as error:
        if (error.name or "").partition(".")[0] not in _QT:
            raise
        is_missing = isinstance(error, ModuleNotFoundError)
        _cannot(_NO_QT if is_missing else _QT_IS_BROKEN.format(error))
    return None


def _has_display() -> bool:
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


@contextmanager
def _virtual_display() -> Iterator[None]:
    """A screen nobody sees, for as long as this lasts."""
    read, write = os.pipe()
    screen = ["-screen", "0", _VIRTUAL_SCREEN, "-nolisten", "tcp", "-displayfd", str(write)]
    server = subprocess.Popen(  # noqa: S603 - a fixed command
        [cast(str, shutil.which("Xvfb")), *screen],
        pass_fds=[write],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    try:
        with os.fdopen(read) as told_number:
            os.environ["DISPLAY"] = f":{told_number.readline().strip()}"
        yield
    finally:
        os.environ.pop("DISPLAY", None)
        server.terminate()
        server.wait()


def _cannot(why: str) -> int:
    print(why, file=sys.stderr)
    return CANNOT
