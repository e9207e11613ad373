"""The `visitator` command; without an argument it opens the window."""

import sys


def main() -> None:
    """Run the command line; a console that cannot show a character shows a question mark."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    if len(sys.argv) == 1:
        # The window does not wait for what reads a command line.
        from visitator.cli.screen import show

        sys.exit(show())
    from visitator.cli.commands import app

    app()
