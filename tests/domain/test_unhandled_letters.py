"""A letter from the hospital stands until somebody has seen to it, whatever it is about."""

from __future__ import annotations

import pytest
from hypothesis import given

from tests.domain.strategies import at, histories
from tests.domain.test_pathway import Journal, journal, planned
from visitator.domain.entries import (
    AdmissionReportSent,
    AnswerCategory,
    Assigned,
    Closed,
    ConferenceMinutesReceived,
    CorrespondenceSent,
    Entry,
    LetterHandled,
    MessageReceived,
    NoteAdded,
    Opened,
    PhoneCall,
    PlanState,
    ReplySent,
)
from visitator.domain.messages import (
    CarePlan,
    Correspondence,
    DischargeReport,
    RehabilitationPlan,
)
from visitator.domain.pathway import fold

__all__ = ["journal", "planned"]


def test_a_letter_about_nothing_in_particular_has_to_be_seen_to(journal: Journal) -> None:
    letter = journal.receive(Correspondence)
    assert journal.now().unhandled_letter == letter.id


@pytest.mark.parametrize(
    "body", [Opened(), Assigned(owner="AHN", previous=None), NoteAdded(text="Set.")]
)
def test_nothing_vanishes_by_being_looked_at(
    journal: Journal, body: Opened | Assigned | NoteAdded
) -> None:
    letter = journal.receive(Correspondence)
    journal.add(body)
    assert journal.now().unhandled_letter == letter.id


def test_it_is_seen_to_when_somebody_says_so_writes_telephones_or_closes(journal: Journal) -> None:
    for number in range(4):
        letter = journal.receive(Correspondence)
        bodies = (
            LetterHandled(letter=letter.id),
            CorrespondenceSent(
                subject="Svar", text="Tak.", letter_id=f"L{number}", envelope_id=f"E{number}"
            ),
            PhoneCall(whom="M2", at=at(number), text="Aftalt."),
            Closed(),
        )
        journal.add(bodies[number])
        assert journal.now().unhandled_letter is None


def test_an_admission_report_sees_to_no_letter(journal: Journal) -> None:
    letter = journal.receive(Correspondence)
    journal.add(AdmissionReportSent(supplement="Faldt hjemme."))
    assert journal.now().unhandled_letter == letter.id


def test_a_letter_after_the_agreement_comes_back_to_the_inbox(planned: Journal) -> None:
    planned.reply(AnswerCategory.OK)
    letter = planned.receive(Correspondence)
    assert planned.now().agreement
    assert planned.now().unhandled_letter == letter.id


def test_an_answer_is_seen_to_by_the_reply_that_follows_it(planned: Journal) -> None:
    planned.reply(AnswerCategory.QUESTION, "Hvornår?")
    planned.receive(Correspondence)
    assert planned.now().unhandled_letter is not None
    planned.reply(AnswerCategory.OK)
    assert planned.now().unhandled_letter is None


def test_a_reply_that_came_second_has_seen_to_nothing(planned: Journal) -> None:
    first = planned.now().to_answer
    assert first is not None
    planned.reply(AnswerCategory.QUESTION, "Hvornår?")
    letter = planned.receive(Correspondence)
    planned.add(ReplySent(category=AnswerCategory.OK, answers=PlanState(plan=first.plan)))
    assert planned.now().unhandled_letter == letter.id


def test_minutes_are_seen_to_when_they_are_said_to_be_minutes(planned: Journal) -> None:
    planned.reply(AnswerCategory.COORDINATION, "Konference ønskes.")
    letter = planned.receive(Correspondence)
    planned.add(ConferenceMinutesReceived(letter=letter.id))
    assert planned.now().unhandled_letter is None


def test_to_have_seen_to_one_letter_leaves_the_next(journal: Journal) -> None:
    first = journal.receive(Correspondence)
    second = journal.receive(Correspondence)
    journal.add(LetterHandled(letter=first.id))
    assert journal.now().unhandled_letter == second.id


def test_an_answer_to_the_plan_sees_to_no_rehabilitation_plan(planned: Journal) -> None:
    came = planned.receive(RehabilitationPlan)
    planned.reply(AnswerCategory.OK)
    assert planned.now().unhandled_letter == came.id


def test_a_plan_and_a_report_are_no_letters_to_see_to(journal: Journal) -> None:
    journal.receive(CarePlan)
    journal.receive(DischargeReport)
    assert journal.now().unhandled_letter is None


@given(histories())
def test_it_is_always_a_letter_or_a_rehabilitation_plan_that_came(history: list[Entry]) -> None:
    now = fold(history)
    letters = {
        entry.id
        for entry in now.timeline
        if isinstance(entry.body, MessageReceived)
        and isinstance(entry.body.message, Correspondence | RehabilitationPlan)
    }
    assert now.unhandled_letter is None or now.unhandled_letter in letters
