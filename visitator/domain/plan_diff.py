"""What changed from one version of a plejeforløbsplan to the next, field by field (R4.4).

The fields and their Danish labels come from the messages themselves, so a new field of a plan is
compared without a word here. Lists have no order: what names an item finds it again, and a list
whose items nothing names is compared whole. Letter number, envelope and times of sending always
differ and are left out; so are blank fields and text formats, which say nothing.
"""

import datetime as dt
import enum
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from typing import Any

import msgspec

from visitator.domain.labels import labels
from visitator.domain.messages import AbilityScore, CarePlan, NursingProblemArea
from visitator.domain.moment import Moment
from visitator.domain.notice import RawField
from visitator.domain.party import Relative
from visitator.domain.text import RichText

_SENDING = {"letter_id", "authorised_at", "envelope_id", "sent_at", "transport"}


class ChangeKind(enum.Enum):
    """What happened to a field."""

    ADDED = "added"
    """Tilføjet."""
    REMOVED = "removed"
    """Fjernet."""
    CHANGED = "changed"
    """Ændret."""


class PlanChange(msgspec.Struct, frozen=True, kw_only=True):
    """One difference between two plans."""

    path: str
    """Stable key of the field: ``sender.telephone``, ``ability.scores[icf|FA510].score``."""
    label: str
    """Danish, for the screen: ``Afsender: Telefon``, ``Funktionsevne: Vaske sig``."""
    before: str | None
    """As shown; None when it was absent."""
    after: str | None
    """As shown; None when it is absent."""

    @property
    def kind(self) -> ChangeKind:
        """Added, removed or changed."""
        if self.before is None:
            return ChangeKind.ADDED
        return ChangeKind.REMOVED if self.after is None else ChangeKind.CHANGED


def diff_plans(old: CarePlan, new: CarePlan) -> tuple[PlanChange, ...]:
    """Every difference between two versions of a plan, in the order of the plan's fields."""
    fields = {field: name for field, name in labels(CarePlan).items() if field not in _SENDING}
    return tuple(_diff_fields(old, new, fields, _Place("", "")))


class _Place(msgspec.Struct, frozen=True):
    """Where in the plan a value stands."""

    path: str
    label: str

    def field(self, name: str, label: str) -> "_Place":
        path = f"{self.path}.{name}" if self.path else name
        parts = dict.fromkeys(part for part in (self.label, label) if part)
        return _Place(path, ": ".join(parts))

    def change(self, before: str | None, after: str | None) -> PlanChange:
        return PlanChange(path=self.path, label=self.label, before=before, after=after)


def _diff_fields(
    old: msgspec.Struct | None, new: msgspec.Struct | None, fields: dict[str, str], place: _Place
) -> Iterator[PlanChange]:
    for field, label in fields.items():
        before, after = getattr(old, field, None), getattr(new, field, None)
        if _content(before) == _content(after):
            continue
        if isinstance(before, tuple) or isinstance(after, tuple):
            yield from _diff_list(before or (), after or (), field, label, place)
        elif fields_within := _fields_of(before) or _fields_of(after):
            yield from _diff_fields(before, after, fields_within, place.field(field, label))
        else:
            yield place.field(field, label).change(shown(before), shown(after))


def _diff_list(
    old: tuple[Any, ...], new: tuple[Any, ...], field: str, label: str, place: _Place
) -> Iterator[PlanChange]:
    if all(_name_of(item) for item in (*old, *new)):
        # The items say themselves what they are about; the structure around the list does not.
        yield from _diff_named(old, new, _Place(place.field(field, label).path, label))
    else:
        yield place.field(field, label).change(shown(old), shown(new))


class _Name(msgspec.Struct, frozen=True, kw_only=True):
    """What an item of a list is about, and how that is told."""

    key: str
    subject: str
    told_by: tuple[str, ...]
    main: str | None = None
    """The field that is meant when only the subject is named."""


