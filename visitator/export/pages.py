"""The pages of a Word file as pictures: LibreOffice lays them out, poppler draws them.

Both are programs of the system that may or may not be there. What they are given and make lies in
a folder only this user can read, and is deleted at once.
"""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from visitator.export.errors import PagesError

_PATIENCE_S = 60
_NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)
"""On Windows no console flashes up."""


class PageMaker:
    """Makes the pages; keeps the profile LibreOffice wants until it is closed."""

    def __init__(self) -> None:
        self._office = shutil.which("soffice")
        self._drawer = shutil.which("pdftoppm")
        self._profile: tempfile.TemporaryDirectory[str] | None = None
        self._running: subprocess.Popen[bytes] | None = None

    @property
    def is_there(self) -> bool:
        """Whether this computer has the two programs."""
        return bool(self._office and self._drawer)

    def pages(self, document: bytes, dots: int) -> tuple[bytes, ...]:
        """Every page as a PNG.

        Args:
            document: the bytes of a `.docx`.
            dots: per inch.

        Raises:
            PagesError: they cannot be made.
        """
        if self._office is None or self._drawer is None:
            raise PagesError(
                "Siderne kan ikke vises: LibreOffice eller poppler er ikke på denne computer."
            )
        try:
            with tempfile.TemporaryDirectory(prefix="visitator-", dir=_private()) as name:
                folder = Path(name)
                (folder / "notat.docx").write_bytes(document)
                profile = f"-env:UserInstallation={self._profile_folder().as_uri()}"
                convert = ("--headless", "--convert-to", "pdf", "--outdir", name)
                self._run(self._office, profile, *convert, str(folder / "notat.docx"))
                pdf, page = str(folder / "notat.pdf"), str(folder / "side")
                self._run(self._drawer, "-r", str(dots), "-png", pdf, page)
                return tuple(each.read_bytes() for each in sorted(folder.glob("side*.png")))
        except (OSError, subprocess.SubprocessError) as error:
            raise PagesError(
                "Siderne kan ikke vises: LibreOffice kunne ikke lægge notatet op."
            ) from error

    def stop(self) -> None:
        """Nobody waits for the pages any more; may be called from another thread."""
        running = self._running
        if running is not None:
            running.kill()

    def close(self) -> None:
        """Delete the profile."""
        if self._profile is not None:
            self._profile.cleanup()

    def _run(self, program: str, *arguments: str) -> None:
        quiet = subprocess.DEVNULL
        with subprocess.Popen(  # noqa: S603 - a program of the system, and files of our own
            [program, *arguments],
            stdin=quiet,
            stdout=quiet,
            stderr=quiet,
            creationflags=_NO_WINDOW,
        ) as self._running:
            try:
                code = self._running.wait(_PATIENCE_S)
            except subprocess.TimeoutExpired:
                self._running.kill()
                raise
        self._running = None
        if code:
            raise subprocess.CalledProcessError(code, program)

    def _profile_folder(self) -> Path:
        if self._profile is None:
            self._profile = tempfile.TemporaryDirectory(
                prefix="visitator-", dir=_private(), ignore_cleanup_errors=True
            )
        return Path(self._profile.name)


def _private() -> str | None:
    """Where the system has one, a folder in memory that ends with the session."""
    folder = os.environ.get("XDG_RUNTIME_DIR", "")
    return folder if folder and Path(folder).is_dir() else None
