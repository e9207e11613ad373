"""Every screen of the program, one after the other, on a real desk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Office
from ui import theme
from ui.admission.page import AdmissionPage
from ui.dialogs.first_run import AGREEMENT, WHERE, WHO, FirstRun, Offer
from ui.dialogs.recovery import RecoveryDialog
from ui.dialogs.settings import SettingsDialog
from ui.navigation import Place
from ui.plan.raw import RawDialog
from ui.rehabilitation.page import RehabilitationPage
from ui.state import WindowState
from ui.window import MainWindow
from ui.workplace import Workplace
from visitator.app.admission_views import AdmissionFlag, AdmissionRow
from visitator.app.preferences import Preferences
from visitator.app.rehabilitation_views import RehabilitationFlag
from visitator.app.views import Box, Flag, Option, Row, RowKind

_KEY = "ABCD EFGH IJKL MNOP QRST UVWX YZ23 4567 ABCD EFGH IJKL MNOP QRST UVWX"

Screen = tuple[str, QWidget]
_STILL, _RESTLESS = 3, 200
"""How often nothing may have moved before it is looked at, and how often it is waited for."""


def screens(office: Office, qtbot: QtBot, size: tuple[int, int] = theme.USUAL) -> Iterator[Screen]:
    """The name of each screen, and what lies in front while it is shown.

    `size` is the window's, in pixels of which a letter has as many as the screen says.
    """
    window = MainWindow(WindowState(), is_demo=True)
    qtbot.addWidget(window)
    window.resize(*size)
    with qtbot.waitActive(window):
        window.show()
    window.opening.fault(
        "Databasen kan ikke åbnes. Intet er ændret. Prøv igen om lidt.", can_put_aside=True
    )
    yield settled("opening that failed", window)
    window.open(office.desk)
    yield settled("inbox, nothing chosen", window)
    assert window.workplace is not None
    yield from _places(window, window.workplace, office, qtbot)
    yield from _admissions(window, window.workplace, office, qtbot)
    yield from _courses(window, window.workplace, office, qtbot)
    yield from _dialogs(window, window.workplace, office, qtbot)
    window.cover.cover()
    yield settled("covered", window.cover)
    window.cover.uncover()
    yield from _first_run(window)
    window.leave()
    window.hide()


def settled(name: str, shown: QWidget) -> Screen:
    """With everything laid out; what is laid out may ask what is in it to be laid out anew."""
    seen: list[list[QRect]] = []
    while len(seen) < _STILL or any(each != seen[-1] for each in seen[-_STILL:]):
        assert len(seen) < _RESTLESS, f"{name} never comes to rest"
        QApplication.processEvents()
        seen.append([each.geometry() for each in shown.findChildren(QWidget)])
    return name, shown


def _pathways(office: Office, wanted: Callable[[Row], bool]) -> list[str]:
    return [row.pathway_id for row in office.desk.rows(Box.ALL, 0, 1_000) if wanted(row)]


def open_one(workplace: Workplace, pathway_id: str, qtbot: QtBot) -> None:
    """Go to a pathway; a list that was moved in just now rests first."""
    workplace.open_pathway(pathway_id)
    qtbot.waitUntil(lambda: workplace.pathway_id == pathway_id)


def _places(
    window: MainWindow, workplace: Workplace, office: Office, qtbot: QtBot
) -> Iterator[Screen]:
    workplace.show_target(Box.ALL)
    kinds: dict[str, Callable[[Row], bool]] = {
        "a changed plan": lambda row: Flag.NEW_VERSION in row.flags,
        "a plan not delivered": lambda row: Flag.UNDELIVERED in row.flags,
        "a citizen first heard of": lambda row: Flag.UNKNOWN_CITIZEN in row.flags,
        "no plan": lambda row: row.kind is not RowKind.PLAN,
    }
    for name, wanted in kinds.items():
        open_one(workplace, _pathways(office, wanted)[0], qtbot)
        yield settled(name, window)
    usual = window.size()
    window.resize(usual * theme.SMALLEST[0] / theme.USUAL[0])
    yield settled("the smallest window", window)
    window.resize(usual)
    for place in Place:
        workplace.show_target(place)
        yield settled(place.value, window)
    workplace.show_target(Box.INBOX)
    with qtbot.waitSignal(workplace.results.told):
        workplace.search("medicin")
    yield settled("search", window)
    workplace.leave_search()


def _is_shown(page: AdmissionPage | RehabilitationPage, pathway_id: str) -> bool:
    return page.pathway_id == pathway_id


def _admissions(
    window: MainWindow, workplace: Workplace, office: Office, qtbot: QtBot
) -> Iterator[Screen]:
    """Each kind of admission, and every dialog that is opened from one."""
    kinds: dict[str, Callable[[AdmissionRow], bool]] = {
        "admitted at night": lambda row: AdmissionFlag.MUST_REPORT in row.flags,
        "admission without a name": lambda row: not row.name,
        "corrected admission": lambda row: AdmissionFlag.CORRECTED in row.flags,
        "on leave": lambda row: AdmissionFlag.LEAVE in row.flags,
    }
    found = office.desk.admissions.rows(0, 1_000)
    page = workplace.admissions
    for name, wanted in reversed(kinds.items()):
        chosen = next(row.pathway_id for row in found if wanted(row))
        workplace.open_admission(chosen)
        # A list that was moved in just now rests first.
        qtbot.waitUntil(partial(_is_shown, page, chosen))
        yield settled(name, window)
    usual = window.size()
    window.resize(usual * theme.SMALLEST[0] / theme.USUAL[0])
    yield settled("an admission in the smallest window", window)
    window.resize(usual)
    opened: dict[str, Callable[[], object]] = {
        "enter an admission": page.enter,
        "name of the citizen": page.name_citizen,
        "who was present": lambda: page.say_present(True),
        "note on a part": lambda: page.write_note("hearing_aid"),
        "close a follow-up": lambda: page.close_follow_up("hearing_aid"),
        "assign a follow-up": lambda: page.assign_follow_up("hearing_aid"),
        "report not needed": page.not_needed,
        "leave": page.note_leave,
        "print": page.print_list,
    }
    yield from _each_dialog(window, opened, qtbot)


def _courses(
    window: MainWindow, workplace: Workplace, office: Office, qtbot: QtBot
) -> Iterator[Screen]:
    """A rehabilitation course, and every dialog that is opened from one."""
    page = workplace.training
    rows = office.desk.rehabilitations.rows(0, 10)
    # One with an admission to link to.
    chosen = next(r.pathway_id for r in rows if RehabilitationFlag.UNLINKED not in r.flags)
    workplace.open_course(chosen)
    qtbot.waitUntil(partial(_is_shown, page, chosen))
    yield settled("a rehabilitation course", window)
    usual = window.size()
    window.resize(usual * theme.SMALLEST[0] / theme.USUAL[0])
    yield settled("a rehabilitation course in the smallest window", window)
    window.resize(usual)
    steps = ("contacted", "offer", "agreed", "postponed", "ended")
    opened: dict[str, Callable[[], object]] = {
        f"step {code}": partial(page.take, code) for code in steps
    }
    opened |= {
        "a date of the plan": partial(page.say_date, "start_by", None),
        "link to an admission": page.link,
        "ask about the plan": page.ask,
    }
    yield from _each_dialog(window, opened, qtbot)


def _dialogs(
    window: MainWindow, workplace: Workplace, office: Office, qtbot: QtBot
) -> Iterator[Screen]:
    changed = _pathways(office, lambda row: Flag.NEW_VERSION in row.flags)
    open_one(workplace, changed[0], qtbot)
    opened: dict[str, Callable[[], object]] = {
        "question": lambda: workplace.replies.answer("question"),
        "coordination": lambda: workplace.replies.answer("coordination"),
        "OK with a comment": workplace.replies.answer_ok_with_comment,
        "assign": workplace.casework.assign,
        "call": workplace.casework.call,
        "letter": workplace.casework.write,
        "Word note": workplace.notes.write,
        "Word notes": workplace.write_notes,
        "versions": workplace.plan.show_versions,
        "original": lambda: RawDialog(office.desk.raw, "unknown", window).open(),
        "keys": window.top.keys_wanted.emit,
        "settings": lambda: SettingsDialog(Preferences(name="Vera Demo"), window).open(),
        "recovery": lambda: RecoveryDialog(_KEY, window).open(),
    }
    yield from _each_dialog(window, opened, qtbot)


def _each_dialog(
    window: MainWindow, opened: dict[str, Callable[[], object]], qtbot: QtBot
) -> Iterator[Screen]:
    for name, show in opened.items():
        show()
        dialog = in_front()
        assert dialog is not None, name
        yield settled(name, dialog)
        dialog.close()
        with qtbot.waitActive(window):
            window.activateWindow()


def _first_run(window: MainWindow) -> Iterator[Screen]:
    offered = tuple(
        Option(code=str(each), label=f"Region nummer {each}: samarbejdsaftalen") for each in (1, 2)
    )
    page = FirstRun(Offer(agreements=offered, agreement="1"))
    window.show_page(page)
    for step in (WHO, WHERE, AGREEMENT):
        page.show_problem("Gatewayen svarer ikke. Intet er ændret. Prøv igen.", step)
        yield settled(f"first start, step {step + 1}", window)


def in_front() -> QDialog | None:
    """The dialog that is open."""
    found = (w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible())
    return next(found, None)


def place_of(widget: QWidget, window: QWidget) -> str:
    """Where a widget stands, for the message of a test."""
    corner = widget.mapTo(window, QPoint(0, 0)) if widget is not window else QPoint(0, 0)
    name = widget.accessibleName() or widget.objectName() or type(widget).__name__
    return f"{type(widget).__name__} «{name}» at {corner.x()},{corner.y()}"
