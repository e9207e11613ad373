"""What is loaded when: the window first, then what the list needs, then the rest.

In a process of its own, for what one test has loaded is there for all.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.benchmarks.store import apply_all, encoded
from tests.store.workstation import KEY, open_store

ROOT = Path(__file__).resolve().parents[2]
FEW = 20
HEAVY = [
    "PySide6.QtSvg",
    "alembic",
    "docx",
    "holidays",
    "httpx",
    "keyring",
    "litestar",
    "sqlalchemy",
    "sqlcipher3",
    "stdnum",
    "ui.workplace",
    "visitator.domain.entries",
]
# PySide makes a class when it is asked for, with a name for each value of its enumerations: these
# two have a thousand, and the last is made only where PySide makes every class it has.
NOT_ASKED_FOR = ["QStyle", "QGradient", "QWizard"]
# PySide would read these as text, too, each time the program starts.
COMPILED = ["ui/window.py", "sqlalchemy/", "visitator/store/"]
START = """
import linecache
import sys
from pathlib import Path

from PySide6 import QtGui, QtWidgets

from tests.benchmarks import ui

def loaded():
    there = {{*sys.modules, *vars(QtGui), *vars(QtWidgets)}}
    return " ".join(name for name in {heavy} if name in there)

def tell_of_the_list():
    from ui.inbox.list import InboxList

    paint = InboxList.paintEvent

    def painted(shown, event):
        paint(shown, event)
        if shown.model().rowCount() and InboxList.paintEvent is painted:
            print("list:", loaded())
            InboxList.paintEvent = paint

    InboxList.paintEvent = painted

app, program = ui._program(Path({path!r}), {key!r})
begin = program._open
program._open = lambda: (print("window:", loaded()), tell_of_the_list(), begin())
program.start()
ui._until(app, lambda: ui._is_open(program))
print("read:", *(name for name in {sources} if any(name in file for file in linecache.cache)))
program.end()
"""


def test_the_window_is_painted_before_anything_heavy_is_loaded_and_the_list_before_the_rest(
    tmp_path: Path,
) -> None:
    path = tmp_path / "store" / "visitator.db"
    with open_store(path) as store:
        apply_all(store, encoded(FEW, shortest=1, longest=1))
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            START.format(path=str(path), key=KEY, heavy=[*HEAVY, *NOT_ASKED_FOR], sources=COMPILED),
        ],
        cwd=ROOT,
        env={
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            "XDG_CONFIG_HOME": str(tmp_path / "config"),
        },
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    window, first, read = (line.partition(":") for line in done.stdout.splitlines())
    assert (window[0], window[2].split()) == ("window", [])
    assert (first[0], first[2].split()) == ("list", ["sqlcipher3"])
    assert (read[0], read[2].split()) == ("read", [])
