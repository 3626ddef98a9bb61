"""Count what happens on a link by the hour, and who has been counted already."""

from alembic import op

from common.migrations import wall_off

revision = "0005"
down_revision = "0004"

STEPS = """
create table link_steps (
  link_id uuid not null,
  at_hour timestamptz not null,
  step text not null,
  detail text not null,
  maker_id uuid not null,
  times integer not null,
  minor bigint not null,
  constraint pk_link_steps primary key (link_id, at_hour, step, detail)
)
"""

SEEN = """
create table link_steps_seen (
  link_id uuid not null,
  visitor text not null,
  step text not null,
  maker_id uuid not null,
  seen_at timestamptz not null,
  constraint pk_link_steps_seen primary key (link_id, visitor, step)
)
"""


def upgrade() -> None:
    op.execute(STEPS)
    op.execute(SEEN)
    op.execute("create index ix_link_steps_seen_seen_at on link_steps_seen (seen_at)")
    wall_off(op, "link_steps", "link_steps_seen")
