"""Whatever breaks while the mail moves: each letter is entered once, each reply is one letter."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from tests.conftest import ROOT
from tests.gateway.mailbox import (
    AKSEL,
    KEY,
    OTHER_EPISODE,
    START,
    Post,
    admission,
    answer_everything,
    changed,
    correspondence,
    discharge,
    plan,
    receipt,
    written,
)
from visitator import sqlcipher
from visitator.domain.entries import ReplySent
from visitator.domain.messages import AnyMessage, Correspondence
from visitator.gateway import mail
from visitator.gateway.database import Database
from visitator.gateway.transports import FolderTransport, Incoming, Trouble, TroubleReason
from visitator.medcom.reader import read


class Crash(BaseException):
    """The process is gone at this line."""


class Fuse:
    """Blows when it has been passed a given number of times; the program ends there."""

    def __init__(self) -> None:
        self.left: int | None = None
        self.passed = 0

    def __call__(self) -> None:
        self.passed += 1
        if self.left is None:
            return
        self.left -= 1
        if self.left < 0:
            self.left = None
            raise Crash


class FragileDatabase(Database):
    """A database whose process may end right before and right after every commit."""

    fuse: Fuse

    @contextmanager
    def write(self) -> Iterator[Connection]:
        with super().write() as connection:
            yield connection
            self.fuse()
        self.fuse()


class FragileFolder(FolderTransport):
    """A folder whose program may end before and after it touches a file."""

    def __init__(self, path: Path, fuse: Fuse) -> None:
        super().__init__(path)
        self._fuse = fuse

    def settle(self, incoming: Incoming, *, raw_id: str, is_refused: bool) -> Trouble | None:
        self._fuse()
        done = super().settle(incoming, raw_id=raw_id, is_refused=is_refused)
        self._fuse()
        return done

    def send(self, letter_id: str, data: bytes) -> None:
        self._fuse()
        super().send(letter_id, data)
        self._fuse()


class FragilePost(Post):
    """A gateway that may end anywhere, and what the hospital has seen of it."""

    def __init__(self, folder: Path) -> None:
        self.fuse = Fuse()
        database = FragileDatabase.sqlite(folder / "gateway.db", KEY)
        database.fuse = self.fuse
        database.create()
        super().__init__(database, folder / "post")
        self.restart()
        self.fetched: list[bytes] = []
        self.crashes = 0

    def restart(self) -> None:
        self.transport = FragileFolder(self.folder, self.fuse)

    def attempt(self, action: Callable[[], object], fuse: int | None) -> bool:
        """Do something in a process that ends after `fuse` steps; whether it got through."""
        self.fuse.left = fuse
        try:
            action()
        except Crash:
            self.crashes += 1
            self.restart()
            return False
        finally:
            self.fuse.left = None
        return True

    def take(self) -> None:
        """The hospital fetches what is there."""
        self.fetched += self.fetch()

    def settle_down(self) -> None:
        """What is still under way comes to an end; nobody's time is up."""
        for _ in range(3):
            self.tick()
        self.later(2)
        self.tick()
        self.take()

    def hospital_has(self) -> list[Correspondence]:
        """The letters the hospital got, each once; the same number is always the same bytes."""
        copies: dict[str | None, set[bytes]] = {}
        letters: dict[str | None, Correspondence] = {}
        for data in self.fetched:
            (message,) = read(data).messages
            copies.setdefault(message.letter_id, set()).add(data)
            if isinstance(message, Correspondence):
                letters[message.letter_id] = message
        assert all(len(each) == 1 for each in copies.values())
        return list(letters.values())


def check(post: FragilePost, delivered: list[AnyMessage]) -> None:
    """Every letter is entered once; every accepted reply is one letter at the hospital."""
    entered = Counter(message.letter_id for message in post.letters)
    assert entered == Counter({message.letter_id for message in delivered})
    accepted = [entry.body for entry in post.entries if isinstance(entry.body, ReplySent)]
    assert Counter(each.letter_id for each in accepted) == Counter(
        letter.letter_id for letter in post.hospital_has()
    )
    assert Counter(post.handed_over) == Counter(
        entry.id for entry in post.entries if isinstance(entry.body, ReplySent)
    )
    with post.database.read() as connection:
        assert mail.status(connection).waiting_to_be_read == 0
    assert post.files("ind") == []
    assert post.failures == []


@contextmanager
def fragile() -> Iterator[FragilePost]:
    folder = Path(tempfile.mkdtemp(prefix="visitator-post-"))
    post = FragilePost(folder)
    try:
        yield post
    finally:
        post.database.close()
        shutil.rmtree(folder)


# --- a crash at every single step ---------------------------------------------------------------


def one_day(post: FragilePost, fuse: int | None) -> bool:
    """A plan comes, is answered, the answer goes out; whether the process lived to see it."""
    got_through = post.attempt(post.tick, fuse)
    if got_through:
        left = None if fuse is None else fuse - post.fuse.passed
        got_through = post.attempt(lambda: answer_everything(post), left)
    if got_through:
        left = None if fuse is None else fuse - post.fuse.passed
        got_through = post.attempt(post.tick, left)
    return got_through


