"""The simulated hospital writes files a municipality can read, and answers what it is asked."""

import datetime as dt
from collections import Counter
from pathlib import Path

import msgspec
import pytest

from visitator.demo.days import Days
from visitator.demo.hospital import DemoHospital
from visitator.demo.scenario import Scenario, ScenarioError, parse_scenario
from visitator.domain.deadlines import COPENHAGEN
from visitator.domain.messages import CarePlan, Correspondence, Message, Receipt, kind_of
from visitator.domain.plan_diff import diff_plans
from visitator.domain.reply import Signature, reply_to
from visitator.identifiers import new_letter_id
from visitator.medcom.errors import MessageError
from visitator.medcom.reader import read
from visitator.medcom.writing import write_correspondence

START = dt.datetime(2026, 11, 23, 8, 0, tzinfo=COPENHAGEN)
END = START + dt.timedelta(hours=3)
OFFICIAL_TEST_NUMBERS = {"2512489996", "2509479989", "2512484916"}


@pytest.fixture
def scenario(root: Path) -> Scenario:
    file = root / "resources" / "demo" / "formiddag.toml"
    return parse_scenario(file.read_text(encoding="utf-8"), file.name)


def taken(folder: Path) -> tuple[list[Message], int]:
    """Everything in ``ind/``, which is emptied, and how many files could not be read."""
    messages: list[Message] = []
    unreadable = 0
    for file in sorted((folder / "ind").iterdir()):
        try:
            messages += read(file.read_bytes()).messages
        except MessageError:
            unreadable += 1
        file.unlink()
    return messages, unreadable


def test_a_morning_has_one_of_everything(tmp_path: Path, scenario: Scenario) -> None:
    hospital = DemoHospital(tmp_path, scenario, START)

    happened = hospital.tick(END)

    messages, unreadable = taken(tmp_path)
    assert hospital.is_done
    assert len(happened) == len(scenario.events)
    assert unreadable == 1
    assert Counter(kind_of(message) for message in messages) == {
        "admission_notification": 2,
        "care_plan": 4,
        "correspondence": 1,
        "ended_treatment": 1,
        "discharge_report": 1,
        "discharge_notification": 1,
        "rehabilitation_plan": 1,
    }


def test_nothing_it_sends_has_anything_to_remark_on(tmp_path: Path, scenario: Scenario) -> None:
    DemoHospital(tmp_path, scenario, START).tick(END)

    messages, _ = taken(tmp_path)
    assert [(kind_of(m), m.extra, m.notices) for m in messages if m.extra or m.notices] == []


def test_the_citizens_are_invented_with_official_test_numbers(scenario: Scenario) -> None:
    assert {stay.citizen.cpr for stay in scenario.stays.values()} == OFFICIAL_TEST_NUMBERS


def test_it_sends_when_the_time_has_come_and_not_before(tmp_path: Path, scenario: Scenario) -> None:
    hospital = DemoHospital(tmp_path, scenario, START)

    hospital.tick(START)
    assert [kind_of(message) for message in taken(tmp_path)[0]] == ["admission_notification"]
    hospital.tick(START)
    assert taken(tmp_path) == ([], 0)
    assert hospital.next_at == START + dt.timedelta(minutes=1)


def test_the_second_plan_says_what_changed(tmp_path: Path, scenario: Scenario) -> None:
    DemoHospital(tmp_path, scenario, START).tick(END)
    messages, _ = taken(tmp_path)
    plans = [m for m in messages if isinstance(m, CarePlan) and m.citizen]
    first, second = sorted(
        (p for p in plans if p.citizen and p.citizen.cpr == "2512489996"),
        key=lambda plan: str(plan.agreed_discharge_comment),
    )

    labels = {change.label for change in diff_plans(first, second)}

    assert "Aftalt udskrivning" in labels
    assert "Hjemmesygepleje" in labels


def answer(plan: CarePlan, category: str) -> Correspondence:
    return reply_to(
        plan,
        category_label=category,
        text="",
        subject="Plejeforløbsplan",
        signature=Signature(name="Vera Visitator"),
        is_admitted=True,
        letter_id=new_letter_id(),
        envelope_id=new_letter_id(),
        at=dt.datetime(2026, 11, 23, 9, 0),
    )


def plan_of(folder: Path, cpr: str) -> CarePlan:
    messages, _ = taken(folder)
    return next(
        m for m in messages if isinstance(m, CarePlan) and m.citizen and m.citizen.cpr == cpr
    )


def test_a_question_is_receipted_at_once_and_answered_later(
    tmp_path: Path, scenario: Scenario
) -> None:
    hospital = DemoHospital(tmp_path, scenario, START)
    hospital.tick(START + dt.timedelta(minutes=5))
    question = answer(plan_of(tmp_path, "2509479989"), "Uddybende spørgsmål")
    (tmp_path / "ud" / "brev.xml").write_bytes(write_correspondence(question).data)
    asked_at = START + dt.timedelta(minutes=6)

    hospital.tick(asked_at)

    (receipt,), _ = taken(tmp_path)
    assert isinstance(receipt, Receipt)
    assert receipt.original_letters[0].letter_id == question.letter_id
    assert list((tmp_path / "ud").iterdir()) == []
    assert [letter.letter_id for letter in hospital.letters] == [question.letter_id]

    hospital.tick(asked_at + dt.timedelta(minutes=14))
    assert not [m for m in taken(tmp_path)[0] if isinstance(m, Correspondence)]
    hospital.tick(asked_at + dt.timedelta(minutes=15))
    (reply,) = [m for m in taken(tmp_path)[0] if isinstance(m, Correspondence)]
    assert reply.episode_key == question.episode_key
    assert "Inhalationer" in reply.text


def test_the_same_letter_twice_is_receipted_twice_and_counts_once(
    tmp_path: Path, scenario: Scenario
) -> None:
    hospital = DemoHospital(tmp_path, scenario, START)
    hospital.tick(START + dt.timedelta(minutes=5))
    letter = answer(plan_of(tmp_path, "2509479989"), "Plejeforløbsplan OK")
    for name in ("et.xml", "to.xml"):
        (tmp_path / "ud" / name).write_bytes(write_correspondence(letter).data)

    hospital.tick(START + dt.timedelta(minutes=5))

    receipts, _ = taken(tmp_path)
    assert len(receipts) == 2
    assert len(hospital.letters) == 1


@pytest.mark.parametrize(
    "text",
    ["nej", "title = 1", 'title = "x"'],
    ids=["not TOML", "wrong type", "incomplete"],
)
def test_a_scenario_that_cannot_be_used_is_named(text: str) -> None:
    with pytest.raises(ScenarioError, match=r"eget\.toml"):
        parse_scenario(text, "eget.toml")


def test_a_scenario_about_an_unknown_citizen_is_named(root: Path) -> None:
    text = (root / "resources" / "demo" / "formiddag.toml").read_text(encoding="utf-8")

    with pytest.raises(ScenarioError, match="ukendt borger 'ingen'"):
        parse_scenario(text.replace('citizen = "moerk"', 'citizen = "ingen"'), "eget.toml")


def test_an_event_that_is_no_message_is_named_by_its_minute(scenario: Scenario) -> None:
    event = msgspec.structs.replace(scenario.events[0], message={"kind": "ny_slags"})

    with pytest.raises(ScenarioError, match="minut 0"):
        scenario.message(event, Days(zero=START.date()))
