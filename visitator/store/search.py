"""Search (søgning): everything a visitator would look for, newest first.

Only the journal is searched: nobody finds what others have not sent.
"""

import functools
import re
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, text

from visitator.domain.citizen import Citizen, format_cpr
from visitator.domain.entries import (
    Entry,
    Lapsed,
    MessageReceived,
    NoteAdded,
    PhoneCall,
    ReplySent,
    TreatmentResumed,
)
from visitator.domain.messages import Message
from visitator.domain.text import RichText
from visitator.store.tables import SEARCH_COLUMNS, JournalSet
from visitator.store.values import Header, SearchHit

Document = tuple[int, str, str, str, str]
"""The seq, and `SEARCH_COLUMNS`."""

_CPR = re.compile(r"[0-9]{6}-?[0-9A-Z]{1,4}", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_NOT_SEARCHED = frozenset(Message.__struct_fields__) - {"extra"}
"""The head of a letter: its identifiers are nothing one looks for, its parties have columns."""

_header_decoder = msgspec.json.Decoder(Header)


def insert_statement(journal_set: JournalSet) -> str:
    """The statement that takes a `Document`."""
    table, columns = journal_set.search, ", ".join(SEARCH_COLUMNS)
    return f"INSERT INTO {table} (rowid, {columns}) VALUES (?, ?, ?, ?, ?)"  # noqa: S608


def document(entry: Entry) -> Document | None:
    """What an accepted entry is found by; None when there is nothing in it to find."""
    body = entry.body
    seq = entry.seq or 0
    match body:
        case MessageReceived():
            return _letter(seq, body.message)
        case ReplySent():
            found = f"{body.category.label}\n{body.comment}"
        case PhoneCall():
            found = f"{body.whom}\n{body.text}"
        case NoteAdded() | TreatmentResumed() | Lapsed():
            found = body.text
        case _:
            found = ""
    return (seq, "", "", "", found) if found else None


def _letter(seq: int, message: Message) -> Document:
    citizen = message.citizen or Citizen()
    numbers = (citizen.cpr or "", citizen.replacement_cpr or "")
    return (
        seq,
        citizen.name,
        " ".join(form for number in numbers if number for form in _forms(number)),
        message.sender.name,
        "\n".join(_texts(message)),
    )


def _forms(number: str) -> tuple[str, str]:
    return number.replace("-", ""), format_cpr(number)


def _texts(value: Any) -> Iterator[str]:  # noqa: ANN401
    if isinstance(value, str):
        yield value
    elif isinstance(value, RichText):
        yield value.text
    elif isinstance(value, tuple):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, msgspec.Struct):
        for field in _fields(type(value)):
            part = getattr(value, field)
            if part:
                yield from _texts(part)


@functools.cache
def _fields(kind: type[msgspec.Struct]) -> tuple[str, ...]:
    head = _NOT_SEARCHED if issubclass(kind, Message) else frozenset()
    return tuple(field for field in kind.__struct_fields__ if field not in head)


def find(
    connection: Connection, journal_set: JournalSet, typed: str, limit: int
) -> tuple[SearchHit, ...]:
    """What matches every word typed, newest first.

    A word of two letters or more is the beginning of a word in any column. A single letter is the
    first of one of the citizen's names. A CPR number is found with and without its hyphen.
    """
    terms = [found for word in typed.split() if (found := "".join(_WORD.findall(word)))]
    words = [word for word in typed.split() if len("".join(_WORD.findall(word))) > 1]
    letters = [term.casefold() for term in terms if len(term) == 1]
    if not terms:
        return ()
    names = {f"letter{place}": letter for place, letter in enumerate(letters)}
    arguments: dict[str, Any] = {**names, "limit": limit}
    if words:
        arguments["words"] = " AND ".join(map(_term, words))
    rows = connection.execute(text(_query(journal_set, list(names), words)), arguments)
    return tuple(
        SearchHit(header=_header_decoder.decode(header), entry_id=entry_id, seq=seq)
        for header, entry_id, seq in rows
    )


def _query(journal_set: JournalSet, letters: Sequence[str], words: Sequence[str]) -> str:
    name, search = journal_set.name, journal_set.search
    named = "".join(f" AND instr(p.initials, :{letter}) > 0" for letter in letters)
    if not words:
        return (
            f"SELECT p.header, NULL, p.last_seq FROM pathway_{name} AS p"  # noqa: S608
            f" WHERE p.user = ''{named} ORDER BY p.last_seq DESC LIMIT :limit"
        )
    return (
        f"SELECT p.header, j.id, j.seq FROM {search}"  # noqa: S608
        f" CROSS JOIN journal_{name} AS j ON j.seq = {search}.rowid"
        f" CROSS JOIN pathway_{name} AS p ON p.pathway_id = j.pathway_id AND p.user = ''"
        f" WHERE {search} MATCH :words{named} ORDER BY {search}.rowid DESC LIMIT :limit"
    )


def _term(word: str) -> str:
    """A word as FTS5 takes it: quoted, so that nothing in it is an operator."""
    if _CPR.fullmatch(word):
        return "(" + " OR ".join(dict.fromkeys(_prefix(form) for form in _forms(word))) + ")"
    return _prefix(word)


def _prefix(word: str) -> str:
    """A last part of one letter is matched whole: as a prefix it would be half the index."""
    parts = _WORD.findall(word)
    star = "*" if len(parts[-1]) > 1 else ""
    return f'"{" ".join(parts)}"{star}'
