"""A rolling restart: every process is replaced while others serve, one after the other."""

import os
import signal
import time
from collections import Counter

import psutil

from devstack.demo.consequences import wait_for
from devstack.services import SERVICES
from devstack.testing.stack import RunningStack

WEB_PROCESSES = 2


def restart_everything(stack: RunningStack) -> Counter[str]:
    """Replace both web processes and the worker of each service, then the gateway's.

    Returns how many processes were replaced, by kind.
    """
    replaced: Counter[str] = Counter()
    for service in SERVICES:
        replaced["web"] += replace_children(stack, f"{service}-web")
        replaced["worker"] += replace_worker(stack, f"{service}-worker")
    replaced["gateway"] += replace_children(stack, "gateway")
    return replaced


def replace_children(stack: RunningStack, name: str) -> int:
    """Ask for new processes behind the same port; the old ones finish what they have begun."""
    main = psutil.Process(stack.pids()[name])
    old = serving(main)
    main.send_signal(signal.SIGHUP)
    wait_for(f"new processes of {name}", lambda: is_replaced(main, old), patience=180)
    return len(old)


def replace_worker(stack: RunningStack, name: str) -> int:
    """Ask the worker to end after its present step; the supervisor starts the next one."""
    old = stack.pids()[name]
    os.kill(old, signal.SIGTERM)
    wait_for(f"a new {name}", lambda: stack.pids().get(name, old) != old, patience=120)
    time.sleep(1)
    return 1


def serving(main: psutil.Process) -> set[int]:
    """Return the ids of the processes that answer."""
    return {child.pid for child in main.children()}


def is_replaced(main: psutil.Process, old: set[int]) -> bool:
    now = serving(main)
    return not now & old and len(now) == len(old)
