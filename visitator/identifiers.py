"""Identifiers made once and never used again."""

import datetime as dt
import secrets
import string
import uuid

_ALPHABET = string.ascii_uppercase + string.digits
_LETTER_ID_LENGTH = 14


def new_letter_id() -> str:
    """A MedCom letter or envelope identifier: 14 random letters and digits (standard §8.1)."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(_LETTER_ID_LENGTH))


def new_entry_id(now: dt.datetime) -> str:
    """A journal entry's id: a UUIDv7 made at the aware instant `now`.

    The time in it only keeps database pages together; no order is read from it (sync I11).

    Raises:
        ValueError: `now` is naive.
    """
    if now.utcoffset() is None:
        raise ValueError("an instant needs a time zone; got a naive datetime")
    milliseconds = int(now.timestamp() * 1000) & ((1 << 48) - 1)
    version, variant = 0x7 << 76, 0x2 << 62
    random = secrets.randbits(12) << 64 | secrets.randbits(62)
    return str(uuid.UUID(int=milliseconds << 80 | version | variant | random))
