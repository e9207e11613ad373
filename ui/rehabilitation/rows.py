"""The list of rehabilitation courses as the list asks for it: `Box.ALL` is also the ended ones."""

import datetime as dt
from collections.abc import Callable

import msgspec

from visitator.app.rehabilitation_desk import RehabilitationDesk
from visitator.app.rehabilitation_views import (
    RehabilitationChoice,
    RehabilitationGroupKind,
    RehabilitationRow,
)
from visitator.app.views import Box, View


class RehabilitationGroup(View, frozen=True, kw_only=True):
    """A heading."""

    kind: RehabilitationGroupKind
    count: int


class RehabilitationGroups(View, frozen=True, kw_only=True):
    """The headings that have something under them."""

    box: Box
    groups: tuple[RehabilitationGroup, ...]
    next_due: dt.datetime | None
    """None: a deadline is a day, and the list is read again when one begins."""
    overdue: int
    waits_for_us: int
    """How many the municipality has to start, whatever is chosen."""


class RehabilitationRows:
    """Reads the list from a desk."""

    def __init__(
        self, rehabilitations: RehabilitationDesk, clock: Callable[[], dt.datetime]
    ) -> None:
        self._rehabilitations = rehabilitations
        self._clock = clock
        self.choice = RehabilitationChoice()
        """By level and by step."""

    def now(self) -> dt.datetime:
        """The present instant in Danish time."""
        return self._clock()

    def chosen(self, box: Box) -> RehabilitationChoice:
        """What the list shows under a filter."""
        return msgspec.structs.replace(self.choice, with_ended=box is Box.ALL)

    def inbox(self, box: Box) -> RehabilitationGroups:
        """The groups that have something in them."""
        wanted, all_of_now = self.chosen(box), RehabilitationChoice()
        everything = self._rehabilitations.overview(all_of_now)
        found = everything if wanted == all_of_now else self._rehabilitations.overview(wanted)
        ended = RehabilitationGroupKind.ENDED
        return RehabilitationGroups(
            box=box,
            groups=tuple(
                RehabilitationGroup(kind=kind, count=count)
                for kind, count in found.counts.items()
                if count and (box is Box.ALL or kind is not ended)
            ),
            next_due=None,
            overdue=everything.counts[RehabilitationGroupKind.OVERDUE],
            waits_for_us=everything.waits_for_us,
        )

    def rows(self, box: Box, offset: int, limit: int) -> tuple[RehabilitationRow, ...]:
        """A page of rows, headings not counted."""
        return self._rehabilitations.rows(offset, limit, self.chosen(box))

    def position(self, box: Box, pathway_id: str) -> int | None:
        """Where a course stands among the rows; None when it does not."""
        return self._rehabilitations.position(pathway_id, self.chosen(box))
