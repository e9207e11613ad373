"""The simulated hospital at the other end of the drop folder.

It writes real MedCom files into ``ind/``, fetches what the municipality puts into ``ud/``, sends
technical receipts for it, and answers questions after a while. Time is what the caller says it is.
"""

import datetime as dt
from pathlib import Path

import msgspec

from visitator.demo.scenario import Answer, Event, Scenario, Stay
from visitator.domain.deadlines import COPENHAGEN
from visitator.domain.messages import (
    KIND_LABELS,
    AnyMessage,
    Correspondence,
    Message,
    Receipt,
    RehabilitationPlan,
)
from visitator.domain.text import RichText
from visitator.identifiers import new_letter_id
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


class DemoHospital:
    """One hospital and one drop folder.

    Args:
        folder: the transport folder with ``ind/`` and ``ud/``; made when it is not there.
        scenario: what to send.
        start: aware instant the scenario's minutes count from.
    """

    def __init__(self, folder: Path, scenario: Scenario, start: dt.datetime) -> None:
        self._inbound = folder / "ind"
        self._outbound = folder / "ud"
        self._inbound.mkdir(parents=True, exist_ok=True)
        self._outbound.mkdir(parents=True, exist_ok=True)
        self._scenario = scenario
        self._start = start
        self._waiting: list[tuple[dt.datetime, Event | Answer]] = [
            (start + dt.timedelta(minutes=event.after), event) for event in scenario.events
        ]
        self.letters: list[Correspondence] = []
        """What the municipality has written, in order, each letter once."""

    @property
    def is_done(self) -> bool:
        """Whether everything that was to be sent has been sent."""
        return not self._waiting

    @property
    def next_at(self) -> dt.datetime | None:
        """When the hospital does something of its own accord again."""
        return min((at for at, _ in self._waiting), default=None)

    def tick(self, now: dt.datetime) -> list[Happening]:
        """Do everything that is due at the aware instant `now`, and say what was done."""
        happened = [
            done for file in sorted(self._outbound.glob("*.xml")) for done in self._fetch(file, now)
        ]
        due = sorted((item for item in self._waiting if item[0] <= now), key=lambda item: item[0])
        for item in due:
            self._waiting.remove(item)
            happened.append(self._send(item[1], now))
        return happened

    # --- what the hospital sends ----------------------------------------------------------------

    def _send(self, what: Event | Answer, now: dt.datetime) -> Happening:
        if isinstance(what, Answer):
            answer = self._answer(what, now)
            return self._put(answer, write_correspondence(answer).data, now)
        if what.unreadable is not None:
            self._write(f"{new_letter_id()}.xml", what.unreadable.encode("utf-8"))
            return Happening(at=now, what="Sygehuset sendte en fil, der ikke kan læses")
        message = self._addressed(what, now)
        if isinstance(message, Correspondence):
            return self._put(message, write_correspondence(message).data, now)
        return self._put(message, write_hospital_letter(message), now)

    def _addressed(self, event: Event, now: dt.datetime) -> AnyMessage:
        """The event's message with the header every letter has."""
        day_zero = self._start.astimezone(COPENHAGEN).date()
        message = self._scenario.message(event, day_zero)
        name = type(message).__name__
        kind = next(kind for kind in LETTERS.values() if kind.message is type(message))
        statistical = _TYPE_CODES[name]
        if isinstance(message, RehabilitationPlan):
            statistical = _STATISTICAL_CODES.get(message.level_text or "", "GGOP1")
        stay = self._scenario.stays[event.citizen or next(iter(self._scenario.stays))]
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
            ),
            "receiver": self._scenario.municipality,
        }

    def _answer(self, answer: Answer, now: dt.datetime) -> Correspondence:
        stay = self._scenario.stays[answer.citizen]
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
        if all(letter.letter_id != known.letter_id for known in self.letters):
            self.letters.append(letter)
            self._plan_answer(letter, now)
        category = letter.text.split("\n", 1)[0]
        happened = [
            Happening(at=now, what=f"Sygehuset modtog: {category}", letter_id=letter.letter_id)
        ]
        if letter.wants_receipt:
            local = now.astimezone(COPENHAGEN).replace(tzinfo=None)
            receipt = receipt_for(
                letter, letter_id=new_letter_id(), envelope_id=new_letter_id(), sent_at=local
            )
            self._write(f"{receipt.letter_id}.xml", write_receipt(receipt).data)
            happened.append(
                Happening(at=now, what="Sygehuset sendte kvittering", letter_id=letter.letter_id)
            )
        return happened

    def _plan_answer(self, letter: Correspondence, now: dt.datetime) -> None:
        for answer in self._scenario.answers:
            stay = self._scenario.stays[answer.citizen]
            asked = letter.citizen is not None and letter.citizen.key == stay.citizen.key
            if asked and letter.text.startswith(answer.begins):
                self._waiting.append((now + dt.timedelta(minutes=answer.after), answer))
                return


def _about(message: AnyMessage, stay: Stay) -> object:
    """The citizen as this kind of letter names them: notices carry a number and a status only."""
    status = message.citizen.stay_status if message.citizen else None
    if type(message).__name__.endswith("Notification"):
        return type(stay.citizen)(cpr=stay.citizen.cpr, stay_status=status)
    return msgspec.structs.replace(stay.citizen, stay_status=status)
