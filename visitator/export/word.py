"""A note as a Word file: a `.docx` template of the municipality, or the program's own, filled in.

docxtpl fills the template in a sandbox that knows the fields of `FIELDS` and nothing else. A
template is checked when it is loaded, so that a wrong field is named before anybody needs a note.
"""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import msgspec
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import OpcError
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2 import TemplateError as JinjaError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree
from markupsafe import Markup, escape

from visitator.domain.entries import NoteKind
from visitator.export.errors import NoteTemplateError
from visitator.export.note import (
    AnyBlock,
    Author,
    Fact,
    Heading,
    Note,
    Paragraph,
    Quote,
    Section,
    Table,
)
from visitator.export.writable import writable

OWN_FILES = {
    NoteKind.DISCHARGE: "visitationsnotat.docx",
    NoteKind.TELEPHONE: "telefonnotat.docx",
    NoteKind.CONFERENCE: "konferencereferat.docx",
    NoteKind.REHABILITATION: "traeningsnotat.docx",
    NoteKind.ADMISSION: "indlaeggelse.docx",
}
"""What a template for one kind of note is called."""

COMMON_FILE = "notat.docx"
"""The template of every kind that has none of its own."""

_Shape: TypeAlias = Any
"""What a field is: None for a text or a yes, a dict of fields, or a list with what is in it."""

_BLOCK: _Shape = {
    "type": None,
    "tekst": None,
    "navn": None,
    "kilde": None,
    "hoved": [None],
    "raekker": [[None]],
}
_SECTION: _Shape = {"noegle": None, "overskrift": None, "dele": [_BLOCK]}

FIELDS: _Shape = {
    "titel": None,
    "udkast": None,
    "kommune": None,
    "enhed": None,
    "sagsnummer": None,
    "oprettet": None,
    "forfatter": None,
    "formaal": None,
    "kilde": None,
    "afsnit": [_SECTION],
}
"""Every field a template can use."""

_LOOP: _Shape = dict.fromkeys(("index", "index0", "first", "last", "length"))
_FORBIDDEN = (
    nodes.Call,
    nodes.Extends,
    nodes.FromImport,
    nodes.Import,
    nodes.Include,
    nodes.Mul,
    nodes.Pow,
)
"""What reaches out of the note, or makes a text of a gigabyte out of one letter."""

_FILTERS = ("default", "length", "first", "last")
_TAG = re.compile(r"<[^>]+>")
_NOT_WORD = (OpcError, KeyError, ValueError, OSError, zipfile.BadZipFile, etree.XMLSyntaxError)
_IN_TEXT = "Det står i dokumentet: »{}«."
_IN_HEADER = "Det står i sidehovedet: »{}«."
_IN_FOOTER = "Det står i sidefoden: »{}«."
_PAGE_WIDTH = 9638
"""Of the text on an A4 page with margins of 2 cm, in twentieths of a point."""


class NoteTemplate(msgspec.Struct, frozen=True, kw_only=True):
    """A template that was checked."""

    name: str
    data: bytes


def load_template(kind: NoteKind, folders: Sequence[Path]) -> NoteTemplate:
    """The template for a kind of note: its own in the first folder that has one, else the common.

    Args:
        kind: of the note.
        folders: the municipality's own first, then `resources/templates`.

    Raises:
        NoteTemplateError: there is none, or it cannot be used.
    """
    wanted = [folder / name for folder in folders for name in (OWN_FILES[kind], COMMON_FILE)]
    for file in wanted:
        if file.is_file():
            return _read(file)
    raise NoteTemplateError(COMMON_FILE, "Filen mangler. Installer programmet igen.")


def check_own(folder: Path) -> tuple[str, ...]:
    """The names of the templates a municipality has put in its folder.

    Raises:
        NoteTemplateError: one of them cannot be used.
    """
    names = (*OWN_FILES.values(), COMMON_FILE)
    found = tuple(folder / name for name in names if (folder / name).is_file())
    return tuple(_read(file).name for file in found)


