"""One version of the plejeforløbsplan as the screen shows it, with what changed since the last.

Every value of the plan is in exactly one place: on a card, or in the folded section with the rest.
"""

import datetime as dt
import difflib
import enum
import functools
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

import msgspec

from visitator.app.labelled import (
    Stretch,
    composed,
    fields_of,
    point_of,
    raw_field,
    shown,
    styled,
    text_of,
    value_of,
)
from visitator.app.views import (
    AbilityView,
    Change,
    Contact,
    FieldView,
    Section,
    Text,
    VersionView,
)
from visitator.domain.agreement import Agreement
from visitator.domain.calendar import CalendarRangeError
from visitator.domain.codes import in_danish, limitation
from visitator.domain.deadlines import COPENHAGEN
from visitator.domain.duties import agenda
from visitator.domain.labels import label_of
from visitator.domain.messages import (
    Ability,
    AbilityScore,
    CarePlan,
    DischargeConference,
    Message,
    NursingProblemArea,
)
from visitator.domain.moment import Moment
from visitator.domain.party import ContactInformation, Organisation, Person, Relative, Telephone
from visitator.domain.pathway import PlanVersion
from visitator.domain.plan_diff import PlanChange, diff_plans
from visitator.domain.text import RichText


class Title(enum.StrEnum):
    """The cards of a plan, and the words on them that no field has."""

    PROBLEMS = "Sygeplejefaglige problemområder"
    COORDINATION = "Behov for yderligere koordinering"
    COURSE = "Indlæggelsen"
    RELATIVES = "Pårørende"
    UNKNOWN = "Ukendte felter"
    """What the program has no field for, and so cannot know the weight of."""
    OTHER = "Øvrige felter"
    FIRST_DAY = "Første døgn"


_HEAD = ("expected_end_of_treatment", "agreed_discharge")
_COURSE = (
    "agreed_discharge_comment",
    "cause_of_admission",
    "expected_course",
    "risk_of_contagion",
    "admitted",
)
_COORDINATION = (
    "auxiliaries",
    "home_care_needs",
    "rehabilitation_needs",
    "medicine_administration",
    "medicine_consumption",
    "lunch_box",
    "shopping_at_discharge",
    "other_municipal_work",
    "home_changes",
)
_FIRST_DAY = {"lunch_box", "shopping_at_discharge"}
_CONFERENCE = ("comment", "at", "video", "status")

_ON_CARDS = frozenset(
    {
        *_HEAD,
        *_COURSE,
        *_COORDINATION,
        "conference",
        "relatives_comment",
        "ability.relevance",
        "ability.scores[].description",
        "ability.scores[].score",
        "ability.scores[].comment",
        "nursing_problem_areas[].description",
        "nursing_problem_areas[].text",
        "relatives[].relation",
        "relatives[].given_name",
        "relatives[].surname",
        "relatives[].informed",
        "relatives[].email",
        "relatives[].telephones[].number",
        "sender.organisation",
        "sender.department",
        "sender.unit",
        "sender.telephone",
        "sender.contacts",
        "sender.signers[].given_name",
        "sender.signers[].surname",
        "sender.signers[].title",
        "sender.signers[].telephone",
        "extra",
    }
)
"""What `fields_of` leaves out because it stands on a card."""

_LISTS_ON_CARDS = (
    "ability.scores",
    "conference.",
    "extra",
    "nursing_problem_areas",
    "relatives",
    "sender.contacts",
    "sender.signers",
)
"""How the path of a change begins that is marked on a card."""

_WORD = re.compile(r"\w+|[^\w\s]+")
_COMPARISONS_AT_MOST = 250_000
"""How many pairs of words two texts may have to be compared word by word."""

_Item = TypeVar("_Item", AbilityScore, NursingProblemArea)


