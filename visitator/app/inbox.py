"""The inbox as the screen is handed it: groups with their counts, rows by page, what was found."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from typing import TYPE_CHECKING

from visitator.app.labelled import point_of
from visitator.app.views import (
    Box,
    Deadline,
    Flag,
    Found,
    Group,
    GroupKind,
    Inbox,
    Row,
    RowKind,
)
from visitator.domain.agreement import Agreement, Fact
from visitator.domain.citizen import Citizen, mask_cpr
from visitator.domain.deadlines import COPENHAGEN
from visitator.domain.terms import DischargeSource, RehabilitationLevel, ReplyState, Stay, Transit
from visitator.store import Bucket, Header, Matter, Selection, Tally, Whose

if TYPE_CHECKING:
    from visitator.store import Store
    from visitator.store.glance import Glance

_INBOX = (Bucket.UNDELIVERED, Bucket.NEW_ANSWER)
_BOXES = {
    Box.INBOX: Selection(first=_INBOX[0], last=_INBOX[1]),
    Box.MINE: Selection(first=_INBOX[0], last=_INBOX[1], whose=Whose.MINE),
    Box.COLLEAGUES: Selection(first=_INBOX[0], last=_INBOX[1], whose=Whose.COLLEAGUES),
    Box.UNASSIGNED: Selection(first=_INBOX[0], last=_INBOX[1], whose=Whose.NOBODYS),
    Box.AWAITING: Selection(first=Bucket.AWAITING, last=Bucket.COORDINATION),
    Box.AGREED: Selection(first=Bucket.AGREED, last=Bucket.ANSWERED),
    Box.ALL: Selection(first=Bucket.UNDELIVERED, last=Bucket.CLOSED),
}
_KINDS = {
    Bucket.UNDELIVERED: GroupKind.UNDELIVERED,
    Bucket.WITHOUT_DEADLINE: GroupKind.NO_DEADLINE,
    Bucket.TO_START: GroupKind.TO_START,
    Bucket.NEW_ANSWER: GroupKind.NEW_ANSWER,
    Bucket.AWAITING: GroupKind.AWAITING,
    Bucket.COORDINATION: GroupKind.COORDINATION,
    Bucket.AGREED: GroupKind.AGREED,
    Bucket.ANSWERED: GroupKind.ANSWERED,
    Bucket.OTHER: GroupKind.OTHER,
    Bucket.CLOSED: GroupKind.CLOSED,
}
"""Of every bucket that the clock does not divide."""

_ROW_KINDS = {
    Matter.PLAN: RowKind.PLAN,
    Matter.REHABILITATION: RowKind.REHABILITATION,
    Matter.CORRESPONDENCE: RowKind.CORRESPONDENCE,
    Matter.NOTIFICATION: RowKind.NOTIFICATION,
    Matter.MESSAGE: RowKind.MESSAGE,
}
_LEVELS = {
    RehabilitationLevel.GENERAL: "almen genoptræning",
    RehabilitationLevel.SPECIALISED: "genoptræning på specialiseret niveau",
    RehabilitationLevel.SPECIALISED_REHABILITATION: "rehabilitering på specialiseret niveau",
    None: "ukendt type",
}
"""The order's own words (agreements §4.1)."""
WORDS = frozenset(_LEVELS.values())
_UNANSWERED = {Bucket.TO_ANSWER, Bucket.WITHOUT_DEADLINE}
_WHOLE_DAY = dt.time(23, 59, 59)
"""The last second of a deadline that has no time of day; see `Header.due_at`."""


