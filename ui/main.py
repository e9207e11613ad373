"""The program with a window: painted first, then everything else.

What is slow to load (store, keyring, network) is loaded by `open_desk`, in a thread of its own, so
that the window stands while it happens.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QEventLoop, QObject, Signal
from PySide6.QtWidgets import QApplication

from ui import breath, faults, theme, translation
from ui.state import WindowState
from ui.theme import Choice
from ui.window import MainWindow
from visitator.app.preferences import (
    Preferences,
    PreferencesError,
    load_preferences,
    save_preferences,
)
from visitator.app.views import KnownError, Signature

if TYPE_CHECKING:
    from ui.beginning import Beginning
    from visitator.app.desk import Desk
    from visitator.app.first_look import FirstLook

Progress = Callable[[str, float | None], None]
See = Callable[["FirstLook"], None]
OpenDesk = Callable[[Progress, See], "Desk"]

_FIRST_PAINT_S = 2.0
"""How long opening waits for the list to be painted; two who load at once are both slower."""
_LAST_PUSH_S = 5.0
"""How long closing waits for what is in the outbox to be sent."""


def run(
    open_desk: OpenDesk,
    *,
    demo: bool,
    walk: Path | None = None,
    open_demo: OpenDesk | None = None,
) -> int:
    """Show the window until it is closed.

    Args:
        open_desk: opens the desk; may take its time, and is called again after a known fault. It
            tells how far it has come: a step in Danish, and a part 0-1 where it is known; and it
            shows the list as soon as that can be read.
        demo: the window says that its citizens are invented.
        walk: go through the program by itself, leave a picture of each step in this folder, and
            change nothing of what the user prefers.
        open_demo: what opens the demo instead, for one who wants it at the first start.

    Returns:
        The exit code of the process.
    """
    app = application()
    program = Program(app, open_desk, is_demo=demo, open_demo=open_demo, keeps=walk is None)
    program.start()
    if walk is not None:
        from ui.walk import Walk

        Walk(program, walk).start()
    code = app.exec()
    unsent = program.end()
    if walk is None:
        from ui.closing import say_unsent

        say_unsent(unsent)
    return code


def application() -> QApplication:
    """Qt's own part of the program: there is one."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        # `setStyle` hands the style out, for which PySide makes names that are needed later.
        app = QApplication([*sys.argv[:1], "-style", theme.STYLE])
    app.setApplicationName("visitator")
    app.setApplicationDisplayName("Visitator")
    app.setDesktopFileName("visitator")
    return app


