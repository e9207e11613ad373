"""What an employee prefers: kept whole or not at all, and never silently lost."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitator.app.preferences import (
    Preferences,
    PreferencesError,
    load_preferences,
    save_preferences,
)
from visitator.app.settings import (
    Settings,
    SettingsError,
    agreement_choices,
    load_settings,
    save_settings,
)

# TOML holds no other half of a surrogate pair, and no carriage return is typed into one line.
TEXT = st.text(st.characters(codec="utf-8"), max_size=40)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "konfiguration" / "personligt.toml"


def test_without_a_file_everything_has_a_value(file: Path) -> None:
    assert load_preferences(file) == Preferences()


@given(
    preferences=st.builds(
        Preferences,
        name=TEXT,
        title=TEXT,
        telephone=TEXT,
        language=st.sampled_from(["da", "en"]),
        theme=st.sampled_from(["system", "light", "dark"]),
        quiet=st.booleans(),
        lock_minutes=st.integers(0, 480),
        first_run_done=st.booleans(),
    )
)
def test_what_is_kept_is_what_is_read(
    preferences: Preferences, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("preferences") / "personligt.toml"
    save_preferences(preferences, file)
    assert load_preferences(file) == preferences


def test_nothing_is_left_beside_the_file(file: Path) -> None:
    save_preferences(Preferences(name="Vera Demo"), file)
    save_preferences(Preferences(name="Anne Holm"), file)
    assert [each.name for each in file.parent.iterdir()] == [file.name]


@pytest.mark.parametrize(
    "text", ["navn =", 'theme = "pink"', "lock_minutes = -1", 'ukendt = "nøgle"', "\xff"]
)
def test_a_broken_file_is_said_to_be_and_left_alone(file: Path, text: str) -> None:
    file.parent.mkdir()
    file.write_bytes(text.encode("latin-1"))
    with pytest.raises(PreferencesError, match="Filen er ikke ændret") as caught:
        load_preferences(file)
    assert str(file) in str(caught.value)
    assert file.read_bytes() == text.encode("latin-1")


def test_what_cannot_be_kept_leaves_what_was_there(file: Path) -> None:
    save_preferences(Preferences(name="Vera Demo"), file)
    blocked = file / "under-en-fil.toml"
    with pytest.raises(PreferencesError, match="De tidligere er bevaret"):
        save_preferences(Preferences(name="Anne Holm"), blocked)
    assert load_preferences(file).name == "Vera Demo"


def test_the_settings_chosen_at_the_first_start_are_read_at_the_next(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    chosen = Settings(
        agreement="region-midtjylland-2021-04",
        municipality="Slagelse Kommune",
        folders=("/srv/vans",),
    )
    save_settings(chosen, file)
    assert load_settings(file) == chosen


def test_settings_that_cannot_be_kept_are_said_to_be(tmp_path: Path) -> None:
    blocked = tmp_path / "fil"
    blocked.write_text("")
    with pytest.raises(SettingsError, match="De tidligere er bevaret"):
        save_settings(Settings(), blocked / "settings.toml")


def test_every_profile_that_came_with_the_program_can_be_chosen() -> None:
    choices = agreement_choices()
    assert {each.region for each in choices} == {
        "Region Hovedstaden",
        "Region Midtjylland",
        "Region Nordjylland",
        "Region Sjælland",
        "Region Syddanmark",
    }
    assert msgspec.structs.replace(Settings(), agreement=choices[0].id).agreement == choices[0].id
