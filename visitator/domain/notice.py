"""What a person should know: remarks, texts without a field, and what a check-up found."""

from typing import Self

import msgspec


class Notice(msgspec.Struct, frozen=True):
    """A remark (bemærkning) with a stable code and a Danish sentence without personal data."""

    code: str
    text: str


class RawField(msgspec.Struct, frozen=True, kw_only=True):
    """A text no typed field holds, kept with where it stood so that nothing is lost.

    ``path`` is the element names from the letter down, ``FurtherCoordination/Nyt/Comment``;
    an attribute ends in ``@name``. ``label`` is Danish when the element is a known one.
    """

    path: str
    label: str
    value: str


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing a check-up looked at."""

    what: str
    """Danish: what it is."""
    text: str
    """Danish: how it is, or what to do."""
    is_fine: bool

    @classmethod
    def out_of_reach(cls, what: str, error: OSError) -> Self:
        """Something that could not be looked at, because the system keeps it closed."""
        text = f"Der er ikke adgang til {error.filename}. Se efter rettighederne og netværket."
        return cls(what=what, text=text, is_fine=False)

    def __str__(self) -> str:
        """A line for the screen: OK, or what to do."""
        return f"{'OK  ' if self.is_fine else 'FEJL'}  {self.what}: {self.text}"
