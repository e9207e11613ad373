"""The admission side of a pathway: what was brought along, by when to report, and who said what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import permutations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.strategies import HOSPITAL, entry, histories, ticks
from visitator.domain.admission import Admission, admission, report_due, report_text, ticks_of
from visitator.domain.citizen import Citizen
from visitator.domain.deadlines import COPENHAGEN
from visitator.domain.entries import (
    AdmissionEntered,
    AdmissionReportNotNeeded,
    AdmissionReportSent,
    AnyBody,
    ChecklistTicked,
    Confirmation,
    DeliveryFailed,
    Entry,
    FollowUpAssigned,
    FollowUpClosed,
    LeaveNoted,
    MessageReceived,
    PartState,
    PresentAtAdmission,
    ReportText,
    Tick,
)
from visitator.domain.messages import AdmissionNotification, CarePlan, DischargeNotification
from visitator.domain.moment import Moment
from visitator.domain.pathway import fold
from visitator.domain.terms import ReportState, Stay
from visitator.resources import load_agreement, load_agreements

SJAELLAND = load_agreement("region-sjaelland-2025-11")
MIDT = load_agreement("region-midtjylland-2021-04")
BROUGHT, NOT_RELEVANT, MISSING = PartState
MONDAY = dt.datetime(2026, 2, 2, 9, 15, tzinfo=COPENHAGEN)


def admitted(
    day: int = 2,
    hour: int = 9,
    *,
    status: str = "nytbrev",
    letter: str = "A1",
    episode: str | None = "E1",
    received: dt.datetime = MONDAY,
    stay: str = "indlagt",
    sent_hour: int | None = None,
) -> MessageReceived:
    """An indlæggelsesadvis; `sent_hour` is of the letter, the hour of the admission without it."""
    return MessageReceived(
        message=AdmissionNotification(
            letter_id=letter,
            sender=HOSPITAL,
            status_code=status,
            authorised_at=dt.datetime(2026, 2, day, hour if sent_hour is None else sent_hour),
            episode_id=episode,
            citizen=Citizen(cpr="2512489996", stay_status=stay),
            admitted=Moment(dt.date(2026, 2, day), dt.time(hour)),
        ),
        received_at=received,
        raw_id="raw",
    )


def discharged(day: int = 5, hour: int = 12, *, status: str = "nytbrev") -> MessageReceived:
    return MessageReceived(
        message=DischargeNotification(
            letter_id=f"D{day}{hour}{status}",
            sender=HOSPITAL,
            status_code=status,
            authorised_at=dt.datetime(2026, 2, day, hour),
            episode_id="E1",
            citizen=Citizen(cpr="2512489996", stay_status="udskrevet_til_hjemmet"),
            discharged=Moment(dt.date(2026, 2, day), dt.time(hour)),
        ),
        received_at=MONDAY,
        raw_id="raw",
    )


def tick(part: str, state: PartState | None, note: str = "") -> ChecklistTicked:
    return ChecklistTicked(ticks=(Tick(part=part, state=state, note=note),))


def journal(bodies: Sequence[AnyBody]) -> list[Entry]:
    return [entry(number, body, seq=number + 1) for number, body in enumerate(bodies)]


def of(*bodies: AnyBody) -> Admission:
    found = admission(fold(journal(bodies)))
    assert found is not None
    return found


def state(*bodies: AnyBody) -> ReportState:
    return report_due(of(*bodies), SJAELLAND).state


# --- ticks


@given(
    mine=st.lists(ticks(), max_size=6),
    theirs=st.lists(ticks(), max_size=6),
    data=st.data(),
)
def test_of_two_who_tick_offline_the_last_accepted_wins_and_nothing_is_lost(
    mine: list[ChecklistTicked], theirs: list[ChecklistTicked], data: st.DataObject
) -> None:
    """In whatever order the gateway takes the two in, each one's own order kept."""
    turns = data.draw(st.permutations([0] * len(mine) + [1] * len(theirs)))
    queues = (list(mine), list(theirs))
    merged = [(whose, queues[whose].pop(0)) for whose in turns]
    entries = [entry(0, admitted(), seq=1)]
    for number, (whose, body) in enumerate(merged, start=1):
        entries.append(entry(number, body, seq=number + 1, author=("AHN", "BKR")[whose]))
    handed_out = data.draw(st.permutations(entries))
    pathway = fold(handed_out)
    found = admission(pathway)
    assert found is not None
    said = [
        (each.part, each.state, each.note, ("AHN", "BKR")[whose])
        for whose, body in merged
        for each in body.ticks
    ]
    last = {part: (part, *rest) for part, *rest in said}
    assert {
        part: (part, each.state, each.note, each.said.author) for part, each in found.parts.items()
    } == {part: each for part, each in last.items() if each[1] is not None}
    for part in last:
        kept = [(t.part, t.state, t.note, t.said.author) for t in ticks_of(pathway, part)]
        assert kept == [each for each in said if each[0] == part]


