"""What an entry is, in the words of the field."""

from visitator.domain.entries import (
    Assigned,
    Body,
    Closed,
    ConferenceAgreed,
    ConferenceMinutesReceived,
    CorrespondenceSent,
    Entry,
    Lapsed,
    LetterHandled,
    NoteAdded,
    Opened,
    PhoneCall,
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
}


def entry_title(entry: Entry) -> str:
    """Danish, short; a reply is its category. A kind this program does not know says so."""
    if isinstance(entry.body, ReplySent):
        return entry.body.category.label
    return TITLES.get(type(entry.body), "Ukendt hændelse")  # type: ignore[arg-type]
