"""The people of the municipality as the gateway last named them, so that names show offline.

In plain SQL, as `listing` is.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from visitator.sqlcipher import Raw
from visitator.store.values import Person

if TYPE_CHECKING:
    from sqlalchemy import Connection


def replace(connection: "Connection", found: Iterable[Person]) -> None:
    """Keep these and no others."""
    connection.exec_driver_sql("DELETE FROM people")
    if rows := [(each.user, each.name, each.title, each.role) for each in found]:
        query = "INSERT INTO people (user, name, title, role) VALUES (?, ?, ?, ?)"
        connection.exec_driver_sql(query, rows)


def known(connection: Raw) -> tuple[Person, ...]:
    """Everybody, by name."""
    query = "SELECT user, name, title, role FROM people ORDER BY name, user"
    return tuple(
        Person(user=user, name=name, title=title, role=role)
        for user, name, title, role in connection.execute(query)
    )
