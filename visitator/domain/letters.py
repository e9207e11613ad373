"""Writing to the hospital (korrespondancemeddelelse): to whom, and in the agreement's words."""

from visitator.domain.agreement import Agreement
from visitator.domain.entries import AnswerCategory, Entry, EntryId, MessageReceived
from visitator.domain.messages import Attachment, Message, Receipt
from visitator.domain.pathway import Pathway

MAX_SUBJECT = 70
"""Characters in a subject (emne, standard §3); a longer one is refused, never cut silently."""


def addressee(pathway: Pathway, answers: EntryId | None = None) -> Message | None:
    """The letter whose sender a letter of the municipality goes to.

    Args:
        pathway: where it is written.
        answers: the entry that brought the letter it answers, or None when it answers none.

    Returns:
        The answered letter; without one the current plan, else the last letter that came. None
        when there is no such letter.
    """
    if answers is not None:
        return next((_letter(each) for each in pathway.timeline if each.id == answers), None)
    if pathway.current_plan is not None:
        return pathway.current_plan.message
    letters = (_letter(each) for each in reversed(pathway.timeline))
    return next((letter for letter in letters if letter is not None), None)


def _letter(entry: Entry) -> Message | None:
    """The letter an entry brought; a receipt and an attachment (bilag) are none by themselves."""
    if not isinstance(entry.body, MessageReceived):
        return None
    message = entry.body.message
    return None if isinstance(message, Receipt | Attachment) else message


def category_label(category: AnswerCategory, agreement: Agreement) -> str:
    """The category in the agreement's own words (R4.7); in the program's where it has none."""
    labels = {each.code: each.label for each in agreement.care_plan.reply.categories}
    return labels.get(category.value, category.label)


def purpose_label(code: str | None, agreement: Agreement) -> str:
    """The purpose of a letter in the agreement's own words (R8.2); a code it has not as it is."""
    labels = {each.code: each.label for each in agreement.ambulatory.purposes}
    return labels.get(code or "", code or "")
