"""A folder for one test session's servers, gone afterwards."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def session_folder(root: Path) -> Iterator[Path]:
    """Give a new folder under `root`/var/test; those of sessions that were killed are removed."""
    parent = root / "var" / "test"
    parent.mkdir(parents=True, exist_ok=True)
    for old in parent.glob("session-*"):
        if not _lives(old.name.split("-")[1]):
            shutil.rmtree(old, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=f"session-{os.getpid()}-", dir=parent))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _lives(process_id: str) -> bool:
    try:
        os.kill(int(process_id), 0)
    except (ProcessLookupError, ValueError):
        return False
    except PermissionError:
        return True
    return True