def steps_of_a_day() -> int:
    with fragile() as post:
        post.put(written(plan()))
        assert one_day(post, None)
        return post.fuse.passed


def test_a_crash_at_any_step_of_the_day_costs_nothing() -> None:
    steps = steps_of_a_day()
    assert steps > 15
    for step in range(steps):
        with fragile() as post:
            letter = plan()
            post.put(written(letter))
            assert not one_day(post, step), f"the crash at step {step} did not happen"
            post.later(2)
            post.tick()
            answer_everything(post)
            post.settle_down()
            check(post, [letter])


def test_the_folder_holds_one_file_per_reply_after_a_crash_while_sending() -> None:
    for step in range(8):
        with fragile() as post:
            post.receive(written(plan(wants_receipt=False)))
            answer_everything(post)
            post.attempt(post.tick, step)
            post.later(2)
            post.tick()
            assert len(post.files("ud")) == 1
            assert len(post.handed_over) == 1


@pytest.mark.parametrize("step", range(8))
def test_a_receipt_for_what_a_crash_left_open_settles_it(step: int) -> None:
    """The hospital had fetched the letter and answered before the gateway could note it."""
    with fragile() as post:
        letter = plan(wants_receipt=False)
        post.receive(written(letter))
        answer_everything(post)
        post.attempt(post.tick, step)
        post.take()
        answers = [receipt(each) for each in post.hospital_has()]
        for data in answers:
            post.receive(data)
        post.settle_down()
        check(post, [letter, *(message for data in answers for message in read(data).messages)])


# --- random histories ---------------------------------------------------------------------------

_LETTERS: list[AnyMessage] = [
    admission(),
    plan(),
    plan(),
    correspondence(),
    plan(AKSEL, OTHER_EPISODE),
    correspondence(AKSEL, None),
    discharge(),
]
_FUSES = st.none() | st.integers(0, 12)
_WHICH = st.integers(0, len(_LETTERS) - 1)
_STEPS = st.one_of(
    st.tuples(st.sampled_from(["file", "call", "copy"]), _WHICH, _FUSES),
    st.tuples(st.sampled_from(["tick", "answer", "receipt"]), st.just(0), _FUSES),
    st.tuples(st.sampled_from(["fetch", "later"]), st.just(0), st.none()),
)


class History:
    """Does one step after the other, and remembers what the hospital has sent."""

    def __init__(self, post: FragilePost) -> None:
        self.post = post
        self.delivered: dict[int, AnyMessage] = {}
        self.copies = 0
        self.receipts: list[AnyMessage] = []

    def step(self, kind: str, which: int, fuse: int | None) -> None:
        post = self.post
        match kind:
            case "file":
                self.delivered[which] = _LETTERS[which]
                post.put(written(_LETTERS[which]), f"brev-{which}.xml")
            case "call" | "copy":
                self.call(which, fuse, is_copy=kind == "copy")
            case "tick":
                post.attempt(post.tick, fuse)
            case "answer":
                post.attempt(lambda: answer_everything(post), fuse)
            case "fetch":
                post.take()
            case "receipt":
                self.receipt(fuse)
            case "later":
                post.later(10)

    def call(self, which: int, fuse: int | None, *, is_copy: bool) -> None:
        """A letter over HTTP, sent again until there is an answer, perhaps in a new envelope."""
        message = _LETTERS[which]
        if is_copy:
            self.copies += 1
            message = changed(message, envelope_id=f"KOPI{self.copies}")
        data = written(message)
        self.delivered[which] = message
        if not self.post.attempt(lambda: self.post.receive(data), fuse):
            self.post.receive(data)

    def receipt(self, fuse: int | None) -> None:
        """The hospital's receipt for the last letter it got, sent until there is an answer."""
        letters = self.post.hospital_has()
        if not letters:
            return
        data = receipt(letters[-1])
        self.receipts += read(data).messages
        if not self.post.attempt(lambda: self.post.receive(data), fuse):
            self.post.receive(data)


@given(st.lists(_STEPS, min_size=5, max_size=30))
def test_nothing_is_lost_and_nothing_is_doubled(steps: list[tuple[str, int, int | None]]) -> None:
    with fragile() as post:
        history = History(post)
        for kind, which, fuse in steps:
            history.step(kind, which, fuse)
        post.settle_down()
        check(post, [*history.delivered.values(), *history.receipts])


