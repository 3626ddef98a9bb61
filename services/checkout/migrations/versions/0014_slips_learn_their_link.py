"""A slip learns its order's link by itself: during an upgrade the release before writes some, too."""

from alembic import op

revision = "0014"
down_revision = "0013"

# A trigger of the table: it holds for processes that have never heard of the column.
LEARN = (
    """
create function learn_link_of_slip() returns trigger language plpgsql as $$
begin
  new.link_id := (select link_id from orders where orders.id = new.order_id);
  return new;
end $$""",
    """
create trigger learn_link before insert on next_engine_slips
  for each row when (new.link_id is null) execute function learn_link_of_slip()""",
)
FILL = (
    # The owner sees no tenant's rows while it is forced behind the wall; readers stay behind it.
    "alter table next_engine_slips no force row level security",
    "alter table orders no force row level security",
    """
update next_engine_slips slip set link_id = orders.link_id
  from orders where orders.id = slip.order_id
   and slip.link_id is null and orders.link_id is not null""",
    "alter table next_engine_slips force row level security",
    "alter table orders force row level security",
)


def upgrade() -> None:
    """Add the trigger, and fill in what an earlier upgrade has left out."""
    for statement in (*LEARN, *FILL):
        op.execute(statement)
