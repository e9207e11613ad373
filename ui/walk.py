"""The walk-through: goes through the program by itself and leaves a picture of each step.

It presses the keys a person presses and looks at what a person sees. It never waits for a length of
time: whenever something has been drawn, it looks whether what it waits for has come. So a step that
hangs is a program that hangs, and the walk says at which step.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QLabel,
    QPlainTextEdit,
    QWidget,
)

from ui import theme
from ui.translation import tr
from visitator.app.admission_views import AdmissionFlag
from visitator.app.rehabilitation_views import RehabilitationGroupKind
from visitator.app.views import Flag, GroupKind, Link, PathwayView, Row, Transit

if TYPE_CHECKING:
    from ui.admission.page import AdmissionPage
    from ui.main import Program
    from ui.rehabilitation.page import RehabilitationPage
    from ui.window import MainWindow
    from ui.workplace import Workplace
    from visitator.app.desk import Desk

PATIENCE_MS = 120_000
"""How long one step may take before the walk is given up; the undo window alone takes 10 s."""
FAILED = 1
"""The exit code when a step was not reached, or something went wrong on the way."""

_DRAWN = {QEvent.Type.Paint, QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.WindowActivate}
_ROWS = 200
_TICKED_BY_SOFIE, _ALL_PARTS = 7, 11
"""Of the checklist the walk goes through: when it opens, and in all."""
_CONTACTED = "contacted"
"""The first step with a rehabilitation plan, and the one the walk takes."""
_SECOND = re.compile(r"\d+ s\.")

Condition = Callable[[], object]


class Walk(QObject):
    """One walk through a demo; it ends the program with 0 when every step was reached.

    Args:
        program: with its window shown; the desk may still be opening.
        folder: where the pictures go: ``01-indbakke.png`` and so on.
    """

    def __init__(self, program: Program, folder: Path) -> None:
        super().__init__(program)
        self._program = program
        self._folder = folder
        self._number = 0
        self._steps = self._walk()
        self._condition: Condition | None = None
        self._is_stepping = False
        self._look = QTimer(self)
        self._look.setSingleShot(True)
        self._look.timeout.connect(self._go_on)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(self._give_up)
        self._step = ""
        self._code = 0
        program.faults.happened.connect(self._fail)

    def start(self) -> None:
        """Begin; the rest happens in the event loop."""
        self._folder.mkdir(parents=True, exist_ok=True)
        QApplication.setQuitOnLastWindowClosed(False)
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)
        self._patience.start()
        self._look.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look again when something has been drawn."""
        if event.type() in _DRAWN and not self._look.isActive():
            self._look.start()
        return super().eventFilter(watched, event)

    def _go_on(self) -> None:
        # Pressing a key lets events through, and so this may come while a step is taken.
        if self._is_stepping or (self._condition is not None and not self._condition()):
            return
        self._condition = None
        self._is_stepping = True
        try:
            self._step, self._condition = next(self._steps)
        except StopIteration:
            self._end()
        except Exception:
            self._code = FAILED
            self._end()
            raise
        else:
            self._patience.start()
            self._look.start()
        finally:
            self._is_stepping = False

    def _fail(self) -> None:
        """Something went wrong that a person would be told of."""
        self._code = FAILED

    def _give_up(self) -> None:
        self._picture("sidste-billede")
        sys.stderr.write(f"Gennemgangen gik i stå: {self._step} kom ikke.\n")
        self._code = FAILED
        self._end()

    def _end(self) -> None:
        self._patience.stop()
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
        self._look.stop()
        QApplication.exit(self._code)

    # --- what it sees and does ------------------------------------------------------------------

    @property
    def _window(self) -> MainWindow:
        return self._program.window

    @property
    def _workplace(self) -> Workplace:
        found = self._window.workplace
        if found is None:
            raise RuntimeError("there is no desk yet")
        return found

    @property
    def _desk(self) -> Desk:
        return self._workplace.desk

    def _press(self, key: Qt.Key, control: bool = False) -> None:
        modifier = Qt.KeyboardModifier
        held = modifier.ControlModifier if control else modifier.NoModifier
        QTest.keyClick(QApplication.focusWidget() or self._window, key, held)

    def _type(self, text: str) -> None:
        QTest.keyClicks(QApplication.focusWidget() or self._window, text)

    def _is_back(self) -> bool:
        """Whether keys go to the window again."""
        return _in_front() is None and _takes_keys(self._window)

    def _is_asked(self) -> bool:
        """Whether keys go to a dialog that lies over the window."""
        dialog = _in_front()
        return dialog is not None and _takes_keys(dialog)

    def _picture(self, name: str) -> None:
        """Keep what is on screen, with what lies over the window where it lies."""
        self._number += 1
        for _ in range(3):
            # What is laid out may ask what is in it to be laid out anew.
            QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        seen = QPixmap(self._window.grab())
        painter = QPainter(seen)
        for dialog in _dialogs():
            corner = dialog.mapToGlobal(QPoint(0, 0)) - self._window.mapToGlobal(QPoint(0, 0))
            painter.drawPixmap(corner, dialog.grab())
            painter.setPen(theme.colour(theme.tokens().border))
            painter.drawRect(dialog.rect().translated(corner))
        painter.end()
        seen.save(str(self._folder / f"{self._number:02}-{name}.png"))

    def _shows(self, wanted: Callable[[PathwayView], object]) -> Condition:
        """Whether the pathway on screen is such a one."""

        def look() -> bool:
            shown = self._workplace.view
            return shown is not None and bool(wanted(shown))

        return look

    def _rows(self, wanted: Callable[[Row], object]) -> list[str]:
        box = self._workplace.list.box
        return [row.pathway_id for row in self._desk.rows(box, 0, _ROWS) if wanted(row)]

    def _can_answer(self, row: Row) -> bool:
        shown = self._desk.pathway(row.pathway_id)
        return shown is not None and shown.answering.can_answer and bool(shown.answering.choices)

    # --- the way --------------------------------------------------------------------------------

    def _walk(self) -> Iterator[tuple[str, Condition]]:
        yield "indbakken", self._is_open
        self._window.resize(*theme.USUAL)
        yield "vinduet", lambda: self._is_back() and self._workplace.list.hasFocus()
        self._picture("indbakke")
        yield from self._read_and_ask()
        yield from self._answer()
        yield from self._train()
        yield from self._admit()
        yield from self._look_round()
        yield from self._other_looks()

    def _is_open(self) -> bool:
        place = self._window.workplace
        return place is not None and place.desk.standing().link is Link.SYNCHRONISED

    def _read_and_ask(self) -> Iterator[tuple[str, Condition]]:
        """A changed plan, both its versions, and a question about it."""
        changed = self._rows(lambda r: Flag.NEW_VERSION in r.flags and self._can_answer(r))
        asked = changed[0]
        self._workplace.list.choose(asked)
        yield "planen", lambda: self._workplace.pathway_id == asked
        self._picture("plan-med-aendringer")
        self._press(Qt.Key.Key_V)
        yield "begge versioner", self._is_asked
        self._picture("begge-versioner")
        self._press(Qt.Key.Key_Escape)
        yield "planen igen", self._is_back
        self._press(Qt.Key.Key_2)
        yield "spørgsmålet", self._is_asked
        for chip in _chips()[:2]:
            chip.click()
        self._picture("uddybende-spoergsmaal")
        self._press(Qt.Key.Key_Return, control=True)
        yield "fortrydelsen", lambda: self._is_back() and self._workplace.undo.isVisible()
        self._picture("spoergsmaal-kan-fortrydes")

    def _answer(self) -> Iterator[tuple[str, Condition]]:
        """OK at one press; then until the hospital's own system has it."""
        rest = self._rows(lambda r: r.group is GroupKind.DUE and self._can_answer(r))
        answered = rest[0]
        self._workplace.list.choose(answered)
        # Nobody answers a plan the moment it comes; the bar counting down tells that time passes.
        before = _seconds(self._workplace.undo)
        yield (
            "planen, der svares på",
            lambda: (
                self._workplace.pathway_id == answered
                and _seconds(self._workplace.undo) not in ("", before)
            ),
        )
        self._picture("plan")
        self._press(Qt.Key.Key_1)
        yield "svaret", self._shows(lambda view: view.last_reply is not None)
        self._picture("ok-kan-fortrydes")
        yield (
            "leveringen",
            self._shows(lambda v: v.last_reply and v.last_reply.transit is Transit.RECEIVED),
        )
        self._picture("ok-leveret")

    def _train(self) -> Iterator[tuple[str, Condition]]:
        """The rehabilitation plan that must be started first, and its first step."""
        self._press(Qt.Key.Key_G, control=True)
        page = self._workplace.training
        yield "genoptræningen", lambda: page.isVisible() and page.list.hasFocus()
        found = self._desk.rehabilitations.rows(0, _ROWS)
        chosen = next(r.pathway_id for r in found if r.group is RehabilitationGroupKind.TO_START)
        page.list.choose(chosen)
        yield "genoptræningsplanen", lambda: page.pathway_id == chosen
        self._picture("genoptraening")
        page.pane.steps.findChildren(QAbstractButton)[0].click()
        yield "trinnet", self._is_asked
        self._type("Vil gerne begynde i denne uge. Træffes bedst før middag.")
        self._picture("borger-kontaktet")
        self._press(Qt.Key.Key_Return, control=True)
        yield "det tagne trin", lambda: self._is_back() and _is_contacted(page)
        self._picture("genoptraening-kontaktet")
        self._press(Qt.Key.Key_1, control=True)
        yield "indbakken efter genoptræningen", self._workplace.list.isVisible

    def _admit(self) -> Iterator[tuple[str, Condition]]:
        """The checklist of one who was admitted at night, and the report that must be sent."""
        self._press(Qt.Key.Key_2, control=True)
        page = self._workplace.admissions
        yield "indlæggelserne", lambda: page.isVisible() and page.list.hasFocus()
        self._picture("indlaeggelser")
        found = self._desk.admissions.rows(0, _ROWS)
        chosen = next(r.pathway_id for r in found if AdmissionFlag.MUST_REPORT in r.flags)
        page.list.choose(chosen)
        yield "indlæggelsen", lambda: page.pathway_id == chosen
        self._press(Qt.Key.Key_1)
        yield "tjeklisten", lambda: page.pane.checklist.current is not None
        self._press(Qt.Key.Key_2)
        yield "krydset", lambda: _ticked(page) == _TICKED_BY_SOFIE + 1
        self._picture("tjekliste")
        self._press(Qt.Key.Key_A)
        yield "alt medbragt", lambda: _ticked(page) == _ALL_PARTS
        self._press(Qt.Key.Key_R)
        yield "rapporten", lambda: isinstance(QApplication.focusWidget(), QPlainTextEdit)
        self._type("Faldet i soveværelset. Ondt i hoften.")
        self._press(Qt.Key.Key_Tab)
        self._type("Akutsygeplejersken blev tilkaldt.")
        self._picture("indlaeggelsesrapport")
        self._press(Qt.Key.Key_Return, control=True)
        yield (
            "rapporten, der kan fortrydes",
            lambda: self._workplace.undo.isVisible() and _is_reported(page),
        )
        self._picture("rapport-kan-fortrydes")
        self._press(Qt.Key.Key_P, control=True)
        yield "udskriften", self._is_asked
        self._picture("udskriv-tjekliste")
        self._press(Qt.Key.Key_Escape)
        yield "indlæggelserne igen", self._is_back
        self._press(Qt.Key.Key_1, control=True)
        yield "indbakken efter indlæggelserne", self._workplace.list.isVisible

    def _look_round(self) -> Iterator[tuple[str, Condition]]:
        """The other places, search, and what lies behind keys."""
        for key, name in ((Qt.Key.Key_3, "kraever-handling"), (Qt.Key.Key_4, "udbakke")):
            self._press(key, control=True)
            yield name, lambda: not self._workplace.list.isVisible()
            self._picture(name)
        self._press(Qt.Key.Key_1, control=True)
        yield "indbakken igen", self._workplace.list.isVisible
        self._press(Qt.Key.Key_K, control=True)
        yield "søgefeltet", self._window.top.search.hasFocus
        QTest.keyClicks(self._window.top.search, "medicin")
        results = self._workplace.results
        yield "søgeresultaterne", lambda: results.isVisible() and results.model().rowCount()
        self._press(Qt.Key.Key_Down)
        yield "det første resultat", results.hasFocus
        self._picture("soegning")
        self._press(Qt.Key.Key_Escape)
        yield "listen igen", self._workplace.list.isVisible
        for key, name in (
            (Qt.Key.Key_3, "udvidet-koordinering"),
            (Qt.Key.Key_T, "tildel"),
            (Qt.Key.Key_N, "telefonnotat"),
            (Qt.Key.Key_B, "brev"),
            (Qt.Key.Key_W, "word-notat"),
            (Qt.Key.Key_F1, "taster"),
        ):
            yield from self._dialog(key, name)
        self._press(Qt.Key.Key_L, control=True)
        yield "skjult skærm", lambda: self._window.cover.is_covering
        self._picture("skjult")
        self._press(Qt.Key.Key_L, control=True)
        yield "skærmen igen", lambda: not self._window.cover.is_covering

    def _dialog(self, key: Qt.Key, name: str) -> Iterator[tuple[str, Condition]]:
        if key is Qt.Key.Key_3:
            self._workplace.list.choose(self._rows(self._can_answer)[0])
        self._press(key)
        yield name, self._is_asked
        yield f"det viste i {name}", _is_drawn
        self._picture(name)
        self._press(Qt.Key.Key_Escape)
        yield f"efter {name}", self._is_back

    def _other_looks(self) -> Iterator[tuple[str, Condition]]:
        """The smallest window, the dark theme, and English."""
        self._window.resize(*theme.SMALLEST)
        yield "det lille vindue", lambda: self._window.width() == theme.SMALLEST[0]
        self._picture("mindste-vindue")
        self._window.resize(*theme.USUAL)
        yield "det store vindue", lambda: self._window.width() == theme.USUAL[0]
        self._program.choose(theme="dark")
        yield "det mørke udseende", lambda: theme.tokens() is theme.DARK
        self._picture("moerkt")
        shown = self._workplace.pathway_id
        self._program.choose(theme="light", language="en")
        yield "engelsk", lambda: self._is_open() and tr("Indbakke") == "Inbox"
        self._workplace.list.choose(shown)
        yield "planen på engelsk", lambda: self._workplace.pathway_id == shown
        self._picture("engelsk")


