"""The encrypted local database of a workstation: journal, outbox, drafts, inbox and search."""

from visitator.store.errors import StoreError
from visitator.store.store import Store
from visitator.store.values import (
    NOBODY,
    Changes,
    Draft,
    Header,
    InboxFilter,
    InboxPage,
    OutboxItem,
    OutboxState,
    Position,
    Reread,
    SearchHit,
    SyncState,
)

__all__ = [
    "NOBODY",
    "Changes",
    "Draft",
    "Header",
    "InboxFilter",
    "InboxPage",
    "OutboxItem",
    "OutboxState",
    "Position",
    "Reread",
    "SearchHit",
    "Store",
    "StoreError",
    "SyncState",
]
