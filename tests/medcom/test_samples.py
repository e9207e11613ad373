"""The published example messages: each is read as what it is, with what stands out in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.medcom.files import SAMPLES, file_name
from visitator.domain.messages import (
    AnyMessage,
    Attachment,
    CarePlan,
    Correspondence,
    DischargeReport,
    Receipt,
    ReceiptOutcome,
    RehabilitationPlan,
    UnknownMessage,
    kind_of,
)
from visitator.domain.text import Style
from visitator.medcom.reader import read

KINDS = {
    "masked/XDIS21_masked.xml": ["care_plan"],
    "masked/XDIS18_masked.xml": ["discharge_report"],
    "ggop2xdis91/ggop.xml": ["rehabilitation_plan"],
    "ggop2xdis91/xdis91.xml": ["rehabilitation_plan"],
    "glasdam/DIS20_1.xml": ["admission_notification"],
    "glasdam/DIS14_1.xml": ["unknown"],
    "glasdam/DIS91_1.xml": ["correspondence"],
    "glasdam/DIS91_3.xml": ["unknown"],
    "glasdam/korr_x9134.xml": ["correspondence"],
    "glasdam/CTL01_1.xml": ["receipt"],
    "glasdam/CTL03_1.xml": ["receipt"],
}
"""MedCom's conversion examples say in their names what they are."""


@pytest.fixture
def samples(shared: Path) -> Path:
    return shared / "medcom/oioxml/samples"


def only(folder: Path, name: str) -> AnyMessage:
    (message,) = read((folder / name).read_bytes()).messages
    return message


@pytest.mark.parametrize("file", SAMPLES, ids=file_name)
def test_every_sample_is_read_without_a_problem(file: Path) -> None:
    delivery = read(file.read_bytes())
    assert delivery.problems == ()
    kinds = [kind_of(message) for message in delivery.messages]
    assert kinds == KINDS.get(f"{file.parent.name}/{file.name}", kinds)
    expected = {"XDIS91": "correspondence", "XBIN01": "attachment", "XCTL03": "receipt"}
    if file.parent.name == "medcom_conversion":
        assert kinds == [expected[file.name.split("-")[1].split("_")[0]]]


def test_every_sample_of_the_index_is_there(samples: Path) -> None:
    assert [name for name in KINDS if not (samples / name).is_file()] == []


def test_the_masked_care_plan(samples: Path) -> None:
    plan = only(samples, "masked/XDIS21_masked.xml")
    assert isinstance(plan, CarePlan)
    assert plan.citizen is not None
    assert plan.citizen.cpr == "2512489996"
    assert plan.citizen.occupation == "Tømrer"
    assert plan.agreed_discharge == plan.expected_end_of_treatment
    assert len(plan.nursing_problem_areas) == 11
    assert plan.ability is not None
    assert [score.score for score in plan.ability.scores].count("totale") == 4
    last = plan.nursing_problem_areas[-1]
    assert last.text is not None
    assert last.text.text.split("\n") == [f"Fri tekst {n} (æøå)" for n in range(81, 100)]
    assert plan.extra == ()
    assert [notice.code for notice in plan.notices] == ["tegnsaet_rettet"]


def test_the_masked_discharge_report(samples: Path) -> None:
    report = only(samples, "masked/XDIS18_masked.xml")
    assert isinstance(report, DischargeReport)
    assert report.ability is not None
    assert report.ability.relevance == "ikke_relevant"
    assert [diagnosis.code for diagnosis in report.diagnoses] == ["DI109"]
    assert report.extra == ()


def test_medcoms_rehabilitation_plan_in_both_forms(samples: Path) -> None:
    plain = only(samples, "ggop2xdis91/ggop.xml")
    converted = only(samples, "ggop2xdis91/xdis91.xml")
    assert isinstance(plain, RehabilitationPlan)
    assert isinstance(converted, RehabilitationPlan)
    assert plain.level is converted.level
    assert plain.level is not None
    assert plain.contact_start == converted.contact_start
    assert plain.contact_expected_end == converted.contact_expected_end
    assert [d.code for d in plain.diagnoses] == [d.code for d in converted.diagnoses]
    assert [e.title for e in plain.journal_excerpts] == [
        e.title for e in converted.journal_excerpts
    ]
    assert len(plain.team) == 5
    assert plain.extra == converted.extra == ()
    assert "lokationsnummer_kontrol" in [notice.code for notice in converted.notices]


def test_medcoms_mislabelled_example_is_read_as_utf_8(samples: Path) -> None:
    wrong = only(samples, "medcom_conversion/Flow3-XDIS91_Ex_from_FHIR.xml")
    right = only(samples, "medcom_conversion/Flow3-XDIS91_Ex_from_FHIR.v1.xml")
    assert isinstance(wrong, Correspondence)
    assert isinstance(right, Correspondence)
    assert wrong.citizen is not None
    assert right.citizen is not None
    assert wrong.citizen.street == right.citizen.street
    assert "tegnsaet_rettet" in [notice.code for notice in wrong.notices]
    assert "tegnsaet_rettet" not in [notice.code for notice in right.notices]


def test_an_attachment_and_the_letter_that_points_at_it(samples: Path) -> None:
    letter = only(samples, "medcom_conversion/Flow1-XDIS91_Ex_to_FHIR.xml")
    attachment = only(samples, "medcom_conversion/Flow1-XBIN01_Ex_to_FHIR.xml")
    assert isinstance(letter, Correspondence)
    assert isinstance(attachment, Attachment)
    assert letter.priority == "høj_prioritet"
    (reference,) = letter.references
    (item,) = attachment.objects
    assert reference.object_id == item.object_key
    assert item.content.startswith(b"%PDF")
    assert reference.size == item.size == len(item.content)


def test_a_korrespondance_in_fixed_width(samples: Path) -> None:
    message = only(samples, "glasdam/korr_x9134.xml")
    assert isinstance(message, Correspondence)
    styles = {span.style for text in message.texts for span in text.spans}
    assert Style.FIXED in styles


@pytest.mark.parametrize(
    ("name", "outcome"),
    [("CTL01_1", ReceiptOutcome.NEGATIVE_VANS), ("CTL03_1", ReceiptOutcome.POSITIVE)],
)
def test_receipts(samples: Path, name: str, outcome: ReceiptOutcome) -> None:
    receipt = only(samples, f"glasdam/{name}.xml")
    assert isinstance(receipt, Receipt)
    assert receipt.outcome is outcome
    assert receipt.original_envelope_id


def test_an_old_municipal_answer_is_shown_raw(samples: Path) -> None:
    message = only(samples, "glasdam/DIS14_1.xml")
    assert isinstance(message, UnknownMessage)
    assert message.root == "AnswerOfAdmission"
    assert message.sender.contacts[0].names == ("omsorgsgruppe 1", "Hjemmepleje aften")
