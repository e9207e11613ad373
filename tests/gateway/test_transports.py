"""The drop folder: every file is taken once, whole, and nothing is lost or overwritten."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.gateway.mailbox import START, Post, as_nobody, changed, correspondence, plan, written
from visitator.domain.text import RichText
from visitator.gateway.mail import Round
from visitator.gateway.transports import (
    FolderTransport,
    Incoming,
    TransportError,
    Trouble,
    TroubleReason,
)

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files or rights")


def reasons(done: Round) -> list[TroubleReason]:
    return [trouble.reason for trouble in done.troubles]


def letter_ids(post: Post) -> list[str | None]:
    return [message.letter_id for message in post.letters]


# --- taking files -------------------------------------------------------------------------------


def test_a_file_renamed_in_is_taken_at_once_and_archived(post: Post) -> None:
    data = written(plan(letter_id="BREV1"))
    post.put(data, "plan.xml")
    done = post.tick()
    assert (done.received, done.refused, done.troubles) == (1, 0, ())
    assert letter_ids(post) == ["BREV1"]
    assert post.files("ind") == []
    (archived,) = post.files("arkiv")
    assert (post.folder / "arkiv" / archived).read_bytes() == data
    assert post.tick().received == 0


def test_what_cannot_be_read_goes_to_the_failed_with_its_number(post: Post) -> None:
    post.put(b"ikke XML")
    assert post.tick().received == 0
    post.later(1)
    assert post.tick().refused == 1
    (kept,) = post.quarantine
    assert post.files("fejl") == [f"{kept.raw_id}.xml"]
    assert kept.transport == "folder"
    assert (post.files("ind"), post.files("arkiv")) == ([], [])


def test_a_file_with_one_broken_letter_goes_to_the_failed(post: Post) -> None:
    data = written(plan())
    inner = data[data.index(b"<ProgressOfCarePlan") : data.rindex(b"</")]
    broken = inner.replace(b"XD2134C", b"XD9999C").replace(b"BREV", b"FEJL")
    end = data.rindex(b"</")
    post.put(data[:end] + broken + data[end:])
    post.tick()
    assert (len(post.letters), len(post.files("fejl")), post.files("arkiv")) == (1, 1, [])


@pytest.mark.parametrize("step", [1, 7, 1000])
def test_a_file_that_grows_is_left_alone_until_it_is_whole(post: Post, step: int) -> None:
    data = written(plan())
    pieces = [data[: len(data) - step * left] for left in (3, 2, 1)]
    path = post.folder / "ind" / "vokser.xml"
    for piece in pieces:
        path.write_bytes(piece)
        assert post.tick().received == 0
    path.write_bytes(data)
    assert post.tick().received == 1
    assert len(post.entries) == 1


def test_half_a_file_is_taken_when_nobody_has_written_in_it_for_ten_seconds(post: Post) -> None:
    path = post.folder / "ind" / "halv.xml"
    path.write_bytes(written(plan())[:-100])
    for _ in range(10):
        assert post.tick().received == 0
        post.later(1 / 60)
    assert post.tick().refused == 1
    assert post.reasons == ["syntaksfejl"]


def test_one_round_after_a_long_pause_is_not_enough(post: Post) -> None:
    path = post.folder / "ind" / "halv.xml"
    path.write_bytes(written(plan())[:-100])
    post.tick()
    path.write_bytes(written(plan())[:-99])
    post.later(60)
    assert post.tick().received == 0


def test_a_clock_set_back_does_not_hold_a_file_for_ever(post: Post) -> None:
    post.put(b"<a")
    post.tick()
    post.later(-600)
    post.tick()
    post.later(1)
    assert post.tick().refused == 1


def test_one_who_goes_on_writing_after_that_is_heard(post: Post) -> None:
    data = written(plan(letter_id="BREV1"))
    with (post.folder / "ind" / "langsom.xml").open("wb") as file:
        file.write(data[:500])
        file.flush()
        post.tick()
        post.later(1)
        post.tick()
        assert post.reasons == ["syntaksfejl"]
        file.write(data[500:])
    post.tick()
    assert letter_ids(post) == ["BREV1"]
    assert post.files("fejl") == []


def test_a_file_that_is_only_touched_in_the_archive_stays_there(post: Post) -> None:
    """Or is on a share where it gets another number when it is moved."""
    post.put(written(plan(letter_id="BREV1", wants_receipt=True)))
    post.tick()
    post.fetch()
    (name,) = post.files("arkiv")
    os.utime(post.folder / "arkiv" / name, (1, 1))
    assert post.tick() == Round()
    assert (post.files("arkiv"), post.files("ud")) == ([name], [])


def test_a_file_that_is_replaced_between_reading_and_moving_is_read_too(post: Post) -> None:
    post.put(written(plan(letter_id="BREV1")), "plan.xml")
    (incoming,) = post.transport.receive(post.now)
    assert isinstance(incoming, Incoming)
    post.put(written(plan(letter_id="BREV2")), "plan.xml")
    received = post.receive(incoming.data)
    post.transport.settle(incoming, raw_id=received.raw_id, is_refused=False)
    post.tick()
    assert letter_ids(post) == ["BREV1", "BREV2"]
    assert len(post.files("arkiv")) == 1


@pytest.mark.parametrize("name", ["plan.xml.tmp", "plan.PART", "plan.part", ".plan.xml", ".tmp"])
def test_temporary_names_are_left_alone(post: Post, name: str) -> None:
    path = post.put(written(plan()), name)
    for _ in range(3):
        assert post.tick() == Round()
    path.rename(path.with_name("plan.xml"))
    assert post.tick().received == 1


ODD_NAMES = ["Ø sygehus – plan (1).XML", "uden-endelse", "a" * 250, "linje\nskift.xml", "日本.xml"]


@posix
@pytest.mark.parametrize("name", [*ODD_NAMES, os.fsdecode(b"latin1-\xe6\xf8.xml")])
def test_odd_names_are_names(post: Post, name: str) -> None:
    try:
        post.put(written(plan()), name)
    except OSError:
        pytest.skip("this file system does not take the name")
    assert post.tick().received == 1
    assert (post.files("ind"), len(post.files("arkiv")), len(post.entries)) == ([], 1, 1)


def test_the_archive_tells_no_names(post: Post) -> None:
    post.put(written(plan()), "2512489996 Nancy.xml")
    post.tick()
    (name,) = post.files("arkiv")
    assert "2512489996" not in name


def test_an_empty_file_may_still_be_written(post: Post) -> None:
    post.put(b"")
    assert post.tick().received == 0
    post.later(1)
    post.tick()
    assert post.reasons == ["tom_fil"]
    assert len(post.files("fejl")) == 1


def test_the_oldest_file_is_first_and_then_by_name(post: Post) -> None:
    for name, age in (("c.xml", 30), ("b.xml", 10), ("a.xml", 10), ("d.xml", 20)):
        path = post.put(written(plan(letter_id=name[0].upper())), name)
        os.utime(path, ns=(0, 10**18 - age * 10**9))
    post.tick()
    assert letter_ids(post) == ["C", "D", "A", "B"]


def test_the_same_file_again_does_not_overwrite_the_first(post: Post) -> None:
    data = written(plan())
    for _ in range(3):
        post.put(data)
        post.tick()
    assert len(post.files("arkiv")) == 3
    assert len(post.entries) == 1
    assert {(post.folder / "arkiv" / name).read_bytes() for name in post.files("arkiv")} == {data}


def test_a_file_another_program_put_in_the_archive_stays(post: Post) -> None:
    data = written(plan())
    post.put(data)
    (incoming,) = post.transport.receive(post.now)
    assert isinstance(incoming, Incoming)
    received = post.receive(data)
    foreign = post.folder / "arkiv" / f"{received.raw_id}.xml"
    foreign.write_bytes(b"fremmed")
    post.transport.settle(incoming, raw_id=received.raw_id, is_refused=False)
    assert foreign.read_bytes() == b"fremmed"
    assert len(post.files("arkiv")) == 2


def test_a_crash_before_the_file_is_moved_costs_nothing(post: Post) -> None:
    data = written(plan())
    post.put(data)
    post.receive(data)
    post.restart()
    post.tick()
    assert len(post.entries) == 1
    assert (post.files("ind"), len(post.files("arkiv"))) == ([], 1)


# --- what is in the way -------------------------------------------------------------------------


def test_a_file_that_is_gone_at_the_next_moment_is_no_trouble(post: Post) -> None:
    post.put(written(plan(letter_id="BREV1")), "a.xml")
    gone = post.put(written(plan(letter_id="BREV2")), "b.xml")
    found = post.transport.receive(post.now)
    assert isinstance(next(found), Incoming)
    gone.unlink()
    assert list(found) == []


def test_a_file_gone_after_it_was_read_is_entered_all_the_same(post: Post) -> None:
    data = written(plan())
    path = post.put(data)
    (incoming,) = post.transport.receive(post.now)
    assert isinstance(incoming, Incoming)
    received = post.receive(data)
    path.unlink()
    assert post.transport.settle(incoming, raw_id=received.raw_id, is_refused=False) is None
    assert post.tick() == Round(sent=1)


def test_a_folder_in_the_inbox_is_told_and_left(post: Post) -> None:
    inner = post.folder / "ind" / "undermappe"
    inner.mkdir()
    (inner / "plan.xml").write_bytes(written(plan()))
    post.put(written(plan(letter_id="BREV1")))
    assert reasons(post.tick()) == [TroubleReason.NOT_A_FILE]
    assert letter_ids(post) == ["BREV1"]
    assert (inner / "plan.xml").exists()


@posix
@pytest.mark.parametrize("make", [os.mkfifo, lambda path: path.symlink_to("/etc/hostname")])
def test_what_is_no_file_is_never_opened(post: Post, make: Callable[[Path], None]) -> None:
    make(post.folder / "ind" / "plan.xml")
    for _ in range(3):
        done = post.tick()
        assert reasons(done) == [TroubleReason.NOT_A_FILE]
        assert done.received == 0


@contextmanager
def shared_with_everybody(post: Post) -> Iterator[None]:
    """The folder as a user without rights of their own may reach it."""
    parents = [post.folder, *post.folder.parents]
    mine = [path for path in parents if path.owner() == post.folder.owner() and path != Path("/")]
    modes = {path: path.stat().st_mode for path in mine}
    for path in mine:
        path.chmod(modes[path] | 0o011)
    for part in post.folder.iterdir():
        part.chmod(0o777)
    try:
        yield
    finally:
        for path, mode in modes.items():
            path.chmod(mode)


@posix
def test_a_file_without_access_waits_and_the_others_do_not(post: Post) -> None:
    closed = post.put(written(plan(letter_id="BREV1")), "a.xml")
    closed.chmod(0)
    post.put(written(plan(letter_id="BREV2")), "b.xml").chmod(0o644)
    with shared_with_everybody(post), as_nobody():
        found = list(post.transport.receive(post.now))
    assert found[0] == Trouble(transport="folder", reason=TroubleReason.UNREADABLE)
    assert isinstance(found[1], Incoming)
    closed.chmod(0o644)
    post.tick()
    assert sorted(letter_ids(post), key=str) == ["BREV1", "BREV2"]


@posix
def test_a_file_that_cannot_be_moved_is_not_read_again(post: Post) -> None:
    post.put(written(plan()))
    (incoming,) = post.transport.receive(post.now)
    assert isinstance(incoming, Incoming)
    received = post.receive(incoming.data)
    (post.folder / "arkiv").rmdir()
    for _ in range(3):
        trouble = post.transport.settle(incoming, raw_id=received.raw_id, is_refused=False)
        assert trouble == Trouble(transport="folder", reason=TroubleReason.NOT_MOVED)
        done = post.tick()
        assert (done.received, reasons(done)) == (0, [TroubleReason.NOT_MOVED])
    assert post.files("ind") == ["fil.xml"]
    (post.folder / "arkiv").mkdir()
    assert post.tick().troubles == ()
    assert (post.files("ind"), len(post.files("arkiv"))) == ([], 1)
    assert len(post.entries) == 1


@posix
def test_an_unmovable_file_that_is_replaced_is_read(post: Post) -> None:
    post.put(written(plan(letter_id="BREV1")))
    (post.folder / "arkiv").rmdir()
    post.tick()
    post.put(written(plan(letter_id="BREV2")))
    post.tick()
    assert letter_ids(post) == ["BREV1", "BREV2"]


def test_a_folder_that_is_gone_is_told_and_never_made(post: Post) -> None:
    """A share that is not mounted must not be mistaken for an empty one."""
    entry = post.answered_plan()
    away = post.folder.with_name("afmonteret")
    post.folder.rename(away)
    for _ in range(3):
        post.later(2)
        assert reasons(post.tick()) == [TroubleReason.FOLDER, TroubleReason.FOLDER]
    assert not post.folder.exists()
    away.rename(post.folder)
    post.put(written(plan(letter_id="BREV1")))
    post.later(2)
    assert post.tick().troubles == ()
    assert post.handed_over == [entry.id]
    assert letter_ids(post)[-1] == "BREV1"


def test_a_path_that_is_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "ind").write_bytes(b"")
    found = list(FolderTransport(tmp_path).receive(START))
    assert found == [Trouble(transport="folder", reason=TroubleReason.FOLDER)]


def test_a_file_larger_than_the_program_reads_is_set_aside_whole(post: Post) -> None:
    path, size = post.folder / "ind" / "stor.xml", 101 * 1024 * 1024
    with path.open("wb") as file:
        file.truncate(size)
    assert post.tick() == Round()
    post.later(11)
    assert post.tick() == Round(received=1, refused=1)
    assert post.files("ind") == []
    (name,) = post.files("fejl")
    assert (post.folder / "fejl" / name).stat().st_size == size
    (found,) = post.quarantine
    assert (found.reason, found.text) == (
        "for_stor",
        "Meddelelsen er større, end programmet modtager.",
    )
    assert post.tick() == Round()


# --- sending ------------------------------------------------------------------------------------


def test_a_letter_is_there_whole_under_its_number(post: Post) -> None:
    post.transport.send("BREV1", b"<a/>")
    assert post.files("ud") == ["BREV1.xml"]
    assert (post.folder / "ud" / "BREV1.xml").read_bytes() == b"<a/>"


def test_the_same_letter_again_takes_the_place_of_the_first(post: Post) -> None:
    post.transport.send("BREV1", b"<a/>")
    post.transport.send("BREV1", b"<a/>")
    assert post.files("ud") == ["BREV1.xml"]


def test_what_a_crash_left_half_written_is_written_over(post: Post) -> None:
    (post.folder / "ud" / ".BREV1.tmp").write_bytes(b"<a")
    post.transport.send("BREV1", b"<a/>")
    assert post.files("ud") == ["BREV1.xml"]


@contextmanager
def no_room(limit: int) -> Iterator[None]:
    """No file may become larger than `limit` bytes: a write fails as on a full disk."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@posix
