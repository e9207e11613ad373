"""The list of admissions (indlæggelser): the row of each, how many there are, any page of them.

As in the inbox, a user sees their own row of a pathway where they have pending work in it, else
the one everybody sees.
"""

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    Table,
    delete,
    func,
    select,
    tuple_,
    union_all,
)

from visitator.domain.admission import OPEN, Admission, ReportDue, admission, report_due
from visitator.domain.agreement import Agreement
from visitator.domain.entries import LapseReason
from visitator.domain.pathway import Pathway, ReportSent
from visitator.store.tables import ADMISSION_ORDER, JournalSet, is_one_of, replace_sql
from visitator.store.values import SHARED, AdmissionGroup, AdmissionHeader, Header

AdmissionRow = tuple[str, str, int, int, int, bytes]
"""The columns of the table, in order."""

_encode = msgspec.json.Encoder().encode
_decoder = msgspec.json.Decoder(AdmissionHeader)


def header_of(pathway: Pathway, header: Header, agreement: Agreement) -> AdmissionHeader | None:
    """The row of a pathway; None when nobody was admitted.

    Args:
        pathway: the fold.
        header: the same as a row of the inbox.
        agreement: the profile the deadline is computed by.
    """
    found = admission(pathway)
    if found is None:
        return None
    report = report_due(found, agreement)
    return AdmissionHeader(
        pathway_id=header.pathway_id,
        group=_group(found, report),
        citizen=header.citizen,
        ward=found.ward,
        stay=found.stay,
        admitted=found.admitted,
        notified_at=found.notified_at,
        report=report.state,
        deadline_status=report.status,
        due=report.due,
        is_night=report.is_night,
        ticked=tuple(found.parts),
        missing=tuple(each.part for each in found.follow_ups if each.is_open),
        is_corrected=found.is_corrected,
        is_cancelled=found.is_cancelled,
        is_dead=pathway.lapsed is LapseReason.DEATH,
        has_episode=found.has_episode or found.notification is None,
        is_by_hand=found.is_by_hand,
        is_readmission=found.is_readmission,
        is_on_leave=found.is_on_leave,
        is_undelivered=isinstance(pathway.undelivered_letter, ReportSent),
        owner=header.owner,
        reply_state=header.reply_state,
        needs_answer=header.needs_answer,
        versions=header.versions,
        pending=header.pending,
        last_seq=header.last_seq,
    )


def _group(found: Admission, report: ReportDue) -> AdmissionGroup:
    """A plan alone says that somebody was admitted some time ago: nothing is to be reported then.

    Not so when an employee was there and says so.
    """
    if not found.is_in_hospital:
        return AdmissionGroup.ENDED
    is_told = found.notification is not None or found.is_by_hand or found.must_report
    is_due = is_told and report.state in OPEN
    return AdmissionGroup.REPORT_DUE if is_due else AdmissionGroup.ADMITTED


def row_of(user: str, header: AdmissionHeader) -> AdmissionRow:
    """A header as a row of the table."""
    place = header.group.value, header.due_at, header.since
    return header.pathway_id, user, *place, _encode(header)


def write(
    connection: Connection, table: Table, pathway_ids: frozenset[str], rows: Sequence[AdmissionRow]
) -> None:
    """Exchange the rows of these pathways."""
    connection.execute(delete(table).where(is_one_of(table.c.pathway_id, pathway_ids)))
    if rows:
        connection.exec_driver_sql(replace_sql(table), list(rows))


# --- reading --------------------------------------------------------------------------------------


def counts(connection: Connection, journal_set: JournalSet, user: str) -> dict[AdmissionGroup, int]:
    """How many admissions there are of each group, as the user sees them; 0 where there is none."""
    seen = _seen(journal_set.admission, user).subquery()
    query = select(seen.c.place, func.count()).group_by(seen.c.place)
    found = {AdmissionGroup(place): number for place, number in connection.execute(query).all()}
    return {group: found.get(group, 0) for group in AdmissionGroup}


def rows(
    connection: Connection,
    journal_set: JournalSet,
    user: str,
    through: AdmissionGroup,
    offset: int,
    limit: int,
) -> tuple[AdmissionHeader, ...]:
    """Rows from place `offset`, by `tables.ADMISSION_ORDER`, of the groups down to `through`."""
    table = journal_set.admission
    seen = _seen(table, user, table.c.place <= through.value)
    order = [seen.selected_columns[name] for name in ADMISSION_ORDER]
    page = seen.order_by(*order).offset(offset).limit(limit)
    return tuple(_decoder.decode(row.header) for row in connection.execute(page))


def position(
    connection: Connection,
    journal_set: JournalSet,
    user: str,
    through: AdmissionGroup,
    pathway_id: str,
) -> int | None:
    """The place of a pathway among the rows; None when it is not one of them."""
    table = journal_set.admission
    found = row(connection, journal_set, user, pathway_id)
    if found is None or found.group > through:
        return None
    key = (found.group.value, found.due_at, found.since, found.pathway_id)
    before = tuple_(*(table.c[name] for name in ADMISSION_ORDER)) < key
    seen = _seen(table, user, before).subquery()
    return connection.scalars(select(func.count()).select_from(seen)).one()


def row(
    connection: Connection, journal_set: JournalSet, user: str, pathway_id: str
) -> AdmissionHeader | None:
    """The row of one pathway; None when nobody was admitted in it."""
    table = journal_set.admission
    seen = _seen(table, user, table.c.pathway_id == pathway_id)
    found = connection.execute(seen).one_or_none()
    return _decoder.decode(found.header) if found is not None else None


def _seen(table: Table, user: str, *wanted: ColumnElement[bool]) -> CompoundSelect[Any]:
    """The rows one user sees: each half comes in order out of the index, and is merged."""
    own = table.alias("own")
    has_own = select(own.c.user).where(own.c.pathway_id == table.c.pathway_id, own.c.user == user)
    columns = [table.c[name] for name in (*ADMISSION_ORDER, "header")]
    shared = select(*columns).where(table.c.user == SHARED, ~has_own.exists(), *wanted)
    mine = select(*columns).where(table.c.user == user, table.c.user > SHARED, *wanted)
    return union_all(shared, mine)
