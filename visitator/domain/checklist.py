"""The bring-along checklist (tjekliste) of an agreement: what the citizen needs in hospital.

Requirements R3.1-R3.3: seven items in the agreement's words; an item of two things has two parts,
so that "briller medbragt, høreapparat mangler" can be said.
"""

from typing import Annotated

import msgspec

from visitator.domain.agreement import Confidence, Text

_Code = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9_]+$")]


class ChecklistPart(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is ticked by itself."""

    code: _Code
    """Stable: the journal names it."""
    label: Text
    always: str = ""
    """The agreement's words where it must always be brought; empty elsewhere."""


class ChecklistItem(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One line of the agreement's list."""

    label: Text
    parts: Annotated[tuple[ChecklistPart, ...], msgspec.Meta(min_length=1)]


class Checklist(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The list of one agreement.

    Raises:
        ValueError: two parts have the same code (Danish text).
    """

    id: Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9-]+$")]
    title: Text
    scope: Text
    """Whom it is for and who sees to it, in Danish."""
    source: Text
    source_url: Text | None = None
    confidence: Confidence
    items: Annotated[tuple[ChecklistItem, ...], msgspec.Meta(min_length=1)]

    def __post_init__(self) -> None:
        codes = [part.code for part in self.parts]
        if len(set(codes)) != len(codes):
            raise ValueError("items: den samme 'code' er brugt til to dele")

    @property
    def parts(self) -> tuple[ChecklistPart, ...]:
        """Every part of every item, in order."""
        return tuple(part for item in self.items for part in item.parts)
