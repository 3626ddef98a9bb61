"""What every service's Alembic migrations say in the same words."""

from alembic.operations import Operations

from common.audit.schema import FORGET
from common.audit.schema import SCHEMA as AUDIT_SCHEMA
from common.delivery.schema import CANARY_SCHEMA, OPERATIONS_SCHEMA, SCHEMA

POLICY = """
create policy tenant on {table}
  using (maker_id = nullif(current_setting('app.tenant', true), '')::uuid)
  with check (maker_id = nullif(current_setting('app.tenant', true), '')::uuid)
"""


def create_delivery_tables(op: Operations) -> None:
    """Make the global tables of common.delivery: outbox, inbox, outbound calls, jobs."""
    for statement in SCHEMA:
        op.execute(statement)


def trace_calls(op: Operations) -> None:
    """Let an outbound call belong to the trace of the event that asked for it."""
    op.execute("alter table outbound_call add column traceparent text")


def let_operators_act(op: Operations, *, service: str) -> None:
    """Make room for pauses, for what was skipped, and for the log of who did it.

    The application may add to that log and read it, no more.
    """
    for statement in OPERATIONS_SCHEMA:
        op.execute(statement)
    op.execute(f"revoke update, delete, truncate on operator_log from {service}_app")


def remember_canaries(op: Operations) -> None:
    """Let web processes know when a canary last came through the worker's queues."""
    op.execute(CANARY_SCHEMA)


def create_audit_table(op: Operations) -> None:
    """Make the table of common.audit, which only its tenant sees."""
    for statement in AUDIT_SCHEMA:
        op.execute(statement)
    wall_off(op, "audit_entries")


def let_the_log_forget(op: Operations, *, service: str) -> None:
    """Let the application take a person's names and values out of the audit log, and no more."""
    # Through the cursor itself: SQLAlchemy would take the % for parameters.
    op.get_bind().exec_driver_sql(FORGET.replace("%", "%%"))
    op.execute("revoke all on function forget_in_audit from public")
    op.execute(f"grant execute on function forget_in_audit to {service}_app")


def wall_off(op: Operations, *tables: str) -> None:
    """Let only the tenant of the transaction see these tables' rows, their owner included (K19)."""
    for table in tables:
        op.execute(f"alter table {table} enable row level security")
        op.execute(f"alter table {table} force row level security")
        op.execute(POLICY.format(table=table))


def grant_all(op: Operations, *, service: str) -> None:
    """Give the application role the use, and only the use, of every table there is."""
    role = f"{service}_app"
    op.execute(f"grant usage on schema public to {role}")
    op.execute(f"grant select, insert, update, delete on all tables in schema public to {role}")
    op.execute(f"grant usage, select on all sequences in schema public to {role}")
    op.execute(
        "alter default privileges in schema public "
        f"grant select, insert, update, delete on tables to {role}"
    )
