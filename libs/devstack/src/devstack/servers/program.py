"""One program that runs until it is told to stop: how it starts, shows it is ready, and ends."""

import ctypes
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from devstack.servers.unprivileged import hand_over_output
from devstack.trouble import CannotStart

PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


@dataclass(frozen=True, kw_only=True)
class Program:
    """A command and what to expect of it."""

    name: str
    command: tuple[str, ...]
    """What to execute; where `module` is given, only its arguments."""
    module: str | None = None
    """A Python module to run as `python -m` would, in a fork of the supervisor."""
    is_ready: Callable[[], bool]
    env: Mapping[str, str] = field(default_factory=dict)
    stop_signal: signal.Signals = signal.SIGTERM
    grace: float = 10.0
    """Seconds it gets to end by itself."""


def launch(program: Program, output: int) -> subprocess.Popen[bytes]:
    """Start it in a process group of its own; it ends when this process is gone, even by -9."""
    return subprocess.Popen(
        program.command,
        env=dict(program.env),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        process_group=0,
        preexec_fn=lambda: die_with_parent(program.stop_signal),  # noqa: PLW1509 - no threads yet.
    )


def die_with_parent(number: int) -> None:
    """Ask the kernel (Linux only) to send this process the signal when its parent ends."""
    if LIBC is not None:
        LIBC.prctl(PR_SET_PDEATHSIG, number, 0, 0, 0)


def await_ready(program: Program, has_ended: Callable[[], bool], *, seconds: float = 120) -> None:
    """Return when it is ready. Raises CannotStart when it ends first or takes too long."""
    until = time.monotonic() + seconds
    while not program.is_ready():
        if has_ended():
            raise CannotStart(f"{program.name} ended while starting.")
        if time.monotonic() > until:
            raise CannotStart(f"{program.name} was not ready within {seconds:.0f} seconds.")
        time.sleep(0.02)


def stop(process: subprocess.Popen[bytes], program: Program) -> None:
    """End it: politely, then not."""
    if process.poll() is None:
        process.send_signal(program.stop_signal)
        try:
            process.wait(program.grace)
        except subprocess.TimeoutExpired:
            process.kill()
    process.wait()


@contextmanager
def running(program: Program, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run it for as long as the block lasts, its output in `log`. Raises CannotStart."""
    with log.open("ab") as output:
        hand_over_output(output.fileno())
        process = launch(program, output.fileno())
    try:
        try:
            await_ready(program, lambda: process.poll() is not None)
        except CannotStart as why:
            raise CannotStart(f"{why} Its last words: {last_line(log)}") from None
        yield process
    finally:
        stop(process, program)


def last_line(log: Path) -> str:
    """Return the last line that says something."""
    lines = [line.strip() for line in log.read_text(errors="replace").splitlines() if line.strip()]
    return lines[-1] if lines else "none"
