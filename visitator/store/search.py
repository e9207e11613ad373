"""Search (søgning): everything a visitator would look for, newest first.

Only the journal is searched: nobody finds what others have not sent.
"""

import functools
import re
from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, CursorResult, Row, text

from visitator.domain.citizen import Citizen, format_cpr
from visitator.domain.entries import (
    AdmissionEntered,
    AdmissionReportNotNeeded,
    AdmissionReportSent,
    AnyBody,
    ChecklistTicked,
    ControlStatusWritten,
    CorrespondenceSent,
    Entry,
    Lapsed,
    MessageReceived,
    NoteAdded,
    PhoneCall,
    RehabilitationEnded,
    RehabilitationOfferChosen,
    RehabilitationStep,
    ReplySent,
    TreatmentResumed,
    decode_kept,
)
from visitator.domain.messages import Message
from visitator.domain.notice import RawField
from visitator.domain.text import RichText
from visitator.store.snippets import around
from visitator.store.tables import SEARCH_COLUMNS, JournalSet
from visitator.store.values import Header, SearchHit

Document = tuple[int, str, str, str, str]
"""The seq, and `SEARCH_COLUMNS`."""

_CPR = re.compile(r"[0-9]{6}-?[0-9A-Z]{1,4}", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_MOST_WORDS = 50
"""Who types more has pasted something; SQLite takes some hundreds."""
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
        case CorrespondenceSent():
            found = f"{body.subject}\n{body.text}"
        case AdmissionEntered():
            return seq, body.citizen.name, _numbers(body.citizen), body.ward, ""
        case AdmissionReportSent():
            found = "\n".join([*(each.text for each in body.texts), body.supplement]).strip()
        case AdmissionReportNotNeeded():
            found = body.reason
        case ChecklistTicked():
            found = "\n".join(each.note for each in body.ticks if each.note)
        case PhoneCall():
            found = f"{body.whom}\n{body.text}"
        case NoteAdded() | TreatmentResumed() | Lapsed():
            found = body.text
        case _:
            found = _words_of_step(body)
    return (seq, "", "", "", found) if found else None


def _words_of_step(step: AnyBody) -> str:
    """What somebody wrote about a step of a rehabilitation course; empty of anything else."""
    if not isinstance(step, RehabilitationStep):
        return ""
    match step:
        case RehabilitationOfferChosen(name=more) | ControlStatusWritten(text=more):
            pass
        case RehabilitationEnded(closing_note=more):
            pass
        case _:
            more = ""
    return "\n".join(each for each in (step.note, more) if each)


def _letter(seq: int, message: Message) -> Document:
    citizen = message.citizen or Citizen()
    return (
        seq,
        citizen.name,
        _numbers(citizen),
        message.sender.name,
        "\n".join(_texts(message, [])),
    )


def _numbers(citizen: Citizen) -> str:
    numbers = (citizen.cpr or "", citizen.replacement_cpr or "")
    return " ".join(form for number in numbers if number for form in _forms(number))


def _forms(number: str) -> tuple[str, str]:
    return number.replace("-", ""), format_cpr(number)


def _texts(value: Any, found: list[str]) -> list[str]:  # noqa: ANN401
    """Adds every text in `value` to those that were found; returns them."""
    if isinstance(value, RichText):
        found.append(value.text)
    elif isinstance(value, str):
        found.append(value)
    elif isinstance(value, tuple):
        for each in value:
            _texts(each, found)
    elif isinstance(value, msgspec.Struct):
        for field in _fields(type(value)):
            part = getattr(value, field)
            if part:
                _texts(part, found)
    return found


@functools.cache
def _fields(kind: type[msgspec.Struct]) -> tuple[str, ...]:
    left_out: frozenset[str] = frozenset()
    if issubclass(kind, Message):
        left_out = _NOT_SEARCHED
    elif kind is RawField:
        # Where it stood in the message is nothing one looks for, or reads around a hit.
        left_out = frozenset({"path"})
    return tuple(field for field in kind.__struct_fields__ if field not in left_out)


def find(
    connection: Connection, journal_set: JournalSet, user: str, typed: str, limit: int
) -> tuple[SearchHit, ...]:
    """The pathways that match every word typed, each once, with what was said last first.

    A word of two letters or more is the beginning of a word in any column. A single letter is the
    first of one of the citizen's names. A CPR number is found with and without its hyphen. Words
    after the first fifty are not looked at.

    Args:
        connection: reads.
        journal_set: what is shown.
        user: who looks: the headers are as they see them.
        typed: as typed.
        limit: how many pathways at most.
    """
    looked_at = typed.split()[:_MOST_WORDS]
    terms = [found for word in looked_at if (found := "".join(_WORD.findall(word)))]
    words = [_term(word) for word in looked_at if len("".join(_WORD.findall(word))) > 1]
    letters = [term.casefold() for term in terms if len(term) == 1]
    if not terms:
        return ()
    names = {f"letter{place}": letter for place, letter in enumerate(letters)}
    arguments: dict[str, Any] = {**names, "user": user}
    if words:
        arguments["words"] = " AND ".join(words)
    query = text(_query(journal_set, list(names), words))
    rows = _first_of_each(connection.execute(query, arguments), limit)
    snippets = _snippets([row for row in rows if words], words)
    return tuple(
        SearchHit(
            header=_header_decoder.decode(row.header),
            entry_id=row.id,
            seq=row.seq,
            snippet=snippets.get(row.seq, ""),
        )
        for row in rows
    )


def _first_of_each(rows: CursorResult[Any], limit: int) -> list[Row[Any]]:
    """The first row of each of the first pathways; what comes after them is not read."""
    found: dict[str, Row[Any]] = {}
    with rows:
        while len(found) < limit and (row := rows.fetchone()) is not None:
            found.setdefault(row.pathway_id, row)
    return list(found.values())


def _snippets(rows: Sequence[Row[Any]], words: Sequence[str]) -> dict[int, str]:
    """Per seq the words around the hits; none where only the number was found."""
    documents = (document(decode_kept(row.data)) for row in rows)
    # Everything but the seq and the numbers: a list shows no CPR number.
    texts = {found[0]: (found[1], *found[3:]) for found in documents if found is not None}
    return around(texts, " OR ".join(words))


def _query(journal_set: JournalSet, letters: Sequence[str], words: Sequence[str]) -> str:
    name, search = journal_set.name, journal_set.search
    named = "".join(f" AND instr(p.initials, :{letter}) > 0" for letter in letters)
    header = (
        f"coalesce((SELECT own.header FROM pathway_{name} AS own"  # noqa: S608
        " WHERE own.pathway_id = p.pathway_id AND own.user = :user), p.header) AS header"
    )
    if not words:
        return (
            f"SELECT p.pathway_id, {header}, NULL AS id, p.last_seq AS seq"  # noqa: S608
            f" FROM pathway_{name} AS p WHERE p.user = ''{named} ORDER BY p.last_seq DESC"
        )
    return (
        f"SELECT p.pathway_id, {header}, j.id, j.seq, j.data FROM {search}"  # noqa: S608
        f" CROSS JOIN journal_{name} AS j ON j.seq = {search}.rowid"
        f" CROSS JOIN pathway_{name} AS p ON p.pathway_id = j.pathway_id AND p.user = ''"
        f" WHERE {search} MATCH :words{named} ORDER BY {search}.rowid DESC"
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
