"""An oracle of its own: every text of a MedCom file, and every text of what was decoded from it.

It shares no code with the reader: the standard library's parser, its own unwrapping of VANSEnvelope
and SBDH, its own list of which field an element belongs in. A text counts as kept when the field
for its element holds exactly that text, or a raw field named after the element does; one field
vouches for one text only.
"""

from __future__ import annotations

import base64
import datetime as dt
import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import msgspec

from visitator.domain.messages import Message, RehabilitationPlan

XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
FORMATS = {"Break", "Space", "Right", "Center", "Bold", "Italic", "Underline", "FixedFont"}

FIELDS: dict[str, str] = {
    "Letter/Identifier": "letter_id",
    "Envelope/Identifier": "envelope_id",
    "MetaInformation/Identifier": "message_id",
    "OriginalMessage/Identifier": "original_message_id",
    "Identifier": "identifier",
    "IdentifierCode": "identifier_code",
    "VersionCode": "version_code",
    "StatisticalCode": "statistical_code",
    "Letter/TypeCode": "type_code",
    "StatusCode": "status_code",
    "EpisodeOfCareIdentifier": "episode_id",
    "NotificationIdentifier": "episode_id",
    "SenderID": "sender_id",
    "ReceiverID": "receiver_id",
    "EnvelopeIdentifier": "envelope_id",
    "SentDateTime": "sent",
    "Document/Format": "format",
    "Document/Name": "name",
    "Document/Version": "version",
    "Transport/Type": "reliability",
    "AnswerTo/EANIdentifier": "answer_to_gln",
    "OriginalSender/EANIdentifier": "original_sender_gln",
    "OriginalReceiver/EANIdentifier": "original_receiver_gln",
    "EANIdentifier": "gln",
    "OrganisationName": "organisation",
    "DepartmentName": "department",
    "UnitName": "unit",
    "StreetName": "street",
    "SuburbName": "suburb",
    "DistrictName": "district",
    "PostCodeIdentifier": "post_code",
    "MedicalSpecialityCode": "speciality",
    "Patient/TelephoneSubscriberIdentifier": "number",
    "TelephoneSubscriber/TelephoneSubscriberIdentifier": "number",
    "CodedTelephoneSubscriberIdentifier/TelephoneSubscriberIdentifier": "number",
    "TelephoneSubscriberIdentifier": "telephone",
    "TelephoneCode": "kind",
    "TelephoneSubscriberCode": "kind",
    "EmailAddressIdentifier": "email",
    "ContactName": "names",
    "ContactTimeText": "hours",
    "PersonGivenName": "given_name",
    "PersonSurnameName": "surname",
    "PersonTitle": "title",
    "PersonName": "name",
    "CivilRegistrationNumber": "cpr",
    "AlternativeIdentifier": "replacement_cpr",
    "Occupation": "occupation",
    "OccupancyText": "occupation",
    "EpisodeOfCareStatusCode": "stay_status",
    "RelationCode": "relation",
    "Relatives/Comment": "relatives_comment",
    "AgreedDischargeComment": "agreed_discharge_comment",
    "CauseOfAdmission": "cause_of_admission",
    "ExpectedCourseOfAdmission": "expected_course",
    "RiskOfContagion": "risk_of_contagion",
    "HomeChanges/Comment": "home_changes",
    "ScheduleAuxilaries/Comment": "auxiliaries",
    "RehabilitationNeeds/Comment": "rehabilitation_needs",
    "HomeCareNeeds/Comment": "home_care_needs",
    "MedicineAdministrationHelp/Comment": "medicine_administration",
    "MedicineConsumptionHelp/Comment": "medicine_consumption",
    "OtherMunicipalWorkNeeded/Comment": "other_municipal_work",
    "DischargeConference/Comment": "comment",
    "DischargeDateCode": "status",
    "AbilityToFunctionElement/Comment": "comment",
    "AbilityToFunctionRelevance": "relevance",
    "Score": "score",
    "ICFGradient/Code": "gradient_code",
    "ICFGradient/TypeCode": "gradient_code_type",
    "ICFGradient/Text": "gradient_text",
    "Error/Code": "refuse_code",
    "Code": "code",
    "CodeSystem": "code_system",
    "CodeDescription": "description",
    "TypeCode": "code_type",
    "ICD10Diagnoses/Text": "diagnoses_text",
    "Text": "text",
    "ProblemArea": "text",
    "Priority": "priority",
    "Subject": "subject",
    "Text01": "texts",
    "RefDescription": "description",
    "URL": "url",
    "ObjectIdentifier": "object_id",
    "ObjectCode": "object_code",
    "ObjectExtensionCode": "extension",
    "Contents": "contents",
    "Deselected": "gp_copy_deselected",
    "TypeOfRehabilitationPlan": "level_text",
    "InformationForPatientAndRelatives": "information",
    "ConsentInformed": "consent",
    "PracticalInformation": "practical_information",
    "PatientSafetyAspects": "patient_safety",
    "RehabilitationDeadline": "start_deadline_text",
    "ExpectedEndText": "contact_expected_end_text",
    "ExpectedStartText": "start_text",
    "PatientHealthSummary": "health_summary",
    "AbilityAtDischargeSummary": "ability_summary",
    "AbilityAtDischargeExtended": "ability_extended",
    "RehabilitationNeedAndPotential": "need_and_potential",
    "TypeOfExcerpt": "title",
    "JournalExcerpt/Comment": "comment",
    "OriginalEnvelopeIdentifier": "original_envelope_id",
    "OriginalLetterIdentifier": "letter_id",
    "OriginalVersionCode": "version_code",
    "RefuseCode": "refuse_code",
    "RefuseText": "refuse_text",
    "Error/Description": "refuse_text",
}
"""Element, or parent and element -> the field that must hold its text."""

