"""The admission side of a desk, as the screen meets it: tick together, report in time, go offline.

The gateway is real; the hospital's files go in at one end, and countdowns come out at the other.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.app.town import Seat, Town, town_in
from tests.gateway.mailbox import (
    AKSEL,
    EPISODE,
    NANCY,
    admission,
    changed,
    discharge,
    plan,
    written,
)
from visitator.app.admission_views import AdmissionFlag, AdmissionGroupKind, AdmissionView, PartView
from visitator.app.views import Decision, KnownError, Point, Transit
from visitator.domain.citizen import Citizen
from visitator.domain.deadlines import COPENHAGEN
from visitator.domain.messages import AdmissionNotification, ReceiptOutcome
from visitator.domain.moment import Moment
from visitator.domain.terms import Role
from visitator.gateway import intake

REPORT_DUE, ADMITTED, ENDED = AdmissionGroupKind
TEXTS = {"cause": "Faldet i soveværelset.", "prevention": "Akutsygeplejerske tilkaldt."}
TODAY = Point(date=dt.date(2030, 3, 5), time=dt.time(3, 47))


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with town_in(tmp_path) as town:
        yield town


@pytest.fixture
def seat(town: Town) -> Seat:
    return town.seat()


@pytest.fixture
def pathway(town: Town, seat: Seat) -> str:
    """A notification that has come, about a citizen whose name is known."""
    return arrived(town, seat, admission())


def arrived(town: Town, seat: Seat, message: AdmissionNotification) -> str:
    found = town.sends(message)
    seat.until(lambda: seat.desk.admissions.view(found))
    return found


def view(seat: Seat, pathway: str) -> AdmissionView:
    found = seat.desk.admissions.view(pathway)
    assert found is not None
    return found


def parts(seat: Seat, pathway: str) -> dict[str, PartView]:
    checklist = view(seat, pathway).checklist
    assert checklist is not None
    return {part.code: part for item in checklist.items for part in item.parts}


def groups(seat: Seat) -> list[tuple[str, AdmissionGroupKind]]:
    return [(e.pathway_id, e.group) for e in seat.desk.admissions.rows(0, 100, with_ended=True)]


# --- the list and its deadlines (rules A and B, through the whole stack)


@pytest.mark.parametrize(
    ("now", "due", "is_night"),
    [
        (dt.datetime(2026, 2, 2, 9, 15), dt.datetime(2026, 2, 2, 17, 15), False),
        (dt.datetime(2026, 2, 2, 22, 59), dt.datetime(2026, 2, 3, 6, 59), False),
        (dt.datetime(2026, 2, 2, 23, 0), dt.datetime(2026, 2, 3, 10, 0), True),
        (dt.datetime(2026, 2, 3, 6, 59), dt.datetime(2026, 2, 3, 10, 0), True),
        (dt.datetime(2026, 3, 28, 19, 30), dt.datetime(2026, 3, 29, 4, 30), False),
        (dt.datetime(2026, 10, 24, 20, 0), dt.datetime(2026, 10, 25, 3, 0, fold=1), False),
    ],
)
def test_a_notification_becomes_a_row_with_its_deadline(
    town: Town, now: dt.datetime, due: dt.datetime, is_night: bool
) -> None:
    town.now = now.replace(tzinfo=COPENHAGEN).astimezone(dt.UTC)
    seat = town.seat()
    pathway = arrived(town, seat, admission())
    (row,) = seat.desk.admissions.rows(0, 10)
    assert row.deadline is not None
    assert row.deadline.due is not None
    assert row.deadline.due.astimezone(dt.UTC) == due.replace(tzinfo=COPENHAGEN).astimezone(dt.UTC)
    assert (AdmissionFlag.NIGHT in row.flags) == is_night
    assert (row.group, row.is_overdue) == (REPORT_DUE, False)
    assert seat.desk.admissions.overview().next_due == row.deadline.due
    assert view(seat, pathway).report.deadline == row.deadline
    town.now = row.deadline.due.astimezone(dt.UTC)
    assert not view(seat, pathway).row.is_overdue
    town.later(seconds=1)
    assert view(seat, pathway).row.is_overdue
    assert seat.desk.admissions.overview().next_due is None


def test_the_row_says_who_where_and_how_long(seat: Seat, pathway: str) -> None:
    (row,) = seat.desk.admissions.rows(0, 10)
    assert (row.cpr_masked, row.ward) == (
        "251248-••••",
        "Nordfjordens Sygehus, Ortopædkirurgisk Afdeling, O3",
    )
    assert row.admitted == Point(date=dt.date(2030, 3, 1), time=dt.time(9))
    assert (row.day, row.state, row.done, row.total) == (5, "Indlagt", 0, 11)
    assert AdmissionFlag.UNKNOWN_CITIZEN in row.flags  # a notification names nobody


def test_a_plan_gives_the_citizen_a_name_and_the_row_a_state(
    town: Town, seat: Seat, pathway: str
) -> None:
    assert town.sends(plan()) == pathway
    row = seat.until(lambda: _with_plan(seat, pathway))
    assert (row.row.name, row.row.version) == ("Karen-Margrethe Østerby Vind", 1)
    assert row.row.state == "Modtaget"
    assert AdmissionFlag.UNKNOWN_CITIZEN not in row.row.flags


def _with_plan(seat: Seat, pathway: str) -> AdmissionView | None:
    found = view(seat, pathway)
    return found if found.row.version else None


def test_counts_and_places_are_those_of_the_rows(town: Town, seat: Seat, pathway: str) -> None:
    other = arrived(town, seat, admission(AKSEL, "9" * 32))
    seat.desk.admissions.report_not_needed(other, "Intet nyt siden i går").result()
    assert groups(seat) == [(pathway, REPORT_DUE), (other, ADMITTED)]
    assert seat.desk.admissions.overview().counts == {REPORT_DUE: 1, ADMITTED: 1, ENDED: 0}
    assert seat.desk.admissions.overview().now == 2
    assert seat.desk.admissions.position(other) == 1
    assert seat.desk.admissions.rows(1, 1) == seat.desk.admissions.rows(0, 2)[1:]


def test_a_discharge_ends_it_and_it_stays_to_be_seen(town: Town, seat: Seat, pathway: str) -> None:
    town.sends(discharge())
    seat.until(lambda: not seat.desk.admissions.rows(0, 10))
    (row,) = seat.desk.admissions.rows(0, 10, with_ended=True)
    assert (row.group, row.day, row.deadline, row.state) == (ENDED, None, None, "Udskrevet")
    assert seat.desk.admissions.position(pathway) is None
    assert seat.desk.admissions.position(pathway, with_ended=True) == 0


# --- the checklist


def test_the_checklist_is_the_agreements(seat: Seat, pathway: str) -> None:
    checklist = view(seat, pathway).checklist
    assert checklist is not None
    assert [len(item.parts) for item in checklist.items] == [1, 1, 2, 2, 1, 1, 3]
    assert [each.label for each in checklist.states] == ["Medbragt", "Ikke relevant", "Mangler"]
    assert parts(seat, pathway)["special_medicine"].always == "skal altid medbringes"


def test_the_list_to_take_along_has_nobodys_ticks(seat: Seat, pathway: str) -> None:
    seat.desk.admissions.all_brought(pathway).result()
    blank = seat.desk.admissions.blank()
    assert blank is not None
    assert [len(item.parts) for item in blank.items] == [1, 1, 2, 2, 1, 1, 3]
    assert {part.tick for item in blank.items for part in item.parts} == {None}


def test_a_tick_says_who_and_when_at_once_and_offline(town: Town, seat: Seat, pathway: str) -> None:
    seat.wire.is_cut = True
    seat.desk.admissions.tick(pathway, "hearing_aid", "missing", "På natbordet").result()
    tick = parts(seat, pathway)["hearing_aid"].tick
    assert tick is not None
    assert (tick.state, tick.note, tick.said.is_pending) == ("missing", "På natbordet", True)
    assert tick.said.at == seat.desk.now()
    row = view(seat, pathway).row
    assert (row.done, row.missing, AdmissionFlag.PENDING in row.flags) == (1, 1, True)


def test_two_tick_offline_and_both_are_kept(town: Town, seat: Seat, pathway: str) -> None:
    other = town.seat("BKR")
    other.until(lambda: other.desk.admissions.view(pathway))
    for each in (seat, other):
        each.wire.is_cut = True
    seat.desk.admissions.tick(pathway, "keys", "brought").result()
    other.desk.admissions.tick(pathway, "keys", "missing", "Ligger hos naboen").result()
    other.desk.admissions.tick(pathway, "glasses", "brought").result()
    for each in (seat, other):
        each.wire.is_cut = False
        each.desk.retry_now()
        each.until(lambda desk=each.desk: not desk.waiting())  # type: ignore[misc]
    for each in (seat, other):
        each.desk.retry_now()
        each.until(lambda own=each: len(_said(own, pathway)) == 3)  # type: ignore[misc]
    both = [("keys", "brought", "AHN"), ("keys", "missing", "BKR"), ("glasses", "brought", "BKR")]
    assert _said(seat, pathway) == _said(other, pathway) == both
    holds = parts(seat, pathway)["keys"]
    assert holds.tick is not None
    assert (holds.tick.state, holds.tick.note) == ("missing", "Ligger hos naboen")
    assert [each.label for each in view(seat, pathway).follow_ups] == ["Nøgler til hjemmet"]


def _said(seat: Seat, pathway: str) -> list[tuple[str, str, str]]:
    """Every tick that is in the journal, with who made it."""
    return [
        (code, each.state, each.said.who.removeprefix("Navn på "))
        for code, part in parts(seat, pathway).items()
        for each in (*part.earlier, *([part.tick] if part.tick else []))
        if not each.said.is_pending
    ]


def test_all_brought_leaves_what_was_said(seat: Seat, pathway: str) -> None:
    seat.desk.admissions.tick(pathway, "hearing_aid", "missing").result()
    seat.desk.admissions.all_brought(pathway).result()
    states = {code: part.tick and part.tick.state for code, part in parts(seat, pathway).items()}
    assert states.pop("hearing_aid") == "missing"
    assert set(states.values()) == {"brought"}
    assert view(seat, pathway).row.done == 11
    before = len(seat.desk.waiting())
    seat.desk.admissions.all_brought(pathway).result()
    assert len(seat.desk.waiting()) <= before


def test_a_tick_is_taken_back(seat: Seat, pathway: str) -> None:
    seat.desk.admissions.tick(pathway, "keys", "missing").result()
    seat.desk.admissions.tick(pathway, "keys", None).result()
    keys = parts(seat, pathway)["keys"]
    assert (keys.tick, [each.state for each in keys.earlier]) == (None, ["missing", ""])
    assert view(seat, pathway).row.missing == 0


def test_what_is_missing_is_followed_up_until_it_is_closed(seat: Seat, pathway: str) -> None:
    desk = seat.desk.admissions
    desk.tick(pathway, "hearing_aid", "missing").result()
    desk.assign_follow_up(pathway, "hearing_aid", "AHN").result()
    (follow_up,) = view(seat, pathway).follow_ups
    assert (follow_up.label, follow_up.owner, follow_up.is_open) == ("Høreapparat", "AHN", True)
    desk.close_follow_up(pathway, "hearing_aid", "Høreapparat eftersendt").result()
    (follow_up,) = view(seat, pathway).follow_ups
    assert (follow_up.is_open, follow_up.text) == (False, "Høreapparat eftersendt")
    assert view(seat, pathway).row.missing == 0


# --- the report


def named(seat: Seat, pathway: str) -> str:
    seat.desk.admissions.name_citizen(pathway, "Nancy Ann", "Berggren").result()
    return pathway


def test_a_report_goes_to_the_hospital_and_is_in_time(town: Town, seat: Seat, pathway: str) -> None:
    named(seat, pathway)
    desk = seat.desk.admissions
    desk.present(pathway, True, "Sofie N., social- og sundhedsassistent").result()
    assert AdmissionFlag.MUST_REPORT in view(seat, pathway).row.flags
    sent = desk.send_report(pathway, TEXTS, "yes", "Datter er orienteret.").result()
    assert sent.transit is Transit.UNDO
    seat.send()
    (letter,) = town.fetches()
    assert letter.subject == "Opdateret indlæggelsesrapport"
    text = desk.report_text(TEXTS, "yes", "Datter er orienteret.")
    assert letter.text.startswith(text)
    assert "Bekræftet af patienten: ja" in text
    seat.desk.retry_now()
    seat.until(lambda: _transit(seat, pathway) is Transit.RECEIVED)
    found = view(seat, pathway)
    assert (found.report.state, found.report.is_open) == ("Sendt til tiden", False)
    assert found.present == "Sofie N., social- og sundhedsassistent"
    assert groups(seat) == [(pathway, ADMITTED)]
    assert text in [str(each.text) for each in seat.view(pathway).thread]


def _transit(seat: Seat, pathway: str) -> Transit | None:
    sent = view(seat, pathway).report.sent
    return sent[-1].sent.transit if sent and sent[-1].sent else None


def test_a_report_after_the_deadline_is_late(town: Town, seat: Seat, pathway: str) -> None:
    town.later(hours=8, seconds=1)
    seat.desk.admissions.report_sent_elsewhere(pathway, {}, None, "Faldet").result()
    assert view(seat, pathway).report.state == "Sendt efter fristen"


def test_a_report_that_was_undone_is_a_draft_with_every_text(seat: Seat, pathway: str) -> None:
    named(seat, pathway)
    sent = seat.desk.admissions.send_report(pathway, TEXTS, "no", "Mere").result()
    seat.desk.undo(sent.entry_id).result()
    draft = seat.desk.draft(pathway, "admission_report")
    assert draft is not None
    assert (draft.fields, draft.choices, draft.text) == (TEXTS, ("no",), "Mere")
    assert view(seat, pathway).report.sent == ()


def test_a_refused_report_needs_a_person_and_can_be_sent_again(
    town: Town, seat: Seat, pathway: str
) -> None:
    named(seat, pathway)
    seat.desk.admissions.send_report(pathway, TEXTS, None, "").result()
    seat.send()
    town.fetches(ReceiptOutcome.NEGATIVE, "Ukendt modtager")
    seat.desk.retry_now()
    seat.until(seat.desk.attention)
    (attention,) = seat.desk.attention()
    assert attention.what == "Indlæggelsesrapport"
    assert attention.text.startswith("Årsag til indlæggelse:\nFaldet")
    assert "Ukendt modtager" in attention.reason
    row = view(seat, pathway).row
    assert (row.group, AdmissionFlag.UNDELIVERED in row.flags) == (REPORT_DUE, True)
    seat.desk.decide(attention.entry_id, Decision.SEND_AGAIN).result()
    seat.send()
    (again,) = town.fetches()
    assert "Faldet i soveværelset." in again.text
    seat.desk.retry_now()
    seat.until(lambda: not seat.desk.attention())


def test_both_texts_must_be_there_when_somebody_was_present(seat: Seat, pathway: str) -> None:
    named(seat, pathway)
    desk = seat.desk.admissions
    desk.present(pathway, True, "Sofie N.").result()
    with pytest.raises(KnownError, match=r"'Evt\. forebyggelsestiltag' skal udfyldes"):
        desk.send_report(pathway, {"cause": "Faldet", "prevention": " "}, None, "x").result()
    with pytest.raises(KnownError, match="rapporten skal udfyldes og sendes"):
        desk.report_not_needed(pathway, "Intet nyt").result()
    desk.present(pathway, False).result()
    desk.report_not_needed(pathway, "Intet nyt").result()
    report = view(seat, pathway).report
    assert (report.state, report.not_needed) == ("Ikke nødvendig", "Intet nyt")


def test_a_report_has_to_say_something_and_not_needed_has_to_say_why(
    seat: Seat, pathway: str
) -> None:
    named(seat, pathway)
    with pytest.raises(KnownError, match="Skriv noget"):
        seat.desk.admissions.send_report(pathway, {"cause": " "}, "yes", "\n").result()
    with pytest.raises(KnownError, match="Skriv, hvorfor"):
        seat.desk.admissions.report_not_needed(pathway, " ").result()
    assert view(seat, pathway).report.state == "Skal suppleres ved behov"


def test_a_report_needs_the_citizens_name(seat: Seat, pathway: str) -> None:
    assert "Skriv borgerens navn" in view(seat, pathway).report.why_not
    with pytest.raises(KnownError, match="Skriv borgerens navn"):
        seat.desk.admissions.send_report(pathway, TEXTS, None, "").result()
    with pytest.raises(KnownError, match="efternavn"):
        seat.desk.admissions.name_citizen(pathway, "Nancy", " ").result()
    named(seat, pathway)
    found = view(seat, pathway)
    assert (found.report.why_not, found.row.name) == ("", "Nancy Ann Berggren")
    assert AdmissionFlag.BY_HAND not in found.row.flags


# --- entered by hand


def test_a_citizen_is_entered_and_the_notification_finds_them(town: Town, seat: Seat) -> None:
    desk = seat.desk.admissions
    pathway = desk.enter("251248-9996", "Nancy Ann", "Berggren", TODAY, "Slagelse").result()
    desk.tick(pathway, "keys", "brought").result()
    row = view(seat, pathway).row
    assert (row.name, row.ward, row.group) == ("Nancy Ann Berggren", "Slagelse", REPORT_DUE)
    assert AdmissionFlag.BY_HAND in row.flags
    assert row.deadline is not None
    assert (row.deadline.status, row.deadline.due) == ("unknown", None)
    assert "kan ikke sendes herfra" in view(seat, pathway).report.why_not
    seat.desk.retry_now()
    seat.until(lambda: not seat.desk.waiting())
    assert town.sends(admission(NANCY, EPISODE)) == pathway
    seat.desk.retry_now()
    seat.until(lambda: AdmissionFlag.BY_HAND not in view(seat, pathway).row.flags)
    found = view(seat, pathway)
    assert found.row.deadline is not None
    assert found.row.deadline.due is not None
    assert (found.row.done, found.report.why_not) == (1, "")
    assert len(seat.desk.admissions.rows(0, 10)) == 1


def test_who_is_already_there_is_not_entered_twice(seat: Seat, pathway: str) -> None:
    again = seat.desk.admissions.enter("2512489996", "", "Berggren", TODAY, "").result()
    assert again == pathway
    assert seat.desk.waiting() == ()


@pytest.mark.parametrize(
    ("cpr", "name", "why"),
    [
        ("", " ", "CPR-nummer eller navn"),
        ("12345", "Berggren", "det format, MedCom foreskriver"),
        ("9912489996", "Berggren", "en dato, der ikke findes"),
    ],
)
def test_what_is_no_citizen_is_not_entered(seat: Seat, cpr: str, name: str, why: str) -> None:
    with pytest.raises(KnownError, match=why):
        seat.desk.admissions.enter(cpr, "", name, TODAY, "").result()
    assert seat.desk.admissions.rows(0, 10) == ()


def test_a_replacement_number_is_said_to_be_one(seat: Seat) -> None:
    pathway = seat.desk.admissions.enter("020329-1WQ3", "", "Ukendt", TODAY, "").result()
    found = view(seat, pathway)
    assert AdmissionFlag.REPLACEMENT_CPR in found.row.flags
    assert AdmissionFlag.UNKNOWN_WARD in found.row.flags
    assert found.citizen.is_replacement_cpr


def test_leave_and_back(seat: Seat, pathway: str) -> None:
    day = Point(date=dt.date(2030, 3, 4))
    seat.desk.admissions.note_leave(pathway, True, day).result()
    assert AdmissionFlag.LEAVE in view(seat, pathway).row.flags
    seat.desk.admissions.note_leave(pathway, False, day).result()
    found = view(seat, pathway)
    assert (AdmissionFlag.LEAVE in found.row.flags, found.leave) == (False, day)


# --- notifications that are not as they should be: each is a visible, correct row


def notification(**changes: Any) -> AdmissionNotification:
    return changed(admission(), **changes)


@pytest.mark.parametrize(
    ("message", "flag", "group"),
    [
        (
            lambda: notification(citizen=Citizen(cpr=NANCY, stay_status="doed")),
            AdmissionFlag.DEAD,
            ENDED,
        ),
        (
            lambda: notification(
                admitted=Moment(dt.date(2030, 4, 1), dt.time(9)),
            ),
            AdmissionFlag.FUTURE,
            REPORT_DUE,
        ),
        (
            lambda: notification(status_code="annulleretbrev"),
            AdmissionFlag.CANCELLED,
            ENDED,
        ),
    ],
)
def test_a_notification_that_is_not_as_usual_is_a_correct_row(
    town: Town,
    seat: Seat,
    message: Callable[[], AdmissionNotification],
    flag: AdmissionFlag,
    group: AdmissionGroupKind,
) -> None:
    pathway = arrived(town, seat, message())
    row = view(seat, pathway).row
    assert flag in row.flags
    assert row.group is group
    assert (pathway, group) in groups(seat)
    assert row.day is None


NO_EPISODE = (rb"<NotificationIdentifier>.*?</NotificationIdentifier>", b"")
NO_WARD = (rb"<OrganisationName>Nord.*?</UnitName>", b"")
NO_TIME = (rb"<Admission>.*?</Admission>", b"")
REPLACEMENT = (
    rb"<CivilRegistrationNumber>.*?</CivilRegistrationNumber>",
    b"<AlternativeIdentifier>0203291WQ3</AlternativeIdentifier>",
)
UNKNOWN_CPR = (rb"<CivilRegistrationNumber>\d+<", b"<CivilRegistrationNumber>0000000000<")


@pytest.mark.parametrize(
    ("faults", "flags"),
    [
        ([NO_EPISODE], {AdmissionFlag.NO_EPISODE}),
        ([NO_WARD], {AdmissionFlag.UNKNOWN_WARD}),
        ([REPLACEMENT], {AdmissionFlag.REPLACEMENT_CPR}),
        ([UNKNOWN_CPR], set()),
        ([NO_TIME], set()),
        (
            [NO_EPISODE, NO_WARD, REPLACEMENT, NO_TIME],
            {
                AdmissionFlag.NO_EPISODE,
                AdmissionFlag.UNKNOWN_WARD,
                AdmissionFlag.REPLACEMENT_CPR,
            },
        ),
    ],
)
def test_a_file_that_lacks_something_is_a_row_that_says_so(
    town: Town, seat: Seat, faults: list[tuple[bytes, bytes]], flags: set[AdmissionFlag]
) -> None:
    data = written(admission())
    for pattern, instead in faults:
        data, times = re.subn(pattern, instead, data, flags=re.DOTALL)
        assert times == 1
    received = intake.receive(town.gateway.database, data, transport="test", now=town.now)
    pathway = received.entries[0].pathway_id
    seat.until(lambda: seat.desk.admissions.view(pathway))
    row = view(seat, pathway).row
    # A notification names nobody, so that flag is always there.
    assert row.flags == flags | {AdmissionFlag.UNKNOWN_CITIZEN}
    assert (row.group, row.state) == (REPORT_DUE, "Indlagt")
    assert row.deadline is not None
    assert row.deadline.due == seat.desk.now() + dt.timedelta(hours=8)
    assert (row.admitted is None) == (NO_TIME in faults)
    assert groups(seat) == [(pathway, REPORT_DUE)]


def test_a_corrected_notification_changes_the_row_and_stays_in_the_history(
    town: Town, seat: Seat, pathway: str
) -> None:
    first = view(seat, pathway).row
    town.later(hours=1)
    moment = Moment(dt.date(2030, 3, 2), dt.time(8))
    town.sends(notification(status_code="rettetbrev", admitted=moment))
    seat.until(lambda: AdmissionFlag.CORRECTED in view(seat, pathway).row.flags)
    found = view(seat, pathway)
    assert found.row.admitted == Point(date=dt.date(2030, 3, 2), time=dt.time(8))
    assert found.row.deadline == first.deadline
    assert [each.status for each in found.history] == ["nytbrev", "rettetbrev"]


# --- care staff


def test_care_staff_tick_and_do_not_report(town: Town, seat: Seat, pathway: str) -> None:
    nurse = town.seat("PLE", role=Role.CARE_STAFF)
    nurse.until(lambda: nurse.desk.admissions.view(pathway))
    nurse.until(lambda: nurse.desk.office().is_care_staff)
    assert [each.user for each in nurse.desk.admissions.staff()] == ["AHN", "PLE"]
    assert not seat.desk.office().is_care_staff
    nurse.desk.admissions.all_brought(pathway).result()
    nurse.desk.retry_now()
    nurse.until(lambda: not nurse.desk.waiting())
    seat.desk.retry_now()
    seat.until(lambda: view(seat, pathway).row.done == 11)
    nurse.desk.admissions.report_not_needed(pathway, "Intet nyt").result()
    nurse.desk.retry_now()
    nurse.until(nurse.desk.attention)
    (refused,) = nurse.desk.attention()
    assert refused.reason.startswith("Din rolle må ikke skrive det")
    assert view(seat, pathway).report.is_open
