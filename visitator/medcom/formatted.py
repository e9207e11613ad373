"""MedCom's formatted text to and from `RichText` (standard §8.3).

Line ends in the XML are layout: white space collapses, ``Break`` is the line break and ``Space``
a space that counts. Tags written as text (``&lt;Bold&gt;``) stay text.
"""

import re
from collections.abc import Iterator

from lxml import etree

from visitator.domain.text import RichText, Span, Style

XML_SPACE = " \t\r\n"
_SPACES = re.compile(r"[ \t\r\n]+")
_LINE_ENDS = re.compile(r"[ \t]*[\r\n][ \t\r\n]*")

_STYLES = {
    "Bold": Style.BOLD,
    "Italic": Style.ITALIC,
    "Underline": Style.UNDERLINE,
    "FixedFont": Style.FIXED,
    "Right": Style.RIGHT,
    "Center": Style.CENTER,
}
_TAGS = {style: tag for tag, style in _STYLES.items()}
FORMATS = frozenset({"Break", "Space", *_STYLES})
"""The elements formatted text is made of."""


def local_name(element: etree._Element) -> str:
    """An element's name without its namespace; which namespace it is never matters on receive."""
    tag = str(element.tag)
    return tag[tag.rfind("}") + 1 :]


def clean(text: str | None) -> str:
    """A leaf's text with layout white space collapsed and trimmed."""
    if not text:
        return ""
    text = text.strip(XML_SPACE)
    if "\n" in text or "  " in text or "\t" in text or "\r" in text:
        return _SPACES.sub(" ", text)
    return text


def leaf_text(element: etree._Element) -> str:
    """The text of a leaf; one that has elements in it after all gives the text of them too."""
    return read_rich(element).text if len(element) else clean(element.text)


def read_rich(element: etree._Element) -> RichText:
    """The formatted text of an element; unknown elements inside it keep their text."""
    if not len(element):
        return RichText(clean(element.text))
    lines = _plain_lines(element)
    if lines is not None:
        return RichText("\n".join(lines))
    builder = _Builder()
    _read_into(builder, element, fixed=False)
    return RichText("".join(builder.parts), tuple(sorted(builder.spans, key=_outer_first)))


def _plain_lines(element: etree._Element) -> list[str] | None:
    """The lines of a text that has line breaks and no other format, as most have."""
    breaks = list(element.iterchildren("{*}Break"))
    if len(breaks) < len(element):
        return None
    lines = [clean(element.text)]
    for child in breaks:
        if child.text or len(child):
            return None
        lines.append(clean(child.tail))
    return lines


def _read_into(builder: "_Builder", element: etree._Element, *, fixed: bool) -> None:
    builder.add(element.text, fixed)
    for child in element:
        name = local_name(child)
        if name == "Break" and not len(child) and not child.text:
            builder.line_break()
        elif name == "Space" and not len(child) and not child.text:
            builder.space()
        elif name in _STYLES:
            start = builder.mark()
            _read_into(builder, child, fixed=fixed or name == "FixedFont")
            builder.style(start, _STYLES[name])
        else:
            _read_into(builder, child, fixed=fixed)
        builder.add(child.tail, fixed)


