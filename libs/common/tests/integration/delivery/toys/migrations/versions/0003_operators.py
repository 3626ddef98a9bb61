"""Operators look after the queues."""

from alembic import op

from common.migrations import let_operators_act

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    owner = str(op.get_bind().exec_driver_sql("select current_user").scalar())
    let_operators_act(op, service=owner.removesuffix("_owner"))
