"""What the rows of the lists were made with; as long as it is the same, they hold."""

import hashlib

import msgspec

from visitator.domain.agreement import Agreement

VERSION = 5
"""To be raised when a projection, or the fold, computes something else than before, and when
entries can be read that could not be."""


def made_with(agreement: Agreement) -> str:
    """What the rows depend on beside the entries; when it changes they are made again."""
    return f"{VERSION} {hashlib.sha256(msgspec.json.encode(agreement)).hexdigest()}"
