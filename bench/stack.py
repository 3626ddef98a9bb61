"""How long a person waits for `make run`, and what it keeps of the machine's memory when idle."""

import time
from pathlib import Path

import psutil

from bench.figure import Figure
from devstack.testing.stack import RunningStack, running_stack

SETTLE_SECONDS = 15


def measure(folder: Path) -> list[Figure]:
    place = folder / "stack"
    with running_stack(place):
        pass
    began = time.monotonic()
    with running_stack(place) as stack:
        seconds = time.monotonic() - began
        time.sleep(SETTLE_SECONDS)
        mebibytes = pss_of(stack)
    return [
        Figure("warm start of everything", seconds, "s", 12.0),
        Figure("memory of everything, idle (PSS)", mebibytes, "MiB", 1024.0),
    ]


def pss_of(stack: RunningStack) -> float:
    """Return the proportional memory of the supervisor and everybody under it."""
    top = psutil.Process(stack.process.pid)
    everybody = {each.pid: each for each in [top, *top.children(recursive=True)]}
    for pid in stack.pids().values():
        process = psutil.Process(pid)
        everybody |= {each.pid: each for each in [process, *process.children(recursive=True)]}
    total = sum(each.memory_full_info().pss for each in everybody.values())
    return float(total) / 2**20
