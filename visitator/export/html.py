"""A note as HTML for a screen or a printer that has no Word: the same words in the same order."""

from collections.abc import Iterator
from html import escape

from visitator.export.note import AnyBlock, Fact, Heading, Note, Quote, Table
from visitator.export.writable import writable


def as_html(note: Note) -> str:
    """The whole note; how it looks is the business of whoever shows it.

    The classes are ``draft``, ``fact``, ``source``, ``quote``, ``fixed`` and ``foot``.
    """
    return "".join(_parts(note))


def _parts(note: Note) -> Iterator[str]:
    where = ", ".join(filter(None, (note.municipality, note.unit)))
    if where:
        yield _paragraph(where, "foot")
    yield f"<h1>{_text(note.kind.label)}</h1>"
    if note.is_draft:
        yield _paragraph("Udkast – notatet er ikke underskrevet", "draft")
    author = note.author
    for label, text in (
        ("Sagsnummer", note.case_number),
        ("Oprettet", f"{note.written_at:%d-%m-%Y kl. %H.%M}"),
        ("Forfatter", ", ".join(filter(None, (author.name, author.title, author.telephone)))),
        ("Formål", note.purpose),
    ):
        yield _fact(label, text)
    for section in note.sections:
        yield f"<h2>{_text(section.heading)}</h2>"
        for block in section.blocks:
            yield from _block(block)
    yield _paragraph(note.source, "foot")


def _block(block: AnyBlock) -> Iterator[str]:
    match block:
        case Heading():
            yield f"<h3>{_text(block.text)}</h3>"
        case Fact():
            yield _fact(block.label, block.text)
        case Quote():
            yield _paragraph(f"{block.source}:", "source")
            yield _paragraph(block.text, "fixed" if block.is_fixed else "quote")
        case Table():
            yield '<table width="100%" cellspacing="0" cellpadding="3" border="1"><tr>'
            whole = sum(block.widths)
            for share, cell in zip(block.widths, block.header, strict=True):
                yield f'<th align="left" width="{100 * share // whole}%">{_text(cell)}</th>'
            yield "</tr>"
            for row in block.rows:
                cells = "".join(f"<td>{_text(cell)}</td>" for cell in row)
                yield f"<tr>{cells}</tr>"
            yield "</table>"
        case _:
            yield _paragraph(block.text, "plain")


def _fact(label: str, text: str) -> str:
    return f'<p class="fact"><b>{_text(label)}:</b> {_text(text)}</p>' if text else ""


def _paragraph(text: str, kind: str) -> str:
    return f'<p class="{kind}">{_text(text)}</p>'


def _text(text: str) -> str:
    """A text as text; its line breaks stay."""
    return escape(writable(text)).replace("\n", "<br>")
