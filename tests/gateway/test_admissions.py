"""The admission side at the gateway: what is taken, and what goes to the hospital."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from tests.gateway.mailbox import (
    AKSEL,
    EPISODE,
    HOSPITAL,
    NANCY,
    OTHER_EPISODE,
    admission,
    discharge,
    plan,
)
from tests.gateway.office import Office
from visitator.domain.admission import Admission
from visitator.domain.admission import admission as admission_of
from visitator.domain.citizen import Citizen
from visitator.domain.entries import (
    AdmissionEntered,
    AdmissionReportNotNeeded,
    AdmissionReportSent,
    ChecklistTicked,
    Closed,
    Confirmation,
    KnownBody,
    PartState,
    ReportChannel,
    ReportText,
    Tick,
)
from visitator.domain.messages import Correspondence
from visitator.domain.moment import Moment
from visitator.gateway import mail
from visitator.gateway.transports import FolderTransport
from visitator.identifiers import new_letter_id
from visitator.medcom.reader import read

BROUGHT, _, MISSING = PartState
NEW = "0195a0c2-0000-7000-8000-000000000001"
"""A pathway that only a workstation knows."""


def report(**changes: Any) -> AdmissionReportSent:
    given: dict[str, Any] = {
        "texts": (
            ReportText(code="cause", text="Faldet i soveværelset."),
            ReportText(code="prevention", text="Akutsygeplejerske tilkaldt."),
        ),
        "confirmed": Confirmation.YES,
        "letter_id": new_letter_id(),
        "envelope_id": new_letter_id(),
    }
    return AdmissionReportSent(**(given | changes))


def entered(cpr: str | None = NANCY, name: str | None = "Berggren") -> AdmissionEntered:
    return AdmissionEntered(
        citizen=Citizen(cpr=cpr, surname=name),
        admitted=Moment(dt.date(2030, 3, 5), dt.time(3, 47)),
        ward="Slagelse Sygehus",
    )


def tick(part: str, state: PartState = BROUGHT) -> ChecklistTicked:
    return ChecklistTicked(ticks=(Tick(part=part, state=state),))


def said(office: Office, pathway: str) -> Admission:
    found = admission_of(office.pathway(pathway))
    assert found is not None
    return found


def goes_out(office: Office, folder: Path) -> list[Correspondence]:
    """What the hospital finds in its folder."""
    transport = FolderTransport(folder)
    transport.prepare()
    mail.tick(office.database, [transport], office.now)
    files = sorted((folder / "ud").iterdir())
    found = [each for file in files for each in read(file.read_bytes()).messages]
    return [each for each in found if isinstance(each, Correspondence)]


# --- the report


def test_a_report_goes_to_the_ward_of_the_notification(office: Office, tmp_path: Path) -> None:
    pathway = office.receive(admission())
    office.push(office.entry(pathway, entered()))  # a notification names nobody
    assert office.push_one(office.entry(pathway, report())).status == "accepted"
    (letter,) = goes_out(office, tmp_path / "post")
    assert letter.subject == "Opdateret indlæggelsesrapport"
    assert letter.receiver.gln == HOSPITAL.gln
    assert letter.episode_id == EPISODE
    assert letter.citizen is not None
    assert (letter.citizen.cpr, letter.citizen.stay_status) == (NANCY, "indlagt")
    assert letter.citizen.name == "Berggren"
    assert letter.text == (
        "Årsag til indlæggelse:\nFaldet i soveværelset.\n\n"
        "Evt. forebyggelsestiltag:\nAkutsygeplejerske tilkaldt.\n\n"
        "Bekræftet af patienten: ja\n\n"
        "Navn på AHN"
    )
    (sent,) = office.pathway(pathway).reports_sent
    assert sent.handed_over_at is not None


def test_a_report_about_a_citizen_nobody_has_named_fails_visibly(
    office: Office, tmp_path: Path
) -> None:
    pathway = office.receive(admission())
    office.push(office.entry(pathway, report()))
    assert goes_out(office, tmp_path / "post") == []
    failed = office.pathway(pathway).undelivered_letter
    assert failed is not None
    assert failed.failure is not None
    assert failed.failure.reason == "Meddelelsen kan ikke sendes: Borgerens efternavn mangler."


def test_the_same_report_pushed_twice_goes_out_once(office: Office, tmp_path: Path) -> None:
    pathway = office.receive(admission())
    office.push(office.entry(pathway, entered()))
    entry = office.entry(pathway, report())
    assert [each.status for each in office.push(entry, entry)] == ["accepted", "duplicate"]
    assert len(goes_out(office, tmp_path / "post")) == 1


def test_a_report_sent_from_the_care_record_sends_nothing(office: Office, tmp_path: Path) -> None:
    pathway = office.receive(admission())
    body = report(channel=ReportChannel.CARE_RECORD, letter_id=None, envelope_id=None)
    assert office.push_one(office.entry(pathway, body)).status == "accepted"
    assert goes_out(office, tmp_path / "post") == []
    assert len(said(office, pathway).reports) == 1


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (report(letter_id=None), "identifiers_missing"),
        (report(envelope_id="kort"), "identifiers_missing"),
        (report(texts=(), supplement=" \n"), "invalid"),
        (report(answers="E-ukendt"), "nothing_to_answer"),
        (AdmissionReportNotNeeded(reason=" "), "invalid"),
        (ChecklistTicked(ticks=()), "invalid"),
        (ChecklistTicked(ticks=(Tick(part="keys"), Tick(part="keys"))), "invalid"),
        (ChecklistTicked(ticks=tuple(Tick(part=f"p{n}") for n in range(51))), "invalid"),
        (entered(cpr=None, name=None), "invalid"),
        (entered(cpr="0000000000", name=" "), "invalid"),
    ],
)
def test_what_says_nothing_or_can_go_nowhere_is_refused(
    office: Office, body: KnownBody, reason: str
) -> None:
    pathway = office.receive(admission())
    result = office.push_one(office.entry(pathway, body))
    assert (result.status, result.reason) == ("rejected", reason)


# --- ticks of several


def test_everybodys_ticks_are_kept_and_the_last_accepted_holds(office: Office) -> None:
    pathway = office.receive(admission())
    first = office.entry(pathway, tick("keys", MISSING), "PLE")
    second = office.entry(pathway, tick("keys"), "AHN")
    office.push(second)
    office.push(first, user="PLE")
    holds = said(office, pathway).parts["keys"]
    assert (holds.state, holds.said.author) == (MISSING, "PLE")
    assert [each.kind for each in office.entries()].count("checklist_ticked") == 2


# --- entered by hand


def test_a_citizen_entered_by_hand_begins_a_pathway(office: Office) -> None:
    results = office.push(
        office.entry(NEW, entered(), "PLE"), office.entry(NEW, tick("keys"), "PLE"), user="PLE"
    )
    assert [each.status for each in results] == ["accepted", "accepted"]
    found = said(office, NEW)
    assert (found.is_by_hand, found.is_in_hospital, set(found.parts)) == (True, True, {"keys"})


def test_nothing_else_begins_a_pathway(office: Office) -> None:
    results = office.push(office.entry(NEW, tick("keys")), office.entry(NEW, entered()))
    assert [each.reason for each in results] == ["gone", None]


def test_the_notification_finds_the_pathway_that_was_entered(office: Office) -> None:
    office.push(office.entry(NEW, entered()), office.entry(NEW, tick("keys")))
    assert office.receive(admission(NANCY, EPISODE)) == NEW
    found = said(office, NEW)
    assert (found.is_by_hand, set(found.parts)) == (False, {"keys"})
    assert office.receive(plan(NANCY, EPISODE)) == NEW
    assert office.receive(discharge(NANCY, EPISODE)) == NEW


@pytest.mark.parametrize(("cpr", "episode"), [(AKSEL, EPISODE), (AKSEL, None), (None, EPISODE)])
def test_another_citizen_never_does(office: Office, cpr: str | None, episode: str | None) -> None:
    office.push(office.entry(NEW, entered()))
    assert office.receive(plan(cpr, episode)) != NEW


def test_a_second_episode_is_another_pathway(office: Office) -> None:
    office.push(office.entry(NEW, entered()))
    assert office.receive(admission(NANCY, EPISODE)) == NEW
    assert office.receive(admission(NANCY, OTHER_EPISODE)) != NEW


def test_a_pathway_that_is_closed_takes_no_new_episode(office: Office) -> None:
    office.push(office.entry(NEW, entered()), office.entry(NEW, Closed()))
    assert office.receive(admission(NANCY, EPISODE)) != NEW


def test_a_letter_without_an_episode_finds_it_too(office: Office) -> None:
    office.push(office.entry(NEW, entered()))
    assert office.receive(plan(NANCY, None)) == NEW


def test_a_name_matches_no_letter(office: Office) -> None:
    office.push(office.entry(NEW, entered(cpr=None)))
    assert office.receive(admission()) != NEW


def test_a_report_about_a_citizen_no_hospital_has_written_about_can_go_nowhere(
    office: Office,
) -> None:
    office.push(office.entry(NEW, entered()))
    result = office.push_one(office.entry(NEW, report()))
    assert (result.status, result.reason) == ("rejected", "nothing_to_answer")


def test_an_admission_can_be_entered_where_only_a_plan_has_come(office: Office) -> None:
    pathway = office.receive(plan())
    office.push(office.entry(pathway, entered()))
    assert said(office, pathway).ward == "Slagelse Sygehus"
