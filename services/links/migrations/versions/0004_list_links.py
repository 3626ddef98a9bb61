"""List links in any order without reading them all; a link counts from its first moment."""

from alembic import op

revision = "0004"
down_revision = "0003"

NEVER = "'infinity'::timestamptz"


def upgrade() -> None:
    for name, columns in {
        "newest": "maker_id, id desc",
        "name": "maker_id, name, id",
        "release": f"maker_id, coalesce(release_at, {NEVER}), id",
        "expiry": f"maker_id, coalesce(expires_at, {NEVER}), id",
    }.items():
        op.execute(
            f"create index ix_links_by_{name} on links ({columns}) where status <> 'deleted'"
        )
    op.execute(
        "insert into link_counts (link_id, maker_id, signed_in, orders)"
        " select id, maker_id, 0, 0 from links on conflict do nothing"
    )
    op.execute(
        "create index ix_link_counts_by_orders on link_counts (maker_id, orders desc, link_id desc)"
    )
    op.execute("drop index ix_links_brand_id_id")
