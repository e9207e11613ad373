"""What the list of rehabilitation courses says, and the words its page shares with it."""

import datetime as dt

from ui import words
from ui.inbox.wording import Chip, Lines, Piece, discharge, start_tone
from ui.rehabilitation.rows import RehabilitationGroup
from ui.theme import Tone
from ui.translation import mark, term, tr, tr_count
from visitator.app.rehabilitation_views import (
    RehabilitationFlag,
    RehabilitationGroupKind,
    RehabilitationRow,
)
from visitator.app.views import Box, Deadline

_HEADINGS = {
    RehabilitationGroupKind.OVERDUE: mark("Seneste opstart overskredet"),
    RehabilitationGroupKind.TO_START: mark("Venter på os"),
    RehabilitationGroupKind.AWAITS_DISCHARGE: mark("Venter på sygehusets udskrivelsesdato"),
    RehabilitationGroupKind.ELSEWHERE: mark("Varetages af sygehus eller region"),
    RehabilitationGroupKind.STARTED: mark("Startet"),
    RehabilitationGroupKind.ENDED: mark("Afsluttet"),
}

FLAGS: dict[RehabilitationFlag, tuple[str, Tone]] = {
    RehabilitationFlag.UNDELIVERED: (mark("spørgsmål ikke leveret"), Tone.OVERDUE),
    RehabilitationFlag.CAME_LATE: (mark("planen kom efter fristen"), Tone.OVERDUE),
    RehabilitationFlag.LATE: (mark("startet efter fristen"), Tone.OVERDUE),
    RehabilitationFlag.TRANSPORT: (mark("befordring mangler"), Tone.DUE),
    RehabilitationFlag.NO_DISCHARGE: (mark("udskrivelsesdato mangler"), Tone.DUE),
    RehabilitationFlag.UNKNOWN_LEVEL: (mark("ukendt type"), Tone.DUE),
    RehabilitationFlag.OWN_DEADLINE: (mark("egen tidsfrist"), Tone.DUE),
    RehabilitationFlag.POSTPONED: (mark("udsat"), Tone.DUE),
    RehabilitationFlag.AWAITS_ANSWER: (mark("afventer svar fra sygehuset"), Tone.WAITING),
    RehabilitationFlag.IN_HOSPITAL: (mark("stadig indlagt"), Tone.WAITING),
    RehabilitationFlag.NEW_VERSION: (mark("ny version"), Tone.WAITING),
    RehabilitationFlag.HOSPITAL: (mark("sygehuset træner"), Tone.NEUTRAL),
    RehabilitationFlag.REGION: (mark("regionens opgave"), Tone.NEUTRAL),
    RehabilitationFlag.EXPECTED_DISCHARGE: (mark("forventet udskrivelse"), Tone.NEUTRAL),
    RehabilitationFlag.UNLINKED: (mark("ikke knyttet til indlæggelse"), Tone.NEUTRAL),
    RehabilitationFlag.UNKNOWN_CITIZEN: (mark("ukendt borger"), Tone.NEUTRAL),
    RehabilitationFlag.PENDING: (mark("venter på at blive sendt"), Tone.WAITING),
}
"""The most serious first: the end of a long line is cut off."""

_ONLY_ON_THE_PAGE = {
    RehabilitationFlag.UNKNOWN_CITIZEN,
    RehabilitationFlag.UNLINKED,
    RehabilitationFlag.EXPECTED_DISCHARGE,
}


def empty(box: Box) -> tuple[str, str]:
    """What an empty list says: a line, and what will come here and from where."""
    if box is Box.ALL:
        return tr("Ingen genoptræningsplaner"), tr("Her står alle planer, også de afsluttede.")
    return (
        tr("Ingen genoptræningsplaner i gang"),
        tr("Planer kommer her, når sygehuset sender dem. Ret evt. valget af niveau og trin."),
    )


def heading(group: RehabilitationGroup, now: dt.datetime) -> str:
    """``Venter på os``; the same at any time."""
    del now
    return tr(_HEADINGS[group.kind])


