"""The morning the window opens on, and what happens next in it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import msgspec
import pytest

from visitator.demo.live import SCENARIO, LiveDemo
from visitator.demo.scenario import Scenario, ScenarioError, load_scenario
from visitator.domain.agreement import Agreement
from visitator.domain.calendar import is_weekend_or_holiday
from visitator.domain.duties import agenda
from visitator.domain.entries import (
    AnswerCategory,
    CorrespondenceSent,
    Entry,
    KnownBody,
    MessageReceived,
    ReplySent,
    decode_entry,
    encode_entry,
)
from visitator.domain.messages import AdmissionNotification, Correspondence, RehabilitationPlan
from visitator.domain.pathway import Pathway, fold
from visitator.domain.plan_diff import diff_plans
from visitator.domain.rehabilitation import rehabilitation
from visitator.domain.terms import ReplyState, Stay, TrainingLevel, Transit
from visitator.domain.wire import Health, Onlookers, Page, PushResponse
from visitator.identifiers import new_entry_id, new_letter_id
from visitator.resources import load_agreement

SUNDAY = dt.date(2026, 11, 22)
MONDAY, TUESDAY = dt.date(2026, 11, 23), dt.date(2026, 11, 24)
OFFICIAL_TEST_NUMBERS = {"2512489996", "2509479989", "2512484916"}


class Desk:
    """Whoever sits at the screen, by the calls a workstation makes."""

    def __init__(self, demo: LiveDemo) -> None:
        self.demo = demo
        self._client = httpx.Client(
            base_url=demo.address,
            headers={"Authorization": f"Bearer {demo.token}"},
            trust_env=False,
            timeout=60,
        )

    def close(self) -> None:
        self._client.close()
        self.demo.close()

    def get(self, path: str, kind: type[Any], **query: Any) -> Any:  # noqa: ANN401
        answer = self._client.get(path, params=query)
        assert answer.status_code == 200, answer.text
        return msgspec.json.decode(answer.content, type=kind)

    def page(self, after: int = 0, wait: int = 0) -> Page:
        page: Page = self.get("/v1/entries", Page, after=after, wait=wait)
        return page

    def entries(self) -> list[Entry]:
        return [decode_entry(bytes(raw)) for raw in self.page().entries]

    def pathways(self) -> dict[str, Pathway]:
        """By pathway id, what everybody can see now."""
        by_id: dict[str, list[Entry]] = {}
        for entry in self.entries():
            by_id.setdefault(entry.pathway_id, []).append(entry)
        return {pathway_id: fold(entries) for pathway_id, entries in by_id.items()}

    def named(self, surname: str) -> tuple[str, Pathway]:
        found = [
            (pathway_id, pathway)
            for pathway_id, pathway in self.pathways().items()
            if pathway.citizen and pathway.citizen.surname == surname
        ]
        assert len(found) == 1, surname
        return found[0]

    def push(self, pathway_id: str, body: KnownBody) -> None:
        now = self.demo.clock()
        entry = Entry(
            id=new_entry_id(now),
            pathway_id=pathway_id,
            author=self.demo.user,
            device=self.demo.device,
            occurred_at=now,
            body=body,
        )
        content = b'{"device":"%s","entries":[%s]}' % (
            self.demo.device.encode(),
            encode_entry(entry),
        )
        answer = self._client.post("/v1/entries", content=content)
        (result,) = msgspec.json.decode(answer.content, type=PushResponse).results
        assert result.status == "accepted", result.reason

    def answer(self, surname: str, category: AnswerCategory, text: str = "") -> str:
        pathway_id, pathway = self.named(surname)
        assert pathway.to_answer is not None
        body = ReplySent(
            category=category,
            comment=text,
            answers=pathway.to_answer,
            letter_id=new_letter_id(),
            envelope_id=new_letter_id(),
        )
        self.push(pathway_id, body)
        return pathway_id

    def look(self, pathway_id: str | None) -> Onlookers:
        said = {"pathway_id": pathway_id, "composing": False}
        answer = self._client.post("/v1/presence", json=said)
        return msgspec.json.decode(answer.content, type=Onlookers)

    def after(self, minutes: float) -> None:
        """So much time passes; then everything that is due is done."""
        self.demo.clock.put(self.demo.clock() + dt.timedelta(minutes=minutes))
        self.demo.step()


@pytest.fixture(scope="module")
def agreement() -> Agreement:
    return load_agreement("region-sjaelland-2025-11")


@pytest.fixture(scope="module")
def opened(agreement: Agreement) -> Iterator[Desk]:
    """The demo as the window opens on it; nobody changes anything."""
    desk = Desk(LiveDemo(agreement, SUNDAY))
    yield desk
    desk.close()


@pytest.fixture
def desk(agreement: Agreement) -> Iterator[Desk]:
    """A demo whose time a test moves."""
    made = Desk(LiveDemo(agreement, SUNDAY))
    yield made
    made.close()


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load_scenario(SCENARIO)


# --- what the window opens on -------------------------------------------------------------------


def due(pathway: Pathway, agreement: Agreement) -> dt.datetime | None:
    """The moment that counts for the answer, in Danish time."""
    plan = pathway.current_plan
    if plan is None or pathway.reply_state not in {ReplyState.RECEIVED, ReplyState.IN_PROGRESS}:
        return None
    (duty,) = agenda(plan.message, plan.received_at, agreement).duties
    assert duty.due is not None
    return (duty.effective or duty.due).local.replace(tzinfo=None)


def surnames(opened: Desk, chosen: Callable[[Pathway], bool]) -> set[str]:
    pathways = opened.pathways().values()
    citizens = (each.citizen for each in pathways if chosen(each))
    return {citizen.surname or "?" for citizen in citizens if citizen}


def test_it_is_18_minutes_to_ten_on_the_next_weekday(opened: Desk) -> None:
    assert opened.demo.clock().isoformat() == "2026-11-23T08:42:00+00:00"


def test_one_is_overdue_four_are_due_today_and_three_on_the_next_weekday(
    opened: Desk, agreement: Agreement
) -> None:
    by_due: dict[dt.datetime, set[str]] = {}
    for pathway in opened.pathways().values():
        at = due(pathway, agreement)
        if at is not None and pathway.citizen:
            by_due.setdefault(at, set()).add(pathway.citizen.surname or "?")
    at_eleven = dt.time(11)
    assert by_due == {
        dt.datetime.combine(MONDAY, dt.time(9)): {"Vestermark"},
        dt.datetime.combine(MONDAY, at_eleven): {
            "Østerby Vind",
            "Brink",
            "Solvang Mørk",
            "Dalsgård Holm",
        },
        dt.datetime.combine(TUESDAY, at_eleven): {"Krogsdal", "Friislund", "Kjelstrup"},
    }


def test_every_other_group_has_somebody_in_it(opened: Desk) -> None:
    def in_state(state: ReplyState) -> set[str]:
        return surnames(opened, lambda pathway: pathway.reply_state is state)

    assert in_state(ReplyState.ANSWER_RECEIVED) == {"Lundholt"}
    assert in_state(ReplyState.AWAITING_HOSPITAL) == {"Brøndum"}
    assert in_state(ReplyState.CONFERENCE_AGREED) == {"Rytterdal"}
    assert surnames(opened, lambda pathway: pathway.is_undelivered) == {"Overgård Bak"}
    assert surnames(opened, lambda pathway: pathway.agreement) == {
        "Sandager",
        "Kjær Lind",
        "Abildgren",
        "Ravnkilde",
        "Nørrelund",
        "Thorupgård",
    }
    assert surnames(opened, lambda each: each.discharged_without_agreement) == {"Kjelstrup"}
    assert surnames(opened, lambda each: each.stay is Stay.TREATMENT_ENDED) == {"Kjær Lind"}
    assert len(opened.pathways()) == 27


def test_rehabilitation_waits_for_us_for_the_hospital_and_for_a_discharge_date(
    opened: Desk,
) -> None:
    names = _about(opened, RehabilitationPlan)
    assert names == {"Sandager", "Storgård", "Hyldal", "Stenbæk"}
    found = {name: rehabilitation(opened.named(name)[1]) for name in names}
    discharges = {name: course and course.discharge for name, course in found.items()}
    assert discharges == {
        "Sandager": dt.date(2026, 11, 20),
        "Storgård": dt.date(2026, 11, 17),
        "Hyldal": dt.date(2026, 11, 20),
        "Stenbæk": None,
    }
    specialised = {
        name
        for name, course in found.items()
        if course and course.training_level is TrainingLevel.SPECIALISED
    }
    assert specialised == {"Hyldal"}
    assert {name for name, course in found.items() if course and course.awaits_discharge} == {
        "Stenbæk"
    }


def test_there_is_an_ambulatory_letter_and_a_file_nobody_can_read(opened: Desk) -> None:
    letters = [
        each.body.message.subject
        for each in opened.entries()
        if isinstance(each.body, MessageReceived)
        and isinstance(each.body.message, Correspondence)
        and each.body.message.stay_status == "ambulant"
    ]
    assert letters == ["Hjælpemidler"]
    health: Health = opened.get("/v1/health", Health)
    assert health.queues is not None
    assert (health.queues.quarantine, health.queues.outgoing, health.queues.unread) == (1, 0, 0)


def _about(opened: Desk, kind: type[Any]) -> set[str]:
    def has(pathway: Pathway) -> bool:
        bodies = (each.body for each in pathway.timeline)
        return any(
            isinstance(each, MessageReceived) and isinstance(each.message, kind) for each in bodies
        )

    return surnames(opened, has)


def test_one_citizen_is_unknown_to_the_municipality_and_a_conference_is_proposed(
    opened: Desk,
) -> None:
    planned = surnames(opened, lambda pathway: pathway.current_plan is not None)
    assert planned - _about(opened, AdmissionNotification) == {"Solvang Mørk"}
    proposed = surnames(
        opened,
        lambda pathway: bool(pathway.current_plan and pathway.current_plan.message.conference),
    )
    assert proposed == {"Solvang Mørk"}


def test_one_discharge_is_planned_on_a_weekend(opened: Desk) -> None:
    def on_a_weekend(pathway: Pathway) -> bool:
        plan = pathway.current_plan
        planned = plan.message.planned_discharge if plan else None
        return planned is not None and is_weekend_or_holiday(planned.date)

    assert surnames(opened, on_a_weekend) == {"Dalsgård Holm"}


def test_the_head_case_has_a_new_version_with_three_changes(opened: Desk) -> None:
    _, pathway = opened.named("Østerby Vind")
    first, second = (version.message for version in pathway.plans)
    changes = diff_plans(first, second)
    assert len(changes) == 3
    assert {"Aftalt udskrivning", "Hjælpemidler"} < {change.label for change in changes}
    assert [each.kind for each in pathway.thread] == ["reply_sent", "message_received"]
    assert pathway.owner == opened.demo.user


def test_colleagues_have_taken_some(opened: Desk) -> None:
    assert {each.owner for each in opened.pathways().values()} == {None, "vera", "mette"}


def test_nothing_the_hospital_sent_has_anything_to_remark_on(opened: Desk) -> None:
    messages = [
        each.body.message for each in opened.entries() if isinstance(each.body, MessageReceived)
    ]
    assert len(messages) > 50
    assert [(type(each), each.extra, each.notices) for each in messages if each.notices] == []
    assert all(not each.extra for each in messages)


@pytest.mark.parametrize("today", [dt.date(2026, 11, 27), dt.date(2026, 12, 24)])
def test_the_morning_is_as_full_on_any_day(agreement: Agreement, today: dt.date) -> None:
    desk = Desk(LiveDemo(agreement, today))
    try:
        states = [each.reply_state for each in desk.pathways().values()]
    finally:
        desk.close()
    assert len(states) == 27
    assert states.count(ReplyState.RECEIVED) + states.count(ReplyState.IN_PROGRESS) == 8


def test_the_citizens_are_invented(scenario: Scenario) -> None:
    citizens = [stay.citizen for stay in scenario.stays.values()]
    assert {each.cpr for each in citizens if each.cpr} == OFFICIAL_TEST_NUMBERS
    replacements = [each.replacement_cpr or "" for each in citizens if not each.cpr]
    assert len({each.key for each in citizens}) == len(citizens)
    assert all(re.fullmatch(r"[0-9]{6}0[A-Z]{2}[0-9]", each) for each in replacements)
    telephones = re.findall(r'number = "(\d+)"|telephone = "(\d+)"', _text())
    assert {(a or b)[:4] for a, b in telephones} == {"0000"}


def _text() -> str:
    from visitator.resources import resource_folder

    return (resource_folder("demo") / SCENARIO).read_text(encoding="utf-8")


# --- what happens next --------------------------------------------------------------------------


def test_a_question_is_receipted_in_the_next_round_and_answered_after_a_minute(desk: Desk) -> None:
    desk.answer("Krogsdal", AnswerCategory.QUESTION, "Hvem bestiller badetaburet?")
    desk.after(0)
    desk.after(0)
    _, pathway = desk.named("Krogsdal")
    assert pathway.replies[-1].transit is Transit.RECEIVED
    assert pathway.reply_state is ReplyState.AWAITING_HOSPITAL

    desk.after(1)

    _, pathway = desk.named("Krogsdal")
    assert pathway.reply_state is ReplyState.ANSWER_RECEIVED
    answer = pathway.thread[-1].body
    assert isinstance(answer, MessageReceived)
    assert isinstance(answer.message, Correspondence)
    assert "Ergoterapeuten" in answer.message.text


def test_an_ok_is_receipted_and_asks_for_no_answer(desk: Desk) -> None:
    desk.answer("Østerby Vind", AnswerCategory.OK)
    desk.after(0)
    desk.after(30)
    _, pathway = desk.named("Østerby Vind")
    assert pathway.agreement
    assert pathway.replies[-1].transit is Transit.RECEIVED
    assert pathway.thread[-1].body == pathway.replies[-1].sent


def test_a_refused_answer_can_be_sent_again(desk: Desk) -> None:
    _, pathway = desk.named("Overgård Bak")
    assert pathway.replies[-1].transit is Transit.ATTENTION
    desk.answer("Overgård Bak", AnswerCategory.OK)
    desk.after(0)
    desk.after(0)
    _, pathway = desk.named("Overgård Bak")
    assert pathway.agreement


def test_a_letter_about_an_ambulatory_visit_is_answered(desk: Desk) -> None:
    pathway_id, _ = desk.named("Ellekær")
    letter = CorrespondenceSent(
        subject="Hjælpemidler",
        text="Vi kommer i morgen.",
        purpose="information",
        letter_id=new_letter_id(),
        envelope_id=new_letter_id(),
    )
    desk.push(pathway_id, letter)
    desk.after(0)
    desk.after(0)
    desk.after(2)
    _, pathway = desk.named("Ellekær")
    assert pathway.letters_sent[-1].transit is Transit.RECEIVED
    assert [each.kind for each in pathway.thread] == [
        "message_received",
        "correspondence_sent",
        "message_received",
    ]


def test_a_new_plan_comes_after_a_minute_and_colleagues_go_on_working(desk: Desk) -> None:
    desk.after(1)
    inge, _ = desk.named("Friislund")
    assert desk.named("Havgård")[1].reply_state is ReplyState.RECEIVED
    (onlooker,) = desk.look(inge).others
    assert (onlooker.name, onlooker.composing) == ("Mette Kvist Demo", True)
    desk.after(2)
    assert desk.named("Brøndum")[1].reply_state is ReplyState.ANSWER_RECEIVED
    assert len(desk.look(inge).others) == 1
    desk.after(1)
    assert desk.named("Friislund")[1].agreement
    assert desk.look(inge).others == ()
    desk.after(1)
    assert desk.named("Nørrelund")[1].agreement_superseded


def test_a_colleague_who_comes_too_late_does_nothing(desk: Desk) -> None:
    desk.answer("Friislund", AnswerCategory.OK)
    desk.after(4)
    _, pathway = desk.named("Friislund")
    assert [reply.entry.author for reply in pathway.replies] == ["vera"]


def test_time_runs_by_itself_and_a_waiting_call_hears_of_it(agreement: Agreement) -> None:
    desk = Desk(LiveDemo(agreement, SUNDAY, speed=600))
    try:
        before = desk.page().cursor
        with desk.demo:
            page = desk.page(after=before, wait=30)
            assert page.entries
    finally:
        desk.close()


# --- the end ------------------------------------------------------------------------------------


def test_everything_is_deleted_and_the_gateway_is_gone_at_the_end(agreement: Agreement) -> None:
    with LiveDemo(agreement, SUNDAY, speed=0) as demo:
        folder, address = demo.folder, demo.address
        assert folder.is_dir()
        assert httpx.get(f"{address}/v1/health", trust_env=False).status_code == 200
    assert not folder.exists()
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{address}/v1/health", trust_env=False)


def test_no_file_but_the_drop_folder_holds_anything_readable(opened: Desk) -> None:
    words = [b"Vestermark", b"0406380QA1", b"Banegraven", "Sårskift".encode(), b"Havgade"]
    files = [
        file
        for file in opened.demo.folder.rglob("*")
        if file.is_file() and "vans" not in file.relative_to(opened.demo.folder).parts
    ]
    assert {file.suffix for file in files} >= {".db"}
    for file in files:
        data = file.read_bytes()
        assert not [word for word in words if word in data], file.name


def test_the_past_is_told_as_it_is_played(agreement: Agreement) -> None:
    told: list[float] = []
    LiveDemo(agreement, SUNDAY, progress=told.append).close()
    assert told == sorted(told)
    assert (told[0], told[-1]) == (0.0, 1.0)


def test_a_past_that_cannot_be_is_named_and_leaves_nothing(
    agreement: Agreement, scenario: Scenario
) -> None:
    early = [deed for deed in scenario.deeds if deed.citizen == "vind"]
    impossible = msgspec.structs.replace(scenario, events=(), deeds=tuple(early))
    with pytest.raises(ScenarioError, match="vera kan ikke gøre det om vind"):
        LiveDemo(agreement, SUNDAY, scenario=impossible)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('who = "mette"', 'who = "ingen"', "ukendt medarbejder 'ingen'"),
        ('do = "take"', 'do = "dans"', "Invalid value 'dans'"),
        ("[events.changes]", "[events.ukendt]", "ukendt"),
    ],
)
def test_a_scenario_that_cannot_be_used_says_why(old: str, new: str, says: str) -> None:
    from visitator.demo.scenario import parse_scenario

    with pytest.raises(ScenarioError, match=says):
        parse_scenario(_text().replace(old, new), "vagt.toml")
