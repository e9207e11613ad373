"""What we send: valid against MedCom's schemas, and read back as the same message."""

import base64
import datetime as dt
import string
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from visitator.domain.citizen import Citizen
from visitator.domain.messages import (
    CarePlan,
    Correspondence,
    Receipt,
    ReceiptLetter,
    ReceiptOutcome,
    Reference,
    Transport,
)
from visitator.domain.party import Organisation
from visitator.domain.reply import Signature, reply_to
from visitator.domain.text import RichText, Span, Style
from visitator.medcom.errors import Problem, Reason, RefuseCode, WriteError, WriteReason
from visitator.medcom.fitting import LEGACY_TEXT_LENGTH, TEXT_PARTS
from visitator.medcom.reader import read
from visitator.medcom.writing import (
    CORRESPONDENCE_NAMESPACE,
    Written,
    receipt_for,
    write_correspondence,
    write_receipt,
    write_vans_envelope,
)

AT = dt.datetime(2026, 2, 2, 9, 30)
HOSPITAL = Organisation(
    gln="5790001382445",
    identifier="4202090",
    identifier_code="sygehusafdelingsnummer",
    organisation="Fjordby Sygehus",
    department="Medicinsk Afdeling",
    unit="M3",
)
MUNICIPALITY = Organisation(
    gln="5790000121441",
    identifier="461",
    identifier_code="kommunenummer",
    organisation="Bakkeby Kommune",
    department="Visitationen",
)
CITIZEN = Citizen(
    cpr="2512489996", given_name="Nancy", surname="Ann Berggren", stay_status="indlagt"
)
LETTER = Correspondence(
    letter_id="BREV0000000001",
    envelope_id="KUVERT00000001",
    version_code="XD9134L",
    statistical_code="XDIS91",
    type_code="XDIS91",
    status_code="nytbrev",
    authorised_at=AT,
    sent_at=AT,
    wants_receipt=True,
    episode_id="6fb927da3be14b9f8875a6326617d20b",
    sender=MUNICIPALITY,
    receiver=HOSPITAL,
    citizen=CITIZEN,
    priority="rutine",
    subject="Plejeforløbsplan",
    texts=(RichText("Plejeforløbsplan OK"),),
)


def change(message: Correspondence, **fields: object) -> Correspondence:
    return msgspec.structs.replace(message, **fields)


def written(**fields: object) -> Written:
    return write_correspondence(change(LETTER, **fields))


def codes(result: Written) -> list[str]:
    return [notice.code for notice in result.notices]


def read_one(data: bytes) -> object:
    (message,) = read(data).messages
    return message


# --- schemas ----------------------------------------------------------------------------------


class Schemas:
    def __init__(self, folder: Path) -> None:
        self.correspondence = etree.XMLSchema(file=str(folder / "2006/07/01/EMessage.xsd"))
        self.receipt = etree.XMLSchema(file=str(folder / "2005/08/07/EMessage.xsd"))
        self.vans = etree.XMLSchema(file=str(folder / "VANSEnvelope-1.0.4.xsd"))


@pytest.fixture(scope="module")
def schemas(shared: Path) -> Schemas:
    return Schemas(shared / "medcom" / "oioxml" / "xsd")


def check(schema: etree.XMLSchema, data: bytes) -> None:
    document = etree.fromstring(data)
    assert schema.validate(document), str(schema.error_log)


# --- strategies -------------------------------------------------------------------------------

_CHARACTERS = st.characters(
    codec="utf-8", exclude_categories=["Cs", "Cc"], exclude_characters="‘’‚“”„–—\ufffe\uffff"
)
_ANYTHING = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=60)
_WORDS = st.text(_CHARACTERS, min_size=1, max_size=20).map(lambda text: text.strip(" "))
_LINES = st.lists(_WORDS, max_size=6).map(" ".join)


def one_line(limit: int) -> st.SearchStrategy[str]:
    """A name as the schema takes it: no longer than `limit`, single spaces."""
    text = st.text(_CHARACTERS, min_size=1, max_size=limit)
    return text.map(lambda value: " ".join(value.split(" ")).strip(" ")).map(squeeze).filter(bool)


def squeeze(value: str) -> str:
    while "  " in value:
        value = value.replace("  ", " ")
    return value.strip(" ")