MOMENTS = {
    "Sent": "sent_at",
    "Authorisation": "authorised_at",
    "Admission": "admitted",
    "ExpectedEndOfTreatment": "expected_end_of_treatment",
    "AgreedDischarge": "agreed_discharge",
    "EndOfTreatment": "end_of_treatment",
    "Discharge": "discharged",
    "DischargeConference": "at",
    "Start": "contact_start",
    "ExpectedEnd": "contact_expected_end",
    "ExpectedStart": "start",
}
"""The element around a Date and a Time -> the field that must hold both."""
DAYS = {"Signer/Date": "date", "LastModifiedDate": "last_modified"}
WORDS = {
    "AcknowledgementCode": (
        "wants_receipt",
        {"pluspositivkvitt": True, "minuspositivkvitt": False},
    ),
    "InformedRelative": ("informed", {"1": True, "0": False}),
    "LunchBox": ("lunch_box", {"1": True, "0": False}),
    "ShoppingAtDischarge": ("shopping_at_discharge", {"1": True, "0": False}),
    "VideoConference": ("video", {"1": True, "0": False}),
    "SUP": ("sup", {"true": True}),
    "SystemInformation": ("system_information", {"true": True}),
}
"""Element -> the yes/no field that must say what its word means."""
NUMBERS = {"OriginalObjectSize", "SizeInBytes"}
ENCODED = {"Object_Base64Encoded"}
PAYLOADS = {"Data", "BinaryContent"}

HOLDERS = {
    "Sender": {"sender"},
    "Receiver": {"receiver"},
    "CCReceiver": {"copies"},
    "GPCCReceiver": {"gp_copy", "gp_copy_deselected"},
    "Practitioner": {"practitioner"},
    "Patient": {"citizen"},
    "Relatives": {"relatives", "relatives_comment"},
    "DischargeConference": {"conference"},
    "NursingProblemAreas": {"nursing_problem_areas"},
    "ExpectedAbilityToFunctionAtDischarge": {"ability"},
    "AbilityToFunctionAtDischarge": {"ability"},
    "Diagnoses": {"diagnoses"},
    "ICD10Diagnoses": {"diagnoses", "diagnoses_text"},
    "ICFClassifications": {"icf"},
    "HospitalAmbulatoryControl": {"controls"},
    "JournalExcerpt": {"journal_excerpts"},
    "ContactCounty": {"contact_region"},
    "ContactMunicipality": {"contact_municipality"},
    "HealthCareTeam": {"team"},
    "FinalResult": {"result_receivers"},
    "Reference": {"references"},
    "BinaryObject": {"objects"},
    "OriginalLetter": {"original_letters"},
    "VANSEnvelope": {"transport"},
}
"""Element somewhere above -> the fields of the message in which a typed text may be found.

The outermost one decides; a VANSEnvelope's receipt fields are the message's own.
"""

