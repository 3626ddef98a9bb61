"""The worker's canaries leave a trace."""

from alembic import op

from common.migrations import remember_canaries

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    remember_canaries(op)
