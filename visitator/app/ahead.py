"""Reading the pathway a key will most likely open before it is pressed."""

import datetime as dt
from collections.abc import Callable

from visitator.app.views import ChangeSet, PathwayView

_KEPT_FOR = dt.timedelta(minutes=1)
"""What a view says of the time is that old at most."""

Read = Callable[[str], PathwayView | None]


class _Slot:
    def __init__(self, pathway_id: str, at: dt.datetime) -> None:
        self.pathway_id = pathway_id
        self.at = at
        self.view: PathwayView | None = None

    def is_of(self, pathway_id: str, now: dt.datetime) -> bool:
        return self.pathway_id == pathway_id and abs(now - self.at) <= _KEPT_FOR


class Ahead:
    """One pathway, read ahead; let go of as soon as it may have changed."""

    def __init__(self) -> None:
        self._slot: _Slot | None = None

    def expect(self, pathway_id: str, now: dt.datetime) -> Callable[[Read], None] | None:
        """Make ready for a pathway.

        Returns:
            What reads it, to be called in another thread; None when that has been done.
        """
        slot = self._slot
        if slot is not None and slot.is_of(pathway_id, now):
            return None
        # In its place before it is read: whatever changes from here on takes it away.
        made = self._slot = _Slot(pathway_id, now)

        def fill(read: Read) -> None:
            made.view = read(pathway_id)

        return fill

    def take(self, pathway_id: str, now: dt.datetime) -> PathwayView | None:
        """The pathway as a read of this moment would show it; None when that is not known."""
        slot = self._slot
        return slot.view if slot is not None and slot.is_of(pathway_id, now) else None

    def hear(self, news: ChangeSet) -> None:
        """Something changed; a change that names no pathway may be about any."""
        slot = self._slot
        if slot is None or (
            news.pathways and not news.everything and slot.pathway_id not in news.pathways
        ):
            return
        self._slot = None
