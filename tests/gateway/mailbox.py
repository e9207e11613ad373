"""A municipality's mail on a real database and a real drop folder, and the hospital that writes.

Time stands still until a test moves it.
"""

from __future__ import annotations

import datetime as dt
import itertools
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import pytest

from visitator.domain.agreement import Agreement
from visitator.domain.citizen import Citizen
from visitator.domain.entries import (
    AnswerCategory,
    Closed,
    DeliveryFailed,
    Entry,
    KnownBody,
    MessageReceived,
    ReplyHandedOver,
    ReplySent,
    decode_entry,
)
from visitator.domain.messages import (
    AdmissionNotification,
    AnyMessage,
    CarePlan,
    Correspondence,
    DischargeNotification,
    Receipt,
    ReceiptOutcome,
)
from visitator.domain.moment import Moment
from visitator.domain.party import Organisation
from visitator.domain.pathway import Pathway, fold
from visitator.domain.reply import Signature
from visitator.domain.text import RichText
from visitator.gateway import intake, journal, mail, outgoing
from visitator.gateway.database import Database
from visitator.gateway.intake import Received
from visitator.gateway.mail import Quarantined, Round
from visitator.gateway.transports import FolderTransport
from visitator.identifiers import new_entry_id, new_letter_id
from visitator.medcom.errors import RefuseCode
from visitator.medcom.hospital import write_hospital_letter
from visitator.medcom.reader import read
from visitator.medcom.writing import receipt_for, write_correspondence, write_receipt
from visitator.resources import load_agreement

KEY = bytes(range(32))
START = dt.datetime(2030, 3, 5, 8, 0, tzinfo=dt.UTC)
NANCY, AKSEL = "2512489996", "2509479989"
EPISODE = "3f0c52a9d1e84b7796aa10c4be2d5f61"
OTHER_EPISODE = "77b1e0d24c3f4a918e05d6c2f8a9b314"
HOSPITAL = Organisation(
    gln="5790001382445",
    identifier="9901031",
    identifier_code="sygehusafdelingsnummer",
    organisation="Nordfjordens Sygehus",
    department="Ortopædkirurgisk Afdeling",
    unit="O3",
)
MUNICIPALITY = Organisation(
    gln="5790000121441",
    identifier="999",
    identifier_code="kommunenummer",
    organisation="Lyngtoft Kommune",
)

_M = TypeVar("_M", bound=msgspec.Struct)
_numbers = itertools.count(1)


def _header(cpr: str | None, episode: str | None, **changes: Any) -> dict[str, Any]:
    number = next(_numbers)
    citizen = Citizen(cpr=cpr, given_name="Karen-Margrethe", surname="Østerby Vind")
    header: dict[str, Any] = {
        "letter_id": f"BREV{number:010}",
        "envelope_id": f"KUV{number:011}",
        "status_code": "nytbrev",
        "authorised_at": dt.datetime(2030, 3, 4, 10, 10) + dt.timedelta(minutes=number),
        "sent_at": dt.datetime(2030, 3, 4, 10, 11) + dt.timedelta(minutes=number),
        "wants_receipt": True,
        "episode_id": episode,
        "sender": HOSPITAL,
        "receiver": MUNICIPALITY,
        "citizen": citizen,
    }
    return header | changes


def plan(cpr: str | None = NANCY, episode: str | None = EPISODE, **changes: Any) -> CarePlan:
    """A new plejeforløbsplan."""
    given = {
        "version_code": "XD2134C",
        "statistical_code": "XDIS21",
        "type_code": "XDIS21",
        "admitted": Moment(dt.date(2030, 3, 1), dt.time(9, 0)),
        "agreed_discharge": Moment(dt.date(2030, 3, 8), dt.time(11, 0)),
    }
    return CarePlan(**_header(cpr, episode, **(given | changes)))


def correspondence(
    cpr: str | None = NANCY, episode: str | None = EPISODE, **changes: Any
) -> Correspondence:
    """A new korrespondancemeddelelse."""
    given = {"subject": "Transport", "texts": (RichText("Transport er bestilt til kl. 11."),)}
    return Correspondence(**_header(cpr, episode, **(given | changes)))


