"""The municipality's own letter: what is taken, what the hospital reads, and what becomes of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.gateway.mailbox import HOSPITAL, NANCY, admission, changed, correspondence, plan, receipt
from tests.gateway.office import Office
from visitator.domain.entries import CorrespondenceSent, DeliveryFailed, Entry
from visitator.domain.messages import Correspondence
from visitator.domain.party import Organisation
from visitator.domain.reply import Signature
from visitator.domain.terms import Transit
from visitator.gateway import intake, mail, outgoing
from visitator.gateway.database import Database
from visitator.gateway.transports import FolderTransport
from visitator.identifiers import new_letter_id
from visitator.medcom.reader import read


@pytest.fixture
def office(mail_database: Database) -> Iterator[Office]:
    """A whole gateway, on both kinds of database."""
    made = Office(mail_database)
    yield made
    made.close()


@pytest.fixture
def folder(tmp_path: Path) -> FolderTransport:
    made = FolderTransport(tmp_path / "post")
    made.prepare()
    return made


def letter(office: Office, pathway_id: str, user: str = "AHN", **changes: Any) -> Entry:
    identifiers = {"letter_id": new_letter_id(), "envelope_id": new_letter_id()}
    fields = {"subject": "Hjælpemidler", "text": "Er der bestilt en seng?"} | identifiers
    return office.entry(pathway_id, CorrespondenceSent(**(fields | changes)), user)


def outbox(office: Office, folder: FolderTransport) -> list[Correspondence]:
    """What the hospital fetches after a round of the mail."""
    mail.tick(office.database, [folder], office.now)
    files = sorted((folder.path / "ud").glob("*.xml"))
    found = [message for file in files for message in read(file.read_bytes()).messages]
    for file in files:
        file.unlink()
    return [each for each in found if isinstance(each, Correspondence)]


def sent(
    office: Office, folder: FolderTransport, pathway_id: str, **changes: Any
) -> Correspondence:
    entry = letter(office, pathway_id, **changes)
    assert office.push_one(entry).status == "accepted"
    (found,) = outbox(office, folder)
    return found


def transit(office: Office, pathway_id: str) -> Transit:
    return office.pathway(pathway_id).letters_sent[-1].transit


# --- what is taken ------------------------------------------------------------------------------


@pytest.mark.parametrize("user", ["LED", "PLE"])
def test_only_a_visitator_writes(office: Office, user: str) -> None:
    pathway = office.receive()
    result = office.push_one(letter(office, pathway, user), user)
    assert (result.status, result.reason) == ("rejected", "forbidden")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"letter_id": None}, "identifiers_missing"),
        ({"envelope_id": "../../etc"}, "identifiers_missing"),
        ({"subject": " "}, "invalid"),
        ({"text": "\n"}, "invalid"),
        ({"subject": "x" * 71}, "invalid"),
        ({"answers": "01890000-0000-7000-8000-000000000000"}, "nothing_to_answer"),
    ],
)
def test_a_letter_that_cannot_be_sent_is_refused(
    office: Office, changes: dict[str, Any], reason: str
) -> None:
    pathway = office.receive()
    result = office.push_one(letter(office, pathway, **changes))
    assert (result.status, result.reason) == ("rejected", reason)
    assert office.pathway(pathway).letters_sent == ()


def test_the_same_letter_twice_is_one(office: Office, folder: FolderTransport) -> None:
    entry = letter(office, office.receive())
    assert office.push_one(entry).status == "accepted"
    assert office.push_one(entry).status == "duplicate"
    assert len(outbox(office, folder)) == 1


def test_care_staff_does_not_see_it(office: Office) -> None:
    pathway = office.receive()
    office.push(letter(office, pathway))
    assert office.page(user="PLE").entries == ()


def test_it_answers_no_plan(office: Office) -> None:
    pathway = office.receive()
    before = office.pathway(pathway).to_answer
    office.push(letter(office, pathway))
    assert office.pathway(pathway).to_answer == before
    assert office.push_one(office.reply(pathway, to=before)).status == "accepted"


# --- what the hospital reads --------------------------------------------------------------------


def test_a_letter_goes_to_the_ward_that_sent_the_plan(
    office: Office, folder: FolderTransport
) -> None:
    found = sent(office, folder, office.receive())
    assert found.receiver == HOSPITAL
    assert found.subject == "Hjælpemidler"
    assert found.text == "Er der bestilt en seng?\n\nNavn på AHN"
    assert found.citizen is not None
    assert found.citizen.key == NANCY
    assert found.citizen.stay_status == "indlagt"
    assert found.wants_receipt


def test_an_answer_goes_to_the_ward_that_wrote(office: Office, folder: FolderTransport) -> None:
    pathway = office.receive()
    ward = Organisation(**{**_fields(HOSPITAL), "department": "Neurologisk", "unit": "N4"})
    office.receive(changed(correspondence(), sender=ward))
    letters = [each for each in office.entries() if each.kind == "message_received"]
    found = sent(office, folder, pathway, answers=letters[-1].id)
    assert (found.receiver.department, found.receiver.unit) == ("Neurologisk", "N4")


def _fields(party: Organisation) -> dict[str, Any]:
    return {field: getattr(party, field) for field in Organisation.__struct_fields__}


def test_without_a_plan_it_goes_to_the_last_that_wrote(
    office: Office, folder: FolderTransport
) -> None:
    office.receive(correspondence())
    found = sent(office, folder, office.receive(admission()))
    assert found.receiver.gln == HOSPITAL.gln
    assert found.citizen is not None
    assert (found.citizen.key, found.citizen.name) == (NANCY, "Karen-Margrethe Østerby Vind")


def test_a_citizen_nobody_has_named_cannot_be_written_about(office: Office) -> None:
    pathway = office.receive(admission())
    office.push(letter(office, pathway))
    (reason,) = failures(office)
    assert "navn" in reason


@pytest.mark.parametrize(
    ("purpose", "first_line"),
    [
        ("action", "Formål: ønske om handling"),
        ("robot", "Formål: robot"),
        (None, "Er der bestilt en seng?"),
    ],
)
def test_the_purpose_is_the_first_line_in_the_agreements_words(
    office: Office, folder: FolderTransport, purpose: str | None, first_line: str
) -> None:
    found = sent(office, folder, office.receive(), purpose=purpose)
    assert found.text.splitlines()[0] == first_line


def test_the_author_signs_as_they_wrote(office: Office, folder: FolderTransport) -> None:
    signature = Signature(name="Anne Holm", title="Visitator", telephone="00000055")
    found = sent(office, folder, office.receive(), signature=signature)
    assert found.text.endswith("Anne Holm, Visitator\nTlf. 00000055")
    assert found.sender.telephone == "00000055"


@pytest.mark.parametrize(
    ("signature", "name"),
    [(Signature(name="Anne Holm"), "Anne Holm"), (Signature(name=" "), "Navn på AHN")],
)
def test_a_reply_is_signed_as_it_was_written_unless_there_is_no_name(
    office: Office, folder: FolderTransport, signature: Signature, name: str
) -> None:
    pathway = office.receive()
    office.push(office.reply(pathway, signature=signature))
    (found,) = outbox(office, folder)
    assert found.text.splitlines()[-1] == name


# --- what becomes of it -------------------------------------------------------------------------


def test_a_receipt_says_that_it_came(office: Office, folder: FolderTransport) -> None:
    pathway = office.receive()
    office.push(letter(office, pathway))
    assert transit(office, pathway) is Transit.AT_GATEWAY
    (found,) = outbox(office, folder)
    assert transit(office, pathway) is Transit.HANDED_OVER
    intake.receive(office.database, receipt(found), transport="test", now=office.now)
    assert transit(office, pathway) is Transit.RECEIVED
    office.later(days=1)
    assert outbox(office, folder) == []


def test_a_letter_nobody_answers_for_is_sent_again_and_then_given_up(
    office: Office, folder: FolderTransport
) -> None:
    pathway = office.receive()
    office.push(letter(office, pathway))
    times = 0
    while found := outbox(office, folder):
        times += len(found)
        office.later(minutes=120)
    assert times == 1 + outgoing.RESENDS
    assert transit(office, pathway) is Transit.ATTENTION
    assert failures(office) == [outgoing.NO_RECEIPT]
    assert office.pathway(pathway).undelivered_letter is not None


def test_a_letter_number_is_used_once(office: Office) -> None:
    pathway = office.receive()
    number = new_letter_id()
    office.push(letter(office, pathway, letter_id=number))
    office.push(letter(office, pathway, letter_id=number))
    assert failures(office) == [outgoing.IDENTIFIER_USED]


def test_a_ward_without_a_location_number_cannot_be_written_to(office: Office) -> None:
    nowhere = Organisation(organisation="Sygehus uden nummer")
    pathway = office.receive(changed(plan(wants_receipt=False), sender=nowhere))
    assert office.push_one(letter(office, pathway)).status == "accepted"
    (reason,) = failures(office)
    assert reason.startswith("Meddelelsen kan ikke sendes: ")


def failures(office: Office) -> list[str]:
    return [each.body.reason for each in office.entries() if isinstance(each.body, DeliveryFailed)]
