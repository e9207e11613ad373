"""Agreement profiles: what they say, what is refused and where, and when they are out of date."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from visitator.domain.agreement import (
    UNKNOWN_TEXT,
    Agreement,
    AgreementError,
    Fact,
    Rule,
    parse_agreement,
    validity_warnings,
)
from visitator.domain.deadlines import (
    BeforeAt,
    CalendarDaysAfter,
    DayBeforeAt,
    HoursAfter,
    LastWeekdayBeforeAt,
    NextWeekday,
    NextWeekdayAt,
    NightShift,
)

PROFILES = Path(__file__).parents[2] / "resources" / "agreements"
NAME = "region-x.toml"


def text_of(agreement_id: str) -> str:
    return (PROFILES / f"{agreement_id}.toml").read_text(encoding="utf-8")


SJAELLAND = text_of("region-sjaelland-2025-11")


@pytest.fixture(scope="module")
def sjaelland() -> Agreement:
    return parse_agreement(SJAELLAND, NAME)


@pytest.fixture(scope="module")
def midtjylland() -> Agreement:
    return parse_agreement(text_of("region-midtjylland-2021-04"), NAME)


def facts(value: object) -> Iterator[Fact]:
    """Every fact in a profile, at any depth."""
    if isinstance(value, Fact):
        yield value
    if isinstance(value, msgspec.Struct):
        for field in value.__struct_fields__:
            yield from facts(getattr(value, field))


# What the agreements say


def test_region_sjaelland_answers_by_eleven_the_next_weekday(sjaelland: Agreement) -> None:
    reply = sjaelland.care_plan.reply
    assert reply.deadline == NextWeekdayAt(time=dt.time(11))
    assert sjaelland.hospital_answer.deadline == NextWeekdayAt(time=dt.time(11))
    assert reply.status_label == "Fast frist"
    assert reply.required is True
    assert reply.receipt_is_acceptance is False
    assert reply.ok_without_comment_is_agreement is True


def test_region_sjaelland_has_the_three_reply_categories_word_for_word(
    sjaelland: Agreement,
) -> None:
    assert [(c.code, c.label) for c in sjaelland.care_plan.reply.categories] == [
        ("ok", "Plejeforløbsplan OK"),
        ("question", "Uddybende spørgsmål"),
        ("coordination", "Ønske om udvidet koordinering"),
    ]
    assert sjaelland.correspondence.reply_subject == "Plejeforløbsplan"


def test_region_sjaelland_has_the_other_deadlines_of_the_agreement(sjaelland: Agreement) -> None:
    assert sjaelland.care_plan.sent_latest.deadline == DayBeforeAt(time=dt.time(13))
    assert sjaelland.ambulatory.from_hospital.deadline == BeforeAt(time=dt.time(14))
    assert sjaelland.ambulatory.to_hospital.deadline == LastWeekdayBeforeAt(time=dt.time(14))
    assert sjaelland.extended_responsibility.deadline == HoursAfter(hours=96)
    rehabilitation = sjaelland.rehabilitation
    assert rehabilitation.municipality_start.deadline == CalendarDaysAfter(
        days=7, anchor="discharge"
    )
    assert rehabilitation.hospital_start.deadline == CalendarDaysAfter(days=7, anchor="plan_date")
    assert rehabilitation.hospital_answer.deadline == NextWeekday()


def test_region_sjaellands_night_shift_says_that_its_hours_are_assumed(
    sjaelland: Agreement,
) -> None:
    update = sjaelland.admission_report.update.deadline
    assert isinstance(update, HoursAfter)
    assert update.hours == 8
    assert isinstance(update.night, NightShift)
    assert (update.night.start, update.night.end) == (dt.time(23), dt.time(7))
    assert (update.night.due, update.night.mode) == (dt.time(10), "replace")
    assert "antagelse" in update.night.note


def test_region_sjaellands_lists(sjaelland: Agreement) -> None:
    assert [choice.label for choice in sjaelland.ambulatory.purposes] == [
        "orientering",
        "ønske om handling",
        "ønske om faglig tilbagemelding",
    ]
    assert [choice.label for choice in sjaelland.admission_report.mandatory_texts] == [
        "Årsag til indlæggelse",
        "Evt. forebyggelsestiltag",
    ]
    assert len(sjaelland.coordination.triggers) == 3
    assert [choice.label for choice in sjaelland.coordination.forms] == [
        "videokonference",
        "telefonkonference",
        "fremmøde",
    ]
    assert len(sjaelland.coordination.agenda) == 5


def test_region_midtjylland_has_no_fixed_deadline_and_says_so(midtjylland: Agreement) -> None:
    for rule in (midtjylland.care_plan.reply, midtjylland.care_plan.sent_latest):
        assert rule.status == "none"
        assert rule.status_label == "Ingen fast frist aftalt"
        assert rule.deadline is None
    assert "dialog" in midtjylland.care_plan.reply.text
    assert midtjylland.care_plan.reply.required is False
    assert midtjylland.care_plan.reply.categories == ()


def test_region_midtjyllands_numbers(midtjylland: Agreement) -> None:
    assert midtjylland.correspondence.reply_subject == "Vedr. plejeforløbsplan"
    assert midtjylland.correspondence.phone_required is True
    assert midtjylland.correspondence.send_before == dt.time(14, 30)
    assert midtjylland.admission_report.update.deadline == HoursAfter(hours=24)
    assert midtjylland.extended_responsibility.deadline == HoursAfter(hours=72)
    assert "24 timer" in midtjylland.care_plan.minimum_stay.text


def test_the_regions_mean_different_things_by_ended_treatment(
    sjaelland: Agreement, midtjylland: Agreement
) -> None:
    assert "uafhængig af forhold i hjemmet og kommunen" in sjaelland.ended_treatment.text
    assert "aftalt med kommunen" in midtjylland.ended_treatment.text
    assert sjaelland.ended_treatment.counts_terminal is None
    assert midtjylland.ended_treatment.counts_terminal is False


@pytest.mark.parametrize("file", sorted(PROFILES.glob("*.toml")), ids=lambda file: file.stem)
def test_every_known_fact_says_where_it_comes_from(file: Path) -> None:
    agreement = parse_agreement(file.read_text(encoding="utf-8"), file.name)
    known = [fact for fact in facts(agreement) if fact.status != "unknown"]
    assert known
    assert all(fact.source and fact.confidence in ("high", "medium") for fact in known)
    rules = [fact for fact in facts(agreement) if isinstance(fact, Rule)]
    assert all((rule.deadline is not None) == (rule.status == "fixed") for rule in rules)


@pytest.mark.parametrize("file", sorted(PROFILES.glob("*.toml")), ids=lambda file: file.stem)
def test_the_law_of_seven_days_holds_in_every_region(file: Path) -> None:
    agreement = parse_agreement(file.read_text(encoding="utf-8"), file.name)
    start = agreement.rehabilitation.municipality_start
    assert start.deadline == CalendarDaysAfter(days=7, anchor="discharge")
    assert agreement.review_by == dt.date(2027, 1, 1)
    assert agreement.calendar.is_weekday(dt.date(2026, 6, 5))


@pytest.mark.parametrize(
    "agreement_id",
    ["region-hovedstaden-2016-10", "region-syddanmark-2017-10", "region-nordjylland-2024-04"],
)
def test_what_a_region_does_not_tell_stays_visibly_unknown(agreement_id: str) -> None:
    agreement = parse_agreement(text_of(agreement_id), NAME)
    assert agreement.hospital_answer.text == UNKNOWN_TEXT
    assert agreement.hospital_answer.status_label == "Ikke oplyst"
    assert agreement.care_plan.reply.status == "unknown"
    assert agreement.care_plan.reply.required is None
    assert agreement.correspondence.reply_subject is None


def test_a_closing_day_counts_once_it_is_marked_closed() -> None:
    text = SJAELLAND.replace("day = 5, month = 6, closed = false", "day = 5, month = 6")
    assert not parse_agreement(text, NAME).calendar.is_weekday(dt.date(2026, 6, 5))


def test_facts_have_a_danish_status() -> None:
    fact = Fact(status="fixed", text="Ja.", source="Aftalen", confidence="high")
    assert fact.status_label == "Aftalt"
    assert msgspec.structs.replace(fact, status="none").status_label == "Ikke aftalt"
    assert Fact(status="unknown").status_label == "Ikke oplyst"


# What is refused, and where

HOSPITAL = "[hospital_answer]"
NEXT_WEEKDAY_AT = 'deadline = { type = "next_weekday_at", time = 11:00:00 }'


def lines_with(text: str, part: str) -> list[int]:
    """The numbers of the lines that hold `part`."""
    return [n for n, line in enumerate(text.split("\n"), start=1) if part in line]


def fault(text: str) -> AgreementError:
    with pytest.raises(AgreementError) as caught:
        parse_agreement(text, NAME)
    return caught.value


@pytest.mark.parametrize(
    ("old", "new", "at", "reason"),
    [
        (
            "required = true",
            "required == true",
            "required == true",
            "linjen er ikke gyldig TOML",
        ),
        (
            "phone_required = false",
            "phone_required = false\nphone_required = true",
            "phone_required = true",
            "den samme nøgle er skrevet to gange",
        ),
        (
            "required = true",
            "requried = true",
            "requried = true",
            "care_plan.reply: ukendt nøgle 'requried'",
        ),
        (
            'region = "Region Sjælland"',
            'land = "Danmark"',
            'land = "Danmark"',
            "profilen: ukendt nøgle 'land'",
        ),
        (
            "required = true",
            'required = "ja"',
            'required = "ja"',
            "care_plan.reply.required: forventede true eller false, fik tekst",
        ),
        (
            "valid_from = 2025-11-01",
            'valid_from = "1. november"',
            'valid_from = "1. november"',
            "valid_from: datoen skrives uden anførselstegn, fx 2026-02-01",
        ),
        (
            "valid_from = 2025-11-01",
            "valid_from = 2025",
            "valid_from = 2025",
            "valid_from: forventede dato, fik heltal",
        ),
        (
            'type = "before_at", time = 14:00:00',
            'type = "before_at", time = "14.00"',
            '"14.00"',
            "ambulatory.from_hospital.deadline.time: klokkeslættet skrives uden anførselstegn",
        ),
        (
            'type = "before_at", time = 14:00:00',
            'type = "before_at", time = "14:00:00Z"',
            '"14:00:00Z"',
            "ambulatory.from_hospital.deadline.time: klokkeslættet må ikke have en tidszone",
        ),
        (
            'type = "before_at"',
            'type = "before_lunch"',
            "before_lunch",
            "ambulatory.from_hospital.deadline.type: ukendt regeltype 'before_lunch'",
        ),
        (
            'type = "before_at", time',
            "time",
            "deadline = { time = 14:00:00 }",
            "ambulatory.from_hospital.deadline: nøglen 'type' mangler",
        ),
        (
            'code = "coordination"',
            'code = "maybe"',
            'code = "maybe"',
            "care_plan.reply.categories[2].code: ugyldig værdi 'maybe'",
        ),
        (
            'label = "videokonference"',
            'label = ""',
            'code = "video", label = ""',
            "coordination.forms[0].label: teksten må ikke være tom",
        ),
        (
            "hours = 8",
            "hours = 0",
            "hours = 0",
            "admission_report.update.deadline.hours: tallet skal være mindst 1",
        ),
        (
            "hours = 8",
            "hours = 9999",
            "hours = 9999",
            "admission_report.update.deadline.hours: tallet må højst være 8760",
        ),
        (
            "hours = 8",
            "hours = 99999999999999999999",
            "hours = 9999",
            "admission_report.update.deadline.hours: tallet",
        ),
        (
            "day = 5, month = 6",
            "day = 5, month = 13",
            "day = 5, month = 13",
            "closing_days[0].month: tallet må højst være 12",
        ),
        (
            "due = 10:00:00",
            "due = 06:00:00",
            "night = {",
            "admission_report.update.deadline.night: fristen ligger før nattevagten slutter",
        ),
        (
            "to = 07:00:00",
            "to = 23:00:00",
            "night = {",
            "admission_report.update.deadline.night: nattevagten begynder og slutter på samme tid",
        ),
        (
            "effective_hours_before_discharge = 0",
            "effective_hours_before_discharge = -1",
            "= -1",
            "care_plan.effective_hours_before_discharge: tallet skal være mindst 0",
        ),
        (
            'id = "region-sjaelland-2025-11"',
            'id = "Region Sjælland"',
            'id = "Region',
            "id: kun små bogstaver a-z, tal og bindestreg er tilladt",
        ),
        (
            "day = 5, month = 6",
            "day = 31, month = 6",
            "day = 31, month = 6",
            "closing_days[0]: datoen 31/6 findes ikke",
        ),
        (
            "review_by = 2027-01-01",
            "review_by = 2027-01-01\nvalid_to = 2025-10-31",
            "valid_to",
            "profilen: aftalen slutter, før den begynder",
        ),
        (
            '[weekend_discharge]\nstatus = "fixed"',
            '[weekend_discharge]\nstatus = "maybe"',
            'status = "maybe"',
            "weekend_discharge.status: ugyldig værdi 'maybe'",
        ),
        (
            'deadline = { type = "next_weekday" }',
            "",
            "[rehabilitation.hospital_answer]",
            "rehabilitation.hospital_answer: en regel med status \"fixed\" skal have 'deadline'",
        ),
        (
            f'{HOSPITAL}\nstatus = "fixed"',
            f'{HOSPITAL}\nstatus = "none"',
            NEXT_WEEKDAY_AT,
            "hospital_answer: en regel med status \"none\" må ikke have 'deadline'",
        ),
        (
            f'{HOSPITAL}\nstatus = "fixed"',
            f'{HOSPITAL}\nstatus = "unknown"',
            NEXT_WEEKDAY_AT,
            "hospital_answer: en regel med status \"unknown\" må ikke have 'deadline'",
        ),
        (
            "[correspondence.reading]\n",
            "[correspondence.reading.for_all]\n",
            "[correspondence.reading.for_all]",
            "correspondence.reading: ukendt nøgle 'for_all'",
        ),
    ],
)
def test_a_fault_is_named_with_its_line_in_danish(old: str, new: str, at: str, reason: str) -> None:
    assert SJAELLAND.count(old) == 1, "the fault must stand in one place"
    text = SJAELLAND.replace(old, new)
    error = fault(text)
    assert error.reason.startswith(reason)
    assert error.line == lines_with(text, at)[-1]
    assert str(error) == f"{NAME}, linje {error.line}: {error.reason}"


CATEGORY = "[[care_plan.reply.categories]]"


def test_a_missing_key_in_a_list_of_tables_is_named_at_its_own_table() -> None:
    text = SJAELLAND.replace('label = "Uddybende spørgsmål"\n', "")
    error = fault(text)
    assert error.reason == "care_plan.reply.categories[1]: nøglen 'label' mangler"
    assert error.line == lines_with(text, CATEGORY)[1]


def test_a_table_inside_a_list_of_tables_is_named_at_its_own_line() -> None:
    header = "[care_plan.reply.categories.help]"
    text = SJAELLAND.replace('code = "question"', f'code = "question"\n{header}\ntext = "x"', 1)
    error = fault(text)
    assert error.reason == "care_plan.reply.categories[1]: ukendt nøgle 'help'"
    assert error.line == lines_with(text, header)[0]


def test_a_category_used_twice_is_named_at_the_list() -> None:
    text = SJAELLAND.replace('code = "coordination"', 'code = "ok"')
    error = fault(text)
    assert error.reason == "care_plan.reply: den samme 'code' er brugt to gange"
    assert error.line == lines_with(text, CATEGORY)[0]


@pytest.mark.parametrize("key", ["text", "source", "confidence"])
def test_a_known_fact_needs_text_source_and_confidence(key: str) -> None:
    head, tail = SJAELLAND.split("[discharge_report]\n")
    kept = [line for line in tail.split("\n") if not line.startswith(f"{key} = ")]
    text = f"{head}[discharge_report]\n" + "\n".join(kept)
    error = fault(text)
    assert error.reason == (
        f"discharge_report: nøglen '{key}' mangler; kun status \"unknown\" kan undvære den"
    )
    assert error.line == lines_with(text, "[discharge_report]")[0]


def test_a_missing_table_is_named_at_the_table_it_belongs_to() -> None:
    head, tail = SJAELLAND.split("[rehabilitation.legal_basis]\n")
    rest = tail[tail.index("# --- Færdigbehandlet") :]
    text = head + rest
    error = fault(text)
    assert error.reason == "rehabilitation: nøglen 'legal_basis' mangler"
    assert error.line == lines_with(text, "[rehabilitation.municipality_start]")[0]


def test_a_missing_key_of_the_whole_profile_is_named_at_the_top() -> None:
    error = fault(SJAELLAND.replace("review_by = 2027-01-01", ""))
    assert str(error) == f"{NAME}, linje 1: profilen: nøglen 'review_by' mangler"


def test_an_empty_file_is_named_at_the_top() -> None:
    assert str(fault("")) == f"{NAME}, linje 1: profilen: nøglen 'id' mangler"


def test_a_text_that_never_ends_is_named_at_the_end_of_the_file() -> None:
    text = SJAELLAND + '\nnote = """\nmangler slutning\n'
    assert fault(text).line == text.count("\n") + 1


