"""The five case notes of a pathway; headings and their order are casenote §4.

A note says what messages and journal say, and what its author adds. A section without content is
left out; the hospital's own words stand as quotations.
"""

from visitator.export.notes.order import Order, OwnWords
from visitator.export.notes.own_words import NO_DECISION
from visitator.export.notes.writing import kinds_for, own_words_in, write_note

__all__ = ["NO_DECISION", "Order", "OwnWords", "kinds_for", "own_words_in", "write_note"]
