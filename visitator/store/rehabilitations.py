"""The list of rehabilitation courses (genoptræning): the row of each, how many, any page."""

import datetime as dt
import functools

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, Table, select

from visitator.domain.agreement import Agreement
from visitator.domain.entries import (
    FreeChoiceExplained,
    RehabilitationContacted,
    RehabilitationEnded,
    RehabilitationOfferChosen,
    RehabilitationStartAgreed,
    RehabilitationStep,
)
from visitator.domain.pathway import LetterSent, Pathway
from visitator.domain.rehabilitation import (
    OVER,
    Rehabilitation,
    StartDue,
    answer_due,
    has_own_deadline,
    start_due,
    transport,
)
from visitator.domain.terms import CourseState
from visitator.store import ranked
from visitator.store.snippets import beginning
from visitator.store.tables import JournalSet, is_listed, listed
from visitator.store.values import (
    GroupCount,
    Header,
    RehabilitationFilter,
    RehabilitationGroup,
    RehabilitationHeader,
)

_encode = msgspec.json.Encoder().encode
_decoder = msgspec.json.Decoder(RehabilitationHeader)


def header_of(
    pathway: Pathway, course: Rehabilitation, header: Header, agreement: Agreement
) -> RehabilitationHeader:
    """The row of a pathway.

    Args:
        pathway: the fold.
        course: its rehabilitation side.
        header: the same as a row of the inbox.
        agreement: the profile the deadline is computed by.
    """
    start = start_due(course, agreement)
    plan, own = course.plan.message, course.plan.message.start_deadline_text
    offer, agreed = course.last(RehabilitationOfferChosen), course.last(RehabilitationStartAgreed)
    due, started = start.due, course.started
    return RehabilitationHeader(
        pathway_id=header.pathway_id,
        group=_group(course, start),
        citizen=header.citizen,
        ward=plan.sender.name,
        received_at=min(each.received_at for each in course.plans),
        level=course.training_level,
        state=course.state,
        actor=start.actor,
        discharge=course.discharge,
        discharge_source=course.discharge_source,
        is_in_hospital=course.is_in_hospital,
        deadline_status=start.status,
        due=due,
        own_deadline=beginning(own.text) if own else "",
        has_own_deadline=has_own_deadline(course, agreement),
        contacted=_day(course, RehabilitationContacted),
        choice_explained=_day(course, FreeChoiceExplained),
        provider=offer.provider if offer else None,
        start=agreed.start if agreed else None,
        started=started,
        is_late=started is not None and due is not None and started > due.local.date(),
        postponed=course.postponed.reason if course.postponed else None,
        ended=_day(course, RehabilitationEnded),
        needs_transport=_needs_transport(course, start),
        admission=course.admission,
        versions=len(course.plans),
        answer_due=answer_due(course, agreement),
        is_asked=course.asked_at is not None,
        is_correspondence=plan.as_correspondence,
        is_undelivered=isinstance(pathway.undelivered_letter, LetterSent),
        owner=header.owner,
        pending=header.pending,
        last_seq=header.last_seq,
    )


def _day(course: Rehabilitation, kind: type[RehabilitationStep]) -> dt.date | None:
    found = course.last(kind)
    return found.day if found is not None else None


def _group(course: Rehabilitation, start: StartDue) -> RehabilitationGroup:
    if course.state in OVER:
        return RehabilitationGroup.ENDED
    if course.state is CourseState.STARTED:
        return RehabilitationGroup.STARTED
    if start.actor != "municipality":
        return RehabilitationGroup.ELSEWHERE
    if course.awaits_discharge:
        return RehabilitationGroup.AWAITS_DISCHARGE
    return RehabilitationGroup.TO_START


def _needs_transport(course: Rehabilitation, start: StartDue) -> bool:
    """R9.5: only where the hospital trains the citizen."""
    is_theirs = start.actor == "hospital" and course.state not in OVER
    return is_theirs and transport(course) is None


def row_of(
    user: str, header: RehabilitationHeader, link: str | None
) -> tuple[str | int | bytes, ...]:
    """The columns of the table, in order; `link`: the other pathway the deadline counts from."""
    place = header.group.value, header.due_at, header.since
    chosen = header.state.value, header.level.value, link or ""
    return header.pathway_id, user, *place, *chosen, _encode(header)


def linked_to(
    connection: Connection, journal_set: JournalSet, pathway_ids: frozenset[str]
) -> frozenset[str]:
    """The pathways whose deadline counts from the stay in one of these."""
    query = _linked(journal_set.rehabilitation)
    return frozenset(connection.scalars(query, listed(pathway_ids)))


# A statement of every page is made once: to make it takes longer than to run it.
@functools.cache
def _linked(table: Table) -> Select[str]:
    return select(table.c.pathway_id).where(is_listed(table.c.linked))


# --- reading --------------------------------------------------------------------------------------


def counts(
    connection: Connection,
    journal_set: JournalSet,
    user: str,
    wanted: RehabilitationFilter,
    now: dt.datetime,
) -> dict[RehabilitationGroup, GroupCount]:
    """How many there are of each group that is wanted, as the user sees them."""
    table = journal_set.rehabilitation
    found = ranked.counts(connection, table, user, now, *_wanted(table, wanted))
    nothing = GroupCount()
    return {group: found.get(group.value, nothing) for group in RehabilitationGroup}


def rows(
    connection: Connection,
    journal_set: JournalSet,
    user: str,
    wanted: RehabilitationFilter,
    offset: int,
    limit: int,
) -> tuple[RehabilitationHeader, ...]:
    """Rows from place `offset`, by `tables.RANKED_ORDER`."""
    table = journal_set.rehabilitation
    found = ranked.rows(connection, table, user, offset, limit, *_wanted(table, wanted))
    return tuple(_decoder.decode(each) for each in found)


def position(
    connection: Connection,
    journal_set: JournalSet,
    user: str,
    wanted: RehabilitationFilter,
    pathway_id: str,
) -> int | None:
    """The place of a pathway among the rows; None when it is not one of them."""
    table = journal_set.rehabilitation
    conditions = _wanted(table, wanted)
    found = ranked.row(connection, table, user, pathway_id, *conditions)
    if found is None:
        return None
    header = _decoder.decode(found)
    key = (header.group.value, header.due_at, header.since, header.pathway_id)
    return ranked.position(connection, table, user, key, *conditions)


def row(
    connection: Connection, journal_set: JournalSet, user: str, pathway_id: str
) -> RehabilitationHeader | None:
    """The row of one pathway; None when no rehabilitation plan has come in it."""
    found = ranked.row(connection, journal_set.rehabilitation, user, pathway_id)
    return _decoder.decode(found) if found is not None else None


def _wanted(table: Table, wanted: RehabilitationFilter) -> list[ColumnElement[bool]]:
    return [table.c.place <= wanted.through.value, *_chosen(table, wanted)]


def _chosen(table: Table, wanted: RehabilitationFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.state is not None:
        conditions.append(table.c.state == wanted.state.value)
    if wanted.level is not None:
        conditions.append(table.c.level == wanted.level.value)
    return conditions
