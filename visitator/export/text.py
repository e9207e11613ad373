"""A note as plain text, to paste into the care record system (omsorgssystem)."""

from collections.abc import Iterator

from visitator.export.note import AnyBlock, Fact, Heading, Note, Quote, Table
from visitator.export.writable import writable

QUOTED = "> "
"""What every line of a quotation begins with."""


def as_text(note: Note) -> str:
    """The whole note, a line for every value; quotations are marked line by line."""
    return writable("\n".join(_lines(note)) + "\n")


def _lines(note: Note) -> Iterator[str]:
    yield note.kind.label.upper()
    if note.is_draft:
        yield "Udkast – notatet er ikke underskrevet"
    yield f"Sagsnummer: {note.case_number}"
    yield f"Oprettet: {note.written_at:%d-%m-%Y kl. %H.%M}"
    author = note.author
    yield "Forfatter: " + ", ".join(filter(None, (author.name, author.title, author.telephone)))
    if note.purpose:
        yield f"Formål: {note.purpose}"
    for section in note.sections:
        yield ""
        yield section.heading.upper()
        for block in section.blocks:
            yield from _block(block)
    yield ""
    yield note.source


def _block(block: AnyBlock) -> Iterator[str]:
    match block:
        case Heading():
            yield ""
            yield block.text
        case Fact():
            yield f"{block.label}: {block.text}"
        case Quote():
            yield f"{block.source}:"
            yield from (f"{QUOTED}{line}" for line in block.text.split("\n"))
        case Table():
            for row in block.rows:
                pairs = zip(block.header, row, strict=True)
                yield "; ".join(f"{name}: {cell}" for name, cell in pairs if cell)
        case _:
            yield block.text