# A pathway is shown anew whenever something happens in it; its versions stay as they are.
@functools.lru_cache(maxsize=32)
def version_view(
    version: PlanVersion,
    previous: PlanVersion | None,
    *,
    number: int,
    is_current: bool,
    raw_id: str,
    agreement: Agreement,
) -> VersionView:
    """One version of a plan.

    Args:
        version: the version to show.
        previous: the one before it; None for the first.
        number: which version it is, from 1.
        is_current: whether it is the one that holds.
        raw_id: where the gateway keeps the message.
        agreement: the profile in force, for what should be noticed about the dates.
    """
    plan = version.message
    changes = diff_plans(previous.message, plan) if previous else ()
    page = _Page(plan, previous.message if previous else None, changes)
    return VersionView(
        entry_id=version.entry_id,
        number=number,
        received=version.received_at.astimezone(COPENHAGEN),
        state=version.state.label,
        is_current=is_current,
        head=tuple(map(page.field, _HEAD)),
        sender=page.sender(),
        relatives=tuple(page.relatives()),
        abilities=tuple(page.abilities()),
        sections=tuple(page.sections()),
        changes=tuple(map(_change, changes)),
        changed_since=previous.received_at.astimezone(COPENHAGEN) if previous else None,
        notices=notices_of(plan, version.received_at, agreement),
        raw_id=raw_id,
        receipted=version.receipted_at.astimezone(COPENHAGEN) if version.receipted_at else None,
    )


def notices_of(message: Message, received_at: dt.datetime, agreement: Agreement) -> tuple[str, ...]:
    """What should be noticed about a message: its dates by the agreement, and how it was read."""
    try:
        found = agenda(message, received_at, agreement).notices
    except CalendarRangeError as error:
        return (str(error), *(notice.text for notice in message.notices))
    return tuple(notice.text for notice in (*found, *message.notices))


def sender_contact(sender: Organisation) -> Contact:
    """Whom to call at the ward that sent a letter."""
    numbers = (sender.telephone, *(contact.telephone for contact in sender.contacts))
    telephone = next((number for number in numbers if number), "")
    lines = [_signer(person) for person in sender.signers]
    lines += [_at_the_ward(contact, but=telephone) for contact in sender.contacts]
    return Contact(
        name=sender.name,
        lines=tuple(dict.fromkeys(line for line in lines if line)),
        telephone=telephone,
        gln=sender.gln or "",
    )


def _signer(person: Person) -> str:
    return _listed(person.name, person.title, person.telephone)


def _at_the_ward(contact: ContactInformation, but: str) -> str:
    telephone = contact.telephone if contact.telephone != but else None
    return _listed(*contact.names, telephone, contact.telefax, contact.email, contact.hours)


def _listed(*said: str | None) -> str:
    return ", ".join(each for each in said if each)


def relative_contact(relative: Relative, *, changed: bool = False) -> Contact:
    """Whom to call of the relatives (pårørende)."""
    numbers = [each for each in relative.telephones if each.number]
    relation = in_danish("relation", relative.relation or "")
    others = (_number(each) for each in numbers[1:])
    return Contact(
        name=relative.name,
        lines=tuple(line for line in (relation, *others, relative.email) if line),
        telephone=(numbers[0].number or "") if numbers else "",
        informed=relative.informed,
        changed=changed,
    )


def _number(telephone: Telephone) -> str:
    return f"{telephone.number} ({telephone.kind})" if telephone.kind else telephone.number or ""


