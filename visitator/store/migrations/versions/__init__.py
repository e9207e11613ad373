"""One module per step; each is frozen once it is released."""
