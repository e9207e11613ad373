"""The local database: taking in pages, opening, the inbox and search, at 100,000 of each."""

import datetime as dt
import itertools
import random
import secrets
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from visitator import sqlcipher
from visitator.domain.citizen import Citizen
from visitator.domain.entries import (
    AnswerCategory,
    AnyBody,
    Assigned,
    Entry,
    MessageReceived,
    NoteAdded,
    Opened,
    PlanState,
    ReplySent,
    decode_entry,
    encode_entry,
)
from visitator.domain.messages import (
    AdmissionNotification,
    AnyMessage,
    CarePlan,
    Correspondence,
    DischargeNotification,
)
from visitator.domain.moment import Moment
from visitator.domain.party import Organisation
from visitator.domain.terms import Stay
from visitator.domain.text import RichText
from visitator.domain.wire import MAX_PAGE
from visitator.resources import load_agreement
from visitator.store import InboxFilter, Store
from visitator.store.schema import bring_up_to_date
from visitator.store.search import document, insert_statement
from visitator.store.tables import SETS

COUNT = 100_000
OPEN_AT_ONCE = 400
"""Pathways side by side, as in a municipality with that many citizens in hospital."""

LONGEST_BURST = 3
"""Entries in a row in one pathway; one to this many, evenly."""

SHORTEST_STAY, LONGEST_STAY = 8, 20
"""Entries of one pathway; evenly."""

AGREEMENT = "region-sjaelland-2025-11"
START = dt.datetime(2026, 2, 2, 8, tzinfo=dt.UTC)
PLAN_TEXTS = (
    "cause_of_admission",
    "expected_course",
    "auxiliaries",
    "home_care_needs",
    "medicine_administration",
    "other_municipal_work",
)


class Words:
    """Invented words with the frequencies of a language; the same in every run."""

    def __init__(self, rng: random.Random) -> None:
        syllables = [a + b for a in "bdfghklmnprstv" for b in ("a", "e", "i", "o", "u", "æ", "ø")]
        self._rng = rng
        self._words = ["".join(rng.choices(syllables, k=rng.randint(1, 4))) for _ in range(20_000)]
        self._weights = list(
            itertools.accumulate(1 / (rank + 1) for rank in range(len(self._words)))
        )

    def text(self, words: int) -> str:
        """So many words, the common ones often."""
        return " ".join(self._rng.choices(self._words, cum_weights=self._weights, k=words))

    def name(self) -> str:
        """One of 20,000 names."""
        return self._rng.choice(self._words).capitalize()


def history(shortest: int, longest: int) -> Iterator[Entry]:
    """Accepted entries without end, of stays of `shortest` to `longest` entries.

    As the journal of a municipality grows: `OPEN_AT_ONCE` stays are under way, and a new one begins
    when one ends. A stay gets its entries in bursts, for what happens in it happens within an hour
    or a day, and the bursts of all stays are mixed: each has its turn before one has its next. So
    most entries of a page belong to pathways that are known, and only two of them share a row of
    the inbox that is made anew. A word is as common as in a language, for that decides the size of
    the search index.
    """
    rng = random.Random(7)
    words = Words(rng)
    seq, numbers = itertools.count(1), itertools.count()

    def begun() -> tuple[Iterator[tuple[str, AnyBody]], int]:
        return _stay(next(numbers), words), rng.randint(shortest, longest)

    stays = [begun() for _ in range(OPEN_AT_ONCE)]
    while True:
        rng.shuffle(stays)
        for place, (stay, left) in enumerate(stays):
            burst = min(left, rng.randint(1, LONGEST_BURST))
            for pathway_id, body in itertools.islice(stay, burst):
                yield _accepted(next(seq), pathway_id, body)
            stays[place] = (stay, left - burst) if left > burst else begun()


def _accepted(seq: int, pathway_id: str, body: AnyBody) -> Entry:
    return Entry(
        id=f"{seq:08}-0000-7000-8000-000000000000",
        pathway_id=pathway_id,
        author="gateway",
        device="gateway",
        occurred_at=START + dt.timedelta(minutes=seq),
        seq=seq,
        body=body,
    )


def _stay(number: int, words: Words) -> Iterator[tuple[str, AnyBody]]:
    """The entries of one stay: notified, planned, answered, talked about, discharged; no end."""
    citizen = Citizen(
        cpr=f"0101{number % 100:02}{number // 100 % 10_000:04}",
        given_name=words.name(),
        surname=words.name(),
    )
    while True:
        for body in _bodies(number, citizen, words):
            yield f"P{number:07}", body


def _bodies(number: int, citizen: Citizen, words: Words) -> Iterator[AnyBody]:
    texts: dict[str, Any] = {field: RichText(words.text(25)) for field in PLAN_TEXTS}
    plan = CarePlan(
        **_head(number, 1, citizen, words),
        agreed_discharge=Moment(dt.date(2026, 2, 5), dt.time(12)),
        **texts,
    )
    yield _received(plan)
    yield Assigned(owner="AHN", previous=None)
    yield Opened()
    yield _received(AdmissionNotification(**_head(number, 2, citizen, words)))
    answers = PlanState(plan="not this one")
    yield ReplySent(category=AnswerCategory.QUESTION, answers=answers, comment=words.text(15))
    letter = Correspondence(
        **_head(number, 3, citizen, words), texts=(RichText(words.text(40)),), subject="Svar"
    )
    yield _received(letter)
    yield NoteAdded(text=words.text(20))
    yield _received(DischargeNotification(**_head(number, 4, citizen, words)))


