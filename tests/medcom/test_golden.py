"""The golden cases of standard.md §9.7 and one of every letter: what a reader would say."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.medcom.files import fixture, message_in, messages_in
from visitator.domain.messages import (
    AdmissionNotification,
    AnyMessage,
    Attachment,
    CarePlan,
    Correspondence,
    DischargeNotification,
    DischargeReport,
    EndedTreatment,
    Receipt,
    ReceiptLetter,
    ReceiptOutcome,
    RehabilitationLevel,
    RehabilitationPlan,
    UnknownMessage,
)
from visitator.domain.moment import Moment
from visitator.domain.party import Telephone
from visitator.domain.text import RichText, Span, Style
from visitator.medcom.reader import read

HOSPITAL = "5790001382445"
MUNICIPALITY = "5790000121441"
EPISODE = "3f0c52a9d1e84b7796aa10c4be2d5f61"


def notice_codes(message: AnyMessage) -> list[str]:
    return [notice.code for notice in message.notices]


def care_plan(name: str) -> CarePlan:
    message = message_in(name)
    assert isinstance(message, CarePlan)
    return message


def correspondence(name: str) -> Correspondence:
    message = message_in(name)
    assert isinstance(message, Correspondence)
    return message


class TestACarePlanInLatin1WithoutDeclaration:
    """Golden case: what the Epic hospitals send (standard §8.4)."""

    name = "xdis21_latin1_no_declaration"

    def test_its_bytes_are_what_the_case_is_about(self) -> None:
        data = fixture(self.name)
        assert not data.lstrip().startswith(b"<?xml")
        assert "Østerby".encode("iso-8859-1") in data
        with pytest.raises(UnicodeDecodeError):
            data.decode("utf-8")

    def test_danish_letters_are_right_and_the_correction_is_told(self) -> None:
        plan = care_plan(self.name)
        assert plan.citizen is not None
        assert plan.citizen.name == "Karen-Margrethe Østerby Vind"
        assert plan.citizen.occupation == "Pensioneret lærer"
        assert [(each.code, each.text) for each in plan.notices] == [
            ("tegnsaet_rettet", "Tegnsættet var ikke angivet og er læst som ISO-8859-1.")
        ]

    def test_its_header(self) -> None:
        plan = care_plan(self.name)
        assert (plan.letter_id, plan.envelope_id) == ("LPFP300304A001", "KUV300304A0001")
        assert (plan.type_code, plan.version_code) == ("XDIS21", "XD2134C")
        assert plan.statistical_code == "XDIS21"
        assert plan.status_code is None
        assert plan.authorised_at == dt.datetime(2030, 3, 4, 10, 10)
        assert plan.sent_at == dt.datetime(2030, 3, 4, 10, 12)
        assert plan.wants_receipt is True
        assert plan.episode_id == plan.episode_key == EPISODE
        assert plan.transport is None
        assert plan.extra == ()

    def test_its_parties(self) -> None:
        plan = care_plan(self.name)
        assert plan.sender.gln == HOSPITAL
        assert (plan.sender.identifier, plan.sender.identifier_code) == (
            "9901031",
            "sygehusafdelingsnummer",
        )
        assert plan.sender.speciality == "ortopaedisk_kirurgi"
        (signer,) = plan.sender.signers
        assert (signer.name, signer.title) == ("Bodil Skovmose", "Sygeplejerske")
        (contact,) = plan.sender.contacts
        assert contact.names == ("Koordinerende sygeplejerske",)
        assert contact.telephone == "00000032"
        assert plan.receiver.gln == MUNICIPALITY
        assert plan.receiver.name == "Lyngtoft Kommune, Sundhed og Omsorg, Visitationen"
        assert plan.practitioner is not None
        assert plan.practitioner.name == "Lægerne ved Møllesøen"

    def test_a_name_that_was_cut_keeps_its_star(self) -> None:
        """Golden case: some systems cut names at 35 characters and end them with ``*``."""
        unit = care_plan(self.name).sender.unit
        assert unit == "Ortopædkirurgisk sengeafsnit O3, s*"
        assert len(unit) == 35

    def test_a_cpr_number_that_fails_modulus_11_is_a_cpr_number(self) -> None:
        """Golden case: MedCom's own test person fails the check."""
        plan = care_plan(self.name)
        assert plan.citizen is not None
        assert plan.citizen.cpr == plan.citizen.key == "2512489996"
        digits = [int(digit) for digit in "2512489996"]
        weights = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
        assert sum(w * d for w, d in zip(weights, digits, strict=True)) % 11 != 0
        assert not [code for code in notice_codes(plan) if code.startswith("cpr")]

    def test_its_relatives(self) -> None:
        plan = care_plan(self.name)
        daughter, neighbour = plan.relatives
        assert (daughter.name, daughter.relation, daughter.informed) == (
            "Mette Vind",
            "datter",
            True,
        )
        assert daughter.telephones == (
            Telephone(number="00000021", kind="mobil"),
            Telephone(number="00000022", kind="arbejde"),
        )
        assert (neighbour.name, neighbour.relation, neighbour.informed) == (
            "Jørgen Holm",
            "nabo",
            False,
        )
        assert plan.relatives_comment is not None
        assert plan.relatives_comment.text.startswith("Datteren Mette ønsker at deltage")

    def test_its_dates(self) -> None:
        plan = care_plan(self.name)
        assert plan.admitted == Moment(dt.date(2030, 2, 26), dt.time(14, 35))
        assert plan.expected_end_of_treatment == Moment(dt.date(2030, 3, 6), dt.time(12))
        assert plan.agreed_discharge == Moment(dt.date(2030, 3, 7), dt.time(11))
        assert plan.planned_discharge == plan.agreed_discharge

    def test_what_has_to_be_coordinated(self) -> None:
        plan = care_plan(self.name)
        needs = [
            plan.home_changes,
            plan.auxiliaries,
            plan.rehabilitation_needs,
            plan.home_care_needs,
            plan.medicine_administration,
            plan.medicine_consumption,
            plan.other_municipal_work,
        ]
        assert [need.text.split()[0] for need in needs if need] == [
            "Ja.",
            "Høj",
            "Ja,",
            "Ja.",
            "Ja,",
            "Nej,",
            "Fjernelse",
        ]
        assert (plan.lunch_box, plan.shopping_at_discharge) == (True, False)
        assert plan.risk_of_contagion == RichText("Ingen kendte")

    def test_its_conference(self) -> None:
        conference = care_plan(self.name).conference
        assert conference is not None
        assert conference.status == "forslag"
        assert conference.at == Moment(dt.date(2030, 3, 5), dt.time(13, 30))
        assert conference.video is True
        assert conference.comment is not None
        assert conference.comment.text.startswith("Deltagere: borger, datter")

    def test_its_abilities(self) -> None:
        ability = care_plan(self.name).ability
        assert ability is not None
        assert ability.last_modified == dt.date(2030, 3, 4)
        assert [(each.code, each.description, each.score) for each in ability.scores] == [
            ("FA510", "Vaske sig", "svaere"),
            ("FA540", "Af- og påklædning", "svaere"),
            ("FA530", "Gå på toilet", "moderate"),
            ("FA420", "Forflytte sig", "svaere"),
            ("FA460", "Færden i forskellige omgivelser", "totale"),
            ("FA560", "Drikke", "ingen"),
            ("FA550", "Spise", "lette"),
        ]
        assert ability.scores[5].comment is None
        assert ability.scores[6].comment == RichText("Lille appetit.")

    def test_its_eleven_problem_areas_in_the_order_they_came(self) -> None:
        areas = care_plan(self.name).nursing_problem_areas
        assert [area.code for area in areas] == [f"{letter}-12345" for letter in "ABCDEFGHIJK"]
        assert {area.code_system for area in areas} == {"medcom"}
        assert areas[1].description == "Ernæring"
        assert areas[2].text == RichText(
            "Cicatrice på højre hofte, tør og reaktionsløs, 22 agraffer.\n"
            "Rødme på begge hæle, trykaflastende madras."
        )


