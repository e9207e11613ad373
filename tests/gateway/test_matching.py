"""Which pathway a letter belongs to: citizen and episode, never a name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.gateway.mailbox import (
    AKSEL,
    EPISODE,
    NANCY,
    OTHER_EPISODE,
    Post,
    admission,
    changed,
    correspondence,
    discharge,
    plan,
    written,
)
from tests.medcom.files import fixture
from visitator.domain.citizen import Citizen
from visitator.domain.entries import Lapsed, LapseReason
from visitator.domain.messages import AnyMessage, CarePlan, RehabilitationPlan
from visitator.domain.terms import Stay
from visitator.gateway.database import Database
from visitator.medcom.hospital import write_hospital_letter


@pytest.fixture
def post(mail_database: Database, tmp_path: Path) -> Post:
    """A gateway's mail, on both kinds of database."""
    return Post(mail_database, tmp_path / "post")


REPLACEMENT = "0203291WQ3"


def pathway_of(post: Post, message: AnyMessage) -> str:
    (entered,) = post.receive(written(message)).entries
    return entered.pathway_id


def rehabilitation_plan(**changes: Any) -> bytes:
    given = plan(**changes)
    header = {name: getattr(given, name) for name in ("letter_id", "envelope_id", "citizen")}
    return write_hospital_letter(
        RehabilitationPlan(
            version_code="GGOP100",
            statistical_code="GGOP1",
            type_code="GGOP",
            sender=given.sender,
            receiver=given.receiver,
            authorised_at=given.authorised_at,
            sent_at=given.sent_at,
            episode_id=given.episode_id,
            level_text="almen",
            **header,
        )
    )


def test_a_plan_for_an_unknown_citizen_opens_a_pathway(post: Post) -> None:
    mine = pathway_of(post, plan())
    state = post.pathways[mine]
    assert state.current_plan is not None
    assert state.citizen is not None
    assert state.citizen.key == NANCY
    assert state.episode_key == EPISODE


def test_everything_about_one_stay_is_one_pathway(post: Post) -> None:
    stay: list[AnyMessage] = [admission(), plan(), correspondence(), plan(), discharge()]
    assert len({pathway_of(post, message) for message in stay}) == 1


def test_an_advis_has_no_name_and_is_found_by_its_numbers(post: Post) -> None:
    mine = pathway_of(post, plan())
    assert pathway_of(post, admission()) == mine
    citizen = post.pathways[mine].citizen
    assert citizen is not None
    assert citizen.name == "Karen-Margrethe Østerby Vind"


def test_hyphens_and_case_make_no_other_episode(post: Post) -> None:
    written_by_hand = "3F0C52A9-D1E8-4B77-96AA-10C4BE2D5F61"
    assert pathway_of(post, plan()) == pathway_of(post, plan(episode=written_by_hand))


def test_two_episodes_of_one_citizen_are_two_pathways(post: Post) -> None:
    assert pathway_of(post, plan()) != pathway_of(post, plan(episode=OTHER_EPISODE))


def test_two_citizens_with_one_episode_number_are_two_pathways(post: Post) -> None:
    assert pathway_of(post, plan()) != pathway_of(post, plan(AKSEL))


def test_a_letter_without_episode_joins_the_only_open_pathway(post: Post) -> None:
    mine = pathway_of(post, plan())
    pathway_of(post, plan(AKSEL))
    assert pathway_of(post, correspondence(episode=None)) == mine


def test_a_rehabilitation_plan_without_episode_joins_it_too(post: Post) -> None:
    mine = pathway_of(post, plan())
    (entered,) = post.receive(rehabilitation_plan(episode=None)).entries
    assert entered.pathway_id == mine


def test_a_rehabilitation_plan_that_came_as_correspondence_joins_it_too(post: Post) -> None:
    data = fixture("ggop_as_xdis91")
    (entered,) = post.receive(data).entries
    assert entered.kind == "rehabilitation_plan"


