"""A real PostgreSQL server of Debian's, run by an ordinary user, reached by a socket only."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

_OWNER = "visitator"


def binaries() -> Path | None:
    """The folder of the newest server on this machine, or None."""
    if (found := shutil.which("postgres")) is not None:
        return Path(found).parent
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    return folders[-1] if folders else None


class Server:
    """A server with its data in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def url(self, database: str) -> str:
        return f"postgresql://{_OWNER}@/{database}?host={self._folder}"

    def new_database(self) -> str:
        """The URL of an empty database."""
        name = f"gateway_{uuid.uuid4().hex}"
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        return self.url(name)


@contextmanager
def running(programs: Path) -> Iterator[Server]:
    """A new server until the block ends."""
    # Not pytest's folder: nobody but its owner may go into that one.
    folder = Path(tempfile.mkdtemp(prefix="visitator-pg-"))
    user = _ordinary_user()
    if user is not None:
        os.chown(folder, user.pw_uid, user.pw_gid)
    data = folder / "data"

    def run(program: str, *arguments: str) -> None:
        subprocess.run(
            [programs / program, *arguments],
            check=True,
            cwd=folder,
            user=user.pw_name if user is not None else None,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )

    try:
        options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
        run("initdb", "-D", str(data), "-U", _OWNER, "-A", "trust", "-E", "UTF8", "--no-sync")
        start = ("start", "-w", "-D", str(data), "-l", str(folder / "log"))
        run("pg_ctl", *start, "-o", f"{options} -c max_connections=400")
        try:
            yield Server(folder)
        finally:
            run("pg_ctl", "stop", "-D", str(data), "-m", "immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _ordinary_user() -> pwd.struct_passwd | None:
    """Whom to run it as, when this is root, whom the server refuses."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise RuntimeError("no ordinary user to run PostgreSQL as")