class _Page:
    """A plan beside the one before it."""

    def __init__(
        self, plan: CarePlan, previous: CarePlan | None, changes: tuple[PlanChange, ...]
    ) -> None:
        self._plan = plan
        self._previous = previous
        self._changes = {change.path: change for change in changes}

    def sender(self) -> Contact:
        """Whom to call at the ward."""
        changed = any(path.startswith("sender.") for path in self._changes if _is_on_a_card(path))
        return msgspec.structs.replace(sender_contact(self._plan.sender), changed=changed)

    def field(self, name: str) -> FieldView:
        """One field of the plan itself; see `_marked`."""
        label = label_of(CarePlan, name)
        if name in _FIRST_DAY:
            label = composed(Title.FIRST_DAY.value, label)
        return self._marked(name, label, self._plan, self._previous, name)

    def _marked(
        self,
        path: str,
        label: str,
        struct: msgspec.Struct | None,
        before: msgspec.Struct | None,
        name: str,
    ) -> FieldView:
        """A field with what it was before, when the two versions differ in it."""
        value = getattr(struct, name, None)
        view = value_of(label, value, name)
        if path not in self._changes:
            return view
        old = getattr(before, name, None)
        return msgspec.structs.replace(
            view,
            text=_marked_text(value, old) if isinstance(value, RichText) else view.text,
            before=in_danish(name, shown(old)),
            at_before=point_of(old) if isinstance(old, Moment) else None,
        )

    def relatives(self) -> Iterator[Contact]:
        """Whom to call; one who is no longer there is among the changes."""
        for relative in self._plan.relatives:
            path = f"relatives[{relative.name}]"
            changed = any(each == "relatives" or each.startswith(path) for each in self._changes)
            if relative != Relative():
                yield relative_contact(relative, changed=changed)

    def abilities(self) -> Iterator[AbilityView]:
        """The abilities in the hospital's order, then those that are no longer there."""
        ability, before = self._plan.ability, self._previous.ability if self._previous else None
        relevance = self._marked("ability.relevance", "", ability, before, "relevance")
        if relevance.text.runs or relevance.changed:
            yield AbilityView(
                label=label_of(Ability, "relevance"),
                score=None,
                score_word=str(relevance.text),
                before_word=relevance.before,
            )
        for old, new in _pairs(
            before.scores if before else (), ability.scores if ability else (), _ability_key
        ):
            view = self._ability(old, new)
            if view.label or view.score_word or view.comment.runs:
                yield view

    def _ability(self, old: AbilityScore | None, new: AbilityScore | None) -> AbilityView:
        named = new or old or AbilityScore()
        sent, sent_before = (each.score or "" if each else "" for each in (new, old))
        word, word_before = in_danish("score", sent), in_danish("score", sent_before)
        known = limitation(sent)
        comment = new.comment if new else None
        comment_before = old.comment if old else None
        is_other = self._is_other(old, new)
        return AbilityView(
            label=named.description or named.code or "",
            score=known.score if known else None,
            score_word=word,
            before_word=word_before if is_other or self._differ(word_before, word) else None,
            comment=self._text(comment, comment_before),
            comment_before=shown(comment_before)
            if self._differ(shown(comment_before), shown(comment))
            else None,
        )

    def sections(self) -> Iterator[Section]:
        """The cards that have something on them."""
        cards = [
            self._problems(),
            Section(
                key="coordination",
                title=Title.COORDINATION.value,
                fields=_filled([*map(self.field, _COORDINATION), *self._conference()]),
            ),
            Section(
                key="course", title=Title.COURSE.value, fields=_filled(map(self.field, _COURSE))
            ),
            Section(
                key="relatives",
                title=Title.RELATIVES.value,
                fields=_filled([self.field("relatives_comment")]),
            ),
            Section(key="unknown", title=Title.UNKNOWN.value, fields=tuple(self._unknown())),
            Section(key="other", title=Title.OTHER.value, fields=tuple(self._rest())),
        ]
        return (card for card in cards if card.fields or card.unremarkable)

    def _problems(self) -> Section:
        fields: list[FieldView] = []
        unremarkable: list[str] = []
        before = self._previous.nursing_problem_areas if self._previous else ()
        for old, new in _pairs(before, self._plan.nursing_problem_areas, _problem_key):
            named = new or old or NursingProblemArea()
            label = named.description or named.code or label_of(NursingProblemArea, "description")
            text = new.text if new else None
            text_before = old.text if old else None
            differ = self._differ(shown(text_before), shown(text))
            if text or differ:
                fields.append(
                    FieldView(
                        label=label,
                        text=self._text(text, text_before),
                        before=shown(text_before) if differ else None,
                    )
                )
            elif new:
                unremarkable.append(label)
        return Section(
            key="problems",
            title=Title.PROBLEMS.value,
            fields=tuple(fields),
            unremarkable=tuple(unremarkable),
        )

    def _conference(self) -> Iterator[FieldView]:
        before = self._previous.conference if self._previous else None
        for name in _CONFERENCE:
            label = label_of(DischargeConference, name)
            yield self._marked(f"conference.{name}", label, self._plan.conference, before, name)

    def _unknown(self) -> Iterator[FieldView]:
        """What the program has no field for; it may be clinical, so it is not folded away."""
        for field in self._plan.extra:
            befores = [
                change.before or ""
                for path, change in self._changes.items()
                if path.startswith(f"extra[{field.path}]")
            ]
            before = befores[0] if befores else None
            yield msgspec.structs.replace(raw_field(field), before=before)
        for path, change in self._changes.items():
            if path.startswith("extra[") and change.after is None:
                yield FieldView(label=change.label, text=Text(), before=change.before)

    def _rest(self) -> Iterator[FieldView]:
        """What stands on no card, and what of it has changed or is gone."""
        changes = [each for path, each in self._changes.items() if not _is_on_a_card(path)]
        changed = {change.label: change for change in changes}
        told: set[str] = set()
        for view in fields_of(self._plan, without=_ON_CARDS):
            change = changed.get(view.label)
            told.add(view.label)
            yield msgspec.structs.replace(view, before=change.before or "") if change else view
        for change in changes:
            if change.label not in told:
                yield FieldView(
                    label=change.label, text=text_of(change.after), before=change.before or ""
                )

    def _text(self, text: RichText | None, before: RichText | None) -> Text:
        if self._previous is None or text == before:
            return text_of(text)
        return _marked_text(text, before)

    def _differ(self, before: str, after: str) -> bool:
        return self._previous is not None and before != after

    def _is_other(self, old: object | None, new: object | None) -> bool:
        """Whether something is new, or gone, since a version before."""
        return self._previous is not None and (old is None or new is None)


