"""Every call with every kind of token: who gets in."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.gateway.mailbox import START, admission, plan, written
from tests.gateway.office import Office, entries_in
from visitator.domain.citizen import Citizen
from visitator.domain.entries import (
    AdmissionEntered,
    AdmissionReportNotNeeded,
    AdmissionReportSent,
    ChecklistExported,
    ChecklistTicked,
    FollowUpAssigned,
    FollowUpClosed,
    KnownBody,
    LeaveNoted,
    MessageReceived,
    NoteWay,
    Opened,
    PartState,
    PresentAtAdmission,
    Tick,
)
from visitator.domain.messages import AdmissionNotification
from visitator.domain.moment import Moment
from visitator.domain.roles import MAY_WRITE
from visitator.domain.terms import Role
from visitator.gateway import http, rules, users
from visitator.identifiers import new_letter_id

PATHWAY = "P1"
NOBODY = ("missing", "wrong", "malformed", "revoked", "foreign")
ROLES = ("AHN", "LED", "PLE")

CALLS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "push": ("POST", "/v1/entries", {"json": {"device": "PC1", "entries": []}}),
    "entries": ("GET", "/v1/entries", {}),
    "bootstrap": ("GET", "/v1/bootstrap", {}),
    "digest": ("GET", "/v1/digest?through=0", {}),
    "hand_in": ("POST", "/v1/messages", {"content": b"x"}),
    "raw": ("GET", "/v1/messages/ukendt/raw", {}),
    "quarantine": ("GET", "/v1/quarantine", {}),
    "me": ("GET", "/v1/me", {}),
    "people": ("GET", "/v1/people", {}),
    "presence": ("POST", "/v1/presence", {"json": {"pathway_id": None, "composing": False}}),
    "health": ("GET", "/v1/health", {}),
}

# The answer to each: what gets in and is wrong with the call itself is 400, 404 or 422.
EXPECTED = {
    #             nobody, AHN, LED, PLE
    "push": (401, 400, 400, 400),
    "entries": (401, 200, 200, 200),
    "bootstrap": (401, 200, 200, 200),
    "digest": (401, 200, 200, 200),
    "hand_in": (401, 422, 403, 403),
    "raw": (401, 404, 404, 403),
    "quarantine": (401, 200, 200, 403),
    "me": (401, 200, 200, 200),
    "people": (401, 200, 200, 200),
    "presence": (401, 200, 200, 403),
    "health": (401, 200, 200, 200),
}


def admission_side() -> list[KnownBody]:
    """One entry of each kind about an admission."""
    return [
        AdmissionEntered(citizen=Citizen(cpr="2512489996"), admitted=Moment(dt.date(2030, 3, 1))),
        ChecklistTicked(ticks=(Tick(part="keys", state=PartState.MISSING),)),
        PresentAtAdmission(was_present=True, who="Sofie N."),
        FollowUpAssigned(part="keys", owner="PLE"),
        FollowUpClosed(part="keys", text="Eftersendt"),
        AdmissionReportSent(
            supplement="Faldet", letter_id=new_letter_id(), envelope_id=new_letter_id()
        ),
        AdmissionReportNotNeeded(reason="Intet nyt"),
        LeaveNoted(is_on_leave=True, at=Moment(dt.date(2030, 3, 2))),
        ChecklistExported(way=NoteWay.PRINT),
    ]


@pytest.fixture
def headers(office: Office) -> dict[str, dict[str, str]]:
    """What each kind of nobody sends."""
    revoked = office.enrol("CKL", Role.VISITATOR)
    with office.database.write() as connection:
        users.revoke(connection, "CKL", None, START)
    tokens = {
        "wrong": "Bearer " + "x" * 43,
        "malformed": "Basic QUhOOng=",
        "revoked": f"Bearer {revoked}",
        "foreign": f"Bearer {office.tokens['AHN'].swapcase()}",
    }
    return {who: {"Authorization": token} for who, token in tokens.items()} | {"missing": {}}


def test_the_table_has_every_call(office: Office) -> None:
    documented = office.call("GET", "/v1/openapi.json", None).json()["paths"]
    assert sum(len(methods) for methods in documented.values()) == len(CALLS)
    assert CALLS.keys() == EXPECTED.keys() == http.CALLS.keys() | {"health"}


@pytest.mark.parametrize("who", NOBODY)
@pytest.mark.parametrize("call", CALLS)
def test_nobody_gets_in(
    office: Office, headers: dict[str, dict[str, str]], call: str, who: str
) -> None:
    method, path, more = CALLS[call]
    response = office.call(method, path, None, headers=headers[who], **more)
    if call == "health" and who == "missing":
        assert response.status_code == 200
        assert response.json().keys() == {"version", "ok"}
        return
    assert response.status_code == EXPECTED[call][0]
    assert response.json()["error"] == "unauthorized"
    assert response.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("user", ROLES)
@pytest.mark.parametrize("call", CALLS)
def test_a_role_gets_in_where_it_may(office: Office, call: str, user: str) -> None:
    method, path, more = CALLS[call]
    response = office.call(method, path, user, **more)
    expected = EXPECTED[call][1 + ROLES.index(user)]
    assert response.status_code == expected, response.text
    if expected == 403:
        assert response.json()["error"] == "forbidden"


def test_a_token_stops_at_once_when_it_is_revoked(office: Office) -> None:
    assert office.call("GET", "/v1/me").status_code == 200
    with office.database.write() as connection:
        users.revoke(connection, "AHN", "PC1", START)
    assert office.call("GET", "/v1/me").status_code == 401


@pytest.mark.parametrize(
    ("author", "device", "said_device"),
    [("BKR", "PC1", "PC1"), ("AHN", "PC2", "PC1"), ("AHN", "PC1", "PC2")],
)
def test_entries_of_another_user_or_device_are_not_taken_and_not_judged(
    office: Office, author: str, device: str, said_device: str
) -> None:
    pathway = office.receive()
    entry = office.entry(pathway, Opened(), author, device=device)
    response = office.post(office.note(pathway), entry, device=said_device)
    assert (response.status_code, response.json()["error"]) == (403, "wrong_identity")
    assert len(office.entries()) == 1
    if (author, device) == ("BKR", "PC1"):
        assert office.push_one(entry, user="BKR").status == "accepted"


def test_what_was_written_before_the_computer_got_another_name_is_taken(office: Office) -> None:
    """Otherwise one old entry in the outbox would stop everything there for ever."""
    pathway = office.receive()
    entry = office.note(pathway)
    office.tokens["AHN"] = office.enrol("AHN", Role.VISITATOR, "PC2")
    assert office.post(entry, device="PC2").status_code == 200
    assert office.entries()[-1].device == "PC1"


def test_care_staff_sees_the_admission_and_nothing_else(office: Office) -> None:
    pathway = office.receive(admission())
    office.receive(plan())
    office.push(office.note(pathway), office.reply(pathway), office.entry(pathway, Opened()))
    for path in ("/v1/entries", "/v1/bootstrap"):
        page = office.read(path, "PLE")
        kinds = [entry.kind for entry in entries_in(page)]
        assert kinds == ["message_received", "opened"]
        received = entries_in(page)[0].body
        assert isinstance(received, MessageReceived)
        assert isinstance(received.message, AdmissionNotification)
        assert (page.cursor, page.more) == (5, False)
        assert len(office.read(path, "LED").entries) == 5


def test_care_staff_sees_what_is_said_about_the_admission(office: Office) -> None:
    pathway = office.receive(admission())
    bodies = admission_side()
    for body in bodies:
        result = office.push_one(office.entry(pathway, body))
        assert (result.status, result.reason) == ("accepted", None), body
    kinds = [entry.kind for entry in entries_in(office.read("/v1/entries", "PLE"))]
    own = [kind for kind in kinds if kind != "message_received"]
    assert own == [office.entry(pathway, body).kind for body in bodies]


WRITTEN_IN_THE_HOME = {
    "admission_entered",
    "checklist_ticked",
    "present_at_admission",
    "follow_up_assigned",
    "follow_up_closed",
    "checklist_exported",
}
TAKEN_OUT = "checklist_exported"
"""Whoever sees a checklist can print it."""


@pytest.mark.parametrize("user", ROLES)
def test_care_staff_ticks_and_only_a_visitator_reports(office: Office, user: str) -> None:
    pathway = office.receive(admission())
    for body in admission_side():
        entry = office.entry(pathway, body, user)
        is_care_staffs = user == "PLE" and entry.kind in WRITTEN_IN_THE_HOME
        may = user == "AHN" or is_care_staffs or entry.kind == TAKEN_OUT
        result = office.push_one(entry, user=user)
        assert result.reason == (None if may else "forbidden"), entry.kind


def test_a_page_that_shows_nothing_still_moves_on(office: Office) -> None:
    office.receive(plan())
    page = office.page(user="PLE", wait=30)
    assert (page.entries, page.cursor) == ((), 1)


def test_what_a_role_may_write_it_may_also_see() -> None:
    assert MAY_WRITE[Role.CARE_STAFF] <= rules.CARE_STAFF_SEES
    assert MAY_WRITE.keys() == set(Role)


def test_a_role_that_may_not_hand_in_leaves_nothing_behind(office: Office) -> None:
    assert office.call("POST", "/v1/messages", "LED", content=written(plan())).status_code == 403
    assert office.entries() == []
