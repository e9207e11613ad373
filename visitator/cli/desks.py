"""The desks a window is opened on: a municipality's, and the demo's.

The gateway that a workstation runs itself, and the demo, are imported when they are to be run: the
list is looked at before.
"""

import datetime as dt
from contextlib import ExitStack
from typing import TYPE_CHECKING

import msgspec

from visitator.app.faults import told
from visitator.app.opening import Access, Opening, Progress, See, open_desk, usual
from visitator.app.preferences import Preferences, load_preferences
from visitator.app.settings import Settings, load_settings
from visitator.app.views import KnownError
from visitator.cli.names import own_user
from visitator.domain.agreement import Agreement
from visitator.domain.deadlines import COPENHAGEN
from visitator.store.keys import new_demo_key, os_backend

if TYPE_CHECKING:
    from visitator.app.desk import Desk
    from visitator.demo.live import LiveDemo

_PAST = "Gør demoen klar"


def own_desk(progress: Progress, see: See | None = None) -> "Desk":
    """The desk of this workstation; `see` is shown the list as soon as it can be read.

    Settings and preferences are read anew each time: the first start writes them.

    Raises:
        KnownError: it cannot be opened.
    """
    with told():
        settings, preferences = load_settings(), load_preferences()
    return open_desk(workstation(settings, preferences), progress, see)


def workstation(settings: Settings, preferences: Preferences) -> Opening:
    """A workstation of a municipality, with its gateway or with one of its own."""
    if settings.gateway is not None:
        return usual(settings, preferences)

    def connect() -> Access:
        from visitator.cli.own_gateway import run_own_gateway

        return run_own_gateway(settings, preferences, os_backend())

    opening = usual(settings, preferences, connect)
    return msgspec.structs.replace(opening, user=own_user(preferences))


def demo_desk(agreement: Agreement, progress: Progress) -> "Desk":
    """A desk with invented citizens; everything is deleted when it is closed.

    Raises:
        KnownError: the computer does not let it start.
    """
    from visitator.demo.live import LiveDemo
    from visitator.gateway.loopback import LoopbackError

    today = dt.datetime.now(COPENHAGEN).date()
    try:
        demo = LiveDemo(agreement, today, progress=lambda part: progress(_PAST, part))
    except LoopbackError as error:
        raise KnownError(str(error)) from error
    with ExitStack() as undo:
        undo.callback(demo.close)
        desk = open_desk(_of_demo(demo), progress)
        undo.pop_all()
    return desk


def _of_demo(demo: "LiveDemo") -> Opening:
    """Its time runs, and its end is the desk's, from when its gateway is asked for."""

    def connect() -> Access:
        demo.run()
        return Access(
            address=demo.address,
            token=demo.token,
            user=demo.user,
            device=demo.device,
            is_demo=True,
            close=demo.close,
        )

    return Opening(
        settings=Settings(agreement=demo.agreement.id, municipality=demo.municipality),
        preferences=Preferences(
            name=demo.person.name, title=demo.person.title, telephone=demo.person.telephone
        ),
        path=demo.folder / "arbejdsplads.db",
        key=new_demo_key,
        connect=connect,
        clock=demo.clock,
        throw_away=True,
    )
