"""When Python may stop everything to look for garbage: while nobody works, never in a long pull.

A full collection looks at every object there is and holds all threads: a tenth of a second and more
with a store in memory. What is not in a cycle, and nearly nothing is, is freed without it.
"""

import gc
import sys

_YOUNG, _MIDDLE, _OLD = 10_000, 20, 50
"""How many new objects, and how many smaller collections, are one more collection."""
_TURN_S = 0.001
"""How long a thread goes on while another waits for its turn; Python's own is five times that."""


def hold() -> None:
    """Collect nothing while libraries are loaded: all they make stays."""
    gc.disable()


def go_on() -> None:
    """Collect again, and leave out what is there already."""
    gc.freeze()
    gc.set_threshold(_YOUNG, _MIDDLE, _OLD)
    gc.enable()
    sys.setswitchinterval(_TURN_S)
