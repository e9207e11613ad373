"""The bring-along checklists that come with the program: in the agreement's words, per profile."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from visitator.domain.checklist import Checklist
from visitator.resources import (
    ResourceError,
    load_agreement,
    load_agreements,
    load_checklist,
    resource_folder,
)

SJAELLAND = load_agreement("region-sjaelland-2025-11")


def own() -> Checklist:
    found = load_checklist(SJAELLAND)
    assert found is not None
    return found


def test_the_seven_items_are_the_agreements_own() -> None:
    assert [item.label for item in own().items] == [
        "Sundhedskort/billede-ID",
        "Nøgler til hjemmet",
        "Briller og høreapparat",
        "Et sæt tøj og et par skridsikre sko",
        "Evt. hjælpemidler, herunder ganghjælpemidler/kørestol",
        "Mobiltelefon og oplader",
        "Medicin",
    ]


def test_what_can_be_missing_by_itself_is_a_part_of_its_own() -> None:
    parts = {item.label: [part.label for part in item.parts] for item in own().items}
    assert parts["Briller og høreapparat"] == ["Briller", "Høreapparat"]
    assert parts["Et sæt tøj og et par skridsikre sko"] == ["Et sæt tøj", "Et par skridsikre sko"]
    assert len(parts["Medicin"]) == 3
    assert len(own().parts) == 11


def test_only_special_medicine_must_always_be_brought() -> None:
    always = [(part.label, part.always) for part in own().parts if part.always]
    assert always == [("Særlig medicin (fx inhalationsmedicin)", "skal altid medbringes")]


def test_the_list_says_where_it_stands() -> None:
    assert "nov. 2025, Indlæggelsen" in own().source
    assert own().confidence == "high"


def test_only_the_profile_whose_agreement_has_a_list_names_one() -> None:
    with_list = [each.id for each in load_agreements().agreements if load_checklist(each)]
    assert with_list == ["region-sjaelland-2025-11"]


def test_every_file_belongs_to_a_profile() -> None:
    files = {file.stem for file in resource_folder("checklists").glob("*.toml")}
    assert files == {each.checklist for each in load_agreements().agreements if each.checklist}


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match=r"'region-sjaelland-2025-11\.toml' mangler"):
        load_checklist(SJAELLAND, tmp_path)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("id = ?", "kan ikke læses"),
        ('id = "x"', "kan ikke læses"),
        ("\xff", "kan ikke læses"),
    ],
)
def test_a_file_that_is_no_checklist_is_named(tmp_path: Path, text: str, reason: str) -> None:
    (tmp_path / "region-sjaelland-2025-11.toml").write_bytes(text.encode("latin-1"))
    with pytest.raises(ResourceError, match=reason):
        load_checklist(SJAELLAND, tmp_path)


def test_a_list_is_named_like_its_id(tmp_path: Path) -> None:
    source = resource_folder("checklists") / "region-sjaelland-2025-11.toml"
    (tmp_path / "kopi.toml").write_bytes(source.read_bytes())
    profile = msgspec.structs.replace(SJAELLAND, checklist="kopi")
    with pytest.raises(ResourceError, match=r"skal hedde 'region-sjaelland-2025-11\.toml'"):
        load_checklist(profile, tmp_path)


def test_a_code_is_used_once(tmp_path: Path) -> None:
    source = resource_folder("checklists") / "region-sjaelland-2025-11.toml"
    twice = source.read_text(encoding="utf-8").replace('"hearing_aid"', '"glasses"')
    (tmp_path / source.name).write_text(twice, encoding="utf-8")
    with pytest.raises(ResourceError, match="den samme 'code' er brugt til to dele"):
        load_checklist(SJAELLAND, tmp_path)
