"""The text of an answer: what was typed and ticked, put together and taken apart again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitator.app.composing import Composed, taken_apart, written
from visitator.domain.entries import AnswerCategory
from visitator.resources import load_agreement

AGREEMENT = load_agreement("region-sjaelland-2025-11")
TRIGGERS = [each.code for each in AGREEMENT.coordination.triggers]
FORMS = [each.code for each in AGREEMENT.coordination.forms]
OK, QUESTION, COORDINATION = AnswerCategory


def test_a_wish_for_coordination_says_why_and_how_in_the_agreements_words() -> None:
    composed = Composed(text="Borgeren falder dagligt.", choices=("function", "video"))
    assert written(composed, COORDINATION, AGREEMENT) == (
        "Borgeren falder dagligt.\n"
        "\n"
        "Behov for udvidet koordinering:\n"
        "- væsentlige ændringer i patientens funktionsevne og/eller hjælpebehov\n"
        "Ønsket form: videokonference"
    )


def test_a_question_is_sent_as_it_was_written() -> None:
    composed = Composed(text="Er badebænken bestilt?", choices=("aids",))
    assert written(composed, QUESTION, AGREEMENT) == "Er badebænken bestilt?"


def test_what_the_agreement_does_not_have_cannot_be_ticked() -> None:
    with pytest.raises(ValueError, match="not in the agreement"):
        written(Composed(text="", choices=("moon",)), COORDINATION, AGREEMENT)


@given(
    text=st.text().map(str.strip),
    triggers=st.sets(st.sampled_from(TRIGGERS)),
    form=st.sampled_from([None, *FORMS]),
)
def test_what_was_put_together_is_taken_apart_as_it_was(
    text: str, triggers: set[str], form: str | None
) -> None:
    choices = tuple(code for code in (*TRIGGERS, *FORMS) if code in triggers or code == form)
    composed = Composed(text=text, choices=choices)
    comment = written(composed, COORDINATION, AGREEMENT)
    assert taken_apart(comment, COORDINATION, AGREEMENT) == composed


@given(text=st.text().map(str.strip), category=st.sampled_from([OK, QUESTION]))
def test_without_ticks_the_text_is_the_comment(text: str, category: AnswerCategory) -> None:
    composed = Composed(text=text)
    assert taken_apart(written(composed, category, AGREEMENT), category, AGREEMENT) == composed
