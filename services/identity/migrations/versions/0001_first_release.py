"""Makers, people, buyers, sessions, ownership, and the delivery tables."""

from alembic import op

from common.migrations import create_delivery_tables, grant_all, wall_off

revision = "0001"
down_revision = None

TABLES = (
    """
create table brand_lookup (
  brand_id uuid not null,
  maker_id uuid not null,
  constraint pk_brand_lookup primary key (brand_id)
)""",
    """
create table brands (
  id uuid not null,
  name text not null,
  code text not null,
  maker_id uuid not null,
  constraint pk_brands primary key (id),
  constraint uq_brands_maker_id_code unique (maker_id, code)
)""",
    """
create table browsers (
  id uuid not null,
  token_hash text not null,
  seen_at timestamptz not null,
  constraint pk_browsers primary key (id),
  constraint uq_browsers_token_hash unique (token_hash)
)""",
    """
create index ix_browsers_seen_at on browsers (seen_at)""",
    """
create table buyer_lookup (
  buyer_id uuid not null,
  maker_id uuid not null,
  brand_id uuid not null,
  organisation_id uuid,
  constraint pk_buyer_lookup primary key (buyer_id)
)""",
    """
create index ix_buyer_lookup_organisation_id on buyer_lookup (organisation_id)""",
    """
create table failed_attempts (
  id uuid not null,
  account text not null,
  address text not null,
  failed_at timestamptz not null,
  constraint pk_failed_attempts primary key (id)
)""",
    """
create index ix_failed_attempts_account on failed_attempts (account, address, failed_at)""",
    """
create index ix_failed_attempts_address on failed_attempts (address, failed_at)""",
    """
create index ix_failed_attempts_failed_at on failed_attempts (failed_at)""",
    """
create table mail_secrets (
  id uuid not null,
  kind text not null,
  maker_id uuid,
  token_hash text,
  expires_at timestamptz not null,
  constraint pk_mail_secrets primary key (id),
  constraint uq_mail_secrets_token_hash unique (token_hash)
)""",
    """
create table makers (
  maker_id uuid not null,
  name text not null,
  languages jsonb not null,
  default_language text not null,
  currencies jsonb not null,
  time_zone text not null,
  created_at timestamptz default now() not null,
  constraint pk_makers primary key (maker_id)
)""",
    """
create table organisations (
  id uuid not null,
  name text not null,
  created_at timestamptz default now() not null,
  constraint pk_organisations primary key (id)
)""",
    """
create table trade_terms (
  id uuid not null,
  code text not null,
  name text not null,
  maker_id uuid not null,
  constraint pk_trade_terms primary key (id),
  constraint uq_trade_terms_maker_id_code unique (maker_id, code)
)""",
    """
create table users (
  id uuid not null,
  email text not null,
  name text not null,
  password_hash text,
  language text not null,
  created_at timestamptz default now() not null,
  constraint pk_users primary key (id),
  constraint uq_users_email unique (email)
)""",
    """
create table buyer_choices (
  browser_id uuid not null,
  link_id uuid not null,
  user_id uuid not null,
  expires_at timestamptz not null,
  constraint pk_buyer_choices primary key (browser_id, link_id),
  constraint fk_buyer_choices_browser_id_browsers foreign key(browser_id) references browsers (id) on delete cascade
)""",
    """
create table buyers (
  id uuid not null,
  brand_id uuid not null,
  version integer not null,
  kind text not null,
  organisation_id uuid,
  claimed_at timestamptz,
  unique_code text not null,
  customer_code text,
  name text not null,
  is_company boolean not null,
  first_name text,
  last_name text,
  contact_email text,
  phone text,
  tax_id text,
  tags jsonb not null,
  country text not null,
  language text not null,
  trade_term_id uuid not null,
  currency text not null,
  rate_kind text not null,
  rate_value numeric(9, 4) not null,
  deposit_percent numeric(5, 2),
  payment_terms text,
  notification_emails jsonb not null,
  login_email text,
  login_hash text,
  passcode_hash text,
  default_address_id uuid,
  created_at timestamptz default now() not null,
  maker_id uuid not null,
  constraint pk_buyers primary key (id),
  constraint ck_buyers_kind_known check (kind in ('offline', 'connected')),
  constraint ck_buyers_connected_has_organisation check ((kind = 'connected') = (organisation_id is not null)),
  constraint ck_buyers_rate_kind_known check (rate_kind in ('ratio', 'percent_off')),
  constraint ck_buyers_rate_not_negative check (rate_value >= 0),
  constraint fk_buyers_brand_id_brands foreign key(brand_id) references brands (id),
  constraint fk_buyers_organisation_id_organisations foreign key(organisation_id) references organisations (id),
  constraint fk_buyers_trade_term_id_trade_terms foreign key(trade_term_id) references trade_terms (id)
)""",
    """
create index ix_buyers_brand_id_id on buyers (brand_id, id)""",
    """
create index ix_buyers_organisation_id on buyers (organisation_id)""",
    """
create unique index uq_buyers_login_email on buyers (brand_id, login_email)""",
    """
create unique index uq_buyers_unique_code on buyers (brand_id, upper(unique_code))""",
    """
create table link_passes (
  browser_id uuid not null,
  link_id uuid not null,
  passcode_version integer not null,
  granted_at timestamptz not null,
  constraint pk_link_passes primary key (browser_id, link_id),
  constraint fk_link_passes_browser_id_browsers foreign key(browser_id) references browsers (id) on delete cascade
)""",
    """
create table memberships (
  organisation_id uuid not null,
  user_id uuid not null,
  role text not null,
  constraint pk_memberships primary key (organisation_id, user_id),
  constraint ck_memberships_role_known check (role in ('owner', 'member')),
  constraint fk_memberships_organisation_id_organisations foreign key(organisation_id) references organisations (id),
  constraint fk_memberships_user_id_users foreign key(user_id) references users (id)
)""",
    """
create index ix_memberships_user_id on memberships (user_id)""",
    """
create table sessions (
  id uuid not null,
  kind text not null,
  token_hash text,
  browser_id uuid,
  user_id uuid,
  maker_id uuid,
  link_id uuid,
  brand_id uuid,
  buyer_id uuid,
  method text,
  operator text,
  passcode_version integer,
  expires_at timestamptz not null,
  created_at timestamptz default now() not null,
  constraint pk_sessions primary key (id),
  constraint uq_sessions_browser_id_link_id unique (browser_id, link_id),
  constraint ck_sessions_kind_known check (kind in ('staff', 'user', 'buyer')),
  constraint ck_sessions_buyer_is_bound check ((kind = 'buyer') = (token_hash is null and browser_id is not null and link_id is not null and brand_id is not null and buyer_id is not null and method is not null)),
  constraint uq_sessions_token_hash unique (token_hash),
  constraint fk_sessions_browser_id_browsers foreign key(browser_id) references browsers (id) on delete cascade
)""",
    """
create index ix_sessions_buyer_id on sessions (buyer_id)""",
    """
create index ix_sessions_expires_at on sessions (expires_at)""",
    """
create index ix_sessions_user_id on sessions (user_id)""",
    """
create table staff_lookup (
  user_id uuid not null,
  maker_id uuid not null,
  constraint pk_staff_lookup primary key (user_id),
  constraint fk_staff_lookup_user_id_users foreign key(user_id) references users (id)
)""",
    """
create table staff_members (
  id uuid not null,
  user_id uuid not null,
  role text not null,
  has_all_brands boolean not null,
  maker_id uuid not null,
  constraint pk_staff_members primary key (id),
  constraint uq_staff_members_maker_id_user_id unique (maker_id, user_id),
  constraint ck_staff_members_role_known check (role in ('primary_owner', 'owner', 'admin', 'member_write', 'member_read')),
  constraint fk_staff_members_user_id_users foreign key(user_id) references users (id)
)""",
    """
create table addresses (
  id uuid not null,
  buyer_id uuid not null,
  country text not null,
  addressee text not null,
  zip text,
  state text,
  city text,
  line1 text not null,
  line2 text,
  phone text,
  maker_id uuid not null,
  constraint pk_addresses primary key (id),
  constraint fk_addresses_buyer_id_buyers foreign key(buyer_id) references buyers (id)
)""",
    """
create index ix_addresses_buyer_id on addresses (buyer_id)""",
    """
create table claims (
  id uuid not null,
  brand_id uuid not null,
  buyer_id uuid not null,
  organisation_id uuid not null,
  order_id uuid not null,
  email text,
  state text not null,
  expires_at timestamptz not null,
  settled_at timestamptz,
  maker_id uuid not null,
  constraint pk_claims primary key (id),
  constraint ck_claims_state_known check (state in ('open', 'no_address', 'claimed', 'ended')),
  constraint fk_claims_buyer_id_buyers foreign key(buyer_id) references buyers (id),
  constraint fk_claims_organisation_id_organisations foreign key(organisation_id) references organisations (id)
)""",
    """
create unique index uq_claims_open on claims (buyer_id) where state in ('open', 'no_address')""",
    """
create table ownership_changes (
  id uuid not null,
  buyer_id uuid not null,
  change text not null,
  organisation_id uuid not null,
  order_id uuid,
  by_user_id uuid,
  changed_at timestamptz not null,
  maker_id uuid not null,
  constraint pk_ownership_changes primary key (id),
  constraint ck_ownership_changes_change_known check (change in ('moved', 'undone', 'claimed')),
  constraint fk_ownership_changes_buyer_id_buyers foreign key(buyer_id) references buyers (id),
  constraint fk_ownership_changes_organisation_id_organisations foreign key(organisation_id) references organisations (id)
)""",
    """
create index ix_ownership_changes_buyer_id_id on ownership_changes (buyer_id, id)""",
    """
create table recipients (
  id uuid not null,
  buyer_id uuid not null,
  email text not null,
  maker_id uuid not null,
  constraint pk_recipients primary key (id),
  constraint uq_recipients_buyer_id_email unique (buyer_id, email),
  constraint fk_recipients_buyer_id_buyers foreign key(buyer_id) references buyers (id)
)""",
    """
create table staff_brands (
  staff_id uuid not null,
  brand_id uuid not null,
  maker_id uuid not null,
  constraint pk_staff_brands primary key (staff_id, brand_id),
  constraint fk_staff_brands_staff_id_staff_members foreign key(staff_id) references staff_members (id),
  constraint fk_staff_brands_brand_id_brands foreign key(brand_id) references brands (id)
)""",
    """
create table transition_outcomes (
  order_id uuid not null,
  buyer_id uuid not null,
  outcome text not null,
  recorded_at timestamptz not null,
  maker_id uuid not null,
  constraint pk_transition_outcomes primary key (order_id),
  constraint ck_transition_outcomes_outcome_known check (outcome in ('moved', 'already_moved', 'not_asked_for', 'not_offline')),
  constraint fk_transition_outcomes_buyer_id_buyers foreign key(buyer_id) references buyers (id)
)""",
    """
create index ix_transition_outcomes_buyer_id on transition_outcomes (buyer_id)""",
)

WALLED = (
    "brands",
    "makers",
    "trade_terms",
    "buyers",
    "staff_members",
    "addresses",
    "claims",
    "ownership_changes",
    "recipients",
    "staff_brands",
    "transition_outcomes",
)

# The order's ledger asks about the order's transition before there is one.
ORDERS_IN_INBOX = """
create index ix_inbox_order_id on inbox ((envelope -> 'payload' ->> 'order_id'))
  where name = 'checkout.order_completed.v1'"""


def upgrade() -> None:
    create_delivery_tables(op)
    for statement in TABLES:
        op.execute(statement)
    op.execute(ORDERS_IN_INBOX)
    wall_off(op, *WALLED)
    grant_all(op, service="identity")
