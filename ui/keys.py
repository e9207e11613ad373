"""The one table of keys: it makes the shortcuts, the hints on buttons and the list at F1."""

from collections.abc import Callable

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from ui.translation import mark, tr
from visitator.app.views import OfficeView


class Key(msgspec.Struct, frozen=True):
    """What a key does."""

    action: str
    """Stable name: what the program binds to."""
    sequences: tuple[str, ...]
    """As Qt writes them; any of them does it."""
    shown: str
    """As a person reads it."""
    danish: str
    """What it does."""
    bound: bool = True
    """False: the focused list or the dialog sees to it; here for the list at F1."""


KEYS: tuple[Key, ...] = (
    Key("next", ("J",), "↓  J", mark("Næste i listen")),
    Key("previous", ("K",), "↑  K", mark("Forrige i listen")),
    Key("ok", ("1",), "1", mark("Plejeforløbsplan OK")),
    Key("question", ("2",), "2", mark("Uddybende spørgsmål")),
    Key("coordination", ("3",), "3", mark("Ønske om udvidet koordinering")),
    Key("undo", ("Ctrl+Z",), "Ctrl Z", mark("Fortryd svaret, der endnu ikke er sendt")),
    Key("search", ("Ctrl+K", "/"), "Ctrl K  /", mark("Søg borger, CPR, afdeling eller tekst")),
    Key("back", ("Esc",), "Esc", mark("Tilbage til listen, hvor du var")),
    Key("view-1", ("Ctrl+1",), "Ctrl 1", mark("Indbakke")),
    Key("view-2", ("Ctrl+2",), "Ctrl 2", mark("Indlæggelser")),
    Key("view-3", ("Ctrl+3",), "Ctrl 3", mark("Kræver handling")),
    Key("view-4", ("Ctrl+4",), "Ctrl 4", mark("Udbakke")),
    Key("view-5", ("Ctrl+5",), "Ctrl 5", mark("Mine")),
    Key("view-6", ("Ctrl+6",), "Ctrl 6", mark("Kollegers")),
    Key("view-7", ("Ctrl+7",), "Ctrl 7", mark("Ikke tildelt")),
    Key("view-8", ("Ctrl+8",), "Ctrl 8", mark("Afventer sygehus")),
    Key("view-9", ("Ctrl+9",), "Ctrl 9", mark("Aftalt")),
    Key("view-10", ("Ctrl+0",), "Ctrl 0", mark("Alle forløb")),
    Key("training", ("Ctrl+G",), "Ctrl G", mark("Genoptræning")),
    Key("assign", ("T",), "T", mark("Tildel")),
    Key("call", ("N",), "N", mark("Telefonnotat")),
    Key("word", ("W",), "W", mark("Word-notat")),
    Key("words", ("Ctrl+Shift+W",), "Ctrl Shift W", mark("Word-notater for flere forløb")),
    Key("letter", ("B",), "B", mark("Skriv til sygehuset")),
    Key("more", ("M",), "M", mark("Mere: notat, konference, referat, bortfald, afslut")),
    Key("tick", (), "1  2  3", mark("I tjeklisten: Medbragt, Ikke relevant, Mangler"), False),
    Key("all-brought", ("A",), "A", mark("I tjeklisten: alt medbragt")),
    Key("part-note", ("O",), "O", mark("I tjeklisten: notat til punktet")),
    Key("report", ("R",), "R", mark("Skriv indlæggelsesrapporten")),
    Key("admit", ("Ctrl+N",), "Ctrl N", mark("Opret en indlæggelse")),
    Key("print", ("Ctrl+P",), "Ctrl P", mark("Udskriv tjeklisten")),
    Key("versions", ("V",), "V", mark("Vis begge versioner")),
    Key("copy-phone", ("C",), "C", mark("Kopiér afdelingens telefonnummer")),
    Key("pathway", ("F",), "F", mark("Vis eller skjul forløbet")),
    Key("sync", ("F5",), "F5", mark("Hent og send nu")),
    Key("hide", ("Ctrl+L",), "Ctrl L", mark("Skjul skærmen")),
    Key("help", ("F1", "?"), "F1  ?", mark("Denne liste")),
    Key(
        "send", ("Ctrl+Return",), "Ctrl Enter", mark("Send det, der er ved at blive skrevet"), False
    ),
)

_WRITERS = frozenset(
    {"ok", "question", "coordination", "undo", "call", "word", "words", "letter", "more", "report"}
)
"""The keys of those who answer hospitals."""
_TICKERS = frozenset({"tick", "all-brought", "part-note", "admit"})
"""Of those who fill in the checklist."""
_EVERYONES = frozenset({"next", "previous", "view-2", "print", "sync", "hide", "help", "send"})
"""The rest is about pathways, and care staff see the admissions only."""

_BY_ACTION = {key.action: key for key in KEYS}
_WRITING = (QLineEdit, QTextEdit, QPlainTextEdit, QAbstractSpinBox)


def hint(action: str) -> str:
    """The key to show on a button: ``Ctrl K``."""
    return _BY_ACTION[action].shown.split("  ", 1)[0]


def is_for(action: str, office: OfficeView) -> bool:
    """Whether a key does something for the one who sits here."""
    if action in _WRITERS:
        return office.may_write
    if action in _TICKERS:
        return office.may_tick
    return action in _EVERYONES or not office.is_care_staff


def overview(office: OfficeView) -> tuple[tuple[str, str], ...]:
    """Every key of the one who sits here, and what it does, in the chosen language."""
    return tuple((key.shown, tr(key.danish)) for key in KEYS if is_for(key.action, office))


def is_pressed(action: str, event: QKeyEvent) -> bool:
    """Whether this press is a key of `action`; not while it is held."""
    pressed = QKeySequence(event.keyCombination())
    keys = map(QKeySequence, _BY_ACTION[action].sequences)
    return not event.isAutoRepeat() and pressed in keys


def is_writing() -> bool:
    """Whether a text field that can be written in has the focus."""
    focused = QApplication.focusWidget()
    if not isinstance(focused, _WRITING):
        return False
    return not focused.isReadOnly()


def bind(window: QWidget, action: str, do: Callable[[], object]) -> list[QShortcut]:
    """Make the keys of `action` work in `window`.

    A key without Ctrl or a function key is a character when somebody is writing, so it does
    nothing then. `do` must take the pathway it concerns at once, not when it gets round to it.
    """
    made = []
    for written in _BY_ACTION[action].sequences:
        shortcut = QShortcut(QKeySequence(written), window)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        shortcut.setAutoRepeat(action in ("next", "previous"))
        plain = len(written) == 1
        shortcut.activated.connect(lambda plain=plain: None if plain and is_writing() else do())
        made.append(shortcut)
    return made
