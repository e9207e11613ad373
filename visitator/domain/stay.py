"""The hospital stay (indlæggelsen) itself: where it stands, by what the hospital has said of it.

Requirements §12, the side track; standard §4.1, §4.3 and §4.4 have the messages.
"""

import datetime as dt
from typing import TypeAlias

import msgspec

from visitator.domain.messages import (
    AdmissionNotification,
    CarePlan,
    DischargeNotification,
    DischargeReport,
    EndedTreatment,
)
from visitator.domain.moment import Moment
from visitator.domain.terms import Stay

StayMessage: TypeAlias = (
    AdmissionNotification | DischargeNotification | DischargeReport | EndedTreatment
)
STAY_MESSAGES = (AdmissionNotification, DischargeNotification, DischargeReport, EndedTreatment)


class _Notified(msgspec.Struct, frozen=True, kw_only=True):
    """The newest letter of its kind about one episode; the earlier ones it corrects or cancels."""

    message: StayMessage
    date: dt.datetime
    """Of the letter, in Danish civil time."""
    agreed: bool
    """Whether an agreement was in force when it was first notified."""

    @property
    def is_discharge(self) -> bool:
        return isinstance(self.message, DischargeNotification)

    @property
    def moment(self) -> Moment | None:
        """When the citizen was discharged, in a discharge notification; in the others, admitted."""
        message = self.message
        if isinstance(message, DischargeNotification):
            return message.discharged
        return message.admitted

    @property
    def happened(self) -> dt.datetime:
        """When the citizen came or left; a bare date counts from its start, or to its end."""
        if self.moment is None:
            return self.date
        bare = dt.time.max if self.is_discharge else dt.time.min
        at = dt.datetime.combine(self.moment.date, self.moment.time or bare)
        return at.replace(tzinfo=None)


class StayFolding:
    """What the hospital has said about the stay itself (standard §4.1, §4.3, §4.4)."""

    def __init__(self) -> None:
        self.newest: dict[tuple[type[StayMessage], str | None], _Notified] = {}
        self.admissions: list[_Notified] = []
        """Those in force, in the order they happened."""
        self.admission_is_cancelled = False
        self.reports: list[_Notified] = []
        """Those in force that the treatment ended, or of the discharge."""
        self.last_move: _Notified | None = None
        """The last admission or discharge; of two at the same time the discharge is last."""
        self.resumed = False
        self.entered: Moment | None = None
        """When somebody here said the citizen was admitted, where no notification had."""

    def receive(self, message: StayMessage, date: dt.datetime, *, agreed: bool) -> None:
        """Take a letter; the newest about an episode holds, in whatever order they come."""
        key = (type(message), message.episode_key)
        earlier = self.newest.get(key)
        if earlier and date < earlier.date:
            return
        if earlier and not earlier.message.is_cancelled:
            agreed = earlier.agreed
        self.newest[key] = _Notified(message=message, date=date, agreed=agreed)
        if isinstance(message, EndedTreatment | DischargeReport):
            self.reports = self._in_force(EndedTreatment, DischargeReport)
            self.resumed = False
            return
        self.admissions = self._in_force(AdmissionNotification)
        self.admissions.sort(key=lambda each: each.happened)
        if isinstance(message, AdmissionNotification):
            self.admission_is_cancelled = not self.admissions
        self.last_move = max(
            (*self.admissions, *self._in_force(DischargeNotification)),
            key=lambda each: (each.happened, each.is_discharge),
            default=None,
        )

    def _in_force(self, *kinds: type[StayMessage]) -> list[_Notified]:
        return [
            each
            for each in self.newest.values()
            if isinstance(each.message, kinds) and not each.message.is_cancelled
        ]

    @property
    def discharge(self) -> _Notified | None:
        """The discharge in force; None while the last move was an admission."""
        last = self.last_move
        return last if last is not None and last.is_discharge else None

    @property
    def is_dead(self) -> bool:
        """Whether the last move says that the citizen has died."""
        return self.last_move is not None and self.last_move.message.says_dead

    @property
    def discharged(self) -> Moment | None:
        """When the citizen left hospital; None for one who was only moved."""
        found = self.discharge
        return found.moment if found is not None and not found.message.says_moved else None

    @property
    def is_discharged_without_agreement(self) -> bool:
        """Whether the citizen came home though no agreement was in force then."""
        found = self.discharge
        return found is not None and not (
            found.agreed or found.message.says_moved or found.message.says_dead
        )

    def admitted(self, plan: CarePlan | None) -> Moment | None:
        """When the citizen was admitted: by the notification, else by the plan, else a report.

        What somebody entered by hand counts where nothing else is said.
        """
        if self.admission_is_cancelled:
            return None
        said = (
            *(each.moment for each in reversed(self.admissions)),
            plan.admitted if plan else None,
            *(each.moment for each in self.reports),
            self.entered,
        )
        return next((moment for moment in said if moment is not None), None)

    def state(self, plan: CarePlan | None) -> Stay:
        """Where the stay stands; `plan` is the current one, which may tell of the admission."""
        if self.discharge is not None:
            return Stay.MOVED if self.discharge.message.says_moved else Stay.DISCHARGED
        if self.resumed:
            return Stay.TREATMENT_RESUMED
        if self._during_this_stay(DischargeReport):
            return Stay.REPORT_RECEIVED
        if self._during_this_stay(EndedTreatment):
            return Stay.TREATMENT_ENDED
        return self._admission(plan)

    def _during_this_stay(self, kind: type[StayMessage]) -> bool:
        """Whether such a letter holds that is not from before the last admission."""
        last = self.last_move
        return any(
            isinstance(each.message, kind) and (last is None or each.date >= last.happened)
            for each in self.reports
        )

    def _admission(self, plan: CarePlan | None) -> Stay:
        if self.admission_is_cancelled:
            return Stay.ADMISSION_CANCELLED
        if self.admissions or self.admitted(plan) is not None:
            return Stay.ADMITTED
        return Stay.UNKNOWN
