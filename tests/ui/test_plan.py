"""The plan as a person reads it, from the real desk and from any history a journal can hold."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QKeySequence,
    QShortcut,
    QTextCursor,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.app.pathway_views import NOW, view_of
from tests.app.town import Town, town_in
from tests.domain.strategies import histories
from tests.gateway.mailbox import plan
from tests.ui.conftest import Office
from tests.ui.reading import choose, find, letters, links, unfold
from ui import theme
from ui.plan.page import Page
from ui.plan.pane import PlanPane
from ui.theme import Tone
from visitator.app.views import (
    Box,
    Deadline,
    FieldView,
    PathwayView,
    Presence,
    RowKind,
    Run,
    Section,
    Text,
    VersionView,
)
from visitator.domain.entries import Entry
from visitator.domain.messages import CarePlan
from visitator.domain.text import RichText
from visitator.medcom.reader import read

pytestmark = pytest.mark.looks_only

FIXTURES = Path(__file__).parent.parent / "fixtures"
WIDE, NARROW = 700, 400
"""Widths of the pane (px) with room for two columns and for one."""


def no_raw(raw_id: str) -> Future[str]:
    raise AssertionError(f"nobody asked for {raw_id}")


@pytest.fixture
def pane(qtbot: QtBot) -> PlanPane:
    shown = PlanPane(no_raw)
    qtbot.addWidget(shown)
    shown.resize(WIDE, 800)
    shown.show()
    return shown


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with town_in(tmp_path) as made:
        yield made


def real_plan() -> CarePlan:
    """A plan with something in every field."""
    (message,) = read((FIXTURES / "xdis21_latin1_no_declaration.xml").read_bytes()).messages
    assert isinstance(message, CarePlan)
    return message


def named(office: Office, name: str) -> PathwayView:
    """A pathway of the demo by the citizen's name."""
    (row,) = [row for row in office.desk.rows(Box.ALL, 0, 100) if row.name.startswith(name)]
    view = office.desk.pathway(row.pathway_id)
    assert view is not None
    return view


def head(pane: PlanPane) -> str:
    """What stands above the page, and is shown."""
    labels = pane.head.findChildren(QLabel)
    return "\n".join(label.text() for label in labels if not label.isHidden())


# --- everything is there ------------------------------------------------------------------------


def told(view: PathwayView) -> Iterator[str]:
    """Every text of a view that is to be read on the page, or in its head."""
    citizen = view.citizen
    yield from (citizen.name, citizen.cpr, *citizen.telephones)
    if not citizen.is_protected:
        yield citizen.address
    if view.versions:
        yield from _told_of_version(view.versions[-1])
    for section in view.other:
        yield from _told_of_section(section)


def _told_of_version(version: VersionView) -> Iterator[str]:
    dates = {field.label for field in version.head}
    for field in version.head:
        yield field.label
        if field.at is None:
            yield from _told_of_field(field)
    for contact in (version.sender, *version.relatives):
        yield from (contact.name, *contact.lines, contact.telephone)
    for ability in version.abilities:
        yield from (ability.label, ability.score_word, ability.before_word or "")
        yield from (str(ability.comment), ability.comment_before or "")
    for section in version.sections:
        yield from _told_of_section(section)
    for change in version.changes:
        if change.label not in dates:
            yield change.label
            yield (change.before or "") if change.after is None else ""
    yield from version.notices


def _told_of_section(section: Section) -> Iterator[str]:
    if section.fields or section.unremarkable or section.notices:
        yield from (*section.notices, *section.unremarkable)
        for field in section.fields:
            yield field.label
            yield from _told_of_field(field)


def _told_of_field(field: FieldView) -> Iterator[str]:
    yield str(field.text)
    kept = "".join(run.text for run in field.text.runs if not run.is_new)
    if letters(kept) != letters(field.before or ""):
        yield field.before or ""


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(histories())
def test_every_text_of_any_pathway_is_on_the_page(pane: PlanPane, history: list[Entry]) -> None:
    view = view_of(history)
    pane.show_pathway(None, None)
    pane.show_pathway(view, NOW)

    unfold(pane.page)

    shown = letters(head(pane) + pane.page.toPlainText())
    missing = [text for text in told(view) if letters(text) not in shown]
    assert not missing


