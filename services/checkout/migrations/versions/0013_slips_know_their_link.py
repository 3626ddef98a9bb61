"""A slip knows its order's link, so that one index finds a link's uploads by their state."""

from alembic import op

revision = "0013"
down_revision = "0012"

FILL = (
    # The owner sees no tenant's rows while it is forced behind the wall; readers stay behind it.
    "alter table next_engine_slips no force row level security",
    "alter table orders no force row level security",
    """
update next_engine_slips slip set link_id = orders.link_id
  from orders where orders.id = slip.order_id and orders.link_id is not null""",
    "alter table next_engine_slips force row level security",
    "alter table orders force row level security",
)
INDEX = """
create index ix_next_engine_slips_link on next_engine_slips (brand_id, link_id, state, order_id)
  where link_id is not null"""


def upgrade() -> None:
    """Add the column, fill it in for the slips that are there, and the index."""
    for statement in ("alter table next_engine_slips add column link_id uuid", *FILL, INDEX):
        op.execute(statement)
