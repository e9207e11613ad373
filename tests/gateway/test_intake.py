"""What comes in: raw bytes first, each letter once, and nothing that cannot be read is lost."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.gateway.mailbox import (
    HOSPITAL,
    NANCY,
    START,
    Post,
    changed,
    correspondence,
    plan,
    receipt,
    written,
)
from tests.medcom.files import FIXTURES, file_name, fixture
from visitator.domain.entries import MessageReceived
from visitator.domain.messages import CarePlan, Correspondence, Receipt, ReceiptOutcome
from visitator.domain.text import RichText
from visitator.gateway import intake, mail, outgoing
from visitator.gateway.database import Database
from visitator.medcom.reader import Delivery, read
from visitator.medcom.writing import write_correspondence


@pytest.fixture
def post(mail_database: Database, tmp_path: Path) -> Post:
    """A gateway's mail, on both kinds of database."""
    return Post(mail_database, tmp_path / "post")


class Crash(BaseException):
    """The process is gone at this line."""


def raw(post: Post, raw_id: str) -> bytes | None:
    with post.database.read() as connection:
        return mail.raw(connection, raw_id)


def waiting(post: Post) -> int:
    with post.database.read() as connection:
        return mail.status(connection).waiting_to_be_read


def in_two_envelopes() -> tuple[CarePlan, CarePlan]:
    first = plan()
    return first, changed(first, envelope_id="KUVANDENGANG01", sent_at=dt.datetime(2030, 3, 5, 13))


# --- one good letter ----------------------------------------------------------------------------


def test_a_letter_is_entered_with_its_bytes_and_the_time_it_came(post: Post) -> None:
    data = written(plan(letter_id="BREVABC"))
    received = post.receive(data)
    (entry,) = post.entries
    (entered,) = received.entries
    assert (entered.kind, entered.entry_id) == ("care_plan", entry.id)
    assert entered.pathway_id == entry.pathway_id
    (body,) = post.bodies(MessageReceived)
    assert body.message.letter_id == "BREVABC"
    assert body.received_at == START
    assert body.raw_id == received.raw_id
    assert raw(post, received.raw_id) == data
    assert received.problems == ()


@pytest.mark.parametrize("file", FIXTURES, ids=file_name)
def test_every_kind_of_message_is_taken_in(post: Post, file: object) -> None:
    data = fixture(file_name(file).removesuffix(".xml"))
    received = post.receive(data)
    assert received.problems == ()
    assert waiting(post) == 0
    assert raw(post, received.raw_id) == data
    assert len(post.letters) == len(received.entries)


def test_bytes_that_were_never_received_are_not_there(post: Post) -> None:
    assert raw(post, "findes-ikke") is None


# --- crashes ------------------------------------------------------------------------------------


def crash_at(monkeypatch: pytest.MonkeyPatch, where: str, error: BaseException) -> None:
    def fall(*_arguments: object, **_named: object) -> None:
        raise error

    monkeypatch.setattr(outgoing if where == "append_by_gateway" else intake, where, fall)


@pytest.mark.parametrize("where", ["read", "_TakingUp", "append_by_gateway"])
@pytest.mark.parametrize("error", [Crash(), RuntimeError("en fejl")], ids=["crash", "error"])
def test_what_a_crash_left_is_taken_up_once(
    post: Post, monkeypatch: pytest.MonkeyPatch, where: str, error: BaseException
) -> None:
    with monkeypatch.context() as patch:
        crash_at(patch, where, error)
        with pytest.raises(type(error)):
            post.receive(written(plan()))
    assert (len(post.entries), waiting(post)) == (0, 1)
    post.later(30)
    intake.resume(post.database, post.now)
    intake.resume(post.database, post.now)
    assert (len(post.entries), waiting(post)) == (1, 0)
    (body,) = post.bodies(MessageReceived)
    assert body.received_at == START, "the deadline starts when it came, not when it was read"


