"""One of every letter that has no module of its own (standard.md §9.7): what a reader would say."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.medcom.files import message_in, notice_codes
from visitator.domain.messages import (
    AdmissionNotification,
    Correspondence,
    DischargeNotification,
    DischargeReport,
    EndedTreatment,
    Receipt,
    ReceiptLetter,
    ReceiptOutcome,
    UnknownMessage,
)
from visitator.domain.moment import Moment
from visitator.domain.text import RichText, Span, Style
from visitator.medcom.reader import read

HOSPITAL = "5790001382445"
MUNICIPALITY = "5790000121441"
EPISODE = "3f0c52a9d1e84b7796aa10c4be2d5f61"


class TestADischargeReportWithSwappedPrefixes:
    """Golden case: the default namespace is 1.0.0 here, and the letter's own has a prefix."""

    def report(self) -> DischargeReport:
        message = message_in("xdis18_swapped_prefixes")
        assert isinstance(message, DischargeReport)
        return message

    def test_it_is_read_like_any_other(self) -> None:
        report = self.report()
        assert report.letter_id == "LUDR300308R001"
        assert report.episode_key == EPISODE
        assert report.citizen is not None
        assert report.citizen.suburb == "Havnebyen"
        assert report.admitted == Moment(dt.date(2030, 2, 26), dt.time(14, 35))
        assert report.end_of_treatment == Moment(dt.date(2030, 3, 7), dt.time(12))
        assert report.discharged == Moment(dt.date(2030, 3, 8), dt.time(12, 50))
        assert len(report.nursing_problem_areas) == 9
        assert report.nursing_problem_areas[1].text == RichText(
            "Spiser normalkost, proteindrik 2 gange dagligt.\nVægt ved udskrivelsen 52,4 kg."
        )
        assert report.extra == ()

    def test_its_diagnoses_are_neither_primary_nor_secondary(self) -> None:
        assert [
            (each.code, each.code_type, each.text, each.secondary)
            for each in self.report().diagnoses
        ] == [
            ("DS720", "SKSdiagnosekode", "Brud på lårbenshals", None),
            ("DI109", "SKSdiagnosekode", "Forhøjet blodtryk", None),
        ]

    def test_its_abilities_may_be_said_to_be_irrelevant(self) -> None:
        ability = self.report().ability
        assert ability is not None
        assert (ability.relevance, ability.scores) == ("ikke_relevant", ())


class TestNotifications:
    def test_of_admission(self) -> None:
        message = message_in("xdis20_nytbrev")
        assert isinstance(message, AdmissionNotification)
        assert message.status_code == "nytbrev"
        assert message.authorised_at == dt.datetime(2030, 2, 26, 14, 41, 7)
        assert message.admitted == Moment(dt.date(2030, 2, 26), dt.time(14, 35))
        assert message.sender.answer_to_gln == "5799999000010"
        assert message.episode_key == EPISODE
        assert message.citizen is not None
        assert message.citizen.stay_status == "indlagt"
        assert message.wants_receipt is False
        assert message.notices == ()

    @pytest.mark.parametrize(
        ("status", "stay", "time"),
        [
            ("nytbrev", "udskrevet_til_hjemmet", dt.time(12, 50)),
            ("rettetbrev", "udskrevet_til_andet", dt.time(13, 20)),
            ("annulleretbrev", "uoplyst", dt.time(13, 20)),
        ],
    )
    def test_of_discharge_corrected_and_cancelled(
        self, status: str, stay: str, time: dt.time
    ) -> None:
        message = message_in(f"xdis17_{status}")
        assert isinstance(message, DischargeNotification)
        assert message.status_code == status
        assert message.citizen is not None
        assert message.citizen.stay_status == stay
        assert message.discharged == Moment(dt.date(2030, 3, 8), time)
        assert message.episode_key == EPISODE
        assert message.wants_receipt is True

    def test_where_an_admission_report_is_wanted_is_optional_at_discharge(self) -> None:
        assert message_in("xdis17_nytbrev").sender.answer_to_gln is None
        assert message_in("xdis17_annulleretbrev").sender.answer_to_gln == "5799999000010"


def test_ended_treatment_with_a_tree_nobody_has_seen() -> None:
    """Standard §4.4: the known parts are fields, the others are shown, nothing is concluded."""
    message = message_in("xdis19_invented_tree")
    assert isinstance(message, EndedTreatment)
    assert message.admitted == Moment(dt.date(2030, 2, 26), dt.time(14, 35))
    assert message.end_of_treatment == Moment(dt.date(2030, 3, 6), dt.time(12))
    raw = {field.path: (field.label, field.value) for field in message.extra}
    assert raw["TreatmentStatus"] == ("Behandlingsstatus", "faerdigbehandlet")
    assert raw["PlannedDischarge/Date"][1] == "2030-03-07"
    assert raw["PlannedDischarge/Time"][1] == "11:00"
    assert raw["CareDescription/CommentsText"][1] == (
        "Venter på plejeseng.\nHjemmeplejen er orienteret."
    )
    assert raw["CareDescription"][1] == "Ingen ændring i plejebehov."
    assert raw["CareDescription@kilde"][1] == "plejenotat"
    assert raw["Ventedage/Aarsag/Kode"][1] == "hjaelpemiddel"
    assert raw["Ventedage/Aarsag"][1] == "Seng ikke leveret"


