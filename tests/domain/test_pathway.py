"""The fold: what a visitator sees of a pathway, from the entries of its journal."""

from __future__ import annotations

import datetime as dt
from random import Random
from typing import Any

import msgspec
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.domain.strategies import (
    HOSPITAL,
    at,
    bodies,
    entry,
    histories,
    letter_of,
    plans,
    receipts,
)
from visitator.domain.citizen import Citizen
from visitator.domain.entries import (
    AnswerCategory,
    AnyBody,
    Assigned,
    Closed,
    ConferenceAgreed,
    ConferenceForm,
    ConferenceMinutesReceived,
    DeliveryFailed,
    Entry,
    Lapsed,
    LapseReason,
    MessageReceived,
    NoteAdded,
    Opened,
    PhoneCall,
    PlanState,
    ReplyHandedOver,
    ReplySent,
    TreatmentResumed,
    UnknownBody,
)
from visitator.domain.messages import (
    AdmissionNotification,
    AnyMessage,
    CarePlan,
    Correspondence,
    DischargeNotification,
    DischargeReport,
    EndedTreatment,
    Receipt,
    ReceiptLetter,
    ReceiptOutcome,
    RehabilitationPlan,
)
from visitator.domain.moment import Moment
from visitator.domain.party import Organisation
from visitator.domain.pathway import Conference, LetterSent, Pathway, Reply, ReportSent, fold
from visitator.domain.terms import ReplyState, Stay, Transit
from visitator.domain.text import RichText

OK, QUESTION, COORDINATION = AnswerCategory
MORNING = Moment(dt.date(2026, 2, 2), dt.time(8, 0))
NOON = Moment(dt.date(2026, 2, 2), dt.time(12, 0))
EVENING = Moment(dt.date(2026, 2, 2), dt.time(18, 0))


