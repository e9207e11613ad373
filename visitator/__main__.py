"""Lets ``python -m visitator`` do what the ``visitator`` command does."""

from visitator.cli import main

if __name__ == "__main__":
    main()
