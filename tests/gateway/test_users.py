"""Who may use the gateway: tokens that are shown once, and taken back."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from sqlalchemy import select

from tests.gateway.mailbox import START
from visitator.domain.reply import Signature
from visitator.domain.terms import Role
from visitator.gateway import users
from visitator.gateway.database import Database
from visitator.gateway.users import User, UserError, tokens


def enrol(database: Database, user: User, device: str = "PC1") -> str:
    with database.write() as connection:
        return users.add(connection, user, device, START)


def who(database: Database, token: str) -> tuple[str, Role, str] | None:
    with database.read() as connection:
        session = users.authenticate(connection, token)
    return (session.user, session.role, session.device) if session is not None else None


def revoke(database: Database, user: str, device: str | None = None) -> int:
    with database.write() as connection:
        return users.revoke(connection, user, device, START)


ANNE = User(user="AHN", name="Anne Holm", role=Role.VISITATOR, title="Visitator", telephone="1234")


def test_a_token_says_who_and_where(either: Database) -> None:
    token = enrol(either, ANNE)
    assert who(either, token) == ("AHN", Role.VISITATOR, "PC1")
    assert who(either, token + "x") is None
    assert who(either, "") is None
    assert who(either, "\0") is None


def test_a_token_is_256_random_bits_and_not_stored(either: Database) -> None:
    made = [enrol(either, ANNE, device) for device in ("PC1", "PC2")]
    assert len(set(made)) == 2
    assert all(len(base64.urlsafe_b64decode(token + "=")) == 32 for token in made)
    with either.read() as connection:
        stored = [bytes(value) for value in connection.scalars(select(tokens.c.hash))]
    assert all(len(value) == 32 for value in stored)
    assert not {token.encode() for token in made} & set(stored)


def test_a_user_has_a_token_for_each_device_and_they_are_taken_back_apart(
    either: Database,
) -> None:
    first, second = enrol(either, ANNE, "PC1"), enrol(either, ANNE, "PC2")
    assert revoke(either, "AHN", "PC1") == 1
    assert who(either, first) is None
    assert who(either, second) == ("AHN", Role.VISITATOR, "PC2")
    assert revoke(either, "AHN") == 1
    assert who(either, second) is None
    assert revoke(either, "AHN") == 0


def test_a_new_token_for_a_device_takes_the_place_of_the_old(either: Database) -> None:
    old, new = enrol(either, ANNE), enrol(either, ANNE)
    assert who(either, old) is None
    assert who(either, new) is not None


def test_a_role_that_changes_holds_for_the_tokens_there_are(either: Database) -> None:
    token = enrol(either, ANNE)
    enrol(either, User(user="AHN", name="Anne Holm", role=Role.MANAGER), "PC2")
    assert who(either, token) == ("AHN", Role.MANAGER, "PC1")


def test_a_reply_is_signed_as_the_user_is_known(either: Database) -> None:
    enrol(either, ANNE)
    with either.read() as connection:
        assert users.signature_of(connection, "AHN") == Signature(
            name="Anne Holm", title="Visitator", telephone="1234"
        )
        assert users.signature_of(connection, "XYZ") == Signature(name="XYZ")


def test_who_is_not_there_cannot_be_revoked(database: Database) -> None:
    with pytest.raises(UserError, match="ingen bruger"):
        revoke(database, "XYZ")


@pytest.mark.parametrize("user", ["", "a b", "a\n", "x" * 65, "a/b"])
def test_a_user_is_a_plain_word(user: str) -> None:
    with pytest.raises(UserError, match="Brugeren"):
        User(user=user, name="Navn", role=Role.VISITATOR)


def test_nobody_is_called_what_the_gateway_is() -> None:
    with pytest.raises(UserError, match="gateway"):
        User(user="gateway", name="Navn", role=Role.VISITATOR)


@pytest.mark.parametrize("fields", [{"name": " "}, {"title": "x" * 201}, {"telephone": "1" * 201}])
def test_a_user_has_a_name_of_some_length(fields: dict[str, str]) -> None:
    with pytest.raises(UserError, match="Navn"):
        User(**({"user": "AHN", "name": "Anne", "role": Role.VISITATOR} | fields))  # type: ignore[arg-type]


@pytest.mark.parametrize("field", ["name", "title", "telephone"])
def test_what_a_terminal_wrote_in_another_character_set_is_refused(field: str) -> None:
    """Python hands its bytes on as characters that no database takes."""
    written = b"\xc5se Holm".decode(errors="surrogateescape")
    fields: dict[str, Any] = {"user": "AHN", "name": "Anne", "role": Role.VISITATOR}
    with pytest.raises(UserError, match="UTF-8"):
        User(**(fields | {field: written}))


def test_a_device_is_a_plain_word(database: Database) -> None:
    with pytest.raises(UserError, match="Enheden"):
        enrol(database, ANNE, "PC 1")
