"""What holds for every kind of message."""

import datetime as dt

import msgspec
import pytest

from visitator.domain.labels import label_of, labels
from visitator.domain.messages import (
    KIND_LABELS,
    AnyMessage,
    BinaryObject,
    CarePlan,
    Correspondence,
    Message,
    RehabilitationPlan,
    kind_of,
)
from visitator.domain.moment import Moment
from visitator.domain.terms import RehabilitationLevel
from visitator.domain.text import RichText, Span, Style

KINDS = {
    "care_plan",
    "rehabilitation_plan",
    "correspondence",
    "admission_notification",
    "discharge_notification",
    "discharge_report",
    "ended_treatment",
    "receipt",
    "attachment",
    "unknown",
}


def test_the_kinds_are_the_ones_scripts_rely_on() -> None:
    assert {kind.__struct_config__.tag for kind in KIND_LABELS} == KINDS


@pytest.mark.parametrize("kind", list(KIND_LABELS), ids=lambda kind: str(kind.__name__))
def test_every_field_a_person_sees_has_a_danish_label(kind: type[Message]) -> None:
    unlabelled = set(kind.__struct_fields__) - set(labels(kind)) - {"notices"}

    assert unlabelled == set()


def test_a_label_is_found_by_type_and_field() -> None:
    assert label_of(CarePlan, "agreed_discharge") == "Aftalt udskrivning"
    with pytest.raises(KeyError):
        label_of(CarePlan, "notices")


def test_a_message_survives_the_journal_format() -> None:
    plan = CarePlan(
        letter_id="B1",
        sent_at=dt.datetime(2026, 2, 2, 8, 0),
        agreed_discharge=Moment(dt.date(2026, 2, 3), dt.time(10)),
        home_changes=RichText("Seng i stuen", (Span(start=0, end=4, style=Style.BOLD),)),
    )

    copy: AnyMessage = msgspec.json.decode(msgspec.json.encode(plan), type=AnyMessage)

    assert copy == plan
    assert kind_of(copy) == "care_plan"


def test_episode_ids_compare_without_hyphens_and_case() -> None:
    with_hyphens = CarePlan(episode_id="6FB927DA-3BE1-4B9F-8875-A6326617D20B")
    without = CarePlan(episode_id="6fb927da3be14b9f8875a6326617d20b")

    assert with_hyphens.episode_key == without.episode_key
    assert CarePlan().episode_key is None


def test_attachments_compare_by_identifier_without_hyphens() -> None:
    assert BinaryObject(object_id="AB-CD").object_key == BinaryObject(object_id="abcd").object_key
    assert BinaryObject().object_key is None


def test_the_agreed_discharge_goes_before_the_expected_end_of_treatment() -> None:
    agreed, expected = Moment(dt.date(2026, 2, 4)), Moment(dt.date(2026, 2, 3))

    both = CarePlan(agreed_discharge=agreed, expected_end_of_treatment=expected)
    assert both.planned_discharge == agreed
    assert CarePlan(expected_end_of_treatment=expected).planned_discharge == expected
    assert CarePlan().planned_discharge is None


def test_the_parts_of_a_correspondence_read_as_one_text() -> None:
    assert Correspondence(texts=(RichText("a\nb"), RichText("c"))).text == "a\nb\nc"


@pytest.mark.parametrize(
    ("word", "level"),
    [
        ("specialiseret", RehabilitationLevel.SPECIALISED),
        (" Specialiseret genoptræning", RehabilitationLevel.SPECIALISED),
        ("almen", RehabilitationLevel.GENERAL),
        ("Alm. genoptræning", RehabilitationLevel.GENERAL),
        (
            "rehabilitering på specialiseret niveau",
            RehabilitationLevel.SPECIALISED_REHABILITATION,
        ),
        ("noget andet", None),
        (None, None),
    ],
)
def test_the_level_of_a_rehabilitation_plan_is_recognised_by_how_its_word_begins(
    word: str | None, level: RehabilitationLevel | None
) -> None:
    assert RehabilitationPlan(level_text=word).level is level


def test_a_moment_is_shown_as_danes_write_it_and_is_danish_time() -> None:
    moment = Moment(dt.date(2026, 7, 1), dt.time(9, 5))

    assert str(moment) == "01-07-2026 kl. 09.05"
    assert str(Moment(dt.date(2026, 7, 1))) == "01-07-2026"
    assert moment.instant() == dt.datetime(2026, 7, 1, 7, 5, tzinfo=dt.UTC)
    assert Moment(dt.date(2026, 1, 1)).instant() == dt.datetime(2025, 12, 31, 23, tzinfo=dt.UTC)


def test_a_part_of_a_text_keeps_its_formats() -> None:
    text = RichText("\nfed og fin\n", (Span(start=1, end=4, style=Style.BOLD),))

    assert text.cut(0, 12) == RichText("fed og fin", (Span(start=0, end=3, style=Style.BOLD),))
    assert text.part(2, 6) == RichText("ed o", (Span(start=0, end=2, style=Style.BOLD),))
    assert text.part(5, 8).spans == ()
