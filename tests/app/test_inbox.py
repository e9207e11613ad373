"""The inbox as the screen reads it: groups that add up, days that end at midnight, masked rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing
from itertools import chain, repeat
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.store.towns import USERS, open_town, towns
from tests.store.workstation import (
    AGREEMENT,
    KEY,
    WARD,
    Gateway,
    entry,
    letter,
    note,
    open_store,
    plan,
    rejected,
    reply,
)
from visitator.app.inbox import Inboxes
from visitator.app.views import Box, Deadline, Flag, Group, GroupKind, Point, Row, RowKind
from visitator.domain.agreement import Agreement
from visitator.domain.citizen import Citizen
from visitator.domain.deadlines import COPENHAGEN
from visitator.domain.entries import (
    AnswerCategory,
    Assigned,
    Closed,
    Entry,
    Opened,
    PlanState,
    ReplySent,
)
from visitator.domain.messages import (
    AdmissionNotification,
    Correspondence,
    DischargeConference,
    DischargeNotification,
    EndedTreatment,
    Receipt,
    ReceiptLetter,
    ReceiptOutcome,
    RehabilitationPlan,
)
from visitator.domain.moment import Moment
from visitator.domain.text import RichText
from visitator.resources import load_agreement
from visitator.store import Store

NAMES = {"AHN": "Anne Holm", "BKR": "Mette Krogh"}


def at(day: int, hour: int, minute: int = 0, second: int = 0, month: int = 2) -> dt.datetime:
    """Danish time in 2026; 2 February is a Monday."""
    return dt.datetime(2026, month, day, hour, minute, second, tzinfo=COPENHAGEN)


class Office:
    """An inbox with a clock to set, and the gateway that its store reads from."""

    def __init__(self, path: Path, agreement: Agreement, user: str = "AHN") -> None:
        self.now = at(2, 9)
        path.parent.mkdir(parents=True, exist_ok=True)
        is_usual = agreement.id == AGREEMENT.id
        self.store = open_store(path) if is_usual else Store.open(path, KEY, agreement)
        self.gateway = Gateway()
        self.agreement = agreement
        self.inboxes = self.seen_by(user)

    def seen_by(self, user: str) -> Inboxes:
        return Inboxes(self.store, user, self.agreement, lambda: self.now, NAMES)

    def close(self) -> None:
        self.store.close()

    def accept(self, *entries: Entry) -> list[Entry]:
        taken = self.gateway.accept(*entries)
        self.gateway.page_to(self.store)
        return taken

    def plan_came(self, when: dt.datetime, pathway: str = "P1", **fields: Any) -> Entry:
        (came,) = self.accept(letter(plan(**fields), received_at=when, pathway=pathway))
        return came

    def groups(self, box: Box = Box.ALL) -> list[Group]:
        return list(self.inboxes.inbox(box).groups)

    @property
    def row(self) -> Row:
        (found,) = self.inboxes.rows(Box.ALL, 0, 10)
        assert self.inboxes.row(found.pathway_id) == found
        return found


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with closing(Office(tmp_path / "data" / "visitator.db", AGREEMENT)) as office:
        yield office


MakeOffice = Callable[[str], AbstractContextManager[Office]]


@pytest.fixture
def office_under(tmp_path: Path) -> MakeOffice:
    def make(profile: str) -> AbstractContextManager[Office]:
        return closing(Office(tmp_path / profile / "visitator.db", load_agreement(profile)))

    return make


class TestWhateverHappened:
    @settings(max_examples=max(30, settings().max_examples // 3))
    @given(
        entries=towns(),
        user=st.sampled_from([*USERS, "CDI"]),
        hours=st.integers(0, 24 * 8),
        size=st.integers(1, 5),
    )
    def test_the_counts_add_up_and_the_rows_are_those_that_were_counted(
        self,
        tmp_path_factory: pytest.TempPathFactory,
        entries: list[Entry],
        user: str,
        hours: int,
        size: int,
    ) -> None:
        now = at(1, 0) + dt.timedelta(hours=hours)
        with open_town(tmp_path_factory.mktemp("town") / "visitator.db", entries) as store:
            inboxes = Inboxes(store, user, AGREEMENT, lambda: now, NAMES)
            counts = inboxes.inbox(Box.INBOX).counts
            owned = counts[Box.MINE] + counts[Box.COLLEAGUES] + counts[Box.UNASSIGNED]
            assert owned == counts[Box.INBOX]
            rest = (GroupKind.OTHER, GroupKind.CLOSED)
            others = sum(g.count for g in inboxes.inbox(Box.ALL).groups if g.kind in rest)
            parts = counts[Box.INBOX] + counts[Box.AWAITING] + counts[Box.AGREED] + others
            assert parts == counts[Box.ALL]
            for box in Box:
                inbox = inboxes.inbox(box)
                assert inbox.counts == counts
                rows = _all_rows(inboxes, box, size)
                _is_what_the_groups_say(rows, inbox.groups)
                assert len(rows) == counts[box]
                for place, row in enumerate(rows):
                    assert inboxes.position(box, row.pathway_id) == place
                    assert inboxes.row(row.pathway_id) == row

    @settings(max_examples=max(30, settings().max_examples // 3))
    @given(entries=towns(), user=st.sampled_from(USERS))
    def test_nothing_disappears_by_being_opened(
        self, tmp_path_factory: pytest.TempPathFactory, entries: list[Entry], user: str
    ) -> None:
        with open_town(tmp_path_factory.mktemp("town") / "visitator.db", entries) as store:
            inboxes = Inboxes(store, user, AGREEMENT, lambda: at(3, 9), NAMES)
            before = {box: inboxes.inbox(box) for box in Box}
            order = [row.pathway_id for row in _all_rows(inboxes, Box.ALL, 50)]
            for number, pathway_id in enumerate(order):
                store.append(entry(Opened(), pathway=pathway_id, author=user, minute=number))
            after = {box: inboxes.inbox(box) for box in Box}
            assert [row.pathway_id for row in _all_rows(inboxes, Box.ALL, 50)] == order
            for box in Box:
                assert (after[box].groups, after[box].counts) == (
                    before[box].groups,
                    before[box].counts,
                )


def _all_rows(inboxes: Inboxes, box: Box, size: int) -> list[Row]:
    rows: list[Row] = []
    while page := inboxes.rows(box, len(rows), size):
        rows += page
    return rows


def _is_what_the_groups_say(rows: list[Row], groups: tuple[Group, ...]) -> None:
    headings = list(chain.from_iterable(repeat(group, group.count) for group in groups))
    assert len(headings) == len(rows)
    for heading, row in zip(headings, rows, strict=True):
        assert row.group is heading.kind
        if heading.kind is GroupKind.DUE:
            assert row.deadline is not None
            assert row.deadline.due is not None
            assert row.deadline.due.date() == heading.day
            assert heading.time in {None, row.deadline.due.time()}
        else:
            assert (heading.day, heading.time) == (None, None)
    assert len({(group.kind, group.day) for group in groups}) == len(groups)
    assert all(group.count > 0 for group in groups)
    kinds = list(GroupKind)
    order = [(kinds.index(group.kind), group.day or dt.date.min) for group in groups]
    assert order == sorted(order)


def due(day: int, count: int = 1, time: dt.time | None = dt.time(11), month: int = 2) -> Group:
    date = dt.date(2026, month, day)
    return Group(kind=GroupKind.DUE, count=count, day=date, time=time)


def overdue(count: int = 1) -> Group:
    return Group(kind=GroupKind.OVERDUE, count=count)


class TestTheClock:
    def test_a_deadline_on_the_second_is_in_time(self, office: Office) -> None:
        office.plan_came(at(2, 9))
        for now, group, ahead in (
            (at(2, 9), due(3), at(3, 11)),
            (at(3, 11), due(3), at(3, 11)),
            (at(3, 11, 0, 1), overdue(), None),
            (at(3, 23, 59), overdue(), None),
        ):
            office.now = now
            assert office.groups() == [group]
            assert office.row.group is group.kind
            assert office.inboxes.inbox(Box.ALL).next_due == ahead

    def test_a_day_ends_at_danish_midnight(self, office: Office) -> None:
        """23.30 and 00.30 are one date in UTC, and two in Denmark."""
        discharges = [at(2, 23, 30), at(3, 0, 30)]
        for number, planned in enumerate(discharges):
            moment = Moment(planned.date(), planned.time())
            office.plan_came(at(2, 8), f"P{number}", agreed_discharge=moment)
        office.plan_came(at(2, 8), "P9")
        office.now = at(2, 9)
        assert office.groups() == [due(2, time=dt.time(23, 30)), due(3, count=2, time=None)]
        office.now = at(3, 0, 10)
        assert office.groups() == [overdue(), due(3, count=2, time=None)]
        office.now = at(3, 0, 45)
        assert office.groups() == [overdue(2), due(3)]

    @pytest.mark.parametrize(
        ("friday", "month", "monday", "planned"),
        [(27, 3, 30, at(29, 2, 30, month=3)), (23, 10, 26, at(25, 2, 30, month=10))],
    )
    def test_the_days_on_which_the_clocks_change(
        self, office: Office, friday: int, month: int, monday: int, planned: dt.datetime
    ) -> None:
        """Sunday at half past two there is none in March, and two in October: the first counts."""
        office.plan_came(at(friday, 9, month=month), "P1")
        moment = Moment(planned.date(), planned.time())
        office.plan_came(at(friday, 9, month=month), "P2", agreed_discharge=moment)
        office.now = at(friday, 10, month=month)
        first, second = office.groups()
        assert first.day == planned.date()
        assert second == due(monday, month=month)
        passed = planned.astimezone(dt.UTC)
        office.now = passed
        assert office.groups()[0].kind is GroupKind.DUE
        office.now = passed + dt.timedelta(seconds=1)
        assert office.groups() == [overdue(), due(monday, month=month)]
        office.now = at(monday, 11, month=month)
        assert office.groups() == [overdue(), due(monday, month=month)]
        office.now += dt.timedelta(seconds=1)
        assert office.groups() == [overdue(2)]

    def test_groups_of_a_working_day(self, office: Office) -> None:
        """What came on Friday, on Monday and on Monday night; Monday half past ten."""
        for number, when in enumerate([at(6, 9), at(6, 15), at(9, 8), at(9, 9), at(9, 0, 5)]):
            office.plan_came(when, f"P{number}")
        office.now = at(9, 10, 30)
        assert office.groups() == [due(9, count=2), due(10, count=3)]
        assert office.inboxes.inbox(Box.MINE).next_due == at(9, 11)
        office.now = at(9, 11, 30)
        assert office.groups() == [overdue(2), due(10, count=3)]
        assert office.inboxes.inbox(Box.INBOX).next_due == at(10, 11)


class TestWithoutAFixedDeadline:
    @pytest.mark.parametrize(
        ("profile", "status"),
        [
            ("region-midtjylland-2021-04", "none"),
            ("region-hovedstaden-2016-10", "unknown"),
            ("region-nordjylland-2024-04", "unknown"),
            ("region-syddanmark-2017-10", "unknown"),
        ],
    )
    def test_it_says_so_in_words(self, office_under: MakeOffice, profile: str, status: str) -> None:
        with office_under(profile) as office:
            office.plan_came(at(2, 9), agreed_discharge=Moment(dt.date(2026, 2, 3), dt.time(9)))
            office.now = at(20, 9)
            assert office.groups() == [Group(kind=GroupKind.NO_DEADLINE, count=1)]
            assert office.inboxes.inbox(Box.INBOX).counts[Box.INBOX] == 1
            assert office.inboxes.inbox(Box.INBOX).next_due is None
            text = office.agreement.care_plan.reply.text
            assert office.row.deadline == Deadline(status=status, text=text)
            assert text

    def test_a_date_that_no_calendar_knows(self, office: Office) -> None:
        office.plan_came(dt.datetime(2150, 1, 1, tzinfo=dt.UTC))
        assert office.groups() == [Group(kind=GroupKind.NO_DEADLINE, count=1)]
        assert office.row.deadline is not None
        assert (office.row.deadline.status, office.row.deadline.due) == ("unknown", None)


class TestARow:
    def test_of_a_plan(self, office: Office) -> None:
        office.plan_came(at(2, 8, 30), agreed_discharge=Moment(dt.date(2026, 2, 7)))
        office.accept(entry(Assigned(owner="BKR", previous=None)))
        assert office.row == Row(
            pathway_id="P1",
            group=GroupKind.DUE,
            kind=RowKind.PLAN,
            name="Nancy Ann Berggren",
            cpr_masked="251248-••••",
            ward=WARD.name,
            received=at(2, 8, 30),
            deadline=Deadline(
                status="fixed", due=at(3, 11), text=office.agreement.care_plan.reply.text
            ),
            planned_discharge=Point(date=dt.date(2026, 2, 7)),
            owner="BKR",
            owner_name="Mette Krogh",
            version=1,
            state="Under behandling",
            flags=frozenset({Flag.WEEKEND, Flag.UNKNOWN_CITIZEN}),
        )

    def test_every_time_is_danish(self, office: Office) -> None:
        (came,) = office.accept(
            letter(plan(), received_at=dt.datetime(2026, 2, 2, 7, tzinfo=dt.UTC))
        )
        row = office.row
        assert row.received is not None
        assert row.received.tzinfo is COPENHAGEN
        assert row.deadline is not None
        assert row.deadline.due is not None
        assert row.deadline.due.tzinfo is COPENHAGEN
        office.accept(entry(_question(came)))
        assert office.row.awaiting_since is not None
        assert office.row.awaiting_since.tzinfo is COPENHAGEN
        assert office.row.hospital_due == at(3, 11)

    def test_the_effective_deadline_stands_beside_the_agreements(self, office: Office) -> None:
        office.plan_came(at(2, 9), agreed_discharge=Moment(dt.date(2026, 2, 3), dt.time(8)))
        deadline = office.row.deadline
        assert deadline is not None
        assert (deadline.due, deadline.agreed) == (at(3, 8), at(3, 11))
        assert office.groups() == [due(3, time=dt.time(8))]

    def test_of_a_new_answer(self, office: Office) -> None:
        came = office.plan_came(at(2, 9))
        km = Correspondence(sender=WARD, texts=(RichText("Vedr. 251248-9996: ja."),))
        office.accept(entry(_question(came)), letter(km, received_at=at(2, 13)))
        row = office.row
        assert (row.group, row.kind) == (GroupKind.NEW_ANSWER, RowKind.CORRESPONDENCE)
        assert (row.snippet, row.received) == ("Vedr. 251248-••••: ja.", at(2, 13))
        assert (row.state, row.deadline) == ("Svar modtaget", None)

    @pytest.mark.parametrize(
        ("citizen", "masked"),
        [
            (None, ""),
            (Citizen(cpr="0000000000"), ""),
            (Citizen(cpr="250947-9989"), "250947-••••"),
            (Citizen(cpr="0000000000", replacement_cpr="2509479XY1"), "250947-••••"),
        ],
    )
    def test_the_number_is_never_whole(
        self, office: Office, citizen: Citizen | None, masked: str
    ) -> None:
        office.plan_came(at(2, 9), citizen=citizen)
        assert (office.row.name, office.row.cpr_masked) == ("", masked)

    def test_an_owner_without_a_known_name(self, office: Office) -> None:
        office.plan_came(at(2, 9))
        office.accept(entry(Assigned(owner="XYZ", previous=None)))
        assert (office.row.owner, office.row.owner_name) == ("XYZ", "")

    def test_of_a_rehabilitation_plan(self, office: Office) -> None:
        gop = RehabilitationPlan(
            sender=WARD, level_text="almen", contact_expected_end=Moment(dt.date(2026, 2, 2))
        )
        office.accept(letter(gop))
        row = office.row
        assert (row.group, row.kind) == (GroupKind.TO_START, RowKind.REHABILITATION)
        assert (row.level, row.discharge) == ("almen genoptræning", dt.date(2026, 2, 2))
        assert row.is_discharge_expected
        assert row.deadline is not None
        assert (row.deadline.due, row.deadline.is_whole_day) == (at(9, 23, 59), True)
        assert row.deadline.text == office.agreement.rehabilitation.municipality_start.text
        office.accept(entry(Closed()))
        assert (office.row.group, office.row.deadline) == (GroupKind.CLOSED, None)

    def test_without_a_plan_it_says_where_the_stay_stands(self, office: Office) -> None:
        office.accept(letter(AdmissionNotification(sender=WARD)))
        row = office.row
        assert (row.group, row.kind, row.state) == (
            GroupKind.OTHER,
            RowKind.NOTIFICATION,
            "Indlagt",
        )
        assert (row.deadline, row.version) == (None, 0)

    def test_nothing_is_known_of_another_pathway(self, office: Office) -> None:
        assert office.inboxes.row("P9") is None


def _question(came: Entry) -> ReplySent:
    return ReplySent(category=AnswerCategory.QUESTION, answers=PlanState(plan=came.id))


class TestFlags:
    def test_a_new_version_until_it_is_answered(self, office: Office) -> None:
        came = office.plan_came(at(2, 9))
        office.accept(reply(PlanState(plan=came.id)))
        again = office.plan_came(at(2, 12), letter_id="BREV2")
        assert office.row.flags >= {Flag.NEW_VERSION, Flag.AGREEMENT_SUPERSEDED}
        assert (office.row.version, office.row.group) == (2, GroupKind.DUE)
        office.accept(reply(PlanState(plan=again.id)))
        assert not office.row.flags & {Flag.NEW_VERSION, Flag.AGREEMENT_SUPERSEDED}

    def test_a_late_plan(self, office: Office) -> None:
        office.plan_came(at(2, 14), agreed_discharge=Moment(dt.date(2026, 2, 2), dt.time(18)))
        assert Flag.LATE_PLAN in office.row.flags

    def test_a_conference_until_there_is_nothing_left_to_wish(self, office: Office) -> None:
        came = office.plan_came(at(2, 9), conference=DischargeConference(status="forslag"))
        assert Flag.CONFERENCE in office.row.flags
        office.accept(reply(PlanState(plan=came.id)))
        assert Flag.CONFERENCE not in office.row.flags

    def test_our_own_wish_for_a_conference(self, office: Office) -> None:
        came = office.plan_came(at(2, 9))
        assert Flag.CONFERENCE not in office.row.flags
        wish = ReplySent(category=AnswerCategory.COORDINATION, answers=PlanState(plan=came.id))
        office.accept(entry(wish))
        assert Flag.CONFERENCE in office.row.flags

    def test_discharged_without_an_agreement(self, office: Office) -> None:
        office.plan_came(at(2, 9))
        assert Flag.WITHOUT_AGREEMENT not in office.row.flags
        home = DischargeNotification(sender=WARD, discharged=Moment(dt.date(2026, 2, 2)))
        office.accept(letter(home))
        assert Flag.WITHOUT_AGREEMENT in office.row.flags
        assert office.row.group is GroupKind.DUE

    def test_treatment_ended(self, office: Office) -> None:
        office.plan_came(at(2, 9))
        office.accept(letter(EndedTreatment(sender=WARD)))
        assert Flag.TREATMENT_ENDED in office.row.flags

    def test_what_did_not_arrive_needs_handling(self, office: Office) -> None:
        came = office.plan_came(at(2, 9))
        answer = ReplySent(
            category=AnswerCategory.OK, answers=PlanState(plan=came.id), letter_id="SVAR1"
        )
        refused = Receipt(
            outcome=ReceiptOutcome.NEGATIVE, original_letters=(ReceiptLetter(letter_id="SVAR1"),)
        )
        office.accept(entry(answer), letter(refused))
        assert office.row.flags >= {Flag.UNDELIVERED}
        assert (office.row.group, office.row.state) == (GroupKind.UNDELIVERED, "Kræver handling")
        assert office.inboxes.inbox(Box.AGREED).attention == 1


class TestOwnWork:
    def test_is_seen_by_its_user_alone(self, office: Office) -> None:
        came = office.plan_came(at(2, 9))
        colleague = office.seen_by("BKR")
        office.store.append(reply(PlanState(plan=came.id)))
        mine, theirs = office.inboxes.inbox(Box.ALL), colleague.inbox(Box.ALL)
        assert [group.kind for group in mine.groups] == [GroupKind.AGREED]
        assert [group.kind for group in theirs.groups] == [GroupKind.DUE]
        assert (mine.counts[Box.INBOX], theirs.counts[Box.INBOX]) == (0, 1)
        assert (mine.outbox, theirs.outbox) == (1, 0)
        assert Flag.PENDING in office.row.flags
        (row,) = colleague.rows(Box.INBOX, 0, 10)
        assert Flag.PENDING not in row.flags
        assert colleague.position(Box.AGREED, "P1") is None

    def test_taking_a_pathway_moves_it_at_once(self, office: Office) -> None:
        office.plan_came(at(2, 9))
        office.store.append(entry(Assigned(owner="AHN", previous=None)))
        counts = office.inboxes.inbox(Box.MINE).counts
        assert (counts[Box.MINE], counts[Box.UNASSIGNED], counts[Box.INBOX]) == (1, 0, 1)
        theirs = office.seen_by("BKR").inbox(Box.MINE).counts
        assert (theirs[Box.UNASSIGNED], theirs[Box.COLLEAGUES]) == (1, 0)

    def test_what_was_refused_needs_handling(self, office: Office) -> None:
        refused = note()
        office.store.append(refused)
        assert (office.inboxes.inbox(Box.ALL).attention, office.inboxes.inbox(Box.ALL).outbox) == (
            0,
            1,
        )
        office.store.next_batch("AHN", office.now, 20)
        office.store.mark_results([rejected(refused)])
        assert (office.inboxes.inbox(Box.ALL).attention, office.inboxes.inbox(Box.ALL).outbox) == (
            1,
            0,
        )
        assert office.seen_by("BKR").inbox(Box.ALL).attention == 0


class TestSearch:
    def test_gives_rows_with_the_words_marked(self, office: Office) -> None:
        office.plan_came(at(2, 9), expected_course=RichText("Kan gå på trapper med støtte"))
        (found,) = office.inboxes.search("trap")
        assert found.row == office.row
        assert found.snippet == "Kan gå på \x02trapper\x03 med støtte"

    def test_a_row_is_as_its_user_sees_it(self, office: Office) -> None:
        came = office.plan_came(at(2, 9))
        office.store.append(reply(PlanState(plan=came.id)))
        (found,) = office.inboxes.search("n")
        assert found.row.group is GroupKind.AGREED
        assert found.snippet == ""
        (theirs,) = office.seen_by("BKR").search("nancy")
        assert theirs.row.group is GroupKind.DUE

    def test_no_more_than_asked_for(self, office: Office) -> None:
        for number in range(5):
            office.plan_came(at(2, 9), f"P{number}")
        assert [each.row.pathway_id for each in office.inboxes.search("berggren", 2)] == [
            "P4",
            "P3",
        ]
