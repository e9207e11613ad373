"""The plan: what the hospital says, what changed, and how the answer stands."""
