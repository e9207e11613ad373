"""What can go wrong at the desk beside the store, each with a Danish text for the person."""


class AskingError(Exception):
    """The gateway did not answer the question; Danish text. Nothing here is changed by it."""


class NothingToAnswerError(Exception):
    """There is no plan to answer, or it changed while the answer was written; Danish text."""
