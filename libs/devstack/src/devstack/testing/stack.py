"""A whole running Orderlink for tests: its own folder, its own ports, its own processes."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from devstack.addresses import Addresses
from devstack.environment import Stack, service_environment
from devstack.keyring import load_keyring
from devstack.places import Places
from devstack.servers.ports import free_ports

START_SECONDS = 120


@dataclass(frozen=True)
class RunningStack:
    """A stack that runs in a process of its own; `world` is its demo.json."""

    places: Places
    world: Mapping[str, Any]
    process: "subprocess.Popen[bytes]"

    def pids(self) -> dict[str, int]:
        """Return who runs now, by name: checkout-web, checkout-worker, broker, …"""
        entries = json.loads(self.places.processes.read_text())
        return {name: entry["pid"] for name, entry in entries.items()}

    def kill(self, name: str, number: int = signal.SIGKILL) -> bool:
        """Signal the process group of that name; return whether there was one."""
        pid = self.pids().get(name)
        try:
            if pid is None:
                return False
            os.killpg(pid, number)
        except ProcessLookupError:
            return False
        return True

    def environment(self, service: str) -> dict[str, str]:
        """Return what the service's processes are told."""
        return service_environment(self._stack(), service)

    def _stack(self) -> Stack:
        ports = json.loads(self.places.ports.read_text())
        gateway = int(str(self.world["gateway"]).rpartition(":")[2])
        return Stack(
            places=self.places,
            addresses=Addresses(gateway=gateway, inner=ports),
            keyring=load_keyring(self.places.keys),
            mode="test",
            is_durable=False,
        )


@contextmanager
def running_stack(folder: Path, *, env: Mapping[str, str] | None = None) -> Iterator[RunningStack]:
    """Start a stack in `folder`, give it when it is ready, and stop it."""
    places = Places(folder)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "stack.log").open("wb") as log:
        process = subprocess.Popen(
            [*COMMAND, "--var", str(folder), "--port", str(*free_ports(1))],
            stdout=log,
            stderr=subprocess.STDOUT,
            env={**os.environ, **(env or {})},
            start_new_session=True,
        )
        try:
            _wait_until_ready(process, places, folder / "stack.log")
            yield RunningStack(places, json.loads(places.world.read_text()), process)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=60)


COMMAND = (sys.executable, "-m", "devstack", "run", "--mode", "test", "--forgetful", "--quiet")


def _wait_until_ready(process: "subprocess.Popen[bytes]", places: Places, log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while b"ready after" not in log.read_bytes():
        if process.poll() is not None or time.monotonic() > until:
            raise RuntimeError(f"The stack did not start:\n{log.read_text()[-3000:]}")
        time.sleep(0.1)
    if not places.world.exists():
        raise RuntimeError("The stack wrote no demo.json.")
