"""Begin: messages, recipients and the delivery tables."""

from alembic import op

from common.migrations import create_delivery_tables, grant_all, wall_off

revision = "0001"
down_revision = None

MESSAGES = """
create table messages (
  id uuid constraint pk_messages primary key,
  maker_id uuid not null,
  brand_id uuid not null,
  subject_id uuid not null,
  order_id uuid,
  order_number text,
  kind text not null,
  recipient text not null,
  language text not null,
  time_zone text not null,
  "values" jsonb not null,
  call_id uuid,
  state text not null default 'pending',
  attempts integer not null default 0,
  note text,
  created_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  constraint uq_messages_subject_id_kind_recipient unique (subject_id, kind, recipient),
  constraint ck_messages_state check (
    state in ('pending', 'sending', 'unknown', 'accepted', 'done', 'dead'))
)
"""

RECIPIENTS = """
create table recipients (
  id uuid constraint pk_recipients primary key,
  maker_id uuid not null,
  brand_id uuid,
  email text not null,
  language text not null,
  constraint uq_recipients_maker_id_brand_id_email
    unique nulls not distinct (maker_id, brand_id, email)
)
"""


def upgrade() -> None:
    create_delivery_tables(op)
    op.execute(MESSAGES)
    op.execute(RECIPIENTS)
    op.execute("create index ix_messages_brand_id_id on messages (brand_id, id desc)")
    op.execute("create index ix_messages_order_number on messages (brand_id, order_number)")
    op.execute(
        "create index ix_messages_unsettled on messages (brand_id, state, id desc) "
        "where state <> 'done'"
    )
    wall_off(op, "messages", "recipients")
    grant_all(op, service="notifications")
