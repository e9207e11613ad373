"""What the list of admissions says, and the words its page shares with it."""

import datetime as dt

from ui import words
from ui.admission.rows import AdmissionGroup
from ui.inbox.wording import Chip, Lines, Piece, deadline_tone
from ui.theme import Tone
from ui.translation import mark, term, tr
from visitator.app.admission_views import AdmissionFlag, AdmissionGroupKind, AdmissionRow, Spoken
from visitator.app.views import Box, Deadline, Point

_HEADINGS = {
    AdmissionGroupKind.REPORT_DUE: mark("Indlæggelsesrapport – frist"),
    AdmissionGroupKind.ADMITTED: mark("Indlagt nu"),
    AdmissionGroupKind.ENDED: mark("Ikke længere indlagt"),
}

FLAGS: dict[AdmissionFlag, tuple[str, Tone]] = {
    AdmissionFlag.UNDELIVERED: (mark("rapport ikke leveret"), Tone.OVERDUE),
    AdmissionFlag.CANCELLED: (mark("advis annulleret"), Tone.NEUTRAL),
    AdmissionFlag.DEAD: (mark("død"), Tone.NEUTRAL),
    AdmissionFlag.FUTURE: (mark("indlægges senere"), Tone.DUE),
    AdmissionFlag.MUST_REPORT: (mark("skal udfyldes"), Tone.DUE),
    AdmissionFlag.NIGHT: (mark("nattevagt"), Tone.WAITING),
    AdmissionFlag.LEAVE: (mark("på orlov"), Tone.WAITING),
    AdmissionFlag.READMISSION: (mark("genindlagt"), Tone.DUE),
    AdmissionFlag.BY_HAND: (mark("uden advis"), Tone.DUE),
    AdmissionFlag.CORRECTED: (mark("advis rettet"), Tone.WAITING),
    AdmissionFlag.MOVED: (mark("flyttet"), Tone.WAITING),
    AdmissionFlag.TREATMENT_ENDED: (mark("færdigbehandlet"), Tone.TREATED),
    AdmissionFlag.REPLACEMENT_CPR: (mark("erstatnings-CPR"), Tone.NEUTRAL),
    AdmissionFlag.UNKNOWN_WARD: (mark("afdeling ikke oplyst"), Tone.NEUTRAL),
    AdmissionFlag.NO_EPISODE: (mark("uden forløbs-ID"), Tone.NEUTRAL),
    AdmissionFlag.UNKNOWN_CITIZEN: (mark("ukendt borger"), Tone.NEUTRAL),
    AdmissionFlag.PENDING: (mark("venter på at blive sendt"), Tone.WAITING),
}
"""The most serious first: the end of a long line is cut off."""

_ONLY_ON_THE_PAGE = {
    AdmissionFlag.NO_EPISODE,
    AdmissionFlag.UNKNOWN_CITIZEN,
    AdmissionFlag.UNKNOWN_WARD,
    AdmissionFlag.REPLACEMENT_CPR,
}
"""The row says the same otherwise, or there is nothing to be done about it from the list."""

_CHIPS = {
    AdmissionFlag.TREATMENT_ENDED: (mark("Færdigbeh."), Tone.TREATED),
    AdmissionFlag.LEAVE: (mark("Orlov"), Tone.WAITING),
}


def empty(box: Box) -> tuple[str, str]:
    """What an empty list says: a line, and what will come here and from where."""
    if box is Box.ALL:
        return tr("Ingen indlæggelser"), tr("Her står alle indlæggelser, også de afsluttede.")
    return (
        tr("Ingen er indlagt"),
        tr("Indlæggelser kommer her, når sygehuset sender et indlæggelsesadvis."),
    )


def heading(group: AdmissionGroup, now: dt.datetime) -> str:
    """``Indlagt nu``; the same at any time."""
    del now
    return tr(_HEADINGS[group.kind])


def chip(row: AdmissionRow, now: dt.datetime) -> Chip | None:
    """The deadline counted down, else the day in hospital; None where there is neither."""
    if row.deadline is not None:
        return _deadline_chip(row.deadline, now)
    if row.group is AdmissionGroupKind.ENDED:
        return None
    for flag, (text, tone) in _CHIPS.items():
        if flag in row.flags:
            return Chip(tr(text), tone)
    return Chip(tr("Dag {number}", number=row.day), Tone.NEUTRAL) if row.day else None


def _deadline_chip(deadline: Deadline, now: dt.datetime) -> Chip:
    if deadline.due is None:
        is_none = deadline.status == "none"
        text = tr("ingen fast frist") if is_none else tr("frist ikke oplyst")
        return Chip(text, Tone.NEUTRAL)
    return Chip(words.countdown(deadline.due, now), deadline_tone(deadline.due, now))


