"""When each company's sign-in at NEXT ENGINE ends, where it can be watched; dead calls by kind."""

from alembic import op

revision = "0005"
down_revision = "0004"

STATEMENTS = (
    "alter table next_engine_companies add column state text, add column refresh_ends_at timestamptz",
    "alter table next_engine_connections no force row level security",
    """
insert into next_engine_companies (company_id, maker_id, state, refresh_ends_at)
  select company_id, maker_id, state, refresh_ends_at from next_engine_connections
on conflict (company_id) do update
  set state = excluded.state, refresh_ends_at = excluded.refresh_ends_at""",
    "alter table next_engine_connections force row level security",
    """
create index ix_outbound_call_dead on outbound_call (kind, changed_at) where state = 'dead'""",
)


def upgrade() -> None:
    """Add them, for companies that are connected too."""
    for statement in STATEMENTS:
        op.execute(statement)
