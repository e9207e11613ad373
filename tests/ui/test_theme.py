"""The colours can be read, and follow a change of theme."""

import itertools
import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from ui import theme
from ui.theme import DARK, LIGHT, Choice, Tokens, Tone, contrast

THEMES = pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])


def test_contrast_is_that_of_wcag() -> None:
    """The numbers are those everybody's calculators give."""
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.005)
    assert contrast("#0000FF", "#000000") == pytest.approx(2.44, abs=0.005)


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


# --- larger text, and high contrast -----------------------------------------------------------


def test_text_follows_the_size_of_the_systems_own(
    qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    label = QLabel("Svar senest")
    label.setProperty("role", "section")
    qtbot.addWidget(label)
    label.ensurePolished()
    usual, room = label.fontMetrics().height(), theme.wide(100)
    monkeypatch.setattr(theme, "system_points", lambda: 13.5)
    theme.apply(qapp, Choice.LIGHT)
    label.ensurePolished()
    assert label.fontMetrics().height() == pytest.approx(1.5 * usual, abs=1)
    assert room == 100
    assert theme.wide(100) == pytest.approx(150, abs=5)
    monkeypatch.setattr(theme, "system_points", lambda: 6.0)
    theme.apply(qapp, Choice.LIGHT)
    assert theme.wide(100) == 100, "nobody is given smaller text than the usual"


BLACK = {
    "Window": "#000000",
    "Base": "#000000",
    "Text": "#FFFF00",
    "Highlight": "#1AEBFF",
    "HighlightedText": "#000000",
}
"""As Windows' own high contrast themes are; the second has a highlight no link can be drawn in."""
BLUE = BLACK | {"Highlight": "#0000FF", "HighlightedText": "#FFFFFF"}
WHITE = {
    "Window": "#FFFFFF",
    "Base": "#FFFFFF",
    "Text": "#000000",
    "Highlight": "#37006E",
    "HighlightedText": "#FFFFFF",
}


@pytest.mark.parametrize("colours", [BLACK, BLUE, WHITE], ids=["black", "blue", "white"])
def test_high_contrast_wears_the_systems_own_colours(
    colours: dict[str, str], qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    palette = QPalette()
    for role, value in colours.items():
        palette.setColor(QPalette.ColorRole[role], QColor(value))
    monkeypatch.setattr(theme, "system_palette", lambda _: palette)
    monkeypatch.setattr(theme, "wants_contrast", lambda _: True)
    theme.apply(qapp, Choice.LIGHT)
    look = theme.tokens()
    assert (look.surface.upper(), look.text.upper()) == (colours["Base"], colours["Text"])
    assert look.border == look.muted == look.text
    test_text_can_be_read_on_every_ground(look)
    for tone in Tone:
        test_a_tone_can_be_read_on_its_own_ground_and_in_a_list(look, tone)
    assert contrast(look.text, look.selection) >= 7, "strong also on what is chosen"
    assert look.selection != look.surface
    # And back, when it is switched off.
    monkeypatch.undo()
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
