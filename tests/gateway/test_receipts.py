"""Technical receipts, both ways (standard §6.2)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.gateway.mailbox import (
    HOSPITAL,
    MUNICIPALITY,
    Post,
    changed,
    correspondence,
    plan,
    receipt,
    written,
)
from tests.medcom.files import fixture
from tests.medcom.wrappings import WRAPPINGS, sbdh, vans
from visitator.domain.entries import DeliveryFailed
from visitator.domain.messages import (
    CarePlan,
    Correspondence,
    Receipt,
    ReceiptLetter,
    ReceiptOutcome,
)
from visitator.domain.party import Organisation
from visitator.domain.pathway import Reply
from visitator.gateway import outgoing, receipts
from visitator.gateway.database import Database
from visitator.gateway.receipts import Unmatched


@pytest.fixture
def post(mail_database: Database, tmp_path: Path) -> Post:
    """A gateway's mail, on both kinds of database."""
    return Post(mail_database, tmp_path / "post")


Wrap = Callable[[bytes], bytes]
NEGATIVE, POSITIVE = ReceiptOutcome.NEGATIVE, ReceiptOutcome.POSITIVE
REFUSED = "No declaration found for element 'Break'"


def our_receipts(post: Post) -> list[Receipt]:
    post.tick()
    return post.receipts()


def technical(post: Post) -> list[Unmatched]:
    with post.database.read() as connection:
        return receipts.unmatched_receipts(connection)


def reply(post: Post) -> Reply:
    (found,) = next(iter(post.pathways.values())).replies
    return found


def receipts_in_journal(post: Post) -> list[ReceiptOutcome]:
    return [message.outcome for message in post.letters if isinstance(message, Receipt)]


# --- receipts we send ---------------------------------------------------------------------------


def test_a_letter_that_asks_is_acknowledged(post: Post) -> None:
    letter = plan()
    post.receive(written(letter))
    (sent,) = our_receipts(post)
    assert sent.outcome is POSITIVE
    assert (sent.statistical_code, sent.version_code) == ("XCTL03", "XC0330Q")
    assert sent.sender.gln == MUNICIPALITY.gln
    assert sent.receiver.gln == HOSPITAL.gln
    assert sent.original_envelope_id == letter.envelope_id
    assert sent.original_letters == (
        ReceiptLetter(letter_id=letter.letter_id, version_code="XD2134C"),
    )
    assert sent.wants_receipt is False


@pytest.mark.parametrize("wanted", [False, None], ids=["minuspositivkvitt", "not-said"])
def test_a_letter_that_does_not_ask_is_not(post: Post, wanted: bool | None) -> None:
    data = written(plan(wants_receipt=False))
    if wanted is None:
        data = data.replace(b"<AcknowledgementCode>minuspositivkvitt</AcknowledgementCode>", b"")
    post.receive(data)
    assert len(post.entries) == 1
    assert our_receipts(post) == []


def test_each_letter_of_an_envelope_is_acknowledged_by_itself(post: Post) -> None:
    post.receive(fixture("xdis91_two_letters"))
    named = sorted(each.original_letters[0].letter_id or "" for each in our_receipts(post))
    assert named == ["LKOR300305T001", "LKOR300305T002"]


def test_an_unknown_kind_of_letter_is_acknowledged_too(post: Post) -> None:
    post.receive(fixture("xdis16_unknown_type"))
    assert [each.outcome for each in our_receipts(post)] == [POSITIVE]


def test_a_letter_that_cannot_be_named_is_entered_without_a_receipt(post: Post) -> None:
    post.receive(written(plan(sender=Organisation(organisation="Sygehuset"))))
    assert len(post.entries) == 1
    assert our_receipts(post) == []


