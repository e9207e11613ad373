"""Case notes as a desk gives them: offered, shown, saved, copied, printed, many in one go."""

from __future__ import annotations

import datetime as dt
import errno
import io
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from docx import Document

from tests.app.town import Seat, Town, in_journal, town_in
from tests.export.reading import texts
from tests.gateway.mailbox import AKSEL, OTHER_EPISODE, admission, plan
from visitator.app.note_views import DRAFT, NoteJob, NoteProgress, NoteWish
from visitator.app.views import Box, DraftView, KnownError
from visitator.domain.entries import NoteExported, NoteKind, NoteWay
from visitator.export.pages import PageMaker
from visitator.resources import resource_folder

NAME = "2030-03-05_notat_2030-17.docx"
WISH = NoteWish(
    kind="discharge",
    case_number="2030-17",
    purpose="Journalføring",
    own={"needs": "Støtte morgen og aften."},
)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with town_in(tmp_path) as town:
        yield town


@pytest.fixture
def seat(town: Town) -> Seat:
    return town.seat(municipality="Lyngtoft Kommune")


@pytest.fixture
def pathway(town: Town, seat: Seat) -> str:
    found = town.sends()
    seat.has(found)
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "Sager"
    made.mkdir()
    return made


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def wish(**changed: object) -> NoteWish:
    return NoteWish(**{**{f: getattr(WISH, f) for f in WISH.__struct_fields__}, **changed})


def refusing(number: int) -> Callable[..., None]:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return refuse


# --- what there is to write ---------------------------------------------------------------------


def test_a_pathway_offers_the_notes_it_has_something_to_say_in(seat: Seat, pathway: str) -> None:
    offer = seat.desk.notes.offer(pathway)
    assert offer is not None
    assert [kind.code for kind in offer.kinds] == ["discharge"]
    assert offer.kinds[0].own == ("wishes", "needs", "cause", "symptoms", "decided", "follow_up")
    assert offer.author == "Navn på AHN, visitator"

    seat.desk.log_call(
        pathway, "Afsnit O3", seat.desk.now(), "Nøglen er hos datteren.", False
    ).result()
    offer = seat.desk.notes.offer(pathway)
    assert offer is not None
    assert [kind.code for kind in offer.kinds] == ["discharge", "telephone"]


def test_of_a_pathway_that_is_not_there_nothing_is_offered_or_written(
    seat: Seat, folder: Path
) -> None:
    assert seat.desk.notes.offer("ingen") is None
    with pytest.raises(KnownError, match="findes ikke længere"):
        seat.desk.notes.save("ingen", WISH, str(folder)).result()
    assert names(folder) == []


# --- looking at it ------------------------------------------------------------------------------


def test_the_preview_is_the_document_itself(seat: Seat, pathway: str) -> None:
    if not PageMaker().is_there:
        pytest.skip("LibreOffice or poppler is not installed")
    shown = seat.desk.notes.preview(pathway, WISH).result()
    assert shown.pages
    assert all(page.startswith(b"\x89PNG") for page in shown.pages)
    assert shown.why_no_pages == ""


