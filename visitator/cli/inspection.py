"""`visitator inspect`: what a message is, who it is about, and what must be done by when."""

import datetime as dt
import hashlib
import os
import sys
import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from visitator.domain.agreement import Agreement, validity_warnings
from visitator.domain.calendar import CalendarRangeError
from visitator.domain.citizen import format_cpr
from visitator.domain.deadlines import COPENHAGEN, Due, to_copenhagen
from visitator.domain.duties import Agenda, Duty, agenda
from visitator.domain.messages import (
    KIND_LABELS,
    AnyMessage,
    CarePlan,
    Correspondence,
    Message,
    kind_of,
)
from visitator.domain.moment import Moment
from visitator.domain.notice import Notice
from visitator.domain.party import Organisation
from visitator.medcom.decoding import MAX_BYTES
from visitator.medcom.errors import MessageError
from visitator.medcom.reader import read

_UNREADABLE = 2
_ACTORS = {"municipality": "Kommunen", "hospital": "Sygehuset"}
_WEEKDAYS = ("man", "tir", "ons", "tor", "fre", "lør", "søn")


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One letter of one file with what it asks for."""

    file: Path
    message: AnyMessage
    agenda: Agenda
    warnings: tuple[Notice, ...]


def run(
    files: Sequence[Path],
    *,
    as_json: bool,
    agreement: Agreement,
    received_at: dt.datetime | None,
) -> int:
    """Read `files` in order and print what they hold.

    Args:
        files: files as they came; one that cannot be read does not stop the others.
        as_json: print one JSON list instead of text.
        agreement: the profile deadlines are computed by.
        received_at: aware instant of receipt; without it the time each letter was sent.

    Returns:
        0 when everything was read, 2 when something was not. Why is told on standard error, one
        line each: file, reason code, sentence.
    """
    findings: list[Finding] = []
    failed = False
    for file in files:
        messages, problems = _read(file)
        findings.extend(_finding(file, message, agreement, received_at) for message in messages)
        for problem in problems:
            failed = True
            print(f"{_shown(file)}: {problem}", file=sys.stderr)
    if as_json:
        rows = [_as_json(finding, agreement) for finding in findings]
        sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(rows), indent=2) + b"\n")
        sys.stdout.flush()
    elif findings:
        print("\n\n".join(_as_text(finding, agreement) for finding in findings))
    return _UNREADABLE if failed else 0


def _read(file: Path) -> tuple[tuple[AnyMessage, ...], list[str]]:
    """The messages of a file, and a line for each thing that could not be read."""
    try:
        with file.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        return (), [f"fil_kan_ikke_laeses: {_why(error)}"]
    try:
        delivery = read(data)
    except MessageError as error:
        return (), [str(problem) for problem in error.problems]
    return delivery.messages, [str(problem) for problem in delivery.problems]


def _why(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "Filen findes ikke."
    if isinstance(error, IsADirectoryError):
        return "Stien er en mappe; angiv filerne i den."
    if isinstance(error, PermissionError):
        return "Der er ikke adgang til at læse filen."
    return "Filen kan ikke læses fra disken."


def _finding(
    file: Path, message: AnyMessage, agreement: Agreement, received_at: dt.datetime | None
) -> Finding:
    sent_at = message.sent_at or message.authorised_at
    start = received_at or (sent_at.replace(tzinfo=COPENHAGEN) if sent_at else None)
    found = Agenda()
    warnings = list(message.notices)
    try:
        if start is None:
            text = "Uden afsendelsestid kan frister ikke beregnes."
            warnings.append(Notice("modtaget_ukendt", text))
        else:
            found = agenda(message, start, agreement)
            warnings += _agenda_warnings(found, start, agreement, is_stated=received_at is not None)
    except CalendarRangeError as error:
        warnings.append(Notice("dato_uden_for_kalender", str(error)))
    return Finding(file=file, message=message, agenda=found, warnings=tuple(warnings))


def _agenda_warnings(
    found: Agenda, start: dt.datetime, agreement: Agreement, *, is_stated: bool
) -> Iterator[Notice]:
    """What to know about computed deadlines: their start, their dates, their agreement."""
    yield from found.notices
    if not found.duties:
        return
    if not is_stated:
        yield Notice(
            "regnet_fra_afsendelse", "Frister er regnet fra afsendelsen, ikke modtagelsen."
        )
    for warning in validity_warnings(agreement, to_copenhagen(start).date()):
        yield Notice(warning.code, warning.text)


def _shown(file: Path) -> str:
    """A file's name on one line, whatever bytes it is made of."""
    name = os.fsencode(file).decode("utf-8", "replace")
    return "".join(c if c.isprintable() else "\ufffd" for c in name)


# --- JSON -------------------------------------------------------------------------------------


