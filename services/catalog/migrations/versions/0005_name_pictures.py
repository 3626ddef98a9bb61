"""Call stored pictures what they are; another service has a table of uploads."""

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.execute("alter table uploads rename to stored_pictures")
    op.execute("alter table stored_pictures rename constraint pk_uploads to pk_stored_pictures")
    op.execute("alter index ix_uploads_created_at rename to ix_stored_pictures_created_at")
