"""The shared set-up of run.py and test.py: a complete `.venv` in the repo root.

Standard library only. The file parses on Python 3.8, so that an older Python than the project
needs gets a sentence and not a SyntaxError.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

import system_packages

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
CONSTRAINTS = ROOT / "packaging" / "constraints.txt"
OLDEST_PYTHON = (3, 11)

# What constraints.txt says an entry is there for, when it is needed to run the program.
_RUNTIME_REASONS = frozenset({"visitator (pyproject.toml)", "visitator (pyproject.toml:build)"})


class SetUpError(Exception):
    """The set-up cannot go on. The message is a sentence for the person who started it."""


@dataclass(frozen=True)
class Stamp:
    """What a complete `.venv` was made from."""

    python: str
    inputs: str
    test_tools: bool

    def covers(self, wanted: Stamp) -> bool:
        """Say whether an environment with this stamp can be used where `wanted` is asked for."""
        same = (self.python, self.inputs) == (wanted.python, wanted.inputs)
        return same and self.test_tools >= wanted.test_tools


def check_python(version: tuple[int, int]) -> None:
    """Raise SetUpError when Python `version` (major, minor) is older than the project needs."""
    if version < OLDEST_PYTHON:
        raise SetUpError(
            "Visitator needs Python {}.{} or newer; this is Python {}.{}. "
            "Please start it with a newer Python.".format(*OLDEST_PYTHON, *version)
        )


def prepare(*, test_tools: bool) -> Path:
    """Make `.venv` complete, and return its Python.

    With `test_tools` it also holds what packaging/test.py runs. A complete environment is left
    as it is. One that was made from other files, or was cut in the middle, is made anew.

    Raises SetUpError when this Python is too old, or the environment cannot be made.
    """
    check_python(sys.version_info[:2])
    if sys.platform == "linux":
        system_packages.ensure(test_tools=test_tools)
    wanted = Stamp(_this_python(), _inputs(), test_tools)
    present = read_stamp(VENV)
    python = venv_python(VENV)
    if present is not None and present.covers(wanted) and python.exists():
        return python

    print("Setting up .venv (this takes a minute or two) ...", flush=True)
    # Always anew: pip checks the hashes of what it fetches, not of what is there already.
    stamp_file(VENV).unlink(missing_ok=True)
    _call([_base_python(), "-m", "venv", "--clear", str(VENV)], "make .venv")
    _install(python, test_tools=test_tools)
    write_stamp(VENV, wanted)
    return python


def venv_python(venv: Path) -> Path:
    """Return where the Python of the environment in folder `venv` is on this system."""
    return venv / "Scripts" / "python.exe" if os.name == "nt" else venv / "bin" / "python"


def stamp_file(venv: Path) -> Path:
    """Return the file that is there only when the environment in folder `venv` is complete."""
    return venv / "visitator-stamp.json"


def read_stamp(venv: Path) -> Stamp | None:
    """Return the stamp of the environment in `venv`; None when it is not complete."""
    try:
        return Stamp(**json.loads(stamp_file(venv).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def write_stamp(venv: Path, stamp: Stamp) -> None:
    """Mark the environment in `venv` as complete, in one step that cannot be cut in two."""
    draft = venv / "visitator-stamp.draft"
    draft.write_text(json.dumps(asdict(stamp)), encoding="utf-8")
    draft.replace(stamp_file(venv))


def requirements(constraints: str, *, test_tools: bool) -> str:
    """Return the text of a pip requirements file: pinned packages, each with its hashes.

    `constraints` is the text of constraints.txt. Without `test_tools` only what the program
    itself needs is returned, found by the "via" notes under each entry.
    """
    entries = re.split(r"^(?=[a-z0-9])", constraints, flags=re.MULTILINE)[1:]
    if test_tools:
        return "".join(entries)
    reasons = {_name(entry): _reasons(entry) for entry in entries}
    needed: set[str] = set()
    while more := {
        name
        for name, because in reasons.items()
        if name not in needed and because & (_RUNTIME_REASONS | needed)
    }:
        needed |= more
    return "".join(entry for entry in entries if _name(entry) in needed)


def install_command(python: Path, requirements: Path) -> list[str]:
    """Return the command that installs a requirements file, and refuses what has another hash.

    Only wheels are taken, so that no package runs code of its own while it is installed.
    """
    safe = ["--require-hashes", "--only-binary", ":all:"]
    return [*_pip_install(python), *safe, "--requirement", str(requirements)]


def _pip_install(python: Path) -> list[str]:
    return [str(python), "-m", "pip", "install", "--quiet", "--no-input"]


def _name(entry: str) -> str:
    return entry.split("==", 1)[0]


def _reasons(entry: str) -> set[str]:
    comments = "\n".join(re.findall(r"^ +# *(.*)$", entry, flags=re.MULTILINE))
    return set(comments.replace("via", "", 1).strip().splitlines())


def _this_python() -> str:
    return "{}.{} in {}, for {}".format(*sys.version_info[:2], sys.base_prefix, ROOT)


def _base_python() -> str:
    # Inside .venv this is the Python that .venv was made with: one cannot remake itself.
    return str(getattr(sys, "_base_executable", sys.executable))


def _inputs() -> str:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    tool = project.pop("tool")
    project["setuptools"] = tool["setuptools"]
    text = json.dumps(project, sort_keys=True) + CONSTRAINTS.read_text(encoding="utf-8")
    return hashlib.sha256(text.encode()).hexdigest()


def _install(python: Path, *, test_tools: bool) -> None:
    wanted = VENV / "requirements.txt"
    text = requirements(CONSTRAINTS.read_text(encoding="utf-8"), test_tools=test_tools)
    wanted.write_text(text, encoding="utf-8")
    _call(install_command(python, wanted), "install the libraries")
    own = ["--no-build-isolation", "--no-deps", "--editable", str(ROOT)]
    _call([*_pip_install(python), *own], "install Visitator in .venv")
    # Who starts it may not be allowed to write here, and would wait for the compiler each time.
    packages = [str(ROOT / name) for name in ("visitator", "ui")]
    _call([str(python), "-m", "compileall", "-q", *packages], "compile Visitator")


def _call(command: list[str], purpose: str) -> None:
    done = subprocess.run(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode != 0:
        last_lines = "\n".join(done.stdout.strip().splitlines()[-15:])
        raise SetUpError(f"Could not {purpose}. What was said:\n{last_lines}")
