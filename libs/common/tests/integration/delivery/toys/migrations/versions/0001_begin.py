"""Begin: delivery tables and the toy's ledger, which would show anything done twice."""

from alembic import op

from common.migrations import create_delivery_tables, grant_all

revision = "0001"
down_revision = None


def upgrade() -> None:
    create_delivery_tables(op)
    op.execute("create table ledger (event_id uuid not null, number integer not null)")
    op.execute("create table letters (call_id uuid not null, number integer not null)")
    op.execute("create table changes (call_id uuid not null, state text not null)")
    op.execute("create table runs (job text, fencing integer, at timestamptz default now())")
    owner = str(op.get_bind().exec_driver_sql("select current_user").scalar())
    grant_all(op, service=owner.removesuffix("_owner"))
