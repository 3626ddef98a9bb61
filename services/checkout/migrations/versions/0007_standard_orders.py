"""Standard Orders (R88): carts, attempts, payments and orders that no link stands above."""

from alembic import op

revision = "0007"
down_revision = "0006"

STATEMENTS = (
    "alter table carts alter column link_id drop not null, add column catalog_id uuid",
    """
alter table carts
  add constraint uq_carts_buyer_id_catalog_id unique (buyer_id, catalog_id),
  add constraint ck_carts_of_link_or_catalog check ((link_id is null) <> (catalog_id is null))""",
    "alter table checkout_attempts alter column link_id drop not null",
    "alter table payments alter column link_id drop not null",
    "alter table payment_directory alter column link_id drop not null",
    "alter table orders alter column link_id drop not null",
)


def upgrade() -> None:
    """Loosen what named a link, and give a cart its catalog instead."""
    for statement in STATEMENTS:
        op.execute(statement)
