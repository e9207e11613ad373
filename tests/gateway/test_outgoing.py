"""A reply becomes one XDIS91, and is sent until somebody answers for it."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import select

from tests.gateway.mailbox import (
    HOSPITAL,
    MUNICIPALITY,
    NANCY,
    Post,
    admission,
    changed,
    correspondence,
    discharge,
    plan,
    receipt,
    written,
)
from tests.gateway.office import Office
from visitator.domain.citizen import Citizen
from visitator.domain.deadlines import to_copenhagen
from visitator.domain.entries import AnswerCategory, DeliveryFailed, Entry, ReplySent
from visitator.domain.messages import (
    AdmissionNotification,
    CarePlan,
    Correspondence,
    DischargeNotification,
)
from visitator.domain.party import Organisation
from visitator.domain.reply import Signature
from visitator.gateway import mail, outgoing
from visitator.gateway.database import Database
from visitator.identifiers import new_letter_id
from visitator.medcom.reader import read
from visitator.resources import load_agreement


@pytest.fixture
def post(mail_database: Database, tmp_path: Path) -> Post:
    """A gateway's mail, on both kinds of database."""
    return Post(mail_database, tmp_path / "post")


def the_reply(post: Post) -> Correspondence:
    post.tick()
    (letter,) = post.replies()
    return letter


def sent(entry: Entry) -> ReplySent:
    assert isinstance(entry.body, ReplySent)
    return entry.body


def receive_plan(post: Post, **changes: Any) -> str:
    (entered,) = post.receive(written(plan(wants_receipt=False, **changes))).entries
    return entered.pathway_id


# --- the same bytes again -----------------------------------------------------------------------


def pushed_letter(office: Office, reply: Entry) -> bytes:
    assert office.push_one(reply).status == "accepted"
    mine = outgoing.outgoing.c.reply_id == reply.id
    with office.database.read() as connection:
        data: bytes = connection.scalars(select(outgoing.outgoing.c.data).where(mine)).one()
        return data


def test_a_restored_gateway_makes_the_same_letter_again(tmp_path: Path) -> None:
    """The hospital would refuse other bytes under a letter number it knows."""
    first = Office(Database.sqlite(tmp_path / "gateway.db", bytes(32)))
    reply = first.reply(first.receive())
    first.close()
    shutil.copy(tmp_path / "gateway.db", tmp_path / "old.db")

    first = Office(Database.sqlite(tmp_path / "gateway.db", bytes(32)))
    letter = pushed_letter(first, reply)
    first.close()
    restored = Office(Database.sqlite(tmp_path / "old.db", bytes(32)))
    restored.later(hours=30)
    assert pushed_letter(restored, reply) == letter
    restored.close()


def test_a_workstation_that_is_ahead_dates_no_letter_in_the_future(office: Office) -> None:
    pathway = office.receive()
    reply = office.reply(pathway)
    ahead = msgspec.structs.replace(reply, occurred_at=office.now + dt.timedelta(days=3))
    (letter,) = read(pushed_letter(office, ahead)).messages
    assert isinstance(letter, Correspondence)
    assert letter.authorised_at == to_copenhagen(office.now).replace(tzinfo=None, second=0)


# --- what the hospital reads --------------------------------------------------------------------


def test_a_reply_goes_to_the_ward_that_sent_the_plan(post: Post) -> None:
    entry = post.answered_plan()
    letter = the_reply(post)
    assert (letter.letter_id, letter.envelope_id) == (
        sent(entry).letter_id,
        sent(entry).envelope_id,
    )
    assert letter.receiver == HOSPITAL
    assert letter.sender == MUNICIPALITY
    assert letter.citizen is not None
    assert letter.citizen.key == NANCY
    assert letter.episode_id == "3f0c52a9d1e84b7796aa10c4be2d5f61"
    assert letter.wants_receipt


@pytest.mark.parametrize("category", AnswerCategory)
def test_the_category_is_the_first_line_and_the_subject_is_the_agreements(
    post: Post, category: AnswerCategory
) -> None:
    post.answer(receive_plan(post), category, "Kan hun gå på trapper?")
    letter = the_reply(post)
    labels = {each.code: each.label for each in post.agreement.care_plan.reply.categories}
    assert letter.text.splitlines()[0] == labels[category.value]
    assert "Kan hun gå på trapper?" in letter.text
    assert letter.subject == "Plejeforløbsplan" == post.agreement.correspondence.reply_subject


