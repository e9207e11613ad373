"""Points in time as messages give them: Danish civil time, sometimes only a date."""

import datetime as dt
from typing import Annotated

import msgspec

from visitator.domain.deadlines import COPENHAGEN

Instant = Annotated[dt.datetime, msgspec.Meta(tz=True)]
"""An aware instant; written in UTC."""


class Moment(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """A date, and a time of day when the message gives one.

    Danish civil time as written; MedCom messages carry no zone (standard §8.2).
    """

    date: dt.date
    time: dt.time | None = None

    def instant(self, default: dt.time = dt.time(0)) -> dt.datetime:
        """The aware instant in Europe/Copenhagen; `default` stands in for a missing time of day.

        An hour that occurs twice (end of summer time) is read as its first occurrence.
        """
        return dt.datetime.combine(self.date, self.time or default, COPENHAGEN)

    def __str__(self) -> str:
        """As Danes write it: ``16-01-2030 kl. 10.00``."""
        day = self.date.strftime("%d-%m-%Y")
        return f"{day} kl. {self.time:%H.%M}" if self.time else day
