"""The inbox as it stood last, to be read while the rest of the program is being loaded.

It is what the desk will show, by the same code and out of the same file, and nothing can be done
with it. Only what the list needs is imported here.
"""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from visitator.app.faults import told
from visitator.app.inbox import Lists
from visitator.app.views import Box, Inbox, KnownError, Row
from visitator.domain.agreement import Agreement
from visitator.domain.deadlines import to_copenhagen
from visitator.domain.terms import Role
from visitator.store.errors import StoreError
from visitator.store.glance import Glance


class FirstLook:
    """The lists of one user; made by `first_look`, used by one thread at a time.

    Reads raise a `KnownError` for a fault of the file.
    """

    def __init__(
        self, glance: Glance, user: str, agreement: Agreement, clock: Callable[[], dt.datetime]
    ) -> None:
        names = {each.user: each.name for each in glance.people()}
        self._glance = glance
        self._clock = clock
        self._lists = Lists(glance, user, agreement, clock, names)

    def now(self) -> dt.datetime:
        """See `Desk.now`."""
        return to_copenhagen(self._clock())

    def inbox(self, box: Box) -> Inbox:
        """See `Desk.inbox`."""
        with told():
            return self._lists.inbox(box)

    def rows(self, box: Box, offset: int, limit: int) -> tuple[Row, ...]:
        """See `Desk.rows`."""
        with told():
            return self._lists.rows(box, offset, limit)

    def position(self, box: Box, pathway_id: str) -> int | None:
        """See `Desk.position`."""
        with told():
            return self._lists.position(box, pathway_id)

    def close(self) -> None:
        """Let go of the file; nothing may be read any more."""
        self._glance.close()


def first_look(
    path: Path,
    key: bytes,
    agreement: Agreement,
    *,
    user: str,
    clock: Callable[[], dt.datetime],
) -> FirstLook | None:
    """Look at the list of `user` before the desk is open.

    Returns:
        None where there is nothing to see, or opening has something to say first (`Glance.at`);
        and for care staff, who see the admissions only.
    """
    glance = Glance.at(path, key, agreement)
    if glance is None:
        return None
    try:
        if not _is_care_staff(glance, user):
            look = FirstLook(glance, user, agreement, clock)
            # What cannot be read is found now, and not while it is painted.
            look.inbox(Box.INBOX)
            return look
    except (StoreError, KnownError):
        # Opening will say it.
        pass
    glance.close()
    return None


def _is_care_staff(glance: Glance, user: str) -> bool:
    roles = (each.role for each in glance.people() if each.user == user)
    return Role.CARE_STAFF.value in roles