class _Builder:
    """Collects text, collapsing layout white space as it goes so that spans stay right."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.spans: list[Span] = []
        self._length = 0
        self._pending = False
        self._line_start = True
        self._after_layout = False

    def add(self, text: str | None, fixed: bool) -> None:
        if not text:
            return
        if fixed:
            self._add_fixed(text)
            return
        core = clean(text)
        if not core or text[0] in XML_SPACE:
            self._pending = not self._line_start and not self._after_layout
        if not core:
            return
        self._flush()
        self._put(core)
        self._pending = text[-1] in XML_SPACE

    def _add_fixed(self, text: str) -> None:
        """In fixed width the spaces are the columns; only line ends are layout."""
        core = _LINE_ENDS.sub(" ", text)
        if self._line_start and text.lstrip(" \t")[:1] in ("\r", "\n"):
            core = core.lstrip(" ")
        if core:
            self._flush()
            self._put(core)

    def line_break(self) -> None:
        self._pending = False
        self._put("\n")
        self._line_start = True

    def space(self) -> None:
        self._flush()
        self._put(" ")

    def mark(self) -> int:
        self._flush()
        return self._length

    def style(self, start: int, style: Style) -> None:
        if self._length > start:
            self.spans.append(Span(start=start, end=self._length, style=style))

    def _flush(self) -> None:
        if self._pending:
            self._pending = False
            self._put(" ")
            self._after_layout = True

    def _put(self, text: str) -> None:
        self._after_layout = False
        self.parts.append(text)
        self._length += len(text)
        self._line_start = False


def write_rich(parent: etree._Element, text: RichText) -> None:
    """Append `text` to an element in MedCom's format, in the element's own namespace.

    A ``Break`` in another namespace is refused by receivers as a syntax error (standard §8.3).
    Formats nest one deep inside fixed width and not otherwise; a format that would overlap
    another is left out, its text never.
    """
    namespace = etree.QName(parent).namespace
    cursor = _Cursor(parent, f"{{{namespace}}}" if namespace else "")
    position = 0
    for outer, inner in _nesting(text):
        cursor.text(text.text[position : outer.start])
        with_outer = cursor.open(outer.style)
        position = outer.start
        for span in inner:
            with_outer.text(text.text[position : span.start])
            with_outer.open(span.style).text(text.text[span.start : span.end])
            position = span.end
        with_outer.text(text.text[position : outer.end])
        position = outer.end
    cursor.text(text.text[position:])


def writable_spans(text: RichText) -> tuple[Span, ...]:
    """The formats of a text that MedCom's format can nest, in the order they are read back."""
    kept = [span for outer, inner in _nesting(text) for span in (outer, *inner)]
    return tuple(sorted(kept, key=_outer_first))


def _outer_first(span: Span) -> tuple[int, int, bool, str]:
    return span.start, -span.end, span.style is not Style.FIXED, span.style.value


def _nesting(text: RichText) -> Iterator[tuple[Span, list[Span]]]:
    """Spans that do not overlap, each fixed-width one with the spans inside it."""
    ordered = sorted(text.spans, key=_outer_first)
    end = 0
    index = 0
    while index < len(ordered):
        outer = ordered[index]
        index += 1
        if outer.start < end or outer.end > len(text.text) or outer.start >= outer.end:
            continue
        end = outer.end
        inner: list[Span] = []
        inner_end = outer.start
        while index < len(ordered) and ordered[index].start < outer.end:
            span = ordered[index]
            index += 1
            fits = outer.style is Style.FIXED and span.style is not Style.FIXED
            if fits and inner_end <= span.start < span.end <= outer.end:
                inner.append(span)
                inner_end = span.end
        yield outer, inner


class _Cursor:
    """Writes text, line breaks and spaces at the end of one element."""

    def __init__(self, element: etree._Element, namespace: str) -> None:
        self._element = element
        self._namespace = namespace
        self._last: etree._Element | None = None

    def open(self, style: Style) -> "_Cursor":
        return _Cursor(self._child(_TAGS[style]), self._namespace)

    def text(self, text: str) -> None:
        for number, line in enumerate(text.split("\n")):
            if number:
                self._child("Break")
            self._line(line)

    def _line(self, line: str) -> None:
        """Only single spaces between two words survive as text; the others are ``Space``."""
        words = line.split(" ")
        for number, word in enumerate(words):
            if number:
                if word and words[number - 1]:
                    self._append(" ")
                else:
                    self._child("Space")
            if word:
                self._append(word)

    def _append(self, text: str) -> None:
        if self._last is None:
            self._element.text = (self._element.text or "") + text
        else:
            self._last.tail = (self._last.tail or "") + text

    def _child(self, name: str) -> etree._Element:
        self._last = etree.SubElement(self._element, self._namespace + name)
        return self._last
