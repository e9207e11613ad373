"""Case notes (notater) of a workstation: written, shown, saved, copied and put in the journal."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from visitator.app.inbox import Inboxes
from visitator.app.kept import Drafts
from visitator.app.note_views import (
    DRAFT,
    MOST,
    NoteCandidate,
    NoteJob,
    NoteKindView,
    NoteOffer,
    NotePreview,
    NoteProgress,
    NoteSaved,
    NotesSaved,
    NoteWish,
)
from visitator.app.views import Box, KnownError, Row, Signature
from visitator.domain.agreement import Agreement
from visitator.domain.checklist import Checklist
from visitator.domain.deadlines import COPENHAGEN
from visitator.domain.entries import (
    AdmissionReportSent,
    ConferenceAgreed,
    ConferenceMinutesReceived,
    CorrespondenceSent,
    NoteExported,
    NoteKind,
    NoteWay,
    PhoneCall,
    ReplySent,
)
from visitator.domain.pathway import Pathway
from visitator.domain.rehabilitation import link_of
from visitator.export.errors import (
    DiskFullError,
    FileThereError,
    FolderGoneError,
    PagesError,
)
from visitator.export.html import as_html
from visitator.export.note import Author, Note
from visitator.export.notes import Order, OwnWords, kinds_for, own_words_in, write_note
from visitator.export.pages import PageMaker
from visitator.export.saving import Saved, exported, file_name, save, save_all
from visitator.export.text import as_text
from visitator.resources import resource_folder
from visitator.store import Store

if TYPE_CHECKING:
    from visitator.export.word import NoteTemplate

_NOTED = (
    ReplySent,
    CorrespondenceSent,
    AdmissionReportSent,
    PhoneCall,
    ConferenceAgreed,
    ConferenceMinutesReceived,
)
"""What is said to or agreed with a hospital must become a note (notatpligt, casenote §1)."""
_NOTED_KINDS = frozenset(str(body.__struct_config__.tag) for body in _NOTED)

_NO_PATHWAY = "Forløbet findes ikke længere på denne computer. Der er ikke skrevet noget notat."
_NO_PURPOSE = "Skriv, hvad notatet skal bruges til. Intet er gemt."
_NO_TEMPLATES = (
    "Mappen {folder} med kommunens skabeloner til notater kan ikke findes. Der er ikke skrevet"
    " noget notat. Se efter, om netværket er der, eller tal med den, der driver computeren."
)
_NOT_LOGGED = (
    "{name} er gemt i mappen, men det kunne ikke skrives i journalen: {why} Gem notatet igen."
)

Record = Callable[[str, NoteExported], object]
"""Puts in the journal that a note of a pathway has left."""


class Notes:
    """The notes one user writes.

    Args:
        store: whose pathways.
        user: who acts, and whose pending work is part of a pathway.
        drafts: of this user.
        inboxes: the lists pathways are chosen from.
        agreement: the profile in force.
        checklist: of that profile; None where it has none.
        names: the name of each user that is known.
        clock: the present instant, aware.
        municipality: its name (kommune); may be empty.
        signature: how this user signs now.
        templates: the folder of the municipality's own; None without one.
    """

    def __init__(
        self,
        store: Store,
        *,
        user: str,
        drafts: Drafts,
        inboxes: Inboxes,
        agreement: Agreement,
        checklist: Checklist | None,
        names: Mapping[str, str],
        clock: Callable[[], dt.datetime],
        municipality: str,
        signature: Callable[[], Signature],
        templates: Path | None,
    ) -> None:
        self._store = store
        self._user = user
        self._drafts = drafts
        self._inboxes = inboxes
        self._agreement = agreement
        self._checklist = checklist
        self._names = names
        self._clock = clock
        self._municipality = municipality
        self._signature = signature
        self._templates = templates
        self._pages = PageMaker()

    def stop(self) -> None:
        """Nobody waits for a preview any more; may be called from another thread."""
        self._pages.stop()

    def close(self) -> None:
        """Delete what showing pages has left."""
        self._pages.close()

    # --- what there is to write -----------------------------------------------------------------

    def offer(self, pathway_id: str) -> NoteOffer | None:
        """What a note of a pathway can be; None when there is no such pathway.

        Raises:
            StoreError: it could not be read.
        """
        pathway = self._store.pathway(pathway_id, self._user)
        if pathway is None:
            return None
        return NoteOffer(
            pathway_id=pathway_id,
            kinds=tuple(map(kind_view, kinds_for(pathway))),
            case_number=_case_number(pathway),
            author=self.author,
            draft=self._drafts.find(pathway_id, DRAFT),
        )

    @property
    def author(self) -> str:
        """Name and title of who would sign."""
        author = self._author()
        return ", ".join(part for part in (author.name, author.title) if part)

    def done_on(self, day: dt.date) -> tuple[NoteCandidate, ...]:
        """The pathways in which something was said or agreed on a day (Danish), in that order.

        Raises:
            StoreError: it could not be read.
        """
        since = dt.datetime.combine(day, dt.time(), COPENHAGEN)
        until = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), COPENHAGEN)
        found = self._store.acted_on(_NOTED_KINDS, since, until, self._user)[:MOST]
        rows = (self._inboxes.row(pathway_id) for pathway_id in found)
        return tuple(self._candidates(row for row in rows if row is not None))

    def listed_in(self, box: Box) -> tuple[NoteCandidate, ...]:
        """The first pathways of a list, at most `MOST`.

        Raises:
            StoreError: it could not be read.
        """
        return tuple(self._candidates(iter(self._inboxes.rows(box, 0, MOST))))

    def _candidates(self, rows: Iterator[Row]) -> Iterator[NoteCandidate]:
        for row in rows:
            pathway = self._store.pathway(row.pathway_id, self._user)
            if pathway is not None:
                draft = self._drafts.find(row.pathway_id, DRAFT)
                yield NoteCandidate(
                    pathway_id=row.pathway_id,
                    name=row.name,
                    cpr_masked=row.cpr_masked,
                    ward=row.ward,
                    case_number=(draft.subject if draft else "") or _case_number(pathway),
                    kinds=tuple(kind.value for kind in kinds_for(pathway)),
                )

    # --- one note -------------------------------------------------------------------------------

    def preview(self, pathway_id: str, wish: NoteWish, dots: int) -> NotePreview:
        """The note as it will look, its pages with so many dots per inch.

        Raises:
            KnownError: there is no such pathway.
            ExportError: there is no template that can be used.
            StoreError: the pathway could not be read.
        """
        from visitator.export.word import render

        note = self._note(pathway_id, wish)
        document = render(note, self._template(note.kind))
        try:
            pages, why = self._pages.pages(document, dots), ""
        except PagesError as error:
            pages, why = (), str(error)
        return NotePreview(pages=pages, html=as_html(note), why_no_pages=why)

    def save(
        self, pathway_id: str, wish: NoteWish, folder: Path, record: Record, *, replace: bool
    ) -> NoteSaved:
        """Save the note as a file and put that in the journal.

        A note that is signed is finished: what its author wrote in it is no draft any more.

        Raises:
            KnownError: there is no such pathway, or no purpose, or the journal said no.
            ExportError: it could not be written or saved; nothing has happened.
            StoreError: the pathway could not be read.
        """
        from visitator.export.word import render

        _require_purpose(wish)
        note = self._note(pathway_id, wish)
        name = file_name(note)
        document = render(note, self._template(note.kind))
        try:
            saved = save(note, document, folder, replace=replace)
        except FileThereError:
            return NoteSaved(name=name, folder=str(folder), is_there=True)
        _log(pathway_id, saved, record)
        self._leave_draft(pathway_id, wish)
        return NoteSaved(name=name, folder=str(folder))

    def text(self, pathway_id: str, wish: NoteWish, record: Record) -> str:
        """The note as plain text, and in the journal that it was copied.

        Raises:
            KnownError: there is no such pathway, or no purpose.
            StoreError: the pathway could not be read, or the journal not written.
        """
        _require_purpose(wish)
        note = self._note(pathway_id, wish)
        record(pathway_id, exported(note, NoteWay.TEXT))
        return as_text(note)

    def printed(self, pathway_id: str, wish: NoteWish, record: Record) -> None:
        """Put in the journal that the note was printed.

        Raises:
            KnownError: there is no such pathway, or no purpose.
            StoreError: the pathway could not be read, or the journal not written.
        """
        _require_purpose(wish)
        record(pathway_id, exported(self._note(pathway_id, wish), NoteWay.PRINT))

    # --- many notes -----------------------------------------------------------------------------

    def save_many(
        self,
        jobs: tuple[NoteJob, ...],
        wish: NoteWish,
        folder: Path,
        record: Record,
        *,
        tell: Callable[[NoteProgress], object],
        is_cancelled: Callable[[], bool],
    ) -> NotesSaved:
        """Save the notes of many pathways one by one, each with the words in its draft.

        Args:
            jobs: whose notes, and under which case number each.
            wish: what they are; its case number and its words are not looked at.
            folder: an existing one.
            record: puts each in the journal.
            tell: told of each that is done, in this thread.
            is_cancelled: asked before each.

        Raises:
            KnownError: there is no purpose, or the journal said no; what was saved stays.
            ExportError: there is no template that can be used.
            StoreError: a pathway could not be read.
        """
        from visitator.export.word import render

        _require_purpose(wish)
        template = self._template(msgspec.convert(wish.kind, NoteKind))
        problems: list[NoteProgress] = []
        saved, stopped = 0, ""
        steps = save_all(
            (partial(self._one_of_many, job, wish) for job in jobs),
            lambda note: render(note, template),
            folder,
            total=len(jobs),
            is_cancelled=is_cancelled,
        )
        try:
            for step in steps:
                job = jobs[step.done - 1]
                if step.saved is not None:
                    _log(job.pathway_id, step.saved, record)
                    self._leave_draft(job.pathway_id, wish)
                    saved += 1
                progress = NoteProgress(
                    pathway_id=job.pathway_id,
                    done=step.done,
                    total=step.total,
                    problem=step.problem,
                )
                if step.problem:
                    problems.append(progress)
                tell(progress)
        except (DiskFullError, FolderGoneError) as error:
            stopped = str(error)
        return NotesSaved(
            saved=saved,
            problems=tuple(problems),
            stopped=stopped,
            is_cancelled=not stopped and saved + len(problems) < len(jobs),
        )

    def _one_of_many(self, job: NoteJob, wish: NoteWish) -> Note:
        draft = self._drafts.find(job.pathway_id, DRAFT)
        own = draft.fields if draft is not None else {}
        one = msgspec.structs.replace(wish, case_number=job.case_number, own=own)
        return self._note(job.pathway_id, one)

    # --- inside ---------------------------------------------------------------------------------

    def _note(self, pathway_id: str, wish: NoteWish) -> Note:
        pathway = self._store.pathway(pathway_id, self._user)
        if pathway is None:
            raise KnownError(_NO_PATHWAY)
        kind = msgspec.convert(wish.kind, NoteKind)
        link = link_of(pathway)
        own = {field: wish.own.get(field, "").strip() for field in own_words_in(kind)}
        order = Order(
            kind=kind,
            case_number=wish.case_number.strip(),
            purpose=wish.purpose.strip(),
            author=self._author(),
            municipality=self._municipality,
            own=OwnWords(**own),
            with_cpr=wish.with_cpr,
            is_signed=wish.is_signed,
        )
        return write_note(
            pathway,
            order,
            agreement=self._agreement,
            checklist=self._checklist,
            names=self._names,
            now=self._clock(),
            linked=self._store.pathway(link, self._user) if link else None,
        )

    def _leave_draft(self, pathway_id: str, wish: NoteWish) -> None:
        """Keep what is still to be written on; the case number is in the journal now."""
        draft = self._drafts.find(pathway_id, DRAFT)
        if draft is not None:
            done = own_words_in(msgspec.convert(wish.kind, NoteKind)) if wish.is_signed else ()
            rest = {code: text for code, text in draft.fields.items() if code not in done}
            left = msgspec.structs.replace(draft, subject="", fields=rest)
            self._drafts.save(pathway_id, left, self._clock())

    def _author(self) -> Author:
        signed = self._signature()
        name = signed.name or self._names.get(self._user, self._user)
        return Author(name=name, title=signed.title, telephone=signed.telephone)

    def _template(self, kind: NoteKind) -> "NoteTemplate":
        """The municipality's own, else the program's; checked each time, for it may be changed."""
        from visitator.export.word import load_template

        if self._templates is not None and not self._templates.is_dir():
            raise KnownError(_NO_TEMPLATES.format(folder=self._templates))
        own = [self._templates] if self._templates is not None else []
        return load_template(kind, [*own, resource_folder("templates")])


def kind_view(kind: NoteKind) -> NoteKindView:
    """A kind of note for the screen."""
    return NoteKindView(code=kind.value, label=kind.label, own=own_words_in(kind))


def _case_number(pathway: Pathway) -> str:
    """What the last note of the pathway was filed under."""
    notes = [each.body for each in pathway.timeline if isinstance(each.body, NoteExported)]
    return next((note.case_number for note in reversed(notes) if note.case_number), "")


def _require_purpose(wish: NoteWish) -> None:
    if not wish.purpose.strip():
        raise KnownError(_NO_PURPOSE)


def _log(pathway_id: str, saved: Saved, record: Record) -> None:
    """Put a saved note in the journal; that it could not be does not make the file go away."""
    try:
        record(pathway_id, saved.entry)
    except KnownError as error:
        raise KnownError(_NOT_LOGGED.format(name=saved.file.name, why=error)) from error