@given(st.lists(ticks(), max_size=10))
def test_a_follow_up_is_open_exactly_while_its_part_is_missing(
    bodies: list[ChecklistTicked],
) -> None:
    found = of(admitted(), *bodies)
    missing = {part for part, each in found.parts.items() if each.state is MISSING}
    is_open = [each.part for each in found.follow_ups if each.is_open]
    assert sorted(is_open) == sorted(missing)


@given(histories())
def test_any_history_has_an_admission_side_or_none(entries: list[Entry]) -> None:
    pathway = fold(entries)
    found = admission(pathway)
    if found is None:
        assert pathway.admitted is None
        return
    for agreement in load_agreements().agreements:
        due = report_due(found, agreement)
        assert (due.status == "fixed") == (due.due is not None)
        assert found.reports or due.state not in {
            ReportState.SENT,
            ReportState.IN_TIME,
            ReportState.LATE,
        }
    assert found.is_in_hospital or found.day(dt.date(2026, 3, 1)) is None
    assert {each.entry.id for each in found.reports} <= {r.entry.id for r in pathway.reports_sent}


def test_glasses_can_be_brought_while_the_hearing_aid_is_missing() -> None:
    found = of(admitted(), tick("glasses", BROUGHT), tick("hearing_aid", MISSING, "På natbordet"))
    assert {part: (each.state, each.note) for part, each in found.parts.items()} == {
        "glasses": (BROUGHT, ""),
        "hearing_aid": (MISSING, "På natbordet"),
    }
    (follow_up,) = found.follow_ups
    assert (follow_up.part, follow_up.note, follow_up.owner) == (
        "hearing_aid",
        "På natbordet",
        None,
    )


def test_a_follow_up_belongs_to_somebody_until_it_is_closed() -> None:
    missing = (admitted(), tick("hearing_aid", MISSING))
    taken = of(*missing, FollowUpAssigned(part="hearing_aid", owner="BKR"))
    assert [(each.owner, each.is_open) for each in taken.follow_ups] == [("BKR", True)]
    closed = of(
        *missing,
        FollowUpAssigned(part="hearing_aid", owner="BKR"),
        FollowUpClosed(part="hearing_aid", text="Høreapparat eftersendt"),
    )
    (follow_up,) = closed.follow_ups
    assert (follow_up.is_open, follow_up.text) == (False, "Høreapparat eftersendt")
    assert closed.parts["hearing_aid"].state is MISSING


def test_what_is_missing_again_is_a_new_follow_up() -> None:
    found = of(admitted(), *(tick("keys", each) for each in (MISSING, BROUGHT, MISSING)))
    assert [each.is_open for each in found.follow_ups] == [False, True]


def test_there_is_nothing_to_close_where_nothing_is_missing() -> None:
    assert of(admitted(), FollowUpClosed(part="keys", text="x")).follow_ups == ()


def test_a_tick_can_be_taken_back() -> None:
    found = of(admitted(), tick("keys", MISSING), tick("keys", None))
    assert found.parts == {}
    assert [each.is_open for each in found.follow_ups] == [False]


# --- the deadline (requirements §11, rules A and B)


