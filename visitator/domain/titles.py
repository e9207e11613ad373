"""What an entry is, in the words of the field."""

from visitator.domain.entries import (
    AdmissionEntered,
    AdmissionReportNotNeeded,
    AdmissionReportSent,
    Assigned,
    Body,
    ChecklistTicked,
    Closed,
    ConferenceAgreed,
    ConferenceMinutesReceived,
    CorrespondenceSent,
    Entry,
    FollowUpAssigned,
    FollowUpClosed,
    Lapsed,
    LeaveNoted,
    LetterHandled,
    NoteAdded,
    NoteExported,
    Opened,
    PhoneCall,
    PresentAtAdmission,
    ReplySent,
    TreatmentResumed,
)

TITLES: dict[type[Body], str] = {
    CorrespondenceSent: "Korrespondancemeddelelse",
    Assigned: "Tildeling",
    Opened: "Åbnet",
    PhoneCall: "Telefonnotat",
    ConferenceAgreed: "Planlægningskonference aftalt",
    ConferenceMinutesReceived: "Beslutningsreferat modtaget",
    TreatmentResumed: "Behandling genoptaget",
    Lapsed: "Bortfaldet",
    Closed: "Afsluttet",
    LetterHandled: "Brev behandlet",
    NoteAdded: "Internt notat",
    AdmissionEntered: "Indlæggelse oprettet",
    ChecklistTicked: "Tjekliste ved indlæggelse",
    PresentAtAdmission: "Til stede ved indlæggelsen",
    FollowUpAssigned: "Opfølgning tildelt",
    FollowUpClosed: "Opfølgning afsluttet",
    AdmissionReportSent: "Indlæggelsesrapport",
    AdmissionReportNotNeeded: "Indlæggelsesrapport ikke nødvendig",
    LeaveNoted: "Orlov",
    NoteExported: "Notat taget ud",
}


def entry_title(entry: Entry) -> str:
    """Danish, short; a reply is its category. A kind this program does not know says so."""
    if isinstance(entry.body, ReplySent):
        return entry.body.category.label
    return TITLES.get(type(entry.body), "Ukendt hændelse")  # type: ignore[arg-type]
