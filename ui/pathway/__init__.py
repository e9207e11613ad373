"""The pathway: what has happened, what is ahead, and what was written."""
