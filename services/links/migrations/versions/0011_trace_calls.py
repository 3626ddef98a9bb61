"""Calls of a trace: a mail, an upload belongs to the request that led to it."""

from alembic import op

from common.migrations import trace_calls

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Add the column."""
    trace_calls(op)
