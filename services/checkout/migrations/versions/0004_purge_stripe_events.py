"""Webhooks by age, for the job that forgets old ones."""

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the index."""
    op.execute(
        "create index ix_stripe_events_maker_id_received_at on stripe_events (maker_id, received_at)"
    )
