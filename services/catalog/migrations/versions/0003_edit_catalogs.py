"""Edit catalogs and lookbooks: a version that two editors cannot both overwrite."""

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.execute("alter table catalogs add version integer not null default 1")
    op.execute("alter table lookbooks add version integer not null default 1")
    op.execute("alter table products add version integer not null default 1")
    op.execute("create index ix_grants_buyer_id on grants (buyer_id)")
    op.execute("create index ix_rate_overrides_catalog_id on rate_overrides (catalog_id)")
