"""What somebody in a role may write: the gateway refuses the rest, the screen does not offer it."""

from visitator.domain.entries import (
    AdmissionEntered,
    AdmissionReportNotNeeded,
    AdmissionReportSent,
    Assigned,
    Body,
    ChecklistExported,
    ChecklistTicked,
    Closed,
    ConferenceAgreed,
    ConferenceMinutesReceived,
    ControlStatusWritten,
    CorrespondenceSent,
    FollowUpAssigned,
    FollowUpClosed,
    FreeChoiceExplained,
    Lapsed,
    LeaveNoted,
    LetterHandled,
    NoteAdded,
    NoteExported,
    Opened,
    PhoneCall,
    PresentAtAdmission,
    RehabilitationContacted,
    RehabilitationDateSet,
    RehabilitationEnded,
    RehabilitationLevelSet,
    RehabilitationLinked,
    RehabilitationOfferChosen,
    RehabilitationPostponed,
    RehabilitationStartAgreed,
    RehabilitationStarted,
    RehabilitationStepWithdrawn,
    ReplySent,
    TransportArranged,
    TreatmentResumed,
)
from visitator.domain.terms import Role

TICKS: frozenset[type[Body]] = frozenset(
    {AdmissionEntered, ChecklistTicked, PresentAtAdmission, FollowUpAssigned, FollowUpClosed}
)
"""What is written in the home: the checklist, also before a notification has come."""

LOOKS: frozenset[type[Body]] = frozenset({Opened, ChecklistExported})
"""What everybody who sees a citizen leaves behind: it is for the audit, and never refused."""

REPORTS: frozenset[type[Body]] = frozenset(
    {AdmissionReportSent, AdmissionReportNotNeeded, LeaveNoted}
)

_TRAINING: frozenset[type[Body]] = frozenset(
    {
        RehabilitationContacted,
        FreeChoiceExplained,
        RehabilitationOfferChosen,
        RehabilitationStartAgreed,
        RehabilitationStarted,
        RehabilitationPostponed,
        TransportArranged,
        ControlStatusWritten,
        RehabilitationEnded,
        RehabilitationStepWithdrawn,
        RehabilitationDateSet,
        RehabilitationLevelSet,
        RehabilitationLinked,
    }
)
"""What is done about a rehabilitation plan."""

MAY_WRITE: dict[Role, frozenset[type[Body]]] = {
    Role.VISITATOR: frozenset(
        {
            ReplySent,
            CorrespondenceSent,
            Assigned,
            *LOOKS,
            PhoneCall,
            ConferenceAgreed,
            ConferenceMinutesReceived,
            TreatmentResumed,
            Lapsed,
            Closed,
            LetterHandled,
            NoteAdded,
            *TICKS,
            *REPORTS,
            NoteExported,
            *_TRAINING,
        }
    ),
    Role.MANAGER: frozenset({Assigned, *LOOKS}),
    Role.CARE_STAFF: frozenset({*LOOKS, *TICKS}),
}
"""Messages and what becomes of a reply are the gateway's own to write."""
