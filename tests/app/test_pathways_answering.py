"""What can be answered, with which words, and what to know before asking."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import msgspec
import pytest

from tests.app.pathway_views import MIDTJYLLAND, NOW, SJAELLAND, TOPICS, view_of
from tests.domain.strategies import HOSPITAL
from tests.domain.test_pathway import COORDINATION, OK, QUESTION, Journal
from visitator.app.answering import TOPICS_FILE, load_topics
from visitator.app.views import Answering, Point
from visitator.domain.agreement import Agreement
from visitator.domain.entries import (
    Closed,
    DeliveryFailed,
    Lapsed,
    LapseReason,
    PhoneCall,
    PlanState,
)
from visitator.domain.messages import CarePlan, Correspondence
from visitator.domain.moment import Moment
from visitator.domain.party import ContactInformation, Organisation
from visitator.resources import ResourceError

TUESDAY = dt.date(2026, 2, 3)


@pytest.fixture
def journal() -> Journal:
    return Journal()


@pytest.fixture
def planned(journal: Journal) -> Journal:
    journal.receive(CarePlan)
    return journal


def asked(journal: Journal, agreement: Agreement = SJAELLAND) -> Answering:
    return view_of(journal, agreement=agreement).answering


def test_the_three_categories_are_those_of_the_agreement(planned: Journal) -> None:
    answering = asked(planned)
    assert answering.can_answer
    assert [(each.code, each.label) for each in answering.choices] == [
        ("ok", "Plejeforløbsplan OK"),
        ("question", "Uddybende spørgsmål"),
        ("coordination", "Ønske om udvidet koordinering"),
    ]
    assert answering.choices[0].meaning.startswith("Uden yderligere kommentarer")
    assert answering.ok_is_agreement
    assert answering.subject == "Plejeforløbsplan"
    assert len(answering.triggers) == 3
    assert [each.code for each in answering.forms] == ["video", "telephone", "meeting"]
    assert [each.code for each in answering.purposes] == ["information", "action", "feedback"]


def test_a_profile_without_categories_leaves_only_a_letter(planned: Journal) -> None:
    answering = asked(planned, MIDTJYLLAND)
    assert not answering.can_answer
    assert answering.choices == ()
    assert answering.why_not == (
        "Aftaleprofilen har ingen svarkategorier. Skriv til sygehuset i stedet."
    )
    assert answering.subject == "Vedr. plejeforløbsplan"
    assert answering.triggers == answering.forms == answering.purposes == ()


def test_the_token_is_the_state_the_author_sees(planned: Journal) -> None:
    def state() -> PlanState:
        return msgspec.json.decode(asked(planned).state_token, type=PlanState)

    assert state() == planned.now().to_answer
    before = state()
    planned.reply(QUESTION, "Badebænk?")
    assert state() == planned.now().to_answer != before


def test_without_a_plan_there_is_nothing_to_answer_but_somebody_to_write_to(
    journal: Journal,
) -> None:
    ward = Organisation(gln=HOSPITAL.gln, unit="M2", telephone="00000031")
    journal.receive(Correspondence, sender=ward)
    answering = asked(journal)
    assert not answering.can_answer
    assert answering.why_not == "Forløbet har ingen plejeforløbsplan at svare på."
    assert (answering.state_token, answering.to, answering.telephone) == (b"", "M2", "00000031")


def test_nobody_to_write_to_in_an_empty_pathway(journal: Journal) -> None:
    assert asked(journal).to == ""


def test_the_reply_goes_to_the_ward_of_the_plan(journal: Journal) -> None:
    contact = ContactInformation(telephone="00000032")
    journal.receive(CarePlan, sender=Organisation(unit="M2", contacts=(contact,)))
    journal.receive(Correspondence, sender=Organisation(unit="Ambulatoriet"))
    assert (asked(journal).to, asked(journal).telephone) == ("M2", "00000032")


def test_an_agreement_is_not_answered_again(planned: Journal) -> None:
    planned.reply(OK)
    answering = asked(planned)
    assert not answering.can_answer
    assert answering.why_not == "Planen er besvaret og gælder som aftale om udskrivelse."


def test_an_agreement_that_did_not_arrive_can_be_answered_again(planned: Journal) -> None:
    reply = planned.reply(OK)
    planned.add(DeliveryFailed(reply=reply.entry.id, reason="Afvist."))
    assert asked(planned).can_answer


@pytest.mark.parametrize("category", [QUESTION, COORDINATION])
def test_an_open_question_or_wish_can_be_answered_again(planned: Journal, category: object) -> None:
    planned.reply(category, "Tekst")  # type: ignore[arg-type]
    assert asked(planned).can_answer
    planned.add(PhoneCall(whom="M2", at=NOW, text="Ja", clears=True))
    assert asked(planned).can_answer


def test_an_ok_with_a_comment_can_still_become_an_agreement(planned: Journal) -> None:
    planned.reply(OK, "Nøglen ligger hos naboen")
    assert asked(planned).can_answer


@pytest.mark.parametrize(
    ("body", "why_not"),
    [
        (Lapsed(reason=LapseReason.DEATH), "Forløbet er bortfaldet."),
        (Closed(), "Forløbet er afsluttet."),
    ],
)
def test_a_pathway_that_is_over_is_not_answered(
    planned: Journal, body: Lapsed | Closed, why_not: str
) -> None:
    planned.add(body)
    assert (asked(planned).can_answer, asked(planned).why_not) == (False, why_not)


@pytest.mark.parametrize(
    ("discharge", "is_after"),
    [
        (Moment(TUESDAY, dt.time(13)), False),
        (Moment(TUESDAY, dt.time(11)), True),
        (Moment(TUESDAY, dt.time(10)), True),
        (Moment(TUESDAY), True),
        (Moment(dt.date(2026, 2, 4)), False),
        (None, False),
    ],
)
def test_a_question_asked_now_may_be_answered_too_late(
    journal: Journal, discharge: Moment | None, is_after: bool
) -> None:
    journal.receive(CarePlan, agreed_discharge=discharge)
    answering = asked(journal)
    assert answering.hospital_due is not None
    assert answering.hospital_due.isoformat() == "2026-02-03T11:00:00+01:00"
    assert answering.is_after_discharge is is_after
    expected = Point(date=discharge.date, time=discharge.time) if discharge else None
    assert answering.planned_discharge == expected


def test_without_a_deadline_the_hospital_has_none(journal: Journal) -> None:
    journal.receive(CarePlan, agreed_discharge=Moment(TUESDAY))
    answering = asked(journal, MIDTJYLLAND)
    assert (answering.hospital_due, answering.is_after_discharge) == (None, False)


# --- the topics


def test_the_topics_come_with_the_program(planned: Journal) -> None:
    assert asked(planned).topics == TOPICS
    labels = [topic.label for topic in TOPICS]
    assert labels[:7] == [
        "Hjælpemidler",
        "Sårpleje",
        "Medicin",
        "Udskrivelsestidspunkt",
        "Forflytning",
        "Pårørende",
        "Genoptræning",
    ]
    assert all(topic.text.endswith("?") for topic in TOPICS)


def test_a_missing_topics_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match=r"'spoergsmaal\.toml' mangler"):
        load_topics(tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        "topics = ?",
        'topics = [{ code = "a", label = "A" }]',
        'topics = [{ code = "a", label = "A", text = "" }]',
        'topics = [{ code = "a", label = "A", text = "A?", farve = "blå" }]',
        "emner = []",
    ],
)
def test_a_topics_file_that_cannot_be_used_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / TOPICS_FILE).write_text(text, encoding="utf-8")
    with pytest.raises(ResourceError, match=r"'spoergsmaal\.toml' kan ikke læses"):
        load_topics(tmp_path)


def test_a_topics_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    (tmp_path / TOPICS_FILE).write_bytes("# æ".encode("latin-1"))
    with pytest.raises(ResourceError, match="kan ikke læses"):
        load_topics(tmp_path)


def test_two_topics_with_one_code_are_refused(tmp_path: Path) -> None:
    topic = '[[topics]]\ncode = "a"\nlabel = "A"\ntext = "A?"\n'
    (tmp_path / TOPICS_FILE).write_text(topic * 2, encoding="utf-8")
    with pytest.raises(ResourceError, match="samme 'code' to gange"):
        load_topics(tmp_path)
