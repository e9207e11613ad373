"""The rehabilitation side of a desk: what its screen reads, and what it has done.

Reads are quick and made in the caller's thread; commands are carried out in the desk's writer
thread and give a future, as those of `visitator.app.desk.Desk`.
"""

import datetime as dt
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Protocol, TypeVar

from visitator.app import spreadsheet
from visitator.app.faults import told
from visitator.app.rehabilitating import RehabilitationCommands
from visitator.app.rehabilitation_steps import StepDraft
from visitator.app.rehabilitation_views import (
    RehabilitationChoice,
    RehabilitationList,
    RehabilitationRow,
    RehabilitationView,
)
from visitator.app.rehabilitations import Rehabilitations
from visitator.app.views import Sent

_T = TypeVar("_T")
_EVERYTHING = RehabilitationChoice()


class _Do(Protocol):
    """Has work done in another thread."""

    def __call__(self, work: Callable[[], _T], /) -> Future[_T]: ...


class RehabilitationDesk:
    """One user's rehabilitation courses; made by `Desk`, and reached as `desk.rehabilitations`.

    Reads raise a `KnownError` for a fault of the file. So do the futures of commands; nothing of
    a command that raised has happened.
    """

    def __init__(
        self,
        courses: Rehabilitations,
        commands: RehabilitationCommands,
        *,
        do: _Do,
        do_slowly: _Do,
        of_item: Callable[[str], Sent],
        now: Callable[[], dt.datetime],
    ) -> None:
        self._courses = courses
        self._commands = commands
        self._do = do
        self._do_slowly = do_slowly
        self._of_item = of_item
        self._now = now

    # --- quick reads ----------------------------------------------------------------------------

    def overview(self, choice: RehabilitationChoice = _EVERYTHING) -> RehabilitationList:
        """The groups with their counts, and what one can choose by."""
        with told():
            return self._courses.overview(choice)

    def rows(
        self, offset: int, limit: int, choice: RehabilitationChoice = _EVERYTHING
    ) -> tuple[RehabilitationRow, ...]:
        """A page of the list, headings not counted."""
        with told():
            return self._courses.rows(offset, limit, choice)

    def position(self, pathway_id: str, choice: RehabilitationChoice = _EVERYTHING) -> int | None:
        """Where a course stands in the list; None when it is not in it."""
        with told():
            return self._courses.position(pathway_id, choice)

    def row(self, pathway_id: str) -> RehabilitationRow | None:
        """One row; None when no rehabilitation plan has come in that pathway."""
        with told():
            return self._courses.row(pathway_id)

    def view(self, pathway_id: str) -> RehabilitationView | None:
        """Everything about one course; None when no plan has come in that pathway."""
        with told():
            return self._courses.view(pathway_id)

    def file_name(self) -> str:
        """What a spreadsheet that is made now is called."""
        return spreadsheet.file_name(self._now().date())

    # --- commands -------------------------------------------------------------------------------

    def take(self, pathway_id: str, draft: StepDraft) -> Future[str]:
        """Take a step; gives the entry it can be taken back by."""
        return self._do(lambda: self._commands.take(pathway_id, draft))

    def withdraw(self, pathway_id: str, step: str) -> Future[None]:
        """Take a step back."""
        return self._do(lambda: self._commands.withdraw(pathway_id, step))

    def set_date(
        self, pathway_id: str, code: str, date: dt.date | None, note: str = ""
    ) -> Future[None]:
        """Say a date of the plan by the code of its `DateView`; None takes it back."""
        return self._do(lambda: self._commands.set_date(pathway_id, code, date, note))

    def set_level(self, pathway_id: str, code: str) -> Future[None]:
        """Set basal or avanceret; an empty code takes it back."""
        return self._do(lambda: self._commands.set_level(pathway_id, code))

    def link(self, pathway_id: str, admission: str | None) -> Future[None]:
        """Link the plan to the admission of a pathway, or to none."""
        return self._do(lambda: self._commands.link(pathway_id, admission))

    def ask(self, pathway_id: str, text: str) -> Future[Sent]:
        """Ask the hospital about the plan; can be undone for ten seconds."""
        return self._do(lambda: self._of_item(self._commands.ask(pathway_id, text)))

    def export(self, path: Path, choice: RehabilitationChoice = _EVERYTHING) -> Future[int]:
        """Write the list as a spreadsheet; gives how many rows it has."""
        return self._do_slowly(lambda: self._export(path, choice))

    def _export(self, path: Path, choice: RehabilitationChoice) -> int:
        rows = self._courses.all(choice)
        spreadsheet.write(path, rows)
        return len(rows)