class Lists:
    """The lists of the inbox of one user, all that a first look at a file shows.

    Args:
        store: what is read; every method is a read or two of it.
        user: whose pending work is part of what is shown.
        agreement: the profile the rows were made with.
        clock: the present instant, aware.
        names: the name of each user that is known.
    """

    def __init__(
        self,
        store: "Store | Glance",
        user: str,
        agreement: Agreement,
        clock: Callable[[], dt.datetime],
        names: Mapping[str, str],
    ) -> None:
        self._lists = store
        self._user = user
        self._agreement = agreement
        self._clock = clock
        self._names = names

    def inbox(self, box: Box) -> Inbox:
        """The groups under a filter, and what the other filters hold."""
        now = self._clock()
        listing = self._lists.listing(self._user)
        counts = {each: _count(listing.tallies, wanted) for each, wanted in _BOXES.items()}
        undelivered = Selection(first=Bucket.UNDELIVERED, last=Bucket.UNDELIVERED)
        return Inbox(
            box=box,
            groups=tuple(_groups(_within(listing.tallies, _BOXES[box]), now)),
            counts=counts,
            attention=listing.attention + _count(listing.tallies, undelivered),
            outbox=listing.unsent,
            next_due=_next_due(listing.tallies, now),
        )

    def rows(self, box: Box, offset: int, limit: int) -> tuple[Row, ...]:
        """Rows from place `offset`, counted through all groups of the box."""
        now = self._clock()
        found = self._lists.listing_rows(self._user, _BOXES[box], offset, limit)
        return tuple(self._row(header, now) for header in found)

    def position(self, box: Box, pathway_id: str) -> int | None:
        """The place of a pathway among the rows of a box; None when it is not in it."""
        return self._lists.listing_position(self._user, _BOXES[box], pathway_id)

    def _row(self, header: Header, now: dt.datetime) -> Row:
        return row_of(header, agreement=self._agreement, names=self._names, now=now)


class Inboxes(Lists):
    """The inbox of one user, of a store that is open."""

    def __init__(
        self,
        store: "Store",
        user: str,
        agreement: Agreement,
        clock: Callable[[], dt.datetime],
        names: Mapping[str, str],
    ) -> None:
        super().__init__(store, user, agreement, clock, names)
        self._store = store

    def row(self, pathway_id: str) -> Row | None:
        """The row of one pathway; None when nothing is known of it."""
        header = self._store.listing_row(self._user, pathway_id)
        return self._row(header, self._clock()) if header is not None else None

    def search(self, typed: str, limit: int = 200) -> tuple[Found, ...]:
        """The pathways that hold what was typed, the newest first; at most `limit`.

        One letter is the first of a name; from two letters on everything is searched.
        """
        now = self._clock()
        hits = self._store.search(typed, limit, user=self._user)
        return tuple(Found(row=self._row(hit.header, now), snippet=hit.snippet) for hit in hits)


def row_of(
    header: Header, *, agreement: Agreement, names: Mapping[str, str], now: dt.datetime
) -> Row:
    """A pathway as one row.

    Args:
        header: what the store says of it.
        agreement: the profile it was made with.
        names: the name of each user that is known.
        now: aware instant; it only tells which group the row is in.
    """
    citizen = header.citizen or Citizen()
    hospital_due = header.hospital_due
    return Row(
        pathway_id=header.pathway_id,
        group=_kind(header.bucket, header.due_at, now),
        kind=_ROW_KINDS[header.matter],
        name=citizen.name,
        cpr_masked=mask_cpr(citizen.key) if citizen.key else "",
        ward=header.ward,
        received=_local(header.received_at),
        deadline=_deadline(header, agreement),
        hospital_due=hospital_due.local if hospital_due else None,
        awaiting_since=_local(header.awaiting_hospital_since),
        planned_discharge=point_of(header.planned_discharge),
        level=_LEVELS[header.level] if header.matter is Matter.REHABILITATION else "",
        discharge=header.discharge,
        is_discharge_expected=header.discharge_source is DischargeSource.PLAN,
        owner=header.owner,
        owner_name=names.get(header.owner or "", ""),
        version=header.versions,
        state=_state(header),
        flags=frozenset(flag for flag, holds in _flags(header) if holds),
        snippet=header.snippet,
    )


def _deadline(header: Header, agreement: Agreement) -> Deadline | None:
    """Of the answer to a plan, or of the start of rehabilitation by the municipality."""
    status = header.deadline_status
    if header.bucket in _UNANSWERED and status is None:
        status = "unknown"
    if status is None:
        return None
    due = header.effective or header.due
    return Deadline(
        status=status,
        due=due.local if due else None,
        agreed=header.due.local if header.effective and header.due else None,
        is_whole_day=due is not None and due.whole_day,
        text=_rule(header.matter, agreement).text,
    )


