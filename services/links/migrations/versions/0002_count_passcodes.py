"""Count failed passcodes, per link and per address."""

from alembic import op

revision = "0002"
down_revision = "0001"

FAILURES = """
create table passcode_failures (
  id uuid constraint pk_passcode_failures primary key,
  link_id uuid not null,
  address text not null,
  failed_at timestamptz not null
)
"""


def upgrade() -> None:
    op.execute(FAILURES)
    for columns in ("link_id, address, failed_at", "address, failed_at", "failed_at"):
        name = columns.split(",", maxsplit=1)[0]
        op.execute(f"create index ix_passcode_failures_{name} on passcode_failures ({columns})")