def _ticked(page: AdmissionPage) -> int:
    """How many parts of the checklist on screen somebody has said something of."""
    view = page.pane.view
    return 0 if view is None else view.row.done


def _is_reported(page: AdmissionPage) -> bool:
    """Whether the report of the admission on screen is in the outbox, and shown as that."""
    view = page.pane.view
    return view is not None and bool(view.report.sent) and not page.pane.report.is_sending


def _is_contacted(page: RehabilitationPage) -> bool:
    """Whether the course on screen says that the citizen was contacted."""
    view = page.pane.view
    return view is not None and any(each.code == _CONTACTED and each.is_done for each in view.steps)


def _dialogs() -> list[QDialog]:
    found = (w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog))
    return [each for each in found if each.isVisible()]


def _in_front() -> QWidget | None:
    """The dialog that lies over the window; None when there is none."""
    return next(iter(_dialogs()), None)


def _takes_keys(widget: QWidget) -> bool:
    """Whether keys go to it; on a virtual screen nobody but the walk gives them to a window."""
    if not widget.isActiveWindow():
        widget.activateWindow()
    return widget.isActiveWindow()


def _is_drawn() -> bool:
    """Whether the dialog in front shows what it has to show."""
    return bool(getattr(_in_front(), "is_drawn", True))


def _chips() -> list[QAbstractButton]:
    """What can be ticked by topic in the dialog in front."""
    dialog = _in_front()
    buttons = [] if dialog is None else dialog.findChildren(QAbstractButton)
    return [each for each in buttons if each.property("kind") == "chip"]


def _seconds(bar: QWidget) -> str:
    """What a bar says is left."""
    texts = (label.text() for label in bar.findChildren(QLabel))
    return next((found[0] for text in texts if (found := _SECOND.search(text))), "")
