"""Webhooks: where a brand wants to be told, what there is to tell, and each telling."""

from alembic import op

from common.migrations import wall_off

revision = "0004"
down_revision = "0003"

ENDPOINTS = """
create table webhook_endpoints (
  id uuid constraint pk_webhook_endpoints primary key,
  maker_id uuid not null,
  brand_id uuid not null,
  brand_name text not null,
  time_zone text not null,
  url text not null,
  types jsonb not null,
  secret_version integer not null default 1,
  paused_at timestamptz,
  pause_reason text,
  created_at timestamptz not null default now(),
  changed_at timestamptz not null default now()
)
"""
EVENTS = """
create table webhook_events (
  id uuid constraint pk_webhook_events primary key,
  maker_id uuid not null,
  brand_id uuid not null,
  order_id uuid not null,
  producer text not null,
  producer_seq integer not null,
  type text not null,
  sequence integer not null,
  occurred_at timestamptz not null,
  data jsonb not null,
  constraint uq_webhook_events_order_id_sequence unique (order_id, sequence)
)
"""
DELIVERIES = """
create table webhook_deliveries (
  id uuid constraint pk_webhook_deliveries primary key,
  maker_id uuid not null,
  brand_id uuid not null,
  endpoint_id uuid not null constraint fk_webhook_deliveries_endpoint_id_webhook_endpoints
    references webhook_endpoints on delete cascade,
  event_id uuid not null,
  order_id uuid not null,
  position bigint not null generated always as identity,
  reason text not null,
  type text not null,
  sequence integer not null,
  body text not null,
  call_id uuid,
  state text not null default 'waiting',
  attempts integer not null default 0,
  note text,
  request jsonb,
  answer jsonb,
  created_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  constraint ck_webhook_deliveries_reason check (reason in ('event', 'replay', 'test')),
  constraint ck_webhook_deliveries_state check (state in
    ('waiting', 'pending', 'sending', 'unknown', 'accepted', 'done', 'dead', 'skipped'))
)
"""


def upgrade() -> None:
    op.execute(ENDPOINTS)
    op.execute(EVENTS)
    op.execute(DELIVERIES)
    op.execute("create index ix_webhook_endpoints_brand_id on webhook_endpoints (brand_id)")
    op.execute("create index ix_webhook_events_order_id on webhook_events (order_id, producer)")
    op.execute("create index ix_webhook_events_range on webhook_events (brand_id, occurred_at)")
    op.execute("create index ix_webhook_deliveries_list on webhook_deliveries (endpoint_id, id)")
    op.execute(
        "create index ix_webhook_deliveries_queue on webhook_deliveries "
        "(endpoint_id, order_id, position) where state not in ('done', 'skipped')"
    )
    op.execute("create index ix_webhook_deliveries_call_id on webhook_deliveries (call_id)")
    wall_off(op, "webhook_endpoints", "webhook_events", "webhook_deliveries")
