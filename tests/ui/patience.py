"""How long a test waits for threads to have done what they surely will."""

from __future__ import annotations

from functools import partial

import pytest
from pytestqt.qtbot import QtBot

PATIENCE_MS = 90_000
"""On a machine busy with other work, too; nothing waits that long when all is well."""


def patient(request: pytest.FixtureRequest) -> QtBot:
    """pytest-qt's own, which by itself waits five seconds."""
    bot = QtBot(request)
    for wait in ("waitUntil", "waitSignal", "waitActive", "waitExposed"):
        setattr(bot, wait, partial(getattr(bot, wait), timeout=PATIENCE_MS))
    return bot