IDENTIFIERS = st.text(string.ascii_letters + string.digits, min_size=1, max_size=14)
MINUTES = st.datetimes(min_value=dt.datetime(1990, 1, 1), max_value=dt.datetime(2099, 1, 1)).map(
    lambda at: at.replace(second=0, microsecond=0)
)
GLNS = st.sampled_from(["5790001382445", "5790000121441"])


def parties(*, is_sender: bool) -> st.SearchStrategy[Organisation]:
    optional = {
        name: st.none() | one_line(limit)
        for name, limit in (
            ("department", 35),
            ("unit", 35),
            ("street", 35),
            ("suburb", 35),
            ("district", 35),
            ("post_code", 9),
        )
    }
    if is_sender:
        optional["telephone"] = st.none() | one_line(25)
        optional["speciality"] = st.sampled_from([None, "neurologi", "ikkeklassificeret"])
    return st.builds(
        Organisation,
        gln=GLNS,
        identifier=st.text(string.digits, min_size=1, max_size=17),
        identifier_code=st.sampled_from(["kommunenummer", "lokationsnummer", "sorkode"]),
        organisation=one_line(35) if is_sender else st.none() | one_line(35),
        **optional,
    )


CITIZENS = st.builds(
    Citizen,
    cpr=st.just("2512489996"),
    surname=one_line(70),
    given_name=st.none() | one_line(70),
    street=st.none() | one_line(35),
    occupation=st.none() | one_line(35),
    stay_status=st.sampled_from(["inaktiv", "indlagt", "ambulant", "doed", "ambulant_roentgen"]),
)


@st.composite
def rich_texts(draw: st.DrawFn) -> RichText:
    text = draw(st.lists(_LINES, max_size=8).map("\n".join))
    cut = st.integers(0, len(text))
    spans = st.builds(Span, start=cut, end=cut, style=st.sampled_from(list(Style)))
    return RichText(text, tuple(draw(st.lists(spans, max_size=4))))


REFERENCES = st.one_of(
    st.builds(
        Reference, description=one_line(70), url=st.text(string.ascii_letters, min_size=1)
    ).filter(lambda reference: len(reference.url or "") <= 350),
    st.builds(
        Reference,
        description=one_line(70),
        object_id=st.text(string.hexdigits, min_size=1, max_size=32),
        object_code=st.sampled_from(["billede", "vektor_grafik", "tekstfil"]),
        extension=st.sampled_from(["pdf", "png", "txt"]),
        size=st.integers(1, 10**9),
    ),
    st.builds(Reference, description=one_line(70), sup=st.just(True)),
)
CORRESPONDENCES = st.builds(
    Correspondence,
    letter_id=IDENTIFIERS,
    envelope_id=IDENTIFIERS,
    version_code=st.just("XD9134L"),
    statistical_code=st.just("XDIS91"),
    type_code=st.just("XDIS91"),
    status_code=st.sampled_from(["nytbrev", "rettetbrev"]),
    authorised_at=MINUTES,
    sent_at=MINUTES,
    wants_receipt=st.booleans(),
    episode_id=st.none() | st.text(string.hexdigits, min_size=1, max_size=35),
    sender=parties(is_sender=True),
    receiver=parties(is_sender=False),
    citizen=CITIZENS,
    priority=st.sampled_from([None, "rutine", "høj_prioritet"]),
    subject=st.none()
    | one_line(70).filter(lambda s: not s.lower().startswith("genoptræningsplan")),
    texts=st.lists(rich_texts(), max_size=10).map(tuple),
    references=st.lists(REFERENCES, max_size=10).map(tuple),
)


def receipts(outcome: ReceiptOutcome) -> st.SearchStrategy[Receipt]:
    positive = outcome is ReceiptOutcome.POSITIVE
    refusal = {
        "refuse_code": st.none() | st.sampled_from([code.value for code in RefuseCode]),
        "refuse_text": st.none()
        | st.lists(_LINES, min_size=1, max_size=4).map("\n".join).filter(bool).map(RichText),
    }
    nothing: dict[str, st.SearchStrategy[None]] = {}
    letters = st.builds(
        ReceiptLetter,
        letter_id=IDENTIFIERS,
        version_code=st.sampled_from(["XD2134C", "XD9134L", "GGOP100"]),
        **(nothing if positive else refusal),
    )
    return st.builds(
        Receipt,
        outcome=st.just(outcome),
        letter_id=IDENTIFIERS,
        envelope_id=IDENTIFIERS,
        version_code=st.just("XC0330Q" if positive else "XC0230Q"),
        statistical_code=st.just("XCTL03" if positive else "XCTL02"),
        sent_at=MINUTES,
        wants_receipt=st.just(False),
        sender=st.builds(Organisation, gln=GLNS),
        receiver=st.builds(Organisation, gln=GLNS),
        original_envelope_id=IDENTIFIERS,
        original_sender_gln=GLNS,
        original_receiver_gln=GLNS,
        original_letters=st.lists(letters, max_size=5).map(tuple),
        **(nothing if positive else refusal),
    )


