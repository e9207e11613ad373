"""Rehabilitation as the screen is handed it: the list by latest start, and one course in full."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping

import msgspec

from visitator.app.admission_views import Spoken
from visitator.app.course import Course, local
from visitator.app.labelled import point_of, text_of
from visitator.app.pathways import citizen_view
from visitator.app.rehabilitation_steps import step_kinds, steps_taken
from visitator.app.rehabilitation_text import plan_sections
from visitator.app.rehabilitation_views import (
    DateSuggestion,
    DateView,
    LinkView,
    RehabilitationChoice,
    RehabilitationFlag,
    RehabilitationGroupKind,
    RehabilitationList,
    RehabilitationRow,
    RehabilitationView,
    StayOption,
)
from visitator.app.views import Deadline, Option
from visitator.domain.admission import Said
from visitator.domain.agreement import Agreement
from visitator.domain.citizen import Citizen, mask_cpr
from visitator.domain.deadlines import COPENHAGEN
from visitator.domain.entries import MessageReceived, MunicipalLevel, RehabilitationDate
from visitator.domain.pathway import Pathway
from visitator.domain.rehabilitation import (
    QUESTION_SUBJECT,
    Rehabilitation,
    dates_read,
    has_dates_of,
    link_of,
    rehabilitation,
    start_due,
    transport,
)
from visitator.domain.terms import CourseState, DischargeSource, LabelledEnum, TrainingLevel
from visitator.store import (
    OutboxItem,
    RehabilitationFilter,
    RehabilitationGroup,
    RehabilitationHeader,
    Store,
)

_KINDS = {
    RehabilitationGroup.TO_START: RehabilitationGroupKind.TO_START,
    RehabilitationGroup.AWAITS_DISCHARGE: RehabilitationGroupKind.AWAITS_DISCHARGE,
    RehabilitationGroup.ELSEWHERE: RehabilitationGroupKind.ELSEWHERE,
    RehabilitationGroup.STARTED: RehabilitationGroupKind.STARTED,
    RehabilitationGroup.ENDED: RehabilitationGroupKind.ENDED,
}
_OURS = {RehabilitationGroup.TO_START, RehabilitationGroup.AWAITS_DISCHARGE}
_MANY = 100_000
TRANSPORT_MISSING = "Befordring mangler"
TRANSPORT_ARRANGED = "Befordring er arrangeret"
TRANSPORT_NOT_ENTITLED = "Borgeren er ikke berettiget til befordring"
WORDS = frozenset({TRANSPORT_MISSING, TRANSPORT_ARRANGED, TRANSPORT_NOT_ENTITLED})
"""The words of the course that no field and no agreement has."""


class Rehabilitations:
    """The rehabilitation courses of one user.

    Args:
        store: what is read.
        user: whose pending work is part of what is shown.
        agreement: the profile the rows were made with.
        clock: the present instant, aware.
        names: the name of each user that is known.
    """

    def __init__(
        self,
        store: Store,
        user: str,
        agreement: Agreement,
        clock: Callable[[], dt.datetime],
        names: Mapping[str, str],
    ) -> None:
        self._store = store
        self._user = user
        self._agreement = agreement
        self._clock = clock
        self._names = names

    def overview(self, choice: RehabilitationChoice) -> RehabilitationList:
        """How many there are in each group, and what one can choose by."""
        wanted = _filter(choice)
        counts = self._store.rehabilitation_counts(self._user, wanted, self._clock())
        overdue = counts[RehabilitationGroup.TO_START].overdue
        found = {kind: counts[group].number for group, kind in _KINDS.items()}
        found[RehabilitationGroupKind.TO_START] -= overdue
        found[RehabilitationGroupKind.OVERDUE] = overdue
        return RehabilitationList(
            counts={kind: found[kind] for kind in RehabilitationGroupKind},
            levels=options(TrainingLevel),
            states=options(CourseState),
        )

    def rows(
        self, offset: int, limit: int, choice: RehabilitationChoice
    ) -> tuple[RehabilitationRow, ...]:
        """Rows from place `offset`, counted through the groups."""
        found = self._store.rehabilitation_rows(self._user, _filter(choice), offset, limit)
        return tuple(self._row(header) for header in found)

    def all(self, choice: RehabilitationChoice) -> tuple[RehabilitationRow, ...]:
        """Every row of the list."""
        return self.rows(0, _MANY, choice)

    def position(self, pathway_id: str, choice: RehabilitationChoice) -> int | None:
        """The place of a course among the rows; None when it is not one of them."""
        return self._store.rehabilitation_position(self._user, _filter(choice), pathway_id)

    def row(self, pathway_id: str) -> RehabilitationRow | None:
        """One row; None when no rehabilitation plan has come in that pathway."""
        header = self._store.rehabilitation_row(self._user, pathway_id)
        return self._row(header) if header is not None else None

    def find(self, pathway_id: str) -> tuple[Pathway, Rehabilitation] | None:
        """A pathway with its rehabilitation side; None when it has none."""
        pathway = self._store.pathway(pathway_id, self._user)
        if pathway is None:
            return None
        link = link_of(pathway)
        other = self._store.pathway(link, self._user) if link else None
        found = rehabilitation(pathway, other)
        return (pathway, found) if found is not None else None

    def view(self, pathway_id: str) -> RehabilitationView | None:
        """Everything about one course; None when no plan has come in that pathway."""
        found, row = self.find(pathway_id), self.row(pathway_id)
        if found is None or row is None:
            return None
        pathway, course = found
        items = self._store.outbox(self._user)
        outbox = tuple(each for each in items if each.entry.pathway_id == pathway_id)
        link = LinkView(
            pathway_id=course.admission or "",
            is_by_hand=course.is_linked_by_hand,
            is_own=course.admission == pathway_id,
            options=tuple(self._stays(pathway_id, course)),
        )
        return _View(
            pathway,
            course,
            row,
            link,
            agreement=self._agreement,
            now=self._clock(),
            names=self._names,
            outbox=outbox,
        ).whole()

    def _stays(self, pathway_id: str, course: Rehabilitation) -> Iterator[StayOption]:
        """The citizen's admissions, those with the plan's dates first."""
        plan = course.plan.message
        number = plan.citizen.key if plan.citizen else None
        if number is None:
            return
        hits = self._store.search(number, user=self._user)
        ids = dict.fromkeys([pathway_id, *(each.header.pathway_id for each in hits)])
        found = []
        for each in ids:
            stay = self._store.pathway(each, self._user)
            if stay is None or stay.citizen is None or stay.citizen.key != number:
                continue
            if stay.admitted is None and stay.discharged is None:
                continue
            header = self._store.listing_row(self._user, each)
            option = StayOption(
                pathway_id=each,
                ward=header.ward if header else "",
                admitted=point_of(stay.admitted),
                discharged=point_of(stay.discharged),
                fits=has_dates_of(stay, plan),
            )
            found.append(option)
        yield from sorted(found, key=lambda option: not option.fits)

    def _row(self, header: RehabilitationHeader) -> RehabilitationRow:
        return row_of(header, agreement=self._agreement, names=self._names, now=self._clock())


def _filter(choice: RehabilitationChoice) -> RehabilitationFilter:
    return RehabilitationFilter(
        through=RehabilitationGroup.ENDED if choice.with_ended else RehabilitationGroup.STARTED,
        state=msgspec.convert(choice.state, CourseState) if choice.state else None,
        level=msgspec.convert(choice.level, TrainingLevel) if choice.level else None,
    )


def options(kind: type[LabelledEnum]) -> tuple[Option, ...]:
    """Everything one can choose between, in order."""
    return tuple(Option(code=each.value, label=each.label) for each in kind)


# --- a row ----------------------------------------------------------------------------------------


def row_of(
    header: RehabilitationHeader,
    *,
    agreement: Agreement,
    names: Mapping[str, str],
    now: dt.datetime,
) -> RehabilitationRow:
    """A course as one row.

    Args:
        header: what the store says of it.
        agreement: the profile it was made with.
        names: the name of each user that is known.
        now: aware instant; for the countdown and what is passed.
    """
    citizen = header.citizen or Citizen()
    due = header.due.local.date() if header.due else None
    is_ours = header.group in _OURS
    kind = _KINDS[header.group]
    if header.group is RehabilitationGroup.TO_START and _is_overdue(header, now):
        kind = RehabilitationGroupKind.OVERDUE
    return RehabilitationRow(
        pathway_id=header.pathway_id,
        group=kind,
        name=citizen.name,
        cpr_masked=mask_cpr(citizen.key) if citizen.key else "",
        ward=header.ward,
        received=header.received_at.astimezone(COPENHAGEN) if header.received_at else None,
        level=header.level.label,
        state=header.state.label,
        discharge=header.discharge,
        discharge_source=header.discharge_source.label if header.discharge_source else "",
        deadline=_deadline(header, agreement) if is_ours else None,
        hospital_due=due if header.group is RehabilitationGroup.ELSEWHERE else None,
        days_left=(due - local(now).date()).days if due and is_ours else None,
        own_deadline=header.own_deadline,
        contacted=header.contacted,
        choice_explained=header.choice_explained,
        provider=header.provider.label if header.provider else "",
        start=point_of(header.start),
        started=header.started,
        postponed=header.postponed.label if header.postponed else "",
        answer_due=header.answer_due.local if header.answer_due else None,
        owner=header.owner,
        owner_name=names.get(header.owner or "", ""),
        version=header.versions,
        flags=frozenset(flag for flag, holds in _flags(header, now) if holds),
    )


def _is_overdue(header: RehabilitationHeader, now: dt.datetime) -> bool:
    return header.group in _OURS and header.due is not None and header.due.is_passed(now)


def _deadline(header: RehabilitationHeader, agreement: Agreement) -> Deadline:
    return Deadline(
        status=header.deadline_status,
        due=header.due.local if header.due else None,
        is_whole_day=header.due is not None and header.due.whole_day,
        text=agreement.rehabilitation.municipality_start.text,
    )


def _flags(
    header: RehabilitationHeader, now: dt.datetime
) -> Iterator[tuple[RehabilitationFlag, bool]]:
    """Each flag, and whether it holds."""
    citizen, is_ours = header.citizen or Citizen(), header.group in _OURS
    is_plans = header.discharge_source is DischargeSource.PLAN
    yield RehabilitationFlag.NO_DISCHARGE, is_ours and header.discharge is None
    yield RehabilitationFlag.EXPECTED_DISCHARGE, is_plans
    yield RehabilitationFlag.IN_HOSPITAL, is_ours and header.is_in_hospital
    yield RehabilitationFlag.CAME_LATE, is_ours and _came_late(header)
    yield RehabilitationFlag.OWN_DEADLINE, is_ours and header.has_own_deadline
    yield RehabilitationFlag.UNKNOWN_LEVEL, header.level is TrainingLevel.UNKNOWN
    yield RehabilitationFlag.NEW_VERSION, header.versions > 1
    yield RehabilitationFlag.POSTPONED, header.postponed is not None
    yield RehabilitationFlag.LATE, header.is_late
    yield RehabilitationFlag.TRANSPORT, header.needs_transport
    is_elsewhere = header.group is RehabilitationGroup.ELSEWHERE
    yield RehabilitationFlag.REGION, is_elsewhere and header.actor == "region"
    yield RehabilitationFlag.HOSPITAL, is_elsewhere and header.actor == "hospital"
    yield RehabilitationFlag.AWAITS_ANSWER, header.is_asked
    yield RehabilitationFlag.UNKNOWN_CITIZEN, not citizen.name or citizen.key is None
    yield RehabilitationFlag.UNLINKED, header.admission is None
    yield RehabilitationFlag.UNDELIVERED, header.is_undelivered
    yield RehabilitationFlag.PENDING, header.pending > 0


def _came_late(header: RehabilitationHeader) -> bool:
    if header.due is None or header.received_at is None:
        return False
    return header.due.is_passed(header.received_at)


# --- one in full ----------------------------------------------------------------------------------


class _View:
    def __init__(
        self,
        pathway: Pathway,
        found: Rehabilitation,
        row: RehabilitationRow,
        link: LinkView,
        *,
        agreement: Agreement,
        now: dt.datetime,
        names: Mapping[str, str],
        outbox: tuple[OutboxItem, ...],
    ) -> None:
        self._pathway = pathway
        self._found = found
        self._row = row
        self._link = link
        self._agreement = agreement
        self._now = now
        self._course = Course(pathway, agreement=agreement, now=now, names=names, outbox=outbox)

    def whole(self) -> RehabilitationView:
        found, plan = self._found, self._found.plan
        start = start_due(found, self._agreement)
        level = found.municipal_level
        sent = (self._course.sent(each.entry) for each in self._pathway.letters_sent)
        return RehabilitationView(
            row=self._row,
            citizen=citizen_view(self._pathway, self._now),
            plan_entry=plan.entry_id,
            raw_id=self._raw_id(),
            is_correspondence=plan.message.as_correspondence,
            level_text=plan.message.level_text or "",
            municipal_levels=options(MunicipalLevel) if found.may_be_triaged else (),
            municipal_level=level.value if level else "",
            rule=start.text,
            rule_source=start.source or "",
            anchor=start.anchor,
            own_deadline=text_of(plan.message.start_deadline_text),
            dates=tuple(self._dates()),
            suggestions=tuple(self._suggestions()),
            steps=step_kinds(found, local(self._now).date()),
            taken=tuple(steps_taken(found, self._spoken)),
            transport=self._transport(start.actor),
            link=self._link,
            sections=plan_sections(plan.message),
            question_to=plan.message.sender.name,
            question_subject=QUESTION_SUBJECT,
            answer_rule=self._agreement.rehabilitation.hospital_answer.text,
            questions=tuple(each for each in sent if each is not None),
            versions=tuple(local(each.received_at) for each in found.plans),
        )

    def _raw_id(self) -> str:
        bodies = {each.id: each.body for each in self._pathway.timeline}
        body = bodies.get(self._found.plan.entry_id)
        return body.raw_id if isinstance(body, MessageReceived) else ""

    def _dates(self) -> Iterator[DateView]:
        found = self._found
        said = {
            RehabilitationDate.DISCHARGE: found.said_discharge,
            RehabilitationDate.START_FROM: found.start_from,
            RehabilitationDate.START_BY: found.start_by,
        }
        is_notified = found.discharge_source is DischargeSource.NOTIFIED
        for kind, each in said.items():
            if kind is RehabilitationDate.DISCHARGE and is_notified:
                continue  # The notification goes before whatever is said.
            yield DateView(
                code=kind.value,
                label=kind.label,
                date=each.date if each else None,
                said=self._spoken(each.said) if each else None,
            )

    def _suggestions(self) -> Iterator[DateSuggestion]:
        """What has not been confirmed yet, and would change something."""
        found, due = self._found, self._row.deadline.due if self._row.deadline else None
        confirmed = {each.date for each in (found.start_from, found.start_by) if each}
        for each in dates_read(found.plan.message, found.discharge):
            is_start_by = each.kind is RehabilitationDate.START_BY
            is_computed = is_start_by and due is not None and each.date == due.date()
            if each.date not in confirmed and not is_computed:
                yield DateSuggestion(
                    code=each.kind.value, label=each.kind.label, date=each.date, words=each.words
                )

    def _transport(self, actor: str) -> str:
        if actor != "hospital":
            return ""
        done = transport(self._found)
        if done is None:
            return TRANSPORT_MISSING
        return TRANSPORT_ARRANGED if done.is_entitled else TRANSPORT_NOT_ENTITLED

    def _spoken(self, said: Said) -> Spoken:
        return Spoken(
            who=self._course.name(said.author), at=local(said.at), is_pending=said.is_pending
        )
