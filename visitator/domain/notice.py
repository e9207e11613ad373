"""What a reader should know about a message although it could be read."""

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