RECEIPTS = receipts(ReceiptOutcome.POSITIVE) | receipts(ReceiptOutcome.NEGATIVE)


# --- round trips ------------------------------------------------------------------------------


@given(CORRESPONDENCES)
def test_reading_a_correspondence_gives_the_message_that_was_written(
    message: Correspondence,
) -> None:
    result = write_correspondence(message)

    assert read_one(result.data) == result.message


@given(CORRESPONDENCES)
def test_a_message_that_fits_is_written_as_it_is(message: Correspondence) -> None:
    plain = tuple(RichText(text.text) for text in message.texts)
    message = change(message, texts=plain)

    result = write_correspondence(message)

    assert result.message == message
    assert not {"felt_afkortet", "tegn_fjernet", "tegn_erstattet"} & set(codes(result))


@given(st.lists(_ANYTHING, max_size=4), _ANYTHING)
def test_whatever_is_typed_is_valid_and_reads_back_as_it_was_written(
    schemas: Schemas, texts: list[str], subject: str
) -> None:
    result = written(texts=tuple(map(RichText, texts)), subject=subject)

    check(schemas.correspondence, result.data)
    read_back = read_one(result.data)
    if isinstance(read_back, Correspondence):
        assert read_back == result.message


@given(st.lists(st.integers(0, 9000), max_size=14), st.sampled_from(["\n", " ", ""]))
def test_a_text_of_any_shape_is_split_into_at_most_ten_parts(
    schemas: Schemas, lengths: list[int], between: str
) -> None:
    text = between.join(("ord " * (length // 4)).strip() for length in lengths)

    result = written(texts=(RichText(text),))

    check(schemas.correspondence, result.data)
    message = read_one(result.data)
    assert isinstance(message, Correspondence)
    assert len(message.texts) <= TEXT_PARTS
    assert message.text.split() == text.split()


@given(CORRESPONDENCES)
def test_every_correspondence_is_valid(schemas: Schemas, message: Correspondence) -> None:
    check(schemas.correspondence, write_correspondence(message).data)


@given(RECEIPTS)
def test_every_receipt_is_valid_and_reads_as_it_was_written(
    schemas: Schemas, receipt: Receipt
) -> None:
    result = write_receipt(receipt)

    check(schemas.receipt, result.data)
    assert read_one(result.data) == result.message == receipt


@given(st.binary(min_size=1, max_size=300), st.sampled_from([None, "reliable", "unreliable"]))
def test_every_vans_envelope_is_valid(
    schemas: Schemas, payload: bytes, reliability: str | None
) -> None:
    data = write_vans_envelope(payload, transport(reliability=reliability))

    check(schemas.vans, data)
    content = etree.fromstring(data).findtext(".//{*}Data") or ""
    assert base64.b64decode(content) == payload


def transport(**fields: object) -> Transport:
    given_: dict[str, object] = {
        "envelope_id": "0b7a5a4e-7a52-4b8e-9a55-0d0c7a4f0001",
        "message_id": "0b7a5a4e-7a52-4b8e-9a55-0d0c7a4f0002",
        "sender_id": "5790000121441",
        "receiver_id": "5790001382445",
        "sent": "2026-02-02T09:30:00+01:00",
        "name": "XDIS91",
        "version": "XD9134L",
    }
    return Transport(**(given_ | fields))  # type: ignore[arg-type]


def test_a_correspondence_in_a_vans_envelope_reads_with_its_transport() -> None:
    inner = written()
    data = write_vans_envelope(inner.data, transport())

    (message,) = read(data).messages

    assert message.transport is not None
    assert message.transport.size == len(inner.data)
    assert [field.value for field in message.extra] == ["EAN", "EAN"]
    assert msgspec.structs.replace(message, transport=None, extra=()) == inner.message


# --- what is done to fit ----------------------------------------------------------------------


def test_a_long_subject_is_cut_between_words_and_said() -> None:
    result = written(subject="Plejeforløbsplan " + "meget " * 20)

    assert isinstance(result.message, Correspondence)
    assert result.message.subject == "Plejeforløbsplan " + "meget " * 8 + "meget"
    assert [notice.text for notice in result.notices] == ["Feltet Emne er afkortet til 70 tegn."]


def test_a_name_without_spaces_is_cut_at_the_limit() -> None:
    result = written(sender=msgspec.structs.replace(MUNICIPALITY, unit="x" * 36))

    assert result.message.sender.unit == "x" * 35
    assert codes(result) == ["felt_afkortet"]


def test_line_breaks_are_in_the_namespace_of_the_message() -> None:
    data = written(texts=(RichText("Første linje\n\nTredje linje"),)).data

    breaks = [e.tag for e in etree.fromstring(data).iter() if str(e.tag).endswith("Break")]
    assert breaks == [f"{{{CORRESPONDENCE_NAMESPACE}}}Break"] * 2


def test_characters_outside_latin1_survive_and_are_said() -> None:
    result = written(texts=(RichText("Pris 5 €, Łukasz"),))

    assert b"ISO-8859-1" in result.data[:60]
    assert "€".encode() not in result.data
    assert b"&#8364;" in result.data
    assert "Pris 5 €, Łukasz" in str(read_one(result.data))
    assert codes(result) == ["tegn_uden_for_latin1"]


def test_typographic_quotes_become_straight_ones() -> None:
    result = written(texts=(RichText("“Ja” – tak"),))

    assert isinstance(result.message, Correspondence)
    assert result.message.text == '"Ja" - tak'
    assert codes(result) == ["tegn_erstattet"]


def test_control_characters_are_removed_and_said() -> None:
    result = written(texts=(RichText("a\x00b\x0bc\ud800d"),))

    assert isinstance(result.message, Correspondence)
    assert result.message.text == "abcd"
    assert codes(result) == ["tegn_fjernet"]


def test_markup_typed_by_a_user_stays_text() -> None:
    result = written(texts=(RichText("<Bold>ikke fed</Bold> & <!-- -->"),))

    message = read_one(result.data)
    assert isinstance(message, Correspondence)
    assert message.text == "<Bold>ikke fed</Bold> & <!-- -->"
    assert message.texts[0].spans == ()


def test_a_long_text_is_split_between_lines_and_reads_as_one() -> None:
    lines = [f"Linje {number} om borgerens situation og behov" for number in range(400)]
    text = "\n".join(lines)

    result = written(texts=(RichText(text),))

    message = read_one(result.data)
    assert isinstance(message, Correspondence)
    assert 1 < len(message.texts) <= TEXT_PARTS
    assert message.text == text


def test_a_text_older_systems_refuse_is_sent_whole_with_a_remark(schemas: Schemas) -> None:
    text = ("ord " * (LEGACY_TEXT_LENGTH // 2)).strip()

    result = written(texts=(RichText(text),))

    check(schemas.correspondence, result.data)
    message = read_one(result.data)
    assert isinstance(message, Correspondence)
    assert message.text.split() == text.split()
    assert codes(result) == ["tekst_lang"]


def test_a_text_without_any_place_to_cut_loses_nothing(schemas: Schemas) -> None:
    text = "x" * 40_000

    result = written(texts=(RichText(text),))

    check(schemas.correspondence, result.data)
    message = read_one(result.data)
    assert isinstance(message, Correspondence)
    assert message.text.replace("\n", "") == text


def test_more_than_ten_texts_are_joined_not_dropped(schemas: Schemas) -> None:
    result = written(texts=tuple(RichText(f"Afsnit {number}") for number in range(14)))

    check(schemas.correspondence, result.data)
    message = read_one(result.data)
    assert isinstance(message, Correspondence)
    assert message.text == "\n".join(f"Afsnit {number}" for number in range(14))


def test_more_than_ten_references_are_said(schemas: Schemas) -> None:
    reference = Reference(description="Vejledning", url="https://example.org")

    result = written(references=(reference,) * 12)

    check(schemas.correspondence, result.data)
    assert codes(result) == ["henvisning_udeladt"]


def test_formats_that_overlap_are_left_out_and_said() -> None:
    spans = (Span(start=0, end=4, style=Style.BOLD), Span(start=2, end=6, style=Style.ITALIC))

    result = written(texts=(RichText("fed og skrå", spans),))

    assert codes(result) == ["format_udeladt"]
    assert read_one(result.data) == result.message


def test_an_attachment_of_an_unknown_kind_is_said_and_sent(schemas: Schemas) -> None:
    reference = Reference(
        description="Notat", object_id="ab12", object_code="nyt", extension="docx", size=9
    )

    result = written(references=(reference,))

    check(schemas.correspondence, result.data)
    assert isinstance(result.message, Correspondence)
    assert result.message.references[0].extension == "bin"
    assert codes(result) == ["felt_erstattet", "felt_erstattet"]


@pytest.mark.parametrize("fields", [{"object_id": "a\x07b", "size": 1}, {"url": "x\x85y"}, {}])
def test_a_reference_that_cannot_be_written_is_said(fields: dict[str, Any]) -> None:
    result = written(references=(Reference(description="Notat", **fields),))

    assert codes(result) == ["henvisning_udeladt"]
    assert read_one(result.data) == result.message


def test_a_priority_nobody_knows_is_said() -> None:
    assert codes(written(priority="haster")) == ["felt_erstattet"]


def test_a_replacement_number_of_digits_alone_stays_one() -> None:
    citizen = Citizen(replacement_cpr="0101700123", surname="Borger", stay_status="indlagt")

    assert written(citizen=citizen).message.citizen == citizen


def test_a_receipt_names_at_most_99_letters(schemas: Schemas) -> None:
    letters = tuple(ReceiptLetter(letter_id=f"B{n}", version_code="XD2134C") for n in range(120))
    receipt = Receipt(
        outcome=ReceiptOutcome.POSITIVE,
        letter_id="A1",
        envelope_id="B1",
        sent_at=AT,
        sender=MUNICIPALITY,
        receiver=HOSPITAL,
        original_envelope_id="K1",
        original_sender_gln=HOSPITAL.gln,
        original_receiver_gln=MUNICIPALITY.gln,
        original_letters=letters,
    )

    check(schemas.receipt, write_receipt(receipt).data)


def test_an_unknown_kind_of_identification_gives_way_to_the_location_number() -> None:
    region = msgspec.structs.replace(HOSPITAL, identifier="1084", identifier_code="region")

    result = written(receiver=region)

    assert result.message.receiver.identifier == HOSPITAL.gln
    assert result.message.receiver.identifier_code == "lokationsnummer"
    assert codes(result) == ["identifikation_erstattet"]


def test_a_replacement_number_is_sent_as_one(schemas: Schemas) -> None:
    citizen = Citizen(replacement_cpr="0203291WQ3", surname="Ukendt Borger", stay_status="indlagt")

    result = written(citizen=citizen)

    check(schemas.correspondence, result.data)
    assert result.message.citizen == citizen


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"letter_id": None}, WriteReason.IDENTIFIER),
        ({"letter_id": "x" * 15}, WriteReason.IDENTIFIER),
        ({"envelope_id": ""}, WriteReason.IDENTIFIER),
        ({"episode_id": "x" * 36}, WriteReason.IDENTIFIER),
        ({"sent_at": None}, WriteReason.TIME),
        ({"authorised_at": None}, WriteReason.TIME),
        ({"receiver": Organisation(organisation="Fjordby")}, WriteReason.LOCATION_NUMBER),
        ({"sender": Organisation(gln="5790000121441")}, WriteReason.SENDER_NAME),
        ({"citizen": None}, WriteReason.CITIZEN_NUMBER),
        ({"citizen": Citizen(cpr="0000000000", surname="x")}, WriteReason.CITIZEN_NUMBER),
        ({"citizen": Citizen(cpr="123", surname="x")}, WriteReason.CITIZEN_NUMBER),
        ({"citizen": Citizen(cpr="25124899AB", surname="x")}, WriteReason.CITIZEN_NUMBER),
        ({"letter_id": "a\x00b"}, WriteReason.IDENTIFIER),
        ({"citizen": Citizen(cpr="2512489996")}, WriteReason.CITIZEN_NAME),
    ],
)
def test_what_nobody_may_make_up_is_asked_for(
    fields: dict[str, object], reason: WriteReason
) -> None:
    with pytest.raises(WriteError) as error:
        written(**fields)

    assert error.value.reason is reason
    assert "251248" not in str(error.value)


# --- identifiers and receipts -----------------------------------------------------------------


def test_the_longest_identifiers_are_sent_whole() -> None:
    result = written(letter_id="ABCDEFGHIJKLMN", envelope_id="12345678901234")

    assert (result.message.letter_id, result.message.envelope_id) == (
        "ABCDEFGHIJKLMN",
        "12345678901234",
    )


def test_a_positive_receipt_names_the_letter_and_swaps_the_parties() -> None:
    plan = CarePlan(
        letter_id="BREV1",
        envelope_id="KUVERT1",
        version_code="XD2134C",
        sender=HOSPITAL,
        receiver=MUNICIPALITY,
    )

    result = write_receipt(receipt_for(plan, letter_id="A1", envelope_id="B1", sent_at=AT))

    receipt = read_one(result.data)
    assert isinstance(receipt, Receipt)
    assert receipt.outcome is ReceiptOutcome.POSITIVE
    assert receipt.wants_receipt is False
    assert (receipt.sender.gln, receipt.receiver.gln) == (MUNICIPALITY.gln, HOSPITAL.gln)
    assert receipt.original_envelope_id == "KUVERT1"
    assert receipt.original_letters == (ReceiptLetter(letter_id="BREV1", version_code="XD2134C"),)


def test_a_negative_receipt_says_why(schemas: Schemas) -> None:
    plan = CarePlan(
        letter_id="BREV1",
        envelope_id="KUVERT1",
        version_code="XD2199C",
        sender=HOSPITAL,
        receiver=MUNICIPALITY,
    )
    problem = Problem(reason=Reason.VERSION, detail="XD2199C")

    result = write_receipt(receipt_for(plan, problem, letter_id="A1", envelope_id="B1", sent_at=AT))

    check(schemas.receipt, result.data)
    receipt = read_one(result.data)
    assert isinstance(receipt, Receipt)
    assert receipt.outcome is ReceiptOutcome.NEGATIVE
    assert receipt.original_letters[0].refuse_code == "problem_med_version"


def test_a_letter_without_identifiers_cannot_be_receipted() -> None:
    nameless = CarePlan(sender=HOSPITAL, receiver=MUNICIPALITY, version_code="XD2134C")

    with pytest.raises(WriteError) as error:
        write_receipt(receipt_for(nameless, letter_id="A1", envelope_id="B1", sent_at=AT))

    assert error.value.reason is WriteReason.ORIGINAL


def test_only_vans_sends_vans_receipts() -> None:
    with pytest.raises(WriteError) as error:
        write_receipt(Receipt(outcome=ReceiptOutcome.NEGATIVE_VANS, sent_at=AT))

    assert error.value.reason is WriteReason.NOT_A_RECEIPT


@pytest.mark.parametrize("value", [None, "", "forkert værdi", "a\x07", "x" * 300])
@pytest.mark.parametrize("field", ["envelope_id", "message_id", "sender_id", "sent", "name"])
def test_a_vans_envelope_without_its_address_is_not_written(field: str, value: str | None) -> None:
    with pytest.raises(WriteError):
        write_vans_envelope(b"<x/>", transport(**{field: value}))


def test_a_vans_envelope_of_an_unknown_reliability_is_not_written() -> None:
    with pytest.raises(WriteError):
        write_vans_envelope(b"<x/>", transport(reliability="måske"))


# --- the reply to a plan ----------------------------------------------------------------------


def test_a_reply_goes_to_the_ward_that_sent_the_plan(schemas: Schemas) -> None:
    plan = CarePlan(
        letter_id="BREV1",
        episode_id="6FB927DA-3BE1-4B9F-8875-A6326617D20B",
        sender=HOSPITAL,
        receiver=MUNICIPALITY,
        citizen=CITIZEN,
    )

    reply = reply_to(
        plan,
        category_label="Uddybende spørgsmål",
        text="Skal borgeren have hjælp til insulin?",
        subject="Plejeforløbsplan",
        signature=Signature(name="Vera Visitator", title="visitator", telephone="12345678"),
        is_admitted=True,
        letter_id="A1",
        envelope_id="B1",
        at=AT,
    )
    result = write_correspondence(reply)

    check(schemas.correspondence, result.data)
    message = read_one(result.data)
    assert isinstance(message, Correspondence)
    assert message.receiver == HOSPITAL
    assert message.sender.gln == MUNICIPALITY.gln
    assert message.sender.telephone == "12345678"
    assert message.episode_id == "6FB927DA3BE14B9F8875A6326617D20B"
    assert message.subject == "Plejeforløbsplan"
    assert message.text.split("\n") == [
        "Uddybende spørgsmål",
        "",
        "Skal borgeren have hjælp til insulin?",
        "",
        "Vera Visitator, visitator",
        "Tlf. 12345678",
    ]
    assert message.citizen is not None
    assert message.citizen.stay_status == "indlagt"