def test_a_plan_with_something_in_every_field_is_all_there(pane: PlanPane, town: Town) -> None:
    seat = town.seat()
    pathway = town.sends(real_plan())
    town.later(hours=1)
    town.sends(changed(real_plan(), auxiliaries=RichText("Badebænk skal bevilges.")))
    seat.until(lambda: versions(seat.desk.pathway(pathway)) == 2)
    view = seat.desk.pathway(pathway)
    assert view is not None

    pane.show_pathway(view, seat.desk.now())
    unfold(pane.page)

    shown = letters(head(pane) + pane.page.toPlainText())
    assert [text for text in told(view) if letters(text) not in shown] == []
    assert "5790001382445" in shown


def changed(first: CarePlan, **fields: object) -> CarePlan:
    """The plan once more, a day later, with other values."""
    assert first.authorised_at is not None
    return msgspec.structs.replace(
        first,
        letter_id="LPFP300305A002",
        envelope_id="KUV2",
        authorised_at=first.authorised_at + dt.timedelta(days=1),
        **fields,
    )


def versions(view: PathwayView | None) -> int:
    return len(view.versions) if view else 0


# --- the demo's plan, as in the picture ---------------------------------------------------------


def test_the_new_version_in_the_demo_reads_as_in_the_picture(
    pane: PlanPane, office: Office
) -> None:
    view = named(office, "Karen-Margrethe")

    pane.show_pathway(view, office.desk.now())

    above, page = head(pane), pane.page.toPlainText()
    assert "251248-9996 · 77 år" in above
    assert "Svar senest i dag kl. 11.00" in above
    assert "Plejeforløbsplan v2" in above
    assert "Fagligt svar: ikke givet" in above
    assert "ti 24/11 kl. 11.00" in page
    assert "3 ændringer siden version 1 (fre kl. 09.12):" in page
    assert "Aftalt udskrivning: i dag kl. 13.00 → ti 24/11 kl. 11.00" in page
    assert "Svære før: Moderate" in page
    new = find(pane.page, "Badebænk skal bevilges", below="Behov for yderligere koordinering")
    assert new.charFormat().background().color() == QColor(theme.LIGHT.tones[Tone.DUE].ground)
    old = page.split("Aftalt udskrivning\n", 1)[1].splitlines()[1]
    assert old == "i dag kl. 13.00"


def test_the_deadline_follows_the_clock(pane: PlanPane, office: Office) -> None:
    view = named(office, "Karen-Margrethe")
    pane.show_pathway(view, office.desk.now())

    pane.show_pathway(view, office.desk.now() + dt.timedelta(hours=2))

    assert "Svarfrist overskredet · 42 min over" in head(pane)


def test_a_deadline_without_a_time_of_day_names_the_day_only(
    pane: PlanPane, office: Office
) -> None:
    view, now = named(office, "Karen-Margrethe"), office.desk.now()
    end_of_today = now.replace(hour=23, minute=59, second=0, microsecond=0)
    deadline = Deadline(status="fixed", due=end_of_today, is_whole_day=True)

    pane.show_pathway(msgspec.structs.replace(view, deadline=deadline), now)

    assert "Svar senest i dag\n" in head(pane)


@pytest.mark.parametrize(
    ("status", "words"),
    [("none", "Ingen fast svarfrist"), ("unknown", "Svarfrist ikke oplyst")],
)
def test_without_a_deadline_it_says_so_in_words(
    pane: PlanPane, office: Office, status: str, words: str
) -> None:
    view = named(office, "Karen-Margrethe")
    pane.show_pathway(
        msgspec.structs.replace(view, deadline=Deadline(status=status)), office.desk.now()
    )

    assert words in head(pane)


def test_what_was_not_delivered_stands_first_with_the_hospitals_words(
    pane: PlanPane, office: Office
) -> None:
    pane.show_pathway(named(office, "Niels"), office.desk.now())

    assert "Svaret er ikke leveret" in head(pane)
    first, second = pane.page.toPlainText().strip().splitlines()[:2]
    assert first == "Svaret «Plejeforløbsplan OK» er ikke leveret."
    assert second.startswith("Afdelingen kan ikke modtage meddelelsen")


def test_discharged_without_agreement_is_said(pane: PlanPane, office: Office) -> None:
    pane.show_pathway(named(office, "Johanne"), office.desk.now())
    assert "Borgeren er udskrevet uden aftale." in pane.page.toPlainText()


def test_a_weekend_and_an_unknown_citizen_are_noticed(pane: PlanPane, office: Office) -> None:
    pane.show_pathway(named(office, "Poul"), office.desk.now())
    assert "lørdag" in pane.page.toPlainText()

    pane.show_pathway(named(office, "Ingrid"), office.desk.now())
    assert "Kommunen har ikke hørt om borgeren før" in pane.page.toPlainText()