def countdown(days: int) -> str:
    """``om 7 dage``, ``i dag``, ``2 dage over``: calendar days to the latest start."""
    if days == 0:
        return tr("i dag")
    if days < 0:
        return tr_count("{count} dag over", "{count} dage over", -days)
    return tr_count("om {count} dag", "om {count} dage", days)


def chip(row: RehabilitationRow, now: dt.datetime) -> Chip | None:
    """The days to the latest start; None where nothing is to be started."""
    if row.deadline is not None and row.days_left is not None:
        return Chip(countdown(row.days_left), start_tone(row.days_left))
    if row.deadline is not None:
        return Chip(tr("frist ikke kendt"), Tone.NEUTRAL)
    return None


def second_line(row: RehabilitationRow, now: dt.datetime) -> list[Piece]:
    """How far it is, what should be noticed, and the discharge."""
    pieces = [Piece(term(row.state), strong=True)]
    for flag, (text, tone) in FLAGS.items():
        if flag in row.flags and flag not in _ONLY_ON_THE_PAGE:
            pieces.append(Piece(tr(text), tone=None if tone is Tone.NEUTRAL else tone))
    if row.started is not None:
        pieces.append(Piece(tr("startet {when}", when=words.day(row.started, now))))
    elif row.start is not None:
        pieces.append(Piece(tr("opstart {when}", when=words.point(row.start, now))))
    elif row.discharge is not None:
        is_expected = RehabilitationFlag.EXPECTED_DISCHARGE in row.flags
        pieces.append(Piece(discharge(row.discharge, now, is_expected=is_expected)))
    return pieces


def name(row: RehabilitationRow) -> str:
    """The citizen's name; in words when it is not known."""
    return row.name or tr("Navn ikke oplyst")


def owner(row: RehabilitationRow) -> str:
    """``Anne H.`` or ``Ikke tildelt``."""
    if row.owner is None:
        return tr("Ikke tildelt")
    return words.short_name(row.owner_name or row.owner)


def lines(row: RehabilitationRow, now: dt.datetime) -> Lines:
    """The row as it is drawn."""
    return Lines(
        name=name(row),
        number=row.cpr_masked,
        chip=chip(row, now),
        pieces=tuple(second_line(row, now)),
        left=term(row.level),
        after="",
        right=owner(row),
    )


def spoken(row: RehabilitationRow, now: dt.datetime) -> str:
    """The whole row in one sentence, for those who hear the list."""
    shown = chip(row, now)
    second = [piece.text for piece in second_line(row, now)]
    parts = [name(row), row.cpr_masked, "" if shown is None else shown.text, *second]
    return ", ".join(part for part in [*parts, term(row.level), owner(row)] if part)


# --- shared with the page -------------------------------------------------------------------------


def start_words(row: RehabilitationRow, now: dt.datetime) -> tuple[str, Tone]:
    """What the page says of the latest start, and in which tone."""
    if row.started is not None:
        return tr("Startet {when}", when=words.day(row.started, now)), Tone.NEUTRAL
    if row.hospital_due is not None:
        when = words.day(row.hospital_due, now)
        return tr("Sygehuset starter senest {when}", when=when), Tone.NEUTRAL
    if row.deadline is None:
        return term(row.state), Tone.NEUTRAL
    return due_words(row.deadline, now)


def due_words(deadline: Deadline, now: dt.datetime) -> tuple[str, Tone]:
    """The latest start in whole days, and in which tone."""
    if deadline.due is None:
        return tr("Seneste opstart er ikke kendt"), Tone.DUE
    days = (deadline.due.date() - now.date()).days
    when, left = words.day(deadline.due.date(), now), countdown(days)
    if days < 0:
        text = tr("Seneste opstart var {when} · {left}", when=when, left=left)
    elif days == 0:
        text = tr("Seneste opstart {when}", when=when)
    else:
        text = tr("Seneste opstart {when} · {left}", when=when, left=left)
    return text, start_tone(days)
