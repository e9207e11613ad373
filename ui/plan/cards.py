"""Writes the plan: tiles, abilities, and the cards under them."""

import datetime as dt
from collections.abc import Collection, Iterator, Sequence

from PySide6.QtGui import QTextLength, QTextTable

from ui import theme, words
from ui.plan.writer import Look, Writer, fixed, share
from ui.theme import SPACE, Tone
from ui.translation import said, term, tr, tr_count
from visitator.app.views import AbilityView, Contact, FieldView, Run, Section, Text, VersionView

_SIDE_BY_SIDE = ("problems", "coordination")
_FOLDED = "other"
NEWEST = "newest"
_DATE_CHARACTERS = 19
"""What ``fre 20/11 kl. 16.00`` takes in bold (figures)."""
_LONG_BEFORE = 160
"""An old value longer than this stands behind a line that opens it."""


def write_tiles(w: Writer, version: VersionView, now: dt.datetime) -> None:
    """The dates, who sent it and who is next of kin, side by side as far as they fit."""
    tiles: list[FieldView | tuple[str, tuple[Contact, ...]]] = [
        *version.head,
        (tr("Afsender"), (version.sender,)),
    ]
    if version.relatives:
        tiles.append((tr("Pårørende"), version.relatives))
    room = w.characters - len(version.head) * _DATE_CHARACTERS
    across = len(tiles) if room >= theme.COLUMN_CHARACTERS else 2
    with w.card(padding=SPACE * 2):
        for start in range(0, len(tiles), across):
            part = tiles[start : start + across]
            table = w.grid(1, _widths(w, part), padding=SPACE)
            for column, tile in enumerate(part):
                if _is_changed(tile):
                    w.ground(table, 0, Tone.DUE, columns=(column, column), is_bare=True)
                with w.cell(table, 0, column):
                    if isinstance(tile, FieldView):
                        _write_date(w, tile, now)
                    else:
                        _write_contacts(w, *tile)
            w.leave(table)


def _widths(
    w: Writer, tiles: Sequence[FieldView | tuple[str, tuple[Contact, ...]]]
) -> list[QTextLength]:
    """A date takes one line; of what is left the sender, who comes first, takes the most."""
    dates = sum(isinstance(tile, FieldView) for tile in tiles)
    others = len(tiles) - dates
    if not dates or not others:
        return [share(50)] * len(tiles)
    date = 100 * _DATE_CHARACTERS / w.characters
    rest = 100 - date * dates
    first = rest if others == 1 else rest * 0.55
    return [share(date)] * dates + [share(first)] + [share(rest - first)] * (others - 1)


def _is_changed(tile: FieldView | tuple[str, tuple[Contact, ...]]) -> bool:
    if isinstance(tile, FieldView):
        return tile.changed
    return any(contact.changed for contact in tile[1])


def _write_date(w: Writer, tile: FieldView, now: dt.datetime) -> None:
    w.line()
    w.text(term(tile.label), Look.SECONDARY_STRONG)
    w.line()
    said = words.point(tile.at, now) if tile.at is not None else str(tile.text)
    w.text(said or tr("ikke oplyst"), Look.STRONG if said else Look.MUTED)
    if tile.changed:
        w.line()
        before = words.point(tile.at_before, now) if tile.at_before is not None else tile.before
        w.text(before, Look.STRUCK) if before else _write_before(w, "")


def _write_contacts(w: Writer, label: str, contacts: Sequence[Contact]) -> None:
    w.line()
    w.text(label, Look.SECONDARY_STRONG)
    if any(contact.changed for contact in contacts):
        w.text(" ")
        w.text(tr("ændret"), Look.BEFORE)
    for index, contact in enumerate(contacts):
        _write_contact(w, contact, gap=SPACE if index else 0)


def _write_contact(w: Writer, contact: Contact, gap: int = 0) -> None:
    """Somebody one can call; the number is copied by choosing it."""
    w.line(gap)
    w.text(contact.name or tr("Navn ikke oplyst"), Look.STRONG)
    for line in contact_lines(contact):
        w.line()
        w.text(line)
    if contact.telephone:
        w.line()
        w.text(contact.telephone, link=f"tel:{contact.telephone}")


def contact_lines(contact: Contact) -> tuple[str, ...]:
    """What is said of somebody beside name and number."""
    lines = tuple(term(line) for line in contact.lines)
    if contact.informed is None:
        return lines
    return (*lines, tr("orienteret") if contact.informed else tr("ikke orienteret"))


