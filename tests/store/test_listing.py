"""The list of the inbox: where a pathway stands, how many there are of each, any page of them."""

from __future__ import annotations

import datetime as dt
import functools
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, event

from tests.store.towns import USERS, open_town, towns
from tests.store.workstation import (
    KEY,
    NANCY,
    NOW,
    WARD,
    Gateway,
    accepted,
    entry,
    letter,
    note,
    plan,
    rejected,
    reply,
)
from visitator.domain.deadlines import Due
from visitator.domain.entries import (
    AnswerCategory,
    Assigned,
    Closed,
    ConferenceAgreed,
    ConferenceForm,
    ConferenceMinutesReceived,
    CorrespondenceSent,
    DeliveryFailed,
    Entry,
    EntryId,
    Lapsed,
    LapseReason,
    LetterHandled,
    Opened,
    PhoneCall,
    PlanState,
    ReplySent,
)
from visitator.domain.messages import (
    AdmissionNotification,
    AnyMessage,
    Correspondence,
    DischargeConference,
    DischargeReport,
    Receipt,
    ReceiptLetter,
    ReceiptOutcome,
    RehabilitationPlan,
    UnknownMessage,
)
from visitator.domain.moment import Moment
from visitator.domain.party import Organisation
from visitator.domain.terms import DischargeSource
from visitator.domain.text import RichText
from visitator.resources import load_agreement
from visitator.store import (
    NO_DEADLINE,
    NOBODY,
    Bucket,
    Changes,
    Header,
    Listing,
    Matter,
    Selection,
    Store,
    Whose,
)

EVERYTHING = Selection(first=Bucket.UNDELIVERED, last=Bucket.CLOSED)
TUESDAY_AT_11 = Due(at=dt.datetime(2026, 2, 3, 10, tzinfo=dt.UTC))
"""Rules D and E, from Monday `NOW`."""

