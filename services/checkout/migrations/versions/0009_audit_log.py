"""The audit log, the brand's own note on an order, how a shop's files are encoded."""

from alembic import op

from common.migrations import create_audit_table

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add them; shops keep the encoding that the service is told."""
    create_audit_table(op)
    op.execute("alter table orders add column internal_note text")
    op.execute(
        "alter table next_engine_shops add column csv_encoding text,"
        " add constraint ck_next_engine_shops_csv_encoding_known"
        " check (csv_encoding in ('cp932', 'utf-8'))"
    )
