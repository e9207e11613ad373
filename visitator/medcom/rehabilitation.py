"""A rehabilitation plan that was sent as correspondence (standard §5, "As XDIS91").

MedCom's conversion puts the whole plan into one text with bold headings. What has a typed field is
read from under its heading; the other headings stay as sections, in order, so nothing is lost.
"""

import re
from collections.abc import Callable, Iterator, Mapping

import msgspec

from visitator.domain.messages import (
    Correspondence,
    Diagnosis,
    HospitalControl,
    JournalExcerpt,
    RehabilitationPlan,
    Section,
)
from visitator.domain.moment import Moment
from visitator.domain.party import Person
from visitator.domain.text import RichText, Style
from visitator.medcom.shape import Values, build, parse_date, parse_time

Take = Callable[[RichText, Values], bool]
"""Reads a section's text into values; False when the section must be shown as well."""

_SUBJECT = re.compile(r"genoptræningsplan \((.*?)\)?", re.IGNORECASE)
_MOMENT = r"(?P<date>\d{4}-\d\d-\d\d)(?: kl\. (?P<time>\d\d:\d\d))?"
_CONTACT_START = re.compile(rf"start: {_MOMENT}", re.IGNORECASE)
_CONTACT_END = re.compile(rf"forventet afslutning: (?:{_MOMENT}|(?P<text>.+))", re.IGNORECASE)
_CONTROL = re.compile(rf"dato for kontrol: {_MOMENT}", re.IGNORECASE)
_CODED = re.compile(r"(?P<text>.+) \((?P<code>[A-Z0-9]+)\)")
_SIGNED = re.compile(
    r"(?P<date>\d{4}-\d\d-\d\d), (?P<name>[^,\n]+)(?:, (?P<title>[^\n]+))?(?:\n|$)"
)
_CONSENT = re.compile(r"^informeret samtykke: (.+)$", re.IGNORECASE | re.MULTILINE)
_EXCERPT = "uddrag fra journal"
_EXTENDED = "udvidet beskrivelse af helbredsrelateret funktionsevne på udskrivningstidspunktet"


def from_correspondence(message: Correspondence) -> RehabilitationPlan | None:
    """The rehabilitation plan in a correspondence, or None when it is ordinary mail.

    Recognised by subject ``Genoptræningsplan (…)`` or statistical code GGOP1 to GGOP3.
    """
    subject = _SUBJECT.fullmatch(message.subject or "")
    is_plan = subject or message.statistical_code in ("GGOP1", "GGOP2", "GGOP3")
    if not is_plan:
        return None
    values = msgspec.structs.asdict(message) | {"as_correspondence": True}
    if subject and subject.group(1):
        values["level_text"] = subject.group(1)
    sections: list[Section] = []
    for text in message.texts:
        for heading, body in _sections(text):
            if not _take(heading, body, values):
                sections.append(Section(heading=heading, text=body))
    return build(RehabilitationPlan, values | {"sections": sections})


def _take(heading: str, body: RichText, values: Values) -> bool:
    name = heading.casefold()
    if name.startswith(_EXCERPT):
        return _journal_excerpt(heading[len(_EXCERPT) :].lstrip(": "), body, values)
    take = _HEADINGS.get(name)
    return take is not None and take(body, values)


def _sections(text: RichText) -> Iterator[tuple[str, RichText]]:
    """Heading and body of each part; text before the first heading has an empty heading."""
    bold = {(span.start, span.end) for span in text.spans if span.style is Style.BOLD}
    heading, body_start, position = "", 0, 0
    for line in text.text.split("\n"):
        end = position + len(line)
        known = _is_known(line)
        if known or ((position, end) in bold and heading.casefold() != _EXTENDED):
            body = text.cut(body_start, position)
            if heading or body:
                yield heading, body
            heading, body_start = line, min(end + 1, len(text.text))
        position = end + 1
    body = text.cut(body_start, len(text.text))
    if heading or body:
        yield heading, body


def _is_known(line: str) -> bool:
    name = line.casefold()
    return name in _HEADINGS or name.startswith(f"{_EXCERPT}: ")