def _as_json(finding: Finding, agreement: Agreement) -> dict[str, Any]:
    """The whole content; the keys a script relies on are there even when they are empty."""
    message = finding.message
    content: dict[str, Any] = _plain(msgspec.to_builtins(message, builtin_types=(bytes,)))
    content.pop("notices", None)
    citizen = content.pop("citizen", {})
    row = {
        "file": _shown(finding.file),
        "kind": kind_of(message),
        "letter_id": message.letter_id,
        "version_code": message.version_code,
        "episode_id": message.episode_id,
        "citizen": {
            "cpr": message.citizen.cpr if message.citizen else None,
            "name": message.citizen.name if message.citizen else None,
            **citizen,
        },
        "sender": {"gln": None, "organisation": None, **content.pop("sender", {})},
        "receiver": {"gln": None, "organisation": None, **content.pop("receiver", {})},
        "sent_at": None,
        "acknowledgement_code": _acknowledgement_code(message),
        "agreement": agreement.id,
        "deadlines": [_duty_json(duty) for duty in finding.agenda.duties],
        "warnings": [{"code": notice.code, "text": notice.text} for notice in finding.warnings],
    }
    return row | content


def _acknowledgement_code(message: Message) -> str | None:
    """What the envelope says about receipts, in MedCom's words."""
    codes = {True: "pluspositivkvitt", False: "minuspositivkvitt", None: None}
    return codes[message.wants_receipt]


def _plain(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """JSON values, with the content of attachments given as size and SHA-256."""
    if isinstance(value, bytes):
        return {"size": len(value), "sha256": hashlib.sha256(value).hexdigest()}
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value


def _duty_json(duty: Duty) -> dict[str, Any]:
    return {
        "code": duty.code,
        "label": duty.label,
        "actor": duty.actor,
        "status": duty.status,
        "due_at": duty.due.local.isoformat() if duty.due else None,
        "whole_day": bool(duty.due and duty.due.whole_day),
        "effective_at": duty.effective.local.isoformat() if duty.effective else None,
        "text": duty.text,
        "source": duty.source,
        "confidence": duty.confidence,
    }


# --- text -------------------------------------------------------------------------------------

_LABEL_WIDTH = 11
_WIDTH = 100


def _as_text(finding: Finding, agreement: Agreement) -> str:
    message = finding.message
    lines = [f"{KIND_LABELS[type(message)]}  ·  {_shown(Path(finding.file.name))}"]
    for name, value in _facts(message):
        lines += _line(name, value)
    for duty in finding.agenda.duties:
        for name, value in _duty_lines(duty, message):
            lines += _line(name, value)
    if finding.agenda.duties:
        lines += _line("Efter", f"{agreement.title} ({agreement.id})")
    for field in message.extra:
        lines += _line("Råt felt", f"{field.label}: {field.value}")
    for notice in finding.warnings:
        lines += _line("Bemærk", notice.text)
    return "\n".join(lines)


def _line(name: str, value: str) -> list[str]:
    """One labelled value, wrapped under itself; nothing when there is no value."""
    margin = " " * (_LABEL_WIDTH + 2)
    first = f"  {name:<{_LABEL_WIDTH}}"
    return textwrap.wrap(value, _WIDTH, initial_indent=first, subsequent_indent=margin)


def _facts(message: Message) -> Iterator[tuple[str, str]]:
    codes = (message.type_code, message.version_code, message.status_code)
    letter = " ".join(code for code in codes if code)
    yield "Brev", " · ".join(part for part in (message.letter_id, letter) if part)
    yield "Fra", _party(message.sender)
    yield "Til", _party(message.receiver)
    if message.citizen:
        number = message.citizen.cpr or message.citizen.replacement_cpr or ""
        yield "Om", ", ".join(p for p in (message.citizen.name, format_cpr(number)) if p)
    yield "Sendt", f"{message.sent_at:%d-%m-%Y kl. %H.%M}" if message.sent_at else ""
    yield "Forløb", message.episode_id or ""
    for field, label in (
        ("admitted", "Indlagt"),
        ("planned_discharge", "Udskrives"),
        ("end_of_treatment", "Færdigbeh."),
        ("discharged", "Udskrevet"),
    ):
        moment = getattr(message, field, None)
        if isinstance(moment, Moment):
            yield label, str(moment)
    if isinstance(message, Correspondence):
        yield "Emne", message.subject or ""


def _party(party: Organisation) -> str:
    phone = f"tlf. {party.telephone}" if party.telephone else ""
    number = f"lokationsnummer {party.gln}" if party.gln else ""
    return " · ".join(part for part in (party.name, number, phone) if part)


def _duty_lines(duty: Duty, message: Message) -> Iterator[tuple[str, str]]:
    when = _due(duty.due) if duty.due else "ingen fast frist"
    if duty.status == "unknown":
        when = "ikke oplyst"
    yield "Frist", f"{when}: {duty.label} ({_ACTORS[duty.actor]})"
    if duty.effective:
        why = ""
        if isinstance(message, CarePlan) and message.planned_discharge:
            why = f", fordi borgeren ventes hjem {message.planned_discharge}"
        yield "", f"Effektiv frist: {_due(duty.effective)}{why}."
    yield "", duty.text


def _due(due: Due) -> str:
    local = due.local
    day = f"{_WEEKDAYS[local.weekday()]} {local:%d-%m-%Y}"
    return day if due.whole_day else f"{day} kl. {local:%H.%M}"