class TestTwoVersionsOfOnePlan:
    def test_they_are_the_same_episode_although_it_is_written_differently(self) -> None:
        first, second = care_plan("xdis21_latin1_no_declaration"), care_plan("xdis21_changed")
        assert first.episode_id != second.episode_id
        assert second.episode_id == "3F0C52A9-D1E8-4B77-96AA-10C4BE2D5F61"
        assert first.episode_key == second.episode_key == EPISODE
        assert first.letter_id != second.letter_id

    def test_the_second_is_newer_and_says_something_else(self) -> None:
        first, second = care_plan("xdis21_latin1_no_declaration"), care_plan("xdis21_changed")
        assert first.authorised_at is not None
        assert second.authorised_at is not None
        assert first.authorised_at < second.authorised_at
        assert second.agreed_discharge == Moment(dt.date(2030, 3, 8), dt.time(13, 30))
        assert second.conference is not None
        assert second.conference.status == "aftalt"
        assert first.cause_of_admission == second.cause_of_admission
        assert first.home_care_needs != second.home_care_needs


class TestACarePlanInAVansEnvelope:
    def test_an_epic_envelope_number_is_kept_as_it_is(self) -> None:
        """Golden case: the schema demands a UUID, real senders write something else."""
        transport = care_plan("vans_xdis21_epic").transport
        assert transport is not None
        assert transport.envelope_id == "EPIC0000000990304101230"
        assert transport.message_id == "EPICMSG0000000990304"
        assert (transport.sender_id, transport.receiver_id) == (HOSPITAL, MUNICIPALITY)
        assert transport.sent == "2030-03-04T10:12:30+01:00"
        assert (transport.format, transport.name, transport.version) == (
            "XML",
            "XDIS21",
            "XD2134C",
        )
        assert transport.size == len(fixture("xdis21_latin1_no_declaration"))
        assert transport.reliability == "reliable"

    def test_the_plan_inside_is_the_plan_itself(self) -> None:
        bare, wrapped = care_plan("xdis21_latin1_no_declaration"), care_plan("vans_xdis21_epic")
        assert (wrapped.citizen, wrapped.nursing_problem_areas) == (
            bare.citizen,
            bare.nursing_problem_areas,
        )
        assert notice_codes(wrapped) == ["tegnsaet_rettet"]

    def test_what_has_no_field_of_its_own_is_shown_raw(self) -> None:
        raw = {field.path: field.value for field in care_plan("vans_xdis21_epic").extra}
        assert raw["SenderID@EndPointType"] == "EAN"
        assert raw["Message/MetaInformation/Transport/TransformMessage"] == "false"
        assert raw["Message/MetaInformation/Transport/ServiceTag@name"] == "proeve"

    def test_the_same_letter_in_a_new_envelope_is_known_by_its_letter(self) -> None:
        """Golden case: duplicate with a new envelope id."""
        first, again = care_plan("vans_xdis21_epic"), care_plan("vans_xdis21_same_letter_again")
        assert first.transport is not None
        assert again.transport is not None
        assert first.transport.envelope_id != again.transport.envelope_id
        assert first.transport.message_id == again.transport.message_id
        assert (first.sender.gln, first.envelope_id, first.letter_id) == (
            again.sender.gln,
            again.envelope_id,
            again.letter_id,
        )

    @pytest.mark.parametrize("name", ["sbdh_around_vans", "sbdh_around_emessage"])
    def test_the_e_delivery_header_is_kept_raw_and_decides_nothing(self, name: str) -> None:
        plan = care_plan(name)
        bare = care_plan("xdis21_latin1_no_declaration")
        assert (plan.citizen, plan.sender, plan.letter_id) == (
            bare.citizen,
            bare.sender,
            bare.letter_id,
        )
        header = "StandardBusinessDocumentHeader/DocumentIdentification"
        raw = {field.path: field.value for field in plan.extra}
        assert raw[f"{header}/TypeVersion"] == "XD2134C"
        assert raw[f"{header}/InstanceIdentifier"] == f"{HOSPITAL}:KUV300304A0001"
        assert raw["StandardBusinessDocumentHeader/Sender/Identifier@Authority"] == (
            "iso6523-actorid-upis"
        )
        assert (plan.transport is not None) is (name == "sbdh_around_vans")


