"""`visitator demo`: the whole loop with invented citizens, and what happened in words."""

import datetime as dt
import time

from visitator.demo.scenario import parse_scenario
from visitator.demo.session import DemoSession
from visitator.domain.agreement import Agreement
from visitator.domain.deadlines import COPENHAGEN
from visitator.domain.messages import ReceiptOutcome
from visitator.resources import resource_folder

SCENARIO = "formiddag.toml"
_FAILED = 1


def run_headless(agreement: Agreement, start: dt.datetime, minutes_per_second: float) -> int:
    """Run the demo without a screen and print what happens, as it happens.

    Args:
        agreement: the profile the municipality works by.
        start: aware instant the demo's time begins at.
        minutes_per_second: how fast the demo's time runs; 0 is as fast as it can.

    Returns:
        0 when every answer reached the hospital and its receipt came back, else 1.
    """
    file = resource_folder("demo") / SCENARIO
    scenario = parse_scenario(file.read_text(encoding="utf-8"), file.name)
    print(scenario.title)
    with DemoSession(scenario, agreement, start) as session:
        shown_at = start
        for happening in session.run():
            if minutes_per_second:
                time.sleep((happening.at - shown_at).total_seconds() / 60 / minutes_per_second)
            shown_at = happening.at
            letter = f"  ({happening.letter_id})" if happening.letter_id else ""
            print(f"  {happening.at.astimezone(COPENHAGEN):%H.%M}  {happening.what}{letter}")
        sent, outcomes = len(session.hospital.letters), session.outcomes
    print(f"Sygehuset har modtaget {sent} svar; {len(outcomes)} er kvitteret. Alt er slettet igen.")
    all_arrived = sent == len(outcomes) and set(outcomes) <= {ReceiptOutcome.POSITIVE}
    return 0 if sent and all_arrived else _FAILED
