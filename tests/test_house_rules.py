"""The house rules that a linter does not hold, for all rooms: those of today and those to come.

Each rule is a function from source text to findings; it is tried on a small bad example as well as
on the project.
"""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

TOP_LEVEL = {
    ".ci",
    ".gitignore",
    "LICENSE",
    "README.md",
    "packaging",
    "pyproject.toml",
    "resources",
    "tests",
    "ui",
    "visitator",
}

# Everything the domain may import: no file, no network, no clock.
DOMAIN_LIBRARIES = {"msgspec", "holidays", "stdnum"}
DOMAIN_STDLIB = {
    "__future__",
    "abc",
    "bisect",
    "calendar",
    "collections",
    "dataclasses",
    "datetime",
    "difflib",
    "enum",
    "functools",
    "hashlib",
    "itertools",
    "math",
    "operator",
    "re",
    "string",
    "tomllib",
    "types",
    "typing",
    "unicodedata",
    "uuid",
    "zoneinfo",
}
IMPURE_CALLS = {
    "input",
    "now",
    "open",
    "print",
    "read_bytes",
    "read_text",
    "today",
    "utcnow",
    "uuid1",
    "uuid4",
}
BROAD = {"Exception", "BaseException"}

# Put together here so that this file itself names none of them.
UNFINISHED = re.compile(r"\b(" + "|".join(["TO" + "DO", "FIX" + "ME", "X" * 3]) + r")\b")
FOREIGN_ADDRESS = re.compile(
    "|".join(
        [
            r"pypi\." + "org",
            "python" + "hosted",
            "npm" + "js",
            "index" + "-url",
            "/(?:wo" + "rk|ro" + r"ot)/",
        ]
    )
)


