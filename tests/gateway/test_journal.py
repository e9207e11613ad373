"""The journal of record: pages, bootstrap, and waiting for what comes."""

from __future__ import annotations

import datetime as dt
import json
import threading

import anyio
import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from tests.gateway.mailbox import START, plan, written
from tests.gateway.office import Office
from visitator.domain.entries import (
    Closed,
    Entry,
    KnownBody,
    Lapsed,
    LapseReason,
    NoteAdded,
    decode_entry,
    encode_entry,
)
from visitator.gateway import journal, users
from visitator.gateway.database import Database
from visitator.gateway.journal import PageOfEntries
from visitator.identifiers import new_entry_id


def append(
    database: Database,
    pathway_id: str = "P1",
    body: KnownBody | None = None,
    now: dt.datetime = START,
) -> Entry:
    entry = Entry(
        id=new_entry_id(now),
        pathway_id=pathway_id,
        author="AHN",
        device="PC1",
        occurred_at=now,
        body=body or NoteAdded(text="hej"),
    )
    with database.write() as connection:
        return journal.append(connection, entry, now)


def page(database: Database, after: int = 0, limit: int = 500) -> PageOfEntries:
    with database.read() as connection:
        return journal.page(connection, after=after, limit=limit)


def bootstrap(
    database: Database, after: int = 0, limit: int = 500, through: int | None = None
) -> PageOfEntries:
    with database.read() as connection:
        return journal.bootstrap_page(
            connection, after=after, limit=limit, through=through, now=START
        )


def found(page: PageOfEntries) -> list[tuple[int | None, str]]:
    entries = map(decode_entry, page.entries)
    return [(entry.seq, entry.pathway_id) for entry in entries]


def test_pages_follow_each_other_without_gaps_or_doubles(either: Database) -> None:
    for _ in range(5):
        append(either)
    first = page(either, limit=2)
    assert (found(first), first.cursor, first.more) == ([(1, "P1"), (2, "P1")], 2, True)
    second = page(either, after=2, limit=3)
    assert (found(second)[-1], second.cursor, second.more) == ((5, "P1"), 5, False)
    last = page(either, after=5)
    assert (last.entries, last.cursor, last.more) == ((), 5, False)


def test_a_page_ends_before_it_is_too_large_but_holds_one_entry(
    either: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        append(either, body=NoteAdded(text="x" * 900))
    monkeypatch.setattr(journal, "MAX_PAGE_BYTES", 2_000)
    assert [seq for seq, _ in found(page(either))] == [1, 2]
    monkeypatch.setattr(journal, "MAX_PAGE_BYTES", 10)
    one = page(either)
    assert ([seq for seq, _ in found(one)], one.more) == ([1], True)


def test_what_this_program_does_not_know_is_handed_on(either: Database) -> None:
    entry = Entry(
        id="E1", pathway_id="P1", author="AHN", device="PC1", occurred_at=START,
        body=NoteAdded(text="hej"),
    )  # fmt: skip
    came = encode_entry(entry).replace(b'"text"', b'"tomorrow": [1, 2.50], "text"')
    with either.write() as connection:
        journal.append(connection, entry, START, data=came)
    (data,) = page(either).entries
    assert b'"tomorrow": [1, 2.50]' in data
    assert json.loads(data)["seq"] == 1


def test_an_entry_that_has_a_number_is_not_numbered_again(database: Database) -> None:
    accepted = append(database)
    with database.write() as connection, pytest.raises(ValueError, match="sequence numbers"):
        journal.append(connection, accepted, START)


# --- what a new workstation gets


LONG_AGO = START - dt.timedelta(days=366)
LAST_YEAR = START - dt.timedelta(days=364)


def test_a_bootstrap_has_open_pathways_whole_and_recently_closed_ones(either: Database) -> None:
    append(either, "open and old", now=LONG_AGO)
    append(either, "closed long ago", now=LONG_AGO)
    append(either, "closed long ago", Closed(), now=LONG_AGO)
    append(either, "died long ago", Lapsed(reason=LapseReason.DEATH), now=LONG_AGO)
    append(either, "closed last year", now=LONG_AGO)
    append(either, "closed last year", Closed(), now=LAST_YEAR)
    append(either, "new")
    got = bootstrap(either)
    assert found(got) == [
        (1, "open and old"),
        (5, "closed last year"),
        (6, "closed last year"),
        (7, "new"),
    ]
    assert (got.cursor, got.more, got.head) == (7, False, 7)


def test_a_pathway_that_a_new_plan_opened_again_is_in_the_bootstrap(office: Office) -> None:
    office.now = LONG_AGO
    pathway_id = office.receive()
    office.push(office.entry(pathway_id, Closed()))
    office.now = START
    assert office.read("/v1/bootstrap").entries == ()
    office.now = LONG_AGO
    assert office.receive(plan()) == pathway_id
    office.now = START
    assert len(office.read("/v1/bootstrap").entries) == 3


def test_a_bootstrap_ends_at_the_head_of_its_first_page(either: Database) -> None:
    for _ in range(3):
        append(either)
    first = bootstrap(either, limit=2)
    assert (first.head, first.cursor, first.more) == (3, 2, True)
    append(either)
    last = bootstrap(either, after=2, limit=2, through=first.head)
    assert (found(last), last.cursor, last.more) == ([(3, "P1")], 3, False)
    assert found(page(either, after=last.cursor)) == [(4, "P1")]


def test_the_last_page_of_a_bootstrap_has_the_head_for_its_cursor(either: Database) -> None:
    append(either, "open")
    append(either, "closed", Closed(), now=LONG_AGO)
    got = bootstrap(either, limit=1)
    while got.more:
        got = bootstrap(either, after=got.cursor, limit=1, through=got.head)
    assert got.cursor == got.head == 2


PATHWAYS = st.sampled_from(["P1", "P2", "P3"])
STEPS = st.lists(st.tuples(PATHWAYS, st.booleans(), st.booleans()), max_size=12)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, limit=st.integers(1, 4))
def test_bootstrap_and_then_pages_give_every_open_pathway_whole(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, bool, bool]], limit: int
) -> None:
    database = Database.sqlite(tmp_path_factory.mktemp("g") / "g.db", bytes(32))
    database.create()
    half = len(steps) // 2
    for pathway, closes, old in steps[:half]:
        body = Closed() if closes else None
        append(database, pathway, body, now=LONG_AGO if old else START)
    got: list[tuple[int | None, str]] = []
    part = bootstrap(database, limit=limit)
    got += found(part)
    for pathway, closes, _ in steps[half:]:
        append(database, pathway, Closed() if closes else None)
    while part.more:
        part = bootstrap(database, after=part.cursor, limit=limit, through=part.head)
        got += found(part)
    part = page(database, after=part.cursor)
    got += found(part)
    everything = found(page(database))
    closed = {pathway for pathway, closes, _ in steps if closes}
    assert got == sorted(set(got))
    for pathway in {pathway for pathway, *_ in steps} - closed:
        assert [e for e in got if e[1] == pathway] == [e for e in everything if e[1] == pathway]
    database.close()


