"""Who else has the same pathway before them (nærvær), and who works here: both are only advice.

A thread of its own asks the gateway, so that neither the screen nor a command waits for it. What
fails is silent and tried again later.
"""

import logging
import threading
import time
from collections.abc import Callable, Sequence

from visitator.app.asking import Asking
from visitator.app.errors import AskingError
from visitator.domain.wire import Employee, Onlooker

AGAIN = 30.0
"""Seconds between two words about what this user looks at."""
LASTS = 120.0
"""Seconds after which what was heard of others is not believed any more."""
_PEOPLE_EVERY = 3600.0
_PEOPLE_AGAIN = 60.0
_END_SECONDS = 6.0

_logger = logging.getLogger(__name__)


class Lookout:
    """Tells the gateway what this user looks at, and remembers who else does.

    Args:
        asking: the gateway.
        others_changed: called, in the thread of this, with the pathway somebody came to or left.
        people_came: called, in the thread of this, with everybody who works here.
    """

    def __init__(
        self,
        asking: Asking,
        others_changed: Callable[[str], None],
        people_came: Callable[[Sequence[Employee]], None],
    ) -> None:
        self._asking = asking
        self._others_changed = others_changed
        self._people_came = people_came
        self._turn = threading.Condition()
        self._looks_at: str | None = None
        self._composing = False
        self._is_news = False
        self._stopped = False
        self._heard: tuple[str, tuple[Onlooker, ...], float] | None = None
        self._people_at = time.monotonic()
        self._missed: set[str] = set()
        self._thread = threading.Thread(target=self._run, name="visitator-lookout", daemon=True)

    def start(self) -> None:
        """Begin to ask."""
        self._thread.start()

    def stop(self) -> None:
        """Ask no more; the last thing said is that this user looks at nothing."""
        with self._turn:
            self._stopped = True
            self._turn.notify()
        if self._thread.is_alive():
            self._thread.join(_END_SECONDS)

    def look_at(self, pathway_id: str | None, *, composing: bool) -> None:
        """Say it at once when it is another pathway, or writing began or ended."""
        with self._turn:
            if (pathway_id, composing) == (self._looks_at, self._composing):
                return
            if pathway_id != self._looks_at:
                self._heard = None
            self._looks_at, self._composing, self._is_news = pathway_id, composing, True
            self._turn.notify()

    def miss(self, user: str) -> None:
        """Ask who works here anew, once for each user whose name is not known: they may be new."""
        with self._turn:
            if user not in self._missed:
                self._missed.add(user)
                self._people_at = time.monotonic()
                self._turn.notify()

    def others(self, pathway_id: str) -> tuple[Onlooker, ...]:
        """Who else looks at it, as far as was heard in the last two minutes."""
        heard = self._heard
        if heard is None or heard[0] != pathway_id or time.monotonic() - heard[2] > LASTS:
            return ()
        return heard[1]

    def _run(self) -> None:
        while True:
            with self._turn:
                self._turn.wait_for(self._has_to_ask, self._pause())
                if self._stopped:
                    break
                is_news, self._is_news = self._is_news, False
                looks_at, composing = self._looks_at, self._composing
            if is_news or looks_at is not None:
                self._say(looks_at, composing=composing)
            if time.monotonic() >= self._people_at:
                self._ask_for_people()
        if self._looks_at is not None and self._heard is not None:
            self._say(None, composing=False)

    def _has_to_ask(self) -> bool:
        return self._is_news or self._stopped or time.monotonic() >= self._people_at

    def _pause(self) -> float:
        people = max(0.0, self._people_at - time.monotonic())
        return people if self._looks_at is None else min(AGAIN, people)

    def _say(self, pathway_id: str | None, *, composing: bool) -> None:
        try:
            others = self._asking.look_at(pathway_id, composing=composing)
        except AskingError as error:
            _logger.info("presence was not heard: %s", type(error.__cause__).__name__)
            return
        before = self.others(pathway_id) if pathway_id is not None else ()
        with self._turn:
            if pathway_id is None or pathway_id != self._looks_at:
                return
            self._heard = (pathway_id, others, time.monotonic())
        if others != before:
            self._others_changed(pathway_id)

    def _ask_for_people(self) -> None:
        # Before the call: who is missed meanwhile is asked for once more.
        self._people_at = time.monotonic() + _PEOPLE_EVERY
        try:
            found = self._asking.people()
        except AskingError as error:
            _logger.info("the people were not heard: %s", type(error.__cause__).__name__)
            self._people_at = time.monotonic() + _PEOPLE_AGAIN
            return
        self._people_came(found)
