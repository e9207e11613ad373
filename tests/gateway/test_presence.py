"""Who looks at what, and who works here: advice between colleagues."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.gateway.office import Office
from visitator.domain.terms import Role
from visitator.gateway import presence, users
from visitator.gateway.database import Database


@pytest.fixture
def office(mail_database: Database) -> Iterator[Office]:
    """A whole gateway, on both kinds of database."""
    made = Office(mail_database)
    yield made
    made.close()


def look(
    office: Office, user: str, pathway_id: str | None, *, composing: bool = False
) -> list[dict[str, Any]]:
    said = {"pathway_id": pathway_id, "composing": composing}
    response = office.call("POST", "/v1/presence", user, json=said)
    assert response.status_code == 200, response.text
    others: list[dict[str, Any]] = response.json()["others"]
    return others


def test_colleagues_on_the_same_pathway_see_each_other(office: Office) -> None:
    since = office.now
    assert look(office, "AHN", "P1", composing=True) == []
    office.later(seconds=30)
    (seen,) = look(office, "BKR", "P1")
    assert seen == {
        "user": "AHN",
        "name": "Navn på AHN",
        "composing": True,
        "since": since.isoformat().replace("+00:00", "Z"),
    }
    assert [each["user"] for each in look(office, "AHN", "P1")] == ["BKR"]


def test_somebody_on_another_pathway_is_not_seen(office: Office) -> None:
    look(office, "AHN", "P1")
    look(office, "AHN", "P2")
    assert look(office, "BKR", "P1") == []
    assert [each["user"] for each in look(office, "BKR", "P2")] == ["AHN"]


def test_who_leaves_is_gone_at_once_and_sees_nobody(office: Office) -> None:
    look(office, "BKR", "P1")
    look(office, "AHN", "P1")
    assert look(office, "AHN", None) == []
    assert look(office, "BKR", "P1") == []


def test_since_is_kept_while_one_stays_and_begins_again_elsewhere(office: Office) -> None:
    look(office, "AHN", "P1")
    (first,) = look(office, "BKR", "P1")
    office.later(seconds=60)
    look(office, "AHN", "P1", composing=True)
    (still,) = look(office, "BKR", "P1")
    assert (still["since"], still["composing"]) == (first["since"], True)
    look(office, "AHN", "P2")
    office.later(seconds=1)
    look(office, "AHN", "P1")
    (again,) = look(office, "BKR", "P1")
    assert again["since"] > first["since"]


@pytest.mark.parametrize(("seconds", "is_seen"), [(120, True), (121, False)])
def test_a_word_holds_for_two_minutes_by_the_gateways_clock(
    office: Office, seconds: int, is_seen: bool
) -> None:
    look(office, "AHN", "P1")
    office.later(seconds=seconds)
    assert bool(look(office, "BKR", "P1")) is is_seen


def test_what_is_old_does_not_stay_in_the_database(office: Office) -> None:
    look(office, "AHN", "P1")
    office.later(minutes=3)
    look(office, "BKR", None)
    with office.database.read() as connection:
        assert connection.execute(presence.presence.select()).all() == []


def test_a_colleague_on_two_devices_is_one(office: Office) -> None:
    office.tokens["AHN2"] = office.enrol("AHN", Role.VISITATOR, "PC2")
    look(office, "AHN", "P1")
    office.later(seconds=10)
    assert look(office, "AHN2", "P1", composing=True) == []
    (seen,) = look(office, "BKR", "P1")
    assert (seen["user"], seen["composing"]) == ("AHN", True)


def test_it_is_no_entry_and_wakes_nobody(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    rung: list[str] = []
    monkeypatch.setattr(office.database.bell, "ring", lambda: rung.append("ding"))
    look(office, "AHN", "P1")
    assert (rung, office.entries()) == ([], [])
    office.receive()
    # PostgreSQL tells the process that rang as well, sooner or later.
    assert "ding" in rung


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"pathway_id": "P1"},
        {"pathway_id": "P 1\u0000", "composing": True},
        {"pathway_id": "P" * 65, "composing": False},
        {"pathway_id": 1, "composing": False},
        [],
    ],
)
def test_what_is_not_understood_is_refused(office: Office, said: object) -> None:
    response = office.call("POST", "/v1/presence", json=said)
    assert (response.status_code, response.json()["error"]) == (400, "bad_request")


# --- people


def test_people_are_those_who_have_access_now(office: Office) -> None:
    with office.database.write() as connection:
        anna = users.User(user="AHN", name="Anne Holm", role=Role.VISITATOR, title="Visitator")
        office.tokens["AHN"] = users.add(connection, anna, "PC1", office.now)
        users.revoke(connection, "BKR", None, office.now)
    found = office.call("GET", "/v1/people").json()
    assert found == [
        {"user": "AHN", "name": "Anne Holm", "title": "Visitator", "role": "visitator"},
        {"user": "LED", "name": "Navn på LED", "title": "", "role": "leder"},
        {"user": "PLE", "name": "Navn på PLE", "title": "", "role": "plejepersonale"},
    ]


def test_somebody_with_several_devices_is_there_once(office: Office) -> None:
    office.enrol("AHN", Role.VISITATOR, "PC2")
    found = office.call("GET", "/v1/people").json()
    assert [each["user"] for each in found] == ["AHN", "BKR", "LED", "PLE"]
