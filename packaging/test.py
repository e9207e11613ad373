"""Check the project: `python packaging/test.py [--nightly] [--benchmarks] [-- PYTEST ARGUMENTS]`.

Makes the environment when it is not there, then runs every check, also when one has failed:
format, lint, types, import contracts and last the tests.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

import environment

# A process per core; a file stays in one, for its tests share what is slow to begin. Files come as
# they are sorted: otherwise the few tests that kill processes, and take longest, end up alone.
IN_PARALLEL = ["-n", "logical", "--dist", "loadfile", "--no-loadscope-reorder"]


def main(arguments: list[str]) -> int:
    """Run the checks; return 0 when all passed, 1 when one failed, 2 when they could not run."""
    options = _parser().parse_args(arguments)
    try:
        python = environment.prepare(test_tools=True)
    except environment.SetUpError as error:
        print(error, file=sys.stderr)
        return 2
    settings = _settings(nightly=options.nightly)
    failed = []
    for name, command in _checks(python, options).items():
        print(f"== {name}", flush=True)
        done = subprocess.run(command, cwd=environment.ROOT, env=settings, check=False)
        if done.returncode != 0:
            failed.append(name)
    if failed:
        print(f"Failed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Run every check of the project.")
    parser.add_argument("--nightly", action="store_true", help="also the long tests")
    parser.add_argument("--benchmarks", action="store_true", help="also the benchmarks")
    parser.add_argument("pytest", nargs="*", help="passed on to pytest, after --")
    return parser


def _settings(*, nightly: bool) -> dict[str, str]:
    extra = {"HYPOTHESIS_PROFILE": "nightly", "VISITATOR_NIGHTLY": "1"} if nightly else {}
    return {**os.environ, **extra}


def _checks(python: Path, options: argparse.Namespace) -> dict[str, list[str]]:
    module = [str(python), "-m"]
    checks = {
        "format": [*module, "ruff", "format", "--check", "--quiet", "."],
        "lint": [*module, "ruff", "check", "--quiet", "."],
        "types": [*module, "mypy"],
        "imports": [str(python.with_name("lint-imports")), "--no-logo"],
        "tests": [*module, "pytest", *IN_PARALLEL, *options.pytest],
    }
    if options.benchmarks:
        checks["benchmarks"] = [*module, "tests.benchmarks"]
    return checks


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
