"""What every demo has: a hospital, a gateway and the folder between them.

The database is encrypted with a key that is only in memory, and the folder is deleted at the end.
"""

import datetime as dt
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from visitator.demo.hospital import DemoHospital, Happening
from visitator.demo.scenario import Colleague, Scenario, Stay
from visitator.domain.agreement import Agreement
from visitator.domain.entries import Entry, decode_entry
from visitator.domain.pathway import Pathway, fold
from visitator.gateway import journal, users
from visitator.gateway.database import Database
from visitator.gateway.service import Gateway
from visitator.gateway.transports import FolderTransport
from visitator.store.keys import new_demo_key


class Town:
    """A context manager that deletes everything at the end.

    Args:
        scenario: what the hospital does.
        agreement: the profile the municipality works by.
        start: aware instant the scenario's minutes count from; its day is day zero.
        clock: what time it is: aware instants.
    """

    def __init__(
        self,
        scenario: Scenario,
        agreement: Agreement,
        start: dt.datetime,
        clock: Callable[[], dt.datetime],
    ) -> None:
        self.agreement = agreement
        self._clock = clock
        self._entries: dict[str, list[Entry]] = {}
        self._cursor = 0
        with ExitStack() as stack:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="visitator-demo-"))
            self.folder = Path(folder)
            """Where everything lies; whatever else belongs to the demo may lie there, too."""
            self.key = new_demo_key()
            transport = FolderTransport(self.folder / "vans", "demo")
            transport.prepare()
            self.hospital = DemoHospital(self.folder / "vans", scenario, start, agreement.calendar)
            self.gateway = Gateway(
                Database.sqlite(self.folder / "gateway.db", self.key),
                agreement=agreement,
                clock=clock,
                transports=[transport],
            )
            stack.callback(self.gateway.close)
            self._stack = stack.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Delete everything."""
        self._stack.close()

    def enrol(self, user: str, device: str, person: Colleague) -> str:
        """Give an employee access to the gateway; returns the token."""
        added = users.User(
            user=user,
            name=person.name,
            role=person.role,
            title=person.title,
            telephone=person.telephone,
        )
        with self.gateway.database.write() as connection:
            return users.add(connection, added, device, self._clock())

    def deliver(self) -> list[Happening]:
        """Letters both ways, and the receipts for them; says what the hospital did."""
        happened = self.hospital.tick(self._clock())
        self.gateway.tick()
        return happened

    def pathway_of(self, stay: Stay) -> tuple[str, Pathway] | None:
        """The pathway of a stay, as the gateway's journal has it now; None before it began."""
        self._read()
        episode = stay.episode_id.replace("-", "").casefold()
        for pathway_id, entries in self._entries.items():
            pathway = fold(entries)
            if pathway.episode_key == episode:
                return pathway_id, pathway
        return None

    def _read(self) -> None:
        with self.gateway.database.read() as connection:
            page = journal.page(connection, after=self._cursor, limit=10_000)
        for data in page.entries:
            entry = decode_entry(data)
            self._entries.setdefault(entry.pathway_id, []).append(entry)
        self._cursor = page.cursor