class Program(QObject):
    """One run of the program: the window, and the desk behind it when it is open."""

    _stepped = Signal(str, object)
    _looked = Signal(object)
    _opened = Signal(object)
    _failed = Signal(object)

    def __init__(
        self,
        app: QApplication,
        open_desk: OpenDesk,
        *,
        is_demo: bool,
        open_demo: OpenDesk | None = None,
        keeps: bool = True,
    ) -> None:
        super().__init__(app)
        self._app = app
        self._open_desk = open_desk
        self._open_demo = open_demo
        self._is_demo = is_demo
        self._keeps = keeps
        self._desk: Desk | None = None
        self._thread: threading.Thread | None = None
        self._painted = threading.Event()
        self._beginning: Beginning | None = None
        self.faults = faults.Faults(self)
        """Where what went wrong is told."""
        self.faults.install()
        self._preferences, told = _read_preferences()
        self._translators = translation.install(app, self._preferences.language)
        theme.apply(app, self._choice)
        self.window = self._new_window()
        self.window.message.tell(translation.said(told))
        # Kept, for PySide forgets the inner one with the outer.
        self._hints = app.styleHints()
        self._accessibility = self._hints.accessibility()
        self._hints.colorSchemeChanged.connect(self._dress)
        self._accessibility.contrastPreferenceChanged.connect(self._dress)
        self._looked.connect(self._show_list)
        self._opened.connect(self._show_desk)
        self._failed.connect(self._fail)

    def _new_window(self) -> MainWindow:
        window = MainWindow(WindowState(), is_demo=self._is_demo)
        window.top.show_theme(self._choice)
        window.top.theme_wanted.connect(lambda chosen: self.choose(theme=chosen.value))
        window.top.settings_wanted.connect(self._show_settings)
        window.opening.again.connect(self._open)
        window.opening.put_aside.connect(self._put_aside)
        window.attend(self._preferences)
        self.faults.happened.connect(window.message.tell)
        self._stepped.connect(window.opening.progress)
        return window

    def start(self) -> None:
        """Paint the window, and ask what must be known first, or begin to open the desk."""
        self.window.show()
        if self._is_demo or self._preferences.first_run_done:
            # It loads what the list needs while Qt paints the window.
            self._open()
            self._app.processEvents()
        else:
            self._app.processEvents()
            self._ask()

    def _ask(self) -> None:
        # A person may take their time.
        breath.go_on()
        from ui.beginning import Beginning

        beginning = Beginning(self._preferences, can_show_demo=self._open_demo is not None)
        beginning.done.connect(self._begin)
        beginning.demo_wanted.connect(self._begin_demo)
        self._beginning = beginning
        self.window.show_page(beginning.page)

    def _begin(self, preferences: Preferences) -> None:
        self._preferences = preferences
        self._open()

    def _begin_demo(self) -> None:
        """The questions come again at the next start."""
        if self._open_demo is not None:
            self._open_desk, self._is_demo = self._open_demo, True
            self.window.be_demo()
            self._open()

    def _open(self) -> None:
        self.window.show_page(self.window.opening)
        self.window.opening.begin()
        breath.hold()
        self._thread = threading.Thread(target=self._open_in_thread, name="opening", daemon=True)
        self._thread.start()

    def _open_in_thread(self) -> None:
        try:
            desk = self._open_desk(self._stepped.emit, self._see)
        except Exception as fault:
            self._failed.emit(fault)
        else:
            # Kept at once: the window may have been closed in the meantime.
            self._desk = desk
            self._opened.emit(desk)

    def _see(self, look: FirstLook) -> None:
        """In the opening thread, which waits until the list is painted."""
        self._painted.clear()
        self._looked.emit(look)
        self._painted.wait(_FIRST_PAINT_S)

    def _show_list(self, look: FirstLook) -> None:
        try:
            self.window.look(look)
            self._app.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        except KnownError:
            # Opening meets it, too, and says it.
            self.window.show_page(self.window.opening)
            look.close()
        finally:
            self._painted.set()

    def _show_desk(self, desk: Desk) -> None:
        self.window.open(desk)
        breath.go_on()
        if not self._is_demo and desk.office().own_gateway:
            self._show_recovery_key()

    def _fail(self, fault: Exception) -> None:
        can_put_aside = False
        if isinstance(fault, KnownError):
            # The demo has a database of its own, and this would put another away.
            can_put_aside = fault.can_put_aside and not self._is_demo
        else:
            faults.log_bug(fault)
        breath.go_on()
        # Of a list that cannot be worked with nothing stays, and the file is let go of.
        self.window.show_page(self.window.opening)
        self.window.opening.fault(faults.sentence(fault), can_put_aside=can_put_aside)

    def _put_aside(self) -> None:
        """Put the database that cannot be opened aside, and open with an empty one."""
        from visitator.app.faults import told
        from visitator.app.opening import put_aside
        from visitator.app.settings import load_settings

        try:
            with told():
                put_aside(load_settings())
        except Exception as fault:
            self._fail(fault)
        else:
            self._open()

    # --- what the user prefers ------------------------------------------------------------------

    @property
    def _choice(self) -> Choice:
        return Choice(self._preferences.theme)

    def choose(self, **changed: object) -> None:
        """Let the user prefer something else (fields of `Preferences`), at once and from now on."""
        before = self._preferences
        self._preferences = msgspec.structs.replace(before, **changed)
        if self._keeps:
            self.window.message.tell(translation.said(_keep_preferences(changed)))
        self.window.attend(self._preferences)
        self._dress()
        if self._preferences.language != before.language:
            self._speak()

    def _show_settings(self) -> None:
        from ui.dialogs.settings import SettingsDialog

        if self._desk is None:
            return
        signature = self._desk.office().signature
        shown = msgspec.structs.replace(self._preferences, **msgspec.structs.asdict(signature))
        dialog = SettingsDialog(shown, self.window)
        dialog.changed.connect(lambda wanted: self._settle(shown, wanted))
        dialog.open()

    def _settle(self, before: Preferences, wanted: Preferences) -> None:
        """Who signs is the desk's to keep; the rest is kept here."""
        was, now = msgspec.structs.asdict(before), msgspec.structs.asdict(wanted)
        changed = {name: value for name, value in now.items() if value != was[name]}
        signing = {name: now[name] for name in Signature.__struct_fields__}
        if any(name in changed for name in signing):
            self.window.sign_as(Signature(**signing))
        rest = {name: value for name, value in changed.items() if name not in signing}
        if rest:
            self.choose(**rest)

    def _dress(self) -> None:
        from ui import icons

        theme.apply(self._app, self._choice)
        icons.follow_theme()
        self.window.top.show_theme(self._choice)

    def _speak(self) -> None:
        """Another language: a new window in the place of the one there is."""
        translation.remove(self._app, self._translators)
        self._translators = translation.install(self._app, self._preferences.language)
        old, self.window = self.window, self._new_window()
        self.window.replace(old)
        old.leave()
        self.faults.happened.disconnect(old.message.tell)
        self.window.show()
        if self._desk is not None:
            self.window.open(self._desk)
            if old.workplace is not None and old.workplace.pathway_id:
                self.window.go_to(old.workplace.place, old.workplace.pathway_id)
        old.hide()
        old.deleteLater()

    def _show_recovery_key(self) -> None:
        """Once, when the workstation has the only copy of everything."""
        if self._preferences.recovery_key_shown:
            return
        from ui.dialogs.recovery import RecoveryDialog
        from visitator.app.recovery import recovery_key

        key = recovery_key()
        if key is not None:
            dialog = RecoveryDialog(key, self.window)
            dialog.accepted.connect(lambda: self.choose(recovery_key_shown=True))
            dialog.open()

    # --- the end --------------------------------------------------------------------------------

    def end(self) -> int:
        """Send what waits, and close the desk; returns how much could not be sent."""
        desk = self.forget()
        return 0 if desk is None else desk.close(wait=_LAST_PUSH_S)

    def forget(self) -> Desk | None:
        """Let go of the desk, also of one that was still being opened, and of Python's faults."""
        if self._beginning is not None:
            self._beginning.end()
        self._painted.set()
        if self._thread is not None:
            self._thread.join(_LAST_PUSH_S)
        breath.go_on()
        self.faults.remove()
        desk, self._desk = self._desk, None
        return desk


def _read_preferences() -> tuple[Preferences, str]:
    """The employee's preferences; and what went wrong, in words."""
    try:
        return load_preferences(), ""
    except PreferencesError as error:
        # What cannot be read is not asked for again: it would be in the way of the work.
        return Preferences(first_run_done=True), str(error)


def _keep_preferences(changed: dict[str, object]) -> str:
    """Keep what is `changed`, and what others wrote meanwhile; says what went wrong."""
    try:
        save_preferences(msgspec.structs.replace(load_preferences(), **changed))
    except PreferencesError as error:
        return str(error)
    return ""
