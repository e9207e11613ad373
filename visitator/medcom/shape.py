"""How an XML element becomes fields: a table per element, and nothing falls through.

A `Shape` names what is expected below an element and which field takes it. Whatever the table
does not name, names twice or cannot read is kept as a labelled raw field, so every text of a
message ends up somewhere (standard §2: cardinalities are unknown, unknown elements must show).

Matching is by local name and place: one message mixes namespaces 1.0.0 to 1.0.4 (standard §1.2).
"""

import base64
import binascii
import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias, TypeVar

import msgspec
from lxml import etree

from visitator.domain.moment import Moment
from visitator.domain.notice import Notice, RawField
from visitator.medcom.errors import MessageError, Reason
from visitator.medcom.formatted import FORMATS, clean, leaf_text, local_name, read_rich

_S = TypeVar("_S", bound=msgspec.Struct)
Values: TypeAlias = dict[str, Any]
Handler: TypeAlias = Callable[[etree._Element, Values, "Reading"], None]

_KNOWN_TAGS_AT_MOST = 512
_PATHS_AT_MOST = 20_000_000
"""Characters of paths one letter may need: a hostile one has deep trees and long names."""
_FIELD_COST = 20
_MEANING = "[namespace-uri() != 'http://www.w3.org/2001/XMLSchema-instance']"
_ATTRIBUTES = etree.XPath(f"descendant-or-self::*/@*{_MEANING}")
_OWN_ATTRIBUTES = etree.XPath(f"@*{_MEANING}")

RAW_LABELS: Mapping[str, str] = {
    "Date": "Dato",
    "Time": "Tidspunkt",
    "TimeWithSec": "Tidspunkt",
    "Comment": "Bemærkning",
    "StatusCode": "Status",
    "TreatmentStatus": "Behandlingsstatus",
    "PlannedDischarge": "Planlagt udskrivning",
    "CareDescription": "Plejebeskrivelse",
    "CommentsText": "Bemærkninger",
    "Identifier": "Identifikation",
    "PersonGivenName": "Fornavn",
    "PersonSurnameName": "Efternavn",
    "PersonTitle": "Titel",
    "TelephoneSubscriberIdentifier": "Telefon",
    "EANIdentifier": "Lokationsnummer",
    "OrganisationName": "Organisation",
    "DepartmentName": "Afdeling",
    "UnitName": "Afsnit",
    "Subject": "Emne",
    "Priority": "Prioritet",
    "Code": "Kode",
    "Text": "Tekst",
    "Text01": "Tekst",
}
"""Labels of elements that turn up where no field expects them; others show their own name."""


class Reading:
    """What one letter's reading keeps beside its fields."""

    def __init__(self, root: etree._Element) -> None:
        self._root = root
        self.raw: list[RawField] = []
        self.notices: list[Notice] = []
        self._path_room = _PATHS_AT_MOST

    def keep(self, element: etree._Element) -> None:
        """Keep every text and attribute of an element nobody has a field for."""
        stack = [element]
        while stack:
            current = stack.pop()
            if not len(current):
                self._keep_text(current, clean(current.text))
            elif _is_formatted(current):
                self._keep_text(current, read_rich(current).text)
            else:
                self._keep_text(current, clean(current.text))
                for child in current:
                    self._keep_text(current, clean(child.tail))
                stack.extend(reversed(current))

    def keep_attributes(self, element: etree._Element, *, below: bool = True) -> None:
        """Keep what an element says in attributes; MedCom's letters have none, others may."""
        for value in (_ATTRIBUTES if below else _OWN_ATTRIBUTES)(element):
            name = etree.QName(value.attrname).localname
            self._keep_text(value.getparent(), clean(value), f"@{name}")

    def keep_instead(self, element: etree._Element, kept: int) -> None:
        """Keep all of an element, in place of what was kept of it since `kept`."""
        del self.raw[kept:]
        self.keep(element)

    def keep_stray(self, element: etree._Element, text: str | None) -> None:
        """Keep a text that stands between elements where only elements belong."""
        self._keep_text(element, clean(text))

    def remark(self, code: str, text: str) -> None:
        """Add a remark about the letter, once."""
        notice = Notice(code, text)
        if notice not in self.notices:
            self.notices.append(notice)

    def _keep_text(self, element: etree._Element, text: str, suffix: str = "") -> None:
        if not text:
            return
        name = local_name(element)
        path = self._path(element) + suffix
        self._path_room -= len(path) + _FIELD_COST
        if self._path_room < 0:
            raise MessageError(Reason.TOO_LARGE)
        self.raw.append(RawField(path=path, label=RAW_LABELS.get(name, name), value=text))

    def _path(self, element: etree._Element) -> str:
        names = [local_name(element)]
        for ancestor in element.iterancestors():
            if ancestor is self._root:
                break
            names.append(local_name(ancestor))
        return "/".join(reversed(names))


