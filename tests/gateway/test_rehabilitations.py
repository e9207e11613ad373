"""Rehabilitation at the gateway: which stay a plan belongs to, and which steps are taken."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.gateway.mailbox import (
    AKSEL,
    EPISODE,
    HOSPITAL,
    MUNICIPALITY,
    NANCY,
    OTHER_EPISODE,
    admission,
    changed,
    discharge,
    plan,
)
from tests.gateway.office import Office, entries_in
from visitator.domain.citizen import Citizen
from visitator.domain.entries import (
    ChoiceChannel,
    Closed,
    ControlStatusWritten,
    FreeChoiceExplained,
    KnownBody,
    MunicipalLevel,
    Opened,
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
    TransportArranged,
)
from visitator.domain.messages import RehabilitationPlan
from visitator.domain.moment import Moment
from visitator.domain.rehabilitation import Rehabilitation, rehabilitation
from visitator.domain.terms import CourseState, PostponementReason, Provider

DAY = dt.date(2030, 3, 8)
BEGUN, ENDED = dt.date(2030, 3, 1), dt.date(2030, 3, 8)
"""As in the notifications of the mailbox."""


def gop(cpr: str = NANCY, episode: str | None = None, **changes: Any) -> RehabilitationPlan:
    """A genoptræningsplan; most name no episode."""
    number = changes.pop("number", 1)
    given: dict[str, Any] = {
        "version_code": "GGOP100",
        "statistical_code": "GGOP1",
        "type_code": "GGOP",
        "letter_id": f"GOP{number:011}",
        "envelope_id": f"GKV{number:011}",
        "authorised_at": dt.datetime(2030, 3, 8, 10, number),
        "sent_at": dt.datetime(2030, 3, 8, 10, number),
        "episode_id": episode,
        "sender": HOSPITAL,
        "receiver": MUNICIPALITY,
        "citizen": Citizen(cpr=cpr, given_name="Karen-Margrethe", surname="Østerby Vind"),
        "level_text": "almen",
        "contact_start": Moment(BEGUN, dt.time(9)),
        "contact_expected_end": Moment(ENDED, dt.time(11)),
    }
    return RehabilitationPlan(**(given | changes))


def steps() -> list[KnownBody]:
    """One entry of each kind about rehabilitation but to take one back."""
    day: dict[str, Any] = {"day": DAY}
    return [
        RehabilitationContacted(**day),
        FreeChoiceExplained(channel=ChoiceChannel.TELEPHONE, **day),
        RehabilitationOfferChosen(provider=Provider.OWN, **day),
        RehabilitationStartAgreed(start=Moment(DAY, dt.time(9)), **day),
        RehabilitationStarted(**day),
        RehabilitationPostponed(reason=PostponementReason.CITIZEN, **day),
        TransportArranged(is_entitled=True, **day),
        ControlStatusWritten(text="Går med rollator.", **day),
        RehabilitationEnded(closing_note="Målene er nået.", **day),
        RehabilitationDateSet(kind_of_date=RehabilitationDate.DISCHARGE, date=DAY),
        RehabilitationLevelSet(level=MunicipalLevel.BASIC),
        RehabilitationLinked(admission=None),
    ]


def course(office: Office, pathway: str) -> Rehabilitation:
    found = rehabilitation(office.pathway(pathway))
    assert found is not None
    return found


# --- which stay


def test_a_plan_with_the_episode_of_the_stay_is_in_its_pathway(office: Office) -> None:
    pathway = office.receive(admission())
    assert office.receive(gop(episode=EPISODE)) == pathway


def test_without_an_episode_the_dates_say_which_of_several_stays(office: Office) -> None:
    other = office.receive(
        changed(admission(NANCY, OTHER_EPISODE), admitted=Moment(dt.date(2030, 1, 4)))
    )
    pathway = office.receive(admission())
    assert pathway != other
    assert office.receive(gop()) == pathway
    earlier = Moment(dt.date(2030, 1, 4))
    assert office.receive(gop(number=2, contact_start=earlier)) == other


def test_a_plan_finds_the_stay_that_is_over_and_closed(office: Office) -> None:
    pathway = office.receive(admission())
    office.receive(discharge())
    office.push(office.entry(pathway, Closed()))
    assert office.receive(gop()) == pathway
    assert office.pathway(pathway).unhandled_letter is not None  # it is seen in the inbox
    assert course(office, pathway).discharge == ENDED


def test_dates_of_no_stay_and_two_stays_of_the_same_dates_join_nothing(office: Office) -> None:
    first, second = office.receive(admission()), office.receive(admission(NANCY, OTHER_EPISODE))
    assert office.receive(gop()) not in {first, second}
    far = Moment(dt.date(2029, 1, 1))
    assert office.receive(gop(number=2, contact_start=far)) not in {first, second}


def test_a_plan_of_a_citizen_nobody_knows_begins_a_pathway_of_its_own(office: Office) -> None:
    known = office.receive(admission())
    alone = office.receive(gop(AKSEL))
    assert alone != known
    assert course(office, alone).admission is None


def test_a_plan_sent_twice_is_one(office: Office) -> None:
    pathway = office.receive(gop())
    assert office.receive(gop()) == pathway
    assert len(course(office, pathway).plans) == 1
    assert len(office.entries()) == 1


def test_a_plan_goes_into_the_pathway_whose_plan_was_answered(office: Office) -> None:
    pathway = office.receive(plan())
    office.push(office.reply(pathway))
    assert office.receive(gop(episode=EPISODE)) == pathway
    office.push(office.entry(pathway, RehabilitationContacted(day=DAY)))
    assert course(office, pathway).state is CourseState.CONTACTED


# --- who may, and what is refused


@pytest.mark.parametrize("user", ["AHN", "LED", "PLE"])
def test_only_a_visitator_takes_steps(office: Office, user: str) -> None:
    pathway = office.receive(gop())
    for body in steps():
        result = office.push_one(office.entry(pathway, body, user), user=user)
        assert result.reason == (None if user == "AHN" else "forbidden"), body


def test_care_staff_sees_nothing_of_it(office: Office) -> None:
    pathway = office.receive(gop())
    office.push(office.entry(pathway, Opened()), *(office.entry(pathway, e) for e in steps()))
    kinds = [entry.kind for entry in entries_in(office.read("/v1/entries", "PLE"))]
    assert kinds == ["opened"]


def test_only_a_step_of_the_same_pathway_can_be_taken_back(office: Office) -> None:
    pathway, elsewhere = office.receive(gop()), office.receive(gop(AKSEL, number=2))
    step = office.entry(pathway, RehabilitationStarted(day=DAY))
    office.push(step)
    withdrawn = RehabilitationStepWithdrawn(step=step.id)
    assert office.push_one(office.entry(elsewhere, withdrawn)).reason == "invalid"
    (received, *_) = office.entries()
    no_step = RehabilitationStepWithdrawn(step=received.id)
    assert office.push_one(office.entry(pathway, no_step)).reason == "invalid"
    for _ in range(2):
        assert office.push_one(office.entry(pathway, withdrawn)).status == "accepted"
    assert course(office, pathway).state is CourseState.RECEIVED


@pytest.mark.parametrize(
    "body",
    [ControlStatusWritten(day=DAY, text=" \n"), RehabilitationLinked(admission="ikke en nøgle")],
)
def test_what_says_nothing_is_refused(office: Office, body: KnownBody) -> None:
    pathway = office.receive(gop())
    assert office.push_one(office.entry(pathway, body)).reason == "invalid"