@pytest.mark.parametrize(
    ("agreement", "subject"),
    [
        ("region-midtjylland-2021-04", "Vedr. plejeforløbsplan"),
        ("region-hovedstaden-2016-10", "Plejeforløbsplan"),
    ],
)
def test_an_agreement_without_categories_uses_the_programs_own(
    post: Post, agreement: str, subject: str
) -> None:
    post.agreement = load_agreement(agreement)
    assert not post.agreement.care_plan.reply.categories
    post.answer(receive_plan(post), AnswerCategory.QUESTION)
    letter = the_reply(post)
    assert letter.text.splitlines()[0] == "Uddybende spørgsmål"
    assert letter.subject == subject


def test_the_author_signs_by_name(post: Post) -> None:
    post.answered_plan()
    assert the_reply(post).text.endswith("Anne Holm")


def test_a_signature_may_say_more(post: Post) -> None:
    signature = Signature(name="Anne Holm", title="Visitator", telephone="00000055")
    post.answer(receive_plan(post), signature=signature)
    letter = the_reply(post)
    assert letter.text.endswith("Anne Holm, Visitator\nTlf. 00000055")
    assert letter.sender.telephone == "00000055"


@pytest.mark.parametrize(
    ("letters", "status"),
    [
        ([plan()], "indlagt"),
        ([plan(admitted=None)], "inaktiv"),
        ([admission(), plan(admitted=None)], "indlagt"),
        ([plan(), discharge()], "inaktiv"),
    ],
    ids=["plan", "not-told", "advis", "discharged"],
)
def test_the_letter_says_whether_the_citizen_is_in_hospital(
    post: Post, letters: list[CarePlan | AdmissionNotification | DischargeNotification], status: str
) -> None:
    for letter in letters:
        entered = post.receive(written(changed(letter, wants_receipt=False))).entries
    post.answer(entered[0].pathway_id)
    citizen = the_reply(post).citizen
    assert citizen is not None
    assert citizen.stay_status == status


def test_the_letter_is_dated_in_danish_time(post: Post) -> None:
    post.answered_plan()
    letter = the_reply(post)
    assert letter.authorised_at is not None
    assert letter.authorised_at.isoformat() == "2030-03-05T09:00:00"


def test_the_file_tells_nothing_about_anybody(post: Post) -> None:
    entry = post.answered_plan()
    post.tick()
    (name,) = post.files("ud")
    assert name == f"{sent(entry).letter_id}.xml"
    assert re.fullmatch(r"[A-Z0-9]{14}\.xml", name)


def test_only_a_reply_can_be_sent(post: Post) -> None:
    mine = receive_plan(post)
    closed = post.close(mine)
    with post.database.write() as connection, pytest.raises(ValueError, match="closed"):
        outgoing.queue_letter(connection, closed, post.pathways[mine], post.agreement, post.now)


def test_a_reply_to_a_plan_that_is_not_there_is_an_error(post: Post) -> None:
    entry = post.answered_plan()
    other = receive_plan(post, episode="E2")
    with post.database.write() as connection, pytest.raises(ValueError, match="what is answered"):
        outgoing.queue_letter(connection, entry, post.pathways[other], post.agreement, post.now)


# --- what cannot be sent ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"citizen": Citizen(cpr=NANCY)}, "Borgerens efternavn mangler."),
        ({"citizen": Citizen(surname="Vind")}, "CPR-nummer eller erstatnings-CPR mangler"),
        ({"sender": Organisation(organisation="Sygehus")}, "lokationsnummer mangler"),
        ({"receiver": Organisation(gln="5790000121441")}, "Afsenderens navn mangler."),
    ],
    ids=["citizen-name", "citizen-number", "location", "our-name"],
)
def test_a_reply_that_cannot_be_written_fails_with_its_reason(
    post: Post, changes: dict[str, Any], reason: str
) -> None:
    entry = post.answer(receive_plan(post, **changes))
    (failure,) = post.bodies(DeliveryFailed)
    assert failure.reply == entry.id
    assert reason in failure.reason
    post.tick()
    assert (post.files("ud"), len(post.failures)) == ([], 1)


@pytest.mark.parametrize("letter_id", ["../../ondt", "brev", "A" * 15, "", None, "BREV 1"])
def test_an_identifier_that_is_none_of_ours_never_becomes_a_file(
    post: Post, letter_id: str | None
) -> None:
    post.answer(receive_plan(post), letter_id=letter_id)
    post.tick()
    assert post.files("ud") == []
    assert len(post.failures) == 1
    assert "nummer" in post.failures[0]


def test_a_letter_number_is_used_once(post: Post) -> None:
    first = post.answer(receive_plan(post))
    post.answer(receive_plan(post, episode="E2"), letter_id=sent(first).letter_id)
    post.tick()
    assert len(post.replies()) == 1
    assert post.failures == [outgoing.IDENTIFIER_USED]


# --- until somebody answers for it --------------------------------------------------------------


