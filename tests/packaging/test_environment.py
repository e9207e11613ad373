from __future__ import annotations

import ast
import hashlib
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import environment
import pytest
from environment import SetUpError, Stamp

STAMP = Stamp(python="3.11", inputs="abc", test_tools=False)
LOCK = """\
# a comment
alpha==1.0 \\
    --hash=sha256:aa
    # via visitator (pyproject.toml)
beta==2.0 ; sys_platform == 'win32' \\
    --hash=sha256:bb \\
    --hash=sha256:bc
    # via
    #   alpha
    #   gamma
gamma==3.0 \\
    --hash=sha256:cc
    # via visitator (pyproject.toml:test)
setuptools==80 \\
    --hash=sha256:dd
    # via visitator (pyproject.toml:build)
"""


@pytest.mark.parametrize("version", [(2, 7), (3, 8), (3, 10)])
def test_an_old_python_is_told_what_is_needed(version: tuple[int, int]) -> None:
    with pytest.raises(SetUpError, match=r"needs Python 3\.11 or newer") as error:
        environment.check_python(version)
    assert "this is Python {}.{}".format(*version) in str(error.value)


@pytest.mark.parametrize("version", [(3, 11), (3, 14), (4, 0)])
def test_a_new_python_is_taken(version: tuple[int, int]) -> None:
    environment.check_python(version)


@pytest.mark.parametrize("name", ["run", "test", "environment", "system_packages"])
def test_the_scripts_parse_on_a_python_that_is_too_old(root: Path, name: str) -> None:
    source = (root / "packaging" / f"{name}.py").read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 8))


def test_the_oldest_python_is_the_one_of_the_project(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["requires-python"] == ">={}.{}".format(*environment.OLDEST_PYTHON)


def test_a_stamp_that_was_written_is_read_again(tmp_path: Path) -> None:
    environment.write_stamp(tmp_path, STAMP)
    assert environment.read_stamp(tmp_path) == STAMP


@pytest.mark.parametrize("text", ["", "{", "[]", '{"python": "3.11"}', "null"])
def test_a_broken_stamp_counts_as_not_complete(tmp_path: Path, text: str) -> None:
    environment.stamp_file(tmp_path).write_text(text, encoding="utf-8")
    assert environment.read_stamp(tmp_path) is None


def test_no_stamp_counts_as_not_complete(tmp_path: Path) -> None:
    assert environment.read_stamp(tmp_path) is None


@pytest.mark.parametrize(
    ("wanted", "enough"),
    [
        (STAMP, True),
        (Stamp(python="3.12", inputs="abc", test_tools=False), False),
        (Stamp(python="3.11", inputs="abd", test_tools=False), False),
        (Stamp(python="3.11", inputs="abc", test_tools=True), False),
    ],
)
def test_an_environment_is_used_only_for_what_it_was_made_from(
    wanted: Stamp, *, enough: bool
) -> None:
    assert STAMP.covers(wanted) is enough


def test_an_environment_with_test_tools_also_runs_the_program() -> None:
    assert Stamp("3.11", "abc", test_tools=True).covers(STAMP)


def test_the_program_gets_what_it_needs_and_no_test_tool() -> None:
    wanted = environment.requirements(LOCK, test_tools=False)
    assert re.findall(r"^\w+", wanted, flags=re.MULTILINE) == ["alpha", "beta", "setuptools"]
    assert "--hash=sha256:bb \\\n    --hash=sha256:bc\n" in wanted


def test_the_tests_get_everything() -> None:
    wanted = environment.requirements(LOCK, test_tools=True)
    assert wanted == LOCK.partition("\n")[2]


@pytest.fixture
def wheel(tmp_path: Path) -> Path:
    """A package `alpha` 1.0 that pip can install."""
    file = tmp_path / "alpha-1.0-py3-none-any.whl"
    about = "alpha-1.0.dist-info"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("alpha.py", "")
        archive.writestr(f"{about}/METADATA", "Metadata-Version: 2.1\nName: alpha\nVersion: 1.0\n")
        archive.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        archive.writestr(f"{about}/RECORD", "")
    return file


def install(wheel: Path, pinned: str) -> subprocess.CompletedProcess[str]:
    """Install the pinned package from the folder of `wheel`, with no net, into `target` there."""
    wanted = wheel.with_name("requirements.txt")
    wanted.write_text(pinned, encoding="utf-8")
    command = environment.install_command(Path(sys.executable), wanted)
    here = ["--no-index", "--find-links", str(wheel.parent)]
    return subprocess.run(
        [*command, *here, "--target", str(wheel.with_name("target"))],
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_package_with_the_pinned_hash_is_installed(wheel: Path) -> None:
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    done = install(wheel, f"alpha==1.0 --hash=sha256:{digest}\n")
    assert done.returncode == 0, done.stderr
    assert wheel.with_name("target").joinpath("alpha.py").exists()


@pytest.mark.parametrize("pinned", [f"alpha==1.0 --hash=sha256:{'0' * 64}\n", "alpha==1.0\n"])
def test_a_package_with_another_hash_or_none_is_refused(wheel: Path, pinned: str) -> None:
    done = install(wheel, pinned)
    assert done.returncode != 0
    assert "hash" in done.stderr.lower()
    assert not wheel.with_name("target").joinpath("alpha.py").exists()
