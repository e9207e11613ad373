"""What a row and a heading of the list say."""

import datetime as dt

import msgspec

from ui import words
from ui.theme import Tone
from ui.translation import mark, term, tr
from visitator.app.views import Box, Deadline, Flag, Found, Group, GroupKind, Point, Row

_SOON = 2
"""Days before the latest start of rehabilitation at which it is drawn in its own colour."""
_MARK_OPENS, _MARK_CLOSES = "\x02", "\x03"


class Piece(msgspec.Struct, frozen=True):
    """A piece of a line in one style."""

    text: str
    strong: bool = False
    tone: Tone | None = None


class Chip(msgspec.Struct, frozen=True):
    """The word at the right end of a row's first line."""

    text: str
    tone: Tone


class Lines(msgspec.Struct, frozen=True):
    """What a drawn row says."""

    name: str
    number: str
    """The masked CPR number; empty when there is none."""
    chip: Chip | None
    pieces: tuple[Piece, ...]
    """The second line."""
    left: str
    """Of the third line; shortened where there is no room."""
    after: str
    """Follows it, whole."""
    right: str
    between: str = " · "
    """What stands between two pieces."""


class Heading(msgspec.Struct, frozen=True):
    """What a drawn heading says."""

    text: str
    count: int


_HEADINGS = {
    GroupKind.UNDELIVERED: mark("Svaret nåede ikke sygehuset"),
    GroupKind.OVERDUE: mark("Svarfrist overskredet"),
    GroupKind.NO_DEADLINE: mark("Skal besvares – uden fast frist"),
    GroupKind.TO_START: mark("Genoptræning – opstart senest"),
    GroupKind.NEW_ANSWER: mark("Nyt fra sygehuset"),
    GroupKind.AWAITING: mark("Afventer sygehus"),
    GroupKind.COORDINATION: mark("Udvidet koordinering"),
    GroupKind.AGREED: mark("Aftale om udskrivelse"),
    GroupKind.ANSWERED: mark("Besvaret med kommentar – ingen aftale"),
    GroupKind.OTHER: mark("Uden plejeforløbsplan"),
    GroupKind.CLOSED: mark("Afsluttet"),
}

_CHIPS = {
    GroupKind.UNDELIVERED: (mark("Ikke leveret"), Tone.OVERDUE),
    GroupKind.NEW_ANSWER: (mark("Nyt svar"), Tone.WAITING),
    GroupKind.AGREED: (mark("Aftalt"), Tone.DONE),
    GroupKind.ANSWERED: (mark("Besvaret"), Tone.NEUTRAL),
    GroupKind.CLOSED: (mark("Afsluttet"), Tone.NEUTRAL),
}

_FLAGS: dict[Flag, tuple[str, Tone | None]] = {
    Flag.UNDELIVERED: (mark("svar ikke leveret"), Tone.OVERDUE),
    Flag.WITHOUT_AGREEMENT: (mark("udskrevet uden aftale"), Tone.OVERDUE),
    Flag.AGREEMENT_SUPERSEDED: (mark("erstattet – skal besvares igen"), Tone.DUE),
    Flag.NEW_LETTER: (mark("nyt brev"), Tone.WAITING),
    Flag.PENDING: (mark("venter på at blive sendt"), Tone.WAITING),
    Flag.UNKNOWN_CITIZEN: (mark("ukendt borger"), None),
    Flag.CONFERENCE: (mark("konference ønskes"), None),
    Flag.LATE_PLAN: (mark("sen plan"), Tone.DUE),
    Flag.TREATMENT_ENDED: (mark("færdigbehandlet"), Tone.TREATED),
}
"""The most serious first: the end of a long line is cut off."""

_SAID_BY_THE_GROUP = {
    (Flag.UNDELIVERED, GroupKind.UNDELIVERED),
    (Flag.NEW_LETTER, GroupKind.NEW_ANSWER),
    (Flag.NEW_LETTER, GroupKind.TO_START),
}

