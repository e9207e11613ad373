"""Bad input: each ends in a named case that tells nothing of what the message said."""

from __future__ import annotations

import base64
import time
import traceback
import tracemalloc
from pathlib import Path

import pytest

from tests.medcom.files import (
    FIXTURES,
    file_name,
    fixture,
    identity,
    read_or_nothing,
    refused,
)
from tests.medcom.wrappings import ENCODED, SBDH_END, WRAPPINGS, sbdh, vans
from visitator.domain.messages import Attachment, Correspondence, UnknownMessage
from visitator.medcom.errors import MessageError, Problem, Reason, RefuseCode
from visitator.medcom.reader import Delivery, read

CPR = "2512489996"
SURNAME = "Hemmelig-Efternavn"
SECRET = "Borgeren har betroet os noget"
BARE_FIXTURES = [file for file in FIXTURES if b"<Emessage" in file.read_bytes()[:200]]
SECRETS = (CPR, SURNAME, SECRET, "betroet")
MUNICIPALITY = "urn:oio:medcom:municipality:1.0.3"


def letter(
    letter_id: str, text: str = "Tekst.", version: str = "XD9134L", root: str = "ClinicalEmail"
) -> str:
    """A letter with what must never be told in an error."""
    return (
        f"<{root}><Letter><Identifier>{letter_id}</Identifier>"
        f"<VersionCode>{version}</VersionCode></Letter>"
        f"<Patient><CivilRegistrationNumber>{CPR}</CivilRegistrationNumber>"
        f"<PersonSurnameName>{SURNAME}</PersonSurnameName></Patient>"
        f"<ClinicalInformation><Text01>{SECRET}. {text}</Text01></ClinicalInformation></{root}>"
    )


def with_parties(letter_id: str, **changes: str) -> str:
    """A letter that says who sent it to whom, as a receipt needs."""
    parties = (
        "<Sender><EANIdentifier>5790001382445</EANIdentifier></Sender>"
        "<Receiver><EANIdentifier>5790000121441</EANIdentifier></Receiver>"
    )
    return letter(letter_id, **changes).replace("<Patient>", f"{parties}<Patient>")


def who(letter_id: str) -> tuple[str, ...]:
    """Such a letter as a receipt names it."""
    return letter_id, "KUV1", "5790001382445", "5790000121441"


def emessage(*letters: str, prolog: str = "") -> bytes:
    """An envelope with these letters."""
    return (
        f'{prolog}<Emessage xmlns="{MUNICIPALITY}"><Envelope><Identifier>KUV1</Identifier>'
        f"</Envelope>{''.join(letters)}</Emessage>"
    ).encode()


def refusal(data: bytes) -> Problem:
    """The one problem of a file of which nothing can be read; it tells nothing of the content."""
    with pytest.raises(MessageError) as caught:
        read(data)
    (problem,) = caught.value.problems
    assert_discreet(problem)
    assert str(caught.value) == str(problem)
    traceback_ = "".join(traceback.format_exception(caught.value))
    assert not any(secret in traceback_ for secret in SECRETS)
    return problem


def assert_discreet(problem: Problem) -> None:
    told = f"{problem} {problem.detail}"
    assert not any(secret in told for secret in SECRETS)


def ids(delivery: Delivery) -> list[str | None]:
    return [message.letter_id for message in delivery.messages]


def codes(delivery: Delivery) -> list[str]:
    for problem in delivery.problems:
        assert_discreet(problem)
    return [problem.reason.code for problem in delivery.problems]


class TestNothingThere:
    @pytest.mark.parametrize("data", [b"", b" ", b"\r\n\t  \n", b" " * 100_000])
    def test_an_empty_file(self, data: bytes) -> None:
        problem = refusal(data)
        assert (problem.reason.code, problem.refuse_code) == ("tom_fil", RefuseCode.SYNTAX)

    def test_an_envelope_without_a_letter(self) -> None:
        assert refusal(emessage()).reason is Reason.NO_LETTER

    @pytest.mark.parametrize(
        "data",
        [
            b"<VANSEnvelope/>",
            b"<VANSEnvelope><Message><MetaInformation/></Message></VANSEnvelope>",
            b"<StandardBusinessDocument/>",
            b"<StandardBusinessDocument><StandardBusinessDocumentHeader/>"
            b"</StandardBusinessDocument>",
        ],
    )
    def test_a_wrapper_around_nothing(self, data: bytes) -> None:
        assert refusal(data).reason is Reason.NO_LETTER

    def test_a_vans_envelope_around_an_empty_payload(self) -> None:
        assert refusal(vans(b"")).reason is Reason.EMPTY


