"""The pathway column: what happened, what is ahead, what was said, and how far it has come."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.app.pathway_views import MIDTJYLLAND, NOW, item, step, view_of
from tests.domain.strategies import HOSPITAL, at, entry
from tests.domain.test_pathway import COORDINATION, OK, QUESTION, Journal
from visitator.app.views import PathwayView, Point, Sent, StepState, Transit
from visitator.domain.citizen import Citizen
from visitator.domain.entries import (
    AnyBody,
    Assigned,
    Closed,
    ConferenceAgreed,
    ConferenceForm,
    ConferenceMinutesReceived,
    CorrespondenceSent,
    DeliveryFailed,
    Entry,
    Lapsed,
    LapseReason,
    NoteAdded,
    Opened,
    PhoneCall,
    PlanState,
    ReplyHandedOver,
    ReplySent,
    TreatmentResumed,
    UnknownBody,
)
from visitator.domain.messages import (
    AdmissionNotification,
    Attachment,
    BinaryObject,
    CarePlan,
    Correspondence,
    DischargeNotification,
    DischargeReport,
    EndedTreatment,
    ReceiptLetter,
    ReceiptOutcome,
    Reference,
    RehabilitationPlan,
    UnknownMessage,
)
from visitator.domain.moment import Moment
from visitator.domain.party import Organisation
from visitator.domain.text import RichText
from visitator.store.values import OutboxState

TUESDAY = dt.date(2026, 2, 3)
WARD = Organisation(gln=HOSPITAL.gln, organisation="Nordfjordens Sygehus", unit="M2")


@pytest.fixture
def journal() -> Journal:
    return Journal()


@pytest.fixture
def planned(journal: Journal) -> Journal:
    """A citizen in hospital, with a plan for tomorrow."""
    journal.receive(AdmissionNotification, admitted=Moment(dt.date(2026, 2, 1), dt.time(7, 40)))
    journal.receive(
        CarePlan,
        sender=WARD,
        expected_end_of_treatment=Moment(TUESDAY, dt.time(10)),
        agreed_discharge=Moment(TUESDAY, dt.time(11)),
    )
    return journal


def titles(view: PathwayView, *states: StepState) -> list[str]:
    return [each.title for each in view.steps if not states or each.state in states]


def reply_sent(view: PathwayView) -> Sent:
    assert view.last_reply is not None
    return view.last_reply


# --- steps


def test_a_new_plan_waits_for_an_answer(planned: Journal) -> None:
    view = view_of(planned)
    assert titles(view) == ["Indlagt", "Plejeforløbsplan", "Færdigbehandlet", "Udskrevet"]
    admitted, plan, ended, discharged = view.steps
    assert (admitted.state, admitted.detail) == (StepState.DONE, "advis")
    assert admitted.day == Point(date=dt.date(2026, 2, 1), time=dt.time(7, 40))
    assert (plan.state, plan.number, plan.detail) == (StepState.NOW, 1, "afventer svar")
    assert (plan.who, plan.at) == ("M2", at(2))
    assert (ended.state, ended.detail) == (StepState.AHEAD, "forventet")
    assert (discharged.day, discharged.detail) == (
        Point(date=TUESDAY, time=dt.time(11)),
        "aftalt",
    )


def test_a_question_shows_who_asked_and_by_when_the_hospital_answers(planned: Journal) -> None:
    planned.reply(QUESTION, "Badebænk?")
    view = view_of(planned)
    asked = step(view, "Uddybende spørgsmål")
    assert (asked.state, asked.who, asked.detail) == (
        StepState.OURS,
        "Anne Holm",
        "Sendt til gateway",
    )
    awaited = step(view, "Svar fra sygehuset")
    assert (awaited.state, awaited.detail) == (StepState.NOW, "svarfrist")
    assert awaited.day == Point(date=TUESDAY, time=dt.time(11))
    assert step(view, "Plejeforløbsplan").state is StepState.DONE


def test_without_a_deadline_for_the_hospital_none_is_shown(planned: Journal) -> None:
    planned.reply(QUESTION, "Badebænk?")
    awaited = step(view_of(planned, agreement=MIDTJYLLAND), "Svar fra sygehuset")
    assert (awaited.day, awaited.detail) == (None, "afventer sygehuset")


def test_the_hospitals_answer_waits_for_a_final_category(planned: Journal) -> None:
    planned.reply(QUESTION, "Badebænk?")
    planned.receive(Correspondence, sender=WARD, subject="Svar")
    answer = step(view_of(planned), "Svar fra sygehuset")
    assert (answer.state, answer.who, answer.detail) == (StepState.NOW, "M2", "afventer svar")
    planned.reply(OK)
    assert step(view_of(planned), "Svar fra sygehuset").state is StepState.DONE


def test_a_letter_that_answers_nothing_is_no_step(planned: Journal) -> None:
    planned.receive(Correspondence, subject="Orientering")
    assert "Svar fra sygehuset" not in titles(view_of(planned))


def test_a_call_that_answers_is_a_step_and_any_other_is_not(planned: Journal) -> None:
    planned.add(PhoneCall(whom="M2", at=at(5), text="Intet nyt."))
    planned.reply(QUESTION, "Badebænk?")
    assert step(view_of(planned), "Svar fra sygehuset").state is StepState.NOW
    call = planned.add(PhoneCall(whom="M2", at=at(9), text="Ja.", clears=True))
    answer = step(view_of(planned), "Svar fra sygehuset")
    assert (answer.entry_id, answer.who) == (call.id, "Anne Holm")


def test_a_new_version_is_another_step(planned: Journal) -> None:
    planned.reply(OK)
    planned.receive(CarePlan, sender=WARD, lunch_box=True)
    plans = [each for each in view_of(planned).steps if each.title == "Plejeforløbsplan"]
    assert [(each.number, each.state) for each in plans] == [
        (1, StepState.DONE),
        (2, StepState.NOW),
    ]


def test_a_wish_for_coordination_awaits_the_hospital_and_then_the_conference(
    planned: Journal,
) -> None:
    planned.reply(COORDINATION)
    wished = step(view_of(planned), "Planlægningskonference")
    assert (wished.state, wished.detail) == (StepState.NOW, "afventer sygehuset")
    at_noon = Moment(TUESDAY, dt.time(12))
    planned.add(ConferenceAgreed(form=ConferenceForm.VIDEO, at=at_noon))
    view = view_of(planned)
    assert step(view, "Planlægningskonference aftalt").detail == "Videokonference"
    ahead = step(view, "Planlægningskonference")
    assert (ahead.state, ahead.day) == (
        StepState.AHEAD,
        Point(date=TUESDAY, time=dt.time(12)),
    )
    held = view_of(planned, now=at_noon.instant())
    assert "Planlægningskonference" not in titles(held)


def test_the_minutes_wait_for_an_answer(planned: Journal) -> None:
    planned.reply(COORDINATION)
    letter = planned.receive(Correspondence, sender=WARD, subject="Referat")
    planned.add(ConferenceMinutesReceived(letter=letter.id))
    assert step(view_of(planned), "Referat modtaget").state is StepState.NOW


def test_what_the_hospital_reports_of_the_stay_are_steps(planned: Journal) -> None:
    planned.reply(OK)
    planned.receive(EndedTreatment, end_of_treatment=Moment(TUESDAY, dt.time(9)))
    planned.receive(DischargeReport)
    planned.receive(DischargeNotification, discharged=Moment(TUESDAY, dt.time(11)))
    planned.receive(RehabilitationPlan)
    view = view_of(planned)
    assert titles(view) == [
        "Indlagt",
        "Plejeforløbsplan",
        "Plejeforløbsplan OK",
        "Færdigbehandlet",
        "Udskrivningsrapport modtaget",
        "Udskrevet",
        "Genoptræningsplan",
    ]
    assert titles(view, StepState.AHEAD) == []
    assert step(view, "Færdigbehandlet").day == Point(date=TUESDAY, time=dt.time(9))
    assert step(view, "Udskrevet").detail == ""


def test_a_discharge_without_agreement_says_so(planned: Journal) -> None:
    planned.receive(DischargeNotification, discharged=Moment(TUESDAY, dt.time(11)))
    assert step(view_of(planned), "Udskrevet").detail == "uden aftale"


@pytest.mark.parametrize(
    ("status", "title"),
    [("doed", "Død"), ("flyttet_til_sygehus", "Flyttet til andet sygehus eller afdeling")],
)
def test_a_discharge_that_is_none_is_called_what_it_is(
    planned: Journal, status: str, title: str
) -> None:
    citizen = Citizen(cpr="2512489996", stay_status=status)
    planned.receive(DischargeNotification, discharged=Moment(TUESDAY), citizen=citizen)
    assert titles(view_of(planned), StepState.DONE)[-1] == title


def test_a_cancelled_notification_says_so(planned: Journal) -> None:
    planned.receive(DischargeNotification, status_code="annulleretbrev")
    cancelled = step(view_of(planned), "Udskrivningsadvis")
    assert cancelled.detail == "annulleret"


def test_treatment_that_was_taken_up_again_is_ahead_of_its_end(planned: Journal) -> None:
    planned.receive(EndedTreatment, end_of_treatment=Moment(TUESDAY))
    planned.add(TreatmentResumed(at=Moment(TUESDAY)))
    view = view_of(planned)
    assert "Behandling genoptaget" in titles(view, StepState.DONE)
    assert "Færdigbehandlet" in titles(view, StepState.AHEAD)


@pytest.mark.parametrize(
    ("body", "title", "detail"),
    [
        (Lapsed(reason=LapseReason.TRANSFERRED), "Bortfaldet", "Overflyttet"),
        (Closed(), "Afsluttet", ""),
    ],
)
def test_nothing_is_ahead_of_a_pathway_that_is_over(
    planned: Journal, body: AnyBody, title: str, detail: str
) -> None:
    planned.add(body)
    view = view_of(planned)
    assert (view.steps[-1].title, view.steps[-1].detail) == (title, detail)
    assert titles(view, StepState.AHEAD, StepState.NOW) == []


def test_a_kind_this_program_does_not_know_is_shown_as_one(planned: Journal) -> None:
    planned.add(UnknownBody(kind="robot_waved", raw=b'{"kind":"robot_waved"}'))
    unknown = step(view_of(planned), "Hændelse, som denne version ikke kan vise")
    assert (unknown.who, unknown.detail) == ("Anne Holm", "robot_waved")


def test_a_message_this_program_does_not_know_is_shown_by_its_name(planned: Journal) -> None:
    planned.receive(UnknownMessage, root="MunicipalityLetter")
    planned.receive(UnknownMessage, root="ReportOfAdmission")
    view = view_of(planned)
    assert step(view, "Ukendt MedCom-meddelelse").detail == "MunicipalityLetter"
    assert step(view, "Indlæggelsesrapport").state is StepState.DONE


def test_looking_and_taking_are_no_steps(planned: Journal) -> None:
    before = titles(view_of(planned))
    planned.add(Assigned(owner="AHN", previous=None))
    planned.add(Opened())
    planned.add(NoteAdded(text="Ring i morgen"))
    assert titles(view_of(planned)) == before


# --- how far a reply has come


def test_a_reply_can_be_undone_until_its_window_ends(planned: Journal) -> None:
    reply = planned.reply(OK, pending=True)
    until = NOW + dt.timedelta(seconds=10)
    outbox = [item(reply.entry, not_before=until)]
    sent = reply_sent(view_of(planned, outbox=outbox))
    assert (sent.transit, sent.until, sent.label) == (Transit.UNDO, until, "Kan fortrydes")
    sent = reply_sent(view_of(planned, outbox=outbox, now=until))
    assert (sent.transit, sent.until, sent.label) == (Transit.OUTBOX, None, "I udbakke")


@pytest.mark.parametrize(
    ("state", "attempts", "transit", "label"),
    [
        (OutboxState.QUEUED, 1, Transit.OUTBOX, "I udbakke"),
        (OutboxState.SENT, 1, Transit.OUTBOX, "I udbakke, sendes"),
        (OutboxState.ACKED, 1, Transit.AT_GATEWAY, "Sendt til gateway"),
        (OutboxState.HELD, 0, Transit.ATTENTION, "Venter på din afgørelse"),
    ],
)
def test_a_reply_in_the_outbox_is_called_what_it_is(
    planned: Journal, state: OutboxState, attempts: int, transit: Transit, label: str
) -> None:
    reply = planned.reply(OK, pending=True)
    outbox = [item(reply.entry, state, attempts, not_before=NOW + dt.timedelta(seconds=10))]
    view = view_of(planned, outbox=outbox)
    assert (reply_sent(view).transit, reply_sent(view).label) == (transit, label)
    assert step(view, "Plejeforløbsplan OK").detail == label
    assert view.last_reply_label == "Plejeforløbsplan OK"


def test_a_reply_on_its_way_says_how_far_it_has_come(planned: Journal) -> None:
    reply = planned.reply(OK, letter_id="BREV1", envelope_id="KUV1")
    assert reply_sent(view_of(planned)).transit is Transit.AT_GATEWAY
    planned.add(ReplyHandedOver(reply=reply.entry.id))
    sent = reply_sent(view_of(planned))
    assert (sent.transit, sent.at, sent.label) == (
        Transit.HANDED_OVER,
        at(4),
        "Sendt til sygehuset",
    )
    letters = (ReceiptLetter(letter_id="BREV1"),)
    planned.receipt(ReceiptOutcome.POSITIVE, original_letters=letters)
    sent = reply_sent(view_of(planned))
    assert (sent.transit, sent.at, sent.problem) == (Transit.RECEIVED, at(5), "")


def test_a_refused_reply_gives_the_hospitals_own_words(planned: Journal) -> None:
    planned.reply(OK, letter_id="BREV1", envelope_id="KUV1")
    refused = ReceiptLetter(letter_id="BREV1", refuse_text=RichText("Ukendt modtager"))
    planned.receipt(ReceiptOutcome.NEGATIVE, original_letters=(refused,))
    view = view_of(planned)
    assert reply_sent(view).transit is Transit.ATTENTION
    assert reply_sent(view).problem == "Ukendt modtager"
    assert step(view, "Plejeforløbsplan OK").detail == "Kræver handling"


def test_a_reply_the_gateway_gave_up_gives_its_reason(planned: Journal) -> None:
    reply = planned.reply(OK)
    planned.add(DeliveryFailed(reply=reply.entry.id, reason="Sygehuset har ikke kvitteret."))
    assert reply_sent(view_of(planned)).problem == "Sygehuset har ikke kvitteret."


def test_the_answer_to_an_earlier_version_is_not_the_last_reply(planned: Journal) -> None:
    planned.reply(OK)
    planned.receive(CarePlan, lunch_box=True)
    assert view_of(planned).last_reply is None


# --- the thread


def test_letters_both_ways_calls_and_notes_in_order(planned: Journal) -> None:
    planned.reply(QUESTION, "Kan sårskift varetages i hjemmet?")
    planned.receive(
        Correspondence,
        sender=WARD,
        subject="Plejeforløbsplan",
        texts=(RichText("Sårskift kan overgå."), RichText("Venlig hilsen")),
        references=(Reference(description="Sårplan", url="https://nordfjord.invalid/plan"),),
    )
    planned.add(PhoneCall(whom="Lis Ravn, M2", at=at(3), text="Materialer medgives."))
    planned.add(
        CorrespondenceSent(subject="Ambulant", text="Kan tiden flyttes?", purpose="action"),
        author="BKR",
    )
    planned.add(NoteAdded(text="Ring i morgen"))
    thread = view_of(planned).thread
    assert [(each.kind, each.ours, each.who, each.title, str(each.text)) for each in thread] == [
        (
            "reply",
            True,
            "Anne Holm",
            "Uddybende spørgsmål",
            "Kan sårskift varetages i hjemmet?",
        ),
        ("letter", False, "M2", "Plejeforløbsplan", "Sårskift kan overgå.\nVenlig hilsen"),
        ("call", True, "Anne Holm", "Lis Ravn, M2", "Materialer medgives."),
        ("letter", True, "Bo Krog", "Ambulant", "Kan tiden flyttes?"),
        ("note", True, "Anne Holm", "Internt notat", "Ring i morgen"),
    ]
    assert thread[1].attachments == ("Sårplan · https://nordfjord.invalid/plan",)
    assert thread[1].raw_id == "raw"
    assert thread[2].at == at(3)
    assert thread[3].purpose == "ønske om handling"
    assert [each.sent is not None for each in thread] == [True, False, False, True, False]


def test_an_attachment_stands_in_the_thread(planned: Journal) -> None:
    files = (BinaryObject(object_id="A-1", extension="pdf", content=b"x"),)
    planned.receive(Attachment, contents="Sårplan", objects=files)
    (letter,) = view_of(planned).thread
    assert (letter.title, str(letter.text), letter.attachments) == (
        "Bilag",
        "Sårplan",
        ("A-1 · pdf",),
    )


def test_what_was_written_when_a_pathway_lapsed_is_kept_as_a_note(planned: Journal) -> None:
    planned.add(Lapsed(reason=LapseReason.CANCELLED, text="Forkert borger"))
    (note,) = view_of(planned).thread
    assert (note.kind, note.title, str(note.text)) == ("note", "Bortfaldet", "Forkert borger")


def test_a_note_that_is_not_sent_yet_says_so(planned: Journal) -> None:
    pending = planned.add(NoteAdded(text="Ring i morgen"), pending=True)
    (note,) = view_of(planned, outbox=[item(pending)]).thread
    assert note.sent is not None
    assert note.sent.transit is Transit.OUTBOX


def test_another_reply_to_the_same_state_is_shown_but_does_not_count(planned: Journal) -> None:
    state = planned.now().to_answer
    planned.reply(OK, to=state)
    planned.reply(QUESTION, "Badebænk?", to=state)
    view = view_of(planned)
    assert [each.sent.counts for each in view.thread if each.sent] == [True, False]
    assert "Uddybende spørgsmål" not in titles(view)
    assert view.last_reply_label == "Plejeforløbsplan OK"


# --- a colleague was first


def refused(planned: Journal, body: AnyBody, winner: Entry | None, reason: str) -> PathwayView:
    mine = entry(90, body)
    return view_of(
        planned, outbox=[item(mine, OutboxState.ATTENTION, 1, reason=reason, winner=winner)]
    )


def question(planned: Journal) -> ReplySent:
    state = planned.now().to_answer
    assert state is not None
    return ReplySent(category=QUESTION, answers=state, comment="Badebænk?")


def test_a_colleague_who_answered_first_is_named_and_the_text_is_kept(planned: Journal) -> None:
    mine = question(planned)
    theirs = entry(3, ReplySent(category=OK, answers=mine.answers), seq=3, author="BKR")
    planned.entries.append(theirs)
    view = refused(planned, mine, theirs, "already_answered")
    assert view.lost is not None
    assert (view.lost.who, view.lost.at, view.lost.what) == (
        "Bo Krog",
        at(3),
        "Plejeforløbsplan OK",
    )
    assert view.lost.reason == "already_answered"
    mine_shown = view.thread[-1]
    assert str(mine_shown.text) == "Badebænk?"
    assert mine_shown.sent is not None
    assert (mine_shown.sent.transit, mine_shown.sent.counts) == (Transit.ATTENTION, False)
    assert reply_sent(view).entry_id == theirs.id


def test_a_new_version_that_came_first_is_named(planned: Journal) -> None:
    mine = question(planned)
    version = planned.receive(CarePlan, sender=WARD, lunch_box=True)
    view = refused(planned, mine, version, "superseded")
    assert view.lost is not None
    assert (view.lost.who, view.lost.what) == ("Nordfjordens Sygehus, M2", "Plejeforløbsplan")
    assert view.lost.at == at(3)


def test_a_colleague_who_took_it_first_is_named(planned: Journal) -> None:
    theirs = planned.add(Assigned(owner="BKR", previous=None), author="BKR")
    view = refused(planned, Assigned(owner="AHN", previous=None), theirs, "conflict")
    assert view.lost is not None
    assert (view.lost.who, view.lost.what) == ("Bo Krog", "Tildeling")


def test_a_refusal_without_a_winner_names_nobody(planned: Journal) -> None:
    view = refused(planned, question(planned), None, "superseded")
    assert view.lost is not None
    assert (view.lost.who, view.lost.at, view.lost.what) == ("", None, "")


def test_other_refusals_are_no_lost_race(planned: Journal) -> None:
    mine = ReplySent(category=OK, answers=PlanState(plan="E02"))
    assert refused(planned, mine, None, "forbidden").lost is None
    assert view_of(planned).lost is None
