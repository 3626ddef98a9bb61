"""Know each brand's default language, which missing text falls back to (R62)."""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.execute("alter table brand_makers add default_language text not null default 'en'")
    op.execute("alter table brand_makers alter default_language drop default")