class TestNotAMessage:
    @pytest.mark.parametrize(
        "data",
        [
            bytes(range(256)) * 40,
            b"\x00" * 5_000,
            b"\x89PNG\r\n\x1a\n" + bytes(200),
            b"PK\x03\x04" + bytes(range(200)),
            b"\x1f\x8b\x08\x00" + bytes(range(128, 256)),
            b"\xff" * 3_000,
            b"Hej visitator, her er en mail og ikke en MedCom-meddelelse.",
            b"UNA:+.? 'UNB+UNOC:3+5790001382445:14'",
            b"{}",
            b"<",
            b"<?xml",
            b'<?xml version="1.0"?>',
            b"\xef\xbb\xbf",
            b"\xff\xfe",
        ],
        ids=str,
    )
    def test_binary_noise_and_other_files(self, data: bytes) -> None:
        assert refusal(data).reason.code == "syntaksfejl"

    def test_another_xml_document_is_shown_as_unknown(self) -> None:
        (message,) = read(b"<html><body>Hej</body></html>").messages
        assert isinstance(message, UnknownMessage)
        assert [field.value for field in message.extra] == ["Hej"]

    @pytest.mark.parametrize(
        "control",
        ["\x00", "\x01", "\x0b", "\x1b", "\x7f\x08", "&#0;", "&#8;", "&#xD800;", "\ufffe"],
    )
    def test_a_character_that_xml_does_not_have(self, control: str) -> None:
        problem = refusal(emessage(letter("A", text=f"før{control}efter")))
        assert problem.reason.code == "syntaksfejl"

    @pytest.mark.parametrize("tail", [b"\x00", b"<", b"</Emessage>", b"mere tekst", b"<Emessage/>"])
    def test_something_after_the_end(self, tail: bytes) -> None:
        assert codes_or_refusal(emessage(letter("A")) + tail) == ["syntaksfejl"]

    def test_undeclared_entities_and_prefixes(self) -> None:
        assert refusal(emessage(letter("A", text="&hemmelig;"))).reason is Reason.SYNTAX
        assert refusal(emessage("<u:ClinicalEmail/>")).reason is Reason.SYNTAX


def codes_or_refusal(data: bytes) -> list[str]:
    """The problems of a file, whether or not something in it could be read."""
    return codes(read_or_nothing(data))


LAUGHS = "".join(f'<!ENTITY lol{n} "{f"&lol{n - 1};" * 10 if n else "ha"}">' for n in range(10))
BOMBS = {
    "billion laughs": f"<!DOCTYPE Emessage [{LAUGHS}]>",
    "quadratic blow-up": f'<!DOCTYPE Emessage [<!ENTITY a "{"a" * 50_000}">]>',
    "parameter entities": (
        '<!DOCTYPE Emessage [<!ENTITY % a "x"><!ENTITY % b "%a;%a;%a;"> %b; <!ENTITY lol9 "%b;">]>'
    ),
    "attribute default": '<!DOCTYPE Emessage [<!ATTLIST ClinicalEmail x CDATA "indsat">]>',
    "external subset": '<!DOCTYPE Emessage SYSTEM "http://eksempel.invalid/ond.dtd">',
    "public subset": '<!DOCTYPE Emessage PUBLIC "-//X//Y" "http://eksempel.invalid/ond.dtd">',
    "no subset": "<!DOCTYPE Emessage>",
}


