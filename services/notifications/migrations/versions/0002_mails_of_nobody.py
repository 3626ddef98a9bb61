"""Mails about accounts belong to no brand; recipients say since when; a switch per kind."""

from alembic import op

from common.migrations import wall_off

revision = "0002"
down_revision = "0001"

SWITCHES = """
create table mail_switches (
  maker_id uuid not null,
  brand_id uuid not null,
  kind text not null,
  is_on boolean not null,
  changed_at timestamptz not null default now(),
  constraint pk_mail_switches primary key (brand_id, kind)
)
"""
OWNER = "alter table messages add column owner_id uuid not null generated always as (coalesce(brand_id, maker_id)) stored"


def upgrade() -> None:
    op.execute("alter table messages alter column brand_id drop not null")
    # Every list of the ledger is one of these, read backwards from where a page ended.
    op.execute(OWNER)
    for name in ("brand_id_id", "order_number", "unsettled"):
        op.execute(f"drop index ix_messages_{name}")
    op.execute("create index ix_messages_state on messages (owner_id, state, id desc)")
    op.execute("create index ix_messages_kind on messages (owner_id, kind, state, id desc)")
    op.execute(
        "create index ix_messages_recipient on messages (owner_id, lower(recipient), id desc)"
    )
    op.execute("create index ix_messages_order_number on messages (owner_id, order_number)")
    op.execute("create index ix_messages_order_id on messages (order_id)")
    op.execute(SWITCHES)
    wall_off(op, "mail_switches")
