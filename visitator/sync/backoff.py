"""How long to wait before trying again: exponential with full jitter (sync I12)."""

import random

FIRST = 1.0
"""Seconds: the longest wait after the first failure; it doubles with each further one."""

CAP = 300.0
"""Seconds: the longest wait of all, unless the gateway asked for a longer one."""

FLOOR = 1.0
"""Seconds: the shortest wait; full jitter alone could give none at all."""


class Backoff:
    """Counts failures in a row and says how long to wait after each."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._failures = 0

    def failed(self, retry_after: float | None = None) -> float:
        """Count a failure.

        Args:
            retry_after: seconds the gateway asked for; the wait is never shorter.

        Returns:
            The seconds to wait.
        """
        longest = min(CAP, FIRST * 2.0**self._failures)
        if longest < CAP:
            self._failures += 1
        return max(FLOOR, (retry_after or 0.0) + self._rng.uniform(0, longest))

    def refused(self) -> float:
        """The seconds to wait when only a person can help: trying again soon is of no use."""
        return self._rng.uniform(CAP / 2, CAP)

    def succeeded(self) -> None:
        """Forget the failures."""
        self._failures = 0
