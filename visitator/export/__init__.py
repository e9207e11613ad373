"""Case notes (notater) out of a pathway: as values, as Word files, as plain text."""
