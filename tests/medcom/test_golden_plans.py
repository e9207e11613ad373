"""Golden cases of the plejeforløbsplan (standard.md §9.7): what a reader would say."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.medcom.files import fixture, message_in, notice_codes
from visitator.domain.messages import (
    CarePlan,
)
from visitator.domain.moment import Moment
from visitator.domain.party import Telephone
from visitator.domain.text import RichText

HOSPITAL = "5790001382445"
MUNICIPALITY = "5790000121441"
EPISODE = "3f0c52a9d1e84b7796aa10c4be2d5f61"


def care_plan(name: str) -> CarePlan:
    message = message_in(name)
    assert isinstance(message, CarePlan)
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