def test_text_over_several_lines_is_not_taken_for_keys() -> None:
    old = 'scope = "Stationære og ambulante forløb samt genoptræning."'
    text = SJAELLAND.replace(old, 'scope = """\nvalid_from = 1\n[hospital_answer]\n"""')
    text = text.replace("valid_from = 2025-11-01", "valid_from = 7")
    error = fault(text)
    assert error.reason == "valid_from: forventede dato, fik heltal"
    assert error.line == lines_with(text, "valid_from = 7")[0]


def test_dotted_keys_are_found() -> None:
    text = (
        SJAELLAND.replace(
            "[correspondence.reading]\nstatus",
            "[correspondence]\nreading.staus = 1\nreading.status",
        )
        .replace("[correspondence]\n", "", 1)
        .replace('reply_subject = "Plejeforløbsplan"\n', "", 1)
        .replace("phone_required = false\n", "", 1)
    )
    error = fault(text)
    assert error.reason == "correspondence.reading: ukendt nøgle 'staus'"
    assert error.line == lines_with(text, "reading.staus")[0]


def test_a_file_with_windows_line_ends_reads_the_same(sjaelland: Agreement) -> None:
    assert parse_agreement(SJAELLAND.replace("\n", "\r\n"), NAME) == sjaelland


def test_an_agreement_may_last_one_day() -> None:
    text = SJAELLAND.replace("review_by =", "valid_to = 2025-11-01\nreview_by =")
    assert parse_agreement(text, NAME).valid_to == dt.date(2025, 11, 1)


