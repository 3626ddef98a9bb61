"""Alembic's entry: the tables of checkout, run by `python -m common.migrate checkout`."""

import checkout.store.models  # noqa: F401 - registers the tables.
from common.migrate import run_migrations

run_migrations()
