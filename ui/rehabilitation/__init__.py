"""Genoptræning: the training team's list, one plan with its steps, and what is done about it."""
