"""The desk as the screen meets it: answer, undo, and everything else one can do; what it tells."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.app.town import Seat, Town, in_journal, names
from tests.gateway.mailbox import AKSEL, KEY, NANCY, OTHER_EPISODE, plan
from visitator.app.views import (
    Box,
    ChangeSet,
    DraftView,
    KnownError,
    Link,
    Point,
    Presence,
    Signature,
    Transit,
)
from visitator.domain.entries import (
    AdmissionEntered,
    AdmissionReportSent,
    ChecklistTicked,
    Closed,
    CorrespondenceSent,
    FollowUpClosed,
    LeaveNoted,
    NoteAdded,
    NoteExported,
    Opened,
    PhoneCall,
    PresentAtAdmission,
    RehabilitationContacted,
    RehabilitationLinked,
    ReplySent,
)
from visitator.domain.roles import MAY_WRITE
from visitator.domain.terms import Role
from visitator.store import Store
from visitator.store.errors import DiskFull

# --- answering ----------------------------------------------------------------------------------


def test_an_ok_is_an_agreement_at_once_and_reaches_the_hospital_after_the_undo_window(
    town: Town, seat: Seat, pathway: str
) -> None:
    sent = seat.reply(pathway)

    assert sent.transit is Transit.UNDO
    assert sent.until == seat.desk.now() + dt.timedelta(seconds=10)
    assert names(seat, Box.AGREED) == [pathway]
    assert names(seat, Box.INBOX) == []

    seat.send()
    (letter,) = town.fetches()
    assert letter.text.startswith("Plejeforløbsplan OK")
    seat.until(lambda: seat.transit(pathway) is Transit.RECEIVED)


def test_a_reply_is_signed_as_its_author_signs(town: Town, seat: Seat, pathway: str) -> None:
    seat.desk.sign_as(Signature(name="Anne Holm", title="visitator", telephone="00000007")).result()
    seat.reply(pathway)
    seat.send()

    (letter,) = town.fetches()
    assert letter.text.endswith("Anne Holm, visitator\nTlf. 00000007")
    assert seat.desk.office().signature.name == "Anne Holm"


def test_a_wish_for_coordination_says_what_was_ticked(town: Town, seat: Seat, pathway: str) -> None:
    seat.reply(pathway, "coordination", "Bor alene.", ("own_overview", "video"))
    seat.send()

    (letter,) = town.fetches()
    assert "Bor alene." in letter.text
    assert "varetage egne behov" in letter.text
    assert "Ønsket form: videokonference" in letter.text


def test_an_ok_with_a_comment_is_no_agreement(seat: Seat, pathway: str) -> None:
    seat.reply(pathway, "ok", "Vi kommer kl. 14.")

    view = seat.view(pathway)
    assert view.state == "Besvaret: Plejeforløbsplan OK"


def test_a_question_without_words_is_not_sent(seat: Seat, pathway: str) -> None:
    with pytest.raises(KnownError, match="Intet er sendt"):
        seat.reply(pathway, "question", "  ")
    assert seat.desk.waiting() == ()


@pytest.mark.parametrize(
    ("code", "text", "choices"),
    [
        ("question", "Er badebænken bestilt?", ()),
        ("coordination", "Haster.", ("function", "video")),
    ],
)
def test_an_undone_reply_is_a_draft_again_and_never_leaves(
    town: Town, seat: Seat, pathway: str, code: str, text: str, choices: tuple[str, ...]
) -> None:
    seat.desk.save_draft(pathway, DraftView(kind=code, text=text, choices=choices)).result()
    sent = seat.reply(pathway, code, text, choices)
    assert seat.desk.draft(pathway, code) is None

    seat.desk.undo(sent.entry_id).result()

    kept = seat.desk.draft(pathway, code)
    assert kept is not None
    assert (kept.text, kept.choices) == (text, choices)
    assert names(seat, Box.INBOX) == [pathway]
    town.later(seconds=30)
    seat.desk.retry_now()
    town.writes()
    seat.until(lambda: len(seat.view(pathway).thread) == 1)
    assert town.fetches() == []


def test_undoing_an_ok_leaves_no_draft(seat: Seat, pathway: str) -> None:
    sent = seat.reply(pathway)
    seat.desk.undo(sent.entry_id).result()
    assert seat.desk.draft(pathway, "ok") is None


def test_what_was_sent_cannot_be_undone(seat: Seat, pathway: str) -> None:
    sent = seat.reply(pathway)
    seat.send()
    with pytest.raises(KnownError, match="for sent at fortryde"):
        seat.desk.undo(sent.entry_id).result()


def test_what_was_typed_after_the_reply_is_kept_below_what_was_undone(
    seat: Seat, pathway: str
) -> None:
    sent = seat.reply(pathway, "question", "Er badebænken bestilt?")
    seat.desk.save_draft(pathway, DraftView(kind="question", text="Og sårpleje?")).result()
    seat.desk.undo(sent.entry_id).result()

    kept = seat.desk.draft(pathway, "question")
    assert kept is not None
    assert kept.text == "Er badebænken bestilt?\n\nOg sårpleje?"


def test_a_plan_that_changed_while_it_was_answered_is_not_answered(
    town: Town, seat: Seat, pathway: str
) -> None:
    token = seat.token(pathway)
    town.sends()
    seat.until(lambda: seat.token(pathway) != token)

    with pytest.raises(KnownError, match=r"Planen er ændret.*gemt som kladde"):
        seat.desk.reply(pathway, "question", "Hvornår?", (), token).result()

    kept = seat.desk.draft(pathway, "question")
    assert kept is not None
    assert kept.text == "Hvornår?"
    assert seat.desk.waiting() == ()


def test_something_waiting_can_be_taken_back_to_work_on_it(seat: Seat, pathway: str) -> None:
    sent = seat.reply(pathway, "question", "Hvornår?")
    (waiting,) = seat.desk.waiting()
    assert (waiting.what, waiting.text, waiting.can_cancel) == (
        "Uddybende spørgsmål",
        "Hvornår?",
        True,
    )

    draft = seat.desk.cancel_waiting(sent.entry_id).result()

    assert (draft.kind, draft.text) == ("question", "Hvornår?")
    assert seat.desk.waiting() == ()


# --- everything else one can do -----------------------------------------------------------------


def test_a_letter_goes_out_and_stands_in_the_thread(town: Town, seat: Seat, pathway: str) -> None:
    seat.desk.send_letter(pathway, "Hjælpemidler", "Sengen er bestilt.", None).result()
    seat.send()

    (letter,) = town.fetches()
    assert letter.subject == "Hjælpemidler"
    assert "Sengen er bestilt." in letter.text
    view = seat.view(pathway)
    assert [str(each.text) for each in view.thread] == ["Sengen er bestilt."]


def test_a_call_and_a_note_stand_in_the_pathway(seat: Seat, pathway: str) -> None:
    at = seat.desk.now() - dt.timedelta(minutes=5)
    seat.desk.log_call(pathway, "M2", at, "Kl. 14 i stedet.", False).result()
    seat.desk.add_note(pathway, "Nøgleboks opsat.").result()

    view = seat.view(pathway)
    assert [(each.kind, str(each.text)) for each in view.thread] == [
        ("call", "Kl. 14 i stedet."),
        ("note", "Nøgleboks opsat."),
    ]


def test_a_call_in_which_the_hospital_answered_clears_the_question(
    seat: Seat, pathway: str
) -> None:
    seat.reply(pathway, "question", "Hvornår?")
    assert names(seat, Box.AWAITING) == [pathway]

    seat.desk.log_call(pathway, "M2", seat.desk.now(), "Tirsdag.", True).result()

    assert names(seat, Box.AWAITING) == []
    assert names(seat, Box.INBOX) == [pathway]


def test_a_conference_its_minutes_and_the_end(town: Town, seat: Seat, pathway: str) -> None:
    seat.reply(pathway, "coordination", "", ("function",))
    at = Point(date=dt.date(2030, 3, 7), time=dt.time(10, 0))
    seat.desk.conference_agreed(pathway, "video", at).result()
    assert seat.view(pathway).state == "Planlægningskonference aftalt"

    town.writes()
    letter = seat.until(
        lambda: next(
            (e for e in seat.view(pathway).thread if not e.ours),
            None,
        )
    )
    seat.desk.minutes_received(pathway, letter.entry_id).result()
    assert seat.view(pathway).state == "Referat modtaget"

    seat.desk.close_pathway(pathway).result()
    assert names(seat, Box.INBOX) == []
    assert names(seat, Box.ALL) == [pathway]


def test_a_lapsed_pathway_needs_no_answer(seat: Seat, pathway: str) -> None:
    seat.desk.lapse(pathway, "cancelled").result()
    assert names(seat, Box.INBOX) == []


def test_a_colleague_who_is_new_is_called_by_name_when_they_have_done_something(
    town: Town, seat: Seat, pathway: str
) -> None:
    seat.until(seat.desk.colleagues)
    bodil = town.seat("BKR").has(pathway)
    bodil.desk.assign(pathway, "BKR").result()

    def owner() -> str:
        row = seat.desk.row(pathway)
        return row.owner_name if row is not None else ""

    seat.until(lambda: owner() == "Navn på BKR")


def test_a_pathway_is_given_to_a_colleague_whose_name_is_known_offline(
    town: Town, seat: Seat, pathway: str
) -> None:
    town.admit("BKR", "PC-BKR")
    bodil = town.seat("BKR").has(pathway)
    seat.until(seat.desk.colleagues)
    assert {each.user for each in bodil.desk.colleagues()} <= {"AHN", "BKR"}

    bodil.until(lambda: len(bodil.desk.colleagues()) == 2)
    bodil.wire.is_cut = True
    bodil.desk.assign(pathway, "AHN").result()

    row = bodil.desk.row(pathway)
    assert row is not None
    assert (row.owner, row.owner_name) == ("AHN", "Navn på AHN")


def test_opening_is_written_down_once_per_look(town: Town, seat: Seat, pathway: str) -> None:
    for _ in range(3):
        seat.desk.opened(pathway).result()
        town.later(minutes=1)
    town.later(minutes=5)
    seat.desk.opened(pathway).result()

    seat.until(lambda: len(in_journal(town, Opened)) == 2)
    assert seat.desk.waiting() == ()
    assert names(seat, Box.INBOX) == [pathway]


# --- being told ---------------------------------------------------------------------------------


def test_a_command_is_told_once_with_what_to_read_again(
    town: Town, seat: Seat, pathway: str
) -> None:
    seat.wire.is_cut = True
    seat.desk.retry_now()
    seat.until(lambda: seat.desk.standing().link is Link.OFFLINE)
    before = len(seat.changes())

    seat.desk.save_draft(pathway, DraftView(kind="question", text="Hvornår?")).result()
    sent = seat.reply(pathway, "question", "Hvornår?")
    seat.desk.undo(sent.entry_id).result()

    assert seat.changes()[before:] == [
        ChangeSet(drafts=True),
        ChangeSet(pathways=frozenset([pathway]), outbox=True, drafts=True),
        ChangeSet(pathways=frozenset([pathway]), outbox=True, drafts=True),
    ]


def test_what_comes_is_told_once(town: Town, seat: Seat, pathway: str) -> None:
    before = len(seat.changes())
    other = town.sends(plan(AKSEL, OTHER_EPISODE))
    seat.until(lambda: seat.changes()[before:])
    assert seat.desk.pathway(other) is not None
    assert seat.changes()[before:] == [ChangeSet(pathways=frozenset([other]))]


def test_who_does_not_listen_any_more_is_not_told(seat: Seat, pathway: str) -> None:
    heard: list[object] = []
    stop = seat.desk.watch(heard.append)
    stop()
    stop()
    seat.desk.add_note(pathway, "Ringet.").result()
    assert heard == []


def test_a_listener_that_fails_keeps_nothing_from_the_others(seat: Seat, pathway: str) -> None:
    def fail(_: object) -> None:
        raise RuntimeError("mit problem")

    heard: list[object] = []
    seat.desk.watch(fail)
    seat.desk.watch(heard.append)
    seat.desk.add_note(pathway, "Ringet.").result()
    assert heard


def test_colleagues_at_the_same_pathway_see_each_other(
    town: Town, seat: Seat, pathway: str
) -> None:
    bodil = town.asks("BKR")
    assert bodil.look_at(pathway, composing=True) == ()
    seat.desk.look_at(pathway, composing=False)

    expected = (Presence(name="Navn på BKR", composing=True, since=seat.desk.now()),)
    seat.until(lambda: seat.desk.presence(pathway) == expected)
    assert seat.desk.presence("another") == ()
    (other,) = bodil.look_at(pathway, composing=True)
    assert (other.user, other.composing) == ("AHN", False)

    seat.desk.close(wait=0)
    assert bodil.look_at(pathway, composing=True) == ()


def test_without_the_gateway_nobody_is_seen_and_nothing_is_said(seat: Seat, pathway: str) -> None:
    seat.wire.is_cut = True
    seat.desk.look_at(pathway, composing=True)
    seat.desk.add_note(pathway, "Ringet.").result()
    assert seat.desk.presence(pathway) == ()


# --- the rest -----------------------------------------------------------------------------------


def test_the_original_message_is_fetched_from_the_gateway(
    town: Town, seat: Seat, pathway: str
) -> None:
    view = seat.view(pathway)
    text = seat.desk.raw(view.versions[-1].raw_id).result()
    assert "Østerby Vind" in text

    seat.wire.is_cut = True
    with pytest.raises(KnownError, match="kan ikke nås"):
        seat.desk.raw(view.versions[-1].raw_id).result()


def test_something_is_found_by_name(seat: Seat, pathway: str) -> None:
    (found,) = seat.desk.search("Østerby").result()
    assert found.row.pathway_id == pathway


def test_the_office_says_who_works_here(seat: Seat) -> None:
    seat.until(seat.desk.colleagues)
    office = seat.desk.office()
    assert (office.user, office.user_name, office.role) == ("AHN", "Navn på AHN", "Visitator")
    assert office.has_fixed_deadline
    assert not office.own_gateway


def test_a_fault_of_the_store_is_a_sentence(
    seat: Seat, pathway: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise DiskFull

    monkeypatch.setattr(Store, "append", full)
    with pytest.raises(KnownError, match="Disken er fuld"):
        seat.reply(pathway, "question", "Hvornår?")


def test_a_bug_reaches_whoever_waits_and_the_log_without_what_was_in_it(
    seat: Seat, pathway: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError(f"Nancy {NANCY}")

    monkeypatch.setattr(Store, "append", broken)
    with pytest.raises(RuntimeError):
        seat.desk.add_note(pathway, "Ringet.").result()
    assert "a bug: RuntimeError" in caplog.text
    assert NANCY not in caplog.text


def test_a_bug_in_sync_is_said_in_the_status_line_and_work_goes_on(
    town: Town, seat: Seat, pathway: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:

        def broken(*_: object, **__: object) -> None:
            raise RuntimeError

        patch.setattr(Store, "note_success", broken)
        seat.desk.retry_now()
        town.writes()
        seat.until(lambda: seat.desk.standing().link is Link.PAUSED)
    assert "fejl i programmet" in seat.desk.standing().reason

    seat.reply(pathway, "ok", "Vi kommer kl. 14.")
    seat.desk.retry_now()
    assert seat.desk.close(wait=20) == 0


def test_the_database_is_let_go_of(town: Town, seat: Seat) -> None:
    from tests.app.town import AGREEMENT

    seat.desk.close(wait=0)
    Store.open(town.folder / "AHN" / "visitator.db", KEY, AGREEMENT).close()


@pytest.mark.parametrize("role", Role)
def test_what_the_screen_offers_is_what_the_gateway_takes(town: Town, role: Role) -> None:
    seat = town.seat("XYZ", role=role)
    seat.until(lambda: seat.desk.office().role)
    office = seat.desk.office()
    may = MAY_WRITE[role]
    writes = {ReplySent, CorrespondenceSent, PhoneCall, NoteAdded, NoteExported, Closed}
    writes |= {AdmissionReportSent, LeaveNoted, RehabilitationContacted, RehabilitationLinked}
    ticks = {AdmissionEntered, ChecklistTicked, PresentAtAdmission, FollowUpClosed}
    assert {each in may for each in writes} == {office.may_write}
    assert {each in may for each in ticks} == {office.may_tick}
