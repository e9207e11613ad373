"""What changed since the version before, in one banner."""

import datetime as dt
from collections.abc import Collection, Sequence

import msgspec

from ui import words
from ui.plan.cards import coded
from ui.plan.head import changed_words
from ui.plan.writer import Look, Writer
from ui.theme import SPACE, Tone
from ui.translation import term, tr, tr_count
from visitator.app.views import Change, FieldView, VersionView

FOLD = "changes"
VERSIONS = "do:versions"
_SHORT = 48
"""Longer values are cut in the banner; they stand whole where they changed."""
_SHOWN = 4


def write_changes(
    w: Writer, version: VersionView, before: int, now: dt.datetime, opened: Collection[str]
) -> None:
    """``3 ændringer siden version 1 (fre kl. 09.12): …`` and the way to both versions.

    `before` is the number of the version before.
    """
    if version.changed_since is None:
        return
    is_open = FOLD in opened
    changes = [_dated(change, version.head, now) for change in version.changes]
    shown = [change for change in changes if not change.is_folded]
    folded = [change for change in changes if change.is_folded]
    with w.card(Tone.DUE):
        w.line()
        said = changed_words(len(shown), before) if shown else _nothing_words(before)
        w.text(said, Look.STRONG)
        w.text(tr(" ({when})", when=words.at_clock(version.changed_since, now)))
        if is_open:
            _write_all(w, (*shown, *folded))
        else:
            _write_first(w, shown, len(folded))
        w.line(SPACE, is_right=True)
        if is_open or folded or _is_cut(shown):
            text = tr("Vis færre") if is_open else tr("Vis alle ændringer")
            w.text(text, link=f"fold:{FOLD}")
            w.text("   ")
        w.text(tr("Vis begge versioner"), link=VERSIONS)


def _dated(change: Change, dates: Sequence[FieldView], now: dt.datetime) -> Change:
    """A change of one of the dates says them as the tiles do."""
    date = next((field for field in dates if field.label == change.label), None)
    if date is None or date.at is None:
        return change
    before = words.point(date.at_before, now) if date.at_before else change.before
    return msgspec.structs.replace(change, before=before, after=words.point(date.at, now))


def _nothing_words(before: int) -> str:
    return tr("Ingen ændringer i indholdet siden version {number}", number=before)


def _is_cut(changes: Sequence[Change]) -> bool:
    values = (value or "" for change in changes for value in (change.before, change.after))
    return len(changes) > _SHOWN or any(len(value) > _SHORT for value in values)


def _write_all(w: Writer, changes: Sequence[Change]) -> None:
    for change in changes:
        w.line(SPACE)
        w.text(change_words(change))


def _write_first(w: Writer, changes: Sequence[Change], folded: int) -> None:
    said = [change_words(change, longest=_SHORT) for change in changes[:_SHOWN]]
    left = len(changes) - _SHOWN
    if left > 0:
        said.append(tr("og {count} til", count=left))
    if folded:
        said.append(tr_count("{count} i øvrige felter", "{count} i øvrige felter", folded))
    if said:
        w.text(": ")
        w.text(" · ".join(said))


def change_words(change: Change, longest: int = 0) -> str:
    """``Bevæge sig omkring: moderate → svære``; values are cut at `longest` signs when given."""
    label, word = term(change.label), term if change.is_code else coded
    before = _cut(word(change.before or ""), longest)
    after = _cut(word(change.after or ""), longest)
    if not before:
        return tr("nyt: {label}: {after}", label=label, after=after)
    if not after:
        return tr("fjernet: {label}: {before}", label=label, before=before)
    if change.before and change.after and change.after.startswith(change.before):
        added = _cut(change.after[len(change.before) :], longest)
        return tr("{label}, tilføjet: {added}", label=label, added=added)
    return tr("{label}: {before} → {after}", label=label, before=before, after=after)


def _cut(value: str | None, longest: int) -> str:
    text = (value or "").strip()
    if not longest or len(text) <= longest:
        return text
    return f"{' '.join(text.split())[: longest - 1].rstrip()}…"
