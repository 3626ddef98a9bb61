"""The worker's canaries leave a trace that the web can read."""

from alembic import op

from common.migrations import remember_canaries

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add a table; nothing that is there changes."""
    remember_canaries(op)