# --- real ends of real processes ----------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_killed_process_loses_and_doubles_nothing(tmp_path: Path) -> None:
    """Killed at random moments; the hospital's folder holds one letter per accepted reply."""
    database = Database.sqlite(tmp_path / "gateway.db", KEY)
    database.create()
    database.close()
    post = Post(database, tmp_path / "post")
    chance = random.Random(2030)
    code = "import sys; from tests.gateway.mailbox import run_rounds; run_rounds(sys.argv[1])"
    sent = []
    for kill in range(20 if os.environ.get("VISITATOR_NIGHTLY") == "1" else 5):
        for number in range(8):
            sent.append(plan(episode=f"E{kill}{number}"))
            post.put(written(sent[-1]), f"{kill}-{number}.xml")
        process = subprocess.Popen([sys.executable, "-c", code, tmp_path], cwd=ROOT)
        until = len(post.entries) + chance.randint(1, 20)
        while len(post.entries) < until:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(chance.uniform(0.001, 0.02))
            assert process.returncode is None, "the process ended by itself"
        process.kill()
        process.wait()
    for _ in range(3):
        post.tick()
        answer_everything(post)
        post.later(2)
    assert Counter(each.letter_id for each in post.letters) == Counter(
        each.letter_id for each in sent
    )
    accepted = [body.letter_id for body in post.bodies(ReplySent)]
    assert len(accepted) == len(sent)
    assert Counter(each.letter_id for each in post.replies()) == Counter(accepted)
    assert len(post.receipts()) == len(sent)
    database.close()


# --- several at once ----------------------------------------------------------------------------


def test_two_workers_on_one_folder_do_everything_once(
    mail_database: Database, tmp_path: Path
) -> None:
    first = Post(mail_database, tmp_path / "post")
    second = Post(mail_database, tmp_path / "post")
    letters = [plan(episode=f"E{number}") for number in range(10)]
    for number, letter in enumerate(letters):
        first.put(written(letter), f"{number}.xml")

    def work(post: Post) -> None:
        for _ in range(3):
            post.tick()

    threads = [threading.Thread(target=work, args=(post,)) for post in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    answer_everything(first)
    work(first)
    assert Counter(each.letter_id for each in first.letters) == Counter(
        each.letter_id for each in letters
    )
    assert first.files("ind") == []
    assert len(first.replies()) == len(set(first.handed_over)) == len(first.handed_over) == 10


def test_a_hospital_that_answers_at_once_does_not_get_the_letter_again(post: Post) -> None:
    class Quick(FolderTransport):
        """The receipt is in before the gateway has noted that it sent the letter."""

        def send(self, letter_id: str, data: bytes) -> None:
            super().send(letter_id, data)
            (letter,) = read(data).messages
            post.receive(receipt(letter))

    entry = post.answered_plan()
    post.transport = Quick(post.folder)
    post.tick()
    post.fetch()
    for _ in range(6):
        post.later(120)
        post.tick()
    assert (post.files("ud"), post.handed_over, post.failures) == ([], [entry.id], [])


# --- a database that does not write -------------------------------------------------------------


def tell_writer(post: Post, pragma: str) -> None:
    with post.database.write() as connection:
        connection.exec_driver_sql(pragma)


def test_on_a_full_disk_the_file_stays_where_it_is(post: Post) -> None:
    entry = post.answered_plan()
    big = correspondence(texts=(correspondence().texts[0],), letter_id="STORT")
    data = written(big).replace(b"Transport er", b"Transport " * 5_000 + b"er")
    with post.database.read() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    tell_writer(post, f"PRAGMA max_page_count = {pages}")
    post.put(data)
    for _ in range(3):
        done = post.tick()
        assert [each.reason for each in done.troubles] == [TroubleReason.DATABASE]
    assert post.files("ind") == ["fil.xml"]
    with pytest.raises(OperationalError):
        post.receive(data)
    tell_writer(post, "PRAGMA max_page_count = 100000")
    assert post.tick().troubles == ()
    assert post.files("ind") == []
    assert [each.letter_id for each in post.letters][1:] == ["STORT"]
    post.later(2)
    post.tick()
    assert post.handed_over == [entry.id]


def test_while_another_program_holds_the_database_the_mail_waits(
    post: Post, tmp_path: Path
) -> None:
    tell_writer(post, "PRAGMA busy_timeout = 20")
    post.put(written(plan()))
    other = sqlcipher.connect(tmp_path / "gateway.db", KEY)
    other.execute("BEGIN IMMEDIATE")
    assert [each.reason for each in post.tick().troubles] == [TroubleReason.DATABASE]
    assert post.files("ind") == ["fil.xml"]
    other.execute("ROLLBACK")
    other.close()
    assert post.tick().received == 1
    assert len(post.entries) == 1


# --- what a round does not do -------------------------------------------------------------------


def test_a_round_waits_for_nothing(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    def asleep(_seconds: float) -> None:
        raise AssertionError("a round slept")

    monkeypatch.setattr(time, "sleep", asleep)
    post.put(written(plan()))
    post.put(b"<a", "halv.xml")
    assert post.tick().received == 1


def test_a_quiet_round_writes_nothing(post: Post) -> None:
    post.sent_reply()
    before = (post.folder.parent / "gateway.db-wal").stat().st_mtime_ns
    for _ in range(5):
        assert post.tick() == mail.Round()
    assert (post.folder.parent / "gateway.db-wal").stat().st_mtime_ns == before


def test_the_instant_a_letter_came_is_the_gateways(post: Post) -> None:
    post.later(7)
    post.receive(written(plan()))
    (body,) = [entry.body for entry in post.entries]
    assert (body.received_at - START).total_seconds() == 7 * 60  # type: ignore[union-attr]
