"""Lower limits of programs that run, and give them back."""

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psutil

from devstack.testing.stack import RunningStack

FILE_SIZE, MEMORY, FILES = "Max file size", "Max address space", "Max open files"
"""Limits, as /proc names them."""
OPTIONS = {FILE_SIZE: "fsize", MEMORY: "as", FILES: "nofile"}
Wished = Callable[[psutil.Process], int | None]


@contextmanager
def limited(stack: RunningStack, name: str, limit: str, wished: Wished) -> Iterator[int]:
    """Lower a limit of a program and its children while the block lasts; give how many they are.

    `wished` returns None for one that is left alone.
    """
    lowered = []
    with suppress(psutil.Error, KeyError):
        top = psutil.Process(stack.pids()[name])
        for process in [top, *top.children(recursive=True)]:
            with suppress(psutil.Error, OSError):
                soft = wished(process)
                if soft is not None:
                    before = soft_limit(process, limit)
                    set_soft_limit(process, limit, str(soft))
                    lowered.append((process, before))
    try:
        yield len(lowered)
    finally:
        for process, before in lowered:
            with suppress(psutil.Error, OSError):
                set_soft_limit(process, limit, before)


def soft_limit(process: psutil.Process, limit: str) -> str:
    for line in Path(f"/proc/{process.pid}/limits").read_text().splitlines():
        if line.startswith(limit):
            return line.removeprefix(limit).split()[0]
    raise ValueError(limit)


def set_soft_limit(process: psutil.Process, limit: str, soft: str) -> None:
    """Set it as the process's own user: root in a container may not always. Raises OSError."""
    command = ["prlimit", "--pid", str(process.pid), f"--{OPTIONS[limit]}={soft}:"]
    user, group = process.uids().real, process.gids().real
    him: dict[str, Any] = (
        {} if user == os.getuid() else {"user": user, "group": group, "extra_groups": []}
    )
    done = subprocess.run(command, check=False, capture_output=True, **him)
    if done.returncode:
        raise OSError(done.stderr.decode())
