"""The rehabilitation side of a pathway: by when to start, whom it waits for, and how far it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.strategies import HOSPITAL, entry, histories
from visitator.domain.agreement import Agreement
from visitator.domain.citizen import Citizen
from visitator.domain.deadlines import COPENHAGEN
from visitator.domain.entries import (
    AnyBody,
    ChoiceChannel,
    Closed,
    Entry,
    FreeChoiceExplained,
    KnownBody,
    Lapsed,
    LapseReason,
    LetterHandled,
    MessageReceived,
    MunicipalLevel,
    NoteAdded,
    RehabilitationContacted,
    RehabilitationDate,
    RehabilitationDateSet,
    RehabilitationEnded,
    RehabilitationLevelSet,
    RehabilitationLinked,
    RehabilitationOfferChosen,
    RehabilitationPostponed,
    RehabilitationStartAgreed,
    RehabilitationStarted,
    RehabilitationStepWithdrawn,
)
from visitator.domain.messages import (
    AdmissionNotification,
    AnyMessage,
    DischargeNotification,
    RehabilitationPlan,
)
from visitator.domain.moment import Moment
from visitator.domain.pathway import fold
from visitator.domain.rehabilitation import (
    Rehabilitation,
    StartDue,
    dates_read,
    has_own_deadline,
    link_of,
    rehabilitation,
    start_due,
)
from visitator.domain.terms import (
    CourseState,
    DischargeSource,
    PostponementReason,
    Provider,
    TrainingLevel,
)
from visitator.domain.text import RichText
from visitator.resources import load_agreement, load_agreements

SJAELLAND = load_agreement("region-sjaelland-2025-11")
CITIZEN = Citizen(cpr="2512489996", given_name="Karen", surname="Østerby")
FRIDAY = dt.date(2026, 2, 6)
NOON = dt.datetime(2026, 2, 6, 12, tzinfo=COPENHAGEN)
DAYS = st.dates(dt.date(2024, 1, 1), dt.date(2035, 12, 31))


def received(message: AnyMessage) -> MessageReceived:
    return MessageReceived(message=message, received_at=NOON, raw_id="raw")


def plan(day: dt.date | None = FRIDAY, **changes: Any) -> MessageReceived:
    """A genoptræningsplan; `day` is when the citizen is expected to be discharged."""
    given: dict[str, Any] = {
        "letter_id": "G1",
        "sender": HOSPITAL,
        "authorised_at": dt.datetime(2026, 2, 6, 10),
        "citizen": CITIZEN,
        "level_text": "almen",
        "contact_expected_end": Moment(day) if day else None,
    }
    return received(RehabilitationPlan(**(given | changes)))


def admitted(day: int = 2) -> MessageReceived:
    return received(
        AdmissionNotification(
            letter_id=f"A{day}",
            sender=HOSPITAL,
            status_code="nytbrev",
            authorised_at=dt.datetime(2026, 2, day, 8),
            citizen=Citizen(cpr=CITIZEN.cpr, stay_status="indlagt"),
            admitted=Moment(dt.date(2026, 2, day), dt.time(8)),
        )
    )


def discharged(day: dt.date = FRIDAY, stay: str = "udskrevet_til_hjemmet") -> MessageReceived:
    return received(
        DischargeNotification(
            letter_id=f"D{day}",
            sender=HOSPITAL,
            status_code="nytbrev",
            authorised_at=dt.datetime.combine(day, dt.time(12)),
            citizen=Citizen(cpr=CITIZEN.cpr, stay_status=stay),
            discharged=Moment(day, dt.time(11)),
        )
    )


def said(kind: RehabilitationDate, date: dt.date | None) -> RehabilitationDateSet:
    return RehabilitationDateSet(kind_of_date=kind, date=date)


def journal(bodies: Sequence[AnyBody]) -> list[Entry]:
    return [entry(number, body, seq=number + 1) for number, body in enumerate(bodies)]


def of(*bodies: AnyBody) -> Rehabilitation:
    found = rehabilitation(fold(journal(bodies)))
    assert found is not None
    return found


def start(*bodies: AnyBody, agreement: Agreement = SJAELLAND) -> StartDue:
    return start_due(of(*bodies), agreement)


def latest(*bodies: AnyBody) -> dt.date | None:
    due = start(*bodies).due
    return due.local.date() if due else None


# --- the latest start (rule L)


@given(discharge=DAYS, own=st.none() | DAYS)
def test_seven_calendar_days_from_the_later_of_discharge_and_the_plans_own_date(
    discharge: dt.date, own: dt.date | None
) -> None:
    """Across the change of clocks, month ends and holidays: none of them moves it."""
    found = start(plan(discharge), said(RehabilitationDate.START_FROM, own))
    assert found.due is not None
    day = max(discharge, own) if own else discharge
    assert (found.due.local.date() - day).days == 7
    assert found.due.whole_day
    last = dt.datetime.combine(day + dt.timedelta(days=7), dt.time(23, 59, 59), COPENHAGEN)
    assert not found.due.is_passed(last)
    assert found.due.is_passed(last.astimezone(dt.UTC) + dt.timedelta(seconds=1))


@pytest.mark.parametrize(
    ("discharge", "due"),
    [
        (dt.date(2026, 2, 6), dt.date(2026, 2, 13)),  # requirements §11
        (dt.date(2026, 3, 25), dt.date(2026, 4, 1)),  # over the start of summer time
        (dt.date(2026, 10, 22), dt.date(2026, 10, 29)),  # over its end
        (dt.date(2026, 2, 25), dt.date(2026, 3, 4)),  # month end
        (dt.date(2028, 2, 25), dt.date(2028, 3, 3)),  # a leap year
        (dt.date(2026, 3, 30), dt.date(2026, 4, 6)),  # it ends on 2. påskedag
        (dt.date(2026, 12, 25), dt.date(2027, 1, 1)),  # new year
    ],
)
def test_holidays_and_clocks_do_not_extend_it(discharge: dt.date, due: dt.date) -> None:
    assert latest(plan(discharge)) == due
    assert latest(plan(None), discharged(discharge)) == due
    assert latest(plan(None), said(RehabilitationDate.DISCHARGE, discharge)) == due


def test_the_notification_goes_before_what_was_said_and_that_before_the_plan() -> None:
    expected = plan(FRIDAY)
    by_hand = said(RehabilitationDate.DISCHARGE, dt.date(2026, 2, 7))
    notified = discharged(dt.date(2026, 2, 8))
    cases: list[tuple[list[AnyBody], dt.date, DischargeSource]] = [
        ([expected], FRIDAY, DischargeSource.PLAN),
        ([expected, by_hand], dt.date(2026, 2, 7), DischargeSource.PERSON),
        ([expected, by_hand, notified], dt.date(2026, 2, 8), DischargeSource.NOTIFIED),
        (
            [expected, by_hand, said(RehabilitationDate.DISCHARGE, None)],
            FRIDAY,
            DischargeSource.PLAN,
        ),
    ]
    for bodies, day, source in cases:
        found = of(*bodies)
        assert (found.discharge, found.discharge_source) == (day, source)


def test_the_discharge_of_an_earlier_stay_is_not_this_ones() -> None:
    begins = Moment(dt.date(2026, 2, 3), dt.time(9))
    found = of(discharged(dt.date(2026, 1, 20)), plan(FRIDAY, contact_start=begins))
    assert (found.discharge, found.discharge_source) == (FRIDAY, DischargeSource.PLAN)


def test_the_plans_own_deadline_stands_instead_when_a_person_has_read_it() -> None:
    text = RichText("Opstart senest 20. februar")
    written = plan(FRIDAY, start_deadline_text=text)
    assert latest(written) == dt.date(2026, 2, 13)  # text alone is no date
    by = said(RehabilitationDate.START_BY, dt.date(2026, 2, 20))
    assert latest(written, by) == dt.date(2026, 2, 20)


def test_without_a_discharge_date_there_is_no_deadline_and_it_waits_for_the_hospital() -> None:
    found = of(plan(None))
    assert found.awaits_discharge
    due = start_due(found, SJAELLAND)
    assert (due.status, due.due) == ("unknown", None)
    assert due.text.startswith("Den dato, fristen regnes fra, mangler i planen.")


def test_while_the_citizen_is_in_hospital_it_waits_for_the_hospital() -> None:
    assert of(admitted(), plan(FRIDAY)).awaits_discharge
    assert not of(admitted(), plan(FRIDAY), discharged(FRIDAY)).awaits_discharge
    assert not of(plan(FRIDAY)).awaits_discharge  # nothing says they are still in
    told = said(RehabilitationDate.DISCHARGE, FRIDAY)
    assert not of(admitted(), plan(None), told).awaits_discharge


@given(histories())
def test_any_history_has_a_rehabilitation_side_or_none(entries: list[Entry]) -> None:
    pathway = fold(entries)
    found = rehabilitation(pathway)
    plans = [
        each
        for each in pathway.timeline
        if isinstance(each.body, MessageReceived)
        and isinstance(each.body.message, RehabilitationPlan)
    ]
    assert (found is None) == (not plans)
    if found is None:
        return
    for agreement in load_agreements().agreements:
        due = start_due(found, agreement)
        assert due.due is None or due.status == "fixed"
        assert due.status != "fixed" or due.due is not None or due.actor == "region"
    assert {each.entry_id for each in found.plans} <= {each.id for each in plans}


# --- levels (R9.1)


def test_the_hospital_starts_specialised_training_and_the_municipality_has_no_deadline() -> None:
    found = start(plan(FRIDAY, level_text="specialiseret"))
    assert found.actor == "hospital"
    assert found.due is not None
    assert found.due.local.date() == dt.date(2026, 2, 13)  # rule M: from the plan's own date


@pytest.mark.parametrize(
    ("discharge", "actor"),
    [(dt.date(2026, 12, 31), "municipality"), (dt.date(2027, 1, 1), "region")],
)
def test_rehabilitation_at_specialised_level_leaves_the_municipality_by_the_profiles_date(
    discharge: dt.date, actor: str
) -> None:
    for agreement in load_agreements().agreements:
        found = start(plan(discharge, level_text="rehabilitering"), agreement=agreement)
        assert found.actor == actor
        assert (found.due is None) == (actor == "region")
        assert found.source


def test_a_level_the_program_does_not_know_has_no_deadline_until_somebody_has_triaged_it() -> None:
    odd = plan(FRIDAY, level_text="ny slags")
    assert (start(odd).status, start(odd).due) == ("unknown", None)
    triaged = of(odd, RehabilitationLevelSet(level=MunicipalLevel.ADVANCED))
    assert triaged.training_level is TrainingLevel.ADVANCED
    due = start_due(triaged, SJAELLAND).due
    assert due is not None
    assert due.local.date() == dt.date(2026, 2, 13)


# --- steps

STEPS: list[tuple[KnownBody, CourseState]] = [
    (RehabilitationContacted(day=FRIDAY), CourseState.CONTACTED),
    (
        FreeChoiceExplained(day=FRIDAY, channel=ChoiceChannel.TELEPHONE),
        CourseState.CHOICE_EXPLAINED,
    ),
    (RehabilitationOfferChosen(day=FRIDAY, provider=Provider.OWN), CourseState.OFFER_CHOSEN),
    (RehabilitationStartAgreed(day=FRIDAY, start=Moment(FRIDAY)), CourseState.START_AGREED),
    (RehabilitationStarted(day=FRIDAY), CourseState.STARTED),
    (RehabilitationEnded(day=FRIDAY), CourseState.ENDED),
]


@given(st.permutations(STEPS), st.integers(1, len(STEPS)))
def test_the_furthest_step_says_how_far_it_is_in_whatever_order_they_were_taken(
    steps: list[tuple[KnownBody, CourseState]], many: int
) -> None:
    taken = steps[:many]
    order = [state for _, state in STEPS]
    furthest = max((state for _, state in taken), key=order.index)
    assert of(plan(), *(step for step, _ in taken)).state is furthest


def test_a_step_that_was_taken_by_mistake_does_not_count_and_is_kept() -> None:
    bodies: list[AnyBody] = [
        plan(),
        RehabilitationContacted(day=FRIDAY),
        RehabilitationStarted(day=FRIDAY),
    ]
    found = of(*bodies, RehabilitationStepWithdrawn(step="E02"))
    assert (found.state, found.started) == (CourseState.CONTACTED, None)
    assert [each.is_withdrawn for each in found.steps] == [False, True]
    assert found.steps[0].said.author == "AHN"


def test_a_postponement_stands_until_a_start_is_agreed() -> None:
    late = RehabilitationPostponed(day=FRIDAY, reason=PostponementReason.CAPACITY)
    assert of(plan(), late).postponed == late
    assert of(plan(), late, STEPS[3][0]).postponed is None
    assert of(plan(), STEPS[3][0], late).postponed == late
    assert of(plan(), late, RehabilitationStepWithdrawn(step="E01")).postponed is None


# --- the same plan twice, newer plans, and ends


def test_the_same_plan_sent_twice_is_one() -> None:
    assert len(of(plan(), plan()).plans) == 1


@given(st.permutations(range(3)))
def test_of_versions_the_newest_holds_in_whatever_order_they_come(order: list[int]) -> None:
    versions = [
        plan(
            FRIDAY + dt.timedelta(days=number),
            letter_id=f"G{number}",
            authorised_at=dt.datetime(2026, 2, 6, 10 + number),
        )
        for number in range(3)
    ]
    found = of(*(versions[number] for number in order), RehabilitationContacted(day=FRIDAY))
    assert found.discharge == FRIDAY + dt.timedelta(days=2)
    assert [each.message.letter_id for each in found.plans] == ["G0", "G1", "G2"]
    assert found.state is CourseState.CONTACTED


def test_stay_and_plan_may_come_in_any_order() -> None:
    letters = [admitted(), plan(None), discharged()]
    sides = [of(*each) for each in permutations(letters)]
    facts = {(side.discharge, side.discharge_source, side.awaits_discharge) for side in sides}
    assert facts == {(FRIDAY, DischargeSource.NOTIFIED, False)}


def test_a_newer_plan_after_the_end_begins_another_course() -> None:
    ended: list[AnyBody] = [
        plan(),
        RehabilitationStarted(day=FRIDAY),
        RehabilitationEnded(day=FRIDAY),
    ]
    newer = plan(None, letter_id="G2", authorised_at=dt.datetime(2026, 5, 1, 9))
    found = of(*ended, newer)
    assert (found.state, len(found.plans), found.steps) == (CourseState.RECEIVED, 1, ())
    older = plan(None, letter_id="G0", authorised_at=dt.datetime(2026, 1, 1, 9))
    assert of(*ended, older).state is CourseState.ENDED


def test_a_plan_the_hospital_takes_back_is_cancelled() -> None:
    back = plan(
        letter_id="G2", status_code="annulleretbrev", authorised_at=dt.datetime(2026, 2, 7, 9)
    )
    assert of(plan(), back).state is CourseState.CANCELLED


def test_death_and_a_lapse_end_it_and_a_closed_pathway_does_not() -> None:
    assert of(plan(), Lapsed(reason=LapseReason.TRANSFERRED)).state is CourseState.LAPSED
    assert of(Lapsed(reason=LapseReason.TRANSFERRED), plan()).state is CourseState.RECEIVED
    assert of(plan(), discharged(stay="doed")).state is CourseState.LAPSED
    assert of(plan(), Closed()).state is CourseState.RECEIVED


# --- linked to an admission


def test_a_plan_belongs_to_the_stay_of_its_pathway_until_somebody_says_otherwise() -> None:
    assert of(admitted(), plan()).admission == "P1"
    assert of(plan()).admission is None
    found = of(plan(None), discharged(), RehabilitationLinked(admission=None))
    assert (found.admission, found.discharge, found.is_linked_by_hand) == (None, None, True)


def test_the_discharge_of_the_linked_stay_is_the_one_that_counts() -> None:
    pathway = fold(journal([plan(None), RehabilitationLinked(admission="P2")]))
    assert link_of(pathway) == "P2"
    other = fold(journal([admitted(), discharged()]))
    found = rehabilitation(pathway, other)
    assert found is not None
    assert (found.admission, found.discharge) == ("P2", FRIDAY)
    unknown_here = rehabilitation(pathway)
    assert unknown_here is not None
    assert (unknown_here.admission, unknown_here.discharge) == ("P2", None)
    assert link_of(fold(journal([plan(), RehabilitationLinked(admission="P1")]))) is None


# --- somebody has to see it


def test_a_plan_stands_in_the_inbox_until_somebody_takes_a_step_or_says_so() -> None:
    assert fold(journal([plan()])).unhandled_letter == "E00"
    assert fold(journal([plan(), NoteAdded(text="Set")])).unhandled_letter == "E00"
    for step, _ in STEPS:
        assert fold(journal([plan(), step])).unhandled_letter is None
    assert fold(journal([plan(), LetterHandled(letter="E00")])).unhandled_letter is None


# --- what the plan's own deadline may mean


def test_what_was_read_is_quoted_to_its_last_letter() -> None:
    text = RichText("Startes senest 7 dage efter udskrivelsen.")
    (read,) = dates_read(RehabilitationPlan(start_deadline_text=text), FRIDAY)
    assert read.words == "7 dage efter udskrivelsen"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fri tekst", []),
        ("Start senest 20-02-2026", [("2026-02-20", RehabilitationDate.START_BY)]),
        ("Må belastes fra d. 2. marts", [("2026-03-02", RehabilitationDate.START_FROM)]),
        ("Efter kontrol 20/1", [("2027-01-20", RehabilitationDate.START_FROM)]),
        ("Inden for 14 dage efter udskrivelse", [("2026-02-20", RehabilitationDate.START_BY)]),
        ("6 uger efter operation", []),
        ("Start 31-02-2026", []),
        (
            "Fra 1.3.26, senest 10. marts 2026",
            [
                ("2026-03-01", RehabilitationDate.START_FROM),
                ("2026-03-10", RehabilitationDate.START_BY),
            ],
        ),
    ],
)
def test_a_date_in_the_free_text_is_a_suggestion(
    text: str, expected: list[tuple[str, RehabilitationDate]]
) -> None:
    body = plan(FRIDAY, start_deadline_text=RichText(text))
    assert isinstance(body.message, RehabilitationPlan)
    found = dates_read(body.message, FRIDAY)
    assert [(each.date.isoformat(), each.kind) for each in found] == expected


@pytest.mark.parametrize(
    ("text", "is_own"),
    [
        ("", False),
        (" \n", False),
        ("Genoptræningen bedes startet senest 7 dage efter udskrivelsen.", False),
        ("Inden for 7 kalenderdage fra udskrivelsesdatoen", False),
        ("Opstart senest 1 uge efter udskrivning", False),
        ("Start senest 13. februar 2026", False),
        ("Senest 13/2", False),
        ("Senest 14/2", True),
        ("Opstart 7 dage efter udskrivelsen", True),  # by then, or not before
        ("Tidligst 7 dage efter udskrivelsen", True),
        ("Senest 7 dage efter udskrivelsen, dog først efter kontrol", True),
        ("Senest 7 dage efter udskrivelsen. Må støtte fra 1/3", True),
        ("Senest 7 dage efter operationen", True),
        ("Senest 10 dage efter udskrivelsen", True),
        ("Senest", True),
        ("Ikke senest 7 dage efter udskrivelsen", True),
    ],
)
def test_a_deadline_that_says_the_computed_one_over_again_asks_for_nobody(
    text: str, is_own: bool
) -> None:
    found = of(plan(FRIDAY, start_deadline_text=RichText(text)))
    assert has_own_deadline(found, SJAELLAND) == is_own


def test_the_seven_days_ask_for_nobody_before_the_day_they_count_from_is_known() -> None:
    days = RichText("Senest 7 dage efter udskrivelsen")
    assert not has_own_deadline(of(plan(None, start_deadline_text=days)), SJAELLAND)
    date = RichText("Senest 13. februar 2026")
    assert has_own_deadline(of(plan(None, start_deadline_text=date)), SJAELLAND)
    # The same words, when the discharge was another day than the plan expected.
    written = plan(FRIDAY, start_deadline_text=date)
    assert has_own_deadline(of(written, discharged(dt.date(2026, 2, 5))), SJAELLAND)


@pytest.mark.parametrize(
    "settled",
    [
        said(RehabilitationDate.START_FROM, dt.date(2026, 3, 2)),
        said(RehabilitationDate.START_BY, dt.date(2026, 3, 2)),
        RehabilitationStartAgreed(day=FRIDAY, start=Moment(dt.date(2026, 3, 2))),
    ],
)
def test_a_deadline_is_looked_at_until_a_date_is_confirmed_or_a_start_agreed(
    settled: AnyBody,
) -> None:
    written = plan(FRIDAY, start_deadline_text=RichText("Når skinnen er fjernet"))
    assert has_own_deadline(of(written), SJAELLAND)
    assert not has_own_deadline(of(written, settled), SJAELLAND)


@given(st.text(max_size=60))
def test_no_text_is_too_odd_to_read(text: str) -> None:
    dates_read(RehabilitationPlan(start_deadline_text=RichText(text)), FRIDAY)
    has_own_deadline(of(plan(FRIDAY, start_deadline_text=RichText(text))), SJAELLAND)
