"""What hospitals write: the letters the demo hospital and the tests send to the municipality.

One letter in an Emessage, in one namespace and with the fields those letters have in real messages
(standard §2, §4). Reading one back gives the same message.
"""

from collections.abc import Iterable

from visitator.domain.messages import (
    Ability,
    AdmissionNotification,
    CarePlan,
    DischargeNotification,
    DischargeReport,
    EndedTreatment,
    Message,
    NursingProblemArea,
    RehabilitationPlan,
)
from visitator.domain.moment import Moment
from visitator.domain.party import Organisation, Relative
from visitator.domain.text import RichText
from visitator.medcom.element import Element, emessage, write_citizen, write_party

_NOTIFICATIONS = "http://rep.oio.dk/sundcom.dk/medcom.dk/xml/schemas/2005/08/07/"
_MUNICIPALITY = "urn:oio:medcom:municipality:1.0.3"
_REHABILITATION = "urn:oio:medcom:municipality:1.0.4"


def write_hospital_letter(message: Message) -> bytes:
    """The letter as a hospital sends it.

    Raises:
        TypeError: it is not a kind hospitals send here; correspondence and receipts are written
            by `visitator.medcom.writing`.
    """
    match message:
        case CarePlan():
            return _care_plan(message)
        case AdmissionNotification():
            return _notification("NotificationOfAdmission", message, "Admission", message.admitted)
        case DischargeNotification():
            return _notification(
                "NotificationOfDischarge", message, "Discharge", message.discharged
            )
        case DischargeReport():
            return _discharge_report(message)
        case EndedTreatment():
            return _ended_treatment(message)
        case RehabilitationPlan():
            return _rehabilitation_plan(message)
        case _:
            raise TypeError(f"hospitals send no {type(message).__name__} in this form")


def _letter(root: Element, name: str, message: Message) -> Element:
    body = root.add(name)
    head = body.add("Letter")
    head.leaf("Identifier", message.letter_id)
    head.leaf("VersionCode", message.version_code)
    head.leaf("StatisticalCode", message.statistical_code)
    head.add("Authorisation").date_time(message.authorised_at)
    head.leaf("TypeCode", message.type_code)
    head.leaf("EpisodeOfCareIdentifier", message.episode_id)
    _party(body.add("Sender"), message.sender)
    _party(body.add("Receiver"), message.receiver)
    if message.citizen:
        write_citizen(body.add("Patient"), message.citizen)
    return body


def _party(element: Element, party: Organisation) -> None:
    write_party(element, party)
    for signer in party.signers:
        person = element.add("SignedBy")
        person.leaf("PersonGivenName", signer.given_name)
        person.leaf("PersonSurnameName", signer.surname)
        person.leaf("PersonTitle", signer.title)
    for contact in party.contacts:
        information = element.add("ContactInformation")
        for name in contact.names:
            information.leaf("ContactName", name)
        information.leaf("TelephoneSubscriberIdentifier", contact.telephone)


def _notification(name: str, message: Message, event: str, moment: Moment | None) -> bytes:
    root = emessage(_NOTIFICATIONS, message)
    body = root.add(name)
    head = body.add("Letter")
    head.leaf("Identifier", message.letter_id)
    head.leaf("VersionCode", message.version_code)
    head.leaf("StatisticalCode", message.statistical_code)
    authorised = head.add("Authorisation")
    if message.authorised_at:
        authorised.leaf("Date", message.authorised_at.date().isoformat())
        authorised.leaf("TimeWithSec", message.authorised_at.strftime("%H:%M:%S"))
    head.leaf("TypeCode", message.type_code)
    head.leaf("StatusCode", message.status_code)
    head.leaf("NotificationIdentifier", message.episode_id)
    sender = body.add("Sender")
    write_party(sender, message.sender)
    if message.sender.answer_to_gln:
        sender.add("AnswerTo").leaf("EANIdentifier", message.sender.answer_to_gln)
    write_party(body.add("Receiver"), message.receiver)
    if message.citizen:
        write_citizen(body.add("Patient"), message.citizen)
    _moment(body, event, moment)
    return root.bytes()


def _care_plan(plan: CarePlan) -> bytes:
    root = emessage(_MUNICIPALITY, plan)
    body = _letter(root, "ProgressOfCarePlan", plan)
    _relatives(body, plan.relatives, plan.relatives_comment)
    _moment(body, "Admission", plan.admitted)
    _moment(body, "ExpectedEndOfTreatment", plan.expected_end_of_treatment)
    _moment(body, "AgreedDischarge", plan.agreed_discharge)
    body.rich("AgreedDischargeComment", plan.agreed_discharge_comment)
    body.rich("CauseOfAdmission", plan.cause_of_admission)
    body.rich("ExpectedCourseOfAdmission", plan.expected_course)
    body.rich("RiskOfContagion", plan.risk_of_contagion)
    diet = body.add("DietFirst24Hours")
    diet.leaf("LunchBox", _flag(plan.lunch_box))
    diet.leaf("ShoppingAtDischarge", _flag(plan.shopping_at_discharge))
    _coordination(body.add("FurtherCoordination"), plan)
    _ability(body, "ExpectedAbilityToFunctionAtDischarge", plan.ability)
    _areas(body, plan.nursing_problem_areas)
    return root.bytes()