_EMPTY: dict[Box, tuple[str, str]] = {
    Box.INBOX: (
        mark("Intet at besvare"),
        mark("Plejeforløbsplaner og svar fra sygehusene kommer her, når de er hentet."),
    ),
    Box.MINE: (
        mark("Intet er tildelt dig"),
        mark("Her står det, du eller en kollega har tildelt dig, og som skal besvares."),
    ),
    Box.COLLEAGUES: (
        mark("Kollegerne har intet at besvare"),
        mark("Her står det, der er tildelt en kollega, og som skal besvares."),
    ),
    Box.UNASSIGNED: (
        mark("Alt er tildelt"),
        mark("Her står det, der skal besvares, og som ingen har taget."),
    ),
    Box.AWAITING: (
        mark("Ingen svar ventes"),
        mark("Her står spørgsmål og ønsker om koordinering, som sygehuset skal svare på."),
    ),
    Box.AGREED: (
        mark("Ingen aftaler endnu"),
        mark("Her står aftaler om udskrivelse og planer, der er besvaret med en kommentar."),
    ),
    Box.ALL: (
        mark("Ingen forløb"),
        mark("Her står alle forløb, også de afsluttede."),
    ),
}


def empty(box: Box) -> tuple[str, str]:
    """What an empty list says: a line, and what will come here and from where."""
    title, text = _EMPTY[box]
    return tr(title), tr(text)


def heading(group: Group, now: dt.datetime) -> str:
    """``Svar senest i dag kl. 11.00``."""
    if group.kind is GroupKind.DUE and group.day is not None:
        return tr("Svar senest {when}", when=words.due(group.day, group.time, now.date()))
    return tr(_HEADINGS.get(group.kind, mark("Skal besvares")))


def chip(row: Row, now: dt.datetime) -> Chip | None:
    """What the row's chip says at `now`; None when there is nothing to say."""
    if row.deadline is not None and row.deadline.status != "none":
        return _start_chip(row.deadline, now) if row.level else _deadline_chip(row.deadline, now)
    if row.group is GroupKind.NEW_ANSWER and Flag.NEW_LETTER in row.flags:
        return Chip(tr("Nyt brev"), Tone.WAITING)
    if row.group in _CHIPS:
        text, tone = _CHIPS[row.group]
        return Chip(tr(text), tone)
    if row.hospital_due is not None and row.group is GroupKind.AWAITING:
        is_late = deadline_tone(row.hospital_due, now) is Tone.OVERDUE
        tone = Tone.OVERDUE if is_late else Tone.WAITING
        return Chip(words.countdown(row.hospital_due, now), tone)
    if row.awaiting_since is not None:
        since = words.at(row.awaiting_since, now)
        return Chip(tr("siden {when}", when=since), Tone.WAITING)
    return None


def _deadline_chip(deadline: Deadline, now: dt.datetime) -> Chip:
    """A deadline counted down; in words where it is not known."""
    if deadline.due is None:
        return Chip(tr("frist ikke oplyst"), Tone.NEUTRAL)
    tone = deadline_tone(deadline.due, now)
    if deadline.is_whole_day:
        return Chip(words.countdown_day(deadline.due.date(), now), tone)
    return Chip(words.countdown(deadline.due, now), tone)


def _start_chip(deadline: Deadline, now: dt.datetime) -> Chip:
    """The latest start of rehabilitation, which is a day."""
    if deadline.due is None:
        return Chip(tr("frist ikke kendt"), Tone.NEUTRAL)
    day = deadline.due.date()
    return Chip(words.countdown_day(day, now), start_tone((day - now.date()).days))


def start_tone(days: int) -> Tone:
    """Of the latest start of rehabilitation in so many days: passed, near or ahead."""
    if days < 0:
        return Tone.OVERDUE
    return Tone.DUE if days <= _SOON else Tone.NEUTRAL


def deadline_tone(due: dt.datetime, now: dt.datetime) -> Tone:
    """Overdue, due today or ahead."""
    if words.left(due, now) < dt.timedelta(0):
        return Tone.OVERDUE
    return Tone.DUE if due.date() == now.date() else Tone.NEUTRAL


