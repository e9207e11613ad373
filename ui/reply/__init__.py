"""Answering a plan: the bar with the three answers, the composer and the undo bar."""
