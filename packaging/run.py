"""Start Visitator from a fresh copy: `python packaging/run.py [ARGUMENTS ...]`.

Makes the environment when it is not there, then runs `visitator ARGUMENTS`.
"""

from __future__ import annotations

import subprocess
import sys

import environment

# What is run when no arguments are given.
DEMO_ARGUMENTS = ["demo"]


def main(arguments: list[str]) -> int:
    """Run the program with the command line `arguments`, and return its exit code."""
    try:
        python = environment.prepare(test_tools=False)
    except environment.SetUpError as error:
        print(error, file=sys.stderr)
        return 2
    command = [str(python), "-m", "visitator", *(arguments or DEMO_ARGUMENTS)]
    return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