@pytest.mark.parametrize(
    "change", [(b"plusposi", b"minusposi"), (b"", b"")], ids=["asks-not", "asks"]
)
def test_an_unknown_version_is_refused_by_its_code(post: Post, change: tuple[bytes, bytes]) -> None:
    letter = plan()
    post.receive(written(letter).replace(b"XD2134C", b"XD9999X").replace(*change))
    (sent,) = our_receipts(post)
    assert sent.outcome is NEGATIVE
    assert (sent.statistical_code, sent.version_code) == ("XCTL02", "XC0230Q")
    assert sent.original_envelope_id == letter.envelope_id
    (named,) = sent.original_letters
    assert (named.letter_id, named.version_code) == (letter.letter_id, "XD9999X")
    assert named.refuse_code == "problem_med_version"
    assert named.refuse_text is not None
    assert named.refuse_text.text == "Brevets version understøttes ikke."


in_any_wrapping = pytest.mark.parametrize("wrap", WRAPPINGS.values(), ids=WRAPPINGS)


def damaged(letter: CarePlan) -> bytes:
    """The letter, not well-formed after its receiver."""
    return written(letter).replace(b"</Patient>", b"</Patent>")


def brought(post: Post, data: bytes) -> None:
    """A file in ``ind/`` that has been still for as long as one that is no whole document must."""
    post.put(data)
    post.tick()
    post.later(1)
    post.tick()


@in_any_wrapping
def test_a_damaged_letter_is_refused_when_its_header_is_whole(post: Post, wrap: Wrap) -> None:
    letter = plan()
    brought(post, wrap(damaged(letter)))
    (sent,) = our_receipts(post)
    assert (sent.outcome, sent.statistical_code) == (NEGATIVE, "XCTL02")
    assert (sent.sender.gln, sent.receiver.gln) == (MUNICIPALITY.gln, HOSPITAL.gln)
    assert sent.original_envelope_id == letter.envelope_id
    (named,) = sent.original_letters
    assert (named.letter_id, named.version_code) == (letter.letter_id, "XD2134C")
    assert named.refuse_code == "syntaksfejl"
    assert (post.reasons, post.entries) == (["syntaksfejl"], [])


@pytest.mark.parametrize("wrap", [bytes, sbdh], ids=["bare", "sbdh"])
def test_a_file_that_was_cut_off_is_refused_when_the_header_came(post: Post, wrap: Wrap) -> None:
    letter = plan()
    data = wrap(written(letter))
    brought(post, data[: data.index(b"</Patient>")])
    (sent,) = our_receipts(post)
    assert (sent.outcome, sent.original_envelope_id) == (NEGATIVE, letter.envelope_id)
    assert (post.reasons, post.entries) == (["syntaksfejl"], [])


@in_any_wrapping
def test_the_good_letter_beside_a_damaged_one_is_acknowledged(post: Post, wrap: Wrap) -> None:
    good, bad = written(plan(letter_id="BREVHEL")), damaged(plan(letter_id="BREVITU"))
    end = good.rindex(b"</")
    letter = bad[bad.index(b"<ProgressOfCarePlan") : bad.rindex(b"</")]
    brought(post, wrap(good[:end] + letter + good[end:]))
    named = {each.original_letters[0].letter_id: each.outcome for each in our_receipts(post)}
    assert named == {"BREVHEL": POSITIVE, "BREVITU": NEGATIVE}
    assert [message.letter_id for message in post.letters] == ["BREVHEL"]
    assert post.reasons == ["syntaksfejl"]


@in_any_wrapping
def test_the_refusal_of_a_damaged_letter_comes_again_with_the_same_bytes(
    post: Post, wrap: Wrap
) -> None:
    data = wrap(damaged(plan()))
    brought(post, data)
    (first,) = post.fetch()
    brought(post, data)
    assert post.fetch() == [first]
    assert len(post.quarantine) == 1


def test_a_damaged_letter_that_is_there_twice_is_refused_once(post: Post) -> None:
    data = damaged(plan())
    start, end = data.index(b"<ProgressOfCarePlan"), data.rindex(b"</")
    brought(post, data[:end] + data[start:])
    assert len(our_receipts(post)) == 1


@in_any_wrapping
@pytest.mark.parametrize("until", [b"<Receiver", b"<Letter>", b"<Envelope"])
def test_what_is_damaged_before_that_is_in_quarantine_without_a_receipt(
    post: Post, until: bytes, wrap: Wrap
) -> None:
    data = written(plan())
    post.receive(wrap(data[: data.index(until) + 3]))
    assert post.reasons == ["syntaksfejl"]
    assert our_receipts(post) == []