def _read(file: Path) -> NoteTemplate:
    try:
        data = file.read_bytes()
    except OSError as error:
        raise NoteTemplateError(file.name, "Filen kan ikke læses.") from error
    return check_template(file.name, data)


def check_template(name: str, data: bytes) -> NoteTemplate:
    """The template, when everything in it is known.

    Args:
        name: of the file, for the error.
        data: the bytes of the `.docx`.

    Raises:
        NoteTemplateError: it is no Word file, names an unknown field, or reaches out of the note.
    """
    try:
        filling = _Filling(data)
        parts = tuple(filling.sources())
        _check_links(name, filling)
    except _NOT_WORD as error:
        raise NoteTemplateError(name, "Filen er ikke et Word-dokument (.docx).") from error
    for place, source in parts:
        for fault in _faults(source):
            raise NoteTemplateError(name, f"{fault.reason} {place.format(fault.near)}")
    template = NoteTemplate(name=name, data=data)
    render(_EXAMPLE, template)
    return template


def render(note: Note, template: NoteTemplate) -> bytes:
    """The note as the bytes of a Word file.

    Raises:
        NoteTemplateError: the template cannot be filled in.
    """
    filling = _Filling(template.data)
    try:
        filling.render(_fields(note), _environment())
    except (JinjaError, etree.XMLSyntaxError, AttributeError, TypeError, ValueError) as error:
        raise NoteTemplateError(template.name, "Felterne kan ikke udfyldes.") from error
    document = filling.docx
    assert document is not None  # noqa: S101 - it was rendered
    _fit_tables(document.element.body, note)
    set_properties(document.core_properties, note.kind.label, note.written_at)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


class _Filling(DocxTemplate):  # type: ignore[misc]
    """A template being filled: of its properties nothing is taken over."""

    def __init__(self, data: bytes) -> None:
        super().__init__(io.BytesIO(data))

    def render_properties(self, *_: Any, **__: Any) -> None:
        """Leave them: the note sets its own, and none of them is about a person."""

    def sources(self) -> Iterator[tuple[str, str]]:
        """Every part with fields in it: what says that something is there, and its source."""
        self.init_docx()
        yield _IN_TEXT, self.patch_xml(self.get_xml())
        for place, uri in ((_IN_HEADER, self.HEADER_URI), (_IN_FOOTER, self.FOOTER_URI)):
            for _, part in self.get_headers_footers(uri):
                yield place, self.patch_xml(self.get_part_xml(part))


def _environment() -> ImmutableSandboxedEnvironment:
    """Jinja that knows the note's fields, four harmless filters, and nothing else."""
    # S701: what is filled in is escaped, here and in `_text`.
    environment = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    environment.globals.clear()
    environment.filters = {name: environment.filters[name] for name in _FILTERS}
    return environment


# --- the note's data ------------------------------------------------------------------------------


def _text(text: str) -> Markup:
    """A text for the XML of a Word file: no character of it is read as a field or a tag.

    docxtpl turns ``{_{`` into ``{{`` in what it has filled in, so braces go as references.
    """
    escaped = str(escape(writable(text)))
    for character in "{}%":
        escaped = escaped.replace(character, f"&#{ord(character)};")
    return Markup(escaped)  # noqa: S704 - it was escaped


def _fields(note: Note) -> dict[str, Any]:
    author = ", ".join(
        part
        for part in (
            note.author.name,
            note.author.title,
            f"tlf. {note.author.telephone}" if note.author.telephone else "",
        )
        if part
    )
    return {
        "titel": _text(note.kind.label),
        "udkast": note.is_draft,
        "kommune": _text(note.municipality),
        "enhed": _text(note.unit),
        "sagsnummer": _text(note.case_number),
        "oprettet": _text(f"{note.written_at:%d-%m-%Y kl. %H.%M}"),
        "forfatter": _text(author),
        "formaal": _text(note.purpose),
        "kilde": _text(note.source),
        "afsnit": [_section(section) for section in note.sections],
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "noegle": section.key,
        "overskrift": _text(section.heading),
        "dele": [_block(block) for block in section.blocks],
    }


