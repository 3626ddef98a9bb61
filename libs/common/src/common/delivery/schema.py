"""The delivery tables as a service's first migration makes them. Frozen: change by migration."""

SCHEMA = (
    """
create table outbox_event (
  id uuid constraint pk_outbox_event primary key,
  name text not null,
  aggregate_id uuid not null,
  aggregate_seq integer not null,
  maker_id uuid,
  envelope jsonb not null,
  created_at timestamptz not null default now(),
  constraint uq_outbox_event_aggregate_id_aggregate_seq unique (aggregate_id, aggregate_seq)
)""",
    """
create table outbox_delivery (
  event_id uuid not null,
  subscriber text not null,
  size integer not null,
  state text not null default 'pending',
  attempts integer not null default 0,
  next_attempt_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  acked_at timestamptz,
  skip_reason text,
  constraint pk_outbox_delivery primary key (event_id, subscriber),
  constraint fk_outbox_delivery_event_id_outbox_event
    foreign key (event_id) references outbox_event (id),
  constraint ck_outbox_delivery_state check (state in ('pending', 'sent', 'acked', 'skipped'))
)""",
    """
create index ix_outbox_delivery_open on outbox_delivery (subscriber, next_attempt_at)
  where state in ('pending', 'sent')""",
    """
create table aggregate_sequence (
  aggregate_id uuid constraint pk_aggregate_sequence primary key,
  seq integer not null
)""",
    """
create table inbox (
  event_id uuid constraint pk_inbox primary key,
  producer text not null,
  name text not null,
  maker_id uuid,
  brand_id uuid,
  envelope jsonb not null,
  received_at timestamptz not null default now(),
  attempts integer not null default 0,
  next_attempt_at timestamptz not null default now(),
  processed_at timestamptz,
  dead_at timestamptz,
  last_error text
)""",
    """
create index ix_inbox_open on inbox (next_attempt_at)
  where processed_at is null and dead_at is null""",
    "create index ix_inbox_dead on inbox (dead_at) where dead_at is not null",
    """
create table outbound_call (
  id uuid constraint pk_outbound_call primary key,
  event_id uuid not null,
  kind text not null,
  recipient text not null,
  maker_id uuid,
  payload jsonb not null,
  one_at_a_time text,
  request_id text,
  state text not null default 'pending',
  previous_state text not null default 'pending',
  attempts integer not null default 0,
  next_attempt_at timestamptz not null default now(),
  lease_until timestamptz,
  fencing integer not null default 0,
  remote_id text,
  note text,
  result jsonb,
  last_error text,
  created_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  done_at timestamptz,
  constraint uq_outbound_call_event_id_kind_recipient unique (event_id, kind, recipient),
  constraint ck_outbound_call_state
    check (state in ('pending', 'sending', 'unknown', 'accepted', 'done', 'dead'))
)""",
    """
create index ix_outbound_call_due on outbound_call (kind, next_attempt_at)
  where state in ('pending', 'unknown', 'accepted')""",
    """
create index ix_outbound_call_lease on outbound_call (lease_until) where state = 'sending'""",
    """
create unique index uq_outbound_call_in_flight on outbound_call (kind, one_at_a_time)
  where state = 'sending' and one_at_a_time is not null""",
    """
create table scheduled_job (
  name text constraint pk_scheduled_job primary key,
  every_seconds integer not null,
  next_run_at timestamptz not null default now(),
  lease_until timestamptz,
  fencing integer not null default 0,
  last_started_at timestamptz,
  last_finished_at timestamptz,
  last_error text
)""",
)

OPERATIONS_SCHEMA = (
    """
alter table inbox
  add column skipped_at timestamptz, add column skip_reason text, add column skipped_by text""",
    """
alter table outbound_call
  add column skipped_at timestamptz, add column skip_reason text, add column skipped_by text""",
    """
create index ix_outbound_call_dead_letters on outbound_call (changed_at, id)
  where state = 'dead' and skipped_at is null""",
    """
create table delivery_pause (
  kind text not null,
  name text not null,
  key text not null default '',
  since timestamptz not null default now(),
  reason text not null,
  paused_by text not null,
  constraint pk_delivery_pause primary key (kind, name, key),
  constraint ck_delivery_pause_kind check (kind in ('subscriber', 'handler', 'effect'))
)""",
    """
create table operator_log (
  id uuid constraint pk_operator_log primary key,
  at timestamptz not null default now(),
  actor_kind text not null,
  actor_id uuid,
  actor_name text not null,
  action text not null,
  subject jsonb not null,
  reason text,
  number integer not null,
  request_id text not null,
  constraint ck_operator_log_actor_kind check (actor_kind in ('operator', 'command'))
)""",
)
"""What came later, by the migrations that call `let_operators_act`."""

CANARY_SCHEMA = """
create table canary (
  queue text constraint pk_canary primary key,
  seen_at timestamptz not null default now()
)"""
"""By the migrations that call `remember_canaries`."""
