"""What the tests of the pathway's views share: a view of a journal, and all that a view says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from tests.domain.strategies import at
from tests.domain.test_pathway import Journal
from visitator.app.answering import load_topics
from visitator.app.pathways import pathway_view
from visitator.app.views import PathwayView, Section, Step, Text
from visitator.domain.agreement import Agreement
from visitator.domain.entries import Entry, encode_entry
from visitator.domain.pathway import Pathway, fold
from visitator.resources import load_agreement
from visitator.store.values import OutboxItem, OutboxState

SJAELLAND = load_agreement("region-sjaelland-2025-11")
MIDTJYLLAND = load_agreement("region-midtjylland-2021-04")
NAMES = {"AHN": "Anne Holm", "BKR": "Bo Krog"}
NOW = at(60)
"""Monday 2 February 2026, 09.00 Danish time; a journal's entries are a minute apart from 08.00."""

TOPICS = load_topics()


def view_of(
    pathway: Pathway | Journal | Sequence[Entry],
    *,
    agreement: Agreement = SJAELLAND,
    now: dt.datetime = NOW,
    outbox: Sequence[OutboxItem] = (),
) -> PathwayView:
    """The view of a pathway, or of the entries it is folded from."""
    if isinstance(pathway, Journal):
        pathway = pathway.now()
    if not isinstance(pathway, Pathway):
        pathway = fold(pathway)
    return pathway_view(
        pathway, "P1", agreement=agreement, now=now, names=NAMES, topics=TOPICS, outbox=outbox
    )


def item(
    entry: Entry, state: OutboxState = OutboxState.QUEUED, attempts: int = 0, **fields: Any
) -> OutboxItem:
    """An entry in the outbox of its author."""
    given: dict[str, Any] = {"not_before": None} | fields
    return OutboxItem(
        entry=entry,
        data=encode_entry(entry),
        user=entry.author,
        state=state,
        attempts=attempts,
        **given,
    )


def section(view: PathwayView, key: str) -> Section:
    """A card of the current plan."""
    (found,) = (each for each in view.versions[-1].sections if each.key == key)
    return found


def step(view: PathwayView, title: str) -> Step:
    """The last step with a title."""
    return [each for each in view.steps if each.title == title][-1]


def new_words(text: Text) -> list[str]:
    """The stretches of a text that are marked as new."""
    return [run.text for run in text.runs if run.is_new]


def said_by(view: object) -> str:
    """Every text of a view, each on lines of its own."""
    return "\n".join(_texts(view))


def _texts(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case Text():
            yield str(value)
        case msgspec.Struct():
            for name in value.__struct_fields__:
                yield from _texts(getattr(value, name))
        case tuple():
            for each in value:
                yield from _texts(each)
