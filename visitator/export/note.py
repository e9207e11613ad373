"""A case note (notat) as plain values: headed sections of paragraphs, quotations and tables.

Word, plain text and the screen show the same `Note`; none of them adds a word of its own about the
citizen.
"""

import datetime as dt
import re
from collections.abc import Callable
from typing import TypeAlias

import msgspec

from visitator.domain.citizen import compact_number
from visitator.domain.entries import NoteKind

CPR_LEFT_OUT = "[CPR-nummer udeladt]"
"""What stands where a number stood, in a note without CPR."""

_LOOKS_LIKE_CPR = re.compile(
    r"(?<![0-9A-Za-z])(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d{2}[- \u00a0]?\d{4}(?![0-9A-Za-z])"
)


class Block(msgspec.Struct, frozen=True, kw_only=True, tag_field="type"):
    """A part of a section."""


class Heading(Block, frozen=True, kw_only=True, tag="heading"):
    """A heading within a section (Heading 2)."""

    text: str


class Paragraph(Block, frozen=True, kw_only=True, tag="paragraph"):
    """Text of the municipality or of the program."""

    text: str


class Fact(Block, frozen=True, kw_only=True, tag="fact"):
    """One labelled value (oplysning)."""

    label: str
    text: str


class Quote(Block, frozen=True, kw_only=True, tag="quote"):
    """Somebody's own words (citat), never rewritten."""

    text: str
    source: str
    """Danish: who said it where, ``Sygehusets ord: Smitterisiko``."""
    is_fixed: bool = False
    """Its columns line up only in a fixed-width font."""


class Table(Block, frozen=True, kw_only=True, tag="table"):
    """Rows under a header row; every row has as many cells as the header."""

    title: str
    """Danish: what the table shows, for one who cannot see it."""
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    """The share of the width each column gets."""


AnyBlock: TypeAlias = Heading | Paragraph | Fact | Quote | Table


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """A headed part of a note (afsnit, Heading 1)."""

    key: str
    """Stable and without Danish letters, for templates: ``borger``."""
    heading: str
    blocks: tuple[AnyBlock, ...]


class Author(msgspec.Struct, frozen=True, kw_only=True):
    """Who writes the note (forfatter)."""

    name: str
    title: str = ""
    telephone: str = ""


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """One case note."""

    kind: NoteKind
    case_number: str
    """Sagsnummer, as the user gave it."""
    municipality: str
    unit: str
    author: Author
    purpose: str
    """Formål: why the note is written."""
    written_at: dt.datetime
    """Danish local time."""
    is_signed: bool
    source: str
    """Danish: which message the note is drawn from, for the footer."""
    sections: tuple[Section, ...]
    personal: tuple[str, ...]
    """The citizen's numbers and names: what no file name may hold."""

    @property
    def is_draft(self) -> bool:
        """Udkast: nobody has signed it."""
        return not self.is_signed


def looks_like_cpr(text: str) -> bool:
    """Whether there is something in a text that can be read as a CPR number."""
    return _LOOKS_LIKE_CPR.search(text) is not None


def without_cpr(note: Note, numbers: tuple[str, ...]) -> Note:
    """The same note with every CPR number visibly left out, also in what others wrote.

    Args:
        note: the whole note.
        numbers: the citizen's own, as written; a replacement number is known by nothing else.
    """
    own = {compact_number(number) for number in numbers} - {""}
    forms = sorted({re.escape(f"{n[:6]}{gap}{n[6:]}") for n in own for gap in ("", "-", " ")})
    known = re.compile("|".join(forms), re.IGNORECASE) if forms else None

    def left_out(text: str) -> str:
        text = _LOOKS_LIKE_CPR.sub(CPR_LEFT_OUT, text)
        return known.sub(CPR_LEFT_OUT, text) if known else text

    plain: object = msgspec.to_builtins(note.sections)
    sections = msgspec.convert(_mapped(plain, left_out), tuple[Section, ...])
    texts = {name: left_out(getattr(note, name)) for name in ("purpose", "source", "unit")}
    return msgspec.structs.replace(note, sections=sections, **texts)


def _mapped(value: object, change: Callable[[str], str]) -> object:
    """The same lists and dicts with every text changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: _mapped(each, change) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_mapped(each, change) for each in value]
    return value
