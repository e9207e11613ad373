"""An employee of the demo, who does what the scenario says by the calls of the real gateway."""

import datetime as dt
from collections.abc import Callable

import httpx
import msgspec

from visitator.demo.days import Days
from visitator.demo.deeds import (
    Answering,
    Being,
    Calling,
    Convening,
    Declining,
    Deed,
    Leaving,
    Looking,
    Naming,
    Noting,
    Take,
    Ticking,
    Writing,
)
from visitator.domain.citizen import Citizen
from visitator.domain.entries import (
    AdmissionEntered,
    AdmissionReportNotNeeded,
    Assigned,
    ChecklistTicked,
    ConferenceAgreed,
    CorrespondenceSent,
    Entry,
    KnownBody,
    LeaveNoted,
    NoteAdded,
    PartState,
    PhoneCall,
    PresentAtAdmission,
    ReplySent,
    Tick,
    encode_entry,
)
from visitator.domain.moment import Moment
from visitator.domain.pathway import Pathway
from visitator.domain.wire import Looking as Say
from visitator.domain.wire import PushRequest, PushResponse
from visitator.identifiers import new_entry_id, new_letter_id

_SAY_AGAIN = dt.timedelta(seconds=30)


class Employee:
    """One user at one workstation.

    Args:
        user: the author of the entries.
        device: the name of the workstation.
        address: of the gateway.
        token: theirs.
        clock: what time it is: aware instants.
        days: what the days of the scenario are.
    """

    def __init__(
        self,
        *,
        user: str,
        device: str,
        address: str,
        token: str,
        clock: Callable[[], dt.datetime],
        days: Days,
    ) -> None:
        self._user, self._device = user, device
        self._clock, self._days = clock, days
        self._client = httpx.Client(
            base_url=address, headers={"Authorization": f"Bearer {token}"}, trust_env=False
        )
        self._looking: tuple[str, bool, dt.datetime] | None = None
        self._said_at = dt.datetime.min.replace(tzinfo=dt.UTC)

    def close(self) -> None:
        """Let go of the connection to the gateway."""
        self._client.close()

    def do(self, deed: Deed, pathway_id: str, pathway: Pathway) -> bool:
        """Do something about a pathway.

        Returns:
            False when there is nothing to do about it, or a colleague was faster.

        Raises:
            httpx.HTTPError: the gateway does not answer, or refuses the call.
        """
        if isinstance(deed, Looking):
            self._looking = (pathway_id, deed.composing, self._clock() + deed.lasts)
            self._say(pathway_id, composing=deed.composing)
            return True
        body = self._body(deed, pathway)
        return body is not None and self._push(pathway_id, body)

    def go_on(self) -> None:
        """Say again what one looks at, before the gateway forgets it."""
        if self._looking is None or self._clock() < self._said_at + _SAY_AGAIN:
            return
        pathway_id, composing, until = self._looking
        if self._clock() < until:
            self._say(pathway_id, composing=composing)
        else:
            self._looking = None
            self._say(None, composing=False)

    def _body(self, deed: Deed, pathway: Pathway) -> KnownBody | None:
        body: KnownBody | None = None
        match deed:
            case Take() if pathway.owner is None:
                body = Assigned(owner=self._user, previous=None)
            case Answering() if pathway.needs_answer and pathway.to_answer is not None:
                body = ReplySent(
                    category=deed.category,
                    comment=deed.text,
                    answers=pathway.to_answer,
                    letter_id=new_letter_id(),
                    envelope_id=new_letter_id(),
                )
            case Writing():
                body = CorrespondenceSent(
                    subject=deed.subject,
                    text=deed.text,
                    purpose=deed.purpose,
                    letter_id=new_letter_id(),
                    envelope_id=new_letter_id(),
                )
            case Calling():
                body = PhoneCall(
                    whom=deed.whom, at=self._clock(), text=deed.text, clears=deed.clears
                )
            case Noting():
                body = NoteAdded(text=deed.text)
            case Convening():
                held = Moment(self._days.date(deed.held), deed.held.at)
                body = ConferenceAgreed(form=deed.form, at=held)
            case _:
                body = self._admission_body(deed, pathway)
        return body

    def _admission_body(self, deed: Deed, pathway: Pathway) -> KnownBody | None:
        """Of what is said about the stay itself."""
        body: KnownBody | None = None
        match deed:
            case Naming() if pathway.admitted is not None:
                known = pathway.citizen or Citizen()
                named = msgspec.structs.replace(
                    known, given_name=deed.given_name, surname=deed.surname
                )
                body = AdmissionEntered(citizen=named, admitted=pathway.admitted)
            case Being():
                body = PresentAtAdmission(was_present=True, who=deed.whom)
            case Ticking():
                body = ChecklistTicked(ticks=_ticks(deed))
            case Declining():
                body = AdmissionReportNotNeeded(reason=deed.reason)
            case Leaving():
                since = Moment(self._days.date(deed.since), deed.since.at)
                body = LeaveNoted(is_on_leave=True, at=since)
        return body

    def _push(self, pathway_id: str, body: KnownBody) -> bool:
        now = self._clock()
        entry = Entry(
            id=new_entry_id(now),
            pathway_id=pathway_id,
            author=self._user,
            device=self._device,
            occurred_at=now,
            body=body,
        )
        pushed = PushRequest(device=self._device, entries=[msgspec.Raw(encode_entry(entry))])
        answer = self._client.post("/v1/entries", content=msgspec.json.encode(pushed))
        answer.raise_for_status()
        (result,) = msgspec.json.decode(answer.content, type=PushResponse).results
        return result.seq is not None

    def _say(self, pathway_id: str | None, *, composing: bool) -> None:
        said = Say(pathway_id=pathway_id, composing=composing)
        answer = self._client.post("/v1/presence", content=msgspec.json.encode(said))
        answer.raise_for_status()
        self._said_at = self._clock()


def _ticks(deed: Ticking) -> tuple[Tick, ...]:
    said = [Tick(part=code, state=PartState.BROUGHT) for code in deed.brought]
    said += [Tick(part=code, state=PartState.NOT_RELEVANT) for code in deed.not_relevant]
    said += [
        Tick(part=code, state=PartState.MISSING, note=note) for code, note in deed.missing.items()
    ]
    return tuple(said)
