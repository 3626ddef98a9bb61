"""Alembic's entry: the tables of identity, run by `python -m common.migrate identity`."""

import identity.store.models  # noqa: F401 - registers the tables.
from common.migrate import run_migrations

run_migrations()