def _head(number: int, letter: int, citizen: Citizen, words: Words) -> dict[str, Any]:
    ward = Organisation(gln="5790001348120", organisation="Prøvesygehuset", department=words.name())
    return {
        "letter_id": f"BREV{number}-{letter}",
        "authorised_at": dt.datetime(2026, 2, 2, letter),
        "episode_id": f"{number:032x}",
        "sender": ward,
        "receiver": Organisation(gln="5790000123456", organisation="Prøveby Kommune"),
        "citizen": citizen,
    }


def _received(message: AnyMessage) -> MessageReceived:
    return MessageReceived(message=message, received_at=START, raw_id="raw")


def encoded(count: int, shortest: int = SHORTEST_STAY, longest: int = LONGEST_STAY) -> list[bytes]:
    """A history as the gateway hands it out: entry number n has the seq n."""
    return [encode_entry(entry) for entry in itertools.islice(history(shortest, longest), count)]


def apply_all(store: Store, entries: list[bytes]) -> float:
    """Seconds to take in all entries, page by page."""
    began = time.perf_counter()
    for start in range(0, len(entries), MAX_PAGE):
        page = entries[start : start + MAX_PAGE]
        store.apply_page(page, start + len(page), "epoch")
    return time.perf_counter() - began


def floor(path: Path, key: bytes, entries: list[bytes], step: int) -> float:
    """Seconds for the same rows and documents by executemany alone, `step` to a transaction."""
    engine = sqlcipher.engine(path, key, pool_size=1)
    bring_up_to_date(engine, path)
    raw = engine.raw_connection()
    cursor = raw.cursor()
    cursor.execute("PRAGMA synchronous = NORMAL")
    took = 0.0
    for start in range(0, len(entries), step):
        some = [(decode_entry(data), data) for data in entries[start : start + step]]
        rows = [(entry.seq, entry.id, entry.pathway_id, None, data) for entry, data in some]
        documents = [found for entry, _ in some if (found := document(entry)) is not None]
        began = time.perf_counter()
        cursor.execute("BEGIN IMMEDIATE")
        cursor.executemany("INSERT INTO journal_a VALUES (?, ?, ?, ?, ?)", rows)
        cursor.executemany(insert_statement(SETS["a"]), documents)
        cursor.execute("COMMIT")
        took += time.perf_counter() - began
    raw.close()
    engine.dispose()
    return took


def milliseconds(times: list[float]) -> tuple[float, float]:
    """Median and 95th percentile."""
    return statistics.median(times) * 1e3, statistics.quantiles(times, n=20)[-1] * 1e3


def timed(actions: Iterable[Callable[[], object]]) -> list[float]:
    """Seconds of each."""
    took = []
    for action in actions:
        began = time.perf_counter()
        action()
        took.append(time.perf_counter() - began)
    return took


def report() -> Iterator[str]:
    """A line per figure, with its aim."""
    with tempfile.TemporaryDirectory() as folder:
        key = secrets.token_bytes(sqlcipher.KEY_LENGTH)
        yield from _applying(Path(folder), key)
        yield from _opening_and_searching(Path(folder) / "first.db", key)
        yield from _inbox(Path(folder) / "wide.db", key)


def _applying(folder: Path, key: bytes) -> Iterator[str]:
    entries = encoded(COUNT)
    with Store.open(folder / "first.db", key, load_agreement(AGREEMENT)) as store:
        ours = apply_all(store, entries)
        summed_up, anew = timed([store.digest, store.rebuild])
    at_once = floor(folder / "floor.db", key, entries, COUNT)
    by_page = floor(folder / "floor-pages.db", key, entries, MAX_PAGE)
    size = sum(map(len, entries)) / len(entries)
    yield (
        f"store, {COUNT} entries of {size:.0f} bytes applied: {COUNT / ours:.0f}/s (aim 10000), "
        f"{ours:.1f} s; executemany alone {at_once:.1f} s, ratio {ours / at_once:.1f} (aim 4); "
        f"executemany with a commit per page {by_page:.1f} s, ratio {ours / by_page:.1f}"
    )
    yield f"store, digest of {COUNT} entries: {summed_up:.1f} s"
    yield f"store, rows and search of {COUNT} entries made anew: {anew:.1f} s"


def _opening_and_searching(path: Path, key: bytes) -> Iterator[str]:
    agreement = load_agreement(AGREEMENT)
    opened = timed([lambda: Store.open(path, key, agreement).close()] * 20)
    median, slowest = milliseconds(opened)
    yield f"store, opened and closed: {median:.1f} ms, p95 {slowest:.1f} ms (aim 150)"
    rng = random.Random(11)
    with Store.open(path, key, agreement) as store:
        words = [
            word
            for hit in store.search("p", 100)
            for word in (hit.header.citizen.name.split() if hit.header.citizen else ())
        ]
        for length in (1, 2, 3, 5):
            typed = [rng.choice(words)[:length] for _ in range(200)]
            median, slowest = milliseconds(timed([partial(store.search, t) for t in typed]))
            yield (
                f"store, search for {length} letters: {median:.1f} ms, p95 {slowest:.1f} ms"
                " (aim 20)"
            )


def _inbox(path: Path, key: bytes) -> Iterator[str]:
    with Store.open(path, key, load_agreement(AGREEMENT)) as store:
        apply_all(store, encoded(COUNT, shortest=1, longest=1))
        filters = {
            "all": InboxFilter(),
            "to answer": InboxFilter(needs_answer=True),
            "one owner": InboxFilter(owner="AHN"),
            "one stay": InboxFilter(stay=Stay.DISCHARGED),
        }
        for name, wanted in filters.items():
            after = store.inbox("AHN", wanted, limit=100).after
            query = partial(store.inbox, "AHN", wanted, limit=100, after=after)
            median, slowest = milliseconds(timed([query] * 100))
            yield (
                f"store, inbox of {COUNT} pathways, {name}: {median:.1f} ms, "
                f"p95 {slowest:.1f} ms (aim 5)"
            )
