"""Reading a Word file back, as python-docx and an accessibility checker see it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from docx import Document
from docx.document import Document as DocumentObject
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml import etree


def opened(data: bytes) -> DocumentObject:
    return Document(io.BytesIO(data))


def parts(data: bytes) -> Iterator[tuple[str, Any]]:
    """Every XML part with its name."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                yield name, etree.fromstring(package.read(name))


def texts(data: bytes) -> list[str]:
    """Every paragraph of the body in order, those of table cells too."""
    found: list[str] = []
    for each in opened(data).iter_inner_content():
        if isinstance(each, Paragraph):
            found.append(each.text)
        elif isinstance(each, Table):
            found += [cell.text for row in each.rows for cell in row.cells]
    return found


def accessibility_faults(data: bytes) -> list[str]:
    """What one who cannot see the page, or reads it aloud, would miss."""
    document = opened(data)
    return [
        *_headings(document),
        *_tables(document),
        *_language(document),
        *(
            f"a picture without alternative text in {name}"
            for name, part in parts(data)
            for picture in part.iter("{*}docPr")
            if not picture.get("descr")
        ),
    ]


def _headings(document: DocumentObject) -> Iterator[str]:
    level = 0
    for paragraph in document.paragraphs:
        name = (paragraph.style.name or "") if paragraph.style else ""
        if name.startswith("Heading "):
            depth = int(name.split()[1])
            if depth > level + 1:
                yield f"heading {depth} after {level}: {paragraph.text}"
            level = depth


def _tables(document: DocumentObject) -> Iterator[str]:
    for table in document.tables:
        first = table.rows[0]._tr.trPr
        if first is None or first.find(qn("w:tblHeader")) is None:
            yield "a table without a header row"
        if table._tbl.tblPr.find(qn("w:tblCaption")) is None:
            yield "a table without a title"


def _language(document: DocumentObject) -> Iterator[str]:
    language = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    if language is None or language.get(qn("w:val")) != "da-DK":
        yield "the language is not Danish"
