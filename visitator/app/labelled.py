"""Everything a message says as labelled values, whatever kind it is: nothing is left out.

Labels are those of the fields themselves, from the outside in: ``Afsender: Lokationsnummer``. A new
field of a message is shown without a word here.
"""

import datetime as dt
import enum
import itertools
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from visitator.app.views import FieldView, Point, Run, Text
from visitator.domain.codes import in_danish
from visitator.domain.labels import labels
from visitator.domain.moment import Moment
from visitator.domain.notice import RawField
from visitator.domain.text import RichText, Span, Style

YES, NO = "Ja", "Nej"

_NAMES = ("description", "heading", "name", "title", "subject")
"""What an item of a list is about, where it says so; the first that it has."""

_PARTS_OF_A_NAME = {*_NAMES, "given_name", "surname", "organisation", "department", "unit"}

_FORMATS = {
    Style.BOLD: "bold",
    Style.ITALIC: "italic",
    Style.UNDERLINE: "underlined",
    Style.FIXED: "fixed",
}

Stretch = tuple[int, int]
"""Part of a text: where it begins and where it has ended, in characters."""


def fields_of(
    struct: msgspec.Struct,
    *,
    only: frozenset[str] | None = None,
    without: frozenset[str] = frozenset(),
) -> list[FieldView]:
    """Every value of a message, in the order of its fields; an item of a list is one value.

    Args:
        struct: a message, or anything else with labelled fields.
        only: the names of the fields to look at; None is all.
        without: paths of what is shown elsewhere, such as ``sender.telephone`` or, for every item
            of a list, ``relatives[].given_name``.
    """
    return list(_fields(struct, "", (), only, without))


def text_of(value: RichText | str | None) -> Text:
    """A text with its formats."""
    if isinstance(value, RichText):
        return Text(runs=styled(value.text, value.spans))
    return Text(runs=(Run(text=value),)) if value else Text()


def one_below_the_other(texts: Iterable[Text]) -> Text:
    """Several texts as one; those that say nothing are left out."""
    return Text(runs=tuple(_with_breaks(text for text in texts if text.runs)))


def _with_breaks(texts: Iterable[Text]) -> Iterator[Run]:
    for place, text in enumerate(texts):
        if place:
            yield Run(text="\n")
        yield from text.runs


def styled(
    text: str, spans: tuple[Span, ...] = (), new: tuple[Stretch, ...] = ()
) -> tuple[Run, ...]:
    """A text cut where its format changes.

    Args:
        text: the whole text.
        spans: its formats.
        new: what the text before it did not say.
    """
    if not spans and not new:
        return (Run(text=text),) if text else ()
    edges = {0, len(text)}
    edges.update(edge for span in spans for edge in (span.start, span.end))
    edges.update(edge for stretch in new for edge in stretch)
    places = sorted(edge for edge in edges if 0 <= edge <= len(text))
    return tuple(_run(text, start, end, spans, new) for start, end in itertools.pairwise(places))


def _run(text: str, start: int, end: int, spans: tuple[Span, ...], new: tuple[Stretch, ...]) -> Run:
    formats = {_FORMATS.get(s.style): True for s in spans if s.start <= start < s.end}
    formats.pop(None, None)
    is_new = any(begin <= start < stop for begin, stop in new)
    return Run(text=text[start:end], is_new=is_new, **formats)  # type: ignore[arg-type]


def shown(value: object) -> str:
    """One value as a Dane reads it; empty for none."""
    if value is None or value == b"":
        return ""
    match value:
        case bool():
            return YES if value else NO
        case dt.date():
            has_time = isinstance(value, dt.datetime)
            return f"{value:%d-%m-%Y kl. %H.%M}" if has_time else f"{value:%d-%m-%Y}"
        case bytes():
            return f"{len(value)} bytes"
        case enum.Enum():
            return str(value.value)
    return str(value)


def point_of(moment: Moment | None) -> Point | None:
    """A moment as the screen takes it."""
    return Point(date=moment.date, time=moment.time) if moment else None


def composed(*labels_: str) -> str:
    """Labels from the outside in, each once."""
    return ": ".join(dict.fromkeys(filter(None, labels_)))


def value_of(label: str, value: object, field: str = "") -> FieldView:
    """One labelled value; `field` is where it stands, for the codes that have Danish words."""
    text = text_of(value if isinstance(value, RichText) else in_danish(field, shown(value)))
    at = point_of(value) if isinstance(value, Moment) else None
    return FieldView(label=label, text=text, at=at)


def raw_field(field: RawField) -> FieldView:
    """A text no field holds, with the element around it, and the attribute when it was one."""
    element, _, attribute = field.path.partition("@")
    around = element.rpartition("/")[0].rpartition("/")[2]
    return value_of(composed(around, field.label or field.path, attribute), field.value)


def _fields(
    struct: msgspec.Struct,
    path: str,
    above: tuple[str, ...],
    only: frozenset[str] | None,
    without: frozenset[str],
) -> Iterator[FieldView]:
    for name, label in labels(type(struct)).items():
        value = getattr(struct, name)
        if value is None or (only is not None and name not in only):
            continue
        where = f"{path}{name}"
        if where in without:
            continue
        if isinstance(value, tuple):
            yield from _items(value, where, (*above, label), without)
        elif _has_fields(value):
            yield from _fields(value, f"{where}.", (*above, label), None, without)
        elif shown(value):
            yield value_of(composed(*above, label), value, name)


def _items(
    items: tuple[Any, ...], where: str, above: tuple[str, ...], without: frozenset[str]
) -> Iterator[FieldView]:
    for item in items:
        if isinstance(item, RawField):
            yield raw_field(item)
        elif not _has_fields(item):
            yield value_of(composed(*above), item)
        else:
            subject = _subject(item)
            said = list(_said(item, f"{where}[].", without, subject))
            is_elsewhere = any(path.startswith(f"{where}[].") for path in without)
            if said or (subject and not is_elsewhere):
                yield FieldView(label=composed(*above, subject), text=_joined(said))


def _said(
    item: msgspec.Struct, path: str, without: frozenset[str], subject: str = ""
) -> Iterator[RichText | str]:
    """What the fields of an item say, but its name; a yes or no needs its question."""
    for name, label in labels(type(item)).items():
        value = getattr(item, name)
        if value is None:
            continue
        where = f"{path}{name}"
        if where in without or (name in _PARTS_OF_A_NAME and shown(value) in subject):
            continue
        within = f"{where}[]." if isinstance(value, tuple) else f"{where}."
        for each in value if isinstance(value, tuple) else (value,):
            if _has_fields(each):
                yield from _said(each, within, without)
            elif isinstance(each, bool):
                yield composed(label, shown(each))
            elif isinstance(each, RichText) or shown(each):
                yield each if isinstance(each, RichText) else in_danish(name, shown(each))


def _joined(said: list[RichText | str]) -> Text:
    """Texts on lines of their own, then short values beside one another."""
    texts = [text_of(each) for each in said if isinstance(each, RichText) and each]
    short = ", ".join(each for each in said if isinstance(each, str))
    return one_below_the_other([*texts, text_of(short)])


def _subject(item: msgspec.Struct) -> str:
    said = (getattr(item, name, None) for name in _NAMES)
    return next((each for each in said if isinstance(each, str) and each), "")


def _has_fields(value: object) -> bool:
    """Whether a value is made of labelled ones."""
    return (
        isinstance(value, msgspec.Struct)
        and not isinstance(value, RichText | Moment)
        and bool(labels(type(value)))
    )