def test_a_reply_is_handed_over_once_and_said_so(post: Post) -> None:
    entry = post.answered_plan()
    assert post.handed_over == []
    for _ in range(3):
        post.tick()
    assert post.handed_over == [entry.id]
    assert len(post.files("ud")) == 1


def test_what_was_fetched_does_not_come_back_before_its_time(post: Post) -> None:
    post.sent_reply()
    post.later(119)
    post.tick()
    assert post.files("ud") == []


def test_without_a_receipt_it_is_sent_three_times_more_and_then_fails(post: Post) -> None:
    entry = post.answered_plan()
    copies = []
    for _ in range(6):
        post.tick()
        copies += post.fetch()
        post.later(120)
    assert len(copies) == 4
    assert len(set(copies)) == 1, "the same bytes with the same identifiers"
    (failure,) = post.bodies(DeliveryFailed)
    assert (failure.reply, failure.reason) == (entry.id, outgoing.NO_RECEIPT)
    assert post.handed_over == [entry.id]


def test_it_fails_when_the_last_copy_had_its_time_too(post: Post) -> None:
    post.answered_plan()
    for _ in range(4):
        post.tick()
        post.later(120)
    post.later(-1)
    post.tick()
    assert post.failures == []
    post.later(1)
    post.tick()
    assert post.failures == [outgoing.NO_RECEIPT]


DAY = 24 * 60
"""Minutes."""


def test_a_reply_is_not_kept_back_by_a_clock_that_was_ahead(post: Post) -> None:
    """A server that starts with a wrong clock, and is put right before the share is there."""
    post.later(DAY)
    entry = post.answered_plan()
    shutil.rmtree(post.folder / "ud")
    assert post.tick().sent == 0
    post.later(-DAY)
    post.transport.prepare()
    post.tick()
    assert post.handed_over == [entry.id]


def test_a_clock_that_was_ahead_puts_off_no_failure(post: Post) -> None:
    post.later(DAY)
    post.answered_plan()
    post.tick()
    post.later(-DAY)
    for _ in range(5):
        post.tick()
        post.later(120)
    assert post.failures == [outgoing.NO_RECEIPT]


def test_a_clock_that_is_set_back_a_little_sends_nothing_twice(post: Post) -> None:
    post.answered_plan()
    assert post.tick().sent == 1
    post.later(-90)
    assert post.tick().sent == 0


def test_a_copy_nobody_has_fetched_lies_there_once(post: Post) -> None:
    post.answered_plan()
    for _ in range(3):
        post.tick()
        post.later(120)
    assert len(post.files("ud")) == 1


def test_with_a_receipt_it_is_not_sent_again(post: Post) -> None:
    _, letter = post.sent_reply()
    post.receive(receipt(letter))
    for _ in range(5):
        post.later(120)
        post.tick()
    assert post.files("ud") == []
    assert post.failures == []


def test_our_receipts_are_sent_once_and_nobody_waits_for_them(post: Post) -> None:
    post.receive(written(correspondence()))
    post.tick()
    assert len(post.fetch()) == 1
    for _ in range(5):
        post.later(120)
        post.tick()
    assert (post.files("ud"), post.failures) == ([], [])


def test_replies_go_out_in_the_order_they_were_given(post: Post) -> None:
    class Wire:
        name = "wire"

        def __init__(self) -> None:
            self.sent: list[str | None] = []

        def receive(self, _now: object) -> list[object]:
            return []

        def settle(self, *_arguments: object, **_named: object) -> None:
            raise AssertionError

        def send(self, letter_id: str, data: bytes) -> None:
            (message,) = read(data).messages
            assert message.letter_id == letter_id
            self.sent.append(letter_id)

    given = []
    for number in range(5):
        given.append(sent(post.answered_plan(episode=f"E{number}")).letter_id)
        post.later(1)
    wire = Wire()
    mail.tick(post.database, [wire], post.now)  # type: ignore[list-item]
    assert wire.sent == given


def test_without_a_transport_a_reply_waits(post: Post) -> None:
    post.answered_plan()
    mail.tick(post.database, [], post.now)
    with post.database.read() as connection:
        assert mail.status(connection).out.waiting == 1
    post.tick()
    assert len(post.files("ud")) == 1


def test_the_health_account_counts_what_is_on_its_way(post: Post) -> None:
    post.answered_plan()
    post.tick()
    post.later(5)
    post.answered_plan(episode="E2")
    with post.database.read() as connection:
        out = mail.status(connection).out
    assert (out.waiting, out.unanswered) == (1, 1)
    assert out.last_sent_at is not None
    assert (post.now - out.last_sent_at).total_seconds() == 300


def test_identifiers_of_new_replies_can_be_file_names() -> None:
    assert all(re.fullmatch(r"[A-Z0-9]{14}", new_letter_id()) for _ in range(100))
