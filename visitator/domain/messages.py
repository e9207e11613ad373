"""The messages hospitals and municipalities exchange, as values.

Field names are English, the Danish label stands on the field. What a message says is kept as it
says it: codes verbatim, yes/no questions as text where the standard has text, dates as Danish
civil time. A text without a typed field is in ``extra``.
"""

import datetime as dt
import enum
from typing import Annotated, TypeAlias

import msgspec

from visitator.domain.citizen import Citizen
from visitator.domain.labels import label
from visitator.domain.moment import Moment
from visitator.domain.notice import Notice, RawField
from visitator.domain.party import Organisation, Person, Practitioner, Relative
from visitator.domain.terms import RehabilitationLevel
from visitator.domain.text import RichText

Text: TypeAlias = RichText | None


class Transport(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The VANSEnvelope a message came in (standard §6.1); identifiers are opaque strings."""

    envelope_id: Annotated[str | None, label("VANS-kuvertnummer")] = None
    message_id: Annotated[str | None, label("VANS-meddelelsesnummer")] = None
    sender_id: Annotated[str | None, label("VANS-afsender")] = None
    receiver_id: Annotated[str | None, label("VANS-modtager")] = None
    sent: Annotated[str | None, label("VANS-afsendelsestid")] = None
    format: Annotated[str | None, label("Format")] = None
    name: Annotated[str | None, label("Dokumentnavn")] = None
    version: Annotated[str | None, label("Dokumentversion")] = None
    size: Annotated[int | None, label("Størrelse i bytes")] = None
    reliability: Annotated[str | None, label("Transporttype")] = None


class Message(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="kind", gc=False
):
    """What every MedCom letter has: who, whom, about whom, when, and which letter it is."""

    letter_id: Annotated[str | None, label("Brevnummer")] = None
    version_code: Annotated[str | None, label("Version")] = None
    statistical_code: Annotated[str | None, label("Statistikkode")] = None
    type_code: Annotated[str | None, label("Brevtype")] = None
    status_code: Annotated[str | None, label("Status")] = None
    """nytbrev, rettetbrev or annulleretbrev; the 1.0.3 messages carry none."""
    authorised_at: Annotated[dt.datetime | None, label("Brevdato")] = None
    """Danish civil time as written, without zone."""
    episode_id: Annotated[str | None, label("Forløbs-ID")] = None
    """EpisodeOfCareIdentifier or NotificationIdentifier, as written; compare `episode_key`."""
    envelope_id: Annotated[str | None, label("Kuvertnummer")] = None
    sent_at: Annotated[dt.datetime | None, label("Sendt")] = None
    """Danish civil time as written on the envelope, without zone."""
    wants_receipt: Annotated[bool | None, label("Positiv kvittering ønskes")] = None
    transport: Annotated[Transport | None, label("VANS-kuvert")] = None
    sender: Annotated[Organisation, label("Afsender")] = Organisation()
    receiver: Annotated[Organisation, label("Modtager")] = Organisation()
    copies: Annotated[tuple[Organisation, ...], label("Kopi til")] = ()
    practitioner: Annotated[Practitioner | None, label("Egen læge")] = None
    citizen: Annotated[Citizen | None, label("Borger")] = None
    extra: Annotated[tuple[RawField, ...], label("Øvrige felter")] = ()
    notices: tuple[Notice, ...] = ()

    @property
    def episode_key(self) -> str | None:
        """The episode id for comparison: without hyphens, case folded (standard §3.1)."""
        return self.episode_id.replace("-", "").casefold() if self.episode_id else None

    @property
    def is_cancelled(self) -> bool:
        """Whether it takes an earlier letter back (annulleretbrev, standard §4.1)."""
        return (self.status_code or "").strip().casefold() == "annulleretbrev"

    @property
    def stay_status(self) -> str:
        """What the letter says of the stay, for comparison; empty when it says nothing."""
        status = self.citizen.stay_status if self.citizen else None
        return (status or "").strip().casefold()

    @property
    def says_dead(self) -> bool:
        """Whether the letter says that the citizen is dead (doed)."""
        return self.stay_status == "doed"

    @property
    def says_moved(self) -> bool:
        """Whether the citizen went to another ward or hospital and not home (standard §4.1)."""
        return self.stay_status in {"flyttet_til_sygehusafd", "flyttet_til_sygehus"}


class DischargeConference(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A proposed or agreed planning conference (udskrivningskonference)."""

    status: Annotated[str | None, label("Status for konferencen")] = None
    """DischargeDateCode as sent; only ``forslag`` has been seen."""
    at: Annotated[Moment | None, label("Tidspunkt for konferencen")] = None
    video: Annotated[bool | None, label("Videokonference")] = None
    comment: Annotated[Text, label("Udskrivningskonference")] = None


class AbilityScore(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One ability with its score (funktionsevne); codes and score words as sent."""

    code: Annotated[str | None, label("Kode")] = None
    code_system: Annotated[str | None, label("Kodesystem")] = None
    description: Annotated[str | None, label("Funktion")] = None
    score: Annotated[str | None, label("Begrænsning")] = None
    comment: Annotated[Text, label("Kommentar")] = None


class Ability(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Ability to function at discharge (funktionsevne ved udskrivelsen)."""

    last_modified: Annotated[dt.date | None, label("Sidst ændret")] = None
    relevance: Annotated[str | None, label("Relevans")] = None
    scores: Annotated[tuple[AbilityScore, ...], label("Funktionsevne")] = ()


class NursingProblemArea(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One nursing problem area (sygeplejefagligt problemområde); the list is the sender's own."""

    code: Annotated[str | None, label("Kode")] = None
    code_system: Annotated[str | None, label("Kodesystem")] = None
    description: Annotated[str | None, label("Problemområde")] = None
    text: Annotated[Text, label("Beskrivelse")] = None


class CarePlan(Message, frozen=True, kw_only=True, omit_defaults=True, tag="care_plan"):
    """Plejeforløbsplan (PFP), XDIS21 XD2134C, standard §2."""

    relatives: Annotated[tuple[Relative, ...], label("Pårørende")] = ()
    relatives_comment: Annotated[Text, label("Bemærkning om pårørende")] = None
    admitted: Annotated[Moment | None, label("Indlagt")] = None
    expected_end_of_treatment: Annotated[Moment | None, label("Forventet færdigbehandlet")] = None
    agreed_discharge: Annotated[Moment | None, label("Aftalt udskrivning")] = None
    agreed_discharge_comment: Annotated[Text, label("Bemærkning til udskrivning")] = None
    cause_of_admission: Annotated[Text, label("Årsag til indlæggelse")] = None
    expected_course: Annotated[Text, label("Forventet forløb")] = None
    risk_of_contagion: Annotated[Text, label("Smitterisiko")] = None
    lunch_box: Annotated[bool | None, label("Madpakke")] = None
    shopping_at_discharge: Annotated[bool | None, label("Indkøb")] = None
    home_changes: Annotated[Text, label("Ændringer i hjemmet")] = None
    auxiliaries: Annotated[Text, label("Hjælpemidler")] = None
    rehabilitation_needs: Annotated[Text, label("Genoptræningsbehov")] = None
    home_care_needs: Annotated[Text, label("Hjemmesygepleje")] = None
    medicine_administration: Annotated[Text, label("Hjælp til medicinadministration")] = None
    medicine_consumption: Annotated[Text, label("Hjælp til medicinindtagelse")] = None
    conference: Annotated[DischargeConference | None, label("Udskrivningskonference")] = None
    other_municipal_work: Annotated[Text, label("Andre kommunale opgaver")] = None
    ability: Annotated[Ability | None, label("Funktionsevne ved udskrivelsen")] = None
    nursing_problem_areas: Annotated[
        tuple[NursingProblemArea, ...], label("Sygeplejefaglige problemområder")
    ] = ()

    @property
    def planned_discharge(self) -> Moment | None:
        """When the citizen is expected home: the agreed discharge, else end of treatment."""
        return self.agreed_discharge or self.expected_end_of_treatment


class Diagnosis(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A diagnosis with its code."""

    code: Annotated[str | None, label("Diagnosekode")] = None
    code_type: Annotated[str | None, label("Kodetype")] = None
    text: Annotated[str | None, label("Diagnose")] = None
    secondary: Annotated[bool | None, label("Bidiagnose")] = None
    """None where the message does not tell primary and secondary diagnoses apart."""


class DischargeReport(
    Message, frozen=True, kw_only=True, omit_defaults=True, tag="discharge_report"
):
    """Udskrivningsrapport (udskrivelsesrapport), XDIS18 XD1834C, standard §4.3."""

    relatives: Annotated[tuple[Relative, ...], label("Pårørende")] = ()
    relatives_comment: Annotated[Text, label("Bemærkning om pårørende")] = None
    admitted: Annotated[Moment | None, label("Indlagt")] = None
    end_of_treatment: Annotated[Moment | None, label("Færdigbehandlet")] = None
    discharged: Annotated[Moment | None, label("Udskrevet")] = None
    cause_of_admission: Annotated[Text, label("Årsag til indlæggelse")] = None
    nursing_problem_areas: Annotated[
        tuple[NursingProblemArea, ...], label("Sygeplejefaglige problemområder")
    ] = ()
    diagnoses: Annotated[tuple[Diagnosis, ...], label("Diagnoser")] = ()
    ability: Annotated[Ability | None, label("Funktionsevne ved udskrivelsen")] = None


class AdmissionNotification(
    Message, frozen=True, kw_only=True, omit_defaults=True, tag="admission_notification"
):
    """Indlæggelsesadvis, XDIS20 XD2030C, standard §4.1."""

    admitted: Annotated[Moment | None, label("Indlagt")] = None


class DischargeNotification(
    Message, frozen=True, kw_only=True, omit_defaults=True, tag="discharge_notification"
):
    """Udskrivningsadvis (udskrivelsesadvis), XDIS17 XD1730C, standard §4.1."""

    discharged: Annotated[Moment | None, label("Udskrevet")] = None

    @property
    def sends_home(self) -> bool:
        """Whether the citizen left the hospital alive, and it is not taken back."""
        return not (self.is_cancelled or self.says_dead or self.says_moved)


class EndedTreatment(Message, frozen=True, kw_only=True, omit_defaults=True, tag="ended_treatment"):
    """Melding om færdigbehandling (MOF), XDIS19 XD1934C, standard §4.4.

    The tree and its status values are not public: what is not one of these fields is in
    ``extra``, and the legal state is never derived from the dates.
    """

    relatives: Annotated[tuple[Relative, ...], label("Pårørende")] = ()
    relatives_comment: Annotated[Text, label("Bemærkning om pårørende")] = None
    admitted: Annotated[Moment | None, label("Indlagt")] = None
    end_of_treatment: Annotated[Moment | None, label("Færdigbehandlet")] = None


class Reference(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A pointer from a letter to a web address or to an attachment (bilag)."""

    description: Annotated[str | None, label("Beskrivelse")] = None
    url: Annotated[str | None, label("Link")] = None
    sup: Annotated[bool | None, label("SUP")] = None
    object_id: Annotated[str | None, label("Bilagsnummer")] = None
    object_code: Annotated[str | None, label("Bilagstype")] = None
    extension: Annotated[str | None, label("Filtype")] = None
    size: Annotated[int | None, label("Størrelse i bytes")] = None


class Correspondence(Message, frozen=True, kw_only=True, omit_defaults=True, tag="correspondence"):
    """Korrespondancemeddelelse (KM), XDIS91 XD9134L, standard §3."""

    priority: Annotated[str | None, label("Prioritet")] = None
    subject: Annotated[str | None, label("Emne")] = None
    texts: Annotated[tuple[RichText, ...], label("Tekst")] = ()
    """One per ClinicalInformation, in order."""
    references: Annotated[tuple[Reference, ...], label("Henvisninger og bilag")] = ()

    @property
    def text(self) -> str:
        """The whole text, its parts one after the other on new lines."""
        return "\n".join(part.text for part in self.texts)


class HospitalControl(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A planned control at the hospital (ambulant kontrol)."""

    start: Annotated[Moment | None, label("Forventet kontrol")] = None
    start_text: Annotated[Text, label("Forventet kontrol")] = None
    location: Annotated[Organisation | None, label("Sted")] = None


class IcfCode(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An ICF classification with its gradient."""

    code: Annotated[str | None, label("ICF-kode")] = None
    code_type: Annotated[str | None, label("Kodetype")] = None
    text: Annotated[str | None, label("ICF")] = None
    gradient_code: Annotated[str | None, label("Gradientkode")] = None
    gradient_code_type: Annotated[str | None, label("Gradientens kodetype")] = None
    gradient_text: Annotated[str | None, label("Gradient")] = None


class JournalExcerpt(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An excerpt from the hospital record (uddrag fra journal)."""

    title: Annotated[str | None, label("Uddrag")] = None
    signer: Annotated[Person | None, label("Skrevet af")] = None
    date: Annotated[dt.date | None, label("Dato")] = None
    comment: Annotated[Text, label("Tekst")] = None


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """A headed part of a rehabilitation plan that came as correspondence."""

    heading: Annotated[str, label("Overskrift")]
    text: Annotated[RichText, label("Tekst")]


class RehabilitationPlan(
    Message, frozen=True, kw_only=True, omit_defaults=True, tag="rehabilitation_plan"
):
    """Genoptræningsplan (GOP): G-GOP GGOP100, or the same plan sent as XDIS91, standard §5.

    The converted form holds everything in one text, kept whole in ``texts``; what has a typed
    field is read from it, and the rest is in ``sections``, as the sender headed it.
    """

    gp_copy: Annotated[Organisation | None, label("Kopi til egen læge")] = None
    gp_copy_deselected: Annotated[Text, label("Kopi til egen læge fravalgt")] = None
    relatives: Annotated[tuple[Relative, ...], label("Pårørende")] = ()
    relatives_comment: Annotated[Text, label("Bemærkning om pårørende")] = None
    level_text: Annotated[str | None, label("Type")] = None
    information: Annotated[Text, label("Information til patient og pårørende")] = None
    consent: Annotated[str | None, label("Informeret samtykke")] = None
    practical_information: Annotated[Text, label("Praktiske oplysninger")] = None
    patient_safety: Annotated[Text, label("Patientsikkerhedsmæssige forhold")] = None
    start_deadline_text: Annotated[Text, label("Tidsfrist for start af genoptræning")] = None
    """Free text, never a date (standard §5)."""
    contact_start: Annotated[Moment | None, label("Sygehuskontakt fra")] = None
    contact_expected_end: Annotated[Moment | None, label("Forventet afslutning")] = None
    contact_expected_end_text: Annotated[Text, label("Forventet afslutning")] = None
    controls: Annotated[tuple[HospitalControl, ...], label("Kontrol og opfølgning")] = ()
    health_summary: Annotated[Text, label("Helbredsforhold")] = None
    ability_summary: Annotated[Text, label("Funktionsevne ved udskrivelsen")] = None
    ability_extended: Annotated[Text, label("Udvidet beskrivelse af funktionsevne")] = None
    need_and_potential: Annotated[Text, label("Genoptræningsbehov og potentiale")] = None
    diagnoses: Annotated[tuple[Diagnosis, ...], label("Diagnoser")] = ()
    diagnoses_text: Annotated[Text, label("Diagnoser, fritekst")] = None
    icf: Annotated[tuple[IcfCode, ...], label("ICF-koder")] = ()
    journal_excerpts: Annotated[tuple[JournalExcerpt, ...], label("Uddrag fra journal")] = ()
    contact_region: Annotated[Organisation | None, label("Spørgsmål til regionen")] = None
    contact_municipality: Annotated[Organisation | None, label("Spørgsmål til kommunen")] = None
    team: Annotated[tuple[Person, ...], label("Behandlende team")] = ()
    result_receivers: Annotated[tuple[Organisation, ...], label("Slutstatusmodtager")] = ()
    references: Annotated[tuple[Reference, ...], label("Henvisninger og bilag")] = ()
    as_correspondence: Annotated[bool, label("Modtaget som korrespondance")] = False
    priority: Annotated[str | None, label("Prioritet")] = None
    subject: Annotated[str | None, label("Emne")] = None
    sections: Annotated[tuple[Section, ...], label("Øvrige afsnit")] = ()
    texts: Annotated[tuple[RichText, ...], label("Planens tekst, som den kom")] = ()
    """The whole text of a plan that came as correspondence: what was read from it is an aid."""

    @property
    def level(self) -> RehabilitationLevel | None:
        """The level, recognised by how the sender's word begins; None when it is another word.

        Only ``specialiseret`` has been seen in public material (standard §5).
        """
        word = (self.level_text or "").strip().casefold()
        prefixes = {
            "rehab": RehabilitationLevel.SPECIALISED_REHABILITATION,
            "special": RehabilitationLevel.SPECIALISED,
            "alm": RehabilitationLevel.GENERAL,
        }
        return next((level for prefix, level in prefixes.items() if word.startswith(prefix)), None)


class BinaryObject(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One file in an attachment; `size` is the number of bytes the sender states."""

    object_id: Annotated[str | None, label("Bilagsnummer")] = None
    object_code: Annotated[str | None, label("Bilagstype")] = None
    extension: Annotated[str | None, label("Filtype")] = None
    size: Annotated[int | None, label("Angivet størrelse i bytes")] = None
    content: Annotated[bytes, label("Indhold")] = b""

    @property
    def object_key(self) -> str | None:
        """The identifier for comparison with a letter's reference: no hyphens, case folded."""
        return self.object_id.replace("-", "").casefold() if self.object_id else None


class Attachment(Message, frozen=True, kw_only=True, omit_defaults=True, tag="attachment"):
    """Bilag, XBIN01, standard §3.2."""

    system_information: Annotated[bool | None, label("Systeminformation")] = None
    contents: Annotated[str | None, label("Indholdsbeskrivelse")] = None
    objects: Annotated[tuple[BinaryObject, ...], label("Filer")] = ()


class ReceiptOutcome(enum.Enum):
    """What a receipt says. None of them means that a person has read or agreed (rule F)."""

    POSITIVE = "positive"
    """Modtaget af modtagerens system (XCTL03)."""
    NEGATIVE = "negative"
    """Afvist af modtagerens system (XCTL02)."""
    NEGATIVE_VANS = "negative_vans"
    """Kunne ikke leveres af VANS-operatøren (XCTL01)."""


class ReceiptLetter(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One letter a receipt is about."""

    letter_id: Annotated[str | None, label("Oprindeligt brevnummer")] = None
    version_code: Annotated[str | None, label("Oprindelig version")] = None
    refuse_code: Annotated[str | None, label("Afvisningskode")] = None
    refuse_text: Annotated[Text, label("Afvisningstekst")] = None


class Receipt(Message, frozen=True, kw_only=True, omit_defaults=True, tag="receipt"):
    """Teknisk kvittering, XCTL01/02/03 or a VANS receipt, standard §6.2. Never an acceptance."""

    outcome: Annotated[ReceiptOutcome, label("Udfald")]
    original_envelope_id: Annotated[str | None, label("Oprindeligt kuvertnummer")] = None
    original_message_id: Annotated[str | None, label("Oprindeligt VANS-meddelelsesnummer")] = None
    original_sender_gln: Annotated[str | None, label("Oprindelig afsender")] = None
    original_receiver_gln: Annotated[str | None, label("Oprindelig modtager")] = None
    refuse_code: Annotated[str | None, label("Afvisningskode")] = None
    refuse_text: Annotated[Text, label("Afvisningstekst")] = None
    original_letters: Annotated[tuple[ReceiptLetter, ...], label("Kvitterede breve")] = ()


class UnknownMessage(Message, frozen=True, kw_only=True, omit_defaults=True, tag="unknown"):
    """Ukendt MedCom-meddelelse: kept whole in ``extra`` and shown raw, never dropped."""

    root: Annotated[str, label("Meddelelsens navn")]
    namespace: Annotated[str | None, label("Navnerum")] = None


AnyMessage: TypeAlias = (
    CarePlan
    | RehabilitationPlan
    | Correspondence
    | AdmissionNotification
    | DischargeNotification
    | DischargeReport
    | EndedTreatment
    | Attachment
    | Receipt
    | UnknownMessage
)

KIND_LABELS: dict[type[Message], str] = {
    CarePlan: "Plejeforløbsplan",
    RehabilitationPlan: "Genoptræningsplan",
    Correspondence: "Korrespondancemeddelelse",
    AdmissionNotification: "Indlæggelsesadvis",
    DischargeNotification: "Udskrivningsadvis",
    DischargeReport: "Udskrivningsrapport",
    EndedTreatment: "Melding om færdigbehandling",
    Attachment: "Bilag",
    Receipt: "Teknisk kvittering",
    UnknownMessage: "Ukendt MedCom-meddelelse",
}
"""The Danish name of each kind of message."""


def kind_of(message: Message) -> str:
    """The stable English kind of a message (``care_plan``), as `inspect --json` prints it."""
    return str(message.__struct_config__.tag)
