"""Who sits at a workstation that stands alone: the operating system's names, where none is kept."""

import getpass
import platform
import re

from visitator.app.preferences import Preferences

_NOT_ALLOWED = re.compile(r"[^\w.@-]+", re.ASCII)
_LONGEST = 64


def own_user(preferences: Preferences) -> str:
    """The user as the program's own gateway has them."""
    return preferences.user or _word(getpass.getuser(), "bruger")


def own_device(preferences: Preferences) -> str:
    """The workstation, the same way."""
    return preferences.device or _word(platform.node(), "pc")


def _word(name: str, otherwise: str) -> str:
    """A name of the operating system's as the gateway takes one."""
    return _NOT_ALLOWED.sub("-", name).strip("-")[:_LONGEST] or otherwise
