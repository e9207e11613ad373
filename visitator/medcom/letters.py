"""Each letter MedCom sends a municipality: its name, its versions and its table of fields."""

from collections.abc import Mapping
from typing import Any

import msgspec

from visitator.domain.messages import (
    AdmissionNotification,
    Attachment,
    BinaryObject,
    CarePlan,
    Correspondence,
    DischargeConference,
    DischargeNotification,
    DischargeReport,
    EndedTreatment,
    HospitalControl,
    IcfCode,
    JournalExcerpt,
    Message,
    Receipt,
    ReceiptLetter,
    ReceiptOutcome,
    RehabilitationPlan,
)
from visitator.medcom.parts import (
    ABILITY,
    DIAGNOSES,
    HEADER,
    NURSING_PROBLEM_AREAS,
    REFERENCES,
    RELATIVES,
    diagnosis,
    organisation,
    organisations,
    person,
    persons,
)
from visitator.medcom.shape import (
    CLOCK,
    Handler,
    Shape,
    content,
    day,
    flag,
    inside,
    many,
    moment,
    number,
    one,
    rich,
    riches,
    text,
)


class LetterType(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of letter on the wire."""

    message: type[Message]
    shape: Shape
    versions: frozenset[str]
    """Version codes that are read; another one is refused as ``problem_med_version``."""
    given: Mapping[str, Any] = {}
    """Fields the letter's name itself decides."""


def _comment(field: str) -> Handler:
    """A coordination need: an element whose ``Comment`` is the free text."""
    return inside(Shape({"Comment": rich(field)}))


_CONFERENCE = Shape(
    CLOCK
    | {
        "DischargeDateCode": text("status"),
        "VideoConference": flag("video"),
        "Comment": rich("comment"),
    }
)

_CARE_PLAN = Shape(
    HEADER
    | RELATIVES
    | {
        "Admission": moment("admitted"),
        "ExpectedEndOfTreatment": moment("expected_end_of_treatment"),
        "AgreedDischarge": moment("agreed_discharge"),
        "AgreedDischargeComment": rich("agreed_discharge_comment"),
        "CauseOfAdmission": rich("cause_of_admission"),
        "ExpectedCourseOfAdmission": rich("expected_course"),
        "RiskOfContagion": rich("risk_of_contagion"),
        "DietFirst24Hours": inside(
            Shape(
                {
                    "LunchBox": flag("lunch_box"),
                    "ShoppingAtDischarge": flag("shopping_at_discharge"),
                }
            )
        ),
        "FurtherCoordination": inside(
            Shape(
                {
                    "HomeChanges": _comment("home_changes"),
                    "ScheduleAuxilaries": _comment("auxiliaries"),
                    "RehabilitationNeeds": _comment("rehabilitation_needs"),
                    "HomeCareNeeds": _comment("home_care_needs"),
                    "MedicineAdministrationHelp": _comment("medicine_administration"),
                    "MedicineConsumptionHelp": _comment("medicine_consumption"),
                    "DischargeConference": one(
                        "conference", DischargeConference, _CONFERENCE, at="at"
                    ),
                    "OtherMunicipalWorkNeeded": _comment("other_municipal_work"),
                }
            )
        ),
        "ExpectedAbilityToFunctionAtDischarge": ABILITY,
        "NursingProblemAreas": NURSING_PROBLEM_AREAS,
    }
)

_DISCHARGE_REPORT = Shape(
    HEADER
    | RELATIVES
    | {
        "Admission": moment("admitted"),
        "EndOfTreatment": moment("end_of_treatment"),
        "Discharge": moment("discharged"),
        "CauseOfAdmission": rich("cause_of_admission"),
        "NursingProblemAreas": NURSING_PROBLEM_AREAS,
        "Diagnoses": DIAGNOSES,
        "AbilityToFunctionAtDischarge": ABILITY,
    }
)

_ADMISSION = Shape(HEADER | {"Admission": moment("admitted")})
_DISCHARGE = Shape(HEADER | {"Discharge": moment("discharged")})
_ENDED_TREATMENT = Shape(
    HEADER
    | RELATIVES
    | {"Admission": moment("admitted"), "EndOfTreatment": moment("end_of_treatment")}
)

_CORRESPONDENCE = Shape(
    HEADER
    | {
        "AdditionalInformation": inside(
            Shape({"Priority": text("priority"), "Subject": text("subject")})
        ),
        "ClinicalInformation": inside(Shape({"Text01": riches("texts")})),
        "Reference": REFERENCES,
    }
)


_ICF = Shape(
    {
        "ICFCode": inside(
            Shape({"Code": text("code"), "TypeCode": text("code_type"), "Text": text("text")})
        ),
        "ICFGradient": inside(
            Shape(
                {
                    "Code": text("gradient_code"),
                    "TypeCode": text("gradient_code_type"),
                    "Text": text("gradient_text"),
                }
            )
        ),
    }
)

_REHABILITATION_PLAN = Shape(
    HEADER
    | RELATIVES
    | {
        "GPCCReceiver": inside(
            Shape(
                {
                    "CCReceiver": organisation("gp_copy"),
                    "Deselected": rich("gp_copy_deselected"),
                }
            )
        ),
        "TypeOfRehabilitationPlan": text("level_text"),
        "InformationForPatientAndRelatives": rich("information"),
        "ConsentInformed": text("consent"),
        "PracticalInformation": rich("practical_information"),
        "PatientSafetyAspects": rich("patient_safety"),
        "RehabilitationDeadline": rich("start_deadline_text"),
        "CurrentHospitalContact": inside(
            Shape(
                {
                    "Start": moment("contact_start"),
                    "ExpectedEnd": moment("contact_expected_end"),
                    "ExpectedEndText": rich("contact_expected_end_text"),
                }
            )
        ),
        "HospitalAmbulatoryControl": many(
            "controls",
            HospitalControl,
            Shape(
                {
                    "ExpectedStart": moment("start"),
                    "ExpectedStartText": rich("start_text"),
                    "Location": organisation("location"),
                }
            ),
        ),
        "PatientHealthSummary": rich("health_summary"),
        "AbilityAtDischargeSummary": rich("ability_summary"),
        "AbilityAtDischargeExtended": rich("ability_extended"),
        "RehabilitationNeedAndPotential": rich("need_and_potential"),
        "ICD10Diagnoses": inside(
            Shape(
                {
                    "ICD10Diagnose": inside(
                        Shape(
                            {
                                "PrimaryDiagnosis": diagnosis(secondary=False),
                                "SecondaryDiagnosis": diagnosis(secondary=True),
                            }
                        )
                    ),
                    "Text": rich("diagnoses_text"),
                }
            )
        ),
        "ICFClassifications": inside(Shape({"ICFClassification": many("icf", IcfCode, _ICF)})),
        "JournalExcerpt": many(
            "journal_excerpts",
            JournalExcerpt,
            Shape(
                {
                    "TypeOfExcerpt": text("title"),
                    "Signer": inside(Shape({"SignedBy": person("signer"), "Date": day("date")})),
                    "Comment": rich("comment"),
                }
            ),
        ),
        "ContactCounty": organisation("contact_region"),
        "ContactMunicipality": organisation("contact_municipality"),
        "HealthCareTeam": inside(Shape({"Member": persons("team")})),
        "FinalResult": inside(Shape({"ResultReceiver": organisations("result_receivers")})),
        "Reference": REFERENCES,
    }
)

_ATTACHMENT = Shape(
    HEADER
    | {
        "SystemInformation": flag("system_information", true="true", false=None),
        "Contents": text("contents"),
        "BinaryObject": many(
            "objects",
            BinaryObject,
            Shape(
                {
                    "ObjectIdentifier": text("object_id"),
                    "ObjectCode": text("object_code"),
                    "ObjectExtensionCode": text("extension"),
                    "OriginalObjectSize": number("size"),
                    "Object_Base64Encoded": content("content"),
                }
            ),
        ),
    }
)

_REFUSAL: dict[str, Handler] = {
    "RefuseCode": text("refuse_code"),
    "RefuseText": rich("refuse_text"),
}
_RECEIPT = Shape(
    HEADER
    | {
        "OriginalEmessage": inside(
            Shape(
                _REFUSAL
                | {
                    "OriginalEnvelopeIdentifier": text("original_envelope_id"),
                    "OriginalSender": inside(Shape({"EANIdentifier": text("original_sender_gln")})),
                    "OriginalReceiver": inside(
                        Shape({"EANIdentifier": text("original_receiver_gln")})
                    ),
                    "OriginalLetter": many(
                        "original_letters",
                        ReceiptLetter,
                        Shape(
                            _REFUSAL
                            | {
                                "OriginalLetterIdentifier": text("letter_id"),
                                "OriginalVersionCode": text("version_code"),
                            }
                        ),
                    ),
                }
            )
        )
    }
)
UNKNOWN = Shape(HEADER)
"""The header of a letter whose name is not known; everything else of it is shown raw."""


def _letter(message: type[Message], shape: Shape, *versions: str, **given: Any) -> LetterType:
    return LetterType(message=message, shape=shape, versions=frozenset(versions), given=given)


LETTERS: Mapping[str, LetterType] = {
    "ProgressOfCarePlan": _letter(CarePlan, _CARE_PLAN, "XD2134C"),
    "ClinicalEmail": _letter(Correspondence, _CORRESPONDENCE, "XD9134L", "XD9135L"),
    "NotificationOfAdmission": _letter(AdmissionNotification, _ADMISSION, "XD2030C"),
    "NotificationOfDischarge": _letter(DischargeNotification, _DISCHARGE, "XD1730C"),
    "ReportOfDischarge": _letter(DischargeReport, _DISCHARGE_REPORT, "XD1834C"),
    "NotificationOfEndedTreatment": _letter(EndedTreatment, _ENDED_TREATMENT, "XD1934C"),
    "RehabilitationPlan": _letter(RehabilitationPlan, _REHABILITATION_PLAN, "GGOP100"),
    "BinaryLetter": _letter(Attachment, _ATTACHMENT, "XB0131X", "XB0130X"),
    "NegativeVansReceipt": _letter(
        Receipt, _RECEIPT, "XC0130Q", outcome=ReceiptOutcome.NEGATIVE_VANS
    ),
    "NegativeReceipt": _letter(Receipt, _RECEIPT, "XC0230Q", outcome=ReceiptOutcome.NEGATIVE),
    "PositiveReceipt": _letter(Receipt, _RECEIPT, "XC0330Q", outcome=ReceiptOutcome.POSITIVE),
}
"""Name of the letter's root element -> how it is read (standard §1).

A new message type is one line here, a table of its fields and a struct in the domain.
"""
