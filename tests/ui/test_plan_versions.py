"""Both versions side by side, and the original message."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QPushButton
from pytestqt.qtbot import QtBot

from tests.app.town import Town, town_in
from tests.gateway.mailbox import plan
from tests.ui.conftest import Office
from tests.ui.reading import choose, find, original, within
from tests.ui.test_plan import named
from ui import theme
from ui.plan.pane import PlanPane
from ui.plan.raw import RawDialog
from ui.plan.versions import VersionsDialog, aligned, entries
from ui.theme import Tone
from visitator.app.views import (
    AbilityView,
    Contact,
    FieldView,
    KnownError,
    Run,
    Section,
    Text,
    VersionView,
)

pytestmark = pytest.mark.looks_only

NOW = dt.datetime(2026, 11, 23, 8, 42, tzinfo=dt.UTC)


def field(label: str, text: str) -> FieldView:
    return FieldView(label=label, text=Text(runs=(Run(text=text),)))


def version(
    number: int, *fields: FieldView, abilities: tuple[AbilityView, ...] = ()
) -> VersionView:
    return VersionView(
        entry_id=f"E{number}",
        number=number,
        received=NOW - dt.timedelta(days=9 - number),
        state="Modtaget",
        is_current=True,
        head=(),
        sender=Contact(name="M2"),
        relatives=(),
        abilities=abilities,
        sections=(Section(key="problems", title="Problemer", fields=fields),),
    )


def dialog(qtbot: QtBot, *versions: VersionView) -> VersionsDialog:
    shown = VersionsDialog(versions, NOW)
    qtbot.addWidget(shown)
    shown.show()
    return shown


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with town_in(tmp_path) as made:
        yield made


def test_the_demos_two_versions_are_opened_from_the_plan(qtbot: QtBot, office: Office) -> None:
    pane = PlanPane(office.desk.raw)
    qtbot.addWidget(pane)
    pane.resize(700, 800)
    pane.show()
    pane.show_pathway(named(office, "Karen-Margrethe"), office.desk.now())

    choose(pane.page, "Vis begge versioner")

    shown = within(pane, VersionsDialog)
    assert shown.left.currentText() == "Version 1 · modtaget fre 09.12"
    assert shown.right.currentText() == "Version 2 · modtaget fre 14.05"
    page = shown.page.toPlainText()
    assert page.count("Aftalt udskrivning") == 2
    assert "Moderate" in page
    assert "Svære" in page
    shown.close()


def test_a_plan_with_one_version_has_nothing_to_compare(qtbot: QtBot, office: Office) -> None:
    pane = PlanPane(office.desk.raw)
    qtbot.addWidget(pane)
    pane.show_pathway(named(office, "Karl"), office.desk.now())

    pane.show_versions()

    assert pane.findChild(QDialog) is None
    assert "Vis begge versioner" not in pane.page.toPlainText()


def test_what_differs_is_marked_in_words_on_both_sides(qtbot: QtBot) -> None:
    shown = dialog(
        qtbot,
        version(1, field("Ernæring", "Spiser lidt"), field("Søvn", "God")),
        version(2, field("Ernæring", "Spiser godt"), field("Smerter", "Ingen")),
    )

    page = shown.page.toPlainText()
    assert page.count("Ernæring  ændret") == 2
    assert page.count("Søvn  kun i denne version") == 1
    assert page.count("Søvn  ikke i denne version") == 1
    assert page.count("Smerter  kun i denne version") == 1
    assert page.count("M2") == 2
    assert page.count("ændret") == 2


def test_the_words_that_differ_stand_out(qtbot: QtBot) -> None:
    shown = dialog(
        qtbot,
        version(1, field("Ernæring", "Spiser lidt")),
        version(2, field("Ernæring", "Spiser godt")),
    )

    for word, differs in (("Spiser", False), ("lidt", True), ("godt", True)):
        weight = find(shown.page, word).charFormat().fontWeight()
        assert (weight > 400) is differs


def test_the_same_field_stands_at_the_same_height(qtbot: QtBot) -> None:
    shown = dialog(
        qtbot,
        version(1, field("Ernæring", "lang " * 200), field("Søvn", "God")),
        version(2, field("Ernæring", "kort"), field("Søvn", "Bedre")),
    )

    first = shown.page.cursorRect(find(shown.page, "God"))
    second = shown.page.cursorRect(find(shown.page, "Bedre"))
    assert first.top() == second.top()
    assert first.left() < second.left()


def test_any_two_versions_can_be_chosen(qtbot: QtBot) -> None:
    shown = dialog(qtbot, *(version(each, field("Søvn", f"nat {each}")) for each in (1, 2, 3)))
    assert "nat 1" not in shown.page.toPlainText()

    shown.left.setCurrentIndex(0)

    assert "nat 1" in shown.page.toPlainText()
    assert "nat 2" not in shown.page.toPlainText()


def test_every_field_of_both_versions_is_beside_its_own_or_alone() -> None:
    abilities = (AbilityView(label="Spise", score=1, score_word="Lette"),)
    left = entries(version(1, field("A", "1"), field("B", "2"), field("B", "3")))
    right = entries(version(2, field("B", "2"), field("C", "4"), abilities=abilities))

    pairs = list(aligned(left, right))

    assert [pair[0] for pair in pairs if pair[0]] == list(left)
    assert [pair[1] for pair in pairs if pair[1]] == list(right)
    assert all(one.key == other.key for one, other in pairs if one and other)


# --- the original -------------------------------------------------------------------------------


def test_the_original_message_is_fetched_and_shown_as_it_came(qtbot: QtBot, office: Office) -> None:
    pane = PlanPane(office.desk.raw)
    qtbot.addWidget(pane)
    pane.resize(700, 800)
    pane.show()
    pane.show_pathway(named(office, "Karl"), office.desk.now())

    shown = original(pane, pane.page, "Vis den oprindelige meddelelse", qtbot)
    assert "<ProgressOfCarePlan" in shown


def test_when_it_cannot_be_fetched_it_says_what_to_do(qtbot: QtBot, town: Town) -> None:
    seat = town.seat()
    pathway = town.sends(plan())
    seat.has(pathway)
    seat.wire.is_cut = True
    view = seat.desk.pathway(pathway)
    assert view is not None
    shown = RawDialog(seat.desk.raw, view.versions[-1].raw_id)
    qtbot.addWidget(shown)

    qtbot.waitUntil(lambda: "Henter" not in shown.text())

    with pytest.raises(KnownError) as known:
        seat.desk.raw(view.versions[-1].raw_id).result()
    assert shown.text() == str(known.value)


def test_a_message_that_comes_after_the_dialog_was_closed_is_not_shown(qtbot: QtBot) -> None:
    coming: Future[str] = Future()
    coming.set_running_or_notify_cancel()
    shown = RawDialog(lambda _: coming, "R1")
    shown.show()
    within(shown, QPushButton).click()

    with qtbot.waitSignal(shown.destroyed):
        coming.set_result("<Emessage/>")


def test_marked_rows_have_the_ground_of_what_changed(qtbot: QtBot) -> None:
    shown = dialog(qtbot, version(1, field("Søvn", "God")), version(2, field("Søvn", "Dårlig")))
    place = shown.page.cursorRect(find(shown.page, "Dårlig"))

    image = shown.page.viewport().grab().toImage()

    colour = image.pixelColor(place.right() + theme.SPACE * 4, place.center().y())
    assert colour.name().upper() == theme.LIGHT.tones[Tone.DUE].ground


@pytest.mark.parametrize("count", [3, 400, 4_000])
def test_a_text_that_differs_is_whole_on_both_sides(qtbot: QtBot, count: int) -> None:
    left = " ".join(f"ord{number}" for number in range(count))
    right = " ".join(f"ord{number * 2}" for number in range(count))

    shown = dialog(qtbot, version(1, field("Søvn", left)), version(2, field("Søvn", right)))

    page = shown.page.toPlainText()
    assert left in page
    assert right in page
