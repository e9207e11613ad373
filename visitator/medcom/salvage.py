"""Cutting an envelope that is not well-formed into letters that may each still be.

One broken letter must not take the good ones with it, and its sender is to hear of it. The cuts are
made at the start tags of known letters; every piece is then parsed by itself, as strictly as a
whole message, so nothing is guessed about what a broken letter meant.
"""

import re
from collections.abc import Iterator

import msgspec

from visitator.medcom.letters import LETTERS

_HEAD_LIMIT = 64 * 1024
_LETTERS_AT_MOST = 100
_ROOT_TAG = re.compile(
    rb"(?>\s+|<\?[^>]*>)*+"
    rb"(?P<head>"
    rb"(?:(?P<wrapper><(?P<outer>(?:[\w.-]+:)?StandardBusinessDocument)\b[^<>]*>)"
    rb"(?:.*?</(?:[\w.-]+:)?StandardBusinessDocumentHeader\s*>)?\s*)?"
    rb"(?P<root><(?P<name>(?:[\w.-]+:)?Emessage)\b[^<>]*>))",
    re.DOTALL,
)
"""An Emessage, bare or inline in an SBDH; what is encoded in a wrapper is unwrapped first."""
_ENVELOPE_TAG = re.compile(rb"\s*<((?:[\w.-]+:)?Envelope)\b[^>]*>")
_OTHER_ROOT = re.compile(rb"<(?:[\w.-]+:)?Emessage\b[^<>]*>\s*<(?:[\w.-]+:)?Envelope\b")
_MAY_QUOTE = re.compile(rb"<[!?]|\]\]>")
"""CDATA, comments and instructions may hold the text of a letter that is not one; the end of a
CDATA stands nowhere else, and tells of one whose start is damaged."""
_LETTER_TAG = re.compile(
    rb"<((?:[\w.-]+:)?(?:%s))(?=[\s>])" % b"|".join(name.encode() for name in LETTERS)
)
_RECEIVER_END = re.compile(rb"</(?:[\w.-]+:)?Receiver\s*>")


class Cut(msgspec.Struct, frozen=True, kw_only=True):
    """Documents to try for one letter of a damaged envelope."""

    whole: bytes
    """The letter and what follows it up to the next known one."""
    letter: bytes
    """The letter alone."""
    rest: bytes
    """What follows it alone."""
    header: bytes
    """The letter up to its receiver, which says whose it is; what an SBDH says around the envelope
    is left out, since the payload carries the real data (standard §6.3)."""


def cut_letters(payload: bytes, encoding: str) -> list[Cut]:
    """Documents to try for each letter, in order.

    Args:
        payload: a message without byte order mark.
        encoding: how it is encoded.

    Returns:
        Empty when there is no envelope to cut, when it is unreasonably large, or when a letter may
        be quoted in it.
    """
    root = _ROOT_TAG.match(payload[:_HEAD_LIMIT])
    if root is None or _MAY_QUOTE.search(payload, root.start("head")):
        return []
    envelope, *pieces = _pieces(payload, root.end(), b"</" + root["name"])
    if len(pieces) > _LETTERS_AT_MOST:
        return []
    declaration = f'<?xml version="1.0" encoding="{encoding}"?>'.encode()
    head = declaration + root["head"] + envelope
    short = declaration + (root["wrapper"] or b"") + root["root"] + envelope
    tail = b"".join(b"</" + name + b">" for name in (root["name"], root["outer"]) if name)
    return [
        Cut(
            whole=head + piece + tail,
            letter=head + piece[:end] + tail,
            rest=head + piece[end:] + tail,
            header=short + _header(piece) + tail,
        )
        for piece, end in ((piece, _letter_end(piece)) for piece in pieces)
    ]


def _pieces(payload: bytes, start: int, end_tag: bytes) -> Iterator[bytes]:
    """The envelope element (or nothing), then one piece per letter start tag."""
    stop = _envelope_end(payload, start)
    yield payload[start:stop]
    end = _root_end(payload, stop, end_tag)
    cuts = [match.start() for match in _LETTER_TAG.finditer(payload, stop, end)]
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


def _root_end(payload: bytes, start: int, end_tag: bytes) -> int:
    """Where the Emessage ends; what follows another one did not come in this one's envelope."""
    other = _OTHER_ROOT.search(payload, start)
    limit = other.start() if other else len(payload)
    end = payload.rfind(end_tag, start, limit)
    return end if end >= 0 else limit


def _letter_end(piece: bytes) -> int:
    """Where the letter a piece begins with ends; 0 when that cannot be told."""
    name = _LETTER_TAG.match(piece)
    end = piece.find(b"</" + name.group(1)) if name else -1
    return piece.find(b">", end) + 1 if end >= 0 else 0


def _header(piece: bytes) -> bytes:
    """The letter a piece begins with, closed after its receiver; nothing when it has none."""
    name, receiver = _LETTER_TAG.match(piece), _RECEIVER_END.search(piece)
    return piece[: receiver.end()] + b"</" + name.group(1) + b">" if name and receiver else b""