def test_a_letter_that_came_again_after_a_crash_is_entered_once(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = written(plan())
    with monkeypatch.context() as patch:
        crash_at(patch, "_TakingUp", Crash())
        with pytest.raises(Crash):
            post.receive(data)
    assert len(post.receive(data).entries) == 1
    intake.resume(post.database, post.now)
    assert len(post.entries) == 1


def test_two_that_read_the_same_message_at_once_enter_it_once(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(data: bytes) -> Delivery:
        monkeypatch.setattr(intake, "read", read)
        intake.resume(post.database, post.now)
        assert len(post.entries) == 1, "the other one was first"
        return read(data)

    monkeypatch.setattr(intake, "read", slow)
    (entered,) = post.receive(written(plan())).entries
    assert [entry.id for entry in post.entries] == [entered.entry_id]


def test_a_message_the_program_fails_on_does_not_stand_in_the_way(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        crash_at(patch, "append_by_gateway", RuntimeError(NANCY))
        with pytest.raises(RuntimeError):
            post.receive(written(plan()))
        for _ in range(intake.ATTEMPTS):
            intake.resume(post.database, post.now)
    assert post.reasons == ["programfejl"]
    assert waiting(post) == 0
    assert len(post.receive(written(plan())).entries) == 1


def test_the_log_of_such_a_failure_quotes_nobody(
    post: Post, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with monkeypatch.context() as patch:
        crash_at(patch, "append_by_gateway", RuntimeError(NANCY))
        with pytest.raises(RuntimeError):
            post.receive(written(plan()))
        intake.resume(post.database, post.now)
    assert "RuntimeError" in caplog.text
    assert NANCY not in caplog.text


# --- quarantine ---------------------------------------------------------------------------------

GOOD = written(plan(letter_id="BREVHEL", envelope_id="KUVHEL"))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "tom_fil"),
        (b"%PDF-1.7 ikke XML", "syntaksfejl"),
        (GOOD[:-40], "syntaksfejl"),
        (GOOD.replace(b"XD2134C", b"XD9999X"), "problem_med_version"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "dtd_afvist"),
        (b"<Emessage><Envelope/></Emessage>", "intet_brev"),
    ],
    ids=["empty", "not-xml", "truncated", "version", "dtd", "no-letter"],
)
def test_what_cannot_be_read_is_in_quarantine(post: Post, data: bytes, reason: str) -> None:
    received = post.receive(data)
    (problem,) = received.problems
    (kept,) = post.quarantine
    assert (problem.reason, kept.reason) == (reason, reason)
    assert kept.text == problem.text
    assert (kept.raw_id, kept.received_at, kept.transport) == (received.raw_id, START, "test")
    assert raw(post, received.raw_id) == data
    assert (post.entries, received.entries, waiting(post)) == ([], (), 0)


def test_the_newest_in_quarantine_is_first(post: Post) -> None:
    post.receive(b"")
    post.later(1)
    post.receive(b"<a")
    assert post.reasons == ["syntaksfejl", "tom_fil"]


def test_the_same_unreadable_bytes_are_in_quarantine_once(post: Post) -> None:
    first, second = post.receive(b"<a"), post.receive(b"<a")
    assert first == second
    assert len(post.quarantine) == 1


def two_letters(second: bytes) -> bytes:
    """An envelope with the plan GOOD and something after it."""
    end = GOOD.rindex(b"</")
    return GOOD[:end] + second + GOOD[end:]


def test_a_broken_letter_does_not_take_the_good_one_with_it(post: Post) -> None:
    inner = GOOD[GOOD.index(b"<ProgressOfCarePlan") : GOOD.rindex(b"</")]
    broken = inner.replace(b"BREVHEL", b"BREVITU").replace(b"</Patient>", b"</Patent>")
    received = post.receive(two_letters(broken))
    assert [message.letter_id for message in post.letters] == ["BREVHEL"]
    assert [problem.reason for problem in received.problems] == ["syntaksfejl"]
    assert post.reasons == ["syntaksfejl"]
    post.tick()
    named = {each.original_letters[0].letter_id: each.outcome for each in post.receipts()}
    assert named == {"BREVHEL": ReceiptOutcome.POSITIVE, "BREVITU": ReceiptOutcome.NEGATIVE}


def test_a_letter_of_an_unknown_version_does_not_either(post: Post) -> None:
    inner = GOOD[GOOD.index(b"<ProgressOfCarePlan") : GOOD.rindex(b"</")]
    newer = inner.replace(b"BREVHEL", b"BREVNY").replace(b"XD2134C", b"XD2199C")
    post.receive(two_letters(newer))
    assert [message.letter_id for message in post.letters] == ["BREVHEL"]
    assert post.reasons == ["problem_med_version"]


# --- the duplicate table of standard §6.1 -------------------------------------------------------


def test_the_same_bytes_again_are_one_entry_and_one_acknowledgement_more(post: Post) -> None:
    data = written(plan())
    first = post.receive(data)
    post.tick()
    (answered,) = post.fetch()
    again = post.receive(data)
    post.tick()
    assert again == first
    assert len(post.entries) == 1
    assert post.fetch() == [answered]


def test_the_same_letter_in_other_bytes_is_one_entry(post: Post) -> None:
    """Same envelope, same letter; only the white space between the elements differs."""
    data = written(plan())
    first = post.receive(data)
    post.tick()
    acknowledgement = post.fetch()
    again = post.receive(data.replace(b"><", b">\n<"))
    post.tick()
    assert again.entries == first.entries
    assert again.raw_id != first.raw_id
    assert len(post.entries) == 1
    assert post.fetch() == acknowledgement


def test_a_known_letter_in_a_new_envelope_gets_the_first_acknowledgement(post: Post) -> None:
    first, second = in_two_envelopes()
    post.receive(written(first))
    post.tick()
    acknowledgement = post.fetch()
    received = post.receive(written(second))
    post.tick()
    assert len(post.entries) == 1
    assert received.problems == ()
    assert post.fetch() == acknowledgement


def test_a_letter_that_asked_for_nothing_is_acknowledged_when_its_copy_asks(post: Post) -> None:
    first, second = in_two_envelopes()
    post.receive(written(changed(first, wants_receipt=False)))
    post.receive(written(second))
    post.tick()
    (acknowledgement,) = post.receipts()
    assert acknowledgement.original_envelope_id == second.envelope_id
    assert len(post.entries) == 1


def test_the_journal_says_when_a_letter_was_acknowledged_and_when_it_was_not(post: Post) -> None:
    post.receive(written(plan()))
    post.receive(written(changed(correspondence(), wants_receipt=False)))
    asked, asked_nothing = (entry.body for entry in post.entries)
    assert isinstance(asked, MessageReceived)
    assert asked.receipted_at == post.now
    assert isinstance(asked_nothing, MessageReceived)
    assert asked_nothing.receipted_at is None


def test_a_new_letter_in_a_known_envelope_is_refused_and_kept(post: Post) -> None:
    first = plan()
    post.receive(written(first))
    data = written(correspondence(envelope_id=first.envelope_id))
    received = post.receive(data)
    assert [problem.reason for problem in received.problems] == ["kuvert_genbrugt"]
    assert post.reasons == ["kuvert_genbrugt"]
    assert raw(post, received.raw_id) == data
    assert len(post.entries) == 1


def test_the_same_envelope_number_of_another_sender_is_another_envelope(post: Post) -> None:
    post.receive(written(plan(envelope_id="KUV1")))
    elsewhere = changed(HOSPITAL, gln="5790002515200")
    post.receive(written(correspondence(envelope_id="KUV1", sender=elsewhere)))
    assert (len(post.entries), post.quarantine) == (2, [])


def test_letters_that_name_no_envelope_are_not_in_the_same_one(post: Post) -> None:
    """A hospital without a location number, or what no envelope came around, is not refused."""
    post.receive(b"<Brev/>")
    unnamed = fixture("xdis21_missing_location_number")
    for data in (unnamed, unnamed.replace(b"LPFP300304M001", b"LPFP300304M002")):
        assert post.receive(data).problems == ()
    assert (len(post.entries), post.quarantine) == (3, [])


def test_a_receipt_stands_in_the_way_of_no_letter_without_an_envelope(post: Post) -> None:
    _, letter = post.sent_reply()
    post.receive(receipt(letter))
    assert post.receive(fixture("xdis21_missing_location_number")).problems == ()


def test_the_envelope_of_a_duplicate_is_known_as_well(post: Post) -> None:
    first, second = in_two_envelopes()
    post.receive(written(first))
    post.receive(written(second))
    received = post.receive(written(correspondence(envelope_id=second.envelope_id)))
    assert [problem.reason for problem in received.problems] == ["kuvert_genbrugt"]


def test_a_letter_number_used_for_another_text_is_not_taken_for_a_copy(post: Post) -> None:
    first = correspondence()
    post.receive(written(first))
    other = changed(first, envelope_id="KUVNY", texts=(RichText("Borgeren kommer i morgen."),))
    received = post.receive(written(other))
    assert [problem.reason for problem in received.problems] == ["brevnummer_genbrugt"]
    assert len(post.entries) == 1


def test_a_letter_number_of_another_kind_of_letter_is_another_letter(post: Post) -> None:
    post.receive(written(plan(letter_id="BREV1")))
    post.receive(written(correspondence(letter_id="BREV1")))
    assert [type(message) for message in post.letters] == [CarePlan, Correspondence]
    assert len(next(iter(post.pathways.values())).timeline) == 2


def test_a_letter_without_a_number_is_known_by_its_bytes(post: Post) -> None:
    data = written(correspondence(letter_id="BREVX")).replace(
        b"<Identifier>BREVX</Identifier>", b""
    )
    post.receive(data)
    post.receive(data)
    assert len(post.entries) == 1


def test_two_letters_with_the_same_number_in_one_file_are_one(post: Post) -> None:
    inner = GOOD[GOOD.index(b"<ProgressOfCarePlan") : GOOD.rindex(b"</")]
    received = post.receive(two_letters(inner))
    assert len(post.entries) == 1
    assert [each.entry_id for each in received.entries] == [post.entries[0].id] * 2


def test_a_receipt_that_comes_twice_is_one_entry(post: Post) -> None:
    _, letter = post.sent_reply()
    data = receipt(letter)
    post.receive(data)
    post.receive(data.replace(b"><", b">\n<"))
    assert len([message for message in post.letters if isinstance(message, Receipt)]) == 1


def test_the_envelope_number_of_a_receipt_may_be_known(post: Post) -> None:
    """A receipt changes nothing but what is known of a reply; it is never refused."""
    _, letter = post.sent_reply()
    post.receive(write_correspondence(correspondence(envelope_id="KUVFAELLES")).data)
    post.receive(receipt(letter, envelope_id="KUVFAELLES"))
    assert post.quarantine == []
    assert isinstance(post.letters[-1], Receipt)
