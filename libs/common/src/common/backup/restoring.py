"""Put a service back to the moment of a backup, so that it and all others converge (I18).

What the restored service did after that moment is forgotten here and known elsewhere. Hence, in
the transaction after the dump is in:

- effects outside that were not done count as `unknown`: each asks the remote before it acts;
- so does every effect planned from an event that is older than the restore: the database itself
  remembers which those are (`orderlink.restored_before`), `plan_call` looks there;
- numbers of aggregates leap forward, so that readers take new states for newer than those they saw;
  those of aggregates that it forgot altogether begin where no restore has left any
  (`orderlink.counted_from`, for `publish`);
- the service's own statements (`<service>.restoring`): order numbers leap, sessions end.
"""

import importlib
import importlib.util
from collections.abc import Sequence
from pathlib import Path

from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.pool import NullPool

from common.backup.manifest import DUMP, FILES, Manifest, UnusableBackup
from common.backup.programs import run_program
from common.clock import Clock, utc_now
from common.files import Storage
from common.ids import first_id_at
from common.schema_version import folder_of

LEAP = 10_000
"""More than an aggregate could count between a backup and its restore."""
LEAPS = text("select greatest(:leap, max(seq) / :leap * :leap) from aggregate_sequence")
"""How far all restores until now have leapt: whatever is remembered was counted through each."""

OTHERS = text("""
select count(*) from pg_stat_activity
where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'
""")
TABLES = text("select count(*) from pg_tables where schemaname = 'public'")
EMPTY = (
    "drop schema public cascade",
    "create schema public authorization pg_database_owner",
    "grant usage on schema public to public",
)
CONVERGE = (
    f"update aggregate_sequence set seq = seq + {LEAP}",  # noqa: S608 - a number of ours.
    "update outbound_call set state = 'unknown', previous_state = 'unknown', lease_until = null, "
    "next_attempt_at = now() where state in ('pending', 'sending')",
    "update outbox_delivery set next_attempt_at = now() where state in ('pending', 'sent')",
    "update scheduled_job set lease_until = null",
)


def restore(
    service: str,
    *,
    database: str,
    storage: Storage | None,
    source: Path,
    replace: bool = False,
    now: Clock = utc_now,
) -> Manifest:
    """Restore the backup in `source`; `replace` throws away what is in the database.

    Raises UnusableBackup with nothing touched: other service, damaged file, newer schema, tables
    in the way, processes that are still connected.
    """
    manifest = Manifest.read(source)
    if manifest.service != service:
        raise UnusableBackup(f"This is a backup of {manifest.service}, not of {service}.")
    _demand_known(service, manifest.schema)
    run_program("pg_restore", ["--list", str(source / DUMP)], database=database)
    engine = create_engine(database, poolclass=NullPool)
    with engine.begin() as connection:
        _make_room(connection, replace=replace)
    words = ["--exit-on-error", "--single-transaction", f"--dbname={engine.url.database}"]
    run_program("pg_restore", [*words, str(source / DUMP)], database=database)
    with engine.begin() as connection:
        for statement in (*CONVERGE, *_own(service)):
            connection.execute(text(statement))
        _remember(connection, "restored_before", str(first_id_at(now())))
        _remember(connection, "counted_from", str(connection.scalar(LEAPS, {"leap": LEAP})))
    if storage and (source / FILES).is_dir():
        storage.copy_in(source / FILES)
    return manifest


def _demand_known(service: str, schema: str) -> None:
    known = {each.revision for each in ScriptDirectory(str(folder_of(service))).walk_revisions()}
    if schema not in known:
        raise UnusableBackup(f"Its schema {schema} is newer than this release: use the later one.")


def _make_room(connection: Connection, *, replace: bool) -> None:
    if others := connection.scalar(OTHERS):
        raise UnusableBackup(f"{others} connections are open: stop the service's processes first.")
    if connection.scalar(TABLES):
        if not replace:
            raise UnusableBackup("The database is not empty; --replace throws away what is in it.")
        for statement in EMPTY:
            connection.execute(text(statement))


def _remember(connection: Connection, name: str, value: str) -> None:
    """Let every later connection to the database find the value under `orderlink.` and the name."""
    quote = connection.dialect.identifier_preparer.quote
    database = quote(str(connection.engine.url.database))
    connection.execute(text(f"alter database {database} set orderlink.{name} = '{value}'"))


def _own(service: str) -> Sequence[str]:
    name = f"{service}.restoring"
    if importlib.util.find_spec(service) is None or importlib.util.find_spec(name) is None:
        return ()
    statements: Sequence[str] = importlib.import_module(name).AFTER_RESTORE
    return statements
