"""Golden cases of the korrespondancemeddelelse (standard.md §9.7)."""

from __future__ import annotations

from tests.medcom.files import fixture, message_in, messages_in, notice_codes
from visitator.domain.messages import (
    Attachment,
    Correspondence,
)
from visitator.domain.text import RichText, Style

EPISODE = "3f0c52a9d1e84b7796aa10c4be2d5f61"


def correspondence(name: str) -> Correspondence:
    message = message_in(name)
    assert isinstance(message, Correspondence)
    return message


class TestCorrespondence:
    def test_high_priority_is_written_with_a_danish_letter(self) -> None:
        """Golden case: ``høj_prioritet``."""
        message = correspondence("xdis91_high_priority_with_references")
        assert message.priority == "høj_prioritet"
        assert message.subject == "Adgangsforhold i hjemmet"
        assert message.status_code == "nytbrev"
        assert message.episode_key == EPISODE
        assert message.notices == ()

    def test_its_text_keeps_lines_and_formats(self) -> None:
        (text,) = correspondence("xdis91_high_priority_with_references").texts
        lines = text.text.split("\n")
        assert lines[0] == "Kære visitator"
        assert lines[1] == ""
        assert lines[-1] == "Bodil Skovmose, sygeplejerske"
        assert [(span.style, text.text[span.start : span.end]) for span in text.spans] == [
            (Style.BOLD, "trappen til 1. sal mangler gelænder"),
            (Style.UNDERLINE, "fredag"),
            (Style.ITALIC, "sygeplejerske"),
        ]

    def test_its_attachment_is_found_by_its_number_without_hyphens(self) -> None:
        letter = correspondence("xdis91_high_priority_with_references")
        attachment = message_in("xbin01_matching_reference")
        assert isinstance(attachment, Attachment)
        drawing, medicine, link = letter.references
        assert drawing.object_id == "5d2c9a407b1e4f368a55c0ffee300305"
        assert [item.object_key for item in attachment.objects] == [
            drawing.object_id,
            medicine.object_id,
        ]
        assert link.url == "https://nordfjord.invalid/hofte?sprog=da&side=2"
        assert link.object_id is None

    def test_the_attachment_is_the_file_the_sender_chose(self) -> None:
        attachment = message_in("xbin01_matching_reference")
        assert isinstance(attachment, Attachment)
        drawing, medicine = attachment.objects
        assert drawing.content.startswith(b"%PDF-1.4\n")
        assert drawing.content.endswith(b"%%EOF\n")
        assert medicine.content.decode("iso-8859-1").startswith("Medicinliste pr. 05.03.2030\r\n")
        assert (medicine.object_code, medicine.extension) == ("tekstfil", "txt")
        assert [item.size for item in attachment.objects] == [
            len(item.content) for item in attachment.objects
        ]
        assert attachment.contents == "Bilag til korrespondance om adgangsforhold"
        assert attachment.notices == ()

    def test_the_unlimited_version_is_read_as_well(self) -> None:
        message = correspondence("xdis91_xd9135l_with_references")
        assert message.version_code == "XD9135L"
        assert message.status_code == "rettetbrev"
        assert message.priority is None
        link, overview = message.references
        assert (link.description, link.sup) == ("Vejledning om hofterestriktioner", None)
        assert (overview.description, overview.sup) == ("Sundhedsfagligt overblik", True)

    def test_utf_8_declared_as_latin_1_is_read_as_utf_8(self) -> None:
        """Golden case."""
        data = fixture("xdis91_declared_latin1_is_utf8")
        assert b'encoding="ISO-8859-1"' in data
        assert "Høreapparat".encode() in data
        message = correspondence("xdis91_declared_latin1_is_utf8")
        assert message.subject == "Høreapparat på afveje"
        assert message.text.endswith("Blå æske følger med hjem.")
        assert [notice.text for notice in message.notices] == [
            "Tegnsættet var angivet som iso-8859-1 og er læst som UTF-8."
        ]

    def test_windows_quotes_in_a_letter_declared_latin_1(self) -> None:
        assert b"\x93Jeg vil hjem\x94" in fixture("xdis91_smart_quotes_cp1252")
        message = correspondence("xdis91_smart_quotes_cp1252")
        assert message.text == (
            "Borgeren siger: “Jeg vil hjem” – og det er ‚aftalt’…\nPris for vask: 250 € om året."
        )
        assert notice_codes(message) == ["tegnsaet_rettet"]

    def test_formatting_written_as_text_stays_text(self) -> None:
        """Golden case: escaped tags are what the sender's screen showed; nothing is un-escaped."""
        message = correspondence("xdis91_escaped_formatting")
        assert message.subject == "Svar <foreløbigt> på blodprøver"
        assert message.texts == (
            RichText(
                "Blodprøver: <Bold>CRP</Bold> 14 <Break/>Hb 6,1 (ref. > 7,3).\n"
                "Puls < 80 & regelmæssig. &lt;Italic&gt;"
            ),
        )

    def test_two_letters_in_one_envelope_are_two_messages(self) -> None:
        """Golden case: a second letter in one envelope, about another citizen."""
        first, second = messages_in("xdis91_two_letters")
        assert (first.letter_id, second.letter_id) == ("LKOR300305T001", "LKOR300305T002")
        assert first.envelope_id == second.envelope_id == "KUV300305T0001"
        assert first.citizen is not None
        assert second.citizen is not None
        assert (first.citizen.key, second.citizen.key) == ("2512489996", "2509479989")

    def test_letter_numbers_of_one_fourteen_and_fifteen_characters(self) -> None:
        """Golden case: 14-character id edges."""
        messages = messages_in("xdis91_letter_id_edges")
        assert [message.letter_id for message in messages] == [
            "7",
            "ABCDEFGHIJ1234",
            "ABCDEFGHIJ12345",
        ]
        assert {message.envelope_id for message in messages} == {"ABCDEFGHIJ5678"}
        assert [notice_codes(message) for message in messages] == [[], [], ["brevnummer_langt"]]

    def test_a_text_longer_than_31150_characters_is_whole(self) -> None:
        """Golden case: receivers used to refuse this; MedCom now forbids them to."""
        message = correspondence("xdis91_long_text_in_parts")
        assert len(message.texts) == 10
        assert len(message.text) > 31_150
        days = [line.split(":")[0] for line in message.text.split("\n") if line]
        assert days == [f"Dag {day}" for day in range(1, len(days) + 1)]
        assert len(days) > 100

    def test_a_table_in_fixed_width_keeps_its_columns(self) -> None:
        (table,) = correspondence("xdis91_fixed_font_table").texts
        lines = table.text.split("\n")
        assert lines == [
            " MEDICIN",
            "Præparat          Styrke   Morgen  Aften",
            "Paracetamol       500 mg        2      2",
            "Bisoprolol        2,5 mg        1      0",
            "  heraf nyt:        Movicol",
            "O3, 05.03.2030",
        ]
        styled = {span.style: table.text[span.start : span.end] for span in table.spans}
        assert styled[Style.FIXED] == "\n".join(lines[1:5])
        assert styled[Style.BOLD] == lines[1]
        assert styled[Style.UNDERLINE] == "nyt"
        assert styled[Style.ITALIC] == "Movicol"
        assert styled[Style.CENTER] == " MEDICIN"
        assert styled[Style.RIGHT] == "O3, 05.03.2030"

    def test_a_replacement_cpr_number_of_the_ambulatory(self) -> None:
        message = correspondence("xdis91_replacement_cpr")
        assert message.citizen is not None
        assert message.citizen.key == "1308781OS6"
        assert message.citizen.stay_status == "ambulant"
        assert message.episode_key is None
        assert message.notices == ()
