"""The encrypted local database of a workstation: journal, outbox, drafts, inbox and search."""

from typing import TYPE_CHECKING

from visitator.store.errors import StoreError
from visitator.store.values import (
    NO_DEADLINE,
    NOBODY,
    AdmissionGroup,
    AdmissionHeader,
    Bucket,
    Changes,
    Draft,
    Header,
    InboxFilter,
    InboxPage,
    Listing,
    LocalDigest,
    Matter,
    OutboxItem,
    OutboxState,
    Person,
    Position,
    RehabilitationFilter,
    RehabilitationGroup,
    RehabilitationHeader,
    Reread,
    SearchHit,
    Selection,
    SyncState,
    Tally,
    Whose,
)

if TYPE_CHECKING:
    from visitator.store.store import Store

__all__ = [
    "NOBODY",
    "NO_DEADLINE",
    "AdmissionGroup",
    "AdmissionHeader",
    "Bucket",
    "Changes",
    "Draft",
    "Header",
    "InboxFilter",
    "InboxPage",
    "Listing",
    "LocalDigest",
    "Matter",
    "OutboxItem",
    "OutboxState",
    "Person",
    "Position",
    "RehabilitationFilter",
    "RehabilitationGroup",
    "RehabilitationHeader",
    "Reread",
    "SearchHit",
    "Selection",
    "Store",
    "StoreError",
    "SyncState",
    "Tally",
    "Whose",
]


def __getattr__(name: str) -> object:
    """`Store`, when it is asked for: SQLAlchemy takes long to load, and values need none of it."""
    if name == "Store":
        from visitator.store.store import Store

        return Store
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