def test_a_pathway_without_a_plan_shows_what_has_come(pane: PlanPane, office: Office) -> None:
    pane.show_pathway(named(office, "Tove"), office.desk.now())

    assert pane.page.toPlainText().strip().startswith("Korrespondancemeddelelse")
    assert "Plejeforløbsplan" not in head(pane)


def test_nothing_chosen_says_what_will_come_here(pane: PlanPane) -> None:
    pane.show_pathway(None, None)

    assert "Ingen meddelelse er valgt" in pane.page.toPlainText()
    assert head(pane) == "" or pane.head.isHidden()


def test_who_answered_first_is_said_and_that_the_text_is_kept(pane: PlanPane, town: Town) -> None:
    anne, bo = town.seat("AHN"), town.seat("BKR")
    pathway = town.sends(plan())
    anne.has(pathway)
    bo.has(pathway)
    bo.wire.is_cut = True
    bo.reply(pathway, "question", "Er der bestilt seng?")
    anne.reply(pathway)
    anne.send()
    bo.wire.is_cut = False
    bo.desk.retry_now()
    bo.until(lambda: (view := bo.desk.pathway(pathway)) and view.lost)

    pane.show_pathway(bo.desk.pathway(pathway), bo.desk.now())

    page = pane.page.toPlainText()
    assert "En kollega svarede først: Navn på AHN · Plejeforløbsplan OK" in page
    assert "gemt og står under Kræver handling" in page


def test_who_else_is_here_is_said_until_they_leave(pane: PlanPane, office: Office) -> None:
    view, now = named(office, "Karen-Margrethe"), office.desk.now()
    pane.show_pathway(view, now)

    pane.show_presence(
        (
            Presence(name="Mette Kvist", composing=True, since=now),
            Presence(name="Bo Krog", composing=False, since=now),
        )
    )
    assert "Mette Kvist er ved at svare (siden 09.42)" in head(pane)
    assert "Bo Krog ser også på forløbet (siden 09.42)" in head(pane)

    pane.show_presence(())
    assert "Mette Kvist" not in head(pane)


# --- using the page -----------------------------------------------------------------------------


def test_the_telephone_number_is_copied_by_one_click(
    pane: PlanPane, office: Office, qtbot: QtBot
) -> None:
    view = named(office, "Karen-Margrethe")
    pane.show_pathway(view, office.desk.now())
    number = view.versions[-1].sender.telephone

    with qtbot.waitSignal(pane.telephone_copied) as copied:
        choose(pane.page, number)

    assert copied.args == [number]
    assert QApplication.clipboard().text() == number


def test_links_are_reached_and_chosen_by_keyboard(
    pane: PlanPane, office: Office, qtbot: QtBot
) -> None:
    view = named(office, "Karen-Margrethe")
    pane.show_pathway(view, office.desk.now())
    pane.page.setFocus(Qt.FocusReason.TabFocusReason)

    QTest.keyClick(pane.page, Qt.Key.Key_Tab)
    with qtbot.waitSignal(pane.telephone_copied):
        QTest.keyClick(pane.page, Qt.Key.Key_Return)


