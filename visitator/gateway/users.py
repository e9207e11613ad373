"""Who may use the gateway: users, and a token for each device of theirs.

A token is 256 random bits. It is shown once; the database holds its SHA-256 only.
"""

import datetime as dt
import hashlib
import re
import secrets

import msgspec
from sqlalchemy import (
    Column,
    Connection,
    LargeBinary,
    String,
    Table,
    func,
    insert,
    select,
    update,
)

from visitator.domain.reply import Signature
from visitator.domain.terms import Role
from visitator.gateway.database import UtcDateTime, metadata

_TOKEN_BYTES = 32
_NAME = re.compile(r"[\w.@-]{1,64}")
_LONGEST_TEXT = 200

_GATEWAY = "gateway"
"""The author of the gateway's own entries; nobody else may have the name."""

users = Table(
    "users",
    metadata,
    Column("user", String(64), primary_key=True),
    Column("name", String(_LONGEST_TEXT), nullable=False),
    Column("title", String(_LONGEST_TEXT), nullable=False),
    Column("telephone", String(_LONGEST_TEXT), nullable=False),
    Column("role", String(32), nullable=False),
)

tokens = Table(
    "tokens",
    metadata,
    Column("hash", LargeBinary(32), primary_key=True),
    Column("user", String(64), nullable=False, index=True),
    Column("device", String(64), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("revoked_at", UtcDateTime),
)


class UserError(ValueError):
    """A user that cannot be added or found; the text is Danish."""


class User(msgspec.Struct, frozen=True, kw_only=True):
    """A user and how replies are signed.

    Raises:
        UserError: something is too long or no text, or `user` is not letters, digits and
            ``.@-_``.
    """

    user: str
    """Initials or the like: the author of entries."""
    name: str
    role: Role
    title: str = ""
    telephone: str = ""

    def __post_init__(self) -> None:
        _require_name(self.user, "Brugeren")
        if self.user == _GATEWAY:
            raise UserError(f"Brugeren kan ikke hedde '{_GATEWAY}'; det gør gatewayen selv.")
        texts = (self.name, self.title, self.telephone)
        if not self.name.strip() or any(len(text) > _LONGEST_TEXT for text in texts):
            raise UserError(f"Navn mangler, eller en oplysning er over {_LONGEST_TEXT} tegn.")
        if any(not _is_text(text) for text in texts):
            raise UserError(
                "Et navn, en titel eller et telefonnummer har tegn, der ikke kan læses. "
                "Sæt terminalen til UTF-8, og skriv det igen."
            )


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """Who makes a call, and on which device."""

    user: str
    name: str
    role: Role
    device: str


def add(connection: Connection, user: User, device: str, now: dt.datetime) -> str:
    """Add a user, or give one who is there this name and role, and a token for one more device.

    An earlier token for the same device stops working.

    Args:
        connection: of `Database.write`.
        user: as they are to be from now on.
        device: the name of the workstation.
        now: an aware instant.

    Returns:
        The token. It cannot be had again.

    Raises:
        UserError: `device` is not letters, digits and ``.@-_``.
    """
    _require_name(device, "Enheden")
    values = {**msgspec.structs.asdict(user), "role": user.role.value}
    known = update(users).where(users.c.user == user.user).values(**values)
    if connection.execute(known).rowcount == 0:
        connection.execute(insert(users).values(**values))
    _revoke(connection, user.user, device, now)
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    connection.execute(
        insert(tokens).values(hash=_hash(token), user=user.user, device=device, created_at=now)
    )
    return token


def revoke(connection: Connection, user: str, device: str | None, now: dt.datetime) -> int:
    """Stop a user's tokens from working: on one device, or on all.

    Returns:
        How many worked until now.

    Raises:
        UserError: there is no such user.
    """
    if connection.execute(select(users).where(users.c.user == user)).first() is None:
        raise UserError(f"Der er ingen bruger, der hedder '{user}'.")
    return _revoke(connection, user, device, now)


def authenticate(connection: Connection, token: str) -> Session | None:
    """Whose token it is; None when it is unknown or revoked."""
    row = connection.execute(
        select(users.c.user, users.c.name, users.c.role, tokens.c.device)
        .join(tokens, tokens.c.user == users.c.user)
        .where(tokens.c.hash == _hash(token), tokens.c.revoked_at.is_(None))
    ).first()
    if row is None:
        return None
    role = msgspec.convert(row.role, Role)
    return Session(user=row.user, name=row.name, role=role, device=row.device)


def has_worked_on(connection: Connection, user: str, device: str) -> bool:
    """Whether a user has a token for a device, or had one."""
    theirs = tokens.c.user == user, tokens.c.device == device
    return connection.execute(select(tokens.c.device).where(*theirs)).first() is not None


def signature_of(connection: Connection, user: str) -> Signature:
    """How a reply of this user is signed (underskrift); by the bare word when they are unknown."""
    row = connection.execute(select(users).where(users.c.user == user)).first()
    if row is None:
        return Signature(name=user)
    return Signature(name=row.name, title=row.title, telephone=row.telephone)


def people(connection: Connection) -> list[User]:
    """Everybody with a token that works, by name."""
    working = select(tokens.c.user).where(tokens.c.revoked_at.is_(None))
    query = select(users).where(users.c.user.in_(working)).order_by(users.c.name, users.c.user)
    return [msgspec.convert(row._mapping, User) for row in connection.execute(query)]


def count(connection: Connection) -> int:
    """How many tokens work."""
    return connection.scalar(select(func.count()).where(tokens.c.revoked_at.is_(None))) or 0


def _revoke(connection: Connection, user: str, device: str | None, now: dt.datetime) -> int:
    stop = update(tokens).where(tokens.c.user == user, tokens.c.revoked_at.is_(None))
    if device is not None:
        stop = stop.where(tokens.c.device == device)
    return connection.execute(stop.values(revoked_at=now)).rowcount


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def _is_text(word: str) -> bool:
    """Whether it is characters, and not the bytes of another character set."""
    try:
        word.encode()
    except UnicodeEncodeError:
        return False
    return True


def _require_name(word: str, what: str) -> None:
    if not _NAME.fullmatch(word):
        raise UserError(f"{what} skal skrives med 1-64 bogstaver, cifre og tegnene . @ - _")