HEADINGS = {
    "information": "Information om behandling til patient og pårørende",
    "practical_information": "Praktiske oplysninger",
    "patient_safety": "Patientsikkerhedsmæssige forhold",
    "start_deadline_text": "Tidsfrist for start af genoptræning",
    "health_summary": "Helbredsforhold inkl. beskrivelse af behandlingsforløb - Sammenfatning",
    "ability_summary": "Helbredsrelateret funktionsevne på udskrivningstidspunktet - Sammenfatning",
    "ability_extended": (
        "Udvidet beskrivelse af helbredsrelateret funktionsevne på udskrivningstidspunktet"
    ),
    "need_and_potential": "Patientens genoptræningsbehov og potentiale",
    "contact_start": "Aktuel sygehuskontakt",
    "diagnoses": "Diagnoser",
}
"""Field -> the heading over it in a rehabilitation plan sent as correspondence (standard §5)."""


@dataclass(frozen=True)
class Leaf:
    """One text of the file: where it stood, from the outermost element down, and what it says."""

    path: tuple[str, ...]
    text: str
    bare: bool = True
    """Whether it is all that its element says."""

    @property
    def name(self) -> str:
        return self.path[-1]

    @property
    def parent(self) -> str:
        return self.path[-2] if len(self.path) > 1 else ""


Key = tuple[str, str, object]
"""A top field of the message, the field itself, and a value in the form both sides agree on."""


def collapse(text: str) -> str:
    """White space runs as one space, line by line; line breaks are kept."""
    return "\n".join(" ".join(line.split()) for line in text.split("\n"))