def _is_formatted(element: etree._Element) -> bool:
    return all(local_name(child) in FORMATS for child in element)


class Shape:
    """What is expected below one element: local name -> what takes it."""

    def __init__(self, fields: Mapping[str, Handler]) -> None:
        self._fields = dict(fields)
        self._by_tag: dict[str, Handler | None] = {}

    def read(self, element: etree._Element, values: Values, reading: Reading) -> None:
        """Read the children of `element` into `values`, and the rest into `reading`."""
        by_tag = self._by_tag
        if (text := element.text) and not text.isspace():
            reading.keep_stray(element, text)
        for child in element:
            tag: str = child.tag  # type: ignore[assignment]  # comments and entities are off
            try:
                handler = by_tag[tag]
            except KeyError:
                handler = self._resolve(tag)
            if handler is None:
                reading.keep(child)
            else:
                handler(child, values, reading)
            if (tail := child.tail) and not tail.isspace():
                reading.keep_stray(element, tail)

    def _resolve(self, tag: str) -> Handler | None:
        handler = self._fields.get(tag[tag.rfind("}") + 1 :])
        if len(self._by_tag) < _KNOWN_TAGS_AT_MOST:
            self._by_tag[tag] = handler
        return handler


def build(struct: type[_S], values: Values) -> _S:
    """A struct from what was read; lists that grew while reading become tuples."""
    for name, value in values.items():
        if type(value) is list:
            values[name] = tuple(value)
    return struct(**values)


def text(field: str) -> Handler:
    """A leaf with plain text; a formatted one gives its text."""

    def take(element: etree._Element, values: Values, reading: Reading) -> None:
        value = leaf_text(element) if len(element) else clean(element.text)
        if field in values:
            reading.keep(element)
        elif value:
            values[field] = value

    return take


def texts(field: str) -> Handler:
    """A leaf that may come several times."""

    def take(element: etree._Element, values: Values, _reading: Reading) -> None:
        value = leaf_text(element)
        if value:
            values.setdefault(field, []).append(value)

    return take


def rich(field: str) -> Handler:
    """Formatted text."""

    def take(element: etree._Element, values: Values, reading: Reading) -> None:
        if field in values:
            reading.keep(element)
        elif value := read_rich(element):
            values[field] = value

    return take


def riches(field: str) -> Handler:
    """Formatted text that may come several times; an empty one keeps its place."""

    def take(element: etree._Element, values: Values, _reading: Reading) -> None:
        values.setdefault(field, []).append(read_rich(element))

    return take


def flag(field: str, true: str = "1", false: str | None = "0") -> Handler:
    """A yes/no written as two fixed words; another word is kept raw with a remark."""
    meanings = {true: True} if false is None else {true: True, false: False}

    def take(element: etree._Element, values: Values, reading: Reading) -> None:
        value = meanings.get(clean(element.text)) if not len(element) else None
        if value is None or field in values:
            _unread(element, reading)
        else:
            values[field] = value

    return take


def number(field: str) -> Handler:
    """A whole number in its plain form; anything else is kept raw with a remark."""

    def take(element: etree._Element, values: Values, reading: Reading) -> None:
        value = clean(element.text)
        plain = value.isascii() and value.isdecimal() and len(value) < 16
        if plain and str(int(value)) == value and not len(element) and field not in values:
            values[field] = int(value)
        else:
            _unread(element, reading)

    return take


def day(field: str) -> Handler:
    """A date ``yyyy-mm-dd`` (standard §8.2)."""

    def take(element: etree._Element, values: Values, reading: Reading) -> None:
        value = None if len(element) else parse_date(clean(element.text))
        if value is None or field in values:
            _unread(element, reading)
        else:
            values[field] = value

    return take


