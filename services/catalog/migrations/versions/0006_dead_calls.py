"""Calls that were given up, by kind: what Prometheus counts and people look at."""

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the index."""
    op.execute(
        "create index ix_outbound_call_dead on outbound_call (kind, changed_at)"
        " where state = 'dead'"
    )
