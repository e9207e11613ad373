"""The simulated hospital at the other end of the drop folder.

It writes real MedCom files into ``ind/``, fetches what the municipality puts into ``ud/``, sends
technical receipts for it, and answers after a while. Time is what the caller says it is.
"""

import datetime as dt
from pathlib import Path

import msgspec

from visitator.demo.days import Days
from visitator.demo.scenario import Answer, Event, Refusal, Scenario, Stay
from visitator.domain.calendar import Calendar
from visitator.domain.citizen import Citizen
from visitator.domain.deadlines import COPENHAGEN
from visitator.domain.entries import AnswerCategory
from visitator.domain.messages import (
    KIND_LABELS,
    AnyMessage,
    Correspondence,
    Message,
    Receipt,
    ReceiptOutcome,
    RehabilitationPlan,
)
from visitator.domain.text import RichText
from visitator.identifiers import new_letter_id
from visitator.medcom.errors import RefuseCode
from visitator.medcom.hospital import write_hospital_letter
from visitator.medcom.letters import LETTERS
from visitator.medcom.reader import read
from visitator.medcom.writing import receipt_for, write_correspondence, write_receipt

_TYPE_CODES = {
    "CarePlan": "XDIS21",
    "AdmissionNotification": "XDIS20",
    "DischargeNotification": "XDIS17",
    "DischargeReport": "XDIS18",
    "EndedTreatment": "XDIS19",
    "RehabilitationPlan": "GGOP",
    "Correspondence": "XDIS91",
}
_STATISTICAL_CODES = {"almen": "GGOP1", "specialiseret": "GGOP2", "rehabilitering": "GGOP3"}


class Happening(msgspec.Struct, frozen=True, kw_only=True):
    """Something the hospital did, for the demo's own account: no names, no numbers."""

    at: dt.datetime
    """Aware instant."""
    what: str
    """Danish: ``Sygehuset sendte Plejeforløbsplan``."""
    letter_id: str | None = None


class _Planned(msgspec.Struct, frozen=True, kw_only=True):
    """Something the hospital will send."""

    at: dt.datetime
    what: Event | Answer
    stay: Stay


