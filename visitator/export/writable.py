"""Texts that XML, and so a Word file, can hold: what it forbids is replaced by what can be seen."""

import re

_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LINE_BREAK = re.compile(r"\r\n?")
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_CONTROL_PICTURES = 0x2400


def writable(text: str) -> str:
    """The same text where XML allows it.

    A control character becomes its picture (BEL is shown as the symbol for BEL), what is no
    character becomes U+FFFD, and a line break of Windows or of an old Mac becomes a newline.
    """
    return _FORBIDDEN.sub(_visible, _LINE_BREAK.sub("\n", text))


def _visible(found: re.Match[str]) -> str:
    code = ord(found[0])
    return chr(_CONTROL_PICTURES + code) if code < 0x20 else _REPLACEMENT
