"""The PySide6 in use keeps Python's reference counts, and can open a window here.

PySide6 6.12.0 on Python 3.11 drops one reference to None for each call of Qt that returns
nothing, and aborts the program after some thousand.
"""

from __future__ import annotations

import subprocess
import sys

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

VOID_CALLS = 20_000
CALL_AND_COUNT = f"""
import sys
from PySide6.QtCore import QObject

thing = QObject()
before = sys.getrefcount(None)
for _ in range({VOID_CALLS}):
    thing.setObjectName("x")
print(before - sys.getrefcount(None))
"""


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from Python 3.12 on")
def test_void_calls_keep_the_references_to_none() -> None:
    # Another process, because a dropped count ends the process that does it.
    done = subprocess.run(
        [sys.executable, "-c", CALL_AND_COUNT], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < VOID_CALLS / 100


def test_a_window_opens_and_shows_danish_text(qtbot: QtBot) -> None:
    label = QLabel("Plejeforløbsplan: æøå")
    qtbot.addWidget(label)
    label.show()
    picture = label.grab().toImage()
    colours = {picture.pixel(x, y) for x in range(picture.width()) for y in range(picture.height())}
    assert label.isVisible()
    assert len(colours) > 1
