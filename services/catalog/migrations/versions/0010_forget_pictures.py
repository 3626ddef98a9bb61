"""Stored pictures know since when nothing shows them, and whether their files are going."""

from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add two columns; nothing that is there changes."""
    op.execute(
        "alter table stored_pictures add column unshown_since timestamptz,"
        " add column is_going boolean not null default false"
    )
    for table, columns in (("product_images", "key"), ("catalogs", "hero_key")):
        op.execute(f"create index ix_{table}_{columns} on {table} ({columns})")
