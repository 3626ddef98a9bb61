"""The audit log can forget a person."""

from alembic import op

from common.migrations import let_the_log_forget

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add them; nothing that is there changes."""
    let_the_log_forget(op, service="identity")
