"""Carts, quotes, attempts, orders, shipping and payment settings, NEXT ENGINE, the ledger."""

from alembic import op

from common.migrations import create_delivery_tables, grant_all, wall_off

revision = "0001"
down_revision = None

TABLES = (
    """
create table brand_directory (
  brand_id uuid not null,
  maker_id uuid not null,
  constraint pk_brand_directory primary key (brand_id)
)""",
    """
create table carts (
  id uuid not null,
  brand_id uuid not null,
  buyer_id uuid not null,
  link_id uuid not null,
  version integer not null,
  changed_at timestamptz default now() not null,
  maker_id uuid not null,
  constraint pk_carts primary key (id),
  constraint uq_carts_buyer_id_link_id unique (buyer_id, link_id)
)""",
    """
create table next_engine_connections (
  id uuid not null,
  company_id text not null,
  company_name text not null,
  access_token bytea not null,
  refresh_token bytea not null,
  access_ends_at timestamptz not null,
  refresh_ends_at timestamptz not null,
  version integer not null,
  state text not null,
  lease_until timestamptz,
  fencing integer not null,
  last_call_at timestamptz,
  last_error text,
  created_at timestamptz default now() not null,
  maker_id uuid not null,
  constraint pk_next_engine_connections primary key (id),
  constraint ck_next_engine_connections_state_known check (state in ('connected', 'reauth_required', 'paused')),
  constraint uq_next_engine_connections_company_id unique (company_id)
)""",
    """
create table order_number_sequences (
  brand_id uuid not null,
  prefix text not null,
  last integer not null,
  maker_id uuid not null,
  constraint pk_order_number_sequences primary key (brand_id)
)""",
    """
create table payment_settings (
  brand_id uuid not null,
  stripe_add_on boolean not null,
  maker_id uuid not null,
  constraint pk_payment_settings primary key (brand_id)
)""",
    """
create table rate_groups (
  id uuid not null,
  brand_id uuid not null,
  code text not null,
  name text not null,
  currency text not null,
  country text,
  tax_percent numeric(7, 4),
  is_enabled boolean not null,
  deleted_at timestamptz,
  maker_id uuid not null,
  constraint pk_rate_groups primary key (id)
)""",
    """
create unique index uq_rate_groups_code on rate_groups (brand_id, code) where deleted_at is null""",
    """
create table cart_lines (
  cart_id uuid not null,
  catalog_id uuid not null,
  sku_id uuid not null,
  quantity integer not null,
  added_at timestamptz default now() not null,
  maker_id uuid not null,
  constraint pk_cart_lines primary key (cart_id, catalog_id, sku_id),
  constraint ck_cart_lines_quantity_in_range check (quantity between 1 and 99999),
  constraint fk_cart_lines_cart_id_carts foreign key (cart_id) references carts (id)
)""",
    """
create table checkout_attempts (
  id uuid not null,
  brand_id uuid not null,
  buyer_id uuid not null,
  link_id uuid not null,
  session_id uuid not null,
  cart_id uuid not null,
  cart_version integer not null,
  quote_hash text not null,
  content_hash text not null,
  state text not null,
  lease_until timestamptz,
  fencing integer not null,
  answer jsonb,
  submitted_at timestamptz,
  created_at timestamptz default now() not null,
  maker_id uuid not null,
  constraint pk_checkout_attempts primary key (id),
  constraint ck_checkout_attempts_state_known check (state in ('in_flight', 'placed')),
  constraint ck_checkout_attempts_placed_has_answer check ((state = 'placed') = (answer is not null)),
  constraint fk_checkout_attempts_cart_id_carts foreign key (cart_id) references carts (id)
)""",
    """
create index ix_checkout_attempts_session_id on checkout_attempts (session_id)""",
    """
create table next_engine_shops (
  brand_id uuid not null,
  connection_id uuid not null,
  shop_id text not null,
  pattern_id text not null,
  maker_id uuid not null,
  constraint pk_next_engine_shops primary key (brand_id),
  constraint fk_next_engine_shops_connection_id_next_engine_connections foreign key (connection_id) references next_engine_connections (id)
)""",
    """
create table quotes (
  id uuid not null,
  cart_id uuid not null,
  hash text not null,
  breakdown jsonb not null,
  created_at timestamptz default now() not null,
  maker_id uuid not null,
  constraint pk_quotes primary key (id),
  constraint uq_quotes_cart_id_hash unique (cart_id, hash),
  constraint fk_quotes_cart_id_carts foreign key (cart_id) references carts (id)
)""",
    """
create table shipping_rates (
  id uuid not null,
  rate_group_id uuid not null,
  code text not null,
  name text not null,
  fee_minor bigint not null,
  minimum_minor bigint,
  maximum_minor bigint,
  prefectures jsonb not null,
  maker_id uuid not null,
  constraint pk_shipping_rates primary key (id),
  constraint ck_shipping_rates_fee_not_negative check (fee_minor >= 0),
  constraint fk_shipping_rates_rate_group_id_rate_groups foreign key (rate_group_id) references rate_groups (id)
)""",
    """
create index ix_shipping_rates_rate_group_id on shipping_rates (rate_group_id)""",
    """
create table orders (
  id uuid not null,
  checkout_attempt_id uuid not null,
  brand_id uuid not null,
  order_number text not null,
  state text not null,
  catalog_id uuid not null,
  catalog_name text not null,
  link_id uuid not null,
  buyer_id uuid not null,
  buyer_name text not null,
  buyer_kind text not null,
  method text not null,
  operator text,
  actor_user_id uuid,
  session_id uuid not null,
  payment_method text not null,
  deposit_percent text,
  language text not null,
  comment text,
  po_number text,
  total_minor bigint not null,
  currency text not null,
  units integer not null,
  snapshot jsonb not null,
  address jsonb,
  address_by_hand boolean not null,
  completed_event_id uuid,
  submitted_at timestamptz not null,
  completed_at timestamptz not null,
  maker_id uuid not null,
  constraint pk_orders primary key (id),
  constraint uq_orders_checkout_attempt_id_catalog_id unique (checkout_attempt_id, catalog_id),
  constraint uq_orders_brand_id_order_number unique (brand_id, order_number),
  constraint ck_orders_total_not_negative check (total_minor >= 0),
  constraint fk_orders_checkout_attempt_id_checkout_attempts foreign key (checkout_attempt_id) references checkout_attempts (id)
)""",
    """
create index ix_orders_brand_id_id on orders (brand_id, id)""",
    """
create index ix_orders_buyer_id_id on orders (buyer_id, id)""",
    """
create table ledger_entries (
  id uuid not null,
  order_id uuid not null,
  kind text not null,
  subject text not null,
  seq integer not null,
  state text not null,
  what text not null,
  recipient text,
  attempts integer not null,
  note text,
  changed_at timestamptz not null,
  created_at timestamptz default now() not null,
  maker_id uuid not null,
  constraint pk_ledger_entries primary key (id),
  constraint uq_ledger_entries_order_id_kind_subject unique (order_id, kind, subject),
  constraint fk_ledger_entries_order_id_orders foreign key (order_id) references orders (id)
)""",
    """
create table next_engine_slips (
  id uuid not null,
  brand_id uuid not null,
  order_id uuid not null,
  position integer not null,
  slip_number text not null,
  state text not null,
  reason text,
  cure text,
  call_id uuid,
  remote_id text,
  attempts integer not null,
  changed_at timestamptz not null,
  maker_id uuid not null,
  constraint pk_next_engine_slips primary key (id),
  constraint uq_next_engine_slips_order_id_position unique (order_id, position),
  constraint uq_next_engine_slips_brand_id_slip_number unique (brand_id, slip_number),
  constraint fk_next_engine_slips_order_id_orders foreign key (order_id) references orders (id)
)""",
    """
create table order_lines (
  order_id uuid not null,
  position integer not null,
  sku_id uuid not null,
  sku_number text not null,
  model_number text not null,
  product_name text not null,
  properties jsonb not null,
  unit_price_minor bigint not null,
  unit_price_currency text not null,
  quantity integer not null,
  amount_minor bigint not null,
  amount_currency text not null,
  maker_id uuid not null,
  constraint pk_order_lines primary key (order_id, position),
  constraint ck_order_lines_quantity_positive check (quantity > 0),
  constraint fk_order_lines_order_id_orders foreign key (order_id) references orders (id)
)""",
)
TENANT_TABLES = (
    "carts",
    "next_engine_connections",
    "order_number_sequences",
    "payment_settings",
    "rate_groups",
    "cart_lines",
    "checkout_attempts",
    "next_engine_shops",
    "quotes",
    "shipping_rates",
    "orders",
    "ledger_entries",
    "next_engine_slips",
    "order_lines",
)


def upgrade() -> None:
    """Make everything of the first release."""
    create_delivery_tables(op)
    for statement in TABLES:
        op.execute(statement)
    wall_off(op, *TENANT_TABLES)
    grant_all(op, service="checkout")
