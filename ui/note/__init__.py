"""Case notes (Word-notater): one with its preview, or many in one go."""
