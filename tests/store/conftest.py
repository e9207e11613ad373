from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store.workstation import Gateway, open_store
from visitator.store import Store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "visitator.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with open_store(path) as store:
        yield store


@pytest.fixture
def gateway() -> Gateway:
    return Gateway()