def test_an_unknown_letter_type_is_kept_whole() -> None:
    message = message_in("xdis16_unknown_type")
    assert isinstance(message, UnknownMessage)
    assert (message.root, message.namespace) == (
        "ReportOfAdmission",
        "urn:oio:medcom:municipality:1.0.3",
    )
    assert (message.letter_id, message.version_code) == ("LIND300226K001", "XD1634C")
    assert message.citizen is not None
    assert message.citizen.key == "2512489996"
    assert notice_codes(message) == ["ukendt_type"]
    service = "HomeCareServices/Service/ServiceText"
    assert [field.value for field in message.extra if field.path == service] == [
        "Hjælp til bad to gange om ugen.",
        "Dosering af medicin hver 14. dag.\nKompressionsstrømper af og på.",
    ]


class TestReceipts:
    def receipt(self, name: str) -> Receipt:
        message = message_in(name)
        assert isinstance(message, Receipt)
        return message

    def test_accepted_by_the_receiving_system(self) -> None:
        receipt = self.receipt("xctl03_accepted")
        assert receipt.outcome is ReceiptOutcome.POSITIVE
        assert receipt.original_envelope_id == "KUVSVAR0305001"
        assert (receipt.original_sender_gln, receipt.original_receiver_gln) == (
            MUNICIPALITY,
            HOSPITAL,
        )
        assert receipt.original_letters == (
            ReceiptLetter(letter_id="SVAR3003050001", version_code="XD9134L"),
        )
        assert receipt.refuse_code is None
        assert receipt.wants_receipt is False
        assert receipt.notices == ()

    def test_refused_by_the_receiving_system(self) -> None:
        receipt = self.receipt("xctl02_refused")
        assert receipt.outcome is ReceiptOutcome.NEGATIVE
        assert [letter.letter_id for letter in receipt.original_letters] == [
            "SVAR3003050001",
            "SVAR3003050002",
        ]
        assert {letter.refuse_code for letter in receipt.original_letters} == {"syntaksfejl"}
        assert receipt.original_letters[0].refuse_text == RichText(
            "No declaration found for element 'Break' (linje 41)"
        )

    def test_not_delivered_by_the_vans_operator(self) -> None:
        receipt = self.receipt("xctl01_not_delivered")
        assert receipt.outcome is ReceiptOutcome.NEGATIVE_VANS
        assert receipt.refuse_code == "ukendt_lokationsnummer"
        assert receipt.refuse_text == RichText(
            "Lokationsnummeret findes ikke i VANS-nettet.\nRing til support."
        )
        assert receipt.sender.gln == "VANSKNUDEPROEVE"

    def test_a_receipt_of_the_envelope_itself(self) -> None:
        receipt = self.receipt("vans_receipt_positive")
        assert receipt.outcome is ReceiptOutcome.POSITIVE
        assert receipt.original_envelope_id == "c0a80101-0305-4e4f-8a8b-00000000000a"
        assert receipt.original_message_id == "d1b91212-0305-4e4f-8a8b-00000000000b"
        assert receipt.transport is not None
        assert receipt.transport.sent == "2030-03-05T11:02:03.250Z"

    def test_an_envelope_that_could_not_be_delivered(self) -> None:
        receipt = self.receipt("vans_receipt_not_delivered")
        assert receipt.outcome is ReceiptOutcome.NEGATIVE_VANS
        assert receipt.refuse_code == "404"
        assert receipt.refuse_text == RichText(
            "Modtageren er ikke tilsluttet: prøv igen eller ring."
        )


def test_edifact_in_a_vans_envelope_is_shown_as_it_is() -> None:
    message = message_in("vans_edifact")
    assert isinstance(message, UnknownMessage)
    assert message.transport is not None
    assert message.transport.format == "EDIFACT"
    assert message.root == "DIS20"
    (shown,) = [field for field in message.extra if field.path == "Data"]
    assert shown.value.startswith("UNA:+.? 'UNB+UNOC:3+")
    assert "ØSTERBY VIND" in shown.value
    assert notice_codes(message) == ["ukendt_type"]


def test_formats_point_at_the_text_they_format() -> None:
    """A check of the text alone: what stands before and after a format is not part of it."""
    data = (
        '<Emessage xmlns="x"><ClinicalEmail><ClinicalInformation><Text01>\n  en <Bold> to </Bold>'
        "\n tre<Break/> <Italic>fire</Italic></Text01></ClinicalInformation></ClinicalEmail>"
        "</Emessage>"
    )
    (message,) = read(data.encode()).messages
    assert isinstance(message, Correspondence)
    (text,) = message.texts
    assert text.text == "en to tre\nfire"
    assert Span(start=10, end=14, style=Style.ITALIC) in text.spans
    (bold,) = [span for span in text.spans if span.style is Style.BOLD]
    assert text.text[bold.start : bold.end].strip() == "to"