def parse(data: bytes) -> ET.Element:
    """The root of a file, its characters decoded by the rule of standard §8.4."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    declared = re.match(rb"\s*<\?xml[^>]*encoding=[\"']windows-1252", data)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        windows = declared or re.search(rb"[\x80-\x9f]", data)
        text = data.decode("cp1252" if windows else "iso-8859-1")
    return ET.fromstring(re.sub(r"\A\s*<\?xml[^>]*\?>", "", text).strip())


def local(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def letters_of(data: bytes) -> list[list[Leaf]]:
    """For every letter in a file, all texts that must be found in its decoded message."""
    return list(_letters(parse(data), (), []))


def _letters(root: ET.Element, above: tuple[str, ...], around: list[Leaf]) -> Iterator[list[Leaf]]:
    name = local(root)
    if name == "Emessage":
        parts = [part for part in root if local(part) not in ("Envelope", "Local_Elements")]
        wrapper = [*around, *_leaves(root, above, leave_out=parts)]
        for part in parts:
            yield [*wrapper, *_leaves(part, (*above, name))]
        return
    payload = _payload(root)
    if payload is None:
        yield [*around, *_leaves(root, above)]
        return
    wrapper = [*around, *_leaves(root, above, leave_out=[payload])]
    if local(payload) not in PAYLOADS:
        yield from _letters(payload, (*above, name), wrapper)
        return
    content = base64.b64decode(payload.text or "")
    wrapper += _attributes(payload, (*above, name))
    if content.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"<"):
        yield from _letters(parse(content), (*above, name), wrapper)
    else:
        yield [*wrapper, Leaf((*above, name, "Data"), collapse(content.decode("iso-8859-1")))]


def _payload(root: ET.Element) -> ET.Element | None:
    if local(root) == "VANSEnvelope":
        return next((part for part in root.iter() if local(part) == "Data"), None)
    if local(root) == "StandardBusinessDocument":
        known = {"Emessage", "VANSEnvelope", "BinaryContent"}
        return next((part for part in root if local(part) in known), None)
    return None


def _leaves(
    element: ET.Element, above: tuple[str, ...], leave_out: Iterable[ET.Element] = ()
) -> Iterator[Leaf]:
    """Every text of an element: of a leaf or a formatted text as a whole, else piece by piece."""
    left_out = list(leave_out)
    path = (*above, local(element))
    yield from _attributes(element, above)
    if not len(element) or _is_formatted(element):
        text = collapse(rendered(element)).strip(" ")
        if text.strip():
            yield Leaf(path, text)
        for child in element.iter():
            if child is not element:
                yield from _attributes(child, path)
        return
    for piece in (element.text, *(child.tail for child in element)):
        if piece and piece.strip():
            yield Leaf(path, " ".join(piece.split()), bare=False)
    for child in element:
        if not any(child is each for each in left_out):
            yield from _leaves(child, path, left_out)


def _attributes(element: ET.Element, above: tuple[str, ...]) -> Iterator[Leaf]:
    for name, value in element.attrib.items():
        if value.strip() and not name.startswith(XSI):
            attribute = f"{local(element)}@{name.rpartition('}')[2]}"
            yield Leaf((*above, attribute), " ".join(value.split()))


def _is_formatted(element: ET.Element) -> bool:
    return all(local(child) in FORMATS for child in element.iter() if child is not element)


def rendered(element: ET.Element) -> str:
    """Formatted text as plain text: ``Break`` is a new line, line ends of the file are none."""
    parts = [re.sub(r"\s+", " ", element.text or "")]
    for child in element:
        if local(child) == "Break":
            parts.append("\n")
        elif local(child) == "Space":
            parts.append(" ")
        parts.append(rendered(child))
        parts.append(re.sub(r"\s+", " ", child.tail or ""))
    return "".join(parts)


def strings_of(message: Message) -> list[str]:
    """Every text of a decoded value, without labels, paths and remarks."""
    return [value for _, _, value in _values(message) if isinstance(value, str)]


def _values(message: Message) -> Iterator[Key]:
    kept = (bytes, dt.date, dt.datetime, dt.time)
    built = msgspec.to_builtins(message, builtin_types=kept)
    # A converted plan keeps its whole text; what was read from it has to be complete without.
    told = {"kind", "notices"} | ({"texts"} if isinstance(message, RehabilitationPlan) else set())
    for top, value in built.items():
        if top not in told:
            yield from _walk(top, top, value)


def _walk(top: str, field: str, value: object) -> Iterator[Key]:
    match value:
        case {"path": str(path), "label": str(), "value": str(text)}:
            yield "extra", path.rpartition("/")[2], text
        case {"text": str(text), **rest} if set(rest) <= {"spans"}:
            yield top, field, text
        case {"date": dt.date() as date, **rest} if set(rest) <= {"time"}:
            yield from ((top, field, part) for part in (date, *rest.values()))
        case dict():
            for name, inner in value.items():
                yield from _walk(top, name, inner)
        case list() | tuple():
            for inner in value:
                yield from _walk(top, field, inner)
        case dt.datetime():
            yield top, field, value.date()
            yield top, field, value.time()
        case _ if value is not None:
            yield top, field, value


def missing(message: Message, leaves: list[Leaf]) -> list[Leaf]:
    """The texts that no field of the message vouches for."""
    pool = Counter(_agreed(value) for value in _values(message))
    lost: list[Leaf] = []
    for leaf in leaves:
        if _is_plan_text(message, leaf):
            lost += _missing_lines(message, leaf)
            continue
        key = next((key for key in _wanted(leaf) if pool[key]), None)
        if key is None:
            lost.append(leaf)
        else:
            pool[key] -= 1
    return lost


def _agreed(value: Key) -> Key:
    top, field, content = value
    if isinstance(content, str):
        content = collapse(content).strip(" ")
    return top, field, content


def _wanted(leaf: Leaf) -> Iterator[Key]:
    """Where a text may be found: its own field, or a raw field with its element's name."""
    tops = next((HOLDERS[name] for name in leaf.path if name in HOLDERS), None)
    for field, value in _typed(leaf) if leaf.bare else ():
        for top in tops or {field}:
            yield top, field, value
        if tops == {"transport"}:
            yield from _inside_vans(leaf, field, value)
    names = (leaf.name, leaf.parent) if _is_clock(leaf) else (leaf.name,)
    for name in names:
        yield "extra", name, leaf.text


