"""Golden cases of the genoptræningsplan (standard.md §9.7)."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.medcom.files import fixture, message_in
from visitator.domain.messages import RehabilitationPlan
from visitator.domain.moment import Moment
from visitator.domain.party import Telephone
from visitator.domain.terms import RehabilitationLevel
from visitator.domain.text import Style


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
