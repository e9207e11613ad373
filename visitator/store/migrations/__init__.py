"""The steps from one schema of the local database to the next (alembic)."""
