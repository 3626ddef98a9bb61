"""Begin: links, their tokens, what is counted on them, and the delivery tables."""

from alembic import op

from common.migrations import create_delivery_tables, grant_all, wall_off

revision = "0001"
down_revision = None

LINKS = """
create table links (
  id uuid constraint pk_links primary key,
  maker_id uuid not null,
  brand_id uuid not null,
  token text not null constraint uq_links_token unique,
  name text not null,
  description text not null,
  status text not null,
  version integer not null,
  view_only boolean not null,
  transition boolean not null,
  address_shown boolean not null,
  release_at timestamptz,
  expires_at timestamptz,
  passcode_hash text,
  passcode_version integer,
  catalog_ids jsonb not null,
  lookbook_ids jsonb not null,
  payment_methods jsonb not null,
  shipping_rows jsonb not null,
  videos jsonb not null,
  background jsonb not null,
  contacts jsonb not null,
  created_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  constraint ck_links_status check (status in ('open', 'void', 'deleted')),
  constraint ck_links_period check (expires_at is null or release_at is null or expires_at > release_at)
)
"""

TOKENS = """
create table link_tokens (
  token text constraint pk_link_tokens primary key,
  link_id uuid not null,
  maker_id uuid not null
)
"""

COUNTS = """
create table link_counts (
  link_id uuid constraint pk_link_counts primary key,
  maker_id uuid not null,
  signed_in integer not null,
  orders integer not null
)
"""


def upgrade() -> None:
    create_delivery_tables(op)
    for table in (LINKS, TOKENS, COUNTS):
        op.execute(table)
    op.execute(
        "create index ix_links_brand_id_id on links (brand_id, id desc) where status <> 'deleted'"
    )
    wall_off(op, "links", "link_counts")
    grant_all(op, service="links")
