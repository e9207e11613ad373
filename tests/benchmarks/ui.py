"""The window on 100,000 pathways: start, memory, keys, filters, and while much is taken in.

Each figure is taken in a process of its own, on a screen nobody sees. The start is told as a ratio
to an empty PySide6 window in the same run: both wait for the same disk and the same Qt.
"""

from __future__ import annotations

import datetime as dt
import gc
import json
import os
import secrets
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from ui.main import Program, See
    from visitator.app.desk import Desk

ROOT = Path(__file__).resolve().parent.parent.parent
COUNT, MORE = 100_000, 10_000
STARTS = 7
KEYS = 200
FILTER_ROUNDS = 8
USER = "AHN"
AGREEMENT = "region-sjaelland-2025-11"
NOW = dt.datetime(2026, 2, 4, 8, tzinfo=dt.UTC)
NOBODY = "http://127.0.0.1:9"
"""Where no gateway answers: sync must not get between."""
_BREATH_S = 0.001
"""What the screen's thread rests between two looks at its events."""
AIM_START, AIM_KEY_MS, AIM_FILTER_MS, AIM_MEMORY_MB, AIM_BLOCK_MS = 2.0, 16, 30, 220, 50


def report() -> Iterator[str]:
    """A line per figure, with its aim."""
    from tests.benchmarks.store import apply_all, encoded
    from visitator.resources import load_agreement
    from visitator.sqlcipher import KEY_LENGTH
    from visitator.store import Store

    key = secrets.token_bytes(KEY_LENGTH)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "visitator.db"
        with Store.open(path, key, load_agreement(AGREEMENT)) as store:
            apply_all(store, encoded(COUNT, shortest=1, longest=1))
        yield from _start(path, key)
        found = _child("work", path, key)
        yield (
            f"ui, memory with {COUNT} pathways and a plan open: {found['memory']:.0f} MB"
            f" (aim {AIM_MEMORY_MB})"
        )
        for what, name, aim in (
            ("key", "next-message key to painted plan", AIM_KEY_MS),
            ("filter", "filter to painted list", AIM_FILTER_MS),
        ):
            worked, waited = found[what]["worked"], found[what]["waited"]
            yield (
                f"ui, {name}, work in the screen's thread: {worked[0]:.1f} ms,"
                f" p95 {worked[1]:.1f} ms (aim {aim}); by the clock {waited[0]:.1f} ms,"
                f" p95 {waited[1]:.1f} ms"
            )
        yield (
            f"ui, longest block while {MORE} entries are applied in {found['applied']:.1f} s:"
            f" {found['waited']:.0f} ms by the clock (aim {AIM_BLOCK_MS}),"
            f" {found['worked']:.0f} ms of it work in the screen's thread"
        )


def _start(path: Path, key: bytes) -> Iterator[str]:
    empty, window, inbox, opened = [], [], [], []
    for what in ("empty", "start"):
        _child(what, path, key)
    for _ in range(STARTS):
        empty.append(_child("empty", path, key)["window"])
        found = _child("start", path, key)
        window.append(found["window"])
        inbox.append(found["inbox"])
        opened.append(found["open"])
    floor, first, whole, works = map(statistics.median, (empty, window, inbox, opened))
    yield (
        f"ui, process start to painted window: {first:.2f} s, empty PySide6 window {floor:.2f} s,"
        f" ratio {first / floor:.2f}"
    )
    yield (
        f"ui, process start to painted inbox of {COUNT} pathways: {whole:.2f} s,"
        f" ratio {whole / floor:.2f} (aim {AIM_START:.0f});"
        f" to where a plan can be opened {works:.2f} s, ratio {works / floor:.2f}"
    )


