"""The files that come with the program."""

import sys
from pathlib import Path

import pytest

from visitator.domain.agreement import AgreementError
from visitator.resources import (
    ResourceError,
    UnknownAgreementError,
    agreement_files,
    load_agreement,
    load_agreements,
    resource_folder,
)

IDS = [
    "region-hovedstaden-2016-10",
    "region-midtjylland-2021-04",
    "region-nordjylland-2024-04",
    "region-sjaelland-2025-11",
    "region-syddanmark-2017-10",
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of its own with one good profile."""
    (source,) = [file for file in agreement_files() if file.stem == "region-sjaelland-2025-11"]
    (tmp_path / source.name).write_bytes(source.read_bytes())
    return tmp_path


def test_the_five_regions_come_with_the_program() -> None:
    loaded = load_agreements()
    assert loaded.errors == ()
    assert [agreement.id for agreement in loaded.agreements] == IDS
    assert [file.stem for file in agreement_files()] == IDS


def test_an_agreement_is_loaded_by_its_id() -> None:
    assert load_agreement("region-sjaelland-2025-11").region == "Region Sjælland"


def test_an_unknown_id_lists_the_known_ones() -> None:
    with pytest.raises(UnknownAgreementError) as caught:
        load_agreement("region-oestdanmark")
    known = ", ".join(IDS)
    assert str(caught.value) == (
        f"Ukendt aftaleprofil 'region-oestdanmark'. Kendte profiler: {known}."
    )


def test_an_id_is_no_path() -> None:
    with pytest.raises(UnknownAgreementError):
        load_agreement("../agreements/region-sjaelland-2025-11")


def test_an_empty_folder_knows_no_agreement(tmp_path: Path) -> None:
    with pytest.raises(UnknownAgreementError, match="Kendte profiler: ingen"):
        load_agreement("region-sjaelland-2025-11", tmp_path)


def test_a_broken_profile_is_named_and_does_not_hide_the_others(folder: Path) -> None:
    (folder / "a-broken.toml").write_text('id = "a-broken"\nnavn = ?', encoding="utf-8")
    loaded = load_agreements(folder)
    assert [agreement.id for agreement in loaded.agreements] == ["region-sjaelland-2025-11"]
    (error,) = loaded.errors
    assert str(error).startswith("a-broken.toml, linje 2: linjen er ikke gyldig TOML")
    with pytest.raises(AgreementError, match=r"a-broken\.toml, linje 2"):
        load_agreement("a-broken", folder)


def test_a_profile_that_is_not_utf_8_is_named_with_its_line(folder: Path) -> None:
    (folder / "latin.toml").write_bytes('id = "latin"\nregion = "Sjælland"'.encode("latin-1"))
    with pytest.raises(
        AgreementError, match=r"latin\.toml, linje 2: filen er ikke skrevet i UTF-8"
    ):
        load_agreement("latin", folder)


def test_a_profile_saved_with_a_byte_order_mark_is_read(folder: Path) -> None:
    file = folder / "region-sjaelland-2025-11.toml"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    assert load_agreement(file.stem, folder) == load_agreement(file.stem)


def test_a_profile_that_cannot_be_read_is_named(folder: Path) -> None:
    (folder / "a-folder.toml").mkdir()
    (error,) = load_agreements(folder).errors
    assert str(error) == "a-folder.toml, linje 1: filen kan ikke læses"


def test_a_profile_is_named_like_its_id(folder: Path) -> None:
    file = folder / "region-sjaelland-2025-11.toml"
    file.rename(folder / "kopi.toml")
    with pytest.raises(AgreementError, match=r"skal hedde 'region-sjaelland-2025-11\.toml'"):
        load_agreement("kopi", folder)


def test_a_frozen_program_finds_its_resources_in_its_bundle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "resources" / "agreements").mkdir(parents=True)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert resource_folder("agreements") == tmp_path / "resources" / "agreements"
    assert load_agreements().agreements == ()


def test_a_missing_folder_is_named() -> None:
    with pytest.raises(ResourceError, match="'resources/nothing' mangler"):
        resource_folder("nothing")