def _coordination(element: Element, plan: CarePlan) -> None:
    for name, text in (
        ("HomeChanges", plan.home_changes),
        ("ScheduleAuxilaries", plan.auxiliaries),
        ("RehabilitationNeeds", plan.rehabilitation_needs),
        ("HomeCareNeeds", plan.home_care_needs),
        ("MedicineAdministrationHelp", plan.medicine_administration),
        ("MedicineConsumptionHelp", plan.medicine_consumption),
    ):
        _comment(element, name, text)
    if plan.conference:
        conference = element.add("DischargeConference")
        conference.leaf("DischargeDateCode", plan.conference.status)
        if plan.conference.at:
            _date_and_time(conference, plan.conference.at)
        conference.leaf("VideoConference", _flag(plan.conference.video))
        conference.rich("Comment", plan.conference.comment)
    _comment(element, "OtherMunicipalWorkNeeded", plan.other_municipal_work)


def _discharge_report(report: DischargeReport) -> bytes:
    root = emessage(_MUNICIPALITY, report)
    body = _letter(root, "ReportOfDischarge", report)
    _relatives(body, report.relatives, report.relatives_comment)
    _moment(body, "Admission", report.admitted)
    _moment(body, "EndOfTreatment", report.end_of_treatment)
    _moment(body, "Discharge", report.discharged)
    body.rich("CauseOfAdmission", report.cause_of_admission)
    _areas(body, report.nursing_problem_areas)
    if report.diagnoses:
        diagnoses = body.add("Diagnoses")
        for diagnosis in report.diagnoses:
            element = diagnoses.add("Diagnosis")
            element.leaf("Code", diagnosis.code)
            element.leaf("TypeCode", diagnosis.code_type)
            element.leaf("Text", diagnosis.text)
    _ability(body, "AbilityToFunctionAtDischarge", report.ability)
    return root.bytes()


def _ended_treatment(notice: EndedTreatment) -> bytes:
    """Only what is known of the tree: header and the two dates (standard §4.4)."""
    root = emessage(_MUNICIPALITY, notice)
    body = _letter(root, "NotificationOfEndedTreatment", notice)
    _moment(body, "Admission", notice.admitted)
    _moment(body, "EndOfTreatment", notice.end_of_treatment)
    return root.bytes()


def _rehabilitation_plan(plan: RehabilitationPlan) -> bytes:
    root = emessage(_REHABILITATION, plan)
    body = _letter(root, "RehabilitationPlan", plan)
    body.leaf("TypeOfRehabilitationPlan", plan.level_text)
    body.rich("InformationForPatientAndRelatives", plan.information)
    body.leaf("ConsentInformed", plan.consent)
    body.rich("PracticalInformation", plan.practical_information)
    body.rich("PatientSafetyAspects", plan.patient_safety)
    body.rich("RehabilitationDeadline", plan.start_deadline_text)
    contact = body.add("CurrentHospitalContact")
    _moment(contact, "Start", plan.contact_start)
    _moment(contact, "ExpectedEnd", plan.contact_expected_end)
    body.rich("PatientHealthSummary", plan.health_summary)
    body.rich("AbilityAtDischargeSummary", plan.ability_summary)
    body.rich("RehabilitationNeedAndPotential", plan.need_and_potential)
    return root.bytes()


def _relatives(body: Element, relatives: Iterable[Relative], comment: RichText | None) -> None:
    group = body.add("Relatives")
    for relative in relatives:
        element = group.add("Relative")
        element.leaf("RelationCode", relative.relation)
        element.leaf("PersonSurnameName", relative.surname)
        element.leaf("PersonGivenName", relative.given_name)
        for telephone in relative.telephones:
            number = element.add("CodedTelephoneSubscriberIdentifier")
            number.leaf("TelephoneCode", telephone.kind)
            number.leaf("TelephoneSubscriberIdentifier", telephone.number)
        element.leaf("InformedRelative", _flag(relative.informed))
    group.rich("Comment", comment)


def _ability(body: Element, name: str, ability: Ability | None) -> None:
    if ability is None:
        return
    element = body.add(name)
    element.leaf(
        "LastModifiedDate", ability.last_modified.isoformat() if ability.last_modified else None
    )
    element.leaf("AbilityToFunctionRelevance", ability.relevance)
    if ability.scores:
        elements = element.add("AbilityToFunctionElements")
        for score in ability.scores:
            item = elements.add("AbilityToFunctionElement")
            _terminology(item, score.code, score.code_system, score.description)
            item.leaf("Score", score.score)
            item.rich("Comment", score.comment)


def _areas(body: Element, areas: Iterable[NursingProblemArea]) -> None:
    group = body.add("NursingProblemAreas")
    for area in areas:
        item = group.add("NursingProblemArea")
        _terminology(item, area.code, area.code_system, area.description)
        item.rich("ProblemArea", area.text)


def _terminology(
    element: Element, code: str | None, system: str | None, description: str | None
) -> None:
    terminology = element.add("Terminology")
    terminology.leaf("Code", code)
    terminology.leaf("CodeSystem", system)
    terminology.leaf("CodeDescription", description)


def _comment(element: Element, name: str, text: RichText | None) -> None:
    if text is not None:
        element.add(name).rich("Comment", text)


def _moment(element: Element, name: str, moment: Moment | None) -> None:
    if moment is not None:
        _date_and_time(element.add(name), moment)


def _date_and_time(element: Element, moment: Moment) -> None:
    element.leaf("Date", moment.date.isoformat())
    element.leaf("Time", moment.time.strftime("%H:%M") if moment.time else None)


def _flag(value: bool | None) -> str | None:
    return None if value is None else str(int(value))
