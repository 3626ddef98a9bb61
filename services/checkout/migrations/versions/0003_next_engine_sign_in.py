"""NEXT ENGINE by sign-in: whose company it is, uploads that wait for one; indexes of the ledger."""

from alembic import op

revision = "0003"
down_revision = "0002"

STATEMENTS = (
    """
create table next_engine_companies (
  company_id text not null,
  maker_id uuid not null,
  constraint pk_next_engine_companies primary key (company_id)
)""",
    "alter table next_engine_connections no force row level security",
    """
insert into next_engine_companies (company_id, maker_id)
  select company_id, maker_id from next_engine_connections""",
    "alter table next_engine_connections force row level security",
    "alter table next_engine_slips add column waits_for_sign_in boolean default false not null",
    """
create index ix_next_engine_slips_waiting on next_engine_slips (brand_id)
  where waits_for_sign_in""",
    """
create index ix_next_engine_slips_brand_id_state_order_id
  on next_engine_slips (brand_id, state, order_id)""",
    "create index ix_orders_brand_id_link_id_id on orders (brand_id, link_id, id)",
)


def upgrade() -> None:
    """Add them; companies that are connected stay whose they are."""
    for statement in STATEMENTS:
        op.execute(statement)
