"""The people of the municipality as the gateway last named them, so that names show offline."""

from collections.abc import Iterable

import msgspec
from sqlalchemy import Connection, delete, insert, select

from visitator.store.tables import people
from visitator.store.values import Person


def replace(connection: Connection, found: Iterable[Person]) -> None:
    """Keep these and no others."""
    connection.execute(delete(people))
    if rows := [msgspec.structs.asdict(person) for person in found]:
        connection.execute(insert(people), rows)


def known(connection: Connection) -> tuple[Person, ...]:
    """Everybody, by name."""
    rows = connection.execute(select(people).order_by(people.c.name, people.c.user))
    return tuple(
        Person(user=row.user, name=row.name, title=row.title, role=row.role) for row in rows
    )
