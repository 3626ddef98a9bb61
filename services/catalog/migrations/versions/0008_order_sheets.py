"""Order sheets that buyers filled: each row with its fate, to be looked at and taken away."""

from alembic import op

from common.migrations import wall_off

revision = "0008"
down_revision = "0007"

TABLE = """
create table order_sheets (
  maker_id uuid not null,
  id uuid constraint pk_order_sheets primary key,
  brand_id uuid not null,
  buyer_id uuid not null,
  link_id uuid,
  catalog_id uuid not null,
  file_name text not null,
  head jsonb not null,
  rows jsonb not null,
  created_at timestamptz not null
)"""
INDEXES = (
    "create index ix_order_sheets_buyer_id on order_sheets (buyer_id, link_id, catalog_id, id desc)",
    "create index ix_order_sheets_created_at on order_sheets (created_at)",
)


def upgrade() -> None:
    """Make the table and wall it off."""
    op.execute(TABLE)
    op.execute("grant select, insert, update, delete on order_sheets to catalog_app")
    for statement in INDEXES:
        op.execute(statement)
    wall_off(op, "order_sheets")
