"""How a test reads a page and chooses what is on it, as a person does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor, QTextFragment
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.plan.page import Page
from ui.plan.raw import RawDialog

_W = TypeVar("_W", bound=QWidget)


def find(page: Page, words: str, *, below: str = "") -> QTextCursor:
    """Where words stand on a page; `below` other words."""
    start = find(page, below).selectionEnd() if below else 0
    found = page.document().find(words, start)
    assert not found.isNull(), f"{words!r} is not on the page:\n{page.toPlainText()}"
    return found


def choose(page: Page, words: str) -> None:
    """Click on words."""
    found = find(page, words)
    found.setPosition((found.selectionStart() + found.selectionEnd()) // 2)
    page.setTextCursor(found)
    page.ensureCursorVisible()
    place = page.cursorRect(found).center()
    QTest.mouseClick(
        page.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place
    )


def within(parent: QWidget, kind: type[_W]) -> _W:
    """The one control of a kind in a pane, or the dialog it opened."""
    (found,) = parent.findChildren(kind)
    return found


def unfold(page: Page) -> None:
    """Choose everything that opens something further down the page, until nothing is left."""
    while closed := next(_closed(page), None):
        before = page.toPlainText()
        page.anchorClicked.emit(closed)
        assert page.toPlainText() != before


def original(pane: QWidget, page: Page, words: str, qtbot: QtBot) -> str:
    """The original message that a click on `words` shows."""
    choose(page, words)
    shown = within(pane, RawDialog)
    qtbot.waitUntil(lambda: "<" in shown.text())
    text = shown.text()
    shown.close()
    return text


def links(page: Page) -> list[str]:
    """The words of every link, from the top."""
    return [each.text() for each in _fragments(page) if each.charFormat().isAnchor()]


def _closed(page: Page) -> Iterator[str]:
    for fragment in _fragments(page):
        words = fragment.text()
        if fragment.charFormat().isAnchor() and words.startswith("Vis ") and not _opens(words):
            yield fragment.charFormat().anchorHref()


def _opens(words: str) -> bool:
    """Whether it opens a dialog, or is open."""
    return words.endswith(("original", "oprindelige meddelelse", "begge versioner", "færre"))


def _fragments(page: Page) -> Iterator[QTextFragment]:
    block = page.document().begin()
    while block.isValid():
        part = block.begin()
        while not part.atEnd():
            yield part.fragment()
            part += 1
        block = block.next()


def letters(text: str) -> str:
    """A text for comparison: what can be read of it, without spaces and marks."""
    return "".join(filter(str.isalnum, text))
