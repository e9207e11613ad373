"""The rules at the door: what the gateway takes, what it refuses and who stands in the way."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from tests.gateway.mailbox import KEY, admission, correspondence, plan
from tests.gateway.office import Office, winner
from visitator.domain.entries import (
    AnswerCategory,
    Closed,
    DeliveryFailed,
    Entry,
    KnownBody,
    Lapsed,
    LapseReason,
    LetterHandled,
    MessageReceived,
    NoteAdded,
    Opened,
    PhoneCall,
    PlanState,
    ReplyHandedOver,
    encode_entry,
)
from visitator.domain.messages import CarePlan
from visitator.gateway.database import Database
from visitator.gateway.push import push_results
from visitator.identifiers import new_entry_id, new_letter_id

OK, QUESTION, COORDINATION = AnswerCategory


@pytest.fixture
def pathway(office: Office) -> str:
    """A pathway with a plan to answer."""
    return office.receive()


def test_an_entry_is_accepted_and_handed_out_as_it_came(office: Office, pathway: str) -> None:
    note = office.note(pathway)
    result = office.push_one(note)
    assert (result.status, result.seq, result.reason) == ("accepted", 2, None)
    assert result.server_time == office.now
    (entry,) = (each for each in office.entries() if each.id == note.id)
    assert entry.seq == 2
    assert entry.body == note.body


# --- one answer


def test_of_two_replies_to_one_state_the_first_is_accepted(office: Office, pathway: str) -> None:
    first = office.reply(pathway, OK)
    second = office.reply(pathway, QUESTION, user="BKR")
    assert office.push_one(first).status == "accepted"
    result = office.push_one(second, user="BKR")
    assert (result.status, result.reason) == ("rejected", "already_answered")
    stands = winner(result)
    assert stands is not None
    assert (stands.id, stands.author, stands.body) == (first.id, "AHN", first.body)
    assert len(office.pathway(pathway).replies) == 1


def test_who_answered_is_said_even_when_a_new_plan_came_after(office: Office, pathway: str) -> None:
    first, second = office.reply(pathway), office.reply(pathway, user="BKR")
    office.push(first)
    office.receive(plan())
    result = office.push_one(second, user="BKR")
    assert (result.reason, winner(result).id) == ("already_answered", first.id)  # type: ignore[union-attr]


def test_a_reply_to_a_superseded_plan_is_told_of_the_new_one(office: Office, pathway: str) -> None:
    late = office.reply(pathway)
    office.receive(plan())
    result = office.push_one(late)
    stands = winner(result)
    assert (result.status, result.reason) == ("rejected", "superseded")
    assert stands is not None
    assert stands.seq == 2
    assert isinstance(stands.body, MessageReceived)


def test_a_reply_that_has_not_seen_the_hospitals_answer_is_told_of_it(
    office: Office, pathway: str
) -> None:
    question = office.reply(pathway, QUESTION)
    office.push(question)
    late = office.reply(pathway, OK)
    office.receive(correspondence())
    result = office.push_one(late)
    stands = winner(result)
    assert (result.reason, stands is not None and stands.seq) == ("superseded", 3)
    assert office.push_one(office.reply(pathway, OK)).status == "accepted"


def test_a_call_that_clears_the_question_makes_a_new_state(office: Office, pathway: str) -> None:
    office.push(office.reply(pathway, QUESTION))
    late = office.reply(pathway, OK)
    call = office.entry(
        pathway, PhoneCall(whom="Afdelingen", at=office.now, text="Afklaret", clears=True)
    )
    office.push(call)
    result = office.push_one(late)
    assert (result.reason, winner(result).id) == ("superseded", call.id)  # type: ignore[union-attr]


def test_after_an_answered_question_the_plan_can_be_answered_again(
    office: Office, pathway: str
) -> None:
    for category in (QUESTION, COORDINATION, OK):
        assert office.push_one(office.reply(pathway, category)).status == "accepted"


def test_a_reply_where_there_is_no_plan_has_nothing_to_answer(office: Office) -> None:
    pathway = office.receive(admission())
    nothing = PlanState(plan=new_entry_id(office.now))
    result = office.push_one(office.reply(pathway, to=nothing))
    assert (result.status, result.reason) == ("rejected", "nothing_to_answer")


@pytest.mark.parametrize(
    "identifiers",
    [
        {"letter_id": None},
        {"envelope_id": None},
        {"letter_id": ""},
        {"letter_id": "kort"},
        {"envelope_id": "../../etc/passw"},
    ],
)
def test_a_reply_without_identifiers_of_its_own_is_refused(
    office: Office, pathway: str, identifiers: dict[str, Any]
) -> None:
    result = office.push_one(office.reply(pathway, **identifiers))
    assert (result.status, result.reason) == ("rejected", "identifiers_missing")
    assert office.pathway(pathway).replies == ()


def test_an_accepted_reply_becomes_one_message_signed_by_its_author(
    office: Office, pathway: str
) -> None:
    reply = office.reply(pathway, letter_id="ABCDEFGHIJKLMN")
    office.push(reply)
    office.push(reply)
    health = office.call("GET", "/v1/health").json()
    assert health["queues"]["outgoing"] == 2  # the receipt for the plan, and the reply


# --- assignment


def test_the_first_to_take_a_pathway_gets_it(office: Office, pathway: str) -> None:
    mine = office.assignment(pathway, "AHN", None)
    theirs = office.assignment(pathway, "BKR", None, "BKR")
    assert office.push_one(mine).status == "accepted"
    result = office.push_one(theirs, user="BKR")
    assert (result.status, result.reason) == ("rejected", "conflict")
    assert winner(result).id == mine.id  # type: ignore[union-attr]
    assert office.pathway(pathway).owner == "AHN"


def test_a_pathway_can_be_taken_over_by_who_knows_the_owner(office: Office, pathway: str) -> None:
    office.push(office.assignment(pathway, "AHN", None))
    taken = office.push_one(office.assignment(pathway, "BKR", "AHN", "LED"), user="LED")
    assert taken.status == "accepted"
    assert office.pathway(pathway).owner == "BKR"


def test_to_say_what_already_holds_is_no_conflict(office: Office, pathway: str) -> None:
    office.push(office.assignment(pathway, "AHN", None))
    again = office.push_one(office.assignment(pathway, "AHN", None, "BKR"), user="BKR")
    assert again.status == "accepted"
    assert office.pathway(pathway).owner == "AHN"


# --- what is refused whatever the state


def test_a_pathway_that_the_gateway_has_not_got_is_gone(office: Office) -> None:
    result = office.push_one(office.note("0190-ukendt"))
    assert (result.status, result.reason, result.winner) == ("rejected", "gone", None)


@pytest.mark.parametrize(
    "body",
    [
        ReplyHandedOver(reply="E1"),
        DeliveryFailed(reply="E1", reason="x"),
    ],
)
def test_what_the_gateway_writes_itself_nobody_else_may(
    office: Office, pathway: str, body: KnownBody
) -> None:
    result = office.push_one(office.entry(pathway, body))
    assert (result.status, result.reason) == ("rejected", "forbidden")


def test_nobody_can_push_a_message_from_the_hospital(office: Office, pathway: str) -> None:
    forged = MessageReceived(message=CarePlan(), received_at=office.now, raw_id="raw")
    result = office.push_one(office.entry(pathway, forged))
    assert (result.status, result.reason) == ("rejected", "forbidden")
    assert len(office.pathway(pathway).plans) == 1


@pytest.mark.parametrize(
    ("user", "body", "reason"),
    [
        ("LED", Opened(), None),
        ("LED", NoteAdded(text="x"), "forbidden"),
        ("LED", Closed(), "forbidden"),
        ("LED", LetterHandled(letter="E"), "forbidden"),
        ("PLE", Opened(), None),
        ("PLE", NoteAdded(text="x"), "forbidden"),
        ("PLE", Lapsed(reason=LapseReason.DEATH), "forbidden"),
        ("AHN", Closed(), None),
        ("AHN", LetterHandled(letter="E"), None),
    ],
)
def test_a_role_may_write_its_own_kinds(
    office: Office, pathway: str, user: str, body: KnownBody, reason: str | None
) -> None:
    result = office.push_one(office.entry(pathway, body, user), user=user)
    assert result.reason == reason


def test_a_manager_cannot_answer_and_care_staff_cannot_assign(office: Office, pathway: str) -> None:
    reply = office.push_one(office.reply(pathway, user="LED"), user="LED")
    assigned = office.push_one(office.assignment(pathway, "PLE", None, "PLE"), user="PLE")
    assert reply.reason == assigned.reason == "forbidden"
    assert not office.pathway(pathway).replies


@pytest.mark.parametrize("year", [1, 1770, 2101, 9999])
def test_what_is_dated_where_no_calendar_goes_is_invalid(
    office: Office, pathway: str, year: int
) -> None:
    """No letter could be dated by it, and no screen show it."""
    then = dt.datetime(year, 3, 5, 8, tzinfo=dt.UTC)
    reply = msgspec.structs.replace(office.reply(pathway), occurred_at=then)
    call = office.entry(pathway, PhoneCall(whom="O3", at=then, text="Ringet op"))
    results = office.push(reply, call)
    assert [each.reason for each in results] == ["invalid", "invalid"]
    assert office.push_one(office.reply(pathway)).status == "accepted"


@pytest.mark.parametrize(
    "changes",
    [
        {"id": "E1"},
        {"id": "2f8d7a3e-3c3c-4c3c-8c3c-3c3c3c3c3c3c"},
        {"id": "x" * 1_000},
        {"pathway_id": "\0"},
        {"pathway_id": ""},
        {"pathway_id": "P" * 65},
        {"seq": 7},
    ],
)
def test_a_malformed_entry_is_invalid(
    office: Office, pathway: str, changes: dict[str, object]
) -> None:
    fields = json.loads(encode_entry(office.note(pathway))) | changes
    result = office.push_one(json.dumps(fields).encode())
    assert (result.id, result.status, result.reason) == (fields["id"], "rejected", "invalid")


def test_a_body_that_is_not_well_formed_does_not_stop_the_others(
    office: Office, pathway: str
) -> None:
    broken = json.loads(encode_entry(office.note(pathway)))
    broken["body"] = {"kind": "note_added", "text": 7}
    results = office.push(json.dumps(broken).encode(), office.note(pathway))
    assert [result.status for result in results] == ["rejected", "accepted"]


def test_a_kind_of_tomorrow_waits_and_so_does_what_follows_in_its_pathway(
    office: Office, pathway: str
) -> None:
    other = office.receive(plan(cpr="2509479989", episode="AB12"))
    unknown = json.loads(encode_entry(office.note(pathway)))
    unknown["body"] = {"kind": "robot_waved"}
    results = office.push(json.dumps(unknown).encode(), office.note(pathway), office.note(other))
    assert [result.status for result in results] == ["retry", "retry", "accepted"]
    assert len(office.pathway(pathway).timeline) == 1


# --- the door and the fold agree


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.sampled_from(["OK", "QUESTION", "stale", "letter", "plan", "call"]), max_size=8
    )
)
def test_a_reply_is_accepted_exactly_when_it_counts(
    tmp_path_factory: pytest.TempPathFactory, steps: list[str]
) -> None:
    office = Office(Database.sqlite(tmp_path_factory.mktemp("g") / "g.db", KEY))
    pathway = office.receive()
    states = [office.pathway(pathway).to_answer]
    replies: list[tuple[Entry, str]] = []
    for step in steps:
        if step == "letter":
            office.receive(correspondence())
        elif step == "plan":
            office.receive(plan())
        elif step == "call":
            body = PhoneCall(whom="x", at=office.now, text="", clears=True)
            office.push(office.entry(pathway, body))
        else:
            state = states[0] if step == "stale" else None
            reply = office.reply(pathway, AnswerCategory[step] if state is None else OK, to=state)
            replies.append((reply, office.push_one(reply).status))
        states.append(office.pathway(pathway).to_answer)
    folded = office.pathway(pathway).replies
    assert [reply.entry.id for reply in folded] == [
        reply.id for reply, status in replies if status == "accepted"
    ]
    assert all(reply.counts for reply in folded)
    answered = [reply.sent.answers for reply in folded]
    assert len(answered) == len(set(map(str, answered)))
    office.close()


# --- the record


def test_an_entry_that_comes_again_gets_the_first_answer(office: Office, pathway: str) -> None:
    first, second = office.reply(pathway), office.reply(pathway, user="BKR")
    accepted = office.push_one(first)
    rejected = office.push_one(second, user="BKR")
    office.later(days=400)
    office.receive(plan())
    again = office.push_one(first)
    assert (again.status, again.seq) == ("duplicate", accepted.seq)
    assert again.server_time == accepted.server_time
    refused = office.push_one(second, user="BKR")
    assert (refused.status, refused.reason) == ("rejected", rejected.reason)
    assert winner(refused) == winner(rejected)
    assert len(office.pathway(pathway).replies) == 1


def test_the_same_entry_twice_in_one_push_is_one_entry(office: Office, pathway: str) -> None:
    note = office.note(pathway)
    results = office.push(note, note)
    assert [(r.status, r.seq) for r in results] == [("accepted", 2), ("duplicate", 2)]


def test_a_known_id_with_another_body_refuses_the_whole_push(office: Office, pathway: str) -> None:
    note = office.note(pathway)
    office.push(note)
    other = office.entry(pathway, NoteAdded(text="noget andet"), id=note.id)
    innocent = office.note(pathway)
    response = office.post(innocent, other)
    assert (response.status_code, response.json()["error"]) == (422, "id_reused")
    assert [entry.id for entry in office.entries()][1:] == [note.id]
    assert office.push_one(innocent).status == "accepted"


def test_an_entry_taken_by_another_version_of_the_gateway_is_known(
    office: Office, pathway: str
) -> None:
    """It may have written the same entry in another way, and hashed that."""
    entry = office.note(pathway)
    taken = office.push_one(entry)
    with office.database.write() as connection:
        connection.execute(update(push_results).values(hash=bytes(32)))
    again = office.push_one(entry)
    assert (again.status, again.seq) == ("duplicate", taken.seq)
    other = office.entry(pathway, NoteAdded(text="noget andet"), id=entry.id)
    assert office.post(other).status_code == 422


def test_an_id_of_the_gateways_own_entries_cannot_be_used(office: Office, pathway: str) -> None:
    (received,) = office.entries()
    response = office.post(office.entry(pathway, NoteAdded(text="x"), id=received.id))
    assert (response.status_code, response.json()["error"]) == (422, "id_reused")


def test_a_rejected_id_with_another_body_is_refused_too(office: Office, pathway: str) -> None:
    note = office.note(pathway, user="LED")
    assert office.push_one(note, user="LED").status == "rejected"
    other = office.entry(pathway, Opened(), "LED", id=note.id)
    assert office.post(other, user="LED").status_code == 422
    assert len(office.entries()) == 1


def test_a_reply_that_fails_on_its_way_out_is_not_accepted(
    office: Office, pathway: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The entry, its record and its message are one transaction."""

    def fail(*_: object) -> None:
        raise RuntimeError

    reply = office.reply(pathway, letter_id=new_letter_id())
    with monkeypatch.context() as patched:
        patched.setattr("visitator.gateway.outgoing.queue_letter", fail)
        assert office.post(reply).status_code == 500
    assert office.pathway(pathway).replies == ()
    assert office.push_one(reply).status == "accepted"