@pytest.mark.parametrize(
    ("received", "due", "is_night"),
    [
        (dt.datetime(2026, 2, 2, 9, 15), "2026-02-02T17:15:00+01:00", False),
        (dt.datetime(2026, 2, 2, 22, 59), "2026-02-03T06:59:00+01:00", False),
        (dt.datetime(2026, 2, 2, 23, 0), "2026-02-03T10:00:00+01:00", True),
        (dt.datetime(2026, 2, 3, 2, 0), "2026-02-03T10:00:00+01:00", True),
        (dt.datetime(2026, 2, 3, 6, 59), "2026-02-03T10:00:00+01:00", True),
        (dt.datetime(2026, 3, 28, 19, 30), "2026-03-29T04:30:00+02:00", False),
        (dt.datetime(2026, 10, 24, 20, 0), "2026-10-25T03:00:00+01:00", False),
    ],
)
def test_the_report_is_due_by_rules_a_and_b(
    received: dt.datetime, due: str, is_night: bool
) -> None:
    found = of(admitted(received=received.replace(tzinfo=COPENHAGEN)))
    report = report_due(found, SJAELLAND)
    assert report.due is not None
    assert report.due.local.isoformat() == due
    assert (report.state, report.status, report.is_night) == (ReportState.DUE, "fixed", is_night)


def test_another_agreement_has_its_own_deadline_or_says_that_none_is_known() -> None:
    found = of(admitted())
    report = report_due(found, MIDT)
    assert report.due is not None
    assert report.due.local.isoformat() == "2026-02-03T09:15:00+01:00"
    unknown = report_due(found, load_agreement("region-syddanmark-2017-10"))
    assert (unknown.status, unknown.due, unknown.state) == ("unknown", None, ReportState.DUE)


def sent_at(local: dt.datetime, **fields: object) -> Entry:
    made = entry(5, AdmissionReportSent(supplement="Faldet", **fields), seq=6)  # type: ignore[arg-type]
    return msgspec.structs.replace(made, occurred_at=local.replace(tzinfo=COPENHAGEN))


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (dt.datetime(2026, 2, 2, 17, 15), ReportState.IN_TIME),
        (dt.datetime(2026, 2, 2, 17, 15, 1), ReportState.LATE),
    ],
)
def test_a_report_was_sent_in_time_or_late(sent: dt.datetime, expected: ReportState) -> None:
    found = admission(fold([*journal([admitted()]), sent_at(sent)]))
    assert found is not None
    assert report_due(found, SJAELLAND).state is expected
    no_deadline = load_agreement("region-hovedstaden-2016-10")
    assert report_due(found, no_deadline).state is ReportState.SENT


def test_a_report_that_did_not_reach_the_hospital_is_not_sent() -> None:
    report = AdmissionReportSent(supplement="Faldet")
    failed = DeliveryFailed(reply="E01", reason="Kontakt sygehuset på anden vis.")
    assert state(admitted(), report, failed) is ReportState.DUE


def test_the_report_is_not_needed_when_somebody_says_why() -> None:
    reason = AdmissionReportNotNeeded(reason="Den automatiske rapport er fyldestgørende")
    found = of(admitted(), reason)
    assert found.not_needed is not None
    assert found.not_needed.said.author == "AHN"
    assert state(admitted(), reason) is ReportState.NOT_NEEDED


def test_where_an_employee_was_present_the_report_must_be_sent() -> None:
    present = PresentAtAdmission(was_present=True, who="Sofie N., SSA")
    reason = AdmissionReportNotNeeded(reason="Intet nyt")
    assert state(admitted(), present) is ReportState.MUST
    assert state(admitted(), reason, present) is ReportState.MUST
    assert state(admitted(), PresentAtAdmission(was_present=False)) is ReportState.DUE
    assert report_due(of(admitted(), present), MIDT).state is ReportState.DUE


def test_the_report_says_the_agreements_labels_and_what_was_confirmed() -> None:
    report = AdmissionReportSent(
        texts=(
            ReportText(code="cause", text="Faldet i soveværelset.\nKlar og relevant."),
            ReportText(code="prevention", text="Akutsygeplejerske var tilkaldt."),
        ),
        confirmed=Confirmation.NOT_POSSIBLE,
        supplement="Datter er orienteret.",
    )
    assert report_text(report, SJAELLAND) == (
        "Årsag til indlæggelse:\nFaldet i soveværelset.\nKlar og relevant.\n\n"
        "Evt. forebyggelsestiltag:\nAkutsygeplejerske var tilkaldt.\n\n"
        "Supplerende oplysninger:\nDatter er orienteret.\n\n"
        "Bekræftet af patienten: ikke muligt"
    )


# --- what notifications say, in whatever order


