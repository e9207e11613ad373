"""The municipality's own letters: to whom they go, and that they change no answer."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given

from tests.domain.strategies import at, entry, histories, letters_sent
from visitator.domain.entries import (
    CorrespondenceSent,
    DeliveryFailed,
    Entry,
    KnownBody,
    MessageReceived,
    PhoneCall,
    ReplyHandedOver,
)
from visitator.domain.letters import addressee
from visitator.domain.messages import (
    AdmissionNotification,
    AnyMessage,
    Attachment,
    CarePlan,
    Correspondence,
    Receipt,
    ReceiptLetter,
    ReceiptOutcome,
)
from visitator.domain.pathway import Pathway, fold
from visitator.domain.terms import Transit

LETTER = CorrespondenceSent(
    subject="Hjælpemidler", text="Er der bestilt en seng?", letter_id="BREV9", envelope_id="KUVERT9"
)


def folded(*bodies: KnownBody) -> Pathway:
    return fold(entry(number, body, seq=number) for number, body in enumerate(bodies, 1))


def came(message: AnyMessage) -> MessageReceived:
    return MessageReceived(message=message, received_at=at(1), raw_id="raw")


def receipt(outcome: ReceiptOutcome) -> MessageReceived:
    named = (ReceiptLetter(letter_id="BREV9"),)
    return came(Receipt(outcome=outcome, original_letters=named))


def test_a_letter_is_said_and_stands_on_the_timeline() -> None:
    pathway = folded(came(CarePlan()), LETTER)
    (sent,) = pathway.letters_sent
    assert sent.sent == LETTER
    assert pathway.thread == (sent.entry,)
    assert pathway.timeline[-1] == sent.entry


@given(histories(), letters_sent())
def test_a_letter_changes_nothing_but_what_was_said(
    history: list[Entry], letter: CorrespondenceSent
) -> None:
    before = fold(history)
    written = entry(99, letter)
    after = fold([*history, written])
    assert after.letters_sent[-1].entry == written
    assert after == msgspec.structs.replace(
        before,
        letters_sent=after.letters_sent,
        unhandled_letter=None,
        thread=(*before.thread, written),
        timeline=(*before.timeline, written),
    )


@pytest.mark.parametrize(
    ("later", "transit"),
    [
        ((), Transit.AT_GATEWAY),
        ((ReplyHandedOver(reply="E02"),), Transit.HANDED_OVER),
        ((ReplyHandedOver(reply="E02"), receipt(ReceiptOutcome.POSITIVE)), Transit.RECEIVED),
        ((receipt(ReceiptOutcome.NEGATIVE),), Transit.ATTENTION),
        ((DeliveryFailed(reply="E02", reason="Ukendt modtager"),), Transit.ATTENTION),
        ((DeliveryFailed(reply="E01", reason="Et andet brev"),), Transit.AT_GATEWAY),
    ],
)
def test_a_letter_comes_as_far_as_is_known(later: tuple[KnownBody, ...], transit: Transit) -> None:
    (sent,) = folded(came(CarePlan()), LETTER, *later).letters_sent
    assert sent.transit is transit


def test_a_letter_that_is_not_sent_yet_is_in_the_outbox() -> None:
    (sent,) = fold([entry(1, LETTER)]).letters_sent
    assert sent.transit is Transit.OUTBOX


# --- what did not reach the hospital

_FAILED = DeliveryFailed(reply="E02", reason="Ukendt modtager")
_CALL = PhoneCall(whom="M1", at=at(9), text="Sengen er bestilt")


def test_an_undelivered_letter_waits_for_somebody() -> None:
    pathway = folded(came(CarePlan()), LETTER, _FAILED)
    assert pathway.undelivered_letter == pathway.letters_sent[0]
    assert not pathway.is_undelivered


@pytest.mark.parametrize("since", [_CALL, CorrespondenceSent(subject="Igen", text="Igen")])
def test_a_call_or_another_letter_settles_it(since: KnownBody) -> None:
    assert folded(came(CarePlan()), LETTER, _FAILED, since).undelivered_letter is None


def test_a_call_from_before_the_letter_settles_nothing() -> None:
    failed = DeliveryFailed(reply="E03", reason="Ukendt modtager")
    assert folded(came(CarePlan()), _CALL, LETTER, failed).undelivered_letter is not None


# --- to whom


def test_a_letter_goes_to_whom_it_answers_else_to_the_plan_else_to_the_last_letter() -> None:
    plan, letter = CarePlan(letter_id="PLAN"), Correspondence(letter_id="KM")
    advis = AdmissionNotification(letter_id="ADVIS")
    pathway = folded(came(advis), came(plan), came(letter))
    assert addressee(pathway, "E03") == letter
    assert addressee(pathway, "E01") == advis
    assert addressee(pathway) == plan
    assert addressee(folded(came(advis), came(letter))) == letter


@pytest.mark.parametrize(
    "body", [LETTER, came(Attachment()), came(Receipt(outcome=ReceiptOutcome.POSITIVE))]
)
def test_what_is_no_letter_from_a_hospital_cannot_be_answered(body: KnownBody) -> None:
    assert addressee(folded(body), "E01") is None
    assert addressee(folded(body)) is None
    assert addressee(folded(came(CarePlan()), body), "E99") is None