def _text(field: str) -> Take:
    def take(body: RichText, values: Values) -> bool:
        if field in values or not body:
            return not body
        values[field] = body
        return True

    return take


def _shown(_body: RichText, _values: Values) -> bool:
    """A heading MedCom's conversion writes that has no typed field in this form."""
    return False


def _hospital_contact(body: RichText, values: Values) -> bool:
    complete = True
    for line in filter(None, body.text.split("\n")):
        found = _contact_line(line)
        if found and found[0] not in values:
            values[found[0]] = found[1]
        else:
            complete = False
    return complete


def _contact_line(line: str) -> tuple[str, Moment | RichText] | None:
    """Field and value of one line about the hospital contact."""
    if (match := _CONTACT_START.fullmatch(line)) and (moment := _moment(match)):
        return "contact_start", moment
    if match := _CONTACT_END.fullmatch(line):
        if match["text"]:
            return "contact_expected_end_text", RichText(match["text"])
        if moment := _moment(match):
            return "contact_expected_end", moment
    return None


def _control(body: RichText, values: Values) -> bool:
    """The time of the control; its place is free text and stays in the section."""
    match = _CONTROL.match(body.text)
    if match and "controls" not in values and (moment := _moment(match)):
        values["controls"] = [HospitalControl(start=moment)]
    return False


def _diagnoses(body: RichText, values: Values) -> bool:
    if "diagnoses" in values:
        return False
    lines = [line for line in body.text.split("\n") if line]
    matches = [_CODED.fullmatch(line) for line in lines]
    values["diagnoses"] = [Diagnosis(text=m["text"], code=m["code"]) for m in matches if m]
    return all(matches)


def _patient(body: RichText, values: Values) -> bool:
    """The consent has a field; the rest of the citizen's details stays in the section."""
    if (match := _CONSENT.search(body.text)) and "consent" not in values:
        values["consent"] = match[1]
    return False


def _journal_excerpt(title: str, body: RichText, values: Values) -> bool:
    found: Values = {"title": title or None}
    signed = _SIGNED.match(body.text)
    if signed and (date := parse_date(signed["date"])):
        given, _, surname = signed["name"].rpartition(" ")
        found["date"] = date
        found["signer"] = Person(given_name=given or None, surname=surname, title=signed["title"])
        body = body.cut(signed.end(), len(body.text))
    found["comment"] = body or None
    values.setdefault("journal_excerpts", []).append(JournalExcerpt(**found))
    return True


def _moment(match: re.Match[str]) -> Moment | None:
    """The moment a line states, or None when it is none that exists."""
    date, time = parse_date(match["date"] or ""), parse_time(match["time"] or "")
    return Moment(date, time) if date and (time or not match["time"]) else None


_HEADINGS: Mapping[str, Take] = {
    "kopimodtagere": _shown,
    "underskrivere": _shown,
    "yderligere patientoplysninger": _patient,
    "pårørende": _shown,
    "information om behandling til patient og pårørende": _text("information"),
    "praktiske oplysninger": _text("practical_information"),
    "patientsikkerhedsmæssige forhold": _text("patient_safety"),
    "tidsfrist for start af genoptræning": _text("start_deadline_text"),
    "aktuel sygehuskontakt": _hospital_contact,
    "aftaler om kontrol og opfølgning": _control,
    "helbredsforhold inkl. beskrivelse af behandlingsforløb - sammenfatning": _text(
        "health_summary"
    ),
    "helbredsrelateret funktionsevne på udskrivningstidspunktet - sammenfatning": _text(
        "ability_summary"
    ),
    _EXTENDED: _text("ability_extended"),
    "patientens genoptræningsbehov og potentiale": _text("need_and_potential"),
    "diagnoser": _diagnoses,
    "icf-koder": _shown,
    "spørgsmål til regionen": _shown,
    "spørgsmål til kommunen": _shown,
    "behandlende team under indlæggelse": _shown,
    "slutstatusmodtager": _shown,
}
"""The headings of MedCom's conversion, case folded."""