def second_line(row: AdmissionRow, now: dt.datetime) -> list[Piece]:
    """``Indlagt i dag 03.47``, what should be noticed, and until when the report is to be sent."""
    pieces = []
    if row.deadline is None and row.version:
        plan = tr("Plejeforløbsplan v{number}", number=row.version)
        pieces += [Piece(plan), Piece(" · "), Piece(term(row.state))]
    else:
        pieces.append(Piece(_stay(row), strong=True))
        if row.admitted is not None:
            pieces.append(Piece(f" {_short(row.admitted, now)}"))
    if row.missing:
        missing = tr("{count} mangler", count=row.missing)
        pieces += [Piece(" · "), Piece(missing, tone=Tone.OVERDUE)]
    said = {flag for flag in _CHIPS if row.deadline is None and flag in row.flags}
    for flag, (text, tone) in FLAGS.items():
        if flag in row.flags and flag not in said | _ONLY_ON_THE_PAGE:
            pieces += [Piece(" · "), Piece(tr(text), tone=None if tone is Tone.NEUTRAL else tone)]
    if row.deadline is not None and row.deadline.due is not None:
        text = tr("suppler inden {when}", when=words.at_clock(row.deadline.due, now))
        pieces += [Piece(" · "), Piece(text)]
    return pieces


def _stay(row: AdmissionRow) -> str:
    """The stay; where a plan's answer stands, that says more than that they are in hospital."""
    is_over = row.group is AdmissionGroupKind.ENDED
    return term(row.state) if is_over else tr("Indlagt")


def _short(moment: Point, now: dt.datetime) -> str:
    """``i dag 03.47``, ``fre 20/11``."""
    day = words.day(moment.date, now)
    return day if moment.time is None else f"{day} {words.clock(moment.time)}"


def name(row: AdmissionRow) -> str:
    """The citizen's name; in words when it is not known."""
    return row.name or tr("Navn ikke oplyst")


def ward(row: AdmissionRow) -> str:
    """Hospital and ward; in words when they are not known."""
    return row.ward or tr("afdeling ikke oplyst")


def progress(row: AdmissionRow) -> str:
    """``tjekliste 6/11``; empty before anybody has begun, and where there is no checklist."""
    if not row.done:
        return ""
    return tr("tjekliste {done}/{total}", done=row.done, total=row.total)


def owner(row: AdmissionRow) -> str:
    """``Anne H.`` or ``Ikke tildelt``; empty where one is not told."""
    if not row.is_owner_told:
        return ""
    if row.owner is None:
        return tr("Ikke tildelt")
    return words.short_name(row.owner_name or row.owner)


def lines(row: AdmissionRow, now: dt.datetime) -> Lines:
    """The row as it is drawn."""
    return Lines(
        name=name(row),
        number=row.cpr_masked,
        chip=chip(row, now),
        pieces=tuple(second_line(row, now)),
        left=ward(row),
        after=progress(row),
        right=owner(row),
        between="",
    )


def spoken(row: AdmissionRow, now: dt.datetime) -> str:
    """The whole row in one sentence, for those who hear the list."""
    shown = chip(row, now)
    second = "".join(piece.text for piece in second_line(row, now)).replace(" · ", ", ")
    parts = [name(row), row.cpr_masked, "" if shown is None else shown.text, second]
    parts += [ward(row), progress(row), owner(row)]
    return ", ".join(part for part in parts if part)


# --- shared with the page -------------------------------------------------------------------------


def report_words(row: AdmissionRow, now: dt.datetime) -> tuple[str, Tone]:
    """What the page says of the report and its deadline, and in which tone."""
    deadline = row.deadline
    if deadline is None:
        return tr("Indlæggelsesrapport: {state}", state=term(row.report)), Tone.NEUTRAL
    if deadline.due is None:
        if deadline.status == "none":
            return tr("Indlæggelsesrapport: ingen fast frist"), Tone.NEUTRAL
        return tr("Indlæggelsesrapport: frist ikke oplyst"), Tone.NEUTRAL
    tone = deadline_tone(deadline.due, now)
    if tone is Tone.OVERDUE:
        late = words.countdown(deadline.due, now)
        return tr("Indlæggelsesrapportens frist overskredet · {late}", late=late), tone
    when = words.at_clock(deadline.due, now)
    left = words.duration(words.left(deadline.due, now))
    return tr("Indlæggelsesrapport suppleres inden {when} · {left}", when=when, left=left), tone


def said_by(said: Spoken, now: dt.datetime) -> str:
    """``Sofie N. i dag 03.52``, and that it waits when it does."""
    text = f"{words.short_name(said.who)} {words.at(said.at, now)}"
    return f"{text} · {tr('venter på at blive sendt')}" if said.is_pending else text
