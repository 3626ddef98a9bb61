"""Keep looks at a link as one buyer at one moment, for half an hour."""

from alembic import op

revision = "0007"
down_revision = "0006"

PREVIEWS = """
create table link_previews (
  token_hash text constraint pk_link_previews primary key,
  link_id uuid not null,
  maker_id uuid not null,
  buyer_id uuid not null,
  at timestamptz not null,
  expires_at timestamptz not null
)
"""


def upgrade() -> None:
    op.execute(PREVIEWS)
    op.execute("create index ix_link_previews_expires_at on link_previews (expires_at)")
