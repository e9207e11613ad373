"""Both versions of the plan side by side, field by field, what differs marked on both sides.

The two columns are one page, so they can only scroll together.
"""

import datetime as dt
import difflib
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from PySide6.QtGui import QTextLength
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from ui import theme, words
from ui.plan.cards import coded, contact_lines
from ui.plan.page import Page
from ui.plan.writer import Look, Writer, fixed
from ui.theme import SPACE, Tone
from ui.translation import term, tr
from visitator.app.views import AbilityView, Contact, VersionView

_COMPARED = 250_000
"""Two texts with more pairs of words than this are marked whole: comparing takes too long."""


class Entry(NamedTuple):
    """One field of a version."""

    key: tuple[str, str, int]
    """Section, label, and which of that name."""
    label: str
    text: str


class VersionsDialog(QDialog):
    """Two versions to choose, the newest two at first."""

    def __init__(
        self, versions: Sequence[VersionView], now: dt.datetime, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._versions = tuple(versions)
        self.setWindowTitle(tr("Begge versioner"))
        self.page = Page()
        self.page.setAccessibleName(tr("De to versioner side om side"))
        self.left = self._choice(tr("Versionen til venstre"), now, len(versions) - 2)
        self.right = self._choice(tr("Versionen til højre"), now, len(versions) - 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close = buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setText(tr("Luk"))
        close.setAccessibleName(tr("Luk"))
        buttons.rejected.connect(self.reject)
        choices = QHBoxLayout()
        choices.setSpacing(SPACE * 4)
        choices.addWidget(self.left, 1)
        choices.addWidget(self.right, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(SPACE * 4, SPACE * 4, SPACE * 4, SPACE * 4)
        box.setSpacing(SPACE * 3)
        box.addLayout(choices)
        box.addWidget(self.page, 1)
        box.addWidget(buttons)
        self.resize(*theme.WIDE_DIALOG)
        self.finished.connect(self.deleteLater)
        self._show()

    def _choice(self, name: str, now: dt.datetime, chosen: int) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        for version in self._versions:
            box.addItem(
                tr(
                    "Version {number} · modtaget {when}",
                    number=version.number,
                    when=words.at(version.received, now),
                )
            )
        box.setCurrentIndex(chosen)
        box.currentIndexChanged.connect(self._show)
        return box

    def _show(self) -> None:
        left = self._versions[self.left.currentIndex()]
        right = self._versions[self.right.currentIndex()]
        rows = list(aligned(entries(left), entries(right)))
        self.page.write(lambda w: _write(w, rows))


def entries(version: VersionView) -> tuple[Entry, ...]:
    """Every field of a version, in the order of the plan."""
    return tuple(_numbered(_fields(version)))


def _numbered(fields: Iterator[tuple[str, str, str]]) -> Iterator[Entry]:
    seen: dict[tuple[str, str], int] = {}
    for section, label, text in fields:
        seen[section, label] = seen.get((section, label), 0) + 1
        yield Entry((section, label, seen[section, label]), label, text)


def _fields(version: VersionView) -> Iterator[tuple[str, str, str]]:
    for field in version.head:
        yield "head", term(field.label), str(field.text)
    yield "sender", tr("Afsender"), _contact(version.sender)
    for contact in version.relatives:
        yield "relatives", tr("Pårørende"), _contact(contact)
    for ability in version.abilities:
        yield "abilities", ability.label, _ability(ability)
    for section in version.sections:
        for field in section.fields:
            yield section.key, term(field.label), coded(str(field.text))
        for label in section.unremarkable:
            yield section.key, term(label), ""


def _contact(contact: Contact) -> str:
    parts = (contact.name, *contact_lines(contact), contact.telephone)
    return "\n".join(part for part in parts if part)


def _ability(ability: AbilityView) -> str:
    return "\n".join(part for part in (term(ability.score_word), str(ability.comment)) if part)


def aligned(
    left: Sequence[Entry], right: Sequence[Entry]
) -> Iterator[tuple[Entry | None, Entry | None]]:
    """The same field of both versions beside each other; None where a version has it not."""
    matcher = difflib.SequenceMatcher(
        None, [entry.key for entry in left], [entry.key for entry in right], autojunk=False
    )
    for kind, left_from, left_to, right_from, right_to in matcher.get_opcodes():
        if kind == "equal":
            yield from zip(left[left_from:left_to], right[right_from:right_to], strict=True)
        else:
            yield from ((entry, None) for entry in left[left_from:left_to])
            yield from ((None, entry) for entry in right[right_from:right_to])


def _write(w: Writer, rows: Sequence[tuple[Entry | None, Entry | None]]) -> None:
    if not rows:
        return
    gap = fixed(SPACE * 2)
    table = w.grid(len(rows), [QTextLength(), gap, QTextLength()], padding=SPACE + SPACE // 2)
    for row, pair in enumerate(rows):
        w.flush(table, row, 1, right=True)
        is_changed = pair[0] is None or pair[1] is None or pair[0].text != pair[1].text
        parts = _parts(pair) if is_changed else None
        for side, column in enumerate((0, 2)):
            if is_changed:
                w.ground(table, row, Tone.DUE, columns=(column, column), is_bare=True)
            with w.cell(table, row, column):
                _write_side(w, pair, side, parts)
    w.leave(table)


def _write_side(
    w: Writer,
    pair: tuple[Entry | None, Entry | None],
    side: int,
    parts: tuple[list[tuple[str, bool]], list[tuple[str, bool]]] | None,
) -> None:
    entry = pair[side]
    shown = entry or pair[1 - side]
    w.line()
    w.text(shown.label if shown else "", Look.SECONDARY_STRONG)
    if parts is not None:
        w.text("  ")
        only_here = pair[1 - side] is None
        mark = tr("kun i denne version") if only_here else tr("ændret")
        w.text(tr("ikke i denne version") if entry is None else mark, Look.BEFORE)
    if entry is None:
        return
    w.line()
    if not entry.text:
        w.text(tr("uden bemærkninger"), Look.MUTED)
    elif parts is None:
        w.text(entry.text)
    else:
        for text, differs in parts[side]:
            w.text(text, Look.STRONG if differs else Look.NORMAL)


def _parts(
    pair: tuple[Entry | None, Entry | None],
) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
    """Both texts in pieces, and whether the piece differs from the other text."""
    left, right = (entry.text if entry else "" for entry in pair)
    mine, theirs = (re.findall(r"\s*\S+\s*", text) for text in (left, right))
    if not mine or not theirs or len(mine) * len(theirs) > _COMPARED:
        return [(left, False)], [(right, False)]
    matcher = difflib.SequenceMatcher(
        None, [word.strip() for word in mine], [word.strip() for word in theirs], autojunk=False
    )
    sides: tuple[list[tuple[str, bool]], list[tuple[str, bool]]] = ([], [])
    for kind, left_from, left_to, right_from, right_to in matcher.get_opcodes():
        sides[0].append(("".join(mine[left_from:left_to]), kind != "equal"))
        sides[1].append(("".join(theirs[right_from:right_to]), kind != "equal"))
    return sides
