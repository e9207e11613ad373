"""The few words of a text that a list shows; a CPR number in them is masked, as in every list."""

import re
from collections.abc import Mapping, Sequence
from contextlib import closing

import sqlcipher3.dbapi2 as dbapi  # type: ignore[import-untyped]

from visitator.domain.citizen import mask_cpr

LENGTH = 120
"""Characters of a beginning, at most."""

MARK, END_MARK = "\x02", "\x03"
"""Around each hit."""

_ELLIPSIS = "…"
_WORDS = 14
"""Of a snippet around a hit: about a line and a half of a list."""

_NUMBER = re.compile(r"\b[0-9]{6}(?:-?[0-9][0-9A-Z]{3}| [0-9]{4})\b", re.IGNORECASE)
"""A CPR number or a replacement for one, as people write it in a text."""


def masked(text: str) -> str:
    """The text with its CPR numbers as lists show them; other numbers of ten digits look alike."""
    return _NUMBER.sub(lambda found: mask_cpr(found[0]), text)


def beginning(text: str) -> str:
    """The first `LENGTH` characters at most, on one line and not in the middle of a word."""
    line = masked(" ".join(text[: 4 * LENGTH].split()))
    if len(line) <= LENGTH:
        return line
    head = line[:LENGTH]
    return f"{head[: head.rfind(' ')] if ' ' in head else head[:-1]}{_ELLIPSIS}"


def around(texts: Mapping[int, Sequence[str]], query: str) -> dict[int, str]:
    """Per key a few words around what `query` finds, each hit between two control marks.

    The search index does not hold the texts, so they go into one in memory that does and splits
    words alike.

    Args:
        texts: the columns of each document, as many in each.
        query: as FTS5 takes it.
    """
    if not texts:
        return {}
    columns = [f"c{number}" for number in range(len(next(iter(texts.values()))))]
    with closing(dbapi.connect(":memory:")) as connection:
        connection.execute(
            f"CREATE VIRTUAL TABLE t USING fts5({', '.join(columns)},"
            " tokenize='unicode61 remove_diacritics 2')"
        )
        connection.executemany(
            f"INSERT INTO t (rowid, {', '.join(columns)}) VALUES (?{', ?' * len(columns)})",  # noqa: S608
            ((key, *map(masked, parts)) for key, parts in texts.items()),
        )
        found = connection.execute(
            "SELECT rowid, snippet(t, -1, ?, ?, ?, ?) FROM t WHERE t MATCH ?",
            (MARK, END_MARK, _ELLIPSIS, _WORDS, query),
        )
        return {key: " ".join(text.split()) for key, text in found}
