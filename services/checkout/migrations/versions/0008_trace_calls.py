"""Calls of a trace: a mail, an upload belongs to the request that led to it."""

from alembic import op

from common.migrations import trace_calls

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add the column."""
    trace_calls(op)
