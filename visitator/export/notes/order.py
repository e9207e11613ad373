"""What is asked for when a note is to be written."""

import msgspec

from visitator.domain.entries import NoteKind
from visitator.export.note import Author


class OwnWords(msgspec.Struct, frozen=True, kw_only=True):
    """What only the author can say; an empty one is left out (casenote §4, points 7, 8, 10, 15)."""

    needs: str = ""
    """Behov: B of Faglig vurdering (BÅS)."""
    cause: str = ""
    """Årsag til funktionsnedsættelsen."""
    symptoms: str = ""
    """Symptomer."""
    wishes: str = ""
    """The citizen's and the relatives' wishes, in their own words."""
    decided: str = ""
    """What was agreed: help, supplier, start."""
    follow_up: str = ""
    """Who does what when."""


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """What a user asks for when a note is to be written."""

    kind: NoteKind
    case_number: str
    purpose: str
    author: Author
    municipality: str
    unit: str = ""
    own: OwnWords = OwnWords()
    with_cpr: bool = True
    is_signed: bool = False