# When a profile is out of date


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (dt.date(2025, 10, 31), [("not_yet_valid", "Aftalen gælder først fra 01-11-2025.")]),
        (dt.date(2025, 11, 1), []),
        (dt.date(2026, 4, 1), []),
        (dt.date(2026, 4, 2), [("expires_soon", "Aftalen udløber 01-07-2026.")]),
        (dt.date(2026, 7, 1), [("expires_soon", "Aftalen udløber 01-07-2026.")]),
        (dt.date(2026, 7, 2), [("expired", "Aftalen udløb 01-07-2026.")]),
    ],
)
def test_the_period_of_a_profile_is_warned_about(
    sjaelland: Agreement, on: dt.date, expected: list[tuple[str, str]]
) -> None:
    ending = msgspec.structs.replace(sjaelland, valid_to=dt.date(2026, 7, 1))
    assert [(each.code, each.text) for each in validity_warnings(ending, on)] == expected


@pytest.mark.parametrize(
    ("on", "code", "ending"),
    [
        (dt.date(2026, 10, 3), "review_soon", "Senest 01-01-2027."),
        (dt.date(2026, 12, 31), "review_soon", "Senest 01-01-2027."),
        (dt.date(2027, 1, 1), "review_passed", "Datoen 01-01-2027 er nået."),
        (dt.date(2030, 1, 1), "review_passed", "Datoen 01-01-2027 er nået."),
    ],
)
def test_a_profile_says_that_it_must_be_reviewed(
    sjaelland: Agreement, on: dt.date, code: str, ending: str
) -> None:
    (warning,) = validity_warnings(sjaelland, on)
    assert warning.code == code
    assert warning.text.startswith("Aftaleprofilen skal kontrolleres: Region Sjælland og")
    assert warning.text.endswith(ending)