def write_abilities(w: Writer, abilities: Sequence[AbilityView]) -> None:
    """Every ability with its limitation as a bar and in words."""
    if not abilities:
        return
    is_narrow = w.characters < 2 * theme.COLUMN_CHARACTERS
    bar = fixed(4 * (theme.BAR_WIDTH + SPACE // 2) + SPACE * 3)
    widths = [share(26), bar, QTextLength()]
    if not is_narrow:
        widths[2:] = [share(25), QTextLength()]
    with w.card():
        w.line()
        w.text(tr("Funktionsevne ved udskrivelse"), Look.SECTION)
        w.text("  ")
        w.text(tr("begrænsninger, ICF 0–4"), Look.SECONDARY)
        table = w.grid(len(abilities), widths, padding=SPACE // 2 + 1)
        for row, ability in enumerate(abilities):
            _write_ability(w, table, row, ability, is_narrow=is_narrow)
        w.leave(table)


def _write_ability(
    w: Writer, table: QTextTable, row: int, ability: AbilityView, *, is_narrow: bool
) -> None:
    if ability.before_word is not None or ability.comment_before is not None:
        w.ground(table, row, Tone.DUE, is_bare=True)
    w.flush(table, row, 0)
    with w.cell(table, row, 0):
        w.line()
        w.text(ability.label)
    with w.cell(table, row, 1):
        w.line()
        if ability.score is not None:
            w.bars(ability.score)
    with w.cell(table, row, 2):
        w.line()
        w.text(term(ability.score_word) or tr("ikke oplyst"))
        if ability.before_word is not None:
            w.text(" ")
            _write_before(w, term(ability.before_word))
        if is_narrow:
            _write_ability_comment(w, ability, is_own_cell=False)
    if not is_narrow:
        with w.cell(table, row, 3):
            _write_ability_comment(w, ability, is_own_cell=True)


def _write_ability_comment(w: Writer, ability: AbilityView, *, is_own_cell: bool) -> None:
    if is_own_cell or str(ability.comment):
        w.line()
        _write_text(w, ability.comment, Look.MUTED)
    if ability.comment_before is not None:
        w.line()
        _write_before(w, ability.comment_before)


def write_sections(w: Writer, sections: Sequence[Section], opened: Collection[str]) -> None:
    """The cards of a plan: two side by side where there is room; the rest of it folded."""
    pair = [section for section in sections if section.key in _SIDE_BY_SIDE]
    if len(pair) == 2 and w.characters >= 2 * theme.COLUMN_CHARACTERS:
        _write_pair(w, pair[0], pair[1], opened)
        pair = []
    rest = (section for section in sections if section.key not in _SIDE_BY_SIDE)
    for section in (*pair, *rest):
        if section.key == _FOLDED:
            write_folded(w, section, section.key, opened)
        else:
            with w.card():
                _write_section(w, section, section.key, opened)


def _write_pair(w: Writer, left: Section, right: Section, opened: Collection[str]) -> None:
    widths = [QTextLength(), fixed(theme.CARD_GAP), QTextLength()]
    table = w.grid(1, widths, padding=SPACE * 3, gap=w.card_gap)
    w.flush(table, 0, 1, right=True)
    for column, section in ((0, left), (2, right)):
        w.ground(table, 0, None, columns=(column, column))
        with w.cell(table, 0, column):
            _write_section(w, section, section.key, opened)
    w.leave(table)


def write_messages(
    w: Writer, messages: Sequence[Section], now: dt.datetime, opened: Collection[str]
) -> None:
    """Everything but plans that came: a line each, or the card it opens.

    The first one counts as open when `NEWEST` is in `opened`.
    """
    pairs = list(_with_rest(messages))
    for index, (section, rest) in enumerate(pairs):
        # Counted from the oldest: what is unfolded stays so when a newer one comes.
        key = f"message{len(pairs) - index}"
        if index == 0 and NEWEST in opened:
            with w.card():
                _write_section(w, section, key, opened, now=now, rest=rest)
        else:
            write_folded(w, section, key, opened, now=now, rest=rest)


def _with_rest(messages: Sequence[Section]) -> Iterator[tuple[Section, Section | None]]:
    """Each message with its identifiers and the like, which come as a section after it."""
    for index, section in enumerate(messages):
        before = messages[index - 1] if index else None
        if section.key == _FOLDED and before is not None and before.key != _FOLDED:
            continue
        after = messages[index + 1] if index + 1 < len(messages) else None
        has_rest = after is not None and after.key == _FOLDED and section.key != _FOLDED
        yield section, after if has_rest else None


def _write_section(
    w: Writer,
    section: Section,
    key: str,
    opened: Collection[str],
    *,
    now: dt.datetime | None = None,
    rest: Section | None = None,
) -> None:
    """`key` tells the section from the others of the page; `now` and `rest` are a message's."""
    w.line()
    w.text(term(section.title), Look.SECTION)
    _write_received(w, section, now)
    for notice in section.notices:
        w.line(SPACE)
        w.text(said(notice), Look.BEFORE)
    for index, field in enumerate(section.fields):
        write_field(w, field, f"before:{key}:{index}", opened)
    if section.unremarkable:
        _write_unremarkable(w, section.unremarkable, f"unremarkable:{key}", opened)
    if rest is not None:
        _write_rest(w, rest, f"rest:{key}", opened)
    if section.raw_id:
        w.line(SPACE)
        w.text(tr("Vis den oprindelige meddelelse"), link=f"raw:{section.raw_id}")


def _write_received(w: Writer, section: Section, now: dt.datetime | None) -> None:
    if section.received is not None and now is not None:
        w.text("  ")
        w.text(tr("modtaget {when}", when=words.at(section.received, now)), Look.SECONDARY)


def _write_rest(w: Writer, rest: Section, fold: str, opened: Collection[str]) -> None:
    w.line(SPACE)
    title = _within(rest.title)
    if fold not in opened:
        count = len(rest.fields)
        w.text(tr("Vis {title} ({count})", title=title, count=count), link=f"fold:{fold}")
        return
    w.text(tr("Skjul {title}", title=title), link=f"fold:{fold}")
    for index, field in enumerate(rest.fields):
        write_field(w, field, f"before:{fold}:{index}", opened)


def _within(title: str) -> str:
    """A title inside a sentence."""
    shown = term(title)
    return shown[:1].lower() + shown[1:]


def _write_unremarkable(
    w: Writer, labels: Sequence[str], fold: str, opened: Collection[str]
) -> None:
    w.line(SPACE)
    if fold in opened:
        w.text(tr("Uden bemærkninger."), Look.STRONG)
        w.text(" ")
        w.text(" · ".join(term(label) for label in labels), Look.MUTED)
        w.line()
        w.text(tr("Skjul områder uden bemærkninger"), link=f"fold:{fold}")
        return
    shown = tr_count(
        "Vis {count} område uden bemærkninger",
        "Vis {count} områder uden bemærkninger",
        len(labels),
    )
    w.text(shown, link=f"fold:{fold}")


def write_folded(
    w: Writer,
    section: Section,
    key: str,
    opened: Collection[str],
    *,
    now: dt.datetime | None = None,
    rest: Section | None = None,
) -> None:
    """A line that says how much it holds, or the card it opens."""
    fold = f"section:{key}"
    title = _within(section.title)
    if fold in opened:
        with w.card():
            _write_section(w, section, key, opened, now=now, rest=rest)
            w.line(SPACE)
            w.text(tr("Skjul {title}", title=title), link=f"fold:{fold}")
        return
    held = (*section.fields, *(rest.fields if rest is not None else ()))
    count = len(held) + len(section.unremarkable)
    w.line(SPACE, indent=SPACE * 3)
    w.text(tr("Vis {title} ({count})", title=title, count=count), link=f"fold:{fold}")
    _write_received(w, section, now)
    changed = sum(field.changed for field in held)
    if changed:
        w.text("  ")
        w.text(tr_count("{count} ændret", "{count} ændrede", changed), Look.BEFORE)


_ANSWERS = ("Ja", "Nej")


def coded(value: str) -> str:
    """A value in the chosen language when it was a code; what a hospital wrote stays."""
    return term(value) if value in _ANSWERS else value


def write_field(w: Writer, field: FieldView, fold: str, opened: Collection[str]) -> None:
    """``Ernæring. Nedsat appetit …``, and under it what stood there before."""
    text = str(field.text)
    w.line(SPACE)
    w.text(_stop(term(field.label)), Look.STRONG)
    w.text(" ")
    if text:
        has_marks = any(run.is_new for run in field.text.runs)
        shown = Text(runs=(Run(text=coded(text)),)) if text in _ANSWERS else field.text
        _write_text(w, shown, marks_all=field.changed and not has_marks)
    else:
        w.text(tr("ikke oplyst"), Look.MUTED)
    if not field.before or _says_before(field):
        return
    w.line()
    if len(field.before) <= _LONG_BEFORE or fold in opened:
        _write_before(w, coded(field.before))
    else:
        w.text(tr("Vis, hvad der stod før"), link=f"fold:{fold}")


def _says_before(field: FieldView) -> bool:
    """Whether the words that are not marked as new are what stood there before."""
    kept = "".join(run.text for run in field.text.runs if not run.is_new)
    return kept.split() == (field.before or "").split()


def _stop(label: str) -> str:
    return label if label.endswith((".", ":", "?")) else f"{label}."


def _write_text(
    w: Writer, text: Text, look: Look = Look.NORMAL, *, marks_all: bool = False
) -> None:
    for run in text.runs:
        if run.bold or run.italic or run.underlined or run.fixed or run.is_new or marks_all:
            w.styled(run, is_marked=run.is_new or marks_all)
        else:
            w.text(run.text, look)


def _write_before(w: Writer, before: str) -> None:
    w.text(tr("før: {value}", value=before or tr("ikke oplyst")), Look.BEFORE)


def write_notices(w: Writer, notices: Sequence[str]) -> None:
    """What should be noticed about the plan."""
    if not notices:
        return
    with w.card(Tone.WAITING):
        for notice in notices:
            w.line()
            w.text(notice)
