"""The table, for the migrations of services that keep a log."""

SCHEMA = (
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
    "create index ix_audit_entries_maker_id_id on audit_entries (maker_id, id)",
    "create index ix_audit_entries_subject on audit_entries (maker_id, subject_kind, subject_id, id)",
    "create index ix_audit_entries_actor on audit_entries (maker_id, actor_id, id)",
)

# The log is added to and read. The one way to change it takes names and values away, adds none.
FORGET = """
create function forget_in_audit(entry uuid, actor text, subject text, was jsonb, became jsonb)
returns void language sql security definer set search_path = public, pg_temp as $$
update audit_entries set
  actor_name = case when actor like 'erased-%' then actor else actor_name end,
  subject_name = case when subject like 'erased-%' then subject else subject_name end,
  before = case when was is null then before else (
    select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(before) where was ? key) end,
  after = case when became is null then after else (
    select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(after) where became ? key) end
where id = entry
$$"""
