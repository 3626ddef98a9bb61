"""The list of a stack's processes: for tests that kill them, and for a start after a `kill -9`."""

import fcntl
import json
import os
import signal
import time
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from devstack.places import Places
from devstack.trouble import CannotStart

if TYPE_CHECKING:
    from devstack.supervisor.child import Child


class Register:
    """Keeps var/run/processes.json as it is now."""

    def __init__(self, places: Places) -> None:
        self._file = places.processes

    def write(self, children: "Iterable[Child]") -> None:
        """Name everybody who runs. An id alone may be another's by then, so its birth is added."""
        living = {child.name: child.pid for child in children if child.pid is not None}
        entries = {
            name: {"pid": pid, "born": psutil.Process(pid).create_time()}
            for name, pid in living.items()
            if psutil.pid_exists(pid)
        }
        draft = self._file.with_suffix(".new")
        draft.write_text(json.dumps(entries, indent=2))
        draft.replace(self._file)

    def clear(self) -> None:
        self._file.unlink(missing_ok=True)


def lock(places: Places) -> int:
    """Be the only supervisor of these places. Raises CannotStart. The lock ends with the process."""
    descriptor = os.open(places.lock, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        pid = os.read(descriptor, 20).decode().strip()
        raise CannotStart(
            f"Orderlink already runs here (process {pid}): stop it first, or use it."
        ) from None
    os.ftruncate(descriptor, 0)
    os.write(descriptor, str(os.getpid()).encode())
    return descriptor


def is_running(places: Places) -> bool:
    """Return whether a supervisor holds the lock."""
    if not places.lock.exists():
        return False
    with places.lock.open("r+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def end_leftovers(places: Places) -> int:
    """End processes of an earlier supervisor that was killed; return how many there were."""
    left = [process for process in _listed(places.processes) if process is not None]
    for number, seconds in ((signal.SIGTERM, 3.0), (signal.SIGKILL, 5.0)):
        for process in left:
            _signal_group(process.pid, number)
        until = time.monotonic() + seconds
        while any(process.is_running() for process in left) and time.monotonic() < until:
            time.sleep(0.05)
    return len(left)


def _listed(file: Path) -> list[psutil.Process]:
    try:
        entries = json.loads(file.read_text()).values()
    except (OSError, ValueError):
        return []
    return [found for entry in entries if (found := _find(entry["pid"], entry["born"]))]


def _find(pid: int, born: float) -> psutil.Process | None:
    try:
        process = psutil.Process(pid)
        return process if abs(process.create_time() - born) < 1 else None
    except psutil.Error:
        return None


def _signal_group(pid: int, number: signal.Signals) -> None:
    try:
        os.killpg(pid, number)
    except (ProcessLookupError, PermissionError):
        return
