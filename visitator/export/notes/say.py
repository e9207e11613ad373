"""What a note says in pieces: facts, quotations, and values in Danish words."""

import datetime as dt
from collections.abc import Iterable, Iterator

import msgspec

from visitator.domain.codes import in_danish, limitation
from visitator.domain.deadlines import Due, to_copenhagen
from visitator.domain.entries import (
    AdmissionReportSent,
    CorrespondenceSent,
    MessageReceived,
    ReplySent,
)
from visitator.domain.labels import label_of, labels
from visitator.domain.messages import (
    KIND_LABELS,
    Ability,
    Correspondence,
    Message,
    RehabilitationPlan,
)
from visitator.domain.notice import RawField
from visitator.domain.party import Organisation
from visitator.domain.plan_diff import shown
from visitator.domain.text import RichText, Style
from visitator.export.note import AnyBlock, Fact, Heading, Quote, Table

PROGRAM = "Visitator"

Blocks = Iterator[AnyBlock]
_OF_EVERY_LETTER = frozenset(labels(Message))


def without_bare_headings(blocks: Iterable[AnyBlock]) -> Blocks:
    """The blocks but the headings that nothing stands under."""
    waiting: Heading | None = None
    for block in blocks:
        if isinstance(block, Heading):
            waiting = block
            continue
        if waiting is not None:
            yield waiting
            waiting = None
        yield block


def fact(label: str, text: str | None) -> Blocks:
    """A labelled value; nothing where there is none."""
    if text and text.strip():
        yield Fact(label=label, text=text)


def said(struct: Message, field: str) -> Blocks:
    """A field of a message: free text as a quotation, all else as a fact."""
    value = getattr(struct, field)
    label = label_of(type(struct), field)
    if isinstance(value, RichText):
        yield from quote(value, label)
    else:
        yield from fact(label, shown(value))


def quote(text: RichText | None, label: str) -> Blocks:
    """The hospital's free text under a heading; nothing where there is none."""
    if text is not None and text.text.strip():
        yield Heading(text=label)
        yield from words(text, "Sygehusets ord")


def words(text: RichText, source: str) -> Blocks:
    """Somebody's free text as a quotation."""
    if text.text.strip():
        is_fixed = any(span.style is Style.FIXED for span in text.spans)
        yield Quote(text=text.text, source=source, is_fixed=is_fixed)


def written(text: str, source: str) -> Blocks:
    """A plain text somebody wrote, as a quotation."""
    if text.strip():
        yield Quote(text=text, source=source)


def everything(message: Message) -> Blocks:
    """Every value a message has of its own, under the label of its field."""
    own = [name for name in labels(type(message)) if name not in _OF_EVERY_LETTER]
    yield from facts_first(_value(message, name) for name in own)
    for extra in message.extra:
        yield from raw(extra)


def facts_first(found: Iterable[Blocks]) -> Blocks:
    """The same with every fact before the headings, under which it would seem to belong."""
    blocks = [block for each in found for block in each]
    yield from (block for block in blocks if isinstance(block, Fact))
    yield from (block for block in blocks if not isinstance(block, Fact))


def _value(message: Message, name: str) -> Blocks:
    """One field; a plan that was read out of a text does not repeat the text."""
    value = getattr(message, name)
    label = label_of(type(message), name)
    is_repeated = isinstance(message, RehabilitationPlan) and message.sections and name == "texts"
    if is_repeated or value is False:
        return
    if isinstance(value, Ability):
        yield Heading(text=label)
        yield from ability(value)
    elif not isinstance(value, tuple):
        yield from said(message, name)
    elif any(isinstance(item, RichText) for item in value):
        for item in value:
            yield from quote(item, label)
    else:
        yield from _items(value, label)


def _items(items: tuple[msgspec.Struct, ...], label: str) -> Blocks:
    """The items of a list; the free text of an item is a quotation under what it is about."""
    for item in items:
        texts = [
            value
            for name in item.__struct_fields__
            if isinstance(value := getattr(item, name), RichText) and value
        ]
        if not texts:
            yield from fact(label, shown(item))
            continue
        about = (getattr(item, name, None) for name in ("heading", "description", "title"))
        subject = next((each for each in about if each), label)
        for text in texts:
            yield from quote(text, subject)


def raw(extra: RawField) -> Blocks:
    """A text no field holds: it may matter, so it stands in the note as it came."""
    if extra.value.strip():
        yield Heading(text=extra.label or extra.path)
        yield Quote(text=extra.value, source="Sygehusets ord")


def signed(body: ReplySent | CorrespondenceSent | AdmissionReportSent, who: str) -> str:
    """Who signed what was sent; `who` wrote it where nobody did."""
    signature = body.signature
    return listed(signature.name, signature.title, signature.telephone) if signature else who


def telephone(sender: Organisation) -> str:
    """The first number of a ward; empty where there is none."""
    numbers = (sender.telephone, *(contact.telephone for contact in sender.contacts))
    return next((number for number in numbers if number), "")


def listed(*said: str | None) -> str:
    """What is there of it, one after the other."""
    return ", ".join(each for each in said if each)


def ability(found: Ability) -> Blocks:
    """The hospital's score word for word, and the number it stands for."""
    yield from fact("Relevans", in_danish("relevance", found.relevance or ""))
    yield from fact("Sidst ændret", shown(found.last_modified))
    rows = []
    for each in found.scores:
        known = limitation(each.score or "")
        suggested = str(known.score) if known else ""
        name = each.description or each.code or ""
        rows.append((name, each.score or "", suggested, str(each.comment or "")))
    if rows:
        header = ("Tilstand", "Sygehusets score", "FSIII 0–4 (forslag)", "Sygehusets kommentar")
        yield Table(
            title="Funktionsevne ved udskrivelsen",
            header=header,
            rows=tuple(rows),
            widths=(26, 20, 16, 38),
        )


def at(instant: dt.datetime) -> str:
    """An instant in Danish time: ``02-02-2026 kl. 08.15``."""
    return shown(to_copenhagen(instant)) or ""


def due(when: Due) -> str:
    """A deadline: a day, or a day and a time."""
    return f"{when.local:%d-%m-%Y}" if when.whole_day else at(when.at)


def received_letter(body: MessageReceived, letter: Correspondence) -> Blocks:
    """A letter of the hospital's, word for word."""
    subject = letter.subject or KIND_LABELS[Correspondence]
    yield Heading(text=f"{at(body.received_at)} – Modtaget: {subject}")
    yield from fact("Afsender", letter.sender.name)
    for text in letter.texts:
        yield from words(text, f"Ordret fra {letter.sender.name or 'afsenderen'}")
    for each in letter.references:
        yield from fact("Henvisning eller bilag", shown(each))
