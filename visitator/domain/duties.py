"""What a message asks of whom, and by when, under one agreement (requirements §0 and §11).

A duty without a fixed deadline is still a duty: the agreement's own words stand where the time
would, and what is not known is said to be not known.
"""

import datetime as dt
from collections.abc import Iterator

import msgspec

from visitator.domain.agreement import Agreement, Confidence, Fact, Rule, Status
from visitator.domain.calendar import CalendarRangeError, is_weekend_or_holiday, statutory_holiday
from visitator.domain.deadlines import (
    COPENHAGEN,
    Due,
    InstantRule,
    effective_deadline,
    whole_day,
)
from visitator.domain.messages import (
    AdmissionNotification,
    CarePlan,
    DischargeNotification,
    DischargeReport,
    Message,
    RehabilitationPlan,
)
from visitator.domain.moment import Moment
from visitator.domain.notice import Notice
from visitator.domain.rehabilitation import StartDue, start_due_of
from visitator.domain.terms import Actor
from visitator.domain.text import RichText

_DAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")


class Duty(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing somebody must do about a message."""

    code: str
    label: str
    """Danish, short: ``Svar på plejeforløbsplanen``."""
    actor: Actor
    status: Status
    """``fixed``: there is a deadline. ``none``: the agreement sets none. ``unknown``: not known."""
    due: Due | None = None
    effective: Due | None = None
    """Effektiv frist: earlier than `due` when the citizen is planned to be home before it."""
    text: str = ""
    """The rule in the agreement's words, or what holds instead of a deadline."""
    source: str | None = None
    confidence: Confidence | None = None


class Agenda(msgspec.Struct, frozen=True, kw_only=True):
    """The duties of one message, and what should be noticed about its dates."""

    duties: tuple[Duty, ...] = ()
    notices: tuple[Notice, ...] = ()


def agenda(message: Message, received_at: dt.datetime, agreement: Agreement) -> Agenda:
    """What must be done about `message`, by when.

    Args:
        message: the message as read.
        received_at: aware instant it reached the municipality; the clocks start here (§11).
        agreement: the profile in force.

    Raises:
        CalendarRangeError: `received_at` is outside the years whose holidays are known.
    """
    match message:
        case CarePlan():
            return _care_plan(message, received_at, agreement)
        case AdmissionNotification() if not (message.is_cancelled or message.says_dead):
            return Agenda(duties=(_admission_report(received_at, agreement),))
        case DischargeNotification() if message.sends_home:
            return Agenda(duties=(_responsibility(message.discharged, agreement),))
        case DischargeReport():
            return Agenda(
                duties=(_responsibility(message.discharged, agreement),),
                notices=tuple(_responsibility_notices(message)),
            )
        case RehabilitationPlan():
            return Agenda(duties=(_rehabilitation(message, agreement),))
        case _:
            return Agenda()


def _duty(code: str, label: str, actor: Actor, fact: Fact, due: Due | None = None) -> Duty:
    return Duty(
        code=code,
        label=label,
        actor=actor,
        status=fact.status,
        due=due,
        text=fact.text,
        source=fact.source,
        confidence=fact.confidence,
    )


def _not_known(duty: Duty, why: str) -> Duty:
    """The same duty where the date it counts from is missing or out of range."""
    return msgspec.structs.replace(duty, status="unknown", due=None, text=f"{why} {duty.text}")


def _care_plan(plan: CarePlan, received_at: dt.datetime, agreement: Agreement) -> Agenda:
    """Rules C, D and H: the answer, whether the plan came late, and a weekend discharge."""
    rule = agreement.care_plan.reply
    due = _clock(rule, received_at, agreement)
    duty = _duty("answer_care_plan", "Svar på plejeforløbsplanen", "municipality", rule, due)
    if due:
        effective = _effective(due, plan.planned_discharge, agreement)
        duty = msgspec.structs.replace(duty, effective=effective)
    return Agenda(duties=(duty,), notices=tuple(_plan_notices(plan, received_at, agreement)))


def _clock(rule: Rule[InstantRule], received_at: dt.datetime, agreement: Agreement) -> Due | None:
    return rule.deadline.due(received_at, agreement.calendar) if rule.deadline else None


def _effective(due: Due, planned: Moment | None, agreement: Agreement) -> Due | None:
    """The earlier of the two; of a discharge without a time of day only the day is known."""
    if planned is None:
        return None
    if planned.time is None:
        return whole_day(planned.date) if planned.date < due.local.date() else None
    hours = agreement.care_plan.effective_hours_before_discharge
    try:
        effective = effective_deadline(due, planned.instant(), hours)
    except CalendarRangeError:
        return None
    return effective if effective.at < due.at else None


def _plan_notices(
    plan: CarePlan, received_at: dt.datetime, agreement: Agreement
) -> Iterator[Notice]:
    planned = plan.planned_discharge
    if planned is None:
        yield Notice("udskrivning_mangler", "Planen har ingen udskrivningsdato.")
        return
    try:
        if is_weekend_or_holiday(planned.date):
            day = statutory_holiday(planned.date) or f"en {_DAYS[planned.date.weekday()]}"
            rule = agreement.weekend_discharge
            text = f"Planlagt udskrivning falder på {day}."
            if rule.status != "unknown":
                text = f"{text} {rule.text}"
            yield Notice("udskrivning_weekend", text)
        sent_latest = agreement.care_plan.sent_latest.deadline
        sent_at = plan.sent_at.replace(tzinfo=COPENHAGEN) if plan.sent_at else received_at
        if sent_latest and sent_latest.due(planned.date, agreement.calendar).is_passed(sent_at):
            yield Notice("plan_sen", f"Sen plan. {agreement.care_plan.sent_latest.text}")
    except CalendarRangeError as error:
        yield Notice("dato_uden_for_kalender", str(error))


def _admission_report(received_at: dt.datetime, agreement: Agreement) -> Duty:
    """Rules A and B."""
    rule = agreement.admission_report.update
    due = _clock(rule, received_at, agreement)
    label = "Opdateret indlæggelsesrapport ved behov"
    return _duty("update_admission_report", label, "municipality", rule, due)


def _responsibility(discharged: Moment | None, agreement: Agreement) -> Duty:
    """R7.7: an estimate from the discharge; what the report says goes first."""
    rule = agreement.extended_responsibility
    label = "Sygehusets behandlingsansvar ophører (skøn)"
    duty = _duty("extended_responsibility", label, "hospital", rule)
    if rule.deadline is None:
        return duty
    if discharged is None or discharged.time is None:
        return _not_known(duty, "Udskrivningens tidspunkt mangler.")
    try:
        due = rule.deadline.due(discharged.instant(), agreement.calendar)
    except CalendarRangeError as error:
        return _not_known(duty, str(error))
    return msgspec.structs.replace(duty, due=due)


def _responsibility_notices(report: DischargeReport) -> Iterator[Notice]:
    texts = [field.value for field in report.extra]
    texts += [str(area.text) for area in report.nursing_problem_areas if area.text]
    texts += [
        value.text
        for value in msgspec.structs.asdict(report).values()
        if isinstance(value, RichText)
    ]
    if any("behandlingsansvar" in text.casefold() for text in texts):
        yield Notice(
            "behandlingsansvar_oplyst",
            "Rapporten omtaler behandlingsansvar; et tidspunkt dér går forud for beregningen.",
        )


def _rehabilitation(plan: RehabilitationPlan, agreement: Agreement) -> Duty:
    """Rules L and M: who starts and by when depends on the level."""
    duty = start_duty(start_due_of(plan, agreement))
    if not plan.start_deadline_text:
        return duty
    own = f"Planens egen tidsfrist: {plan.start_deadline_text}"
    return msgspec.structs.replace(duty, text=f"{duty.text} {own}")


def start_duty(start: StartDue) -> Duty:
    """To start rehabilitation, as one of the duties."""
    return Duty(
        code="start_rehabilitation",
        label="Genoptræningen påbegyndes",
        actor=start.actor,
        status=start.status,
        due=start.due,
        text=start.text,
        source=start.source,
        confidence=start.confidence,
    )
