"""MedCom's codes as a Dane reads them; a code that is not here is shown as it was sent."""

import enum

NOT_RELEVANT = "Ikke relevant"


class Limitation(enum.Enum):
    """How limited an ability is (begrænsning, ICF 0-4), with the codes that mean it.

    ``svaere`` and ``totale`` are in MedCom's example; the others are those of the scale (standard
    §2, agreements §4.6). A word that is not here has no number.
    """

    NONE = 0, "Ingen", ("ingen",)
    SLIGHT = 1, "Lette", ("lette",)
    MODERATE = 2, "Moderate", ("moderate",)
    SEVERE = 3, "Svære", ("svaere", "svære")
    TOTAL = 4, "Totale", ("totale",)

    def __init__(self, score: int, word: str, codes: tuple[str, ...]) -> None:
        self.score = score
        self.word = word
        self.codes = codes


_LIMITATIONS = {code: each for each in Limitation for code in each.codes}

RELATIONS = {
    "aegtefaelle": "ægtefælle",
    "soen": "søn",
    "registreret_partner": "registreret partner",
    "ingen_relationer": "ingen relationer",
    "uspec_paaroerende": "uspecificeret pårørende",
}
"""The relations (relation) whose codes are no Danish words (standard §2)."""

WORDS: tuple[str, ...] = (
    NOT_RELEVANT,
    *(each.word for each in Limitation),
    *RELATIONS.values(),
)


def limitation(code: str) -> Limitation | None:
    """The limitation a code means; None when it is not known."""
    return _LIMITATIONS.get(code.strip().casefold())


def in_danish(field: str, code: str) -> str:
    """A code as a Dane reads it.

    Args:
        field: the field it stands in, such as ``relation``.
        code: as sent; of any other field, or unknown, it stays as it is.
    """
    known: str | None = None
    if field == "score" and (found := limitation(code)):
        known = found.word
    elif field == "relation":
        known = RELATIONS.get(code)
    elif field == "relevance" and code == "ikke_relevant":
        known = NOT_RELEVANT
    return known or code
