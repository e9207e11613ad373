"""Bytes -> XML tree, for what hospitals really send (standard §8.4) and against what they must not.

The character set is decided by the bytes before the declaration: real payloads are ISO-8859-1
without a declaration, and some that declare ISO-8859-1 are UTF-8.
"""

import codecs
import functools
import re

from lxml import etree

from visitator.domain.notice import Notice
from visitator.medcom.errors import MessageError, Reason

MAX_BYTES = 100 * 1024 * 1024
"""An attachment may be 50 MB, and travels as base64 inside base64."""
MAX_ELEMENTS = 500_000
MAX_DEPTH = 256
"""What libxml2 allows by itself; large documents lift its limit and are counted here."""
_PLAIN_LIMIT = 8_000_000
"""libxml2 refuses a single text above 10 MB unless told otherwise."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARATION = re.compile(
    rb"\s*<\?xml\s[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']"
)
_XML_DECLARATION = re.compile(r"\A\ufeff*\s*<\?xml\s[^>]{0,300}?\?>")
# Atomic and possessive: a hostile prolog costs one pass, never a search.
_DOCTYPE = re.compile(rb"(?>\s+|<\?.*?\?>|<!--.*?-->)*+<!DOCTYPE", re.DOTALL)
_C1_CONTROLS = bytes(range(0x80, 0xA0))
"""Letters and quotes in Windows-1252, nothing a hospital writes in ISO-8859-1."""
_UTF8 = "utf-8"
_LATIN1 = "iso-8859-1"
_ENCODINGS = {
    "utf-8": _UTF8,
    "us-ascii": _UTF8,
    "iso-8859-1": _LATIN1,
    "iso-8859-15": "iso-8859-15",
    "windows-1252": "cp1252",
}
"""Declarations that are believed; any other is read as if it were not there."""


def parse(data: bytes) -> tuple[etree._Element, tuple[Notice, ...]]:
    """The root element of a message, and a remark when its character set had to be corrected.

    Entities, DTDs and the network are off; a document that carries a DTD is refused whole.

    Raises:
        MessageError: empty, too large, too deep, with a DTD, or not well-formed XML.
    """
    if len(data) > MAX_BYTES or data.count(b"<") > 2 * MAX_ELEMENTS:
        raise MessageError(Reason.TOO_LARGE)
    if not data or data.isspace():
        raise MessageError(Reason.EMPTY)
    payload, encoding, notices = normalise(data)
    if _DOCTYPE.match(payload):
        raise MessageError(Reason.DTD)
    large = len(payload) > _PLAIN_LIMIT
    try:
        root = etree.fromstring(payload, _parser(encoding, large))
    except etree.XMLSyntaxError as error:
        raise _syntax_error(error) from None
    except ValueError:
        raise MessageError(Reason.SYNTAX) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise MessageError(Reason.DTD)
    if large:
        _check_depth(root)
    return root, notices


def normalise(data: bytes) -> tuple[bytes, str, tuple[Notice, ...]]:
    """Bytes libxml2 can read, their encoding (UTF-8 or ISO-8859-1), and what was corrected.

    The rule: a byte order mark, else UTF-8 if the bytes are valid UTF-8, else the declared
    encoding if it decodes, else ISO-8859-1 or its Windows superset.
    """
    for bom, name in _BOMS:
        if data.startswith(bom):
            try:
                return _without_declaration(data.decode(name)), _UTF8, ()
            except UnicodeDecodeError:
                return normalise(data[len(bom) :])
    declared = _declared(data)
    if data.isascii() or _decodes(data, _UTF8):
        wrong = declared not in (None, _UTF8) and not data.isascii()
        return data.lstrip(), _UTF8, _corrected(declared, "UTF-8") if wrong else ()
    if declared not in (None, _UTF8, _LATIN1) and (text := _decoded(data, str(declared))):
        return _without_declaration(text), _UTF8, ()
    has_controls = len(data.translate(None, _C1_CONTROLS)) < len(data)
    if has_controls and (text := _decoded(data, "cp1252")):
        return _without_declaration(text), _UTF8, _corrected(declared, "Windows-1252")
    notices = () if declared == _LATIN1 else _corrected(declared, "ISO-8859-1")
    return data.lstrip(), _LATIN1, notices


def _declared(data: bytes) -> str | None:
    match = _DECLARATION.match(data[:300])
    if not match:
        return None
    return _ENCODINGS.get(match.group(1).decode("ascii").lower())


def _decodes(data: bytes, encoding: str) -> bool:
    return _decoded(data, encoding) is not None


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeError:
        return None


def _without_declaration(text: str) -> bytes:
    return _XML_DECLARATION.sub("", text).lstrip("\ufeff \t\r\n").encode(_UTF8, "replace")


def _corrected(declared: str | None, used: str) -> tuple[Notice, ...]:
    said = f"angivet som {declared}" if declared else "ikke angivet"
    return (Notice("tegnsaet_rettet", f"Tegnsættet var {said} og er læst som {used}."),)


@functools.cache
def _parser(encoding: str, large: bool) -> etree.XMLParser:
    return etree.XMLParser(
        encoding=encoding,
        resolve_entities=False,
        load_dtd=False,
        dtd_validation=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
        huge_tree=large,
    )


def _syntax_error(error: etree.XMLSyntaxError) -> MessageError:
    """Where the parser stopped; its own words may quote the message and are left out."""
    line, column = error.position
    if error.code in (etree.ErrorTypes.ERR_INTERNAL_ERROR, etree.ErrorTypes.ERR_RESOURCE_LIMIT):
        return MessageError(Reason.TOO_DEEP, f"linje {line}")
    return MessageError(Reason.SYNTAX, f"linje {line}, tegn {column}")


def _check_depth(root: etree._Element) -> None:
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > MAX_DEPTH:
            raise MessageError(Reason.TOO_DEEP)
