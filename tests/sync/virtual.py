"""An event loop whose time jumps: whoever waits an hour has waited it at once."""

from __future__ import annotations

import asyncio
import selectors
from typing import Any


class _JumpingSelector(selectors.DefaultSelector):
    """Instead of waiting for the next timer, it moves the time to it."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0

    def select(self, timeout: float | None = None) -> list[Any]:
        found = super().select(timeout if timeout is None else 0)
        if not found and timeout is not None and timeout > 0:
            self.now += timeout
        return found


class VirtualLoop(asyncio.SelectorEventLoop):
    """Begins at 0 seconds. Nothing in it may wait for a thread or a real socket."""

    def __init__(self) -> None:
        self._jumping = _JumpingSelector()
        super().__init__(self._jumping)

    def time(self) -> float:
        return self._jumping.now


async def pass_time(seconds: float) -> None:
    """Let this many seconds go by on the running loop."""
    await asyncio.wait([asyncio.get_running_loop().create_future()], timeout=seconds)
