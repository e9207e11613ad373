"""How sync stands, in words a visitator understands (architecture §4.8)."""

import datetime as dt

import msgspec

from visitator.domain.deadlines import to_copenhagen
from visitator.domain.terms import LabelledEnum

SKEW_WARNING = dt.timedelta(minutes=2)
"""How wrong the clock of a workstation may be before its user is told (architecture §5)."""


class Condition(LabelledEnum):
    """How the connection to the gateway stands (forbindelsens tilstand)."""

    SYNCHRONISED = "synchronised", "Synkroniseret"
    WORKING = "working", "Arbejder"
    OFFLINE = "offline", "Offline"
    NOT_SENDING = "not_sending", "Modtager, men kan ikke sende"
    REFUSED = "refused", "Afvist: log ind igen"
    PROGRAM_TOO_OLD = "program_too_old", "Visitator skal opdateres"
    GATEWAY_TOO_OLD = "gateway_too_old", "Gatewayen passer ikke til dette program"
    PAUSED = "paused", "Sat på pause"


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """How far a reading of the journal has come."""

    entries: int
    """Read so far."""
    part: float | None = None
    """From 0 to 1; None when the end is not known."""


class SyncStatus(msgspec.Struct, frozen=True, kw_only=True):
    """How sync stands (synkroniseringens tilstand)."""

    condition: Condition
    at: dt.datetime
    """When this was so, by the workstation's clock; only for people to read."""
    since: dt.datetime | None = None
    """The last time all was well, when it is not; None: it never was."""
    reason: str = ""
    """Why, as a Danish sentence; empty when all is well."""
    code: str = ""
    """Why, as a stable word."""
    progress: Progress | None = None
    clock_error: dt.timedelta | None = None
    """How much this workstation's clock is ahead of the gateway's, when it is worth a warning."""

    @property
    def text(self) -> str:
        """The status in a few Danish words."""
        if self.condition is Condition.OFFLINE and self.since is not None:
            return f"Offline siden {self._moment(self.since)}"
        if self.condition is Condition.WORKING and self.progress is not None:
            return f"Arbejder: {_how_far(self.progress)}"
        return self.condition.label

    @property
    def clock_warning(self) -> str:
        """The sentence about the wrong clock of this workstation; empty when it is right."""
        if self.clock_error is None:
            return ""
        direction = "foran" if self.clock_error > dt.timedelta(0) else "bagud"
        return f"Uret på denne computer er {_duration(abs(self.clock_error))} {direction}."

    def _moment(self, instant: dt.datetime) -> str:
        """The time of day, with the date when it is another day."""
        local, now = to_copenhagen(instant), to_copenhagen(self.at)
        day = "" if local.date() == now.date() else f"{local:%d.%m.%Y} "
        return f"{day}kl. {local:%H.%M}"


def _how_far(progress: Progress) -> str:
    read = f"{progress.entries:,}".replace(",", ".")
    percent = "" if progress.part is None else f" ({progress.part:.0%})".replace("%", " %")
    return f"{read} hændelser hentet{percent}"


def _duration(length: dt.timedelta) -> str:
    hours, minutes = divmod(round(length.total_seconds() / 60), 60)
    return f"{hours} t. {minutes} min." if hours else f"{minutes} min."


def clock_error(skew: dt.timedelta | None) -> dt.timedelta | None:
    """The skew (workstation minus gateway) when it is worth a warning, else None."""
    return skew if skew is not None and abs(skew) > SKEW_WARNING else None