def _block(block: AnyBlock) -> dict[str, Any]:
    """A block with every field a template may ask for."""
    fields: dict[str, Any] = {"navn": "", "kilde": "", "hoved": [], "raekker": [], "tekst": ""}
    match block:
        case Table():
            fields["type"] = "tabel"
            fields["navn"] = _text(block.title)
            fields["hoved"] = [_text(cell) for cell in block.header]
            fields["raekker"] = [[_text(cell) for cell in row] for row in block.rows]
            return fields
        case Heading():
            fields["type"] = "overskrift"
        case Fact():
            fields["type"] = "oplysning"
            fields["navn"] = _text(block.label)
        case Quote():
            fields["type"] = "citat_fast_bredde" if block.is_fixed else "citat"
            fields["kilde"] = _text(block.source)
        case _:
            fields["type"] = "tekst"
    fields["tekst"] = _text(block.text)
    return fields


# --- what a template cannot -----------------------------------------------------------------------


def _fit_tables(body: Any, note: Note) -> None:
    """Give the note's tables the widths of their columns; the municipality's own stay."""
    widths = {
        tuple(map(_plain, block.header)): block.widths
        for section in note.sections
        for block in section.blocks
        if isinstance(block, Table)
    }
    for table in body.iter(qn("w:tbl")):
        rows = table.findall(qn("w:tr"))
        header = tuple(map(_said_in, rows[0].findall(qn("w:tc"))))
        shares = widths.get(header)
        if shares is not None:
            _fit(table, rows, [share * _PAGE_WIDTH // sum(shares) for share in shares])


def _said_in(cell: Any) -> str:
    return "".join(text.text or "" for text in cell.iter(qn("w:t")))


def _plain(text: str) -> str:
    return writable(text).replace("\n", "").replace("\t", "")


def _fit(table: Any, rows: Sequence[Any], widths: Sequence[int]) -> None:
    grid = table.find(qn("w:tblGrid"))
    for column in list(grid):
        grid.remove(column)
    for width in widths:
        column = OxmlElement("w:gridCol")
        column.set(qn("w:w"), str(width))
        grid.append(column)
    for row in rows:
        for cell, width in zip(row.findall(qn("w:tc")), widths, strict=False):
            size = cell.find(f"{qn('w:tcPr')}/{qn('w:tcW')}")
            if size is not None:
                size.set(qn("w:w"), str(width))
                size.set(qn("w:type"), "dxa")


def set_properties(properties: Any, title: str, written_at: dt.datetime) -> None:
    """Core properties without anything about a person.

    Args:
        properties: of the document.
        title: what kind of document it is.
        written_at: aware instant.
    """
    for name in ("author", "category", "comments", "keywords", "last_modified_by", "subject"):
        setattr(properties, name, "")
    properties.title = title
    properties.language = "da-DK"
    written = written_at.astimezone(dt.UTC).replace(tzinfo=None, microsecond=0)
    properties.created = properties.modified = written


_EXAMPLE = Note(
    kind=NoteKind.DISCHARGE,
    case_number="",
    municipality="",
    unit="",
    author=Author(name=""),
    purpose="",
    written_at=dt.datetime(2000, 1, 1, tzinfo=dt.UTC),
    is_signed=False,
    source="",
    sections=(
        Section(
            key="",
            heading="",
            blocks=(
                Heading(text=""),
                Paragraph(text=""),
                Fact(label="", text=""),
                Quote(text="", source=""),
                Quote(text="", source="", is_fixed=True),
                Table(title="", header=("",), rows=(("",),), widths=(1,)),
            ),
        ),
    ),
    personal=(),
)
"""What a template is tried on when it is loaded."""


# --- checking a template --------------------------------------------------------------------------


class _Fault(msgspec.Struct, frozen=True):
    reason: str
    near: str


def _check_links(name: str, filling: _Filling) -> None:
    """Refuse what Word would fetch from elsewhere, and a picture without alternative text."""
    for part in filling.docx.part.package.iter_parts():
        for relation in part.rels.values():
            if relation.is_external and relation.reltype != RELATIONSHIP_TYPE.HYPERLINK:
                raise NoteTemplateError(name, f"Den henter noget udefra ({part.partname}).")
        for picture in etree.fromstring(part.blob).iter("{*}docPr") if _is_xml(part) else ():
            if not picture.get("descr"):
                raise NoteTemplateError(name, "Et billede mangler alternativ tekst.")


def _is_xml(part: Any) -> bool:
    return str(part.content_type).endswith("xml")


def _faults(source: str) -> Iterator[_Fault]:
    """What in the Jinja source of a part cannot be used, each with the text around it."""
    lines = re.sub(r"<w:p([ >])", r"\n<w:p\1", source).split("\n")
    environment = _environment()

    def near(line: int) -> str:
        return _TAG.sub("", lines[min(line, len(lines)) - 1]).strip()[:80]

    try:
        tree = environment.parse("\n".join(lines))
        environment.compile(tree)
    except TemplateSyntaxError as error:
        yield _Fault("En kode kan ikke læses.", near(error.lineno))
        return
    for line, reason in _Reading().faults(environment.parse("\n".join(lines)), FIELDS):
        yield _Fault(reason, near(line))


class _Reading:
    """Reads the fields a template names, with what is known where they stand."""

    def faults(self, node: nodes.Node, scope: dict[str, _Shape]) -> Iterator[tuple[int, str]]:
        """Line and reason of everything that is not known in this scope."""
        if isinstance(node, _FORBIDDEN):
            yield node.lineno, "Koden rækker ud over notatets felter."
            return
        if isinstance(node, nodes.For):
            yield from self.faults(node.iter, scope)
            inside = scope | {"loop": _LOOP} | self._bound(node.target, node.iter, scope)
            for child in (*node.body, *([node.test] if node.test else [])):
                yield from self.faults(child, inside)
            for child in node.else_:
                yield from self.faults(child, scope)
            return
        unknown = self._unknown(node, scope)
        if unknown:
            known = ", ".join(sorted(unknown[1]))
            reason = f"Feltet »{unknown[0]}« findes ikke (kendte felter: {known})."
            yield node.lineno, reason
            return
        for child in node.iter_child_nodes():
            yield from self.faults(child, scope)

    def _unknown(
        self, node: nodes.Node, scope: dict[str, _Shape]
    ) -> tuple[str, dict[str, _Shape]] | None:
        """The name a node asks for and what it may ask for, when it is not among that."""
        if isinstance(node, nodes.Name) and node.ctx == "load" and node.name not in scope:
            return node.name, scope
        name = _asked_for(node)
        if name is None:
            return None
        assert isinstance(node, nodes.Getattr | nodes.Getitem)  # noqa: S101
        shape = self._shape(node.node, scope)
        if isinstance(shape, dict):
            return None if name in shape else (name, shape)
        is_known_base = not self._is_unknown_base(node.node, scope)
        return (name, {}) if is_known_base else None

    def _is_unknown_base(self, node: nodes.Node, scope: dict[str, _Shape]) -> bool:
        """Whether the fault is further in, and is told there."""
        return any(True for _ in self.faults(node, scope))

    def _bound(
        self, target: nodes.Node, source: nodes.Node, scope: dict[str, _Shape]
    ) -> dict[str, _Shape]:
        shape = self._shape(source, scope)
        item = shape[0] if isinstance(shape, list) else None
        return {target.name: item} if isinstance(target, nodes.Name) else {}

    def _shape(self, node: nodes.Node, scope: dict[str, _Shape]) -> _Shape:
        if isinstance(node, nodes.Name):
            return scope.get(node.name)
        if isinstance(node, nodes.Getattr | nodes.Getitem):
            base = self._shape(node.node, scope)
            if isinstance(base, list):
                return base[0]
            return base.get(_asked_for(node)) if isinstance(base, dict) else None
        return None


def _asked_for(node: nodes.Node) -> str | None:
    """The name of the field a node takes out of another."""
    if isinstance(node, nodes.Getattr):
        return node.attr
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        return node.arg.value if isinstance(node.arg.value, str) else None
    return None
