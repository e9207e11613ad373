"""What a case note says: every part of the pathway, under casenote §4's headings, in its order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.app.pathway_views import NAMES, SJAELLAND
from tests.domain.strategies import anything, at, histories
from tests.domain.test_pathway import Journal
from tests.export.cases import NOW, OWN, RUTH, WARD, admitted, note_of, order, plan, whole
from visitator.domain.citizen import Citizen
from visitator.domain.entries import (
    AdmissionEntered,
    AdmissionReportNotNeeded,
    AdmissionReportSent,
    AnswerCategory,
    ChecklistExported,
    ChecklistTicked,
    ChoiceChannel,
    Confirmation,
    ControlStatusWritten,
    Entry,
    FollowUpAssigned,
    FollowUpClosed,
    FreeChoiceExplained,
    KnownBody,
    MunicipalLevel,
    NoteExported,
    NoteKind,
    NoteWay,
    PartState,
    RehabilitationContacted,
    RehabilitationDate,
    RehabilitationDateSet,
    RehabilitationEnded,
    RehabilitationLevelSet,
    RehabilitationLinked,
    RehabilitationStarted,
    RehabilitationStepWithdrawn,
    ReplyHandedOver,
    ReportChannel,
    ReportText,
    Tick,
)
from visitator.domain.messages import (
    Ability,
    AbilityScore,
    AdmissionNotification,
    AnyMessage,
    CarePlan,
    Correspondence,
    DischargeNotification,
    DischargeReport,
    RehabilitationPlan,
)
from visitator.domain.moment import Moment
from visitator.domain.notice import RawField
from visitator.domain.pathway import Pathway, fold
from visitator.domain.text import RichText
from visitator.export.note import CPR_LEFT_OUT, AnyBlock, Fact, Heading, Note, Quote, Section, Table
from visitator.export.notes import NO_DECISION, OwnWords, kinds_for, write_note
from visitator.export.text import as_text


def section(note: Note, key: str) -> Section:
    (found,) = (each for each in note.sections if each.key == key)
    return found


def fact(note: Note, key: str, label: str) -> str:
    (found,) = (
        each.text
        for each in section(note, key).blocks
        if isinstance(each, Fact) and each.label == label
    )
    return found


def quotes(note: Note) -> list[str]:
    return [
        block.text for each in note.sections for block in each.blocks if isinstance(block, Quote)
    ]


def table(note: Note, title: str) -> Table:
    (found,) = (
        block
        for each in note.sections
        for block in each.blocks
        if isinstance(block, Table) and block.title == title
    )
    return found


@pytest.mark.parametrize(
    ("kind", "headings"),
    [
        (
            NoteKind.DISCHARGE,
            [
                "Borger",
                "Anledning",
                "Resumé af plejeforløbsplan",
                "Funktionsevne",
                "Sygeplejefaglige problemområder",
                "Behov for yderligere koordinering",
                "Borgerens og pårørendes ønsker",
                "Faglig vurdering",
                "Svar til sygehus",
                "Aftale og beslutning",
                "Konference",
                "Genoptræningsplan",
                "Sygehusets behandlingsansvar",
                "Opfølgning og opgaver",
                "Log",
            ],
        ),
        (
            NoteKind.TELEPHONE,
            [
                "Borger",
                "Anledning",
                "Svar til sygehus",
                "Aftale og beslutning",
                "Opfølgning og opgaver",
            ],
        ),
        (
            NoteKind.CONFERENCE,
            [
                "Borger",
                "Borgerens og pårørendes ønsker",
                "Aftale og beslutning",
                "Konference",
                "Opfølgning og opgaver",
            ],
        ),
        (
            NoteKind.REHABILITATION,
            ["Borger", "Faglig vurdering", "Genoptræningsplan", "Opfølgning og opgaver"],
        ),
        (NoteKind.ADMISSION, ["Borger", "Indlæggelse", "Opfølgning og opgaver", "Log"]),
    ],
)
def test_a_kind_of_note_has_its_headings_in_order(kind: NoteKind, headings: list[str]) -> None:
    assert [each.heading for each in note_of(kind=kind).sections] == headings


def test_a_section_without_content_is_left_out() -> None:
    journal = Journal()
    journal.receive(CarePlan, sender=WARD, citizen=RUTH)
    note = note_of(journal.now(), own=OwnWords())
    assert [each.key for each in note.sections] == ["borger", "anledning", "plan", "svar", "log"]


def test_the_hospitals_words_are_quotations_word_for_word() -> None:
    said = quotes(note_of())
    for words in (
        "Indlagt med lammelse i højre side.\nFaldet i hjemmet.",
        "Rødme på hælen.",
        "Terapien bestiller den i dag.",
        "1. Ruth udskrives 6. februar.\n2. Hjemmepleje fra samme dag.",
        "Kan komme til at gå uden støtte.",
        "Hvem bestiller badebænken?",
        "Nøglen er hos Karen.",
        "Karen lukker op kl. 11.",
    ):
        assert said.count(words) == 1


def test_columns_of_the_hospital_stay_in_a_fixed_font() -> None:
    fixed = [
        block
        for each in note_of().sections
        for block in each.blocks
        if isinstance(block, Quote) and block.is_fixed
    ]
    assert [block.text.split("\n")[1] for block in fixed] == ["10   Prøvol"]


def test_what_changed_between_the_versions_is_a_table() -> None:
    assert table(note_of(), "Ændringer fra version 1 til 2").rows == (
        ("Aftalt udskrivning", "05-02-2026 kl. 13.00", "06-02-2026 kl. 11.00"),
        ("Madpakke", "Ja", "Ikke længere oplyst"),
    )


def test_a_code_that_changed_is_said_in_danish() -> None:
    journal = Journal()
    journal.receive(CarePlan, **plan())
    scored = Ability(scores=(AbilityScore(description="Vaske sig", score="totale"),))
    journal.receive(CarePlan, **plan(ability=scored))
    rows = table(note_of(fold(journal.entries)), "Ændringer fra version 1 til 2").rows
    assert ("Funktionsevne: Vaske sig", "Svære", "Totale") in rows


def test_an_ability_has_the_hospitals_own_word_and_a_suggested_number() -> None:
    assert table(note_of(), "Funktionsevne ved udskrivelsen").rows[0] == (
        "Vaske sig",
        "svaere",
        "3",
        "Hjælp.",
    )


def test_the_discharge_report_has_the_same_table_of_abilities() -> None:
    score = AbilityScore(description="Gå", score="lette", comment=RichText("Med rollator."))
    journal = Journal()
    journal.receive(DischargeReport, ability=Ability(scores=(score,)))
    rows = table(note_of(journal.now()), "Funktionsevne ved udskrivelsen").rows
    assert rows == (("Gå", "lette", "1", "Med rollator."),)


def test_an_answer_in_time_is_said_to_be() -> None:
    note = note_of()
    assert fact(note, "svar", "Svarfrist (version 2)") == "03-02-2026 kl. 11.00"
    said = "Plejeforløbsplan OK, 02-02-2026 kl. 08.11, af Anne Holm. Rettidigt."
    assert fact(note, "svar", "Svar (version 2)") == said


def planned() -> Journal:
    journal = Journal()
    journal.receive(CarePlan, **plan())
    return journal


def answered(minutes: int) -> Pathway:
    """A plan, and an OK to it so many minutes after the journal began."""
    journal = planned()
    reply = journal.reply(AnswerCategory.OK)
    late = msgspec.structs.replace(reply.entry, occurred_at=at(minutes))
    return fold([*journal.entries[:-1], late])


@pytest.mark.parametrize(
    ("minutes", "verdict"), [(27 * 60, "Rettidigt."), (27 * 60 + 1, "Efter fristen.")]
)
def test_the_minute_of_the_deadline_is_the_last_in_time(minutes: int, verdict: str) -> None:
    assert fact(note_of(answered(minutes)), "svar", "Svar").endswith(verdict)


def test_no_answer_yet_and_no_answer_in_time_are_told_apart() -> None:
    pathway = planned().now()
    early = write_note(
        pathway, order(), agreement=SJAELLAND, checklist=None, names=NAMES, now=at(60)
    )
    assert fact(early, "svar", "Svar") == "Ikke besvaret endnu"
    assert fact(note_of(pathway), "svar", "Svar") == "Ikke besvaret. Fristen er overskredet."


def test_who_did_what_when_stands_in_the_log() -> None:
    rows = table(note_of(), "Hvem har gjort hvad hvornår").rows
    assert ("02-02-2026 kl. 08.03", "Anne Holm", "Svar: Uddybende spørgsmål") in rows
    ward = "Prøve Sygehus, Medicinsk Afdeling, Afsnit M2"
    assert ("02-02-2026 kl. 08.02", ward, "Plejeforløbsplan modtaget") in rows


def test_what_the_program_did_by_itself_is_said_to_be_its_own() -> None:
    journal = Journal()
    journal.receive(CarePlan, **plan())
    journal.add(ReplyHandedOver(reply="et-svar"), author="gateway")
    row = table(note_of(journal.now()), "Hvem har gjort hvad hvornår").rows[-1]
    assert row[1:] == ("Visitator (automatisk)", "Sendt til sygehuset")


def test_the_log_says_which_notes_and_lists_were_taken_out_before_and_how() -> None:
    journal = Journal()
    journal.receive(CarePlan, **plan())
    journal.add(NoteExported(note=NoteKind.TELEPHONE, purpose="Journalføring", way=NoteWay.PRINT))
    journal.add(ChecklistExported(way=NoteWay.FILE))
    rows = table(note_of(journal.now()), "Hvem har gjort hvad hvornår").rows
    assert [row[1:] for row in rows[-2:]] == [
        ("Anne Holm", "Notat taget ud: Telefonnotat (sendt til printer)"),
        ("Anne Holm", "Tjekliste taget ud (gemt som fil)"),
    ]


def test_a_note_is_no_decision_and_says_so() -> None:
    assert NO_DECISION in as_text(note_of())


def test_a_note_is_a_draft_until_it_is_signed() -> None:
    assert note_of().is_draft
    assert not note_of(is_signed=True).is_draft


@pytest.mark.parametrize("number", ["251248-9996", "2512489996", "251248 9996"])
def test_without_cpr_no_number_is_left_also_not_in_what_others_wrote(number: str) -> None:
    journal = planned()
    journal.receive(
        Correspondence, sender=WARD, texts=(RichText(f"Vedr. {number}. Tlf. 46310000."),)
    )
    with_it = as_text(note_of(journal.now()))
    without = as_text(note_of(journal.now(), with_cpr=False))
    assert f"Vedr. {number}." in with_it
    assert f"Vedr. {CPR_LEFT_OUT}. Tlf. 46310000." in without
    assert "9996" not in without


def test_a_replacement_number_is_left_out_too() -> None:
    citizen = msgspec.structs.replace(RUTH, cpr=None, replacement_cpr="251248AB12")
    journal = Journal()
    journal.receive(CarePlan, **plan(citizen=citizen, cause_of_admission=RichText("251248-AB12")))
    assert fact(note_of(journal.now()), "borger", "Erstatnings-CPR") == "251248-AB12"
    assert "AB12" not in as_text(note_of(journal.now(), with_cpr=False))


def rich_texts(value: object) -> Iterator[str]:
    """Every free text in a message, and what no field holds."""
    if isinstance(value, RichText):
        yield value.text
    elif isinstance(value, RawField):
        yield value.value
    elif isinstance(value, tuple):
        for each in value:
            yield from rich_texts(each)
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from rich_texts(getattr(value, name))


@given(st.sampled_from([CarePlan, DischargeReport, RehabilitationPlan]).flatmap(anything))
def test_no_free_text_of_the_hospital_is_lost(message: AnyMessage) -> None:
    if isinstance(message, RehabilitationPlan) and message.sections:
        message = msgspec.structs.replace(message, texts=())
    journal = Journal()
    journal.deliver(message)
    note = note_of(journal.now())
    said = {text for section in note.sections for block in section.blocks for text in all_of(block)}
    assert {text for text in rich_texts(message) if text.strip()} <= said


def all_of(block: AnyBlock) -> Iterator[str]:
    if isinstance(block, Table):
        for row in block.rows:
            yield from row
    else:
        yield block.text


@given(histories())
def test_any_pathway_gives_a_note_of_every_kind(entries: list[Entry]) -> None:
    for kind in NoteKind:
        note = note_of(fold(entries), kind=kind)
        for each in note.sections:
            assert each.blocks
            assert not isinstance(each.blocks[-1], Heading)


def test_plain_text_holds_all_that_the_note_says() -> None:
    text = as_text(note_of())
    assert text.startswith("VISITATIONSNOTAT – UDSKRIVELSE\nUdkast")
    assert "> Indlagt med lammelse i højre side.\n> Faldet i hjemmet.\n" in text
    assert "Felt: Madpakke; Før: Ja; Nu: Ikke længere oplyst" in text
    for words in (OWN.needs, OWN.cause, OWN.symptoms, OWN.wishes, OWN.decided, OWN.follow_up):
        assert words in text


def test_a_note_is_written_in_danish_time() -> None:
    assert note_of().written_at == NOW
    assert note_of().written_at.utcoffset() == dt.timedelta(hours=1)


def test_the_pathway_of_these_tests_is_agreed_so_that_its_agreement_can_be_seen() -> None:
    assert fact(note_of(whole()), "aftale", "Aftale om udskrivelse") == "06-02-2026 kl. 11.00"


# --- the admission: what was brought along, and the report


ADMISSION = NoteKind.ADMISSION
REPORT = "indlaeggelsesrapport"


def report(**fields: object) -> AdmissionReportSent:
    texts = (
        ReportText(code="cause", text="Faldet i soveværelset."),
        ReportText(code="prevention", text="Akutsygeplejerske tilkaldt."),
    )
    given: dict[str, object] = {"texts": texts, "supplement": "Katten passes af naboen."}
    return AdmissionReportSent(**(given | fields))  # type: ignore[arg-type]


def test_what_was_brought_along_is_a_table_of_every_part_with_who_and_when() -> None:
    note = note_of(admitted().now(), kind=ADMISSION)
    assert [each.key for each in note.sections] == [
        "borger",
        "indlaeggelse",
        "medbragt",
        REPORT,
        "opfoelgning",
        "log",
    ]
    assert section(note, "medbragt").heading == "Medbragt ved indlæggelse"
    rows = {row[0]: row[1:] for row in table(note, "Medbragt ved indlæggelsen").rows}
    assert len(rows) == 11
    said = "02-02-2026 kl. 08.03 af Bo Krog"
    assert rows["Briller"] == ("Medbragt", "", said)
    assert rows["Høreapparat"] == ("Mangler", "Ligger på natbordet", said)
    by_anne = "02-02-2026 kl. 08.04 af Anne Holm"
    assert rows["Dosisdispensering"] == ("Ikke relevant", "", by_anne)
    medicine = "Særlig medicin (fx inhalationsmedicin) (skal altid medbringes)"
    assert rows[medicine] == ("Ikke oplyst", "", "")
    assert fact(note, "medbragt", "Til stede ved indlæggelsen") == (
        "Ja, Tove Prøve, social- og sundhedshjælper (noteret 02-02-2026 kl. 08.02 af Anne Holm)"
    )


def test_what_was_missing_says_who_sees_to_it_and_how_it_ended() -> None:
    journal = admitted()
    title = "Opfølgning på det, der manglede"
    reported = "02-02-2026 kl. 08.03 af Bo Krog\nLigger på natbordet"
    (row,) = table(note_of(journal.now(), kind=ADMISSION), title).rows
    assert row == ("Høreapparat", reported, "Ingen", "Nej")
    journal.add(FollowUpAssigned(part="hearing_aid", owner="BKR"))
    journal.add(FollowUpClosed(part="hearing_aid", text="Høreapparat eftersendt"))
    (row,) = table(note_of(journal.now(), kind=ADMISSION), title).rows
    closed = "02-02-2026 kl. 08.06 af Anne Holm\nHøreapparat eftersendt"
    assert row == ("Høreapparat", reported, "Bo Krog", closed)


def test_a_part_that_was_brought_after_all_says_so() -> None:
    journal = admitted()
    journal.add(ChecklistTicked(ticks=(Tick(part="hearing_aid", state=PartState.BROUGHT),)))
    (row,) = table(note_of(journal.now(), kind=ADMISSION), "Opfølgning på det, der manglede").rows
    assert row[3] == "02-02-2026 kl. 08.05 af Anne Holm\nRettet på tjeklisten"


def test_a_part_the_list_no_longer_has_keeps_its_row() -> None:
    journal = admitted()
    journal.add(ChecklistTicked(ticks=(Tick(part="walking_stick", state=PartState.BROUGHT),)))
    rows = table(note_of(journal.now(), kind=ADMISSION), "Medbragt ved indlæggelsen").rows
    assert (len(rows), rows[-1][:2]) == (12, ("walking_stick", "Medbragt"))


def test_the_admission_report_is_quoted_whole_with_how_it_was_sent_and_in_time() -> None:
    journal = admitted()
    journal.add(report(confirmed=Confirmation.NOT_POSSIBLE))
    note = note_of(journal.now(), kind=ADMISSION)
    assert section(note, REPORT).heading == "Opdateret indlæggelsesrapport"
    assert fact(note, REPORT, "Frist") == "02-02-2026 kl. 16.01"
    assert fact(note, REPORT, "Status") == "Sendt til tiden"
    assert fact(note, REPORT, "Afsender") == "Anne Holm"
    assert fact(note, REPORT, "Forsendelse")
    assert fact(note, REPORT, "Bekræftet af patienten") == "Ikke muligt"
    blocks = section(note, REPORT).blocks
    assert [each.text for each in blocks if isinstance(each, Heading)] == [
        "02-02-2026 kl. 08.05 – Sendt som korrespondancemeddelelse"
    ]
    assert [(each.source, each.text) for each in blocks if isinstance(each, Quote)] == [
        ("Årsag til indlæggelse", "Faldet i soveværelset."),
        ("Evt. forebyggelsestiltag", "Akutsygeplejerske tilkaldt."),
        ("Supplerende oplysninger", "Katten passes af naboen."),
    ]


def test_a_report_sent_from_the_care_record_is_not_said_to_be_on_its_way() -> None:
    journal = admitted()
    journal.add(report(channel=ReportChannel.CARE_RECORD))
    blocks = section(note_of(journal.now(), kind=ADMISSION), REPORT).blocks
    assert "Forsendelse" not in {each.label for each in blocks if isinstance(each, Fact)}
    heading = next(each for each in blocks if isinstance(each, Heading))
    assert heading.text.endswith("Sendt fra omsorgssystemet")


@pytest.mark.parametrize(("minutes", "state"), [(481, "Sendt til tiden"), (482, "Sendt efter")])
def test_the_report_says_whether_it_was_in_time(minutes: int, state: str) -> None:
    journal = admitted()
    sent = journal.add(report())
    journal.entries[-1] = msgspec.structs.replace(sent, occurred_at=at(minutes))
    assert fact(note_of(journal.now(), kind=ADMISSION), REPORT, "Status").startswith(state)


def test_a_report_nobody_sent_is_said_to_be_late() -> None:
    note = note_of(admitted().now(), kind=ADMISSION)
    assert fact(note, REPORT, "Status") == "Skal udfyldes og sendes. Fristen er overskredet."


def test_why_no_report_was_needed_stands_in_the_note() -> None:
    journal = Journal()
    journal.receive(AdmissionNotification, sender=WARD, citizen=RUTH)
    journal.add(AdmissionReportNotNeeded(reason="Alt står i den automatiske rapport."))
    note = note_of(journal.now(), kind=ADMISSION)
    assert fact(note, REPORT, "Status") == "Ikke nødvendig"
    assert fact(note, REPORT, "Begrundelse") == (
        "Alt står i den automatiske rapport. (noteret 02-02-2026 kl. 08.02 af Anne Holm)"
    )


def test_an_admission_entered_by_hand_has_a_note_of_its_own() -> None:
    journal = Journal()
    moment = Moment(dt.date(2026, 2, 2), dt.time(7, 30))
    citizen = Citizen(cpr="2512489996", given_name="Ruth", surname="Testesen")
    journal.add(AdmissionEntered(citizen=citizen, admitted=moment, ward="Prøve Sygehus, M2"))
    assert ADMISSION in kinds_for(journal.now())
    note = note_of(journal.now(), kind=ADMISSION)
    assert fact(note, "indlaeggelse", "Afdeling") == "Prøve Sygehus, M2"
    assert fact(note, "indlaeggelse", "Indlagt") == "02-02-2026 kl. 07.30"
    assert "medbragt" not in {each.key for each in note.sections}


def test_who_only_wrote_the_name_of_one_who_was_notified_did_not_enter_the_admission() -> None:
    journal = Journal()
    journal.receive(AdmissionNotification, sender=WARD, citizen=RUTH)
    journal.add(AdmissionEntered(citizen=RUTH, admitted=Moment(dt.date(2026, 2, 2))))
    said = as_text(note_of(journal.now(), kind=ADMISSION))
    assert "Indlæggelse oprettet" not in said
    assert "Borger og indlæggelse noteret" in said


def test_the_discharge_note_has_what_was_brought_only_when_somebody_recorded_it() -> None:
    assert "medbragt" not in {each.key for each in note_of().sections}
    assert "medbragt" in {each.key for each in note_of(admitted().now()).sections}


# --- rehabilitation: the course, and not only the plan

TRAINING = "genoptraening"
DAY = dt.date(2026, 2, 4)


def training(*bodies: KnownBody) -> Journal:
    """A plan of a citizen who was to be discharged on 2 February, and what was done."""
    journal = Journal()
    home = Moment(dt.date(2026, 2, 2))
    journal.receive(
        RehabilitationPlan,
        sender=WARD,
        citizen=RUTH,
        level_text="almen",
        contact_expected_end=home,
        need_and_potential=RichText("Kan komme til at gå uden støtte."),
    )
    for each in bodies:
        journal.add(each)
    return journal


def training_note(journal: Journal, linked: Pathway | None = None) -> Note:
    return note_of(journal.now(), linked=linked, kind=NoteKind.REHABILITATION)


def date(kind: RehabilitationDate, day: dt.date, note: str = "") -> RehabilitationDateSet:
    return RehabilitationDateSet(kind_of_date=kind, date=day, note=note)


def test_a_course_says_how_far_it_is_and_by_when_it_was_to_start() -> None:
    note = training_note(training(RehabilitationLevelSet(level=MunicipalLevel.ADVANCED)))
    assert fact(note, TRAINING, "Niveau") == "Almen, avanceret niveau"
    assert fact(note, TRAINING, "Status") == "Modtaget"
    assert fact(note, TRAINING, "Udskrivelsesdato") == "02-02-2026 (forventet ifølge planen)"
    assert fact(note, TRAINING, "Seneste opstart") == "09-02-2026, kommunen"


@pytest.mark.parametrize(
    ("day", "said"), [(9, "09-02-2026, rettidigt."), (10, "10-02-2026, efter fristen.")]
)
def test_whether_the_latest_start_was_kept_is_said(day: int, said: str) -> None:
    note = training_note(training(RehabilitationStarted(day=dt.date(2026, 2, day))))
    assert fact(note, TRAINING, "Seneste opstart") == f"09-02-2026, kommunen. Startet {said}"


def test_a_latest_start_that_has_passed_is_said_to_have() -> None:
    said = RehabilitationDateSet(
        kind_of_date=RehabilitationDate.DISCHARGE, date=dt.date(2026, 1, 26)
    )
    note = training_note(training(said))
    assert fact(note, TRAINING, "Seneste opstart").endswith("kommunen. Fristen er overskredet.")


def test_a_date_that_was_confirmed_counts_and_says_who_confirmed_it() -> None:
    by = dt.date(2026, 3, 2)
    said = RehabilitationDateSet(
        kind_of_date=RehabilitationDate.START_BY, date=by, note="Pga. gips"
    )
    note = training_note(training(said))
    assert fact(note, TRAINING, "Seneste opstart") == "02-03-2026, kommunen"
    assert fact(note, TRAINING, "Planen angiver start senest") == (
        "02-03-2026, Pga. gips (noteret 02-02-2026 kl. 08.02 af Anne Holm)"
    )


def test_the_steps_stand_with_day_person_and_note() -> None:
    taken = FreeChoiceExplained(day=DAY, channel=ChoiceChannel.TELEPHONE, note="Vil træne her")
    journal = training(taken, RehabilitationContacted(day=DAY))
    mistaken = journal.entries[-1]
    journal.add(RehabilitationStepWithdrawn(step=mistaken.id))
    assert table(training_note(journal), "Trin i forløbet").rows == (
        (
            "Frit valg oplyst",
            "04-02-2026",
            "Telefonisk\nVil træne her",
            "02-02-2026 kl. 08.02 af Anne Holm",
        ),
    )


def test_the_closing_note_and_the_status_note_stand_in_the_note_word_for_word() -> None:
    status, closing = "Går 50 meter med rollator.", "Målene er nået.\nGår frit."
    journal = training(
        ControlStatusWritten(day=DAY, text=status),
        RehabilitationEnded(day=DAY, closing_note=closing),
    )
    note = training_note(journal)
    assert quotes(note)[:2] == [status, closing]
    assert "Genoptræning afsluttet 04-02-2026" in as_text(note)


def test_the_deadline_of_a_note_counts_from_the_stay_the_plan_is_linked_to() -> None:
    journal = training(RehabilitationLinked(admission="P2"))
    stay = Journal()
    stay.receive(
        DischargeNotification, discharged=Moment(dt.date(2026, 2, 3)), sender=WARD, citizen=RUTH
    )
    note = training_note(journal, linked=stay.now())
    assert fact(note, TRAINING, "Seneste opstart") == "10-02-2026, kommunen"
