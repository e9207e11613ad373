"""The Danish label of a field, written once: on the field itself.

``street: Annotated[str | None, label("Adresse")]`` names the field in English for the code and in
Danish for the screen, the note and the difference between two plans.
"""

import functools
from typing import Annotated, get_args, get_origin, get_type_hints

import msgspec


def label(danish: str) -> msgspec.Meta:
    """The annotation that gives a field its Danish label."""
    return msgspec.Meta(title=danish)


@functools.cache
def labels(struct: type[msgspec.Struct]) -> dict[str, str]:
    """Field name -> Danish label, for every labelled field of a struct, in field order."""
    hints = get_type_hints(struct, include_extras=True)
    found: dict[str, str] = {}
    for field in struct.__struct_fields__:
        hint = hints[field]
        if get_origin(hint) is Annotated:
            for meta in get_args(hint)[1:]:
                if isinstance(meta, msgspec.Meta) and meta.title:
                    found[field] = meta.title
    return found


def label_of(struct: type[msgspec.Struct], field: str) -> str:
    """The Danish label of one field.

    Raises:
        KeyError: the field has no label.
    """
    return labels(struct)[field]