class DemoHospital:
    """One hospital and one drop folder.

    Args:
        folder: the transport folder with ``ind/`` and ``ud/``; made when it is not there.
        scenario: what to send.
        start: aware instant the scenario's minutes count from; its day is day zero.
        calendar: which days are weekdays.
    """

    def __init__(
        self,
        folder: Path,
        scenario: Scenario,
        start: dt.datetime,
        calendar: Calendar = Calendar(),  # noqa: B008 - a frozen value
    ) -> None:
        self._inbound = folder / "ind"
        self._outbound = folder / "ud"
        self._inbound.mkdir(parents=True, exist_ok=True)
        self._outbound.mkdir(parents=True, exist_ok=True)
        self._scenario = scenario
        self._days = Days(zero=start.astimezone(COPENHAGEN).date(), calendar=calendar)
        anybody = next(iter(scenario.stays.values()))
        self._waiting = [
            _Planned(
                at=self._days.moment(start, after=event.after, on=event.on),
                what=event,
                stay=scenario.stays[event.citizen] if event.citizen else anybody,
            )
            for event in scenario.events
        ]
        self._refusals = list(scenario.refusals)
        self._used: list[Answer] = []
        self.letters: list[Correspondence] = []
        """What the municipality has written, in order, each letter once."""

    @property
    def is_done(self) -> bool:
        """Whether everything that was to be sent has been sent."""
        return not self._waiting

    @property
    def next_at(self) -> dt.datetime | None:
        """When the hospital does something of its own accord again."""
        return min((each.at for each in self._waiting), default=None)

    def tick(self, now: dt.datetime) -> list[Happening]:
        """Do everything that is due at the aware instant `now`, and say what was done."""
        happened = [
            done for file in sorted(self._outbound.glob("*.xml")) for done in self._fetch(file, now)
        ]
        due = sorted((each for each in self._waiting if each.at <= now), key=lambda each: each.at)
        for planned in due:
            self._waiting.remove(planned)
            happened.append(self._send(planned.what, planned.stay, now))
        return happened

    # --- what the hospital sends ----------------------------------------------------------------

    def _send(self, what: Event | Answer, stay: Stay, now: dt.datetime) -> Happening:
        if isinstance(what, Answer):
            answer = self._answer(what, stay, now)
            return self._put(answer, write_correspondence(answer).data, now)
        if what.unreadable is not None:
            self._write(f"{new_letter_id()}.xml", what.unreadable.encode("utf-8"))
            return Happening(at=now, what="Sygehuset sendte en fil, der ikke kan læses")
        message = self._addressed(what, stay, now)
        if isinstance(message, Correspondence):
            return self._put(message, write_correspondence(message).data, now)
        return self._put(message, write_hospital_letter(message), now)

    def _addressed(self, event: Event, stay: Stay, now: dt.datetime) -> AnyMessage:
        """The event's message with the header every letter has."""
        message = self._scenario.message(event, self._days)
        name = type(message).__name__
        kind = next(kind for kind in LETTERS.values() if kind.message is type(message))
        statistical = _TYPE_CODES[name]
        if isinstance(message, RehabilitationPlan):
            statistical = _STATISTICAL_CODES.get(message.level_text or "", "GGOP1")
        return msgspec.structs.replace(
            message,
            **self._header(stay, now),
            version_code=min(kind.versions),
            type_code=_TYPE_CODES[name],
            statistical_code=statistical,
            citizen=_about(message, stay),
        )

    def _header(self, stay: Stay, now: dt.datetime) -> dict[str, object]:
        local = now.astimezone(COPENHAGEN).replace(tzinfo=None, second=0, microsecond=0)
        return {
            "letter_id": new_letter_id(),
            "envelope_id": new_letter_id(),
            "authorised_at": local,
            "sent_at": local,
            "wants_receipt": True,
            "episode_id": stay.episode_id,
            "sender": msgspec.structs.replace(
                self._scenario.hospital,
                department=stay.department,
                unit=stay.unit,
                telephone=stay.telephone,
                signers=(stay.nurse,) if stay.nurse else (),
            ),
            "receiver": self._scenario.municipality,
        }

    def _answer(self, answer: Answer, stay: Stay, now: dt.datetime) -> Correspondence:
        header: dict[str, object] = self._header(stay, now)
        return msgspec.structs.replace(
            Correspondence(
                priority="rutine", subject=answer.subject, texts=(RichText(answer.text),)
            ),
            **header,
            citizen=msgspec.structs.replace(stay.citizen, stay_status="indlagt"),
        )

    def _put(self, message: Message, data: bytes, now: dt.datetime) -> Happening:
        self._write(f"{message.letter_id}.xml", data)
        what = f"Sygehuset sendte {KIND_LABELS[type(message)]}"
        return Happening(at=now, what=what, letter_id=message.letter_id)

    def _write(self, name: str, data: bytes) -> None:
        """As VANS operators deliver: whole or not at all."""
        draft = self._inbound / f".{name}.part"
        draft.write_bytes(data)
        draft.replace(self._inbound / name)

    # --- what the hospital fetches --------------------------------------------------------------

    def _fetch(self, file: Path, now: dt.datetime) -> list[Happening]:
        delivery = read(file.read_bytes())
        file.unlink()
        happened: list[Happening] = []
        for message in delivery.messages:
            if isinstance(message, Receipt):
                text = f"Sygehuset fik kvittering ({message.outcome.value})"
                happened.append(Happening(at=now, what=text, letter_id=message.letter_id))
            elif isinstance(message, Correspondence):
                happened += self._letter_came(message, now)
        return happened

    def _letter_came(self, letter: Correspondence, now: dt.datetime) -> list[Happening]:
        refusal = self._refusal_of(letter)
        if refusal is None and all(letter.letter_id != known.letter_id for known in self.letters):
            self.letters.append(letter)
            self._plan_answer(letter, now)
        did = "modtog" if refusal is None else "afviste"
        what = f"Sygehuset {did}: {_first_line(letter)}"
        happened = [Happening(at=now, what=what, letter_id=letter.letter_id)]
        if letter.wants_receipt:
            local = now.astimezone(COPENHAGEN).replace(tzinfo=None)
            receipt = receipt_for(
                letter, letter_id=new_letter_id(), envelope_id=new_letter_id(), sent_at=local
            )
            if refusal is not None:
                receipt = _refusing(receipt, refusal)
            self._write(f"{receipt.letter_id}.xml", write_receipt(receipt).data)
            happened.append(
                Happening(at=now, what="Sygehuset sendte kvittering", letter_id=letter.letter_id)
            )
        return happened

    def _refusal_of(self, letter: Correspondence) -> Refusal | None:
        """The scenario's refusal of a letter about this citizen; each is used once."""
        for refusal in self._refusals:
            if _is_about(letter, self._scenario.stays[refusal.citizen]):
                self._refusals.remove(refusal)
                return refusal
        return None

    def _plan_answer(self, letter: Correspondence, now: dt.datetime) -> None:
        stay = next(
            (each for each in self._scenario.stays.values() if _is_about(letter, each)), None
        )
        if stay is None:
            return
        for answer in self._scenario.answers:
            if answer in self._used or not self._fits(answer, stay, letter):
                continue
            if answer.citizen is not None:
                self._used.append(answer)
            at = self._days.moment(now, after=answer.after, on=answer.on)
            self._waiting.append(_Planned(at=at, what=answer, stay=stay))
            return

    def _fits(self, answer: Answer, stay: Stay, letter: Correspondence) -> bool:
        """Whether an answer is one to this letter; an OK asks for none."""
        asked = letter.text.casefold()
        mentioned = [word for word in answer.mentions if word.casefold() in asked]
        return (
            answer.citizen in {None, self._name_of(stay)}
            and letter.text.startswith(answer.begins)
            and bool(answer.begins or _first_line(letter) != AnswerCategory.OK.label)
            and bool(mentioned or not answer.mentions)
        )

    def _name_of(self, stay: Stay) -> str:
        return next(name for name, each in self._scenario.stays.items() if each is stay)


def _first_line(letter: Correspondence) -> str:
    return letter.text.split("\n", 1)[0]


def _is_about(letter: Correspondence, stay: Stay) -> bool:
    return letter.citizen is not None and letter.citizen.key == stay.citizen.key


def _refusing(receipt: Receipt, refusal: Refusal) -> Receipt:
    letters = tuple(
        msgspec.structs.replace(
            each, refuse_code=RefuseCode.RECEIVER_ID.value, refuse_text=RichText(refusal.text)
        )
        for each in receipt.original_letters
    )
    return msgspec.structs.replace(
        receipt, outcome=ReceiptOutcome.NEGATIVE, original_letters=letters
    )


def _about(message: AnyMessage, stay: Stay) -> object:
    """The citizen as this kind of letter names them: notices carry a number and a status only."""
    status = message.citizen.stay_status if message.citizen else None
    if type(message).__name__.endswith("Notification"):
        cpr, replacement_cpr = stay.citizen.cpr, stay.citizen.replacement_cpr
        return Citizen(cpr=cpr, replacement_cpr=replacement_cpr, stay_status=status)
    return msgspec.structs.replace(stay.citizen, stay_status=status)
