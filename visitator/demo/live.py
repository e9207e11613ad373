"""The demo for the window: a municipality in the middle of a morning, and what happens next.

Everything is the real thing but the time and the hospital. The days before the window opens are
played at once, by the same hospital, gateway and employees as what comes after.
"""

import datetime as dt
import logging
import threading
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from visitator.demo.clock import DemoClock, opening
from visitator.demo.days import Days
from visitator.demo.deeds import Deed
from visitator.demo.employee import Employee
from visitator.demo.scenario import Colleague, Scenario, ScenarioError, load_scenario
from visitator.demo.town import Town
from visitator.domain.agreement import Agreement
from visitator.gateway.loopback import Loopback

SCENARIO = "vagt.toml"
_ROUND_SECONDS = 0.2
_BEFORE = dt.timedelta(days=30)

_logger = logging.getLogger(__name__)


class LiveDemo:
    """A gateway to work at, with a morning in it; a context manager in which its time runs.

    When it is made, the past is played and time stands still at 09.42 on a weekday; `run`, or
    entering the context, lets it go on. `close` deletes everything.

    Args:
        agreement: the profile the municipality works by.
        today: the demo's day is the first weekday from this one on.
        speed: how fast time runs.
        scenario: instead of the program's own; its first person sits at the screen.
        progress: told how much of the past is played, 0-1.

    Raises:
        ScenarioError: something in the past of the scenario cannot be.
        visitator.gateway.loopback.LoopbackError: the gateway cannot answer on this computer.
    """

    device = "demo-pc"
    """The workstation of the one who sits at the screen."""

    def __init__(
        self,
        agreement: Agreement,
        today: dt.date,
        *,
        speed: float = 1.0,
        scenario: Scenario | None = None,
        progress: Callable[[float], None] = lambda _done: None,
    ) -> None:
        self.agreement = agreement
        self._scenario = scenario or load_scenario(SCENARIO)
        self._speed = speed
        self._start = opening(today, agreement.calendar)
        self._days = Days(zero=self._start.date(), calendar=agreement.calendar)
        self.clock = DemoClock(self._start - _BEFORE)
        """What time it is in the demo, when it is called: an aware instant."""
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()
        self._ahead = sorted(
            ((self._at(deed), deed) for deed in self._scenario.deeds), key=lambda each: each[0]
        )
        with ExitStack() as stack:
            self._set_up(stack)
            self._play_the_past(progress)
            self._stack = stack.pop_all()

    def _set_up(self, stack: ExitStack) -> None:
        self._town = stack.enter_context(
            Town(self._scenario, self.agreement, self._start, self.clock)
        )
        loopback = Loopback(self._town.gateway)
        stack.callback(loopback.close)
        self.address = loopback.address
        """Of the gateway: ``http://127.0.0.1:40123``."""
        self.user = next(iter(self._scenario.people))
        """Who sits at the screen."""
        self._employees: dict[str, Employee] = {}
        for user, person in self._scenario.people.items():
            device = self.device if user == self.user else f"pc-{user}"
            token = self._town.enrol(user, device, person)
            if user == self.user:
                self.token = token
            employee = Employee(
                user=user,
                device=device,
                address=self.address,
                token=token,
                clock=self.clock,
                days=self._days,
            )
            stack.callback(employee.close)
            self._employees[user] = employee

    @property
    def municipality(self) -> str:
        """The name of the municipality."""
        return self._scenario.municipality.organisation or ""

    @property
    def person(self) -> Colleague:
        """Who sits at the screen, and how they sign."""
        return self._scenario.people[self.user]

    @property
    def folder(self) -> Path:
        """Where everything lies until the end; the workstation's database belongs there, too."""
        return self._town.folder

    def __enter__(self) -> Self:
        self.run()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def run(self) -> None:
        """Let time go on, and the hospital and the colleagues with it."""
        if self._thread is None:
            self.clock.run(self._speed)
            self._thread = threading.Thread(target=self._go_on, name="demo", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Stop, and delete everything."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()
        self._stack.close()

    def step(self) -> None:
        """Do everything that is due by the demo's clock; `run` does it all the time."""
        self._town.deliver()
        while self._ahead and self._ahead[0][0] <= self.clock():
            self._do(self._ahead.pop(0)[1])
        for employee in self._employees.values():
            employee.go_on()
        self._town.gateway.tick()

    def _go_on(self) -> None:
        while not self._stop.wait(_ROUND_SECONDS):
            try:
                self.step()
            except Exception as error:
                # A bug must not end the demo's time; what the error says may quote a message.
                _logger.error("a round of the demo failed: %s", type(error).__name__)

    # --- what was before the window opened ------------------------------------------------------

    def _play_the_past(self, progress: Callable[[float], None]) -> None:
        first = self._next()
        while (at := self._next()) <= self._start:
            progress((at - first) / (self._start - first))
            self.clock.put(at)
            self._town.deliver()
            if self._ahead and self._ahead[0][0] <= at:
                deed = self._ahead.pop(0)[1]
                if not self._do(deed):
                    raise ScenarioError(f"{deed.who} kan ikke gøre det om {deed.citizen}: {deed}")
                # What was sent is handed over, fetched, and answered for.
                self._town.gateway.tick()
                self._town.deliver()
        self.clock.put(self._start)
        self._town.deliver()
        progress(1.0)

    def _next(self) -> dt.datetime:
        """When something happens next."""
        never = self._start + _BEFORE
        hospital = self._town.hospital.next_at or never
        return min(hospital, self._ahead[0][0] if self._ahead else never)

    def _at(self, deed: Deed) -> dt.datetime:
        return self._days.moment(self._start, after=deed.after, on=deed.on)

    def _do(self, deed: Deed) -> bool:
        """False when it cannot be done as things are."""
        found = self._town.pathway_of(self._scenario.stays[deed.citizen])
        return found is not None and self._employees[deed.who].do(deed, *found)
