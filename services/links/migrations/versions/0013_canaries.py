"""The worker's canaries leave a trace that the web can read."""

from alembic import op

from common.migrations import remember_canaries

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Add a table; nothing that is there changes."""
    remember_canaries(op)