def _rule(matter: Matter, agreement: Agreement) -> Fact:
    if matter is Matter.REHABILITATION:
        return agreement.rehabilitation.municipality_start
    return agreement.care_plan.reply


def _within(tallies: Iterable[Tally], wanted: Selection) -> Iterator[Tally]:
    for tally in tallies:
        whose = wanted.whose in {Whose.ANYBODYS, tally.whose}
        if whose and wanted.first <= tally.bucket <= wanted.last:
            yield tally


def _count(tallies: Iterable[Tally], wanted: Selection) -> int:
    return sum(tally.count for tally in _within(tallies, wanted))


def _groups(tallies: Iterable[Tally], now: dt.datetime) -> Iterator[Group]:
    def heading(tally: Tally) -> tuple[GroupKind, dt.date | None]:
        kind = _kind(tally.bucket, tally.due_at, now)
        return kind, _instant(tally.due_at).date() if kind is GroupKind.DUE else None

    for (kind, day), found in groupby(tallies, heading):
        together = list(found)
        yield Group(
            kind=kind,
            count=sum(tally.count for tally in together),
            day=day,
            time=_shared_time(together) if day else None,
        )


def _shared_time(tallies: Iterable[Tally]) -> dt.time | None:
    times = {_instant(tally.due_at).time() for tally in tallies}
    return times.pop() if len(times) == 1 and _WHOLE_DAY not in times else None


def _kind(bucket: Bucket, due_at: int, now: dt.datetime) -> GroupKind:
    """The group of a row; a deadline is passed when a whole second of it is (§11)."""
    if bucket is not Bucket.TO_ANSWER:
        return _KINDS[bucket]
    return GroupKind.OVERDUE if due_at < int(now.timestamp()) else GroupKind.DUE


def _next_due(tallies: Iterable[Tally], now: dt.datetime) -> dt.datetime | None:
    ahead = (
        tally.due_at
        for tally in tallies
        if tally.bucket is Bucket.TO_ANSWER and tally.due_at >= int(now.timestamp())
    )
    first = min(ahead, default=None)
    return _instant(first) if first is not None else None


def _instant(due_at: int) -> dt.datetime:
    return dt.datetime.fromtimestamp(due_at, COPENHAGEN)


def _local(at: dt.datetime | None) -> dt.datetime | None:
    return at.astimezone(COPENHAGEN) if at is not None else None


def _state(header: Header) -> str:
    """Where it stands (§12); before there is a plan, and when it is over, where the stay does."""
    if header.bucket is Bucket.UNDELIVERED:
        return Transit.ATTENTION.label
    if header.bucket is not Bucket.CLOSED and header.reply_state is not None:
        return header.reply_state.label
    return header.stay.label if header.stay is not Stay.UNKNOWN else ""


def _flags(header: Header) -> Iterator[tuple[Flag, bool]]:
    """Each flag, and whether it holds; what calls for an answer ends with the answer."""
    yield Flag.NEW_VERSION, header.versions > 1 and header.bucket in _UNANSWERED
    yield Flag.UNKNOWN_CITIZEN, header.is_unknown_citizen
    yield Flag.WEEKEND, header.is_weekend_discharge
    asked_by_them = header.wants_conference and header.bucket < Bucket.COORDINATION
    asked_by_us = header.reply_state is ReplyState.COORDINATION
    yield Flag.CONFERENCE, asked_by_them or asked_by_us
    yield Flag.LATE_PLAN, header.is_late_plan
    yield Flag.WITHOUT_AGREEMENT, header.discharged_without_agreement
    yield Flag.AGREEMENT_SUPERSEDED, header.agreement_superseded
    yield Flag.UNDELIVERED, header.bucket is Bucket.UNDELIVERED
    yield Flag.TREATMENT_ENDED, header.stay is Stay.TREATMENT_ENDED
    answers = header.reply_state is ReplyState.ANSWER_RECEIVED
    yield Flag.NEW_LETTER, header.has_new_letter and not answers
    yield Flag.PENDING, header.pending > 0