def test_who_does_not_see_the_page_hears_each_link_that_tab_comes_to(
    pane: PlanPane, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []

    def listen(event: QAccessibleAnnouncementEvent) -> None:
        assert event.object() is pane.page
        heard.append(event.message())

    monkeypatch.setattr(QAccessible, "updateAccessibility", listen)
    pane.show_pathway(named(office, "Karen-Margrethe"), office.desk.now())
    pane.page.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(pane.page, Qt.Key.Key_Tab)
    QTest.keyClick(pane.page, Qt.Key.Key_Tab)
    first, second = [f"{words}, link" for words in links(pane.page)][:2]
    assert heard == [first, second]
    QTest.keyClick(pane.page, Qt.Key.Key_Backtab)
    assert heard == [first, second, first]


def test_a_letter_key_still_reaches_the_window_from_the_page(
    pane: PlanPane, office: Office, qtbot: QtBot
) -> None:
    pane.show_pathway(named(office, "Karen-Margrethe"), office.desk.now())
    pane.activateWindow()
    pane.page.setFocus()
    shortcut = QShortcut(QKeySequence("J"), pane)

    with qtbot.waitSignal(shortcut.activated):
        QTest.keyClick(pane.page, Qt.Key.Key_J)


def test_the_citizens_number_is_copied_by_keyboard(pane: PlanPane, office: Office) -> None:
    pane.show_pathway(named(office, "Karen-Margrethe"), office.desk.now())
    (line,) = [each for each in pane.head.findChildren(QLabel) if "251248" in each.text()]

    line.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(line, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(line, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    assert QApplication.clipboard().text() == line.text()


def test_who_does_not_see_the_page_hears_it(pane: PlanPane, office: Office) -> None:
    pane.show_pathway(named(office, "Karen-Margrethe"), office.desk.now())

    told_aloud = QAccessible.queryAccessibleInterface(pane.page)
    text = told_aloud.textInterface()

    assert told_aloud.text(QAccessible.Text.Name) == "Planens indhold"
    assert "Sygeplejefaglige problemområder" in text.text(0, text.characterCount())


def test_all_of_the_page_can_be_selected_by_keyboard_and_copied_as_words(
    pane: PlanPane, office: Office, qtbot: QtBot
) -> None:
    pane.show_pathway(named(office, "Karen-Margrethe"), office.desk.now())

    QTest.keyClick(pane.page, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(pane.page, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    copied = QApplication.clipboard()
    assert "Rollator, kun korte afstande" in copied.text()
    assert not copied.mimeData().hasHtml()


def test_areas_without_remarks_are_folded_and_say_how_many(
    pane: PlanPane, office: Office, qtbot: QtBot
) -> None:
    view = named(office, "Karen-Margrethe")
    (problems,) = [each for each in view.versions[-1].sections if each.key == "problems"]
    assert problems.unremarkable, "the demo's plan should have areas that say nothing"
    pane.show_pathway(view, office.desk.now())
    folded = f"Vis {len(problems.unremarkable)} områder uden bemærkninger"
    assert problems.unremarkable[0] not in pane.page.toPlainText()

    choose(pane.page, folded)
    for label in problems.unremarkable:
        assert label in pane.page.toPlainText()

    choose(pane.page, "Skjul områder uden bemærkninger")
    assert folded in pane.page.toPlainText()


def test_the_same_pathway_again_keeps_the_place_and_what_is_unfolded(
    pane: PlanPane, office: Office, qtbot: QtBot
) -> None:
    view, now = named(office, "Karen-Margrethe"), office.desk.now()
    pane.show_pathway(view, now)
    choose(pane.page, "Vis øvrige felter")
    bar = pane.page.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    place = bar.value()
    assert place > 0

    pane.show_pathway(msgspec.structs.replace(view, owner_name="En anden"), now)
    assert bar.value() == place
    assert "Skjul øvrige felter" in pane.page.toPlainText()

    other = named(office, "Niels")
    pane.show_pathway(other, now)
    assert bar.value() == 0
    assert "Skjul øvrige felter" not in pane.page.toPlainText()


def test_what_is_selected_stays_selected_when_nothing_changed(
    pane: PlanPane, office: Office
) -> None:
    view, now = named(office, "Karen-Margrethe"), office.desk.now()
    pane.show_pathway(view, now)
    pane.page.setTextCursor(find(pane.page, "Rollator"))

    pane.show_pathway(view, now + dt.timedelta(seconds=30))

    assert pane.page.textCursor().selectedText() == "Rollator"


# --- text is text -------------------------------------------------------------------------------

HOSTILE = (
    "<b>fed</b> <img src='http://example.invalid/x'> <a href='do:versions'>her</a> &amp; "
    "\u202eomvendt\u202c \u05d0\u05d1\u05d2 \x00\x07 slut"
)


def hostile_view() -> PathwayView:
    """A pathway whose hospital writes nothing but traps."""
    history = view_of([])
    field = FieldView(label="Ernæring", text=text_of(HOSTILE), before=HOSTILE[:40])
    return msgspec.structs.replace(
        history,
        kind=RowKind.CORRESPONDENCE,
        citizen=msgspec.structs.replace(history.citizen, name=HOSTILE),
        other=(Section(key="correspondence", title="Korrespondancemeddelelse", fields=(field,)),),
    )


def text_of(text: str) -> Text:
    return Text(runs=(Run(text=text),))


def test_markup_and_signs_that_turn_the_line_are_shown_as_text(pane: PlanPane) -> None:
    pane.show_pathway(hostile_view(), NOW)

    page = pane.page.toPlainText()
    assert "<b>fed</b> <img src='http://example.invalid/x'>" in page
    assert "&amp;" in page
    assert "\u202e" not in page
    assert "�omvendt� אבג �� slut" in page
    assert "<b>fed</b>" in head(pane)
    assert find(pane.page, "her").charFormat().isAnchor() is False


def test_a_text_of_thirty_thousand_signs_is_all_there(pane: PlanPane, town: Town) -> None:
    seat = town.seat()
    long = " ".join(f"ord{number}" for number in range(3_600))[:30_000] + " SIDSTE"
    pathway = town.sends(plan(cause_of_admission=RichText(long)))
    seat.has(pathway)

    pane.show_pathway(seat.desk.pathway(pathway), seat.desk.now())

    assert long in pane.page.toPlainText()
    choose_end = find(pane.page, "SIDSTE")
    pane.page.setTextCursor(choose_end)
    pane.page.ensureCursorVisible()
    assert pane.page.viewport().rect().contains(pane.page.cursorRect(choose_end))


# --- how it lies --------------------------------------------------------------------------------


def left_of(page: Page, words: str) -> int:
    found = find(page, words)
    found.setPosition(found.selectionStart())
    return page.cursorRect(found).left()


def test_two_columns_become_one_when_there_is_no_room(
    pane: PlanPane, office: Office, qtbot: QtBot
) -> None:
    pane.show_pathway(named(office, "Karen-Margrethe"), office.desk.now())
    problems, coordination = "Sygeplejefaglige problemområder", "Behov for yderligere koordinering"
    assert left_of(pane.page, problems) + 200 < left_of(pane.page, coordination)

    pane.resize(NARROW, 800)

    qtbot.waitUntil(lambda: left_of(pane.page, problems) == left_of(pane.page, coordination))
    assert pane.page.horizontalScrollBar().maximum() == 0


def test_a_card_at_the_right_has_its_border(pane: PlanPane, office: Office) -> None:
    pane.resize(WIDE, 800)
    pane.show_pathway(named(office, "Karen-Margrethe"), office.desk.now())
    QApplication.processEvents()
    title = find(pane.page, "Behov for yderligere koordinering")
    pane.page.setTextCursor(title)
    pane.page.ensureCursorVisible()
    seen = pane.page.viewport().grab().toImage()
    edge = QPoint(pane.page.viewport().width() - 1, pane.page.cursorRect(title).center().y())
    assert seen.pixelColor(edge * seen.devicePixelRatio()) == QColor(theme.LIGHT.border)


def test_the_page_follows_the_theme(pane: PlanPane, office: Office, qapp: QApplication) -> None:
    pane.show_pathway(named(office, "Karen-Margrethe"), office.desk.now())

    def ink() -> QColor:
        return find(pane.page, "Toiletforhøjer").charFormat().foreground().color()

    assert ink() == QColor(theme.LIGHT.muted)
    theme.apply(qapp, theme.Choice.DARK)
    assert ink() == QColor(theme.DARK.muted)


def test_limitations_are_drawn_as_bars(pane: PlanPane, office: Office) -> None:
    view = named(office, "Karen-Margrethe")
    pane.show_pathway(view, office.desk.now())

    for ability in view.versions[-1].abilities:
        assert filled_parts(pane.page, ability.label) == (ability.score or 0)


def filled_parts(page: Page, label: str) -> int:
    """How many of the four parts beside a label are filled."""
    found = find(page, label, below="begrænsninger, ICF")
    found.setPosition(found.selectionEnd())
    found.movePosition(QTextCursor.MoveOperation.NextCell)
    page.setTextCursor(found)
    page.ensureCursorVisible()
    area = page.cursorRect(found)
    image = page.viewport().grab().toImage()
    step = theme.BAR_WIDTH + theme.SPACE // 2
    colours = [
        image.pixelColor(QPoint(area.left() + part * step + step // 2, area.center().y()))
        for part in range(4)
    ]
    return colours.count(QColor(theme.LIGHT.primary))


def test_going_through_pathways_makes_no_new_controls(pane: PlanPane, office: Office) -> None:
    def controls() -> int:
        return len(pane.findChildren(QWidget))

    rows = office.desk.rows(Box.ALL, 0, 100)
    pane.show_pathway(office.desk.pathway(rows[0].pathway_id), office.desk.now())
    before = controls()
    for row in rows:
        pane.show_pathway(office.desk.pathway(row.pathway_id), office.desk.now())
    assert controls() == before
