"""A plan on the screen: everything in it is there, and what changed is marked where it stands."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.app.pathway_views import new_words, said_by, section, view_of
from tests.domain.strategies import anything, at, entry, plan_versions
from tests.domain.test_pathway import Journal
from tests.medcom.files import FIXTURES, SAMPLES, file_name, message_in
from tests.medcom.leaves import strings_of
from visitator.app.labelled import shown
from visitator.app.views import AbilityView, Contact, PathwayView, Point, VersionView
from visitator.domain.citizen import Citizen
from visitator.domain.codes import RELATIONS
from visitator.domain.entries import MessageReceived
from visitator.domain.messages import (
    Ability,
    AbilityScore,
    AnyMessage,
    CarePlan,
    DischargeConference,
    DischargeReport,
    EndedTreatment,
    NursingProblemArea,
    Receipt,
    RehabilitationPlan,
    UnknownMessage,
)
from visitator.domain.moment import Moment
from visitator.domain.notice import RawField
from visitator.domain.party import ContactInformation, Organisation, Person, Relative, Telephone
from visitator.domain.text import RichText, Span, Style
from visitator.medcom.reader import read

DANISH = {
    **{code: code.capitalize() for code in ("ingen", "lette", "moderate", "totale")},
    "svaere": "Svære",
    "ikke_relevant": "Ikke relevant",
    **RELATIONS,
}
"""The codes that are shown as Danish words."""


def received(*messages: AnyMessage) -> PathwayView:
    """The view of a pathway in which these messages came."""
    return view_of(
        [
            entry(
                number,
                MessageReceived(message=message, received_at=at(number), raw_id=f"raw-{number}"),
                seq=number,
            )
            for number, message in enumerate(messages, start=1)
        ]
    )


def versions(old: CarePlan, new: CarePlan) -> PathwayView:
    """The view of two versions of a plan, dated one after the other."""
    dated = [
        msgspec.structs.replace(plan, authorised_at=dt.datetime(2026, 2, 2, hour))
        for plan, hour in ((old, 8), (new, 9))
    ]
    return received(*dated)


def current(view: PathwayView) -> VersionView:
    return view.versions[-1]


def ability(view: PathwayView, label: str) -> AbilityView:
    (found,) = (each for each in current(view).abilities if each.label == label)
    return found


def scores(*scores: AbilityScore) -> CarePlan:
    return CarePlan(ability=Ability(scores=scores))


def washing(score: str, comment: str = "") -> AbilityScore:
    text = RichText(comment) if comment else None
    return AbilityScore(
        code="FA510", code_system="icf", description="Vaske sig", score=score, comment=text
    )


# --- nothing is left out


def not_shown(message: AnyMessage, view: PathwayView) -> list[str]:
    said = said_by(view)
    texts = [text for text in strings_of(message) if text.strip()]
    return [
        text for text in texts if not any(word in said for word in (text, DANISH.get(text, text)))
    ]


def shown_messages(file: Path) -> list[AnyMessage]:
    """The messages of a file that a pathway shows; a receipt is how a reply fares."""
    return [each for each in read(file.read_bytes()).messages if not isinstance(each, Receipt)]


@pytest.mark.parametrize("file", FIXTURES, ids=file_name)
def test_every_text_of_a_fixture_is_in_the_view(file: Path) -> None:
    for message in shown_messages(file):
        assert not_shown(message, received(message)) == []


@pytest.mark.parametrize("file", SAMPLES, ids=file_name)
def test_every_text_of_a_published_sample_is_in_the_view(file: Path) -> None:
    for message in shown_messages(file):
        assert not_shown(message, received(message)) == []


def with_unique_texts(message: AnyMessage) -> tuple[AnyMessage, list[str]]:
    """The message with a marker for each of its texts, and the markers."""
    kept = (bytes, dt.date, dt.datetime, dt.time)
    built = _marked(msgspec.to_builtins(message, builtin_types=kept), itertools.count())
    return msgspec.convert(built, AnyMessage), list(_markers(built))


def _marked(value: Any, numbers: Iterator[int], name: str = "") -> Any:  # noqa: ANN401 - JSON
    match value:
        case str() if name not in {"kind", "style", "outcome"}:
            return f"Mærke{next(numbers):03}Slut"
        case dict():
            return {k: _marked(v, numbers, k) for k, v in value.items() if k != "notices"}
        case list() | tuple():
            return [_marked(each, numbers, name) for each in value]
    return value


def _markers(value: Any) -> Iterator[str]:  # noqa: ANN401 - JSON
    """Every marker but those of places in the XML, which are not said to anybody."""
    match value:
        case str() if value.startswith("Mærke"):
            yield value
        case dict():
            for key, each in value.items():
                if not (key == "path" and "label" in value):
                    yield from _markers(each)
        case list():
            for each in value:
                yield from _markers(each)


@pytest.mark.parametrize(
    "kind", [CarePlan, DischargeReport, EndedTreatment, RehabilitationPlan, UnknownMessage]
)
@settings(max_examples=30)
@given(data=st.data())
def test_whatever_a_message_says_is_shown(kind: type[AnyMessage], data: st.DataObject) -> None:
    message, markers = with_unique_texts(data.draw(anything(kind)))
    said = said_by(received(message))
    assert [marker for marker in markers if marker not in said] == []


def test_dates_and_answers_are_in_the_view() -> None:
    plan = message_in("xdis21_latin1_no_declaration")
    assert isinstance(plan, CarePlan)
    said = said_by(received(plan))
    for value in (
        plan.admitted,
        plan.expected_end_of_treatment,
        plan.agreed_discharge,
        plan.authorised_at,
        plan.sent_at,
        plan.ability and plan.ability.last_modified,
        plan.conference and plan.conference.at,
    ):
        assert value is not None
        assert shown(value) in said
    fields = section(received(plan), "coordination").fields
    assert [(field.label, str(field.text)) for field in fields][5:7] == [
        ("Første døgn: Madpakke", "Ja"),
        ("Første døgn: Indkøb", "Nej"),
    ]


# --- the cards


def test_the_head_has_both_dates_also_when_there_are_none() -> None:
    end, agreed = current(received(CarePlan())).head
    assert (end.label, agreed.label) == ("Forventet færdigbehandlet", "Aftalt udskrivning")
    assert (str(end.text), end.at) == ("", None)
    plan = CarePlan(agreed_discharge=Moment(dt.date(2026, 2, 4), dt.time(11)))
    _, agreed = current(received(plan)).head
    assert str(agreed.text) == "04-02-2026 kl. 11.00"
    assert agreed.at == Point(date=dt.date(2026, 2, 4), time=dt.time(11))


def test_the_sender_is_who_one_calls() -> None:
    sender = Organisation(
        gln="5790001382445",
        organisation="Nordfjordens Sygehus",
        unit="M2",
        telephone="00000031",
        signers=(Person(given_name="Lis", surname="Ravn", title="sygeplejerske"),),
        contacts=(ContactInformation(names=("Koordinator",), telephone="00000032", hours="8-15"),),
    )
    assert current(received(CarePlan(sender=sender))).sender == Contact(
        name="Nordfjordens Sygehus, M2",
        lines=("Lis Ravn, sygeplejerske", "Koordinator, 00000032, 8-15"),
        telephone="00000031",
        gln="5790001382445",
    )


def test_without_a_number_of_its_own_the_ward_has_its_contacts() -> None:
    sender = Organisation(contacts=(ContactInformation(telephone="00000032"),))
    assert current(received(CarePlan(sender=sender))).sender.telephone == "00000032"


def test_a_relative_has_a_relation_numbers_and_whether_they_know() -> None:
    relative = Relative(
        relation="aegtefaelle",
        given_name="Lars",
        surname="Berggren",
        telephones=(Telephone(number="00000021"), Telephone(number="00000022", kind="arbejde")),
        informed=True,
    )
    assert current(received(CarePlan(relatives=(relative,)))).relatives == (
        Contact(
            name="Lars Berggren",
            lines=("ægtefælle", "00000022 (arbejde)"),
            telephone="00000021",
            informed=True,
        ),
    )


@pytest.mark.parametrize(
    ("sent", "score", "word"),
    [
        ("ingen", 0, "Ingen"),
        ("lette", 1, "Lette"),
        ("moderate", 2, "Moderate"),
        ("svaere", 3, "Svære"),
        ("Svære", 3, "Svære"),
        ("totale", 4, "Totale"),
        ("9", None, "9"),
        ("uændret", None, "uændret"),
    ],
)
def test_a_limitation_has_a_number_when_its_word_is_known(
    sent: str, score: int | None, word: str
) -> None:
    found = ability(received(scores(washing(sent))), "Vaske sig")
    assert (found.score, found.score_word) == (score, word)


def test_ability_that_is_not_relevant_says_so() -> None:
    plan = CarePlan(ability=Ability(relevance="ikke_relevant"))
    assert ability(received(plan), "Relevans").score_word == "Ikke relevant"


def test_problem_areas_without_a_remark_are_folded() -> None:
    areas = (
        NursingProblemArea(description="Ernæring", text=RichText("Nedsat appetit.")),
        NursingProblemArea(description="Seksualitet"),
        NursingProblemArea(description="Søvn og hvile", text=RichText("")),
    )
    problems = section(received(CarePlan(nursing_problem_areas=areas)), "problems")
    assert [(f.label, str(f.text)) for f in problems.fields] == [("Ernæring", "Nedsat appetit.")]
    assert problems.unremarkable == ("Seksualitet", "Søvn og hvile")


def test_a_field_the_program_does_not_know_is_not_folded_away() -> None:
    view = received(message_in("xdis21_unknown_element_first"))
    fields = {f.label: str(f.text) for f in section(view, "unknown").fields}
    assert fields["Hastegrad: Kode"] == "rød"
    assert fields["FurtherCoordination: NutritionNeeds: revision"] == "2"


def test_formats_are_kept() -> None:
    text = RichText("Se tabel", (Span(start=3, end=8, style=Style.FIXED),))
    (field,) = section(received(CarePlan(auxiliaries=text)), "coordination").fields
    assert [(run.text, run.fixed) for run in field.text.runs] == [("Se ", False), ("tabel", True)]


def test_weekend_late_plan_and_what_the_reader_remarked_are_said() -> None:
    plan = msgspec.structs.replace(
        message_in("xdis21_missing_location_number"),
        agreed_discharge=Moment(dt.date(2026, 2, 7)),
        sent_at=dt.datetime(2026, 2, 7, 9),
    )
    notices = " ".join(current(received(plan)).notices)
    assert "falder på en lørdag" in notices
    assert "Sen plan." in notices
    assert "lokationsnummer mangler" in notices
    assert current(received(CarePlan())).notices[0] == "Planen har ingen udskrivningsdato."


def test_a_date_no_calendar_knows_is_said_and_nothing_fails() -> None:
    plan = CarePlan(agreed_discharge=Moment(dt.date(9999, 12, 31)))
    assert "Kalenderen kender kun årene" in current(received(plan)).notices[0]


# --- what changed


def test_the_first_version_has_changed_nothing() -> None:
    view = current(received(message_in("xdis21_changed")))
    assert view.changes == ()
    assert view.changed_since is None
    assert not any(field.changed for card in view.sections for field in card.fields)
    assert not any(each.before_word is not None for each in view.abilities)


def test_a_moved_discharge_shows_both_dates() -> None:
    old = CarePlan(agreed_discharge=Moment(dt.date(2026, 2, 3), dt.time(13)))
    new = CarePlan(agreed_discharge=Moment(dt.date(2026, 2, 4), dt.time(11)))
    view = current(versions(old, new))
    agreed = view.head[1]
    assert agreed.before == "03-02-2026 kl. 13.00"
    assert agreed.at_before == Point(date=dt.date(2026, 2, 3), time=dt.time(13))
    assert [(c.label, c.before, c.after) for c in view.changes] == [
        ("Aftalt udskrivning", "03-02-2026 kl. 13.00", "04-02-2026 kl. 11.00")
    ]
    assert view.number == 2
    assert view.changed_since == at(1)


def test_an_ability_that_changed_says_what_it_was() -> None:
    view = versions(scores(washing("moderate")), scores(washing("svaere", "Hjælp til ryg.")))
    found = ability(view, "Vaske sig")
    assert (found.score, found.before_word, found.comment_before) == (3, "Moderate", "")
    assert new_words(found.comment) == ["Hjælp til ryg."]
    assert [(change.before, change.after) for change in current(view).changes] == [
        ("Moderate", "Svære"),
        (None, "Hjælp til ryg."),
    ]


def test_an_ability_that_is_new_and_one_that_is_gone() -> None:
    eating = AbilityScore(description="Spise", score="ingen")
    view = versions(scores(washing("moderate")), scores(eating))
    assert ability(view, "Spise").before_word == ""
    gone = ability(view, "Vaske sig")
    assert (gone.score, gone.score_word, gone.before_word) == (None, "", "Moderate")


def test_added_words_are_marked_where_they_stand() -> None:
    old = CarePlan(auxiliaries=RichText("Rollator udleveret."))
    new = CarePlan(auxiliaries=RichText("Rollator udleveret. Badebænk skal bevilges."))
    (field,) = section(versions(old, new), "coordination").fields
    assert field.before == "Rollator udleveret."
    assert new_words(field.text) == ["Badebænk skal bevilges."]


def test_a_removed_text_still_stands_with_what_it_was() -> None:
    view = versions(CarePlan(home_changes=RichText("Dørtrin fjernes.")), CarePlan())
    (field,) = section(view, "coordination").fields
    assert (field.label, str(field.text), field.before) == (
        "Ændringer i hjemmet",
        "",
        "Dørtrin fjernes.",
    )


def test_a_problem_area_that_lost_its_text_is_no_longer_unremarkable() -> None:
    with_text = NursingProblemArea(description="Smerter", text=RichText("Panodil."))
    without = NursingProblemArea(description="Smerter")
    view = versions(
        CarePlan(nursing_problem_areas=(with_text,)), CarePlan(nursing_problem_areas=(without,))
    )
    problems = section(view, "problems")
    assert [(f.label, f.before) for f in problems.fields] == [("Smerter", "Panodil.")]
    assert problems.unremarkable == ()


def test_a_field_without_a_card_is_marked_in_the_rest() -> None:
    old, new = (CarePlan(citizen=Citizen(street=street)) for street in ("Vej 1", "Vej 2"))
    (field,) = (f for f in section(versions(old, new), "other").fields if f.changed)
    assert (field.label, str(field.text), field.before) == ("Borger: Adresse", "Vej 2", "Vej 1")
    (gone,) = (f for f in section(versions(old, CarePlan()), "other").fields if f.changed)
    assert (gone.label, str(gone.text), gone.before) == ("Borger: Adresse", "", "Vej 1")


def test_a_change_in_the_rest_does_not_count_as_one_on_a_card() -> None:
    old = CarePlan(citizen=Citizen(street="Vej 1"), lunch_box=True)
    new = CarePlan(citizen=Citizen(street="Vej 2"), lunch_box=False)
    changes = current(versions(old, new)).changes
    assert {change.label: change.is_folded for change in changes} == {
        "Borger: Adresse": True,
        "Madpakke": False,
    }


def test_the_ward_and_a_relative_that_changed_are_marked() -> None:
    mette = Relative(given_name="Mette", informed=False)
    old = CarePlan(sender=Organisation(telephone="1"), relatives=(mette,))
    new = CarePlan(
        sender=Organisation(telephone="2"),
        relatives=(msgspec.structs.replace(mette, informed=True), Relative(given_name="Bo")),
    )
    view = current(versions(old, new))
    assert view.sender.changed
    assert [each.changed for each in view.relatives] == [True, True]
    assert not current(versions(old, old)).sender.changed
    assert not current(versions(old, old)).relatives[0].changed


def test_an_unknown_field_that_changed_is_marked() -> None:
    def plan(value: str) -> CarePlan:
        return CarePlan(extra=(RawField(path="Hastegrad/Kode", label="Kode", value=value),))

    (field,) = section(versions(plan("gul"), plan("rød")), "unknown").fields
    assert (str(field.text), field.before) == ("rød", "gul")
    (gone,) = section(versions(plan("gul"), CarePlan()), "unknown").fields
    assert (str(gone.text), gone.before) == ("", "gul")


def test_a_conference_that_changed_is_marked_field_by_field() -> None:
    old = CarePlan(conference=DischargeConference(status="forslag", video=True))
    new = CarePlan(conference=DischargeConference(status="aftalt", video=True))
    fields = {f.label: f.before for f in section(versions(old, new), "coordination").fields}
    assert fields == {"Videokonference": None, "Status for konferencen": "forslag"}


def marks(version: VersionView) -> int:
    """How many places of a version are marked."""
    fields = [field for card in version.sections for field in card.fields]
    return sum(
        [
            *(field.changed for field in (*version.head, *fields)),
            *(each.before_word is not None for each in version.abilities),
            *(each.comment_before is not None for each in version.abilities),
            *(contact.changed for contact in (version.sender, *version.relatives)),
        ]
    )


@given(plan_versions())
def test_nothing_is_marked_between_equal_versions(pair: tuple[CarePlan, CarePlan]) -> None:
    old, _ = pair
    view = current(versions(old, old))
    assert view.changes == ()
    assert marks(view) == 0


@given(plan_versions())
def test_the_marked_text_is_the_text(pair: tuple[CarePlan, CarePlan]) -> None:
    old, new = pair
    marked, plain = (
        {str(field.text) for card in current(versions(each, new)).sections for field in card.fields}
        for each in (old, new)
    )
    assert plain <= marked


def test_a_text_too_long_to_compare_by_words_is_marked_from_the_first_new_word() -> None:
    old = "Ens. " + " ".join(f"a{n}" for n in range(2_000)) + " Slut."
    new = "Ens. " + " ".join(f"b{n}" for n in range(2_000)) + " Slut."
    view = versions(CarePlan(auxiliaries=RichText(old)), CarePlan(auxiliaries=RichText(new)))
    (field,) = section(view, "coordination").fields
    (marked,) = new_words(field.text)
    assert marked.startswith("b0 b1")
    assert marked.endswith("b1999")


def test_the_version_says_where_it_stands() -> None:
    first, second = versions(CarePlan(lunch_box=True), CarePlan(lunch_box=False)).versions
    assert (first.number, first.state, first.is_current) == (1, "Erstattet af ny PFP", False)
    assert (second.number, second.state, second.is_current) == (2, "Modtaget", True)
    assert (first.raw_id, second.raw_id) == ("raw-1", "raw-2")
    assert second.received.utcoffset() == dt.timedelta(hours=1)


def test_the_technical_receipt_is_told_apart_from_an_answer() -> None:
    plan = message_in("xdis21_changed")
    assert current(received(plan)).receipted is None
    body = MessageReceived(message=plan, received_at=at(1), raw_id="raw", receipted_at=at(2))
    version = current(view_of([entry(1, body, seq=1)]))
    assert version.receipted == at(2)
    assert version.state == "Modtaget"


# --- messages that are no plan


def test_another_message_has_a_card_of_its_own() -> None:
    journal = Journal()
    journal.receive(CarePlan)
    journal.receive(EndedTreatment, end_of_treatment=Moment(dt.date(2026, 2, 3), dt.time(12)))
    card, rest = view_of(journal).other
    assert (card.key, card.title) == ("ended_treatment", "Melding om færdigbehandling")
    (field,) = card.fields
    assert (field.label, field.at) == (
        "Færdigbehandlet",
        Point(date=dt.date(2026, 2, 3), time=dt.time(12)),
    )
    assert rest.title == "Øvrige felter"
    assert (card.raw_id, card.received) == ("raw", at(2))


def test_a_report_says_what_the_reader_and_the_agreement_remark() -> None:
    area = NursingProblemArea(description="Andet", text=RichText("Behandlingsansvar i 96 timer."))
    card, _ = received(DischargeReport(nursing_problem_areas=(area,))).other
    assert "omtaler behandlingsansvar" in " ".join(card.notices)


def test_the_newest_message_stands_first() -> None:
    view = received(EndedTreatment(), DischargeReport())
    assert [card.key for card in view.other if card.key != "other"] == [
        "discharge_report",
        "ended_treatment",
    ]


def test_an_item_of_a_report_says_its_text_before_its_code() -> None:
    area = NursingProblemArea(
        code="H-12345", code_system="medcom", description="Smerter", text=RichText("Panodil.")
    )
    card, _ = received(DischargeReport(nursing_problem_areas=(area,))).other
    (field,) = card.fields
    assert field.label == "Sygeplejefaglige problemområder: Smerter"
    assert str(field.text) == "Panodil.\nH-12345, medcom"


def test_the_ability_in_a_report_is_in_danish() -> None:
    ability = Ability(scores=(AbilityScore(description="Spise", score="svaere"),))
    card, _ = received(DischargeReport(ability=ability)).other
    (field,) = card.fields
    assert str(field.text) == "Svære"