class TestADocumentTypeIsRefused:
    @pytest.mark.parametrize("doctype", BOMBS.values(), ids=BOMBS.keys())
    @pytest.mark.parametrize(
        "prolog",
        [
            "",
            '<?xml version="1.0" encoding="ISO-8859-1"?>\r\n',
            "\ufeff",
            "\ufeff\ufeff",
            f"<!--{'langt ' * 50_000}-->",
            "<?en instruks <!-- ?>" * 5_000,
            "<!-- <!-- - > ?> -->\n <?x ?>\n\t",
        ],
        ids=["bare", "declared", "bom", "two boms", "long comment", "instructions", "mixed"],
    )
    def test_whatever_it_holds_and_whatever_comes_before_it(
        self, doctype: str, prolog: str
    ) -> None:
        data = emessage(letter("A", text="&lol9;&a;"), prolog=prolog + doctype)
        problem = refusal(data)
        assert (problem.reason.code, problem.refuse_code) == ("dtd_afvist", RefuseCode.SYNTAX)
        assert problem.letters == ()

    @pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "iso-8859-1", "cp1252"])
    def test_in_every_character_set(self, encoding: str) -> None:
        text = emessage(letter("A", text="æ„ø“" if encoding == "cp1252" else "æøå")).decode()
        data = (BOMBS["billion laughs"] + text).encode(encoding)
        assert refusal(data).reason is Reason.DTD

    @pytest.mark.parametrize("doctype", BOMBS.values(), ids=BOMBS.keys())
    def test_inside_a_vans_envelope(self, doctype: str) -> None:
        inner = emessage(letter("A", text="&lol9;"), prolog=doctype)
        assert refusal(vans(inner)).reason is Reason.DTD
        assert refusal(vans(vans(inner))).reason is Reason.DTD

    def test_as_text_it_is_text(self) -> None:
        text = "<![CDATA[<!DOCTYPE x [<!ENTITY y 'z'>]> &y;]]> <!-- <!DOCTYPE x> -->"
        (message,) = read(emessage(letter("A", text=text))).messages
        assert isinstance(message, Correspondence)
        assert message.text == f"{SECRET}. <!DOCTYPE x [<!ENTITY y 'z'>]> &y;"

    @pytest.mark.parametrize(
        "entity",
        [
            '<!ENTITY ude SYSTEM "{address}">',
            '<!ENTITY % ind SYSTEM "{address}"> %ind; <!ENTITY ude "%ind;">',
        ],
        ids=["general", "parameter"],
    )
    def test_no_file_on_the_computer_is_ever_read(self, tmp_path: Path, entity: str) -> None:
        hidden = tmp_path / "hemmelig.txt"
        hidden.write_text("indholdet af en fil på computeren", encoding="utf-8")
        doctype = f"<!DOCTYPE Emessage [{entity.format(address=hidden.as_uri())}]>"
        problem = refusal(emessage(letter("A", text="&ude;"), prolog=doctype))
        assert problem.reason is Reason.DTD
        assert "computeren" not in str(problem)

    def test_no_file_is_included(self, tmp_path: Path) -> None:
        hidden = tmp_path / "hemmelig.xml"
        hidden.write_text("<a>indholdet af en fil</a>", encoding="utf-8")
        include = (
            '<i:include xmlns:i="http://www.w3.org/2001/XInclude" '
            f'href="{hidden.as_uri()}" parse="text"/>'
        )
        (message,) = read(emessage(letter("A", text=include))).messages
        assert "indholdet" not in str(message)


class TestTooMuch:
    def test_200_megabytes_are_refused_unread(self) -> None:
        data = b"<Emessage>" + b"a" * 200_000_000
        tracemalloc.start()
        try:
            started = time.process_time()
            problem = refusal(data)
            spent = time.process_time() - started
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        assert problem.reason.code == "for_stor"
        assert peak < 1_000_000
        assert spent < 1

    def test_200_megabytes_of_white_space_as_well(self) -> None:
        assert refusal(b" " * 200_000_000).reason.code == "for_stor"

    def test_200_megabytes_of_elements_as_well(self) -> None:
        assert refusal(b"<a/>" * 50_000_000).reason.code == "for_stor"

    def test_more_elements_than_any_message_has(self) -> None:
        assert refusal(emessage(letter("A", text="<a/>" * 1_100_000))).reason.code == "for_stor"

    @pytest.mark.parametrize("filling", ["", "x" * 9_000_000], ids=["small", "large"])
    @pytest.mark.parametrize("closed", [True, False])
    def test_10000_elements_inside_each_other(self, filling: str, closed: bool) -> None:
        deep = "<a>" * 10_000 + filling + "</a>" * 10_000 * closed
        problem = refusal(emessage(letter("A", text=deep)))
        assert (problem.reason.code, problem.refuse_code) == ("for_dyb", RefuseCode.SYNTAX)

    @pytest.mark.parametrize("filling", ["", "x" * 9_000_000], ids=["small", "large"])
    def test_how_deep_is_too_deep_does_not_depend_on_the_size(self, filling: str) -> None:
        def nested(depth: int) -> bytes:
            return (f"<Emessage>{'<a>' * depth}{filling}{'</a>' * depth}</Emessage>").encode()

        assert read(nested(200)).messages
        assert refusal(nested(400)).reason is Reason.TOO_DEEP

    def test_vans_envelopes_inside_each_other(self) -> None:
        data = emessage(letter("A"))
        for _ in range(4):
            data = vans(data)
        assert ids(read(data)) == ["A"]
        for _ in range(4):
            data = vans(data)
        assert refusal(data).reason is Reason.TOO_DEEP

    def test_an_attachment_of_12_megabytes_of_base64_is_read(self) -> None:
        content = bytes(range(256)) * 35_157
        encoded = base64.b64encode(content)
        assert len(encoded) > 12_000_000
        data = fixture("xbin01_matching_reference")
        first, last = data.index(b"<Object_Base64Encoded>"), data.index(b"</Object_Base64Encoded>")
        start = first + len(b"<Object_Base64Encoded>")
        file = data[:start] + encoded + data[last:]
        for wrapped in (file, vans(file)):
            (message,) = read(wrapped).messages
            assert isinstance(message, Attachment)
            assert message.objects[0].content == content
            assert "bilag_stoerrelse" in [notice.code for notice in message.notices]

    def test_a_hundred_thousand_attributes(self) -> None:
        attributes = " ".join(f'a{n}="{n}"' for n in range(100_000))
        (message,) = read(emessage(f"<ClinicalEmail {attributes}/>")).messages
        assert len(message.extra) == 100_000

    def test_the_same_attribute_twice(self) -> None:
        problem = refusal(emessage(f'<ClinicalEmail a="{CPR}" a="{SURNAME}"/>'))
        assert problem.reason is Reason.SYNTAX

    def test_many_letters_in_an_envelope_with_much_around_them(self) -> None:
        """What the envelope says is not copied for every letter."""
        attributes = " ".join(f'a{n}="{n}"' for n in range(3_000))
        data = f"<Emessage {attributes}>{'<a/>' * 3_000}</Emessage>".encode()
        tracemalloc.start()
        try:
            codes_or_refusal(data)
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        assert peak < 30_000_000

    @pytest.mark.parametrize(
        "hostile",
        [
            b"<Emessage>"
            + b"<Envelope/>" * 80_000
            + b"<ClinicalEmail>&</ClinicalEmail></Emessage>",
            b"<Emessage " * 80_000,
            b"<Emessage><Envelope>" + b"<ClinicalEmail>" * 80_000,
            b"<Emessage>" + b"<ClinicalEmail></ClinicalEmail>" * 80_000 + b"&</Emessage>",
            b"<?x " * 80_000,
            b"<!--" * 80_000,
            b"<!-- -->" * 80_000 + b"<",
            b"<Emessage><Envelope>"
            + b"e" * 60_000
            + b"</Envelope>"
            + (b"<ClinicalEmail>" + b"t" * 9_000 + b"</ClinicalEmail>") * 99
            + b"&</Emessage>",
            b"<StandardBusinessDocument>" + b"<Emessage " * 80_000,
            b"<StandardBusinessDocument>" + b"</StandardBusinessDocumentHeader>" * 80_000,
            b"<StandardBusinessDocument>" + b"</StandardBusinessDocumentHeader " * 80_000,
            b"<Emessage>" + b"<Emessage " * 80_000,
        ],
        ids=[
            *("envelopes", "roots", "starts", "letters", "pis", "comments", "both", "heads"),
            *("inline roots", "routing", "open routing", "roots in a root"),
        ],
    )
    def test_broken_files_made_to_be_slow_are_not(self, hostile: bytes) -> None:
        """Each would take minutes or hours if every start tag began a search of its own."""
        started = time.process_time()
        told = codes_or_refusal(hostile)
        assert time.process_time() - started < 20
        assert set(told) <= {"syntaksfejl", "for_dyb", "for_stor"}
        assert told