class TestUnusualCarePlans:
    def test_a_replacement_cpr_number_is_the_citizens_key(self) -> None:
        """Golden case: e-CPR."""
        plan = care_plan("xdis21_replacement_cpr")
        assert plan.citizen is not None
        assert plan.citizen.cpr is None
        assert plan.citizen.replacement_cpr == plan.citizen.key == "0203291WQ3"
        assert not [code for code in notice_codes(plan) if code.startswith("cpr")]

    def test_what_is_left_out_is_not_made_up(self) -> None:
        plan = care_plan("xdis21_replacement_cpr")
        assert plan.relatives == ()
        assert plan.conference is None
        assert plan.agreed_discharge is None
        assert plan.expected_end_of_treatment == Moment(dt.date(2030, 3, 11))
        assert plan.planned_discharge == plan.expected_end_of_treatment
        assert [area.description for area in plan.nursing_problem_areas] == [
            "Bevægeapparat og aktuel funktionsevne",
            "Kommunikation",
        ]

    def test_an_unknown_element_before_a_known_one_is_kept_and_stops_nothing(self) -> None:
        """Golden case."""
        plan = care_plan("xdis21_unknown_element_first")
        assert plan.letter_id == "LPFP300304U001"
        assert [(field.path, field.value) for field in plan.extra] == [
            ("Hastegrad/Kode", "rød"),
            ("Hastegrad/Begrundelse", "Ny i version 1.0.9:\nvisitator bør ringe samme dag"),
            ("FurtherCoordination/NutritionNeeds/Comment", "Proteinrig kost med mellemmåltider."),
            ("FurtherCoordination/NutritionNeeds@revision", "2"),
        ]
        assert plan.extra[2].label == "Bemærkning"
        assert plan.home_changes == care_plan("xdis21_latin1_no_declaration").home_changes

    def test_a_break_in_another_namespace_breaks_the_line_all_the_same(self) -> None:
        """Golden case."""
        assert b"http://eksempel.invalid/tekst" in fixture("xdis21_break_in_other_namespace")
        plan = care_plan("xdis21_break_in_other_namespace")
        usual = care_plan("xdis21_latin1_no_declaration")
        assert plan.nursing_problem_areas == usual.nursing_problem_areas

    def test_a_missing_and_a_wrong_location_number_are_remarks(self) -> None:
        plan = care_plan("xdis21_missing_location_number")
        assert plan.sender.gln is None
        assert plan.receiver.gln == "5790000121442"
        assert notice_codes(plan)[1:] == ["lokationsnummer_mangler", "lokationsnummer_kontrol"]

    def test_an_impossible_date_in_a_cpr_number_is_a_remark(self) -> None:
        plan = care_plan("xdis21_impossible_cpr_date")
        assert plan.citizen is not None
        assert plan.citizen.cpr == "9999999999"
        assert "cpr_dato" in notice_codes(plan)
        assert "9999999999" not in "".join(notice.text for notice in plan.notices)


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