# --- waiting


def test_a_long_poll_is_woken_by_a_commit(office: Office) -> None:
    pathway_id = office.receive()
    answers: list[list[str]] = []

    def wait() -> None:
        found = office.page(after=1, wait=30)
        answers.append([decode_entry(bytes(raw)).id for raw in found.entries])

    poll = threading.Thread(target=wait)
    poll.start()
    anyio.run(until_waiting, office.database)
    note = office.note(pathway_id)
    office.push(note)
    poll.join(20)
    assert answers == [[note.id]]
    assert office.database.bell.waiting == 0


def test_a_long_poll_with_something_to_tell_does_not_wait(office: Office) -> None:
    office.receive()
    assert len(office.page(after=0, wait=30).entries) == 1


def test_a_long_poll_ends_empty_when_nothing_comes(office: Office) -> None:
    office.receive()
    empty = office.page(after=1, wait=1)
    assert (empty.entries, empty.cursor, empty.more) == ((), 1, False)


def test_who_is_revoked_while_waiting_is_handed_nothing_more(office: Office) -> None:
    pathway_id = office.receive()
    answers: list[httpx.Response] = []

    def wait() -> None:
        answers.append(office.call("GET", "/v1/entries?after=1&wait=30", "BKR"))

    poll = threading.Thread(target=wait)
    poll.start()
    anyio.run(until_waiting, office.database)
    with office.database.write() as connection:
        users.revoke(connection, "BKR", None, office.now)
    office.push(office.note(pathway_id))
    poll.join(20)
    assert [answer.status_code for answer in answers] == [401]


def test_what_is_no_entry_wakes_nobody(office: Office) -> None:
    office.receive()
    rung: list[bool] = []

    async def listen() -> None:
        with office.database.bell.waiter() as bell:
            with office.database.write():
                pass
            await anyio.lowlevel.checkpoint()
            rung.append(bell.is_set())
            await anyio.to_thread.run_sync(append, office.database)
            with anyio.fail_after(20):
                await bell.wait()
            rung.append(bell.is_set())

    anyio.run(listen)
    assert rung == [False, True]


async def until_waiting(database: Database) -> None:
    """Until somebody waits for the journal."""
    with anyio.fail_after(20):
        while not database.bell.waiting:
            await anyio.lowlevel.checkpoint()


def test_a_message_that_comes_in_wakes_the_long_poll(office: Office) -> None:
    got: list[int] = []
    poll = threading.Thread(target=lambda: got.append(office.page(wait=30).cursor))
    poll.start()
    anyio.run(until_waiting, office.database)
    assert office.call("POST", "/v1/messages", content=written(plan())).status_code == 201
    poll.join(20)
    assert got == [1]


def test_an_entry_of_another_program_that_cannot_be_read_stops_nobody(office: Office) -> None:
    """One that an older or a newer gateway took is kept, and served as it is stored."""
    pathway = office.receive()
    office.push(office.note(pathway, "en"))
    data = journal.journal.c.data
    with office.database.write() as connection:
        mine = journal.journal.c.seq == 2
        stored = connection.scalars(select(data).where(mine)).one()
        spoilt = stored.replace(b'"text":"en"', b'"text":17')
        connection.execute(update(journal.journal).where(mine).values(data=spoilt))

    assert office.push_one(office.assignment(pathway, "AHN", None)).status == "accepted"
    assert len(office.page().entries) == 3
    assert office.page(user="PLE").entries == ()
