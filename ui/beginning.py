"""The first start: asks the three questions and keeps the answers, one after the other.

What can fail is tried before anything is kept, in a thread of its own; what did not work is said on
the page it can be mended on.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QObject, Signal

from ui import faults
from ui.dialogs.first_run import AGREEMENT, WHERE, WHO, Answers, FirstRun, Offer
from ui.translation import said
from visitator.app.opening import enrol
from visitator.app.preferences import Preferences, PreferencesError, save_preferences
from visitator.app.settings import (
    Settings,
    SettingsError,
    agreement_choices,
    load_settings,
    may_change_settings,
    save_settings,
)
from visitator.app.views import KnownError, Option

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class Beginning(QObject):
    """One first start. Import it when the window is painted: it loads store and network."""

    done = Signal(object)
    """`Preferences`: everything is kept and the desk can be opened."""
    demo_wanted = Signal()
    _tried = Signal(object)

    def __init__(self, preferences: Preferences, *, can_show_demo: bool) -> None:
        super().__init__()
        self._preferences = preferences
        self._thread: threading.Thread | None = None
        self._answers: Answers | None = None
        try:
            self._settings, problem = load_settings(), ""
        except SettingsError as error:
            self._settings, problem = Settings(), str(error)
        self._form = FirstRun(
            Offer(
                agreements=tuple(
                    Option(code=each.id, label=f"{each.region}: {each.title}")
                    for each in agreement_choices()
                ),
                agreement=self._settings.agreement,
                gateway=self._settings.gateway or "",
                folder=next(iter(self._settings.folders), ""),
                can_change=may_change_settings(),
                can_show_demo=can_show_demo,
                name=preferences.name,
                title=preferences.title,
                telephone=preferences.telephone,
            )
        )
        if problem:
            self._form.show_problem(said(problem), WHO)
        self._form.answered.connect(self._keep)
        self._form.demo_wanted.connect(self.demo_wanted)
        self._tried.connect(self._logged_in)

    @property
    def page(self) -> QWidget:
        """What is to be shown in the window."""
        return self._form

    def end(self) -> None:
        """Wait for what is under way."""
        if self._thread is not None:
            self._thread.join()

    def _keep(self, answers: Answers) -> None:
        self._answers = answers
        signed = msgspec.structs.replace(
            self._preferences, **msgspec.structs.asdict(answers.signature)
        )
        if answers.gateway is None:
            self._finish(signed)
            return
        self._form.set_busy(True)
        address, token = answers.gateway, answers.token
        self._thread = threading.Thread(target=self._log_in, args=(address, token, signed))
        self._thread.start()

    def _log_in(self, address: str, token: str, signed: Preferences) -> None:
        try:
            self._tried.emit(enrol(address, token, signed))
        except Exception as fault:
            self._tried.emit(fault)

    def _logged_in(self, result: Preferences | Exception) -> None:
        self._form.set_busy(False)
        if isinstance(result, Preferences):
            self._finish(result)
            return
        if not isinstance(result, KnownError):
            faults.log_bug(result)
        self._form.show_problem(faults.sentence(result), WHERE)

    def _finish(self, preferences: Preferences) -> None:
        """The settings first: without them the rest is asked again, and not the other way round."""
        answers = self._answers
        if answers is None:
            return
        try:
            if may_change_settings():
                save_settings(_with(self._settings, answers))
        except SettingsError as error:
            self._form.show_problem(said(str(error)), AGREEMENT)
            return
        done = msgspec.structs.replace(preferences, first_run_done=True)
        try:
            save_preferences(done)
        except PreferencesError as error:
            self._form.show_problem(said(str(error)), AGREEMENT)
            return
        self.done.emit(done)


def _with(settings: Settings, answers: Answers) -> Settings:
    return msgspec.structs.replace(
        settings,
        agreement=answers.agreement,
        gateway=answers.gateway,
        folders=() if answers.folder is None else (answers.folder,),
    )
