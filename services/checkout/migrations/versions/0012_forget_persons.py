"""The audit log can forget a person; orders know that their buyer was erased."""

from alembic import op

from common.migrations import let_the_log_forget

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Add them; nothing that is there changes."""
    let_the_log_forget(op, service="checkout")
    op.execute("alter table orders add column erasure_asked_at timestamptz")
    op.execute(
        "create index ix_orders_erasure_asked on orders (maker_id, completed_at)"
        " where erasure_asked_at is not null"
    )
