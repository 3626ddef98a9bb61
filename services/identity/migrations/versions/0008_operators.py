"""Operators: who they are, and what lets them look after the queues."""

from alembic import op

from common.migrations import let_operators_act

revision = "0008"
down_revision = "0007"

OPERATORS = (
    """
create table operators (
  user_id uuid constraint pk_operators primary key,
  since timestamptz not null default now(),
  added_by text not null,
  constraint fk_operators_user_id_users foreign key (user_id) references users (id)
)""",
    "alter table sessions drop constraint ck_sessions_kind_known",
    """
alter table sessions add constraint ck_sessions_kind_known
  check (kind in ('staff', 'user', 'buyer', 'operator'))""",
)


def upgrade() -> None:
    """Add what is missing; nothing that is there changes."""
    let_operators_act(op, service="identity")
    for statement in OPERATORS:
        op.execute(statement)
