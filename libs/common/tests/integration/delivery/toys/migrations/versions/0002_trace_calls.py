"""Calls of a trace."""

from alembic import op

from common.migrations import trace_calls

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    trace_calls(op)