def admission(cpr: str | None = NANCY, episode: str | None = EPISODE) -> AdmissionNotification:
    """An indlæggelsesadvis: it names no citizen but by number."""
    moment = Moment(dt.date(2030, 3, 1), dt.time(9, 0))
    return AdmissionNotification(
        **_header(
            cpr,
            episode,
            citizen=Citizen(cpr=cpr, stay_status="indlagt"),
            version_code="XD2030C",
            statistical_code="XDIS20",
            type_code="XDIS20",
            admitted=moment,
        )
    )


def discharge(cpr: str | None = NANCY, episode: str | None = EPISODE) -> DischargeNotification:
    """An udskrivningsadvis."""
    return DischargeNotification(
        **_header(
            cpr,
            episode,
            citizen=Citizen(cpr=cpr, stay_status="udskrevet_til_hjemmet"),
            version_code="XD1730C",
            statistical_code="XDIS17",
            type_code="XDIS17",
            discharged=Moment(dt.date(2030, 3, 8), dt.time(11, 0)),
        )
    )


def written(message: AnyMessage) -> bytes:
    """The letter as the hospital sends it."""
    if isinstance(message, Correspondence):
        return write_correspondence(message).data
    return write_hospital_letter(message)


def changed(message: _M, **changes: Any) -> _M:
    """The same letter with something else in it."""
    return msgspec.structs.replace(message, **changes)


def receipt(
    letter: AnyMessage,
    outcome: ReceiptOutcome = ReceiptOutcome.POSITIVE,
    text: str = "",
    **changes: Any,
) -> bytes:
    """What the hospital's system says about a letter of ours."""
    made = receipt_for(
        letter,
        letter_id=new_letter_id(),
        envelope_id=new_letter_id(),
        sent_at=dt.datetime(2030, 3, 5, 12, 0),
    )
    if outcome is ReceiptOutcome.NEGATIVE:
        refused = tuple(
            changed(each, refuse_code=RefuseCode.SYNTAX.value, refuse_text=RichText(text))
            for each in made.original_letters
        )
        made = changed(made, outcome=outcome, original_letters=refused)
    return write_receipt(changed(made, **changes)).data


