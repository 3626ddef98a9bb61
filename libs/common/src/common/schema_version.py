"""Whether a database has the tables that this release means, by its migrations' files."""

import importlib.util
import os
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.orm import Session

REVISION = re.compile(r'^(revision|down_revision)(?:: [^=]+)? = (?:"(\w+)"|None)', re.MULTILINE)


class NotMigrated(Exception):
    """Tables are missing that this release needs."""


def read_schema(session: Session, service: str) -> str:
    """Return the database's revision. Raises NotMigrated when it is older than this release's.

    A newer one is not known here and is fine: migrations only add.
    """
    is_there = session.scalar(text("select to_regclass('alembic_version') is not null"))
    version = session.scalar(text("select version_num from alembic_version")) if is_there else None
    if version is None:
        raise NotMigrated("no migration has run")
    newest = newest_revision(service)
    if version in older_revisions(service):
        raise NotMigrated(f"schema {version}, this release needs {newest}")
    return str(version)


def newest_revision(service: str) -> str | None:
    """Return the revision that no other follows, None without migrations."""
    parents = _parents(folder_of(service))
    return next(iter(parents.keys() - set(parents.values())), None)


def older_revisions(service: str) -> frozenset[str]:
    """Return the revisions that another one follows."""
    return frozenset(each for each in _parents(folder_of(service)).values() if each)


def folder_of(service: str) -> Path:
    """Return the service's migrations folder: MIGRATIONS_ROOT/<service>, else beside its src."""
    root = os.environ.get("MIGRATIONS_ROOT")
    if root:
        return Path(root) / service
    spec = importlib.util.find_spec(service)
    if spec is None or spec.origin is None:
        raise SystemExit(f"There is no service named {service}.")
    return Path(spec.origin).parents[2] / "migrations"


@cache
def _parents(folder: Path) -> Mapping[str, str | None]:
    """Return revision → the one before. Read as text: Alembic would cost a web process 20 MB."""
    found = (dict(REVISION.findall(f.read_text())) for f in folder.glob("versions/*.py"))
    return {each["revision"]: each.get("down_revision") or None for each in found if each}
