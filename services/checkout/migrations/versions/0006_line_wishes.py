"""A desired delivery day and a note on each line, in carts and on orders."""

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the columns, and let no longer note in than the page does."""
    for table in ("cart_lines", "order_lines"):
        op.execute(
            f"alter table {table} add column desired_on date, add column note text,"
            f" add constraint ck_{table}_note_short check (length(note) <= 200)"
        )
