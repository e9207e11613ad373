"""Journal entries: what they refuse, and that they survive the wire whatever they hold."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.strategies import anything, at, bodies, entry
from visitator.domain.entries import (
    AnswerCategory,
    AnyBody,
    Body,
    Closed,
    ConferenceForm,
    Entry,
    EntryError,
    KnownBody,
    LapseReason,
    MessageReceived,
    PhoneCall,
    PlanState,
    RehabilitationStep,
    ReplySent,
    UnknownBody,
    decode_entry,
    encode_entry,
)
from visitator.domain.messages import AnyMessage, CarePlan


def wire(body: str, **fields: object) -> bytes:
    """An entry as JSON, around a body written by hand."""
    envelope = {
        "id": "E01",
        "pathway_id": "P1",
        "author": "AHN",
        "device": "PC1",
        "occurred_at": "2026-02-02T07:01:00Z",
        "seq": 7,
    } | fields
    return f'{json.dumps(envelope)[:-1]}, "body": {body}}}'.encode()


@given(bodies(), st.none() | st.integers(0, 2**40), st.integers(0, 99))
def test_an_entry_comes_back_as_it_was(body: AnyBody, seq: int | None, number: int) -> None:
    sent = entry(number, body, seq=seq)
    assert decode_entry(encode_entry(sent)) == sent


@given(st.sampled_from(get_args(AnyMessage)).flatmap(anything))
def test_a_message_comes_back_whole(message: AnyMessage) -> None:
    sent = entry(1, MessageReceived(message=message, received_at=at(1), raw_id="raw"))
    assert decode_entry(encode_entry(sent)) == sent


def test_the_wire_form_is_plain_json_with_the_kind_in_the_body() -> None:
    reply = ReplySent(
        category=AnswerCategory.OK, answers=PlanState(plan="E01", seen="E02"), letter_id="SVAR1"
    )
    assert json.loads(encode_entry(entry(3, reply, seq=12))) == {
        "id": "E03",
        "pathway_id": "P1",
        "author": "AHN",
        "device": "PC1",
        "occurred_at": "2026-02-02T07:03:00Z",
        "seq": 12,
        "version": 1,
        "body": {
            "kind": "reply_sent",
            "category": "ok",
            "answers": {"plan": "E01", "seen": "E02"},
            "letter_id": "SVAR1",
        },
    }


def test_the_kinds_are_these_and_each_has_its_own_word() -> None:
    kinds = [entry(1, body).kind for body in map(minimal, get_args(KnownBody))]
    assert kinds == [
        "message_received",
        "reply_sent",
        "correspondence_sent",
        "assigned",
        "opened",
        "phone_call",
        "conference_agreed",
        "conference_minutes_received",
        "treatment_resumed",
        "lapsed",
        "closed",
        "letter_handled",
        "note_added",
        "admission_entered",
        "checklist_ticked",
        "present_at_admission",
        "follow_up_assigned",
        "follow_up_closed",
        "admission_report_sent",
        "admission_report_not_needed",
        "leave_noted",
        "checklist_exported",
        "note_exported",
        "rehabilitation_contacted",
        "free_choice_explained",
        "rehabilitation_offer_chosen",
        "rehabilitation_start_agreed",
        "rehabilitation_started",
        "rehabilitation_postponed",
        "transport_arranged",
        "control_status_written",
        "rehabilitation_ended",
        "rehabilitation_step_withdrawn",
        "rehabilitation_date_set",
        "rehabilitation_level_set",
        "rehabilitation_linked",
        "reply_handed_over",
        "delivery_failed",
    ]
    made = {*Body.__subclasses__(), *RehabilitationStep.__subclasses__()}
    assert made - {RehabilitationStep} == set(get_args(KnownBody))


def minimal(kind: type[KnownBody]) -> KnownBody:
    fields: dict[type, dict[str, Any]] = {
        MessageReceived: {"message": CarePlan(), "received_at": at(1), "raw_id": ""},
        PhoneCall: {"whom": "", "at": at(1), "text": ""},
    }
    return kind(**fields.get(kind, dict.fromkeys(kind.__struct_fields__, "")))


UNKNOWN = '{"kind": "robot_waved",  "arms": [1, 2.50, {"x":null}], "æ": "ø"}'


def test_a_kind_of_tomorrow_is_kept_to_the_last_byte() -> None:
    read = decode_entry(wire(UNKNOWN))
    assert read.body == UnknownBody(kind="robot_waved", raw=UNKNOWN.encode())
    assert read.kind == "robot_waved"
    assert read.seq == 7
    assert UNKNOWN.encode() in encode_entry(read)
    assert decode_entry(encode_entry(read)) == read


@given(
    st.dictionaries(
        st.text(), st.recursive(st.integers() | st.text() | st.none(), st.lists), max_size=4
    )
)
def test_any_body_of_tomorrow_survives_the_round_trip(fields: dict[str, Any]) -> None:
    body = json.dumps({**fields, "kind": "robot_waved"})
    again = json.loads(encode_entry(decode_entry(wire(body))))
    assert again["body"] == json.loads(body)


def test_a_newer_version_of_a_known_kind_is_kept_and_not_guessed_at() -> None:
    body = '{"kind": "closed", "reason": "something that changes what it means"}'
    read = decode_entry(wire(body, version=2))
    assert read.body == UnknownBody(kind="closed", raw=body.encode())
    assert read.version == 2
    assert decode_entry(encode_entry(read)) == read


def test_a_new_optional_field_does_not_hide_a_known_kind() -> None:
    assert decode_entry(wire('{"kind": "closed", "mood": "good"}')).body == Closed()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "truncated"),
        (b"\xff", "malformed"),
        (b"[]", "got `array`"),
        (b'{"id": "E01"}', "missing required field"),
        (wire('{"kind": "closed"}', occurred_at="2026-02-02T07:01:00"), "timezone"),
        (wire('{"kind": "lapsed", "reason": "bored"}'), "enum"),
        (wire('{"kind": "note_added"}'), "missing required field `text`"),
        (wire('{"no": "kind"}'), "missing required field `kind`"),
        (wire("[" * 100_000 + "]" * 100_000), "recursion"),
    ],
)
def test_what_is_no_entry_is_refused(data: bytes, says: str) -> None:
    with pytest.raises(EntryError, match=says):
        decode_entry(data)


@given(st.binary())
def test_no_bytes_raise_anything_else(data: bytes) -> None:
    with pytest.raises(EntryError):
        decode_entry(data)


NAIVE = dt.datetime(2026, 2, 2, 8)


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        (Entry, {"id": "E", "pathway_id": "P", "author": "", "device": "", "body": Closed()}),
        (MessageReceived, {"message": CarePlan(), "raw_id": ""}),
        (PhoneCall, {"whom": "", "text": ""}),
    ],
)
def test_an_instant_without_a_zone_is_refused(kind: type[Any], fields: dict[str, Any]) -> None:
    instants = {"occurred_at", "received_at", "at"} & set(kind.__struct_fields__)
    with pytest.raises(ValueError, match="time zone"):
        kind(**fields, **dict.fromkeys(instants, NAIVE))


def test_the_labels_are_the_agreements_own() -> None:
    assert [each.label for each in AnswerCategory] == [
        "Plejeforløbsplan OK",
        "Uddybende spørgsmål",
        "Ønske om udvidet koordinering",
    ]
    assert [each.label for each in ConferenceForm] == [
        "Videokonference",
        "Telefonkonference",
        "Fremmøde",
    ]
    assert [each.label for each in LapseReason] == ["Død", "Overflyttet", "Annulleret"]
