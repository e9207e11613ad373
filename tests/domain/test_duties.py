"""What a message asks of whom, by when."""

import datetime as dt

import pytest

from visitator.domain.citizen import Citizen
from visitator.domain.deadlines import COPENHAGEN
from visitator.domain.duties import Duty, agenda
from visitator.domain.messages import (
    AdmissionNotification,
    CarePlan,
    Correspondence,
    DischargeNotification,
    DischargeReport,
    Message,
    Receipt,
    ReceiptOutcome,
    RehabilitationPlan,
    UnknownMessage,
)
from visitator.domain.moment import Moment
from visitator.domain.notice import RawField
from visitator.domain.text import RichText
from visitator.resources import load_agreement

SJAELLAND = load_agreement("region-sjaelland-2025-11")
MIDTJYLLAND = load_agreement("region-midtjylland-2021-04")
NORDJYLLAND = load_agreement("region-nordjylland-2024-04")
MONDAY = dt.datetime(2026, 2, 2, 8, 0, tzinfo=COPENHAGEN)


def local(*parts: int) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=COPENHAGEN)  # type: ignore[misc,arg-type]


def the_duty(message: Message, received: dt.datetime = MONDAY) -> Duty:
    (duty,) = agenda(message, received, SJAELLAND).duties
    return duty


def notices(message: Message, received: dt.datetime = MONDAY) -> list[str]:
    return [notice.code for notice in agenda(message, received, SJAELLAND).notices]


def plan(*discharge: int, sent_at: dt.datetime | None = None) -> CarePlan:
    at = dt.datetime(*discharge)  # type: ignore[arg-type]
    return CarePlan(agreed_discharge=Moment(at.date(), at.time()), sent_at=sent_at)


def test_a_care_plan_is_answered_by_the_next_weekday_at_eleven() -> None:
    duty = the_duty(plan(2026, 2, 5, 10, 0))

    assert (duty.code, duty.actor, duty.status) == ("answer_care_plan", "municipality", "fixed")
    assert duty.due is not None
    assert duty.due.at == local(2026, 2, 3, 11, 0)
    assert duty.effective is None
    assert duty.source


def test_a_discharge_before_the_deadline_shows_an_earlier_one_beside_it() -> None:
    duty = the_duty(plan(2026, 2, 3, 9, 30))

    assert duty.due is not None
    assert duty.due.at == local(2026, 2, 3, 11, 0)
    assert duty.effective is not None
    assert duty.effective.at == local(2026, 2, 3, 9, 30)


def test_a_discharge_day_without_a_time_shortens_nothing_on_the_day_of_the_deadline() -> None:
    """Nobody knows whether the citizen is home before eleven."""
    duty = the_duty(CarePlan(agreed_discharge=Moment(dt.date(2026, 2, 3))))

    assert duty.due is not None
    assert duty.due.at == local(2026, 2, 3, 11, 0)
    assert duty.effective is None


def test_a_discharge_day_before_the_deadlines_day_is_the_whole_of_that_day() -> None:
    friday = local(2026, 2, 6, 12, 0)

    duty = the_duty(CarePlan(agreed_discharge=Moment(dt.date(2026, 2, 7))), friday)

    assert duty.effective is not None
    assert duty.effective.whole_day
    assert duty.effective.local.date() == dt.date(2026, 2, 7)
    assert not duty.effective.is_passed(local(2026, 2, 7, 23, 59))
    assert duty.effective.is_passed(local(2026, 2, 8, 0, 0))


def test_a_friday_plan_for_saturday_is_due_after_the_discharge() -> None:
    """The built-in squeeze of requirements §11."""
    friday = local(2026, 2, 6, 12, 0)

    duty = the_duty(plan(2026, 2, 7, 10, 0), friday)

    assert duty.due is not None
    assert duty.due.at == local(2026, 2, 9, 11, 0)
    assert duty.effective is not None
    assert duty.effective.at == local(2026, 2, 7, 10, 0)
    assert notices(plan(2026, 2, 7, 10, 0), friday) == ["udskrivning_weekend"]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ((2026, 2, 6, 10, 0), []),
        ((2026, 2, 8, 10, 0), ["udskrivning_weekend"]),
        ((2026, 4, 6, 10, 0), ["udskrivning_weekend"]),
        ((2026, 12, 25, 10, 0), ["udskrivning_weekend"]),
        ((2026, 6, 5, 10, 0), []),
    ],
)
def test_weekend_and_holiday_discharges_are_pointed_out(
    day: tuple[int, ...], expected: list[str]
) -> None:
    assert notices(plan(*day)) == expected


def test_a_plan_sent_after_the_hospitals_own_deadline_is_late() -> None:
    """Rule C: kl. 13 dagen før udskrivelse."""
    assert notices(plan(2026, 2, 5, 10, 0, sent_at=dt.datetime(2026, 2, 4, 13, 0))) == []
    assert notices(plan(2026, 2, 5, 10, 0, sent_at=dt.datetime(2026, 2, 4, 13, 1))) == ["plan_sen"]


def test_a_plan_without_a_discharge_date_says_so_and_must_still_be_answered() -> None:
    assert notices(CarePlan()) == ["udskrivning_mangler"]
    assert the_duty(CarePlan()).due is not None


def test_a_discharge_date_that_cannot_be_is_told_and_computed_around() -> None:
    far = CarePlan(agreed_discharge=Moment(dt.date(9999, 12, 31)))

    assert notices(far) == ["dato_uden_for_kalender"]
    assert the_duty(far).due is not None