def test_a_profile_is_silent_more_than_90_days_before_its_review(sjaelland: Agreement) -> None:
    assert validity_warnings(sjaelland, dt.date(2026, 10, 2)) == ()


def test_all_warnings_are_given_at_once(sjaelland: Agreement) -> None:
    ended = msgspec.structs.replace(sjaelland, valid_to=dt.date(2026, 12, 31))
    codes = [warning.code for warning in validity_warnings(ended, dt.date(2027, 1, 1))]
    assert codes == ["expired", "review_passed"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("# Kommunen skal svare.", '# Kommunen """ skal svare.'),
        ("required = true", '"required" = true'),
    ],
)
def test_a_comment_or_a_quoted_key_does_not_lead_the_line_astray(old: str, new: str) -> None:
    assert SJAELLAND.count(old) == 1
    text = SJAELLAND.replace(old, new).replace("receipt_is_acceptance = false", "hvad = 1")

    assert fault(text).line == lines_with(text, "hvad = 1")[0]


@pytest.mark.parametrize("text", ["a=" + "[" * 5000, "a=" + "9" * 5000], ids=["deep", "long"])
def test_a_file_no_parser_can_take_is_named(text: str) -> None:
    assert fault(text).reason == "filen kan ikke læses som en aftaleprofil"
