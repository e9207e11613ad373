"""The states, levels and roles that lists and rows tell of, each with its Danish word.

They stand apart from what they are computed from, so that a list can be shown before that is
loaded.
"""

import enum
from typing import Literal


class LabelledEnum(enum.Enum):
    """Values with a stable English code for the journal and a Danish label for the screen."""

    label: str

    # A member is the only one of its kind; enum's own hash is computed from the name each time.
    __hash__ = object.__hash__

    def __new__(cls, code: str, label: str) -> "LabelledEnum":  # noqa: D102
        member = object.__new__(cls)
        member._value_ = code
        member.label = label
        return member


class Role(LabelledEnum):
    """What a user may do; `visitator.domain.roles` says what they may write."""

    VISITATOR = "visitator", "Visitator"
    MANAGER = "leder", "Leder"
    CARE_STAFF = "plejepersonale", "Plejepersonale"


class Stay(LabelledEnum):
    """Where the hospital stay stands (requirements §12, the side track and what follows).

    The hours of extended treatment responsibility after a discharge need a clock and a profile;
    they are not a state here.
    """

    UNKNOWN = "unknown", "Ikke oplyst"
    ADMITTED = "admitted", "Indlagt"
    ADMISSION_CANCELLED = "admission_cancelled", "Indlæggelsesadvis annulleret"
    TREATMENT_ENDED = "treatment_ended", "Færdigbehandlet (MOF)"
    TREATMENT_RESUMED = "treatment_resumed", "Behandling genoptaget"
    REPORT_RECEIVED = "report_received", "Udskrivningsrapport modtaget"
    MOVED = "moved", "Flyttet til andet sygehus eller afdeling"
    DISCHARGED = "discharged", "Udskrevet"
    CLOSED = "closed", "Afsluttet"
    LAPSED = "lapsed", "Bortfaldet"


class ReplyState(LabelledEnum):
    """Where the answer to a plan version stands (requirements §12).

    That it is technically received is no state: it is the `Delivery` of a reply.
    """

    RECEIVED = "received", "Modtaget"
    IN_PROGRESS = "in_progress", "Under behandling"
    ANSWERED_OK = "answered_ok", "Besvaret: Plejeforløbsplan OK"
    AGREEMENT = "agreement", "Aftale om udskrivelse"
    AWAITING_HOSPITAL = "awaiting_hospital", "Afventer sygehus"
    ANSWER_RECEIVED = "answer_received", "Svar modtaget"
    COORDINATION = "coordination", "Besvaret: Ønske om udvidet koordinering"
    CONFERENCE_AGREED = "conference_agreed", "Planlægningskonference aftalt"
    MINUTES_RECEIVED = "minutes_received", "Referat modtaget"
    SUPERSEDED = "superseded", "Erstattet af ny PFP"
    LAPSED = "lapsed", "Bortfaldet"


class Transit(LabelledEnum):
    """How far what was sent has come on its way to the hospital (architecture §4.8).

    None of them says that a person has read it (rule F).
    """

    OUTBOX = "outbox", "I udbakke"
    AT_GATEWAY = "at_gateway", "Sendt til gateway"
    HANDED_OVER = "handed_over", "Sendt til sygehuset"
    RECEIVED = "received", "Modtaget af sygehuset"
    ATTENTION = "attention", "Kræver handling"


class ReportState(LabelledEnum):
    """Where the admission report stands (rules A and B)."""

    DUE = "due", "Skal suppleres ved behov"
    MUST = "must", "Skal udfyldes og sendes"
    """An employee was present, so the texts the agreement prescribes must be written (R3.7)."""
    IN_TIME = "in_time", "Sendt til tiden"
    LATE = "late", "Sendt efter fristen"
    SENT = "sent", "Sendt"
    """There is no deadline it could be measured by."""
    NOT_NEEDED = "not_needed", "Ikke nødvendig"
    NO_LONGER = "no_longer", "Bortfaldet"
    """The admission was cancelled, or the citizen is no longer in hospital."""


class RehabilitationLevel(enum.Enum):
    """What the hospital decides (standard §5). Basal and avanceret are the municipality's."""

    GENERAL = "almen"
    SPECIALISED = "specialiseret"
    SPECIALISED_REHABILITATION = "rehabilitering"


class TrainingLevel(LabelledEnum):
    """The level of a course as both have set it: the hospital's, and within almen our own."""

    GENERAL = "general", "Almen, niveau ikke fastsat"
    BASIC = "basic", "Almen, basalt niveau"
    ADVANCED = "advanced", "Almen, avanceret niveau"
    SPECIALISED = "specialised", "Specialiseret genoptræning"
    SPECIALISED_REHABILITATION = (
        "specialised_rehabilitation",
        "Rehabilitering på specialiseret niveau",
    )
    UNKNOWN = "unknown", "Ukendt type"


class CourseState(LabelledEnum):
    """How far a rehabilitation course has come; the furthest step that was taken says so."""

    RECEIVED = "received", "Modtaget"
    CONTACTED = "contacted", "Borger kontaktet"
    CHOICE_EXPLAINED = "choice_explained", "Frit valg oplyst"
    OFFER_CHOSEN = "offer_chosen", "Tilbud valgt"
    START_AGREED = "start_agreed", "Opstart aftalt"
    STARTED = "started", "Startet"
    ENDED = "ended", "Afsluttet"
    CANCELLED = "cancelled", "Annulleret af sygehuset"
    LAPSED = "lapsed", "Bortfaldet"


Actor = Literal["municipality", "hospital", "region"]


class DischargeSource(LabelledEnum):
    """Who says when the citizen was, or will be, discharged."""

    NOTIFIED = "notified", "Udskrivningsadvis"
    PERSON = "person", "Oplyst af en medarbejder"
    PLAN = "plan", "Forventet ifølge planen"


class Provider(LabelledEnum):
    """Where the citizen is to be trained (R9.4, and sundhedsloven § 140, stk. 4)."""

    OWN = "own", "Kommunens eget tilbud"
    OTHER_MUNICIPALITY = "other_municipality", "Anden kommunes tilbud"
    THIRD_PARTY = "third_party", "Leverandør efter kommunens aftale"
    PRIVATE = "private", "Privat leverandør efter § 140, stk. 4"
    """Open to the citizen when the municipality cannot offer a start in time."""


class PostponementReason(LabelledEnum):
    """Why rehabilitation starts after its deadline (årsag til overskridelse, R9.8)."""

    CITIZEN = "citizen", "Borgerens ønske"
    HEALTH = "health", "Sundhedsfaglig årsag"
    AGREED = "agreed", "Aftalt inden udskrivelsen"
    CAPACITY = "capacity", "Kapacitet"