NEW = admitted(hour=9, received=MONDAY)
CORRECTED = admitted(
    hour=8, status="rettetbrev", letter="A2", sent_hour=11, received=MONDAY + dt.timedelta(hours=2)
)
CANCELLED = admitted(
    status="annulleretbrev", letter="A3", sent_hour=12, received=MONDAY + dt.timedelta(hours=3)
)
AGAIN = admitted(hour=14, letter="A4", received=MONDAY + dt.timedelta(hours=5))


def summary(bodies: Sequence[AnyBody]) -> tuple[object, ...]:
    found = of(*bodies)
    due = report_due(found, SJAELLAND)
    return (
        found.stay,
        found.admitted,
        found.is_cancelled,
        found.is_corrected,
        found.is_readmission,
        found.notified_at,
        due.state,
    )


@pytest.mark.parametrize(
    "letters",
    [
        (NEW, CORRECTED),
        (NEW, CANCELLED),
        (NEW, CORRECTED, CANCELLED),
        (NEW, CANCELLED, AGAIN),
        (NEW, discharged()),
        (NEW, discharged(), admitted(day=7, letter="A5")),
    ],
)
def test_the_order_of_delivery_does_not_matter(letters: tuple[MessageReceived, ...]) -> None:
    expected = summary(letters)
    for delivered in permutations(letters):
        assert summary(delivered) == expected
        assert summary([*delivered, *letters]) == expected  # each a second time


@st.composite
def notifications(draw: st.DrawFn) -> list[MessageReceived]:
    """Letters about one stay or more, each of its own hour, received when each is."""
    found = []
    hours = draw(st.lists(st.integers(0, 71), unique=True, min_size=1, max_size=5))
    for hour in hours:
        status = draw(st.sampled_from(["nytbrev", "nytbrev", "rettetbrev", "annulleretbrev"]))
        sent = dt.datetime(2026, 2, 2) + dt.timedelta(hours=hour)
        if draw(st.booleans()):
            made = admitted(letter=f"A{hour}", status=status, episode=draw(_EPISODES))
            moment = Moment(sent.date(), sent.time())
            message: object = msgspec.structs.replace(
                made.message, authorised_at=sent, admitted=moment
            )
        else:
            made = discharged(status=status)
            moment = Moment(sent.date(), sent.time())
            message = msgspec.structs.replace(
                made.message, letter_id=f"D{hour}", authorised_at=sent, discharged=moment
            )
        received = MONDAY + dt.timedelta(hours=hour)
        found.append(msgspec.structs.replace(made, message=message, received_at=received))
    return found


_EPISODES = st.sampled_from(["E1", "E1", "E2", None])


@given(notifications(), st.data())
def test_however_they_are_delivered_the_end_is_the_same(
    letters: list[MessageReceived], data: st.DataObject
) -> None:
    delivered = data.draw(st.permutations(letters))
    again = data.draw(st.lists(st.sampled_from(letters), max_size=3))
    first, second = fold(journal(letters)), fold(journal([*delivered, *again]))
    assert (admission(first) is None) == (admission(second) is None)
    if admission(first) is not None:
        assert summary([*delivered, *again]) == summary(letters)


def test_a_correction_changes_the_time_and_not_the_clock() -> None:
    found = of(NEW, CORRECTED)
    assert found.admitted == Moment(dt.date(2026, 2, 2), dt.time(8))
    assert (found.is_corrected, found.notified_at) == (True, MONDAY)


def test_a_cancelled_admission_asks_for_nothing() -> None:
    found = of(NEW, CANCELLED)
    assert (found.stay, found.is_cancelled) == (Stay.ADMISSION_CANCELLED, True)
    assert found.day(dt.date(2026, 2, 4)) is None
    assert report_due(found, SJAELLAND).state is ReportState.NO_LONGER


def test_a_new_notification_after_a_cancelled_one_starts_the_clock_anew() -> None:
    assert of(NEW, CANCELLED, AGAIN).notified_at == MONDAY + dt.timedelta(hours=5)


def test_what_was_brought_to_the_first_stay_is_not_brought_to_the_second() -> None:
    again = admitted(day=7, letter="A5")
    first = (NEW, tick("keys", BROUGHT), AdmissionReportSent(supplement="x"))
    found = of(*first, discharged(), again, tick("glasses", BROUGHT))
    assert (found.is_readmission, set(found.parts), found.reports) == (True, {"glasses"}, ())
    overtaken = of(*first, again, tick("glasses", BROUGHT), discharged())
    assert (overtaken.is_readmission, set(overtaken.parts)) == (True, {"glasses"})