def rehabilitation_plan(name: str) -> RehabilitationPlan:
    message = message_in(name)
    assert isinstance(message, RehabilitationPlan)
    return message


BOTH_FORMS = ["ggop_utf8_bom", "ggop_as_xdis91"]


class TestARehabilitationPlan:
    """G-GOP in UTF-8 with a byte order mark (golden case), and the same plan as correspondence."""

    def test_a_byte_order_mark_is_no_error_and_no_correction(self) -> None:
        assert fixture("ggop_utf8_bom").startswith(b"\xef\xbb\xbf<?xml")
        plan = rehabilitation_plan("ggop_utf8_bom")
        assert plan.notices == ()
        assert plan.extra == ()

    @pytest.mark.parametrize("name", BOTH_FORMS)
    def test_both_forms_say_the_same(self, name: str) -> None:
        plan = rehabilitation_plan(name)
        assert plan.level is RehabilitationLevel.GENERAL
        assert plan.level_text == "almen"
        assert plan.consent == "ja"
        assert plan.statistical_code == "GGOP1"
        assert plan.contact_start == Moment(dt.date(2030, 2, 26), dt.time(14, 35))
        assert plan.contact_expected_end == Moment(dt.date(2030, 3, 8), dt.time(13, 30))
        assert plan.controls[0].start == Moment(dt.date(2030, 4, 10), dt.time(9, 15))
        assert [(each.code, each.text) for each in plan.diagnoses] == [
            ("DS720", "Brud på lårbenshals"),
            ("DM819", "Knogleskørhed uden brud"),
        ]
        (excerpt,) = plan.journal_excerpts
        assert excerpt.title == "Operationsbeskrivelse"
        assert excerpt.date == dt.date(2030, 2, 27)
        assert excerpt.signer is not None
        assert (excerpt.signer.name, excerpt.signer.title) == ("Palle Ravn", "Overlæge")
        assert excerpt.comment is not None
        assert excerpt.comment.text.strip() == (
            "Hemialloplastik, bagre adgang. Ukompliceret forløb.\nFuld støtte tilladt."
        )
        (reference,) = plan.references
        assert reference.url == "https://nordfjord.invalid/traening"

    @pytest.mark.parametrize(
        "field",
        [
            "practical_information",
            "patient_safety",
            "start_deadline_text",
            "health_summary",
            "ability_summary",
            "need_and_potential",
        ],
    )
    def test_the_texts_are_the_same_in_both_forms(self, field: str) -> None:
        plain, converted = (getattr(rehabilitation_plan(name), field) for name in BOTH_FORMS)
        assert plain.text == converted.text
        assert plain.text

    @pytest.mark.parametrize("name", BOTH_FORMS)
    def test_the_extended_description_keeps_its_inner_headings(self, name: str) -> None:
        text = rehabilitation_plan(name).ability_extended
        assert text is not None
        bold = [text.text[s.start : s.end] for s in text.spans if s.style is Style.BOLD]
        assert bold == [
            "8a. Kroppens funktioner og anatomi",
            "8b. Aktiviteter og deltagelse",
            "8c. Omgivelsesfaktorer",
        ]

    def test_which_form_it_came_in_is_told(self) -> None:
        plain, converted = (rehabilitation_plan(name) for name in BOTH_FORMS)
        assert (plain.as_correspondence, converted.as_correspondence) == (False, True)
        assert (plain.type_code, converted.type_code) == ("GGOP", "XDIS91")
        assert converted.subject == "Genoptræningsplan (almen)"

    def test_the_parts_only_the_plain_form_has(self) -> None:
        plan = rehabilitation_plan("ggop_utf8_bom")
        assert plan.gp_copy is not None
        assert plan.gp_copy.organisation == "Lægerne ved Møllesøen"
        assert [each.organisation for each in plan.copies] == ["Bøgelund Kommune & Træningshuset"]
        assert [each.name for each in plan.sender.signers] == ["Asger Fjeldsted"]
        assert [each.name for each in plan.sender.co_writers] == ["Bodil Skovmose"]
        assert plan.citizen is not None
        assert plan.citizen.telephones == (
            Telephone(number="00000013", kind="mobil"),
            Telephone(number="00000014", kind="fastnet"),
        )
        assert plan.citizen.care_of is not None
        assert plan.citizen.care_of.name == "Tove Mørk"
        assert [each.secondary for each in plan.diagnoses] == [False, True]
        (icf,) = plan.icf
        assert (icf.code, icf.gradient_text) == ("d450", "Moderat problem")
        assert plan.contact_region is not None
        assert plan.contact_region.gln == "5799999000041"
        assert plan.contact_municipality is not None
        assert plan.contact_municipality.telephone == "00000052"
        assert [each.name for each in plan.team] == ["Asger Fjeldsted", "Gro Liljendal"]
        assert [each.gln for each in plan.result_receivers] == ["5799999000027"]

    def test_as_correspondence_keeps_its_text_as_it_came(self) -> None:
        plan = rehabilitation_plan("ggop_as_xdis91")

        (text,) = plan.texts
        assert "Aktuel sygehuskontakt\nStart: " in text.text
        assert rehabilitation_plan("ggop_utf8_bom").texts == ()

    def test_the_other_headings_of_the_converted_form_are_sections_in_order(self) -> None:
        plan = rehabilitation_plan("ggop_as_xdis91")
        headings = [section.heading for section in plan.sections]
        assert headings == [
            "Kopimodtagere",
            "Underskrivere",
            "Yderligere patientoplysninger",
            "Pårørende",
            "Aftaler om kontrol og opfølgning",
            "ICF-koder",
            "Spørgsmål til Regionen",
            "Spørgsmål til Kommunen",
            "Behandlende team under indlæggelse",
            "Slutstatusmodtager",
        ]
        by_heading = {section.heading: section.text.text for section in plan.sections}
        assert by_heading["Pårørende"] == (
            "Tove Mørk, datter, Skrænten 8, 9990 Lyngtoft\nmobil: 00000024, tove@eksempel.invalid"
        )
        assert "Klitsøvej 4, 9991 Nordfjord" in by_heading["Aftaler om kontrol og opfølgning"]


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
