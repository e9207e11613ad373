"""An answer that did not reach the hospital, and was given in a telephone call instead."""

from __future__ import annotations

import pytest

from tests.domain.strategies import at
from tests.domain.test_pathway import COORDINATION, OK, QUESTION, Journal
from visitator.domain.entries import AnswerCategory, DeliveryFailed, PhoneCall
from visitator.domain.messages import CarePlan
from visitator.domain.terms import ReplyState, Transit


@pytest.fixture
def journal() -> Journal:
    journal = Journal()
    journal.receive(CarePlan)
    return journal


def fail(journal: Journal, category: AnswerCategory) -> None:
    reply = journal.reply(category)
    journal.add(DeliveryFailed(reply=reply.entry.id, reason="Ingen kvittering."))
    assert journal.now().is_undelivered


def call(journal: Journal, *, clears: bool = True) -> None:
    body = PhoneCall(whom="M2", at=at(9), text="Aftalt", clears=clears)
    journal.add(body)


@pytest.mark.parametrize(
    ("category", "state"),
    [
        (OK, ReplyState.AGREEMENT),
        (QUESTION, ReplyState.ANSWER_RECEIVED),
        (COORDINATION, ReplyState.COORDINATION),
    ],
)
def test_the_call_takes_the_place_of_the_answer(
    journal: Journal, category: AnswerCategory, state: ReplyState
) -> None:
    fail(journal, category)
    call(journal)

    now = journal.now()
    assert not now.is_undelivered
    assert now.reply_state is state
    assert now.agreement is (category is OK)
    assert now.replies[-1].transit is Transit.ATTENTION


def test_a_call_about_something_else_settles_nothing(journal: Journal) -> None:
    fail(journal, OK)
    call(journal, clears=False)

    assert journal.now().is_undelivered


def test_a_call_before_the_answer_failed_settles_nothing(journal: Journal) -> None:
    reply = journal.reply(OK)
    call(journal)
    journal.add(DeliveryFailed(reply=reply.entry.id, reason="Ingen kvittering."))

    assert journal.now().is_undelivered


def test_what_is_sent_afterwards_must_arrive_by_itself(journal: Journal) -> None:
    fail(journal, QUESTION)
    call(journal)
    fail(journal, OK)