def imported(tree: ast.AST) -> Iterator[str]:
    """Name every module that `tree` imports; relative imports keep their dots."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = "." * node.level + (node.module or "")
            yield base
            if base == "visitator":
                yield from (f"visitator.{alias.name}" for alias in node.names)


def called(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Name every function that `tree` calls, by its last word."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name):
                yield node.func.id, node
            elif isinstance(node.func, ast.Attribute):
                yield node.func.attr, node


def is_in(module: str, room: str) -> bool:
    return module == room or module.startswith(f"{room}.")


def screen_in_visitator(source: str) -> list[str]:
    screen = {"PySide6", "shiboken6", "ui"}
    return [name for name in imported(ast.parse(source)) if name.split(".")[0] in screen]


def foreign_room_in_ui(source: str) -> list[str]:
    rooms = [name for name in imported(ast.parse(source)) if is_in(name, "visitator")]
    return [name for name in rooms if name != "visitator" and not is_in(name, "visitator.app")]


def impure_import_in_domain(source: str) -> list[str]:
    allowed = DOMAIN_LIBRARIES | DOMAIN_STDLIB
    return [
        name
        for name in imported(ast.parse(source))
        if not is_in(name, "visitator.domain")
        and name != "visitator"
        and name.split(".")[0] not in allowed
    ]


def impure_call_in_domain(source: str) -> list[str]:
    return [name for name, _ in called(ast.parse(source)) if name in IMPURE_CALLS]


def swallowed_error(source: str) -> list[str]:
    tree = ast.parse(source)
    handlers = (node for node in ast.walk(tree) if isinstance(node, ast.ExceptHandler))
    found = [f"line {handler.lineno}" for handler in handlers if swallows(handler)]
    for name, call in called(tree):
        if name == "suppress" and any(is_broad(argument) for argument in call.args):
            found.append(f"line {call.lineno}")
    return found


def swallows(handler: ast.ExceptHandler) -> bool:
    """Say whether `handler` takes every error, and neither raises nor looks at what it took."""
    inside = [part for statement in handler.body for part in ast.walk(statement)]
    raises = any(isinstance(part, ast.Raise) for part in inside)
    looks = any(isinstance(part, ast.Name) and part.id == handler.name for part in inside)
    return is_broad(handler.type) and not raises and not looks


def is_broad(caught: ast.expr | None) -> bool:
    if isinstance(caught, ast.Tuple):
        return any(is_broad(each) for each in caught.elts)
    return caught is None or (isinstance(caught, ast.Name) and caught.id in BROAD)


def put_together_before_translation(source: str) -> list[str]:
    return [
        f"line {call.lineno}"
        for name, call in called(ast.parse(source))
        if name == "tr" and any(isinstance(argument, ast.JoinedStr) for argument in call.args)
    ]


def fixed_wait(source: str) -> list[str]:
    return [
        f"line {call.lineno}"
        for name, call in called(ast.parse(source))
        if name == "sleep" or (name == "wait" and ast.unparse(call.func) == "qtbot.wait")
    ]


def unfinished(text: str) -> list[str]:
    return UNFINISHED.findall(text)


def foreign_address(text: str) -> list[str]:
    return FOREIGN_ADDRESS.findall(text)


Rule = Callable[[str], list[str]]

RULES: list[tuple[Rule, tuple[str, ...]]] = [
    (screen_in_visitator, ("visitator/**/*.py",)),
    (foreign_room_in_ui, ("ui/**/*.py",)),
    (impure_import_in_domain, ("visitator/domain/**/*.py",)),
    (impure_call_in_domain, ("visitator/domain/**/*.py",)),
    (swallowed_error, ("visitator/**/*.py", "ui/**/*.py", "packaging/*.py")),
    (put_together_before_translation, ("visitator/**/*.py", "ui/**/*.py")),
    (fixed_wait, ("tests/**/*.py",)),
]


@pytest.mark.parametrize(("rule", "patterns"), RULES, ids=[rule.__name__ for rule, _ in RULES])
def test_the_project_keeps(rule: Rule, patterns: tuple[str, ...]) -> None:
    files = [file for pattern in patterns for file in sorted(ROOT.glob(pattern))]
    assert files
    findings = {
        str(file.relative_to(ROOT)): found
        for file in files
        if (found := rule(file.read_text(encoding="utf-8")))
    }
    assert findings == {}


@pytest.mark.parametrize(
    ("rule", "bad"),
    [
        (screen_in_visitator, "from PySide6.QtCore import QObject"),
        (screen_in_visitator, "import ui.window"),
        (foreign_room_in_ui, "from visitator.store import Store"),
        (foreign_room_in_ui, "from visitator import domain"),
        (impure_import_in_domain, "import os"),
        (impure_import_in_domain, "from pathlib import Path"),
        (impure_import_in_domain, "from visitator.medcom import read"),
        (impure_import_in_domain, "from visitator import medcom"),
        (impure_import_in_domain, "from ..medcom import read"),
        (impure_import_in_domain, "import lxml.etree"),
        (impure_call_in_domain, "datetime.now(UTC)"),
        (impure_call_in_domain, "date.today()"),
        (impure_call_in_domain, "open('plan.xml')"),
        (swallowed_error, "try:\n    f()\nexcept Exception:\n    pass"),
        (swallowed_error, "try:\n    f()\nexcept:\n    return_code = 1"),
        (swallowed_error, "try:\n    f()\nexcept (ValueError, Exception):\n    pass"),
        (swallowed_error, "with contextlib.suppress(Exception):\n    f()"),
        (put_together_before_translation, "self.tr(f'Svar til {hospital}')"),
        (fixed_wait, "time.sleep(1)"),
        (fixed_wait, "qtbot.wait(1000)"),
        (unfinished, "# TO" + "DO: later"),
        (foreign_address, "--extra-index" + "-url x"),
        (foreign_address, "/ro" + "ot/x"),
    ],
)
def test_a_rule_finds_what_it_is_for(rule: Rule, bad: str) -> None:
    assert rule(bad)


@pytest.mark.parametrize(
    ("rule", "good"),
    [
        (screen_in_visitator, "from visitator.domain import citizen"),
        (foreign_room_in_ui, "from visitator.app import inbox\nfrom visitator import app"),
        (impure_import_in_domain, "import msgspec\nfrom visitator.domain.citizen import Citizen"),
        (impure_call_in_domain, "moment.astimezone(ZONE).time()"),
        (swallowed_error, "try:\n    f()\nexcept ValueError:\n    pass"),
        (swallowed_error, "try:\n    f()\nexcept Exception as error:\n    report(error)"),
        (swallowed_error, "try:\n    f()\nexcept BaseException:\n    undo()\n    raise"),
        (put_together_before_translation, "self.tr('Svar til {}').format(hospital)"),
        (fixed_wait, "qtbot.waitUntil(done)"),
    ],
)
def test_a_rule_leaves_good_code_alone(rule: Rule, good: str) -> None:
    assert rule(good) == []


@pytest.fixture(scope="module")
def own_files() -> list[Path]:
    """Every file that git tracks or would take in."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("this copy is not a git checkout, or git is not installed")
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    files = (ROOT / name for name in listing.split("\0") if name)
    return [file for file in files if file.is_file()]


def test_the_top_level_holds_what_it_should_and_no_more(own_files: list[Path]) -> None:
    assert {file.relative_to(ROOT).parts[0] for file in own_files} == TOP_LEVEL


@pytest.mark.parametrize("rule", [unfinished, foreign_address])
def test_no_file_holds(rule: Rule, own_files: list[Path]) -> None:
    findings = {
        str(file.relative_to(ROOT)): found
        for file in own_files
        if (found := rule(file.read_text(encoding="utf-8", errors="replace")))
    }
    assert findings == {}
