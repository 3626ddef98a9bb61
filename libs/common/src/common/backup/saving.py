"""Write a backup: the dump in PostgreSQL's custom format, the files, and last the manifest."""

from datetime import UTC
from pathlib import Path

from sqlalchemy import Engine, create_engine, text
from sqlalchemy.pool import NullPool

from common.backup.manifest import DUMP, FILES, Manifest, UnusableBackup, fingerprint
from common.backup.programs import run_program
from common.files import Storage

ABOUT = text("select now(), version_num from alembic_version")


def back_up(service: str, *, database: str, storage: Storage | None, to: Path) -> Manifest:
    """Write the service's backup into the new folder `to` and return what it says of itself.

    `database`: its address as a role that row-level security lets pass. Files are only ever added,
    so that those copied after the dump hold all that the dump knows.
    """
    if to.exists() and any(to.iterdir()):
        raise UnusableBackup(f"{to} is not empty.")
    to.mkdir(parents=True, exist_ok=True)
    to.chmod(0o700)  # All that a database knows is in there.
    engine = create_engine(database, poolclass=NullPool)
    begun_at, schema = _about(engine)
    run_program("pg_dump", ["--format=custom", f"--file={to / DUMP}"], database=database)
    if storage:
        storage.copy_out(to / FILES)
    files = {
        str(path.relative_to(to)): fingerprint(path)
        for path in sorted(to.rglob("*"))
        if path.is_file()
    }
    manifest = Manifest(service=service, begun_at=begun_at, schema=schema, files=files)
    manifest.write(to)
    return manifest


def _about(engine: Engine) -> tuple[str, str]:
    with engine.connect() as connection:
        row = connection.execute(ABOUT).one()
    return row[0].astimezone(UTC).isoformat(), str(row[1])