_EXAMPLES = max(30, settings().max_examples // 3)
"""Each is a municipality in a file of its own."""

selections = st.builds(
    lambda ends, whose: Selection(first=min(ends), last=max(ends), whose=whose),
    st.tuples(st.sampled_from(Bucket), st.sampled_from(Bucket)),
    st.sampled_from(Whose),
)


def seen(store: Store, user: str, wanted: Selection = EVERYTHING) -> tuple[Header, ...]:
    return store.listing_rows(user, wanted, 0, 1_000)


def is_whose(header: Header, user: str) -> Whose:
    if header.owner is None:
        return Whose.NOBODYS
    return Whose.MINE if header.owner == user else Whose.COLLEAGUES


def is_in(header: Header, user: str, wanted: Selection) -> bool:
    whose = wanted.whose in {Whose.ANYBODYS, is_whose(header, user)}
    return whose and wanted.first <= header.bucket <= wanted.last


def place(header: Header) -> tuple[int, int, int, str]:
    return header.bucket, header.due_at, header.since, header.pathway_id


class TestTheList:
    @settings(max_examples=_EXAMPLES)
    @given(entries=towns(), user=st.sampled_from([*USERS, "CDI"]))
    def test_everybody_sees_every_pathway_once_as_it_is_for_them(
        self, tmp_path_factory: pytest.TempPathFactory, entries: list[Entry], user: str
    ) -> None:
        theirs = [each for each in entries if not each.is_pending or each.author == user]
        with open_town(tmp_path_factory.mktemp("town") / "visitator.db", entries) as store:
            found = seen(store, user)
            assert {each.pathway_id for each in found} == {each.pathway_id for each in theirs}
            assert sorted(found, key=place) == list(found)
            for header in found:
                own = [each for each in theirs if each.pathway_id == header.pathway_id]
                waiting = [each for each in own if each.is_pending]
                assert header.pending == sum(each.kind != "opened" for each in waiting)
                assert store.listing_row(user, header.pathway_id) == header
                pathway = store.pathway(header.pathway_id, user)
                assert pathway is not None
                assert header.needs_answer == pathway.needs_answer
                assert (header.bucket < Bucket.AGREED) == (
                    pathway.needs_answer
                    or pathway.unhandled_letter is not None
                    or header.bucket is Bucket.UNDELIVERED
                )

    @settings(max_examples=_EXAMPLES)
    @given(entries=towns(), user=st.sampled_from(USERS))
    def test_the_counts_are_those_of_the_rows(
        self, tmp_path_factory: pytest.TempPathFactory, entries: list[Entry], user: str
    ) -> None:
        with open_town(tmp_path_factory.mktemp("town") / "visitator.db", entries) as store:
            tallies = store.listing(user).tallies
            there = Counter((h.bucket, h.due_at, is_whose(h, user)) for h in seen(store, user))
            assert {(t.bucket, t.due_at, t.whose): t.count for t in tallies} == there
            order = [(each.bucket, each.due_at) for each in tallies]
            assert order == sorted(order)

    @settings(max_examples=_EXAMPLES)
    @given(
        entries=towns(),
        user=st.sampled_from(USERS),
        wanted=selections,
        size=st.integers(1, 4),
    )
    def test_pages_of_any_size_hold_the_same_rows_and_each_is_found_in_its_place(
        self,
        tmp_path_factory: pytest.TempPathFactory,
        entries: list[Entry],
        user: str,
        wanted: Selection,
        size: int,
    ) -> None:
        with open_town(tmp_path_factory.mktemp("town") / "visitator.db", entries) as store:
            everything = seen(store, user)
            expected = [header for header in everything if is_in(header, user, wanted)]
            pages: list[Header] = []
            for offset in range(0, len(everything) + size, size):
                pages += store.listing_rows(user, wanted, offset, size)
            assert pages == expected
            position = functools.partial(store.listing_position, user, wanted)
            for header in everything:
                at = expected.index(header) if header in expected else None
                assert position(header.pathway_id) == at
            assert position("no such pathway") is None

    def test_many_own_rows_move_the_others_and_no_page_notices(
        self, store: Store, gateway: Gateway
    ) -> None:
        """Answered out of the middle of a long list, and taken back into another."""
        for number in range(60):
            name = f"P{number:02}"
            at = NOW + dt.timedelta(minutes=number)
            (came,) = gateway.accept(letter(plan(), received_at=at, pathway=name))
            if number % 3 == 0:
                store.append(reply(PlanState(plan=came.id), pathway=name))
        gateway.page_to(store)
        assert len(seen(store, "AHN")) == len(seen(store, "BKR")) == 60
        for user in USERS:
            whole = list(seen(store, user))
            assert [h.bucket for h in whole] == sorted(h.bucket for h in whole)
            for offset in range(0, 65, 7):
                page = store.listing_rows(user, EVERYTHING, offset, 7)
                assert list(page) == whole[offset : offset + 7]
        assert [h.bucket for h in seen(store, "AHN")].count(Bucket.AGREED) == 20
        assert [h.bucket for h in seen(store, "BKR")].count(Bucket.AGREED) == 0


class TestCounting:
    def test_ten_times_as_many_rows_are_counted_in_as_many_steps(
        self, store: Store, gateway: Gateway, steps: Counter[str]
    ) -> None:
        store.listing("AHN")
        took = []
        for many in (20, 200):
            for number in range(many):
                gateway.accept(letter(plan(), pathway=f"P{number}"))
            gateway.page_to(store)
            steps.clear()
            (tally,) = store.listing("AHN").tallies
            assert tally.count == many
            took.append(steps.total())
        assert took[0] == took[1] > 0

    def test_to_find_a_row_no_more_is_read_than_what_stands_before_it(
        self, store: Store, gateway: Gateway, steps: Counter[str]
    ) -> None:
        took = []
        for many in (20, 200):
            for number in range(many):
                gateway.accept(letter(plan(), pathway=f"P{number:03}"))
            gateway.page_to(store)
            assert store.listing_position("AHN", EVERYTHING, "P005") == 5
            steps.clear()
            assert store.listing_position("AHN", EVERYTHING, "P005") == 5
            took.append(steps.total())
        assert took[0] == took[1] > 0

    def test_what_was_only_looked_at_makes_a_page_no_longer_to_read(
        self, store: Store, gateway: Gateway, steps: Counter[str]
    ) -> None:
        for number in range(30):
            gateway.accept(letter(plan(), pathway=f"P{number}"))
        gateway.page_to(store)
        seen(store, "AHN")
        took = []
        for looked_at in (0, 30):
            for number in range(looked_at):
                store.append(entry(Opened(), pathway=f"P{number}"))
            steps.clear()
            assert len(store.listing_rows("AHN", EVERYTHING, 5, 10)) == 10
            took.append(steps.total())
        assert took[0] == took[1] > 0

    def test_after_every_write_the_counts_are_new_on_every_connection(
        self, store: Store, gateway: Gateway
    ) -> None:
        """Read by several at once, so that each connection has counted before each write."""
        together = threading.Barrier(3, timeout=10)

        def count(user: str) -> Listing:
            with store._database.read():
                together.wait()
                return store.listing(user)

        with ThreadPoolExecutor(3) as pool:
            for number in range(1, 6):
                gateway.accept(letter(plan(), pathway=f"P{number}"))
                gateway.page_to(store)
                store.append(note("Ringet.", pathway=f"P{number}"))
                mine, another, others = pool.map(count, ("AHN", "AHN", "BKR"))
                assert mine == another
                assert sum(each.count for each in mine.tallies) == number
                assert (mine.unsent, others.unsent) == (number, 0)
                assert sum(each.count for each in others.tallies) == number


@pytest.fixture
def steps(store: Store) -> Iterator[Counter[str]]:
    """How far SQLite has gone since, in the instructions of its own machine."""
    gone: Counter[str] = Counter()

    def tell() -> None:
        gone["steps"] += 1

    def follow(connection: Connection) -> None:
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.set_progress_handler(tell, 1)

    event.listen(Engine, "begin", follow)
    yield gone
    event.remove(Engine, "begin", follow)


class TestOfTheOutbox:
    def counts(self, listing: Listing) -> tuple[int, int]:
        return listing.attention, listing.unsent

    def test_what_waits_and_what_was_refused_is_counted_for_its_user_only(
        self, store: Store
    ) -> None:
        waits, sent, refused = note("a"), note("b"), note("c", pathway="P2")
        for each in (waits, sent, refused):
            store.append(each)
        assert self.counts(store.listing("AHN")) == (0, 3)
        store.next_batch("AHN", NOW, 20)
        store.mark_results([accepted(sent, 7), rejected(refused, "unknown_pathway")])
        # What the gateway has for good waits for nothing.
        assert self.counts(store.listing("AHN")) == (1, 1)
        assert self.counts(store.listing("BKR")) == (0, 0)

    def test_a_reply_held_back_by_a_refused_one_waits_for_a_decision(self, store: Store) -> None:
        first, then = reply(PlanState(plan="a")), reply(PlanState(plan="a"))
        store.append(first)
        store.next_batch("AHN", NOW, 20)
        store.append(then)
        store.mark_results([rejected(first)])
        assert self.counts(store.listing("AHN")) == (2, 0)

    def test_a_look_is_told_only_where_it_makes_a_row_another(
        self, store: Store, gateway: Gateway
    ) -> None:
        told: list[Changes] = []
        store.watch(told.append)
        taken = entry(Assigned(owner="AHN", previous=None))
        gateway.accept(letter(plan()), taken, letter(plan("BREV2")))
        gateway.page_to(store)
        for user, is_told in (("BKR", False), ("AHN", True)):
            told.clear()
            store.append(entry(Opened(), author=user))
            assert bool(told) is is_told, user
            assert bool(store.listing_row(user, "P1") != store.listing_row("CDI", "P1")) is is_told

    def test_what_was_only_looked_at_waits_for_nothing(
        self, store: Store, gateway: Gateway
    ) -> None:
        gateway.accept(letter(plan()))
        gateway.page_to(store)
        store.append(entry(Opened()))
        assert self.counts(store.listing("AHN")) == (0, 0)
        assert [row.pending for row in seen(store, "AHN")] == [0]


def question(to: EntryId, **who: Any) -> Entry:
    return entry(ReplySent(category=AnswerCategory.QUESTION, answers=PlanState(plan=to)), **who)


def wish(to: EntryId) -> Entry:
    body = ReplySent(
        category=AnswerCategory.COORDINATION, answers=PlanState(plan=to), letter_id="SVAR1"
    )
    return entry(body)


def from_ward(text: str = "Sårskift kan overgå til hjemmesygeplejen.", **fields: Any) -> Entry:
    head: dict[str, Any] = {"sender": WARD, "citizen": NANCY, "letter_id": "KM1"}
    message = Correspondence(**(head | fields), texts=(RichText(text),))
    return letter(message, received_at=NOW + dt.timedelta(hours=3))


REFUSED = Receipt(
    outcome=ReceiptOutcome.NEGATIVE, original_letters=(ReceiptLetter(letter_id="SVAR1"),)
)


class TestWhereAPathwayStands:
    """Each case: what happens after the plan came, and where it then stands."""

    @pytest.fixture
    def came(self, gateway: Gateway) -> Entry:
        (came,) = gateway.accept(letter(plan()))
        return came

    def row(self, store: Store, gateway: Gateway, *entries: Entry) -> Header:
        gateway.accept(*entries)
        gateway.page_to(store)
        (found,) = seen(store, "AHN")
        return found

    def test_a_plan_is_to_be_answered(self, store: Store, gateway: Gateway, came: Entry) -> None:
        found = self.row(store, gateway)
        assert (found.bucket, found.matter) == (Bucket.TO_ANSWER, Matter.PLAN)
        assert found.due_at == TUESDAY_AT_11.at.timestamp()

    def test_it_does_not_disappear_by_being_taken_and_opened(
        self, store: Store, gateway: Gateway, came: Entry
    ) -> None:
        before = self.row(store, gateway)
        after = self.row(store, gateway, entry(Assigned(owner="AHN", previous=None)))
        opened = self.row(store, gateway, entry(Opened()), entry(Opened(), author="BKR"))
        assert place(before) == place(after) == place(opened)
        assert opened.owner == "AHN"

    def test_a_question_waits_for_the_hospital_until_its_own_deadline(
        self, store: Store, gateway: Gateway, came: Entry
    ) -> None:
        found = self.row(store, gateway, question(came.id, minute=5))
        assert found.bucket is Bucket.AWAITING
        assert (found.due, found.hospital_due) == (None, TUESDAY_AT_11)
        assert found.awaiting_hospital_since == NOW + dt.timedelta(minutes=5)
        assert found.due_at == TUESDAY_AT_11.at.timestamp()

    def test_the_hospitals_letter_is_what_the_row_is_then_about(
        self, store: Store, gateway: Gateway, came: Entry
    ) -> None:
        other = Organisation(gln=WARD.gln, organisation="Prøvesygehuset", department="M1")
        found = self.row(store, gateway, question(came.id), from_ward(sender=other))
        assert (found.bucket, found.matter) == (Bucket.NEW_ANSWER, Matter.CORRESPONDENCE)
        assert found.snippet == "Sårskift kan overgå til hjemmesygeplejen."
        assert found.ward == "Prøvesygehuset, M1"
        assert found.received_at == NOW + dt.timedelta(hours=3)
        assert (found.hospital_due, found.awaiting_hospital_since) == (None, None)
        # The one who takes it on does not change that.
        taken = self.row(store, gateway, entry(Assigned(owner="AHN", previous=None)))
        assert (taken.bucket, taken.snippet) == (Bucket.NEW_ANSWER, found.snippet)

    def test_of_several_letters_the_last_is_shown(
        self, store: Store, gateway: Gateway, came: Entry
    ) -> None:
        later = from_ward("Og badebænken er bestilt.", letter_id="KM2")
        found = self.row(store, gateway, question(came.id), from_ward(), later)
        assert found.snippet == "Og badebænken er bestilt."

    def test_an_answer_by_telephone_is_a_new_answer_about_the_plan(
        self, store: Store, gateway: Gateway, came: Entry
    ) -> None:
        call = PhoneCall(whom="Lis Ravn", at=NOW, text="Badebænk er vurderet", clears=True)
        found = self.row(store, gateway, question(came.id), entry(call))
        assert (found.bucket, found.matter) == (Bucket.NEW_ANSWER, Matter.PLAN)
        assert (found.snippet, found.ward) == ("", WARD.name)

    def test_coordination_until_the_minutes_have_come(
        self, store: Store, gateway: Gateway, came: Entry
    ) -> None:
        assert self.row(store, gateway, wish(came.id)).bucket is Bucket.COORDINATION
        at = Moment(dt.date(2026, 2, 4), dt.time(10))
        agreed = entry(ConferenceAgreed(form=ConferenceForm.VIDEO, at=at))
        assert self.row(store, gateway, agreed).bucket is Bucket.COORDINATION
        (minutes,) = gateway.accept(from_ward("Beslutningsreferat"))
        linked = entry(ConferenceMinutesReceived(letter=minutes.id))
        found = self.row(store, gateway, linked)
        assert (found.bucket, found.snippet) == (Bucket.NEW_ANSWER, "Beslutningsreferat")

    @pytest.mark.parametrize(
        ("comment", "bucket"), [("", Bucket.AGREED), ("Nøglen ligger", Bucket.ANSWERED)]
    )
    def test_an_ok(
        self, store: Store, gateway: Gateway, came: Entry, comment: str, bucket: Bucket
    ) -> None:
        found = self.row(store, gateway, reply(PlanState(plan=came.id), comment))
        assert (found.bucket, found.due_at) == (bucket, NO_DEADLINE)

    @pytest.mark.parametrize("how", ["receipt", "given up"])
    def test_an_answer_that_did_not_arrive(
        self, store: Store, gateway: Gateway, came: Entry, how: str
    ) -> None:
        (answer,) = gateway.accept(wish(came.id))
        failed = DeliveryFailed(reply=answer.id, reason="Ingen forbindelse")
        news = letter(REFUSED) if how == "receipt" else entry(failed)
        assert self.row(store, gateway, news).bucket is Bucket.UNDELIVERED

    def test_a_letter_of_ours_that_did_not_arrive_until_somebody_calls(
        self, store: Store, gateway: Gateway, came: Entry
    ) -> None:
        gateway.accept(reply(PlanState(plan=came.id)))
        body = CorrespondenceSent(subject="Hjælpemidler", text="Er de bestilt?", letter_id="SVAR1")
        assert self.row(store, gateway, entry(body)).bucket is Bucket.AGREED
        assert self.row(store, gateway, letter(REFUSED)).bucket is Bucket.UNDELIVERED
        call = entry(PhoneCall(whom="Lis Ravn", at=NOW, text="Aftalt"))
        assert self.row(store, gateway, call).bucket is Bucket.AGREED

    @pytest.mark.parametrize("body", [Closed(), Lapsed(reason=LapseReason.TRANSFERRED)])
    @pytest.mark.parametrize("undelivered", [False, True])
    def test_what_is_over(
        self,
        store: Store,
        gateway: Gateway,
        came: Entry,
        body: Closed | Lapsed,
        undelivered: bool,
    ) -> None:
        if undelivered:
            gateway.accept(wish(came.id), letter(REFUSED))
        found = self.row(store, gateway, entry(body))
        assert (found.bucket, found.due_at) == (Bucket.CLOSED, NO_DEADLINE)
        assert not found.needs_answer

    def test_a_new_plan_opens_it_again(self, store: Store, gateway: Gateway, came: Entry) -> None:
        gateway.accept(entry(Closed()))
        found = self.row(store, gateway, letter(plan("BREV2")))
        assert (found.bucket, found.versions) == (Bucket.TO_ANSWER, 2)

    def test_what_is_done_has_the_newest_first(self, store: Store, gateway: Gateway) -> None:
        for day in range(3):
            pathway, at = f"P{day}", NOW + dt.timedelta(days=day)
            (came,) = gateway.accept(letter(plan(), received_at=at, pathway=pathway))
            gateway.accept(reply(PlanState(plan=came.id), pathway=pathway))
        gateway.page_to(store)
        assert [header.pathway_id for header in seen(store, "AHN")] == ["P2", "P1", "P0"]


@pytest.mark.parametrize(
    ("profile", "status"),
    [("region-midtjylland-2021-04", "none"), ("region-hovedstaden-2016-10", "unknown")],
)
def test_without_a_fixed_deadline(path: Path, gateway: Gateway, profile: str, status: str) -> None:
    path.parent.mkdir()
    with Store.open(path, KEY, load_agreement(profile)) as store:
        (came,) = gateway.accept(letter(plan()))
        gateway.page_to(store)
        (found,) = seen(store, "AHN")
        assert (found.bucket, found.due, found.due_at) == (
            Bucket.WITHOUT_DEADLINE,
            None,
            NO_DEADLINE,
        )
        assert found.deadline_status == status
        gateway.accept(question(came.id))
        gateway.page_to(store)
        (found,) = seen(store, "AHN")
        assert (found.bucket, found.hospital_due) == (Bucket.AWAITING, None)


class TestWithoutAPlan:
    def row(
        self, store: Store, gateway: Gateway, *entries: Entry, bucket: Bucket = Bucket.OTHER
    ) -> Header:
        gateway.accept(*entries)
        gateway.page_to(store)
        (found,) = seen(store, "AHN")
        assert found.bucket is bucket
        return found

    def test_the_last_letter_is_what_it_is_about(self, store: Store, gateway: Gateway) -> None:
        found = self.row(store, gateway, letter(AdmissionNotification(sender=WARD)))
        assert found.matter is Matter.NOTIFICATION
        written = from_ward()
        found = self.row(store, gateway, written, letter(REFUSED), bucket=Bucket.NEW_ANSWER)
        assert (found.matter, found.snippet) == (
            Matter.CORRESPONDENCE,
            "Sårskift kan overgå til hjemmesygeplejen.",
        )
        assert found.has_new_letter
        self.row(store, gateway, entry(LetterHandled(letter=written.id)))
        found = self.row(store, gateway, letter(DischargeReport(sender=WARD)))
        assert (found.matter, found.snippet) == (Matter.MESSAGE, "")
        assert self.row(store, gateway, letter(UnknownMessage(root="Nyt"))).matter is Matter.MESSAGE

    @pytest.mark.parametrize(
        ("level", "ours", "theirs"), [("almen", True, False), ("specialiseret", False, True)]
    )
    def test_a_rehabilitation_plan_has_the_deadline_of_who_starts(
        self, store: Store, gateway: Gateway, level: str, ours: bool, theirs: bool
    ) -> None:
        """Rules L and M: seven calendar days, from the discharge or from the plan's own date."""
        drawn_up = dt.datetime(2026, 2, 5, 13)
        gop = RehabilitationPlan(
            sender=WARD,
            level_text=level,
            authorised_at=drawn_up,
            contact_expected_end=Moment(dt.date(2026, 2, 5)),
        )
        # What is ours stands by its start; what the hospital starts is news.
        bucket = Bucket.TO_START if ours else Bucket.NEW_ANSWER
        found = self.row(store, gateway, letter(gop), bucket=bucket)
        assert (found.matter, found.level) == (Matter.REHABILITATION, gop.level)
        expected = dt.date(2026, 2, 5), DischargeSource.PLAN
        assert (found.discharge, found.discharge_source) == expected
        due = Due(at=dt.datetime(2026, 2, 12, 22, 59, tzinfo=dt.UTC), whole_day=True)
        assert (found.due, found.hospital_due) == (due if ours else None, due if theirs else None)
        # In time through the last second of the day.
        assert found.due_at == dt.datetime(2026, 2, 12, 22, 59, 59, tzinfo=dt.UTC).timestamp()

    def test_nothing_but_own_notes(self, store: Store) -> None:
        store.append(note())
        (found,) = seen(store, "AHN")
        assert (found.bucket, found.matter, found.received_at) == (
            Bucket.OTHER,
            Matter.MESSAGE,
            None,
        )
        assert seen(store, "BKR") == ()


class TestWhatIsNoticed:
    def row(self, store: Store, gateway: Gateway, *entries: Entry) -> Header:
        gateway.accept(*entries)
        gateway.page_to(store)
        (found,) = seen(store, "AHN")
        return found

    def test_a_weekend_and_a_late_plan(self, store: Store, gateway: Gateway) -> None:
        saturday = plan(agreed_discharge=Moment(dt.date(2026, 2, 7), dt.time(12)))
        found = self.row(store, gateway, letter(saturday))
        assert (found.is_weekend_discharge, found.is_late_plan) == (True, False)
        # Sent on the Monday for the same day.
        today = plan("BREV2", agreed_discharge=Moment(dt.date(2026, 2, 2), dt.time(18)))
        found = self.row(store, gateway, letter(today))
        assert (found.is_weekend_discharge, found.is_late_plan) == (False, True)

    @pytest.mark.parametrize(
        ("conference", "wanted"),
        [
            (None, False),
            (DischargeConference(), False),
            (DischargeConference(status="forslag"), True),
            (DischargeConference(video=True), True),
        ],
    )
    def test_a_conference(
        self,
        store: Store,
        gateway: Gateway,
        conference: DischargeConference | None,
        wanted: bool,
    ) -> None:
        found = self.row(store, gateway, letter(plan(conference=conference)))
        assert found.wants_conference == wanted

    @pytest.mark.parametrize(
        ("letters", "is_unknown"),
        [
            ([plan()], True),
            ([plan(), plan("BREV2")], True),
            ([plan(), Correspondence(sender=WARD)], True),
            ([AdmissionNotification(sender=WARD), plan()], False),
            ([plan(), AdmissionNotification(sender=WARD)], False),
            ([Correspondence(sender=WARD), plan()], False),
            ([AdmissionNotification(sender=WARD)], False),
        ],
    )
    def test_a_citizen_first_heard_of_by_the_plan(
        self, store: Store, gateway: Gateway, letters: list[AnyMessage], is_unknown: bool
    ) -> None:
        found = self.row(store, gateway, *(letter(each) for each in letters))
        assert found.is_unknown_citizen == is_unknown


class TestTheBeginningOfALetter:
    def snippet(self, store: Store, gateway: Gateway, text: str, **fields: Any) -> str:
        gateway.accept(from_ward(text, **fields))
        gateway.page_to(store)
        (found,) = seen(store, "AHN")
        return found.snippet

    def test_is_one_line_of_whole_words(self, store: Store, gateway: Gateway) -> None:
        found = self.snippet(store, gateway, "Kære visitator\n\n" + "sårskift " * 40)
        assert found.startswith("Kære visitator sårskift sårskift")
        assert found.endswith("sårskift…")
        assert 100 < len(found) <= 120

    def test_has_no_cpr_number(self, store: Store, gateway: Gateway) -> None:
        text = "Vedr. 2512489996, 251248-9996, 251248 9996 og 2509479XY1. Ring 55112233."
        found = self.snippet(store, gateway, text)
        assert found == (
            "Vedr. 251248-••••, 251248-••••, 251248-•••• og 250947-••••. Ring 55112233."
        )

    def test_a_number_at_the_cut_is_masked_whole(self, store: Store, gateway: Gateway) -> None:
        for length in range(100, 125):
            text = "x" * length + " 251248-9996"
            with_number = Gateway()
            with_number.accept(from_ward(text, letter_id=f"KM{length}"))
            gateway.accept(*with_number.journal)
            gateway.page_to(store)
            (found,) = seen(store, "AHN")
            assert "9996" not in found.snippet
            assert len(found.snippet) <= 120

    def test_without_text_it_is_the_subject(self, store: Store, gateway: Gateway) -> None:
        assert self.snippet(store, gateway, "  ", subject="Hjælpemidler") == "Hjælpemidler"

    def test_one_endless_word(self, store: Store, gateway: Gateway) -> None:
        found = self.snippet(store, gateway, "x" * 500)
        assert found == "x" * 119 + "…"


def test_owners_are_told_apart(store: Store, gateway: Gateway) -> None:
    for pathway, owner in (("P1", "AHN"), ("P2", "BKR"), ("P3", None)):
        gateway.accept(letter(plan(), pathway=pathway))
        if owner:
            gateway.accept(entry(Assigned(owner=owner, previous=None), pathway=pathway))
    gateway.page_to(store)
    for whose, expected in (
        (Whose.MINE, ["P1"]),
        (Whose.COLLEAGUES, ["P2"]),
        (Whose.NOBODYS, ["P3"]),
        (Whose.ANYBODYS, ["P1", "P2", "P3"]),
    ):
        wanted = Selection(first=Bucket.UNDELIVERED, last=Bucket.CLOSED, whose=whose)
        assert [each.pathway_id for each in seen(store, "AHN", wanted)] == expected
    # As those see it who have taken nothing, and nobody.
    tallies = store.listing(NOBODY).tallies
    assert sum(each.count for each in tallies) == 3


def test_the_longest_waiting_is_first(store: Store, gateway: Gateway) -> None:
    for number in range(3):
        at = NOW - dt.timedelta(minutes=number)
        gateway.accept(letter(plan(), received_at=at, pathway=f"P{number}"))
    gateway.page_to(store)
    found = seen(store, "AHN")
    assert [each.pathway_id for each in found] == ["P2", "P1", "P0"]
    assert all(a.since <= b.since for a, b in pairwise(found))