def test_an_agreement_without_deadlines_says_so_and_counts_nothing_down() -> None:
    (duty,) = agenda(plan(2026, 2, 5, 10, 0), MONDAY, MIDTJYLLAND).duties

    assert (duty.status, duty.due, duty.effective) == ("none", None, None)
    assert duty.text


def test_what_is_not_known_about_an_agreement_stays_unknown() -> None:
    (duty,) = agenda(plan(2026, 2, 5, 10, 0), MONDAY, NORDJYLLAND).duties

    assert (duty.status, duty.due) == ("unknown", None)
    assert "Ikke oplyst" in duty.text


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (local(2026, 2, 2, 9, 15), local(2026, 2, 2, 17, 15)),
        (local(2026, 2, 3, 2, 0), local(2026, 2, 3, 10, 0)),
        (local(2026, 3, 28, 19, 30), local(2026, 3, 29, 4, 30)),
    ],
)
def test_an_admission_may_need_a_report_within_eight_hours(
    received: dt.datetime, due: dt.datetime
) -> None:
    duty = the_duty(AdmissionNotification(status_code="nytbrev"), received)

    assert duty.due is not None
    assert duty.due.at == due


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (AdmissionNotification, "doed"),
        (DischargeNotification, "doed"),
        (DischargeNotification, "flyttet_til_sygehus"),
        (DischargeNotification, "flyttet_til_sygehusafd"),
    ],
)
def test_nothing_is_asked_for_the_dead_or_moved(
    kind: type[AdmissionNotification | DischargeNotification], status: str
) -> None:
    notification = kind(status_code="nytbrev", citizen=Citizen(stay_status=status))

    assert agenda(notification, MONDAY, SJAELLAND).duties == ()


@pytest.mark.parametrize("kind", [AdmissionNotification, DischargeNotification])
def test_a_cancelled_notification_asks_for_nothing(
    kind: type[AdmissionNotification | DischargeNotification],
) -> None:
    assert agenda(kind(status_code="Annulleretbrev "), MONDAY, SJAELLAND).duties == ()


def test_the_hospitals_responsibility_is_estimated_in_elapsed_hours() -> None:
    """Requirements §11: udskrevet fre 27-03-2026 12:00, 96 timer over sommertid."""
    home = DischargeNotification(discharged=Moment(dt.date(2026, 3, 27), dt.time(12)))

    duty = the_duty(home)

    assert (duty.actor, duty.status) == ("hospital", "fixed")
    assert duty.due is not None
    assert duty.due.at == local(2026, 3, 31, 13, 0)


@pytest.mark.parametrize("discharged", [None, Moment(dt.date(2026, 3, 27))])
def test_without_a_time_of_discharge_the_estimate_is_unknown(discharged: Moment | None) -> None:
    duty = the_duty(DischargeReport(discharged=discharged))

    assert (duty.status, duty.due) == ("unknown", None)


@pytest.mark.parametrize(
    "report",
    [
        DischargeReport(cause_of_admission=RichText("Hospitalet har behandlingsansvar til søndag")),
        DischargeReport(
            extra=(RawField(path="Nyt", label="Nyt", value="Behandlingsansvar indtil 1/3"),)
        ),
    ],
)
def test_a_report_that_speaks_of_responsibility_goes_before_the_estimate(
    report: DischargeReport,
) -> None:
    assert notices(report) == ["behandlingsansvar_oplyst"]
    assert notices(DischargeReport()) == []


def test_general_rehabilitation_starts_seven_days_after_discharge() -> None:
    gop = RehabilitationPlan(
        level_text="almen", contact_expected_end=Moment(dt.date(2026, 2, 6), dt.time(11))
    )

    duty = the_duty(gop)

    assert duty.actor == "municipality"
    assert duty.due is not None
    assert duty.due.whole_day
    assert duty.due.local.date() == dt.date(2026, 2, 13)


def test_specialised_rehabilitation_is_the_hospitals_from_the_date_of_the_plan() -> None:
    gop = RehabilitationPlan(
        level_text="specialiseret",
        authorised_at=dt.datetime(2026, 2, 3, 10, 0),
        contact_expected_end=Moment(dt.date(2026, 2, 6)),
    )

    duty = the_duty(gop)

    assert duty.actor == "hospital"
    assert duty.due is not None
    assert duty.due.local.date() == dt.date(2026, 2, 10)


@pytest.mark.parametrize(
    "gop",
    [
        RehabilitationPlan(level_text="almen"),
        RehabilitationPlan(level_text="specialiseret"),
        RehabilitationPlan(level_text="ny slags", contact_expected_end=Moment(dt.date(2026, 2, 6))),
        RehabilitationPlan(level_text="almen", contact_expected_end=Moment(dt.date(9999, 12, 31))),
    ],
)
def test_a_plan_whose_start_cannot_be_computed_says_so(gop: RehabilitationPlan) -> None:
    duty = the_duty(gop)

    assert (duty.status, duty.due) == ("unknown", None)


def test_the_plans_own_deadline_is_shown_beside_the_computed_one() -> None:
    gop = RehabilitationPlan(
        level_text="almen",
        contact_expected_end=Moment(dt.date(2026, 2, 6)),
        start_deadline_text=RichText("Først efter kontrol i uge 9"),
    )

    assert "Først efter kontrol i uge 9" in the_duty(gop).text


@pytest.mark.parametrize(
    "message",
    [Correspondence(), Receipt(outcome=ReceiptOutcome.POSITIVE), UnknownMessage(root="Nyt")],
)
def test_other_messages_have_no_deadline_in_the_agreement(message: Message) -> None:
    assert agenda(message, MONDAY, SJAELLAND).duties == ()


def test_times_without_a_zone_are_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        agenda(CarePlan(), dt.datetime(2026, 2, 2), SJAELLAND)
