"""The case a note is written of: what its sections look things up in."""

import datetime as dt
from collections.abc import Iterator, Mapping

from visitator.domain.admission import Said, admission
from visitator.domain.agreement import Agreement
from visitator.domain.calendar import CalendarRangeError
from visitator.domain.checklist import Checklist
from visitator.domain.duties import Duty, agenda
from visitator.domain.entries import Entry, MessageReceived
from visitator.domain.messages import AnyMessage, Correspondence, Message, Receipt
from visitator.domain.pathway import Dispatch, LetterSent, Pathway, Reply, ReportSent
from visitator.domain.rehabilitation import rehabilitation
from visitator.export.note import Fact, Paragraph
from visitator.export.notes import say
from visitator.export.notes.order import Order
from visitator.export.notes.say import Blocks


class Case:
    """A pathway a note is written of, and what is known beside it."""

    def __init__(
        self,
        pathway: Pathway,
        order: Order,
        *,
        agreement: Agreement,
        checklist: Checklist | None,
        names: Mapping[str, str],
        now: dt.datetime,
        linked: Pathway | None,
    ) -> None:
        self.pathway = pathway
        self.plan = pathway.current_plan
        self.order = order
        self.admission = admission(pathway)
        self.course = rehabilitation(pathway, linked)
        self.agreement = agreement
        self.checklist = checklist
        self.names = names
        self.now = now
        dispatches: tuple[Reply | LetterSent | ReportSent, ...] = (
            *pathway.replies,
            *pathway.letters_sent,
            *pathway.reports_sent,
        )
        self._dispatches = {each.entry.id: each for each in dispatches}

    def received(self, kind: object) -> Iterator[tuple[Entry, MessageReceived]]:
        """The messages of a kind, with the entries they came with, in the order of the journal."""
        for entry in self.pathway.timeline:
            body = entry.body
            if isinstance(body, MessageReceived) and isinstance(body.message, kind):  # type: ignore[arg-type]
                yield entry, body

    def latest(self) -> Message | None:
        """The current plan, else the last letter that came."""
        if self.plan:
            return self.plan.message
        letters = [
            body.message
            for _, body in self.received(AnyMessage)
            if not isinstance(body.message, Receipt)
        ]
        return letters[-1] if letters else None

    def minutes(self) -> tuple[Entry, MessageReceived, Correspondence] | None:
        """The minutes of the conference: the entry, what was received, and the letter."""
        agreed = self.pathway.conference
        for entry, body in self.received(Correspondence):
            if agreed and entry.id == agreed.minutes and isinstance(body.message, Correspondence):
                return entry, body, body.message
        return None

    def duty(self, message: AnyMessage, received_at: dt.datetime) -> Duty | None:
        """What a message asks for first; None for nothing, or in a year no calendar knows."""
        try:
            duties = agenda(message, received_at, self.agreement).duties
        except CalendarRangeError:
            return None
        return duties[0] if duties else None

    def fact_of_duty(self, message: AnyMessage, received_at: dt.datetime) -> Blocks:
        """By when the municipality or the hospital has to do what a message asks for."""
        duty = self.duty(message, received_at)
        if duty is None:
            return
        actor = "kommunen" if duty.actor == "municipality" else "sygehuset"
        if duty.due is not None:
            yield Fact(label="Frist", text=f"{say.due(duty.due)}: {duty.label}, {actor}")
        yield Fact(label="Regel", text=duty.text)

    def transit(self, entry: Entry) -> Blocks:
        """How far something that was sent has come."""
        dispatch: Dispatch | None = self._dispatches.get(entry.id)
        if dispatch is None:
            return
        yield Fact(label="Forsendelse", text=dispatch.transit.label)
        if isinstance(dispatch, Reply) and not dispatch.counts:
            yield Paragraph(text="Svaret gælder ikke: et andet svar eller en ny plan kom først.")

    def name(self, entry: Entry | Said) -> str:
        """Who wrote an entry, or said something."""
        return self.names.get(entry.author, entry.author)

    def by(self, said: Entry | Said) -> str:
        """When something was said, and by whom."""
        at = said.at if isinstance(said, Said) else said.occurred_at
        return f"{say.at(at)} af {self.name(said)}"