def test_on_a_full_disk_nothing_half_is_left(post: Post) -> None:
    with no_room(1000), pytest.raises(TransportError) as caught:
        post.transport.send("BREV1", b"x" * 100_000)
    assert caught.value.reason is TroubleReason.DISK_FULL
    assert post.files("ud") == []


@posix
def test_a_reply_that_met_a_full_disk_goes_out_when_there_is_room(post: Post) -> None:
    class Full(FolderTransport):
        def send(self, letter_id: str, data: bytes) -> None:
            with no_room(100):
                super().send(letter_id, data)

    entry = post.answered_plan()
    room, post.transport = post.transport, Full(post.folder)
    assert reasons(post.tick()) == [TroubleReason.DISK_FULL]
    assert post.tick().troubles == (), "not tried again in the same minute"
    post.transport = room
    post.later(1)
    assert post.tick().sent == 1
    assert (post.handed_over, post.failures) == ([entry.id], [])


@posix
def test_an_outbox_without_access_is_told(post: Post) -> None:
    with shared_with_everybody(post):
        (post.folder / "ud").chmod(0o555)
        with as_nobody(), pytest.raises(TransportError) as caught:
            post.transport.send("BREV1", b"<a/>")
    assert caught.value.reason is TroubleReason.NOT_WRITTEN


def test_an_outbox_that_is_gone_is_told(post: Post) -> None:
    shutil.rmtree(post.folder / "ud")
    with pytest.raises(TransportError) as caught:
        post.transport.send("BREV1", b"<a/>")
    assert caught.value.reason is TroubleReason.FOLDER


@posix
def test_an_outbox_that_cannot_be_looked_for_is_told(post: Post) -> None:
    """The folder around it is closed: whether it is there cannot even be asked."""
    with shared_with_everybody(post):
        post.folder.chmod(0)
        with as_nobody(), pytest.raises(TransportError) as caught:
            post.transport.send("BREV1", b"<a/>")
    assert caught.value.reason is TroubleReason.FOLDER


def test_every_trouble_is_told_in_danish_and_without_names() -> None:
    for reason in TroubleReason:
        assert reason.text.endswith(".")
        assert "{" not in reason.text


def test_two_letters_about_one_citizen_in_two_files(post: Post) -> None:
    first = correspondence()
    post.put(written(first), "a.xml")
    post.put(written(changed(first, letter_id="B2", envelope_id="K2", texts=(RichText("Nej."),))))
    post.tick()
    assert len(post.entries) == 2
