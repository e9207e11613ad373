"""One pathway on the screen: whatever happened in it, there is something to show."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.app.pathway_views import MIDTJYLLAND, NAMES, NOW, SJAELLAND, item, view_of
from tests.domain.strategies import at, histories
from tests.domain.test_pathway import OK, QUESTION, Journal
from visitator.app.pathways import WORDS
from visitator.app.views import (
    CitizenView,
    Deadline,
    Flag,
    PathwayView,
    RowKind,
    StepState,
)
from visitator.domain.agreement import Agreement
from visitator.domain.citizen import Citizen
from visitator.domain.entries import (
    AnswerCategory,
    Assigned,
    ConferenceForm,
    DeliveryFailed,
    Entry,
    LapseReason,
    MessageReceived,
)
from visitator.domain.messages import (
    KIND_LABELS,
    AdmissionNotification,
    CarePlan,
    Correspondence,
    DischargeConference,
    DischargeNotification,
    EndedTreatment,
    Receipt,
    RehabilitationPlan,
)
from visitator.domain.moment import Moment
from visitator.domain.party import Telephone
from visitator.domain.pathway import fold
from visitator.domain.terms import ReplyState, Stay, Transit
from visitator.store.values import OutboxState

TUESDAY = dt.date(2026, 2, 3)


@pytest.fixture
def journal() -> Journal:
    return Journal()


# --- whatever happened


def from_journal(entries: list[Entry], agreement: Agreement, now: dt.datetime) -> PathwayView:
    outbox = [item(each) for each in entries if each.is_pending]
    return view_of(entries, agreement=agreement, now=now, outbox=outbox)


@given(
    entries=histories(),
    agreement=st.sampled_from([SJAELLAND, MIDTJYLLAND]),
    minutes=st.integers(-10_000, 10_000),
)
def test_any_history_gives_a_view(entries: list[Entry], agreement: Agreement, minutes: int) -> None:
    view = from_journal(entries, agreement, at(minutes))
    pathway = fold(entries)
    assert [version.entry_id for version in view.versions] == [
        plan.entry_id for plan in pathway.plans
    ]
    assert [version.is_current for version in view.versions].count(True) == bool(view.versions)
    assert (view.last_reply is None) == (view.last_reply_label == "")
    cards = [card for card in view.other if card.key != "other"]
    letters = [each.body for each in pathway.timeline if isinstance(each.body, MessageReceived)]
    assert len(cards) == sum(
        not isinstance(letter.message, CarePlan | Receipt) for letter in letters
    )


@given(histories())
def test_everything_said_is_in_the_thread(entries: list[Entry]) -> None:
    shown = {letter.entry_id for letter in from_journal(entries, SJAELLAND, NOW).thread}
    assert {entry.id for entry in fold(entries).thread} <= shown


@given(histories())
def test_something_waits_for_somebody_exactly_while_an_answer_is_needed(
    entries: list[Entry],
) -> None:
    pathway = fold(entries)
    view = from_journal(entries, SJAELLAND, NOW)
    waits = [step for step in view.steps if step.state is StepState.NOW]
    if waits:
        assert pathway.needs_answer
    ours_stands = pathway.to_answer and pathway.to_answer.seen in {
        reply.entry.id for reply in pathway.replies
    }
    if pathway.needs_answer and not ours_stands:
        assert waits


@given(histories())
def test_every_word_of_a_step_is_one_that_can_be_translated(entries: list[Entry]) -> None:
    known = {
        *WORDS,
        *KIND_LABELS.values(),
        *(each.label for kind in (ReplyState, Stay, Transit, OutboxState) for each in kind),
        *(each.label for kind in (LapseReason, ConferenceForm, AnswerCategory) for each in kind),
        "",
        "robot_waved",
        "Nyt",
    }
    view = from_journal(entries, SJAELLAND, NOW)
    said = {word for step in view.steps for word in (step.title, step.detail)}
    assert said - known == set()


# --- the head


def test_the_citizen_is_shown_whole(journal: Journal) -> None:
    citizen = Citizen(
        cpr="2512489996",
        given_name="Nancy Ann",
        surname="Berggren",
        street="Testpark Allé 48",
        post_code="4200",
        district="Slagelse",
        telephones=(Telephone(number="00000011"), Telephone()),
    )
    journal.receive(AdmissionNotification, citizen=citizen)
    assert view_of(journal).citizen == CitizenView(
        name="Nancy Ann Berggren",
        cpr="251248-9996",
        age=77,
        address="Testpark Allé 48, 4200 Slagelse",
        telephones=("00000011",),
    )


@pytest.mark.parametrize(("day", "age"), [(24, 77), (25, 78)])
def test_age_counts_from_the_birthday(journal: Journal, day: int, age: int) -> None:
    journal.receive(CarePlan, citizen=Citizen(cpr="2512489996"))
    now = dt.datetime(2026, 12, day, 12, tzinfo=dt.UTC)
    assert view_of(journal, now=now).citizen.age == age


def test_a_replacement_number_is_said_to_be_one(journal: Journal) -> None:
    journal.receive(CarePlan, citizen=Citizen(replacement_cpr="0203291WQ3"))
    citizen = view_of(journal).citizen
    assert (citizen.cpr, citizen.is_replacement_cpr) == ("020329-1WQ3", True)


def test_a_citizen_nobody_has_named_is_empty(journal: Journal) -> None:
    assert view_of(journal).citizen == CitizenView(name="", cpr="")


def test_a_citizen_who_died_is_said_to_have(journal: Journal) -> None:
    citizen = Citizen(cpr="2512489996", stay_status="doed")
    journal.receive(CarePlan)
    journal.receive(DischargeNotification, citizen=citizen)
    assert view_of(journal).citizen.is_dead


def test_state_stay_owner_and_agreement(journal: Journal) -> None:
    journal.receive(CarePlan, admitted=Moment(TUESDAY))
    journal.add(Assigned(owner="BKR", previous=None))
    view = view_of(journal)
    assert (view.state, view.stay) == ("Under behandling", "Indlagt")
    assert (view.owner, view.owner_name) == ("BKR", NAMES["BKR"])
    assert view.agreement_title == SJAELLAND.title
    assert view_of(Journal()).state == ""


# --- the deadline


def due(hour: int) -> dt.datetime:
    return Moment(TUESDAY, dt.time(hour)).instant()


def test_the_first_answer_has_the_agreements_deadline(journal: Journal) -> None:
    journal.receive(CarePlan)
    assert view_of(journal).deadline == Deadline(
        status="fixed", due=due(11), text=SJAELLAND.care_plan.reply.text
    )


def test_an_earlier_discharge_moves_what_counts_and_not_what_was_agreed(journal: Journal) -> None:
    journal.receive(CarePlan, agreed_discharge=Moment(TUESDAY, dt.time(9)))
    deadline = view_of(journal).deadline
    assert deadline is not None
    assert (deadline.due, deadline.agreed) == (due(9), due(11))


def test_an_agreement_without_a_deadline_says_what_holds_instead(journal: Journal) -> None:
    journal.receive(CarePlan)
    deadline = view_of(journal, agreement=MIDTJYLLAND).deadline
    assert deadline is not None
    assert (deadline.status, deadline.due) == ("none", None)
    assert deadline.text.startswith("Ingen fast frist")


def test_after_the_first_answer_the_deadline_is_the_hospitals(journal: Journal) -> None:
    journal.receive(CarePlan)
    journal.reply(QUESTION, "Badebænk?")
    assert view_of(journal).deadline is None


def test_a_plan_from_a_year_no_calendar_knows_has_an_unknown_deadline(journal: Journal) -> None:
    journal.receive(CarePlan)
    entry = journal.entries[0]
    assert isinstance(entry.body, MessageReceived)
    body = msgspec.structs.replace(entry.body, received_at=dt.datetime(2200, 1, 1, tzinfo=dt.UTC))
    view = view_of([msgspec.structs.replace(entry, body=body)])
    assert view.deadline is not None
    assert (view.deadline.status, view.deadline.due) == ("unknown", None)
    assert "Kalenderen kender kun årene" in view.versions[-1].notices[0]


def test_a_rehabilitation_plan_alone_has_the_deadline_of_its_start(journal: Journal) -> None:
    ends = Moment(TUESDAY)
    journal.receive(RehabilitationPlan, level_text="almen", contact_expected_end=ends)
    deadline = view_of(journal).deadline
    assert deadline is not None
    assert deadline.due == Moment(dt.date(2026, 2, 10), dt.time(23, 59)).instant()
    assert view_of(journal).kind is RowKind.REHABILITATION


def test_what_the_hospital_starts_is_no_deadline_of_ours(journal: Journal) -> None:
    journal.receive(RehabilitationPlan, level_text="specialiseret")
    assert view_of(journal).deadline is None


# --- flags and kind


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        (CarePlan, RowKind.PLAN),
        (Correspondence, RowKind.CORRESPONDENCE),
        (AdmissionNotification, RowKind.NOTIFICATION),
    ],
)
def test_what_a_pathway_is_about(journal: Journal, message: type, kind: RowKind) -> None:
    journal.receive(message)
    assert view_of(journal).kind is kind


def test_flags_of_a_plan(journal: Journal) -> None:
    journal.receive(
        CarePlan,
        agreed_discharge=Moment(dt.date(2026, 2, 1)),
        conference=DischargeConference(status="forslag"),
    )
    view = view_of(journal)
    assert view.flags == {
        Flag.UNKNOWN_CITIZEN,
        Flag.WEEKEND,
        Flag.LATE_PLAN,
        Flag.CONFERENCE,
    }
    assert view.citizen.is_unknown


def test_a_new_version_is_new_until_it_is_answered(journal: Journal) -> None:
    journal.receive(CarePlan)
    journal.reply(OK)
    journal.receive(CarePlan, lunch_box=True)
    assert {Flag.NEW_VERSION, Flag.AGREEMENT_SUPERSEDED} <= view_of(journal).flags
    journal.reply(OK)
    assert Flag.NEW_VERSION not in view_of(journal).flags


def test_flags_of_a_stay(journal: Journal) -> None:
    journal.receive(CarePlan)
    journal.receive(EndedTreatment)
    assert Flag.TREATMENT_ENDED in view_of(journal).flags
    journal.receive(DischargeNotification, discharged=Moment(TUESDAY))
    assert Flag.WITHOUT_AGREEMENT in view_of(journal).flags


def test_flags_of_what_was_sent(journal: Journal) -> None:
    journal.receive(CarePlan)
    reply = journal.reply(OK, pending=True)
    assert Flag.PENDING in view_of(journal, outbox=[item(reply.entry)]).flags
    journal.add(DeliveryFailed(reply=reply.entry.id, reason="Afvist."))
    assert Flag.UNDELIVERED in view_of(journal).flags