def test_a_damaged_wrapping_is_in_quarantine_without_a_receipt(post: Post) -> None:
    """What is encoded in it is not looked for, and base64 that is broken holds no header."""
    data = vans(written(plan()))
    post.receive(data.replace(b"<Data>", b"<Data>!"))
    post.receive(data.replace(b"</Message>", b"</Massage>"))
    assert sorted(post.reasons) == ["base64_fejl", "syntaksfejl"]
    assert our_receipts(post) == []


def test_a_letter_is_refused_when_only_the_sbdh_around_it_is_damaged(post: Post) -> None:
    """It is not taken in: what stands around a letter is kept with it, and cannot be read."""
    letter = plan()
    brought(post, sbdh(written(letter)).replace(b"<s:Receiver>", b"<s:Receiver>&"))
    (sent,) = our_receipts(post)
    assert (sent.outcome, sent.original_envelope_id) == (NEGATIVE, letter.envelope_id)
    assert (post.reasons, post.entries) == (["syntaksfejl"], [])


@in_any_wrapping
def test_a_damaged_attachment_is_refused(post: Post, wrap: Wrap) -> None:
    data = fixture("xbin01_matching_reference")
    start = data.index(b"<Object_Base64Encoded>") + len(b"<Object_Base64Encoded>")
    post.receive(wrap(data[:start] + b"!" + data[start:]))
    assert post.reasons == ["base64_fejl"]
    (sent,) = our_receipts(post)
    assert sent.original_letters[0].letter_id == "LBIN300305H002"


def test_a_refusal_comes_again_with_the_same_bytes(post: Post) -> None:
    data = written(plan()).replace(b"XD2134C", b"XD9999X")
    post.receive(data)
    first = our_receipts(post)
    post.fetch()
    post.receive(data)
    assert our_receipts(post) == first
    assert len(post.quarantine) == 1


def test_a_reused_envelope_is_refused(post: Post) -> None:
    post.receive(written(plan(envelope_id="KUV1", wants_receipt=False)))
    post.receive(written(correspondence(envelope_id="KUV1", letter_id="BREVNYT")))
    (sent,) = our_receipts(post)
    (named,) = sent.original_letters
    assert (named.letter_id, named.refuse_code) == ("BREVNYT", "ikke_specificeret")


def test_a_letter_in_a_vans_envelope_is_acknowledged_by_its_own_envelope(post: Post) -> None:
    letter = plan()
    post.receive(vans(written(letter)))
    (sent,) = our_receipts(post)
    assert sent.original_envelope_id == letter.envelope_id


# --- a receipt is never answered ----------------------------------------------------------------


def test_a_receipt_is_never_acknowledged_even_when_it_asks(post: Post) -> None:
    _, letter = post.sent_reply()
    data = receipt(letter).replace(b"minuspositivkvitt", b"pluspositivkvitt")
    assert b"pluspositivkvitt" in data
    post.receive(data)
    post.receive(data)
    post.receive(data.replace(b"><", b">\n<"))
    assert our_receipts(post) == []


@in_any_wrapping
def test_an_unreadable_receipt_is_not_refused(post: Post, wrap: Wrap) -> None:
    _, letter = post.sent_reply()
    data = receipt(letter)
    post.receive(wrap(data.replace(b"XC0330Q", b"XC9999Q")))
    post.receive(wrap(data[: data.index(b"</OriginalEmessage>")]))
    with_a_receiver = data[: data.index(b"<OriginalEmessage>") + 5]
    post.receive(wrap(with_a_receiver))
    assert sorted(post.reasons) == ["problem_med_version", "syntaksfejl", "syntaksfejl"]
    assert our_receipts(post) == []


def test_a_receipt_number_used_for_another_receipt_is_not_refused(post: Post) -> None:
    _, letter = post.sent_reply()
    post.receive(receipt(letter, letter_id="KVIT1"))
    post.receive(receipt(letter, NEGATIVE, REFUSED, letter_id="KVIT1", statistical_code="XCTL03"))
    assert our_receipts(post) == []


