"""The colours can be read, and follow a change of theme."""

import itertools
import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui import theme
from ui.theme import DARK, LIGHT, Choice, Tokens, Tone

THEMES = pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.1 defines it."""
    parts = (QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF())
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@THEMES
def test_text_can_be_read_on_every_ground(look: Tokens) -> None:
    grounds = (look.window, look.surface, look.selection, look.hover)
    for text, ground in itertools.product((look.text, look.muted, look.primary), grounds):
        assert contrast(text, ground) >= 4.5, (text, ground)
    assert contrast(look.on_primary, look.primary) >= 4.5


@THEMES
@pytest.mark.parametrize("tone", Tone, ids=lambda tone: tone.value)
def test_a_tone_can_be_read_on_its_own_ground_and_in_a_list(look: Tokens, tone: Tone) -> None:
    for ground in (look.tones[tone].ground, look.surface, look.selection):
        assert contrast(look.tones[tone].text, ground) >= 4.5, ground


def test_the_tokens_follow_the_theme_that_is_chosen(qapp: QApplication) -> None:
    theme.apply(qapp, Choice.DARK)
    assert theme.tokens() is DARK
    theme.apply(qapp, Choice.LIGHT)
    assert theme.tokens() is LIGHT


def test_the_style_sheet_is_one_qt_can_read(qtbot: QtBot, qapp: QApplication) -> None:
    # What Qt cannot parse is a warning, and a warning fails the test.
    for choice in (Choice.DARK, Choice.LIGHT):
        theme.apply(qapp, choice)


def test_no_other_module_writes_a_colour(root: Path) -> None:
    written = [
        f"{file.relative_to(root)}: {line.strip()}"
        for file in sorted((root / "ui").rglob("*.py"))
        if file.name != "theme.py"
        for line in file.read_text("utf-8").splitlines()
        if re.search(r"#[0-9A-Fa-f]{6}\b|QColor\(\d|rgba?\(", line)
    ]
    assert written == []


def test_every_drawing_follows_the_colour_of_text(root: Path) -> None:
    drawings = sorted((root / "resources" / "icons").glob("*.svg"))
    assert drawings
    for drawing in drawings:
        text = drawing.read_text("utf-8")
        assert 'stroke="currentColor"' in text, drawing.name
        assert "#" not in text, drawing.name
