"""The desk of the demo's window: a morning at a municipality, and nothing left of it."""

from __future__ import annotations

import tempfile
import threading
from pathlib import Path

import pytest

from tests.app.town import PATIENCE
from visitator.app.views import Box, Link
from visitator.cli.desks import demo_desk
from visitator.resources import load_agreement


def test_the_demo_is_full_of_work_and_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    parts: list[float] = []
    desk = demo_desk(
        load_agreement("region-sjaelland-2025-11"),
        lambda _what, part: parts.append(part) if part is not None else None,
    )
    synchronised = threading.Event()

    def look(_: object) -> None:
        if desk.standing().link is Link.SYNCHRONISED and desk.inbox(Box.INBOX).counts[Box.INBOX]:
            synchronised.set()

    stop = desk.watch(look)
    look(None)
    assert synchronised.wait(PATIENCE)
    stop()
    assert parts == sorted(parts)
    assert parts[-1] == 1.0
    office = desk.office()
    assert office.is_demo
    assert office.municipality
    assert office.signature.name == office.user_name
    assert list(tmp_path.iterdir())

    desk.close(wait=PATIENCE)

    assert list(tmp_path.iterdir()) == []
