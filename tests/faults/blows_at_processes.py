"""Blows at processes: killed, told to go, frozen (F1, F3, F5, F7, F8)."""

import os
import signal
import time
from contextlib import suppress

from tests.faults.arena import Arena, Blow


def kill_web(arena: Arena) -> int:
    return arena.stack.kill(f"{arena.any_service()}-web")


def kill_every_web(arena: Arena) -> int:
    names = [name for name in arena.stack.pids() if name.endswith("-web")]
    return sum(arena.stack.kill(name) for name in names)


def kill_worker(arena: Arena) -> int:
    return arena.stack.kill(f"{arena.any_service()}-worker")


def kill_every_worker(arena: Arena) -> int:
    names = [name for name in arena.stack.pids() if name.endswith("-worker")]
    return sum(arena.stack.kill(name) for name in names)


def kill_gateway(arena: Arena) -> int:
    return arena.stack.kill("gateway")


def end_worker(arena: Arena) -> int:
    return _tell(arena, "worker", signal.SIGTERM)


def end_worker_twice(arena: Arena) -> int:
    return _tell(arena, "worker", signal.SIGTERM, signal.SIGTERM)


def quit_worker(arena: Arena) -> int:
    return _tell(arena, "worker", signal.SIGQUIT)


def end_web(arena: Arena) -> int:
    return _tell(arena, "web", signal.SIGTERM)


def freeze_worker_beyond_its_lease(arena: Arena) -> int:
    """Others take its leases over (10 s here); what it then does late must not count."""
    with arena.frozen(f"{arena.any_service()}-worker"):
        time.sleep(11)
    return 1


def freeze_web(arena: Arena) -> int:
    with arena.frozen(f"{arena.any_service()}-web"):
        time.sleep(4)
    return 1


def freeze_twins(arena: Arena) -> int:
    """NEXT ENGINE and the mail server take connections and say nothing."""
    with arena.frozen("twins"):
        time.sleep(4)
    return 1


def _tell(arena: Arena, kind: str, *numbers: signal.Signals) -> int:
    pid = arena.stack.pids().get(f"{arena.any_service()}-{kind}")
    if pid is None:
        return 0
    for number in numbers:
        with suppress(ProcessLookupError):
            os.kill(pid, number)
        time.sleep(0.1)
    return 1


BLOWS = (
    Blow(name="a web process killed", fault="F1", strike=kill_web),
    Blow(name="every web process killed", fault="F1", strike=kill_every_web),
    Blow(name="a worker killed", fault="F3", strike=kill_worker),
    Blow(name="every worker killed", fault="F5", strike=kill_every_worker),
    Blow(name="the gateway killed", fault="F30", strike=kill_gateway),
    Blow(name="a worker told to end", fault="F7", strike=end_worker),
    Blow(name="a worker told to end, twice", fault="F7", strike=end_worker_twice),
    Blow(name="a worker told to quit", fault="F7", strike=quit_worker),
    Blow(name="a web process told to end", fault="F7", strike=end_web),
    Blow(name="a worker frozen", fault="F8", strike=freeze_worker_beyond_its_lease),
    Blow(name="a web process frozen", fault="F8", strike=freeze_web),
    Blow(name="the world outside frozen", fault="F30", strike=freeze_twins),
)