def _name_of(item: object) -> _Name | None:
    """What finds an item again in the other plan; None when nothing does."""
    match item:
        case AbilityScore() | NursingProblemArea():
            code = f"{item.code_system or ''}|{item.code}" if item.code else None
            return _Name(
                key=code or item.description or "",
                subject=item.description or item.code or "",
                told_by=("code", "code_system", "description"),
                main="score" if isinstance(item, AbilityScore) else "text",
            )
        case Relative():
            return _Name(key=item.name, subject=item.name, told_by=("given_name", "surname"))
        case RawField():
            return _Name(
                key=item.path, subject=item.label or item.path, told_by=("path",), main="value"
            )
    return None


_Group = list[tuple[_Name, Any]]


def _diff_named(old: tuple[Any, ...], new: tuple[Any, ...], place: _Place) -> Iterator[PlanChange]:
    before, after = _groups(old), _groups(new)
    for key in sorted(before.keys() | after.keys()):
        olds, news = before[key], after[key]
        if _content_of(olds) == _content_of(news):
            continue
        subjects = sorted({name.subject for name, _ in (*olds, *news) if name.subject})
        label = f"{place.label}: {' / '.join(subjects)}" if subjects else place.label
        within = _Place(f"{place.path}[{key}]", label)
        if len(olds) == len(news) == 1:
            yield from _diff_item(olds[0], news[0], within)
        else:
            yield within.change(_shown_items(olds), _shown_items(news))


def _groups(items: Iterable[Any]) -> defaultdict[str, _Group]:
    """The items that say something, by what they are about; that may be the same for several."""
    groups: defaultdict[str, _Group] = defaultdict(list)
    for item in items:
        if _content(item) is not None and (name := _name_of(item)):
            groups[name.key].append((name, item))
    return groups


def _diff_item(
    old: tuple[_Name, Any], new: tuple[_Name, Any], place: _Place
) -> Iterator[PlanChange]:
    (name, before), (_, after) = old, new
    fields = {
        field: "" if field == name.main else label for field, label in _fields_of(before).items()
    }
    yield from _diff_fields(before, after, fields, place)


def _fields_of(value: object) -> dict[str, str]:
    """The fields that a value is made of, with their labels; none when it is shown as a whole."""
    if isinstance(value, RawField):
        return {"path": "Sti", "value": "Tekst"}
    return labels(type(value)) if isinstance(value, msgspec.Struct) else {}


def _content(value: object) -> Hashable:
    """What a value says, for comparison: no order, no formats, None when it says nothing."""
    if isinstance(value, RichText):
        return value.text or None
    if isinstance(value, tuple):
        said = (_content(item) for item in value)
        return tuple(sorted((each for each in said if each is not None), key=repr)) or None
    if fields := _fields_of(value):
        said_by = ((field, _content(getattr(value, field))) for field in fields)
        return tuple((field, each) for field, each in said_by if each is not None) or None
    return None if value == "" else value


def _content_of(group: _Group) -> Hashable:
    return _content(tuple(item for _, item in group))


def _shown_items(group: _Group) -> str | None:
    """Items about the same, without what their name already tells; the name if that is all."""
    shown = (
        _shown_struct(item, but=name.told_by) or name.subject or _shown_struct(item)
        for name, item in group
    )
    return "; ".join(sorted(shown)) if group else None


def shown(value: object) -> str | None:
    """A value as a Dane reads it; None when it says nothing."""
    if _content(value) is None:
        return None
    match value:
        case bool():
            return "Ja" if value else "Nej"
        case dt.date():
            return value.strftime(
                "%d-%m-%Y kl. %H.%M" if isinstance(value, dt.datetime) else "%d-%m-%Y"
            )
        case tuple():
            return "; ".join(sorted(said for item in value if (said := shown(item))))
        case msgspec.Struct() if not isinstance(value, RichText | Moment):
            return _shown_struct(value)
    return str(value)


def _shown_struct(value: msgspec.Struct, but: tuple[str, ...] = ()) -> str:
    """What the fields say, one after the other; a yes or no needs its question."""
    parts = []
    for field, label in _fields_of(value).items():
        inner = getattr(value, field)
        said = shown(inner) if field not in but else None
        if said is not None:
            parts.append(f"{label}: {said}" if isinstance(inner, bool) else said)
    return ", ".join(parts)
