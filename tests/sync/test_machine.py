"""The protocol under everything that can break: random days until something does not hold."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

from tests.sync.machine import Day

NIGHTLY = os.environ.get("HYPOTHESIS_PROFILE") == "nightly"

TestDay = Day.TestCase
TestDay.settings = settings(
    max_examples=400 if NIGHTLY else 12,
    stateful_step_count=60 if NIGHTLY else 30,
    suppress_health_check=list(HealthCheck),
)
