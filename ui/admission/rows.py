"""The list of admissions as the list asks for it: `Box.ALL` is also those who have left."""

import datetime as dt
from collections.abc import Callable

from visitator.app.admission_desk import AdmissionDesk
from visitator.app.admission_views import AdmissionGroupKind, AdmissionRow
from visitator.app.views import Box, View


class AdmissionGroup(View, frozen=True, kw_only=True):
    """A heading."""

    kind: AdmissionGroupKind
    count: int


class AdmissionGroups(View, frozen=True, kw_only=True):
    """The headings that have something under them."""

    box: Box
    groups: tuple[AdmissionGroup, ...]
    first_due: dt.datetime | None
    next_due: dt.datetime | None
    now: int
    """How many are in hospital, whatever is shown."""


class AdmissionRows:
    """Reads the list from a desk."""

    def __init__(self, admissions: AdmissionDesk, clock: Callable[[], dt.datetime]) -> None:
        self._admissions = admissions
        self._clock = clock

    def now(self) -> dt.datetime:
        """The present instant in Danish time."""
        return self._clock()

    def inbox(self, box: Box) -> AdmissionGroups:
        """The groups that have something in them."""
        found = self._admissions.overview(with_ended=box is Box.ALL)
        counts = found.counts.items()
        return AdmissionGroups(
            box=box,
            groups=tuple(AdmissionGroup(kind=kind, count=count) for kind, count in counts if count),
            first_due=found.first_due,
            next_due=found.next_due,
            now=found.now,
        )

    def rows(self, box: Box, offset: int, limit: int) -> tuple[AdmissionRow, ...]:
        """A page of rows, headings not counted."""
        return self._admissions.rows(offset, limit, with_ended=box is Box.ALL)

    def position(self, box: Box, pathway_id: str) -> int | None:
        """Where an admission stands among the rows; None when it does not."""
        return self._admissions.position(pathway_id, with_ended=box is Box.ALL)