# --- receipts we get ----------------------------------------------------------------------------


def test_a_positive_receipt_stands_on_its_reply(post: Post) -> None:
    _, letter = post.sent_reply()
    received = post.receive(receipt(letter))
    (entered,) = received.entries
    assert entered.kind == "receipt"
    assert entered.pathway_id in post.pathways
    delivery = reply(post).delivery
    assert delivery is not None
    assert delivery.outcome is POSITIVE
    assert (post.failures, technical(post)) == ([], [])


def test_a_refusal_fails_the_reply_at_once_in_the_hospitals_own_words(post: Post) -> None:
    entry, letter = post.sent_reply()
    post.receive(receipt(letter, NEGATIVE, REFUSED))
    assert receipts_in_journal(post) == [NEGATIVE]
    (failure,) = post.bodies(DeliveryFailed)
    assert (failure.reply, failure.reason) == (entry.id, REFUSED)
    for _ in range(5):
        post.later(120)
        post.tick()
    assert (post.files("ud"), len(post.failures)) == ([], 1)


VANS = """<?xml version="1.0" encoding="ISO-8859-1"?>
<Emessage xmlns="http://rep.oio.dk/sundcom.dk/medcom.dk/xml/schemas/2005/08/07/"><Envelope>
<Identifier>KUVVANS1</Identifier><AcknowledgementCode>minuspositivkvitt</AcknowledgementCode>
</Envelope><NegativeVansReceipt><Letter><Identifier>LVANS1</Identifier>
<VersionCode>XC0130Q</VersionCode><StatisticalCode>XCTL01</StatisticalCode></Letter>
<Sender><EANIdentifier>DKKMDKMDNET</EANIdentifier></Sender>
<Receiver><EANIdentifier>5790000121441</EANIdentifier></Receiver><OriginalEmessage>
<OriginalEnvelopeIdentifier>{envelope}</OriginalEnvelopeIdentifier>
<OriginalSender><EANIdentifier>{sender}</EANIdentifier></OriginalSender>
<OriginalReceiver><EANIdentifier>5790001382445</EANIdentifier></OriginalReceiver>{said}
</OriginalEmessage></NegativeVansReceipt></Emessage>"""


def vans_receipt(letter: Correspondence, said: str, sender: str = "5790000121441") -> bytes:
    text = VANS.format(envelope=letter.envelope_id, sender=sender, said=said)
    return text.encode("iso-8859-1")


CODE = "<RefuseCode>ukendt_lokationsnummer</RefuseCode>"
TEXT = "<RefuseText>Lokationsnummeret findes ikke.<Break/>Ring til support.</RefuseText>"
NAMED = "<OriginalLetter><OriginalLetterIdentifier>{}</OriginalLetterIdentifier></OriginalLetter>"


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (CODE + TEXT, "Lokationsnummeret findes ikke.\nRing til support."),
        (CODE, "ukendt_lokationsnummer"),
        ("", receipts.NO_REASON),
    ],
    ids=["text", "code", "nothing"],
)
@pytest.mark.parametrize("names_letter", [True, False])
def test_what_vans_could_not_deliver_fails_likewise(
    post: Post, said: str, reason: str, names_letter: bool
) -> None:
    """It is said about the envelope, whether or not it names the letter (standard §6.2)."""
    _, letter = post.sent_reply()
    said += NAMED.format(letter.letter_id) if names_letter else ""
    post.receive(vans_receipt(letter, said))
    assert post.failures == [reason]
    assert receipts_in_journal(post) == [ReceiptOutcome.NEGATIVE_VANS]


