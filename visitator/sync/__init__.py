"""Moving entries between a workstation's store and its gateway over HTTP."""

from visitator.sync.client import new_blocking_client, new_client
from visitator.sync.status import Condition, Progress, SyncStatus
from visitator.sync.syncer import Syncer

__all__ = ["Condition", "Progress", "SyncStatus", "Syncer", "new_blocking_client", "new_client"]
