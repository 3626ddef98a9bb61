"""Let only the ledger's own indexes give its order, so that no plan walks the primary key."""

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    # With a million rows the planner walked pk_messages backwards and threw almost all away.
    # The same value in a column of its own stands in no other index.
    op.execute(
        "alter table messages add column place uuid not null generated always as (id) stored"
    )
    for name in ("state", "kind", "recipient"):
        op.execute(f"drop index ix_messages_{name}")
    op.execute("create index ix_messages_state on messages (owner_id, state, place desc)")
    op.execute("create index ix_messages_kind on messages (owner_id, kind, state, place desc)")
    op.execute(
        "create index ix_messages_recipient on messages (owner_id, recipient_key, place desc)"
    )
