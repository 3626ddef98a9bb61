"""Operators look after the queues: pauses, skipped letters, and the log of who did it."""

from alembic import op

from common.migrations import let_operators_act

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add what is missing; nothing that is there changes."""
    let_operators_act(op, service="notifications")
