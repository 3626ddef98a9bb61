"""Registration, resets, second factor, invitations of team and organisations, defaults."""

from alembic import op

from common.migrations import wall_off

revision = "0003"
down_revision = "0002"

TABLES = (
    """
create table registrations (
  id uuid not null,
  token_hash text not null,
  email text not null,
  name text not null,
  organisation text,
  password_hash text not null,
  language text not null,
  link_token text,
  is_barred boolean not null,
  code_id uuid not null,
  code_expires_at timestamptz not null,
  tries integer not null,
  mails integer not null,
  next_mail_at timestamptz not null,
  expires_at timestamptz not null,
  constraint pk_registrations primary key (id),
  constraint uq_registrations_token_hash unique (token_hash),
  constraint uq_registrations_code_id unique (code_id)
)""",
    """
create index ix_registrations_email on registrations (email, expires_at)""",
    """
create table password_resets (
  id uuid not null,
  user_id uuid not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  constraint pk_password_resets primary key (id),
  constraint fk_password_resets_user_id_users foreign key(user_id) references users (id)
)""",
    """
create index ix_password_resets_user_id on password_resets (user_id)""",
    """
create table email_changes (
  id uuid not null,
  user_id uuid not null,
  new_email text not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  constraint pk_email_changes primary key (id),
  constraint fk_email_changes_user_id_users foreign key(user_id) references users (id)
)""",
    """
create index ix_email_changes_user_id on email_changes (user_id)""",
    """
create table recovery_codes (
  id uuid not null,
  user_id uuid not null,
  code_hash text not null,
  used_at timestamptz,
  constraint pk_recovery_codes primary key (id),
  constraint uq_recovery_codes_user_id_code_hash unique (user_id, code_hash),
  constraint fk_recovery_codes_user_id_users foreign key(user_id) references users (id)
)""",
    """
create table half_sign_ins (
  id uuid not null,
  token_hash text not null,
  user_id uuid not null,
  link_token text,
  next_path text,
  tries integer not null,
  expires_at timestamptz not null,
  constraint pk_half_sign_ins primary key (id),
  constraint uq_half_sign_ins_token_hash unique (token_hash),
  constraint fk_half_sign_ins_user_id_users foreign key(user_id) references users (id)
)""",
    """
create table organisation_invitations (
  id uuid not null,
  organisation_id uuid not null,
  email text not null,
  role text not null,
  state text not null,
  invited_by uuid not null,
  expires_at timestamptz not null,
  settled_at timestamptz,
  constraint pk_organisation_invitations primary key (id),
  constraint ck_organisation_invitations_role_known check (role in ('owner', 'member')),
  constraint ck_organisation_invitations_state_known check (state in ('open', 'accepted', 'ended')),
  constraint fk_organisation_invitations_organisation_id_organisations foreign key(organisation_id) references organisations (id)
)""",
    """
create unique index uq_organisation_invitations_open on organisation_invitations (organisation_id, email)
  where state = 'open'""",
    """
create table team_invitations (
  id uuid not null,
  email text not null,
  role text not null,
  has_all_brands boolean not null,
  brand_ids jsonb not null,
  state text not null,
  invited_by uuid not null,
  expires_at timestamptz not null,
  settled_at timestamptz,
  maker_id uuid not null,
  constraint pk_team_invitations primary key (id),
  constraint ck_team_invitations_role_known check (role in ('owner', 'admin', 'member_write', 'member_read')),
  constraint ck_team_invitations_state_known check (state in ('open', 'accepted', 'ended'))
)""",
    """
create unique index uq_team_invitations_open on team_invitations (maker_id, email) where state = 'open'""",
    "alter table users add column totp_sealed text",
    "alter table users add column totp_confirmed_at timestamptz",
    "alter table users add column totp_last_step integer",
    "alter table sessions add column device text",
    "alter table buyers add column default_billing_address_id uuid",
    "alter table makers add column default_currency text",
    "alter table makers add column default_trade_term_id uuid",
    "alter table memberships drop constraint ck_memberships_role_known",
    """
alter table memberships add constraint ck_memberships_role_known
  check (role in ('primary_owner', 'owner', 'member'))""",
    """
update memberships set role = 'primary_owner'
  where (organisation_id, user_id) in (
    select distinct on (organisation_id) organisation_id, user_id from memberships
    where role = 'owner' order by organisation_id, user_id)""",
    """
create unique index uq_memberships_primary_owner on memberships (organisation_id)
  where role = 'primary_owner'""",
    """
create unique index uq_staff_members_primary_owner on staff_members (maker_id)
  where role = 'primary_owner'""",
)


def upgrade() -> None:
    for statement in TABLES:
        op.execute(statement)
    wall_off(op, "team_invitations")
    op.execute(
        "grant select, insert, update, delete on all tables in schema public to identity_app"
    )
    # Granting again must not open the log again: it is written and read, never changed.
    op.execute("revoke update, delete, truncate on audit_entries from identity_app")