def test_an_attachment_joins_the_only_open_pathway(post: Post) -> None:
    (letter,) = post.receive(fixture("xdis91_high_priority_with_references")).entries
    (attachment,) = post.receive(fixture("xbin01_matching_reference")).entries
    assert attachment.kind == "attachment"
    assert attachment.pathway_id == letter.pathway_id


def test_with_two_open_pathways_nobody_guesses(post: Post) -> None:
    known = {pathway_of(post, plan()), pathway_of(post, plan(episode=OTHER_EPISODE))}
    assert pathway_of(post, correspondence(episode=None)) not in known


def test_a_closed_pathway_is_not_joined_without_its_episode(post: Post) -> None:
    mine = pathway_of(post, plan())
    post.close(mine)
    assert pathway_of(post, correspondence(episode=None)) != mine


def test_a_lapsed_pathway_is_not_either(post: Post) -> None:
    mine = pathway_of(post, plan())
    post.append(mine, Lapsed(reason=LapseReason.TRANSFERRED))
    assert pathway_of(post, correspondence(episode=None)) != mine


def test_the_open_one_is_joined_when_the_other_is_closed(post: Post) -> None:
    first, second = pathway_of(post, plan()), pathway_of(post, plan(episode=OTHER_EPISODE))
    post.close(first)
    assert pathway_of(post, correspondence(episode=None)) == second


def test_a_discharge_closes_nothing(post: Post) -> None:
    mine = pathway_of(post, plan())
    pathway_of(post, discharge())
    assert post.pathways[mine].stay is Stay.DISCHARGED
    assert pathway_of(post, correspondence(episode=None)) == mine


def test_a_closed_pathway_still_gets_what_names_its_episode(post: Post) -> None:
    mine = pathway_of(post, plan())
    post.close(mine)
    assert pathway_of(post, plan()) == mine
    assert pathway_of(post, correspondence(episode=None)) == mine, "the new plan opened it again"


def with_numbers(message: CarePlan, cpr: str | None, replacement: str | None) -> CarePlan:
    return changed(
        message, citizen=Citizen(cpr=cpr, replacement_cpr=replacement, surname="Østerby Vind")
    )


def test_a_replacement_number_is_a_number(post: Post) -> None:
    mine = pathway_of(post, with_numbers(plan(), None, REPLACEMENT))
    assert pathway_of(post, with_numbers(plan(), None, REPLACEMENT.lower())) == mine
    assert pathway_of(post, with_numbers(plan(), None, "1308781OS6")) != mine


def test_a_citizen_who_gets_a_real_number_keeps_the_pathway(post: Post) -> None:
    mine = pathway_of(post, with_numbers(plan(), None, REPLACEMENT))
    assert pathway_of(post, with_numbers(plan(), NANCY, REPLACEMENT)) == mine
    assert pathway_of(post, plan()) == mine


@pytest.mark.parametrize("cpr", [None, "0000000000"], ids=["none", "unknown"])
def test_without_a_citizen_number_a_letter_is_nobody_elses(post: Post, cpr: str | None) -> None:
    """Not even with an episode that is known: a letter is never shown with another citizen."""
    known = {pathway_of(post, plan()), pathway_of(post, plan(AKSEL, OTHER_EPISODE))}
    own = pathway_of(post, plan(cpr))
    assert own not in known
    assert pathway_of(post, plan(cpr)) == own, "a new version of the same nameless plan"
    assert pathway_of(post, plan(cpr, None)) not in known | {own}
    assert pathway_of(post, plan(cpr, None)) not in known | {own}


def test_numbers_longer_than_any_number_are_kept_apart_too(post: Post) -> None:
    long, longer = "7" * 500, "7" * 501
    assert pathway_of(post, plan(long)) == pathway_of(post, plan(long))
    assert pathway_of(post, plan(long)) != pathway_of(post, plan(longer))
    assert pathway_of(post, plan(episode=long)) != pathway_of(post, plan(episode=longer))
