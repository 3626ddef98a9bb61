"""List the few void links without reading the many open ones."""

from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.execute("create index ix_links_void on links (maker_id, id desc) where status = 'void'")
