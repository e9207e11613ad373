"""The admission side of a desk: what its screen reads, and what it has done.

Reads are quick and made in the caller's thread; commands are carried out in the desk's writer
thread and give a future, as those of `visitator.app.desk.Desk`.
"""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Protocol, TypeVar

from visitator.app.admission_views import (
    AdmissionList,
    AdmissionRow,
    AdmissionView,
    ChecklistView,
)
from visitator.app.admissions import Admissions
from visitator.app.admitting import AdmissionCommands
from visitator.app.faults import told
from visitator.app.views import Colleague, KnownError, Point, Sent
from visitator.domain.entries import NoteWay
from visitator.store import Person

_NOT_LOGGED = (
    "{name} er gemt i mappen, men det kunne ikke skrives i journalen: {why} Gem tjeklisten igen."
)

_T = TypeVar("_T")


class _Do(Protocol):
    """Has work done in the writer thread."""

    def __call__(self, work: Callable[[], _T], /) -> Future[_T]: ...


class AdmissionDesk:
    """One user's admissions; made by `Desk`, and reached as `desk.admissions`.

    Reads raise a `KnownError` for a fault of the file. So do the futures of commands; nothing of
    a command that raised has happened.
    """

    def __init__(
        self,
        admissions: Admissions,
        commands: AdmissionCommands,
        *,
        do: _Do,
        of_item: Callable[[str], Sent],
        people: Callable[[], Sequence[Person]],
    ) -> None:
        self._admissions = admissions
        self._commands = commands
        self._do = do
        self._of_item = of_item
        self._people = people

    # --- quick reads ----------------------------------------------------------------------------

    def overview(self) -> AdmissionList:
        """The groups with their counts, and the first deadline ahead."""
        with told():
            return self._admissions.overview()

    def rows(
        self, offset: int, limit: int, *, with_ended: bool = False
    ) -> tuple[AdmissionRow, ...]:
        """A page of the list, headings not counted; `with_ended`: who is in hospital no more."""
        with told():
            return self._admissions.rows(offset, limit, with_ended=with_ended)

    def position(self, pathway_id: str, *, with_ended: bool = False) -> int | None:
        """Where an admission stands in the list; None when it is not in it."""
        with told():
            return self._admissions.position(pathway_id, with_ended=with_ended)

    def row(self, pathway_id: str) -> AdmissionRow | None:
        """One row; None when nobody was admitted in that pathway."""
        with told():
            return self._admissions.row(pathway_id)

    def view(self, pathway_id: str) -> AdmissionView | None:
        """Everything about one admission; None when nobody was admitted in that pathway."""
        with told():
            return self._admissions.view(pathway_id)

    def blank(self) -> ChecklistView | None:
        """The agreement's checklist with nothing said of anything; None where it has none."""
        return self._admissions.blank()

    def staff(self) -> tuple[Colleague, ...]:
        """Who a missing part can be given to: everybody who works here, care staff among them."""
        return tuple(
            Colleague(user=each.user, name=each.name, title=each.title) for each in self._people()
        )

    def report_text(self, texts: Mapping[str, str], confirmed: str | None, supplement: str) -> str:
        """The report as it would be sent, to be copied into the care record system."""
        return self._commands.report_text(texts, confirmed, supplement)

    # --- commands -------------------------------------------------------------------------------

    def enter(
        self, cpr: str, given_name: str, surname: str, admitted: Point, ward: str
    ) -> Future[str]:
        """Enter a citizen whose notification is missing; the pathway, also when there is one."""
        return self._do(lambda: self._commands.enter(cpr, given_name, surname, admitted, ward))

    def name_citizen(self, pathway_id: str, given_name: str, surname: str) -> Future[None]:
        """Say the name of a citizen of whom only the number has come."""
        return self._do(lambda: self._commands.name_citizen(pathway_id, given_name, surname))

    def tick(self, pathway_id: str, part: str, state: str | None, note: str = "") -> Future[None]:
        """Say of a part whether it was brought; `state` is an option's code, None takes it back."""
        return self._do(lambda: self._commands.tick(pathway_id, part, state, note))

    def all_brought(self, pathway_id: str) -> Future[None]:
        """Alt medbragt: every part nobody has said anything of."""
        return self._do(lambda: self._commands.all_brought(pathway_id))

    def present(self, pathway_id: str, was_present: bool, who: str = "") -> Future[None]:
        """Whether a municipal employee was in the home, and who."""
        return self._do(
            lambda: self._commands.present(pathway_id, was_present=was_present, who=who)
        )

    def assign_follow_up(self, pathway_id: str, part: str, owner: str | None) -> Future[None]:
        """Give a missing part to somebody, or to nobody."""
        return self._do(lambda: self._commands.assign_follow_up(pathway_id, part, owner))

    def close_follow_up(self, pathway_id: str, part: str, text: str) -> Future[None]:
        """A missing part needs nothing more ("Høreapparat eftersendt")."""
        return self._do(lambda: self._commands.close_follow_up(pathway_id, part, text))

    def send_report(
        self, pathway_id: str, texts: Mapping[str, str], confirmed: str | None, supplement: str
    ) -> Future[Sent]:
        """Send the admission report; can be undone for ten seconds."""
        return self._report(pathway_id, texts, confirmed, supplement, elsewhere=False)

    def report_sent_elsewhere(
        self, pathway_id: str, texts: Mapping[str, str], confirmed: str | None, supplement: str
    ) -> Future[Sent]:
        """Write down that it was sent from the care record system; can be undone as well."""
        return self._report(pathway_id, texts, confirmed, supplement, elsewhere=True)

    def report_not_needed(self, pathway_id: str, reason: str) -> Future[None]:
        """There is nothing to supplement."""
        return self._do(lambda: self._commands.not_needed(pathway_id, reason))

    def save_word(
        self,
        pathway_ids: Sequence[str],
        file: str,
        *,
        is_filled: bool,
        is_round: bool,
        replace: bool,
    ) -> Future[None]:
        """Save the checklist as a Word file; see `Admissions.save_word`."""
        wanted, path = tuple(pathway_ids), Path(file)

        def work() -> None:
            self._admissions.save_word(
                wanted, path, is_filled=is_filled, is_round=is_round, replace=replace
            )
            self._saved(wanted, path)

        return self._do(work)

    def save_pdf(
        self, pathway_ids: Sequence[str], file: str, data: bytes, *, replace: bool
    ) -> Future[None]:
        """Save the checklist as a PDF file with these bytes; see `Admissions.save_pdf`."""
        wanted, path = tuple(pathway_ids), Path(file)

        def work() -> None:
            self._admissions.save_pdf(wanted, path, data, replace=replace)
            self._saved(wanted, path)

        return self._do(work)

    def printed(self, pathway_ids: Sequence[str]) -> Future[None]:
        """Put in the journal that the checklist of these admissions was printed."""
        wanted = tuple(pathway_ids)
        return self._do(lambda: self._commands.exported(wanted, NoteWay.PRINT))

    def _saved(self, pathway_ids: Sequence[str], file: Path) -> None:
        """Put in the journal that it left; that it could not be does not make the file go away."""
        try:
            with told():
                self._commands.exported(pathway_ids, NoteWay.FILE)
        except KnownError as error:
            raise KnownError(_NOT_LOGGED.format(name=file.name, why=error)) from error

    def note_leave(self, pathway_id: str, is_on_leave: bool, at: Point) -> Future[None]:
        """The citizen is on leave, or back."""
        return self._do(lambda: self._commands.note_leave(pathway_id, at, is_on_leave=is_on_leave))

    def _report(
        self,
        pathway_id: str,
        texts: Mapping[str, str],
        confirmed: str | None,
        supplement: str,
        *,
        elsewhere: bool,
    ) -> Future[Sent]:
        written = dict(texts)
        return self._do(
            lambda: self._of_item(
                self._commands.send_report(
                    pathway_id, written, confirmed, supplement, elsewhere=elsewhere
                )
            )
        )
