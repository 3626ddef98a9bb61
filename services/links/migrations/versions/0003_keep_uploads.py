"""Keep uploaded pictures and videos, and whose they are."""

from alembic import op

from common.migrations import wall_off

revision = "0003"
down_revision = "0002"

UPLOADS = """
create table uploads (
  id uuid constraint pk_uploads primary key,
  maker_id uuid not null,
  brand_id uuid not null,
  kind text not null constraint ck_uploads_kind check (kind in ('image', 'video')),
  content_type text not null,
  name text not null,
  size_bytes bigint not null,
  width integer,
  height integer,
  is_ready boolean not null,
  is_going boolean not null,
  created_at timestamptz not null
)
"""

MAKERS = """
create table upload_makers (
  maker_id uuid constraint pk_upload_makers primary key
)
"""


def upgrade() -> None:
    op.execute(UPLOADS)
    op.execute(MAKERS)
    op.execute("create index ix_uploads_maker_id_created_at on uploads (maker_id, created_at)")
    op.execute("create index ix_links_videos on links using gin (videos jsonb_path_ops)")
    op.execute("create index ix_links_background on links using gin (background jsonb_path_ops)")
    wall_off(op, "uploads")