class TestBase64:
    def test_truncated_base64_of_a_payload(self) -> None:
        encoded = base64.b64encode(emessage(letter("A")) + b" ")
        problem = refusal(vans(b"", data=encoded[:-1]))
        assert (problem.reason.code, problem.refuse_code) == ("base64_fejl", RefuseCode.SYNTAX)

    def test_base64_truncated_at_a_group_gives_truncated_xml(self) -> None:
        encoded = base64.b64encode(emessage(letter("A")))
        assert refusal(vans(b"", data=encoded[: len(encoded) // 8 * 4])).reason is Reason.SYNTAX

    @pytest.mark.parametrize("data", [b"****", b"QUJD=QUJD", "æøå=".encode(), b"QQ", b"Q"])
    def test_what_is_not_base64(self, data: bytes) -> None:
        assert refusal(vans(b"", data=data)).reason is Reason.BASE64

    def test_line_ends_in_base64_are_layout(self) -> None:
        encoded = base64.encodebytes(emessage(letter("A"))).replace(b"\n", b"\r\n\t ")
        assert ids(read(vans(emessage(letter("A")), data=encoded))) == ["A"]

    def test_a_truncated_attachment(self) -> None:
        data = fixture("xbin01_matching_reference")
        end = data.index(b"</Object_Base64Encoded>")
        problem = refusal(data[: end - 1] + data[end:])
        assert problem.reason.code == "base64_fejl"

    @pytest.mark.parametrize("size", [0, 1, 10**9])
    def test_a_wrong_size_of_the_payload_is_a_remark(self, size: int) -> None:
        (message,) = read(vans(emessage(letter("A")), size=size)).messages
        assert message.letter_id == "A"
        assert message.transport is not None
        assert message.transport.size == size
        assert "kuvert_stoerrelse" in [notice.code for notice in message.notices]

    def test_a_wrong_size_of_a_payload_that_is_not_xml_is_a_remark_too(self) -> None:
        data = fixture("vans_edifact").replace(b"<SizeInBytes>", b"<SizeInBytes>9")
        (message,) = read(data).messages
        assert "kuvert_stoerrelse" in [notice.code for notice in message.notices]

    @pytest.mark.parametrize("size", [b"mange", b"-1", b"007", b"1e3", b"9" * 5_000])
    def test_a_size_that_is_no_number_is_shown(self, size: bytes) -> None:
        data = vans(emessage(letter("A")), size=77).replace(b">77<", b">%s<" % size)
        (message,) = read(data).messages
        assert message.transport is not None
        assert message.transport.size is None
        shown = {field.path: field.value for field in message.extra}
        assert shown["Message/MetaInformation/Document/SizeInBytes"] == size.decode()

    def test_a_wrong_size_of_an_attachment_is_a_remark(self) -> None:
        data = fixture("xbin01_matching_reference")
        (message,) = read(data.replace(b"<OriginalObjectSize>", b"<OriginalObjectSize>1")).messages
        codes_ = [notice.code for notice in message.notices]
        assert codes_ == ["bilag_stoerrelse", "bilag_stoerrelse"]


class TestCharacterSets:
    def test_utf_16(self) -> None:
        data = ('<?xml version="1.0" encoding="UTF-16"?>' + emessage(letter("Æ1")).decode()).encode(
            "utf-16"
        )
        assert ids(read(data)) == ["Æ1"]

    @pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32", "cp037"])
    def test_character_sets_nobody_uses(self, encoding: str) -> None:
        text = f'<?xml version="1.0" encoding="{encoding}"?>' + emessage(letter("A")).decode()
        assert refusal(text.encode(encoding)).reason is Reason.SYNTAX

    @pytest.mark.parametrize("name", ["klingon-1", "utf-16", "x" * 40, "utf_7", "idna"])
    def test_a_declaration_that_is_not_true_is_not_believed(self, name: str) -> None:
        data = emessage(letter("Æ1"), prolog=f'<?xml version="1.0" encoding="{name}"?>')
        assert ids(read(data)) == ["Æ1"]

    @pytest.mark.parametrize("name", ["klingon-1", "utf-8", "US-ASCII"])
    def test_latin_1_under_a_wrong_name(self, name: str) -> None:
        text = emessage(letter("Æ1"), prolog=f'<?xml version="1.0" encoding="{name}"?>').decode()
        (message,) = read(text.encode("iso-8859-1")).messages
        assert message.letter_id == "Æ1"
        assert "tegnsaet_rettet" in [notice.code for notice in message.notices]

    def test_a_byte_order_mark_before_what_is_not_utf_8(self) -> None:
        data = b"\xef\xbb\xbf" + emessage(letter("A")).replace(b"Tekst", b"\xe6\xf8\xe5")
        assert codes_or_refusal(data) in ([], ["syntaksfejl"])


class TestVersions:
    @pytest.mark.parametrize(
        ("root", "version"),
        [
            ("ProgressOfCarePlan", "XD2135C"),
            ("ClinicalEmail", "XD9130L"),
            ("ReportOfDischarge", "XD1830C"),
            ("RehabilitationPlan", "GGOP200"),
            ("NotificationOfAdmission", "XD2030D"),
            ("BinaryLetter", "XB0230X"),
            ("PositiveReceipt", "XC0230Q"),
        ],
    )
    def test_a_valid_letter_with_an_unsupported_version(self, root: str, version: str) -> None:
        problem = refusal(emessage(letter("A", version=version, root=root)))
        assert problem.reason.code == "problem_med_version"
        assert problem.refuse_code is RefuseCode.VERSION
        assert problem.refuse_code.value == "problem_med_version"
        assert problem.detail == version

    def test_it_is_kept_and_can_be_shown(self) -> None:
        (kept,) = refusal(emessage(letter("A", version="XD9130L"))).letters
        assert isinstance(kept, UnknownMessage)
        assert (kept.letter_id, kept.version_code, kept.envelope_id) == ("A", "XD9130L", "KUV1")
        assert kept.citizen is not None
        assert kept.citizen.key == CPR
        assert [field.value for field in kept.extra] == [f"{SECRET}. Tekst."]

    @pytest.mark.parametrize("version", [SECRET, SURNAME, f"{CPR}", "XD9134L ekstra", "x" * 999])
    def test_what_is_no_version_is_not_told(self, version: str) -> None:
        problem = refusal(emessage(letter("A", version=version)))
        assert problem.reason is Reason.VERSION
        assert version not in str(problem)

    def test_a_letter_without_a_version_is_read_with_a_remark(self) -> None:
        data = emessage(letter("A")).replace(b"<VersionCode>XD9134L</VersionCode>", b"")
        (message,) = read(data).messages
        assert "version_mangler" in [notice.code for notice in message.notices]


GOOD = (letter("GOD1"), letter("GOD2"))
BROKEN = {
    "unsupported version": (letter("DAARLIG", version="XD9199L"), "problem_med_version"),
    "not well-formed inside": (letter("DAARLIG", text="<Bold>åben"), "syntaksfejl"),
    "stray ampersand": (letter("DAARLIG", text="Smerter & uro"), "syntaksfejl"),
    "invalid character": (letter("DAARLIG", text="\x02"), "syntaksfejl"),
    "no end tag": (letter("DAARLIG").removesuffix("</ClinicalEmail>"), "syntaksfejl"),
    "truncated attachment": (
        "<BinaryLetter><Letter><Identifier>DAARLIG</Identifier></Letter><BinaryObject>"
        f"<Object_Base64Encoded>QUJ</Object_Base64Encoded></BinaryObject><Note>{SECRET}</Note>"
        "</BinaryLetter>",
        "base64_fejl",
    ),
}


class TestOneBrokenLetterOfSeveral:
    @pytest.mark.parametrize("place", [0, 1, 2], ids=["first", "middle", "last"])
    @pytest.mark.parametrize(("broken", "code"), BROKEN.values(), ids=BROKEN.keys())
    @pytest.mark.parametrize("wrapping", WRAPPINGS)
    def test_the_good_ones_are_kept(
        self, place: int, broken: str, code: str, wrapping: str
    ) -> None:
        letters = list(GOOD)
        letters.insert(place, broken)
        delivery = read(WRAPPINGS[wrapping](emessage(*letters)))
        assert ids(delivery) == ["GOD1", "GOD2"]
        assert codes(delivery) == [code]
        assert {message.envelope_id for message in delivery.messages} == {"KUV1"}

    @pytest.mark.parametrize("code_of_first", BROKEN, ids=str)
    def test_when_none_is_good_each_problem_is_told(self, code_of_first: str) -> None:
        broken, code = BROKEN[code_of_first]
        with pytest.raises(MessageError) as caught:
            read(emessage(broken, letter("B", version="XD9199L")))
        told = [problem.reason.code for problem in caught.value.problems]
        assert told[0] == code
        for problem in caught.value.problems:
            assert_discreet(problem)

    @pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["before", "after"])
    def test_a_good_letter_of_unknown_type_beside_a_broken_one_is_kept(
        self, order: tuple[int, int]
    ) -> None:
        pair = (letter("GOD", root="ReportOfAdmission"), letter("DAARLIG", text="&"))
        delivery = read(emessage(*(pair[n] for n in order)))
        assert ids(delivery) == ["GOD"]
        assert codes(delivery) == ["syntaksfejl"]

    def test_with_prefixes_and_latin_1(self) -> None:
        text = emessage(*GOOD, letter("DÅRLIG", text="&")).decode()
        for name in ("Emessage", "Envelope", "ClinicalEmail"):
            text = text.replace(f"</{name}>", f"</m:{name}>").replace(f"<{name}", f"<m:{name}")
        text = text.replace("xmlns=", "xmlns:m=").replace("Tekst.", "Blåbærgrød.")
        delivery = read(text.encode("iso-8859-1"))
        assert ids(delivery) == ["GOD1", "GOD2"]
        assert codes(delivery) == ["syntaksfejl"]
        first = delivery.messages[0]
        assert isinstance(first, Correspondence)
        assert first.text == f"{SECRET}. Blåbærgrød."
        assert "tegnsaet_rettet" in [notice.code for notice in first.notices]

    def test_damage_outside_the_letters_is_told_as_well(self) -> None:
        for data in (
            emessage(GOOD[0], " & ", GOOD[1]),
            emessage(*GOOD).removesuffix(b"</Emessage>"),
            emessage(*GOOD).removesuffix(b"</Emessage>") + b"<Clini",
        ):
            delivery = read(data)
            assert ids(delivery) == ["GOD1", "GOD2"]
            assert set(codes(delivery)) == {"syntaksfejl"}

    @pytest.mark.parametrize(
        "quoted", ["<![CDATA[{}]]>", "<!-- {} -->", "<?x {} ?>"], ids=["cdata", "comment", "pi"]
    )
    @pytest.mark.parametrize("place", ["in a letter", "between letters"])
    @pytest.mark.parametrize("wrapping", ["bare", "sbdh"])
    def test_a_quoted_letter_is_never_a_message(
        self, quoted: str, place: str, wrapping: str
    ) -> None:
        """What only stands in a text must not come alive when another letter is broken."""
        quotation = quoted.format(with_parties("CITAT"))
        if place == "in a letter":
            letters = [letter("GOD1", text=quotation), letter("DAARLIG", text="&")]
        else:
            letters = [GOOD[0], quotation, letter("DAARLIG", text="&")]
        delivery = read_or_nothing(WRAPPINGS[wrapping](emessage(*letters)))
        assert "CITAT" not in ids(delivery) + [letter_id for letter_id, *_ in refused(delivery)]
        assert "syntaksfejl" in codes(delivery)

    @pytest.mark.parametrize("start", ["[CDATA[", "<[CDATA[", "![CDATA["])
    @pytest.mark.parametrize("wrapping", ["bare", "sbdh"])
    def test_nor_when_the_start_of_the_quotation_is_what_is_damaged(
        self, start: str, wrapping: str
    ) -> None:
        text = f"{start}{with_parties('CITAT')}{with_parties('CITAT2', text='&')}]]>"
        data = emessage(with_parties("DAARLIG", text=text))
        delivery = read_or_nothing(WRAPPINGS[wrapping](data))
        assert (ids(delivery), refused(delivery)) == ([], [])
        assert codes(delivery) == ["syntaksfejl"]

    def test_a_receipt_is_kept_when_the_message_beside_it_is_broken(self) -> None:
        data = vans(b"", data=b"****").replace(
            b"<Message>", b"<Receipt><PositiveMessage/></Receipt><Message>"
        )
        delivery = read(data)
        assert len(delivery.messages) == 1
        assert codes(delivery) == ["base64_fejl"]


@pytest.mark.parametrize("file", FIXTURES, ids=file_name)
def test_a_file_cut_off_at_any_place_is_refused(file: Path) -> None:
    """Cut at every 50th byte: nothing is read, or whole letters and a problem."""
    data = file.read_bytes()
    whole = {message.letter_id for message in read(data).messages}
    last = len(data.rstrip()) - 1
    for length in range(0, last, 50):
        delivery = read_or_nothing(data[:length])
        assert set(codes(delivery)) <= {"tom_fil", "syntaksfejl"}
        assert delivery.problems
        assert set(ids(delivery)) <= whole


class TestWhoseADamagedLetterIs:
    @pytest.mark.parametrize("wrapping", WRAPPINGS)
    @pytest.mark.parametrize("broken", ["<Bold>åben", "Smerter & uro", "\x02", "</Text01>"])
    def test_it_is_named_by_its_header(self, wrapping: str, broken: str) -> None:
        damaged = with_parties("DAARLIG", text=broken)
        delivery = read_or_nothing(WRAPPINGS[wrapping](emessage(damaged)))
        assert (ids(delivery), refused(delivery)) == ([], [who("DAARLIG")])

    @pytest.mark.parametrize("wrapping", WRAPPINGS)
    def test_the_good_ones_beside_it_are_not(self, wrapping: str) -> None:
        good, damaged = with_parties("GOD1"), with_parties("DAARLIG", text="&")
        data = emessage(good, "<Andet>", damaged, with_parties("GOD2"))
        delivery = read(WRAPPINGS[wrapping](data))
        assert (ids(delivery), refused(delivery)) == (["GOD1", "GOD2"], [who("DAARLIG")])

    @pytest.mark.parametrize("wrapping", WRAPPINGS)
    def test_a_damaged_attachment_is_named_too(self, wrapping: str) -> None:
        damaged = with_parties("BILAG", root="BinaryLetter", version="XB0131X").replace(
            "<Patient>",
            "<BinaryObject><Object_Base64Encoded>QUJ</Object_Base64Encoded></BinaryObject><Patient>",
        )
        delivery = read_or_nothing(WRAPPINGS[wrapping](emessage(damaged)))
        assert (codes(delivery), refused(delivery)) == (["base64_fejl"], [who("BILAG")])

    @pytest.mark.parametrize("wrapping", WRAPPINGS)
    def test_an_unsupported_version_does_not_hide_it(self, wrapping: str) -> None:
        damaged = with_parties("DAARLIG", text="&", version="XD9199L")
        delivery = read_or_nothing(WRAPPINGS[wrapping](emessage(damaged)))
        assert (codes(delivery), refused(delivery)) == (["syntaksfejl"], [who("DAARLIG")])

    @pytest.mark.parametrize("wrapping", WRAPPINGS)
    @pytest.mark.parametrize(
        "spot", ["<Identifier>KUV1", "<Identifier>DAARLIG", "<Sender><EANIdentifier>", "<Receiver>"]
    )
    def test_a_damaged_header_names_nobody(self, wrapping: str, spot: str) -> None:
        data = emessage(with_parties("DAARLIG")).replace(spot.encode(), spot.encode() + b"&")
        delivery = read_or_nothing(WRAPPINGS[wrapping](data))
        assert (ids(delivery), refused(delivery)) == ([], [])
        assert codes(delivery) == ["syntaksfejl"]

    @pytest.mark.parametrize("missing", [b"</Emessage>" + SBDH_END, SBDH_END, SBDH_END[9:]])
    def test_the_letters_of_an_sbdh_without_an_end_are_read(self, missing: bytes) -> None:
        data = sbdh(emessage(with_parties("GOD1"), letter("GOD2", root="ReportOfAdmission")))
        delivery = read(data.removesuffix(missing))
        assert ids(delivery) == ["GOD1", "GOD2"]
        assert (codes(delivery), refused(delivery)) == (["syntaksfejl"], [])
        for message in delivery.messages:
            assert "0088:5790001382445" in [field.value for field in message.extra]

    def test_what_an_sbdh_says_of_the_route_is_not_needed_to_name_a_letter(self) -> None:
        data = sbdh(emessage(with_parties("HEL"))).replace(b"0088:5790001382445", b"0088:&")
        delivery = read_or_nothing(data)
        assert (ids(delivery), codes(delivery)) == ([], ["syntaksfejl"])
        assert refused(delivery) == [who("HEL")]

    def test_a_namespace_may_be_declared_on_the_sbdh(self) -> None:
        text = sbdh(emessage(with_parties("DAARLIG", text="&"))).decode()
        text = text.replace(f' xmlns="{MUNICIPALITY}"', "").replace("Emessage", "m:Emessage")
        text = text.replace(" xmlns:s=", f' xmlns:m="{MUNICIPALITY}" xmlns:s=')
        assert refused(read_or_nothing(text.encode())) == [who("DAARLIG")]

    @pytest.mark.parametrize("outside", ["<Andet>{}</Andet>", "<VANSEnvelope>{}</VANSEnvelope>"])
    @pytest.mark.parametrize("wrapping", ["bare", "sbdh"])
    def test_only_an_sbdh_is_looked_into(self, outside: str, wrapping: str) -> None:
        inside = emessage(with_parties("DAARLIG", text="&")).decode()
        delivery = read_or_nothing(WRAPPINGS[wrapping](outside.format(inside).encode()))
        assert (ids(delivery), refused(delivery)) == ([], [])

    @pytest.mark.parametrize("wrapping", ["bare", "sbdh"])
    def test_a_letter_is_never_named_with_another_envelope(self, wrapping: str) -> None:
        first = emessage(with_parties("A", text="&"))
        second = emessage(with_parties("B"), with_parties("C", text="&")).replace(b"KUV1", b"KUV2")
        for data in (first + second, first.removesuffix(b"</Emessage>") + second):
            delivery = read_or_nothing(WRAPPINGS[wrapping](data))
            assert (ids(delivery), refused(delivery)) == ([], [who("A")])


@pytest.mark.parametrize("file", BARE_FIXTURES, ids=file_name)
def test_a_letter_cut_off_at_any_place_is_named_by_its_own_header_or_not_at_all(
    file: Path,
) -> None:
    data = file.read_bytes()
    inline = sbdh(data).removesuffix(SBDH_END)
    known = [each for each in read(data).messages if not isinstance(each, UnknownMessage)]
    seen = set()
    for missing in range(1, len(data), 150):
        cut_off = data[:-missing]
        delivery = read_or_nothing(cut_off)
        seen.update(refused(delivery))
        for wrap in ENCODED.values():
            assert refused(read_or_nothing(wrap(cut_off))) == refused(delivery)
        assert refused(read_or_nothing(inline[:-missing])) == refused(delivery)
    assert seen == {identity(each) for each in known}


class TestReasons:
    def test_every_reason_is_a_danish_sentence_and_has_its_own_code(self) -> None:
        reasons = list(Reason)
        assert len({reason.code for reason in reasons}) == len(reasons)
        for reason in reasons:
            assert reason.text.endswith(".")
            assert reason.code.replace("_", "").isascii()

    def test_only_the_version_is_refused_as_such(self) -> None:
        refused_as = {reason: Problem(reason=reason).refuse_code for reason in Reason}
        assert refused_as.pop(Reason.VERSION) is RefuseCode.VERSION
        assert set(refused_as.values()) == {RefuseCode.SYNTAX}


def test_deep_trees_of_long_names_are_refused_before_they_fill_the_memory() -> None:
    names = [f"N{level}{'x' * 200}" for level in range(240)]
    opening = "".join(f"<{name}>" for name in names)
    closing = "".join(f"</{name}>" for name in reversed(names))
    data = f"<Emessage><Ny>{opening}{'<a>t</a>' * 100_000}{closing}</Ny></Emessage>".encode()

    with pytest.raises(MessageError) as error:
        read(data)

    assert error.value.problem.reason.code == "for_stor"


def test_a_byte_order_mark_before_latin1_is_passed_over() -> None:
    text = "<Emessage><Envelope/><Ny><Tekst>Blåbærgrød</Tekst></Ny></Emessage>"
    (message,) = read(b"\xef\xbb\xbf" + text.encode("iso-8859-1")).messages

    assert [field.value for field in message.extra] == ["Blåbærgrød"]
