"""What Debian-like systems must have installed for Qt and for `.venv`, and how it gets there.

Elsewhere there is nothing to do: on Windows and macOS the packages of PySide6 hold all they need.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Sequence

# Library -> Debian package: what Qt's core, gui, widgets and its xcb and offscreen plug-ins are
# linked to (readelf -d), less what every Debian has.
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}
FONTS = "fonts-dejavu-core"
VIRTUAL_DISPLAY = "xvfb"


# Program -> Debian package: the real servers that the tests talk to.
TEST_PROGRAMS = {
    "dbus-daemon": "dbus",
    "gnome-keyring-daemon": "gnome-keyring",
    "initdb": "postgresql",
    "pdftotext": "poppler-utils",
    "soffice": "libreoffice-writer-nogui",
}
DEBIAN_POSTGRESQL = Path("/usr/lib/postgresql")


def ensure(*, test_tools: bool) -> None:
    """Install the missing system packages, or say in one line which they are.

    With `test_tools` also the servers that the tests talk to. Never fails, and does nothing on a
    system without apt-get.
    """
    if shutil.which("apt-get") is None:
        return
    packages = missing() + (missing_for_tests() if test_tools else [])
    if packages and not install(packages, rights()):
        print(advice(packages), flush=True)


def missing() -> list[str]:
    """Return the Debian packages that this machine lacks."""
    listing = subprocess.run(
        ["/sbin/ldconfig", "-p"], stdout=subprocess.PIPE, text=True, check=False
    ).stdout
    packages = libraries_missing_in(listing)
    if not any(Path("/usr/share/fonts").rglob("*.[to]tf")):
        packages.append(FONTS)
    if shutil.which("Xvfb") is None:
        packages.append(VIRTUAL_DISPLAY)
    if sys.base_prefix == "/usr" and importlib.util.find_spec("ensurepip") is None:
        packages.append("python{}.{}-venv".format(*sys.version_info))
    return packages


def missing_for_tests() -> list[str]:
    """Return the Debian packages whose programs the tests would skip without."""
    servers = os.pathsep.join(str(folder) for folder in DEBIAN_POSTGRESQL.glob("*/bin"))
    path = os.pathsep.join([os.environ.get("PATH", ""), servers])
    return [
        package
        for program, package in TEST_PROGRAMS.items()
        if shutil.which(program, path=path) is None
    ]


def libraries_missing_in(ldconfig_listing: str) -> list[str]:
    """Return the packages of the Qt libraries that the output of `ldconfig -p` does not name."""
    present = {line.split()[0] for line in ldconfig_listing.splitlines() if line.split()}
    return [package for library, package in QT_LIBRARIES.items() if library not in present]


def rights() -> list[str] | None:
    """Return the words to put before a command to run it as root; None without the right to."""
    if sys.platform == "linux" and os.geteuid() == 0:
        return []
    sudo = ["sudo", "-n"]
    return sudo if shutil.which("sudo") and _succeeds([*sudo, "true"]) else None


def install(packages: Sequence[str], rights: Sequence[str] | None) -> bool:
    """Install Debian `packages` with `rights` (see `rights`), and say whether that went well."""
    if rights is None:
        return False
    print(f"Installing system packages: {' '.join(packages)} ...", flush=True)
    apt = [*rights, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    apt += ["-o", "DPkg::Lock::Timeout=60"]
    update = [*apt, "update"]
    add = [*apt, "install", "--no-install-recommends", "--yes", *packages]
    # A list that could not be renewed may still do, so only the last answer counts.
    _succeeds(update)
    return _succeeds(add)


def advice(packages: Sequence[str]) -> str:
    """Return the line that tells a person without the rights which packages to install."""
    return f"Please ask for these packages to be installed: apt-get install {' '.join(packages)}"


def _succeeds(command: Sequence[str]) -> bool:
    quiet = subprocess.DEVNULL
    return subprocess.run(command, stdout=quiet, stderr=quiet, check=False).returncode == 0