@pytest.mark.parametrize(
    ("outcomes", "failures"),
    [
        ([NEGATIVE, POSITIVE], 1),
        ([POSITIVE, NEGATIVE], 1),
        ([NEGATIVE, NEGATIVE], 1),
        ([POSITIVE, POSITIVE], 0),
        ([NEGATIVE, POSITIVE, NEGATIVE], 2),
    ],
    ids=str,
)
def test_of_several_receipts_all_are_kept_and_the_last_holds(
    post: Post, outcomes: list[ReceiptOutcome], failures: int
) -> None:
    _, letter = post.sent_reply()
    for outcome in outcomes:
        post.receive(receipt(letter, outcome, REFUSED))
    assert receipts_in_journal(post) == outcomes
    assert len(post.failures) == failures
    delivery = reply(post).delivery
    assert delivery is not None
    assert delivery.outcome is outcomes[-1]


def test_a_receipt_after_a_resend_is_for_the_same_reply(post: Post) -> None:
    _, letter = post.sent_reply()
    post.later(121)
    post.tick()
    assert len(post.fetch()) == 1
    post.receive(receipt(letter))
    post.later(500)
    post.tick()
    assert (post.files("ud"), post.failures) == ([], [])


def test_a_receipt_after_the_last_resend_still_counts(post: Post) -> None:
    _, letter = post.sent_reply()
    for _ in range(6):
        post.later(120)
        post.tick()
    assert post.failures == [outgoing.NO_RECEIPT]
    post.receive(receipt(letter))
    delivery = reply(post).delivery
    assert delivery is not None
    assert delivery.outcome is POSITIVE


# --- receipts that are not for us ---------------------------------------------------------------


@pytest.mark.parametrize(
    "other",
    [
        {"original_envelope_id": "EN-ANDEN"},
        {"original_sender_gln": "5790002515200"},
        {"original_letters": (ReceiptLetter(letter_id="ET-ANDET", version_code="XD9134L"),)},
    ],
    ids=["envelope", "sender", "letter"],
)
def test_a_receipt_for_something_else_is_on_the_technical_list(
    post: Post, other: dict[str, Any]
) -> None:
    _, letter = post.sent_reply()
    before = len(post.entries)
    received = post.receive(receipt(letter, **other))
    (unmatched,) = technical(post)
    assert unmatched.raw_id == received.raw_id
    assert unmatched.outcome is POSITIVE
    assert unmatched.received_at == post.now
    assert len(post.entries) == before
    assert (received.entries, received.problems) == ((), ())


def test_the_technical_list_says_what_the_receipt_said(post: Post) -> None:
    letter = changed(correspondence(), letter_id="ET-ANDET", envelope_id="EN-ANDEN")
    post.receive(vans_receipt(letter, CODE + TEXT + NAMED.format("ET-ANDET")))
    (unmatched,) = technical(post)
    assert unmatched.original_envelope_id == "EN-ANDEN"
    assert unmatched.original_letter_ids == ("ET-ANDET",)
    assert unmatched.refusal == "Lokationsnummeret findes ikke.\nRing til support."


def test_a_receipt_for_a_receipt_of_ours_is_on_the_technical_list(post: Post) -> None:
    post.receive(written(plan()))
    (ours,) = our_receipts(post)
    post.receive(receipt(changed(ours, version_code="XC0330Q")))
    assert len(technical(post)) == 1


@pytest.mark.parametrize("name", ["vans_receipt_positive", "vans_receipt_not_delivered"])
def test_a_receipt_between_vans_nodes_is_on_the_technical_list(post: Post, name: str) -> None:
    post.sent_reply()
    post.receive(fixture(name))
    assert len(technical(post)) == 1
    assert post.failures == []


def test_one_receipt_for_two_replies_is_in_both_pathways(post: Post) -> None:
    letters = []
    for episode in ("E1", "E2"):
        post.answered_plan(episode=episode)
        post.tick()
        letters += post.replies()
        post.fetch()
    both = tuple(
        ReceiptLetter(letter_id=each.letter_id, version_code="XD9134L") for each in letters
    )
    data = receipt(letters[0], original_letters=both)
    envelope = f"<OriginalEnvelopeIdentifier>{letters[0].envelope_id}</OriginalEnvelopeIdentifier>"
    received = post.receive(data.replace(envelope.encode(), b""))
    assert len({each.pathway_id for each in received.entries}) == 2
    replies = [pathway.replies[0] for pathway in post.pathways.values()]
    assert [each.delivery is not None for each in replies] == [True, True]
