"""Hospital, gateway and workstation on one machine, for as long as a demo lasts.

Everything is the real thing but the time and the hospital.
"""

import asyncio
import datetime as dt
import random
from collections.abc import Iterator
from contextlib import ExitStack
from types import TracebackType
from typing import Any, cast

import httpx

from visitator.app.workstation import Workstation
from visitator.demo.hospital import Happening
from visitator.demo.scenario import Colleague, DemoReply, Scenario
from visitator.demo.town import Town
from visitator.domain.agreement import Agreement
from visitator.domain.entries import AnswerCategory
from visitator.domain.messages import ReceiptOutcome
from visitator.domain.pathway import Pathway
from visitator.domain.terms import ReplyState
from visitator.store import InboxFilter, Store
from visitator.sync import Syncer

USER, DEVICE = "demo", "demo-pc"
_VERA = Colleague(name="Vera Demo", title="visitator", telephone="00000001")
_STEP = dt.timedelta(minutes=1)
_AFTERMATH = dt.timedelta(minutes=5)
_ANSWERABLE = {ReplyState.RECEIVED, ReplyState.IN_PROGRESS, ReplyState.ANSWER_RECEIVED}
_DELIVERED = {
    ReceiptOutcome.POSITIVE: "Kommunen ser: svaret er modtaget af sygehusets system",
    ReceiptOutcome.NEGATIVE: "Kommunen ser: svaret er afvist af sygehusets system",
    ReceiptOutcome.NEGATIVE_VANS: "Kommunen ser: svaret kunne ikke leveres",
}


class DemoSession:
    """One run of a scenario; a context manager that deletes everything at the end.

    Args:
        scenario: what the hospital does.
        agreement: the profile the municipality works by.
        start: aware instant the demo's time begins at.
    """

    def __init__(self, scenario: Scenario, agreement: Agreement, start: dt.datetime) -> None:
        self._scenario = scenario
        self._now = start
        self._answered: dict[str, int] = {}
        self._shown: set[str] = set()
        self.outcomes: list[ReceiptOutcome] = []
        """What became of the municipality's answers, as the workstation shows it."""
        with ExitStack() as stack:
            self._set_up(stack, agreement)
            self._stack = stack.pop_all()

    def _set_up(self, stack: ExitStack, agreement: Agreement) -> None:
        """Everything that must be closed again, also when the rest cannot be set up."""
        town = stack.enter_context(Town(self._scenario, agreement, self._now, self.now))
        self.folder, self.hospital, self.gateway = town.folder, town.hospital, town.gateway
        file = self.folder / "workstation.db"
        self.store = Store.open(file, town.key, agreement, throw_away=True)
        stack.callback(self.store.close)
        runner = stack.enter_context(asyncio.Runner())
        self._syncer = Syncer(
            self.store,
            self._client(town.enrol(USER, DEVICE, _VERA)),
            user=USER,
            device=DEVICE,
            clock=self.now,
            rng=random.Random(0),  # noqa: S311 - jitter, no secret
            runner=runner,
        )
        stack.callback(self._syncer.close)
        self.workstation = Workstation(self.store, user=USER, device=DEVICE, clock=self.now)

    def now(self) -> dt.datetime:
        """The demo's own time."""
        return self._now

    def __enter__(self) -> "DemoSession":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    def run(self) -> Iterator[Happening]:
        """Let time pass until the hospital has nothing more to do, answering what comes."""
        until: dt.datetime | None = None
        while until is None or self._now < until:
            yield from self.minute()
            until = self._now + _AFTERMATH if until is None and self.hospital.is_done else until

    def minute(self) -> Iterator[Happening]:
        """One minute: the hospital sends, the municipality reads, answers and sends."""
        yield from self.hospital.tick(self._now)
        self.gateway.tick()
        self._syncer.step()
        yield from self._news()
        yield from self._answer()
        self._now += _STEP
        self._syncer.step()
        self.gateway.tick()

    def _news(self) -> Iterator[Happening]:
        """What the workstation shows now that it did not show before."""
        for header in self.store.inbox(USER).rows:
            pathway = self.workstation.pathway(header.pathway_id)
            for version in pathway.plans if pathway else ():
                if self._is_new(version.entry_id):
                    what = "Kommunen modtog Plejeforløbsplan"
                    yield Happening(at=self._now, what=what, letter_id=version.message.letter_id)
            for reply in pathway.replies if pathway else ():
                if reply.delivery and self._is_new(reply.entry.id):
                    self.outcomes.append(reply.delivery.outcome)
                    what = _DELIVERED[reply.delivery.outcome]
                    yield Happening(at=self._now, what=what, letter_id=reply.sent.letter_id)

    def _is_new(self, entry_id: str) -> bool:
        if entry_id in self._shown:
            return False
        self._shown.add(entry_id)
        return True

    def _answer(self) -> Iterator[Happening]:
        """What the demo's own visitator does."""
        waiting = self.store.inbox(USER, InboxFilter(needs_answer=True))
        for header in waiting.rows:
            pathway = self.workstation.pathway(header.pathway_id)
            reply = self._reply_to(pathway) if pathway else None
            if pathway is None or reply is None:
                continue
            entry = self.workstation.reply(
                pathway, header.pathway_id, reply.category, self._comment(reply)
            )
            what = f"Kommunen svarede: {reply.category.label}"
            yield Happening(at=entry.occurred_at, what=what)

    def _comment(self, reply: DemoReply) -> str:
        return "" if reply.category is AnswerCategory.OK else reply.text

    def _reply_to(self, pathway: Pathway) -> DemoReply | None:
        """The scenario's next reply to a pathway that can be answered now."""
        if pathway.reply_state not in _ANSWERABLE or pathway.citizen is None:
            return None
        name = next(
            (
                name
                for name, stay in self._scenario.stays.items()
                if stay.citizen.key == pathway.citizen.key
            ),
            "",
        )
        replies = [reply for reply in self._scenario.replies if reply.citizen == name]
        if not replies:
            return None
        place = self._answered.get(name, 0)
        self._answered[name] = place + 1
        return replies[min(place, len(replies) - 1)]

    def _client(self, token: str) -> httpx.AsyncClient:
        return httpx.AsyncClient(
            transport=httpx.ASGITransport(cast(Any, self.gateway.app)),
            base_url="http://demo",
            headers={"Authorization": f"Bearer {token}"},
        )