def second_line(row: Row, now: dt.datetime) -> list[Piece]:
    """Kind, flags, and discharge or the beginning of the hospital's letter."""
    kind = term(row.kind.value)
    if Flag.NEW_VERSION in row.flags:
        kind = f"{kind} · {tr('ny version')}"
    pieces = [Piece(kind, strong=True)]
    for flag, (text, tone) in _FLAGS.items():
        is_said = (flag, row.group) in _SAID_BY_THE_GROUP
        if flag in row.flags and not is_said:
            pieces.append(Piece(tr(text), tone=tone))
    if row.level:
        pieces += _training(row, now)
    elif row.snippet:
        pieces.append(Piece(f"«{row.snippet}»"))
    elif row.planned_discharge is not None:
        pieces.append(Piece(_discharge(row.planned_discharge, Flag.WEEKEND in row.flags, now)))
    return pieces


def _training(row: Row, now: dt.datetime) -> list[Piece]:
    """``almen genoptræning · udskrevet ma 23/11``."""
    said = [term(row.level)]
    if row.discharge is not None:
        said.append(discharge(row.discharge, now, is_expected=row.is_discharge_expected))
    return [Piece(each) for each in said]


def discharge(day: dt.date, now: dt.datetime, *, is_expected: bool) -> str:
    """Whether a discharge has been, as far as anybody has said so."""
    today = now.date()
    if day > today or (is_expected and day == today):
        return tr("udskrives {when}", when=words.day(day, now))
    # The row is short, and the weekday of what has been tells nothing.
    when = tr("i dag") if day == today else words.date_number(day, today)
    if is_expected:
        return tr("ventet udskrevet {when}", when=when)
    return tr("udskrevet {when}", when=when)


def _discharge(planned: Point, is_weekend: bool, now: dt.datetime) -> str:
    when = words.point(planned, now)
    if is_weekend:
        return tr("udskrives {when} (weekend)", when=when)
    return tr("udskrives {when}", when=when)


def received(row: Row, now: dt.datetime) -> str:
    """``fre 14.05``; empty when nothing was received yet."""
    return "" if row.received is None else words.at(row.received, now)


def owner(row: Row) -> str:
    """``Anne H.`` or ``Ikke tildelt``."""
    if row.owner is None:
        return tr("Ikke tildelt")
    return words.short_name(row.owner_name or row.owner)


def name(row: Row) -> str:
    """The citizen's name; in words when it is not known."""
    return row.name or tr("Navn ikke oplyst")


def lines(row: Row, now: dt.datetime) -> Lines:
    """The row as it is drawn."""
    return Lines(
        name=name(row),
        number=row.cpr_masked,
        chip=chip(row, now),
        pieces=tuple(second_line(row, now)),
        left=row.ward,
        after=received(row, now),
        right=owner(row),
    )


def found_lines(found: Found, now: dt.datetime) -> Lines:
    """The same of what a search found, with the words around the hit in the second line."""
    return msgspec.structs.replace(
        lines(found.row, now), pieces=tuple(_marked(found.snippet)), between=""
    )


def plain_snippet(snippet: str) -> str:
    """A search's snippet without the marks around what was found."""
    return "".join(piece.text for piece in _marked(snippet))


def _marked(snippet: str) -> list[Piece]:
    """A search's snippet, with what was found made strong."""
    pieces = []
    for part in snippet.replace("\n", " ").split(_MARK_OPENS):
        hit, closed, rest = part.partition(_MARK_CLOSES)
        if closed:
            pieces.append(Piece(hit, strong=True, tone=Tone.WAITING))
            pieces.append(Piece(rest))
        else:
            pieces.append(Piece(part))
    return [piece for piece in pieces if piece.text]


def spoken(row: Row, now: dt.datetime) -> str:
    """The whole row in one sentence, for those who hear the list."""
    shown = chip(row, now)
    parts = [name(row), row.cpr_masked, "" if shown is None else shown.text]
    parts += [piece.text for piece in second_line(row, now)]
    parts += [row.ward, received(row, now), owner(row)]
    return ", ".join(part for part in parts if part)
