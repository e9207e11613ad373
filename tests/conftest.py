"""What every test can ask for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent

# A window that no one sees, so that the tests run without a display and steal no focus.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

settings.register_profile("normal", deadline=None, print_blob=True)
settings.register_profile("nightly", settings.get_profile("normal"), max_examples=1_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "normal"))


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Leave the tests marked `nightly` to packaging/test.py --nightly."""
    if item.get_closest_marker("nightly") and os.environ.get("VISITATOR_NIGHTLY") != "1":
        pytest.skip("a long test: packaging/test.py --nightly runs it")


@pytest.fixture(scope="session")
def root() -> Path:
    """The repo's root folder."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference material beside the repo."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("../shared is absent")
    return folder
