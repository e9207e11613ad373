"""A pathway with something of everything in it, and the notes of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.app.pathway_views import NAMES, SJAELLAND
from tests.domain.strategies import at
from tests.domain.test_pathway import Journal
from visitator.domain.citizen import Citizen
from visitator.domain.entries import (
    AnswerCategory,
    ChecklistTicked,
    ConferenceAgreed,
    ConferenceForm,
    ConferenceMinutesReceived,
    CorrespondenceSent,
    NoteAdded,
    NoteKind,
    PartState,
    PhoneCall,
    PresentAtAdmission,
    Tick,
)
from visitator.domain.messages import (
    Ability,
    AbilityScore,
    AdmissionNotification,
    CarePlan,
    Correspondence,
    DischargeConference,
    DischargeNotification,
    NursingProblemArea,
    RehabilitationPlan,
)
from visitator.domain.moment import Moment
from visitator.domain.party import Organisation, Practitioner, Relative, Telephone
from visitator.domain.pathway import Pathway
from visitator.domain.text import RichText, Span, Style
from visitator.export.note import Author, Note
from visitator.export.notes import Order, OwnWords, write_note
from visitator.resources import load_checklist

WARD = Organisation(
    gln="5790001382445",
    organisation="Prøve Sygehus",
    department="Medicinsk Afdeling",
    unit="Afsnit M2",
    telephone="55 00 12 34",
)
RUTH = Citizen(
    cpr="2512489996",
    given_name="Ruth",
    surname="Testesen",
    street="Prøvevej 7",
    post_code="4000",
    district="Roskilde",
    telephones=(Telephone(number="20 30 40 50"),),
)
MEDICINE = "Mg   Præparat\n10   Prøvol\n 5   Testamin"
CHECKLIST = load_checklist(SJAELLAND)
NOW = at(3 * 24 * 60)
OWN = OwnWords(
    needs="Borgeren har brug for støtte til personlig hygiejne morgen og aften.",
    cause="Nedsat kraft i højre side efter apopleksi.",
    symptoms="Træthed og usikker gang.",
    wishes="Jeg vil helst hjem i mit eget.",
    decided="Hjemmepleje morgen og aften efter serviceloven § 83 fra udskrivelsesdagen.",
    follow_up="Anne Holm ringer til borgeren dagen efter udskrivelsen.",
)


def plan(**changed: Any) -> dict[str, Any]:
    """The fields of a plan for Ruth."""
    return {
        "sender": WARD,
        "citizen": RUTH,
        "practitioner": Practitioner(name="Lægehuset Prøve", telephone="46 00 00 00"),
        "relatives": (
            Relative(
                relation="datter",
                given_name="Karen",
                surname="Testesen",
                telephones=(Telephone(number="30 40 50 60"),),
                informed=True,
            ),
        ),
        "admitted": Moment(dt.date(2026, 1, 30), dt.time(14, 20)),
        "expected_end_of_treatment": Moment(dt.date(2026, 2, 4), dt.time(12)),
        "agreed_discharge": Moment(dt.date(2026, 2, 5), dt.time(13)),
        "cause_of_admission": RichText("Indlagt med lammelse i højre side.\nFaldet i hjemmet."),
        "expected_course": RichText("Mobiliseres dagligt. Genoptræning fortsætter hjemme."),
        "risk_of_contagion": RichText("Ingen kendt."),
        "auxiliaries": RichText("Rollator og badebænk."),
        "home_care_needs": RichText("Støttestrømper på og af."),
        "medicine_administration": RichText(
            MEDICINE, (Span(start=0, end=len(MEDICINE), style=Style.FIXED),)
        ),
        "lunch_box": True,
        "conference": DischargeConference(at=Moment(dt.date(2026, 2, 3), dt.time(10)), video=True),
        "ability": Ability(
            scores=(
                AbilityScore(description="Vaske sig", score="svaere", comment=RichText("Hjælp.")),
                AbilityScore(description="Gå på toilettet", score="moderate"),
                AbilityScore(description="Spise", score="ingen"),
            )
        ),
        "nursing_problem_areas": (
            NursingProblemArea(description="Hud og slimhinder", text=RichText("Rødme på hælen.")),
            NursingProblemArea(description="Søvn og hvile"),
        ),
    } | changed


def whole() -> Pathway:
    """Two plans, an answer each, a question, a call, a conference, a GOP and a discharge."""
    journal = Journal()
    header: dict[str, Any] = {"sender": WARD, "citizen": RUTH}
    journal.receive(
        AdmissionNotification, admitted=Moment(dt.date(2026, 1, 30), dt.time(14, 20)), **header
    )
    journal.receive(CarePlan, **plan())
    journal.reply(AnswerCategory.QUESTION, "Hvem bestiller badebænken?")
    journal.receive(
        Correspondence,
        subject="Svar på spørgsmål",
        texts=(RichText("Terapien bestiller den i dag."),),
        **header,
    )
    journal.add(PhoneCall(whom="Sygeplejerske Mette, M2", at=at(5), text="Nøglen er hos Karen."))
    journal.reply(AnswerCategory.COORDINATION, "Ønsker møde om hjemkomsten.")
    journal.add(
        ConferenceAgreed(form=ConferenceForm.VIDEO, at=Moment(dt.date(2026, 2, 3), dt.time(10, 30)))
    )
    minutes = journal.receive(
        Correspondence,
        subject="Beslutningsreferat",
        texts=(RichText("1. Ruth udskrives 6. februar.\n2. Hjemmepleje fra samme dag."),),
        **header,
    )
    journal.add(ConferenceMinutesReceived(letter=minutes.id))
    journal.receive(
        CarePlan, **plan(agreed_discharge=Moment(dt.date(2026, 2, 6), dt.time(11)), lunch_box=None)
    )
    journal.reply(AnswerCategory.OK)
    journal.add(CorrespondenceSent(subject="Nøgle", text="Karen lukker op kl. 11."))
    journal.receive(
        RehabilitationPlan,
        level_text="Almen genoptræning",
        contact_expected_end=Moment(dt.date(2026, 2, 6)),
        need_and_potential=RichText("Kan komme til at gå uden støtte."),
        **header,
    )
    journal.receive(
        DischargeNotification, discharged=Moment(dt.date(2026, 2, 6), dt.time(11, 15)), **header
    )
    journal.add(NoteAdded(text="Ring til Karen"))
    return journal.now()


def admitted() -> Journal:
    """A citizen just admitted at 08.01, the checklist begun, a hearing aid missing."""
    journal = Journal()
    moment = Moment(dt.date(2026, 2, 2), dt.time(7, 30))
    journal.receive(AdmissionNotification, admitted=moment, sender=WARD, citizen=RUTH)
    journal.add(PresentAtAdmission(was_present=True, who="Tove Prøve, social- og sundhedshjælper"))
    brought = tuple(Tick(part=part, state=PartState.BROUGHT) for part in ("keys", "glasses"))
    missing = Tick(part="hearing_aid", state=PartState.MISSING, note="Ligger på natbordet")
    journal.add(ChecklistTicked(ticks=(*brought, missing)), author="BKR")
    journal.add(
        ChecklistTicked(ticks=(Tick(part="dose_dispensing", state=PartState.NOT_RELEVANT),))
    )
    return journal


def order(kind: NoteKind = NoteKind.DISCHARGE, **fields: Any) -> Order:
    """What Anne Holm asks for."""
    given: dict[str, Any] = {
        "kind": kind,
        "case_number": "2026-00123",
        "purpose": "Journalføring af udskrivelse",
        "author": Author(name="Anne Holm", title="visitator", telephone="46 31 00 00"),
        "municipality": "Prøve Kommune",
        "unit": "Visitationen",
        "own": OWN,
    }
    return Order(**(given | fields))


def note_of(
    pathway: Pathway | None = None, *, linked: Pathway | None = None, **fields: Any
) -> Note:
    """The note of a pathway, of `whole` without one; `fields` as `order` takes them."""
    return write_note(
        pathway or whole(),
        order(**fields),
        agreement=SJAELLAND,
        checklist=CHECKLIST,
        names=NAMES,
        now=NOW,
        linked=linked,
    )
