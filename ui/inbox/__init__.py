"""The list of what is to be done first, and the search over it."""
