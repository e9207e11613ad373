"""Indlæggelser: who is in hospital, what they brought along, and the admission report."""