def _filled(fields: Iterable[FieldView]) -> tuple[FieldView, ...]:
    return tuple(field for field in fields if field.text.runs or field.changed)


def _change(change: PlanChange) -> Change:
    """A difference in the words of the cards."""
    before, after = change.before, change.after
    is_score = change.path.startswith("ability.scores[") and change.path.endswith("].score")
    if is_score:
        before, after = before and in_danish("score", before), after and in_danish("score", after)
    return Change(
        path=change.path,
        label=change.label,
        before=before,
        after=after,
        is_folded=not _is_on_a_card(change.path),
        is_code=is_score,
    )


def _is_on_a_card(path: str) -> bool:
    """Whether a change is marked where it stands, outside the folded section."""
    return path in _ON_CARDS or path.startswith(_LISTS_ON_CARDS)


def _pairs(
    olds: Iterable[_Item], news: Iterable[_Item], key: Callable[[_Item], str]
) -> Iterator[tuple[_Item | None, _Item | None]]:
    """Each item with the one before it about the same, then those that are gone."""
    before: defaultdict[str, list[_Item]] = defaultdict(list)
    for old in olds:
        before[key(old)].append(old)
    for new in news:
        same = before[key(new)]
        yield (same.pop(0) if same else None), new
    for gone in before.values():
        for old in gone:
            yield old, None


def _ability_key(score: AbilityScore) -> str:
    return _key(score.code_system, score.code, score.description)


def _problem_key(area: NursingProblemArea) -> str:
    return _key(area.code_system, area.code, area.description)


def _key(system: str | None, code: str | None, description: str | None) -> str:
    return f"{system or ''}|{code}" if code else description or ""


def _marked_text(text: RichText | None, before: RichText | None) -> Text:
    """A text with the words marked that were not in the one before."""
    if text is None:
        return Text()
    return Text(runs=styled(text.text, text.spans, tuple(_new_in(text.text, shown(before)))))


def _new_in(text: str, before: str) -> Iterator[Stretch]:
    """Where a text has words that the one before had not; of too much text, all from the first."""
    words = list(_WORD.finditer(text))
    new, old = [word[0] for word in words], _WORD.findall(before)
    start = _alike(new, old)
    end = _alike(new[start:][::-1], old[start:][::-1])
    middle_new, middle_old = new[start : len(new) - end], old[start : len(old) - end]
    if len(middle_new) * len(middle_old) > _COMPARISONS_AT_MOST:
        stretches = [(0, len(middle_new))]
    else:
        matcher = difflib.SequenceMatcher(None, middle_old, middle_new, autojunk=False)
        stretches = [(j, k) for kind, _, _, j, k in matcher.get_opcodes() if kind != "equal"]
    for first, last in stretches:
        if first < last:
            yield words[start + first].start(), words[start + last - 1].end()


def _alike(first: list[str], second: list[str]) -> int:
    """How many words two texts begin with alike."""
    pairs = zip(first, second, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(first), len(second)))
