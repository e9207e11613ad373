"""Start Visitator from a fresh copy: `python packaging/run.py [ARGUMENTS ...]`.

Makes the environment when it is not there, then runs `visitator ARGUMENTS`.
"""

from __future__ import annotations

import subprocess
import sys

import environment

# What is shown when no arguments are given, and the line that is said first.
DEMO_NOTE = "The window comes in a later version. Until then: what `inspect` says of four messages."
DEMO_FILES = (
    "xdis20_nytbrev.xml",
    "xdis21_latin1_no_declaration.xml",
    "xdis91_high_priority_with_references.xml",
    "ggop_utf8_bom.xml",
)
DEMO_ARGUMENTS = [
    "inspect",
    *(str(environment.ROOT / "tests" / "fixtures" / name) for name in DEMO_FILES),
]


def main(arguments: list[str]) -> int:
    """Run the program with the command line `arguments`, and return its exit code."""
    try:
        python = environment.prepare(test_tools=False)
    except environment.SetUpError as error:
        print(error, file=sys.stderr)
        return 2
    if not arguments:
        print(DEMO_NOTE, flush=True)
    command = [str(python), "-m", "visitator", *(arguments or DEMO_ARGUMENTS)]
    return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