class Journal:
    """A journal one can write in; letters are numbered, and dated an hour apart."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []

    def now(self) -> Pathway:
        return fold(self.entries)

    def add(self, body: AnyBody, *, pending: bool = False, author: str = "AHN") -> Entry:
        number = len(self.entries) + 1
        self.entries.append(entry(number, body, seq=None if pending else number, author=author))
        return self.entries[-1]

    def receive(self, kind: type[Any], *, dated: int | None = None, **fields: Any) -> Entry:
        """A letter of the stay AB-12, dated `dated` hours into 2 February, else by its number."""
        number = len(self.entries) + 1
        date = dt.datetime(2026, 2, 2) + dt.timedelta(hours=number if dated is None else dated)
        header = {
            "letter_id": f"BREV{number}",
            "sender": HOSPITAL,
            "episode_id": "AB-12",
            "authorised_at": date,
        }
        return self.deliver(kind(**(header | fields)))

    def deliver(self, message: AnyMessage) -> Entry:
        number = len(self.entries) + 1
        return self.add(MessageReceived(message=message, received_at=at(number), raw_id="raw"))

    def reply(
        self,
        category: AnswerCategory,
        comment: str = "",
        *,
        to: PlanState | None = None,
        pending: bool = False,
        **sent_as: Any,
    ) -> Reply:
        """A reply to what the journal says now, or to the state `to`."""
        answers = to or self.now().to_answer
        assert answers
        body = ReplySent(category=category, answers=answers, comment=comment, **sent_as)
        self.add(body, pending=pending)
        return self.now().replies[-1]

    def receipt(self, outcome: ReceiptOutcome, **fields: Any) -> Entry:
        return self.deliver(Receipt(outcome=outcome, **fields))


@pytest.fixture
def journal() -> Journal:
    return Journal()


@pytest.fixture
def planned(journal: Journal) -> Journal:
    """A journal with a plan in it."""
    journal.receive(CarePlan)
    return journal


# --- the plan and its answer


def test_an_empty_journal_is_a_pathway_with_nothing_in_it() -> None:
    empty = fold([])
    assert empty.reply_state is None
    assert empty.to_answer is None
    assert empty.current_plan is None
    assert not empty.needs_answer
    assert empty.stay is Stay.UNKNOWN


def test_a_new_plan_is_received_and_needs_an_answer(planned: Journal) -> None:
    assert planned.now().reply_state is ReplyState.RECEIVED
    assert planned.now().needs_answer
    assert planned.now().answered_at is None
    assert planned.now().episode_key == "ab12"


@pytest.mark.parametrize("comment", ["", " ", "\n\t "])
def test_an_ok_without_a_comment_is_an_agreement(planned: Journal, comment: str) -> None:
    reply = planned.reply(OK, comment)
    assert reply.counts
    assert planned.now().reply_state is ReplyState.AGREEMENT
    assert planned.now().agreement
    assert not planned.now().needs_answer
    assert planned.now().answered_at == reply.entry.occurred_at


def test_an_ok_with_a_comment_is_an_answer_but_no_agreement(planned: Journal) -> None:
    planned.reply(OK, "Nøglen ligger hos naboen")
    assert planned.now().reply_state is ReplyState.ANSWERED_OK
    assert not planned.now().agreement
    assert not planned.now().needs_answer


def test_taking_a_plan_puts_it_under_treatment_and_letting_go_takes_it_back(
    planned: Journal,
) -> None:
    planned.add(Assigned(owner="AHN", previous=None))
    assert planned.now().owner == "AHN"
    assert planned.now().reply_state is ReplyState.IN_PROGRESS
    assert planned.now().needs_answer
    planned.add(Assigned(owner=None, previous="AHN"))
    assert planned.now().owner is None
    assert planned.now().reply_state is ReplyState.RECEIVED


def test_who_takes_a_pathway_from_the_wrong_owner_does_not_get_it(planned: Journal) -> None:
    planned.add(Assigned(owner="AHN", previous=None))
    planned.add(Assigned(owner="BKR", previous=None), pending=True)
    assert planned.now().owner == "AHN"
    planned.add(Assigned(owner="BKR", previous="AHN"), pending=True)
    assert planned.now().owner == "BKR"


def test_only_its_owner_begins_the_work_by_opening_a_new_version(planned: Journal) -> None:
    planned.add(Assigned(owner="AHN", previous=None))
    planned.receive(CarePlan)
    assert planned.now().reply_state is ReplyState.RECEIVED
    planned.add(Opened(), author="BKR")
    assert planned.now().reply_state is ReplyState.RECEIVED
    planned.add(Opened(), author="AHN")
    assert planned.now().reply_state is ReplyState.IN_PROGRESS


def test_a_question_waits_for_the_hospital_and_still_needs_a_final_answer(
    planned: Journal,
) -> None:
    question = planned.reply(QUESTION, "Hvornår kommer sengen?")
    assert planned.now().reply_state is ReplyState.AWAITING_HOSPITAL
    assert planned.now().awaiting_hospital_since == question.entry.occurred_at
    assert planned.now().needs_answer

    planned.receive(Correspondence)
    assert planned.now().reply_state is ReplyState.ANSWER_RECEIVED
    assert planned.now().awaiting_hospital_since is None
    assert planned.now().needs_answer

    assert planned.reply(OK).counts
    assert planned.now().agreement
    assert planned.now().answered_at == question.entry.occurred_at


def test_a_second_question_does_not_restart_the_hospitals_clock(planned: Journal) -> None:
    first = planned.reply(QUESTION, "Hvornår kommer sengen?")
    assert planned.reply(QUESTION, "Og liften?").counts
    assert planned.now().awaiting_hospital_since == first.entry.occurred_at
    planned.receive(Correspondence)
    third = planned.reply(QUESTION, "Hvilken lift?")
    assert planned.now().awaiting_hospital_since == third.entry.occurred_at


def test_an_answer_that_is_taken_up_is_under_treatment_again(planned: Journal) -> None:
    planned.add(Assigned(owner="AHN", previous=None))
    planned.reply(QUESTION, "Hvornår?")
    planned.receive(Correspondence)
    assert planned.now().reply_state is ReplyState.ANSWER_RECEIVED
    planned.add(Opened())
    assert planned.now().reply_state is ReplyState.IN_PROGRESS


def test_a_letter_before_the_question_does_not_answer_it(planned: Journal) -> None:
    planned.receive(Correspondence)
    assert planned.now().reply_state is ReplyState.RECEIVED
    planned.reply(QUESTION, "Hvornår?")
    assert planned.now().reply_state is ReplyState.AWAITING_HOSPITAL


@pytest.mark.parametrize("clears", [True, False])
def test_a_call_answers_a_question_when_its_author_says_so(planned: Journal, clears: bool) -> None:
    planned.reply(QUESTION, "Hvornår?")
    planned.add(PhoneCall(whom="Afd. B12", at=at(9), text="Sengen kommer", clears=clears))
    expected = ReplyState.ANSWER_RECEIVED if clears else ReplyState.AWAITING_HOSPITAL
    assert planned.now().reply_state is expected
    assert planned.now().needs_answer


def test_a_call_never_makes_an_agreement(planned: Journal) -> None:
    planned.add(PhoneCall(whom="Afd. B12", at=at(9), text="Det er aftalt", clears=True))
    assert planned.now().reply_state is ReplyState.RECEIVED


def test_a_wish_for_coordination_ends_in_an_agreement_only_by_a_person(planned: Journal) -> None:
    planned.reply(COORDINATION, "Flere samtidige indsatser")
    assert planned.now().reply_state is ReplyState.COORDINATION
    assert planned.now().needs_answer

    planned.add(ConferenceAgreed(form=ConferenceForm.VIDEO, at=NOON))
    assert planned.now().reply_state is ReplyState.CONFERENCE_AGREED
    assert planned.now().conference == Conference(form=ConferenceForm.VIDEO, at=NOON)

    letter = planned.receive(Correspondence)
    assert planned.now().reply_state is ReplyState.CONFERENCE_AGREED
    planned.add(ConferenceMinutesReceived(letter=letter.id))
    assert planned.now().reply_state is ReplyState.MINUTES_RECEIVED
    assert planned.now().conference == Conference(
        form=ConferenceForm.VIDEO, at=NOON, minutes=letter.id
    )
    assert planned.now().needs_answer
    assert not planned.now().agreement

    assert planned.reply(OK).counts
    assert planned.now().agreement


def test_a_conference_nobody_asked_for_is_shown_and_changes_no_answer(planned: Journal) -> None:
    planned.reply(OK)
    planned.add(ConferenceAgreed(form=ConferenceForm.MEETING, at=NOON))
    letter = planned.receive(Correspondence)
    planned.add(ConferenceMinutesReceived(letter=letter.id))
    assert planned.now().agreement
    assert planned.now().conference == Conference(
        form=ConferenceForm.MEETING, at=NOON, minutes=letter.id
    )


def test_the_states_read_as_the_agreement_names_them() -> None:
    assert [state.label for state in ReplyState] == [
        "Modtaget",
        "Under behandling",
        "Besvaret: Plejeforløbsplan OK",
        "Aftale om udskrivelse",
        "Afventer sygehus",
        "Svar modtaget",
        "Besvaret: Ønske om udvidet koordinering",
        "Planlægningskonference aftalt",
        "Referat modtaget",
        "Erstattet af ny PFP",
        "Bortfaldet",
    ]


# --- which reply counts


def test_the_first_reply_to_a_state_counts_and_the_other_is_shown(planned: Journal) -> None:
    state = planned.now().to_answer
    assert planned.reply(QUESTION, "Hvornår?", to=state).counts
    late = planned.reply(OK, to=state)
    assert not late.counts
    assert late.entry in planned.now().timeline
    assert planned.now().reply_state is ReplyState.AWAITING_HOSPITAL


def test_a_pending_reply_yields_to_the_one_the_gateway_accepted(planned: Journal) -> None:
    state = planned.now().to_answer
    planned.reply(OK, to=state, pending=True)
    assert planned.now().agreement
    planned.reply(QUESTION, "Hvornår?", to=state)
    assert planned.now().reply_state is ReplyState.AWAITING_HOSPITAL
    assert [reply.counts for reply in planned.now().replies] == [True, False]


def test_who_has_seen_the_first_reply_can_reply_again(planned: Journal) -> None:
    planned.reply(QUESTION, "Hvornår?")
    assert planned.reply(OK).counts
    assert planned.now().agreement


@pytest.mark.parametrize("what_came", ["letter", "further letter", "call", "minutes"])
def test_who_has_not_seen_the_hospitals_answer_does_not_answer_it(
    planned: Journal, what_came: str
) -> None:
    planned.reply(COORDINATION if what_came == "minutes" else QUESTION, "Hvornår?")
    if what_came == "further letter":
        planned.receive(Correspondence)
    unseen = planned.now().to_answer
    letter = planned.receive(Correspondence) if what_came != "call" else None
    if what_came == "call":
        planned.add(PhoneCall(whom="Afd. B12", at=at(9), text="", clears=True))
    if what_came == "minutes" and letter:
        planned.add(ConferenceMinutesReceived(letter=letter.id))
    assert not planned.reply(OK, to=unseen).counts
    assert not planned.now().agreement
    assert planned.reply(OK).counts


def test_a_reply_to_a_superseded_version_is_shown_and_does_not_count(planned: Journal) -> None:
    old = planned.now().to_answer
    planned.receive(CarePlan)
    late = planned.reply(OK, to=old)
    assert not late.counts
    assert late.entry in planned.now().timeline
    assert planned.now().reply_state is ReplyState.RECEIVED


def test_a_reply_without_a_plan_does_not_count(journal: Journal) -> None:
    assert not journal.reply(OK, to=PlanState(plan="E99")).counts
    assert journal.now().reply_state is None


# --- versions


def test_a_new_version_supersedes_an_agreement_and_is_answered_again(planned: Journal) -> None:
    planned.reply(OK)
    planned.receive(CarePlan)
    now = planned.now()
    assert [plan.state for plan in now.plans] == [ReplyState.SUPERSEDED, ReplyState.RECEIVED]
    assert now.needs_answer
    assert now.agreement_superseded
    assert now.answered_at is None
    assert now.replies[0].counts

    planned.reply(OK, "Med bemærkning")
    assert planned.now().agreement_superseded
    planned.reply(OK)
    assert planned.now().agreement
    assert not planned.now().agreement_superseded


def test_a_new_version_after_a_question_supersedes_no_agreement(planned: Journal) -> None:
    planned.reply(QUESTION, "Hvornår?")
    planned.receive(CarePlan)
    assert planned.now().reply_state is ReplyState.RECEIVED
    assert not planned.now().agreement_superseded


def test_an_older_version_that_comes_late_is_history_and_changes_nothing(
    journal: Journal,
) -> None:
    newer = journal.receive(CarePlan, dated=10)
    journal.reply(OK)
    journal.add(Closed())
    older = journal.receive(CarePlan, dated=9)
    assert [plan.entry_id for plan in journal.now().plans] == [older.id, newer.id]
    assert journal.now().plans[0].state is ReplyState.SUPERSEDED
    assert journal.now().agreement
    assert journal.now().stay is Stay.CLOSED


def test_of_two_versions_dated_alike_the_later_received_is_current(journal: Journal) -> None:
    journal.receive(CarePlan, dated=9)
    second = journal.receive(CarePlan, dated=9)
    assert journal.now().plans[-1].entry_id == second.id


def test_a_version_without_a_date_is_dated_when_it_came(journal: Journal) -> None:
    journal.receive(CarePlan, dated=7)
    undated = journal.receive(CarePlan, authorised_at=None)  # came 8.02 Danish time
    journal.receive(CarePlan, dated=8)
    assert journal.now().plans[-1].entry_id == undated.id


def test_the_same_letter_twice_is_one_version(planned: Journal) -> None:
    plan = planned.now().current_plan
    assert plan
    planned.reply(OK)
    planned.deliver(msgspec.structs.replace(plan.message, envelope_id="KUVERT2"))
    assert len(planned.now().plans) == 1
    assert planned.now().agreement
    assert len(planned.now().timeline) == 2


@pytest.mark.parametrize("other", [{"letter_id": None}, {"sender": HOSPITAL.__class__()}])
def test_letters_that_cannot_be_told_apart_are_all_shown(
    journal: Journal, other: dict[str, Any]
) -> None:
    journal.receive(CarePlan, dated=9, **other)
    journal.receive(CarePlan, dated=9, **other)
    assert len(journal.now().plans) == 2


def test_a_letter_number_used_again_with_another_date_hides_no_plan(planned: Journal) -> None:
    planned.receive(CarePlan, letter_id="BREV1")
    assert len(planned.now().plans) == 2


# --- receipts


def test_a_receipt_is_the_delivery_of_a_reply_and_no_answer(planned: Journal) -> None:
    planned.receipt(ReceiptOutcome.POSITIVE, original_letters=(ReceiptLetter(letter_id="BREV1"),))
    assert planned.now().reply_state is ReplyState.RECEIVED
    planned.reply(QUESTION, "Hvornår?", letter_id="SVAR1", envelope_id="K1")
    assert planned.now().replies[0].delivery is None
    planned.receipt(
        ReceiptOutcome.POSITIVE,
        original_envelope_id="K1",
        original_letters=(ReceiptLetter(letter_id="SVAR1"),),
    )
    delivery = planned.now().replies[0].delivery
    assert delivery
    assert delivery.outcome is ReceiptOutcome.POSITIVE
    assert planned.now().reply_state is ReplyState.AWAITING_HOSPITAL


def test_a_refused_agreement_is_none_and_tells_the_refusal(planned: Journal) -> None:
    planned.reply(OK, letter_id="SVAR1", envelope_id="K1")
    planned.receipt(
        ReceiptOutcome.NEGATIVE,
        original_envelope_id="K1",
        refuse_code="ikke_specificeret",
        original_letters=(
            ReceiptLetter(
                letter_id="SVAR1",
                refuse_code="problem_med_version",
                refuse_text=RichText("Ukendt version"),
            ),
        ),
    )
    assert planned.now().reply_state is ReplyState.AGREEMENT
    assert not planned.now().agreement
    assert planned.now().needs_answer
    delivery = planned.now().replies[0].delivery
    assert delivery
    assert delivery.outcome is ReceiptOutcome.NEGATIVE
    assert delivery.refuse_code == "problem_med_version"
    assert delivery.refuse_text == "Ukendt version"


def test_an_agreement_that_did_not_arrive_can_be_sent_again(planned: Journal) -> None:
    first = planned.reply(OK, letter_id="SVAR1")
    planned.add(DeliveryFailed(reply=first.entry.id, reason="Ingen kvittering efter tre forsøg."))
    assert planned.now().needs_answer

    planned.reply(OK, letter_id="SVAR2")

    assert planned.now().agreement
    assert not planned.now().is_undelivered


def test_a_question_that_did_not_arrive_is_not_waited_for(planned: Journal) -> None:
    asked = planned.reply(QUESTION, comment="Hvem henter?", letter_id="SVAR1")
    assert planned.now().awaiting_hospital_since

    planned.add(DeliveryFailed(reply=asked.entry.id, reason="Afvist."))

    assert planned.now().awaiting_hospital_since is None
    assert planned.now().needs_answer


def test_a_discharge_on_an_answer_that_did_not_arrive_is_without_agreement(
    planned: Journal,
) -> None:
    agreed = planned.reply(OK, letter_id="SVAR1")
    planned.add(DeliveryFailed(reply=agreed.entry.id, reason="Afvist."))

    planned.receive(DischargeNotification, discharged=MORNING)

    assert planned.now().discharged_without_agreement


def test_a_letter_from_somebody_else_is_no_answer_to_the_question(planned: Journal) -> None:
    planned.reply(QUESTION, comment="Hvem henter?")

    planned.receive(Correspondence, sender=Organisation(gln="5799999000098"), subject="Recept")

    assert planned.now().reply_state is ReplyState.AWAITING_HOSPITAL
    assert planned.now().awaiting_hospital_since


def test_a_receipt_from_the_vans_operator_names_only_the_envelope(planned: Journal) -> None:
    planned.reply(OK, letter_id="SVAR1", envelope_id="K1")
    planned.receipt(
        ReceiptOutcome.NEGATIVE_VANS,
        original_envelope_id="K1",
        refuse_text=RichText("Ukendt lokationsnummer"),
    )
    delivery = planned.now().replies[0].delivery
    assert delivery
    assert delivery.outcome is ReceiptOutcome.NEGATIVE_VANS
    assert delivery.refuse_text == "Ukendt lokationsnummer"


@pytest.mark.parametrize(
    "about",
    [
        {"original_envelope_id": "K2"},
        {"original_envelope_id": "K1", "original_letters": (ReceiptLetter(letter_id="BREV9"),)},
        {"original_envelope_id": "K2", "original_letters": (ReceiptLetter(letter_id="SVAR1"),)},
        {"original_letters": (ReceiptLetter(),)},
        {},
    ],
)
def test_a_receipt_about_something_else_is_not_a_replys(
    planned: Journal, about: dict[str, Any]
) -> None:
    planned.reply(OK, letter_id="SVAR1", envelope_id="K1")
    came = planned.receipt(ReceiptOutcome.NEGATIVE, **about)
    assert planned.now().replies[0].delivery is None
    assert came in planned.now().timeline


def test_a_receipt_names_nothing_of_a_reply_without_numbers(planned: Journal) -> None:
    planned.reply(OK)
    planned.receipt(ReceiptOutcome.NEGATIVE, original_letters=(ReceiptLetter(),))
    assert planned.now().replies[0].delivery is None


def test_the_latest_receipt_holds_and_both_are_kept(planned: Journal) -> None:
    planned.reply(OK, letter_id="SVAR1")
    letters = (ReceiptLetter(letter_id="SVAR1"),)
    no = planned.receipt(ReceiptOutcome.NEGATIVE, original_letters=letters)
    yes = planned.receipt(ReceiptOutcome.POSITIVE, original_letters=letters)
    delivery = planned.now().replies[0].delivery
    assert delivery
    assert delivery.outcome is ReceiptOutcome.POSITIVE
    assert no in planned.now().timeline
    assert yes in planned.now().timeline


def test_a_reply_tells_how_far_it_has_come(planned: Journal) -> None:
    def transit() -> Transit:
        return planned.now().replies[0].transit

    planned.reply(OK, letter_id="SVAR1", pending=True)
    assert transit() is Transit.OUTBOX
    sent = planned.entries.pop()
    planned.add(sent.body)
    assert transit() is Transit.AT_GATEWAY
    handed_over = planned.add(ReplyHandedOver(reply=sent.id))
    assert transit() is Transit.HANDED_OVER
    assert planned.now().replies[0].handed_over_at == handed_over.occurred_at
    planned.add(DeliveryFailed(reply=sent.id, reason="Ingen kvittering efter tre forsøg."))
    assert transit() is Transit.ATTENTION
    letters = (ReceiptLetter(letter_id="SVAR1"),)
    planned.receipt(ReceiptOutcome.POSITIVE, original_letters=letters)
    assert transit() is Transit.RECEIVED
    planned.receipt(ReceiptOutcome.NEGATIVE, original_letters=letters)
    assert transit() is Transit.ATTENTION
    assert planned.now().is_undelivered
    assert not planned.now().agreement


def test_how_far_a_reply_has_come_is_said_in_words() -> None:
    assert [each.label for each in Transit] == [
        "I udbakke",
        "Sendt til gateway",
        "Sendt til sygehuset",
        "Modtaget af sygehuset",
        "Kræver handling",
    ]


# --- the stay


def test_an_admission_notification_admits(journal: Journal) -> None:
    journal.receive(AdmissionNotification, admitted=MORNING)
    assert journal.now().stay is Stay.ADMITTED
    assert journal.now().admitted == MORNING
    assert journal.now().reply_state is None
    assert not journal.now().needs_answer


def test_a_plan_tells_of_an_admission_nobody_notified(journal: Journal) -> None:
    journal.receive(CarePlan, admitted=MORNING)
    assert journal.now().stay is Stay.ADMITTED
    assert journal.now().admitted == MORNING


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_correction_holds_whatever_comes_first(journal: Journal, order: tuple[int, int]) -> None:
    letters = [("nytbrev", 8, MORNING), ("rettetbrev", 9, NOON)]
    for status, dated, admitted in (letters[i] for i in order):
        journal.receive(AdmissionNotification, status_code=status, dated=dated, admitted=admitted)
    assert journal.now().admitted == NOON


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_cancellation_holds_whatever_comes_first(
    journal: Journal, order: tuple[int, int]
) -> None:
    letters = [("nytbrev", 8, "AB-12"), ("annulleretbrev", 9, "ab12")]
    for status, dated, episode in (letters[i] for i in order):
        journal.receive(
            AdmissionNotification,
            status_code=status,
            dated=dated,
            episode_id=episode,
            admitted=MORNING,
        )
    assert journal.now().stay is Stay.ADMISSION_CANCELLED
    assert journal.now().admitted is None


def test_a_cancelled_discharge_never_was(journal: Journal) -> None:
    journal.receive(AdmissionNotification, admitted=MORNING)
    journal.receive(DischargeNotification, discharged=NOON)
    assert journal.now().stay is Stay.DISCHARGED
    assert journal.now().discharged == NOON
    journal.receive(DischargeNotification, discharged=NOON, status_code="annulleretbrev")
    assert journal.now().stay is Stay.ADMITTED
    assert journal.now().discharged is None
    assert not journal.now().discharged_without_agreement


def test_a_notification_about_another_episode_cancels_nothing(journal: Journal) -> None:
    journal.receive(AdmissionNotification, admitted=MORNING)
    journal.receive(
        AdmissionNotification, episode_id="XY", admitted=NOON, status_code="annulleretbrev"
    )
    assert journal.now().stay is Stay.ADMITTED
    assert journal.now().admitted == MORNING


def test_a_discharge_that_comes_before_its_admission_is_still_the_last(journal: Journal) -> None:
    journal.receive(DischargeNotification, discharged=NOON)
    journal.receive(AdmissionNotification, admitted=MORNING)
    assert journal.now().stay is Stay.DISCHARGED


def test_a_discharge_with_a_bare_date_is_after_that_days_admission(journal: Journal) -> None:
    journal.receive(AdmissionNotification, admitted=NOON)
    journal.receive(DischargeNotification, discharged=Moment(NOON.date))
    assert journal.now().stay is Stay.DISCHARGED


def test_a_new_admission_after_the_discharge_admits_again(journal: Journal) -> None:
    journal.receive(AdmissionNotification, admitted=MORNING)
    journal.receive(DischargeReport, dated=11)
    journal.receive(DischargeNotification, discharged=NOON)
    journal.receive(AdmissionNotification, admitted=EVENING, dated=18)
    assert journal.now().stay is Stay.ADMITTED
    assert journal.now().admitted == EVENING


def test_only_the_message_says_that_treatment_has_ended(journal: Journal) -> None:
    journal.receive(CarePlan, admitted=MORNING, expected_end_of_treatment=MORNING)
    journal.receive(DischargeReport, end_of_treatment=MORNING, status_code="annulleretbrev")
    assert journal.now().stay is Stay.ADMITTED
    journal.receive(EndedTreatment)
    assert journal.now().stay is Stay.TREATMENT_ENDED


def test_treatment_is_resumed_and_ends_again(journal: Journal) -> None:
    journal.receive(EndedTreatment)
    journal.add(TreatmentResumed(at=NOON))
    assert journal.now().stay is Stay.TREATMENT_RESUMED
    journal.receive(EndedTreatment)
    assert journal.now().stay is Stay.TREATMENT_ENDED


def test_a_cancelled_end_of_treatment_never_was(journal: Journal) -> None:
    journal.receive(AdmissionNotification, admitted=Moment(dt.date(2026, 2, 1)))
    journal.receive(EndedTreatment)
    journal.receive(EndedTreatment, status_code="annulleretbrev")
    assert journal.now().stay is Stay.ADMITTED


def test_the_report_comes_before_the_discharge_and_after_it(journal: Journal) -> None:
    journal.receive(EndedTreatment)
    journal.receive(DischargeReport)
    assert journal.now().stay is Stay.REPORT_RECEIVED
    journal.receive(DischargeNotification, discharged=NOON)
    assert journal.now().stay is Stay.DISCHARGED
    journal.receive(DischargeReport, dated=20)
    assert journal.now().stay is Stay.DISCHARGED


def test_a_discharge_without_an_agreement_is_an_alarm(planned: Journal) -> None:
    planned.reply(OK, "Med bemærkning")
    planned.receive(DischargeNotification, discharged=NOON)
    assert planned.now().discharged_without_agreement
    planned.reply(OK)
    assert planned.now().agreement
    assert planned.now().discharged_without_agreement


def test_a_discharge_by_agreement_is_none_whatever_comes_after(planned: Journal) -> None:
    planned.reply(OK)
    planned.receive(DischargeNotification, discharged=NOON)
    planned.receive(CarePlan)
    planned.receive(DischargeNotification, discharged=EVENING, status_code="rettetbrev")
    assert planned.now().discharged == EVENING
    assert not planned.now().discharged_without_agreement


@pytest.mark.parametrize("status", ["flyttet_til_sygehusafd", "flyttet_til_sygehus"])
def test_who_is_moved_to_another_ward_is_not_discharged(planned: Journal, status: str) -> None:
    planned.receive(DischargeNotification, discharged=NOON, citizen=Citizen(stay_status=status))
    assert planned.now().stay is Stay.MOVED
    assert planned.now().discharged is None
    assert not planned.now().discharged_without_agreement
    assert planned.now().needs_answer


# --- lapsed and closed


def test_death_lapses_the_pathway_until_it_is_corrected(planned: Journal) -> None:
    planned.reply(OK)
    planned.receive(DischargeNotification, discharged=NOON, citizen=Citizen(stay_status="doed"))
    now = planned.now()
    assert now.lapsed is LapseReason.DEATH
    assert now.stay is Stay.LAPSED
    assert now.reply_state is ReplyState.LAPSED
    assert not now.agreement
    assert not now.needs_answer
    assert not now.discharged_without_agreement

    planned.receive(
        DischargeNotification,
        discharged=NOON,
        status_code="rettetbrev",
        citizen=Citizen(stay_status="udskrevet_til_hjemmet"),
    )
    assert planned.now().lapsed is None
    assert planned.now().stay is Stay.DISCHARGED
    assert planned.now().agreement


def test_a_lapsed_question_waits_for_nobody(planned: Journal) -> None:
    planned.reply(QUESTION, "Hvornår?")
    planned.add(Lapsed(reason=LapseReason.TRANSFERRED))
    assert planned.now().lapsed is LapseReason.TRANSFERRED
    assert planned.now().reply_state is ReplyState.LAPSED
    assert planned.now().awaiting_hospital_since is None
    assert not planned.now().needs_answer


def test_a_closed_pathway_needs_no_answer(planned: Journal) -> None:
    planned.add(Closed())
    assert planned.now().stay is Stay.CLOSED
    assert not planned.now().needs_answer


@pytest.mark.parametrize("end", [Closed(), Lapsed(reason=LapseReason.CANCELLED)])
def test_a_new_plan_brings_an_ended_pathway_back(planned: Journal, end: AnyBody) -> None:
    planned.add(end)
    planned.receive(CarePlan)
    assert planned.now().needs_answer
    assert planned.now().lapsed is None
    assert planned.now().reply_state is ReplyState.RECEIVED


# --- who, and what is shown


def test_the_citizen_is_as_the_current_plan_says(journal: Journal) -> None:
    number_only = Citizen(cpr="2512489996")
    journal.receive(AdmissionNotification, citizen=number_only)
    assert journal.now().citizen == number_only
    named = Citizen(cpr="2512489996", surname="Testesen", street="Gade 1")
    journal.receive(CarePlan, citizen=named, dated=10)
    journal.receive(CarePlan, citizen=Citizen(surname="Testesen", street="Gade 2"), dated=9)
    journal.receive(DischargeNotification, citizen=number_only)
    assert journal.now().citizen == named


def test_the_thread_is_what_was_said_both_ways(planned: Journal) -> None:
    reply = planned.reply(QUESTION, "Hvornår?")
    planned.add(NoteAdded(text="Husk liften"))
    letter = planned.receive(Correspondence)
    planned.receive(RehabilitationPlan)
    assert planned.now().thread == (reply.entry, letter)


def test_what_this_program_does_not_know_stands_on_the_timeline(journal: Journal) -> None:
    unknown = journal.add(UnknownBody(kind="robot_waved", raw=b"{}"))
    assert journal.now().timeline == (unknown,)


# --- what always holds


ENTRIES = st.lists(
    st.builds(
        entry,
        st.integers(0, 20),
        bodies(),
        seq=st.none() | st.integers(1, 20),
        author=st.sampled_from(["AHN", "BKR"]),
    ),
    max_size=20,
)


@given(ENTRIES)
def test_any_entries_give_a_pathway(entries: list[Entry]) -> None:
    now = fold(entries)
    assert {each.id for each in now.timeline} <= {each.id for each in entries}


@given(histories(), st.randoms(use_true_random=False))
def test_accepted_entries_may_come_in_any_order(history: list[Entry], random: Random) -> None:
    accepted = [each for each in history if not each.is_pending]
    pending = [each for each in history if each.is_pending]
    random.shuffle(accepted)
    assert fold(accepted + pending) == fold(pending + accepted) == fold(history)


@given(histories(), st.data())
def test_an_entry_seen_twice_counts_once(history: list[Entry], data: st.DataObject) -> None:
    again = data.draw(st.lists(st.sampled_from(history))) if history else []
    assert fold(history + again) == fold(history)


@given(histories(), st.data())
def test_a_letter_delivered_twice_counts_once(history: list[Entry], data: st.DataObject) -> None:
    letters = [each for each in history if not each.is_pending and letter_of(each) != each.id]
    again = data.draw(st.lists(st.sampled_from(letters), max_size=3)) if letters else []
    copies = [entry(90 + n, letter.body, seq=90 + n) for n, letter in enumerate(again)]
    assert fold([*history, *copies]) == fold(history)


@given(histories(), st.data())
def test_more_entries_never_take_a_letter_off_the_timeline(
    history: list[Entry], data: st.DataObject
) -> None:
    some = [each for each in history if data.draw(st.booleans())]
    shown = {letter_of(each) for each in fold(history).timeline}
    assert {letter_of(each) for each in fold(some).timeline} <= shown


def is_technical(each: Entry) -> bool:
    """Whether an entry tells only how a message travelled."""
    body = each.body
    if isinstance(body, MessageReceived):
        return isinstance(body.message, Receipt)
    return isinstance(body, ReplyHandedOver | DeliveryFailed)


def without_technicalities(pathway: Pathway) -> Pathway:
    return msgspec.structs.replace(
        pathway,
        is_undelivered=False,
        needs_answer=False,
        awaiting_hospital_since=None,
        discharged_without_agreement=False,
        agreement_superseded=False,
        timeline=tuple(each for each in pathway.timeline if not is_technical(each)),
        replies=tuple(
            Reply(entry=each.entry, sent=each.sent, counts=each.counts) for each in pathway.replies
        ),
        letters_sent=tuple(
            LetterSent(entry=each.entry, sent=each.sent) for each in pathway.letters_sent
        ),
        reports_sent=tuple(
            ReportSent(entry=each.entry, sent=each.sent) for each in pathway.reports_sent
        ),
    )


@given(histories())
def test_how_messages_travelled_changes_nothing_else(history: list[Entry]) -> None:
    bare = fold([each for each in history if not is_technical(each)])
    assert without_technicalities(fold(history)) == without_technicalities(bare)


@given(histories(), receipts())
def test_a_receipt_changes_no_state(history: list[Entry], receipt: Receipt) -> None:
    came = entry(99, MessageReceived(message=receipt, received_at=at(99), raw_id="r"), seq=99)
    before, after = fold(history), fold([*history, came])
    assert after.reply_state is before.reply_state
    assert after.to_answer == before.to_answer
    assert after.agreement <= (after.reply_state is ReplyState.AGREEMENT)
    if receipt.outcome is ReceiptOutcome.POSITIVE:
        assert after.agreement >= before.agreement


@given(histories())
def test_an_agreement_is_a_bare_ok_to_the_current_version_and_nothing_else(
    history: list[Entry],
) -> None:
    now = fold(history)
    counted = [each.sent for each in now.replies if each.counts]
    agreed = (
        now.lapsed is None
        and bool(counted)
        and now.current_plan is not None
        and counted[-1].answers.plan == now.current_plan.entry_id
        and counted[-1].category is OK
        and not counted[-1].comment.strip()
        and not now.is_undelivered
    )
    assert now.agreement == agreed


@given(histories())
def test_no_two_replies_to_the_same_state_count(history: list[Entry]) -> None:
    counted = [each.sent.answers for each in fold(history).replies if each.counts]
    assert len(set(counted)) == len(counted)


@given(histories(), plans())
def test_a_newer_version_must_always_be_answered(history: list[Entry], plan: CarePlan) -> None:
    newest = msgspec.structs.replace(
        plan, letter_id="NYEST", authorised_at=dt.datetime(2026, 3, 1), sender=HOSPITAL
    )
    accepted = [each for each in history if not each.is_pending]
    before = fold(accepted)
    assume(before.lapsed is None)
    body = MessageReceived(message=newest, received_at=at(99), raw_id="r")
    after = fold([*accepted, entry(99, body, seq=99)])
    assert after.needs_answer
    assert after.reply_state is ReplyState.RECEIVED
    assert after.agreement_superseded == (before.agreement or before.agreement_superseded)
    assert all(each.state is ReplyState.SUPERSEDED for each in after.plans[:-1])


@given(histories())
def test_the_flags_agree_with_the_state(history: list[Entry]) -> None:
    now = fold(history)
    asked = now.reply_state is ReplyState.AWAITING_HOSPITAL
    if now.awaiting_hospital_since is None:
        # A question that did not reach the hospital waits for nobody there.
        assert not asked or now.is_undelivered or now.stay is Stay.CLOSED
    else:
        assert asked
        assert not now.is_undelivered
    assert (now.reply_state is None) == (not now.plans) == (now.to_answer is None)
    assert not (now.needs_answer and (now.agreement or now.lapsed))
    assert not (now.agreement and now.agreement_superseded)
    dates = [each.message.authorised_at for each in now.plans if each.message.authorised_at]
    assert dates == sorted(dates)


@given(histories())
def test_treatment_has_ended_only_where_a_message_says_so(history: list[Entry]) -> None:
    now = fold(history)
    said = any(
        isinstance(each.body, MessageReceived) and isinstance(each.body.message, EndedTreatment)
        for each in now.timeline
    )
    assert said or now.stay is not Stay.TREATMENT_ENDED