def test_without_libreoffice_the_words_are_shown_and_it_is_said_why(
    seat: Seat, pathway: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with town_in(seat.town.folder / "andet") as town:
        other = town.seat()
        there = town.sends()
        other.has(there)
        shown = other.desk.notes.preview(there, WISH).result()
    assert shown.pages == ()
    assert "LibreOffice" in shown.why_no_pages
    assert "Støtte morgen og aften." in shown.html
    assert "Udkast" in shown.html


def test_showing_a_note_leaves_nothing_in_the_journal_or_behind(
    town: Town,
    seat: Seat,
    pathway: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    runtime = tmp_path / "runtime"
    runtime.mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    seat.desk.notes.preview(pathway, WISH).result()
    assert not [each for each in runtime.rglob("*") if each.suffix in (".docx", ".pdf", ".png")]
    seat.desk.close(wait=0)
    assert list(runtime.glob("visitator-*")) == []
    assert in_journal(town, NoteExported) == []


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell script")
def test_closing_the_desk_waits_for_no_preview(
    seat: Seat, pathway: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    hangs = tmp_path / "soffice"
    begun = tmp_path / "begun"
    os.mkfifo(begun)
    hangs.write_text(f"#!/bin/sh\necho > {begun}\nexec sleep 50\n")
    hangs.chmod(0o700)
    monkeypatch.setattr(shutil, "which", lambda _: str(hangs))
    with town_in(tmp_path / "andet") as town:
        other = town.seat()
        there = town.sends()
        other.has(there)
        preview = other.desk.notes.preview(there, WISH)
        begun.read_bytes()
        other.desk.close(wait=0)
        assert "kunne ikke lægge" in preview.result(0).why_no_pages


# --- saving -------------------------------------------------------------------------------------


def test_a_saved_note_is_a_word_file_and_the_journal_says_who_when_and_why(
    town: Town, seat: Seat, pathway: str, folder: Path
) -> None:
    saved = seat.desk.notes.save(pathway, WISH, str(folder)).result()
    assert (saved.name, saved.is_there) == (NAME, False)
    assert names(folder) == [NAME]
    said = texts((folder / NAME).read_bytes())
    assert "Støtte morgen og aften." in said
    assert Document(io.BytesIO((folder / NAME).read_bytes())).core_properties.author == ""

    seat.send()
    (logged,) = in_journal(town, NoteExported)
    assert isinstance(logged, NoteExported)
    assert (logged.note, logged.way) == (NoteKind.DISCHARGE, NoteWay.FILE)
    assert (logged.purpose, logged.case_number) == ("Journalføring", "2030-17")
    assert logged.path_hash
    (shown,) = [each for each in seat.view(pathway).thread if each.kind == "note"]
    assert shown.who == "Navn på AHN"
    assert shown.title == "Notat taget ud: Visitationsnotat – udskrivelse: Gemt som fil"
    assert str(shown.text) == "Journalføring"


def test_the_next_note_of_a_pathway_is_offered_the_same_case_number(
    seat: Seat, pathway: str, folder: Path
) -> None:
    seat.desk.notes.save(pathway, WISH, str(folder)).result()
    offer = seat.desk.notes.offer(pathway)
    assert offer is not None
    assert offer.case_number == "2030-17"
    (candidate,) = seat.desk.notes.candidates(Box.ALL).result()
    assert candidate.case_number == "2030-17"


def test_the_folder_is_remembered(town: Town, seat: Seat, pathway: str, folder: Path) -> None:
    assert seat.desk.notes.folder == ""
    seat.desk.notes.save(pathway, WISH, str(folder)).result()
    assert seat.desk.notes.folder == str(folder)


def test_a_signed_note_is_finished_and_its_draft_gone_an_unsigned_one_is_written_on(
    seat: Seat, pathway: str, folder: Path
) -> None:
    draft = DraftView(kind=DRAFT, text="", fields=WISH.own)
    seat.desk.save_draft(pathway, draft).result()
    seat.desk.notes.save(pathway, WISH, str(folder)).result()
    kept = seat.desk.draft(pathway, DRAFT)
    assert kept is not None
    assert kept.fields == WISH.own
    assert "Udkast – notatet er ikke underskrevet" in texts((folder / NAME).read_bytes())

    signed = wish(is_signed=True, case_number="2030-18")
    seat.desk.notes.save(pathway, signed, str(folder)).result()
    assert seat.desk.draft(pathway, DRAFT) is None
    second = (folder / "2030-03-05_notat_2030-18.docx").read_bytes()
    assert "Udkast – notatet er ikke underskrevet" not in texts(second)


def test_what_was_written_for_another_kind_of_note_stays_a_draft(
    seat: Seat, pathway: str, folder: Path
) -> None:
    desk = seat.desk
    desk.log_call(pathway, "Afsnit O3", desk.now(), "Nøglen er hos datteren.", False).result()
    typed = {"needs": "Støtte.", "follow_up": "Ring i morgen."}
    draft = DraftView(kind=DRAFT, text="", subject="2030-17", fields=typed)
    desk.save_draft(pathway, draft).result()
    desk.notes.save(
        pathway, wish(kind="telephone", is_signed=True, own=typed), str(folder)
    ).result()
    kept = desk.draft(pathway, DRAFT)
    assert kept is not None
    assert (kept.subject, kept.fields) == ("", {"needs": "Støtte."})


def test_a_file_that_lies_there_is_replaced_only_by_one_who_says_so(
    town: Town, seat: Seat, pathway: str, folder: Path
) -> None:
    (folder / NAME).write_bytes(b"et andet notat")
    saved = seat.desk.notes.save(pathway, WISH, str(folder)).result()
    assert saved.is_there
    assert (folder / NAME).read_bytes() == b"et andet notat"
    saved = seat.desk.notes.save(pathway, WISH, str(folder), replace=True).result()
    assert not saved.is_there
    assert "Støtte morgen og aften." in texts((folder / NAME).read_bytes())
    seat.send()
    assert len(in_journal(town, NoteExported)) == 1


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "Der er ikke plads på disken"),
        (errno.EACCES, "Du har ikke lov til at gemme i mappen Sager"),
        (errno.EIO, "kunne ikke gemmes"),
    ],
)
def test_what_the_disk_says_no_to_is_a_sentence_and_nothing_has_happened(
    number: int,
    said: str,
    town: Town,
    seat: Seat,
    pathway: str,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("visitator.export.saving.os.fsync", refusing(number))
    with pytest.raises(KnownError, match=said):
        seat.desk.notes.save(pathway, WISH, str(folder)).result()
    monkeypatch.undo()
    assert names(folder) == []
    seat.send()
    assert in_journal(town, NoteExported) == []
    assert seat.desk.notes.folder == ""


def test_a_folder_that_is_gone_and_a_file_open_in_word_are_told(
    seat: Seat, pathway: str, folder: Path
) -> None:
    with pytest.raises(KnownError, match="Kan ikke finde mappen borte"):
        seat.desk.notes.save(pathway, WISH, str(folder / "borte")).result()
    (folder / f"~${NAME[2:]}").write_bytes(b"Word")
    with pytest.raises(KnownError, match="er åben i Word"):
        seat.desk.notes.save(pathway, WISH, str(folder)).result()


@pytest.mark.parametrize("case_number", ["", "251248-9996", "Vind", "a/b"])
def test_a_case_number_no_file_may_be_named_after_is_refused(
    case_number: str, seat: Seat, pathway: str, folder: Path
) -> None:
    with pytest.raises(KnownError, match="Sagsnummeret"):
        seat.desk.notes.save(pathway, wish(case_number=case_number), str(folder)).result()
    assert names(folder) == []


def test_no_note_leaves_without_a_reason(seat: Seat, pathway: str, folder: Path) -> None:
    for leave in (
        lambda: seat.desk.notes.save(pathway, wish(purpose=" "), str(folder)),
        lambda: seat.desk.notes.text(pathway, wish(purpose="")),
        lambda: seat.desk.notes.printed(pathway, wish(purpose="")),
    ):
        with pytest.raises(KnownError, match="hvad notatet skal bruges til"):
            leave().result()


def test_a_note_that_could_not_be_put_in_the_journal_is_said_to_be_saved_all_the_same(
    seat: Seat, pathway: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from visitator.store.errors import DiskFull

    def full(*_: object, **__: object) -> None:
        raise DiskFull("Disken er fuld.")

    monkeypatch.setattr("visitator.store.Store.append", full)
    with pytest.raises(KnownError, match=f"{NAME} er gemt i mappen, men") as caught:
        seat.desk.notes.save(pathway, WISH, str(folder)).result()
    assert "Gem notatet igen" in str(caught.value)
    assert names(folder) == [NAME]


# --- copying and printing -----------------------------------------------------------------------


def test_a_copied_note_is_text_and_stands_in_the_journal(
    town: Town, seat: Seat, pathway: str
) -> None:
    text = seat.desk.notes.text(pathway, wish(with_cpr=False, case_number="")).result()
    assert "Støtte morgen og aften." in text
    assert "251248" not in text
    seat.desk.notes.printed(pathway, WISH).result()
    seat.send()
    ways = [each.way for each in in_journal(town, NoteExported) if isinstance(each, NoteExported)]
    assert ways == [NoteWay.TEXT, NoteWay.PRINT]


def test_that_a_note_has_left_waits_while_offline_and_cannot_be_taken_back(
    seat: Seat, pathway: str
) -> None:
    seat.send()
    seat.wire.is_cut = True
    seat.desk.notes.text(pathway, WISH).result()
    (waiting,) = seat.desk.waiting()
    assert waiting.what == "Notat taget ud"
    assert not waiting.can_cancel


# --- templates ----------------------------------------------------------------------------------


def test_the_municipalitys_own_template_is_used_and_a_wrong_one_named_with_its_field(
    town: Town, tmp_path: Path, folder: Path
) -> None:
    own = tmp_path / "skabeloner"
    own.mkdir()
    document = Document(str(resource_folder("templates") / "notat.docx"))
    document.paragraphs[0].insert_paragraph_before("Lyngtofts eget brevhoved")
    document.save(str(own / "notat.docx"))
    seat = town.seat(note_templates=own)
    pathway = town.sends()
    seat.has(pathway)
    seat.desk.notes.save(pathway, WISH, str(folder)).result()
    assert "Lyngtofts eget brevhoved" in texts((folder / NAME).read_bytes())

    document.paragraphs[0].text = "{{ borgernavn }}"
    document.save(str(own / "notat.docx"))
    with pytest.raises(KnownError, match="borgernavn") as caught:
        seat.desk.notes.preview(pathway, WISH).result()
    assert "notat.docx" in str(caught.value)
    assert "i dokumentet" in str(caught.value)

    shutil.rmtree(own)
    with pytest.raises(KnownError, match="kommunens skabeloner til notater kan ikke findes"):
        seat.desk.notes.save(pathway, WISH, str(folder)).result()


# --- many ---------------------------------------------------------------------------------------


def jobs(*pathways: str) -> tuple[NoteJob, ...]:
    return tuple(
        NoteJob(pathway_id=each, case_number=f"2030-{number}")
        for number, each in enumerate(pathways, 1)
    )


def other(town: Town, seat: Seat) -> str:
    found = town.sends(plan(AKSEL, OTHER_EPISODE))
    seat.has(found)
    return found


def test_of_a_day_those_are_found_in_which_something_was_said_to_the_hospital(
    town: Town, seat: Seat, pathway: str
) -> None:
    today = seat.desk.now().date()
    unanswered = other(town, seat)
    seat.desk.add_note(unanswered, "Ring i morgen.").result()
    assert seat.desk.notes.candidates(today).result() == ()
    seat.reply(pathway)
    (pending,) = seat.desk.notes.candidates(today).result()
    seat.send()
    (found,) = seat.desk.notes.candidates(today).result()
    assert pending == found
    assert (found.pathway_id, found.name) == (pathway, "Karen-Margrethe Østerby Vind")
    assert found.cpr_masked == "251248-••••"
    assert found.kinds == ("discharge",)
    assert seat.desk.notes.candidates(today + dt.timedelta(days=1)).result() == ()
    assert seat.desk.notes.candidates(today - dt.timedelta(days=1)).result() == ()


def test_an_admission_report_is_said_to_the_hospital_too(
    town: Town, seat: Seat, pathway: str
) -> None:
    town.sends(admission())
    seat.desk.retry_now()
    seat.until(lambda: seat.desk.admissions.view(pathway))
    report = seat.desk.admissions.report_sent_elsewhere
    report(pathway, {}, None, "Bruger inhalator.").result()
    (found,) = seat.desk.notes.candidates(seat.desk.now().date()).result()
    assert (found.pathway_id, "admission" in found.kinds) == (pathway, True)


def test_many_notes_are_saved_with_the_words_of_their_drafts(
    town: Town, seat: Seat, pathway: str, folder: Path
) -> None:
    second = other(town, seat)
    draft = DraftView(kind=DRAFT, text="", fields={"needs": "Rollator."})
    seat.desk.save_draft(second, draft).result()
    told: list[NoteProgress] = []
    done = seat.desk.notes.save_many(
        jobs(pathway, second), WISH, str(folder), tell=told.append, is_cancelled=lambda: False
    ).result()
    assert (done.saved, done.problems, done.stopped, done.is_cancelled) == (2, (), "", False)
    assert [(each.done, each.total, each.pathway_id) for each in told] == [
        (1, 2, pathway),
        (2, 2, second),
    ]
    first, last = names(folder)
    assert "Støtte morgen og aften." not in texts((folder / first).read_bytes())
    assert "Rollator." in texts((folder / last).read_bytes())
    seat.send()
    assert len(in_journal(town, NoteExported)) == 2
    assert seat.desk.notes.folder == str(folder)


def test_one_that_cannot_be_saved_does_not_stop_the_others(
    town: Town, seat: Seat, pathway: str, folder: Path
) -> None:
    second = other(town, seat)
    (folder / "2030-03-05_notat_2030-1.docx").write_bytes(b"et andet")
    done = seat.desk.notes.save_many(
        jobs(pathway, second),
        WISH,
        str(folder),
        tell=lambda _: None,
        is_cancelled=lambda: False,
    ).result()
    assert done.saved == 1
    (problem,) = done.problems
    assert problem.pathway_id == pathway
    assert "ligger allerede en fil" in problem.problem
    assert (folder / "2030-03-05_notat_2030-1.docx").read_bytes() == b"et andet"


def test_a_batch_can_be_cancelled_and_what_was_saved_stays(
    town: Town, seat: Seat, pathway: str, folder: Path
) -> None:
    second = other(town, seat)
    told: list[NoteProgress] = []
    done = seat.desk.notes.save_many(
        jobs(pathway, second),
        WISH,
        str(folder),
        tell=told.append,
        is_cancelled=lambda: bool(told),
    ).result()
    assert (done.saved, done.is_cancelled) == (1, True)
    assert names(folder) == ["2030-03-05_notat_2030-1.docx"]
    seat.send()
    assert len(in_journal(town, NoteExported)) == 1


def test_a_full_disk_stops_a_batch_and_says_how_many_were_saved(
    town: Town,
    seat: Seat,
    pathway: str,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    second = other(town, seat)

    def fill(_: NoteProgress) -> None:
        monkeypatch.setattr("visitator.export.saving.os.fsync", refusing(errno.ENOSPC))

    done = seat.desk.notes.save_many(
        jobs(pathway, second), WISH, str(folder), tell=fill, is_cancelled=lambda: False
    ).result()
    monkeypatch.undo()
    assert (done.saved, done.is_cancelled) == (1, False)
    assert "ikke plads på disken" in done.stopped
    assert names(folder) == ["2030-03-05_notat_2030-1.docx"]


def test_closing_the_desk_ends_a_batch_after_the_note_under_way(
    town: Town, seat: Seat, pathway: str, folder: Path
) -> None:
    second = other(town, seat)
    desk = seat.desk
    closing: list[object] = []

    def close(_: NoteProgress) -> None:
        import threading

        if not closing:
            thread = threading.Thread(target=desk.close, kwargs={"wait": 0})
            closing.append(thread)
            thread.start()
            while not desk.notes.is_closed:
                pass

    done = desk.notes.save_many(
        jobs(pathway, second), WISH, str(folder), tell=close, is_cancelled=lambda: False
    ).result()
    assert (done.saved, done.is_cancelled) == (1, True)
    closing[0].join()  # type: ignore[attr-defined]
