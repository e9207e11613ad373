"""The difference between two versions of a plan, as a visitator reads it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable
from random import Random
from typing import Any, TypeVar

import msgspec
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.domain.strategies import anything, plan_versions
from visitator.domain.citizen import Citizen
from visitator.domain.labels import labels
from visitator.domain.messages import (
    Ability,
    AbilityScore,
    CarePlan,
    DischargeConference,
    NursingProblemArea,
    Transport,
)
from visitator.domain.moment import Moment
from visitator.domain.notice import Notice, RawField
from visitator.domain.party import ContactInformation, Organisation, Person, Relative, Telephone
from visitator.domain.plan_diff import ChangeKind, PlanChange, diff_plans
from visitator.domain.text import RichText, Span, Style

HEADER = {"letter_id", "authorised_at", "envelope_id", "sent_at", "transport", "notices"}
DAY = dt.date(2026, 2, 6)

Row = tuple[str, str | None, str | None]


def rows(old: CarePlan, new: CarePlan) -> list[Row]:
    """What the screen shows: label, before, after."""
    return [(each.label, each.before, each.after) for each in diff_plans(old, new)]


def plan_with(**fields: Any) -> CarePlan:
    return CarePlan(**fields)


def score(name: str, value: str | None, code: str | None = None, **more: Any) -> AbilityScore:
    system = "icf" if code else None
    return AbilityScore(code=code, code_system=system, description=name, score=value, **more)


def able(*scores: AbilityScore) -> CarePlan:
    return CarePlan(ability=Ability(scores=scores))


def ward(**fields: Any) -> CarePlan:
    return CarePlan(sender=Organisation(**fields))


ANNE = Relative(given_name="Anne", surname="Testesen", relation="aegtefaelle")
MOBILE = Telephone(number="20 30 40 50", kind="mobil")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param(
            CarePlan(agreed_discharge=Moment(DAY)),
            CarePlan(agreed_discharge=Moment(DAY, dt.time(13, 30))),
            [("Aftalt udskrivning", "06-02-2026", "06-02-2026 kl. 13.30")],
            id="a date",
        ),
        pytest.param(
            CarePlan(lunch_box=False, home_changes=RichText("Nej")),
            CarePlan(lunch_box=True, auxiliaries=RichText("Rollator")),
            [
                ("Madpakke", "Nej", "Ja"),
                ("Ændringer i hjemmet", "Nej", None),
                ("Hjælpemidler", None, "Rollator"),
            ],
            id="diet and needs",
        ),
        pytest.param(
            able(score("Vaske sig", "moderate", "FA510")),
            able(score("Vaske sig", "svaere", "FA510", comment=RichText("Kun overkrop"))),
            [
                ("Funktionsevne: Vaske sig", "moderate", "svaere"),
                ("Funktionsevne: Vaske sig: Kommentar", None, "Kun overkrop"),
            ],
            id="a score",
        ),
        pytest.param(
            able(score("Spise", "lette", "FA550")),
            able(score("Drikke", "lette", "FA560", comment=RichText("Tykt")), score("Gå", None)),
            [
                ("Funktionsevne: Gå", None, "Gå"),
                ("Funktionsevne: Spise", "lette", None),
                ("Funktionsevne: Drikke", None, "lette, Tykt"),
            ],
            id="scores that come and go",
        ),
        pytest.param(
            able(score("Vask", "lette", "FA510")),
            able(score("Vaske sig", "lette", "FA510")),
            [("Funktionsevne: Vask / Vaske sig: Funktion", "Vask", "Vaske sig")],
            id="a code with another text",
        ),
        pytest.param(
            able(score("Spise", "lette"), score("Spise", "svaere")),
            able(score("Spise", "lette"), score("Spise", "totale")),
            [("Funktionsevne: Spise", "lette; svaere", "lette; totale")],
            id="the same ability twice",
        ),
        pytest.param(
            CarePlan(
                nursing_problem_areas=(
                    NursingProblemArea(description="Ernæring", text=RichText("Ingen")),
                )
            ),
            CarePlan(
                nursing_problem_areas=(
                    NursingProblemArea(description="Ernæring", text=RichText("Vægttab")),
                )
            ),
            [("Sygeplejefaglige problemområder: Ernæring", "Ingen", "Vægttab")],
            id="a problem area",
        ),
        pytest.param(
            CarePlan(),
            CarePlan(
                conference=DischargeConference(
                    status="forslag", at=Moment(DAY), video=True, comment=RichText("Kl. 9?")
                )
            ),
            [
                ("Udskrivningskonference: Status for konferencen", None, "forslag"),
                ("Udskrivningskonference: Tidspunkt for konferencen", None, "06-02-2026"),
                ("Udskrivningskonference: Videokonference", None, "Ja"),
                ("Udskrivningskonference", None, "Kl. 9?"),
            ],
            id="a conference",
        ),
        pytest.param(
            ward(department="Ortopædkirurgi", telephone="35 45 00 01"),
            ward(department="Medicin", telephone="35 45 00 02"),
            [
                ("Afsender: Afdeling", "Ortopædkirurgi", "Medicin"),
                ("Afsender: Telefon", "35 45 00 01", "35 45 00 02"),
            ],
            id="the ward",
        ),
        pytest.param(
            ward(
                signers=(Person(given_name="Bo", title="læge"),),
                contacts=(ContactInformation(names=("Ida", "Ib"), telephone="1"),),
            ),
            ward(
                signers=(Person(given_name="Eva", title="læge"),),
                contacts=(ContactInformation(names=("Ib",), telephone="1"),),
            ),
            [
                ("Afsender: Underskriver", "Bo, læge", "Eva, læge"),
                ("Afsender: Kontakt", "Ib; Ida, 1", "Ib, 1"),
            ],
            id="signer and contact",
        ),
        pytest.param(
            CarePlan(relatives=(ANNE,)),
            CarePlan(relatives=(msgspec.structs.replace(ANNE, telephones=(MOBILE,)),)),
            [("Pårørende: Anne Testesen: Telefon", None, "20 30 40 50, mobil")],
            id="a relative's telephone",
        ),
        pytest.param(
            CarePlan(),
            CarePlan(relatives=(msgspec.structs.replace(ANNE, informed=True),)),
            [("Pårørende: Anne Testesen", None, "aegtefaelle, Pårørende orienteret: Ja")],
            id="a new relative",
        ),
        pytest.param(
            CarePlan(citizen=Citizen(street="Gade 1", telephones=(MOBILE,))),
            CarePlan(citizen=Citizen(street="Gade 2")),
            [
                ("Borger: Adresse", "Gade 1", "Gade 2"),
                ("Borger: Telefon", "20 30 40 50, mobil", None),
            ],
            id="the citizen",
        ),
        pytest.param(
            CarePlan(extra=(RawField(path="Nyt/Dato", label="Dato", value="1/2"),)),
            CarePlan(
                extra=(
                    RawField(path="Nyt/Dato", label="Dato", value="2/2"),
                    RawField(path="Nyt/Ukendt", label="", value="?"),
                )
            ),
            [
                ("Øvrige felter: Dato", "1/2", "2/2"),
                ("Øvrige felter: Nyt/Ukendt", None, "?"),
            ],
            id="extra fields",
        ),
    ],
)
def test_a_change_reads_as_a_visitator_says_it(
    old: CarePlan, new: CarePlan, expected: list[Row]
) -> None:
    assert rows(old, new) == expected


def test_a_change_has_a_stable_path_and_says_what_happened() -> None:
    old = msgspec.structs.replace(able(score("Spise", "lette", "FA550")), lunch_box=True)
    new = msgspec.structs.replace(
        able(score("Spise", "svaere", "FA550"), score("Drikke", "lette")),
        sender=Organisation(telephone="1"),
    )
    assert [(each.path, each.kind) for each in diff_plans(old, new)] == [
        ("sender.telephone", ChangeKind.ADDED),
        ("lunch_box", ChangeKind.REMOVED),
        ("ability.scores[Drikke]", ChangeKind.ADDED),
        ("ability.scores[icf|FA550].score", ChangeKind.CHANGED),
    ]


def test_sending_it_again_is_no_change() -> None:
    again = CarePlan(
        letter_id="BREV2",
        envelope_id="KUVERT2",
        authorised_at=dt.datetime(2026, 2, 3, 9),
        sent_at=dt.datetime(2026, 2, 3, 9, 1),
        transport=Transport(envelope_id="V2"),
        notices=(Notice("tegnsaet", "Tegnsæt rettet."),),
    )
    assert diff_plans(CarePlan(letter_id="BREV1"), again) == ()


def test_what_says_nothing_is_no_change() -> None:
    bold = RichText("Ja", (Span(start=0, end=2, style=Style.BOLD),))
    old = CarePlan(home_changes=RichText("Ja"), citizen=None, ability=None)
    new = CarePlan(
        home_changes=bold, citizen=Citizen(street=""), ability=Ability(), auxiliaries=RichText("")
    )
    assert diff_plans(old, new) == ()


COMPARED = [field for field in labels(CarePlan) if field not in HEADER]


@pytest.mark.parametrize("field", COMPARED)
def test_every_field_of_a_plan_shows_when_it_changes(field: str) -> None:
    """Also one that a later version of the plan brings: no list of fields is kept here."""
    hint = next(each.type for each in msgspec.structs.fields(CarePlan) if each.name == field)
    seen = []

    @given(anything(hint), anything(hint))
    def shows(before: object, after: object) -> None:
        old, new = plan_with(**{field: before}), plan_with(**{field: after})
        assume(said(old) != said(new))
        changes = diff_plans(old, new)
        assert changes
        assert all(each.path.split(".")[0].split("[")[0] == field for each in changes)
        assert all(labels(CarePlan)[field].split()[0] in each.label for each in changes)
        seen.append(field)

    shows()
    assert seen


# --- what always holds


def said(value: object) -> Hashable:
    """What a plan says apart from its sending and its order; written apart from the diff."""
    if isinstance(value, RichText):
        return value.text or None
    if isinstance(value, RawField):
        return (value.path, value.value) if value.path or value.value else None
    if isinstance(value, tuple):
        return tuple(sorted(repr(said(each)) for each in value if said(each) is not None)) or None
    if isinstance(value, msgspec.Struct) and not isinstance(value, Moment):
        fields = {field: said(getattr(value, field)) for field in value.__struct_fields__}
        kept = {k: v for k, v in fields.items() if v is not None and k not in HEADER}
        return repr(sorted(kept.items())) if kept else None
    return value if value != "" else None


S = TypeVar("S", bound=msgspec.Struct)


def shuffled(struct: S, random: Random) -> S:
    """The same with every list in it in another order."""

    def shuffle(value: object) -> object:
        if isinstance(value, tuple):
            return tuple(random.sample([shuffle(each) for each in value], len(value)))
        if isinstance(value, msgspec.Struct) and not isinstance(value, RichText | Moment):
            return shuffled(value, random)
        return value

    fields = {field: shuffle(getattr(struct, field)) for field in struct.__struct_fields__}
    return msgspec.structs.replace(struct, **fields)


OPPOSITE = {
    ChangeKind.ADDED: ChangeKind.REMOVED,
    ChangeKind.REMOVED: ChangeKind.ADDED,
    ChangeKind.CHANGED: ChangeKind.CHANGED,
}


def mirrored(change: PlanChange) -> PlanChange:
    return msgspec.structs.replace(change, before=change.after, after=change.before)


VERSIONS = plan_versions()
Versions = tuple[CarePlan, CarePlan]


@given(VERSIONS, st.randoms(use_true_random=False))
def test_order_is_no_difference(versions: Versions, random: Random) -> None:
    old, new = versions
    assert diff_plans(old, old) == ()
    assert diff_plans(old, shuffled(old, random)) == ()
    assert diff_plans(shuffled(old, random), shuffled(new, random)) == diff_plans(old, new)


@given(VERSIONS)
def test_seen_from_the_other_side_it_is_the_same(versions: Versions) -> None:
    old, new = versions
    changes, back = diff_plans(old, new), diff_plans(new, old)
    assert back == tuple(mirrored(each) for each in changes)
    assert [OPPOSITE[each.kind] for each in back] == [each.kind for each in changes]


@given(VERSIONS)
def test_a_difference_is_shown_exactly_when_there_is_one(versions: Versions) -> None:
    old, new = versions
    assert (diff_plans(old, new) == ()) == (said(old) == said(new))


@given(VERSIONS)
def test_every_change_can_be_read(versions: Versions) -> None:
    changes = diff_plans(*versions)
    assert all(each.label.strip() for each in changes)
    assert all(each.before is not None or each.after is not None for each in changes)
    assert all(each.before != "" and each.after != "" for each in changes)
    assert len({each.path for each in changes}) == len(changes)
