from __future__ import annotations

import os
from pathlib import Path

import pytest
import system_packages

LISTING = """\
2 libs found in cache `/etc/ld.so.cache'
\tlibEGL.so.1 (libc6,x86-64) => /lib/x86_64-linux-gnu/libEGL.so.1
\tlibGL.so.1 (libc6,x86-64) => /lib/x86_64-linux-gnu/libGL.so.1
"""

needs_shell = pytest.mark.skipif(os.name == "nt", reason="apt-get is not a thing of Windows")


def listing_of(libraries: list[str]) -> str:
    return "".join(f"\t{name} (libc6,x86-64) => /lib/{name}\n" for name in libraries)


def test_only_the_libraries_that_are_not_there_are_missing() -> None:
    missing = system_packages.libraries_missing_in(LISTING)
    assert "libegl1" not in missing
    assert "libgl1" not in missing
    assert "libxcb-cursor0" in missing


def test_nothing_is_missing_where_all_is_there() -> None:
    listing = listing_of(list(system_packages.QT_LIBRARIES))
    assert system_packages.libraries_missing_in(listing) == []


def test_a_library_with_a_longer_name_is_another_library() -> None:
    names = [name for name in system_packages.QT_LIBRARIES if name != "libxcb.so.1"]
    assert system_packages.libraries_missing_in(listing_of(names)) == ["libxcb1"]


def test_without_rights_nothing_is_installed() -> None:
    assert not system_packages.install(["libegl1"], None)


def test_the_advice_names_every_package() -> None:
    advice = system_packages.advice(["libegl1", "xvfb"])
    assert "apt-get install libegl1 xvfb" in advice
    assert "\n" not in advice


@pytest.fixture
def apt_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An `apt-get` that only writes down how it was called; `update` fails, as without a net."""
    log = tmp_path / "log"
    script = tmp_path / "apt-get"
    script.write_text(
        f'#!/bin/sh\necho "$DEBIAN_FRONTEND $*" >> "{log}"\n'
        'case "$*" in *update*|*unknown*) exit 100;; esac\n',
        encoding="utf-8",
    )
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    return log


@needs_shell
def test_with_rights_the_packages_are_installed_without_a_question(apt_log: Path) -> None:
    assert system_packages.install(["libegl1", "xvfb"], [])
    update, add = apt_log.read_text(encoding="utf-8").splitlines()
    assert update.endswith(" update")
    assert add.startswith("noninteractive ")
    assert add.endswith(" install --no-install-recommends --yes libegl1 xvfb")


@needs_shell
def test_a_package_that_cannot_be_had_is_reported(apt_log: Path) -> None:
    assert not system_packages.install(["unknown"], [])
    assert apt_log.exists()


def test_the_servers_of_the_tests_are_found_where_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = tmp_path / "15" / "bin" / "initdb"
    server.parent.mkdir(parents=True)
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    monkeypatch.setattr(system_packages, "DEBIAN_POSTGRESQL", tmp_path)

    everything = set(system_packages.TEST_PROGRAMS.values())
    assert set(system_packages.missing_for_tests()) == everything
    server.touch(mode=0o755)
    assert set(system_packages.missing_for_tests()) == everything - {"postgresql"}
