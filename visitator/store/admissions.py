"""The list of admissions (indlæggelser): the row of each, how many there are, any page of them."""

import datetime as dt

import msgspec
from sqlalchemy import Connection

from visitator.domain.admission import OPEN, Admission, ReportDue, admission, report_due
from visitator.domain.agreement import Agreement
from visitator.domain.entries import LapseReason
from visitator.domain.pathway import Pathway, ReportSent
from visitator.store import ranked
from visitator.store.tables import JournalSet
from visitator.store.values import AdmissionGroup, AdmissionHeader, GroupCount, Header

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


def row_of(user: str, header: AdmissionHeader) -> tuple[str, str, int, int, int, bytes]:
    """The columns of the table, in order."""
    place = header.group.value, header.due_at, header.since
    return header.pathway_id, user, *place, _encode(header)


# --- reading --------------------------------------------------------------------------------------


def counts(
    connection: Connection,
    journal_set: JournalSet,
    user: str,
    through: AdmissionGroup,
    now: dt.datetime,
) -> dict[AdmissionGroup, GroupCount]:
    """How many admissions there are of each group down to `through`, as the user sees them."""
    table = journal_set.admission
    found = ranked.counts(connection, table, user, now, table.c.place <= through.value)
    nothing = GroupCount()
    return {group: found.get(group.value, nothing) for group in AdmissionGroup}


def rows(
    connection: Connection,
    journal_set: JournalSet,
    user: str,
    through: AdmissionGroup,
    offset: int,
    limit: int,
) -> tuple[AdmissionHeader, ...]:
    """Rows from place `offset`, by `tables.RANKED_ORDER`, of the groups down to `through`."""
    table = journal_set.admission
    wanted = table.c.place <= through.value
    found = ranked.rows(connection, table, user, offset, limit, wanted)
    return tuple(_decoder.decode(each) for each in found)


def position(
    connection: Connection,
    journal_set: JournalSet,
    user: str,
    through: AdmissionGroup,
    pathway_id: str,
) -> int | None:
    """The place of a pathway among the rows; None when it is not one of them."""
    found = row(connection, journal_set, user, pathway_id)
    if found is None or found.group > through:
        return None
    key = (found.group.value, found.due_at, found.since, found.pathway_id)
    return ranked.position(connection, journal_set.admission, user, key)


def row(
    connection: Connection, journal_set: JournalSet, user: str, pathway_id: str
) -> AdmissionHeader | None:
    """The row of one pathway; None when nobody was admitted in it."""
    found = ranked.row(connection, journal_set.admission, user, pathway_id)
    return _decoder.decode(found) if found is not None else None