def _child(what: str, path: Path, key: bytes) -> dict[str, Any]:
    """What a process of its own found; its clock begins before it is there."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.ui", what, str(path)],
        cwd=ROOT,
        env={
            **os.environ,
            # As where it is installed: Python keeps what it has compiled.
            "PYTHONDONTWRITEBYTECODE": "",
            "PYTHONPYCACHEPREFIX": str(path.parent / "bytecode"),
            "QT_QPA_PLATFORM": "offscreen",
            "XDG_CONFIG_HOME": str(path.parent / "config"),
        },
        input=json.dumps({"began": time.monotonic(), "key": key.hex()}),
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


# --- in the child -------------------------------------------------------------------------------


def _empty(began: float) -> dict[str, float]:
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QApplication, QMainWindow

    class Empty(QMainWindow):
        def paintEvent(self, event: QPaintEvent) -> None:
            super().paintEvent(event)
            painted.append(True)

    painted: list[bool] = []
    app = QApplication([])
    window = Empty()
    window.resize(1440, 900)
    window.show()
    _until(app, lambda: bool(painted))
    return {"window": time.monotonic() - began}


def _starting(began: float, path: Path, key: bytes) -> dict[str, float]:
    app, program = _program(path, key)
    program.start()
    found = {"window": time.monotonic() - began}
    _until(app, lambda: _is_listed(program))
    found["inbox"] = time.monotonic() - began
    _until(app, lambda: _is_open(program))
    app.processEvents()
    found["open"] = time.monotonic() - began
    program.end()
    return found


def _working(path: Path, key: bytes) -> dict[str, Any]:
    app, program = _program(path, key)
    program.start()
    _until(app, lambda: _is_open(program))
    app.processEvents()
    found: dict[str, Any] = {"key": _figures(_keys(app, program))}
    found["memory"] = _memory()
    found["filter"] = _figures(_filters(app, program))
    found |= _while_applying(app, program)
    program.end()
    return found


def _program(path: Path, key: bytes) -> tuple[QApplication, Program]:
    """As `visitator.cli.screen` and `ui.main.run` begin: the window first, then what it shows."""
    gc.disable()
    from ui.main import Program, application

    app = application()
    return app, Program(app, lambda _, see: _desk(path, key, see), is_demo=True)


def _desk(path: Path, key: bytes, see: See) -> Desk:
    from visitator.app.opening import Access, Opening, open_desk
    from visitator.app.preferences import Preferences
    from visitator.app.settings import Settings

    return open_desk(
        Opening(
            settings=Settings(agreement=AGREEMENT),
            preferences=Preferences(name="Anne Holm"),
            path=path,
            key=lambda: key,
            connect=lambda: Access(address=NOBODY, token="none", user=USER, device="pc"),
            clock=lambda: NOW,
            user=USER,
        ),
        lambda _step, _part: None,
        see,
    )


def _is_listed(program: Program) -> bool:
    """Whether the inbox has been painted."""
    listed = program.window.list
    is_there = listed is not None and listed.isVisible() and listed.model().rowCount() > 0
    return is_there and program._painted.is_set()


def _is_open(program: Program) -> bool:
    """Whether one can work in it."""
    return program.window.workplace is not None and _is_listed(program)


class Span(NamedTuple):
    """How long something took, in seconds."""

    worked: float
    """Of the thread's own time: what another process or thread took is not in it."""
    waited: float
    """By the clock."""


def _spent(action: Callable[[], object]) -> Span:
    worked, waited = time.thread_time(), time.perf_counter()
    action()
    return Span(time.thread_time() - worked, time.perf_counter() - waited)


def _keys(app: QApplication, program: Program) -> list[Span]:
    """The work of each key; a person's pause lies between two."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from ui.inbox.list import REST_MS

    place = program.window.workplace
    assert place is not None

    def press() -> None:
        QTest.keyClick(program.window, Qt.Key.Key_J)
        app.processEvents()

    took = []
    for _ in range(KEYS):
        QTest.qWait(2 * REST_MS)
        before = place.pathway_id
        took.append(_spent(press))
        assert place.pathway_id != before, "the key showed nothing"
    return took


def _filters(app: QApplication, program: Program) -> list[Span]:
    from visitator.app.views import Box

    place = program.window.workplace
    assert place is not None

    def switch(box: Box) -> None:
        place.show_target(box)
        app.processEvents()

    took = []
    for box in list(Box) * FILTER_ROUNDS:
        app.processEvents()
        took.append(_spent(partial(switch, box)))
    return took


def _while_applying(app: QApplication, program: Program) -> dict[str, float]:
    """Seconds it took, and the longest time (ms) the screen's thread did not come round."""
    from tests.benchmarks.store import encoded
    from visitator.app.views import Box
    from visitator.domain.wire import MAX_PAGE

    place = program.window.workplace
    assert place is not None
    place.show_target(Box.INBOX)
    entries = encoded(COUNT + MORE, shortest=1, longest=1)[COUNT:]
    # As sync does it, without a gateway's time in it.
    store = place.desk._store
    took: list[float] = []

    def apply() -> None:
        began = time.perf_counter()
        for start in range(0, MORE, MAX_PAGE):
            page = entries[start : start + MAX_PAGE]
            store.apply_page(page, COUNT + start + len(page), "epoch")
        took.append(time.perf_counter() - began)

    app.processEvents()
    thread = threading.Thread(target=apply)
    thread.start()
    spans = []
    while thread.is_alive():
        spans.append(_spent(app.processEvents))
        thread.join(_BREATH_S)
    longest = max(spans, key=lambda span: span.waited)
    return {"applied": took[0], "waited": longest.waited * 1e3, "worked": longest.worked * 1e3}


def _memory() -> float:
    """Resident now, in MB."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _figures(spans: list[Span]) -> dict[str, tuple[float, float]]:
    """Median and 95th percentile, in ms, of the work and by the clock."""
    return {
        name: (statistics.median(some) * 1e3, statistics.quantiles(some, n=20)[-1] * 1e3)
        for name, some in zip(Span._fields, zip(*spans, strict=True), strict=True)
    }


def _until(app: QApplication, is_so: Callable[[], bool]) -> None:
    from PySide6.QtCore import QEventLoop

    while not is_so():
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def _main(what: str, path: Path) -> None:
    told = json.loads(sys.stdin.read())
    began, key = float(told["began"]), bytes.fromhex(told["key"])
    found: dict[str, Any]
    match what:
        case "empty":
            found = _empty(began)
        case "start":
            found = _starting(began, path, key)
        case _:
            found = _working(path, key)
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    _main(sys.argv[1], Path(sys.argv[2]))
