"""Keep what the pre-flight found last, per link."""

from alembic import op

from common.migrations import wall_off

revision = "0006"
down_revision = "0005"

PREFLIGHTS = """
create table link_preflights (
  link_id uuid constraint pk_link_preflights primary key,
  maker_id uuid not null,
  brand_id uuid not null,
  version integer not null,
  findings jsonb not null,
  warnings integer not null,
  blocks integer not null,
  checked_at timestamptz not null,
  constraint fk_link_preflights_link_id_links foreign key (link_id) references links (id) on delete cascade
)
"""


def upgrade() -> None:
    op.execute(PREFLIGHTS)
    op.execute("create index ix_link_preflights_due on link_preflights (maker_id, checked_at)")
    wall_off(op, "link_preflights")
