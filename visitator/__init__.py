"""Visitator: receive what hospitals send, answer in time, leave a proper note."""

__version__ = "0.1.0"
