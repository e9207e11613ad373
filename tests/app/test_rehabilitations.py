"""The rehabilitation side of a desk, from the hospital's file to a started course.

The gateway is real; the hospital's files go in at one end, and countdowns come out at the other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import openpyxl
import pytest

from tests.app.town import AGREEMENT, Seat, Town, names, town_in
from tests.gateway.mailbox import AKSEL, EPISODE, NANCY, admission, correspondence, discharge, plan
from tests.gateway.test_rehabilitations import gop
from visitator.app import spreadsheet
from visitator.app.rehabilitation_steps import StepDraft
from visitator.app.rehabilitation_text import plan_fields, plan_sections
from visitator.app.rehabilitation_views import (
    RehabilitationChoice,
    RehabilitationFlag,
    RehabilitationGroupKind,
    RehabilitationRow,
    RehabilitationView,
)
from visitator.app.views import Box, KnownError, Point, RowKind
from visitator.domain.citizen import Citizen
from visitator.domain.deadlines import COPENHAGEN
from visitator.domain.messages import RehabilitationPlan
from visitator.domain.moment import Moment
from visitator.domain.rehabilitation import start_due_of
from visitator.domain.text import RichText
from visitator.gateway import intake
from visitator.medcom.reader import read

OVERDUE, TO_START, AWAITS, ELSEWHERE, STARTED, ENDED = RehabilitationGroupKind
ALL = RehabilitationChoice(with_ended=True)
TODAY = dt.date(2030, 3, 8)
FIXTURES = Path(__file__).parents[1] / "fixtures"
SAMPLES = Path(__file__).parents[3] / "shared" / "medcom" / "oioxml" / "samples" / "ggop2xdis91"


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with town_in(tmp_path) as town:
        town.now = dt.datetime(2030, 3, 8, 12, tzinfo=COPENHAGEN).astimezone(dt.UTC)
        yield town


@pytest.fixture
def seat(town: Town) -> Seat:
    return town.seat()


def arrived(town: Town, seat: Seat, message: RehabilitationPlan | None = None) -> str:
    found = town.sends(gop() if message is None else message)
    seat.until(lambda: seat.desk.rehabilitations.view(found))
    return found


def view(seat: Seat, pathway: str) -> RehabilitationView:
    found = seat.desk.rehabilitations.view(pathway)
    assert found is not None
    return found


def row(seat: Seat, pathway: str) -> RehabilitationRow:
    return view(seat, pathway).row


def take(seat: Seat, pathway: str, code: str, **filled: Any) -> str:
    draft = StepDraft(code=code, **({"day": TODAY} | filled))
    return seat.desk.rehabilitations.take(pathway, draft).result()


# --- the list and its countdown (rule L, through the whole stack)


@pytest.mark.parametrize(
    ("discharged", "due"),
    [
        (dt.date(2026, 2, 6), dt.date(2026, 2, 13)),
        (dt.date(2026, 3, 25), dt.date(2026, 4, 1)),
        (dt.date(2026, 10, 22), dt.date(2026, 10, 29)),
        (dt.date(2026, 2, 25), dt.date(2026, 3, 4)),
        (dt.date(2026, 3, 30), dt.date(2026, 4, 6)),
        (dt.date(2026, 12, 25), dt.date(2027, 1, 1)),
    ],
)
def test_a_plan_becomes_a_row_that_counts_calendar_days(
    town: Town, discharged: dt.date, due: dt.date
) -> None:
    noon = dt.datetime.combine(discharged, dt.time(12), COPENHAGEN)
    town.now = noon.astimezone(dt.UTC)
    seat = town.seat()
    pathway = arrived(town, seat, gop(contact_expected_end=Moment(discharged)))
    found = row(seat, pathway)
    assert found.deadline is not None
    assert found.deadline.due is not None
    assert (found.deadline.due.date(), found.deadline.is_whole_day) == (due, True)
    assert (found.days_left, found.group) == (7, TO_START)
    last = dt.datetime.combine(due, dt.time(23, 59, 59), COPENHAGEN)
    town.now = last.astimezone(dt.UTC)
    assert (row(seat, pathway).days_left, row(seat, pathway).group) == (0, TO_START)
    assert seat.desk.rehabilitations.overview().waits_for_us == 1
    town.later(seconds=1)
    assert (row(seat, pathway).days_left, row(seat, pathway).group) == (-1, OVERDUE)
    counts = seat.desk.rehabilitations.overview().counts
    assert (counts[OVERDUE], counts[TO_START]) == (1, 0)


def test_the_row_says_who_which_level_and_whom_it_waits_for(town: Town, seat: Seat) -> None:
    pathway = arrived(town, seat)
    found = row(seat, pathway)
    assert (found.name, found.cpr_masked) == ("Karen-Margrethe Østerby Vind", "251248-••••")
    assert (found.level, found.state) == ("Almen, niveau ikke fastsat", "Modtaget")
    assert (found.discharge, found.discharge_source) == (TODAY, "Forventet ifølge planen")
    assert found.flags == {RehabilitationFlag.EXPECTED_DISCHARGE, RehabilitationFlag.UNLINKED}


def test_it_stands_in_the_inbox_until_the_first_step(town: Town, seat: Seat) -> None:
    pathway = arrived(town, seat)
    (found,) = seat.desk.rows(Box.INBOX, 0, 10)
    assert (found.pathway_id, found.kind) == (pathway, RowKind.REHABILITATION)
    assert found.deadline is not None
    take(seat, pathway, "contacted")
    assert names(seat, Box.INBOX) == []
    assert names(seat) == [pathway]


def test_an_answered_stay_comes_back_to_the_inbox_when_the_plan_comes(
    town: Town, seat: Seat
) -> None:
    pathway = town.sends(plan())
    seat.has(pathway).reply(pathway)
    seat.send()
    assert names(seat, Box.INBOX) == []
    assert arrived(town, seat, gop(episode=EPISODE)) == pathway
    assert names(seat, Box.INBOX) == [pathway]


def test_the_list_is_chosen_by_level_and_by_step(town: Town, seat: Seat) -> None:
    general = arrived(town, seat)
    special = arrived(town, seat, gop(AKSEL, number=2, level_text="specialiseret"))
    seat.desk.rehabilitations.set_level(general, "advanced").result()
    desk = seat.desk.rehabilitations
    for choice, expected in [
        (RehabilitationChoice(level="advanced"), [general]),
        (RehabilitationChoice(level="specialised"), [special]),
        (RehabilitationChoice(level="basic"), []),
        (RehabilitationChoice(state="received"), [general, special]),
        (RehabilitationChoice(state="contacted"), []),
    ]:
        assert [each.pathway_id for each in desk.rows(0, 10, choice)] == expected
        assert sum(desk.overview(choice).counts.values()) == len(expected)
    assert desk.position(special) == 1
    assert desk.position(special, RehabilitationChoice(level="basic")) is None
    assert "Rehabilitering på specialiseret niveau" in [e.label for e in desk.overview().levels]


# --- whom it waits for


def test_what_waits_for_the_discharge_is_told_apart_until_the_citizen_is_home(
    town: Town, seat: Seat
) -> None:
    pathway = town.sends(admission())
    assert arrived(town, seat, gop(episode=EPISODE)) == pathway
    found = row(seat, pathway)
    assert found.group is AWAITS
    assert RehabilitationFlag.IN_HOSPITAL in found.flags
    town.sends(discharge())
    seat.until(lambda: row(seat, pathway).group is TO_START)
    found = row(seat, pathway)
    assert (found.discharge, found.discharge_source) == (TODAY, "Udskrivningsadvis")
    assert found.days_left == 7


def test_a_plan_without_a_discharge_date_waits_until_somebody_knows_it(
    town: Town, seat: Seat
) -> None:
    pathway = arrived(town, seat, gop(contact_expected_end=None))
    found = view(seat, pathway)
    assert (found.row.group, found.row.days_left) == (AWAITS, None)
    assert RehabilitationFlag.NO_DISCHARGE in found.row.flags
    assert "mangler i planen" in found.rule
    day = dt.date(2030, 3, 6)
    seat.desk.rehabilitations.set_date(pathway, "discharge", day, "Oplyst af O3").result()
    found = view(seat, pathway)
    assert (found.row.group, found.row.days_left, found.anchor) == (TO_START, 5, day)
    said = next(each for each in found.dates if each.code == "discharge").said
    assert said is not None
    assert said.who == "Navn på AHN"
    seat.desk.rehabilitations.set_date(pathway, "discharge", None).result()
    assert row(seat, pathway).group is AWAITS


def test_a_discharge_in_the_past_is_overdue_from_the_start_and_says_that_it_came_late(
    town: Town, seat: Seat
) -> None:
    pathway = arrived(town, seat, gop(contact_expected_end=Moment(dt.date(2030, 2, 1))))
    found = row(seat, pathway)
    assert (found.group, found.days_left) == (OVERDUE, -28)
    assert RehabilitationFlag.CAME_LATE in found.flags


def test_an_unknown_citizen_is_still_a_row(town: Town, seat: Seat) -> None:
    pathway = arrived(town, seat, gop(citizen=Citizen(cpr="0000000000", surname="Ukendt")))
    found = row(seat, pathway)
    assert RehabilitationFlag.UNKNOWN_CITIZEN in found.flags
    assert view(seat, pathway).link.options == ()


def test_a_plan_sent_twice_is_one_row(town: Town, seat: Seat) -> None:
    pathway = arrived(town, seat)
    assert arrived(town, seat) == pathway
    newer = gop(number=2, contact_expected_end=Moment(dt.date(2030, 3, 9)))
    town.sends(newer)
    seat.until(lambda: row(seat, pathway).version == 2)
    (found,) = seat.desk.rehabilitations.rows(0, 10)
    assert (found.days_left, RehabilitationFlag.NEW_VERSION in found.flags) == (8, True)
    assert len(view(seat, pathway).versions) == 2


def test_the_plans_own_deadline_is_a_suggestion_until_a_person_confirms_it(
    town: Town, seat: Seat
) -> None:
    text = RichText("Opstart senest 20. marts pga. suturfjernelse")
    pathway = arrived(town, seat, gop(start_deadline_text=text))
    found = view(seat, pathway)
    assert str(found.own_deadline) == text.text
    assert (found.row.days_left, found.row.own_deadline) == (7, text.text)
    assert RehabilitationFlag.OWN_DEADLINE in found.row.flags
    (read_out,) = found.suggestions
    assert (read_out.date, read_out.words) == (dt.date(2030, 3, 20), "20. marts")
    seat.desk.rehabilitations.set_date(pathway, read_out.code, read_out.date).result()
    found = view(seat, pathway)
    assert (found.row.days_left, found.suggestions) == (12, ())
    assert RehabilitationFlag.OWN_DEADLINE not in found.row.flags


def test_a_deadline_that_only_repeats_the_computed_one_is_shown_and_asks_nothing(
    town: Town, seat: Seat
) -> None:
    text = RichText("Genoptræningen bedes startet senest 7 dage efter udskrivelsen.")
    found = view(seat, arrived(town, seat, gop(start_deadline_text=text)))
    assert str(found.own_deadline) == text.text
    assert RehabilitationFlag.OWN_DEADLINE not in found.row.flags
    assert found.suggestions == ()


# --- levels


def test_the_hospital_trains_and_the_municipality_sees_to_transport(town: Town, seat: Seat) -> None:
    pathway = arrived(town, seat, gop(level_text="specialiseret"))
    found = view(seat, pathway)
    assert (found.row.group, found.row.deadline) == (ELSEWHERE, None)
    assert found.row.hospital_due == dt.date(2030, 3, 15)
    assert found.transport == "Befordring mangler"
    assert [each.code for each in found.steps] == ["transport", "status", "ended"]
    take(seat, pathway, "transport", choice="entitled")
    assert view(seat, pathway).transport == "Befordring er arrangeret"
    assert RehabilitationFlag.TRANSPORT not in row(seat, pathway).flags
    with pytest.raises(KnownError, match="specialiseret plan"):
        seat.desk.rehabilitations.set_level(pathway, "basic").result()


def test_rehabilitation_at_specialised_level_is_the_regions_after_2026(
    town: Town, seat: Seat
) -> None:
    pathway = arrived(town, seat, gop(level_text="rehabilitering"))
    found = view(seat, pathway)
    assert (found.row.group, found.row.deadline) == (ELSEWHERE, None)
    assert RehabilitationFlag.REGION in found.row.flags
    assert "1-1-2027" in found.rule


# --- steps


def test_from_the_file_to_started_on_two_machines_one_of_them_offline(town: Town) -> None:
    mine, theirs = town.seat("AHN"), town.seat("BKR")
    pathway = arrived(town, mine)
    theirs.until(lambda: theirs.desk.rehabilitations.row(pathway))
    theirs.wire.is_cut = True
    take(mine, pathway, "contacted", note="Vil gerne træne om formiddagen")
    take(mine, pathway, "choice", choice="telephone")
    take(theirs, pathway, "offer", choice="third_party", text="Fjordens Fysioterapi")
    at = Point(date=dt.date(2030, 3, 12), time=dt.time(9, 30))
    take(theirs, pathway, "agreed", point=at)
    offline = row(theirs, pathway)
    assert (offline.state, offline.start) == ("Opstart aftalt", at)
    assert RehabilitationFlag.PENDING in offline.flags
    mine.until(lambda: not mine.desk.waiting())
    theirs.wire.is_cut = False
    theirs.desk.retry_now()
    theirs.until(lambda: not theirs.desk.waiting())
    mine.until(lambda: row(mine, pathway).start == at)
    town.later(days=4)
    take(mine, pathway, "started", day=dt.date(2030, 3, 12))
    mine.until(lambda: not mine.desk.waiting())
    theirs.until(lambda: row(theirs, pathway).group is STARTED)
    expected = [
        ("Borger kontaktet", "", "Navn på AHN"),
        ("Frit valg oplyst", "Telefonisk", "Navn på AHN"),
        (
            "Tilbud valgt",
            "Leverandør efter kommunens aftale: Fjordens Fysioterapi",
            "Navn på BKR",
        ),
        ("Opstart aftalt", "", "Navn på BKR"),
        ("Genoptræning startet", "", "Navn på AHN"),
    ]

    def steps(seat: Seat) -> list[tuple[str, str, str]]:
        return [(each.label, each.chosen, each.said.who) for each in view(seat, pathway).taken]

    for seat in (mine, theirs):
        found = row(seat, pathway)
        assert (found.state, found.started) == ("Startet", dt.date(2030, 3, 12))
        assert RehabilitationFlag.LATE not in found.flags
        # What the others are called may be heard last.
        seat.until(lambda seat=seat: steps(seat) == expected)  # type: ignore[misc]


def test_a_step_by_mistake_is_taken_back_and_stays_to_be_seen(town: Town, seat: Seat) -> None:
    pathway = arrived(town, seat)
    step = take(seat, pathway, "started")
    assert row(seat, pathway).group is STARTED
    seat.desk.rehabilitations.withdraw(pathway, step).result()
    assert row(seat, pathway).group is TO_START
    (taken,) = view(seat, pathway).taken
    assert taken.is_withdrawn
    with pytest.raises(KnownError, match="allerede fortrudt"):
        seat.desk.rehabilitations.withdraw(pathway, step).result()


def test_a_start_after_the_deadline_is_late_and_says_why(town: Town, seat: Seat) -> None:
    pathway = arrived(town, seat)
    until = Point(date=dt.date(2030, 3, 20))
    take(seat, pathway, "postponed", choice="capacity", point=until)
    assert row(seat, pathway).postponed == "Kapacitet"
    (taken,) = view(seat, pathway).taken
    assert (taken.chosen, taken.at) == ("Kapacitet", until)
    town.later(days=12)
    take(seat, pathway, "started", day=dt.date(2030, 3, 20))
    assert RehabilitationFlag.LATE in row(seat, pathway).flags


def test_an_end_has_a_closing_note_to_the_general_practitioner(town: Town, seat: Seat) -> None:
    pathway = arrived(town, seat)
    take(seat, pathway, "started")
    end = next(each for each in view(seat, pathway).steps if each.code == "ended")
    assert end.text.startswith("Genoptræning efter genoptræningsplan af 08-03-2030 er afsluttet")
    assert "Startet: 08-03-2030." in end.text
    take(seat, pathway, "ended", text=f"{end.text}Går frit.")
    assert [e.pathway_id for e in seat.desk.rehabilitations.rows(0, 10)] == []
    (found,) = seat.desk.rehabilitations.rows(0, 10, ALL)
    assert (found.group, found.state) == (ENDED, "Afsluttet")
    assert view(seat, pathway).steps == ()
    assert view(seat, pathway).taken[-1].text.endswith("Går frit.")


@pytest.mark.parametrize(
    ("filled", "words"),
    [
        ({"code": "started", "day": dt.date(2030, 3, 9)}, "efter i dag"),
        ({"code": "choice"}, "Vælg en af mulighederne"),
        ({"code": "offer", "choice": "noget andet"}, "Vælg en af mulighederne"),
        ({"code": "agreed"}, "Skriv, hvornår opstarten er aftalt til"),
        ({"code": "status", "text": " "}, "Skriv statusnotatet"),
        ({"code": "findes ikke"}, "kendes ikke"),
    ],
)
def test_a_step_that_lacks_something_says_what(
    town: Town, seat: Seat, filled: dict[str, Any], words: str
) -> None:
    pathway = arrived(town, seat)
    with pytest.raises(KnownError, match=words):
        take(seat, pathway, **filled)
    assert view(seat, pathway).taken == ()


def test_what_is_said_of_a_course_that_is_not_here_is_a_known_fault(seat: Seat) -> None:
    with pytest.raises(KnownError, match="findes ikke længere"):
        take(seat, "P-ukendt", "contacted")
    assert seat.desk.rehabilitations.view("P-ukendt") is None


# --- questions to the hospital (rule N)


def test_a_question_goes_to_the_ward_of_the_plan_and_has_its_deadline(
    town: Town, seat: Seat
) -> None:
    """8 March 2030 is a Friday, so the hospital answers on Monday at the latest."""
    pathway = arrived(town, seat)
    found = view(seat, pathway)
    assert found.question_to.startswith("Nordfjordens Sygehus")
    assert found.answer_rule == "Sygehuset svarer senest efterfølgende hverdag."
    seat.desk.rehabilitations.ask(pathway, "Må hun støtte på benet?").result()
    asked = row(seat, pathway)
    assert RehabilitationFlag.AWAITS_ANSWER in asked.flags
    assert asked.answer_due is not None
    assert asked.answer_due.date() == dt.date(2030, 3, 11)
    seat.send()
    (letter,) = town.fetches()
    assert letter.subject == "Vedr. genoptræningsplan"
    assert letter.receiver.unit == "O3"
    assert "Må hun støtte på benet?" in letter.text
    town.sends(correspondence(NANCY, None))
    seat.until(lambda: RehabilitationFlag.AWAITS_ANSWER not in row(seat, pathway).flags)
    with pytest.raises(KnownError, match="Skriv spørgsmålet"):
        seat.desk.rehabilitations.ask(pathway, "  ").result()


# --- linked to an admission


def test_a_person_links_the_plan_to_a_stay_and_unlinks_it(town: Town, seat: Seat) -> None:
    stay = town.sends(admission())
    town.sends(discharge())
    pathway = arrived(
        town, seat, gop(episode="en-anden-episode", contact_expected_end=None, contact_start=None)
    )
    assert pathway != stay
    seat.until(lambda: view(seat, pathway).link.options)
    found = view(seat, pathway)
    assert (found.link.pathway_id, found.row.group) == ("", AWAITS)
    (option,) = found.link.options
    assert option.pathway_id == stay
    seat.desk.rehabilitations.link(pathway, stay).result()
    found = view(seat, pathway)
    assert (found.link.pathway_id, found.link.is_by_hand) == (stay, True)
    assert (found.row.group, found.row.days_left) == (TO_START, 7)
    assert seat.view(pathway).deadline == found.row.deadline  # the same in the inbox
    seat.desk.rehabilitations.link(pathway, None).result()
    assert row(seat, pathway).group is AWAITS


# --- the spreadsheet


def test_the_list_is_exported_as_it_stands_and_every_text_is_a_text(
    town: Town, seat: Seat, tmp_path: Path
) -> None:
    evil = '=HYPERLINK("http://x")'
    for number, surname in enumerate([evil, "+1", "@SUM(A1)", "Vind"], start=1):
        citizen = Citizen(cpr=AKSEL if number % 2 else NANCY, surname=surname)
        arrived(town, seat, gop(number=number, episode=f"e{number}", citizen=citizen))
    assert seat.desk.rehabilitations.file_name() == "genoptraening-2030-03-08.xlsx"
    path = tmp_path / seat.desk.rehabilitations.file_name()
    assert seat.desk.rehabilitations.export(path).result() == 4
    sheet = openpyxl.load_workbook(path)["Genoptræning"]
    head, *rows = sheet.iter_rows()
    columns = [cell.value for cell in head]
    name = columns.index("Borger")
    assert {r[name].value for r in rows} == {evil, "+1", "@SUM(A1)", "Vind"}
    for each in rows:
        assert each[name].data_type == "s"
        assert each[name].quotePrefix == (str(each[name].value)[0] in "=+@")
        assert str(each[columns.index("Seneste opstart")].value).startswith("2030-03-15")
        assert each[columns.index("Dage til frist")].value == 7
        assert all("2512489996" not in str(cell.value) for cell in each)


def test_what_no_cell_can_hold_is_left_out(town: Town, seat: Seat, tmp_path: Path) -> None:
    odd = msgspec.structs.replace(row(seat, arrived(town, seat)), name="Vi\x07nd\x00")
    spreadsheet.write(tmp_path / "x.xlsx", [odd])
    sheet = openpyxl.load_workbook(tmp_path / "x.xlsx").worksheets[0]
    assert sheet.cell(2, 3).value == "Vind"


def test_a_spreadsheet_that_cannot_be_written_says_so(
    town: Town, seat: Seat, tmp_path: Path
) -> None:
    arrived(town, seat)
    with pytest.raises(KnownError, match="Regnearket kunne ikke gemmes"):
        seat.desk.rehabilitations.export(tmp_path / "findes-ikke" / "x.xlsx").result()


def test_a_lone_date_says_whether_the_contact_began_or_ends_then() -> None:
    found = {part.title: part for part in plan_sections(gop(contact_expected_end=None))}
    (field,) = found["Sygehuskontakt"].fields
    assert field.label == "Sygehuskontakt fra"
    assert found["Sygehuskontakt"].has_labels


def test_a_heading_is_not_said_again_over_its_only_text() -> None:
    (part,) = plan_sections(
        gop(contact_start=None, contact_expected_end=None, need_and_potential=RichText("Gang."))
    )
    assert part.title == "Behov og potentiale"
    assert not part.has_labels


# --- the two forms of the same plan


def plan_in(file: Path) -> RehabilitationPlan:
    (message,) = read(file.read_bytes()).messages
    assert isinstance(message, RehabilitationPlan)
    return message


def shown(message: RehabilitationPlan) -> dict[str, list[tuple[str, str]]]:
    """Every part of a plan, field by field.

    The converted form does not tell secondary diagnoses apart, and has no dash to write.
    """
    return {
        part.title: [
            (
                each.label.replace("Bidiagnose", "Diagnose"),
                str(each.text).strip().replace("\N{EN DASH}", "-"),
            )
            for each in part.fields
        ]
        for part in plan_sections(message)
    }


FORMS = [
    (SAMPLES / "ggop.xml", SAMPLES / "xdis91.xml"),
    (FIXTURES / "ggop_utf8_bom.xml", FIXTURES / "ggop_as_xdis91.xml"),
]


@pytest.mark.parametrize(("plain", "converted"), FORMS, ids=["of MedCom", "our own"])
def test_the_two_forms_of_a_plan_are_the_same_on_screen(plain: Path, converted: Path) -> None:
    """Every field both carry, word for word, under the same heading."""
    if not plain.exists():
        pytest.skip("the samples of the standard are not beside the project")
    both = plan_in(plain), plan_in(converted)
    first, second = (shown(each) for each in both)
    assert list(first) == list(second)
    for title, fields in first.items():
        assert fields == second[title]
    assert len(first) == 11
    pages = [[(each.label, str(each.text)) for each in plan_fields(form)] for form in both]
    assert len(pages[0]) == len(pages[1])
    assert pages[0][:2] == pages[1][:2]
    heads = [
        (
            each.level,
            each.level_text,
            each.start_deadline_text.text if each.start_deadline_text else "",
            each.authorised_at,
            each.sender.name,
            each.sender.telephone,
            each.citizen and (each.citizen.cpr, each.citizen.name),
            start_due_of(each, AGREEMENT),
        )
        for each in both
    ]
    assert heads[0] == heads[1]


def course_of(folder: Path, file: Path) -> RehabilitationView:
    """What the screen of a municipality that gets this file is handed."""
    folder.mkdir()
    with town_in(folder) as town:
        seat = town.seat()
        found = intake.receive(
            town.gateway.database, file.read_bytes(), transport="test", now=town.now
        )
        return seat.until(lambda: seat.desk.rehabilitations.view(found.entries[0].pathway_id))


@pytest.mark.parametrize(("plain", "converted"), FORMS, ids=["of MedCom", "our own"])
def test_the_two_forms_of_a_plan_are_the_same_course(
    tmp_path: Path, plain: Path, converted: Path
) -> None:
    """Through the whole stack: the row, the dates, what can be done."""
    if not plain.exists():
        pytest.skip("the samples of the standard are not beside the project")
    first, second = course_of(tmp_path / "1", plain), course_of(tmp_path / "2", converted)
    for name in ("rule", "anchor", "own_deadline", "dates", "suggestions", "steps", "level_text"):
        assert getattr(first, name) == getattr(second, name), name
    of_one: dict[str, Any] = {"pathway_id": "", "received": None}
    assert msgspec.structs.replace(first.row, **of_one) == msgspec.structs.replace(
        second.row, **of_one
    )
    assert (first.is_correspondence, second.is_correspondence) == (False, True)


def test_a_copy_the_citizen_did_not_want_is_told() -> None:
    deselected = gop(gp_copy_deselected=RichText("Patienten ønsker ikke kopi til egen læge"))
    (field,) = next(p for p in plan_sections(deselected) if p.title == "Kopi og slutstatus").fields
    assert field.label == "Kopi til egen læge fravalgt"
    assert str(field.text) == "Patienten ønsker ikke kopi til egen læge"
