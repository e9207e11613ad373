from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import environment
import pytest


@pytest.fixture(scope="module")
def constraints(root: Path) -> str:
    return (root / "packaging" / "constraints.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def project(root: Path) -> dict[str, Any]:
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))


def pinned_names(requirements: str) -> set[str]:
    return set(re.findall(r"^([a-z0-9-]+)==", requirements, flags=re.MULTILINE))


def plain_names(requirements: list[str]) -> set[str]:
    names = (re.split(r"[^A-Za-z0-9_.-]", text, maxsplit=1)[0] for text in requirements)
    return {re.sub(r"[-_.]+", "-", name).lower() for name in names}


def test_every_package_is_pinned_with_hashes(constraints: str) -> None:
    entries = [
        entry
        for entry in re.split(r"^(?=\S)", constraints, flags=re.MULTILINE)
        if entry and not entry.startswith("#")
    ]
    assert entries
    for entry in entries:
        head, *rest = entry.splitlines()
        assert re.fullmatch(r"[a-z0-9-]+==[\w.]+( ; .+)? \\", head)
        assert re.fullmatch(r" +--hash=sha256:[0-9a-f]{64}( \\)?", rest[0])


def test_no_address_and_no_path_is_named(constraints: str) -> None:
    assert not re.findall(r"https?:|index.url|find.links|file:|@|(?<![\w.])/\w", constraints)


def test_the_top_says_how_to_make_the_file_anew(constraints: str) -> None:
    assert constraints.splitlines()[1].startswith("#    uv pip compile pyproject.toml ")


def test_the_program_installs_all_that_the_project_names(
    constraints: str, project: dict[str, Any]
) -> None:
    named = project["project"]["dependencies"] + project["build-system"]["requires"]
    pinned = pinned_names(environment.requirements(constraints, test_tools=False))
    assert plain_names(named) <= pinned


def test_what_builds_the_project_is_what_is_pinned(project: dict[str, Any]) -> None:
    assert project["build-system"]["requires"] == project["dependency-groups"]["build"]


def test_the_program_installs_no_test_tool(constraints: str, project: dict[str, Any]) -> None:
    pinned = pinned_names(environment.requirements(constraints, test_tools=False))
    assert not plain_names(project["dependency-groups"]["test"]) & pinned


def test_the_tests_install_every_pinned_package(constraints: str, project: dict[str, Any]) -> None:
    everything = pinned_names(environment.requirements(constraints, test_tools=True))
    assert everything == pinned_names(constraints)
    assert plain_names(project["dependency-groups"]["test"]) <= everything


def test_the_version_of_qt_is_one_that_keeps_reference_counts(constraints: str) -> None:
    found = re.search(r"^pyside6-essentials==(\d+)\.(\d+)", constraints, flags=re.MULTILINE)
    assert found
    assert (6, 8) <= (int(found[1]), int(found[2])) < (6, 12)