def _inside_vans(leaf: Leaf, field: str, value: object) -> Iterator[Key]:
    """What a VANSEnvelope holds is the message's own from the Emessage or the receipt down."""
    if "Receipt" in leaf.path:
        yield field, field, value
    if "Emessage" in leaf.path:
        inner = Leaf(leaf.path[leaf.path.index("Emessage") :], leaf.text, leaf.bare)
        yield from _wanted(inner)


def _is_clock(leaf: Leaf) -> bool:
    return leaf.name in ("Date", "Time", "TimeWithSec", "LastModifiedDate")


def _typed(leaf: Leaf) -> Iterator[tuple[str, object]]:
    """The field an element belongs in, and its text as the value of that field."""
    pair = f"{leaf.parent}/{leaf.name}"
    if leaf.name in WORDS:
        field, meanings = WORDS[leaf.name]
        if leaf.text in meanings:
            yield field, meanings[leaf.text]
    elif leaf.name in NUMBERS:
        if leaf.text.isdecimal():
            yield "size", int(leaf.text)
    elif leaf.name in ENCODED:
        yield "content", base64.b64decode(leaf.text)
    elif _is_clock(leaf):
        field = DAYS.get(pair) or DAYS.get(leaf.name) or MOMENTS.get(leaf.parent, "")
        value = _clock(leaf)
        if field and value:
            yield field, value
    elif field := FIELDS.get(pair) or FIELDS.get(leaf.name, ""):
        yield field, leaf.text


def _clock(leaf: Leaf) -> dt.date | dt.time | None:
    kind = dt.time if leaf.name.startswith("Time") else dt.date
    try:
        return kind.fromisoformat(leaf.text)
    except ValueError:
        return None


def _is_plan_text(message: Message, leaf: Leaf) -> bool:
    is_plan = isinstance(message, RehabilitationPlan) and message.as_correspondence
    return is_plan and leaf.name == "Text01"


def _missing_lines(message: Message, leaf: Leaf) -> list[Leaf]:
    """A plan sent as correspondence is one text that becomes many fields: compared by line."""
    assert isinstance(message, RehabilitationPlan)
    pool = Counter(line.casefold() for line in _plan_lines(message))
    lost = []
    for line in filter(None, leaf.text.split("\n")):
        if pool[line.strip().casefold()]:
            pool[line.strip().casefold()] -= 1
        else:
            lost.append(Leaf(leaf.path, line))
    return lost


def _plan_lines(plan: RehabilitationPlan) -> Iterator[str]:
    """The lines such a plan's text must have had, put together again from its fields."""
    for field, heading in HEADINGS.items():
        if getattr(plan, field):
            yield heading
    texts = [each.text.text for each in plan.sections]
    texts += [each.heading for each in plan.sections]
    for field in HEADINGS:
        value = getattr(plan, field)
        texts.append(getattr(value, "text", ""))
    if plan.contact_start:
        start = plan.contact_start
        texts.append(f"Start: {start.date} Kl. {start.time:%H:%M}")
    if plan.contact_expected_end:
        end = plan.contact_expected_end
        texts.append(f"Forventet Afslutning: {end.date} Kl. {end.time:%H:%M}")
    texts += [f"{each.text} ({each.code})" for each in plan.diagnoses]
    for excerpt in plan.journal_excerpts:
        texts.append(f"Uddrag fra journal: {excerpt.title}")
        if excerpt.signer:
            texts.append(f"{excerpt.date}, {excerpt.signer.name}, {excerpt.signer.title}")
        if excerpt.comment:
            texts.append(excerpt.comment.text)
    for text in texts:
        yield from (line for line in collapse(text).split("\n") if line)
