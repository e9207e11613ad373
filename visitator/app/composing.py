"""The text of an answer (besked): what was typed, and below it what was ticked.

`written` puts them together and `taken_apart` gives them back, so that an answer that was undone
or refused can be worked on where it was left.
"""

import msgspec

from visitator.domain.agreement import Agreement
from visitator.domain.entries import AnswerCategory

TRIGGERS = "Behov for udvidet koordinering:"
"""Above the reasons that were ticked (R6.1); they follow in the agreement's words."""
FORM = "Ønsket form:"
"""Before the form of the conference (R6.2)."""


class Composed(msgspec.Struct, frozen=True, kw_only=True):
    """What an author chose and typed."""

    text: str
    choices: tuple[str, ...] = ()
    """Codes of the agreement's triggers, in its order, and at most one of its forms."""


def written(composed: Composed, category: AnswerCategory, agreement: Agreement) -> str:
    """The comment of a reply; only a wish for coordination says what was ticked.

    A question's topics have written their phrases into the text already.

    Raises:
        ValueError: something was ticked that the agreement does not have.
    """
    text = composed.text.strip()
    if category is not AnswerCategory.COORDINATION:
        return text
    return "\n\n".join(part for part in (text, _ticked(composed.choices, agreement)) if part)


def _ticked(choices: tuple[str, ...], agreement: Agreement) -> str:
    terms = agreement.coordination
    known = {choice.code for choice in (*terms.triggers, *terms.forms)}
    if unknown := set(choices) - known:
        raise ValueError(f"not in the agreement: {sorted(unknown)}")
    triggers = [f"- {each.label}" for each in terms.triggers if each.code in choices]
    forms = [each.label for each in terms.forms if each.code in choices]
    lines = [TRIGGERS, *triggers] if triggers else []
    return "\n".join([*lines, f"{FORM} {' eller '.join(forms)}"] if forms else lines)


def taken_apart(comment: str, category: AnswerCategory, agreement: Agreement) -> Composed:
    """What was typed and what was ticked in a comment that `written` made."""
    if category is AnswerCategory.COORDINATION:
        text, _, ticked = comment.rpartition("\n\n")
        choices = _choices(ticked, agreement)
        if choices and _ticked(choices, agreement) == ticked:
            return Composed(text=text, choices=choices)
    return Composed(text=comment)


def _choices(ticked: str, agreement: Agreement) -> tuple[str, ...]:
    terms = agreement.coordination
    lines = ticked.splitlines()
    triggers = tuple(each.code for each in terms.triggers if f"- {each.label}" in lines)
    named = {form for line in lines for form in line.removeprefix(f"{FORM} ").split(" eller ")}
    return triggers + tuple(each.code for each in terms.forms if each.label in named)