def test_of_two_stays_the_one_that_was_not_cancelled_holds() -> None:
    other = admitted(day=4, letter="B1", episode="E2")
    cancelled = admitted(day=4, letter="B2", episode="E2", status="annulleretbrev", sent_hour=10)
    found = of(NEW, other, cancelled)
    assert (found.notification, found.is_cancelled) == ("E00", False)
    assert found.admitted == Moment(dt.date(2026, 2, 2), dt.time(9))


def test_a_discharge_from_a_stay_nobody_was_told_of_makes_no_readmission() -> None:
    found = of(discharged(1), tick("keys", BROUGHT), NEW)
    assert (found.is_readmission, set(found.parts)) == (False, {"keys"})


def test_who_is_moved_to_another_ward_takes_along_what_was_brought() -> None:
    moved = discharged()
    there = Citizen(cpr="2512489996", stay_status="flyttet_til_sygehusafd")
    moved = msgspec.structs.replace(
        moved, message=msgspec.structs.replace(moved.message, citizen=there)
    )
    found = of(NEW, tick("keys", BROUGHT), moved, admitted(day=5, hour=13, letter="A5"))
    assert (found.is_in_hospital, found.is_readmission) == (True, False)
    assert set(found.parts) == {"keys"}


def test_after_the_discharge_nothing_must_be_reported() -> None:
    present = PresentAtAdmission(was_present=True, who="Sofie N.")
    assert state(NEW, present, discharged()) is ReportState.NO_LONGER


def test_the_day_of_admission_is_day_one() -> None:
    found = of(NEW)
    assert [found.day(dt.date(2026, 2, day)) for day in (1, 2, 7)] == [None, 1, 6]


def test_leave_is_noted_by_a_person_and_ends_with_the_stay() -> None:
    leave = LeaveNoted(is_on_leave=True, at=Moment(dt.date(2026, 2, 3)))
    back = LeaveNoted(is_on_leave=False, at=Moment(dt.date(2026, 2, 4)))
    assert of(NEW, leave).is_on_leave
    assert not of(NEW, leave, back).is_on_leave
    assert not of(NEW, leave, discharged()).is_on_leave


def test_a_dead_citizen_is_nobody_to_report_about() -> None:
    found = of(admitted(stay="doed"))
    assert found.stay is Stay.LAPSED
    assert report_due(found, SJAELLAND).state is ReportState.NO_LONGER


def test_a_citizen_can_be_entered_without_a_notification() -> None:
    by_hand = AdmissionEntered(
        citizen=Citizen(cpr="2512489996", given_name="Nancy Ann", surname="Berggren"),
        admitted=Moment(dt.date(2026, 2, 2), dt.time(3)),
        ward="Slagelse Sygehus, Akutafdelingen",
    )
    found = of(by_hand)
    report = report_due(found, SJAELLAND)
    assert (found.stay, found.is_by_hand, found.ward) == (Stay.ADMITTED, True, by_hand.ward)
    assert (report.state, report.status, report.due) == (ReportState.DUE, "unknown", None)
    assert report.text.startswith("Der er ikke modtaget indlæggelsesadvis")
    pathway = fold(journal([by_hand, NEW]))
    assert pathway.citizen is not None
    assert pathway.citizen.name == "Nancy Ann Berggren"
    then = admission(pathway)
    assert then is not None
    assert (then.is_by_hand, then.notified_at, then.ward) == (False, MONDAY, by_hand.ward)


def test_a_plan_alone_says_that_somebody_is_in_hospital() -> None:
    plan = CarePlan(sender=HOSPITAL, admitted=Moment(dt.date(2026, 2, 1)))
    found = of(MessageReceived(message=plan, received_at=MONDAY, raw_id="raw"))
    assert (found.is_in_hospital, found.notification) == (True, None)
    assert report_due(found, SJAELLAND).status == "unknown"


def test_where_nobody_was_admitted_there_is_no_admission() -> None:
    assert admission(fold(journal([tick("keys", BROUGHT)]))) is None


def test_an_admission_without_an_episode_or_in_the_future_is_still_one() -> None:
    found = of(admitted(day=20, episode=None))
    assert (found.is_in_hospital, found.has_episode) == (True, False)
    assert found.day(dt.date(2026, 2, 4)) is None
