"""The recovery key on paper: what is printed can be read, and used, by somebody else in years."""

from __future__ import annotations

import re
import zlib
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QPushButton
from pytestqt.qtbot import QtBot

from ui import theme
from ui.dialogs.recovery import RecoveryDialog, paper
from ui.theme import Choice
from visitator.app.recovery import as_words, from_words

KEY = bytes(range(32))
WORDS = as_words(KEY)
STREAM = rb"/FlateDecode.*?stream\r?\n(.*?)\r?\nendstream"


@pytest.fixture
def dialog(qtbot: QtBot) -> RecoveryDialog:
    shown = RecoveryDialog(WORDS)
    qtbot.addWidget(shown)
    shown.show()
    return shown


def button(dialog: RecoveryDialog, text: str) -> QPushButton:
    return next(each for each in dialog.findChildren(QPushButton) if each.text() == text)


@pytest.mark.parametrize("choice", [Choice.LIGHT, Choice.DARK], ids=lambda choice: choice.value)
def test_it_prints_one_page_in_black_on_the_printer_that_was_chosen(
    choice: Choice,
    dialog: RecoveryDialog,
    tmp_path: Path,
    qapp: QApplication,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    theme.apply(qapp, choice)
    file = tmp_path / "key.pdf"

    def to_a_file(asked: QPrintDialog) -> int:
        """What a person chooses who prints to a PDF."""
        asked.printer().setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        asked.printer().setOutputFileName(str(file))
        return 1

    monkeypatch.setattr(QPrintDialog, "exec", to_a_file)
    QTest.mouseClick(button(dialog, "Udskriv …"), Qt.MouseButton.LeftButton)
    printed = file.read_bytes()
    assert printed.startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
    drawn = [zlib.decompress(each) for each in re.findall(STREAM, printed, re.DOTALL)]
    colours = {each for text in drawn if b" Tf" in text for each in re.findall(rb".+ scn", text)}
    assert colours == {b"0 0 0 scn"}


def test_nothing_is_printed_when_one_thinks_better_of_it(
    dialog: RecoveryDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def leave(asked: QPrintDialog) -> int:
        asked.printer().setOutputFileName(str(tmp_path / "key.pdf"))
        return 0

    monkeypatch.setattr(QPrintDialog, "exec", leave)
    QTest.mouseClick(button(dialog, "Udskriv …"), Qt.MouseButton.LeftButton)
    assert list(tmp_path.iterdir()) == []


def test_the_key_on_paper_is_the_key(qapp: QApplication) -> None:
    said = paper(WORDS).toPlainText()
    (groups,) = re.findall(r"((?:[A-Z2-7]{4}\s+){14})", said)
    assert from_words(groups) == KEY
    assert "visitator recover" in said


def test_it_is_done_only_when_the_key_has_been_put_away(dialog: RecoveryDialog) -> None:
    done = button(dialog, "Færdig")
    assert not done.isEnabled()
    (kept,) = dialog.findChildren(QCheckBox)
    kept.click()
    QTest.mouseClick(done, Qt.MouseButton.LeftButton)
    assert dialog.result() == RecoveryDialog.DialogCode.Accepted