class Post:
    """The municipality's gateway as far as its mail goes."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.database = database
        self.folder = folder
        self.transport = FolderTransport(folder)
        self.transport.prepare()
        self.agreement: Agreement = load_agreement("region-sjaelland-2025-11")
        self.now = START

    def restart(self) -> None:
        """What a new process knows: the database and the folder."""
        self.transport = FolderTransport(self.folder)

    def later(self, minutes: float) -> None:
        self.now += dt.timedelta(minutes=minutes)

    def receive(self, data: bytes) -> Received:
        return intake.receive(self.database, data, transport="test", now=self.now)

    def tick(self) -> Round:
        return mail.tick(self.database, [self.transport], self.now)

    def put(self, data: bytes, name: str = "fil.xml") -> Path:
        """The hospital's file, renamed into ``ind/``."""
        path = self.folder / "ind" / name
        outside = self.folder / "uden-for"
        outside.write_bytes(data)
        outside.replace(path)
        return path

    # --- what came of it ------------------------------------------------------------------------

    @property
    def entries(self) -> list[Entry]:
        with self.database.read() as connection:
            page = journal.page(connection, after=0, limit=10_000)
        return [decode_entry(data) for data in page.entries]

    @property
    def letters(self) -> list[AnyMessage]:
        """The messages in the journal, in order."""
        return [each.message for each in self.bodies(MessageReceived)]

    def bodies(self, kind: type[Any]) -> list[Any]:
        return [entry.body for entry in self.entries if isinstance(entry.body, kind)]

    @property
    def failures(self) -> list[str]:
        return [body.reason for body in self.bodies(DeliveryFailed)]

    @property
    def handed_over(self) -> list[str]:
        return [body.reply for body in self.bodies(ReplyHandedOver)]

    @property
    def pathways(self) -> dict[str, Pathway]:
        by_pathway: dict[str, list[Entry]] = {}
        for entry in self.entries:
            by_pathway.setdefault(entry.pathway_id, []).append(entry)
        return {pathway_id: fold(entries) for pathway_id, entries in by_pathway.items()}

    @property
    def quarantine(self) -> list[Quarantined]:
        with self.database.read() as connection:
            return mail.quarantine(connection)

    @property
    def reasons(self) -> list[str]:
        return [each.reason for each in self.quarantine]

    def files(self, part: str) -> list[str]:
        return sorted(file.name for file in (self.folder / part).iterdir())

    def outbox(self) -> list[AnyMessage]:
        """What lies in ``ud/``, by file name."""
        files = [self.folder / "ud" / name for name in self.files("ud")]
        return [message for file in files for message in read(file.read_bytes()).messages]

    def receipts(self) -> list[Receipt]:
        """The receipts in ``ud/``."""
        return [each for each in self.outbox() if isinstance(each, Receipt)]

    def replies(self) -> list[Correspondence]:
        """The letters in ``ud/`` that are no receipts."""
        return [each for each in self.outbox() if isinstance(each, Correspondence)]

    def fetch(self) -> list[bytes]:
        """The hospital takes what lies in ``ud/``."""
        files = [self.folder / "ud" / name for name in self.files("ud")]
        taken = [file.read_bytes() for file in files]
        for file in files:
            file.unlink()
        return taken

    # --- what the municipality does -------------------------------------------------------------

    def append(self, pathway_id: str, body: KnownBody) -> Entry:
        with self.database.write() as connection:
            return journal.append(connection, self._entry(pathway_id, body), self.now)

    def close(self, pathway_id: str) -> Entry:
        return self.append(pathway_id, Closed())

    def answer(
        self,
        pathway_id: str,
        category: AnswerCategory = AnswerCategory.OK,
        comment: str = "",
        *,
        signature: Signature | None = None,
        **changes: Any,
    ) -> Entry:
        """A reply to the current plan, accepted in one transaction as the gateway does it."""
        with self.database.write() as connection:
            before = journal.entries_of(connection, pathway_id)
            state = fold(before).to_answer
            assert state is not None
            identifiers = {"letter_id": new_letter_id(), "envelope_id": new_letter_id()} | changes
            body = ReplySent(category=category, answers=state, comment=comment, **identifiers)
            entry = journal.append(connection, self._entry(pathway_id, body), self.now)
            arguments = (connection, entry, fold([*before, entry]), self.agreement, self.now)
            if signature is None:
                outgoing.queue_letter(*arguments)
            else:
                outgoing.queue_letter(*arguments, lambda _author: signature)
            return entry

    def answered_plan(self, **changes: Any) -> Entry:
        """A plan that came and was answered OK; its receipt and all that are gone from ``ud/``."""
        received = self.receive(written(plan(wants_receipt=False, **changes)))
        return self.answer(received.entries[0].pathway_id)

    def sent_reply(self) -> tuple[Entry, Correspondence]:
        """A reply the hospital has fetched."""
        entry = self.answered_plan()
        self.tick()
        (letter,) = self.replies()
        self.fetch()
        return entry, letter

    def _entry(self, pathway_id: str, body: KnownBody) -> Entry:
        return Entry(
            id=new_entry_id(self.now),
            pathway_id=pathway_id,
            author="Anne Holm",
            device="PC-1",
            occurred_at=self.now,
            body=body,
        )


@contextmanager
def opened(folder: Path) -> Iterator[Post]:
    """A new gateway on an encrypted SQLite file."""
    database = Database.sqlite(folder / "gateway.db", KEY)
    database.create()
    try:
        yield Post(database, folder / "post")
    finally:
        database.close()


@contextmanager
def as_nobody() -> Iterator[None]:
    """Without the rights of root, to whom no file is closed."""
    if not hasattr(os, "seteuid"):
        pytest.skip("rights are another matter on Windows")
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def answer_everything(post: Post) -> None:
    """Answer every plan that nobody has answered."""
    for pathway_id, pathway in post.pathways.items():
        if pathway.to_answer is not None and not pathway.replies:
            post.answer(pathway_id)


def run_rounds(folder: str) -> None:
    """A gateway's mail that answers every plan, until the process is killed."""
    post = Post(Database.sqlite(Path(folder, "gateway.db"), KEY), Path(folder, "post"))
    while True:
        post.tick()
        answer_everything(post)
