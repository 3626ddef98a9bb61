"""Card payments: the brand's Stripe account, payments, webhooks, attempts that wait for a card."""

from alembic import op

from common.migrations import wall_off

revision = "0002"
down_revision = "0001"

STATEMENTS = (
    "alter table payment_settings add column stripe_account_id text",
    "alter table payment_settings add column details_submitted boolean default false not null",
    "alter table payment_settings add column charges_enabled boolean default false not null",
    "alter table payment_settings add column payouts_enabled boolean default false not null",
    "alter table payment_settings add column commerce_page_url text",
    "alter table payment_settings add column checked_at timestamptz",
    "alter table checkout_attempts drop constraint ck_checkout_attempts_state_known",
    "alter table checkout_attempts drop constraint ck_checkout_attempts_placed_has_answer",
    """
alter table checkout_attempts add constraint ck_checkout_attempts_state_known
  check (state in ('in_flight', 'paying', 'placed'))""",
    """
alter table checkout_attempts add constraint ck_checkout_attempts_ended_has_answer
  check ((state <> 'in_flight') = (answer is not null))""",
    """
create table payments (
  id uuid not null,
  brand_id uuid not null,
  link_id uuid not null,
  cart_id uuid not null,
  session_id uuid not null,
  buyer_name text not null,
  account_id text not null,
  amount_minor bigint not null,
  currency text not null,
  confirmed jsonb not null,
  state text not null,
  closing_reason text,
  note text,
  keys integer not null,
  stripe_session_id text,
  page_url text,
  payment_intent_id text,
  refund_id text,
  call_id uuid,
  submitted_at timestamptz not null,
  expires_at timestamptz not null,
  paid_at timestamptz,
  refunded_at timestamptz,
  created_at timestamptz default now() not null,
  maker_id uuid not null,
  constraint pk_payments primary key (id),
  constraint fk_payments_id_checkout_attempts foreign key (id) references checkout_attempts (id),
  constraint fk_payments_cart_id_carts foreign key (cart_id) references carts (id),
  constraint uq_payments_stripe_session_id unique (stripe_session_id),
  constraint uq_payments_payment_intent_id unique (payment_intent_id),
  constraint ck_payments_state_known check (state in ('opening', 'open', 'placed', 'refunding', 'refunded', 'expired', 'failed')),
  constraint ck_payments_amount_positive check (amount_minor > 0),
  constraint ck_payments_paid_has_intent check (state not in ('placed', 'refunding', 'refunded') or payment_intent_id is not null)
)""",
    """
create unique index uq_payments_open_cart on payments (cart_id)
  where state in ('opening', 'open') and closing_reason is null""",
    "create index ix_payments_brand_id_id on payments (brand_id, id)",
    "create index ix_payments_link_id on payments (link_id)",
    """
create table stripe_events (
  id text not null,
  account_id text not null,
  type text not null,
  payment_id uuid,
  body text not null,
  received_at timestamptz default now() not null,
  maker_id uuid not null,
  constraint pk_stripe_events primary key (id)
)""",
    """
create table stripe_accounts (
  account_id text not null,
  maker_id uuid not null,
  constraint pk_stripe_accounts primary key (account_id)
)""",
    """
create table payment_directory (
  payment_id uuid not null,
  maker_id uuid not null,
  link_id uuid not null,
  constraint pk_payment_directory primary key (payment_id)
)""",
)


def upgrade() -> None:
    """Add them; what is there already has no card payment."""
    for statement in STATEMENTS:
        op.execute(statement)
    wall_off(op, "payments", "stripe_events")