def moment(field: str) -> Handler:
    """``Date`` and ``Time`` below one element; a date without time is a whole day."""

    def take(element: etree._Element, values: Values, reading: Reading) -> None:
        found, kept = _read_clock(element, reading)
        if "date" in found and field not in values:
            values[field] = Moment(found["date"], found.get("time"))
        else:
            reading.keep_instead(element, kept)

    return take


def instant(field: str) -> Handler:
    """``Date`` and ``Time`` that must both be there: a naive datetime in Danish civil time."""

    def take(element: etree._Element, values: Values, reading: Reading) -> None:
        found, kept = _read_clock(element, reading)
        if "date" in found and "time" in found and field not in values:
            values[field] = dt.datetime.combine(found["date"], found["time"])
        else:
            reading.keep_instead(element, kept)

    return take


def _read_clock(element: etree._Element, reading: Reading) -> tuple[Values, int]:
    """Date and time below `element`, and how much was kept raw before."""
    kept = len(reading.raw)
    found: Values = {}
    _MOMENT.read(element, found, reading)
    return found, kept


def parse_date(value: str) -> dt.date | None:
    """A date written ``yyyy-mm-dd``; None for every other way of writing one."""
    try:
        date = dt.date.fromisoformat(value)
    except ValueError:
        return None
    return date if date.isoformat() == value else None


def parse_time(value: str) -> dt.time | None:
    """A time written ``hh:mm`` or ``hh:mm:ss``; None for every other way of writing one."""
    if len(value) not in (5, 8):
        return None
    try:
        time = dt.time.fromisoformat(value)
    except ValueError:
        return None
    return time if time.tzinfo is None and time.isoformat()[: len(value)] == value else None


def _clock(element: etree._Element, values: Values, reading: Reading) -> None:
    value = None if len(element) else parse_time(clean(element.text))
    if value is None or "time" in values:
        _unread(element, reading)
    else:
        values["time"] = value


def _unread(element: etree._Element, reading: Reading) -> None:
    if not len(element) and not clean(element.text):
        return
    reading.keep(element)
    name = local_name(element)
    reading.remark("felt_ulaeseligt", f"Feltet {RAW_LABELS.get(name, name)} er vist, som det kom.")


CLOCK = {"Date": day("date"), "Time": _clock, "TimeWithSec": _clock}
"""The parts of a moment, for elements that have other children beside them."""
_MOMENT = Shape(CLOCK)


def one(
    field: str, struct: type[msgspec.Struct], shape: Shape, *, at: str | None = None
) -> Handler:
    """An element that is a struct of its own; `at` takes a date and time beside its children."""

    def take(element: etree._Element, values: Values, reading: Reading) -> None:
        if field in values:
            reading.keep(element)
            return
        found: Values = {}
        shape.read(element, found, reading)
        if at:
            date, time = found.pop("date", None), found.pop("time", None)
            if date:
                found[at] = Moment(date, time)
            elif time:
                reading.keep_stray(element, time.isoformat("minutes"))
        if found:
            values[field] = build(struct, found)

    return take


def many(field: str, struct: type[msgspec.Struct], shape: Shape, **fixed: Any) -> Handler:
    """An element that is a struct and may come several times; `fixed` is what its name says."""

    def take(element: etree._Element, values: Values, reading: Reading) -> None:
        found: Values = {}
        shape.read(element, found, reading)
        if found:
            values.setdefault(field, []).append(build(struct, found | fixed))

    return take


def inside(shape: Shape) -> Handler:
    """An element that only groups: its children are fields of the same struct."""
    return shape.read


def content(field: str) -> Handler:
    """Base64 to bytes.

    Raises:
        MessageError: it is not valid base64.
    """

    def take(element: etree._Element, values: Values, reading: Reading) -> None:
        if field in values or len(element):
            reading.keep(element)
        else:
            values[field] = decode_base64(element.text)

    return take


def decode_base64(value: str | None) -> bytes:
    """The bytes behind a base64 text with white space in it.

    Raises:
        MessageError: a character or a length that base64 does not have.
    """
    try:
        return base64.b64decode("".join((value or "").split()), validate=True)
    except (binascii.Error, ValueError) as error:
        raise MessageError(Reason.BASE64) from error
