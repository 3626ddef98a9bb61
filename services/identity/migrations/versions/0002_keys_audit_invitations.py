"""API keys, the audit log, and offers to customers to connect."""

from alembic import op

from common.migrations import wall_off

revision = "0002"
down_revision = "0001"

TABLES = (
    """
create table api_keys (
  id uuid not null,
  brand_id uuid not null,
  name text not null,
  prefix text not null,
  token_hash text not null,
  scopes jsonb not null,
  created_by uuid not null,
  created_at timestamptz default now() not null,
  last_used_at timestamptz,
  revoked_at timestamptz,
  maker_id uuid not null,
  constraint pk_api_keys primary key (id),
  constraint uq_api_keys_token_hash unique (token_hash),
  constraint fk_api_keys_brand_id_brands foreign key(brand_id) references brands (id),
  constraint fk_api_keys_created_by_users foreign key(created_by) references users (id)
)""",
    """
create index ix_api_keys_brand_id on api_keys (brand_id)""",
    """
create table api_key_lookup (
  token_hash text not null,
  maker_id uuid not null,
  key_id uuid not null,
  constraint pk_api_key_lookup primary key (token_hash)
)""",
    """
create table audit_entries (
  id uuid not null,
  brand_id uuid,
  at timestamptz not null,
  actor_kind text not null,
  actor_id uuid,
  actor_name text not null,
  action text not null,
  subject_kind text not null,
  subject_id uuid,
  subject_name text not null,
  before jsonb not null,
  after jsonb not null,
  request_id text not null,
  maker_id uuid not null,
  constraint pk_audit_entries primary key (id),
  constraint ck_audit_entries_actor_kind_known check (actor_kind in ('staff', 'api_key', 'user', 'system'))
)""",
    """
create index ix_audit_entries_maker_id_id on audit_entries (maker_id, id)""",
    """
create index ix_audit_entries_subject on audit_entries (maker_id, subject_kind, subject_id, id)""",
    """
create index ix_audit_entries_actor on audit_entries (maker_id, actor_id, id)""",
    """
create table buyer_invitations (
  id uuid not null,
  brand_id uuid not null,
  buyer_id uuid not null,
  email text not null,
  state text not null,
  invited_by uuid,
  expires_at timestamptz not null,
  settled_at timestamptz,
  accepted_by_organisation_id uuid,
  accepted_by_user_id uuid,
  maker_id uuid not null,
  constraint pk_buyer_invitations primary key (id),
  constraint ck_buyer_invitations_state_known check (state in ('open', 'accepted', 'ended')),
  constraint ck_buyer_invitations_accepted_by_somebody check ((state = 'accepted') = (accepted_by_organisation_id is not null)),
  constraint fk_buyer_invitations_brand_id_brands foreign key(brand_id) references brands (id),
  constraint fk_buyer_invitations_buyer_id_buyers foreign key(buyer_id) references buyers (id),
  constraint fk_buyer_invitations_organisation foreign key(accepted_by_organisation_id) references organisations (id)
)""",
    """
create index ix_buyer_invitations_buyer_id on buyer_invitations (buyer_id)""",
    """
create unique index uq_buyer_invitations_open on buyer_invitations (buyer_id) where state = 'open'""",
    # An accepted invitation is a change of ownership like a transition.
    "alter table ownership_changes drop constraint ck_ownership_changes_change_known",
    """
alter table ownership_changes add constraint ck_ownership_changes_change_known
  check (change in ('moved', 'undone', 'claimed', 'connected'))""",
)


def upgrade() -> None:
    for statement in TABLES:
        op.execute(statement)
    wall_off(op, "api_keys", "audit_entries", "buyer_invitations")
    op.execute(
        "grant select, insert, update, delete on all tables in schema public to identity_app"
    )
    # What was done stays done: the application writes the log and reads it, no more.
    op.execute("revoke update, delete, truncate on audit_entries from identity_app")
