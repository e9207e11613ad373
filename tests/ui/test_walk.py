"""The walk-through: it reaches every step of the real demo, or says which one it did not."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from ui import theme, walk
from ui.main import Program
from ui.walk import FAILED, Walk
from visitator.app.views import KnownError
from visitator.cli.screen import CANNOT


@pytest.mark.skipif(shutil.which("Xvfb") is None, reason="Xvfb is not installed")
def test_without_a_display_the_demo_is_walked_through_and_leaves_pictures(
    root: Path, tmp_path: Path
) -> None:
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    env = {name: value for name, value in os.environ.items() if name not in hidden}
    env |= {"HOME": str(tmp_path), "TMPDIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", "from visitator.cli import main; main()", "demo"],
        cwd=root,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode == CANNOT:
        pytest.skip("the virtual screen needs a library of the system that is not here")
    assert done.returncode == 0, done.stderr
    pictures = sorted(tmp_path.glob("visitator-skaermbilleder-*/*.png"))
    assert {"indbakke", "ok-leveret", "word-notat", "moerkt", "engelsk"} <= {
        each.stem.split("-", 1)[1] for each in pictures
    }
    first = QImage(str(pictures[0]))
    assert (first.width(), first.height()) == theme.USUAL
    assert not list((tmp_path / ".config").glob("visitator/personligt.toml"))


def test_a_walk_that_gets_nowhere_says_at_which_step(
    qapp: QApplication,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def no_desk(_progress: object, _see: object) -> None:
        raise KnownError("Gatewayen svarer ikke. Intet er ændret.")

    monkeypatch.setattr(walk, "PATIENCE_MS", 300)
    program = Program(qapp, no_desk, is_demo=True, keeps=False)  # type: ignore[arg-type]
    try:
        program.start()
        Walk(program, tmp_path).start()
        assert qapp.exec() == FAILED
    finally:
        qapp.setQuitOnLastWindowClosed(True)
        program.window.leave()
        program.window.hide()
        program.end()
    assert "indbakken kom ikke" in capsys.readouterr().err
    assert (tmp_path / "01-sidste-billede.png").is_file()
