"""Cutting an envelope that is not well-formed into letters that may each still be.

One broken letter must not take the good ones with it. The cuts are made at the start tags of known
letters; every piece is then parsed by itself, as strictly as a whole message, so nothing is
guessed about what a broken letter meant.
"""

import re
from collections.abc import Iterator

from visitator.medcom.letters import LETTERS

_HEAD_LIMIT = 64 * 1024
_LETTERS_AT_MOST = 100
_ROOT_TAG = re.compile(rb"(?>\s+|<\?[^>]*>)*+(<((?:[\w.-]+:)?Emessage)\b[^>]*>)")
_ENVELOPE_TAG = re.compile(rb"\s*<((?:[\w.-]+:)?Envelope)\b[^>]*>")
_MAY_QUOTE = re.compile(rb"<[!?]")
"""CDATA, comments and instructions may hold the text of a letter that is not one."""
_LETTER_TAG = re.compile(
    rb"<((?:[\w.-]+:)?(?:%s))(?=[\s>])" % b"|".join(name.encode() for name in LETTERS)
)


def cut_letters(payload: bytes, encoding: str) -> list[tuple[bytes, bytes, bytes]]:
    """Documents to try, three per letter, in order.

    Args:
        payload: a message without byte order mark.
        encoding: how it is encoded.

    Returns:
        For each letter an Emessage with it and what follows it up to the next known one, then
        one with the letter alone and one with what follows alone. Empty when there is no envelope
        to cut, when it is unreasonably large, or when a letter may be quoted in it.
    """
    root = _ROOT_TAG.match(payload[:_HEAD_LIMIT])
    if root is None or _MAY_QUOTE.search(payload, root.end()):
        return []
    envelope, *pieces = _pieces(payload, root.end())
    if len(pieces) > _LETTERS_AT_MOST:
        return []
    head = f'<?xml version="1.0" encoding="{encoding}"?>'.encode() + root.group(1) + envelope
    tail = b"</" + root.group(2) + b">"
    return [
        (head + piece + tail, head + piece[:end] + tail, head + piece[end:] + tail)
        for piece, end in ((piece, _letter_end(piece)) for piece in pieces)
    ]


def _pieces(payload: bytes, start: int) -> Iterator[bytes]:
    """The envelope element (or nothing), then one piece per letter start tag."""
    stop = _envelope_end(payload, start)
    yield payload[start:stop]
    end = payload.rfind(b"</")
    if b"Emessage" not in payload[end:]:
        end = len(payload)
    cuts = [match.start() for match in _LETTER_TAG.finditer(payload, stop)]
    for begin, finish in zip([stop, *cuts], [*cuts, end], strict=True):
        piece = payload[begin:finish]
        if piece and not piece.isspace():
            yield piece


def _envelope_end(payload: bytes, start: int) -> int:
    envelope = _ENVELOPE_TAG.match(payload[start : start + _HEAD_LIMIT])
    if envelope is None:
        return start
    close = payload.find(b"</" + envelope.group(1), start, start + _HEAD_LIMIT)
    return payload.find(b">", close) + 1 if close >= 0 else start


def _letter_end(piece: bytes) -> int:
    """Where the letter a piece begins with ends; 0 when that cannot be told."""
    name = _LETTER_TAG.match(piece)
    end = piece.find(b"</" + name.group(1)) if name else -1
    return piece.find(b">", end) + 1 if end >= 0 else 0
